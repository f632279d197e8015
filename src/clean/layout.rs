//! What is known of a text as a whole, and where things are in it.

use std::ops::Range;

use super::echoes::Echoes;
use super::form::{asks, is_bare};
use super::furniture::{FurnitureKind, Opens};
use super::groups::{Classes, Groups};
use super::label::is_plain_prose;
use super::line::{Line, Lines};
use super::marks::Marks;
use super::mentions::Mentions;
use super::openers::is_byline;
use super::passages::Passages;
use super::structure::{Structure, structure};
use super::word_odds::WordOdds;

/// A sentence of so many words is taken for the article's when its beginning and end are looked for.
const LONG: u32 = 14;

/// A text with so many lines of these log-odds at least is a page: every line of it is judged, prose too.
const FURNISHED: (usize, f64) = (3, 2.0);

/// Of the furniture on labelled pages no line has more than 100 words: a longer line is the article's.
const LONGEST: u32 = 120;

/// So many lines above the text the title stands, most often.
const ABOVE: usize = 3;

/// Lines that are counted since something; further away is all the same.
pub(super) const FAR: usize = 60;

/// What is known of a text as a whole, and where things are in it.
#[derive(Debug)]
pub struct Layout<'t> {
    pub(super) text: &'t str,
    pub(super) odds: &'t WordOdds,
    /// The line that is taken for the title.
    pub title: Option<usize>,
    /// The line of which each is a repetition.
    pub repeats: Vec<Option<usize>>,
    /// What each is beside its neighbours.
    pub structure: Vec<Structure>,
    /// Whether each comes again later.
    pub(super) comes_again: Vec<bool>,
    pub(super) first_long: usize,
    pub(super) last_long: usize,
    /// Words of sentences up to and with each line.
    pub(super) sentence_words: Vec<u32>,
    /// The last line up to each that opened a list, and the rest.
    pub(super) list: Vec<Option<usize>>,
    pub(super) rest: Vec<Option<usize>>,
    /// Sentences up to and with each line.
    pub(super) sentences: Vec<u32>,
    /// Of these the words by which a writer speaks of himself, and to the reader.
    pub(super) persons: Vec<[u32; 2]>,
    /// Short lines in a row around each; 0 for a line that is not short.
    pub(super) runs: Vec<usize>,
    /// Share of the lines that have an empty one before them.
    pub(super) spaced: f64,
    /// Rows of forums in the text, rows of comments up to and with each line, bare times in the text.
    pub(super) forum: u32,
    pub(super) comments: Vec<u32>,
    pub(super) bare: u32,
    /// Share of the lines that ask, and of those that are items.
    pub(super) asking: f64,
    pub(super) items: f64,
    pub(super) groups: Groups,
    /// Whether there is so much furniture that it is a scraped page.
    pub(super) is_page: bool,
    /// Whether each line needs a judge.
    pub(super) is_judged: Vec<bool>,
    pub(super) mentions: Mentions,
    pub(super) echoes: Echoes,
    /// Of the sentences that nothing speaks against.
    pub(super) passages: Passages,
    /// Where the article is likeliest to be: the longest passage, lists and tables in it included.
    pub(super) article: Range<usize>,
    /// How much each line above the longest passage is like a title.
    pub(super) title_scores: Vec<Option<f64>>,
}

