//! Reading and verifying a trail.

use std::io::{self, BufRead};
use std::mem;

use serde::Deserialize;
use thiserror::Error;

use super::chain::{Sealed, reason};
use super::problem::Problem;
use super::record::{AuditRecord, DocumentLine, EndLine, Header, TrailDocument};
use super::sequence::Sequence;
use super::{SCHEMA, VERSION};

/// A trail in which nothing is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Trail {
    /// What the run worked with.
    pub header: Header,
    /// The documents in order.
    pub documents: Vec<TrailDocument>,
    /// The digest of the last line, in hexadecimal: it stands for the whole trail.
    pub digest: String,
}

/// What verifying a trail found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verification {
    /// What the run worked with, if that can be read.
    pub header: Option<Header>,
    /// The digest of the last line, in hexadecimal, if there is an end.
    pub digest: Option<String>,
    /// Number of lines.
    pub lines: u64,
    /// Number of documents that can be read.
    pub documents: u64,
    /// Number of applied fixes that can be read.
    pub applied: u64,
    /// Number of skipped fixes that can be read.
    pub skipped: u64,
    /// Everything that is wrong, in order of discovery; empty for a trail that is whole.
    pub problems: Vec<Problem>,
}

/// A trail that can't be used.
#[derive(Debug, Error)]
pub enum AuditError {
    /// Reading failed.
    #[error("the audit trail can't be read: {0}")]
    Io(#[from] io::Error),
    /// Something is wrong with it: at least one problem.
    #[error("the audit trail can't be relied on: {} problem(s), the first in {}; look for an unaltered copy",
            .0.len(), .0.first().map_or(String::new(), ToString::to_string))]
    Broken(Vec<Problem>),
}

/// Reads a trail and verifies all of it. The documents are kept in memory; [`walk_trail`] does without.
///
/// # Errors
///
/// If reading fails, or anything is wrong with the trail: all problems are named.
pub fn read_trail(input: impl BufRead) -> Result<Trail, AuditError> {
    let mut documents = Vec::new();
    let found = walk_trail(input, |document| documents.push(document))?;
    match (found.header, found.digest) {
        (Some(header), Some(digest)) if found.problems.is_empty() => Ok(Trail { header, documents, digest }),
        _ => Err(AuditError::Broken(found.problems)),
    }
}

/// Verifies a trail, in the memory of its largest document and its problems.
///
/// # Errors
///
/// Only if reading fails. What is wrong with the trail is in the result.
pub fn verify_trail(input: impl BufRead) -> io::Result<Verification> {
    walk_trail(input, |_| ())
}

/// Verifies a trail and visits its documents on the way, up to the first problem.
///
/// That a document is visited does not mean that the rest of the trail is whole: look at the result before acting on it, or
/// verify first and walk then.
///
/// # Errors
///
/// Only if reading fails. What is wrong with the trail is in the result.
pub fn walk_trail(mut input: impl BufRead, visit: impl FnMut(TrailDocument)) -> io::Result<Verification> {
    let mut walk = Walk::new(visit);
    let mut line = Vec::new();
    while walk.phase != Phase::Stopped && input.read_until(b'\n', &mut line)? > 0 {
        walk.line(&line);
        line.clear();
    }
    Ok(walk.finish())
}

/// A line of a trail that is well sealed.
enum Record {
    Header(Header),
    Document(DocumentLine),
    Fix(AuditRecord),
    End(EndLine),
}

/// A document whose fixes are being read.
struct Open {
    line: u64,
    stated: u64,
    found: u64,
    document: TrailDocument,
}

/// How far reading has come.
#[derive(PartialEq)]
enum Phase {
    /// Before the end.
    Open,
    /// After the `end` line.
    Ended,
    /// What follows can't be read as a trail, or nothing follows.
    Stopped,
}

/// The state of reading.
struct Walk<V> {
    found: Verification,
    sequence: Sequence,
    open: Option<Open>,
    /// Something is wrong since the last `document` line: its fixes can't be counted.
    trouble: bool,
    /// Converted line ends are reported.
    line_ends: bool,
    phase: Phase,
    visit: V,
}

impl<V: FnMut(TrailDocument)> Walk<V> {
    fn new(visit: V) -> Self {
        let (found, sequence) = (Verification::default(), Sequence::new());
        Self { found, sequence, open: None, trouble: false, line_ends: false, phase: Phase::Open, visit }
    }

    /// Takes a line with its line feed.
    fn line(&mut self, bytes: &[u8]) {
        self.found.lines += 1;
        let line = self.found.lines;
        let Some(mut text) = bytes.strip_suffix(b"\n") else { return self.cut(bytes) };
        if let Some(unix) = text.strip_suffix(b"\r") {
            if !mem::replace(&mut self.line_ends, true) {
                self.problem(Problem::LineEnds { line });
            }
            text = unix;
        }
        match Sealed::read(text, line) {
            Ok(sealed) if self.phase == Phase::Ended && !self.sequence.is_missing(sealed.number) => {
                self.appended();
            }
            Ok(sealed) => {
                let in_place = self.sequence.accept(&sealed, line, &mut self.found.problems);
                self.trouble |= !in_place;
                self.record(&sealed, in_place);
            }
            Err(_) if self.phase == Phase::Ended => self.appended(),
            Err(_) if line == 1 && is_foreign(text) => self.stop(Problem::NotATrail),
            Err(problem) => {
                self.sequence.unreadable();
                if text.starts_with(br#"{"type":"end","#) {
                    self.phase = Phase::Ended;
                }
                self.problem(problem);
            }
        }
    }

