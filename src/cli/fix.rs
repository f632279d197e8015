//! `unspin fix`: spun texts written back to their canonical wording.

use std::io::{BufWriter, IsTerminal, Write};

use super::args::FixArgs;
use super::error::CliError;
use super::input::{self, Input};
use super::trail::Trail;
use super::{Outcome, batch, complain, engine, io, say, score};
use crate::pipeline::{Engine, Mended};
use crate::repair::Policy;
use crate::report::{Report, render};
use crate::text::Document;

/// Where a repaired text goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// Standard output.
    Text,
    /// Standard output, as a diff.
    Diff,
    /// The file that it came from.
    File,
}

pub(super) fn run(args: &FixArgs) -> Result<Outcome, CliError> {
    let policy = args.policy.policy();
    if args.batch.jsonl {
        return engine::with(&args.engine, |engine| batch::fix(engine, args, &policy));
    }
    let target = target(args)?;
    engine::with(&args.engine, |engine| files(engine, args, &policy, target))
}

fn target(args: &FixArgs) -> Result<Target, CliError> {
    let paths = &args.input.paths;
    if args.diff {
        return Ok(Target::Diff);
    }
    if args.write {
        return if paths.iter().any(|path| path.as_os_str() == Input::STDIN) {
            let message =
                "--write replaces files, and standard input is none: name files, or leave out --write";
            Err(CliError::Usage(message.to_owned()))
        } else {
            Ok(Target::File)
        };
    }
    if input::may_be_several(paths) {
        let message = "several texts can't go to standard output together: replace the files (--write), show the changes \
                       (--diff), or read and write rows (--jsonl)";
        return Err(CliError::Usage(message.to_owned()));
    }
    Ok(Target::Text)
}

fn files(engine: &Engine<'_>, args: &FixArgs, policy: &Policy, target: Target) -> Result<Outcome, CliError> {
    let mut trail = Trail::begin(args.audit.as_deref(), engine, policy)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let colour =
        std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let style = render::Style { colour };
    let mut failed = false;
    for input in input::expand(&args.input.paths) {
        let done = input.map_err(|(_, error)| error).and_then(|input| {
            let Some(document) = input.read()? else { return Ok(None) };
            let mended = engine.mend(&document, policy);
            put(&mut out, &mut trail, &input, &document, &mended, target)?;
            let report = Report::of_mended(&input.name(), &document, &mended, policy);
            let comparison =
                args.score.then(|| score::comparison(engine, &input.name(), &document, &mended.text));
            Ok(Some((report, comparison)))
        });
        match done {
            Ok(None) => {}
            Ok(Some((report, comparison))) => {
                if !args.quiet {
                    say(&render::fix_summary(&report, policy.any_verdict, style));
                }
                if let Some(comparison) = comparison {
                    say(render::comparison_full(&comparison, style).trim_end());
                }
            }
            Err(CliError::BrokenPipe) => {
                trail.finish()?;
                return Err(CliError::BrokenPipe);
            }
            Err(error @ (CliError::Output(_) | CliError::Trail { .. })) => return Err(error),
            Err(error) => {
                failed = true;
                complain(&error);
            }
        }
    }
    trail.finish()?;
    Ok(Outcome::of(failed, false))
}

/// Puts a repaired text where it belongs, and on record before that: nothing is ever changed without. A file that would not
/// change is not touched.
fn put(
    out: &mut impl Write,
    trail: &mut Trail,
    input: &Input,
    before: &Document,
    after: &Mended,
    target: Target,
) -> Result<(), CliError> {
    let name = input.name();
    let staged = match (target, input) {
        (Target::File, Input::File(path) | Input::Guess(path)) if after.text != before.text() => {
            Some(io::Staged::new(path, after.text.as_bytes())?)
        }
        _ => None,
    };
    trail.document(&name, before, after)?;
    match target {
        Target::Text => out.write_all(after.text.as_bytes())?,
        Target::Diff => out.write_all(render::diff(&name, before.text(), &after.text).as_bytes())?,
        Target::File => {}
    }
    out.flush()?;
    staged.map_or(Ok(()), io::Staged::commit)
}
