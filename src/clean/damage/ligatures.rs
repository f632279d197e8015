//! Ligatures for letters, and the space that they leave in a word.

use std::collections::HashSet;

use super::{Damage, DamageKind};
use crate::clean::words::is_function_word;

/// Longest half of a word that is looked at, in bytes.
const LONGEST_HALF: usize = 40;

/// The words of a text, in lower case with their ligatures spelled out; gathered when first asked for.
pub(super) struct Words<'t> {
    text: &'t str,
    seen: Option<HashSet<String>>,
}

impl<'t> Words<'t> {
    /// The words of a text.
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, seen: None }
    }

    /// Whether a word, in lower case, stands anywhere in the text.
    pub(super) fn contain(&mut self, word: &str) -> bool {
        let text = self.text;
        let seen = self.seen.get_or_insert_with(|| {
            let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
            words.map(|word| spelled_out(word).to_lowercase()).collect()
        });
        seen.contains(word)
    }
}

/// The letters that a ligature joins.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

fn spelled_out(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match letters(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    out
}

/// The ligature at a byte, with the space beside it if that is no space between words.
pub(super) fn ligature(text: &str, at: usize, c: char, words: &mut Words) -> Damage {
    let letters = letters(c).unwrap_or_default();
    let after = at + c.len_utf8();
    let (left, space_before) = half_before(&text[..at]);
    let (right, space_after) = half_after(&text[after..]);
    let (mut start, mut end) = (at, after);
    if (space_before || space_after) && left.len() <= LONGEST_HALF && right.len() <= LONGEST_HALF {
        let [left, right] = [left, right].map(|half| spelled_out(half).to_lowercase());
        let joins_left =
            space_before && !left.is_empty() && words.contain(&format!("{left}{letters}{right}"));
        let opens_word = space_before || left.is_empty() && !text[..at].ends_with(['-', '‑']);
        let joins_right = space_after
            && if opens_word && !joins_left {
                // No word is "fi" or "fl"; but it may be the middle of one of which the first part stands before it.
                !right.is_empty()
                    && (left.is_empty()
                        || is_function_word(&left)
                        || words.contain(&format!("{letters}{right}")))
            } else {
                words.contain(&format!("{left}{letters}{right}"))
            };
        start -= usize::from(joins_left);
        end += usize::from(joins_right);
    }
    Damage::new(start, end, letters, DamageKind::Ligature)
}

/// The letters that a text ends with, and whether a space is between them and its end.
fn half_before(text: &str) -> (&str, bool) {
    let unspaced = text.strip_suffix(' ');
    let text = unspaced.unwrap_or(text);
    let letters: usize = text.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    (&text[text.len() - letters..], unspaced.is_some())
}

/// The small letters that a text begins with, and whether a space is between its beginning and them.
fn half_after(text: &str) -> (&str, bool) {
    let unspaced = text.strip_prefix(' ');
    let text = unspaced.unwrap_or(text);
    let letters: usize = text.chars().take_while(|c| c.is_lowercase()).map(char::len_utf8).sum();
    (&text[..letters], unspaced.is_some())
}

#[cfg(test)]
mod tests {
    use super::super::{characters::characters, compose::apply};

    #[test]
    fn spelled_out_and_joined_where_sure() {
        let repaired = |text: &str| apply(text, &characters(text));
        assert_eq!(repaired("a ﬁrm oﬀer, diﬃcult riﬄes"), "a firm offer, difficult riffles");
        assert_eq!(repaired("They were ﬁ t to ﬁ nd a ﬂ ag."), "They were fit to find a flag.");
        assert_eq!(repaired("He deﬁned it; de ﬁ ned once."), "He defined it; defined once.");
        assert_eq!(
            repaired("A beneﬁt. It bene ﬁ ts, to the bene ﬁt of all."),
            "A benefit. It bene fi ts, to the benefit of all."
        );
        assert_eq!(
            repaired("speciﬁ c to the oﬀ chance, staﬀ and specific"),
            "specific to the off chance, staff and specific"
        );
        assert_eq!(repaired("sci-ﬁ and wiﬁ are"), "sci-fi and wifi are");
    }
}
