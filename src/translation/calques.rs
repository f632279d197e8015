//! Phrases carried over word for word.

use std::collections::{BTreeMap, BTreeSet};

use once_cell::sync::Lazy;

use super::{Trace, TraceKind};
use crate::text::{TokenKind, Tokens};

static SOURCE: &str = include_str!("../../dictionaries/calques.tsv");

static ROWS: Lazy<BTreeMap<String, Vec<Row>>> = Lazy::new(rows);

/// Stands for any one word of a phrase.
const ANY: &str = "*";

/// A row of `calques.tsv`.
#[derive(Debug)]
struct Row {
    /// The phrase as it must stand: words with a capital need theirs, others may have one.
    words: Vec<String>,
    meaning: &'static str,
    language: &'static str,
    weight: u32,
}

/// The rows by the key of their first word.
fn rows() -> BTreeMap<String, Vec<Row>> {
    let mut out = BTreeMap::<String, Vec<Row>>::new();
    for line in SOURCE.lines().skip_while(|line| line.starts_with('#')).skip(1) {
        let columns: Vec<&'static str> = line.split('\t').collect();
        let [phrase, meaning, language, weight] = columns[..] else {
            panic!("a row of four columns: {line}")
        };
        let tokens = Tokens::of(phrase);
        let words = tokens.as_slice().iter().map(|token| token.span.of(phrase).to_owned()).collect();
        let weight = weight.parse().expect("a small number");
        out.entry(tokens.key(0).to_owned()).or_default().push(Row { words, meaning, language, weight });
    }
    out
}

/// The calques of a text, each where it stands first. Of two at one place the longer counts.
pub(super) fn find(text: &str, tokens: &Tokens) -> Vec<Trace> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let mut from = 0;
    for start in 0..tokens.len() {
        let rows = ROWS.get(tokens.key(start)).map_or(&[][..], Vec::as_slice);
        let fitting = rows.iter().filter(|row| start >= from && row.stands_at(text, tokens, start));
        let Some(row) = fitting.max_by_key(|row| row.words.len()) else { continue };
        from = start + row.words.len();
        if seen.insert(&row.words) {
            let kind = TraceKind::Calque { meaning: row.meaning, language: row.language };
            out.push(Trace { span: tokens.span(start, from), kind, weight: row.weight });
        }
    }
    out
}

impl Row {
    fn stands_at(&self, text: &str, tokens: &Tokens, start: usize) -> bool {
        let Some(there) = tokens.as_slice().get(start..start + self.words.len()) else { return false };
        let fits = |(index, (word, token)): (usize, (&String, &crate::text::Token))| {
            // No phrase goes on in the next sentence.
            if index > 0 && token.starts_sentence {
                return false;
            }
            if word == ANY {
                return token.kind == TokenKind::Word;
            }
            let is_lower = word.starts_with(char::is_lowercase);
            if is_lower { tokens.key(start + index) == word } else { token.span.of(text) == word }
        };
        self.words.iter().zip(there).enumerate().all(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text, &Tokens::of(text)).into_iter().map(|trace| trace.span.of(text)).collect()
    }

    #[test]
    fn rows_are_sorted_and_found() {
        let lines: Vec<&str> = SOURCE.lines().skip(2).collect();
        assert!(lines.is_sorted(), "the rows are sorted");
        for line in lines {
            let phrase = line.split('\t').next().unwrap().replace(ANY, "Ruritanian");
            assert_eq!(found(&format!("so \u{201c}{phrase} as")), [phrase.as_str()], "{line}");
        }
    }

    #[test]
    fn capitals_and_sentences_count() {
        assert_eq!(found("then House Leader, the house leader"), ["House Leader"]);
        assert_eq!(found("Head of the American diplomacy"), ["Head of the American diplomacy"]);
        assert!(found("the period in question: May").is_empty());
        assert!(found("He was the head of it. Diplomacy failed.").is_empty());
    }
}
