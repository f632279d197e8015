//! What may be typed after `unspin model`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::at_least_one;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ModelCommand {
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
    /// Print texts that `train` left out, as JSON Lines for `eval`
    HeldOut(HeldOutArgs),
    /// Say what a model was trained on
    Info {
        /// A model; the built-in one if none is given
        model: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct HeldOutArgs {
    /// The corpora that the model was trained on; files ending in .zst are decompressed
    #[arg(required = true, value_name = "CORPUS")]
    pub corpora: Vec<PathBuf>,
    /// Each Nth block of 1,000 lines was left out, as given to `train --hold-out`
    #[arg(long, value_name = "N", default_value = "20", value_parser = at_least_one)]
    pub every: usize,
    /// A text ends with the paragraph that gives it this many words
    #[arg(long, value_name = "N", default_value = "500", value_parser = at_least_one)]
    pub words: usize,
    /// Only the first, third, fifth ... of the blocks (dev), the second, fourth ... (test), or those that a model with the
    /// default hold-out has seen (learn)
    #[arg(long, value_enum)]
    pub part: Option<PartName>,
}

/// A part of the blocks that are held out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PartName {
    /// To choose by
    Dev,
    /// To report
    Test,
    /// To learn from: those that `train` with its default does not leave out
    Learn,
}
