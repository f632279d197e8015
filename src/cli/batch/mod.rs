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
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(not(feature = "parquet"))]
#[path = "no_parquet.rs"]
mod parquet;
mod queue;
mod row;
mod run;
mod sink;
mod source;
mod tally;

use super::Outcome;
use super::args::{CheckArgs, CleanArgs, FixArgs, ScoreArgs};
use super::error::CliError;
use super::trail::{self, Entry};
use crate::clean::Cleaner;
use crate::dictionary::Layer;
use crate::pipeline::Engine;
use crate::repair::Policy;
use crate::report::wire_clean::CleanBatchObject;
use crate::report::{Attributes, batch_check, batch_score};
use crate::text::Document;
use crate::verbs::{CleanOptions, TextError};

pub(super) use args::{BatchArgs, OutputArgs};
use checkpoint::Options;
#[cfg(feature = "parquet")]
pub(super) use parquet::TableError;
use row::{Added, Done};
use run::Run;
pub(super) use source::is_table;

pub(super) fn check(engine: &Engine, args: &CheckArgs, policy: &Policy) -> Result<Outcome, CliError> {
    let run = Run {
        args: &args.batch,
        paths: &args.input.paths,
        output: args.to.output.as_deref(),
        quiet: args.quiet,
        options: run_options(
            "check",
            &args.batch,
            [
                ("engine", parts(engine)),
                ("policy", format!("{policy:?}")),
                ("screen", args.screening.screen.to_string()),
            ],
        ),
        audit: None,
        edited: "proposed",
        has_verdicts: true,
        finds: true,
        added: Added::Edits,
    };
    run.all(&|name, text| {
        if !args.batch.attributes {
            return Done::of(None, &engine.check_row(&text, policy).map_err(|error| refused(name, error))?);
        }
        let document = Document::new(text);
        let scan = engine.scan(&document);
        let planned = engine.plan(&document, &scan, policy);
        let done = Done::of(None, &batch_check(document.text(), &scan.verdict, &planned, policy))?;
        let attributes = Attributes::of_check(document.text(), &scan.verdict, &planned, policy);
        Ok(Done { object: serde_json::value::to_raw_value(&attributes)?, ..done })
    })
}

pub(super) fn fix(engine: &Engine, args: &FixArgs, policy: &Policy) -> Result<Outcome, CliError> {
    refuse_attributes(&args.batch)?;
    let cleaner = args.clean.then(Cleaner::builtin).transpose()?;
    let cleaner = cleaner.as_ref();
    let run = Run {
        args: &args.batch,
        paths: &args.input.paths,
        output: args.to.output.as_deref(),
        quiet: args.quiet,
        options: run_options(
            "fix",
            &args.batch,
            [
                ("engine", parts(engine)),
                ("cleaner", cleaner.map(Cleaner::checksum).map(trail::hexadecimal).unwrap_or_default()),
                ("policy", format!("{policy:?}")),
                ("screen", args.screening.screen.to_string()),
                ("cleaning", format!("{:?}", args.clean.then_some(&args.page))),
                ("score", args.score.to_string()),
                ("trail", format!("{:?}", args.audit)),
            ],
        ),
        audit: args.audit.as_deref().map(|path| (path, trail::header(engine, cleaner, policy))),
        edited: "applied",
        has_verdicts: true,
        finds: false,
        added: if args.score { Added::EditsAndScores } else { Added::Edits },
    };
    let options = args.options();
    run.all(&|name, text| {
        let fixed = engine.fix(&text, &options).map_err(|error| refused(name, error))?;
        let entry =
            args.audit.as_ref().map(|_| Entry::mended(name, &fixed.page, &fixed.mended)).transpose()?;
        let is_changed = fixed.is_changed();
        let (object, text) = fixed.into_object();
        Ok(Done { entry, ..Done::of(is_changed.then_some(text), &object)? })
    })
}

pub(super) fn clean(cleaner: &Cleaner<'_>, args: &CleanArgs) -> Result<Outcome, CliError> {
    let options = CleanOptions { split: args.split, ..args.page.options() };
    let run = Run {
        args: &args.batch,
        paths: &args.input.paths,
        output: args.output.as_deref(),
        quiet: args.quiet,
        options: run_options(
            "clean",
            &args.batch,
            [
                ("cleaner", trail::hexadecimal(cleaner.checksum())),
                ("cleaning", format!("{:?}", args.page)),
                ("split", args.split.to_string()),
                ("trail", format!("{:?}", args.audit)),
            ],
        ),
        audit: args.audit.as_deref().map(|path| (path, trail::header_of_cleaning(cleaner, &options.policy))),
        edited: "applied",
        has_verdicts: false,
        finds: false,
        added: Added::Cuts,
    };
    run.all(&|name, text| {
        let page = cleaner.clean_page(text.as_bytes(), &options).map_err(|error| refused(name, error))?;
        let entry =
            args.audit.as_ref().map(|_| Entry::cleaned(name, &page.page, &page.cleaned)).transpose()?;
        let (cleaning, is_changed) = (page.report(name), page.is_changed());
        let object = if args.batch.attributes {
            if page.page.extraction.is_some() {
                let message = "its text is extracted from HTML, whose places are not those of the row";
                return Err(CliError::Usage(message.to_owned()));
            }
            serde_json::value::to_raw_value(&Attributes::of_cleaning(page.page.document.text(), &cleaning))?
        } else {
            serde_json::value::to_raw_value(&CleanBatchObject::new(&cleaning, page.articles))?
        };
        let (words, edits) = (cleaning.words.0, cleaning.applied());
        let text = is_changed.then_some(page.cleaned.text);
        Ok(Done { text, object, words, verdict: None, edits, entry })
    })
}

fn refused(name: &str, error: TextError) -> CliError {
    CliError::Page { file: name.to_owned(), error }
}

pub(super) fn score(engine: &Engine, args: &ScoreArgs) -> Result<Outcome, CliError> {
    refuse_attributes(&args.batch)?;
    let run = Run {
        args: &args.batch,
        paths: &args.input.paths,
        output: args.to.output.as_deref(),
        quiet: args.quiet,
        options: run_options("score", &args.batch, [("engine", parts(engine))]),
        audit: None,
        edited: "",
        has_verdicts: true,
        finds: false,
        added: Added::Scores,
    };
    run.all(&|name, text| {
        let report = engine.score(&text).map_err(|error| refused(name, error))?;
        Done::of(None, &batch_score(report))
    })
}

fn refuse_attributes(args: &BatchArgs) -> Result<(), CliError> {
    if args.attributes {
        let message = "--attributes says where something was found: it goes with check and clean";
        return Err(CliError::Usage(message.to_owned()));
    }
    Ok(())
}

/// Everything on which the output of a command depends.
fn run_options<const N: usize>(command: &str, args: &BatchArgs, more: [(&str, String); N]) -> Options {
    let common = [
        ("command", command.to_owned()),
        ("text field", args.text_field.clone()),
        ("id field", args.id_field.clone()),
        ("longest line", args.max_line.to_string()),
        ("longest text", args.max_bytes.to_string()),
        ("time limit", format!("{:?}", args.timeout)),
        ("attributes", args.attributes.to_string()),
        ("distance of checkpoints", args.checkpoint.to_string()),
        ("limit of row groups", args.row_groups.to_string()),
    ];
    common.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Checksums of what an engine is made of.
fn parts(engine: &Engine) -> String {
    let layers = engine.dictionaries().map(Layer::checksum).chain([engine.model().checksum()]);
    layers.map(trail::hexadecimal).collect::<Vec<_>>().join(" ")
}
