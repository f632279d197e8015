//! `unspin check`: is it spun, and where?

use std::io::{BufWriter, Write};

use super::args::{CheckArgs, Format};
use super::error::CliError;
use super::input;
use super::{Outcome, batch, complain, engine, io, say};
use crate::pipeline::Engine;
use crate::repair::Policy;
use crate::report::{Report, render};
use crate::text::Document;

pub(super) fn run(args: &CheckArgs) -> Result<Outcome, CliError> {
    let policy = Policy {
        min_confidence: args.min_confidence,
        any_verdict: args.any_verdict,
        quotes: args.quotes.into(),
        ..Policy::default()
    };
    engine::with(&args.engine, |engine| {
        let outcome = if args.batch.jsonl {
            batch::check(engine, args, &policy)?
        } else {
            files(engine, args, &policy)?
        };
        Ok(if args.exit_zero && outcome == Outcome::Findings { Outcome::Clean } else { outcome })
    })
}

fn files(engine: &Engine<'_>, args: &CheckArgs, policy: &Policy) -> Result<Outcome, CliError> {
    let mut printer = Printer::new(args)?;
    for input in input::expand(&args.input.paths) {
        let (name, read) = match input {
            Ok(input) => (input.name(), input.read()),
            Err((path, error)) => (path.display().to_string(), Err(error)),
        };
        match read {
            Ok(Some(document)) => printer.report(report(engine, &name, &document, policy, args.explain))?,
            Ok(None) => {}
            Err(error) => printer.failure(name, &error)?,
        }
    }
    printer.finish()
}

fn report(engine: &Engine<'_>, name: &str, document: &Document, policy: &Policy, explain: bool) -> Report {
    let scan = engine.scan(document);
    let planned = engine.plan(document, &scan, policy);
    let report = Report::of_scan(name, document, &scan, &planned, policy);
    if !explain {
        return report;
    }
    report.explained(&scan.findings, &engine.explain(document, &scan))
}

/// Writes reports in the format asked for, as they come where the format allows it.
struct Printer {
    format: Format,
    style: render::Style,
    quiet: bool,
    out: BufWriter<std::io::StdoutLock<'static>>,
    /// Kept until the end for the formats that are one object.
    reports: Vec<Report>,
    failures: Vec<(String, String)>,
    documents: usize,
    findings: usize,
    failed: usize,
}

impl Printer {
    fn new(args: &CheckArgs) -> Result<Self, CliError> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        if args.format == Format::Jsonl {
            out.write_all(render::jsonl_meta()?.as_bytes())?;
        }
        Ok(Self {
            format: args.format,
            style: io::style(args.color),
            quiet: args.quiet,
            out,
            reports: Vec::new(),
            failures: Vec::new(),
            documents: 0,
            findings: 0,
            failed: 0,
        })
    }

    fn report(&mut self, report: Report) -> Result<(), CliError> {
        self.documents += 1;
        self.findings += report.rows.len();
        let text = match self.format {
            Format::Full if self.quiet && report.rows.is_empty() => String::new(),
            Format::Full => render::full(&report, self.style),
            Format::Concise => render::concise(&report),
            Format::Jsonl => render::jsonl(&report)?,
            Format::Json => {
                self.reports.push(report);
                String::new()
            }
        };
        Ok(self.out.write_all(text.as_bytes())?)
    }

    fn failure(&mut self, name: String, error: &CliError) -> Result<(), CliError> {
        self.failed += 1;
        // In order with what is already written, where both go to one terminal.
        self.out.flush()?;
        complain(error);
        match self.format {
            Format::Full | Format::Concise => {}
            Format::Json => self.failures.push((name, error.to_string())),
            Format::Jsonl => {
                self.out.write_all(render::jsonl_error(&name, &error.to_string())?.as_bytes())?;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Outcome, CliError> {
        if self.format == Format::Json {
            self.out.write_all(render::json(&self.reports, &self.failures)?.as_bytes())?;
        }
        self.out.flush()?;
        if self.format == Format::Full && !self.quiet && self.documents + self.failed > 1 {
            let failed = if self.failed > 0 { format!(", {} failed", self.failed) } else { String::new() };
            say(&format!("{} documents, {} findings{failed}", self.documents, self.findings));
        }
        Ok(Outcome::of(self.failed > 0, self.findings > 0))
    }
}
