//! Where one stretch of prose ends and another begins: what stands between them, against what stands between other paragraphs of the page, and
//! whether what follows goes on as the text went on until then.

use std::ops::Range;

use once_cell::sync::Lazy;

use super::cohesion::{Cohesion, Stretch, Topics};
use super::furniture::FurnitureKind;
use super::layout::Layout;
use super::line::{Lines, Shape};
use super::marks::Marks;
use super::openers::is_dateline;
use super::words::word_hash;

/// How many things are known of a seam.
pub const SEAM_FEATURES: usize = 30;

/// What they are, in order. The prose is that which stays, and its furniture what does not.
pub const SEAM_FEATURE_NAMES: [&str; SEAM_FEATURES] = [
    "lines between the prose before and after",
    "furniture between them, less the most between paragraphs before",
    "the same, less the most between paragraphs after",
    "places before with as much furniture",
    "furniture up to its text",
    "kinds of furniture",
    "rows of comments and accounts",
    "rows with times",
    "nats of the words",
    "greatest log-odds",
    "lines since a list was opened",
    "log-odds of that list",
    "ln of the words of prose until furniture comes again",
    "lines after that",
    "mean probability of six lines of its text",
    "words of a paragraph after, less those before",
    "share of the words of the headline in two paragraphs after",
    "share of the words of the headline in three paragraphs before",
    "share of the words of the headline in the prose before",
    "share of the words of the headline in two paragraphs after, less that in the prose before",
    "share of the words of the first headline in the prose after",
    "lines that have the form of those under the first headline",
    "the first prose has a dateline, less whether its text has one",
    "calendar words and numbers of the headline",
    "share of indefinite articles after, less that before",
    "share of the words of the last paragraphs before that are known before these",
    "share of the names known before, less that of the last paragraphs before",
    "share of the names of its first paragraphs known shortly before, less that",
    "share of the names before that are known after",
    "share of the words before that are known after",
];

/// Paragraphs further away are all the same.
const FAR: usize = 200;
/// So many lines of furniture end a text.
const CLOSING: usize = 2;
/// Paragraphs by which it is told how the text went on until then.
const LAST: usize = 4;

/// The indefinite articles, by hash.
static INDEFINITE: Lazy<[u64; 2]> = Lazy::new(|| ["a", "an"].map(word_hash));

/// The paragraphs of a page and the furniture between them.
#[derive(Debug)]
pub(super) struct Seams<'p> {
    lines: &'p Lines,
    marks: &'p [Marks<'p>],
    layout: &'p Layout<'p>,
    first: &'p [f64],
    /// The lines of prose that stay.
    prose: Vec<usize>,
    /// Lines of furniture before each line, and in all.
    furniture: Vec<usize>,
}

/// A place where prose may begin anew.
#[derive(Debug, Clone)]
pub(super) struct Place<'s> {
    /// The line of its headline, and the first of its text.
    pub index: usize,
    pub body: usize,
    /// The first headline of the page.
    pub title: Option<usize>,
    /// What is looked at before and after it.
    pub earlier: Range<usize>,
    pub later: Range<usize>,
    /// What stays before it.
    pub kept_before: &'s Stretch,
    /// Cohesion of what stays there, and of what stays nearby.
    pub kept: Cohesion,
    pub local: Cohesion,
}

