//! What a screen looks at: words and pairs of neighbours.

use std::ops::Range;

use crate::hash;

/// A word, or a pair of neighbours, as a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Feature(u64);

/// Bits of a [bucket](Feature::bucket).
const BUCKET_BITS: u32 = 22;

impl Feature {
    /// How many buckets there are.
    pub const BUCKETS: u32 = 1 << BUCKET_BITS;

    /// Features share a weight with those of the same bucket. Few of those that have one do.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "part of a hash is wanted")]
    pub fn bucket(self) -> u32 {
        (self.0 >> (64 - BUCKET_BITS)) as u32
    }

    #[inline]
    fn of_word(word: u64) -> Self {
        Self(hash::combine(1, word))
    }

    #[inline]
    fn of_pair(first: u64, second: u64) -> Self {
        Self(hash::combine(first, second))
    }
}

/// All numbers are one word.
const NUMBER: u64 = 2;
/// What stands before the first word.
const START: u64 = 3;
/// Symbols are this and their first byte.
const SYMBOL: u64 = 256;

/// A word in lower case, and the same word with a capital inside a sentence.
#[inline]
fn cased(word: u64, has_capital: bool) -> u64 {
    word ^ u64::from(has_capital)
}

/// A word, number or symbol of a text.
#[derive(Debug, Clone, Copy)]
pub struct Features {
    /// It by itself.
    pub word: Feature,
    /// It and the one before, each in the case in which it stands there.
    pub pair: Feature,
    /// Hashes of it with the one before, and with the two before, whatever their case.
    pub(super) sequences: [u64; 2],
}

/// Tells the features of every word, number and symbol of a text, in order. Gives the number of words and numbers.
pub fn features(text: &str, mut each: impl FnMut(Features)) -> usize {
    let (mut before, mut words, mut starts) = (START, 0, true);
    let mut sequence = Sequence::default();
    split(text.as_bytes(), |piece, _| {
        let key = match piece {
            Piece::Word { hash, has_capital } => cased(hash, has_capital && !starts),
            _ => piece.key(),
        };
        words += usize::from(!matches!(piece, Piece::Symbol(_)));
        starts = matches!(piece, Piece::Symbol(b'.' | b'!' | b'?' | b':' | b'"' | b'\n' | QUOTE));
        let sequences = sequence.with(piece.key());
        each(Features { word: Feature::of_word(key), pair: Feature::of_pair(before, key), sequences });
        before = key;
    });
    words
}

/// The last words of a text, whatever their case.
#[derive(Debug, Default)]
struct Sequence {
    last: u64,
    pair: u64,
}

impl Sequence {
    /// Hashes of the pair and of the three words that end with one more.
    #[inline]
    fn with(&mut self, key: u64) -> [u64; 2] {
        let (pair, three) = (hash::combine(self.last, key), hash::combine(self.pair, key));
        (self.last, self.pair) = (key, pair);
        [pair, three]
    }
}

/// The parts of a phrase that can be told from others: any three neighbours, or the pair that the phrase is; each with its words and the
/// hash by which it is found among the sequences of a text.
pub(super) fn sequences_of_phrase(phrase: &str) -> Vec<(Vec<&str>, u64)> {
    let (mut words, mut found, mut sequence) = (Vec::new(), Vec::new(), Sequence::default());
    split(phrase.as_bytes(), |piece, place| {
        found.push(sequence.with(piece.key()));
        words.push(phrase.get(place).unwrap_or_default());
    });
    match words.len() {
        0 | 1 => Vec::new(),
        2 => vec![(words, found[1][0])],
        _ => words.windows(3).zip(&found[2..]).map(|(words, found)| (words.to_vec(), found[1])).collect(),
    }
}

/// A part of a text, split roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// Letters, and apostrophes between them; the hash does not depend on their case.
    Word { hash: u64, has_capital: bool },
    /// Digits, and commas and points between them.
    Number,
    /// Anything else that is no space: its first byte.
    Symbol(u8),
}

impl Piece {
    #[inline]
    fn key(self) -> u64 {
        match self {
            Self::Word { hash, .. } => hash,
            Self::Number => NUMBER,
            Self::Symbol(byte) => SYMBOL + u64::from(byte),
        }
    }
}

/// A curly quotation mark, or some other mark of its kind, as a symbol.
const QUOTE: u8 = 0x80;

/// What a byte may be part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    /// The first byte of many marks, and of some letters.
    Lead,
    Digit,
    Space,
    Symbol,
}

/// The first byte of the characters from U+2000 to U+2FFF.
const LEAD: u8 = 0xe2;

const CLASSES: [Class; 256] = {
    let mut out = [Class::Symbol; 256];
    let mut byte = 0_u8;
    loop {
        out[byte as usize] = match byte {
            LEAD => Class::Lead,
            b'a'..=b'z' | b'A'..=b'Z' | 0x80..=0xff => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t' | b'\r' => Class::Space,
            _ => Class::Symbol,
        };
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    out
};

/// Splits a text; tells each piece and where it stands. Characters beyond ASCII are letters, but for the marks from U+2000 to U+203F.
fn split(bytes: &[u8], mut each: impl FnMut(Piece, Range<usize>)) {
    let mut start = 0;
    while let Some(&byte) = bytes.get(start) {
        let mut end = start + 1;
        match CLASSES[usize::from(byte)] {
            Class::Space => {}
            Class::Symbol => each(Piece::Symbol(byte), start..end),
            Class::Digit => {
                end = number_end(bytes, end);
                each(Piece::Number, start..end);
            }
            Class::Lead if is_mark(bytes, start) => {
                end += 2;
                each(Piece::Symbol(QUOTE), start..end);
            }
            Class::Letter | Class::Lead => {
                let hash;
                (hash, end) = word(bytes, start);
                each(Piece::Word { hash, has_capital: byte.is_ascii_uppercase() }, start..end);
            }
        }
        start = end;
    }
}

/// Whether a mark from U+2000 to U+203F stands at a lead byte.
fn is_mark(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1) == Some(&0x80) && bytes.len() > at + 2
}

