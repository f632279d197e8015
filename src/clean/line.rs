//! The lines of a text, each with the form under which it is looked up and with what its shape says.

use super::folding::{Folding, Word};
use crate::text::Span;

/// A line with something in it.
#[derive(Debug, Clone, Default)]
pub struct Line {
    start: usize,
    end: usize,
    after: usize,
    next: usize,
    /// Empty lines right before it.
    pub blank_before: usize,
    /// What it looks like.
    pub shape: Shape,
}

impl Line {
    /// The line without the white space around it.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// One past its line feed.
    pub fn after(&self) -> usize {
        self.after
    }

    /// Where the next line that is not empty begins, or the text ends.
    pub fn next(&self) -> usize {
        self.next
    }
}

/// How a line ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ending {
    /// With a word or a mark that ends nothing: headlines, names, items.
    #[default]
    Open,
    /// As a sentence does, closing quotation marks and brackets included.
    Sentence,
    /// With a colon.
    Colon,
    /// With three dots: a sentence, or a teaser that was cut off.
    Ellipsis,
}

/// What a line looks like, whatever it says. Counts are of words in the sense of the folded form.
#[expect(clippy::struct_excessive_bools, reason = "each is seen by itself")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// Words and numbers.
    pub words: u32,
    /// Words that begin with a capital letter.
    pub capitals: u32,
    /// Words of two letters or more that are all capitals.
    pub uppers: u32,
    /// Numbers.
    pub numbers: u32,
    /// Lower-case words that hold sentences together: "the", "of", "is".
    pub function_words: u32,
    /// Words and numbers that a date, a time or an age is made of.
    pub temporal: u32,
    /// Months and weekdays.
    pub calendar: u32,
    /// Marks between words that stand in menus and trails: `|`, `>`, `»`, `›`, `·`, `•`, `/` with space around.
    pub separators: u32,
    /// Web addresses, mail addresses, user names, hash tags.
    pub addresses: u32,
    /// How it ends.
    pub ending: Ending,
    /// Marks `|`, which stand in tables and menus.
    pub pipes: u32,
    /// Digits.
    pub digits: u32,
    /// Signs of money.
    pub money: u32,
    /// Words inside quotation marks.
    pub quoted: u32,
    /// Words outside of them by which a writer speaks of himself.
    pub first_person: u32,
    /// Those by which he speaks to the reader.
    pub second_person: u32,
    /// Exclamation marks outside quotation marks.
    pub exclaims: u32,
    /// Whether it begins with a bullet or a number of a list.
    pub is_item: bool,
    /// Whether it is a label with a colon and a value: "Running time: 1 hour".
    pub is_labelled: bool,
    /// Whether it begins with a lower-case letter.
    pub starts_lower: bool,
    /// Whether it begins with an opening quotation mark.
    pub starts_quoted: bool,
}

impl Shape {
    /// Whether it reads as prose: some words, held together, closed like a sentence.
    pub fn is_sentence(&self) -> bool {
        self.ending == Ending::Sentence && self.words >= 4 && self.function_words > 0
    }

    /// Whether it can be a headline: a few words, capitals among them, nothing that closes it like prose.
    pub fn is_headline(&self) -> bool {
        (3..=24).contains(&self.words)
            && self.capitals > 0
            && self.ending != Ending::Colon
            && !self.starts_lower
    }
}

/// The lines of a text that are not empty.
///
/// Their folded forms are kept together; see [`Lines::key`].
#[derive(Debug, Default)]
pub struct Lines {
    all: Vec<Line>,
    /// The keys, one after the other.
    keys: String,
    /// Every word of the keys.
    words: Vec<Word>,
    /// Where each key ends in `keys`, and its words in `words`.
    ends: Vec<(usize, usize)>,
}

/// Of longer lines only the beginning and the end are folded: this many bytes each.
const FOLDED: usize = 240;

/// In a key, stands between the beginning and the end of a line that is too long to be folded as a whole.
pub(super) const CUT: char = '\u{2026}';

