//! The screen: one quick look at a document that tells many clean ones.
//!
//! Most documents of a crawl are clean, and reading one in full costs many times as much as splitting it into words. The screen asks of
//! every word how likely it is that a spinner put it there, by the word itself and by its neighbours, and adds up what is found: places
//! that look genuine weigh next to nothing, a place that looks spun counts once for each word. Where the sum is low for the length of a
//! text, a full reading would not call it spun. The weights were fitted to words of which it is known whether a spinner put them there,
//! then to what full readings said of texts; the bound was set with a margin below all texts that were called spun.

use once_cell::sync::OnceCell;
use thiserror::Error;

use crate::bytes::{u32_at, u64_at};
use crate::hash;
use crate::text::{Piece, TokenKind, fold_into, pieces};

/// Steps of a weight to the nat.
pub const STEPS: f64 = 16.0;
/// A place that weighs less, in nats, is not remembered with its word: such places count each time.
pub const REMEMBERED: f64 = 0.3;
/// Logarithms of odds are looked up up to this, in nats, in either direction.
const FURTHEST: i32 = 16;
/// Steps of a place's weight to the nat.
const FINE: f64 = 256.0;
/// Words that are remembered at a time, a power of two.
const MEMORY: usize = 64;

const MAGIC: &[u8; 8] = b"UNSPINSC";
const VERSION: u32 = 1;
const HEADER_LEN: usize = 8 + 4 + 4 + 4 * 4 + 8;
const ENTRY_LEN: usize = 6;

/// Bytes that are not a screen of this version.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("not a screen of this version: fit one with `unspin screen learn`")]
pub struct ScreenError;

/// What a word, or a pair of neighbours, adds to the log-odds of a place: for a word its weight and 0, for a pair those of its second and of
/// its first word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Entry {
    /// The first 32 bits of the hash.
    pub hash: u32,
    /// In [`STEPS`].
    pub weights: [i8; 2],
}

/// How a sum of places becomes log-odds of a document, and where the bound is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Line {
    /// What a place's log-odds begin with, in nats.
    pub start: f32,
    /// Log-odds for each nat of the sum.
    pub sum: f32,
    /// Log-odds for each token.
    pub token: f32,
    /// Documents of log-odds below this pass.
    pub bound: f32,
}

/// Weights of words and of pairs of words, and the bound.
#[derive(Debug, Clone)]
pub struct Screen {
    /// Open addressing, at most half full: the last bits of a hash of 32 bits, not 0, and the weights.
    slots: Box<[(u16, [i8; 2])]>,
    entries: Vec<Entry>,
    line: Line,
    /// The weights of places by their log-odds.
    places: Box<[u16]>,
}

static BUILTIN: OnceCell<Screen> = OnceCell::new();

/// What the screen sees of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Glance {
    /// Log-odds of being spun, from the point of view of the screen: of use only beside the bound.
    pub log_odds: f32,
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

    /// A screen of weights, in order of their hashes.
    pub fn new(entries: Vec<Entry>, line: Line) -> Self {
        let mut slots = vec![(0, [0; 2]); (2 * entries.len()).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        for &Entry { hash, weights } in &entries {
            let mut at = place(hash) & mask;
            while slots[at].0 != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = (tag(hash), weights);
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 4096")]
        let weight = |steps: i32| ((f64::from(steps) / STEPS).exp().ln_1p() * FINE).round() as u16;
        let furthest = FURTHEST * 16;
        let places = (-furthest..=furthest).map(weight).collect();
        Self { slots: slots.into(), entries, line, places }
    }

    /// The same screen, which lets texts of log-odds below this pass.
    #[must_use]
    pub fn with_bound(self, bound: f32) -> Self {
        Self { line: Line { bound, ..self.line }, ..self }
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    ///
    /// If the bytes are something else, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ScreenError> {
        let (header, rest) = bytes.split_at_checked(HEADER_LEN).ok_or(ScreenError)?;
        let count = u32_at(header, 12) as usize;
        let is_whole = header.starts_with(MAGIC)
            && u32_at(header, 8) == VERSION
            && rest.len() == ENTRY_LEN * count
            && u64_at(header, 32) == hash::bytes(rest);
        if !is_whole {
            return Err(ScreenError);
        }
        let number = |at: usize| f32::from_bits(u32_at(header, 16 + 4 * at));
        let line = Line { start: number(0), sum: number(1), token: number(2), bound: number(3) };
        let entry = |number: usize| {
            let byte = |which: usize| rest[which * count + number];
            Entry {
                hash: u32::from_le_bytes([0, 1, 2, 3].map(byte)),
                weights: [4, 5].map(|which| byte(which).cast_signed()),
            }
        };
        Ok(Self::new((0..count).map(entry).collect(), line))
    }

    /// The bytes of a file: magic, version, number of entries, line, checksum of what follows; then the first byte of the hashes of all
    /// entries, the second, third and fourth, weights of one sort and the other: so they are packed best.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut rest = Vec::new();
        for which in 0..4 {
            rest.extend(self.entries.iter().map(|entry| entry.hash.to_le_bytes()[which]));
        }
        for which in [0, 1] {
            rest.extend(self.entries.iter().map(|entry| entry.weights[which].cast_unsigned()));
        }
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(u32::try_from(self.entries.len()).unwrap_or(u32::MAX).to_le_bytes());
        let Line { start, sum, token, bound } = self.line;
        out.extend([start, sum, token, bound].iter().flat_map(|number| number.to_le_bytes()));
        out.extend(hash::bytes(&rest).to_le_bytes());
        out.extend(rest);
        out
    }

    #[inline]
    fn weights(&self, hash: u64) -> [i32; 2] {
        let hash = short(hash);
        let (tag, mask) = (tag(hash), self.slots.len() - 1);
        let mut at = place(hash) & mask;
        while let Some(&(other, weights)) = self.slots.get(at).filter(|slot| slot.0 != 0) {
            if other == tag {
                return weights.map(i32::from);
            }
            at = (at + 1) & mask;
        }
        [0, 0]
    }

    /// Looks at a text once. `each` is shown the hash of every word, number and symbol, and that of it with the one before.
    #[inline]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places are from 0 to 4096")]
    pub fn glance(&self, text: &str, mut each: impl FnMut(u64, u64)) -> Glance {
        let remembered = (REMEMBERED * FINE) as u16;
        let mut memory = [(0u64, 0u16); MEMORY];
        let start = (f64::from(self.line.start) * STEPS).round() as i32;
        let (mut sum, mut tokens, mut words) = (0u64, 0u32, 0);
        let mut add = |word: u64, log_odds: i32| {
            let at = (log_odds + start).clamp(-FURTHEST * 16, FURTHEST * 16) + FURTHEST * 16;
            let weight = self.places[at as usize];
            if weight <= remembered {
                sum += u64::from(weight);
                return;
            }
            let best = &mut memory[word as usize % MEMORY];
            if best.0 != word {
                *best = (word, 0);
            }
            sum += u64::from(weight.saturating_sub(best.1));
            best.1 = best.1.max(weight);
        };
        // A place is weighed when the word behind it is known.
        let mut open = None;
        hashes(text, |kind, word, pair| {
            words += usize::from(kind != TokenKind::Symbol);
            tokens += 1;
            let [behind, before] = self.weights(pair);
            if let Some((word, log_odds)) = open {
                add(word, log_odds + before);
            }
            open = Some((word, self.weights(word)[0] + behind));
            each(word, pair);
        });
        if let Some((word, log_odds)) = open {
            add(word, log_odds);
        }
        let line = self.line;
        Glance { log_odds: line.sum * (sum as f32 / FINE as f32) + line.token * tokens as f32, words }
    }

    /// Whether a full reading of a text with these marks would not call it spun.
    pub fn passes(&self, glance: Glance) -> bool {
        glance.log_odds < self.line.bound
    }
}

