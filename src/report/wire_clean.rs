//! The JSON contract of `clean`: schema `unspin-clean`.
//!
//! As `json` one object, [`CleanStream`]; as `jsonl` a row for each page, [`PageObject`], or for each input that failed, after a
//! first row that names the schema. Offsets as in [`super::wire`].

use serde::Serialize;

use super::cleaning::{Cleaning, CutRow};
use super::wire::{ErrorRow, Meta, TOOL, VERSION, rounded};
use crate::clean::{Extraction, Metadata, PageKind};
use crate::evaluate::KeptText;
use crate::repair::{Applicability, Outcome};

/// The schema of a cleaned page.
pub const CLEAN: &str = "unspin-clean";

/// The first row of a stream of cleaned pages.
pub fn clean_meta() -> Meta {
    Meta { r#type: "meta", schema: CLEAN, version: VERSION, tool: TOOL }
}

/// Cleaned pages as one object.
#[derive(Debug, Serialize)]
pub struct CleanStream<'r> {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The program that wrote it.
    pub tool: &'static str,
    /// The pages in the order of the input.
    pub pages: Vec<PageObject<'r>>,
    /// Inputs that failed.
    pub errors: Vec<ErrorRow<'r>>,
}

impl<'r> CleanStream<'r> {
    /// The object of some pages.
    pub fn new(pages: Vec<PageObject<'r>>, errors: Vec<ErrorRow<'r>>) -> Self {
        Self { schema: CLEAN, version: VERSION, tool: TOOL, pages, errors }
    }
}

/// A cleaned page.
#[derive(Debug, Serialize)]
pub struct PageObject<'r> {
    /// Always `page`.
    pub r#type: &'static str,
    /// The file as it was named, or `-`.
    pub path: &'r str,
    /// What the page turned out to be and what it says of itself.
    #[serde(flatten)]
    pub about: AboutPage<'r>,
    /// The cleaned text.
    pub text: &'r str,
    /// Every cut and repair, applied or not, in order.
    pub cuts: Vec<CutObject<'r>>,
}

/// What a page turned out to be and what it says of itself.
#[derive(Debug, Serialize)]
pub struct AboutPage<'r> {
    /// `article`, `versions`, `foreign` or `nothing`.
    pub page: PageKind,
    /// Title, byline, date, source, language, where the page says so.
    pub metadata: &'r Metadata,
    /// How the text was extracted, if the input was anything else than text in UTF-8: offsets refer to the extracted text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extraction: Option<&'r Extraction>,
    /// Words of the text as it came.
    pub words_before: usize,
    /// Words of the cleaned text.
    pub words_after: usize,
    /// Whether a second article followed.
    pub second_article: bool,
}

/// A cut or a repair.
#[derive(Debug, Serialize)]
pub struct CutObject<'r> {
    /// Line of the first character, from 1.
    pub line: usize,
    /// Line of the end.
    pub end_line: usize,
    /// First byte.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// `furniture`, `second-article`, `other-version` or `damage`.
    pub rule: &'static str,
    /// Why, in words.
    pub reason: &'r str,
    /// What stood there.
    pub before: &'r str,
    /// What comes instead; empty for a cut.
    pub after: &'r str,
    /// Probability that it is right.
    pub confidence: f64,
    /// How safe it is to apply.
    pub applicability: Applicability,
    /// `applied`, or `skipped:` with the reason.
    pub outcome: String,
}

impl<'r> PageObject<'r> {
    /// The contract's form of a cleaned page.
    pub fn new(cleaning: &'r Cleaning, text: &'r str) -> Self {
        Self {
            r#type: "page",
            path: &cleaning.path,
            about: cleaning.into(),
            text,
            cuts: cleaning.rows.iter().map(Into::into).collect(),
        }
    }
}

impl<'r> From<&'r Cleaning> for AboutPage<'r> {
    fn from(cleaning: &'r Cleaning) -> Self {
        Self {
            page: cleaning.kind,
            metadata: &cleaning.metadata,
            extraction: cleaning.extraction.as_ref(),
            words_before: cleaning.words.0,
            words_after: cleaning.words.1,
            second_article: cleaning.has_second,
        }
    }
}

impl<'r> From<&'r CutRow> for CutObject<'r> {
    fn from(row: &'r CutRow) -> Self {
        let outcome = match row.outcome {
            Outcome::Applied => row.outcome.name().to_owned(),
            Outcome::Skipped(reason) => format!("{}:{}", row.outcome.name(), reason.name()),
        };
        Self {
            line: row.place.line,
            end_line: row.place.end_line,
            byte_start: row.place.bytes.start(),
            byte_end: row.place.bytes.end(),
            rule: row.rule,
            reason: &row.why,
            before: &row.before,
            after: &row.after,
            confidence: rounded(row.confidence),
            applicability: row.applicability,
            outcome,
        }
    }
}

/// The `unspin` object of a cleaned row in a batch.
#[derive(Debug, Serialize)]
pub struct CleanBatchObject<'r> {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// What the text turned out to be.
    #[serde(flatten)]
    pub about: AboutPage<'r>,
    /// Every cut and repair, applied or not, in order.
    pub cuts: Vec<CutObject<'r>>,
    /// The cleaned second article, where `--split` asked for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<String>,
}

impl<'r> CleanBatchObject<'r> {
    /// The object of a cleaned text.
    pub fn new(cleaning: &'r Cleaning, articles: Vec<String>) -> Self {
        let cuts = cleaning.rows.iter().map(Into::into).collect();
        Self { schema: CLEAN, version: VERSION, about: cleaning.into(), cuts, articles }
    }
}

/// How well pages were cleaned, as one object.
#[derive(Debug, Serialize)]
pub struct CleanEvaluation<'r> {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The program that wrote it.
    pub tool: &'static str,
    /// All pages together.
    pub all: KeptTextObject<'r>,
    /// Each page.
    pub pages: Vec<KeptTextObject<'r>>,
}

/// How well a page was cleaned.
#[derive(Debug, Serialize)]
pub struct KeptTextObject<'r> {
    /// The page.
    pub path: &'r str,
    /// Share of the kept words that are the article's.
    pub precision: Option<f64>,
    /// Share of the article's words that are kept.
    pub recall: Option<f64>,
    /// Their harmonic mean.
    pub f1: Option<f64>,
    /// Lines of the article.
    pub article_lines: usize,
    /// Those of which a word is cut.
    pub article_lines_cut: usize,
    /// Lines of furniture and of second articles.
    pub other_lines: usize,
    /// Those of which a word is kept.
    pub other_lines_kept: usize,
}

impl<'r> KeptTextObject<'r> {
    fn new(path: &'r str, kept: &KeptText) -> Self {
        Self {
            path,
            precision: kept.precision().map(rounded),
            recall: kept.recall().map(rounded),
            f1: kept.f1().map(rounded),
            article_lines: kept.article_lines,
            article_lines_cut: kept.article_lines_cut,
            other_lines: kept.other_lines,
            other_lines_kept: kept.other_lines_kept,
        }
    }
}

impl<'r> CleanEvaluation<'r> {
    /// The object of some pages.
    pub fn new(pages: &[(&'r str, KeptText)], all: &KeptText) -> Self {
        let pages = pages.iter().map(|(path, kept)| KeptTextObject::new(path, kept)).collect();
        Self {
            schema: "unspin-clean-evaluation",
            version: VERSION,
            tool: TOOL,
            all: KeptTextObject::new("", all),
            pages,
        }
    }
}
