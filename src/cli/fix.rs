//! `unspin fix`: spun texts written back to their canonical wording.

use std::io::{BufWriter, Write};

use clap::ArgMatches;

use super::args::{DiffKind, FixArgs};
use super::clean::WRITES_NO_PAGES;
use super::config::Config;
use super::error::CliError;
use super::input::{self, Input};
use super::progress::{Printing, Progress};
use super::review::Decided;
use super::trail::Trail;
use super::walk::Walk;
use super::{Outcome, batch, complain, engine, io, say};
use crate::clean::{Cleaner, Page};
use crate::pipeline::{Engine, Mended};
use crate::repair::Policy;
use crate::report::{Comparison, Report, render};
use crate::verbs::FixOptions;

/// Where a repaired text goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// Standard output.
    Text,
    /// Standard output, as a diff.
    Diff(DiffKind, render::DiffOptions),
    /// The file that it came from.
    File,
}

/// Runs with the options that were typed (`matches` are those of the program) and those of a configuration.
pub(super) fn configured(mut args: FixArgs, matches: &ArgMatches) -> Result<Outcome, CliError> {
    let config = Config::find(&args.config)?;
    if args.config.dump_config {
        return config.print();
    }
    args.told.config(&config);
    if let Some((_, typed)) = matches.subcommand() {
        config.complete_fix(&mut args, typed);
    }
    run(&args)
}

fn run(args: &FixArgs) -> Result<Outcome, CliError> {
    let policy = args.policy.policy();
    let target = if args.batch.jsonl { None } else { Some(target(args)?) };
    engine::with(&args.engine, |engine| {
        args.told.engine(&args.engine, engine);
        args.told.policy(&policy);
        if args.clean {
            args.told.cleaning(&args.page.policy());
        }
        match target {
            None => batch::fix(&args.screening.over(engine)?, args, &policy),
            Some(target) => files(engine, args, &policy, target),
        }
    })
}

fn target(args: &FixArgs) -> Result<Target, CliError> {
    let paths = &args.input.paths;
    if let Some((kind, options)) = args.diff.options() {
        return Ok(Target::Diff(kind, options));
    }
    if args.write {
        input::files_alone(paths)?;
        return Ok(Target::File);
    }
    let instead = "replace the files (--write), show the changes (--diff), or read and write rows (--jsonl)";
    input::one_text(paths, instead)?;
    Ok(Target::Text)
}

fn files(engine: &Engine, args: &FixArgs, policy: &Policy, target: Target) -> Result<Outcome, CliError> {
    let options = args.options();
    let mut decided = Decided::read(&args.decided)?;
    let cleaner = args.clean.then(Cleaner::builtin).transpose()?;
    let mut trail = Trail::begin(args.audit.as_deref(), engine, cleaner.as_ref(), policy)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let style = render::Style { colour: io::is_coloured(args.diff.color, &std::io::stderr()) };
    let mut failed = false;
    let walk = Walk::of(&args.walk)?.with_pages(args.clean);
    args.told.walk(&walk, &args.input.paths);
    let inputs = walk.expand(&args.input.paths);
    let printing = if target == Target::File { Printing::Nothing } else { Printing::Results };
    let progress = Progress::of_documents(inputs.len(), printing, args.quiet);
    for input in inputs {
        let done = input.map_err(|(_, error)| error).and_then(|input| {
            let Some(page) = read(args, &input, target)? else { return Ok(None) };
            let own = &args.per_file.policy(policy, &input);
            progress.aside(|| args.told.read(&input.name(), &page, policy, own));
            let policy = own;
            let mended = match &mut decided {
                Some(decided) => {
                    let text = page.document.text();
                    let cut = cleaner.map(|cleaner| cleaner.clean(text, &args.page.policy()));
                    decided.mend(engine, &input.name(), &page.document, cut, policy)?
                }
                None => engine.mend_page(&page, &FixOptions { policy: *policy, ..options })?,
            };
            put(&mut out, &mut trail, &input, &page, &mended, target)?;
            let report = Report::of_mended(&input.name(), &page.document, &mended, policy);
            let compare = || Comparison::of_repair(&input.name(), &page.document, &mended.text, engine);
            let comparison = args.score.then(compare);
            Ok(Some((report, comparison, policy.any_verdict)))
        });
        match done {
            Ok(None) => {}
            Ok(Some((report, comparison, any_verdict))) => {
                if !args.quiet {
                    progress.say(&render::fix_summary(&report, any_verdict, style));
                }
                if let Some(comparison) = comparison {
                    progress.say(render::comparison_full(&comparison, style).trim_end());
                }
            }
            Err(CliError::BrokenPipe) => {
                trail.finish()?;
                return Err(CliError::BrokenPipe);
            }
            Err(error @ (CliError::Output(_) | CliError::Trail { .. })) => return Err(error),
            Err(error) => {
                failed = true;
                progress.aside(|| complain(&error));
            }
        }
        progress.step();
    }
    progress.finish();
    trail.finish()?;
    if let Some(decided) = &decided {
        decided.unused().iter().for_each(|line| say(line));
    }
    Ok(Outcome::of(failed, false))
}

/// What is read: with `--clean` a page in whatever form, else a text in UTF-8.
fn read(args: &FixArgs, input: &Input, target: Target) -> Result<Option<Page>, CliError> {
    if !args.clean {
        return Ok(input.read()?.map(Page::from));
    }
    let page = args.page.read(input)?;
    if target == Target::File && page.as_ref().is_some_and(|page| page.extraction.is_some()) {
        return Err(CliError::Usage(format!("{}: {WRITES_NO_PAGES}", input.name())));
    }
    Ok(page)
}

/// Puts a repaired text where it belongs, and on record before that: nothing is ever changed without. A file that would not
/// change is not touched.
fn put(
    out: &mut impl Write,
    trail: &mut Trail,
    input: &Input,
    page: &Page,
    after: &Mended,
    target: Target,
) -> Result<(), CliError> {
    let (name, before) = (input.name(), &page.document);
    let staged = match (target, input) {
        (Target::File, Input::File(path) | Input::Guess(path)) if after.text != before.text() => {
            Some(io::Staged::new(path, after.text.as_bytes())?)
        }
        _ => None,
    };
    trail.document(&name, page, after)?;
    match target {
        Target::Text => out.write_all(after.text.as_bytes())?,
        Target::Diff(kind, options) => {
            out.write_all(kind.write(&name, before.text(), &after.text, options).as_bytes())?;
        }
        Target::File => {}
    }
    out.flush()?;
    staged.map_or(Ok(()), io::Staged::commit)
}
