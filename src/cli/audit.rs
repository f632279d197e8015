//! `unspin audit`: verify a trail, do again what it records, or undo it.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

use super::args::{AuditCommand, ReplayArgs};
use super::error::CliError;
use super::input::{self, Input};
use super::{Outcome, complain, io};
use crate::audit::{AuditError, ReplayError, Trail, TrailDocument, read_trail, replay, revert, verify_trail};
use crate::text::Document;

/// Making a text from another by a document of a trail.
type Remake = fn(&str, &TrailDocument) -> Result<String, ReplayError>;

/// The digest by which a document is found.
type Digest = fn(&TrailDocument) -> &str;

pub(super) fn run(command: &AuditCommand) -> Result<Outcome, CliError> {
    match command {
        AuditCommand::Verify { trail } => verify(trail),
        AuditCommand::Replay(args) => remake(args, replay, |document| &document.about.sha256_before),
        AuditCommand::Revert(args) => remake(args, revert, |document| &document.about.sha256_after),
    }
}

fn open(path: &Path) -> Result<BufReader<File>, CliError> {
    File::open(path).map(BufReader::new).map_err(|e| CliError::io(path, e))
}

fn verify(path: &Path) -> Result<Outcome, CliError> {
    let found = verify_trail(open(path)?).map_err(|e| CliError::io(path, e))?;
    let (name, mut out) = (path.display(), std::io::stdout().lock());
    for problem in &found.problems {
        writeln!(out, "{name}: {problem}")?;
    }
    if found.problems.is_empty() {
        let (documents, applied, skipped) = (found.documents, found.applied, found.skipped);
        let digest = found.digest.unwrap_or_default();
        writeln!(out, "{name}: whole: {documents} documents, {applied} fixes applied, {skipped} skipped")?;
        writeln!(out, "{name}: digest {digest}")?;
    }
    Ok(Outcome::of(false, !found.problems.is_empty()))
}

fn remake(args: &ReplayArgs, remake: Remake, digest: Digest) -> Result<Outcome, CliError> {
    if args.write {
        input::files_alone(&args.input.paths)?;
    } else {
        input::one_text(&args.input.paths, "replace the files (--write)")?;
    }
    let broken = |error: AuditError| match error {
        AuditError::Io(error) => CliError::io(&args.trail, error),
        AuditError::Broken(_) => {
            CliError::Trail { file: args.trail.display().to_string(), error: error.to_string() }
        }
    };
    let trail = read_trail(open(&args.trail)?).map_err(broken)?;
    let mut failed = false;
    for input in input::expand(&args.input.paths) {
        let done = input.map_err(|(_, error)| error).and_then(|input| {
            let Some(document) = input.read_whole()? else { return Ok(()) };
            let text = made(args, &trail, &input, &document, remake, digest)?;
            match &input {
                Input::File(path) | Input::Guess(path) if args.write => {
                    io::write_atomically(path, text.as_bytes())
                }
                _ => Ok(std::io::stdout().lock().write_all(text.as_bytes())?),
            }
        });
        match done {
            Ok(()) => {}
            Err(error @ (CliError::BrokenPipe | CliError::Output(_))) => return Err(error),
            Err(error) => {
                failed = true;
                complain(&error);
            }
        }
    }
    Ok(Outcome::of(failed, false))
}

/// The text that the trail makes of a document: of the one that is named by its number, or whose digest fits.
fn made(
    args: &ReplayArgs,
    trail: &Trail,
    input: &Input,
    document: &Document,
    remake: Remake,
    digest: Digest,
) -> Result<String, CliError> {
    let fail = |error: String| CliError::Trail { file: input.name(), error };
    let sha256 = document.sha256();
    let found = match (args.document, trail.documents.as_slice()) {
        (Some(number), all) => all.iter().find(|d| d.id == number).ok_or_else(|| {
            fail(format!("there is no document {number} in the trail, it has {}: see --document", all.len()))
        })?,
        // With one document, the comparison of the digests says what is wrong.
        (None, [one]) => one,
        (None, all) => all.iter().find(|d| digest(d) == sha256).ok_or_else(|| {
            fail(format!(
                "no document of the trail has this text (SHA-256 {sha256}): give the right file, unedited"
            ))
        })?,
    };
    remake(document.text(), found).map_err(|error| fail(error.to_string()))
}
