//! `fix --audit`: the record of what a run does.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::input::Input;
use crate::audit::{AuditWriter, DocumentRecord, Header, WriteError, records};
use crate::clean::{CleanPolicy, Cleaned, Cleaner, Page};
use crate::pipeline::{Engine, Mended};
use crate::repair::{PlannedFix, Policy};
use crate::text::Span;

/// A trail that is being written, if one was asked for.
pub(super) struct Trail {
    open: Option<(PathBuf, AuditWriter<File>)>,
}

impl Trail {
    /// Begins a trail in a new file: an older trail may be the only way back to a text, and is never overwritten.
    pub(super) fn begin(path: Option<&Path>, engine: &Engine, policy: &Policy) -> Result<Self, CliError> {
        let layers = engine.dictionaries().map(|layer| hexadecimal(layer.checksum())).collect();
        Self::create(path, &Header::new(*policy, layers, hexadecimal(engine.model().checksum())))
    }

    /// The same for a run that only cleans: the list of furniture stands for the dictionaries.
    pub(super) fn begin_cleaning(
        path: Option<&Path>,
        cleaner: &Cleaner<'_>,
        policy: &CleanPolicy,
    ) -> Result<Self, CliError> {
        let policy = Policy { min_confidence: policy.min_confidence, any_verdict: true, ..Policy::default() };
        Self::create(path, &Header::new(policy, vec![hexadecimal(cleaner.checksum())], "none"))
    }

    fn create(path: Option<&Path>, header: &Header) -> Result<Self, CliError> {
        let Some(path) = path else { return Ok(Self { open: None }) };
        if path.as_os_str() == Input::STDIN {
            let message = "--audit needs a file: standard output is for the text";
            return Err(CliError::Usage(message.to_owned()));
        }
        if fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() > 0) {
            let message = "there is a file already, and a trail is never overwritten: name another one, or move it away";
            return Err(CliError::io(path, io::Error::new(io::ErrorKind::AlreadyExists, message)));
        }
        let file = File::create(path).map_err(|e| CliError::io(path, e))?;
        let writer = AuditWriter::new(file, header).map_err(|error| fail(path, &error))?;
        Ok(Self { open: Some((path.to_owned(), writer)) })
    }

    /// Records what is about to be done to a document.
    pub(super) fn document(&mut self, name: &str, page: &Page, mended: &Mended) -> Result<(), CliError> {
        let (text, verdict) = (page.document.text(), &mended.verdict);
        let (kind, probability, rate) = (verdict.kind.name(), verdict.probability, verdict.rate);
        let about = || DocumentRecord {
            extraction: page.extraction.clone(),
            ..DocumentRecord::new(name, text, &mended.text, kind, probability, rate)
        };
        self.write(text, about, &mended.fixes, &mended.landed)
    }

    /// Records what is about to be cut from a page.
    pub(super) fn cleaned(&mut self, name: &str, page: &Page, cleaned: &Cleaned) -> Result<(), CliError> {
        let text = page.document.text();
        let about = || DocumentRecord {
            extraction: page.extraction.clone(),
            ..DocumentRecord::new(name, text, &cleaned.text, cleaned.kind.name(), 0.0, 0.0)
        };
        self.write(text, about, &cleaned.fixes, &cleaned.landed)
    }

    fn write(
        &mut self,
        text: &str,
        about: impl FnOnce() -> DocumentRecord,
        fixes: &[PlannedFix],
        landed: &[Span],
    ) -> Result<(), CliError> {
        let Some((path, writer)) = &mut self.open else { return Ok(()) };
        let wrong = |error: String| CliError::Trail { file: path.display().to_string(), error };
        let records = records(text, fixes, landed).map_err(|e| wrong(e.to_string()))?;
        writer.document(&about(), &records).map_err(|error| fail(path, &error))
    }

    /// Ends the trail: without this it counts as cut short.
    pub(super) fn finish(self) -> Result<(), CliError> {
        let Some((path, writer)) = self.open else { return Ok(()) };
        let file = writer.finish().map_err(|error| fail(&path, &error))?;
        // A terminal or a pipe can't be synchronised, and need not be.
        match file.metadata() {
            Ok(data) if data.is_file() => file.sync_all().map_err(|e| CliError::io(&path, e)),
            _ => Ok(()),
        }
    }
}

fn hexadecimal(checksum: u64) -> String {
    format!("{checksum:016x}")
}

/// An error after which a run must not go on: what it did from there would be on no record.
fn fail(path: &Path, error: &WriteError) -> CliError {
    CliError::Trail { file: path.display().to_string(), error: error.to_string() }
}
