//! From the paths that were typed to the texts that are read.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use super::batch::is_table;
use super::error::CliError;
use super::io;
use super::walk::Walk;
use crate::text::Document;
pub(super) use crate::verbs::LONGEST_TEXT;

/// A text to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// Standard input.
    Stdin,
    /// A file that was named.
    File(PathBuf),
    /// A file that was found in a directory and whose name does not say what it is.
    Guess(PathBuf),
}

/// Bytes of a found file that are searched for NUL, as git does, to tell binary files.
const PROBED: usize = 8_000;

impl Input {
    /// What was typed for standard input.
    pub(super) const STDIN: &str = "-";

    /// The name in messages and reports.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Stdin => Self::STDIN.to_owned(),
            Self::File(path) | Self::Guess(path) => path.display().to_string(),
        }
    }

    /// The document, if it is not too long to be judged; `None` if a found file turns out to be no text.
    pub(super) fn read(&self) -> Result<Option<Document>, CliError> {
        self.read_up_to(LONGEST_TEXT)
    }

    /// The document of whatever length; `None` if a found file turns out to be no text.
    pub(super) fn read_whole(&self) -> Result<Option<Document>, CliError> {
        self.read_up_to(usize::MAX)
    }

    /// The bytes, if they are not too many to be judged; `None` if a found file turns out to be no text.
    pub(super) fn read_bytes(&self) -> Result<Option<Vec<u8>>, CliError> {
        self.bytes_up_to(LONGEST_TEXT)
    }

    fn read_up_to(&self, most: usize) -> Result<Option<Document>, CliError> {
        let Some(bytes) = self.bytes_up_to(most)? else { return Ok(None) };
        Document::from_bytes(bytes).map(Some).map_err(|error| CliError::Document { file: self.name(), error })
    }

    fn bytes_up_to(&self, most: usize) -> Result<Option<Vec<u8>>, CliError> {
        if let Self::File(path) = self
            && is_table(path)
        {
            let message = format!("{}: a table, whose rows are read with --jsonl", path.display());
            return Err(CliError::Usage(message));
        }
        let bytes = match self {
            Self::Stdin => {
                let mut bytes = Vec::new();
                let mut input = std::io::stdin().lock().take((most as u64).saturating_add(1));
                input.read_to_end(&mut bytes).map_err(|e| CliError::io("standard input", e))?;
                bytes
            }
            Self::File(path) | Self::Guess(path) => io::read_up_to(path, most)?,
        };
        if matches!(self, Self::Guess(_)) && !is_text(&bytes) {
            super::say(&format!("{}: skipped: not a text", self.name()));
            return Ok(None);
        }
        if bytes.len() > most {
            let size = match self {
                Self::File(path) | Self::Guess(path) => fs::metadata(path).ok().map(|data| data.len()),
                Self::Stdin => None,
            };
            return Err(CliError::TooLong { file: self.name(), error: too_long(size) });
        }
        Ok(Some(bytes))
    }
}

/// Says that a text is longer than [`LONGEST_TEXT`], by its bytes as far as they are known.
pub(super) fn too_long(bytes: Option<u64>) -> String {
    let size = bytes.filter(|&bytes| bytes > LONGEST_TEXT as u64);
    let size = size.map_or_else(|| format!("more than {LONGEST_TEXT}"), |bytes| bytes.to_string());
    format!(
        "a text of {size} bytes: at most {LONGEST_TEXT} (16 MiB) are judged as one document: split it, \
         an article to a file, or to a row for --jsonl"
    )
}

/// Whether bytes, of which the last may be cut off, look like text.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.iter().take(PROBED).any(|&byte| byte == 0)
        && std::str::from_utf8(bytes)
            .map_or_else(|error| bytes.len() > LONGEST_TEXT && error.error_len().is_none(), |_| true)
}

/// All texts under the paths that were typed: see [`Walk::expand`].
pub(super) fn expand(paths: &[PathBuf]) -> Vec<Result<Input, (PathBuf, CliError)>> {
    Walk::everything().expand(paths)
}

/// Whether more than one text may come of the paths.
pub(super) fn may_be_several(paths: &[PathBuf]) -> bool {
    paths.len() != 1 || paths[0].is_dir()
}

/// Refuses to write several texts to standard output; `instead` says what can be done with them.
pub(super) fn one_text(paths: &[PathBuf], instead: &str) -> Result<(), CliError> {
    if may_be_several(paths) {
        return Err(CliError::Usage(format!(
            "several texts can't go to standard output together: {instead}"
        )));
    }
    Ok(())
}

/// Refuses to replace what is no file.
pub(super) fn files_alone(paths: &[PathBuf]) -> Result<(), CliError> {
    if paths.iter().all(|path| path.as_os_str() != Input::STDIN) {
        return Ok(());
    }
    let message = "--write replaces files, and standard input is none: name files, or leave out --write";
    Err(CliError::Usage(message.to_owned()))
}
