//! The words that most readers know, and what is formed from them.

use once_cell::sync::Lazy;

use super::syllables;
use crate::hash;

static SOURCE: &str = include_str!("../../dictionaries/easy.tsv");

static WORDS: Lazy<Easy> = Lazy::new(|| Easy::parse(SOURCE));

/// Slots of the table, as a power of two: more than twice the words and their forms, so that a look-up ends soon.
const SLOT_BITS: u32 = 16;
const SLOTS: usize = 1 << SLOT_BITS;

/// Bits of a slot that hold what is known; the others hold a part of the word's hash, which is never zero.
const KNOWN_BITS: u32 = 5;

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
pub(super) struct Short(u128);

impl Short {
    /// No letters at all.
    pub(super) const EMPTY: Self = Self(0);
    /// Bytes of the longest one.
    pub(super) const MOST: usize = 16;

    /// An ASCII word, whatever its case; `None` if it is too long.
    pub(super) fn new(word: &[u8]) -> Option<Self> {
        let mut block = [0; Self::MOST];
        block.get_mut(..word.len())?.copy_from_slice(word);
        Some(Self::first(u128::from_le_bytes(block), word.len()))
    }

    /// The first bytes of a block as a word.
    #[inline]
    pub(super) fn first(block: u128, len: usize) -> Self {
        // In ASCII this bit makes letters small, and is set in the other two characters.
        let lower = block | (u128::MAX / 0xff * 0x20);
        Self(if len < Self::MOST { lower & !(u128::MAX << (8 * len)) } else { lower })
    }

    /// Its letters, and zeros after them.
    pub(super) fn bytes(self) -> [u8; Self::MOST] {
        self.0.to_le_bytes()
    }

    /// A number by which to look for it.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "parts of a hash are wanted")]
    pub(super) fn number(self) -> usize {
        self.hash() as usize >> 3
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of the word")]
    fn hash(self) -> u64 {
        hash::combine(self.0 as u64, (self.0 >> 64) as u64)
    }

    /// The first slot to look at, and what tells the word from others there: 43 bits of a hash. A word that isn't listed is taken for a
    /// listed one once in some ten million.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "parts of a hash are wanted")]
    fn place(self) -> (usize, u32) {
        let hash = self.hash();
        ((hash >> (64 - SLOT_BITS)) as usize, (hash as u32 | 1 << KNOWN_BITS) & (u32::MAX << KNOWN_BITS))
    }
}

/// What is known of a listed word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// Its syllables; seven at most in the table.
    pub syllables: usize,
    /// The lists that it is on.
    pub lists: Lists,
}

impl Known {
    /// Of no word.
    pub(super) const NOTHING: Self = Self { syllables: 0, lists: Lists::NONE };

    fn of_slot(slot: u32) -> Self {
        let bits = slot.to_le_bytes()[0];
        Self { syllables: usize::from(bits >> 2 & 7), lists: Lists(bits & 3) }
    }

    fn bits(self) -> u32 {
        let syllables = u8::try_from(self.syllables).expect("a few syllables");
        assert!(syllables < 8, "a few syllables");
        u32::from(syllables << 2 | self.lists.0)
    }
}

/// The listed words and their regular forms.
#[derive(Debug)]
pub(super) struct Easy {
    slots: Box<[u32]>,
}

