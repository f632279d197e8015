//! The words that most readers know, and what is formed from them.

use once_cell::sync::Lazy;

use super::syllables;

static SOURCE: &str = include_str!("../../dictionaries/easy.tsv");

static WORDS: Lazy<Easy> = Lazy::new(|| Easy::parse(SOURCE));

/// Slots of the table, as a power of two: more than twice the words, so that a look-up ends soon.
const SLOT_BITS: u32 = 13;
const SLOTS: usize = 1 << SLOT_BITS;

/// Lists on which a word may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lists(u8);

impl Lists {
    /// On no list.
    pub(super) const NONE: Self = Self(0);
    /// On the list of Dale and Chall.
    pub(super) const DALE_CHALL: Self = Self(1);
    /// On the list of Spache.
    pub(super) const SPACHE: Self = Self(2);
    /// On both.
    pub(super) const BOTH: Self = Self(3);

    /// Whether the word is on all of these lists.
    #[inline]
    pub(super) fn has(self, lists: Self) -> bool {
        self.0 & lists.0 == lists.0
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A word of at most sixteen lower-case letters (or `'` and `-`), the first in the lowest byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short {
    bytes: u128,
    len: usize,
}

impl Short {
    /// Bytes of the longest one.
    pub(super) const MOST: usize = 16;

    /// The ASCII word at the start of these bytes, whatever its case; `None` if it is too long.
    #[inline]
    pub(super) fn new(bytes: &[u8], len: usize) -> Option<Self> {
        if len > Self::MOST {
            return None;
        }
        let all = if let Some(block) = bytes.first_chunk() {
            u128::from_le_bytes(*block)
        } else {
            let mut block = [0; Self::MOST];
            block[..len].copy_from_slice(&bytes[..len]);
            u128::from_le_bytes(block)
        };
        // In ASCII this bit makes letters small, and is set in the other two characters.
        Some(Self { bytes: all | 0x2020_2020_2020_2020_2020_2020_2020_2020, len: Self::MOST }.cut(len))
    }

    /// Its first letters.
    #[inline]
    fn cut(self, len: usize) -> Self {
        let len = len.min(self.len);
        if len == Self::MOST {
            return self;
        }
        Self { bytes: self.bytes & !(u128::MAX << (8 * len)), len }
    }

    /// It without its last letters.
    #[inline]
    fn less(self, letters: usize) -> Self {
        self.cut(self.len.saturating_sub(letters))
    }

    /// It with one letter more, which must fit.
    #[inline]
    fn with(self, letter: u8) -> Self {
        Self { bytes: self.bytes | u128::from(letter) << (8 * self.len), len: self.len + 1 }
    }

    /// Its last letters as a number, the last in the lowest byte.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "four bytes are wanted")]
    fn tail(self) -> u32 {
        let last = if self.len < 4 {
            self.bytes << (8 * (4 - self.len))
        } else {
            self.bytes >> (8 * (self.len - 4))
        };
        (last as u32).swap_bytes()
    }

    /// Whether its last two letters are the same consonant.
    #[inline]
    fn is_doubled(self) -> bool {
        let [.., before, last] = self.tail().to_be_bytes();
        before == last && !matches!(last, b'a' | b'e' | b'i' | b'o' | b'u')
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "parts of a product are wanted")]
    fn slot(self) -> usize {
        let folded = (self.bytes as u64) ^ ((self.bytes >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (folded.wrapping_mul(0xd6e8_feb8_6659_fd93) >> (64 - SLOT_BITS)) as usize
    }
}

/// What is known of a listed word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    /// Its syllables.
    pub syllables: u8,
    /// The lists that it is on.
    pub lists: Lists,
}

/// The listed words, by their letters.
#[derive(Debug)]
pub(super) struct Easy {
    keys: Box<[u128; SLOTS]>,
    known: Box<[Known; SLOTS]>,
}

impl Easy {
    /// The built-in lists.
    pub(super) fn builtin() -> &'static Self {
        &WORDS
    }

    fn parse(source: &str) -> Self {
        #[expect(clippy::large_stack_arrays, reason = "once for a program, and boxed")]
        let mut out = Self { keys: Box::new([0; SLOTS]), known: Box::new([Known::default(); SLOTS]) };
        for line in source.lines().skip_while(|line| line.starts_with('#')).skip(1) {
            let (word, lists) = line.split_once('\t').expect("a row of two columns");
            let lists = match lists {
                "dale-chall" => Lists::DALE_CHALL,
                "spache" => Lists::SPACHE,
                _ => Lists::BOTH,
            };
            let short = Short::new(word.as_bytes(), word.len()).expect("a word of sixteen letters at most");
            let mut slot = short.slot();
            while out.keys[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            out.keys[slot] = short.bytes;
            let syllables = u8::try_from(syllables::syllables(word)).expect("a few syllables");
            out.known[slot] = Known { syllables, lists };
        }
        out
    }

    /// What is known of a word, if it is listed.
    #[inline]
    pub(super) fn get(&self, word: Short) -> Option<Known> {
        let mut slot = word.slot();
        loop {
            let key = self.keys[slot];
            if key == word.bytes {
                return (key != 0).then(|| self.known[slot]);
            }
            if key == 0 {
                return None;
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// The lists that have a word, or the word from which it is formed regularly: plurals and possessives, forms of verbs (`-s`,
    /// `-ed`, `-ing`), comparatives (`-er`, `-est`) and adverbs (`-ly`).
    pub(super) fn lists(&self, word: Short) -> Lists {
        let of = |word: Short| self.get(word).map_or(Lists::NONE, |known| known.lists);
        let listed = of(word);
        if listed == Lists::BOTH || word.len < 4 {
            return listed;
        }
        // The stem as it stands, with the "e" that it lost, without the letter that was doubled.
        let stems = |stem: Short| {
            let undoubled = if stem.is_doubled() { of(stem.less(1)) } else { Lists::NONE };
            of(stem).or(of(stem.with(b'e'))).or(undoubled)
        };
        let [third, second, before, last] = word.tail().to_be_bytes();
        #[expect(clippy::match_same_arms, reason = "the order of the endings counts")]
        let formed = match (third, second, before, last) {
            (_, _, b'\'', b's') => of(word.less(2)),
            (_, _, _, b'\'') => of(word.less(1)),
            (_, b'i', b'e', b's' | b'd' | b'r') => of(word.less(3).with(b'y')).or(of(word.less(1))),
            (_, _, b'e', b's') => of(word.less(1)).or(of(word.less(2))),
            (_, _, _, b's') if before != b's' => of(word.less(1)),
            (_, _, b'e', b'd' | b'r') => stems(word.less(2)),
            (_, b'i', b'n', b'g') => stems(word.less(3)),
            (b'i', b'e', b's', b't') => of(word.less(4).with(b'y')),
            (_, b'e', b's', b't') => stems(word.less(3)),
            (_, _, b'l', b'y') => of(word.less(2)),
            _ => Lists::NONE,
        };
        listed.or(formed)
    }

    /// The lists that have every part of an ASCII word that hyphens join, or the whole.
    pub(super) fn lists_of_parts(&self, word: &[u8]) -> Lists {
        let of = |word: &[u8]| Short::new(word, word.len()).map_or(Lists::NONE, |short| self.lists(short));
        let parts =
            word.split(|&byte| byte == b'-').map(|part| match part.iter().position(|&b| b == b'\'') {
                // "they've" if it is not listed as a whole: "they".
                Some(at) if at > 1 => of(part).or(of(part[..at].strip_suffix(b"n").unwrap_or(&part[..at]))),
                _ => of(part),
            });
        of(word).or(parts.fold(Lists::BOTH, Lists::and))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(word: &str) -> Lists {
        Easy::builtin().lists_of_parts(word.as_bytes())
    }

    #[test]
    fn listed_words() {
        let rows = SOURCE.lines().skip(2);
        assert!(rows.clone().is_sorted(), "the rows are sorted");
        for row in rows {
            let (word, on) = row.split_once('\t').unwrap();
            assert!(["dale-chall", "spache", "both"].contains(&on), "{row}");
            let found = Easy::builtin().get(Short::new(word.as_bytes(), word.len()).unwrap()).unwrap();
            assert_eq!(found.lists.has(Lists::SPACHE), on != "dale-chall", "{row}");
            assert_eq!(found.lists.has(Lists::DALE_CHALL), on != "spache", "{row}");
        }
        assert_eq!(lists("zzz"), Lists::NONE);
        assert_eq!(lists(""), Lists::NONE);
    }

    #[test]
    fn regular_forms() {
        for word in [
            "cats",
            "boxes",
            "ladies",
            "mother's",
            "girls'",
            "baked",
            "played",
            "stopped",
            "carried",
            "baking",
            "playing",
            "running",
            "larger",
            "bigger",
            "biggest",
            "happiest",
            "happier",
            "quickly",
            "don't",
            "old-fashioned",
            "apple-tree",
            "couldn't",
            "that'll",
        ] {
            assert!(lists(word).has(Lists::DALE_CHALL), "{word}");
        }
        for word in
            ["readability", "formulas", "apple-formula", "ss", "ing", "discussing", "grandchildrensisters"]
        {
            assert!(!lists(word).has(Lists::DALE_CHALL), "{word}");
        }
    }

    #[test]
    fn short_words_are_their_letters() {
        let short = |word: &str| Short::new(word.as_bytes(), word.len()).unwrap();
        assert_eq!(short("Don'T"), short("don't"));
        assert_eq!(Short::new(b"cats and dogs sleep", 4), Some(short("cats")));
        assert_eq!(short("abcdefghijklmnop").less(3).with(b'y'), short("abcdefghijklmy"));
        assert_eq!(short("stopp").tail().to_be_bytes(), *b"topp");
        assert_eq!(short("ab").tail().to_be_bytes(), *b"\0\0ab");
        assert!(Short::new(&[b'a'; 17], 17).is_none());
    }
}
