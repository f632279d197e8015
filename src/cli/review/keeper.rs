//! A file of decisions, written line by line.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::decided::read;
use crate::cli::error::CliError;
use crate::report::wire_review::{DecisionLine, DecisionRow, DecisionsHeader};
use crate::review::Decisions;

/// Keeps decisions in a file, which begins with the first of them: each is on disk before the next one is asked for.
pub(super) struct Keeper {
    pub path: PathBuf,
    /// What the file held when it was opened.
    pub decisions: Decisions,
    file: Option<File>,
    /// What goes before the first new line.
    head: Vec<u8>,
    kept: usize,
}

impl Keeper {
    /// Takes up a file; nothing is written yet.
    pub(super) fn open(path: &Path) -> Result<Self, CliError> {
        let (decisions, bytes) = match read(path) {
            // A file can be begun, a folder can't: better to know before the first decision is made.
            Err(CliError::Io { source, .. }) if source.kind() == ErrorKind::NotFound && has_folder(path) => {
                Default::default()
            }
            read => read?,
        };
        let head = match bytes[..decisions.whole].last() {
            None => line(&DecisionLine::Header(DecisionsHeader::default()))?,
            Some(b'\n') => Vec::new(),
            Some(_) => vec![b'\n'],
        };
        Ok(Self { path: path.to_owned(), decisions, file: None, head, kept: 0 })
    }

    /// Whether there are decisions in the file.
    pub(super) fn holds_any(&self) -> bool {
        self.kept > 0 || !self.decisions.is_empty()
    }

    /// Writes decisions and waits until they are on disk.
    pub(super) fn keep(&mut self, rows: &[DecisionRow]) -> Result<(), CliError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut bytes = std::mem::take(&mut self.head);
        for row in rows {
            bytes.extend(line(&DecisionLine::Decision(row.clone()))?);
        }
        self.write(&bytes).map_err(|error| CliError::io(&self.path, error))?;
        self.kept += rows.len();
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = OpenOptions::new().append(true).create(true).open(&self.path)?;
                if self.decisions.torn > 0 {
                    // A line that was cut off would spoil the next one.
                    file.set_len(self.decisions.whole as u64)?;
                }
                none.insert(file)
            }
        };
        file.write_all(bytes)?;
        file.sync_data()
    }
}

fn has_folder(path: &Path) -> bool {
    path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir())
}

fn line(line: &DecisionLine) -> Result<Vec<u8>, CliError> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    Ok(bytes)
}
