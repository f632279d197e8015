//! `unspin model`: train and describe language models.

use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::args::ModelCommand;
use super::error::CliError;
use super::progress::Progress;
use super::{Outcome, engine, held_out, io};
use crate::language::{Corpus, LanguageModel, Options, WordCounter, is_held_out};
use crate::text::{Tokens, hexadecimal};

pub(super) fn run(command: &ModelCommand) -> Result<Outcome, CliError> {
    match command {
        ModelCommand::Train { corpora, output, order, ngrams, words, dict, hold_out } => {
            let options = Options { order: *order, ngrams: *ngrams, words: *words, hold_out: *hold_out };
            train(corpora, dict, options, output)
        }
        ModelCommand::HeldOut(args) => held_out::run(args),
        ModelCommand::Info { model } => engine::with_model(model.as_deref(), info),
    }
}

fn train(
    corpora: &[PathBuf],
    dictionaries: &[PathBuf],
    options: Options,
    output: &Path,
) -> Result<Outcome, CliError> {
    let always = words_of(dictionaries)?;
    let hold_out = options.hold_out;
    let mut words = WordCounter::default();
    for corpus in corpora {
        each_line(corpus, hold_out, "words", |line| words.add(line))?;
    }
    let mut trainer = words.finish(options, &always)?;
    let mut described = Vec::new();
    for corpus in corpora {
        let before = trainer.tokens();
        let sha256 = each_line(corpus, hold_out, "n-grams", |line| trainer.add(line))?;
        let file = corpus.file_name().unwrap_or_default().to_string_lossy().into_owned();
        described.push(Corpus { file, sha256, tokens: trainer.tokens() - before });
    }
    let bar = Progress::of_lines("smoothing and pruning");
    let bytes = trainer.finish(described)?;
    bar.finish();
    io::write_atomically(output, &bytes)?;
    eprintln!("{}: {} bytes", output.display(), bytes.len());
    Ok(Outcome::Clean)
}

/// Every word of the dictionaries' phrases, each once.
fn words_of(dictionaries: &[PathBuf]) -> Result<Vec<String>, CliError> {
    let mut words = std::collections::BTreeSet::new();
    for path in dictionaries {
        let (source, _) = io::read_source(path)?;
        for phrase in source.entries.iter().flat_map(|(_, entry)| [&entry.spun, &entry.canonical]) {
            let tokens = Tokens::of_phrase(phrase);
            words.extend((0..tokens.len()).map(|i| tokens.lexeme(i).into_owned()));
        }
    }
    Ok(words.into_iter().collect())
}

/// Gives each line that is not held out to `each`; returns the digest of the whole text.
fn each_line(
    path: &Path,
    hold_out: usize,
    message: &'static str,
    mut each: impl FnMut(&str),
) -> Result<String, CliError> {
    let bar = Progress::of_lines(message);
    let mut digest = Sha256::new();
    for (number, line) in io::lines(path)?.enumerate() {
        let line = line.map_err(|e| CliError::io(path, e))?;
        digest.update(line.as_bytes());
        digest.update(b"\n");
        if !is_held_out(number, hold_out) {
            each(&line);
        }
        if number % 1024 == 0 {
            bar.reach(number as u64);
        }
    }
    bar.finish();
    Ok(hexadecimal(&digest.finalize()))
}

fn info(model: &LanguageModel) -> Result<Outcome, CliError> {
    let about = model.about();
    let mut out = std::io::stdout().lock();
    writeln!(out, "order       {}", model.order())?;
    writeln!(out, "words       {}", about.words)?;
    for (count, order) in about.ngrams.iter().zip(2..) {
        writeln!(out, "{order}-grams     {count}")?;
    }
    writeln!(out, "checksum    {:016x}", model.checksum())?;
    writeln!(out, "trained by  {}", about.trained_by)?;
    writeln!(out, "held out    every {}th block of 1,000 lines", about.options.hold_out)?;
    for corpus in &about.corpora {
        writeln!(out, "corpus      {} ({} tokens, SHA-256 {})", corpus.file, corpus.tokens, corpus.sha256)?;
    }
    Ok(Outcome::Clean)
}
