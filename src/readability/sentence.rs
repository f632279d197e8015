//! Where sentences end.
//!
//! They are told as the rest of the crate tells them (`text/sentence.rs`), with more care for what may as well go on: they end at
//! blank lines, at a new line that does not go on in lower case, and at `.`, `!`, `?` or `…` before white space and anything but a
//! lower-case word. The stops of titles, initials and abbreviations are looked at twice.

use std::ops::Range;

use super::word::Word;
use crate::text::{Abbreviation, abbreviation};

/// Letters of a word in capitals that may be a name: a longer one is shouted.
const LONGEST_ACRONYM: usize = 5;

/// Words that often start a sentence and hardly ever belong to a name: after an abbreviation they tell that it ended one.
const STARTERS: &[&str] = &[
    "a", "after", "all", "also", "although", "an", "and", "as", "at", "because", "before", "both", "but",
    "by", "for", "from", "he", "her", "his", "how", "however", "if", "in", "it", "its", "many", "most", "my",
    "no", "on", "one", "our", "she", "since", "so", "some", "that", "the", "their", "then", "there", "these",
    "they", "this", "those", "to", "we", "what", "when", "where", "while", "who", "why", "with", "you",
];

/// Verbs that tell who said what a quotation calls or asks.
const SAYING: &[&str] =
    &["added", "asked", "asks", "called", "cried", "said", "says", "shouted", "told", "wrote"];

/// Words in which such a verb is looked for: "“Stop!” Mr Smith said."
const NAME_WORDS: usize = 3;

/// What the marks since the last word say about the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It goes on.
    None,
    /// An abbreviation or initial: it ends if the next word is one of [`STARTERS`].
    Abbreviated,
    /// An abbreviation that stands before numbers: it ends if no number comes.
    Numbered,
    /// A call or question: it ends unless whose it is comes next.
    Called,
    /// An ellipsis: it ends unless the next word is in lower case.
    Trailing,
    /// A full stop.
    Full,
}

/// What stood between the last word and the current place.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
pub(super) struct Gap {
    /// What the marks say.
    pub end: End,
    /// There is white space,
    pub has_space: bool,
    /// a line end,
    pub has_break: bool,
    /// a quotation mark or bracket,
    pub has_quote: bool,
    /// and nothing but white space since the last line end.
    pub is_blank: bool,
}

impl Gap {
    pub(super) const NONE: Self =
        Self { end: End::None, has_space: false, has_break: false, has_quote: false, is_blank: false };
}

/// The sentence so far.
#[derive(Debug)]
pub(super) struct Sentence {
    /// Its words.
    pub words: usize,
    /// It starts in lower case, as the next one may then.
    pub is_lower: bool,
    /// Where the last word stands; empty if it has none.
    pub last: Range<usize>,
    /// What came after it.
    pub gap: Gap,
}

impl Sentence {
    /// A sentence without words.
    pub(super) const EMPTY: Self = Self { words: 0, is_lower: false, last: 0..0, gap: Gap::NONE };

    /// What a stop at a place says.
    pub(super) fn stop(&mut self, text: &str, at: usize) {
        self.gap.is_blank = false;
        let adjoins = self.last.end == at && !self.last.is_empty();
        let bytes = text.as_bytes();
        self.gap.end = match bytes[at] {
            b'!' | b'?' => End::Called,
            b'.' if bytes.get(at + 1) == Some(&b'.') || self.gap.end == End::Trailing => End::Trailing,
            b'.' if adjoins => self.after_point(text),
            _ if text[at..].starts_with('…') => End::Trailing,
            _ => End::Full,
        };
    }

    /// What a full stop right after the last word says.
    fn after_point(&self, text: &str) -> End {
        let text = &text[self.last.clone()];
        if text.ends_with(|c: char| c.is_numeric()) {
            // "1." before an item of a list.
            return if self.words == 1 { End::None } else { End::Full };
        }
        let is_initial = text.len() == 1 && text != "I";
        if is_initial || text.contains('.') {
            return End::Abbreviated;
        }
        match abbreviation(text) {
            Some(Abbreviation::Title) if text.starts_with(char::is_uppercase) => End::None,
            Some(Abbreviation::Name) if text.starts_with(char::is_lowercase) => End::Full,
            Some(Abbreviation::Numbered) => End::Numbered,
            Some(Abbreviation::Title | Abbreviation::Name | Abbreviation::Other) => End::Abbreviated,
            None => End::Full,
        }
    }

    /// Whether a word starts the next sentence.
    #[inline(never)]
    pub(super) fn starts(&self, text: &str, word: Word) -> bool {
        let lower = word.is_lower_case(text);
        if self.gap.has_break && !lower {
            return true;
        }
        self.gap.has_space
            && match self.gap.end {
                End::None => false,
                End::Abbreviated => !lower && is_listed(STARTERS, word.of(text).as_bytes()),
                End::Numbered => word.digits == 0 && !lower,
                End::Called if lower => self.is_lower,
                End::Called => !self.gap.has_quote || !is_attributed(&text[word.start..]),
                End::Trailing => !lower,
                End::Full => !lower || self.is_lower,
            }
    }

    /// Whether a capitalised word within a sentence is a name: not the first of a quotation, nor shouted.
    pub(super) fn is_name(&self, text: &str, word: Word) -> bool {
        let has_small = || word.of(text)[1..].bytes().any(|byte| byte.is_ascii_lowercase());
        !self.gap.has_quote && (word.letters <= LONGEST_ACRONYM || has_small())
    }
}

/// Whether a verb of saying stands among the first words of a line.
fn is_attributed(text: &str) -> bool {
    for word in text.split(' ').take(NAME_WORDS + 1) {
        let (word, is_last) = word.split_once('\n').map_or((word, false), |(word, _)| (word, true));
        if is_listed(SAYING, word.trim_end_matches([',', '.', ':', '\r']).as_bytes()) {
            return true;
        }
        if is_last {
            break;
        }
    }
    false
}

/// Whether a sorted list has a word, whatever its case.
fn is_listed(list: &[&str], word: &[u8]) -> bool {
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    list.binary_search_by(|entry| entry.as_bytes().cmp(lower)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(STARTERS.is_sorted() && SAYING.is_sorted());
    }
}
