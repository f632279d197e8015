//! The verbs of the command line, each as one call: text in, the answer of the JSON contract out.
//!
//! `unspin check|fix|clean|score --jsonl` and the package for Python are made of these calls. [`pipeline`](crate::pipeline) and the
//! modules below it are for those who want the parts: tokens, findings, fixes.
//!
//! ```
//! use unspin::clean::Cleaner;
//! use unspin::pipeline::Engine;
//! use unspin::verbs::{CheckOptions, CleanOptions, FixOptions};
//!
//! let engine = Engine::builtin()?;
//! let text = include_str!("../samples/spun.txt");
//!
//! let report = engine.check(text, &CheckOptions::default())?;
//! println!("{}: {}", report.verdict.kind.name(), report.rows[0].message);
//!
//! let fixed = engine.fix(text, &FixOptions::default())?;
//! println!("{}", fixed.text());
//!
//! let page = "<html><body><article><p>The river flooded in May, and a dam broke.</p></article></body></html>";
//! let cleaned = Cleaner::builtin()?.clean_page(page.as_bytes(), &CleanOptions::default())?;
//! assert_eq!(cleaned.text(), "The river flooded in May, and a dam broke.\n");
//!
//! let score = engine.score(text)?;
//! println!("{}", serde_json::to_string(&unspin::report::batch_score(score))?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use thiserror::Error;

use crate::clean::{CleanPolicy, Cleaned, Cleaner, ExtractError, FurnitureError, Page, PageFormat};
use crate::pipeline::{Engine, Mended};
use crate::repair::Policy;
use crate::report::wire::BatchObject;
use crate::report::wire_score::BatchScore;
use crate::report::{Cleaning, Comparison, Report, ScoreReport, batch_check, batch_fix};
use crate::text::{Document, DocumentError};

/// Bytes of the longest text that is judged as one document. Memory grows with the text, to tens of times its size; articles are a
/// thousandth of this.
pub const LONGEST_TEXT: usize = 16 << 20;

/// A text that can't be answered.
#[derive(Debug, Error)]
pub enum TextError {
    /// It is longer than [`LONGEST_TEXT`].
    #[error(
        "a text of {bytes} bytes: at most {LONGEST_TEXT} (16 MiB) are judged as one document: split it, an article to a text"
    )]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// It is no text.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// It is no page.
    #[error(transparent)]
    Page(#[from] ExtractError),
    /// The built-in list of furniture can't be used: a mistake in building this program.
    #[error("built-in list of furniture: {0}")]
    Furniture(#[from] FurnitureError),
}

/// How a text is checked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CheckOptions {
    /// What is listed: by default findings of any confidence.
    pub policy: Policy,
    /// Whether it is said what spoke for each alternative.
    pub explain: bool,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self { policy: Policy { min_confidence: 0.0, ..Policy::default() }, explain: false }
    }
}

/// How a text is repaired.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FixOptions {
    /// What is applied.
    pub policy: Policy,
    /// How the page is cleaned first, if it is.
    pub clean: Option<CleanOptions>,
    /// Whether it is said how the text reads before and after.
    pub score: bool,
}

/// How a page is cleaned.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CleanOptions {
    /// What is cut.
    pub policy: CleanPolicy,
    /// What the page is.
    pub format: PageFormat,
    /// Whether a second article is cleaned as well.
    pub split: bool,
}

/// A repaired text.
#[derive(Debug)]
pub struct Fixed {
    /// The text as it came, or as it was extracted; all places refer to it.
    pub page: Page,
    /// What was done to it.
    pub mended: Mended,
    /// How it reads before and after, where that was asked for.
    pub comparison: Option<Comparison>,
}

impl Fixed {
    /// The repaired text.
    pub fn text(&self) -> &str {
        &self.mended.text
    }

    /// Whether it is another than what came in.
    pub fn is_changed(&self) -> bool {
        self.page.extraction.is_some() || self.mended.text != self.page.document.text()
    }

    /// The `unspin` object of the contract, and the repaired text.
    pub fn into_object(self) -> (BatchObject, String) {
        let Self { page, mended, comparison } = self;
        let mut object = batch_fix(page.document.text(), &mended.verdict, &mended.fixes);
        object.score = comparison.map(|comparison| BatchScore::Repair(Box::new(comparison)));
        (object, mended.text)
    }
}

/// A cleaned page.
#[derive(Debug, Clone)]
pub struct CleanedPage {
    /// The page as it was read; all places refer to its text.
    pub page: Page,
    /// What was done to it.
    pub cleaned: Cleaned,
    /// The second article, cleaned, where one followed and it was asked for.
    pub articles: Vec<String>,
}

impl CleanedPage {
    /// The cleaned text.
    pub fn text(&self) -> &str {
        &self.cleaned.text
    }

    /// Whether it is another than what came in.
    pub fn is_changed(&self) -> bool {
        self.page.extraction.is_some() || self.cleaned.text != self.page.document.text()
    }

    /// What is told about it.
    pub fn report(&self, name: &str) -> Cleaning {
        Cleaning::new(name, self.page.document.text(), &self.cleaned, self.page.extraction.as_ref())
    }
}

