//! `fix --audit`: the record of what a run does.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::input::Input;
use crate::audit::{AuditRecord, AuditWriter, DocumentRecord, Header, TrailState, WriteError, records};
use crate::clean::{CleanPolicy, Cleaned, Cleaner, Page};
use crate::dictionary::Layer;
use crate::pipeline::{Engine, Mended};
use crate::repair::{PlannedFix, Policy};
use crate::text::Span;

/// A trail that is being written, if one was asked for.
pub(super) struct Trail {
    open: Option<(PathBuf, AuditWriter<File>)>,
}

/// What a trail says of one document.
pub(super) struct Entry {
    about: DocumentRecord,
    records: Vec<AuditRecord>,
}

impl Entry {
    /// What is about to be done to a document.
    pub(super) fn mended(name: &str, page: &Page, mended: &Mended) -> Result<Self, CliError> {
        let (text, verdict) = (page.document.text(), &mended.verdict);
        let (kind, probability, rate) = (verdict.kind.name(), verdict.probability, verdict.rate);
        let about = DocumentRecord::new(name, text, &mended.text, kind, probability, rate);
        Self::new(about, page, &mended.fixes, &mended.landed)
    }

    /// What is about to be cut from a page.
    pub(super) fn cleaned(name: &str, page: &Page, cleaned: &Cleaned) -> Result<Self, CliError> {
        let about =
            DocumentRecord::new(name, page.document.text(), &cleaned.text, cleaned.kind.name(), 0.0, 0.0);
        Self::new(about, page, &cleaned.fixes, &cleaned.landed)
    }

    fn new(
        about: DocumentRecord,
        page: &Page,
        fixes: &[PlannedFix],
        landed: &[Span],
    ) -> Result<Self, CliError> {
        let records = records(page.document.text(), fixes, landed)
            .map_err(|error| CliError::Trail { file: about.path.clone(), error: error.to_string() })?;
        Ok(Self { about: DocumentRecord { extraction: page.extraction.clone(), ..about }, records })
    }
}

/// The header of the trail of a run that repairs. What it cleans with, if it does, stands last among the dictionaries.
pub(super) fn header(engine: &Engine, cleaner: Option<&Cleaner<'_>>, policy: &Policy) -> Header {
    let layers = engine.dictionaries().map(Layer::checksum).chain(cleaner.map(Cleaner::checksum));
    Header::new(*policy, layers.map(hexadecimal).collect(), hexadecimal(engine.model().checksum()))
}

/// The same for a run that only cleans.
pub(super) fn header_of_cleaning(cleaner: &Cleaner<'_>, policy: &CleanPolicy) -> Header {
    let policy = Policy { min_confidence: policy.min_confidence, any_verdict: true, ..Policy::default() };
    Header::new(policy, vec![hexadecimal(cleaner.checksum())], "none")
}

impl Trail {
    /// No trail.
    pub(super) fn none() -> Self {
        Self { open: None }
    }

    /// Begins a trail in a new file: an older trail may be the only way back to a text, and is never overwritten.
    pub(super) fn begin(
        path: Option<&Path>,
        engine: &Engine,
        cleaner: Option<&Cleaner<'_>>,
        policy: &Policy,
    ) -> Result<Self, CliError> {
        path.map_or_else(|| Ok(Self::none()), |path| Self::create(path, &header(engine, cleaner, policy)))
    }

    /// The same for a run that only cleans.
    pub(super) fn begin_cleaning(
        path: Option<&Path>,
        cleaner: &Cleaner<'_>,
        policy: &CleanPolicy,
    ) -> Result<Self, CliError> {
        path.map_or_else(|| Ok(Self::none()), |path| Self::create(path, &header_of_cleaning(cleaner, policy)))
    }

    /// Begins a trail in a new file.
    pub(super) fn create(path: &Path, header: &Header) -> Result<Self, CliError> {
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

    /// Goes on with the trail of an interrupted run; what was written after the state is cut off.
    pub(super) fn resume(path: &Path, state: &TrailState) -> Result<Self, CliError> {
        let wrong = |e| CliError::io(path, e);
        let mut file = File::options().write(true).open(path).map_err(wrong)?;
        if file.metadata().map_err(wrong)?.len() < state.bytes {
            let error = "shorter than when the run was interrupted: it can't be gone on with".to_owned();
            return Err(CliError::Trail { file: path.display().to_string(), error });
        }
        file.set_len(state.bytes).map_err(wrong)?;
        file.seek(SeekFrom::Start(state.bytes)).map_err(wrong)?;
        Ok(Self { open: Some((path.to_owned(), AuditWriter::resume(file, state))) })
    }

    /// Where the trail stands, all of it safe on disk.
    pub(super) fn state(&self) -> Result<Option<TrailState>, CliError> {
        let Some((path, writer)) = &self.open else { return Ok(None) };
        sync(path, writer.writer())?;
        Ok(Some(writer.state()))
    }

    /// Records what is about to be done to a document.
    pub(super) fn document(&mut self, name: &str, page: &Page, mended: &Mended) -> Result<(), CliError> {
        if self.open.is_none() { Ok(()) } else { self.put(&Entry::mended(name, page, mended)?) }
    }

    /// Records what is about to be cut from a page.
    pub(super) fn cleaned(&mut self, name: &str, page: &Page, cleaned: &Cleaned) -> Result<(), CliError> {
        if self.open.is_none() { Ok(()) } else { self.put(&Entry::cleaned(name, page, cleaned)?) }
    }

    /// Records what was prepared.
    pub(super) fn put(&mut self, entry: &Entry) -> Result<(), CliError> {
        let Some((path, writer)) = &mut self.open else { return Ok(()) };
        writer.document(&entry.about, &entry.records).map_err(|error| fail(path, &error))
    }

    /// Ends the trail: without this it counts as cut short.
    pub(super) fn finish(self) -> Result<(), CliError> {
        let Some((path, writer)) = self.open else { return Ok(()) };
        let file = writer.finish().map_err(|error| fail(&path, &error))?;
        sync(&path, &file)
    }
}

/// Makes sure that a trail is safe on disk. A terminal or a pipe can't be synchronised, and need not be.
fn sync(path: &Path, file: &File) -> Result<(), CliError> {
    match file.metadata() {
        Ok(data) if data.is_file() => file.sync_all().map_err(|e| CliError::io(path, e)),
        _ => Ok(()),
    }
}

pub(super) fn hexadecimal(checksum: u64) -> String {
    format!("{checksum:016x}")
}

/// An error after which a run must not go on: what it did from there would be on no record.
fn fail(path: &Path, error: &WriteError) -> CliError {
    CliError::Trail { file: path.display().to_string(), error: error.to_string() }
}
