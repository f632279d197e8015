//! `unspin eval --clean`: how well are pages cleaned?

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{EvalArgs, EvalFormat};
use super::error::CliError;
use super::{Outcome, furniture, io};
use crate::clean::{CleanPolicy, Cleaner};
use crate::evaluate::{KeptText, LabelTable, Reprint};
use crate::report::render;

pub(super) fn run(args: &EvalArgs) -> Result<Outcome, CliError> {
    let cleaner = Cleaner::builtin()?;
    let policy = CleanPolicy { min_confidence: args.cut_confidence, ..CleanPolicy::default() };
    let pages = match &args.labels {
        Some(table) => labelled(table, &args.paths)?,
        None => furniture::pages(&args.paths)?,
    };
    let mut out = std::io::stdout().lock();
    let mut all = KeptText::default();
    let mut rows = Vec::new();
    for (name, page) in &pages {
        let done = cleaner.clean(&page.text, &policy);
        let kept = KeptText::of(page, &done.cut_spans());
        if args.missed {
            out.write_all(render::page_mistakes(name, page, &done).as_bytes())?;
        }
        all.add(kept);
        rows.push((name.as_str(), kept));
    }
    let text = match args.format {
        EvalFormat::Full => render::kept_text_full(&rows, &all),
        EvalFormat::Json => render::kept_text_json(&rows, &all)?,
    };
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Clean)
}

/// Plain texts with the labels that a table has for them.
fn labelled(table: &Path, paths: &[PathBuf]) -> Result<Vec<(String, Reprint)>, CliError> {
    let file = table.display().to_string();
    let fail = |error: crate::evaluate::ReprintError| CliError::Row {
        file: file.clone(),
        line: error.line,
        error: error.problem.to_owned(),
    };
    let labels = LabelTable::parse(&io::read_text(table)?).map_err(&fail)?;
    let page = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let page = labels.page(&name, &io::read_text(path)?).map_err(&fail)?;
        Ok((path.display().to_string(), page))
    };
    paths.iter().map(page).collect()
}
