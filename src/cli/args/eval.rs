//! What may be typed after `unspin eval`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{EngineArgs, PolicyArgs, at_least_one, probability};
use crate::clean::CUT_FROM;

#[derive(Debug, Args)]
pub(in crate::cli) struct EvalArgs {
    /// JSON Lines, a text each: {"text"} for a genuine one, {"text", "edits": [[start, end, original], ...]} for one in which
    /// something was spun, counted in characters; or - for standard input
    #[arg(value_name = "FILE.jsonl", default_value = "-")]
    pub paths: Vec<PathBuf>,
    /// Score one plain text instead, against a table: line, start, end (characters in the line), spun, canonical forms by |
    #[arg(long, value_name = "GOLD.tsv")]
    pub gold: Option<PathBuf>,
    /// Measure instead how well labelled pages (.lines, or folders of them) are cleaned; texts with --labels
    #[arg(long, conflicts_with_all = ["gold", "tortured"])]
    pub clean: bool,
    /// Cut what is at least this likely to be furniture
    #[arg(long, value_name = "P", value_parser = probability, default_value_t = CUT_FROM, requires = "clean")]
    pub cut_confidence: f64,
    /// Labels of plain texts: rows of file name, lines (4 or 4-6), label (+ - = ?) and, for a part of a line, its first and last
    /// character
    #[arg(long, value_name = "LABELS.tsv", requires = "clean")]
    pub labels: Option<PathBuf>,
    /// Measure instead how often tortured phrases are read as expected that no list has: rows of which a part is held out
    #[arg(long, value_name = "ROWS.tsv", conflicts_with = "gold")]
    pub tortured: Option<PathBuf>,
    /// Hold out one in N of these rows
    #[arg(long, value_name = "N", default_value = "5", value_parser = at_least_one, requires = "tortured")]
    pub hold_out: usize,
    /// Which of the N parts is held out, from 0
    #[arg(long, value_name = "K", default_value = "0", requires = "tortured")]
    pub part: usize,
    /// Read them with another lexicon than the built-in one
    #[arg(long, value_name = "FILE.lex", requires = "tortured")]
    pub lexicon: Option<PathBuf>,
    /// List the phrases that were read otherwise, or the lines that were wrongly cut or left
    #[arg(long)]
    pub missed: bool,
    #[command(flatten)]
    pub engine: EngineArgs,
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// How figures are written
    #[arg(long, value_enum, default_value_t = EvalFormat::Full)]
    pub format: EvalFormat,
}

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum EvalFormat {
    /// Tables
    Full,
    /// One JSON object
    Json,
}
