//! What is known of a line among the others: the questions that the trees may ask.

use std::collections::HashMap;

use super::appended::{is_byline, is_dateline};
use super::furniture::{FurnitureKind, Opens, Weight};
use super::line::{Ending, Line, Lines, Shape};
use super::marks::{Marks, is_time_stamp};
use super::structure::{Structure, structure};

/// How many things are known of a line.
pub const LINE_FEATURES: usize = 67;

/// What they are, in order.
pub const LINE_FEATURE_NAMES: [&str; LINE_FEATURES] = [
    "log-odds by rows and shape",
    "words",
    "share of words with a capital",
    "share of words in capitals",
    "share of numbers",
    "share of function words",
    "share of words of time",
    "months and weekdays",
    "separators",
    "addresses",
    "ending",
    "is an item of a list",
    "starts with a lower-case letter, or a quotation mark",
    "sure rows",
    "likely rows",
    "hints",
    "rows for the article",
    "share of the words that a row covers",
    "is a time stamp",
    "place among the lines, from 0 to 1",
    "lines since the title",
    "lines since the first long sentence",
    "lines to the last long sentence",
    "ln of the words of sentences before",
    "ln of the words of sentences after",
    "empty lines before",
    "empty lines after",
    "log-odds of the line before",
    "log-odds of the line before that",
    "log-odds of the line after",
    "log-odds of the line after that",
    "words of the line before",
    "words of the line after",
    "greatest log-odds of four lines before",
    "greatest log-odds of four lines after",
    "mean log-odds of six lines before",
    "mean log-odds of six lines after",
    "is there already",
    "comes again",
    "share of its longer words that the sentences know",
    "lines since a list was opened",
    "lines since the rest was opened",
    "sentences since the rest was opened",
    "short lines in a row around it",
    "share of the lines that are sentences",
    "share of the lines with an empty one before",
    "nats of its words",
    "nats of a word",
    "greatest nats of a word",
    "nats of a word before and after",
    "is a byline",
    "looks like a name",
    "is a dateline",
    "is a bare time or number",
    "ends with a question mark",
    "rows of forums in the text",
    "rows of comments before",
    "bare times in the text",
    "share of the lines with questions",
    "share of the lines that are items",
    "log-odds of its list",
    "lines of this shape around it",
    "pipes",
    "digits",
    "signs of money",
    "is a label with a value",
    "labels with values around it",
];

/// What is known of a line.
pub type LineFeatures = [f32; LINE_FEATURES];

/// A sentence of so many words is taken for the article's when its beginning and end are looked for.
const LONG: u32 = 14;

/// Lines that are counted since something; further away is all the same.
const FAR: usize = 60;

/// What is known of a text as a whole, and where things are in it.
#[derive(Debug)]
pub struct Layout<'t> {
    text: &'t str,
    /// The line that is taken for the title.
    pub title: Option<usize>,
    /// The line of which each is a repetition.
    pub repeats: Vec<Option<usize>>,
    /// What each is beside its neighbours.
    pub structure: Vec<Structure>,
    /// Whether each comes again later.
    comes_again: Vec<bool>,
    /// Words that sentences know, by hash, sorted.
    known: Vec<u64>,
    first_long: usize,
    last_long: usize,
    /// Words of sentences up to and with each line.
    sentence_words: Vec<u32>,
    /// The last line up to each that opened a list, and the rest.
    list: Vec<Option<usize>>,
    rest: Vec<Option<usize>>,
    /// Sentences up to and with each line.
    sentences: Vec<u32>,
    /// Short lines in a row around each; 0 for a line that is not short.
    runs: Vec<usize>,
    /// Share of the lines that have an empty one before them.
    spaced: f64,
    /// Rows of forums in the text, rows of comments up to and with each line, bare times in the text.
    forum: u32,
    comments: Vec<u32>,
    bare: u32,
    /// Share of the lines that ask, and of those that are items.
    asking: f64,
    items: f64,
}

