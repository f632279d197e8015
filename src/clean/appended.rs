//! A second article behind the first, as a page that scrolls on without end leaves it.
//!
//! Two things must come together: an opening (a headline, with a dateline, a byline, a time stamp, or said twice; or a first paragraph
//! after furniture) where an article has been going on for a while, and a break of cohesion, names and topic, between what stands before
//! it and what follows.

use std::cell::OnceCell;
use std::ops::Range;

use super::cohesion::{Cohesion, Topics};
use super::form::is_alike;
use super::furniture::FurnitureKind;
use super::layout::Layout;
use super::line::{Ending, Lines, Shape};
use super::marks::{Marks, is_time_stamp};
use super::openers::{is_byline, is_dateline};
use super::opening::{OWN_OPENING_FEATURES, Opening, OpeningJudge, opening_features};
use super::seam::{Place, Seams};
use crate::odds;

/// Where a second article begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// Its first line.
    pub line: usize,
    /// Probability in [0, 1].
    pub confidence: f64,
    /// What says so.
    pub evidence: String,
}

/// Least words of sentences that both articles must have.
const LEAST_BEFORE: u32 = 60;
const LEAST_AFTER: u32 = 35;
/// An article begins with its text at most so many lines after its headline.
const LONGEST_OPENING: usize = 9;
/// Least words of its first paragraph.
const LEAD: u32 = 10;
/// What stands further from a place than so many lines says nothing of it, and a text of more lines than a page ever has is no page: so
/// that time stays in proportion to the length of a text.
const FAR: usize = 400;
const LONGEST_PAGE: usize = 6000;
/// Evidence of an even chance.
const EVEN: f64 = 4.5;

/// Nats added to what the trees say: half an article that is cut is worse than another one that is left. From 0.1 to 0.4, the same F1 on the pages
/// that are set apart for tuning takes a tenth more of their genuine lines.
const LEANING: f64 = -0.5;

/// Nats less where no line is furniture: such a text is hardly a page, and of a clean text nothing may go. It costs these pages hardly anything.
const BARE: f64 = 3.8;

/// Nats less for an opening without a headline: there is less to go by, and on these pages it costs nothing.
const HEADLESS: f64 = 0.5;

/// Finds where a second article begins, if one does.
pub fn second_article(
    lines: &Lines,
    marks: &[Marks<'_>],
    layout: &Layout<'_>,
    first: &[f64],
    judge: &OpeningJudge,
) -> Option<Boundary> {
    let is_bare = first.iter().all(|probability| *probability < 0.5);
    let openings = openings(lines, marks, layout, first);
    let answers = judge.trees.answers_to_each(openings.iter().map(|opening| &opening.features[..]));
    let judged = openings.into_iter().zip(answers).map(|(opening, answers)| {
        let less = |is: bool, nats: f64| if is { nats } else { 0.0 };
        let leaning = LEANING - less(opening.is_headless, HEADLESS) - less(is_bare, BARE);
        (odds::probability(f64::from(opening.features[0]) + answers + leaning), opening)
    });
    // The first of equals.
    let likeliest = judged.reduce(|best, this| if this.0 > best.0 { this } else { best });
    let (confidence, opening) = likeliest.filter(|(confidence, _)| *confidence >= 0.5)?;
    let Cohesion { names, words, .. } = opening.cohesion;
    let (names, words) = (100.0 * names, 100.0 * words);
    let common = format!("{names:.0} % of its names and {words:.0} % of its words stand before it");
    let evidence = [&opening.evidence[..], &[common.as_str()]].concat().join(", ");
    Some(Boundary { line: opening.line, confidence, evidence })
}

/// Every place where a second article may begin: there is a headline, text before it and text after it. `first` is the probability of
/// each line to be furniture, by a first reading.
pub fn openings(lines: &Lines, marks: &[Marks<'_>], layout: &Layout<'_>, first: &[f64]) -> Vec<Opening> {
    if lines.len() > LONGEST_PAGE {
        return Vec::new();
    }
    let page = Page::of(lines, marks, layout, first);
    let total = page.words.last().copied().unwrap_or_default();
    (1..lines.len())
        .filter(|&index| {
            page.words[index - 1] >= LEAST_BEFORE && total - page.words[index - 1] >= LEAST_AFTER
        })
        .filter_map(|index| page.opening(index))
        .collect()
}

/// What openings are judged by.
struct Page<'p> {
    lines: &'p Lines,
    marks: &'p [Marks<'p>],
    layout: &'p Layout<'p>,
    first: &'p [f64],
    /// Looked at where there is a place to judge.
    topics: OnceCell<Topics>,
    seams: OnceCell<Seams<'p>>,
    datelines: OnceCell<usize>,
    /// Whether each line is a headline, and a byline.
    headlines: OnceCell<Vec<bool>>,
    bylines: OnceCell<Vec<bool>>,
    /// Words of sentences up to and with each line.
    words: Vec<u32>,
    /// Empty lines before a line, on average.
    usual_gap: f64,
    /// The first headline that stays.
    title: Option<usize>,
}

