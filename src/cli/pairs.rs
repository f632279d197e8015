//! `unspin dict learn`: rows from spun copies and their originals.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use super::args::{PairsArgs, PairsFormat};
use super::error::CliError;
use super::input::{self, Input, LONGEST_TEXT, too_long};
use super::{Outcome, complain, engine, io, say};
use crate::pairs::{Options, PairLearner};
use crate::report::{Record, RecordError, render};

pub(super) fn run(args: &PairsArgs) -> Result<Outcome, CliError> {
    let dictionary = engine::dictionary_over(!args.no_builtin, &args.dict)?;
    let mut run = Run { args, learner: PairLearner::new(&dictionary), failed: false };
    match &args.original {
        None if run.is_jsonl(&args.spun) => run.rows_of_both(&args.spun)?,
        None => {
            let message = "name the original as well, or rows that hold both texts (--jsonl)";
            return Err(CliError::Usage(message.to_owned()));
        }
        Some(original) if run.is_jsonl(&args.spun) && run.is_jsonl(original) => {
            run.rows_by_id(&args.spun, original)?;
        }
        Some(original) => match (args.spun.is_dir(), original.is_dir()) {
            (true, true) => run.folders(&args.spun, original),
            (false, false) => run.files(&args.spun, original)?,
            _ => return Err(CliError::Usage("name two files or two directories".to_owned())),
        },
    }
    run.finish()
}

/// Collecting pairs.
struct Run<'a, 'd> {
    args: &'a PairsArgs,
    learner: PairLearner<'d>,
    failed: bool,
}

impl Run<'_, '_> {
    fn is_jsonl(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.args.jsonl || name.ends_with(".jsonl") || name.ends_with(".jsonl.zst")
    }

    fn fail(&mut self, error: &CliError) {
        self.failed = true;
        complain(error);
    }

    fn files(&mut self, spun: &Path, original: &Path) -> Result<(), CliError> {
        let read = |path: &Path| {
            let stdin = path.as_os_str() == Input::STDIN;
            let input = if stdin { Input::Stdin } else { Input::File(path.to_owned()) };
            let document = input.read()?;
            Ok::<_, CliError>(document.map(|d| d.text().to_owned()).unwrap_or_default())
        };
        self.learner.add(spun.display().to_string(), read(spun)?, read(original)?);
        Ok(())
    }

    /// Pairs the texts of two folders by their paths in them.
    fn folders(&mut self, spun: &Path, original: &Path) {
        let mut originals = self.texts(original);
        for (name, input) in self.texts(spun) {
            let Some(partner) = originals.remove(&name) else {
                no_partner(&name, original);
                continue;
            };
            match (input.read(), partner.read()) {
                (Ok(Some(spun)), Ok(Some(original))) => {
                    self.learner.add(name.display().to_string(), spun.text(), original.text());
                }
                // A file that turned out to be no text.
                (Ok(_), Ok(_)) => {}
                (Err(error), _) | (_, Err(error)) => self.fail(&error),
            }
        }
        for name in originals.keys() {
            no_partner(name, spun);
        }
    }

    /// The texts of a folder by their paths in it.
    fn texts(&mut self, folder: &Path) -> BTreeMap<PathBuf, Input> {
        let mut out = BTreeMap::new();
        for input in input::expand(&[folder.to_owned()]) {
            match input {
                Ok(input) => {
                    if let Input::File(path) | Input::Guess(path) = &input {
                        out.insert(path.strip_prefix(folder).unwrap_or(path).to_owned(), input);
                    }
                }
                Err((_, error)) => self.fail(&error),
            }
        }
        out
    }

