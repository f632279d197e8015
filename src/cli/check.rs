//! `unspin check`: is it spun, and where?

use clap::ArgMatches;

use super::args::{CheckArgs, Format};
use super::baseline::Acceptance;
use super::config::Config;
use super::error::CliError;
use super::printer::Printer;
use super::progress::Progress;
use super::walk::Walk;
use super::{Outcome, batch, engine, page};
use crate::pipeline::Engine;
use crate::repair::Policy;
use crate::report::Report;
use crate::text::Document;

/// Runs with the options that were typed (`matches` are those of the program) and those of a configuration.
pub(super) fn configured(mut args: CheckArgs, matches: &ArgMatches) -> Result<Outcome, CliError> {
    let config = Config::find(&args.config)?;
    if args.config.dump_config {
        return config.print();
    }
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
        let outcome = if args.batch.jsonl {
            batch::check(engine, args, &policy)?
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
    if args.clean || args.sort.is_some() {
        let message = "--clean and --sort are for --format html: to clean texts for the other formats, use `unspin clean` first";
        return Err(CliError::Usage(message.to_owned()));
    }
    let mut printer = Printer::new(args)?;
    let inputs = Walk::of(&args.walk)?.expand(&args.input.paths);
    let progress = Progress::of(inputs.len(), args.quiet);
    for input in inputs {
        let (name, read, policy) = match input {
            Ok(input) => (input.name(), input.read(), args.per_file.policy(policy, &input)),
            Err((path, error)) => (path.display().to_string(), Err(error), *policy),
        };
        match read {
            Ok(Some(document)) => {
                printer.report(report(engine, &name, &document, &policy, args, acceptance))?;
            }
            Ok(None) => {}
            Err(error) => progress.aside(|| printer.failure(name, &error))?,
        }
        progress.step();
    }
    progress.finish();
    printer.finish()
}

fn report(
    engine: &Engine,
    name: &str,
    document: &Document,
    policy: &Policy,
    args: &CheckArgs,
    acceptance: &mut Acceptance<'_>,
) -> Report {
    let scan = engine.scan(document);
    let planned = engine.plan(document, &scan, policy);
    let mut report = acceptance.of(Report::of_scan(name, document, &scan, &planned, policy));
    if args.explain {
        report = report.explained(&scan.findings, &engine.explain(document, &scan));
    }
    if args.format == Format::M2 {
        report = report.with_sentences(document, &scan.tokens);
    }
    report
}
