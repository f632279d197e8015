//! The screen: one quick look at a document that tells most clean ones.
//!
//! Most documents of a crawl are clean, and reading one in full costs fifty times as much as splitting it into words. The screen adds up
//! a weight for each word and for each two neighbouring words: what is typical of spun texts counts for, what spinners never leave
//! standing counts against. Where the sum is low enough, a full reading would not call the document spun. The weights were fitted to
//! what full readings said of texts, spun and genuine, and the bound was set with a margin below all that were called spun.

use once_cell::sync::OnceCell;
use thiserror::Error;

use crate::bytes::{u32_at, u64_at};
use crate::hash;
use crate::text::{Piece, TokenKind, fold_into, pieces};

/// Bits of the number of a feature.
pub const FEATURE_BITS: u32 = 19;
/// How many weights there are.
pub const WEIGHTS: usize = 1 << FEATURE_BITS;
/// Steps of a weight to the nat.
pub const STEPS: f64 = 16.0;

const MAGIC: &[u8; 8] = b"UNSPINSC";
const VERSION: u32 = 1;
const HEADER_LEN: usize = 8 + 4 + 4 + 8;

/// Bytes that are not a screen of this version.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("not a screen of this version: fit one with `unspin screen learn`")]
pub struct ScreenError;

/// Weights of words and of pairs of words, and the bound.
#[derive(Debug, Clone)]
pub struct Screen {
    weights: Box<[i8]>,
    bound: i32,
}

static BUILTIN: OnceCell<Screen> = OnceCell::new();

/// Marks of a text, as the screen adds them up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Glance {
    /// Sum of the weights, in [`STEPS`].
    pub sum: i32,
    /// Words and numbers.
    pub words: usize,
}

impl Screen {
    /// The screen that was fitted to the built-in data.
    ///
    /// # Panics
    ///
    /// If the file that was built in holds something else: a mistake in building this program.
    pub fn builtin() -> &'static Self {
        BUILTIN.get_or_init(|| {
            Self::from_bytes(include_bytes!("../../dictionaries/screen.bin")).expect("the built-in screen")
        })
    }

    /// A screen of weights and a bound, both in [`STEPS`].
    ///
    /// # Panics
    ///
    /// If there are not [`WEIGHTS`] of them.
    pub fn new(weights: Vec<i8>, bound: i32) -> Self {
        assert_eq!(weights.len(), WEIGHTS, "a weight for each feature");
        Self { weights: weights.into(), bound }
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    ///
    /// If the bytes are something else, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ScreenError> {
        let (header, weights) = bytes.split_at_checked(HEADER_LEN).ok_or(ScreenError)?;
        let is_whole = header.starts_with(MAGIC)
            && u32_at(header, 8) == VERSION
            && weights.len() == WEIGHTS
            && u64_at(header, 16) == hash::bytes(weights);
        if !is_whole {
            return Err(ScreenError);
        }
        Ok(Self {
            weights: weights.iter().map(|&byte| byte.cast_signed()).collect(),
            bound: u32_at(header, 12).cast_signed(),
        })
    }

    /// The bytes of a file: magic, version, bound, checksum of the weights, and the weights, one byte each.
    pub fn to_bytes(&self) -> Vec<u8> {
        let weights: Vec<u8> = self.weights.iter().map(|weight| weight.cast_unsigned()).collect();
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(self.bound.to_le_bytes());
        out.extend(hash::bytes(&weights).to_le_bytes());
        out.extend(weights);
        out
    }

    /// Looks at a text once. `each` is shown the hash of every word, number and symbol, and that of it with the one before.
    #[inline]
    pub fn glance(&self, text: &str, mut each: impl FnMut(u64, u64)) -> Glance {
        let mut out = Glance::default();
        hashes(text, |kind, word, pair| {
            out.words += usize::from(kind != TokenKind::Symbol);
            out.sum += i32::from(self.weights[feature(word)]) + i32::from(self.weights[feature(pair)]);
            each(word, pair);
        });
        out
    }

    /// Whether a full reading of a text with these marks would not call it spun.
    pub fn passes(&self, glance: Glance) -> bool {
        glance.sum < self.bound
    }
}

