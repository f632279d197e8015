//! From byte offsets to lines, columns and characters: the only place where these exist.

use crate::text::Span;

/// Where a span lies, in every unit that somebody counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The span in bytes.
    pub bytes: Span,
    /// First character, from 0.
    pub char_start: usize,
    /// One past the last character, from 0.
    pub char_end: usize,
    /// Line of the first character, from 1.
    pub line: usize,
    /// Column of the first character in characters, from 1.
    pub column: usize,
    /// Line of the end, from 1.
    pub end_line: usize,
    /// Column one past the last character, from 1.
    pub end_column: usize,
    /// Column of the first byte in bytes, from 1; a byte order mark counts.
    pub byte_column: usize,
    /// Column one past the last byte in bytes, from 1.
    pub end_byte_column: usize,
}

/// Characters are counted once for each block of this many bytes, so that a look-up counts within one block only.
const BLOCK: usize = 1024;

/// Lines and characters of one text. Lines end with `\n` (so `\r\n` ends one too).
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    /// Characters before each block.
    chars_before: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Counts lines and characters of a text.
    pub fn new(text: &'t str) -> Self {
        let line_feeds = memchr::memchr_iter(b'\n', text.as_bytes());
        let line_starts = std::iter::once(0).chain(line_feeds.map(|at| at + 1)).collect();
        let mut chars = 0;
        let mut chars_before = Vec::with_capacity(text.len() / BLOCK + 1);
        for block in text.as_bytes().chunks(BLOCK) {
            chars_before.push(chars);
            chars += char_starts(block);
        }
        Self { text, line_starts, chars_before }
    }

    /// Where a span lies.
    pub fn place(&self, span: Span) -> Place {
        let (line, column) = self.line_and_column(span.start());
        let (end_line, end_column) = self.line_and_column(span.end());
        Place {
            bytes: span,
            char_start: self.chars_at(span.start()),
            char_end: self.chars_at(span.end()),
            line,
            column,
            end_line,
            end_column,
            byte_column: span.start() - self.line_starts[line - 1] + 1,
            end_byte_column: span.end() - self.line_starts[end_line - 1] + 1,
        }
    }

    /// The bytes of a line (from 1) without its line ending; empty where there is no such line.
    pub fn line(&self, number: usize) -> Span {
        let end_of_text = self.text.len();
        let Some(&start) = number.checked_sub(1).and_then(|index| self.line_starts.get(index)) else {
            return Span::new(end_of_text, end_of_text);
        };
        let end = self.line_starts.get(number).copied().unwrap_or(end_of_text);
        let line = self.text[start..end].trim_end_matches(['\r', '\n']);
        Span::new(start, start + line.len())
    }

    /// Line and column, both from 1. A byte order mark takes no column, as in editors.
    fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        let mark = usize::from(line == 1 && offset > 0 && self.text.starts_with('\u{feff}'));
        (line, self.chars_at(offset) - self.chars_at(start) - mark + 1)
    }

    /// Characters before a byte offset.
    fn chars_at(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let offset = offset.min(bytes.len());
        let block = offset / BLOCK;
        let before = self.chars_before.get(block).copied();
        // An offset at the very end may lie one block further than there are.
        let (block, before) = before.map_or_else(
            || (block.saturating_sub(1), self.chars_before.last().copied().unwrap_or_default()),
            |before| (block, before),
        );
        before + char_starts(&bytes[block * BLOCK..offset])
    }
}

fn char_starts(bytes: &[u8]) -> usize {
    // Continuation bytes are 0b10xxxxxx.
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line_column(text: &str, offset: usize) -> (usize, usize) {
        let place = LineIndex::new(text).place(Span::new(offset, offset));
        (place.line, place.column)
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_column("", 0), (1, 1));
        assert_eq!(line_column("é x\r\nü", 3), (1, 3));
        assert_eq!(line_column("é x\r\nü", 6), (2, 1));
        assert_eq!(line_column("é x\r\nü", 8), (2, 2));
        assert_eq!(line_column("\u{feff}ab", 3), (1, 1));
        assert_eq!(line_column("\u{feff}ab", 4), (1, 2));
    }

    #[test]
    fn lines_come_without_their_endings() {
        let text = "one\r\ntwo\n";
        let index = LineIndex::new(text);
        assert_eq!(index.line(1).of(text), "one");
        assert_eq!(index.line(2).of(text), "two");
        assert_eq!(index.line(3).of(text), "");
        assert_eq!(index.line(9).of(text), "");
    }

    proptest! {
        #[test]
        fn agrees_with_counting(pieces in prop::collection::vec("[aé\u{1F600}]{0,300}\n?", 0..12), at in any::<prop::sample::Index>()) {
            let text = pieces.concat();
            let bounds: Vec<usize> = (0..=text.len()).filter(|&i| text.is_char_boundary(i)).collect();
            let offset = bounds[at.index(bounds.len())];
            let before = &text[..offset];
            let place = LineIndex::new(&text).place(Span::new(offset, offset));
            let line_start = before.rfind('\n').map_or(0, |i| i + 1);
            prop_assert_eq!(place.char_start, before.chars().count());
            prop_assert_eq!(place.line, before.matches('\n').count() + 1);
            prop_assert_eq!(place.column, before[line_start..].chars().count() + 1);
            prop_assert_eq!(place.byte_column, before.len() - line_start + 1);
        }
    }
}
