//! One pass over a text that counts everything.
//!
//! Sentences are told as the rest of the crate tells them (`text/sentence.rs`), with more care for what may as well go on: they
//! end at blank lines, at a new line that does not go on in lower case, and at `.`, `!`, `?` or `…` before white space and anything
//! but a lower-case word. The stops of titles, initials and abbreviations are looked at twice.

use std::ops::Range;

use super::character::{self, Kind};
use super::counts::Counts;
use super::easy::{Easy, Known, Lists, Short};
use super::syllables::{self, Letters, TABLE};
use crate::text::{Abbreviation, abbreviation};

/// Letters of a word in capitals that may be a name: a longer one is shouted.
const LONGEST_ACRONYM: usize = 5;

/// Words that often start a sentence and hardly ever belong to a name: after an abbreviation they tell that it ended one.
const STARTERS: &[&str] = &[
    "a",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "as",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "for",
    "from",
    "he",
    "her",
    "his",
    "how",
    "however",
    "if",
    "in",
    "it",
    "its",
    "many",
    "meanwhile",
    "most",
    "my",
    "no",
    "on",
    "one",
    "our",
    "she",
    "since",
    "so",
    "some",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "we",
    "what",
    "when",
    "where",
    "while",
    "who",
    "why",
    "with",
    "you",
];

/// Verbs that tell who said what a quotation calls or asks.
const SAYING: &[&str] =
    &["added", "asked", "asks", "called", "cried", "said", "says", "shouted", "told", "wrote"];

/// Words in which such a verb is looked for: "“Stop!” Mr Smith said."
const NAME_WORDS: usize = 3;

/// What the marks since the last word say about the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
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
#[expect(clippy::struct_excessive_bools, reason = "each is seen by itself")]
struct Gap {
    end: End,
    /// White space,
    has_space: bool,
    /// a line end,
    has_break: bool,
    /// a quotation mark or bracket,
    has_quote: bool,
    /// and nothing but white space since the last line end.
    is_blank: bool,
}

impl Gap {
    const NONE: Self =
        Self { end: End::None, has_space: false, has_break: false, has_quote: false, is_blank: false };
}

/// A word as the pass found it.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    letters: usize,
    digits: usize,
    foreign: usize,
    is_ascii: bool,
    has_hyphen: bool,
}

impl Counts {
    /// The counts of a text, in one pass that allocates nothing.
    pub fn of(text: &str) -> Self {
        Pass::new(text, None).run()
    }
}

/// Counts many texts, and remembers words: this changes no count, it is only faster.
#[derive(Debug)]
pub struct Counter {
    memo: Memo,
}

impl Counter {
    /// A counter that remembers nothing yet.
    pub fn new() -> Self {
        Self { memo: Memo { words: vec![(Short::EMPTY, Known::NOTHING); Memo::WORDS].into_boxed_slice() } }
    }

    /// The same as [`Counts::of`].
    pub fn count(&mut self, text: &str) -> Counts {
        Pass::new(text, Some(&mut self.memo)).run()
    }
}

impl Default for Counter {
    fn default() -> Self {
        Self::new()
    }
}

/// What is known of words that are not easy; a new one takes the place of an old one.
#[derive(Debug)]
struct Memo {
    words: Box<[(Short, Known)]>,
}

impl Memo {
    const WORDS: usize = 1 << 12;

    /// What is known of a word; found out if it isn't remembered.
    #[inline]
    fn get(&mut self, word: Short, find: impl FnOnce() -> Known) -> Known {
        let place = &mut self.words[word.number() % Self::WORDS];
        if place.0 != word {
            *place = (word, find());
        }
        place.1
    }
}

impl Word {
    /// A word of ASCII letters.
    #[inline]
    fn plain(start: usize, end: usize) -> Self {
        Self { start, end, letters: end - start, digits: 0, foreign: 0, is_ascii: true, has_hyphen: false }
    }
}

