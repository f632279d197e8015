//! What a finding is recognised by after the text around it has moved.

use std::collections::HashMap;

use crate::text::{Span, sha256_hex};

/// The name of the algorithm: SHA-256, cut to 128 bits, of five lines joined by `\n`: the rule, up to three words before the place,
/// the place, up to three words after it, and how many findings before this one in the document have the same four lines. Words
/// are joined by one space. It changes with the words around a place, not with their number of lines or the path.
pub const FINGERPRINT: &str = "unspinContext/v1";

/// Words of context on each side.
const WORDS: usize = 3;
/// Bytes that are searched for them: a text may have no white space at all.
const WINDOW: usize = 256;
/// Hexadecimal digits of a fingerprint.
const DIGITS: usize = 32;

/// Fingerprints of the findings of one document, in order.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next finding.
    pub(super) fn next(&mut self, rule: &str, text: &str, span: Span) -> String {
        let words = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = words(span.of(text));
        let context = [rule, &before(text, span.start()), &place, &after(text, span.end())].join("\n");
        let number = self.seen.entry(context.clone()).or_insert(0);
        let mut digest = sha256_hex(format!("{context}\n{number}").as_bytes());
        *number += 1;
        digest.truncate(DIGITS);
        digest
    }
}

fn before(text: &str, end: usize) -> String {
    let mut from = end.saturating_sub(WINDOW);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut words: Vec<&str> = text[from..end].split_whitespace().rev().take(WORDS).collect();
    words.reverse();
    words.join(" ")
}

fn after(text: &str, start: usize) -> String {
    let mut to = (start + WINDOW).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text[start..to].split_whitespace().take(WORDS).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, phrase: &str) -> Vec<String> {
        let mut all = Fingerprints::default();
        let places = text.match_indices(phrase);
        places.map(|(at, _)| all.next("r", text, Span::new(at, at + phrase.len()))).collect()
    }

    /// `printf 'r\nb c é\ngo to\nx y z\n0' | sha256sum`: accepted findings are stored by these.
    #[test]
    fn never_changes() {
        assert_eq!(of("a b c é go to x y z w", "go to"), ["0c8afd20e29b3e4e0ee7e5acc8afcb3d"]);
        assert_eq!(of("a b\r\nc  é go to\nx y z\n\nw", "go to"), of("a b c é go to x y z w", "go to"));
    }

    #[test]
    fn equal_places_are_told_apart_by_their_order() {
        let all = of("x go to y. x go to y. x go to y.", "go to");
        assert_eq!(all[1..].iter().filter(|one| **one == all[0]).count(), 0);
        assert_ne!(all[1], all[2]);
    }

    #[test]
    fn texts_without_white_space_are_searched_in_part_only() {
        let text = "é".repeat(10_000) + "go" + &"é".repeat(10_000);
        assert_eq!(of(&text, "go")[0].len(), DIGITS);
        assert_eq!(before(&text, 20_000).len(), WINDOW);
    }
}