impl<'p> Page<'p> {
    fn of(lines: &'p Lines, marks: &'p [Marks<'p>], layout: &'p Layout<'p>, first: &'p [f64]) -> Self {
        let mut page = Self {
            lines,
            marks,
            layout,
            first,
            topics: OnceCell::new(),
            seams: OnceCell::new(),
            datelines: OnceCell::new(),
            headlines: OnceCell::new(),
            bylines: OnceCell::new(),
            words: Vec::with_capacity(lines.len()),
            usual_gap: 0.0,
            title: None,
        };
        let mut words = 0;
        for (index, line) in lines.as_slice().iter().enumerate() {
            if page.is_prose(index) {
                words += line.shape.words;
            }
            page.words.push(words);
        }
        let gaps: usize = lines.as_slice().iter().skip(1).map(|line| line.blank_before).sum();
        page.usual_gap = gaps as f64 / lines.len().max(2) as f64;
        page.title = (0..lines.len()).find(|&index| first[index] < 0.5 && page.is_headline(index));
        page
    }

    fn topics(&self) -> &Topics {
        self.topics.get_or_init(|| Topics::of(self.layout.text, self.lines))
    }

    fn seams(&self) -> &Seams<'p> {
        let is_prose = |index| self.is_prose(index);
        self.seams.get_or_init(|| Seams::of(self.lines, self.marks, self.layout, self.first, is_prose))
    }

    /// Paragraphs that open with a place.
    fn datelines(&self) -> usize {
        let opens = |index: &usize| self.is_prose(*index) && is_dateline(self.line(*index));
        *self.datelines.get_or_init(|| (0..self.lines.len()).filter(opens).count())
    }

    fn headlines(&self) -> &[bool] {
        let is_headline = |index| self.is_headline(index);
        self.headlines.get_or_init(|| (0..self.lines.len()).map(is_headline).collect())
    }

    fn bylines(&self) -> &[bool] {
        let is_one = |index| is_byline(self.line(index));
        self.bylines.get_or_init(|| (0..self.lines.len()).map(is_one).collect())
    }

