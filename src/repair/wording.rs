//! The canonical wording as it has to stand at its place: capitals, apostrophes, articles.

use crate::dictionary::Substitution;
use crate::text::{Case, Tokens};

/// The canonical form with the capital of the phrase that it replaces, and with apostrophes as the text writes them.
///
/// A capital that the spun form has by itself (`Could` for the month) says nothing about the place; any other on the first word
/// is the sentence's or the title's, and goes over. `first` is the number of the first token replaced.
///
/// # Panics
///
/// If there is no such token.
pub fn wording(substitution: &Substitution<'_>, tokens: &Tokens, first: usize) -> String {
    let mut out = String::new();
    write_wording(substitution.spun, substitution.canonical, tokens, first, &mut out);
    out
}

/// Appends [the wording](wording) of a row's two forms.
///
/// # Panics
///
/// If there is no such token.
pub fn write_wording(spun: &str, canonical: &str, tokens: &Tokens, first: usize, out: &mut String) {
    let own_capital = spun.starts_with(char::is_uppercase);
    let start = out.len();
    if tokens.as_slice()[first].case != Case::Lower && !own_capital {
        push_capitalised(canonical, out);
    } else {
        out.push_str(canonical);
    }
    // Spinners write straight ones; what they replaced had those of the text.
    if tokens.has_curly_apostrophes() && out[start..].contains('\'') {
        let curly = out[start..].replace('\'', "’");
        out.truncate(start);
        out.push_str(&curly);
    }
}

/// The text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_capitalised(text, &mut out);
    out
}

fn push_capitalised(text: &str, out: &mut String) {
    let mut chars = text.chars();
    out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
    out.push_str(chars.as_str());
}

/// Words that start with a vowel letter but a consonant sound (prefixes, lower case).
const CONSONANT_SOUNDS: &[&str] =
    &["uni", "eu", "one-", "once", "use", "usa", "usu", "uti", "ufo", "ura", "ubi", "uk"];
/// Words that start with a silent h (prefixes, lower case).
const SILENT_H: &[&str] = &["hour", "honest", "honor", "honour", "heir"];
/// Words with a prefix of [`CONSONANT_SOUNDS`] and a vowel sound all the same.
const VOWEL_SOUNDS: &[&str] = &["unim", "unin", "unid", "uninh", "unis"];

/// The indefinite article, "a" or "an", that goes before a word; `None` where the spelling does not tell (numbers, symbols).
pub fn article_before(word: &str) -> Option<&'static str> {
    let first = word.chars().next()?;
    if !first.is_alphabetic() {
        return None;
    }
    if Case::of(word) == Case::Upper && word.len() > 1 {
        // Read letter by letter: an FBI agent, a US official.
        return Some(if "AEFHILMNORSX".contains(first) { "an" } else { "a" });
    }
    let lower = word.to_lowercase();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| lower.starts_with(prefix));
    let vowel = if starts(VOWEL_SOUNDS) {
        true
    } else if starts(CONSONANT_SOUNDS) || lower == "one" {
        false
    } else {
        starts(SILENT_H) || "aeiou".contains(lower.chars().next()?)
    };
    Some(if vowel { "an" } else { "a" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles() {
        let cases = [
            ("visit", "a"),
            ("issue", "an"),
            ("hour", "an"),
            ("house", "a"),
            ("university", "a"),
            ("unimportant", "an"),
            ("European", "a"),
            ("one", "a"),
            ("onerous", "an"),
            ("FBI", "an"),
            ("US", "a"),
            ("use", "a"),
            ("upper", "an"),
        ];
        for (word, article) in cases {
            assert_eq!(article_before(word), Some(article), "{word}");
        }
        assert_eq!(article_before("8"), None);
    }

    #[test]
    fn capitals() {
        assert_eq!(capitalised("élan"), "Élan");
        assert_eq!(capitalised(""), "");
    }
}
