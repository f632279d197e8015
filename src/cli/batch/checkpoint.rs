//! How far a run came, in a file, so that it can go on from there.
//!
//! The file is written when everything that it counts is safe on disk, and replaced as a whole. So a run can be stopped at any moment,
//! even by `SIGKILL` or a power cut: what was written after the last checkpoint is cut off and done again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::sink::with_end;
use super::source::Source;
use super::tally::Tally;
use crate::audit::TrailState;
use crate::cli::error::CliError;
use crate::report::wire::TOOL;
use crate::text::sha256_hex;

const SCHEMA: &str = "unspin-progress";
const VERSION: u32 = 1;

/// Options on which the output depends, with their values.
pub(super) type Options = BTreeMap<String, String>;

/// The state between two rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    schema: String,
    version: u32,
    tool: String,
    options: Options,
    /// Digest of names, sizes and times of all inputs.
    inputs: String,
    /// Number of the input that is read, from 0.
    pub input: usize,
    /// Its lines that are done.
    pub line: usize,
    /// Their bytes, decompressed.
    pub offset: u64,
    /// Bytes of the output that belong to them.
    pub written: u64,
    pub tally: Tally,
    /// Where the trail stands, if there is one.
    pub trail: Option<TrailState>,
}

impl Checkpoint {
    /// The state of a run before its first row.
    pub(super) fn begin(options: Options, sources: &[Source]) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            version: VERSION,
            tool: TOOL.to_owned(),
            options,
            inputs: identity(sources),
            input: 0,
            line: 0,
            offset: 0,
            written: 0,
            tally: Tally::default(),
            trail: None,
        }
    }

    /// Reads where an earlier run came to; `None` if there is no such file.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, CliError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(CliError::io(path, error)),
        };
        let found: Self = serde_json::from_slice(&bytes)
            .map_err(|error| refused(path, &format!("it is no progress file ({error})")))?;
        Ok(Some(found))
    }

    /// Asserts that a run like `other` can go on from here.
    pub(super) fn fits(&self, other: &Self, path: &Path) -> Result<(), CliError> {
        if (&self.schema, self.version) != (&other.schema, other.version) || self.tool != other.tool {
            return Err(refused(path, &format!("the run was begun by {}", self.tool)));
        }
        let names = self.options.keys().chain(other.options.keys());
        let of = |options: &Options, name: &str| options.get(name).cloned().unwrap_or_default();
        for name in names {
            let (then, now) = (of(&self.options, name), of(&other.options, name));
            if then != now {
                let why = format!("the run was begun with another {name}: `{then}`, now `{now}`");
                return Err(refused(path, &why));
            }
        }
        if self.inputs != other.inputs {
            return Err(refused(path, "the run was begun with other inputs, or they changed since"));
        }
        Ok(())
    }

    /// Replaces the file.
    pub(super) fn write(&self, path: &Path) -> Result<(), CliError> {
        let bytes = serde_json::to_vec(self)?;
        let fail = |error| CliError::io(path, error);
        let new = with_end(path, ".new");
        let mut file = File::create(&new).map_err(fail)?;
        file.write_all(&bytes).map_err(fail)?;
        file.sync_data().map_err(fail)?;
        fs::rename(&new, path).map_err(fail)
    }
}

fn refused(path: &Path, why: &str) -> CliError {
    let path = path.display();
    CliError::Usage(format!("{path}: can't go on from here: {why}; remove this file to begin anew"))
}

/// What tells whether inputs are the same as before: their names, sizes and times of change.
fn identity(sources: &[Source]) -> String {
    let one = |source: &Source| {
        let data = fs::metadata(&source.path).ok();
        let size = data.as_ref().map(fs::Metadata::len);
        let time = data.and_then(|data| data.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        format!("{:?} {size:?} {time:?}\n", source.path.as_os_str().as_encoded_bytes())
    };
    sha256_hex(sources.iter().map(one).collect::<String>().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_why_a_run_cannot_go_on() {
        let options = |value: &str| Options::from([("policy".to_owned(), value.to_owned())]);
        let source = |name: &str| Source { path: name.into(), place: name.into() };
        let then = Checkpoint::begin(options("a"), &[source("x")]);
        let fits = |now: &Checkpoint| then.fits(now, Path::new("p")).map_err(|error| error.to_string());
        assert_eq!(fits(&then), Ok(()));
        assert_eq!(
            fits(&Checkpoint::begin(options("b"), &[source("x")])).unwrap_err(),
            "p: can't go on from here: the run was begun with another policy: `a`, now `b`; remove this file to begin anew"
        );
        assert!(fits(&Checkpoint::begin(options("a"), &[source("y")])).unwrap_err().contains("other inputs"));
        let older = Checkpoint { tool: "unspin 0.0.1".to_owned(), ..then.clone() };
        assert!(fits(&older).unwrap_err().contains("the run was begun by"));
    }

    #[test]
    fn is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p");
        assert_eq!(Checkpoint::read(&path).unwrap(), None);
        let state = Checkpoint { line: 7, ..Checkpoint::begin(Options::new(), &[]) };
        state.write(&path).unwrap();
        assert_eq!(Checkpoint::read(&path).unwrap(), Some(state));
        fs::write(&path, "{").unwrap();
        assert!(Checkpoint::read(&path).unwrap_err().to_string().contains("it is no progress file"));
    }
}