    fn line(&self, index: usize) -> &'p str {
        self.lines.as_slice()[index].span().of(self.layout.text)
    }

    fn is_prose(&self, index: usize) -> bool {
        self.marks[index].is_clean_sentence(&self.lines.as_slice()[index].shape)
    }

    fn is_headline(&self, index: usize) -> bool {
        let shape = &self.lines.as_slice()[index].shape;
        let closed = shape.is_sentence() && (shape.words > 16 || self.line(index).ends_with('.'));
        let is_headline = shape.is_headline()
            // "32 candidates collapse at exam centre"
            || (3..=24).contains(&shape.words) && shape.ending == Ending::Open && self.line(index).starts_with(|c: char| c.is_ascii_digit());
        (is_headline || self.is_short_headline(index)) && self.marks[index].log_odds <= 2.0 && !closed
    }

    /// Whether two words alone can be a headline, by the prose or the byline right below: "Waheed's turn".
    fn is_short_headline(&self, index: usize) -> bool {
        let all = self.lines.as_slice();
        let shape = &all[index].shape;
        let is_short =
            shape.words == 2 && shape.capitals > 0 && !shape.starts_lower && shape.ending == Ending::Open;
        let opens = |next: usize| {
            let shape = &all[next].shape;
            shape.is_sentence() && shape.words >= LEAD || is_byline(self.line(next))
        };
        is_short && index + 1 < all.len() && opens(index + 1)
    }

    /// Whether a text can begin with this line without a headline: a paragraph with a place, or after furniture or a wider gap.
    fn is_lead(&self, index: usize) -> bool {
        let line = &self.lines.as_slice()[index];
        self.is_prose(index)
            && line.shape.words >= LEAD
            && self.first[index] < 0.5
            && (self.first[index - 1] >= 0.5
                || line.blank_before as f64 > self.usual_gap + 0.9
                || is_dateline(self.line(index)))
    }

    /// The opening whose headline is line `index`, if that can be one.
    #[expect(clippy::too_many_lines, reason = "one list, in the order of the names")]
    fn opening(&self, index: usize) -> Option<Opening> {
        let all = self.lines.as_slice();
        let is_lead = self.is_lead(index);
        if !is_lead && !self.is_headline(index) {
            return None;
        }
        let from = if is_lead { index } else { index + 1 };
        let body = (from..(index + 1 + LONGEST_OPENING).min(all.len()))
            .find(|&i| self.is_prose(i) && all[i].shape.words >= LEAD)?;
        let between = (index + 1).min(body)..body;
        let odds = |i: usize| self.marks[i].log_odds.clamp(-6.0, 8.0);
        let (mut nats, mut evidence) = (0.0, Vec::new());
        let mut add = |is: bool, weight: f64, what: &'static str| {
            if is {
                nats += weight;
                evidence.push(what);
            }
            f64::from(u8::from(is))
        };
        let twice = between.clone().any(|i| self.lines.key(i) == self.lines.key(index));
        let twice = add(twice, 2.5, "a headline said twice");
        let dateline = add(is_dateline(self.line(body)), 2.0, "a new dateline");
        let (headlines, bylines) = (self.headlines(), self.bylines());
        let byline = add(between.clone().any(|i| bylines[i]), 2.0, "a new byline");
        let stamp = add(between.clone().any(|i| is_time_stamp(&all[i].shape)), 1.5, "a new time stamp");
        let before = (1..=4).filter_map(|n| index.checked_sub(n)).take_while(|&i| odds(i) > 0.0).count();
        add(before > 0, 0.5 + 0.5 * before.min(3) as f64, "furniture before it");
        let inside = between.clone().filter(|&i| odds(i) > 1.0).count();
        let gap = all[index].blank_before.min(4) as f64;
        add(gap > 1.0 && gap > self.usual_gap + 0.9, 1.5, "a wider gap");
        let marks = self.marks;
        let speaks = |i: usize| marks[i].log_odds < 0.0;
        let stays = |i: usize| self.first[i] < 0.5;
        let (earlier, later) = (index.saturating_sub(FAR)..index, index..(index + FAR).min(all.len()));
        let spoken = |range: Range<usize>| self.topics().stretch(&speaks, range);
        let staying = |range: Range<usize>| self.topics().stretch(&stays, range);
        let before_it = spoken(earlier.clone());
        let cohesion = before_it.cohesion(&spoken(later.clone()));
        let near = before_it.cohesion(&spoken(body..(body + 3).min(all.len())));
        let differ = (earlier.start..later.end).any(|i| speaks(i) != stays(i));
        let kept_before = differ.then(|| staying(earlier.clone()));
        let kept = kept_before.as_ref().map_or(cohesion, |before| before.cohesion(&staying(later.clone())));
        let kept_before = kept_before.as_ref().unwrap_or(&before_it);
        let is_kept_prose = |i: &usize| self.is_prose(*i) && stays(*i);
        let shortly = earlier.clone().rev().filter(is_kept_prose).nth(5).unwrap_or(earlier.start);
        let local = staying(shortly..index).cohesion(&staying(body..(body + 4).min(all.len())));
        let mean = |range: Range<usize>| {
            let lines = range.len() as f64;
            if lines > 0.0 { self.first[range].iter().sum::<f64>() / lines } else { -1.0 }
        };
        let going = earlier.clone().rev().take_while(|&i| !stays(i)).count();
        let same = self.layout.groups.same();
        let furniture = |range: Range<usize>| range.filter(|&i| !stays(i)).map(|i| same.class(i));
        let mut is_known = vec![false; same.len()];
        furniture(earlier.clone()).for_each(|said| is_known[said] = true);
        let all_after = furniture(later.clone()).count();
        let again = furniture(later.clone()).filter(|&said| is_known[said]).count();
        let again = if all_after == 0 { -1.0 } else { again as f64 / all_after as f64 };
        let title = self.title.map(|title| &all[title].shape);
        let capitals = |shape: &Shape| f64::from(shape.capitals) / f64::from(shape.words.max(1));
        let sections = if self.datelines() > 2 { 2.0 } else { 0.0 };
        let (shape, total) = (&all[index].shape, self.words.last().copied().unwrap_or_default());
        let ending = match all[index - 1].shape.ending {
            Ending::Open => 0.0,
            Ending::Colon => 1.0,
            Ending::Ellipsis => 2.0,
            Ending::Sentence => 3.0,
        };
        let comments = earlier.clone().filter(|&i| marks[i].is_row_of(FurnitureKind::Comments)).count();
        let begins_with_digit = |i: usize| self.line(i).starts_with(|c: char| c.is_ascii_digit());
        let headlines_before = || earlier.clone().filter(|&i| stays(i) && headlines[i]);
        let headlines_after = (index + 1..later.end).filter(|&i| stays(i) && headlines[i]);
        let count = |is: &[bool]| is.iter().filter(|is| **is).count();
        let first_person = |range: Range<usize>| {
            let prose = range.filter(|&i| self.is_prose(i)).map(|i| &all[i].shape);
            let (said, words) = prose.fold((0, 0), |(s, w), shape| (s + shape.first_person, w + shape.words));
            f64::from(said) / f64::from(words.max(1))
        };
        let own: [f64; OWN_OPENING_FEATURES] = [
            (nats + cohesion.nats_for_a_break() - sections - EVEN).clamp(-8.0, 8.0),
            twice,
            dateline,
            byline,
            stamp,
            before as f64,
            inside as f64,
            gap,
            gap - self.usual_gap,
            cohesion.names,
            cohesion.words,
            near.names,
            self.topics().known_share(index, earlier.clone()),
            self.topics().known_share(index, index + 1..(index + 14).min(all.len())),
            f64::from(self.words[index] + 1).ln(),
            f64::from(total - self.words[index] + 1).ln(),
            odds(index),
            f64::from(shape.words),
            f64::from(shape.capitals) / f64::from(shape.words.max(1)),
            self.datelines().min(6) as f64,
            count(&bylines[earlier.clone()]).min(4) as f64,
            (body - index) as f64,
            (index.saturating_sub(4)..index).map(odds).fold(-7.0, f64::max),
            ending,
            count(&headlines[earlier.clone()]).min(20) as f64,
            index as f64 / all.len() as f64,
            self.first[index],
            self.first[index - 1],
            mean(index.saturating_sub(4)..index),
            mean(index.saturating_sub(8)..index),
            going.min(40) as f64,
            mean(between.clone()),
            self.first[body],
            again,
            kept.names,
            kept.words,
            local.names,
            local.words,
            kept.chief,
            ((kept.names_after + 1) as f64).ln(),
            count(&headlines[body..later.end]).min(20) as f64,
            title.map_or(0.0, |title| capitals(shape) - capitals(title)),
            title.map_or(0.0, |title| f64::from(shape.words) - f64::from(title.words)),
            f64::from(u8::from(is_lead)),
            f64::from(self.layout.forum.min(20)),
            comments.min(10) as f64,
            f64::from(self.layout.bare.min(20)),
            self.layout.items,
            self.layout.asking,
            f64::from(u8::from(begins_with_digit(index))),
            headlines_before().filter(|&i| begins_with_digit(i)).count().min(20) as f64,
            headlines_before().filter(|&i| is_alike(&all[i].shape, shape)).count().min(10) as f64,
            headlines_after.filter(|&i| is_alike(&all[i].shape, shape)).count().min(10) as f64,
            first_person(earlier.clone()),
            first_person(later.clone()) - first_person(earlier.clone()),
        ];
        let place = Place { index, body, title: self.title, earlier, later, kept_before, kept, local };
        let features = opening_features(&own, &self.seams().features(&place, self.topics()));
        Some(Opening { line: index, features, is_headless: is_lead, cohesion, evidence })
    }
}

