//! `unspin screen`: the quick look that most clean documents pass.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::error::CliError;
use super::learn::{in_parallel, read_articles};
use super::args::EngineArgs;
use super::{Outcome, engine, io, say};
use crate::detect::VerdictKind;
use crate::learn::{Articles, ScreenCase, Spinner, beginning, fit_screen};
use crate::pipeline::Engine;
use crate::text::Document;

#[derive(Debug, Subcommand)]
pub(super) enum ScreenCommand {
    /// Fit the screen to what full readings say of clean articles, as they stand and spun in several ways
    Learn(LearnArgs),
    /// Say how many documents pass the screen, and how many of these a full reading would not call clean
    Test(TestArgs),
}

#[derive(Debug, Args)]
pub(super) struct LearnArgs {
    /// JSON Lines of clean articles, {"text"} each, as `model held-out` writes them
    #[arg(required = true, value_name = "ARTICLES.jsonl")]
    articles: Vec<PathBuf>,
    /// Rows of blog spinners (TSV)
    #[arg(long, required = true, value_name = "ROWS.tsv")]
    dict: Vec<PathBuf>,
    /// Rows of thesaurus spinners (TSV)
    #[arg(long, required = true, value_name = "ROWS.tsv")]
    thesaurus: Vec<PathBuf>,
    /// JSON Lines of texts of other kinds, to be taken as they stand
    #[arg(long, value_name = "TEXTS.jsonl")]
    also: Vec<PathBuf>,
    /// How far below every text that is called spun the bound lies, in nats
    #[arg(long, value_name = "NATS", default_value_t = 2.0)]
    margin: f64,
    /// The screen
    #[arg(short, long, value_name = "SCREEN.bin")]
    output: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// JSON Lines of documents, {"text"} each
    #[arg(required = true, value_name = "TEXTS.jsonl")]
    texts: Vec<PathBuf>,
}

pub(super) fn run(command: &ScreenCommand) -> Result<Outcome, CliError> {
    engine::with(&EngineArgs::default(), |engine| match command {
        ScreenCommand::Learn(args) => learn(args, engine),
        ScreenCommand::Test(args) => test(args, engine),
    })
}

/// Rates at which articles are spun: by the first spinner a second time, by thesauri, and by all rows of the dictionary.
const LOW_RATES: [f64; 4] = [0.35, 0.2, 0.12, 0.07];
const THESAURUS_RATES: [f64; 4] = [1.0, 0.6, 0.35, 0.2];
const ALL_RATES: [f64; 2] = [1.0, 0.5];

fn learn(args: &LearnArgs, engine: &Engine<'_>) -> Result<Outcome, CliError> {
    let sources = |paths: &[PathBuf]| {
        paths.iter().map(|path| Ok(io::read_source(path)?.0)).collect::<Result<Vec<_>, CliError>>()
    };
    let (rows, thesaurus) = (sources(&args.dict)?, sources(&args.thesaurus)?);
    let entries = || rows.iter().flat_map(|source| source.entries.iter().map(|(_, entry)| entry));
    let of_thesaurus = thesaurus.iter().flat_map(|source| source.entries.iter().map(|(_, entry)| entry));
    let (all, of_thesaurus) = (Spinner::of_all(entries()), Spinner::of_all(of_thesaurus));
    let observed = Spinner::new(entries());
    let (mut texts, mut others) = (Vec::new(), Vec::new());
    args.articles.iter().try_for_each(|path| read_articles(path, &mut texts))?;
    args.also.iter().try_for_each(|path| read_articles(path, &mut others))?;
    let articles = Articles::new(texts, Spinner::new(entries()));
    let case = |text: &str| {
        let verdict = engine.scan(&Document::new(text)).verdict;
        let judged = matches!(verdict.kind, VerdictKind::Spun | VerdictKind::Suspect);
        ScreenCase::new(text, if judged { verdict.probability } else { 0.0 }, verdict.kind == VerdictKind::Spun)
    };
    let mut cases = in_parallel(0..articles.len(), |number| {
        let (text, seed) = (articles.text(number), number as u64);
        [
            case(beginning(text, number)),
            case(&articles.part(number).text),
            case(&observed.spin(text, LOW_RATES[number % LOW_RATES.len()], seed).text),
            case(&of_thesaurus.spin(text, THESAURUS_RATES[number % THESAURUS_RATES.len()], seed).text),
            case(&all.spin(text, ALL_RATES[number % ALL_RATES.len()], seed).text),
        ]
    })
    .concat();
    cases.extend(in_parallel(0..others.len(), |number| case(beginning(&others[number], number))));
    let screen = fit_screen(&cases, args.margin);
    io::write_atomically(&args.output, &screen.to_bytes())?;
    say(&format!("screen: fitted to {} texts", cases.len()));
    Ok(Outcome::Clean)
}

fn test(args: &TestArgs, engine: &Engine<'_>) -> Result<Outcome, CliError> {
    for path in &args.texts {
        let mut texts = Vec::new();
        read_articles(path, &mut texts)?;
        let each = in_parallel(0..texts.len(), |number| {
            let document = Document::new(texts[number].as_str());
            let passes = engine.screened(&document).is_some();
            (passes, engine.scan(&document).verdict.kind)
        });
        let count = |kind: VerdictKind| {
            let of = |passed: bool| each.iter().filter(|&&(p, k)| k == kind && (p || !passed)).count();
            format!("{} of {} {}", of(true), of(false), kind.name())
        };
        let counts: Vec<String> =
            [VerdictKind::Clean, VerdictKind::Suspect, VerdictKind::Spun, VerdictKind::TooShort]
                .map(count)
                .into();
        say(&format!("{}: passed {}", path.display(), counts.join(", ")));
    }
    Ok(Outcome::Clean)
}
