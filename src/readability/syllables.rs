//! Syllables of English words, told from their letters.
//!
//! Each group of vowel letters (`a e i o u y`) is one syllable, unless the table says otherwise: `dictionaries/syllables.tsv` lists
//! groups with letters around them, up to whole words, and how many syllables the group is. The longest listed surroundings count.
//! `e` at the end is none, but `[e]` after `_b` is one; `cr[ea]t` is two.

use std::ops::Range;

use once_cell::sync::Lazy;

use super::character::{self, Kind};
use super::trie::{Cursor, Trie};

static SOURCE: &str = include_str!("../../dictionaries/syllables.tsv");

/// The built-in table.
pub(super) static TABLE: Lazy<SyllableTable> = Lazy::new(|| SyllableTable::parse(SOURCE));

/// Letters that are looked at together; hardly a word is longer.
const MOST: usize = 48;

/// A character as [`SyllableTable::of_folded`] takes it; `None` for marks.
fn folded(kind: Kind) -> Option<u8> {
    match kind {
        Kind::Letter(letter) => Some(letter),
        Kind::Foreign | Kind::Digit => Some(b'0'),
        Kind::Apostrophe => Some(b'\''),
        Kind::Mark => None,
        Kind::Hyphen
        | Kind::Stop
        | Kind::Ideographic
        | Kind::Quote
        | Kind::Space
        | Kind::Newline
        | Kind::Other => Some(b'-'),
    }
}

/// Vowel groups among other letters, and their syllables, under what a walk from the group outwards meets.
#[derive(Debug)]
pub(super) struct SyllableTable {
    trie: Trie,
}

/// `be[a]t_` as the path `at_e__b`: the group, then the letters around it two to the right, one to the left, and so
/// on, `_` beyond the word; the first of which is no
/// vowel. Words without vowels stand for themselves behind `|`.
fn path(surroundings: &str) -> Vec<u8> {
    let Some((left, (group, right))) =
        surroundings.split_once('[').and_then(|(left, rest)| Some((left, rest.split_once(']')?)))
    else {
        return [b"|", surroundings.as_bytes()].concat();
    };
    let (mut left, mut right) = (left.bytes().rev(), right.bytes());
    let mut out = group.as_bytes().to_vec();
    for turn in 0.. {
        if left.len() == 0 && right.len() == 0 {
            break;
        }
        let next = if is_leftwards(turn) { left.next() } else { right.next() };
        out.push(next.unwrap_or(b'_'));
    }
    out
}

/// The number of syllables of an English word: at least one if it has a letter or digit, and one for each run of digits.
///
/// Parts that hyphens join count each for itself. What has no vowel is read letter by letter, as "BBC" is, unless it is listed.
pub fn syllables(word: &str) -> usize {
    let mut letters = [0; MOST];
    let (mut len, mut total) = (0, 0);
    let mut add = |letter| {
        if len == MOST {
            total += TABLE.of_folded(&letters);
            len = 0;
        }
        letters[len] = letter;
        len += 1;
    };
    if word.is_ascii() {
        word.bytes().filter_map(|byte| folded(character::ascii(byte))).for_each(&mut add);
    } else {
        word.chars().filter_map(|c| folded(character::kind(c))).for_each(&mut add);
    }
    total + TABLE.of_folded(&letters[..len])
}

impl SyllableTable {
    /// The table of a list of rows.
    pub(super) fn parse(source: &str) -> Self {
        let rows = source.lines().skip_while(|line| line.starts_with('#')).skip(1);
        let read = |line: &str| {
            let (surroundings, count) = line.split_once('\t').expect("a row of two columns");
            (path(surroundings), count.parse().expect("a small number"))
        };
        Self { trie: Trie::new(&rows.map(read).collect()) }
    }

    /// Syllables of lower-case letters, `'`, `0` for what is no Latin letter, and `-` for what parts words.
    pub(super) fn of_folded(&self, word: &[u8]) -> usize {
        let mut total = 0;
        for part in word.split(|&b| b == b'-') {
            let mut rest = part;
            while let Some(&first) = rest.first() {
                let is_same = |b: &u8| (*b == b'0') == (first == b'0');
                let (run, others) =
                    rest.split_at(rest.iter().position(|b| !is_same(b)).unwrap_or(rest.len()));
                total += if first == b'0' { 1 } else { self.of_part(run) };
                rest = others;
            }
        }
        total
    }

