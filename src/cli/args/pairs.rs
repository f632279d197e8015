//! What may be typed for `unspin dict learn`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Proposes dictionary rows from spun copies and their originals.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(in crate::cli) struct PairsArgs {
    /// The copy: a file, a directory (files are matched by their path in it), or JSON Lines
    #[arg(value_name = "SPUN")]
    pub spun: PathBuf,
    /// The original, of the same kind; not needed if rows of JSON Lines hold both texts
    #[arg(value_name = "ORIGINAL")]
    pub original: Option<PathBuf>,
    /// Read JSON Lines, whatever the files are called: rows with both texts, or two files with a text each, matched by id; files
    /// ending in .jsonl or .jsonl.zst are read so anyway
    #[arg(long)]
    pub jsonl: bool,
    /// The field that holds the text (the copy, if a row holds both)
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_field: String,
    /// The field that holds the original, if a row holds both
    #[arg(long, value_name = "NAME", default_value = "original")]
    pub original_field: String,
    /// The field that names a row
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub id_field: String,
    /// Recognise the rows of another dictionary as well: rows (.tsv) or compiled (.fst)
    #[arg(long, value_name = "FILE")]
    pub dict: Vec<PathBuf>,
    /// Don't recognise the rows of the built-in dictionary
    #[arg(long)]
    pub no_builtin: bool,
    /// The family of spinners that the rows are given
    #[arg(long, value_name = "NAME", default_value = "user", value_parser = one_cell)]
    pub family: String,
    /// Leave out rows that were seen fewer times
    #[arg(long, value_name = "N", default_value = "2", value_parser = super::at_least_one)]
    pub min_count: usize,
    /// Leave out rows that the dictionaries have
    #[arg(long)]
    pub new_only: bool,
    /// Show so many places of each row
    #[arg(long, value_name = "N", default_value = "2")]
    pub examples: usize,
    /// How rows are written
    #[arg(long, value_enum, default_value_t = PairsFormat::Tsv)]
    pub format: PairsFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Say nothing about what was found, only what failed
    #[arg(short, long)]
    pub quiet: bool,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PairsFormat {
    /// A source for `dict build`, with examples as comments
    Tsv,
    /// One JSON object
    Json,
}

/// A text that fits into a column of a table.
fn one_cell(text: &str) -> Result<String, String> {
    if text.trim().is_empty() || text.contains(['\t', '\n', '\r']) {
        return Err("give a name without tabs and line ends".to_owned());
    }
    Ok(text.trim().to_owned())
}