impl Lines {
    /// Splits a text at line feeds.
    pub fn of(text: &str) -> Self {
        // No key is longer than its line by much, and few texts have shorter words.
        let (keys, words) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() / 5));
        let mut out = Self { keys, words, ..Self::default() };
        let (mut at, mut blank) = (0, 0);
        for whole in text.split_inclusive('\n') {
            let (start, next) = (at, at + whole.len());
            at = next;
            let content = whole.trim_matches(is_space);
            if content.is_empty() {
                blank += 1;
                if let Some(last) = out.all.last_mut() {
                    last.next = next;
                }
                continue;
            }
            let start = start + (whole.len() - whole.trim_start_matches(is_space).len());
            let (end, shape) = (start + content.len(), Shape::default());
            let line = Line { start, end, after: next, next, blank_before: blank, shape };
            out.push(content, line);
            blank = 0;
        }
        out
    }

    fn push(&mut self, content: &str, mut line: Line) {
        let mut folding = Folding::new(&mut self.keys, &mut self.words);
        if content.len() <= 2 * FOLDED {
            folding.add(content);
        } else {
            let head = floor_boundary(content, FOLDED);
            let tail = floor_boundary(content, content.len() - FOLDED);
            folding.add(&content[..head]);
            let starts_lower = folding.shape.starts_lower;
            folding.push_mark(CUT);
            folding.add(&content[tail..]);
            // Enough to tell prose from a long list; nobody needs the exact number.
            folding.shape.words += u32::try_from((tail - head) / 6).unwrap_or(u32::MAX / 2);
            folding.shape.starts_lower = starts_lower;
        }
        line.shape = folding.shape;
        line.shape.ending = ending(content);
        self.all.push(line);
        self.ends.push((self.keys.len(), self.words.len()));
    }

    /// The lines.
    pub fn as_slice(&self) -> &[Line] {
        &self.all
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The folded form of line `index`: words in lower case, digits as `#`. That of a long line lacks its middle.
    ///
    /// # Panics
    ///
    /// If there is no such line.
    pub fn key(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before].0);
        &self.keys[start..self.ends[index].0]
    }

    /// The words of the key of line `index`.
    ///
    /// # Panics
    ///
    /// If there is no such line.
    pub(super) fn words(&self, index: usize) -> &[Word] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before].1);
        &self.words[start..self.ends[index].1]
    }
}

/// White space at the ends of a line, and what is invisible like it.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// How a line ends, closing quotation marks and brackets aside.
fn ending(content: &str) -> Ending {
    let closes = |c: char| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»');
    let core = content.trim_end_matches(closes);
    match core.chars().next_back() {
        Some('…') => Ending::Ellipsis,
        Some('.') if core.ends_with("...") => Ending::Ellipsis,
        Some('.' | '!' | '?') => Ending::Sentence,
        Some(':') => Ending::Colon,
        // A quotation may end with a comma inside or with no mark at all, but it is prose.
        _ if core.len() < content.len() && content.ends_with(['”', '"']) => Ending::Sentence,
        _ => Ending::Open,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_and_the_space_between_them() {
        let text = "\u{feff}one\r\n\r\n \u{a0}\n  two \nthree";
        let lines = Lines::of(text);
        let found: Vec<_> =
            lines.as_slice().iter().map(|l| (l.span().of(text), l.blank_before, l.next())).collect();
        assert_eq!(found, [("one", 0, 14), ("two", 2, 21), ("three", 0, text.len())]);
        assert!(Lines::of(" \n\n").is_empty());
    }

    #[test]
    fn shapes() {
        let shape = |text: &str| Lines::of(text).as_slice()[0].shape;
        assert!(shape("The river rose to the second step.").is_sentence());
        assert!(shape("“It is late,” she said, “and cold.”").is_sentence());
        assert!(!shape("Keeping allies close").is_sentence());
        assert!(shape("Keeping allies close").is_headline());
        assert_eq!(shape("Home > News > World").separators, 2);
        assert_eq!(shape("3 May 2021, 10:14 am").temporal, 5);
        assert_eq!(shape("See more:").ending, Ending::Colon);
        assert_eq!(shape("It went on and on …").ending, Ending::Ellipsis);
        assert!(shape("- item").is_item && shape("1. item").is_item && !shape("1 item").is_item);
        assert_eq!(shape("@hale #flood https://x.example/").addresses, 3);
        let spoken = shape("“I know you,” she said! We’d like your help in the US, and \"our\" thanks.");
        assert_eq!((spoken.quoted, spoken.first_person, spoken.second_person, spoken.exclaims), (4, 1, 1, 1));
    }

    #[test]
    fn long_lines_keep_their_ends() {
        let text = format!("Begin here {} end there.", "and on ".repeat(100));
        let lines = Lines::of(&text);
        assert!(lines.key(0).starts_with("begin here and") && lines.key(0).ends_with("end there"));
        assert!(lines.key(0).contains(CUT));
        assert!((150..260).contains(&lines.as_slice()[0].shape.words));
    }

    proptest! {
        #[test]
        fn lines_cover_all_that_is_not_space(text in "[a-zé \u{a0}\r\n.’#©|0-9'-]{0,80}") {
            let lines = Lines::of(&text);
            let mut at = 0;
            for line in lines.as_slice() {
                prop_assert!(text[at..line.span().start()].chars().all(is_space));
                prop_assert!(line.span().end() <= line.next());
                at = line.span().end();
            }
            prop_assert!(text[at..].chars().all(is_space));
        }
    }
}
