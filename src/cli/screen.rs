//! `unspin screen`: the quick look that most clean documents pass.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::EngineArgs;
use super::error::CliError;
use super::learn::{in_parallel, read_articles};
use super::{Outcome, engine, io, say};
use crate::detect::VerdictKind;
use crate::evaluate::Row;
use crate::learn::{ScreenCase, Spinner, SpunWords, beginning, fit_screen};
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
    #[arg(long, value_name = "NATS", default_value_t = 0.5)]
    margin: f32,
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

/// Rates at which articles are spun to learn words from: by observed rows, by thesauri, by all rows of the dictionary.
const WORD_RATES: ([f64; 4], [f64; 4], [f64; 2]) = ([0.08, 0.15, 0.3, 1.0], [0.1, 0.2, 0.4, 1.0], [0.3, 1.0]);
/// The same for whole texts. Those of which little is spun are the hardest to tell.
const TEXT_RATES: ([f64; 4], [f64; 4], [f64; 2]) =
    ([0.06, 0.08, 0.11, 0.16], [0.15, 0.25, 0.4, 1.0], [0.5, 1.0]);

fn learn(args: &LearnArgs, engine: &Engine<'_>) -> Result<Outcome, CliError> {
    let sources = |paths: &[PathBuf]| {
        paths.iter().map(|path| Ok(io::read_source(path)?.0)).collect::<Result<Vec<_>, CliError>>()
    };
    let (rows, thesaurus) = (sources(&args.dict)?, sources(&args.thesaurus)?);
    let entries = || rows.iter().flat_map(|source| source.entries.iter().map(|(_, entry)| entry));
    let of_thesaurus = thesaurus.iter().flat_map(|source| source.entries.iter().map(|(_, entry)| entry));
    let (observed, all) = (Spinner::new(entries()), Spinner::of_all(entries()));
    let of_thesaurus = Spinner::of_all(of_thesaurus);
    let (mut articles, mut others) = (Vec::new(), Vec::new());
    args.articles.iter().try_for_each(|path| read_articles(path, &mut articles))?;
    args.also.iter().try_for_each(|path| read_articles(path, &mut others))?;
    let spun = |text: &str, number: usize, rates: &([f64; 4], [f64; 4], [f64; 2])| {
        let mut out = vec![observed.spin(text, rates.0[number % 4], number as u64)];
        match number % 4 {
            0 | 2 => out.push(of_thesaurus.spin(text, rates.1[number / 2 % 4], number as u64)),
            1 => out.push(all.spin(text, rates.2[number / 4 % 2], number as u64)),
            _ => {}
        }
        out
    };
    let words = |row: &Row| SpunWords::of(row);
    let mut all_words = in_parallel(0..articles.len(), |number| {
        spun(&articles[number], number, &WORD_RATES).iter().map(words).collect::<Vec<_>>()
    })
    .concat();
    let genuine = |text: &str| Row { text: text.to_owned(), gold: Vec::new() };
    all_words.extend(in_parallel(0..others.len(), |number| words(&genuine(&others[number]))));
    let case = |row: Row| {
        let verdict = engine.scan(&Document::new(row.text.as_str())).verdict;
        let is_spun = verdict.kind == VerdictKind::Spun;
        (verdict.kind != VerdictKind::TooShort)
            .then(|| ScreenCase::new(row.text, verdict.probability, is_spun))
    };
    let mut cases = in_parallel(0..articles.len(), |number| {
        let text = beginning(&articles[number], number);
        let mut rows = spun(text, number, &TEXT_RATES);
        rows.push(genuine(text));
        rows.into_iter().filter_map(case).collect::<Vec<_>>()
    })
    .concat();
    let others = in_parallel(0..others.len(), |number| case(genuine(beginning(&others[number], number))));
    cases.extend(others.into_iter().flatten());
    let screen = fit_screen(&all_words, &cases, args.margin);
    io::write_atomically(&args.output, &screen.to_bytes())?;
    say(&format!(
        "screen: fitted to the words of {} texts and to {} full readings",
        all_words.len(),
        cases.len()
    ));
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