/// Number of the weight for a hash.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "part of a hash is wanted")]
pub fn feature(hash: u64) -> usize {
    (hash >> (64 - FEATURE_BITS)) as usize
}

/// Shows the kind of every word, number and symbol of a text, its hash, and that of it with the one before. Case does not count, nor
/// which number it is.
#[inline]
pub fn hashes(text: &str, mut each: impl FnMut(TokenKind, u64, u64)) {
    let mut folded = String::new();
    let mut before = 0;
    pieces(text, |Piece { start, end, kind, capitals }| {
        let word = if kind == TokenKind::Number {
            NUMBER
        } else if capitals.is_some() {
            word_hash(text.as_bytes(), start, end)
        } else {
            folded.clear();
            fold_into(&text[start..end], &mut folded);
            word_hash(folded.as_bytes(), 0, folded.len())
        };
        each(kind, word, hash::combine(before, word));
        before = word;
    });
}

/// What stands for any number.
const NUMBER: u64 = 0x006e_756d_6265_7273;
/// The bit that tells small letters from capitals, in each of eight bytes.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// Hash of a word by its length and its first and last eight bytes, whatever its case.
#[inline]
fn word_hash(bytes: &[u8], start: usize, end: usize) -> u64 {
    let len = end - start;
    let eight = |at: usize| {
        bytes.get(at..at + 8).map_or_else(
            || {
                let mut last = [0; 8];
                let rest = &bytes[at..bytes.len().min(at + 8)];
                last[..rest.len()].copy_from_slice(rest);
                u64::from_le_bytes(last)
            },
            |eight| u64::from_le_bytes(eight.try_into().expect("eight bytes")),
        )
    };
    let head = eight(start) | SMALL;
    if len <= 8 {
        hash::combine(len as u64, head & (u64::MAX >> (64 - 8 * len.max(1))))
    } else {
        hash::combine(hash::combine(len as u64, head), eight(end - 8) | SMALL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(u64, u64)> {
        let mut out = Vec::new();
        hashes(text, |_, word, pair| out.push((word, pair)));
        out
    }

    #[test]
    fn words_are_hashed_without_regard_to_case_and_place() {
        assert_eq!(all("The MINISTER’s unbelievably long trip, 17"), all("the minister's UNBELIEVABLY long trip, 1,5"));
        assert_ne!(all("a trip"), all("a trap"));
        assert_ne!(all("one two")[1].1, all("two two")[1].1);
        let words = ["a", "it", "its", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghij", "éa"];
        for word in words {
            let padded = format!("{word} and more than eight bytes");
            assert_eq!(all(word)[0], all(&padded)[0], "{word}");
        }
    }

    #[test]
    fn bytes_come_back_and_damage_is_refused() {
        let mut weights = vec![0; WEIGHTS];
        weights[7] = -5;
        let screen = Screen::new(weights, -30);
        let bytes = screen.to_bytes();
        let back = Screen::from_bytes(&bytes).unwrap();
        assert_eq!((back.weights, back.bound), (screen.weights, -30));
        let mut bad = bytes.clone();
        bad[HEADER_LEN + 9] ^= 1;
        assert_eq!(Screen::from_bytes(&bad).unwrap_err(), ScreenError);
        assert_eq!(Screen::from_bytes(b"hello").unwrap_err(), ScreenError);
    }

    #[test]
    fn samples() {
        let passes = |text: &str| {
            let screen = Screen::builtin();
            screen.passes(screen.glance(text, |_, _| {}))
        };
        assert!(passes(include_str!("../../samples/clean.txt")));
        assert!(passes(include_str!("../../samples/original.txt")));
        assert!(!passes(include_str!("../../samples/spun.txt")));
    }
}
