//! Syllables of English words, told from their letters.
//!
//! Each group of vowel letters (`a e i o u y`) is one syllable, unless the table says otherwise: `dictionaries/syllables.tsv` lists
//! groups with letters around them, up to whole words, and how many syllables the group is. The longest listed surroundings count.
//! `e` at the end is none, but `[e]` after `_b` is one; `cr[ea]t` is two.

use std::ops::Range;

use once_cell::sync::Lazy;

use super::character::{self, Kind};
use super::trie::Trie;

static SOURCE: &str = include_str!("../../dictionaries/syllables.tsv");

/// The built-in table.
pub(super) static TABLE: Lazy<SyllableTable> = Lazy::new(|| SyllableTable::parse(SOURCE));

/// Letters that are folded at a time; hardly a word is longer.
const FOLDED: usize = 64;

/// Vowel groups among other letters, and their syllables, under what a walk from the group outwards meets.
#[derive(Debug)]
pub(super) struct SyllableTable {
    trie: Trie,
}

/// `be[a]t_` as the path `a|t_eb`: the group, then the letters around it as [`Outwards`] gives them. Words without vowels stand
/// for themselves.
fn path(surroundings: &str) -> Vec<u8> {
    let Some((left, (group, right))) =
        surroundings.split_once('[').and_then(|(left, rest)| Some((left, rest.split_once(']')?)))
    else {
        return surroundings.as_bytes().to_vec();
    };
    let (mut left, mut right) = (left.bytes().rev(), right.bytes());
    let mut out = group.as_bytes().to_vec();
    out.push(b'|');
    for turn in 0.. {
        if left.len() == 0 && right.len() == 0 {
            break;
        }
        out.extend(if turn % 3 == 2 { left.next() } else { right.next() });
    }
    out
}

/// The number of syllables of an English word: at least one if it has a letter or digit, and one for each run of digits.
///
/// Parts that hyphens join count each for itself. What has no vowel is read letter by letter, as "BBC" is, unless it is listed.
pub fn syllables(word: &str) -> usize {
    let mut letters = [0; FOLDED];
    let mut len = 0;
    let mut total = 0;
    for c in word.chars() {
        let folded = match character::kind(c) {
            Kind::Letter(letter) => letter,
            Kind::Foreign | Kind::Digit => b'0',
            Kind::Apostrophe => b'\'',
            Kind::Mark => continue,
            Kind::Hyphen
            | Kind::Stop
            | Kind::Ideographic
            | Kind::Quote
            | Kind::Space
            | Kind::Newline
            | Kind::Other => b'-',
        };
        if len == FOLDED {
            total += TABLE.of_folded(&letters);
            len = 0;
        }
        letters[len] = folded;
        len += 1;
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
    #[inline]
    pub(super) fn of_letters(&self, word: &[u8]) -> usize {
        let (mut total, mut at, mut groups) = (0, 0, 0);
        while let Some(group) = next_group(word, at) {
            at = group.end;
            groups += 1;
            total += self.of_group(word, group);
        }
        if groups == 0 {
            return self.of_consonants(word);
        }
        total.max(1)
    }

    fn of_group(&self, word: &[u8], group: Range<usize>) -> usize {
        let path = word[group.clone()].iter().copied().chain([b'|']);
        let Some(mut place) = path.into_iter().try_fold(self.trie.root(), super::trie::Cursor::step) else {
            return 1;
        };
        let mut count = place.value().unwrap_or(1);
        for symbol in Outwards::new(word, group) {
            match place.step(symbol) {
                Some(next) => place = next,
                None => break,
            }
            count = place.value().unwrap_or(count);
        }
        usize::from(count)
    }

    fn of_consonants(&self, word: &[u8]) -> usize {
        let listed = word
            .iter()
            .try_fold(self.trie.root(), |place, &symbol| place.step(symbol))
            .and_then(super::trie::Cursor::value);
        listed.map_or_else(|| spelled(word), usize::from)
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
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// The vowel group of a word at or after a place. `Mc` before a consonant is a group, too.
#[inline]
fn next_group(word: &[u8], from: usize) -> Option<Range<usize>> {
    if from == 0 && word.len() > 2 && word.starts_with(b"mc") && !is_vowel(word[2]) {
        return Some(0..2);
    }
    let start = from + word[from..].iter().position(|&b| is_vowel(b))?;
    let end = word[start..].iter().position(|&b| !is_vowel(b)).map_or(word.len(), |len| start + len);
    Some(start..end)
}

/// Syllables of letters that are read one by one.
pub(super) fn spelled(word: &[u8]) -> usize {
    word.iter().map(|&letter| if letter == b'w' { 3 } else { 1 }).sum()
}

/// All vowel groups of a word.
#[cfg(test)]
pub(super) fn groups(word: &[u8]) -> Vec<Range<usize>> {
    let next = |group: &Range<usize>| next_group(word, group.end);
    std::iter::successors(next_group(word, 0), next).collect()
}

/// The letters around a group: two to the right, one to the left, and so on; `_` where the word ends.
pub(super) struct Outwards<'w> {
    word: &'w [u8],
    /// Letters left of the group that were not given yet; `None` after the edge.
    left: Option<usize>,
    /// The next letter right of it.
    right: Option<usize>,
    turn: u8,
}

impl<'w> Outwards<'w> {
    pub(super) fn new(word: &'w [u8], group: Range<usize>) -> Self {
        Self { word, left: Some(group.start), right: Some(group.end), turn: 0 }
    }
}

impl Iterator for Outwards<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        loop {
            let leftwards = self.turn == 2;
            self.turn = (self.turn + 1) % 3;
            match (leftwards, self.left, self.right) {
                (_, None, None) => return None,
                (true, Some(left), _) => {
                    self.left = left.checked_sub(1);
                    return Some(self.left.map_or(b'_', |at| self.word[at]));
                }
                (false, _, Some(right)) => {
                    let letter = self.word.get(right).copied();
                    self.right = letter.map(|_| right + 1);
                    return Some(letter.unwrap_or(b'_'));
                }
                _ => {}
            }
        }
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
            (
                3,
                "example family beautiful following FBI CNN naïveté readable cooperate media created idea U.S.A",
            ),
            (4, "reality January economy Shakespearean two-day-event information"),
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
        assert_eq!(path("_be[a]t_"), b"a|t_eb_");
        assert_eq!(path("[e]_"), b"e|_");
        assert_eq!(path("mr"), b"mr");
        let outwards =
            |word: &str, group| String::from_utf8(Outwards::new(word.as_bytes(), group).collect()).unwrap();
        assert_eq!(outwards("beat", 1..3), "t_b_");
        assert_eq!(outwards("a", 0..1), "__");
        assert_eq!(outwards("strengths", 3..4), "ngrthts_s_");
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
