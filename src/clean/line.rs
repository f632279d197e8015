//! The lines of a text, each with the form under which it is looked up and with what its shape says.

use super::words::{is_function_word, is_month, is_temporal, is_weekday};
use crate::text::{Span, fold_into};

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
    /// The keys, each as `^ key $` in a line of its own, so that all can be searched at once.
    keys: String,
    /// Where the line of each key ends in `keys`.
    ends: Vec<usize>,
}

/// What stands before and after a key in [`Lines::keys`].
pub(super) const KEY_START: &str = "^ ";
/// See [`KEY_START`].
pub(super) const KEY_END: &str = " $";

/// Of longer lines only the beginning and the end are folded: this many bytes each.
const FOLDED: usize = 240;

/// In a key, stands between the beginning and the end of a line that is too long to be folded as a whole.
pub(super) const CUT: char = '\u{2026}';

impl Lines {
    /// Splits a text at line feeds.
    pub fn of(text: &str) -> Self {
        let mut out = Self::default();
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
        let mut shape = Shape::default();
        self.keys.push_str(KEY_START);
        if content.len() <= 2 * FOLDED {
            fold_line(content, &mut self.keys, &mut shape);
        } else {
            let head = floor_boundary(content, FOLDED);
            let tail = floor_boundary(content, content.len() - FOLDED);
            fold_line(&content[..head], &mut self.keys, &mut shape);
            let starts_lower = shape.starts_lower;
            self.keys.push(' ');
            self.keys.push(CUT);
            self.keys.push(' ');
            fold_line(&content[tail..], &mut self.keys, &mut shape);
            // Enough to tell prose from a long list; nobody needs the exact number.
            shape.words += u32::try_from((tail - head) / 6).unwrap_or(u32::MAX / 2);
            shape.starts_lower = starts_lower;
        }
        self.keys.push_str(KEY_END);
        self.keys.push('\n');
        shape.ending = ending(content);
        line.shape = shape;
        self.all.push(line);
        self.ends.push(self.keys.len());
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
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.keys[start + KEY_START.len()..self.ends[index] - KEY_END.len() - 1]
    }

    /// All keys, each as `^ key $` in a line of its own.
    pub(super) fn keys(&self) -> &str {
        &self.keys
    }

    /// The index of the line whose key holds byte `at` of [`Lines::keys`], searched from line `from` on.
    pub(super) fn line_of_key(&self, at: usize, from: usize) -> usize {
        (from..self.ends.len()).find(|&index| at < self.ends[index]).unwrap_or(self.ends.len())
    }
}

/// White space at the ends of a line, and what is invisible like it.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Appends the folded form of a line to `key` and adds to the counts of its shape.
///
/// Words are in lower case with straight apostrophes, one space between them. Runs of digits, with `,` `.` `:` `/` between them and
/// with ordinal endings, become `#`, months `{month}`, weekdays `{day}`. `©`, `|` and `#` stay; other marks are left out.
pub(super) fn fold_line(text: &str, key: &mut String, shape: &mut Shape) {
    let first = key.len();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut begun = false;
    while let Some(&byte) = bytes.get(at) {
        let end = if byte.is_ascii_digit() {
            number_end(bytes, at)
        } else if byte.is_ascii_alphabetic() || byte >= 0x80 {
            word_end(text, at)
        } else {
            at
        };
        if end == at {
            at += mark(text, at, key, first, shape, begun);
            continue;
        }
        if key.len() > first {
            key.push(' ');
        }
        let word = &text[at..end];
        shape.words += 1;
        if byte.is_ascii_digit() {
            shape.numbers += 1;
            shape.temporal += 1;
            shape.digits += word.bytes().map(|b| u32::from(b.is_ascii_digit())).sum::<u32>();
            key.push('#');
            shape.is_item |= !begun && bytes.get(end).is_some_and(|b| matches!(b, b'.' | b')' | b']'));
        } else {
            let start = key.len();
            fold_into(word, key);
            count_word(word, start, key, shape, begun);
        }
        begun = true;
        at = end;
    }
}

