//! `--jsonl`: rows in, the same rows out.
//!
//! A reader puts lines into a queue that holds a bounded number of bytes; workers make rows of them; one writer puts these, in their
//! order, into files or on standard output, and writes from time to time how far it came.

mod args;
mod bar;
mod checkpoint;
mod codec;
mod limit;
mod parallel;
mod queue;
mod row;
mod run;
mod sink;
mod source;
mod tally;

use super::args::{CheckArgs, FixArgs};
use super::clean::CleanArgs;
use super::error::CliError;
use super::score_args::ScoreArgs;
use super::trail::{self, Entry};
use super::{Outcome, score};
use crate::clean::{Cleaner, Page};
use crate::pipeline::Engine;
use crate::repair::Policy;
use crate::report::wire_clean::CleanBatchObject;
use crate::report::wire_score::BatchScore;
use crate::report::{Attributes, Cleaning, ScoreReport, batch_check, batch_fix, batch_score};
use crate::text::Document;

pub(super) use args::{BatchArgs, OutputArgs};
use checkpoint::Options;
use row::Done;
use run::Run;

pub(super) fn check(engine: &Engine<'_>, args: &CheckArgs, policy: &Policy) -> Result<Outcome, CliError> {
    let run = Run {
        args: &args.batch,
        paths: &args.input.paths,
        output: args.to.output.as_deref(),
        quiet: args.quiet,
        options: options(
            "check",
            &args.batch,
            [("engine", parts(engine)), ("policy", format!("{policy:?}"))],
        ),
        audit: None,
        edited: "proposed",
        has_verdicts: true,
        finds: true,
    };
    run.all(&|_, text| {
        let document = Document::new(text);
        let scan = engine.scan(&document);
        let planned = engine.plan(&document, &scan, policy);
        let mut done = Done::of(None, &batch_check(document.text(), &scan.verdict, &planned, policy))?;
        if args.batch.attributes {
            let attributes = Attributes::of_check(document.text(), &scan.verdict, &planned, policy);
            done.object = serde_json::value::to_raw_value(&attributes)?;
        }
        Ok(done)
    })
}

pub(super) fn fix(engine: &Engine<'_>, args: &FixArgs, policy: &Policy) -> Result<Outcome, CliError> {
    refuse_attributes(&args.batch)?;
    let run = Run {
        args: &args.batch,
        paths: &args.input.paths,
        output: args.to.output.as_deref(),
        quiet: args.quiet,
        options: options(
            "fix",
            &args.batch,
            [
                ("engine", parts(engine)),
                ("policy", format!("{policy:?}")),
                ("cleaning", format!("{:?}", args.clean.then_some(&args.page))),
                ("score", args.score.to_string()),
                ("trail", format!("{:?}", args.audit)),
            ],
        ),
        audit: args.audit.as_deref().map(|path| (path, trail::header(engine, policy))),
        edited: "applied",
        has_verdicts: true,
        finds: false,
    };
    run.all(&|name, text| {
        let page = if args.clean {
            Page::read(text.as_bytes(), args.page.page_format.into())
                .map_err(|error| CliError::Page { file: name.to_owned(), error })?
        } else {
            Document::new(text).into()
        };
        let mended = super::fix::mend(engine, args, &page, policy)?;
        let text = page.document.text();
        let mut object = batch_fix(text, &mended.verdict, &mended.fixes);
        if args.score {
            let comparison = score::comparison(engine, name, &page.document, &mended.text);
            object.score = Some(BatchScore::Repair(Box::new(comparison)));
        }
        let entry = args.audit.as_ref().map(|_| Entry::mended(name, &page, &mended)).transpose()?;
        let is_new = page.extraction.is_some() || mended.text != text;
        Ok(Done { entry, ..Done::of(is_new.then_some(mended.text), &object)? })
    })
}

pub(super) fn clean(cleaner: &Cleaner<'_>, args: &CleanArgs) -> Result<Outcome, CliError> {
    let policy = args.page.policy();
    let run = Run {
        args: &args.batch,
        paths: &args.input.paths,
        output: args.output.as_deref(),
        quiet: args.quiet,
        options: options(
            "clean",
            &args.batch,
            [
                ("cleaning", format!("{:?}", args.page)),
                ("split", args.split.to_string()),
                ("trail", format!("{:?}", args.audit)),
            ],
        ),
        audit: args.audit.as_deref().map(|path| (path, trail::header_of_cleaning(cleaner, &policy))),
        edited: "applied",
        has_verdicts: false,
        finds: false,
    };
    run.all(&|name, text| {
        let page = Page::read(text.as_bytes(), args.page.page_format.into())
            .map_err(|error| CliError::Page { file: name.to_owned(), error })?;
        let text = page.document.text();
        let mut done = cleaner.clean(text, &policy);
        done.metadata = page.metadata.clone().or(done.metadata);
        let entry = args.audit.as_ref().map(|_| Entry::cleaned(name, &page, &done)).transpose()?;
        let cleaning = Cleaning::new(name, text, &done, page.extraction.as_ref());
        let object = if args.batch.attributes {
            if page.extraction.is_some() {
                let message = "its text is extracted from HTML, whose places are not those of the row";
                return Err(CliError::Usage(message.to_owned()));
            }
            serde_json::value::to_raw_value(&Attributes::of_cleaning(text, &cleaning))?
        } else {
            let second =
                done.second.iter().filter(|_| args.split).map(|second| cleaner.clean(second, &policy).text);
            serde_json::value::to_raw_value(&CleanBatchObject::new(&cleaning, second.collect()))?
        };
        let is_new = page.extraction.is_some() || done.text != text;
        let (words, edits) = (cleaning.words.0, cleaning.applied());
        Ok(Done { text: is_new.then_some(done.text), object, words, verdict: None, edits, entry })
    })
}

pub(super) fn score(engine: &Engine<'_>, args: &ScoreArgs) -> Result<Outcome, CliError> {
    refuse_attributes(&args.batch)?;
    let run = Run {
        args: &args.batch,
        paths: &args.input.paths,
        output: args.to.output.as_deref(),
        quiet: args.quiet,
        options: options("score", &args.batch, [("engine", parts(engine))]),
        audit: None,
        edited: "",
        has_verdicts: true,
        finds: false,
    };
    run.all(&|name, text| Done::of(None, &batch_score(ScoreReport::of(name, &Document::new(text), engine))))
}

fn refuse_attributes(args: &BatchArgs) -> Result<(), CliError> {
    if args.attributes {
        let message = "--attributes says where something was found: it goes with check and clean";
        return Err(CliError::Usage(message.to_owned()));
    }
    Ok(())
}

/// Everything on which the output of a command depends.
fn options<const N: usize>(command: &str, args: &BatchArgs, more: [(&str, String); N]) -> Options {
    let common = [
        ("command", command.to_owned()),
        ("text field", args.text_field.clone()),
        ("id field", args.id_field.clone()),
        ("longest line", args.max_line.to_string()),
        ("longest text", args.max_bytes.to_string()),
        ("time limit", format!("{:?}", args.timeout)),
        ("attributes", args.attributes.to_string()),
        ("distance of checkpoints", args.checkpoint.to_string()),
    ];
    common.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Checksums of what an engine is made of.
fn parts(engine: &Engine<'_>) -> String {
    let layers: Vec<String> =
        engine.dictionaries().map(|layer| format!("{:016x}", layer.checksum())).collect();
    format!("{} {:016x}", layers.join(" "), engine.model().checksum())
}
