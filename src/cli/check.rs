//! `unspin check`: is it spun, and where?

use clap::ArgMatches;

use super::args::{CheckArgs, Format};
use super::baseline::Acceptance;
use super::config::Config;
use super::error::CliError;
use super::printer::Printer;
use super::walk::Walk;
use super::{Outcome, batch, engine};
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

fn files(engine: &Engine<'_>, args: &CheckArgs, policy: &Policy) -> Result<Outcome, CliError> {
    let mut printer = Printer::new(args)?;
    let mut acceptance = Acceptance::begin(&args.baseline)?;
    for input in Walk::of(&args.walk)?.expand(&args.input.paths) {
        let (name, read) = match input {
            Ok(input) => (input.name(), input.read()),
            Err((path, error)) => (path.display().to_string(), Err(error)),
        };
        match read {
            Ok(Some(document)) => {
                printer.report(report(engine, &name, &document, policy, args, &mut acceptance))?;
            }
            Ok(None) => {}
            Err(error) => printer.failure(name, &error)?,
        }
    }
    let outcome = printer.finish()?;
    let all_accepted = acceptance.finish(args.quiet)?;
    Ok(if all_accepted && outcome == Outcome::Findings { Outcome::Clean } else { outcome })
}

fn report(
    engine: &Engine<'_>,
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
