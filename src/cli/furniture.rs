//! `unspin furniture`: the list of what page furniture says, and the trees that go with it.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::args::{at_least_one, probability};
use super::error::CliError;
use super::{Outcome, io, say};
use crate::clean::{CUT_FROM, CleanPolicy, Cleaner, Furniture};
use crate::evaluate::{KeptText, Reprint};
use crate::learn::{PageLearner, WordCounts};
use crate::report::render;

#[derive(Debug, Subcommand)]
pub(super) enum FurnitureCommand {
    /// Grow the trees that tell furniture from articles, from labelled pages and genuine texts
    Learn(LearnArgs),
}

#[derive(Debug, Args)]
pub(super) struct LearnArgs {
    /// Labelled pages (.lines), or folders of them
    #[arg(required = true, value_name = "PAGES")]
    pages: Vec<PathBuf>,
    /// JSON Lines of genuine texts, {"text"} each, as `model held-out` writes them: nothing of them is to be cut
    #[arg(long, value_name = "GENUINE.jsonl")]
    genuine: Vec<PathBuf>,
    /// Another list than the built-in one
    #[arg(long, value_name = "FURNITURE.tsv")]
    list: Option<PathBuf>,
    /// The trees
    #[arg(short, long, value_name = "TREES.json")]
    output: PathBuf,
    /// Also say how well pages are cleaned by trees that were grown without them, a part of N at a time
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    folds: Option<usize>,
    /// Cut what is at least this likely to be furniture, when that is measured
    #[arg(long, value_name = "P", value_parser = probability, default_value_t = CUT_FROM)]
    cut_confidence: f64,
    /// List the lines that these trees get wrong
    #[arg(long, requires = "folds")]
    missed: bool,
}

pub(super) fn run(command: &FurnitureCommand) -> Result<Outcome, CliError> {
    match command {
        FurnitureCommand::Learn(args) => learn(args),
    }
}

fn learn(args: &LearnArgs) -> Result<Outcome, CliError> {
    let own = args.list.as_deref().map(list).transpose()?;
    let furniture = match &own {
        Some(list) => list,
        None => Furniture::builtin()?,
    };
    let pages = pages(&args.pages)?;
    let mut all = KeptText::default();
    let mut genuine = Vec::new();
    for path in &args.genuine {
        super::learn::read_articles(path, &mut genuine)?;
    }
    let mut others = WordCounts::of_list(furniture);
    for text in &genuine {
        others.add(&WordCounts::of_genuine(text));
    }
    // Without the pages that `is_out` names.
    let grow = |is_out: &dyn Fn(usize) -> bool| {
        let seen = pages.iter().enumerate().filter(|(index, _)| !is_out(*index)).map(|(_, (_, page))| page);
        PageLearner::new(furniture, seen.collect(), &genuine, &others).learn()
    };
    for fold in 0..args.folds.unwrap_or_default() {
        let folds = args.folds.unwrap_or(1);
        let is_out = |index: usize| index % folds == fold;
        let judges = grow(&is_out);
        let cleaner = Cleaner::new(furniture, &judges);
        for (name, page) in pages.iter().enumerate().filter(|(index, _)| is_out(*index)).map(|(_, page)| page)
        {
            let policy = CleanPolicy { min_confidence: args.cut_confidence, ..CleanPolicy::default() };
            let done = cleaner.clean(&page.text, &policy);
            let kept = KeptText::of(page, &done.cut_spans());
            if kept.f1().is_none_or(|f1| f1 < 0.99) {
                say(&render::kept_text(name, &kept));
            }
            if args.missed {
                say(render::page_mistakes(name, page, &done).trim_end());
            }
            all.add(kept);
        }
    }
    if args.folds.is_some() {
        say(&render::kept_text("without the pages themselves", &all));
    }
    let judges = grow(&|_| false);
    io::write_atomically(&args.output, super::learn::lines(&judges)?.as_bytes())?;
    Ok(Outcome::Clean)
}

/// A list of furniture from a file.
fn list(path: &Path) -> Result<Furniture, CliError> {
    Ok(Furniture::parse(&path.display().to_string(), &io::read_text(path)?)?)
}

/// The labelled pages under some paths, by name.
pub(super) fn pages(paths: &[PathBuf]) -> Result<Vec<(String, Reprint)>, CliError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|e| CliError::io(path, e))?;
            let found = entries.map(|entry| entry.map(|e| e.path()).map_err(|e| CliError::io(path, e)));
            let mut found = found.collect::<Result<Vec<_>, _>>()?;
            found.retain(|file| file.extension().is_some_and(|e| e == "lines"));
            found.sort();
            files.extend(found);
        } else {
            files.push(path.clone());
        }
    }
    files.into_iter().map(|file| Ok((file.display().to_string(), page(&file)?))).collect()
}

fn page(path: &Path) -> Result<Reprint, CliError> {
    let name = path.display().to_string();
    Reprint::parse(&io::read_text(path)?).map_err(|error| CliError::Row {
        file: name,
        line: error.line,
        error: error.problem.to_owned(),
    })
}
