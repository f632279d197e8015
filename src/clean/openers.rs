//! Lines that open a story: the place where it happens, the name of who wrote it.

use once_cell::sync::Lazy;
use regex::Regex;

// Names in Latin letters alone: patterns of all the letters of Unicode take ten times as long to make.
static DATELINE: Lazy<Regex> = Lazy::new(|| {
    // `KYIV: `, `WASHINGTON (AP) — `, `Manila, Philippines – `, `LONDON, 3 May (Reuters) - `
    Regex::new(
        r"^(?:[A-Z][A-Z.'’-]+(?:[ /-][A-Z][A-Z.'’-]*){0,3}(?:,? [A-Z][\p{Latin}\p{M}0-9_.]+){0,3}(?:, (?:[0-9]{1,2} )?[A-Z][a-z]{2,8}\.?(?: [0-9]{1,2})?)?(?: ?\([^()]{2,40}\))?\s*(?:[:—–]|--?\s)|[A-Z][\p{Latin}\p{M}0-9_.'’-]+(?:[ -][A-Z][\p{Latin}\p{M}0-9_.'’-]+){0,2}(?:, [A-Z][\p{Latin}\p{M}0-9_. ]+)? ?\([A-Z][^()]{1,40}\)\s*[:—–-])",
    )
    .expect("a fixed pattern")
});
static BYLINE: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"^(?i:by|from|written by|posted by|words by|words:)\s+(?:Our |Staff |\p{Lu})[\p{Latin}\p{M}.'’-]*(?:[ ,&]+(?:and )?[\p{Latin}\p{M}.'’-]+){0,9}$")
        .expect("a fixed pattern")
});

/// Whether a line opens a story with a place: "KYIV: …", "WASHINGTON (AP) — …".
pub fn is_dateline(line: &str) -> bool {
    // Most lines begin with a word in lower case but for its first letter and have no bracket, or no mark near that ends a place.
    let mut chars = line.chars();
    let can_be = chars.next().is_some_and(|first| first.is_ascii_uppercase())
        && (chars.next().is_some_and(|c| c.is_ascii_uppercase() || ".'’-".contains(c)) || line.contains('('));
    if !can_be {
        return false;
    }
    let start = line.char_indices().nth(100).map_or(line, |(end, _)| &line[..end]);
    start.contains([':', '—', '–', '-']) && DATELINE.is_match(start)
}

/// Whether a line names who wrote a story: "By Anna Hale".
pub fn is_byline(line: &str) -> bool {
    let begins = |first: u8| b"bfpw".contains(&first.to_ascii_lowercase());
    line.len() <= 120 && line.bytes().next().is_some_and(begins) && BYLINE.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_and_bylines() {
        for line in [
            "KYIV: Missiles fell.",
            "WASHINGTON (AP) — The bill",
            "MANILA, Philippines — The rain",
            "ENUGU — Traders along",
            "LONDON, 3 May (Lesmark News) - A man",
            "NEW DELHI: The court",
            "Oxmarl (Lesmark News) – The dam",
        ] {
            assert!(is_dateline(line), "{line}");
        }
        for line in [
            "The river rose.",
            "A: Yes.",
            "Blinken said: no",
            "He said — then left",
            "Question: why?",
            "US officials said",
        ] {
            assert!(!is_dateline(line), "{line}");
        }
        assert!(
            is_byline("By Anna Hale")
                && is_byline("By Our Correspondent")
                && is_byline("by Josh O’Hara and Lee Tan")
        );
        assert!(!is_byline("By noon the river had risen.") && !is_byline("By the sea"));
    }
}