    /// Syllables of letters with apostrophes.
    fn of_part(&self, part: &[u8]) -> usize {
        let Some(at) = part.iter().rposition(|&b| b == b'\'') else { return self.of_letters(part) };
        let (before, ending) = (&part[..at], &part[at + 1..]);
        let last = before.last().copied().unwrap_or_default();
        if at == 0 {
            return self.of_letters(ending);
        }
        let extra = match ending {
            b"s" => usize::from(is_sibilant(before)),
            b"t" if last == b'n' => {
                // "didn't" has one more than "did", "don't" none more than "do".
                let verb = &before[..before.len() - 1];
                let spoken = verb.last().is_some_and(|&b| !is_vowel(b));
                return self.of_part(verb).max(1) + usize::from(spoken);
            }
            b"d" => usize::from(matches!(last, b't' | b'd')),
            b"ll" | b"ve" | b"re" => usize::from(!is_vowel(last) && last != b'w'),
            b"m" | b"t" | b"n" | b"" => 0,
            _ => self.of_letters(ending),
        };
        self.of_part(before) + extra
    }

    /// Syllables of lower-case letters.
    fn of_letters(&self, word: &[u8]) -> usize {
        word.chunks(MOST).map(|letters| self.of_word(&Letters::new(letters))).sum()
    }

    /// Syllables of a word.
    pub(super) fn of_word(&self, word: &Letters) -> usize {
        let (mut total, mut rest) = (0, word.vowels);
        while rest != 0 {
            let start = rest.trailing_zeros() as usize;
            let end = start + (rest >> start).trailing_ones() as usize;
            total += self.of_group(word, start..end);
            rest &= u64::MAX << end;
        }
        if word.vowels == 0 {
            return self.of_consonants(word);
        }
        total.max(1)
    }

    #[inline]
    fn of_group(&self, word: &Letters, group: Range<usize>) -> usize {
        let mut place = self.trie.root();
        for at in group.clone() {
            let Some(next) = place.step(word.at(at)) else { return 1 };
            place = next;
        }
        let mut count = place.value().unwrap_or(1);
        let mut walk = |at| {
            place = place.step(word.at(at))?;
            count = place.value().unwrap_or(count);
            Some(())
        };
        // As `Outwards` goes, without its turns.
        let (mut left, mut right) = (group.start, group.end);
        let mut turn = || {
            walk(right)?;
            walk(right + 1)?;
            left = left.wrapping_sub(1);
            right += 2;
            walk(left)
        };
        while turn().is_some() {}
        usize::from(count)
    }

    fn of_consonants(&self, word: &Letters) -> usize {
        let letters = (0..word.len).map(|at| word.at(at));
        let listed = [b'|'].into_iter().chain(letters.clone());
        let listed = listed.into_iter().try_fold(self.trie.root(), Cursor::step).and_then(Cursor::value);
        listed.map_or_else(|| letters.map(spelled).sum(), usize::from)
    }
}

/// Whether an ending `s` is a syllable of its own after these letters.
pub(super) fn is_sibilant(letters: &[u8]) -> bool {
    matches!(
        letters,
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] | [.., b'c' | b's' | b'z' | b'g', b'e']
    )
}

#[inline]
fn is_vowel(letter: u8) -> bool {
    // A bit for each letter; faster than comparing.
    const VOWELS: u32 = 1 << 1 | 1 << 5 | 1 << 9 | 1 << 15 | 1 << 21 | 1 << 25;
    VOWELS >> (letter & 31) & 1 != 0
}

/// Syllables of a letter that is read by itself.
pub(super) fn spelled(letter: u8) -> usize {
    if letter == b'w' { 3 } else { 1 }
}

/// The lower-case letters of a word, with edges of `_` around them.
pub(super) struct Letters {
    padded: [u8; Self::ROOM],
    pub len: usize,
    /// A bit for each letter that belongs to a vowel group. `Mc` before a consonant is one, too.
    vowels: u64,
}

impl Letters {
    const ROOM: usize = 64;
    /// Where the first letter stands.
    const FIRST: usize = 8;

