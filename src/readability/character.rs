//! What a character is to the counts.

/// What a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter of the Latin script, as `a` to `z` without its marks.
    Letter(u8),
    /// A letter of another script.
    Foreign,
    /// A digit.
    Digit,
    /// What may stand inside a word: `'` and its curly kin.
    Apostrophe,
    /// What may join two words to one.
    Hyphen,
    /// What may end a sentence: `.`, `!`, `?`, `…` and those of other scripts.
    Stop,
    /// What ends a sentence without white space after it.
    Ideographic,
    /// Quotation marks and brackets.
    Quote,
    /// White space within a line, control characters, byte order marks.
    Space,
    /// A line feed.
    Newline,
    /// Combining marks, soft hyphens and joiners: they belong to the letter before them.
    Mark,
    /// Anything else.
    Other,
}

/// The Latin letters from U+00C0 to U+017F without their marks; `.` for what is no letter.
const LATIN: &[u8; 192] = b"aaaaaaeceeeeiiiidnooooo.ouuuuytsaaaaaaeceeeeiiiidnooooo.ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnooooooeerrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// What each ASCII character is.
const ASCII: [Kind; 128] = {
    let mut kinds = [Kind::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        #[expect(clippy::cast_possible_truncation, reason = "below 128")]
        let b = byte as u8;
        kinds[byte] = match b {
            b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter(b | 0x20),
            b'0'..=b'9' => Kind::Digit,
            b'\'' => Kind::Apostrophe,
            b'-' => Kind::Hyphen,
            b'.' | b'!' | b'?' => Kind::Stop,
            b'"' | b'(' | b')' | b'[' | b']' => Kind::Quote,
            b'\n' => Kind::Newline,
            0..=b' ' | 127 => Kind::Space,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

/// What an ASCII character is.
#[inline]
pub(super) fn ascii(byte: u8) -> Kind {
    ASCII[usize::from(byte & 0x7f)]
}

/// What a character is.
pub(super) fn kind(c: char) -> Kind {
    match c {
        '\0'..='\x7f' => ascii(c as u8),
        '\u{c0}'..='\u{17f}' => match LATIN[c as usize - 0xc0] {
            b'.' => Kind::Other,
            letter => Kind::Letter(letter),
        },
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' => Kind::Apostrophe,
        '\u{2010}' | '\u{2011}' => Kind::Hyphen,
        '…' | '؟' | '۔' | '।' | '॥' | '։' | '።' => Kind::Stop,
        '。' | '！' | '？' | '．' => Kind::Ideographic,
        '“' | '”' | '«' | '»' | '„' | '‟' | '‹' | '›' | '「' | '」' | '『' | '』' => {
            Kind::Quote
        }
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' => Kind::Mark,
        '\u{feff}' | '\u{200b}' => Kind::Space,
        '\u{1ea0}'..='\u{1eb7}' => Kind::Letter(b'a'),
        '\u{1eb8}'..='\u{1ec7}' => Kind::Letter(b'e'),
        '\u{1ec8}'..='\u{1ecb}' => Kind::Letter(b'i'),
        '\u{1ecc}'..='\u{1ee3}' => Kind::Letter(b'o'),
        '\u{1ee4}'..='\u{1ef1}' => Kind::Letter(b'u'),
        '\u{1ef2}'..='\u{1ef9}' => Kind::Letter(b'y'),
        // Rare letters and ligatures of the Latin script, for consonants all of them.
        '\u{180}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}' if c.is_alphabetic() => {
            Kind::Letter(b'x')
        }
        _ if c.is_alphabetic() => Kind::Foreign,
        _ if c.is_numeric() => Kind::Digit,
        _ if c.is_whitespace() || c.is_control() => Kind::Space,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_marks() {
        let fold = |text: &str| -> String {
            let letter = |c| match kind(c) {
                Kind::Letter(letter) => char::from(letter),
                _ => '.',
            };
            text.chars().map(letter).collect()
        };
        assert_eq!(fold("ÀÉïõØüýÿßæ×÷"), "aeioouyyse..");
        assert_eq!(fold("ĀćĐęğĦıĲĶłŁńŊőŒŕŠŧŨŵŷŻžſ"), "acdeghiikllnnoerstuwyzzs");
        assert_eq!(fold("ếạỹ"), "eay");
    }

    #[test]
    fn other_characters() {
        assert_eq!(kind('é'), Kind::Letter(b'e'));
        assert_eq!(kind('ж'), Kind::Foreign);
        assert_eq!(kind('中'), Kind::Foreign);
        assert_eq!(kind('٣'), Kind::Digit);
        assert_eq!(kind('’'), Kind::Apostrophe);
        assert_eq!(kind('\u{a0}'), Kind::Space);
        assert_eq!(kind('—'), Kind::Other);
    }
}
