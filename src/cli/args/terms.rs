//! What may be typed to make the data on tortured phrases.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct LexiconArgs {
    /// Genuine papers or abstracts, a paragraph on each line; a file ending in .zst is decompressed
    #[arg(value_name = "CORPUS")]
    pub corpus: PathBuf,
    /// A thesaurus: on each line a word and its synonyms, separated by commas
    #[arg(long, value_name = "FILE")]
    pub thesaurus: PathBuf,
    /// The lexicon
    #[arg(short, long, value_name = "FILE.lex")]
    pub output: PathBuf,
    /// N-grams to keep; each takes 3.5 bytes
    #[arg(long, default_value_t = 80_000)]
    pub ngrams: usize,
    /// Synonyms of a word to keep; each takes 2 bytes
    #[arg(long, default_value_t = 12)]
    pub synonyms: usize,
    /// Leave out each Nth block of 1,000 lines, to measure on; 0 leaves out nothing
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub hold_out: usize,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// The export of the Problematic Paper Screener: `tortured_phrase,expected_phrase,num_papers`
    #[arg(value_name = "LIST.csv")]
    pub list: PathBuf,
    /// Genuine text in which the phrases are counted, a paragraph on each line; files ending in .zst are decompressed
    #[arg(long, required = true, value_name = "CORPUS")]
    pub corpus: Vec<PathBuf>,
    /// Leave out each Nth block of 1,000 lines, to measure on; 0 leaves out nothing
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub hold_out: usize,
    /// The rows, for `dict build`
    #[arg(short, long, value_name = "ROWS.tsv")]
    pub output: PathBuf,
}
