//! What becomes of a row.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Serialize;
use serde_json::value::RawValue;

use super::args::BatchArgs;
use super::limit::Limited;
use super::source::{Cell, Content, Job, Line};
use super::tally::Tally;
use crate::cli::error::CliError;
use crate::cli::input::{LONGEST_TEXT, too_long};
use crate::cli::trail::Entry;
use crate::detect::VerdictKind;
use crate::report::wire::{BatchError, BatchObject};
use crate::report::{Attributes, Record};

/// What a command does with the text of that name.
pub(super) type Each<'e> = dyn Fn(&str, String) -> Result<Done, CliError> + Sync + 'e;

/// What was made of a text.
pub(super) struct Done {
    /// The new text, if it changed.
    pub text: Option<String>,
    /// The object that is added, or the attributes.
    pub object: Box<RawValue>,
    /// Words of the text as it came.
    pub words: usize,
    pub verdict: Option<VerdictKind>,
    /// How many edits were proposed or applied.
    pub edits: usize,
    /// For the trail, if there is one.
    pub entry: Option<Entry>,
}

impl Done {
    pub(super) fn of(text: Option<String>, object: &BatchObject) -> Result<Self, CliError> {
        let edits = object.edits.iter().flatten().filter(|edit| !edit.outcome.starts_with("skipped")).count();
        let (words, verdict) = (object.verdict.words, Some(object.verdict.verdict));
        let object = serde_json::value::to_raw_value(object)?;
        Ok(Self { text, object, words, verdict, edits, entry: None })
    }
}

/// What the objects of a command hold, beside a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Added {
    Edits,
    EditsAndScores,
    Cuts,
    Scores,
}

/// A row to write.
pub(super) struct Row {
    /// Number of its line, from 1.
    pub line: usize,
    /// Bytes of the input up to its end, decompressed.
    pub end: u64,
    /// A line with a line feed; of a table, the object that is added.
    pub bytes: Vec<u8>,
    /// The new text of a row of a table, if it changed.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only Parquet has it"))]
    pub text: Option<String>,
    pub tally: Tally,
    /// What went wrong, for people.
    pub error: Option<CliError>,
    pub entry: Option<Entry>,
}

/// Rows to write, in order.
pub(super) struct Rows {
    pub input: usize,
    pub done: Vec<Row>,
    /// Whether these are the last of their input.
    pub is_last: bool,
    /// The input could not be opened.
    pub error: Option<CliError>,
}

/// Makes rows of lines.
pub(super) struct Worker<'a, 'scope, 'env> {
    pub args: &'a BatchArgs,
    /// Names of the inputs.
    pub names: &'a [String],
    pub limited: Limited<'scope, 'env>,
}

