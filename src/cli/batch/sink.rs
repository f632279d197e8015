//! Where rows go.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, StdoutLock, Write};
use std::path::{Path, PathBuf};

use super::codec::Codec;
use super::parquet::Table;
use super::row::Row;
use super::source::{Source, is_table};
use crate::cli::error::CliError;

/// Where the rows of all inputs go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Stdout,
    /// All into this file.
    File(PathBuf),
    /// Into files of this folder, named as the inputs are.
    Folder(PathBuf),
}

impl Place {
    /// A path is a folder if it is there as one, if it is written with a slash at its end, or if there are several inputs and it does
    /// not end like a file of rows.
    pub(super) fn of(path: Option<&Path>, sources: &[Source]) -> Result<Self, CliError> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        let name = path.to_string_lossy();
        let is_rows = is_table(path)
            || [".jsonl", ".ndjson", ".json", ".gz", ".zst"].iter().any(|end| name.ends_with(end));
        let is_folder =
            path.is_dir() || name.ends_with(std::path::MAIN_SEPARATOR) || (sources.len() > 1 && !is_rows);
        let place = if is_folder { Self::Folder(path.to_owned()) } else { Self::File(path.to_owned()) };
        place.check(sources)?;
        Ok(place)
    }

    /// No output may be an input, nor be there for two of them.
    fn check(&self, sources: &[Source]) -> Result<(), CliError> {
        let Self::Folder(folder) = self else {
            return sources.iter().try_for_each(|source| self.spares(source, sources));
        };
        let mut places: Vec<&Path> = sources.iter().map(|source| source.place.as_path()).collect();
        places.sort_unstable();
        if let Some(twice) = places.windows(2).find(|pair| pair[0] == pair[1]) {
            let path = folder.join(twice[0]);
            let message = format!("the rows of two inputs would go to {}: name their folder", path.display());
            return Err(CliError::Usage(message));
        }
        if sources.iter().any(Source::is_stdin) {
            let message = "standard input has no name for a file in a folder: name a file with --output";
            return Err(CliError::Usage(message.to_owned()));
        }
        sources.iter().try_for_each(|source| self.spares(source, sources))
    }

    fn spares(&self, source: &Source, sources: &[Source]) -> Result<(), CliError> {
        let Some(path) = self.file(source).and_then(|path| fs::canonicalize(path).ok()) else {
            return Ok(());
        };
        let is_input = |input: &&Source| fs::canonicalize(&input.path).is_ok_and(|input| input == path);
        match sources.iter().find(is_input) {
            Some(input) => {
                let path = input.path.display();
                Err(CliError::Usage(format!("{path} is read and would be written: name another --output")))
            }
            None => Ok(()),
        }
    }

    /// The file for the rows of an input.
    pub(super) fn file(&self, source: &Source) -> Option<PathBuf> {
        match self {
            Self::Stdout => None,
            Self::File(path) => Some(path.clone()),
            Self::Folder(folder) => Some(folder.join(&source.place)),
        }
    }

    /// Where it is kept how far a run came.
    pub(super) fn progress(&self) -> Option<PathBuf> {
        match self {
            Self::Stdout => None,
            Self::File(path) => Some(with_end(path, ".progress")),
            Self::Folder(folder) => Some(folder.join("unspin.progress")),
        }
    }
}

/// An output that is open.
pub(super) enum Sink {
    Stdout(BufWriter<StdoutLock<'static>>),
    File(Part),
    Table(Box<Table>),
}

impl Sink {
    pub(super) fn write(&mut self, row: &mut Row) -> Result<(), CliError> {
        match self {
            Self::Stdout(out) => Ok(out.write_all(&row.bytes)?),
            Self::File(part) => {
                part.frame.extend_from_slice(&row.bytes);
                Ok(())
            }
            Self::Table(table) => table.push(row),
        }
    }

    /// Whether a run could go on from here, and enough came since the last such point: so many bytes of rows, read or written.
    pub(super) fn is_full(&self, read: u64, every: u64) -> bool {
        match self {
            Self::Stdout(_) => false,
            Self::File(part) => read >= every || part.pending() >= every,
            Self::Table(table) => table.is_between_groups() && (read >= every || table.pending() >= every),
        }
    }