/// Bytes of an apostrophe, if one stands there.
fn apostrophe(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\'') => 1,
        Some(&LEAD) if bytes[at..].starts_with("’".as_bytes()) => 3,
        _ => 0,
    }
}

/// Whether a word goes on at a byte.
fn is_letter(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at).map(|&byte| CLASSES[usize::from(byte)]) {
        Some(Class::Letter) => true,
        Some(Class::Lead) => !is_mark(bytes, at),
        _ => false,
    }
}

fn number_end(bytes: &[u8], mut at: usize) -> usize {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    while is_digit(at) || (matches!(bytes.get(at), Some(b',' | b'.')) && is_digit(at + 1)) {
        at += 1;
    }
    at
}

/// Hash of the word that starts at a byte, its lowest bit free for that of a capital, and where it ends.
#[inline]
fn word(bytes: &[u8], mut at: usize) -> (u64, usize) {
    let mut hash = WORD;
    loop {
        let start = at;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let plain = |byte: &u8| CLASSES[usize::from(*byte)] == Class::Letter;
            at += rest.iter().position(|byte| !plain(byte)).unwrap_or(rest.len());
            if bytes.get(at) != Some(&LEAD) || is_mark(bytes, at) {
                break;
            }
            at += 1;
        }
        hash = folded(bytes, start, at, hash);
        let width = apostrophe(bytes, at);
        if width == 0 || !is_letter(bytes, at + width) {
            return (hash & !1, at);
        }
        at += width;
    }
}

const WORD: u64 = 0x756e_7370_696e;
/// This bit tells the cases of a letter apart.
const CASE: u64 = 0x2020_2020_2020_2020;

/// Goes on with a hash by a part of a text, whatever the case of its letters.
#[inline]
fn folded(bytes: &[u8], start: usize, end: usize, mut hash: u64) -> u64 {
    let mut at = start;
    while at < end {
        let len = (end - at).min(8);
        let word = match bytes.get(at..at + 8) {
            Some(word) => u64::from_le_bytes(word.try_into().unwrap_or_default()),
            None => bytes[at..end].iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        };
        let mask = u64::MAX >> (64 - 8 * len);
        hash = hash::combine(hash, (word | CASE) & mask);
        at += len;
    }
    hash
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Tokens;

    fn of(text: &str) -> (Vec<Feature>, usize) {
        let mut out = Vec::new();
        let words = features(text, |found| out.extend([found.word, found.pair]));
        (out, words)
    }

    #[test]
    fn words_do_not_depend_on_what_stands_around_them() {
        let (alone, one) = of("minister's");
        for text in ["minister’s", "Minister's", "minister's\n", " minister's"] {
            let (found, words) = of(text);
            assert_eq!((&found[..2], words), (&alone[..2], one), "{text}");
        }
        // In the middle of a sentence a capital is another word.
        let [small, capital] = ["in may", "in May"].map(|text| of(text).0[2]);
        assert_ne!(small, capital);
    }

    #[test]
    fn numbers_and_symbols() {
        assert_eq!(of("1,200.50 of 3").1, 3);
        assert_eq!(of("7").0, of("1,200").0);
        assert_eq!(of("“Yes” – no…").1, 2);
        assert_ne!(of("a.").0[2], of("a!").0[2]);
    }

    #[test]
    fn a_phrase_is_found_in_texts() {
        for (phrase, words, texts) in [
            (
                "counterfeit consciousness",
                2,
                ["of Counterfeit Consciousness in", "counterfeit consciousness"],
            ),
            ("end-to-cease", 3, ["An end-to-cease way", "END-TO-CEASE"]),
        ] {
            let parts = sequences_of_phrase(phrase);
            assert!(parts.iter().all(|(part, _)| part.len() == words), "{parts:?}");
            for (text, (_, part)) in texts.iter().flat_map(|text| parts.iter().map(move |part| (text, part)))
            {
                let mut is_found = false;
                features(text, |found| is_found |= found.sequences.contains(part));
                assert!(is_found, "{text}");
            }
        }
        assert!(sequences_of_phrase("consciousness").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_has_two_features_for_each_piece(text in "\\PC{0,80}") {
            let (found, words) = of(&text);
            prop_assert!(found.len() % 2 == 0 && 2 * words <= found.len());
            prop_assert!(found.iter().all(|feature| feature.bucket() < Feature::BUCKETS));
        }

        #[test]
        fn plain_prose_has_as_many_words_as_tokens(words in prop::collection::vec("[a-z]{1,12}|[A-Z][a-z]{2,9}|[0-9]{1,4}|it's", 0..40)) {
            let text = words.join(" ") + ".";
            prop_assert_eq!(of(&text).1, Tokens::of(&text).words());
        }
    }
}
