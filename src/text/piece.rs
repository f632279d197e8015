//! Where the words, numbers and symbols of a text are: the one pass over its bytes.

use super::fold::is_apostrophe;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with single apostrophes between them: "minister's", "don’t".
    Word,
    /// Digits, with `,` `.` `:` between them: "1,500.25", "10:30".
    Number,
    /// Any other visible character, one by one.
    Symbol,
}

/// A word, number or symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is made of.
    pub kind: TokenKind,
    /// How many capital letters it has, if it is of ASCII characters and no word with an apostrophe; most are.
    pub capitals: Option<usize>,
}

/// What a byte starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Gap,
    Letter,
    Digit,
    Symbol,
    /// A character outside ASCII.
    Other,
}

static CLASSES: [Class; 256] = {
    let mut out = [Class::Other; 256];
    let mut byte = 0u8;
    while byte < 128 {
        out[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            0..=b' ' | 127 => Class::Gap,
            _ => Class::Symbol,
        };
        byte += 1;
    }
    out
};

/// Calls `each` with the pieces of a text, in order. White space, control characters and byte order marks are what is between them.
#[inline]
pub(super) fn pieces(text: &str, mut each: impl FnMut(Piece)) {
    use TokenKind::{Number, Symbol, Word};
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let start = at;
        let (kind, capitals) = match CLASSES[usize::from(first)] {
            Class::Gap => {
                at += 1;
                continue;
            }
            Class::Letter => {
                let mut capitals = 0;
                let mut class = Class::Letter;
                while class == Class::Letter {
                    capitals += usize::from(bytes[at] & 0x20 == 0);
                    at += 1;
                    class = bytes.get(at).map_or(Class::Gap, |&byte| CLASSES[usize::from(byte)]);
                }
                // Anything but a plain end may be the word's as well.
                if class == Class::Other || bytes.get(at) == Some(&b'\'') {
                    at = word_end(text, start);
                    (Word, None)
                } else {
                    (Word, Some(capitals))
                }
            }
            Class::Digit => {
                at = number_end(bytes, start);
                (Number, Some(0))
            }
            Class::Symbol => {
                at += 1;
                (Symbol, Some(0))
            }
            Class::Other => {
                let Some(first) = text[start..].chars().next() else { return };
                at += first.len_utf8();
                if first.is_alphabetic() {
                    at = word_end(text, start);
                    (Word, None)
                } else if first.is_whitespace() || first.is_control() || first == '\u{feff}' {
                    continue;
                } else {
                    (Symbol, None)
                }
            }
        };
        each(Piece { start, end: at, kind, capitals });
    }
}

/// Marks that continue a word: combining marks are not alphabetic in Rust's sense.
fn continues_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{0300}'..='\u{036f}')
}

fn word_end(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    let mut end = start;
    while let Some((at, c)) = chars.next() {
        if continues_word(c) {
            end = start + at + c.len_utf8();
        } else if is_apostrophe(c) && chars.peek().is_some_and(|&(_, next)| next.is_alphabetic()) {
            // Kept only if a letter follows; `end` moves on with that letter.
        } else {
            break;
        }
    }
    end
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'0'..=b'9' => end = at + 1,
            b',' | b'.' | b':' => {}
            _ => break,
        }
    }
    end
}