/// The part of a hash that entries keep.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "part of a hash is wanted")]
pub fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

fn place(hash: u32) -> usize {
    (hash >> 8) as usize
}

#[allow(clippy::cast_possible_truncation, reason = "part of a hash is wanted")]
fn tag(hash: u32) -> u16 {
    (hash as u16).max(1)
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
        assert_eq!(
            all("The MINISTER’s unbelievably long trip, 17"),
            all("the minister's UNBELIEVABLY long trip, 1,5")
        );
        assert_ne!(all("a trip"), all("a trap"));
        assert_ne!(all("one two")[1].1, all("two two")[1].1);
        let words = ["a", "it", "its", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghij", "éa"];
        for word in words {
            let padded = format!("{word} and more than eight bytes");
            assert_eq!(all(word)[0], all(&padded)[0], "{word}");
        }
    }

    fn screen() -> Screen {
        let mut entries = Vec::new();
        hashes("overseas minister", |_, word, pair| {
            entries.push(Entry { hash: short(word), weights: [32, 0] });
            entries.push(Entry { hash: short(pair), weights: [8, -4] });
        });
        entries.sort_by_key(|entry| entry.hash);
        Screen::new(entries, Line { start: -3.0, sum: 1.0, token: -0.1, bound: 0.5 })
    }

    #[test]
    fn places_add_up_but_for_the_same_word() {
        let screen = screen();
        let sum = |text: &str| screen.glance(text, |_, _| {}).log_odds;
        // The word that came before adds no more than its token.
        let (one, two) = (sum("overseas and"), sum("overseas and overseas"));
        assert!((two - (one - 0.1)).abs() < 0.01, "{one} {two}");
        // Log-odds of 2.5 - 0.25 - 3 and 2 + 0.5 - 3, and the lengths.
        let softplus = |x: f32| x.exp().ln_1p();
        assert!((sum("overseas minister") - (softplus(-0.75) + softplus(-0.5) - 0.2)).abs() < 0.02);
        assert_eq!(screen.glance("one, two", |_, _| {}).words, 2);
    }

    #[test]
    fn bytes_come_back_and_damage_is_refused() {
        let bytes = screen().to_bytes();
        let back = Screen::from_bytes(&bytes).unwrap();
        assert_eq!((&back.entries, back.line), (&screen().entries, screen().line));
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            let is_line = (16..32).contains(&at);
            assert!(is_line || Screen::from_bytes(&bad).is_err(), "a flipped bit at {at} went unnoticed");
        }
        assert_eq!(Screen::from_bytes(b"hello").unwrap_err(), ScreenError);
    }

    #[test]
    fn samples() {
        let passes = |text: &str| {
            let screen = Screen::builtin();
            screen.passes(screen.glance(text, |_, _| {}))
        };
        assert!(!passes(include_str!("../../samples/spun.txt")));
        let row: serde_json::Value =
            serde_json::from_str(include_str!("../../samples/thesaurus.jsonl").trim()).unwrap();
        assert!(!passes(row["text"].as_str().unwrap()));
    }
}
