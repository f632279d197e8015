//! What is known of a line among the others: the questions that the trees may ask.

use super::echoes::ECHO_FEATURES;
use super::form::{asks, closure, is_alike, is_bare, is_name};
use super::furniture::Weight;
use super::groups::GROUP_FEATURES;
use super::layout::{FAR, Layout};
use super::line::Lines;
use super::marks::{Marks, is_time_stamp};
use super::mentions::MENTION_FEATURES;
use super::openers::{is_byline, is_dateline};

/// How many things are known of a line by itself and by its place.
pub const OWN_FEATURES: usize = 95;

/// What they are, in order.
pub const OWN_FEATURE_NAMES: [&str; OWN_FEATURES] = [
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
    "is the title",
    "how much it is like a title, less what the title is",
    "share of words in quotation marks",
    "share of words in the first person",
    "share of words in the second person",
    "share of words in the first person in sentences before",
    "share of words in the second person in sentences before",
    "exclamation marks",
    "words beside those of a sentence before",
    "form of the line before",
    "form of the line after",
    "form of the line after that",
    "nats of its words in sentences",
    "nats of a word in sentences",
    "ends with a credit",
    "kind of the row that says most",
    "nats of its pairs of words",
    "nats of a pair of words",
    "greatest nats of a pair",
    "least nats of a pair",
    "ln of the words of its passage",
    "share of the words of the longest passage",
    "lines to the longest passage, less than 0 before it",
    "ln of the words of the longest passage",
    "ln of the lines of the text",
    "ln of the words of sentences in six lines before",
    "ln of the words of sentences in six lines after",
    "share of signs that neither words nor sentences are made of",
];

/// How many things are known of a line: its own, then what it belongs to, then what the sentences say of it, then which of its phrases stand
/// elsewhere.
pub const LINE_FEATURES: usize = OWN_FEATURES + GROUP_FEATURES + MENTION_FEATURES + ECHO_FEATURES;

/// What is known of a line.
pub type LineFeatures = [f32; LINE_FEATURES];

/// Share of a line that is signs of program texts, addresses and menus, in [0, 1].
fn signs(line: &str) -> f64 {
    let is_sign = |c: &u8| c.is_ascii_punctuation() && !b".,:;!?'\"-()".contains(c);
    line.bytes().filter(is_sign).count() as f64 / line.len().max(1) as f64
}

impl Layout<'_> {
    /// What is known of line `index`.
    #[allow(clippy::cast_possible_truncation, reason = "trees need no more digits")]
    #[expect(clippy::too_many_lines, reason = "one list, in the order of the names")]
    pub fn features(&self, lines: &Lines, marks: &[Marks<'_>], index: usize) -> LineFeatures {
        let all = lines.as_slice();
        let (line, mark) = (&all[index], &marks[index]);
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
        let flag = |is: bool| f64::from(u8::from(is));
        let count = all.len() as f64;
        let around = |at: Option<usize>| at.and_then(|at| marks.get(at)).map_or(0.0, |m| m.words.mean());
        let labelled =
            |at: Option<usize>| flag(at.and_then(|at| all.get(at)).is_some_and(|l| l.shape.is_labelled));
        let alike = |at: Option<usize>| {
            flag(at.and_then(|at| all.get(at)).is_some_and(|l| is_alike(&l.shape, shape)))
        };
        let since_rest = self.rest[index].map_or(0, |from| self.sentences[index] - self.sentences[from]);
        let title_score = |index: usize| self.title_scores.get(index).copied().flatten();
        let title_best = self.title.and_then(title_score).unwrap_or_default();
        let counts_itself = mark.is_clean_sentence(shape);
        let itself = u32::from(counts_itself);
        let own_persons = [itself * shape.first_person, itself * shape.second_person];
        let sentences_before = self.sentences[index] - itself;
        let words_before = f64::from((self.sentence_words[index] - itself * shape.words).max(1));
        let said_before = |count: u32| f64::from(count) / words_before;
        let form = |at: Option<usize>| {
            at.filter(|&at| at < all.len()).map_or(-1.0, |at| f64::from(self.groups.form(at) as u8))
        };
        let pairs = self.odds.pairs(lines.words(index));
        let passage = self.passages.features(index);
        let up_to = |at: Option<usize>| at.map_or(0, |at| self.sentence_words[at]);
        let prose = |from, to| f64::from(up_to(to) - up_to(from) + 1).ln();
        let own: [f64; OWN_FEATURES] = [
            mark.log_odds.clamp(-6.0, 8.0),
            f64::from(shape.words.min(80)),
            part(shape.capitals),
            part(shape.uppers),
            part(shape.numbers),
            part(shape.function_words),
            part(shape.temporal),
            f64::from(shape.calendar),
            f64::from(shape.separators.min(6)),
            f64::from(shape.addresses.min(4)),
            closure(shape),
            flag(shape.is_item),
            flag(shape.starts_lower) + 2.0 * flag(shape.starts_quoted),
            f64::from(mark.count(Weight::Sure)),
            f64::from(mark.count(Weight::Likely)),
            f64::from(mark.count(Weight::Hint)),
            f64::from(mark.count(Weight::Genuine)),
            mark.covered,
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
            self.mentions.said_share(lines, index),
            since(self.list[index]),
            since(self.rest[index]),
            f64::from(since_rest.min(20)),
            self.runs[index].min(FAR) as f64,
            f64::from(self.sentences.last().copied().unwrap_or_default()) / count,
            self.spaced,
            mark.words.nats.clamp(-20.0, 20.0),
            mark.words.mean(),
            mark.words.greatest,
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
            flag(self.title == Some(index)),
            title_score(index).map_or(-4.0, |score| (score - title_best).max(-4.0)),
            part(shape.quoted),
            part(shape.first_person),
            part(shape.second_person),
            said_before(self.persons[index][0] - own_persons[0]),
            said_before(self.persons[index][1] - own_persons[1]),
            f64::from(shape.exclaims.min(5)),
            words * f64::from(sentences_before) / words_before,
            form(before(1)),
            form(after(1)),
            form(after(2)),
            mark.words.in_sentences.clamp(-20.0, 20.0),
            mark.words.in_sentences / words,
            f64::from(mark.credit as u8),
            mark.best.map_or(-1.0, |row| f64::from(row.kind as u8)),
            pairs.nats.clamp(-20.0, 30.0),
            pairs.nats / words,
            pairs.greatest,
            pairs.least,
            passage[0],
            passage[1],
            passage[2],
            self.passages.features(self.passages.main().start)[0],
            count.ln(),
            prose(index.checked_sub(7), index.checked_sub(1)),
            prose(Some(index), Some((index + 6).min(all.len() - 1))),
            signs(line.span().of(self.text)),
        ];
        let groups = self.groups.features(lines, marks, index);
        let mentions = self.mentions.features(lines, index, self.title);
        let echoes = self.echoes.features(lines, index);
        let mut out = [0.0; LINE_FEATURES];
        let all = own.iter().chain(&groups).chain(&mentions).chain(&echoes);
        out.iter_mut().zip(all).for_each(|(out, feature)| *out = *feature as f32);
        out
    }
}
