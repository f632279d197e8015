//! `check --baseline` and `--write-baseline`: findings that are accepted.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::error::CliError;
use super::{io, say};
use crate::report::{Baseline, Report};

#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// Leave out findings that this file accepts
    #[arg(long, value_name = "FILE", conflicts_with_all = ["jsonl", "write_baseline"])]
    pub baseline: Option<PathBuf>,
    /// Accept all findings of this run: write them to a file for --baseline, and exit with 0
    #[arg(long, value_name = "FILE", conflicts_with = "jsonl")]
    pub write_baseline: Option<PathBuf>,
}

/// What is accepted before a run, and by it.
pub(super) struct Acceptance<'a> {
    args: &'a BaselineArgs,
    old: Arc<Baseline>,
    new: Baseline,
    left_out: usize,
}

impl<'a> Acceptance<'a> {
    pub(super) fn begin(args: &'a BaselineArgs) -> Result<Self, CliError> {
        let old = match &args.baseline {
            None => Baseline::default(),
            Some(path) => Baseline::parse(&io::read_text(path)?)
                .map_err(|error| CliError::Baseline { file: path.display().to_string(), error })?,
        };
        Ok(Self { args, old: Arc::new(old), new: Baseline::default(), left_out: 0 })
    }

    /// The report as it is to be shown.
    pub(super) fn of(&mut self, report: Report) -> Report {
        let (report, left_out) = report.without(&self.old);
        self.take(Some(&report), left_out);
        report
    }

    /// What is accepted already.
    pub(super) fn old(&self) -> Arc<Baseline> {
        Arc::clone(&self.old)
    }

    /// Whether findings are to be accepted.
    pub(super) fn wants_reports(&self) -> bool {
        self.args.write_baseline.is_some()
    }

    /// Counts a report without accepted findings, of which there were so many, and accepts what is left.
    pub(super) fn take(&mut self, report: Option<&Report>, left_out: usize) {
        self.left_out += left_out;
        if let Some(report) = report {
            self.new.accept(report);
        }
    }

    /// Writes what was accepted, if that was asked for: then nothing is left to report.
    pub(super) fn finish(self, quiet: bool) -> Result<bool, CliError> {
        if self.left_out > 0 && !quiet {
            say(&format!("{} accepted findings left out", self.left_out));
        }
        let Some(path) = &self.args.write_baseline else { return Ok(false) };
        io::write_atomically(path, self.new.written()?.as_bytes())?;
        Ok(true)
    }
}
