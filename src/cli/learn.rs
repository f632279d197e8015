//! `unspin learn`: biases of dictionary rows from aligned texts.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;

use super::args::LearnArgs;
use super::error::CliError;
use super::{Outcome, engine, io, say};
use crate::evaluate::{Learner, Round, Row};

/// The texts are read in so many parts, whatever the number of threads, so that sums are always added in the same order.
const PARTS: usize = 16;

pub(super) fn run(args: &LearnArgs) -> Result<Outcome, CliError> {
    let sources =
        args.dict.iter().map(|path| Ok(io::read_source(path)?.0)).collect::<Result<Vec<_>, CliError>>()?;
    let mut rows = Vec::new();
    for path in &args.rows {
        read_rows(path, &mut rows)?;
    }
    if rows.is_empty() {
        return Err(CliError::Usage("no rows to learn from".to_owned()));
    }
    engine::with_model(args.model.as_deref(), |model| {
        let mut learner = Learner::new(sources, model);
        for number in 1..=args.rounds {
            let round = read_all(&learner, &rows)?;
            let each = round.log_likelihood / round.places.max(1) as f64;
            say(&format!("round {number}: {each:.4} nats for each of {} candidates", round.places));
            learner.step(&round);
        }
        io::write_atomically(&args.output, learner.to_tsv().as_bytes())?;
        Ok(Outcome::Clean)
    })
}

fn read_rows(path: &Path, out: &mut Vec<Row>) -> Result<(), CliError> {
    for (index, line) in io::lines(path)?.enumerate() {
        let line = line.map_err(|e| CliError::io(path, e))?;
        if line.trim().is_empty() {
            continue;
        }
        let file = path.display().to_string();
        out.push(Row::parse(&line).map_err(|e| CliError::Row {
            file,
            line: index + 1,
            error: e.to_string(),
        })?);
    }
    Ok(())
}

fn read_all(learner: &Learner<'_>, rows: &[Row]) -> Result<Round, CliError> {
    let dictionary = learner.dictionary().map_err(|e| CliError::Usage(e.to_string()))?;
    let parts: Vec<&[Row]> = rows.chunks(rows.len().div_ceil(PARTS)).collect();
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(parts.len());
    let mut done: Vec<(usize, Round)> = std::thread::scope(|scope| {
        let work = |first: usize| {
            let (parts, dictionary) = (&parts, &dictionary);
            move || {
                let mine = (first..parts.len()).step_by(threads);
                mine.map(|at| (at, learner.read(dictionary, parts[at]))).collect::<Vec<_>>()
            }
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(work(first))).collect();
        // A part that was not read must not be missing from the sums unseen.
        let joined = running.into_iter().map(|thread| thread.join().unwrap_or_else(|e| resume_unwind(e)));
        joined.flatten().collect()
    });
    done.sort_by_key(|(at, _)| *at);
    let mut out = Round::default();
    for (_, round) in done {
        out.add(round);
    }
    Ok(out)
}