    /// A word of at most [`MOST`] letters.
    #[inline]
    pub(super) fn new(word: &[u8]) -> Self {
        let mut padded = [b'_'; Self::ROOM];
        let mut vowels = 0;
        for (at, (place, &letter)) in
            padded[Self::FIRST..].iter_mut().zip(&word[..word.len().min(MOST)]).enumerate()
        {
            *place = letter;
            vowels |= u64::from(is_vowel(letter)) << at;
        }
        if word.len() > 2 && word.starts_with(b"mc") && !is_vowel(word[2]) {
            vowels |= 3;
        }
        Self { padded, len: word.len(), vowels }
    }

    /// A letter; `_` before the first and after the last.
    #[inline]
    fn at(&self, index: usize) -> u8 {
        self.padded[index.wrapping_add(Self::FIRST) % Self::ROOM]
    }

    /// All vowel groups.
    #[cfg(test)]
    pub(super) fn groups(&self) -> Vec<Range<usize>> {
        let is_in = |at: &usize| self.vowels >> at & 1 != 0;
        let starts = (0..self.len).filter(|at| is_in(at) && (*at == 0 || !is_in(&(at - 1))));
        starts.map(|start| start..(start..self.len).find(|at| !is_in(at)).unwrap_or(self.len)).collect()
    }
}

/// Whether a look-up goes on with a letter to the left of the group in a turn, counted from 0.
#[inline]
pub(super) fn is_leftwards(turn: usize) -> bool {
    turn % 3 == 2
}

/// The letters around a group without end: two to the right, one to the left, and so on; `_` beyond the word.
#[cfg(test)]
pub(super) struct Outwards<'w> {
    word: &'w Letters,
    left: usize,
    right: usize,
    turn: usize,
}

#[cfg(test)]
impl<'w> Outwards<'w> {
    pub(super) fn new(word: &'w Letters, group: Range<usize>) -> Self {
        Self { word, left: group.start, right: group.end, turn: 0 }
    }
}

#[cfg(test)]
impl Iterator for Outwards<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let leftwards = is_leftwards(self.turn);
        self.turn += 1;
        if leftwards {
            self.left = self.left.wrapping_sub(1);
            return Some(self.word.at(self.left));
        }
        self.right += 1;
        Some(self.word.at(self.right - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        for (count, words) in [
            (1, "the cat take made bridge walked planned days scenes eyes I a queen quick schools strengths"),
            (
                2,
                "taken table wanted prices bridges going science being happy mister rhythm prism Mr Mrs couldn't boss's it'll McCain",
            ),
            (3, "example family beautiful following FBI CNN readable cooperate media created idea U.S.A"),
            (4, "reality naïveté January economy Shakespearean two-day-event information"),
            (5, "university organisation creativity"),
            (6, "responsibility"),
        ] {
            for word in words.split(' ') {
                assert_eq!(syllables(word), count, "{word}");
            }
        }
    }

    #[test]
    fn what_is_no_word() {
        assert_eq!(["", "—", "...", "'", "-"].map(syllables), [0; 5]);
        assert_eq!(["7", "1,500", "жук", "中文", "w", "b"].map(syllables), [1, 2, 1, 1, 3, 1]);
        assert_eq!((syllables("G20"), syllables(&"na".repeat(1000))), (2, 1000));
    }

    #[test]
    fn a_row_is_a_path_outwards() {
        assert_eq!(path("_be[a]t_"), b"at_e__b___");
        assert_eq!(path("[e]_"), b"e_");
        assert_eq!(path("mr"), b"|mr");
        let outwards = |word: &str, group| {
            let letters = Letters::new(word.as_bytes());
            String::from_utf8(Outwards::new(&letters, group).take(9).collect()).unwrap()
        };
        assert_eq!(outwards("beat", 1..3), "t_b______");
        assert_eq!(outwards("a", 0..1), "_________");
        assert_eq!(outwards("strengths", 3..4), "ngrthts_s");
    }

    #[test]
    fn the_longest_surroundings_count() {
        let table =
            SyllableTable::parse("letters\tsyllables\n[e]_\t0\n_th[e]_\t1\n[ea]\t1\n[ea]t_cr\t2\nmr\t2\n");
        assert_eq!(
            ["the", "bathe", "beat", "mr", "mrt"].map(|w| table.of_folded(w.as_bytes())),
            [1, 1, 1, 2, 3]
        );
    }
}
