//! `--jsonl`: rows in, the same rows out, one at a time.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};

use serde_json::value::RawValue;

use super::args::{BatchArgs, CheckArgs, FixArgs, InputArgs};
use super::clean::CleanArgs;
use super::error::CliError;
use super::input::{Input, LONGEST_TEXT, too_long};
use super::io::{Line, read_line, stdin};
use super::score_args::ScoreArgs;
use super::trail::Trail;
use super::{Outcome, complain, say, score};
use crate::clean::{Cleaner, Page};
use crate::detect::VerdictKind;
use crate::pipeline::Engine;
use crate::repair::Policy;
use crate::report::wire::{BatchError, BatchObject};
use crate::report::wire_clean::CleanBatchObject;
use crate::report::wire_score::BatchScore;
use crate::report::{Cleaning, Record, ScoreReport, batch_check, batch_fix, batch_score};
use crate::text::Document;

/// What became of a row.
struct Row {
    /// The new text, if it changed.
    text: Option<String>,
    /// The object that is added.
    object: Box<RawValue>,
    /// How many edits were proposed or applied.
    edits: usize,
    is_spun: bool,
}

impl Row {
    fn of(text: Option<String>, object: &BatchObject) -> Done {
        let edits = object.edits.iter().flatten().filter(|edit| !edit.outcome.starts_with("skipped")).count();
        let is_spun = object.verdict.verdict == VerdictKind::Spun;
        Ok(Self { text, object: serde_json::value::to_raw_value(object)?, edits, is_spun })
    }
}

type Done = Result<Row, CliError>;

pub(super) fn check(engine: &Engine<'_>, args: &CheckArgs, policy: &Policy) -> Result<Outcome, CliError> {
    let mut batch = Batch::new(&args.batch, args.quiet);
    batch.run(&args.input, |_, text| {
        let document = Document::new(text);
        let scan = engine.scan(&document);
        let planned = engine.plan(&document, &scan, policy);
        Row::of(None, &batch_check(document.text(), &scan.verdict, &planned, policy))
    })?;
    batch.finish("proposed", true)
}

pub(super) fn fix(engine: &Engine<'_>, args: &FixArgs, policy: &Policy) -> Result<Outcome, CliError> {
    let mut trail = Trail::begin(args.audit.as_deref(), engine, policy)?;
    let mut batch = Batch::new(&args.batch, args.quiet);
    let done = batch.run(&args.input, |name, text| {
        let page = if args.clean {
            Page::read(text.as_bytes(), args.page.page_format.into())
                .map_err(|error| CliError::Page { file: name.to_owned(), error })?
        } else {
            Document::new(text).into()
        };
        let mended = super::fix::mend(engine, args, &page, policy)?;
        trail.document(name, &page, &mended)?;
        let text = page.document.text();
        let mut object = batch_fix(text, &mended.verdict, &mended.fixes);
        if args.score {
            let comparison = score::comparison(engine, name, &page.document, &mended.text);
            object.score = Some(BatchScore::Repair(Box::new(comparison)));
        }
        let is_new = page.extraction.is_some() || mended.text != text;
        Row::of(is_new.then_some(mended.text), &object)
    });
    // Whoever reads the output may have enough; the trail is whole all the same.
    if matches!(done, Ok(()) | Err(CliError::BrokenPipe)) {
        trail.finish()?;
    }
    done?;
    batch.finish("applied", false)
}

pub(super) fn clean(cleaner: &Cleaner<'_>, args: &CleanArgs) -> Result<Outcome, CliError> {
    let policy = args.page.policy();
    let mut trail = Trail::begin_cleaning(args.audit.as_deref(), cleaner, &policy)?;
    let mut batch = Batch::new(&args.batch, args.quiet);
    let done = batch.run(&args.input, |name, text| {
        let page = Page::read(text.as_bytes(), args.page.page_format.into())
            .map_err(|error| CliError::Page { file: name.to_owned(), error })?;
        let text = page.document.text();
        let mut done = cleaner.clean(text, &policy);
        done.metadata = page.metadata.clone().or(done.metadata);
        trail.cleaned(name, &page, &done)?;
        let cleaning = Cleaning::new(name, text, &done, page.extraction.as_ref());
        let second =
            done.second.iter().filter(|_| args.split).map(|second| cleaner.clean(second, &policy).text);
        let object = serde_json::value::to_raw_value(&CleanBatchObject::new(&cleaning, second.collect()))?;
        let is_new = page.extraction.is_some() || done.text != text;
        Ok(Row { text: is_new.then_some(done.text), object, edits: cleaning.applied(), is_spun: false })
    });
    if matches!(done, Ok(()) | Err(CliError::BrokenPipe)) {
        trail.finish()?;
    }
    done?;
    batch.finish("applied", false)
}

pub(super) fn score(engine: &Engine<'_>, args: &ScoreArgs) -> Result<Outcome, CliError> {
    let mut batch = Batch::new(&args.batch, args.quiet);
    batch.run(&args.input, |name, text| {
        let report = ScoreReport::of(name, &Document::new(text), engine);
        Row::of(None, &batch_score(&report))
    })?;
    batch.finish("", false)
}