impl Worker<'_, '_, '_> {
    pub(super) fn rows(&mut self, job: Job) -> Rows {
        let Job { input, lines, end, .. } = job;
        let done = lines.into_iter().filter_map(|line| self.row(input, line)).collect();
        Rows { input, done, is_last: end.is_some(), error: end.and_then(Result::err) }
    }

    /// A row for a line; `None` for an empty one.
    fn row(&mut self, input: usize, line: Line) -> Option<Row> {
        let Line { number, end, content } = line;
        let bytes = match content {
            Ok(Content::Json(bytes)) => bytes,
            Ok(Content::Cell(cell)) => return Some(self.cell(input, number, end, cell)),
            Err(error) => return Some(self.bad(input, number, end, None, error)),
        };
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("not valid UTF-8 at byte {} of the line", error.valid_up_to());
                return Some(self.bad(input, number, end, None, message));
            }
        };
        if text.trim_ascii().is_empty() {
            return None;
        }
        let done = guarded(|| self.done(input, number, text));
        Some(match done {
            Ok((bytes, tally, entry)) => {
                Row { line: number, end, bytes, text: None, tally, error: None, entry }
            }
            Err(error) => self.bad(input, number, end, Some(text), reason(error)),
        })
    }

    /// A row for one of a table.
    fn cell(&mut self, input: usize, line: usize, end: u64, cell: Cell) -> Row {
        let name = cell.id.unwrap_or_else(|| format!("{}:{line}", self.names[input]));
        let done = guarded(|| {
            let field = &self.args.text_field;
            let Some(bytes) = cell.text else {
                return Err(CliError::Usage(format!("field `{field}` is not a text: it is null")));
            };
            let text = String::from_utf8(bytes).map_err(|error| {
                let at = error.utf8_error().valid_up_to();
                CliError::Usage(format!("not valid UTF-8 at byte {at} of the text"))
            })?;
            self.judge(&name, text)
        });
        match done {
            Ok(done) => {
                let (tally, bytes) = (Tally::of(&done), done.object.get().as_bytes().to_vec());
                Row { line, end, bytes, text: done.text, tally, error: None, entry: done.entry }
            }
            Err(error) => {
                let error = reason(error);
                let bytes = serde_json::json!({ "error": error }).to_string().into_bytes();
                let error = Some(CliError::Row { file: self.names[input].clone(), line, error });
                Row { line, end, bytes, text: None, tally: Tally::FAILED, error, entry: None }
            }
        }
    }

    /// Does what the command does with a text of that name, unless the text is too long.
    fn judge(&mut self, name: &str, text: String) -> Result<Done, CliError> {
        let (bytes, most) = (text.len(), self.args.max_bytes);
        if bytes > most {
            return Err(CliError::Usage(if most == LONGEST_TEXT {
                too_long(Some(bytes as u64))
            } else {
                format!("a text of {bytes} bytes: at most {most} are judged, more with --max-bytes")
            }));
        }
        self.limited.run(name, text)
    }

    fn done(
        &mut self,
        input: usize,
        number: usize,
        line: &str,
    ) -> Result<(Vec<u8>, Tally, Option<Entry>), CliError> {
        let mut record = Record::parse(line, &self.args.text_field)?;
        let id = Record::field(line, &self.args.id_field);
        let name = id.map_or_else(|| format!("{}:{number}", self.names[input]), called);
        let done = self.judge(&name, std::mem::take(&mut record.text))?;
        let tally = Tally::of(&done);
        let mut bytes = if self.args.attributes {
            let source = Record::field(line, "source");
            serde_json::to_vec(&AttributesRow { id, source, attributes: &done.object, error: None })?
        } else {
            record.with(done.text.as_deref(), &done.object)?.into_bytes()
        };
        bytes.push(b'\n');
        Ok((bytes, tally, done.entry))
    }

    /// The row that stands for one that could not be done.
    fn bad(&self, input: usize, line: usize, end: u64, text: Option<&str>, error: String) -> Row {
        let path = &self.names[input];
        let id = text.and_then(|text| Record::field(text, &self.args.id_field));
        let written = if self.args.attributes {
            let source = text.and_then(|text| Record::field(text, "source"));
            let attributes = Attributes::default();
            serde_json::to_vec(&AttributesRow { id, source, attributes, error: Some(&error) })
        } else {
            serde_json::to_vec(&BatchError { id, path, line, error: &error })
        };
        // Texts, numbers and raw values can always be written.
        let mut bytes = written.unwrap_or_default();
        bytes.push(b'\n');
        let error = Some(CliError::Row { file: path.clone(), line, error });
        Row { line, end, bytes, text: None, tally: Tally::FAILED, error, entry: None }
    }
}

/// A row as dolma reads attributes: there is one for each document, in the same order.
#[derive(Serialize)]
struct AttributesRow<'r, A> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'r RawValue>,
    attributes: A,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'r str>,
}

/// Runs something whose mistakes are those of one row: a panic becomes an error. Its message is printed by then.
pub(super) fn guarded<T>(run: impl FnOnce() -> Result<T, CliError>) -> Result<T, CliError> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        Err(CliError::Usage("a mistake in unspin made it give up this row: please report it".to_owned()))
    })
}

/// What went wrong, without the name of the row.
fn reason(error: CliError) -> String {
    match error {
        CliError::Page { error, .. } => error.to_string(),
        error => error.to_string(),
    }
}

/// What a row calls itself: a text without its quotation marks, anything else as it stands.
fn called(id: &RawValue) -> String {
    serde_json::from_str(id.get()).unwrap_or_else(|_| id.get().to_owned())
}
