//! `unspin eval`: how good are repairs and verdicts?

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use super::args::{EvalArgs, EvalFormat};
use super::error::CliError;
use super::input::{self, Input, LONGEST_TEXT, too_long};
use super::io::{Line, read_line, read_text};
use super::{Outcome, complain, engine, tortured};
use crate::evaluate::{Evaluation, Row, parse_gold};
use crate::pipeline::Engine;
use crate::report::evaluation::Unscored;
use crate::report::render;
use crate::text::Document;

/// Longest line that is read, in bytes.
const LONGEST_LINE: usize = 256 << 20;

pub(super) fn run(args: &EvalArgs) -> Result<Outcome, CliError> {
    if let Some(rows) = &args.tortured {
        return tortured::run(args, rows);
    }
    if args.clean {
        return super::eval_clean::run(args);
    }
    let policy = args.policy.policy();
    if args.gold.is_some() && input::may_be_several(&args.paths) {
        let message = "--gold is the table of one text: name that text alone";
        return Err(CliError::Usage(message.to_owned()));
    }
    engine::with(&args.engine, |engine| {
        let mut run = Run { engine, evaluation: Evaluation::new(policy), errors: Vec::new() };
        match &args.gold {
            Some(gold) => run.text(gold, &args.paths)?,
            None => args.paths.iter().for_each(|path| run.rows(path)),
        }
        run.finish(args.format)
    })
}

/// An evaluation in the making.
struct Run<'e> {
    engine: &'e Engine,
    evaluation: Evaluation,
    errors: Vec<Unscored>,
}

impl Run<'_> {
    /// A text against the gold table that was made for it.
    fn text(&mut self, gold: &Path, paths: &[PathBuf]) -> Result<(), CliError> {
        let table = read_text(gold)?;
        for input in input::expand(paths) {
            let input = input.map_err(|(_, error)| error)?;
            let Some(document) = input.read()? else { continue };
            let gold = parse_gold(&table, document.text()).map_err(|error| CliError::Row {
                file: gold.display().to_string(),
                line: error.line,
                error: error.to_string(),
            })?;
            self.evaluation.begin(&input.name());
            self.evaluation.add(self.engine, &document, &gold);
        }
        Ok(())
    }

    /// The rows of a file, as far as it can be read.
    fn rows(&mut self, path: &Path) {
        let done = if path.as_os_str() == Input::STDIN {
            self.stream(Input::STDIN, std::io::stdin().lock()).map_err(|e| CliError::io("standard input", e))
        } else {
            File::open(path)
                .and_then(|file| self.stream(&path.display().to_string(), file))
                .map_err(|e| CliError::io(path, e))
        };
        if let Err(error) = done {
            complain(&error);
            let path = path.display().to_string();
            self.errors.push(Unscored { path, line: None, error: error.to_string() });
        }
    }

    fn stream(&mut self, name: &str, input: impl Read) -> Result<(), std::io::Error> {
        self.evaluation.begin(name);
        let mut input = BufReader::with_capacity(1 << 16, input);
        let mut line = Vec::new();
        for number in 1.. {
            match read_line(&mut input, &mut line, LONGEST_LINE)? {
                Line::End => break,
                Line::TooLong(bytes) => {
                    self.bad_row(
                        name,
                        number,
                        format!("a line of {bytes} bytes: at most {LONGEST_LINE} are read"),
                    );
                }
                Line::Read => {
                    if let Err(error) = self.row(&line, number == 1) {
                        self.bad_row(name, number, error);
                    }
                }
            }
            // A long line must not keep its memory for good.
            line.clear();
            line.shrink_to(1 << 20);
        }
        Ok(())
    }

    fn row(&mut self, line: &[u8], is_first: bool) -> Result<(), String> {
        let line = std::str::from_utf8(line)
            .map_err(|error| format!("not valid UTF-8 at byte {} of the line", error.valid_up_to()))?;
        let line = if is_first { line.trim_start_matches('\u{feff}') } else { line };
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let row = Row::parse(line).map_err(|error| error.to_string())?;
        if row.text.len() > LONGEST_TEXT {
            return Err(too_long(Some(row.text.len() as u64)));
        }
        self.evaluation.add(self.engine, &Document::new(row.text), &row.gold);
        Ok(())
    }

    fn bad_row(&mut self, path: &str, line: usize, error: String) {
        complain(&CliError::Row { file: path.to_owned(), line, error: error.clone() });
        self.errors.push(Unscored { path: path.to_owned(), line: Some(line), error });
    }

    fn finish(self, format: EvalFormat) -> Result<Outcome, CliError> {
        let text = match format {
            EvalFormat::Full => render::evaluation_full(&self.evaluation),
            EvalFormat::Json => render::evaluation_json(&self.evaluation, &self.errors)?,
        };
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(Outcome::of(!self.errors.is_empty(), false))
    }
}
