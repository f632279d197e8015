//! How hot each passage of a text is, as a strip of characters.

use crate::report::{HEAT_LEVELS, Passage, heats};

/// Which characters a terminal can show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Blocks of eight heights.
    #[default]
    Blocks,
    /// ASCII alone.
    Ascii,
}

/// A character for each level.
const BLOCKS: [char; HEAT_LEVELS] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII: [char; HEAT_LEVELS] = ['_', '.', ':', '-', '=', '+', '*', '#'];

/// A character for each passage, or, where there are more than `most`, for neighbours together.
pub(super) fn strip(passages: &[Passage], most: usize, glyphs: Glyphs) -> String {
    let characters = match glyphs {
        Glyphs::Blocks => BLOCKS,
        Glyphs::Ascii => ASCII,
    };
    heats(passages, most).into_iter().map(|heat| characters[heat]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::LineIndex;
    use crate::text::Span;

    #[test]
    fn a_character_for_each_passage() {
        let place = LineIndex::new("").place(Span::new(0, 0));
        let passages = [0.0, 0.1, 0.3, 1.0].map(|spun_share| Passage { place, words: 30, spun_share });
        assert_eq!(strip(&passages, 4, Glyphs::Blocks), "▁▃▇█");
        assert_eq!(strip(&passages, 4, Glyphs::Ascii), "_:*#");
        assert_eq!(strip(&passages, 2, Glyphs::Ascii), ".#");
        assert_eq!(strip(&[], 2, Glyphs::Ascii), "");
    }
}
