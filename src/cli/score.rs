//! `unspin score`: verdict, readability and fluency.

use std::io::{BufWriter, Write};
use std::path::Path;

use super::args::{ScoreArgs, ScoreFormat};
use super::error::CliError;
use super::input::Input;
use super::progress::{Printing, Progress};
use super::walk::Walk;
use super::{Outcome, batch, complain, engine, io};
use crate::pipeline::Engine;
use crate::report::{Comparison, Failure, ScoreReport, Totals, render};

pub(super) fn run(args: &ScoreArgs) -> Result<Outcome, CliError> {
    engine::with(&args.engine, |engine| {
        args.told.engine(&args.engine, engine);
        if let [before, after] = args.compare.as_slice() {
            compare(engine, args, before, after)
        } else if args.batch.jsonl {
            batch::score(engine, args)
        } else {
            files(engine, args)
        }
    })
}

fn compare(engine: &Engine, args: &ScoreArgs, before: &Path, after: &Path) -> Result<Outcome, CliError> {
    let read = |path: &Path| {
        let input =
            if path.as_os_str() == Input::STDIN { Input::Stdin } else { Input::File(path.to_owned()) };
        let document =
            input.read()?.ok_or_else(|| CliError::Usage(format!("{} is no text", input.name())))?;
        Ok::<_, CliError>(ScoreReport::of(&input.name(), &document, engine))
    };
    let comparison = Comparison::new(read(before)?, read(after)?);
    let text = match args.format {
        ScoreFormat::Full => render::comparison_full(&comparison, io::style(args.color)),
        ScoreFormat::Json => render::comparison_json(&comparison)?,
        ScoreFormat::Jsonl => render::comparison_jsonl(&comparison)?,
        ScoreFormat::Csv => render::comparison_csv(&comparison),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::Clean)
}

fn files(engine: &Engine, args: &ScoreArgs) -> Result<Outcome, CliError> {
    let mut printer = Printer::new(args)?;
    let walk = Walk::of(&args.walk)?;
    args.told.walk(&walk, &args.input.paths);
    let inputs = walk.expand(&args.input.paths);
    let progress = Progress::of_documents(inputs.len(), Printing::Results, args.quiet);
    for input in inputs {
        let (name, read) = match input {
            Ok(input) => (input.name(), input.read()),
            Err((path, error)) => (path.display().to_string(), Err(error)),
        };
        match read {
            Ok(Some(document)) => {
                progress.aside(|| args.told.document(&name, &document));
                printer.report(ScoreReport::of(&name, &document, engine))?;
            }
            Ok(None) => {}
            Err(error) => progress.aside(|| printer.failure(name, &error))?,
        }
        progress.step();
    }
    progress.finish();
    printer.finish()
}

/// Writes reports in the format asked for, as they come where format and order allow it.
struct Printer<'a> {
    args: &'a ScoreArgs,
    out: BufWriter<std::io::StdoutLock<'static>>,
    /// Kept until the end where they are sorted, or the format is a table or one object.
    reports: Vec<ScoreReport>,
    totals: Totals,
    failures: Vec<Failure>,
}

impl<'a> Printer<'a> {
    fn new(args: &'a ScoreArgs) -> Result<Self, CliError> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        match args.format {
            ScoreFormat::Full | ScoreFormat::Json => {}
            ScoreFormat::Jsonl => out.write_all(render::score_jsonl_meta()?.as_bytes())?,
            ScoreFormat::Csv => out.write_all(render::score_csv_header().as_bytes())?,
        }
        Ok(Self { args, out, reports: Vec::new(), totals: Totals::default(), failures: Vec::new() })
    }

    fn report(&mut self, report: ScoreReport) -> Result<(), CliError> {
        self.totals.add(&report);
        if self.args.sort.is_some() {
            self.reports.push(report);
            return Ok(());
        }
        self.write(report)
    }

    fn write(&mut self, report: ScoreReport) -> Result<(), CliError> {
        let text = match self.args.format {
            ScoreFormat::Full | ScoreFormat::Json => {
                self.reports.push(report);
                return Ok(());
            }
            ScoreFormat::Jsonl => render::score_jsonl(&report)?,
            ScoreFormat::Csv => render::score_csv(&report),
        };
        Ok(self.out.write_all(text.as_bytes())?)
    }

    fn failure(&mut self, name: String, error: &CliError) -> Result<(), CliError> {
        // In order with what is already written, where both go to one terminal.
        self.out.flush()?;
        complain(error);
        let failure = Failure { path: name, error: error.to_string() };
        if self.args.format == ScoreFormat::Jsonl {
            self.out.write_all(render::jsonl_failure(&failure)?.as_bytes())?;
        }
        self.failures.push(failure);
        Ok(())
    }

    fn finish(mut self) -> Result<Outcome, CliError> {
        if let Some(key) = self.args.sort {
            let mut reports = std::mem::take(&mut self.reports);
            key.sort(&mut reports);
            reports.into_iter().try_for_each(|report| self.write(report))?;
        }
        let Self { reports, totals, failures, .. } = &self;
        let text = match (self.args.format, reports.as_slice()) {
            (ScoreFormat::Full, []) | (ScoreFormat::Csv, _) => String::new(),
            (ScoreFormat::Full, [report]) => {
                render::score_full(report, io::style(self.args.color), io::glyphs())
            }
            (ScoreFormat::Full, reports) => render::score_table(reports, totals, io::glyphs()),
            (ScoreFormat::Json, reports) => render::score_json(reports, totals, failures)?,
            (ScoreFormat::Jsonl, _) => render::score_jsonl_total(totals)?,
        };
        self.out.write_all(text.as_bytes())?;
        self.out.flush()?;
        Ok(Outcome::of(!self.failures.is_empty(), false))
    }
}
