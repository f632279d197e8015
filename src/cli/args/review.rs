//! What may be typed after `unspin review`.

use std::path::PathBuf;

use clap::Args;

use super::{Colour, EngineArgs, PageArgs, probability};
use crate::cli::config::ConfigArgs;
use crate::cli::verbose::VerboseArgs;
use crate::cli::walk::WalkArgs;

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct ReviewArgs {
    /// Files or directories; decisions that were made before are taken up again
    #[arg(value_name = "FILE", required = true)]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub engine: EngineArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub walk: WalkArgs,
    /// Cut scraped pages to the article, as `clean` does, and decide on cuts as well
    #[arg(long)]
    pub clean: bool,
    #[command(flatten, next_help_heading = "With --clean")]
    pub page: PageArgs,
    /// In the end replace the files, each at once, by what was decided; what is open stays as it is. Not after Ctrl-C, unless nothing
    /// is open
    #[arg(short, long)]
    pub write: bool,
    /// Write a record of every change, made or not, to a new file (see `unspin audit`)
    #[arg(long, value_name = "FILE", requires = "write")]
    pub audit: Option<PathBuf>,
    /// Keep the decisions on all texts in this file; without it, those on each text in FILE.decisions.jsonl beside it
    #[arg(long, value_name = "FILE.jsonl")]
    pub decisions: Option<PathBuf>,
    /// Review what has at least this confidence; the default is 0, and 0.5 with --accept-all, where cuts go by --cut-confidence alone
    #[arg(long, value_name = "P", value_parser = probability)]
    pub min_confidence: Option<f64>,
    /// Accept all fixes that are not decided on yet, without a screen: a decision of the policy, not of a person
    #[arg(long)]
    pub accept_all: bool,
    /// Your name in decisions and trails; the default is what the system calls you
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// Colour the screen
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Say nothing about what was decided, only what failed
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub told: VerboseArgs,
}