impl<'t> Layout<'t> {
    /// Looks at all lines of a text.
    pub fn of(text: &'t str, lines: &Lines, marks: &[Marks<'_>]) -> Self {
        let all = lines.as_slice();
        let is_long = |line: &Line| line.shape.is_sentence() && line.shape.words >= LONG;
        let clean_long = |index: &usize| is_long(&all[*index]) && marks[*index].log_odds < 0.0;
        let (repeats, comes_again) = repeats(lines);
        let row_is = |marks: &Marks<'_>, kind: FurnitureKind| marks.best.is_some_and(|row| row.kind == kind);
        let count = |is: &dyn Fn(usize) -> bool| (0..all.len()).filter(|&index| is(index)).count();
        let part = |count: usize| count as f64 / all.len().max(1) as f64;
        let mut out = Self {
            text,
            forum: u32::try_from(count(&|i| row_is(&marks[i], FurnitureKind::Forum))).unwrap_or(u32::MAX),
            comments: Vec::with_capacity(all.len()),
            bare: u32::try_from(count(&|i| is_bare(&all[i].shape))).unwrap_or(u32::MAX),
            asking: part(count(&|i| asks(&all[i], text))),
            items: part(count(&|i| all[i].shape.is_item)),
            title: None,
            structure: structure(text, lines, marks, &repeats),
            repeats,
            comes_again,
            known: known(lines),
            first_long: (0..all.len()).find(clean_long).unwrap_or(all.len()),
            last_long: (0..all.len()).rev().find(clean_long).unwrap_or(0),
            sentence_words: Vec::with_capacity(all.len()),
            list: Vec::with_capacity(all.len()),
            rest: Vec::with_capacity(all.len()),
            sentences: Vec::with_capacity(all.len()),
            runs: runs(all),
            spaced: all.iter().skip(1).filter(|l| l.blank_before > 0).count() as f64
                / all.len().max(1) as f64,
        };
        let (mut words, mut count, mut list, mut rest, mut comments) = (0, 0, None, None, 0);
        for (index, (line, marks)) in all.iter().zip(marks).enumerate() {
            if line.shape.is_sentence() && marks.log_odds < 0.0 {
                words += line.shape.words;
                count += 1;
            }
            match marks.opens {
                Some(Opens::List) => list = Some(index),
                Some(Opens::Rest) => rest = rest.or(Some(index)),
                _ => {}
            }
            comments += u32::from(row_is(marks, FurnitureKind::Comments));
            out.comments.push(comments);
            out.sentence_words.push(words);
            out.sentences.push(count);
            out.list.push(list);
            out.rest.push(rest);
        }
        out.title = out.find_title(lines, marks);
        out
    }

    /// The line that is most like a headline of what follows, among those up to the first long sentence.
    fn find_title(&self, lines: &Lines, marks: &[Marks<'_>]) -> Option<usize> {
        let all = lines.as_slice();
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
                length + standfirst + 1.5 * self.known_share(lines, index) + again
                    - furniture
                    - 0.08 * index as f64,
            )
        };
        let head = 0..all.len().min(FAR).min(self.first_long + 1);
        let scored = head.filter_map(|index| Some((index, score(index)?)));
        // The first of equals.
        scored
            .fold(None, |best: Option<(usize, f64)>, this| match best {
                Some(b) if b.1 >= this.1 => Some(b),
                _ => Some(this),
            })
            .map(|(index, _)| index)
    }

    /// Share of the longer words of a line that the sentences of the text know, in [0, 1].
    fn known_share(&self, lines: &Lines, index: usize) -> f64 {
        let words = longer_words(lines, index);
        let (all, known) = words.fold((0u32, 0u32), |(all, known), word| {
            (all + 1, known + u32::from(self.known.binary_search(&word).is_ok()))
        });
        if all == 0 { 0.5 } else { f64::from(known) / f64::from(all) }
    }

    /// Whether a rest was opened before a line.
    pub fn rest_is_open(&self, index: usize) -> bool {
        self.rest[index].is_some()
    }

    /// Where a list was opened last, up to a line.
    pub fn list_opened(&self, index: usize) -> Option<usize> {
        self.list[index]
    }

    /// What is known of line `index`.
    #[allow(clippy::cast_possible_truncation, reason = "trees need no more digits")]
    #[expect(clippy::too_many_lines, reason = "one list, in the order of the names")]
    pub fn features(&self, lines: &Lines, marks: &[Marks<'_>], index: usize) -> LineFeatures {
        let all = lines.as_slice();
        let (line, own) = (&all[index], &marks[index]);
        let shape = &line.shape;
        let words = f64::from(shape.words.max(1));
        let part = |count: u32| f64::from(count) / words;
        let odds =
            |at: Option<usize>| at.and_then(|at| marks.get(at)).map_or(2.0, |m| m.log_odds.clamp(-6.0, 8.0));
        let before = |n: usize| index.checked_sub(n);
        let after = |n: usize| Some(index + n);
        let window = |range: std::ops::Range<usize>| {
            marks[range.start..range.end.min(marks.len())].iter().map(|m| m.log_odds.clamp(-6.0, 8.0))
        };
        let greatest = |odds: &mut dyn Iterator<Item = f64>| odds.fold(-7.0, f64::max);
        let mean = |range: std::ops::Range<usize>| {
            let (sum, count) = window(range).fold((0.0, 0.0), |(sum, count), odds| (sum + odds, count + 1.0));
            if count > 0.0 { sum / count } else { 2.0 }
        };
        let line_words =
            |at: Option<usize>| at.and_then(|at| all.get(at)).map_or(0.0, |l| f64::from(l.shape.words));
        let since = |from: Option<usize>| from.map_or(FAR, |from| (index - from).min(FAR)) as f64;
        let signed = |from: usize| (index as f64 - from as f64).clamp(-(FAR as f64), FAR as f64);
        let total = self.sentence_words.last().copied().unwrap_or_default();
        let ending = match shape.ending {
            Ending::Open => 0.0,
            Ending::Colon => 1.0,
            Ending::Ellipsis => 2.0,
            Ending::Sentence => 3.0,
        };
        let flag = |is: bool| f64::from(u8::from(is));
        let count = all.len() as f64;
        let around = |at: Option<usize>| at.and_then(|at| marks.get(at)).map_or(0.0, |m| m.words.mean());
        let labelled =
            |at: Option<usize>| flag(at.and_then(|at| all.get(at)).is_some_and(|l| l.shape.is_labelled));
        let alike = |at: Option<usize>| {
            flag(at.and_then(|at| all.get(at)).is_some_and(|l| is_alike(&l.shape, shape)))
        };
        let since_rest = self.rest[index].map_or(0, |from| self.sentences[index] - self.sentences[from]);
        let features: [f64; LINE_FEATURES] = [
            own.log_odds.clamp(-6.0, 8.0),
            f64::from(shape.words.min(80)),
            part(shape.capitals),
            part(shape.uppers),
            part(shape.numbers),
            part(shape.function_words),
            part(shape.temporal),
            f64::from(shape.calendar),
            f64::from(shape.separators.min(6)),
            f64::from(shape.addresses.min(4)),
            ending,
            flag(shape.is_item),
            flag(shape.starts_lower) + 2.0 * flag(shape.starts_quoted),
            f64::from(own.count(Weight::Sure)),
            f64::from(own.count(Weight::Likely)),
            f64::from(own.count(Weight::Hint)),
            f64::from(own.count(Weight::Genuine)),
            own.covered,
            flag(is_time_stamp(shape)),
            index as f64 / count,
            self.title.map_or(-(FAR as f64), signed),
            signed(self.first_long),
            signed(self.last_long),
            f64::from(self.sentence_words[index] + 1).ln(),
            f64::from(total - self.sentence_words[index] + 1).ln(),
            line.blank_before.min(3) as f64,
            all.get(index + 1).map_or(3, |next| next.blank_before.min(3)) as f64,
            odds(before(1)),
            odds(before(2)),
            odds(after(1)),
            odds(after(2)),
            line_words(before(1)),
            line_words(after(1)),
            greatest(&mut window(index.saturating_sub(4)..index)),
            greatest(&mut window((index + 1).min(all.len())..index + 5)),
            mean(index.saturating_sub(6)..index),
            mean((index + 1).min(all.len())..index + 7),
            flag(self.repeats[index].is_some()),
            flag(self.comes_again[index]),
            self.known_share(lines, index),
            since(self.list[index]),
            since(self.rest[index]),
            f64::from(since_rest.min(20)),
            self.runs[index].min(FAR) as f64,
            f64::from(self.sentences.last().copied().unwrap_or_default()) / count,
            self.spaced,
            own.words.nats.clamp(-20.0, 20.0),
            own.words.mean(),
            own.words.greatest,
            around(before(1)) + around(after(1)),
            flag(is_byline(line.span().of(self.text))),
            flag(is_name(shape)),
            flag(is_dateline(line.span().of(self.text))),
            flag(is_bare(shape)),
            flag(asks(line, self.text)),
            f64::from(self.forum.min(20)),
            f64::from(self.comments[index].min(10)),
            f64::from(self.bare.min(20)),
            self.asking,
            self.items,
            self.list[index].map_or(-7.0, |at| odds(Some(at))),
            alike(before(1)) + alike(after(1)) + alike(before(2)) + alike(after(2)),
            f64::from(shape.pipes.min(8)),
            f64::from(shape.digits.min(30)),
            f64::from(shape.money.min(3)),
            flag(shape.is_labelled),
            labelled(before(1)) + labelled(after(1)) + labelled(before(2)) + labelled(after(2)),
        ];
        features.map(|feature| feature as f32)
    }
}

