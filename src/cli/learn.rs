//! `unspin learn`: everything that is fitted, from clean articles.

use std::num::NonZero;
use std::ops::Range;
use std::panic::resume_unwind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::args::LearnArgs;
use super::error::CliError;
use super::{Outcome, engine, io, say};
use crate::detect::{Judge, Parameters, Reranker};
use crate::dictionary::Dictionary;
use crate::evaluate::Row;
use crate::language::LanguageModel;
use crate::learn::{Articles, Growth, Learner, Round, Sampler, Spinner, beginning, boost};
use crate::odds;

/// Biases are summed over so many parts of the articles, whatever the number of threads, so that sums are always the same.
const PARTS: usize = 16;

/// Least findings, and least texts, in a leaf of a tree.
const FEWEST_FINDINGS: usize = 200;
const FEWEST_DOCUMENTS: usize = 40;
/// Share of the texts that are taken to be spun before they are read: chosen so that `spun`, at a probability of 0.99, is said of hardly
/// any genuine text.
const PRIOR_SPUN: f64 = 0.14;
/// Taken off the log-odds of every confidence: real pages hold more that is unknown than articles spun to learn from.
const CAUTION: f64 = 0.2;

/// An article as `model held-out` writes it.
#[derive(Deserialize)]
struct Article {
    text: String,
}

pub(super) fn run(args: &LearnArgs) -> Result<Outcome, CliError> {
    let sources =
        args.dict.iter().map(|path| Ok(io::read_source(path)?.0)).collect::<Result<Vec<_>, CliError>>()?;
    let mut texts = Vec::new();
    for path in &args.articles {
        read_articles(path, &mut texts)?;
    }
    if texts.is_empty() {
        return Err(CliError::Usage("no articles to learn from".to_owned()));
    }
    let spinner =
        Spinner::new(sources.iter().flat_map(|source| source.entries.iter().map(|(_, entry)| entry)));
    let articles = Articles::new(texts, spinner);
    engine::with_model(args.model.as_deref(), |model| {
        let mut learner = Learner::new(sources, model);
        biases(args, &articles, &mut learner)?;
        let dictionary = learner.dictionary().map_err(|e| CliError::Usage(e.to_string()))?;
        io::write_atomically(&args.output, learner.to_tsv().as_bytes())?;
        let Some(output) = &args.judge else { return Ok(Outcome::Clean) };
        let mut genuine = Vec::new();
        for path in &args.genuine {
            read_articles(path, &mut genuine)?;
        }
        let judge = judge(&articles, &genuine, &dictionary, model);
        io::write_atomically(output, lines(&judge)?.as_bytes())?;
        if let Some(output) = &args.reranker {
            let trees = reranker(&articles, &genuine, &judge, &dictionary, model);
            io::write_atomically(output, lines(&trees)?.as_bytes())?;
        }
        Ok(Outcome::Clean)
    })
}

pub(super) fn read_articles(path: &Path, out: &mut Vec<String>) -> Result<(), CliError> {
    each_article(path, |text| out.push(text))
}

/// Calls for the text of each row.
pub(super) fn each_article(path: &Path, mut each: impl FnMut(String)) -> Result<(), CliError> {
    for (index, line) in io::lines(path)?.enumerate() {
        let line = line.map_err(|e| CliError::io(path, e))?;
        if line.trim().is_empty() {
            continue;
        }
        let article: Article = serde_json::from_str(&line).map_err(|e| CliError::Row {
            file: path.display().to_string(),
            line: index + 1,
            error: format!("not an article {{\"text\"}}: {e}"),
        })?;
        each(article.text);
    }
    Ok(())
}

fn biases(args: &LearnArgs, articles: &Articles, learner: &mut Learner<'_>) -> Result<(), CliError> {
    let numbers: Vec<usize> = (0..articles.len()).collect();
    for number in 1..=args.rounds {
        let dictionary = learner.dictionary().map_err(|e| CliError::Usage(e.to_string()))?;
        let size = numbers.len().div_ceil(PARTS);
        let parts: Vec<&[usize]> = numbers.chunks(size).collect();
        let rounds = in_parallel(0..parts.len(), |part| {
            learner.read(&dictionary, parts[part].iter().map(|&number| articles.row(number)))
        });
        let mut round = Round::default();
        for part in rounds {
            round.add(part);
        }
        let each = round.log_likelihood / round.places.max(1) as f64;
        say(&format!("biases, round {number}: {each:.4} nats for each of {} candidates", round.places));
        learner.step(&round);
    }
    Ok(())
}

fn reranker(
    articles: &Articles,
    genuine: &[String],
    judge: &Judge,
    dictionary: &Dictionary,
    model: &LanguageModel,
) -> Reranker {
    let parameters = Parameters::default();
    let sampler = Sampler { dictionary, model, parameters: &parameters };
    let of = |row: &Row| sampler.findings(row, judge);
    let mut all = in_parallel(0..articles.len(), |number| of(&articles.part(number)));
    all.extend(in_parallel(0..genuine.len(), |number| of(&clean(&genuine[number], number))));
    let all = all.concat();
    let trees = boost(&all, &Growth::whole(FEWEST_FINDINGS));
    say(&format!("re-ranker: {} trees from {} findings", trees.len(), all.len()));
    Reranker { line: [-CAUTION, 1.0, 0.0], trees }
}

/// Every article is read as it was spun and as it stood.
fn judge(articles: &Articles, genuine: &[String], dictionary: &Dictionary, model: &LanguageModel) -> Judge {
    let parameters = Parameters::default();
    let sampler = Sampler { dictionary, model, parameters: &parameters };
    let of = |row: &Row| sampler.document(row);
    let mut all = in_parallel(0..articles.len(), |number| of(&articles.part(number)));
    all.extend(in_parallel(0..articles.len(), |number| of(&clean(articles.text(number), number))));
    all.extend(in_parallel(0..genuine.len(), |number| of(&clean(&genuine[number], number))));
    let trees = boost(&all, &Growth::whole(FEWEST_DOCUMENTS));
    let spun = all.iter().filter(|sample| sample.is_true).count() as f64;
    let odds = spun / (all.len() as f64 - spun).max(1.0);
    say(&format!("verdict: {} trees from {} texts, {spun} of them spun", trees.len(), all.len()));
    let prior = odds::log_odds(PRIOR_SPUN) - odds.max(f64::MIN_POSITIVE).ln();
    Judge { prior: (prior * 1e4).round() / 1e4, trees }
}

/// A text that nobody spun, or its beginning.
fn clean(text: &str, number: usize) -> Row {
    Row { text: beginning(text, number).to_owned(), gold: Vec::new() }
}

/// Trees as JSON, one on each line.
pub(super) fn lines(trees: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(trees)?.replace("{\"questions\"", "\n{\"questions\"") + "\n")
}

/// Does something for each number, on all cores; the results are in order.
fn in_parallel<T: Send>(numbers: Range<usize>, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(numbers.len().max(1));
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let start = |first: usize| {
            let (numbers, work) = (numbers.clone(), &work);
            move || numbers.skip(first).step_by(threads).map(|n| (n, work(n))).collect::<Vec<_>>()
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(start(first))).collect();
        // What was not done must not be missing from the sums unseen.
        running.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|e| resume_unwind(e))).collect()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}
