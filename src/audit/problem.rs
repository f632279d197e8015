//! What can be wrong with a trail.

use thiserror::Error;

use super::{SCHEMA, VERSION};

/// Something wrong with a trail. Lines are counted from 1, as they stand in the file; columns are bytes, from 1.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum Problem {
    /// The input has no header and no seals.
    #[error("line 1: not an audit trail of unspin: give the file that `--audit` wrote")]
    NotATrail,
    /// The header is of another schema; nothing more was read.
    #[error("line {line}: the schema is {found:?}, not \"{SCHEMA}\": give the file that `--audit` wrote")]
    UnknownSchema {
        /// The header's line.
        line: u64,
        /// The schema it names.
        found: String,
    },
    /// The header is of another version; nothing more was read.
    #[error(
        "line {line}: version {found} of the trail, but only {VERSION} is known: use the version of unspin that wrote it"
    )]
    UnknownVersion {
        /// The header's line.
        line: u64,
        /// The version it names.
        found: u64,
    },
    /// Line ends were converted (CR LF instead of LF): said once, and else ignored.
    #[error(
        "line {line}: the line ends were converted to CR LF: convert them back, or turn conversion off (git: `-text`)"
    )]
    LineEnds {
        /// The first such line.
        line: u64,
    },
    /// The line is not JSON.
    #[error("line {line}, column {column}: not JSON: {message}")]
    Malformed {
        /// The line.
        line: u64,
        /// The byte in the line.
        column: usize,
        /// What the reader stumbled over.
        message: String,
    },
    /// The line does not end with its digest.
    #[error("line {line}: no digest at its end: altered, or not written by unspin")]
    Unsealed {
        /// The line.
        line: u64,
    },
    /// The line's digest is not that of its bytes.
    #[error("line {line}: altered: its digest should be {found}, but it says {stated}")]
    Altered {
        /// The line.
        line: u64,
        /// The digest at its end.
        stated: String,
        /// The digest of its bytes.
        found: String,
    },
    /// The line is sealed, but says what no trail says.
    #[error("line {line}: unexpected: {message}")]
    Unexpected {
        /// The line.
        line: u64,
        /// What is odd.
        message: String,
    },
    /// Records were dropped.
    #[error("line {line}: {count} record(s) dropped before it")]
    Dropped {
        /// The first line after the hole.
        line: u64,
        /// How many are nowhere in the file.
        count: u64,
    },
    /// Two neighbours were swapped.
    #[error("lines {line} and {}: swapped", line + 1)]
    Swapped {
        /// The first of the two lines.
        line: u64,
    },
    /// A record stands after one that it precedes, or once more.
    #[error("line {line}: record {record} is out of order here, or repeated")]
    OutOfOrder {
        /// The line.
        line: u64,
        /// Which line the record says it is.
        record: u64,
    },
    /// A record does not follow the one before it, though its number does.
    #[error("line {line}: does not follow line {}, which was altered and sealed anew or comes from another trail", line - 1)]
    Unlinked {
        /// The second of the two lines.
        line: u64,
    },
    /// A document has more or fewer fixes than it says.
    #[error("line {line}: the document says that {stated} fixes follow, but {found} do")]
    RecordCount {
        /// The document's line.
        line: u64,
        /// What it says.
        stated: u64,
        /// What was found.
        found: u64,
    },
    /// There are more or fewer documents than the end says.
    #[error("line {line}: the end says that there are {stated} documents, but there are {found}")]
    DocumentCount {
        /// The end's line.
        line: u64,
        /// What it says.
        stated: u64,
        /// What was found.
        found: u64,
    },
    /// The trail stops before its end.
    #[error(
        "line {line}: truncated: the trail stops here without its end; lines were cut off, or the run was interrupted"
    )]
    Truncated {
        /// The last line.
        line: u64,
    },
    /// Something was appended.
    #[error("line {line}: {lines} line(s) appended after the end of the trail")]
    Appended {
        /// The first line after the end.
        line: u64,
        /// How many there are.
        lines: u64,
    },
}

impl Problem {
    /// The line it is about, or the first of them.
    pub fn line(&self) -> u64 {
        match self {
            Self::NotATrail => 1,
            Self::UnknownSchema { line, .. }
            | Self::UnknownVersion { line, .. }
            | Self::LineEnds { line }
            | Self::Malformed { line, .. }
            | Self::Unsealed { line }
            | Self::Altered { line, .. }
            | Self::Unexpected { line, .. }
            | Self::Dropped { line, .. }
            | Self::Swapped { line }
            | Self::OutOfOrder { line, .. }
            | Self::Unlinked { line }
            | Self::RecordCount { line, .. }
            | Self::DocumentCount { line, .. }
            | Self::Truncated { line }
            | Self::Appended { line, .. } => *line,
        }
    }
}
