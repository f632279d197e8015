//! The folded form of lines, under which they are looked up.

use super::line::Shape;
use super::words::{WordClass, word_hash};
use crate::hash;
use crate::text::fold_into;

/// A word of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Its hash: what it is looked up by.
    pub hash: u64,
    /// Whether it is one of the longer words, which tell what a text is about.
    pub is_topical: bool,
}

impl Word {
    /// A folded word.
    pub(super) fn of(word: &str) -> Self {
        let hash = word_hash(word);
        let is_topical = word.len() > 3 && !word.starts_with('{') && !WordClass::of(hash).is_function_word();
        Self { hash, is_topical }
    }
}

/// Makes the folded form of a line, and counts what its shape is made of.
///
/// Words are in lower case with straight apostrophes, one space between them. Runs of digits, with `,` `.` `:` `/` between them and
/// with ordinal endings, become `#`, months `{month}`, weekdays `{day}`. `©`, `|` and `#` stay; other marks are left out.
pub(super) struct Folding<'k> {
    key: &'k mut String,
    /// Where the key begins.
    first: usize,
    words: &'k mut Vec<Word>,
    /// What it looks like so far.
    pub shape: Shape,
    /// Whether a quotation has begun.
    is_quoted: bool,
}

impl<'k> Folding<'k> {
    /// Appends to keys and their words.
    pub(super) fn new(key: &'k mut String, words: &'k mut Vec<Word>) -> Self {
        Self { first: key.len(), key, words, shape: Shape::default(), is_quoted: false }
    }

    /// Adds a text.
    pub(super) fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut begun = false;
        while let Some(&byte) = bytes.get(at) {
            let (end, is_folded) = if byte.is_ascii_alphabetic() || byte >= 0x80 {
                word_end(text, at)
            } else if byte.is_ascii_digit() {
                (number_end(bytes, at), false)
            } else {
                (at, false)
            };
            if end == at {
                at += self.mark(text, at, begun);
                continue;
            }
            self.space();
            let start = self.key.len();
            let word = &text[at..end];
            self.shape.words += 1;
            if byte.is_ascii_digit() {
                self.shape.numbers += 1;
                self.shape.temporal += 1;
                self.shape.digits += word.bytes().map(|b| u32::from(b.is_ascii_digit())).sum::<u32>();
                self.push_word(NUMBER);
                let closes = |b: &u8| matches!(b, b'.' | b')' | b']');
                self.shape.is_item |= !begun && bytes.get(end).is_some_and(closes);
            } else if is_folded {
                self.key.push_str(word);
                self.count_word(word, hash::part(bytes, at, end), start, begun);
            } else {
                fold_into(word, self.key);
                self.count_word(word, word_hash(&self.key[start..]), start, begun);
            }
            begun = true;
            at = end;
        }
    }

    /// Divides words.
    fn space(&mut self) {
        if self.key.len() > self.first {
            self.key.push(' ');
        }
    }

    /// Adds a mark that stays.
    pub(super) fn push_mark(&mut self, mark: char) {
        self.space();
        let start = self.key.len();
        self.key.push(mark);
        self.words.push(Word::of(&self.key[start..]));
    }

    /// Takes a character that belongs to no word, and gives its length.
    fn mark(&mut self, text: &str, at: usize, begun: bool) -> usize {
        if matches!(text.as_bytes()[at], b' ' | b',' | b'.') {
            return 1;
        }
        let Some(c) = text[at..].chars().next() else { return 1 };
        let spaced = || {
            let before = text[..at].chars().next_back().is_none_or(char::is_whitespace);
            before && text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace)
        };
        match c {
            '“' => self.is_quoted = true,
            '”' => self.is_quoted = false,
            '"' => self.is_quoted = !self.is_quoted,
            _ => {}
        }
        let shape = &mut self.shape;
        match c {
            '©' => self.push_mark(c),
            '|' => {
                shape.separators += 1;
                shape.pipes += 1;
                self.push_mark(c);
            }
            '>' | '»' | '›' | '·' | '/' | '•' | '→' if begun && spaced() => shape.separators += 1,
            '•' | '▪' | '●' | '◦' | '‣' | '*' | '-' | '–' | '·' | '■' if !begun => {
                shape.is_item = true;
            }
            '"' | '“' | '‘' | '\'' if !begun => shape.starts_quoted = true,
            '@' | '#' if text[at + 1..].starts_with(|c: char| c.is_alphanumeric()) => shape.addresses += 1,
            ':' if (1..=5).contains(&shape.words) && text[at + 1..].starts_with(' ') => {
                shape.is_labelled = true;
            }
            '!' => shape.exclaims += u32::from(!self.is_quoted),
            '$' | '£' | '€' | '₹' | '₱' | '₦' => shape.money += 1,
            ':' if text[at..].starts_with("://") => shape.addresses += 1,
            _ => {}
        }
        c.len_utf8()
    }

    /// Adds what stands for a word, after the space before it.
    fn push_word(&mut self, word: &str) {
        self.key.push_str(word);
        self.words.push(Word { hash: word_hash(word), is_topical: false });
    }

    /// Counts a word whose folded form, with this hash, ends the key; months and weekdays become what stands for them.
    fn count_word(&mut self, word: &str, hash: u64, start: usize, begun: bool) {
        let folded = &self.key[start..];
        let class = WordClass::of(hash);
        let shape = &mut self.shape;
        let is_topical = folded.len() > 3 && !class.is_function_word();
        if self.is_quoted {
            shape.quoted += 1;
        } else {
            // "US" is a country.
            shape.first_person += u32::from(class.is_first_person() && word != "US");
            shape.second_person += u32::from(class.is_second_person());
        }
        if word.starts_with(char::is_lowercase) {
            shape.function_words += u32::from(class.is_function_word());
            shape.starts_lower |= !begun;
        } else {
            shape.capitals += 1;
            shape.uppers += u32::from(word.len() > 1 && word.bytes().all(|b| !b.is_ascii_lowercase()));
            if class.is_month() || class.is_weekday() {
                shape.temporal += 1;
                shape.calendar += 1;
                self.key.truncate(start);
                self.push_word(if class.is_month() { "{month}" } else { "{day}" });
                return;
            }
        }
        shape.temporal += u32::from(class.is_temporal());
        shape.addresses += u32::from(folded == "www");
        self.words.push(Word { hash, is_topical });
    }
}

/// What stands for a number.
const NUMBER: &str = "#";

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

/// Where a word ends, and whether it is folded as it stands.
fn word_end(text: &str, start: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut is_folded = true;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'a'..=b'z' => at += 1,
            b'A'..=b'Z' => {
                is_folded = false;
                at += 1;
            }
            b'\'' if at > start && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => at += 1,
            0x80.. => {
                let Some(c) = text[at..].chars().next() else { break };
                let joins = matches!(c, '’' | '\u{02bc}') && at > start;
                let after = at + c.len_utf8();
                if !(c.is_alphabetic() || joins && text[after..].starts_with(char::is_alphabetic)) {
                    break;
                }
                is_folded = false;
                at = after;
            }
            _ => break,
        }
    }
    (at, is_folded)
}

/// The folded form of a phrase, as the rows of a list write it: `#`, `{month}` and `{day}` stay.
pub(super) fn fold_pattern(pattern: &str) -> String {
    let (mut key, mut words) = (String::new(), Vec::new());
    let mut folding = Folding::new(&mut key, &mut words);
    for part in pattern.split_whitespace() {
        if matches!(part, "#" | "{month}" | "{day}") {
            folding.space();
            folding.key.push_str(part);
        } else {
            folding.add(part);
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::super::line::Lines;
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
}
