//! What is told about a cleaned page.

use memchr::memchr2_iter;

use super::line_index::{LineIndex, Place};
use crate::clean::{Cleaned, Extraction, Metadata, PageKind};
use crate::repair::{Applicability, Outcome, PlannedFix};

/// What is told about a cleaned page.
#[derive(Debug, Clone)]
pub struct Cleaning {
    /// The file as it was named, or `-` for standard input.
    pub path: String,
    /// What the page turned out to be.
    pub kind: PageKind,
    /// What it says of itself.
    pub metadata: Metadata,
    /// How its text was extracted, if it came as anything else than text in UTF-8.
    pub extraction: Option<Extraction>,
    /// Words of the text as it came, and as it is now, as white space divides them.
    pub words: (usize, usize),
    /// Whether a second article followed.
    pub has_second: bool,
    /// Every cut and repair, applied or not, in order.
    pub rows: Vec<CutRow>,
}

/// A cut or a repair.
#[derive(Debug, Clone)]
pub struct CutRow {
    /// Where it is in the text.
    pub place: Place,
    /// The rule: `furniture`, `second-article`, `other-version`, `damage`.
    pub rule: &'static str,
    /// Why, in words.
    pub why: String,
    /// What stood there.
    pub before: String,
    /// What comes instead.
    pub after: String,
    /// Probability in [0, 1] that it is right.
    pub confidence: f64,
    /// How safe it is to apply.
    pub applicability: Applicability,
    /// What became of it.
    pub outcome: Outcome,
}

impl Cleaning {
    /// The report of a cleaned text.
    pub fn new(path: &str, text: &str, cleaned: &Cleaned, extraction: Option<&Extraction>) -> Self {
        let index = LineIndex::new(text);
        let row = |planned: &PlannedFix| {
            let span = planned.fix.span();
            let after = planned.fix.edits.iter().map(|edit| edit.replacement.as_str()).collect();
            CutRow {
                place: index.place(span),
                rule: planned.fix.cause.rule(),
                why: planned.fix.cause.why(),
                before: span.of(text).to_owned(),
                after,
                confidence: planned.fix.confidence,
                applicability: planned.fix.applicability(),
                outcome: planned.outcome,
            }
        };
        let before = words(text);
        let after = if cleaned.text == text { before } else { words(&cleaned.text) };
        Self {
            path: path.to_owned(),
            kind: cleaned.kind,
            metadata: cleaned.metadata.clone(),
            extraction: extraction.cloned(),
            words: (before, after),
            has_second: cleaned.second.is_some(),
            rows: cleaned.fixes.iter().map(row).collect(),
        }
    }

    /// How many cuts and repairs were applied.
    pub fn applied(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome.is_applied()).count()
    }
}

/// How many words a text has: stretches between white space.
fn words(text: &str) -> usize {
    let bytes = text.as_bytes();
    // What begins white space outside of ASCII; hardly any text has some.
    let mut others = memchr2_iter(0xc2, 0xe1, bytes).chain(memchr2_iter(0xe2, 0xe3, bytes));
    if others.any(|at| text[at..].starts_with(char::is_whitespace)) {
        return text.split_whitespace().count();
    }
    let is_space = |byte: u8| byte == b' ' || (b'\t'..=b'\r').contains(&byte);
    // A sum without branches: compilers make vector instructions of it.
    let begins = |pair: &[u8]| usize::from(is_space(pair[0]) & !is_space(pair[1]));
    let at_start = bytes.first().is_some_and(|&byte| !is_space(byte));
    usize::from(at_start) + bytes.windows(2).map(begins).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_what_stands_between_white_space(text in "[a-z \\t\\n\\x0b\\x0c\\r\\x1c\u{a0}\u{3000}é’.]{0,30}") {
            prop_assert_eq!(words(&text), text.split_whitespace().count());
        }
    }
}