/// How many of the bytes of a block, from the lowest on, are ASCII letters.
#[inline]
fn letters_of(block: u128) -> usize {
    const ALL: u128 = u128::MAX / 0xff;
    let low = (block | (ALL * 0x20)) & (ALL * 0x7f);
    // The highest bit of a byte says that it is at least "a", or more than "z"; no sum carries into the next byte.
    let from_a = low + ALL * u128::from(0x80 - b'a');
    let after_z = low + ALL * u128::from(0x7f - b'z');
    let letters = from_a & !after_z & !block & (ALL * 0x80);
    ((letters ^ (ALL * 0x80)).trailing_zeros() / 8) as usize
}

/// Syllables of a word of so many letters.
#[inline(never)]
fn of_short(word: Short, len: usize) -> usize {
    let letters = word.bytes();
    TABLE.of_word(&Letters::new(letters.get(..len).unwrap_or(&letters)))
}

/// Whether a word may go on at a byte after so many ASCII letters.
#[inline]
fn may_go_on(next: u8, letters: usize) -> bool {
    match next {
        b' ' | b',' | b'\n' => false,
        b'.' => letters == 1,
        _ => next >= 0x80 || letters == 0 || matches!(next, b'0'..=b'9' | b'\'' | b'-'),
    }
}

struct Pass<'t> {
    text: &'t str,
    bytes: &'t [u8],
    easy: &'static Easy,
    memo: Option<&'t mut Memo>,
    counts: Counts,
    at: usize,
    /// Words of the sentence so far.
    words: usize,
    /// The sentence starts in lower case, as the next one may then.
    is_lower: bool,
    /// Where the last word stands; empty if the sentence has none.
    last: Range<usize>,
    gap: Gap,
}

impl<'t> Pass<'t> {
    fn new(text: &'t str, memo: Option<&'t mut Memo>) -> Self {
        Self {
            memo,
            text,
            bytes: text.as_bytes(),
            easy: Easy::builtin(),
            counts: Counts::default(),
            at: 0,
            words: 0,
            is_lower: false,
            last: 0..0,
            gap: Gap::NONE,
        }
    }