/// How long the run of short lines is that each line stands in.
fn runs(all: &[Line]) -> Vec<usize> {
    let mut out = Vec::with_capacity(all.len());
    for run in all.chunk_by(|a, b| is_short(a) == is_short(b)) {
        out.extend(std::iter::repeat_n(if is_short(&run[0]) { run.len() } else { 0 }, run.len()));
    }
    out
}

/// Whether a line can be a name: two to four words with capitals and nothing else.
fn is_name(shape: &Shape) -> bool {
    (2..=4).contains(&shape.words)
        && shape.capitals == shape.words
        && shape.ending == Ending::Open
        && shape.separators == 0
}

/// Whether a line is a time or a number and no more: "14:32", "8:40 p.m.".
fn is_bare(shape: &Shape) -> bool {
    shape.numbers > 0 && shape.calendar == 0 && shape.temporal == shape.words && shape.words <= 4
}

fn asks(line: &Line, text: &str) -> bool {
    line.span().of(text).ends_with(['?'])
}

/// Whether two lines have much the same shape.
fn is_alike(a: &Shape, b: &Shape) -> bool {
    a.words.abs_diff(b.words) <= 1 + a.words.min(b.words) / 3
        && a.ending == b.ending
        && a.is_item == b.is_item
        && a.starts_lower == b.starts_lower
        && (a.numbers > 0) == (b.numbers > 0)
}

