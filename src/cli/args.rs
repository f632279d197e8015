//! What may be typed: nothing here is resolved against files or the terminal.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use super::baseline::BaselineArgs;
use super::completions::{CompletionsArgs, ManArgs};
use super::config::ConfigArgs;
use super::list_args::{ImportArgs, LexiconArgs};
use super::walk::WalkArgs;
use crate::repair::{Policy, Quotes};

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
    Check(CheckArgs),
    /// Write spun texts back to their canonical wording
    Fix(FixArgs),
    /// Cut scraped pages to the article: page furniture, second articles, other versions, encoding damage
    Clean(super::clean::CleanArgs),
    /// Score texts: verdict, readability and fluency, or compare two of them
    Score(super::score_args::ScoreArgs),
    /// Verify the trail of a repair, repeat the repair from it, or undo it
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Measure repairs and verdicts against texts of which it is known what was spun
    Eval(EvalArgs),
    /// Learn all that is fitted (biases of rows, trees of the re-ranker) from clean articles
    Learn(super::learn_args::LearnArgs),
    /// Learn to tell page furniture from articles
    #[command(subcommand)]
    Furniture(super::furniture::FurnitureCommand),
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

/// Rows instead of files.
#[derive(Debug, Args)]
pub(super) struct BatchArgs {
    /// Read JSON Lines and write each object back with an `unspin` object added
    #[arg(long)]
    pub jsonl: bool,
    /// The field that holds the text
    #[arg(long, value_name = "NAME", default_value = "text", requires = "jsonl")]
    pub text_field: String,
    /// The field that names a row, given with its errors
    #[arg(long, value_name = "NAME", default_value = "id", requires = "jsonl")]
    pub id_field: String,
    /// Longest line that is read; a longer one is an error of that line
    #[arg(long, value_name = "BYTES", default_value_t = 256 << 20, requires = "jsonl")]
    pub max_line: usize,
}

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct CheckArgs {
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
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Full, conflicts_with = "jsonl")]
    pub format: Format,
    /// List findings of documents that are not judged to be spun as well
    #[arg(long)]
    pub any_verdict: bool,
    /// Say what spoke for each alternative
    #[arg(long, conflicts_with = "jsonl")]
    pub explain: bool,
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

impl PolicyArgs {
    /// The policy that the options ask for.
    pub(super) fn policy(&self) -> Policy {
        let least = Policy { min_confidence: self.min_confidence, ..Policy::default() };
        let least = if self.safe { Policy::safe() } else { least };
        Policy { any_verdict: self.any_verdict, quotes: self.quotes.into(), ..least }
    }
}

#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct FixArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub engine: EngineArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub walk: WalkArgs,
    #[command(flatten)]
    pub batch: BatchArgs,
    /// Replace files that change, each at once: never a half-written one
    #[arg(short, long, conflicts_with = "jsonl")]
    pub write: bool,
    #[command(flatten)]
    pub diff: super::diff_args::DiffArgs,
    /// Write a record of every fix, applied or skipped, to a new file (see `unspin audit`)
    #[arg(long, value_name = "FILE")]
    pub audit: Option<PathBuf>,
    /// Cut page furniture, second articles and the like first, as `clean` does
    #[arg(long)]
    pub clean: bool,
    #[command(flatten, next_help_heading = "With --clean")]
    pub page: super::clean::PageArgs,
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// Say how each text reads before and after its repair
    #[arg(long)]
    pub score: bool,
    /// Accepted for symmetry with check: fix exits with 0 unless something fails
    #[arg(long)]
    pub exit_zero: bool,
    /// Say nothing about what was done, only what failed
    #[arg(short, long)]
    pub quiet: bool,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
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

#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// Name everything that is wrong with a trail: exit code 1 if it was altered
    Verify {
        /// The file that `fix --audit` wrote
        trail: PathBuf,
    },
    /// Make the repaired text from the original
    Replay(ReplayArgs),
    /// Make the original from the repaired text
    Revert(ReplayArgs),
}

#[derive(Debug, Args)]
pub(super) struct ReplayArgs {
    /// The file that `fix --audit` wrote
    pub trail: PathBuf,
    #[command(flatten)]
    pub input: InputArgs,
    /// Number of the document in the trail; without it, the one whose digest fits is taken
    #[arg(long, value_name = "N")]
    pub document: Option<u64>,
    /// Replace the files, each at once
    #[arg(short, long)]
    pub write: bool,
}

#[derive(Debug, Args)]
pub(super) struct EvalArgs {
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
pub(super) enum EvalFormat {
    /// Tables
    Full,
    /// One JSON object
    Json,
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
    /// Widen rows by WordNet: what a thesaurus spinner may make of common words
    Widen(super::widen::WidenArgs),
    /// Make rows of a published list of tortured phrases
    Import(ImportArgs),
    /// Count the words and terms of genuine papers, to find tortured phrases that no list has
    Lexicon(LexiconArgs),
    /// Show what a phrase may stand for, and how that is known
    Explain(ExplainArgs),
    /// Propose rows from spun copies and their originals
    Learn(super::pairs_args::PairsArgs),
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
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
pub(super) enum ExplainFormat {
    /// For people
    Full,
    /// One JSON object
    Json,
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
    /// Print texts that `train` left out, as JSON Lines for `eval`
    HeldOut(HeldOutArgs),
    /// Say what a model was trained on
    Info {
        /// A model; the built-in one if none is given
        model: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct HeldOutArgs {
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
pub(super) enum PartName {
    /// To choose by
    Dev,
    /// To report
    Test,
    /// To learn from: those that `train` with its default does not leave out
    Learn,
}

/// A whole number from 1.
pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err("give a whole number, 1 or more".to_owned()),
    }
}
