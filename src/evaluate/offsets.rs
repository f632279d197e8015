//! From characters, in which aligned texts count, to bytes.

/// Finds the bytes of characters that are asked for in ascending order, in one walk over the text.
#[derive(Debug)]
pub(super) struct CharOffsets<'t> {
    text: &'t str,
    byte: usize,
    char: usize,
}

impl<'t> CharOffsets<'t> {
    /// Starts before the first character.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, byte: 0, char: 0 }
    }

    /// The byte at which a character (from 0) starts, or the end of the text for the one after the last; `None` past that, and for a
    /// character before one that was asked for already.
    pub(super) fn byte_of(&mut self, char: usize) -> Option<usize> {
        let rest = &self.text[self.byte..];
        let ahead = char.checked_sub(self.char)?;
        let step = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(ahead)?;
        self.byte += step;
        self.char = char;
        Some(self.byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points() {
        // One, two, three, four bytes; a combining mark is a character of its own.
        let text = "aé—😀e\u{301}";
        let mut offsets = CharOffsets::new(text);
        let bytes: Vec<_> = (0..8).map(|char| offsets.byte_of(char)).collect();
        let wanted = [Some(0), Some(1), Some(3), Some(6), Some(10), Some(11), Some(13), None];
        assert_eq!(bytes, wanted);
    }

    #[test]
    fn goes_forward_only() {
        let mut offsets = CharOffsets::new("añb");
        assert_eq!((offsets.byte_of(2), offsets.byte_of(2), offsets.byte_of(1)), (Some(3), Some(3), None));
    }
}