fn is_short(line: &Line) -> bool {
    line.shape.words <= 12 && !line.shape.is_sentence()
}

/// For each line the earlier one with the same key, and whether it comes again. Single words and numbers aren't counted: menus
/// and tables repeat them.
fn repeats(lines: &Lines) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let (mut repeats, mut again) = (vec![None; lines.len()], vec![false; lines.len()]);
    for (index, line) in lines.as_slice().iter().enumerate() {
        let key = lines.key(index);
        let shape = &line.shape;
        if shape.words < 2 || shape.temporal == shape.words || key.contains(super::line::CUT) {
            continue;
        }
        match seen.get(key) {
            Some(&first) => {
                repeats[index] = Some(first);
                again[first] = true;
            }
            None => {
                seen.insert(key, index);
            }
        }
    }
    (repeats, again)
}

/// Words that tell what a line is about, by hash.
pub(super) fn longer_words(lines: &Lines, index: usize) -> impl Iterator<Item = u64> + '_ {
    lines.words(index).iter().filter(|word| word.is_topical).map(|word| word.hash)
}

/// Hashes of the longer words of all sentences, sorted.
fn known(lines: &Lines) -> Vec<u64> {
    let sentences = (0..lines.len()).filter(|&index| lines.as_slice()[index].shape.is_sentence());
    let mut out: Vec<u64> = sentences.flat_map(|index| longer_words(lines, index)).collect();
    out.sort_unstable();
    out.dedup();
    out
}
