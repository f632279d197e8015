//! `unspin dict`: build and check dictionaries.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::DictCommand;
use super::error::CliError;
use super::{Outcome, complain, explain, import, io, lexicon, pairs, widen};
use crate::dictionary::{compile, complaints, digest_of};

pub(super) fn run(command: &DictCommand) -> Result<Outcome, CliError> {
    match command {
        DictCommand::Build { sources, output } => build(sources, output),
        DictCommand::Check { sources } => check(sources),
        DictCommand::Widen(args) => widen::run(args),
        DictCommand::Import(args) => import::run(args),
        DictCommand::Lexicon(args) => lexicon::run(args),
        DictCommand::Explain(args) => explain::run(args),
        DictCommand::Learn(args) => pairs::run(args),
    }
}

fn build(paths: &[PathBuf], output: &Path) -> Result<Outcome, CliError> {
    let (mut sources, mut digests) = (Vec::new(), Vec::new());
    for path in paths {
        let (source, text) = io::read_source(path)?;
        digests.push(digest_of(&source.file, &text));
        sources.push(source);
    }
    let fail = |error| CliError::Compile { file: output.display().to_string(), error };
    io::write_atomically(output, &compile(&sources, digests).map_err(fail)?)?;
    Ok(Outcome::Clean)
}

/// Names every row that breaks a rule; files with a row that can't be read are named and left out.
fn check(paths: &[PathBuf]) -> Result<Outcome, CliError> {
    let (mut sources, mut failed) = (Vec::new(), false);
    for path in paths {
        match io::read_source(path) {
            Ok((source, _)) => sources.push(source),
            Err(error) => {
                failed = true;
                complain(&error);
            }
        }
    }
    let complaints = complaints(&sources);
    let mut out = std::io::stdout().lock();
    for complaint in &complaints {
        writeln!(out, "{complaint}")?;
    }
    Ok(Outcome::of(failed, !complaints.is_empty()))
}
