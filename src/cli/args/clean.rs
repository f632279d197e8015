//! What may be typed after `unspin clean`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::diff::DiffArgs;
use super::{InputArgs, probability};
use crate::clean::{CUT_FROM, CleanPolicy, PageFormat, VersionChoice};
use crate::cli::batch::BatchArgs;
use crate::cli::verbose::VerboseArgs;
use crate::cli::walk::WalkArgs;
use crate::verbs::CleanOptions;

#[derive(Debug, Args)]
pub(in crate::cli) struct CleanArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub walk: WalkArgs,
    #[command(flatten)]
    pub batch: BatchArgs,
    #[command(flatten)]
    pub page: PageArgs,
    /// Replace files that change, each at once: never a half-written one
    #[arg(short, long, conflicts_with_all = ["jsonl", "output", "format", "diff"])]
    pub write: bool,
    #[command(flatten)]
    pub diff: DiffArgs,
    /// Write each article to a file of this folder, named after its page; with --jsonl the rows to this file, or to a folder
    #[arg(short, long, value_name = "PATH", conflicts_with_all = ["format", "diff"])]
    pub output: Option<PathBuf>,
    /// Write a second article apart as well: to NAME.2.txt beside the first, or, with --jsonl, into the field `articles`
    #[arg(long)]
    pub split: bool,
    /// Write a record of every cut, applied or not, to a new file (see `unspin audit`)
    #[arg(long, value_name = "FILE")]
    pub audit: Option<PathBuf>,
    /// What is printed
    #[arg(long, value_enum, default_value_t = CleanFormat::Text, conflicts_with = "jsonl")]
    pub format: CleanFormat,
    /// Say nothing about what was done, only what failed
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub told: VerboseArgs,
}

/// What is cut from a page.
#[derive(Debug, Args)]
pub(in crate::cli) struct PageArgs {
    /// Which version of a page that shows two: old, new or its number
    #[arg(long, value_name = "WHICH", value_parser = version, default_value = "new")]
    pub version: VersionChoice,
    /// Cut what is at least this likely to be furniture
    #[arg(long, value_name = "P", value_parser = probability, default_value_t = CUT_FROM)]
    pub cut_confidence: f64,
    /// What the pages are
    #[arg(long, value_enum, default_value_t = FormatName::Auto, value_name = "WHAT")]
    pub page_format: FormatName,
}

impl PageArgs {
    /// The policy that the options ask for.
    pub(in crate::cli) fn policy(&self) -> CleanPolicy {
        CleanPolicy { min_confidence: self.cut_confidence, version: self.version }
    }

    /// `--clean` with those of the options that are not as by default, each after a space.
    pub(in crate::cli) fn typed(&self) -> String {
        let version = (self.version != VersionChoice::New).then(|| version_name(self.version));
        let confidence =
            ((self.cut_confidence - CUT_FROM).abs() > f64::EPSILON).then_some(self.cut_confidence);
        let format = self.page_format.to_possible_value().filter(|_| self.page_format != FormatName::Auto);
        let options = [
            Some(" --clean".to_owned()),
            version.map(|version| format!(" --version {version}")),
            confidence.map(|confidence| format!(" --cut-confidence {confidence}")),
            format.map(|format| format!(" --page-format {}", format.get_name())),
        ];
        options.into_iter().flatten().collect()
    }

    /// The same with what the pages are.
    pub(in crate::cli) fn options(&self) -> CleanOptions {
        CleanOptions { policy: self.policy(), format: self.page_format.into(), split: false }
    }
}

/// A version as it is typed.
pub(in crate::cli) fn version_name(version: VersionChoice) -> String {
    match version {
        VersionChoice::Old => "old".to_owned(),
        VersionChoice::New => "new".to_owned(),
        VersionChoice::Number(number) => number.to_string(),
    }
}

/// What pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FormatName {
    /// HTML if it begins like HTML, else plain text
    Auto,
    /// Plain text
    Text,
    /// HTML
    Html,
}

impl From<FormatName> for PageFormat {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Auto => Self::Auto,
            FormatName::Text => Self::Text,
            FormatName::Html => Self::Html,
        }
    }
}

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CleanFormat {
    /// The article
    Text,
    /// Every cut with its reason, for people
    Full,
    /// One JSON object: articles, metadata, cuts
    Json,
    /// JSON Lines: a row for each page
    Jsonl,
}

fn version(text: &str) -> Result<VersionChoice, String> {
    match text {
        "old" => Ok(VersionChoice::Old),
        "new" => Ok(VersionChoice::New),
        number => {
            number.parse().map(VersionChoice::Number).map_err(|_| "give old, new or a number".to_owned())
        }
    }
}