impl<'p> Seams<'p> {
    /// Looks at a page of which a first reading says how likely each line is to be furniture.
    pub(super) fn of(
        lines: &'p Lines,
        marks: &'p [Marks<'p>],
        layout: &'p Layout<'p>,
        first: &'p [f64],
        is_prose: impl Fn(usize) -> bool,
    ) -> Self {
        let prose = (0..lines.len()).filter(|&index| first[index] < 0.5 && is_prose(index)).collect();
        let mut furniture = vec![0];
        let mut count = 0;
        furniture.extend(first.iter().map(|probability| {
            count += usize::from(*probability >= 0.5);
            count
        }));
        Self { lines, marks, layout, first, prose, furniture }
    }

    /// Lines of furniture in a range of lines.
    fn furniture(&self, range: Range<usize>) -> f64 {
        (self.furniture[range.end] - self.furniture[range.start]) as f64
    }

    /// What is known of a place.
    pub(super) fn features(&self, place: &Place<'_>, topics: &Topics) -> [f64; SEAM_FEATURES] {
        let &Place { index, body, title, kept_before, kept, local, .. } = place;
        let all = self.lines.as_slice();
        let shape = |line: usize| &all[line].shape;
        let (ends, begins) = (
            self.prose.partition_point(|&line| line < index),
            self.prose.partition_point(|&line| line < body),
        );
        let before = &self.prose[ends.saturating_sub(FAR)..ends];
        let after = &self.prose[begins..self.prose.len().min(begins + FAR)];
        let (last, next) = (&before[before.len().saturating_sub(3)..], &after[..after.len().min(2)]);
        let start = before.last().map_or(0, |last| last + 1);
        let here = self.furniture(start..index);
        let gaps = |prose: &'_ [usize]| {
            prose.windows(2).map(|two| self.furniture(two[0] + 1..two[1])).collect::<Vec<f64>>()
        };
        let most = |gaps: &[f64]| gaps.iter().copied().fold(0.0, f64::max);
        let (gaps_before, gaps_after) = (gaps(before), gaps(after));
        let run = gaps_after.iter().position(|&gap| gap >= CLOSING as f64).map_or(after.len(), |n| n + 1);
        let run = &after[..run];
        let row = |line: &usize| self.marks[*line].best.filter(|_| self.marks[*line].log_odds > 0.5);
        let rows = || (start..index).filter_map(|line| row(&line)).map(|row| row.kind);
        let count =
            |kinds: &[FurnitureKind]| rows().filter(|kind| kinds.contains(kind)).count().min(10) as f64;
        let kinds = rows().fold(0u32, |seen, kind| seen | 1 << kind as u32).count_ones();
        let nats: f64 = (start..index).map(|line| self.marks[line].words.nats.clamp(-5.0, 10.0)).sum();
        let greatest = (start..index).map(|line| self.marks[line].log_odds).fold(-7.0, f64::max);
        let opener = self.layout.list_opened(index - 1);
        let known = |line: usize, prose: &[usize]| topics.known_share(line, prose.iter().copied());
        let (known_next, known_before) = (known(index, next), known(index, before));
        let form = |line: usize| self.layout.groups.form(line.min(all.len() - 1));
        let same_forms =
            title.map_or(-1.0, |title| (0..4).filter(|n| form(title + n) == form(index + n)).count() as f64);
        let dateline = |line: usize| f64::from(u8::from(is_dateline(all[line].span().of(self.layout.text))));
        let lead = title.and_then(|title| self.prose.iter().find(|line| **line > title));
        let stays = |line: usize| self.first[line] < 0.5;
        let staying = |range: Range<usize>| topics.stretch(&stays, range);
        let last_few = before[before.len().saturating_sub(LAST)..].first().copied().unwrap_or(index);
        let own = staying(place.earlier.start.min(last_few)..last_few).cohesion(&staying(last_few..index));
        let back = staying(body..place.later.end).cohesion(kept_before);
        let text = &self.first[(body + 1).min(all.len())..(body + 7).min(all.len())];
        let rest = all.len() - run.last().copied().unwrap_or(body);
        [
            (body - start).min(80) as f64,
            (here - most(&gaps_before)).clamp(-30.0, 30.0),
            (here - most(&gaps_after)).clamp(-30.0, 30.0),
            gaps_before.iter().filter(|gap| **gap >= here.max(1.0)).count().min(10) as f64,
            self.furniture(start..body).min(60.0),
            f64::from(kinds),
            count(&[FurnitureKind::Comments, FurnitureKind::Account]),
            count(&[FurnitureKind::Timestamp]),
            nats.clamp(-30.0, 60.0),
            greatest.min(9.0),
            opener.map_or(-1.0, |opener| (index - opener).min(60) as f64),
            opener.map_or(-7.0, |opener| self.marks[opener].log_odds.clamp(-6.0, 8.0)),
            (run.iter().map(|&line| f64::from(shape(line).words)).sum::<f64>() + 1.0).ln(),
            rest.min(80) as f64,
            mean(text.iter().copied()),
            mean(words(run.iter().take(LAST), shape)) - mean(words(last.iter(), shape)),
            known_next,
            known(index, last),
            known_before,
            known_next - known_before,
            title.map_or(0.5, |title| known(title, after)),
            same_forms,
            lead.map_or(0.0, |lead| dateline(*lead)) - dateline(body),
            f64::from(shape(index).calendar + shape(index).numbers),
            self.indefinite(next) - self.indefinite(last),
            own.words,
            kept.names - own.names,
            local.names - own.names,
            back.names,
            back.words,
        ]
    }

    /// Share of the words of some lines that are indefinite articles: what is new comes with them.
    fn indefinite(&self, prose: &[usize]) -> f64 {
        let words = prose.iter().flat_map(|line| self.lines.words(*line));
        mean(words.map(|word| f64::from(u8::from(INDEFINITE.contains(&word.hash)))))
    }
}

