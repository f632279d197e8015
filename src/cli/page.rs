//! `check --format html`: one page of all documents.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use rayon::prelude::*;

use super::args::CheckArgs;
use super::baseline::Acceptance;
use super::error::CliError;
use super::input::Input;
use super::progress::{Printing, Progress};
use super::walk::Walk;
use super::{Outcome, complain};
use crate::clean::{Cleaner, Page};
use crate::pipeline::Engine;
use crate::repair::Policy;
use crate::report::{Dossier, Failure, Inquiry, Report, Totals, render};

/// A document on the page.
struct Shown {
    entry: render::HtmlEntry,
    left_out: usize,
    report: Option<Report>,
}

/// An input that failed, by its name.
type Failed = Box<(String, CliError)>;

/// Writes the page. Documents are read and judged by all cores, and shown in the order of the input, or sorted.
pub(super) fn write(
    engine: &Engine,
    args: &CheckArgs,
    policy: &Policy,
    acceptance: &mut Acceptance<'_>,
) -> Result<Outcome, CliError> {
    let walk = Walk::of(&args.walk)?.with_pages(args.clean);
    args.told.walk(&walk, &args.input.paths);
    let inputs = walk.expand(&args.input.paths);
    let (cleaner, baseline) = (Cleaner::builtin()?, acceptance.old());
    let inquiry = Inquiry {
        engine,
        policy,
        cleaning: args.clean.then(|| (&cleaner, args.page.policy())),
        baseline: &baseline,
        explains: args.explain,
    };
    let is_open = render::html_is_open(inputs.len());
    let progress = Progress::of_documents(inputs.len(), Printing::Results, args.quiet);
    let shown = |(number, input)| -> Result<Option<Shown>, Failed> {
        let dossier = dossier(&inquiry, args, input);
        let shown = dossier?.map(|dossier| Shown {
            entry: render::html_document(number + 1, is_open, &dossier),
            left_out: dossier.left_out,
            // Thousands of texts have a hundred thousand findings, which are in the page by now.
            report: acceptance.wants_reports().then_some(dossier.report),
        });
        progress.step();
        Ok(shown)
    };
    let done: Vec<_> = inputs.into_par_iter().enumerate().map(shown).collect();
    progress.finish();
    let (mut entries, mut failures, mut totals) = (Vec::new(), Vec::new(), Totals::default());
    let (mut has_nothing, mut failed) = (false, false);
    for done in done {
        match done {
            Ok(None) => {}
            Ok(Some(Shown { entry, left_out, report })) => {
                acceptance.take(report.as_ref(), left_out);
                totals.add(&entry.score);
                entries.push(entry);
            }
            Err(failed_input) => {
                let (path, error) = *failed_input;
                // A page without an article is no failure of the run: there is nothing to be had from it.
                if error.is_no_article() {
                    has_nothing = true;
                } else {
                    failed = true;
                }
                complain(&error);
                failures.push(Failure { path, error: error.to_string() });
            }
        }
    }
    if let Some(key) = args.sort {
        entries.sort_by(|a, b| key.compare(&a.score, &b.score));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    out.write_all(render::html_head(&entries, &failures, &totals).as_bytes())?;
    for entry in &entries {
        out.write_all(entry.body.as_bytes())?;
    }
    out.write_all(render::html_tail().as_bytes())?;
    out.flush()?;
    let has_findings = entries.iter().any(|entry| entry.findings > 0);
    Ok(Outcome::of(failed, has_findings || has_nothing))
}

/// What is told about an input; nothing if a found file is no text.
fn dossier(
    inquiry: &Inquiry<'_>,
    args: &CheckArgs,
    input: Result<Input, (PathBuf, CliError)>,
) -> Result<Option<Dossier>, Failed> {
    let input = input.map_err(|(path, error)| Box::new((path.display().to_string(), error)))?;
    let name = input.name();
    let page = if args.clean { args.page.read(&input) } else { input.read().map(|d| d.map(Page::from)) };
    let page = page.map_err(|error| Box::new((name.clone(), error)))?;
    let policy = args.per_file.policy(inquiry.policy, &input);
    Ok(page.map(|page| Inquiry { policy: &policy, ..*inquiry }.of(&name, &page)))
}