/// A run over rows.
struct Batch<'a> {
    args: &'a BatchArgs,
    quiet: bool,
    out: BufWriter<std::io::StdoutLock<'static>>,
    rows: usize,
    spun: usize,
    edits: usize,
    failed: usize,
}

impl<'a> Batch<'a> {
    fn new(args: &'a BatchArgs, quiet: bool) -> Self {
        let out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
        Self { args, quiet, out, rows: 0, spun: 0, edits: 0, failed: 0 }
    }

    fn run(&mut self, input: &InputArgs, mut each: impl FnMut(&str, String) -> Done) -> Result<(), CliError> {
        for path in &input.paths {
            if path.as_os_str() == Input::STDIN {
                self.stream(Input::STDIN, stdin(), &mut each)?;
                continue;
            }
            match File::open(path) {
                Ok(file) => self.stream(&path.display().to_string(), file, &mut each)?,
                Err(error) => self.fail(&CliError::io(path, error))?,
            }
        }
        Ok(())
    }

    /// An input that can't be read, or not further.
    fn fail(&mut self, error: &CliError) -> Result<(), CliError> {
        self.failed += 1;
        self.out.flush()?;
        complain(error);
        Ok(())
    }

    fn stream(
        &mut self,
        name: &str,
        input: impl Read,
        each: &mut impl FnMut(&str, String) -> Done,
    ) -> Result<(), CliError> {
        let mut input = BufReader::with_capacity(1 << 16, input);
        let mut line = Vec::new();
        for number in 1.. {
            if input.buffer().is_empty() {
                // The next line may be long in coming: hand over what is done.
                self.out.flush()?;
            }
            let error = match read_line(&mut input, &mut line, self.args.max_line) {
                Ok(Line::End) => break,
                Ok(Line::TooLong(bytes)) => {
                    let most = self.args.max_line;
                    Some(format!("a line of {bytes} bytes: at most {most} are read, more with --max-line"))
                }
                Ok(Line::Read) => {
                    if number == 1 && line.starts_with("\u{feff}".as_bytes()) {
                        line.drain(..3);
                    }
                    self.row(name, number, &line, each)?;
                    None
                }
                Err(error) => {
                    let path = if name == Input::STDIN { "standard input" } else { name };
                    return self.fail(&CliError::io(path, error));
                }
            };
            if let Some(error) = error {
                self.bad_row(name, number, None, &error)?;
            }
            // A long line must not keep its memory for good.
            line.clear();
            line.shrink_to(1 << 20);
        }
        Ok(())
    }

    fn row(
        &mut self,
        name: &str,
        number: usize,
        line: &[u8],
        each: &mut impl FnMut(&str, String) -> Done,
    ) -> Result<(), CliError> {
        let line = match std::str::from_utf8(line) {
            Ok(line) => line,
            Err(error) => {
                let message = format!("not valid UTF-8 at byte {} of the line", error.valid_up_to());
                return self.bad_row(name, number, None, &message);
            }
        };
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        match Record::parse(line, &self.args.text_field) {
            Ok(record) if record.text.len() > LONGEST_TEXT => {
                let id = Record::field(line, &self.args.id_field);
                self.bad_row(name, number, id, &too_long(Some(record.text.len() as u64)))
            }
            Ok(mut record) => {
                let id = Record::field(line, &self.args.id_field);
                let called = id.map_or_else(|| format!("{name}:{number}"), called);
                let Row { text, object, edits, is_spun } =
                    match each(&called, std::mem::take(&mut record.text)) {
                        Err(CliError::Page { error, .. }) => {
                            return self.bad_row(name, number, id, &error.to_string());
                        }
                        done => done?,
                    };
                self.rows += 1;
                self.spun += usize::from(is_spun);
                self.edits += edits;
                self.out.write_all(record.with(text.as_deref(), &object)?.as_bytes())?;
                Ok(self.out.write_all(b"\n")?)
            }
            Err(error) => {
                let id = Record::field(line, &self.args.id_field);
                self.bad_row(name, number, id, &error.to_string())
            }
        }
    }

    /// Writes the row that stands for one that could not be done.
    fn bad_row(
        &mut self,
        path: &str,
        line: usize,
        id: Option<&RawValue>,
        error: &str,
    ) -> Result<(), CliError> {
        self.failed += 1;
        complain(&CliError::Row { file: path.to_owned(), line, error: error.to_owned() });
        serde_json::to_writer(&mut self.out, &BatchError { id, path, line, error })?;
        Ok(self.out.write_all(b"\n")?)
    }

    /// `done` says what became of edits; empty where there are none.
    fn finish(mut self, done: &str, edits_are_findings: bool) -> Result<Outcome, CliError> {
        self.out.flush()?;
        if !self.quiet {
            let Self { rows, spun, edits, failed, .. } = &self;
            let edits = if done.is_empty() { String::new() } else { format!(", {edits} edits {done}") };
            say(&format!("{rows} rows, {spun} spun{edits}, {failed} failed"));
        }
        Ok(Outcome::of(self.failed > 0, edits_are_findings && self.edits > 0))
    }
}

/// What a row calls itself: a text without its quotation marks, anything else as it stands.
fn called(id: &RawValue) -> String {
    serde_json::from_str(id.get()).unwrap_or_else(|_| id.get().to_owned())
}
