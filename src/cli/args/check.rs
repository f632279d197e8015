//! What may be typed after `unspin check`.

use clap::{Args, ValueEnum};

use super::score::sort_key;
use super::{Colour, EngineArgs, InputArgs, PageArgs, QuotesName, probability};
use crate::cli::baseline::BaselineArgs;
use crate::cli::batch::{BatchArgs, OutputArgs};
use crate::cli::config::ConfigArgs;
use crate::cli::per_file::PerFileOptions;
use crate::cli::screen::ScreenArgs;
use crate::cli::verbose::VerboseArgs;
use crate::cli::walk::WalkArgs;
use crate::report::SortKey;

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub engine: EngineArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub walk: WalkArgs,
    #[command(flatten)]
    pub baseline: BaselineArgs,
    #[command(flatten)]
    pub batch: BatchArgs,
    #[command(flatten)]
    pub screening: ScreenArgs,
    #[command(flatten)]
    pub to: OutputArgs,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Full, conflicts_with = "jsonl")]
    pub format: Format,
    /// What the configuration says of some files.
    #[arg(skip)]
    pub per_file: PerFileOptions,
    /// List findings of documents that are not judged to be spun as well
    #[arg(long)]
    pub any_verdict: bool,
    /// Say what spoke for each alternative
    #[arg(long, conflicts_with = "jsonl")]
    pub explain: bool,
    /// Cut scraped pages to the article first, as `clean` does: only the article is judged, and --format html shows what is cut
    #[arg(long, conflicts_with = "jsonl")]
    pub clean: bool,
    #[command(flatten, next_help_heading = "With --clean")]
    pub page: PageArgs,
    /// Sort documents: by path, or by a number, the highest first (those of `unspin score`)
    #[arg(long, value_name = "KEY", value_parser = sort_key(), conflicts_with = "jsonl", hide_possible_values = true)]
    pub sort: Option<SortKey>,
    /// List findings of at least this confidence
    #[arg(long, value_name = "P", value_parser = probability, default_value = "0")]
    pub min_confidence: f64,
    /// What to do inside quotation marks
    #[arg(long, value_enum, default_value_t = QuotesName::Fix, value_name = "HOW")]
    pub quotes: QuotesName,
    /// Exit with 0 even if there are findings
    #[arg(long)]
    pub exit_zero: bool,
    /// Colour the full format
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Leave out verdicts of documents without findings, and the counts at the end
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub told: VerboseArgs,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// Each place in its sentence, with what may have stood there
    Full,
    /// A line for each finding
    Concise,
    /// One JSON object
    Json,
    /// JSON Lines: a row for each finding, document and error
    Jsonl,
    /// SARIF 2.1.0, for code scanning services and editors
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// GitLab's Code Quality report
    Gitlab,
    /// The XML of Checkstyle
    Checkstyle,
    /// The XML of JUnit
    Junit,
    /// The diagnostic format of reviewdog
    Rdjson,
    /// Sentences and edits for scorers of grammatical error correction
    M2,
    /// One page for the browser: texts side by side, to be filtered, reviewed and decided on
    Html,
}

impl Format {
    /// Whether it is about lines of files, for tools that show these.
    pub(in crate::cli) fn annotates_files(self) -> bool {
        matches!(self, Self::Sarif | Self::Github | Self::Gitlab | Self::Checkstyle | Self::Rdjson)
    }
}
