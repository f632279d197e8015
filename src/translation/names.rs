//! Persons whose names are spelled in two ways.

use std::collections::BTreeMap;

use super::{Trace, TraceKind};
use crate::text::{Case, Span, TokenKind, Tokens};

/// Letters of the shortest name of which two spellings are told from two names.
const SHORTEST: usize = 5;

/// Full names (two words with capitals in a row) of which one word is the same, and the other sounds the same and is spelled otherwise
/// than where the person was named first.
pub(super) fn find(text: &str, tokens: &Tokens) -> Vec<Trace> {
    let all = tokens.as_slice();
    // For each pair of names as they sound: the first spelling.
    let mut first = BTreeMap::<(String, String), [usize; 2]>::new();
    let mut out: Vec<Trace> = Vec::new();
    let is_name = |index: usize| all[index].kind == TokenKind::Word && all[index].case == Case::Capital;
    for (start, token) in all.iter().enumerate().skip(1) {
        let pair = [start - 1, start];
        if token.starts_sentence || !pair.into_iter().all(is_name) {
            continue;
        }
        let [given, family] =
            pair.map(|index| tokens.key(index).strip_suffix("'s").unwrap_or(tokens.key(index)));
        let other = *first.entry((sound(given), sound(family))).or_insert(pair);
        let [other_given, other_family] =
            other.map(|index| tokens.key(index).strip_suffix("'s").unwrap_or(tokens.key(index)));
        let varies = |a: &str, b: &str| a != b && a.len().min(b.len()) >= SHORTEST;
        let is_variant = (given == other_given && varies(family, other_family))
            || (family == other_family && varies(given, other_given));
        let span = tokens.span(start - 1, start + 1);
        if is_variant && !out.iter().any(|trace| trace.span.of(text) == span.of(text)) {
            let other: Span = tokens.span(other[0], other[1] + 1);
            out.push(Trace { span, kind: TraceKind::NameVariant { other }, weight: 1 });
        }
    }
    out
}

/// A name without what its spellings differ in: mute `h`, doubled letters, `c` for `k`, `y` for `i`, `z` for `s`, `ph` for `f`.
fn sound(name: &str) -> String {
    let mut out = String::new();
    for c in name.replace("ph", "f").chars() {
        let c = match c {
            'h' => continue,
            'k' => 'c',
            'y' => 'i',
            'z' => 's',
            other => other,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text, &Tokens::of(text)).into_iter().map(|trace| trace.span.of(text)).collect()
    }

    #[test]
    fn two_spellings() {
        assert_eq!(
            found("Antony Blinken said so. So did Anthony Blinken and Anthony Blinken."),
            ["Anthony Blinken"]
        );
        assert_eq!(found("Danny Russel's view, and Danny Russell's"), ["Danny Russell's"]);
    }

    #[test]
    fn other_persons_and_forms() {
        assert!(found("Anthony Blinken said. Antony Smith agreed.").is_empty());
        assert!(found("Danny Russell left. Danny Russell's view").is_empty());
        assert!(found("Ann Lee met Anne Lee").is_empty());
        assert!(found("Antony. Blinken and Anthony Blinken").is_empty());
    }
}