    fn run(mut self) -> Counts {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte.is_ascii_alphabetic() && self.plain_word() {
                continue;
            }
            let (kind, len) = if byte < 0x80 { (character::ascii(byte), 1) } else { self.wide(self.at) };
            match kind {
                Kind::Letter(_) | Kind::Foreign | Kind::Digit => {
                    let word = self.word();
                    self.add(word);
                    continue;
                }
                Kind::Space => self.gap.has_space = true,
                Kind::Newline => {
                    if self.gap.is_blank {
                        self.close();
                    }
                    self.gap = Gap { has_space: true, has_break: true, is_blank: true, ..self.gap };
                }
                Kind::Stop => self.stop(byte),
                Kind::Ideographic => self.close(),
                Kind::Quote | Kind::Apostrophe => {
                    self.gap = Gap { has_quote: true, is_blank: false, ..self.gap };
                }
                Kind::Mark => {}
                Kind::Hyphen | Kind::Other => {
                    self.gap.is_blank = false;
                    if !self.gap.has_space {
                        self.gap.end = End::None;
                    }
                }
            }
            self.at += len;
        }
        self.close();
        self.counts
    }

    /// Adds the word at the current place if it is a short one of ASCII letters alone, as nearly all are, and says whether it is.
    #[inline]
    fn plain_word(&mut self) -> bool {
        let Some(block) = self.bytes[self.at..].first_chunk() else { return false };
        let block = u128::from_le_bytes(*block);
        let len = letters_of(block);
        let end = self.at + len;
        let Some(&next) = self.bytes.get(end) else { return false };
        if len == Short::MOST || may_go_on(next, len) {
            return false;
        }
        let word = Word::plain(self.at, end);
        let is_name = self.enter(word);
        let short = Short::first(block, len);
        let known = self.easy.get(short).unwrap_or_else(|| {
            let find = || Known { syllables: of_short(short, len), lists: Lists::NONE };
            match &mut self.memo {
                Some(memo) => memo.get(short, find),
                None => find(),
            }
        });
        self.count(word, known, is_name);
        self.at = end;
        if next == b' ' {
            self.at += 1;
            self.gap.has_space = true;
        }
        true
    }

    /// Kind and length of the character at a place, which need not be ASCII.
    fn wide(&self, at: usize) -> (Kind, usize) {
        self.text[at..].chars().next().map_or((Kind::Other, 1), |c| (character::kind(c), c.len_utf8()))
    }

    fn kind_at(&self, at: usize) -> Option<(Kind, usize)> {
        let byte = *self.bytes.get(at)?;
        Some(if byte < 0x80 { (character::ascii(byte), 1) } else { self.wide(at) })
    }

    /// Reads the word at the current place.
    fn word(&mut self) -> Word {
        let letters = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = Word::plain(self.at, self.at + letters);
        let word = match self.bytes.get(word.end) {
            Some(&next) if may_go_on(next, letters) => self.long_word(word),
            _ => word,
        };
        self.at = word.end;
        word
    }

    /// Goes on with a word that holds something else than the letters `a` to `z`.
    fn long_word(&self, mut word: Word) -> Word {
        // Letters since the last point, and whether the last character was a digit.
        let (mut run, mut after_digit) = (word.letters, false);
        while let Some((kind, len)) = self.kind_at(word.end) {
            let after = word.end + len;
            let next = || self.kind_at(after).map(|(kind, _)| kind);
            let is_letter = |kind| matches!(kind, Some(Kind::Letter(_) | Kind::Foreign));
            match kind {
                Kind::Letter(_) => word.letters += 1,
                Kind::Foreign => (word.letters, word.foreign) = (word.letters + 1, word.foreign + 1),
                Kind::Digit => word.digits += 1,
                Kind::Mark => {}
                Kind::Apostrophe if !after_digit && is_letter(next()) => {}
                Kind::Hyphen if is_letter(next()) || next() == Some(Kind::Digit) => word.has_hyphen = true,
                Kind::Stop | Kind::Other
                    if after_digit && is_in_number(self.bytes[word.end]) && next() == Some(Kind::Digit) => {}
                Kind::Stop if run == 1 && word.digits == 0 && self.is_initial(word.end, after) => {
                    run = 0;
                }
                _ => break,
            }
            run += usize::from(matches!(kind, Kind::Letter(_) | Kind::Foreign));
            after_digit = kind == Kind::Digit;
            word.is_ascii &= len == 1;
            word.end = after;
        }
        word
    }

    /// Whether a single letter follows a point, as in "U.S." and "e.g.".
    fn is_initial(&self, point: usize, after: usize) -> bool {
        let is_letter = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        self.bytes[point] == b'.' && is_letter(after) && !is_letter(after + 1)
    }

    /// What a stop at the current place says.
    fn stop(&mut self, byte: u8) {
        self.gap.is_blank = false;
        let adjoins = self.last.end == self.at && !self.last.is_empty();
        let end = match byte {
            b'!' | b'?' => End::Called,
            b'.' if self.bytes.get(self.at + 1) == Some(&b'.') || self.gap.end == End::Trailing => {
                End::Trailing
            }
            b'.' if adjoins => self.after_point(),
            _ if self.text[self.at..].starts_with('…') => End::Trailing,
            _ => End::Full,
        };
        self.gap.end = end;
    }

    /// What a full stop right after the last word says.
    fn after_point(&self) -> End {
        let text = &self.text[self.last.clone()];
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

    /// Ends the sentence, if there is one.
    fn close(&mut self) {
        self.counts.sentences += usize::from(self.words > 0);
        self.words = 0;
        self.last = 0..0;
        self.gap.end = End::None;
    }

    /// Adds a word that is not plain, or long.
    #[inline(never)]
    fn add(&mut self, word: Word) {
        let is_name = self.enter(word);
        let text = &self.text[word.start..word.end];
        let find = |easy| Known { syllables: syllables::syllables(text).max(1), lists: lists(text, easy) };
        let known = match (Short::new(text.as_bytes()), &mut self.memo) {
            _ if word.letters == 0 => Known { syllables: 1, lists: Lists::BOTH },
            (Some(short), Some(memo)) if word.is_ascii && word.digits == 0 => {
                memo.get(short, || find(self.easy))
            }
            _ => find(self.easy),
        };
        self.count(word, known, is_name);
    }

    /// Takes a word into the sentence, or starts a new one with it. Says whether it is a name.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call takes longer than what is done here")]
    fn enter(&mut self, word: Word) -> bool {
        if self.words > 0 && (self.gap.has_break || self.gap.end != End::None) && self.starts(word) {
            self.close();
        }
        if self.words == 0 {
            self.is_lower = self.is_lower_case(word);
            return false;
        }
        self.bytes[word.start].is_ascii_uppercase() && self.is_name(word)
    }

    #[inline(never)]
    fn starts(&self, word: Word) -> bool {
        let lower = self.is_lower_case(word);
        if self.gap.has_break && !lower {
            return true;
        }
        self.gap.has_space
            && match self.gap.end {
                End::None => false,
                End::Abbreviated => !lower && is_listed(STARTERS, &self.bytes[word.start..word.end]),
                End::Numbered => word.digits == 0 && !lower,
                End::Called => {
                    if lower {
                        self.is_lower
                    } else {
                        !(self.gap.has_quote && self.is_attributed(word))
                    }
                }
                End::Trailing => !lower,
                End::Full => !lower || self.is_lower,
            }
    }

    fn is_lower_case(&self, word: Word) -> bool {
        match self.bytes[word.start] {
            byte if byte < 0x80 => byte.is_ascii_lowercase(),
            _ => self.text[word.start..].starts_with(char::is_lowercase),
        }
    }

    /// Whether a verb of saying follows within a few words.
    fn is_attributed(&self, word: Word) -> bool {
        let rest = &self.text[word.start..];
        let line = rest.split('\n').next().unwrap_or_default();
        let mut words = line.split_ascii_whitespace().take(NAME_WORDS + 1);
        words.any(|word| is_listed(SAYING, word.trim_end_matches([',', '.', ':']).as_bytes()))
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call takes longer than what is done here")]
    fn count(&mut self, word: Word, known: Known, is_name: bool) {
        let characters = word.letters + word.digits;
        let is_long = known.syllables > 2;
        let counts = &mut self.counts;
        counts.words += 1;
        counts.syllables += known.syllables;
        counts.letters += word.letters;
        counts.characters += characters;
        counts.long_words += usize::from(characters > 6);
        counts.polysyllables += usize::from(is_long);
        counts.difficult_words += usize::from(!is_name && !known.lists.has(Lists::DALE_CHALL));
        counts.unfamiliar_words += usize::from(!is_name && !known.lists.has(Lists::SPACHE));
        counts.foreign_letters += word.foreign;
        if is_long && !is_name && self.is_complex(word, known.syllables) {
            self.counts.complex_words += 1;
        }
        self.words += 1;
        self.last = word.start..word.end;
        self.gap = Gap::NONE;
    }

    /// Whether a capitalised word within a sentence is a name: not the first of a quotation, nor shouted.
    fn is_name(&self, word: Word) -> bool {
        let has_small = || self.bytes[word.start + 1..word.end].iter().any(u8::is_ascii_lowercase);
        !self.gap.has_quote && (word.letters <= LONGEST_ACRONYM || has_small())
    }

    /// Whether the fog index counts a word of three syllables and more: some part between hyphens has as many without an ending `-es`,
    /// `-ed` or `-ing`.
    fn is_complex(&self, word: Word, syllables: usize) -> bool {
        let text = &self.text[word.start..word.end];
        if word.has_hyphen {
            return text.split('-').any(|part| {
                let syllables = syllables::syllables(part);
                syllables - usize::from(syllables > 0 && has_spoken_ending(part)) > 2
            });
        }
        syllables - usize::from(has_spoken_ending(text)) > 2
    }
}

/// The lists that have a word; those with digits are on all.
fn lists(word: &str, easy: &Easy) -> Lists {
    if word.is_ascii() {
        let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
        return if has_digit { Lists::BOTH } else { easy.lists_of_parts(word.as_bytes()) };
    }
    // The curly apostrophe of "don’t" as a straight one.
    let mut folded = [0; Short::MOST];
    let mut len = 0;
    for c in word.chars() {
        let Some(place) = folded.get_mut(len) else { return Lists::NONE };
        *place = match character::kind(c) {
            Kind::Letter(letter) => letter,
            Kind::Apostrophe => b'\'',
            Kind::Hyphen => b'-',
            Kind::Mark => continue,
            Kind::Digit => return Lists::BOTH,
            _ => return Lists::NONE,
        };
        len += 1;
    }
    easy.lists_of_parts(&folded[..len])
}

/// Whether a word ends in `-ing`, or in `-es` or `-ed` that is a syllable.
fn has_spoken_ending(word: &str) -> bool {
    let bytes = word.as_bytes();
    let ends = |ending: &[u8]| {
        bytes.len() > ending.len() && bytes[bytes.len() - ending.len()..].eq_ignore_ascii_case(ending)
    };
    ends(b"ing")
        || ends(b"ted")
        || ends(b"ded")
        || (ends(b"es") && syllables::is_sibilant(&bytes[..bytes.len() - 1]))
}

/// Whether a byte may stand between the digits of a number.
fn is_in_number(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b':')
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

    fn sentences(text: &str) -> usize {
        Counts::of(text).sentences
    }

    #[test]
    fn letters_at_the_start_of_a_block() {
        for (text, len) in [
            ("word, and so on..", 4),
            ("@bcdefghijklmnop", 0),
            ("aZzA[abcdefghijk", 4),
            ("abcdefghijklmnop", 16),
        ] {
            let block = text.as_bytes().first_chunk().map(|block| u128::from_le_bytes(*block)).unwrap();
            assert_eq!(letters_of(block), len, "{text}");
        }
        for byte in 0..=255u8 {
            let block = u128::from(byte) | u128::from(b'.') << 8;
            assert_eq!(letters_of(block), usize::from(byte.is_ascii_alphabetic()), "{byte}");
        }
    }

    #[test]
    fn lists_are_sorted() {
        assert!(STARTERS.is_sorted() && SAYING.is_sorted());
    }

    #[test]
    fn words_and_letters() {
        for (text, words, letters, characters) in [
            ("The cat sat.", 3, 9, 9),
            ("It's a two-day, 1,500-mile trip (3.5 percent).", 7, 25, 31),
            ("U.S. and U.K. e.g. A.", 5, 10, 10),
            ("naïve café’s don’t 21st G20 9/11", 7, 17, 24),
            ("rock ' n ' roll -- x - y a_b", 7, 13, 13),
            ("жук 中文。", 2, 5, 5),
            ("10:30 v2.0 1.", 3, 1, 8),
            ("end.Next wo\u{ad}rd e\u{301}te\u{301}", 4, 14, 14),
        ] {
            let counts = Counts::of(text);
            assert_eq!(
                (counts.words, counts.letters, counts.characters),
                (words, letters, characters),
                "{text}"
            );
        }
    }

    #[test]
    fn sentences_end_at_stops() {
        for (text, wanted) in [
            ("One. Two! Three? Four", 4),
            ("Why? 3.5 percent. In 2019. Then", 4),
            ("It ended… Then it began. Wait... what? No... Yes.", 5),
            ("hello. how are you. fine.", 3),
            ("It costs $3.50 at example.com today.", 1),
            ("One.\u{a0}Two.\u{200b}Three", 3),
            ("第一。第二！第三", 3),
        ] {
            assert_eq!(sentences(text), wanted, "{text}");
        }
    }

    #[test]
    fn abbreviations_and_initials_end_none() {
        for text in [
            "Then Dr. Smith of the U.S. Army and J. K. Rowling met Gen. Lee at 5 p.m. Tuesday.",
            "Apple Inc. and Acme Corp. Ltd. grew by 3.5 percent vs. Jan. 5 (see No. 7, e.g. Fig. 2).",
            "George W. Bush, Ph.D. students, St. Petersburg and Sen. Blumenthal's i.e. mine.",
            "1. Buy milk",
        ] {
            assert_eq!(sentences(text), 1, "{text}");
        }
    }

    #[test]
    fn abbreviations_may_end_one() {
        for text in [
            "It was made in the U.S. The army paid.",
            "He works for Apple Inc. He likes it.",
            "They met at 5 p.m. It rained.",
            "He said no. She went.",
            "Plan B. They left.",
            "It was I. You know.",
            "The cat sat. Dogs barked.",
        ] {
            assert_eq!(sentences(text), 2, "{text}");
        }
    }

    #[test]
    fn quotations() {
        for (text, wanted) in [
            ("“It is late.” She left.", 2),
            ("He said: “Stop!” and left.", 1),
            ("“Stop!” Mr Smith said.", 1),
            ("“Stop!” The car did.", 2),
            ("\"Why?\" asked Tom. 'Because,' said Ann.", 2),
            ("(It rained.) He left.", 2),
            ("He asked, “Who?” (Nobody knew.)", 2),
        ] {
            assert_eq!(sentences(text), wanted, "{text}");
        }
    }

    #[test]
    fn lines_and_paragraphs() {
        for (text, wanted) in [
            ("A headline\n\nthe text goes\non here.\nNext", 3),
            ("a\r\n\r\nb", 2),
            ("a\n \t\nb", 2),
            ("a\n-\nb", 1),
            ("one,\ntwo", 1),
            ("One\nTwo", 2),
            ("\n\n* * *\n\n…\n\n", 0),
        ] {
            assert_eq!(sentences(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn complex_words() {
        let complex = |text: &str| (Counts::of(text).polysyllables, Counts::of(text).complex_words);
        assert_eq!(complex("A beautiful idea"), (2, 2));
        assert_eq!(complex("The created processes are happening"), (3, 0));
        assert_eq!(complex("The companies delivered"), (2, 2));
        assert_eq!(complex("We saw Alabama and “Beautiful things”"), (2, 1));
        assert_eq!(complex("A two-day-trip"), (1, 0));
        assert_eq!(complex("A beautiful-day"), (1, 1));
    }

    #[test]
    fn difficult_words() {
        let difficult = |text: &str| (Counts::of(text).difficult_words, Counts::of(text).unfamiliar_words);
        assert_eq!(difficult("The cats’ mother said he couldn’t come in 1999"), (0, 0));
        assert_eq!(difficult("We saw Alabama, NATO and readability formulas"), (2, 2));
        assert_eq!(difficult("READABILITY MATTERS"), (1, 1));
        assert_eq!(difficult("an acorn"), (0, 1));
    }

    #[test]
    fn texts_without_words() {
        for text in ["", " \n\n ", "... !? — “”", "\u{feff}", "''-"] {
            assert_eq!(Counts::of(text), Counts::default(), "{text:?}");
        }
    }

    #[test]
    fn very_long_lines_and_words() {
        let counts = Counts::of(&"word ".repeat(200_000));
        assert_eq!((counts.words, counts.sentences, counts.syllables), (200_000, 1, 200_000));
        let counts = Counts::of(&"na".repeat(200_000));
        assert_eq!((counts.words, counts.letters, counts.syllables), (1, 400_000, 200_000));
    }

    #[test]
    fn other_scripts() {
        let counts = Counts::of("Съешь же ещё этих мягких французских булок. Да выпей чаю.");
        assert_eq!((counts.words, counts.sentences, counts.foreign_letters), (10, 2, 46));
        assert_eq!(counts.syllables, counts.words);
        assert!(!counts.is_latin());
    }
}
