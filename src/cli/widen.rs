//! `unspin dict widen`: rows that a thesaurus adds.

use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use super::{Outcome, engine, io};
use crate::dictionary::{Limits, PartOfSpeech, WordNet, widen, widened_tsv};

#[derive(Debug, Args)]
pub(super) struct WidenArgs {
    /// Rows to start from (TSV)
    #[arg(required = true, value_name = "ROWS.tsv")]
    pub sources: Vec<PathBuf>,
    /// Folder of WordNet's database files (data.noun, index.noun, ...)
    #[arg(long, required = true, value_name = "DIR")]
    pub wordnet: PathBuf,
    /// Use another language model than the built-in one, to tell common words from rare ones
    #[arg(long, value_name = "FILE.lm")]
    pub model: Option<PathBuf>,
    /// Rows for one spun form, at most
    #[arg(long, value_name = "N", default_value_t = Limits::default().alternatives)]
    pub alternatives: usize,
    /// Least frequency of a canonical form, per million words
    #[arg(long, value_name = "N", default_value_t = Limits::default().per_million)]
    pub per_million: f64,
    /// Least frequency of a spun form, per million words
    #[arg(long, value_name = "N", default_value_t = Limits::default().spun_per_million)]
    pub spun_per_million: f64,
    /// The rows
    #[arg(short, long, value_name = "ROWS.tsv")]
    pub output: PathBuf,
}

/// The parts of speech with the ends of their files' names.
const PARTS: [(PartOfSpeech, &str); 4] = [
    (PartOfSpeech::Noun, "noun"),
    (PartOfSpeech::Verb, "verb"),
    (PartOfSpeech::Adjective, "adj"),
    (PartOfSpeech::Adverb, "adv"),
];

pub(super) fn run(args: &WidenArgs) -> Result<Outcome, CliError> {
    let sources =
        args.sources.iter().map(|path| Ok(io::read_source(path)?.0)).collect::<Result<Vec<_>, CliError>>()?;
    let limits = Limits {
        alternatives: args.alternatives,
        per_million: args.per_million,
        spun_per_million: args.spun_per_million,
        ..Limits::default()
    };
    let wordnets = PARTS.iter().map(|&(part, end)| {
        let file = |kind: &str| {
            let path = args.wordnet.join(format!("{kind}.{end}"));
            Ok::<_, CliError>((path.display().to_string(), io::read_text(&path)?))
        };
        let (data, index) = (file("data")?, file("index")?);
        Ok(WordNet::parse(part, (&data.0, &data.1), (&index.0, &index.1))?)
    });
    let wordnets = wordnets.collect::<Result<Vec<_>, CliError>>()?;
    engine::with_model(args.model.as_deref(), |model| {
        let rows = widen(&sources, &wordnets, model, limits);
        io::write_atomically(&args.output, widened_tsv(&rows).as_bytes())?;
        Ok(Outcome::Clean)
    })
}
