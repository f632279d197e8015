//! Reports on standard output, in the format asked for.

use std::io::{BufWriter, Write};

use super::args::{CheckArgs, Format};
use super::error::CliError;
use super::{Outcome, complain, io, say};
use crate::report::{Failure, Report, render};

/// Text, or why a value can't be written as JSON.
type Written = Result<String, serde_json::Error>;

/// What a format writes, and when.
enum Layout {
    /// A text at the beginning, then one for each input as it comes.
    Rows {
        head: fn() -> Written,
        report: fn(&Report, render::Style, render::Glyphs) -> Written,
        failure: fn(&Failure) -> Written,
    },
    /// One text of all inputs at the end.
    Whole(fn(&[Report], &[Failure]) -> Written),
}

impl Layout {
    fn of(format: Format) -> Self {
        let (head, failure) = (|| Ok(String::new()), |_: &Failure| Ok(String::new()));
        match format {
            Format::Full => Self::Rows {
                head,
                report: |report, style, glyphs| Ok(render::full(report, style, glyphs)),
                failure,
            },
            Format::Concise => {
                Self::Rows { head, report: |report, _, _| Ok(render::concise(report)), failure }
            }
            Format::M2 => Self::Rows { head, report: |report, _, _| Ok(render::m2(report)), failure },
            Format::Github => Self::Rows {
                head,
                report: |report, _, _| Ok(render::github(report)),
                failure: |failure| Ok(render::github_failure(failure)),
            },
            Format::Jsonl => Self::Rows {
                head: render::jsonl_meta,
                report: |report, _, _| render::jsonl(report),
                failure: render::jsonl_failure,
            },
            // Written by `page`, which has the whole texts.
            Format::Html => Self::Whole(|_, _| Ok(String::new())),
            Format::Json => Self::Whole(render::json),
            Format::Sarif => Self::Whole(render::sarif),
            Format::Gitlab => Self::Whole(render::gitlab),
            Format::Rdjson => Self::Whole(render::rdjson),
            Format::Checkstyle => Self::Whole(|reports, failures| Ok(render::checkstyle(reports, failures))),
            Format::Junit => Self::Whole(|reports, failures| Ok(render::junit(reports, failures))),
        }
    }
}

/// Writes reports in the format asked for, as they come where the format allows it.
pub(super) struct Printer {
    layout: Layout,
    /// Whether people read it, who are told of clean documents, and how many there were.
    says_counts: bool,
    says_clean: bool,
    style: render::Style,
    out: BufWriter<std::io::StdoutLock<'static>>,
    /// Kept until the end for the formats that are one text.
    reports: Vec<Report>,
    failures: Vec<Failure>,
    documents: usize,
    findings: usize,
    failed: usize,
    /// Whether there was a page without an article.
    has_nothing: bool,
}

impl Printer {
    pub(super) fn new(args: &CheckArgs) -> Result<Self, CliError> {
        let layout = Layout::of(args.format);
        let mut out = BufWriter::new(std::io::stdout().lock());
        if let Layout::Rows { head, .. } = layout {
            out.write_all(head()?.as_bytes())?;
        }
        let is_full = args.format == Format::Full;
        Ok(Self {
            layout,
            says_counts: is_full && !args.quiet,
            says_clean: !(is_full && args.quiet),
            style: render::Style { colour: io::is_coloured(args.color, &std::io::stdout()) },
            out,
            reports: Vec::new(),
            failures: Vec::new(),
            documents: 0,
            findings: 0,
            failed: 0,
            has_nothing: false,
        })
    }

    pub(super) fn report(&mut self, report: Report) -> Result<(), CliError> {
        self.documents += 1;
        self.findings += report.rows.len();
        match self.layout {
            Layout::Rows { .. } if report.rows.is_empty() && !self.says_clean => {}
            Layout::Rows { report: written, .. } => {
                self.out.write_all(written(&report, self.style, io::glyphs())?.as_bytes())?;
            }
            Layout::Whole(_) => self.reports.push(report),
        }
        Ok(())
    }

    pub(super) fn failure(&mut self, path: String, error: &CliError) -> Result<(), CliError> {
        // A page without an article is no failure of the run: there is nothing to be had from it.
        if error.is_no_article() {
            self.has_nothing = true;
        } else {
            self.failed += 1;
        }
        // In order with what is already written, where both go to one terminal.
        self.out.flush()?;
        complain(error);
        let failure = Failure { path, error: error.to_string() };
        match self.layout {
            Layout::Rows { failure: written, .. } => self.out.write_all(written(&failure)?.as_bytes())?,
            Layout::Whole(_) => self.failures.push(failure),
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Outcome, CliError> {
        if let Layout::Whole(written) = self.layout {
            self.out.write_all(written(&self.reports, &self.failures)?.as_bytes())?;
        }
        self.out.flush()?;
        if self.says_counts && self.documents + self.failed > 1 {
            let failed = if self.failed > 0 { format!(", {} failed", self.failed) } else { String::new() };
            say(&format!("{} documents, {} findings{failed}", self.documents, self.findings));
        }
        Ok(Outcome::of(self.failed > 0, self.findings > 0 || self.has_nothing))
    }
}