impl<'t> Layout<'t> {
    /// Looks at all lines of a text.
    pub fn of(text: &'t str, lines: &Lines, marks: &[Marks<'_>], odds: &'t WordOdds) -> Self {
        let all = lines.as_slice();
        let clean_long = |index: &usize| is_long(&all[*index]) && marks[*index].log_odds < 0.0;
        let groups = Groups::of(text, lines);
        let (repeats, comes_again) = repeats(text, lines, groups.same());
        let passages = Passages::of(sentences(all, marks));
        let main = passages.main().start;
        let count = |is: &dyn Fn(usize) -> bool| (0..all.len()).filter(|&index| is(index)).count();
        let part = |count: usize| count as f64 / all.len().max(1) as f64;
        let mut out = Self {
            text,
            odds,
            groups,
            is_page: false,
            is_judged: Vec::new(),
            mentions: Mentions::default(),
            echoes: Echoes::default(),
            title_scores: Vec::new(),
            passages,
            article: article(all, marks),
            forum: u32::try_from(count(&|i| marks[i].is_row_of(FurnitureKind::Forum))).unwrap_or(u32::MAX),
            comments: Vec::with_capacity(all.len()),
            bare: u32::try_from(count(&|i| is_bare(&all[i].shape))).unwrap_or(u32::MAX),
            asking: part(count(&|i| asks(&all[i], text))),
            items: part(count(&|i| all[i].shape.is_item)),
            title: None,
            structure: structure(text, lines, marks, &repeats, main),
            repeats,
            comes_again,
            first_long: (0..all.len()).find(clean_long).unwrap_or(all.len()),
            last_long: (0..all.len()).rev().find(clean_long).unwrap_or(0),
            sentence_words: Vec::with_capacity(all.len()),
            list: Vec::with_capacity(all.len()),
            rest: Vec::with_capacity(all.len()),
            sentences: Vec::with_capacity(all.len()),
            persons: Vec::with_capacity(all.len()),
            runs: runs(all),
            spaced: all.iter().skip(1).filter(|l| l.blank_before > 0).count() as f64
                / all.len().max(1) as f64,
        };
        let (mut words, mut count, mut list, mut rest, mut comments, mut persons) =
            (0, 0, None, None, 0, [0; 2]);
        for (index, (line, marks)) in all.iter().zip(marks).enumerate() {
            if marks.is_clean_sentence(&line.shape) {
                words += line.shape.words;
                count += 1;
                persons[0] += line.shape.first_person;
                persons[1] += line.shape.second_person;
            }
            match marks.opens {
                Some(Opens::List) => list = Some(index),
                Some(Opens::Rest) => rest = rest.or(Some(index)),
                _ => {}
            }
            comments += u32::from(marks.is_row_of(FurnitureKind::Comments));
            out.comments.push(comments);
            out.sentence_words.push(words);
            out.sentences.push(count);
            out.persons.push(persons);
            out.list.push(list);
            out.rest.push(rest);
        }
        out.is_page = marks.iter().filter(|marks| marks.log_odds > FURNISHED.1).count() >= FURNISHED.0;
        let is_judged = |index: usize| {
            all[index].shape.words <= LONGEST && (out.is_page || !is_plain_prose(lines, marks, &out, index))
        };
        out.is_judged = (0..all.len()).map(is_judged).collect();
        let head = out.head(lines);
        let asked =
            |index: usize| out.is_judged[index] || head.contains(&index) && all[index].shape.is_headline();
        out.mentions = Mentions::of(lines, &asked, &|index| marks[index].log_odds < 0.0);
        out.echoes = Echoes::of(lines, &|index| out.is_judged[index]);
        out.title_scores = out.title_scores(lines, marks);
        // The first of equals.
        let scored =
            out.title_scores.iter().enumerate().filter_map(|(index, score)| Some((index, (*score)?)));
        out.title =
            scored.reduce(|best, this| if this.1 > best.1 { this } else { best }).map(|(index, _)| index);
        out
    }

    /// The lines among which the title is looked for: those above the longest passage, or the first ones where there is no sentence.
    fn head(&self, lines: &Lines) -> Range<usize> {
        let main = self.passages.main();
        if main.is_empty() {
            return 0..lines.len().min(FAR);
        }
        (main.start + 1).saturating_sub(FAR)..main.start + 1
    }

    /// How much each line above the longest passage is like a headline of what follows.
    fn title_scores(&self, lines: &Lines, marks: &[Marks<'_>]) -> Vec<Option<f64>> {
        let all = lines.as_slice();
        // Standfirst, byline and date stand between it and the text.
        let above = self.passages.main().start.saturating_sub(ABOVE) as f64;
        let score = |index: usize| {
            let (shape, line) = (&all[index].shape, all[index].span().of(self.text));
            if !shape.is_headline()
                || marks[index].log_odds > 2.0
                || self.repeats[index].is_some()
                || is_byline(line)
            {
                return None;
            }
            // Standfirsts are longer and end like prose; mottos and labels know nothing of the text.
            let length = if shape.words <= 14 { f64::from(shape.words.min(8)) / 8.0 } else { 0.3 };
            let standfirst = if line.ends_with('.') { -0.8 } else { 0.0 };
            let again = f64::from(u8::from(self.comes_again[index]));
            let furniture =
                0.4 * marks[index].log_odds.max(0.0) + 0.15 * marks[index].words.nats.clamp(0.0, 6.0);
            Some(
                length + standfirst + 1.5 * self.mentions.said_share(lines, index) + again
                    - furniture
                    - 0.08 * (index as f64 - above).abs(),
            )
        };
        let head = self.head(lines);
        (0..head.end).map(|index| if head.contains(&index) { score(index) } else { None }).collect()
    }

    /// Whether a rest was opened before a line.
    pub fn rest_is_open(&self, index: usize) -> bool {
        self.rest[index].is_some()
    }

    /// Where a list was opened last, up to a line.
    pub fn list_opened(&self, index: usize) -> Option<usize> {
        self.list[index]
    }

    /// What is kept of it for a second reading.
    pub fn into_parts(self) -> (Groups, Vec<Structure>) {
        (self.groups, self.structure)
    }

    /// What the lines belong to.
    pub fn groups(&self) -> &Groups {
        &self.groups
    }
}