    /// Takes a last line without a line feed: no whole trail has one.
    fn cut(&mut self, bytes: &[u8]) {
        let line = self.found.lines;
        match self.phase {
            Phase::Ended => self.appended(),
            _ if line == 1 && is_foreign(bytes) => self.stop(Problem::NotATrail),
            _ => self.stop(Problem::Truncated { line }),
        }
    }

    /// Takes a line whose seal is right.
    fn record(&mut self, sealed: &Sealed, in_place: bool) {
        let line = self.found.lines;
        let record = match parse(sealed, line) {
            Ok(record) => record,
            Err(problem @ (Problem::UnknownSchema { .. } | Problem::UnknownVersion { .. })) => {
                return self.stop(problem);
            }
            Err(problem) => return self.problem(problem),
        };
        let odd = |message: &str| Problem::Unexpected { line, message: message.to_owned() };
        if in_place && (sealed.number == 1) != matches!(record, Record::Header(_)) {
            self.problem(odd("the header is the first record, and only the first"));
        }
        match record {
            Record::Header(header) => self.found.header = Some(header),
            Record::Document(stated) => {
                self.close();
                self.trouble = !in_place;
                self.found.documents += 1;
                let document = TrailDocument { id: stated.id, about: stated.about, records: Vec::new() };
                self.open = Some(Open { line, stated: stated.records, found: 0, document });
            }
            Record::Fix(fix) => {
                let count = if fix.is_applied() { &mut self.found.applied } else { &mut self.found.skipped };
                *count += 1;
                match &mut self.open {
                    Some(open) => {
                        open.found += 1;
                        if self.found.problems.is_empty() {
                            open.document.records.push(fix);
                        }
                    }
                    None if in_place && !self.trouble => {
                        self.problem(odd("a fix, but no document before it"));
                    }
                    None => {}
                }
            }
            Record::End(stated) => {
                self.close();
                self.phase = Phase::Ended;
                self.found.digest = Some(sealed.digest.to_owned());
                let (stated, found) = (stated.documents, self.found.documents);
                if self.found.problems.is_empty() && stated != found {
                    self.problem(Problem::DocumentCount { line, stated, found });
                }
            }
        }
    }

    /// Ends the document that is open.
    fn close(&mut self) {
        let Some(Open { line, stated, found, document }) = self.open.take() else { return };
        if stated != found && !self.trouble {
            self.problem(Problem::RecordCount { line, stated, found });
        }
        if self.found.problems.is_empty() {
            (self.visit)(document);
        }
    }

    /// Takes a line after the end.
    fn appended(&mut self) {
        let line = self.found.lines;
        let appended = self.found.problems.iter_mut().rev().find_map(|problem| match problem {
            Problem::Appended { lines, .. } => Some(lines),
            _ => None,
        });
        match appended {
            Some(lines) => *lines += 1,
            None => self.problem(Problem::Appended { line, lines: 1 }),
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.trouble = true;
        self.found.problems.push(problem);
    }

    fn stop(&mut self, problem: Problem) {
        self.phase = Phase::Stopped;
        self.problem(problem);
    }

    fn finish(mut self) -> Verification {
        let line = self.found.lines;
        if line == 0 {
            self.problem(Problem::NotATrail);
        } else if self.phase == Phase::Open {
            self.problem(Problem::Truncated { line });
        }
        self.found.problems.retain(|problem| !matches!(problem, Problem::Dropped { count: 0, .. }));
        self.found
    }
}

/// Reads what a line says. Fields that are not known are left alone: the digest covers them.
fn parse(sealed: &Sealed, line: u64) -> Result<Record, Problem> {
    #[derive(Deserialize)]
    struct Version {
        schema: String,
        version: u64,
    }
    let unexpected = |e: serde_json::Error| Problem::Unexpected { line, message: reason(&e) };
    let text = sealed.text;
    match &*sealed.kind {
        "header" => {
            let Version { schema, version } = serde_json::from_str(text).map_err(unexpected)?;
            if schema != SCHEMA {
                return Err(Problem::UnknownSchema { line, found: schema });
            }
            if version != VERSION {
                return Err(Problem::UnknownVersion { line, found: version });
            }
            serde_json::from_str(text).map(Record::Header).map_err(unexpected)
        }
        "document" => serde_json::from_str(text).map(Record::Document).map_err(unexpected),
        "fix" => serde_json::from_str(text).map(Record::Fix).map_err(unexpected),
        "end" => serde_json::from_str(text).map(Record::End).map_err(unexpected),
        other => Err(Problem::Unexpected { line, message: format!("a record of type {other:?}") }),
    }
}

/// Whether an unreadable first line is of another kind of file, rather than a damaged header.
fn is_foreign(line: &[u8]) -> bool {
    let holds = |text: &str| line.windows(text.len()).any(|window| window == text.as_bytes());
    !holds(SCHEMA) && !holds(r#","previous":""#)
}