    /// Writes what there is. Returns the bytes in the file, if it is one.
    pub(super) fn seal(&mut self) -> Result<Option<u64>, CliError> {
        match self {
            Self::Stdout(_) => Ok(None),
            Self::File(part) => part.seal().map(Some),
            Self::Table(table) => table.seal().map(Some),
        }
    }

    /// Makes sure that the bytes stay even if the machine fails.
    pub(super) fn sync(&self) -> Result<(), CliError> {
        match self {
            Self::Stdout(_) => Ok(()),
            Self::File(part) => part.sync(),
            Self::Table(table) => table.sync(),
        }
    }

    /// Gives a file its name. Returns what may be removed when nobody can want to go on from before that.
    pub(super) fn finish(self) -> Result<Option<PathBuf>, CliError> {
        match self {
            Self::Stdout(mut out) => out.flush()?,
            Self::File(part) => part.finish()?,
            Self::Table(table) => return table.finish().map(Some),
        }
        Ok(None)
    }
}

/// A file that is being written: `NAME.part` until it is whole.
pub(super) struct Part {
    path: PathBuf,
    file: File,
    codec: Codec,
    /// Bytes in the file.
    written: u64,
    /// Plain bytes that follow them.
    pub(super) frame: Vec<u8>,
}

impl Part {
    /// Opens the file for going on after so many bytes.
    pub(super) fn open(path: &Path, written: u64) -> Result<Self, CliError> {
        let part = with_end(path, ".part");
        // It may have got its name just before the run was interrupted.
        if written > 0 && !part.exists() && path.exists() {
            fs::rename(path, &part).map_err(|error| CliError::io(path, error))?;
        }
        Self::begin(path, written)
    }

    /// Opens the file for going on after so many bytes, which has not got its name yet.
    pub(super) fn begin(path: &Path, written: u64) -> Result<Self, CliError> {
        let fail = |error| CliError::io(path, error);
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|error| CliError::io(folder, error))?;
        }
        let part = with_end(path, ".part");
        let mut file = File::options().write(true).create(true).truncate(false).open(&part).map_err(fail)?;
        if file.metadata().map_err(fail)?.len() < written {
            let message = format!("{}: shorter than when the run was interrupted", part.display());
            return Err(CliError::Usage(format!("{message}: remove the progress file to begin anew")));
        }
        file.set_len(written).map_err(fail)?;
        file.seek(SeekFrom::Start(written)).map_err(fail)?;
        Ok(Self { path: path.to_owned(), file, codec: Codec::of(path), written, frame: Vec::new() })
    }

    /// Plain bytes that are not in the file yet.
    pub(super) fn pending(&self) -> u64 {
        self.frame.len() as u64
    }

    /// Whether nothing was written, here or before.
    #[cfg(feature = "parquet")]
    pub(super) fn is_empty(&self) -> bool {
        self.written == 0 && self.frame.is_empty()
    }

    /// Writes what there is as a frame. Returns the bytes in the file.
    pub(super) fn seal(&mut self) -> Result<u64, CliError> {
        if !self.frame.is_empty() {
            self.put().map_err(|error| CliError::io(&self.path, error))?;
        }
        Ok(self.written)
    }

    fn put(&mut self) -> io::Result<()> {
        let compressed;
        let bytes = if self.codec == Codec::Plain {
            &self.frame
        } else {
            compressed = self.codec.compress(&self.frame)?;
            &compressed
        };
        self.file.write_all(bytes)?;
        self.written += bytes.len() as u64;
        self.frame.clear();
        // A long row must not keep its memory for good.
        self.frame.shrink_to(16 << 20);
        Ok(())
    }

    /// Makes sure that the bytes stay even if the machine fails.
    pub(super) fn sync(&self) -> Result<(), CliError> {
        self.file.sync_data().map_err(|error| CliError::io(&self.path, error))
    }

    /// Gives the file its name.
    pub(super) fn finish(mut self) -> Result<(), CliError> {
        self.seal()?;
        if self.written == 0 {
            // A compressed file without a frame is no such file.
            self.put().map_err(|error| CliError::io(&self.path, error))?;
        }
        self.sync()?;
        fs::rename(with_end(&self.path, ".part"), &self.path).map_err(|error| CliError::io(&self.path, error))
    }
}

/// A file name with something at its end.
pub(super) fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
