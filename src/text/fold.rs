//! Folding: the form of a word under which it is looked up.

use std::borrow::Cow;

/// How a word is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// No capital letter ("visit"), or no letter at all.
    Lower,
    /// The first letter alone ("Visit", and one-letter words such as "A").
    Capital,
    /// Every letter, two or more of them ("US").
    Upper,
    /// Anything else (`McDonald`).
    Mixed,
}

impl Case {
    /// The case of a word.
    pub fn of(word: &str) -> Self {
        let (mut upper, mut lower, mut first_is_upper, mut seen) = (0usize, 0usize, false, false);
        for c in word.chars().filter(|c| c.is_alphabetic()) {
            let is_upper = c.is_uppercase();
            if !seen {
                first_is_upper = is_upper;
                seen = true;
            }
            if is_upper {
                upper += 1;
            } else {
                lower += 1;
            }
        }
        Self::of_counts(upper, lower, first_is_upper)
    }

    /// The case of a word of so many capital and other letters.
    #[inline]
    pub(super) fn of_counts(upper: usize, lower: usize, first_is_upper: bool) -> Self {
        match (upper, lower) {
            (0, _) => Self::Lower,
            (1, _) if first_is_upper => Self::Capital,
            (_, 0) => Self::Upper,
            _ => Self::Mixed,
        }
    }
}

/// Appends the folded form of `word` to `out`: lower case, straight apostrophes.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        out[start..].make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match straight(c) {
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// The folded form of a word: lower case, straight apostrophes.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    Cow::Owned(out)
}

/// Curly quotation marks and apostrophes as straight ones, long dashes as one kind; other
/// characters unchanged.
fn straight(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{ff07}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2013}' | '\u{2014}' | '\u{2015}' => '\u{2013}',
        other => other,
    }
}

/// Whether a character may join two letters into one word ("don't", "don’t").
pub(crate) fn is_apostrophe(c: char) -> bool {
    straight(c) == '\''
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_quotes() {
        assert_eq!(fold("Don’t"), "don't");
        assert_eq!(fold("ÉTÉ"), "été");
        assert!(matches!(fold("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn tells_cases_apart() {
        assert_eq!(Case::of("visit"), Case::Lower);
        assert_eq!(Case::of("Visit"), Case::Capital);
        assert_eq!(Case::of("A"), Case::Capital);
        assert_eq!(Case::of("US"), Case::Upper);
        assert_eq!(Case::of("McDonald"), Case::Mixed);
        assert_eq!(Case::of("42"), Case::Lower);
    }
}