#[cfg(test)]
mod tests {
    use super::super::furniture::Furniture;
    use super::super::line::Line;
    use super::*;

    const FIRST: &str = "Dam at Penwick holds as river peaks\n\nThe dam at Penwick held through the night, Mayor Anna Hale said on Tuesday, and \
        the people of Oxmarl went back to their houses.\n\nHale thanked the crews from Lesmark who had stacked sandbags along the quay \
        since Sunday.\n\n“We were lucky,” the mayor said. The river was the highest in Penwick since the flood of 1968.\n\nA school in \
        Oxmarl stays closed for the week.\n\n";
    const SECOND: &str = "Striker leaves Carrow for record fee\n\nBy Tom Birch\n\nCarrow United have sold their leading scorer, Dele Odu, \
        to Vantage for a fee that nobody in the second division has paid before.\n\nOdu scored nineteen goals last season. His coach, Ivor \
        Pell, called it a sad day for supporters.\n";

    fn found(text: &str) -> Option<String> {
        let lines = Lines::of(text);
        let furniture = Furniture::parse("f", "pattern\tmatch\tkind\tweight\topens\tnote\n").unwrap();
        let odds = super::super::word_odds::WordOdds::default();
        let marks = Marks::of(text, &lines, &furniture, &odds);
        let layout = Layout::of(text, &lines, &marks, &odds);
        let is_furniture = |line: &Line| line.span().of(text) == "Share";
        let first: Vec<f64> =
            lines.as_slice().iter().map(|line| if is_furniture(line) { 0.9 } else { 0.0 }).collect();
        let boundary = second_article(&lines, &marks, &layout, &first, &OpeningJudge::default())?;
        Some(lines.as_slice()[boundary.line].span().of(text).to_owned())
    }

    #[test]
    fn a_second_article_is_found() {
        assert_eq!(
            found(&format!("{FIRST}\n\nShare\n\n{SECOND}")).as_deref(),
            Some("Striker leaves Carrow for record fee")
        );
    }

    #[test]
    fn a_second_article_may_begin_with_its_text() {
        let lead = "TACLOBAN CITY, Aug. 22 (VNX) -- A public school teacher from Leyte has won a national search for the best chalkboard.";
        let second = SECOND.split_once("Carrow United").unwrap().1;
        assert_eq!(found(&format!("{FIRST}\n\nShare\n\n{lead}\n\n{second}")).as_deref(), Some(lead));
    }

    #[test]
    fn a_text_without_furniture_is_left_whole() {
        assert_eq!(found(&format!("{FIRST}\n\n{SECOND}")), None);
    }

    #[test]
    fn one_article_is_left_whole() {
        assert_eq!(found(FIRST), None);
        let sections = FIRST.replace("A school in", "Schools in Oxmarl\n\nBy Tuesday a school in") + FIRST;
        assert_eq!(found(&sections), None);
    }
}
