//! `unspin screen`: the glance that passes over clean documents.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::args::at_least_one;
use super::error::CliError;
use super::{Outcome, io, say};
use crate::detect::VerdictKind;
use crate::dictionary::Entry;
use crate::learn::{ScreenGrowth, ScreenLearner, Spinner};
use crate::pipeline::{Engine, EngineError};
use crate::screen::{Screen, Weights};
use crate::text::Document;

/// Whether documents are passed over.
#[derive(Debug, Args)]
pub(super) struct ScreenArgs {
    /// Pass over documents that show nothing of spinning at a glance, as nearly all clean ones: several times as fast, but texts of which
    /// few words were swapped are passed over as well (see `unspin screen measure`). Their verdict is `passed_over`
    #[arg(long, requires = "jsonl", conflicts_with_all = ["dict", "model", "any_verdict"])]
    pub screen: bool,
}

impl ScreenArgs {
    /// The engine that is asked for.
    pub(super) fn over(&self, engine: &Engine) -> Result<Engine, CliError> {
        let engine = engine.clone();
        if !self.screen {
            return Ok(engine);
        }
        let screen = engine.screen().map_err(EngineError::from)?;
        Ok(engine.with_screen(screen))
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum ScreenCommand {
    /// Learn what a screen looks for, from articles and their spun copies
    Learn(LearnArgs),
    /// Say how many documents a screen passes over, and how many of these decoding calls spun
    Measure(MeasureArgs),
}

#[derive(Debug, Args)]
pub(super) struct LearnArgs {
    /// JSON Lines of clean articles, {"text"} each, as `model held-out` writes them; they are spun on the way
    #[arg(required = true, value_name = "ARTICLES.jsonl")]
    articles: Vec<PathBuf>,
    /// Rows of blog spinners (TSV): those that were observed are used
    #[arg(long, required = true, value_name = "ROWS.tsv")]
    dict: Vec<PathBuf>,
    /// Rows of thesaurus spinners (TSV)
    #[arg(long, required = true, value_name = "ROWS.tsv")]
    thesaurus: Vec<PathBuf>,
    /// Features that are kept
    #[arg(long, value_name = "N", value_parser = at_least_one, default_value_t = ScreenGrowth::default().kept)]
    kept: usize,
    /// The weights
    #[arg(short, long, value_name = "SCREEN.bin")]
    output: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct MeasureArgs {
    /// JSON Lines of texts, {"text"} each; a line is printed for each file
    #[arg(required = true, value_name = "TEXTS.jsonl")]
    texts: Vec<PathBuf>,
    /// Another screen than the built-in one
    #[arg(long, value_name = "SCREEN.bin")]
    screen: Option<PathBuf>,
}

pub(super) fn run(command: &ScreenCommand) -> Result<Outcome, CliError> {
    match command {
        ScreenCommand::Learn(args) => learn(args),
        ScreenCommand::Measure(args) => measure(args),
    }
}

fn learn(args: &LearnArgs) -> Result<Outcome, CliError> {
    let (blog, thesaurus) = (rows(&args.dict)?, rows(&args.thesaurus)?);
    let (blog, thesaurus) = (Spinner::new(&blog), Spinner::of_all(&thesaurus));
    let mut learner = ScreenLearner::default();
    for path in &args.articles {
        super::learn::each_article(path, |text| learner.add_article(&text, &blog, &thesaurus))?;
    }
    if learner.is_empty() {
        return Err(CliError::Usage("no articles to learn from".to_owned()));
    }
    let growth = ScreenGrowth { kept: args.kept, ..ScreenGrowth::default() };
    let mut round = 0;
    let weights = learner.learn(&growth, |loss| {
        round += 1;
        say(&format!("round {round}: {loss:.4} nats for each of {} documents", learner.len()));
    });
    io::write_atomically(&args.output, &weights.to_bytes())?;
    Ok(Outcome::Clean)
}

fn rows(paths: &[PathBuf]) -> Result<Vec<Entry>, CliError> {
    let mut out = Vec::new();
    for path in paths {
        out.extend(io::read_source(path)?.0.entries.into_iter().map(|(_, entry)| entry));
    }
    Ok(out)
}

fn measure(args: &MeasureArgs) -> Result<Outcome, CliError> {
    let engine = Engine::builtin()?;
    let screen = match &args.screen {
        Some(path) => engine.completed(Screen::new(&weights(path)?)),
        None => engine.screen().map_err(EngineError::from)?,
    };
    for path in &args.texts {
        println!("{}: {}", path.display(), measured(path, &engine, &screen)?);
    }
    Ok(Outcome::Clean)
}

fn weights(path: &Path) -> Result<Weights, CliError> {
    let fail = |error| CliError::Screen { file: path.display().to_string(), error };
    Weights::from_bytes(&io::read(path)?).map_err(fail)
}

/// Counts of a file, as a line.
fn measured(path: &Path, engine: &Engine, screen: &Screen) -> Result<String, CliError> {
    let (mut all, mut passed, mut spun, mut lost) = (0_usize, 0_usize, 0_usize, 0_usize);
    super::learn::each_article(path, |text| {
        let is_passed = screen.glance(&text).passes();
        let is_spun = engine.decode(&Document::new(text)).verdict.kind == VerdictKind::Spun;
        all += 1;
        passed += usize::from(is_passed);
        spun += usize::from(is_spun);
        lost += usize::from(is_passed && is_spun);
    })?;
    Ok(format!("{all} documents, {passed} passed over; {spun} that decoding calls spun, {lost} passed over"))
}
