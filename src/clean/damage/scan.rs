//! A quick look for what may be damaged: most texts hold nothing of the kind.

/// Bytes looked at in one go; the compiler makes a few vector instructions of them.
const CHUNK: usize = 32;

/// The places, from byte `from` on, of characters that may be damaged or part of damage: all others never are, except `&` and line
/// feeds, which are looked for elsewhere.
pub(super) struct Suspects<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Suspects<'t> {
    /// The suspects of a text.
    pub(super) fn of(text: &'t str) -> Self {
        Self { bytes: text.as_bytes(), at: 0 }
    }
}

impl Iterator for Suspects<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bytes = self.bytes;
        let mut at = self.at;
        while at < bytes.len() {
            if let Some(chunk) = bytes[at..].first_chunk::<CHUNK>()
                && !chunk.iter().fold(false, |any, &byte| any | is_unusual(byte))
            {
                at += CHUNK;
                continue;
            }
            let end = bytes.len().min(at + CHUNK);
            while at < end {
                let byte = bytes[at];
                if is_unusual(byte) && is_suspect(bytes, at) {
                    self.at = at + 1;
                    return Some(at);
                }
                at += 1;
            }
        }
        self.at = at;
        None
    }
}

/// Not a letter, digit, mark or space of ASCII. Line ends and tabs are unusual as well: they cost a second look.
fn is_unusual(byte: u8) -> bool {
    !(0x20..0x7f).contains(&byte)
}

/// Whether the character that starts at an unusual byte may be damaged.
fn is_suspect(bytes: &[u8], at: usize) -> bool {
    let byte_after = |offset: usize| bytes.get(at + offset).copied().unwrap_or(0);
    let (second, third) = (byte_after(1), byte_after(2));
    match bytes[at] {
        b'\t' | b'\n' | b'\r' => false,
        0x00..0x20 | 0x7f => true,
        // C1 control characters, the non-breaking space, the soft hyphen; `¬` before a mark.
        0xc2 => second < 0xa1 || second == 0xad || second == 0xac && third >= 0x80,
        // `Â` to `ô` read as the first byte of a sequence.
        0xc3 => (0x82..=0xb4).contains(&second) && (third >= 0x80 || third == b' ' && second <= 0x83),
        0xe1 => (second, third) == (0x9a, 0x80),
        0xe2 => match second {
            // Spaces and what has no width; `‚` before a letter.
            0x80 => matches!(third, 0x80..=0x8f | 0xa8..=0xaf) || third == 0x9a && byte_after(3) == 0xc3,
            0x81 => (0x9f..=0xaf).contains(&third),
            // `√`
            0x88 => third == 0x9a && byte_after(3) >= 0x80,
            _ => false,
        },
        0xe3 => (second, third) == (0x80, 0x80),
        // Ligatures, byte order marks.
        0xef => second == 0xac && third <= 0x86 || (second, third) == (0xbb, 0xbf) && at > 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_text_has_none() {
        let text =
            "“It’s a café …” – £5 — “naïve”, 20\u{b0}C, Łódź, Москва, 東京, ½ • ‚so‘ ¬p √2 Ångström\r\n\tÃo ";
        assert_eq!(Suspects::of(&text.repeat(3)).count(), 0);
    }

    #[test]
    fn damage_is_found_wherever_it_stands() {
        for suspect in [
            "\u{a0}", "Ã©", "Â ", "â€™", "\u{92}", "\u{200b}", "\u{2028}", "ﬁ", "\u{7f}", "‚Äô", "√©",
            "\u{3000}",
        ] {
            for before in 0..70 {
                let text =
                    format!("{}{suspect} and so on and on and on and on and on and on", "x".repeat(before));
                assert_eq!(Suspects::of(&text).next(), Some(before), "{suspect:?}");
            }
        }
    }
}
