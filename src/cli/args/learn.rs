//! The arguments of `unspin learn`.

use std::path::PathBuf;

use clap::Args;

use super::at_least_one;

#[derive(Debug, Args)]
pub(in crate::cli) struct LearnArgs {
    /// JSON Lines of clean articles, {"text"} each, as `model held-out` writes them
    #[arg(required = true, value_name = "ARTICLES.jsonl")]
    pub articles: Vec<PathBuf>,
    /// The dictionary's rows (TSV)
    #[arg(long, required = true, value_name = "ROWS.tsv")]
    pub dict: Vec<PathBuf>,
    /// A language model that was not trained on the articles
    #[arg(long, value_name = "FILE.lm")]
    pub model: Option<PathBuf>,
    /// The biases, as rows for `dict build`
    #[arg(short, long, value_name = "LEARNED.tsv")]
    pub output: PathBuf,
    /// Also grow the trees of the verdict
    #[arg(long, value_name = "JUDGE.json")]
    pub judge: Option<PathBuf>,
    /// Also grow the trees of the re-ranker
    #[arg(long, value_name = "RERANKER.json", requires = "judge")]
    pub reranker: Option<PathBuf>,
    /// JSON Lines of genuine texts of other kinds, which are not spun: they have to be told as well
    #[arg(long, value_name = "GENUINE.jsonl", requires = "judge")]
    pub genuine: Vec<PathBuf>,
    /// How often the articles are read for the biases
    #[arg(long, value_name = "N", default_value = "4", value_parser = at_least_one)]
    pub rounds: usize,
}
