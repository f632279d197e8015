//! Rows of aligned texts: JSON objects with a text, and with what a spinner changed in it.

use serde::Deserialize;
use thiserror::Error;

use super::offsets::CharOffsets;
use super::score::Gold;
use crate::text::Span;

/// A text and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The text as it is to be judged.
    pub text: String,
    /// The places that were spun, in order and free of overlaps; none in a genuine text.
    pub gold: Vec<Gold>,
}

/// A row that can't be scored. Edits are numbered from 1; offsets are the row's, in characters.
#[derive(Debug, Error)]
pub enum RowError {
    /// Not JSON, or fields that are missing, twice there, or of the wrong type.
    #[error("not a row {{\"text\", \"edits\": [[start, end, original], ...]}}: {0}")]
    Json(#[from] serde_json::Error),
    /// An edit of nothing, or one that ends before it starts.
    #[error("edit {edit} covers no text: {start} to {end}")]
    Empty {
        /// Its number.
        edit: usize,
        /// Its first character.
        start: usize,
        /// One past its last character.
        end: usize,
    },
    /// Edits that overlap, or are not in the order of the text.
    #[error("edit {edit} starts at character {start}, before the one before it ends at {before}")]
    OutOfOrder {
        /// Its number.
        edit: usize,
        /// Its first character.
        start: usize,
        /// One past the last character of the edit before.
        before: usize,
    },
    /// An edit that reaches past the end of the text.
    #[error("edit {edit} ends at character {end}: the text has {characters}")]
    Outside {
        /// Its number.
        edit: usize,
        /// One past its last character.
        end: usize,
        /// Characters of the text.
        characters: usize,
    },
    /// The row has an `original`, and it is not what the edits make.
    #[error("the edits don't turn `text` into `original`: offsets count characters (code points), not bytes")]
    OtherOriginal,
}

/// The row as it is written. Other fields are ignored.
#[derive(Deserialize)]
struct Written {
    text: String,
    #[serde(default)]
    original: Option<String>,
    #[serde(default)]
    edits: Option<Vec<(usize, usize, String)>>,
}

impl Row {
    /// Reads a row as `tools/spin.py` writes it: `edits` are `[start, end, original]`, in characters of the spun `text`. Without
    /// edits the text is genuine. If there is an `original`, the edits must make it.
    ///
    /// # Errors
    ///
    /// [`RowError`].
    pub fn parse(line: &str) -> Result<Self, RowError> {
        let Written { text, original, edits } = serde_json::from_str(line)?;
        let gold = gold(&text, edits.unwrap_or_default())?;
        if original.is_some_and(|original| original != unspun(&text, &gold)) {
            return Err(RowError::OtherOriginal);
        }
        Ok(Self { text, gold })
    }
}

fn gold(text: &str, edits: Vec<(usize, usize, String)>) -> Result<Vec<Gold>, RowError> {
    let mut offsets = CharOffsets::new(text);
    let mut before = 0;
    let mut gold = Vec::with_capacity(edits.len());
    for ((start, end, original), edit) in edits.into_iter().zip(1..) {
        if start >= end {
            return Err(RowError::Empty { edit, start, end });
        }
        if start < before {
            return Err(RowError::OutOfOrder { edit, start, before });
        }
        let (Some(first), Some(last)) = (offsets.byte_of(start), offsets.byte_of(end)) else {
            return Err(RowError::Outside { edit, end, characters: text.chars().count() });
        };
        gold.push(Gold { span: Span::new(first, last), accepted: vec![original] });
        before = end;
    }
    Ok(gold)
}

/// The text before it was spun.
fn unspun(text: &str, gold: &[Gold]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for place in gold {
        out.push_str(&text[from..place.span.start()]);
        out.extend(place.accepted.first().map(String::as_str));
        from = place.span.end();
    }
    out + &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(line: &str) -> String {
        Row::parse(line).unwrap_err().to_string()
    }

    #[test]
    fn characters_become_bytes() {
        let line = r#"{"id":1,"text":"“Café” — go to","original":"“Café” — visit","edits":[[9,14,"visit"]]}"#;
        let row = Row::parse(line).unwrap();
        assert_eq!(row.gold[0].span.of(&row.text), "go to");
        assert_eq!(row.gold[0].accepted, ["visit"]);
        // An astral character, escaped as two halves, is one character.
        let row = Row::parse(r#"{"text":"\ud83d\ude00 go","edits":[[2,4,"come"]]}"#).unwrap();
        assert_eq!(row.gold[0].span.of(&row.text), "go");
    }

    #[test]
    fn without_edits_it_is_genuine() {
        for line in [r#"{"text":"a"}"#, r#"{"text":"a","edits":[]}"#, r#"{"text":"a","edits":null,"x":[{}]}"#]
        {
            assert_eq!(Row::parse(line).unwrap(), Row { text: "a".to_owned(), gold: Vec::new() });
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let edits = |edits: &str| message(&format!(r#"{{"text":"Müller went","edits":[{edits}]}}"#));
        assert_eq!(edits(r#"[7,12,"x"]"#), "edit 1 ends at character 12: the text has 11");
        assert_eq!(edits(r#"[12,14,"x"]"#), "edit 1 ends at character 14: the text has 11");
        assert_eq!(edits(r#"[3,3,"x"]"#), "edit 1 covers no text: 3 to 3");
        assert_eq!(edits(r#"[4,3,"x"]"#), "edit 1 covers no text: 4 to 3");
        let order = "edit 2 starts at character 5, before the one before it ends at 6";
        assert_eq!(edits(r#"[0,6,"x"],[5,7,"y"]"#), order);
        for bad in [r#"[1.5,3,"x"]"#, r#"[-1,3,"x"]"#, r#"["1",3,"x"]"#, "[1,3]", "[1,3,null]", "7"] {
            assert!(edits(bad).starts_with("not a row "), "{bad}: {}", edits(bad));
        }
        assert!(message(r#"{"id":1}"#).contains("missing field `text`"));
        assert!(message(r#"{"text":"a","text":"b"}"#).contains("duplicate field `text`"));
        assert!(message(r#"{"text":"\ud83d"}"#).starts_with("not a row "));
        assert!(message("[1]").starts_with("not a row "));
        assert!(
            message(r#"{"text":"é go","original":"é come","edits":[[3,5,"come"]]}"#)
                .contains("ends at character 5")
        );
        assert!(
            message(r#"{"text":"é go on","original":"é come on","edits":[[3,5,"come"]]}"#)
                .contains("code points")
        );
    }

    #[test]
    fn deep_nesting_elsewhere_is_ignored() {
        let deep = "[".repeat(200_000) + &"]".repeat(200_000);
        assert!(Row::parse(&format!(r#"{{"deep":{deep},"text":"a"}}"#)).is_ok());
    }
}