    /// Rows that hold both texts.
    fn rows_of_both(&mut self, path: &Path) -> Result<(), CliError> {
        let (text, original) = (self.args.text_field.as_str(), self.args.original_field.as_str());
        for (number, line) in lines(path)?.enumerate() {
            let line = line.map_err(|e| CliError::io(path, e))?;
            let line = line.trim_start_matches('\u{feff}');
            if line.trim().is_empty() {
                continue;
            }
            match field(line, text, "--text-field")
                .and_then(|spun| Ok((spun, field(line, original, "--original-field")?)))
            {
                Ok((spun, original)) => {
                    let id = Record::field(line, &self.args.id_field).map(called);
                    let name = id.unwrap_or_else(|| format!("{}:{}", path.display(), number + 1));
                    self.learner.add(name, spun, original);
                }
                Err(error) => self.bad_row(path, number + 1, error),
            }
        }
        Ok(())
    }

    /// Rows of two files, matched by their ids.
    fn rows_by_id(&mut self, spun: &Path, original: &Path) -> Result<(), CliError> {
        let mut originals = self.rows(original)?;
        for (id, text) in self.rows(spun)? {
            match originals.remove(&id) {
                Some(original) => self.learner.add(id, text, original),
                None => no_partner(Path::new(&id), original),
            }
        }
        for id in originals.keys() {
            no_partner(Path::new(id), spun);
        }
        Ok(())
    }

    /// The texts of a file's rows by their ids.
    fn rows(&mut self, path: &Path) -> Result<BTreeMap<String, String>, CliError> {
        let mut out = BTreeMap::new();
        for (number, line) in lines(path)?.enumerate() {
            let line = line.map_err(|e| CliError::io(path, e))?;
            let line = line.trim_start_matches('\u{feff}');
            if line.trim().is_empty() {
                continue;
            }
            let name = &self.args.id_field;
            let id = Record::field(line, name).map(called).filter(|id| !out.contains_key(id));
            let error = match (field(line, &self.args.text_field, "--text-field"), id) {
                (Ok(text), Some(id)) => {
                    out.insert(id, text);
                    continue;
                }
                (Ok(_), None) => {
                    format!("no field `{name}` that is this row's alone: rows are matched by it")
                }
                (Err(error), _) => error,
            };
            self.bad_row(path, number + 1, error);
        }
        Ok(out)
    }

    fn bad_row(&mut self, path: &Path, line: usize, error: String) {
        self.fail(&CliError::Row { file: path.display().to_string(), line, error });
    }

    fn finish(self) -> Result<Outcome, CliError> {
        let Self { args, learner, failed } = self;
        let options = Options { min_count: args.min_count, new_only: args.new_only, examples: args.examples };
        let proposals = learner.finish(&options);
        let text = match args.format {
            PairsFormat::Tsv => proposals.to_tsv(&args.family),
            PairsFormat::Json => render::proposals_json(&proposals)?,
        };
        match &args.output {
            Some(path) => io::write_atomically(path, text.as_bytes())?,
            None => std::io::stdout().lock().write_all(text.as_bytes())?,
        }
        if !args.quiet {
            say(&render::proposals_summary(&proposals));
        }
        Ok(Outcome::of(failed, false))
    }
}

fn no_partner(name: &Path, folder: &Path) {
    say(&format!("unspin: {}: has no partner in {}", name.display(), folder.display()));
}

/// The lines of a file or of standard input.
fn lines(path: &Path) -> Result<Box<dyn Iterator<Item = std::io::Result<String>> + '_>, CliError> {
    if path.as_os_str() == Input::STDIN {
        return Ok(Box::new(io::stdin().lines()));
    }
    Ok(Box::new(io::lines(path)?))
}

/// A text field of a row; `option` names it.
fn field(line: &str, name: &str, option: &str) -> Result<String, String> {
    let text = match Record::parse(line, name) {
        Ok(record) => record.text,
        Err(RecordError::NoText(name)) => {
            return Err(format!("no field `{name}`: name the field that holds the text with {option}"));
        }
        Err(error) => return Err(error.to_string()),
    };
    if text.len() > LONGEST_TEXT { Err(too_long(Some(text.len() as u64))) } else { Ok(text) }
}

/// What a row calls itself: a text without its quotation marks, anything else as it stands.
fn called(id: &RawValue) -> String {
    serde_json::from_str(id.get()).unwrap_or_else(|_| id.get().to_owned())
}