/// Sentences that nothing speaks against, with their words.
fn sentences<'l>(all: &'l [Line], marks: &'l [Marks<'_>]) -> impl Iterator<Item = (usize, u32)> + 'l {
    let sentences = all.iter().zip(marks).enumerate();
    let sentences = sentences.filter(|(_, (line, marks))| marks.is_clean_sentence(&line.shape));
    sentences.map(|(index, (line, _))| (index, line.shape.words))
}

/// Lines of these log-odds speak for furniture; more than so many of them divide an article, or so many of any.
const SPEAKING: f64 = 1.0;
const DIVIDING: (usize, usize) = (2, 20);

/// The longest passage that little furniture divides.
fn article(all: &[Line], marks: &[Marks<'_>]) -> Range<usize> {
    let divide = |between: Range<usize>| {
        between.len() > DIVIDING.1
            || marks[between].iter().filter(|marks| marks.log_odds > SPEAKING).count() > DIVIDING.0
    };
    Passages::divided(sentences(all, marks), divide).main()
}

/// How long the run of short lines is that each line stands in.
fn runs(all: &[Line]) -> Vec<usize> {
    let mut out = Vec::with_capacity(all.len());
    for run in all.chunk_by(|a, b| is_short(a) == is_short(b)) {
        out.extend(std::iter::repeat_n(if is_short(&run[0]) { run.len() } else { 0 }, run.len()));
    }
    out
}

/// Whether a line is a sentence as long as those of articles are.
pub(super) fn is_long(line: &Line) -> bool {
    line.shape.is_sentence() && line.shape.words >= LONG
}

fn is_short(line: &Line) -> bool {
    line.shape.words <= 12 && !line.shape.is_sentence()
}

/// For each line the earlier one with the same key and the same digits, and whether it comes again. Single words and numbers aren't counted:
/// menus and tables repeat them.
fn repeats(text: &str, lines: &Lines, same: &Classes) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut seen = vec![None; same.len()];
    let (mut repeats, mut again) = (vec![None; lines.len()], vec![false; lines.len()]);
    for (index, line) in lines.as_slice().iter().enumerate() {
        let key = lines.key(index);
        let shape = &line.shape;
        if shape.words < 2 || shape.temporal == shape.words || key.contains(super::line::CUT) {
            continue;
        }
        let first = *seen[same.class(index)].get_or_insert(index);
        let digits = |at: usize| lines.as_slice()[at].span().of(text).bytes().filter(u8::is_ascii_digit);
        if first < index && digits(first).eq(digits(index)) {
            repeats[index] = Some(first);
            again[first] = true;
        }
    }
    (repeats, again)
}

/// Words that tell what a line is about, by hash.
pub(super) fn longer_words(lines: &Lines, index: usize) -> impl Iterator<Item = u64> + '_ {
    lines.words(index).iter().filter(|word| word.is_topical).map(|word| word.hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_on_is_no_repetition() {
        let text = "End of over 17: 5 runs\nThe dam holds\nEnd of over 18: 5 runs\nEnd of over 17: 5 runs\nThe dam holds";
        let lines = Lines::of(text);
        let (repeats, again) = repeats(text, &lines, Groups::of(text, &lines).same());
        assert_eq!(repeats, [None, None, None, Some(0), Some(1)]);
        assert_eq!(again, [true, true, false, false, false]);
    }
}
