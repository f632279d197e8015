//! What may be typed: nothing here is resolved against files or the terminal.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Finds text that a machine has spun, writes it back to its canonical wording, and proves every change.
#[derive(Debug, Parser)]
#[command(name = "unspin", version, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build, check and query dictionaries
    #[command(subcommand)]
    Dict(DictCommand),
    /// Train and describe language models
    #[command(subcommand)]
    Model(ModelCommand),
}

#[derive(Debug, Subcommand)]
pub(super) enum DictCommand {
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
}

#[derive(Debug, Subcommand)]
pub(super) enum ModelCommand {
    /// Count n-grams of clean text, smooth, prune and write a model
    Train {
        /// Texts, one paragraph a line; files ending in .zst are decompressed
        #[arg(required = true, value_name = "CORPUS")]
        corpora: Vec<PathBuf>,
        /// The model
        #[arg(short, long, value_name = "FILE.lm")]
        output: PathBuf,
        /// Length of the longest n-grams (2 to 4)
        #[arg(long, default_value_t = 4)]
        order: usize,
        /// N-grams of two words and more to keep; each takes 3.4 bytes
        #[arg(long, default_value_t = 2_400_000)]
        ngrams: usize,
        /// Words in the vocabulary, at most 65000
        #[arg(long, default_value_t = 60_000)]
        words: usize,
        /// Dictionary rows (TSV) whose words are always in the vocabulary
        #[arg(long, value_name = "ROWS.tsv")]
        dict: Vec<PathBuf>,
        /// Leave out each Nth block of 1,000 lines, to measure on; 0 leaves out nothing
        #[arg(long, value_name = "N", default_value_t = 20)]
        hold_out: usize,
    },
    /// Say what a model was trained on
    Info {
        /// A model; the built-in one if none is given
        model: Option<PathBuf>,
    },
}