fn words<'s>(
    prose: impl Iterator<Item = &'s usize>,
    shape: impl Fn(usize) -> &'s Shape,
) -> impl Iterator<Item = f64> {
    prose.map(move |&line| f64::from(shape(line).words))
}

/// The mean of some numbers, or 0 of none.
fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::furniture::Furniture;
    use super::super::word_odds::WordOdds;
    use super::*;

    const TEXT: &str = "The dam at Penwick holds\nThe dam at Penwick held on Tuesday, said Anna Hale.\nShare\nAnna Hale thanked \
        the crews at Penwick.\nTags\nPenwick\nLeave a reply\nStriker leaves Carrow\nA striker, Dele Odu, has left Carrow for a fee.\nIt \
        was a sad day for the striker and for Carrow.\n";

    #[test]
    fn a_seam_stands_out_from_the_gaps_within_an_article() {
        let lines = Lines::of(TEXT);
        let rows = "pattern\tmatch\tkind\tweight\topens\tnote\nleave a reply\tline\tcomments\tsure\trest\t\n";
        let furniture = Furniture::parse("f.tsv", rows).unwrap();
        let odds = WordOdds::default();
        let marks = Marks::of(TEXT, &lines, &furniture, &odds);
        let layout = Layout::of(TEXT, &lines, &marks, &odds);
        let first: Vec<f64> =
            (0..lines.len()).map(|index| if [2, 4, 5, 6].contains(&index) { 0.9 } else { 0.1 }).collect();
        let topics = Topics::of(TEXT, &lines);
        let seams =
            Seams::of(&lines, &marks, &layout, &first, |index| lines.as_slice()[index].shape.is_sentence());
        let features = |index: usize, body: usize| {
            let stretch = |range| topics.stretch(&|index| first[index] < 0.5, range);
            let (earlier, later) = (0..index, index..lines.len());
            let kept_before = &stretch(earlier.clone());
            let kept = kept_before.cohesion(&stretch(body..lines.len()));
            let place = Place { index, body, title: Some(0), earlier, later, kept_before, kept, local: kept };
            let found = seams.features(&place, &topics);
            move |name: &str| found[SEAM_FEATURE_NAMES.iter().position(|other| *other == name).unwrap()]
        };
        let (inner, seam) = (features(3, 3), features(7, 8));
        let less = "furniture between them, less the most between paragraphs before";
        assert!((seam(less) - 2.0).abs() < 1e-9 && (inner(less) - 1.0).abs() < 1e-9);
        let taken_up =
            "share of the words of the headline in two paragraphs after, less that in the prose before";
        assert!(seam(taken_up) > 0.6 && seam("rows of comments and accounts") > 0.9);
        let known = "share of the words of the first headline in the prose after";
        assert!(inner(known) > seam(known));
        let indefinite = "share of indefinite articles after, less that before";
        assert!(seam(indefinite) > 0.0);
    }
}
