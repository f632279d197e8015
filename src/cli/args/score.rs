//! What may be typed after `unspin score`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::{Colour, EngineArgs, InputArgs};
use crate::cli::batch::{BatchArgs, OutputArgs};
use crate::cli::verbose::VerboseArgs;
use crate::cli::walk::WalkArgs;
use crate::report::SortKey;

#[derive(Debug, Args)]
pub(in crate::cli) struct ScoreArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub engine: EngineArgs,
    #[command(flatten)]
    pub walk: WalkArgs,
    #[command(flatten)]
    pub batch: BatchArgs,
    #[command(flatten)]
    pub to: OutputArgs,
    /// Compare two texts instead: each number before, after, and the difference
    #[arg(long, num_args = 2, value_names = ["BEFORE", "AFTER"], conflicts_with_all = ["paths", "jsonl", "sort"])]
    pub compare: Vec<PathBuf>,
    /// How scores are written
    #[arg(long, value_enum, default_value_t = ScoreFormat::Full, conflicts_with = "jsonl")]
    pub format: ScoreFormat,
    /// Sort documents: by path, or by a number, the highest first
    #[arg(long, value_name = "KEY", value_parser = sort_key(), conflicts_with = "jsonl")]
    pub sort: Option<SortKey>,
    /// Colour the full format
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Leave out the counts at the end of a batch, and how far a run is
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub told: VerboseArgs,
}

/// How scores are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ScoreFormat {
    /// A list for one document, a table with totals for several
    Full,
    /// One JSON object
    Json,
    /// JSON Lines: a row for each document and error, and one for the totals
    Jsonl,
    /// A line for each document under a header
    Csv,
}

/// The keys by which documents are sorted, by their names.
pub(in crate::cli) fn sort_key() -> impl TypedValueParser<Value = SortKey> {
    PossibleValuesParser::new(SortKey::all().map(SortKey::key))
        .try_map(|name| SortKey::all().find(|key| key.key() == name).ok_or("not a key"))
}
