//! The command line: all printing and all file access of the program.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is where the program talks")]

mod args;
mod dict;
mod error;
mod io;
mod model;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use error::CliError;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing is left to report.
    Clean,
    /// There are findings.
    Findings,
    /// Some input failed; the rest was done and the messages are printed.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Parses the command line, runs it and gives the exit code.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let result = match args.command {
        Command::Dict(command) => dict::run(&command),
        Command::Model(command) => model::run(&command),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(CliError::BrokenPipe) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("unspin: {error}");
            ExitCode::from(2)
        }
    }
}
