//! The code pages under which bytes of UTF-8 are most often misread.

/// Windows-1252 from 0x80 to 0x9f. The five bytes without a character are the control characters of Latin-1, as browsers have it.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Mac Roman from 0x80 to 0xbf: the bytes inside of sequences.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø";

/// The character of a byte under Windows-1252.
pub(super) fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The byte from 0x80 that a character stands for under Windows-1252 or Latin-1: both are taken, even mixed.
pub(super) fn byte(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => (0x80..=0x9f).find(|&byte| windows(byte) == c),
    }
}

/// The byte inside a sequence of UTF-8, 0x80 to 0xbf, that a character stands for under Mac Roman.
pub(super) fn mac_byte(c: char) -> Option<u8> {
    let index = MAC.chars().position(|m| m == c)?;
    u8::try_from(0x80 + index).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_characters() {
        for b in 0x80..=0xff {
            assert_eq!(byte(windows(b)), Some(b));
            assert_eq!(byte(char::from(b)), Some(b));
        }
        assert_eq!((byte('a'), byte('ł')), (None, None));
        assert_eq!(MAC.chars().count(), 64);
        assert_eq!((mac_byte('ô'), mac_byte('ø'), mac_byte('a')), (Some(0x99), Some(0xbf), None));
    }
}
