//! What `clean` answers.

use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use unspin::report::wire_clean::{CutObject, PageObject};
use unspin::verbs::CleanedPage;

use crate::object::object;

/// The article of a page, and everything that was cut.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CleanResult {
    /// The cleaned text.
    text: String,
    /// What the page turned out to be: `article`, `versions`, `foreign` or `nothing`.
    page: String,
    /// What the page says of itself.
    metadata: Metadata,
    /// How the text was extracted, if the page was anything else than text in UTF-8: offsets refer to the extracted text.
    extraction: Option<Extraction>,
    /// Words of the text as it came.
    words_before: usize,
    /// Words of the cleaned text.
    words_after: usize,
    /// Whether a second article followed.
    second_article: bool,
    /// Every cut and repair, applied or not, in order; a new list each time.
    cuts: Vec<Cut>,
    /// The second article, cleaned, where one followed; empty without `split=True`.
    articles: Vec<String>,
}
object!(CleanResult);

/// What a page says of itself; nothing is guessed that it does not say.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// The headline.
    title: Option<String>,
    /// Who wrote it, without "By".
    byline: Option<String>,
    /// When it was published, or else updated: YYYY-MM-DD.
    date: Option<String>,
    /// Where it comes from.
    source: Option<String>,
    /// Its language: an ISO 639 code.
    language: Option<String>,
}
object!(Metadata);

/// How a text was made of what was read.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// `html` or `text`.
    format: String,
    /// The character set that was read, by its name in the WHATWG Encoding Standard.
    charset: String,
    /// What took the article out of the page, with its version.
    extractor: Option<String>,
    /// SHA-256 of the bytes that were read, in lower-case hexadecimal.
    sha256_source: String,
    /// How many they were.
    bytes_source: usize,
    /// SHA-256 of the text, in lower-case hexadecimal.
    sha256_text: String,
}
object!(Extraction);

/// A cut or a repair. Offsets are bytes of the text in UTF-8, ends are exclusive.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// Line of the first character, from 1.
    line: usize,
    /// Line of the end.
    end_line: usize,
    /// First byte.
    byte_start: usize,
    /// One past the last byte.
    byte_end: usize,
    /// `furniture`, `second-article`, `other-version` or `damage`.
    rule: String,
    /// Why, in words.
    reason: String,
    /// What stood there.
    before: String,
    /// What comes instead; empty for a cut.
    after: String,
    /// Probability that it is right.
    confidence: f64,
    /// How safe it is to apply: `safe`, `unsafe` or `display`.
    applicability: String,
    /// `applied`, or `skipped:` with the reason.
    outcome: String,
}
object!(Cut);

impl From<CleanedPage> for CleanResult {
    fn from(page: CleanedPage) -> Self {
        let report = page.report("-");
        let PageObject { about, text, cuts, .. } = PageObject::new(&report, page.text());
        let metadata = about.metadata;
        Self {
            text: text.to_owned(),
            page: about.page.name().to_owned(),
            metadata: Metadata {
                title: metadata.title.clone(),
                byline: metadata.byline.clone(),
                date: metadata.date.clone(),
                source: metadata.source.clone(),
                language: metadata.language.clone(),
            },
            extraction: about.extraction.map(Into::into),
            words_before: about.words_before,
            words_after: about.words_after,
            second_article: about.second_article,
            cuts: cuts.into_iter().map(Into::into).collect(),
            articles: page.articles,
        }
    }
}

impl From<&unspin::clean::Extraction> for Extraction {
    fn from(extraction: &unspin::clean::Extraction) -> Self {
        Self {
            format: extraction.format.clone(),
            charset: extraction.charset.clone(),
            extractor: extraction.extractor.clone(),
            sha256_source: extraction.sha256_source.clone(),
            bytes_source: extraction.bytes_source,
            sha256_text: extraction.sha256_text.clone(),
        }
    }
}

impl From<CutObject<'_>> for Cut {
    fn from(cut: CutObject<'_>) -> Self {
        Self {
            line: cut.line,
            end_line: cut.end_line,
            byte_start: cut.byte_start,
            byte_end: cut.byte_end,
            rule: cut.rule.to_owned(),
            reason: cut.reason.to_owned(),
            before: cut.before.to_owned(),
            after: cut.after.to_owned(),
            confidence: cut.confidence,
            applicability: cut.applicability.name().to_owned(),
            outcome: cut.outcome,
        }
    }
}
