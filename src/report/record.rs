//! A row of JSON Lines, changed by splicing: whatever is not replaced keeps its bytes.

use std::fmt;
use std::ops::Range;

use serde::Serialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use thiserror::Error;

/// A row that can't be worked on.
#[derive(Debug, Error)]
pub enum RecordError {
    /// Not JSON, cut off, or not an object.
    #[error("not a JSON object: {0}")]
    NotAnObject(serde_json::Error),
    /// There is no text.
    #[error("no field `{0}`: name the field that holds the text with --text-field")]
    NoText(String),
    /// The text is something else, or holds what UTF-8 can't (a lone surrogate).
    #[error("field `{field}` is not a text: {error}")]
    BadText {
        /// The field.
        field: String,
        /// What the parser said.
        error: serde_json::Error,
    },
    /// A field that is read or replaced is there twice.
    #[error("field `{0}` is there twice")]
    Twice(String),
}

/// The field that batch runs add.
pub const ADDED_FIELD: &str = "unspin";

/// A row: a JSON object with a text in one field.
#[derive(Debug)]
pub struct Record<'l> {
    line: &'l str,
    /// Bytes of the text's JSON string in the line.
    text_at: Range<usize>,
    /// Bytes of the value of the field that is added, if there is one already.
    added_at: Option<Range<usize>>,
    /// The text.
    pub text: String,
}

impl<'l> Record<'l> {
    /// Reads a row.
    ///
    /// # Errors
    ///
    /// If it is not an object, or the text is missing, no text, or there twice.
    pub fn parse(line: &'l str, text_field: &str) -> Result<Self, RecordError> {
        let fields = fields(line).map_err(RecordError::NotAnObject)?;
        let one = |name: &str| {
            let mut found = fields.iter().filter(|(key, _)| key == name).map(|&(_, value)| value);
            let first = found.next();
            if found.next().is_some() { Err(RecordError::Twice(name.to_owned())) } else { Ok(first) }
        };
        let raw = one(text_field)?.ok_or_else(|| RecordError::NoText(text_field.to_owned()))?;
        let text = serde_json::from_str(raw.get())
            .map_err(|error| RecordError::BadText { field: text_field.to_owned(), error })?;
        let added_at = one(ADDED_FIELD)?.map(|value| place_in(line, value.get()));
        Ok(Self { line, text_at: place_in(line, raw.get()), added_at, text })
    }

    /// The value of a field as it stands in a row, if the row can be read that far.
    pub fn field(line: &'l str, name: &str) -> Option<&'l RawValue> {
        fields(line).ok()?.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The row with another text, if one is given, and with the `unspin` object.
    ///
    /// # Errors
    ///
    /// If the object can't be written as JSON.
    pub fn with(&self, text: Option<&str>, added: &impl Serialize) -> Result<String, serde_json::Error> {
        let added = serde_json::to_string(added)?;
        let mut pieces: Vec<(Range<usize>, String)> = Vec::new();
        if let Some(text) = text {
            pieces.push((self.text_at.clone(), serde_json::to_string(text)?));
        }
        if let Some(at) = &self.added_at {
            pieces.push((at.clone(), added));
        } else {
            // There is at least the text, so that a comma is needed.
            let end = self.line.rfind('}').unwrap_or(self.line.len());
            pieces.push((end..end, format!(",\"{ADDED_FIELD}\":{added}")));
        }
        pieces.sort_by_key(|(at, _)| at.start);
        let mut out =
            String::with_capacity(self.line.len() + pieces.iter().map(|(_, new)| new.len()).sum::<usize>());
        let mut from = 0;
        for (at, new) in pieces {
            out.push_str(&self.line[from..at.start]);
            out.push_str(&new);
            from = at.end;
        }
        out.push_str(&self.line[from..]);
        Ok(out)
    }
}

/// Where a part of a line lies in it.
fn place_in(line: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - line.as_ptr() as usize;
    start..start + part.len()
}

/// The fields of an object in order, their values unread: however deep they are nested, and whatever numbers they hold.
fn fields(line: &str) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    struct Fields;
    impl<'de> Visitor<'de> for Fields {
        type Value = Vec<(String, &'de RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut fields = Vec::new();
            while let Some(field) = map.next_entry()? {
                fields.push(field);
            }
            Ok(fields)
        }
    }
    let mut parser = serde_json::Deserializer::from_str(line);
    let fields = parser.deserialize_map(Fields)?;
    parser.end()?;
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(line: &str, text: Option<&str>) -> String {
        Record::parse(line, "text").unwrap().with(text, &[7]).unwrap()
    }

    #[test]
    fn everything_else_keeps_its_bytes() {
        let line =
            r#" { "n": 1.10e+400, "text" : "caf\u00e9", "n":[ 12345678901234567890123 ], "s":"\ud800" } "#;
        assert_eq!(
            with(line, None),
            r#" { "n": 1.10e+400, "text" : "caf\u00e9", "n":[ 12345678901234567890123 ], "s":"\ud800" ,"unspin":[7]} "#
        );
        assert_eq!(with(r#"{"text":"a","x":1}"#, Some("é\n")), r#"{"text":"é\n","x":1,"unspin":[7]}"#);
        assert_eq!(with(r#"{"unspin":{"a":1},"text":"a"}"#, Some("b")), r#"{"unspin":[7],"text":"b"}"#);
    }

    #[test]
    fn deep_nesting_is_copied() {
        let deep = "[".repeat(200_000) + &"]".repeat(200_000);
        let line = format!(r#"{{"text":"a","deep":{deep}}}"#);
        assert!(with(&line, None).ends_with(r#"]],"unspin":[7]}"#));
    }

    #[test]
    fn says_what_is_wrong() {
        let message = |line: &str| Record::parse(line, "text").unwrap_err().to_string();
        assert!(message("[1]").starts_with("not a JSON object: invalid type: sequence, expected an object"));
        assert!(message(r#"{"text":"a""#).contains("EOF while parsing an object at line 1 column"));
        assert!(message(r#"{"text":"a"} x"#).contains("trailing characters"));
        assert_eq!(message("{}"), "no field `text`: name the field that holds the text with --text-field");
        assert!(message(r#"{"text":"\ud83d"}"#).starts_with("field `text` is not a text: "));
        assert!(message(r#"{"text":null}"#).starts_with("field `text` is not a text: invalid type: null"));
        assert_eq!(message(r#"{"text":"a","text":"b"}"#), "field `text` is there twice");
        assert_eq!(Record::field(r#"{"id": 7.0,"text":1}"#, "id").unwrap().get(), "7.0");
        assert!(Record::field("{", "id").is_none());
    }
}