impl Engine {
    /// Is a text spun, and where?
    ///
    /// # Errors
    ///
    /// If it is too long.
    pub fn check(&self, text: &str, options: &CheckOptions) -> Result<Report, TextError> {
        let document = document(text)?;
        let scan = self.scan(&document);
        let planned = self.plan(&document, &scan, &options.policy);
        let report = Report::of_scan(UNNAMED, &document, &scan, &planned, &options.policy);
        Ok(if options.explain {
            report.explained(&scan.findings, &self.explain(&document, &scan))
        } else {
            report
        })
    }

    /// The same as the `unspin` object of a row: it has the first replacement of each finding as a proposed edit.
    ///
    /// # Errors
    ///
    /// As [`Engine::check`].
    pub fn check_row(&self, text: &str, policy: &Policy) -> Result<BatchObject, TextError> {
        let document = document(text)?;
        let scan = self.scan(&document);
        let planned = self.plan(&document, &scan, policy);
        Ok(batch_check(document.text(), &scan.verdict, &planned, policy))
    }

    /// Writes a text back to its canonical wording, if it is spun or the policy says so.
    ///
    /// # Errors
    ///
    /// If it is too long, or is to be cleaned and is no page.
    pub fn fix(&self, text: &str, options: &FixOptions) -> Result<Fixed, TextError> {
        let page = match &options.clean {
            Some(clean) => page(text.as_bytes(), clean.format)?,
            None => document(text)?.into(),
        };
        let mended = self.mend_page(&page, options)?;
        let comparison =
            options.score.then(|| Comparison::of_repair(UNNAMED, &page.document, &mended.text, self));
        Ok(Fixed { page, mended, comparison })
    }

    /// The repair of a page that was read.
    ///
    /// # Errors
    ///
    /// If the built-in list of furniture can't be used: a mistake in building this program.
    pub fn mend_page(&self, page: &Page, options: &FixOptions) -> Result<Mended, FurnitureError> {
        let Some(clean) = &options.clean else { return Ok(self.mend(&page.document, &options.policy)) };
        let cleaned = Cleaner::builtin()?.clean(page.document.text(), &clean.policy);
        Ok(self.mend_cleaned(&page.document, cleaned, &options.policy))
    }

    /// How does a text read?
    ///
    /// # Errors
    ///
    /// If it is too long.
    pub fn score(&self, text: &str) -> Result<ScoreReport, TextError> {
        Ok(ScoreReport::of(UNNAMED, &document(text)?, self))
    }
}

impl Cleaner<'_> {
    /// Cuts a page to its article: a text, or HTML in whatever character set.
    ///
    /// # Errors
    ///
    /// If it is too long, binary data, fits no character set, or is HTML without an article.
    pub fn clean_page(&self, bytes: &[u8], options: &CleanOptions) -> Result<CleanedPage, TextError> {
        let page = page(bytes, options.format)?;
        let cleaned = self.clean_read(&page, &options.policy);
        let second = cleaned.second.iter().filter(|_| options.split);
        let articles = second.map(|second| self.clean(second, &options.policy).text).collect();
        Ok(CleanedPage { page, cleaned, articles })
    }
}

/// What a text is called that comes from no file.
const UNNAMED: &str = "-";

fn document(text: &str) -> Result<Document, TextError> {
    within_limit(text.len())?;
    Ok(Document::new(text))
}

fn page(bytes: &[u8], format: PageFormat) -> Result<Page, TextError> {
    within_limit(bytes.len())?;
    Ok(Page::read(bytes, format)?)
}

fn within_limit(bytes: usize) -> Result<(), TextError> {
    if bytes > LONGEST_TEXT { Err(TextError::TooLong { bytes }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_refused_by_every_verb() {
        let engine = Engine::builtin().unwrap();
        let text = "a".repeat(LONGEST_TEXT + 1);
        let clean = FixOptions { clean: Some(CleanOptions::default()), ..FixOptions::default() };
        let cleaner = Cleaner::builtin().unwrap();
        let refusals = [
            engine.check(&text, &CheckOptions::default()).err(),
            engine.check_row(&text, &Policy::default()).err(),
            engine.fix(&text, &FixOptions::default()).err(),
            engine.fix(&text, &clean).err(),
            engine.score(&text).err(),
            cleaner.clean_page(text.as_bytes(), &CleanOptions::default()).err(),
        ];
        for refusal in refusals {
            assert!(matches!(refusal, Some(TextError::TooLong { bytes }) if bytes == text.len()));
        }
    }

    #[test]
    fn a_row_proposes_what_the_report_lists() {
        let engine = Engine::builtin().unwrap();
        let text = include_str!("../samples/spun.txt");
        let options = CheckOptions::default();
        let report = engine.check(text, &options).unwrap();
        let row = engine.check_row(text, &options.policy).unwrap();
        let found: Vec<usize> = report.rows.iter().map(|row| row.place.bytes.start()).collect();
        let mut proposed: Vec<usize> = row.edits.iter().flatten().map(|edit| edit.start).collect();
        // A fix of an article and its noun is one finding with two edits.
        proposed.retain(|start| found.contains(start));
        assert_eq!(proposed, found);
    }
}