/// Takes a character that belongs to no word, and gives its length.
fn mark(text: &str, at: usize, key: &mut String, first: usize, shape: &mut Shape, begun: bool) -> usize {
    let Some(c) = text[at..].chars().next() else { return 1 };
    let spaced = || {
        let before = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        before && text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace)
    };
    match c {
        '©' | '|' => {
            if key.len() > first {
                key.push(' ');
            }
            key.push(c);
            shape.separators += u32::from(c == '|');
            shape.pipes += u32::from(c == '|');
        }
        '>' | '»' | '›' | '·' | '/' | '•' | '→' if begun && spaced() => shape.separators += 1,
        '•' | '▪' | '●' | '◦' | '‣' | '*' | '-' | '–' | '·' | '■' if !begun => {
            shape.is_item = true;
        }
        '"' | '“' | '‘' | '\'' if !begun => shape.starts_quoted = true,
        '@' | '#' if text[at + 1..].starts_with(|c: char| c.is_alphanumeric()) => shape.addresses += 1,
        ':' if (1..=5).contains(&shape.words) && text[at + 1..].starts_with(' ') => shape.is_labelled = true,
        '$' | '£' | '€' | '₹' | '₱' | '₦' => shape.money += 1,
        ':' if text[at..].starts_with("://") => shape.addresses += 1,
        _ => {}
    }
    c.len_utf8()
}

fn count_word(word: &str, start: usize, key: &mut String, shape: &mut Shape, begun: bool) {
    let folded = &key[start..];
    if word.starts_with(char::is_lowercase) {
        shape.function_words += u32::from(is_function_word(folded));
        shape.starts_lower |= !begun;
        if is_temporal(folded) {
            shape.temporal += 1;
        }
        shape.addresses += u32::from(matches!(folded, "www"));
        return;
    }
    shape.capitals += 1;
    shape.uppers += u32::from(word.len() > 1 && word.bytes().all(|b| !b.is_ascii_lowercase()));
    let placeholder = if is_month(folded) {
        "{month}"
    } else if is_weekday(folded) {
        "{day}"
    } else {
        shape.temporal += u32::from(is_temporal(folded));
        shape.addresses += u32::from(folded == "www");
        return;
    };
    shape.temporal += 1;
    shape.calendar += 1;
    key.truncate(start);
    key.push_str(placeholder);
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'0'..=b'9' => end = at + 1,
            b',' | b'.' | b':' | b'/' | b'-' => {}
            _ => break,
        }
    }
    // An ordinal: 3rd.
    let rest = &bytes[end..];
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|suffix| {
        rest.get(..2).is_some_and(|r| r.eq_ignore_ascii_case(suffix.as_bytes()))
            && !rest.get(2).is_some_and(u8::is_ascii_alphanumeric)
    });
    if ordinal { end + 2 } else { end }
}

fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            at += 1;
        } else if byte == b'\'' {
            if at == start || !bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
                break;
            }
            at += 1;
        } else if byte >= 0x80 {
            let Some(c) = text[at..].chars().next() else { break };
            let joins = matches!(c, '’' | '\u{02bc}') && at > start;
            let after = at + c.len_utf8();
            if !(c.is_alphabetic() || joins && text[after..].starts_with(char::is_alphabetic)) {
                break;
            }
            at = after;
        } else {
            break;
        }
    }
    at
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

/// The folded form of a phrase, as the rows of a list write it: `#`, `{month}` and `{day}` stay.
pub(super) fn fold_pattern(pattern: &str) -> String {
    let mut key = String::new();
    for part in pattern.split_whitespace() {
        if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
        if matches!(part, "#" | "{month}" | "{day}") {
            key.push_str(part);
        } else {
            fold_line(part, &mut key, &mut Shape::default());
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> String {
        let lines = Lines::of(text);
        assert_eq!(lines.len(), 1, "{text}");
        lines.key(0).to_owned()
    }

    #[test]
    fn folding() {
        assert_eq!(key("Updated: 3 sec ago"), "updated # sec ago");
        assert_eq!(
            key("  • Last modified on Sunday, 16 June 2023 at 10:34am GMT+2"),
            "last modified on {day} # {month} # at # am gmt #"
        );
        assert_eq!(key("© 2021 The Post | Don’t MISS"), "© # the post | don't miss");
        assert_eq!(key("the 3rd of may"), "the # of may");
        assert_eq!(key("U.S. sign-up"), "u s sign up");
        assert_eq!(key("Ünïcode ’n’ Co"), "ünïcode n co");
        assert_eq!(fold_pattern("Updated # {month} # | Sign-up"), "updated # {month} # | sign up");
    }

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