impl Easy {
    /// The built-in lists.
    pub(super) fn builtin() -> &'static Self {
        &WORDS
    }

    fn parse(source: &str) -> Self {
        let mut out = Self { slots: vec![0; SLOTS].into_boxed_slice() };
        for line in source.lines().skip_while(|line| line.starts_with('#')).skip(1) {
            let (word, lists) = line.split_once('\t').expect("a row of two columns");
            let lists = match lists {
                "dale-chall" => Lists::DALE_CHALL,
                "spache" => Lists::SPACHE,
                _ => Lists::BOTH,
            };
            out.add(word, lists);
            forms(word, |form| out.add(form, lists));
        }
        out
    }

    fn add(&mut self, word: &str, lists: Lists) {
        let Some(short) = Short::new(word.as_bytes()) else { return };
        let lists = lists.or(self.get(short).map_or(Lists::NONE, |known| known.lists));
        let known = Known { syllables: syllables::syllables(word), lists };
        let (_, tag) = short.place();
        let slot = self.slot(short);
        self.slots[slot] = tag | known.bits();
    }

    /// Where a word stands, or would stand.
    #[inline]
    fn slot(&self, word: Short) -> usize {
        let (mut slot, tag) = word.place();
        while self.slots[slot % SLOTS] != 0 && (self.slots[slot % SLOTS] ^ tag) >> KNOWN_BITS != 0 {
            slot += 1;
        }
        slot % SLOTS
    }

    /// What is known of a word, if it is listed or formed regularly from a listed one.
    #[inline]
    pub(super) fn get(&self, word: Short) -> Option<Known> {
        let slot = self.slots[self.slot(word)];
        (slot != 0).then(|| Known::of_slot(slot))
    }

    /// The lists that have every part of an ASCII word that hyphens join, or the whole.
    pub(super) fn lists_of_parts(&self, word: &[u8]) -> Lists {
        let of = |word: &[u8]| {
            Short::new(word).and_then(|short| self.get(short)).map_or(Lists::NONE, |known| known.lists)
        };
        let parts =
            word.split(|&byte| byte == b'-').map(|part| match part.iter().position(|&b| b == b'\'') {
                // "they've" if it is not listed as a whole: "they".
                Some(at) if at > 1 => {
                    of(part).or(of(&part[..at])).or(of(part[..at].strip_suffix(b"n").unwrap_or_default()))
                }
                _ => of(part),
            });
        of(word).or(parts.fold(Lists::BOTH, Lists::and))
    }
}

/// The regular forms of a word: plurals and verbs (`-s`, `-ed`, `-ing`), comparatives (`-er`, `-est`), adverbs (`-ly`).
fn forms(word: &str, mut add: impl FnMut(&str)) {
    let mut add = |stem: &str, endings: &[&str]| {
        for ending in endings {
            add(&[stem, ending].concat());
        }
    };
    let is_vowel = |letter: u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u');
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return;
    }
    let shorter = &word[..word.len() - 1];
    match word.as_bytes() {
        [] | [_] => {}
        [.., b'e'] => {
            add(word, &["s", "d", "r", "st", "ly"]);
            add(shorter, &["ing"]);
        }
        [.., before, b'y'] if !is_vowel(*before) => {
            add(word, &["ing", "ly"]);
            add(shorter, &["ies", "ied", "ier", "iest", "ily"]);
        }
        [.., b'o'] => add(word, &["s", "es", "ed", "ing"]),
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] => {
            add(word, &["es", "ed", "ing", "er", "est", "ly"]);
        }
        [.., before, last] => {
            add(word, &["s", "ed", "ing", "er", "est", "ly"]);
            if is_vowel(*before) && !is_vowel(*last) && !matches!(last, b'w' | b'y') {
                let doubled = [word, &word[word.len() - 1..]].concat();
                add(&doubled, &["ed", "ing", "er", "est"]);
            }
        }
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
            let found = Easy::builtin().get(Short::new(word.as_bytes()).unwrap()).unwrap();
            assert!(found.lists.has(Lists::SPACHE) || on == "dale-chall", "{row}");
            assert!(found.lists.has(Lists::DALE_CHALL) || on == "spache", "{row}");
            assert_eq!(found.syllables, syllables::syllables(word), "{row}");
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
        assert_eq!(Short::new(b"Don'T"), Short::new(b"don't"));
        assert_eq!(Some(Short::first(u128::from_le_bytes(*b"Cats, and dogs s"), 4)), Short::new(b"cats"));
        assert!(Short::new(&[b'a'; 16]).is_some() && Short::new(&[b'a'; 17]).is_none());
        assert_eq!(Easy::builtin().get(Short::new(b"").unwrap()).map(|known| known.lists), None);
    }

    #[test]
    fn the_table_has_room() {
        let used = Easy::builtin().slots.iter().filter(|&&slot| slot != 0).count();
        assert!(2 * used < SLOTS, "{used} of {SLOTS}");
    }
}
