//! What may be typed after `unspin dict`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::pairs::PairsArgs;
use super::terms::{ImportArgs, LexiconArgs};
use crate::cli::widen::WidenArgs;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum DictCommand {
    /// Compile TSV rows into a dictionary that is used in place
    Build {
        /// Sources: substitutions and phrases to keep
        #[arg(required = true, value_name = "ROWS.tsv")]
        sources: Vec<PathBuf>,
        /// The compiled dictionary
        #[arg(short, long, value_name = "FILE.fst")]
        output: PathBuf,
    },
    /// Check the hygiene of TSV rows, naming every row that breaks a rule
    Check {
        /// Sources: substitutions and phrases to keep
        #[arg(required = true, value_name = "ROWS.tsv")]
        sources: Vec<PathBuf>,
    },
    /// Widen rows by WordNet: what a thesaurus spinner may make of common words
    Widen(WidenArgs),
    /// Make rows of a published list of tortured phrases
    Import(ImportArgs),
    /// Count the words and terms of genuine papers, to find tortured phrases that no list has
    Lexicon(LexiconArgs),
    /// Show what a phrase may stand for, and how that is known
    Explain(ExplainArgs),
    /// Propose rows from spun copies and their originals
    Learn(PairsArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArgs {
    /// Phrases, each in quotation marks if it has several words
    #[arg(required = true, value_name = "PHRASE")]
    pub phrases: Vec<String>,
    /// Lay another dictionary over the built-in one: rows (.tsv) or compiled (.fst)
    #[arg(long, value_name = "FILE")]
    pub dict: Vec<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = ExplainFormat::Full)]
    pub format: ExplainFormat,
}

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExplainFormat {
    /// For people
    Full,
    /// One JSON object
    Json,
}
