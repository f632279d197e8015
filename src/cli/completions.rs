//! `unspin completions` and `unspin man`: what shells and `man` know of the command line.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Outcome;
use super::args::Cli;
use super::error::CliError;

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Write a page for every command into this directory instead of the main one to standard output
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

pub(super) fn completions(args: &CompletionsArgs) -> Result<Outcome, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "unspin", &mut script);
    print(&script)
}

pub(super) fn man(args: &ManArgs) -> Result<Outcome, CliError> {
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder).map_err(|e| CliError::io(folder, e))?;
        clap_mangen::generate_to(Cli::command(), folder).map_err(|e| CliError::io(folder, e))?;
        return Ok(Outcome::Clean);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Outcome, CliError> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Outcome::Clean)
}
