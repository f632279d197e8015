//! `unspin dict import`: a published list of tortured phrases becomes rows of a dictionary.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::args::ImportArgs;
use super::error::CliError;
use super::{Outcome, complain, io, say};
use crate::dictionary::{Dictionary, Entry, Import, Layer, Source, compile, import};
use crate::language::is_held_out;
use crate::text::{Case, Tokens, fold};

pub(super) fn run(args: &ImportArgs) -> Result<Outcome, CliError> {
    let csv = io::read_text(&args.list)?;
    let file = args.list.display().to_string();
    // Once for the words and phrases that are to be counted, and once with the counts.
    let draft = import(&file, &csv, |_| false)?;
    let counts = Counts::of(&draft, args)?;
    let mut import = import(&file, &csv, |word| counts.is_usually_lower(word))?;
    for entry in &mut import.entries {
        entry.genuine = Some(counts.phrases.get(entry.spun.as_str()).copied().unwrap_or(0));
    }
    io::write_atomically(&args.output, write(&import.entries).as_bytes())?;
    for error in &import.left_out {
        complain(&CliError::Import(error.clone()));
    }
    let display = import.entries.iter().filter(|entry| entry.guard.display).count();
    say(&format!(
        "{}: {} rows, {display} of them for display only; {} left out",
        args.output.display(),
        import.entries.len(),
        import.left_out.len()
    ));
    Ok(Outcome::of(!import.left_out.is_empty(), false))
}

/// What genuine text says of the words and phrases of a list.
#[derive(Default)]
struct Counts {
    phrases: HashMap<String, u32>,
    /// Occurrences inside sentences in lower case, and with a capital.
    cases: HashMap<String, (u32, u32)>,
}

impl Counts {
    fn of(draft: &Import, args: &ImportArgs) -> Result<Self, CliError> {
        let mut counts = Self::default();
        let words: HashSet<String> = draft
            .entries
            .iter()
            .flat_map(|entry| entry.canonical.split([' ', '-']))
            .map(|word| fold(word).into_owned())
            .collect();
        let source =
            Source { entries: draft.entries.iter().cloned().enumerate().collect(), ..Source::default() };
        let fail = |error| CliError::Compile { file: args.list.display().to_string(), error };
        let layer = compile(&[source], Vec::new()).map_err(fail)?;
        let layer = Layer::from_bytes(layer)
            .map_err(|error| CliError::Dictionary { file: args.list.display().to_string(), error })?;
        let dictionary = Dictionary::new(Arc::new(layer));
        for corpus in &args.corpus {
            counts.add(corpus, args.hold_out, &dictionary, &words)?;
        }
        Ok(counts)
    }

    fn add(
        &mut self,
        corpus: &Path,
        hold_out: usize,
        dictionary: &Dictionary,
        words: &HashSet<String>,
    ) -> Result<(), CliError> {
        let mut found = Vec::new();
        for (number, line) in io::lines(corpus)?.enumerate() {
            let line = line.map_err(|e| CliError::io(corpus, e))?;
            if is_held_out(number, hold_out) {
                continue;
            }
            let tokens = Tokens::of(&line);
            for (at, token) in tokens.as_slice().iter().enumerate() {
                dictionary.matches_at(&tokens, at, &mut found);
                let key = tokens.key(at);
                if !token.starts_sentence && words.contains(key) {
                    let count = self.cases.entry(key.to_owned()).or_default();
                    match token.case {
                        Case::Lower => count.0 += 1,
                        Case::Capital => count.1 += 1,
                        Case::Upper | Case::Mixed => {}
                    }
                }
            }
            for found in found.drain(..) {
                for row in found.phrase.substitutions().filter(|row| row.guard().within.is_none()) {
                    *self.phrases.entry(row.spun.to_owned()).or_default() += 1;
                }
            }
        }
        Ok(())
    }

    fn is_usually_lower(&self, word: &str) -> bool {
        self.cases.get(&*fold(word)).is_some_and(|&(lower, capital)| lower > capital)
    }
}

const HEADER: &str = "\
# Tortured phrases of the Problematic Paper Screener (Guillaume Cabanac, Cyril Labbé, Alexander Magazinov), CC BY 4.0.
# Made by `unspin dict import`: don't edit. See README.md.
spun\tcanonical\tfamily\tweight\tsource\tnote\tgenuine\trequires\tforbids\twithin\tuse
";

fn write(entries: &[Entry]) -> String {
    let mut out = HEADER.to_owned();
    for entry in entries {
        let genuine = entry.genuine.map_or(String::new(), |count| count.to_string());
        let weight = entry.weight.to_string();
        let guard = entry.guard.columns();
        let columns: Vec<&str> =
            [&entry.spun, &entry.canonical, &entry.family, &weight, &entry.source, &entry.note, &genuine]
                .into_iter()
                .chain(&guard)
                .map(String::as_str)
                .collect();
        out.push_str(&columns.join("\t"));
        out.push('\n');
    }
    out
}
