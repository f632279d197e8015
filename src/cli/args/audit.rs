//! What may be typed after `unspin audit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::InputArgs;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum AuditCommand {
    /// Name everything that is wrong with a trail: exit code 1 if it was altered
    Verify {
        /// The file that `fix --audit` wrote
        trail: PathBuf,
    },
    /// Make the repaired text from the original
    Replay(ReplayArgs),
    /// Make the original from the repaired text
    Revert(ReplayArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReplayArgs {
    /// The file that `fix --audit` wrote
    pub trail: PathBuf,
    #[command(flatten)]
    pub input: InputArgs,
    /// Number of the document in the trail; without it, the one whose digest fits is taken
    #[arg(long, value_name = "N")]
    pub document: Option<u64>,
    /// Replace the files, each at once
    #[arg(short, long)]
    pub write: bool,
}
