//! What may be typed: nothing here is resolved against files or the terminal.

mod audit;
mod check;
mod clean;
mod dict;
mod diff;
mod eval;
mod fix;
mod learn;
mod model;
mod pairs;
mod review;
mod score;
mod terms;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use super::completions::{CompletionsArgs, ManArgs};
use super::examples;
use super::furniture::FurnitureCommand;
use super::screen::ScreenCommand;
use crate::repair::{Policy, Quotes};

pub(super) use audit::{AuditCommand, ReplayArgs};
pub(super) use check::{CheckArgs, Format};
pub(super) use clean::{CleanArgs, CleanFormat, PageArgs, version_name};
pub(super) use dict::{DictCommand, ExplainArgs, ExplainFormat};
pub(super) use diff::DiffKind;
pub(super) use eval::{EvalArgs, EvalFormat};
pub(super) use fix::FixArgs;
pub(super) use learn::LearnArgs;
pub(super) use model::{HeldOutArgs, ModelCommand, PartName};
pub(super) use pairs::{PairsArgs, PairsFormat};
pub(super) use review::ReviewArgs;
pub(super) use score::{ScoreArgs, ScoreFormat};
pub(super) use terms::{ImportArgs, LexiconArgs};

/// Finds text that a machine has spun, writes it back to its canonical wording, and proves every change.
///
/// Exit codes: 0 nothing left to report, 1 findings left (check), 2 wrong usage or input that failed.
#[derive(Debug, Parser)]
#[command(name = "unspin", version, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Report whether texts are spun, and each place that is
    #[command(after_help = examples::CHECK)]
    Check(CheckArgs),
    /// Write spun texts back to their canonical wording
    #[command(after_help = examples::FIX)]
    Fix(FixArgs),
    /// Look at each fix and decide on it, at a terminal
    #[command(after_help = examples::REVIEW)]
    Review(ReviewArgs),
    /// Cut scraped pages to the article: page furniture, second articles, other versions, encoding damage
    #[command(after_help = examples::CLEAN)]
    Clean(CleanArgs),
    /// Score texts: verdict, readability and fluency, or compare two of them
    #[command(after_help = examples::SCORE)]
    Score(ScoreArgs),
    /// Verify the trail of a repair, repeat the repair from it, or undo it
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Measure repairs and verdicts against texts of which it is known what was spun
    Eval(EvalArgs),
    /// Learn all that is fitted (biases of rows, trees of the re-ranker) from clean articles
    Learn(LearnArgs),
    /// Learn to tell page furniture from articles
    #[command(subcommand)]
    Furniture(FurnitureCommand),
    /// Learn and measure the glance that passes over clean documents
    #[command(subcommand)]
    Screen(ScreenCommand),
    /// Build, check and query dictionaries
    #[command(subcommand)]
    Dict(DictCommand),
    /// Train and describe language models
    #[command(subcommand)]
    Model(ModelCommand),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}

/// Where texts come from.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Files, directories (of these .txt, .text, .md, .markdown, and text files without extension, recursively; hidden ones are
    /// left out), or - for standard input
    #[arg(value_name = "PATH", default_value = "-")]
    pub paths: Vec<PathBuf>,
}

/// What texts are judged with.
#[derive(Debug, Args)]
pub(super) struct EngineArgs {
    /// Lay another dictionary over the built-in one: rows (.tsv) or compiled (.fst)
    #[arg(long, value_name = "FILE")]
    pub dict: Vec<PathBuf>,
    /// Use another language model than the built-in one
    #[arg(long, value_name = "FILE.lm")]
    pub model: Option<PathBuf>,
    /// Use another list of tortured phrases than the built-in one: rows (.tsv) or compiled (.fst)
    #[arg(long, value_name = "FILE")]
    pub terms: Option<PathBuf>,
}

/// What is applied: the same for a repair and for measuring one.
#[derive(Debug, Args)]
pub(super) struct PolicyArgs {
    /// Apply only fixes that are right in nearly all cases (confidence 0.97) and leave the meaning alone
    #[arg(long, conflicts_with = "min_confidence")]
    pub safe: bool,
    /// Apply fixes of at least this confidence
    #[arg(long, value_name = "P", value_parser = probability, default_value = "0.5")]
    pub min_confidence: f64,
    /// Repair documents that are not judged to be spun as well
    #[arg(long)]
    pub any_verdict: bool,
    /// What to do inside quotation marks
    #[arg(long, value_enum, default_value_t = QuotesName::Fix, value_name = "HOW")]
    pub quotes: QuotesName,
}

impl PolicyArgs {
    /// The policy that the options ask for.
    pub(super) fn policy(&self) -> Policy {
        let least = Policy { min_confidence: self.min_confidence, ..Policy::default() };
        let least = if self.safe { Policy::safe() } else { least };
        Policy { any_verdict: self.any_verdict, quotes: self.quotes.into(), ..least }
    }
}

/// What is done inside quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum QuotesName {
    /// Treat them like the rest
    Fix,
    /// Report changes for display only, and apply none
    Ask,
    /// Leave them alone
    Keep,
}

impl From<QuotesName> for Quotes {
    fn from(name: QuotesName) -> Self {
        match name {
            QuotesName::Fix => Self::Fix,
            QuotesName::Ask => Self::Ask,
            QuotesName::Keep => Self::Keep,
        }
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A number from 0 to 1.
pub(super) fn probability(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("give a number from 0 to 1".to_owned()),
    }
}

/// A whole number from 1.
pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err("give a whole number, 1 or more".to_owned()),
    }
}
