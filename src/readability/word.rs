//! Words as a text has them: where one ends, and what it is.

use super::character::{self, Kind};
use super::easy::{Easy, Lists, Short};
use super::syllables;

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Letters of any script.
    pub letters: usize,
    /// Digits.
    pub digits: usize,
    /// Letters of other scripts than the Latin one.
    pub foreign: usize,
    /// Whether all of it is ASCII.
    pub is_ascii: bool,
    has_hyphen: bool,
}

impl Word {
    /// A word of ASCII letters.
    #[inline]
    pub(super) fn plain(start: usize, end: usize) -> Self {
        Self { start, end, letters: end - start, digits: 0, foreign: 0, is_ascii: true, has_hyphen: false }
    }

    /// Reads the word that starts at a place of a text.
    pub(super) fn read(text: &str, start: usize) -> Self {
        let letters = text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = Self::plain(start, start + letters);
        match text.as_bytes().get(word.end) {
            Some(&next) if may_go_on(next, letters) => word.read_on(text),
            _ => word,
        }
    }

    /// The word with what follows of it after some letters `a` to `z`.
    fn read_on(mut self, text: &str) -> Self {
        // Letters since the last point, and whether the last character was a digit.
        let (mut run, mut after_digit) = (self.letters, false);
        while let Some((kind, len)) = kind_at(text, self.end) {
            let after = self.end + len;
            let next = || kind_at(text, after).map(|(kind, _)| kind);
            let is_letter = |kind| matches!(kind, Some(Kind::Letter(_) | Kind::Foreign));
            match kind {
                Kind::Letter(_) => self.letters += 1,
                Kind::Foreign => (self.letters, self.foreign) = (self.letters + 1, self.foreign + 1),
                Kind::Digit => self.digits += 1,
                Kind::Mark => {}
                Kind::Apostrophe if !after_digit && is_letter(next()) => {}
                Kind::Hyphen if is_letter(next()) || next() == Some(Kind::Digit) => self.has_hyphen = true,
                Kind::Stop | Kind::Other
                    if after_digit
                        && is_in_number(text.as_bytes()[self.end])
                        && next() == Some(Kind::Digit) => {}
                Kind::Stop if run == 1 && self.digits == 0 && is_initial(text, self.end) => {
                    run = 0;
                }
                _ => break,
            }
            run += usize::from(matches!(kind, Kind::Letter(_) | Kind::Foreign));
            after_digit = kind == Kind::Digit;
            self.is_ascii &= len == 1;
            self.end = after;
        }
        self
    }

    /// Its text.
    pub(super) fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether it starts with a small letter.
    #[inline]
    pub(super) fn is_lower_case(self, text: &str) -> bool {
        match text.as_bytes()[self.start] {
            byte if byte < 0x80 => byte.is_ascii_lowercase(),
            _ => text[self.start..].starts_with(char::is_lowercase),
        }
    }

    /// Whether the fog index counts a word of three syllables and more: some part between hyphens has as many without an ending `-es`,
    /// `-ed` or `-ing`.
    pub(super) fn is_complex(self, text: &str, syllables: usize) -> bool {
        let text = self.of(text);
        if self.has_hyphen {
            return text.split('-').any(|part| {
                let syllables = syllables::syllables(part);
                syllables - usize::from(syllables > 0 && has_spoken_ending(part)) > 2
            });
        }
        syllables - usize::from(has_spoken_ending(text)) > 2
    }
}

/// What the character at a place is, and its length in bytes.
#[inline]
pub(super) fn kind_at(text: &str, at: usize) -> Option<(Kind, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 {
        return Some((character::ascii(byte), 1));
    }
    text[at..].chars().next().map(|c| (character::kind(c), c.len_utf8()))
}

/// Whether a single letter follows a point, as in "U.S." and "e.g.".
fn is_initial(text: &str, point: usize) -> bool {
    let is_letter = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
    text.as_bytes()[point] == b'.' && is_letter(point + 1) && !is_letter(point + 2)
}

/// How many of the bytes of a block, from the lowest on, are ASCII letters.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "one half of the block after the other is wanted")]
pub(super) fn letters_of(block: u128) -> usize {
    // Most words end in the first half.
    match letters_of_half(block as u64) {
        8 => 8 + letters_of_half((block >> 64) as u64),
        len => len,
    }
}

#[inline]
fn letters_of_half(block: u64) -> usize {
    const ALL: u64 = u64::MAX / 0xff;
    let low = (block | (ALL * 0x20)) & (ALL * 0x7f);
    // The highest bit of a byte says that it is at least "a", or more than "z"; no sum carries into the next byte.
    let from_a = low + ALL * u64::from(0x80 - b'a');
    let after_z = low + ALL * u64::from(0x7f - b'z');
    let letters = from_a & !after_z & !block & (ALL * 0x80);
    ((letters ^ (ALL * 0x80)).trailing_zeros() / 8) as usize
}

/// Whether a word may go on at a byte after so many ASCII letters.
#[inline]
pub(super) fn may_go_on(next: u8, letters: usize) -> bool {
    match next {
        b' ' | b',' | b'\n' => false,
        b'.' => letters == 1,
        _ => next >= 0x80 || letters == 0 || matches!(next, b'0'..=b'9' | b'\'' | b'-'),
    }
}

/// Whether a byte may stand between the digits of a number.
fn is_in_number(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b':')
}

/// The lists that have a word; those with digits are on all.
pub(super) fn lists(word: &str, easy: &Easy) -> Lists {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
