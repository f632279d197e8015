//! Reading and writing files.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::args::Colour;
use super::error::CliError;
use crate::dictionary::Source;
use crate::report::render::{Glyphs, Style};

/// How text on standard output is coloured.
pub(super) fn style(colour: Colour) -> Style {
    Style { colour: is_coloured(colour, &io::stdout()) }
}

/// Whether what goes to a stream is coloured.
pub(super) fn is_coloured(colour: Colour, stream: &impl IsTerminal) -> bool {
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}

/// The characters that can be shown: ASCII alone where the locale names another encoding than UTF-8, or none.
pub(super) fn glyphs() -> Glyphs {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
    let is_utf8 = |locale: String| locale.to_ascii_lowercase().replace('-', "").contains("utf8");
    if locale.is_none_or(is_utf8) { Glyphs::Blocks } else { Glyphs::Ascii }
}

/// Columns of the terminal: what the variable `COLUMNS` says, or what the terminal has, or 80.
pub(super) fn columns() -> usize {
    let said =
        std::env::var("COLUMNS").ok().and_then(|value| value.parse().ok()).filter(|&columns| columns > 0);
    said.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))).unwrap_or(80)
}

/// Reads a whole file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    fs::read(path).map_err(|e| CliError::io(path, e))
}

/// Reads a file, or one byte more than wanted at most if there is more.
pub(super) fn read_up_to(path: &Path, most: usize) -> Result<Vec<u8>, CliError> {
    let file = File::open(path).map_err(|e| CliError::io(path, e))?;
    let mut bytes = Vec::new();
    file.take((most as u64).saturating_add(1)).read_to_end(&mut bytes).map_err(|e| CliError::io(path, e))?;
    Ok(bytes)
}

/// Standard input; a person at a terminal is told that it is waited for.
pub(super) fn stdin() -> io::StdinLock<'static> {
    announce_stdin();
    io::stdin().lock()
}

/// Tells a person at a terminal that standard input is waited for.
pub(super) fn announce_stdin() {
    if io::stdin().is_terminal() {
        super::say("unspin: reading standard input (end it with Ctrl-D, or name files: see --help)");
    }
}

/// Reads a file that must be UTF-8.
pub(super) fn read_text(path: &Path) -> Result<String, CliError> {
    String::from_utf8(read(path)?).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        CliError::io(
            path,
            io::Error::new(io::ErrorKind::InvalidData, format!("not valid UTF-8 at byte {at}")),
        )
    })
}

/// Reads dictionary rows.
pub(super) fn read_source(path: &Path) -> Result<(Source, String), CliError> {
    let text = read_text(path)?;
    Ok((Source::parse(&path.display().to_string(), &text)?, text))
}

/// A text to read line by line, decompressed if its name ends in `.zst`.
pub(super) fn lines(path: &Path) -> Result<impl Iterator<Item = io::Result<String>>, CliError> {
    let file = File::open(path).map_err(|e| CliError::io(path, e))?;
    let plain: Box<dyn Read> = if path.extension().is_some_and(|e| e == "zst") {
        let decoder = ruzstd::decoding::StreamingDecoder::new(BufReader::with_capacity(1 << 20, file))
            .map_err(|e| CliError::io(path, io::Error::new(io::ErrorKind::InvalidData, e.to_string())))?;
        Box::new(decoder)
    } else {
        Box::new(file)
    };
    Ok(BufReader::with_capacity(1 << 20, plain).lines())
}

/// What became of reading a line.
pub(super) enum Line {
    /// There is none left.
    End,
    /// It is read, without its line ending.
    Read,
    /// It has this many bytes, which is too many; it is skipped.
    TooLong(usize),
}

/// Reads a line (ended by `\n` or the end of the input) of at most `most` bytes into an empty buffer.
pub(super) fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>, most: usize) -> io::Result<Line> {
    let mut length = 0;
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        let ended_here = memchr::memchr(b'\n', buffer);
        let part = &buffer[..ended_here.unwrap_or(buffer.len())];
        length += part.len();
        if length <= most {
            line.extend_from_slice(part);
        }
        let (seen, at_end) = (part.len() + usize::from(ended_here.is_some()), buffer.is_empty());
        input.consume(seen);
        if ended_here.is_some() || at_end {
            return Ok(match length {
                0 if at_end => Line::End,
                _ if length > most => Line::TooLong(length),
                _ => Line::Read,
            });
        }
    }
}

/// Writes a file so that a reader sees the old bytes or the new ones, never a part.
pub(super) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    Staged::new(path, bytes)?.commit()
}

/// New bytes of a file, written beside it and safe on disk: what is left to do is to rename them.
///
/// Permissions of an existing file are kept. Dropped without [`commit`](Self::commit), nothing is left behind.
pub(super) struct Staged {
    path: PathBuf,
    target: PathBuf,
    file: NamedTempFile,
}

impl Staged {
    /// Writes the new bytes of the file at `path`; a link stays a link, and the file that it points to is replaced.
    pub(super) fn new(path: &Path, bytes: &[u8]) -> Result<Self, CliError> {
        let fail = |e| CliError::io(path, e);
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let permissions = match fs::metadata(&target) {
            Ok(data) if !data.is_file() => {
                let message = "not a regular file: it can't be replaced";
                return Err(fail(io::Error::new(io::ErrorKind::InvalidInput, message)));
            }
            Ok(data) if data.permissions().readonly() => {
                let message =
                    "the file is read-only, it is left as it is: make it writable first (chmod u+w)";
                return Err(fail(io::Error::new(io::ErrorKind::PermissionDenied, message)));
            }
            Ok(data) => Some(data.permissions()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(fail(e)),
        };
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut file = NamedTempFile::new_in(folder).map_err(fail)?;
        file.write_all(bytes).map_err(fail)?;
        set_permissions(&file, permissions).map_err(fail)?;
        file.as_file().sync_all().map_err(fail)?;
        Ok(Self { path: path.to_owned(), target, file })
    }

    /// Puts the new bytes in the place of the old ones.
    pub(super) fn commit(self) -> Result<(), CliError> {
        let Self { path, target, file } = self;
        file.persist(&target).map(drop).map_err(|e| CliError::io(path, e.error))
    }
}

/// Permissions of the file that is replaced, or those that a new file gets.
fn set_permissions(file: &NamedTempFile, permissions: Option<fs::Permissions>) -> io::Result<()> {
    if let Some(permissions) = permissions {
        return file.as_file().set_permissions(permissions);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private; the user's umask can't be read without changing it, so take the usual one.
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(())
}
