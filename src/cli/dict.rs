//! `unspin dict`: build, check and query dictionaries.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::DictCommand;
use super::error::CliError;
use super::{Outcome, io};
use crate::dictionary::{compile, complaints, digest_of};

pub(super) fn run(command: &DictCommand) -> Result<Outcome, CliError> {
    match command {
        DictCommand::Build { sources, output } => build(sources, output),
        DictCommand::Check { sources } => check(sources),
    }
}

fn build(paths: &[PathBuf], output: &Path) -> Result<Outcome, CliError> {
    let (mut sources, mut digests) = (Vec::new(), Vec::new());
    for path in paths {
        let (source, text) = io::read_source(path)?;
        digests.push(digest_of(&source.file, &text));
        sources.push(source);
    }
    io::write_atomically(output, &compile(&sources, digests)?)?;
    Ok(Outcome::Clean)
}

fn check(paths: &[PathBuf]) -> Result<Outcome, CliError> {
    let sources =
        paths.iter().map(|path| Ok(io::read_source(path)?.0)).collect::<Result<Vec<_>, CliError>>()?;
    let complaints = complaints(&sources);
    let mut out = std::io::stdout().lock();
    for complaint in &complaints {
        writeln!(out, "{complaint}")?;
    }
    Ok(if complaints.is_empty() { Outcome::Clean } else { Outcome::Findings })
}
