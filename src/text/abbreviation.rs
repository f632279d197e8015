//! Abbreviations whose full stop need not end a sentence: lower case, without the stop, sorted.

/// Stand before a name: no sentence ends here.
const TITLES: &[&str] = &[
    "adm", "brig", "capt", "cmdr", "col", "dr", "gen", "gov", "lt", "maj", "messrs", "mr", "mrs", "ms", "mt",
    "prof", "rep", "rev", "sen", "sens", "sgt", "st",
];

/// Stand before a number; before anything else their stop is like any other.
const NUMBERED: &[&str] = &["fig", "no", "op", "pp", "vol"];

/// Days, months, firms and the like: with a capital, they may stand at the end of a sentence as well as within it; without one, many are
/// plain words ("The cat sat.").
const NAMES: &[&str] = &[
    "apr", "assn", "aug", "ave", "bldg", "blvd", "bros", "co", "corp", "dec", "feb", "fri", "inc", "jan",
    "jr", "jul", "jun", "ltd", "mar", "mon", "nov", "oct", "sat", "sep", "sept", "sr", "sun", "thu", "thurs",
    "tue", "tues", "univ", "wed",
];

/// May stand at the end of a sentence as well as within it.
const OTHERS: &[&str] = &["dept", "ed", "est", "etc", "ft", "vs"];

/// Letters of the longest of them.
const LONGEST: usize = 6;

/// Where an abbreviation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Before a name.
    Title,
    /// Before a number.
    Numbered,
    /// With a capital anywhere, the end of a sentence included.
    Name,
    /// Anywhere, the end of a sentence included.
    Other,
}

/// What a word is short for in kind, if it is listed, whatever its case.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let is_in = |list: &[&str]| list.binary_search_by(|entry| entry.as_bytes().cmp(lower)).is_ok();
    if is_in(TITLES) {
        Some(Abbreviation::Title)
    } else if is_in(NUMBERED) {
        Some(Abbreviation::Numbered)
    } else if is_in(NAMES) {
        Some(Abbreviation::Name)
    } else {
        is_in(OTHERS).then_some(Abbreviation::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [TITLES, NUMBERED, NAMES, OTHERS] {
            assert!(list.is_sorted());
            assert!(list.iter().all(|entry| entry.len() <= LONGEST));
        }
    }

    #[test]
    fn whatever_the_case() {
        assert_eq!(abbreviation("Mr"), Some(Abbreviation::Title));
        assert_eq!(abbreviation("NO"), Some(Abbreviation::Numbered));
        assert_eq!(abbreviation("thurs"), Some(Abbreviation::Name));
        assert_eq!(abbreviation("etc"), Some(Abbreviation::Other));
        assert_eq!((abbreviation("thursday"), abbreviation(""), abbreviation("é")), (None, None, None));
    }
}
