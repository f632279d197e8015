//! `unspin eval --tortured`: are tortured phrases that no list has read as expected?

use std::io::{BufWriter, Write};
use std::path::Path;

use super::args::EvalArgs;
use super::error::CliError;
use super::{Outcome, engine, io};
use crate::dictionary::Entry;
use crate::evaluate::recovery;
use crate::terms::{Knowledge, Lexicon};

pub(super) fn run(args: &EvalArgs, rows: &Path) -> Result<Outcome, CliError> {
    let (source, _) = io::read_source(rows)?;
    let rows: Vec<Entry> = source.entries.into_iter().map(|(_, entry)| entry).collect();
    let (part, parts) = (args.part as u64, args.hold_out as u64);
    let fail = |file: String| move |error| CliError::Lexicon { file, error };
    let (found, missed) = engine::with(&args.engine, |engine| {
        let (english, dictionary) = (engine.model(), engine.dictionary());
        let read =
            |lexicon: &Lexicon| recovery(&rows, Knowledge { lexicon, english, dictionary }, part, parts);
        Ok(match &args.lexicon {
            Some(path) => {
                let fail = fail(path.display().to_string());
                read(&Lexicon::from_bytes(io::read(path)?).map_err(fail)?)
            }
            None => read(Lexicon::builtin().map_err(fail("built-in lexicon".to_owned()))?),
        })
    })?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.missed {
        for missed in missed {
            writeln!(out, "{}\t{}\t{}", missed.spun, missed.canonical, missed.read)?;
        }
    }
    let share = |n: usize| 100.0 * n as f64 / found.phrases.max(1) as f64;
    writeln!(out, "learned from   {}", found.learned)?;
    writeln!(out, "held out       {}", found.phrases)?;
    writeln!(out, "read right     {} ({:.1} %)", found.right, share(found.right))?;
    writeln!(out, "among five     {} ({:.1} %)", found.among_five, share(found.among_five))?;
    out.flush()?;
    Ok(Outcome::Clean)
}
