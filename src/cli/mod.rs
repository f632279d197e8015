//! The command line: all printing and all file access of the program.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is where the program talks")]

mod args;
mod audit;
mod baseline;
mod batch;
mod check;
mod clean;
mod completions;
mod config;
mod dict;
mod engine;
mod error;
mod eval;
mod eval_clean;
mod examples;
mod explain;
mod fix;
mod furniture;
mod held_out;
mod import;
mod input;
mod io;
mod learn;
mod lexicon;
mod model;
mod page;
mod pairs;
mod per_file;
mod printer;
mod progress;
mod review;
mod score;
mod screen;
mod tortured;
mod trail;
mod verbose;
mod walk;
mod widen;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Cli, Command};
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

impl Outcome {
    /// The outcome of a command: failures count most, findings only where they should.
    fn of(failed: bool, findings: bool) -> Self {
        match (failed, findings) {
            (true, _) => Self::Failed,
            (false, true) => Self::Findings,
            (false, false) => Self::Clean,
        }
    }
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
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let result = match cli.command {
        Command::Check(args) => check::configured(args, &matches),
        Command::Fix(args) => fix::configured(args, &matches),
        Command::Review(args) => review::configured(args, &matches),
        Command::Clean(args) => clean::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Audit(command) => audit::run(&command),
        Command::Eval(args) => eval::run(&args),
        Command::Learn(args) => learn::run(&args),
        Command::Furniture(command) => furniture::run(&command),
        Command::Screen(command) => screen::run(&command),
        Command::Dict(command) => dict::run(&command),
        Command::Model(command) => model::run(&command),
        Command::Completions(args) => completions::completions(&args),
        Command::Man(args) => completions::man(&args),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(CliError::BrokenPipe) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints an error to standard error.
fn complain(error: &CliError) {
    say(&format!("unspin: {error}"));
}

/// Prints a message to standard error; where that can't be written, there is nobody to tell.
fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}
