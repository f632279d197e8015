//! What may be typed after `unspin fix`.

use std::path::PathBuf;

use clap::Args;

use super::diff::DiffArgs;
use super::{EngineArgs, InputArgs, PageArgs, PolicyArgs};
use crate::cli::batch::{BatchArgs, OutputArgs};
use crate::cli::config::ConfigArgs;
use crate::cli::per_file::PerFileOptions;
use crate::cli::review::DecidedArgs;
use crate::cli::screen::ScreenArgs;
use crate::cli::verbose::VerboseArgs;
use crate::cli::walk::WalkArgs;
use crate::verbs::FixOptions;

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct FixArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub engine: EngineArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub walk: WalkArgs,
    #[command(flatten)]
    pub batch: BatchArgs,
    #[command(flatten)]
    pub screening: ScreenArgs,
    #[command(flatten)]
    pub to: OutputArgs,
    /// Replace files that change, each at once: never a half-written one
    #[arg(short, long, conflicts_with = "jsonl")]
    pub write: bool,
    #[command(flatten)]
    pub diff: DiffArgs,
    /// Write a record of every fix, applied or skipped, to a new file (see `unspin audit`)
    #[arg(long, value_name = "FILE")]
    pub audit: Option<PathBuf>,
    /// Cut page furniture, second articles and the like first, as `clean` does
    #[arg(long)]
    pub clean: bool,
    #[command(flatten, next_help_heading = "With --clean")]
    pub page: PageArgs,
    #[command(flatten)]
    pub policy: PolicyArgs,
    #[command(flatten)]
    pub decided: DecidedArgs,
    /// What the configuration says of some files.
    #[arg(skip)]
    pub per_file: PerFileOptions,
    /// Say how each text reads before and after its repair
    #[arg(long)]
    pub score: bool,
    /// Accepted for symmetry with check: fix exits with 0 unless something fails
    #[arg(long)]
    pub exit_zero: bool,
    /// Say nothing about what was done, only what failed
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub told: VerboseArgs,
}

impl FixArgs {
    /// What is done with each text.
    pub(in crate::cli) fn options(&self) -> FixOptions {
        FixOptions {
            policy: self.policy.policy(),
            clean: self.clean.then(|| self.page.options()),
            score: self.score,
        }
    }
}
