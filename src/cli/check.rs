//! `unspin check`: is it spun, and where?

use clap::ArgMatches;

use super::args::{CheckArgs, Format};
use super::baseline::Acceptance;
use super::config::Config;
use super::error::CliError;
use super::input::Input;
use super::printer::Printer;
use super::progress::{Printing, Progress};
use super::walk::Walk;
use super::{Outcome, batch, engine, page};
use crate::clean::{Cleaner, Page};
use crate::pipeline::Engine;
use crate::repair::Policy;
use crate::report::{Report, ScoreReport};
use crate::text::Document;

/// Runs with the options that were typed (`matches` are those of the program) and those of a configuration.
pub(super) fn configured(mut args: CheckArgs, matches: &ArgMatches) -> Result<Outcome, CliError> {
    let config = Config::find(&args.config)?;
    if args.config.dump_config {
        return config.print();
    }
    args.told.config(&config);
    if let Some((_, typed)) = matches.subcommand() {
        config.complete_check(&mut args, typed);
    }
    run(&args)
}

fn run(args: &CheckArgs) -> Result<Outcome, CliError> {
    let policy = Policy {
        min_confidence: args.min_confidence,
        any_verdict: args.any_verdict,
        quotes: args.quotes.into(),
        ..Policy::default()
    };
    engine::with(&args.engine, |engine| {
        args.told.engine(&args.engine, engine);
        args.told.policy(&policy);
        if args.clean {
            args.told.cleaning(&args.page.policy());
        }
        let outcome = if args.batch.jsonl {
            batch::check(&args.screening.over(engine)?, args, &policy)?
        } else {
            files(engine, args, &policy)?
        };
        Ok(if args.exit_zero && outcome == Outcome::Findings { Outcome::Clean } else { outcome })
    })
}

fn files(engine: &Engine, args: &CheckArgs, policy: &Policy) -> Result<Outcome, CliError> {
    let mut acceptance = Acceptance::begin(&args.baseline)?;
    let outcome = if args.format == Format::Html {
        page::write(engine, args, policy, &mut acceptance)?
    } else {
        print(engine, args, policy, &mut acceptance)?
    };
    let all_accepted = acceptance.finish(args.quiet)?;
    Ok(if all_accepted && outcome == Outcome::Findings { Outcome::Clean } else { outcome })
}

fn print(
    engine: &Engine,
    args: &CheckArgs,
    policy: &Policy,
    acceptance: &mut Acceptance<'_>,
) -> Result<Outcome, CliError> {
    let mut printer = Printer::new(args)?;
    let examiner = Examiner { engine, args, cleaner: args.clean.then(Cleaner::builtin).transpose()? };
    let walk = Walk::of(&args.walk)?.with_pages(args.clean);
    args.told.walk(&walk, &args.input.paths);
    let inputs = walk.expand(&args.input.paths);
    let progress = Progress::of_documents(inputs.len(), Printing::Results, args.quiet);
    let mut sorted = Vec::new();
    for input in inputs {
        let (name, read, own) = match input {
            Ok(input) => (input.name(), read(args, &input), args.per_file.policy(policy, &input)),
            Err((path, error)) => (path.display().to_string(), Err(error), *policy),
        };
        match read {
            Ok(Some(page)) => {
                progress.aside(|| args.told.read(&name, &page, policy, &own));
                match examiner.examine(&name, &page, &own, acceptance) {
                    (report, Some(score)) => sorted.push((score, report)),
                    (report, None) => printer.report(report)?,
                }
            }
            Ok(None) => {}
            Err(error) => progress.aside(|| printer.failure(name, &error))?,
        }
        progress.step();
    }
    progress.finish();
    if let Some(key) = args.sort {
        sorted.sort_by(|(a, _), (b, _)| key.compare(a, b));
    }
    sorted.into_iter().try_for_each(|(_, report)| printer.report(report))?;
    printer.finish()
}

/// What is read: with `--clean` a page in whatever form, else a text in UTF-8.
fn read(args: &CheckArgs, input: &Input) -> Result<Option<Page>, CliError> {
    if !args.clean {
        return Ok(input.read()?.map(Page::from));
    }
    let page = args.page.read(input)?;
    if args.format.annotates_files() && page.as_ref().is_some_and(|page| page.extraction.is_some()) {
        let message = "places in the text of a page are no places in its file, which this format is about: use another \
                       --format, or `unspin clean` first";
        return Err(CliError::Usage(format!("{}: {message}", input.name())));
    }
    Ok(page)
}

/// What documents are examined with.
struct Examiner<'a> {
    engine: &'a Engine,
    args: &'a CheckArgs,
    cleaner: Option<Cleaner<'a>>,
}

impl Examiner<'_> {
    /// What is told about a document, and what it is sorted by, where that is asked for.
    fn examine(
        &self,
        name: &str,
        page: &Page,
        policy: &Policy,
        acceptance: &mut Acceptance<'_>,
    ) -> (Report, Option<ScoreReport>) {
        let Self { engine, args, cleaner } = self;
        let cut = cleaner.map(|cleaner| cleaner.clean_read(page, &args.page.policy()));
        let article = cut.as_ref().map(|cut| Document::new(cut.text.as_str()));
        let document = article.as_ref().unwrap_or(&page.document);
        let scan = engine.scan(document);
        let planned = engine.plan(document, &scan, policy);
        let mut report = acceptance.of(Report::of_scan(name, document, &scan, &planned, policy));
        if args.explain {
            report = report.explained(&scan.findings, &engine.explain(document, &scan));
        }
        if args.format == Format::M2 {
            report = report.with_sentences(document, &scan.tokens);
        }
        if let Some(cut) = &cut {
            report = report.on_page(page.document.text(), cut);
        }
        let score = args.sort.map(|_| ScoreReport::of_scan(name, document, &scan, engine));
        (report, score)
    }
}
