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

/// A word of at most eight letters as a number: numbers have the order of the words, and are compared at once.
const fn key(word: &[u8]) -> u64 {
    let mut out = 0;
    let mut at = 0;
    while at < 8 {
        out = out << 8 | if at < word.len() { word[at].to_ascii_lowercase() as u64 } else { 0 };
        at += 1;
    }
    out
}

const fn keys<const N: usize>(words: &[&str]) -> [u64; N] {
    let mut out = [0; N];
    let mut at = 0;
    while at < N {
        out[at] = key(words[at].as_bytes());
        at += 1;
    }
    out
}

static TITLE_KEYS: [u64; TITLES.len()] = keys(TITLES);
static NUMBERED_KEYS: [u64; NUMBERED.len()] = keys(NUMBERED);
static NAME_KEYS: [u64; NAMES.len()] = keys(NAMES);
static OTHER_KEYS: [u64; OTHERS.len()] = keys(OTHERS);

/// What a word is short for in kind, if it is listed, whatever its case.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.len() > LONGEST {
        return None;
    }
    let key = key(word.as_bytes());
    let is_in = |keys: &[u64]| keys.binary_search(&key).is_ok();
    if is_in(&TITLE_KEYS) {
        Some(Abbreviation::Title)
    } else if is_in(&NUMBERED_KEYS) {
        Some(Abbreviation::Numbered)
    } else if is_in(&NAME_KEYS) {
        Some(Abbreviation::Name)
    } else {
        is_in(&OTHER_KEYS).then_some(Abbreviation::Other)
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
