//! Learning the biases of dictionary rows from aligned texts.
//!
//! The decoder is a log-linear model: a row's bias is added to the logarithm of its channel. Each round reads all texts with
//! the biases so far, compares how often each row is taken with how often it should have been, and makes a Newton step
//! towards agreement (the gradient and the diagonal of the Hessian of the posteriors' log-likelihood, with a Gaussian prior).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::detect::{self, Parameters};
use crate::dictionary::{CompileError, Dictionary, DictionaryError, Layer, Learned, Source, compile};
use crate::evaluate::Row;
use crate::language::LanguageModel;
use crate::text::{Tokens, regions};

use super::truth::is_right;

/// Strength of the prior that biases are small, in observations at even odds.
const PRIOR: f64 = 1.0;
/// Biases change by at most this much in a round, and never become greater than [`GREATEST`].
const STEP: f64 = 1.0;
const GREATEST: f64 = 6.0;
/// Biases smaller than this are not worth a row.
const SMALLEST: f64 = 0.05;

/// A row by its spun and canonical form.
type Key = (String, String);

/// What one round has seen.
#[derive(Debug, Default)]
pub struct Round {
    /// For each row: how much more often it was right than it was taken, and the variance of that.
    rows: BTreeMap<Key, (f64, f64)>,
    /// Log-likelihood of what really stood in the texts, in nats.
    pub log_likelihood: f64,
    /// Places that were looked at.
    pub places: usize,
}

impl Round {
    /// Adds what another part of the texts has shown. The order of addition decides the last bits: keep it fixed.
    pub fn add(&mut self, other: Self) {
        for (key, (gradient, variance)) in other.rows {
            let row = self.rows.entry(key).or_default();
            row.0 += gradient;
            row.1 += variance;
        }
        self.log_likelihood += other.log_likelihood;
        self.places += other.places;
    }
}

/// Why a round can't start.
#[derive(Debug, thiserror::Error)]
pub enum LearnError {
    /// The rows can't be compiled.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// What was compiled can't be read: a mistake of this program.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
}

/// Biases in the making.
#[derive(Debug)]
pub struct Learner<'m> {
    sources: Vec<Source>,
    model: &'m LanguageModel,
    parameters: Parameters,
    biases: BTreeMap<Key, f64>,
}

impl<'m> Learner<'m> {
    /// Starts from rows without biases. The model must not have been trained on the texts to learn from.
    pub fn new(mut sources: Vec<Source>, model: &'m LanguageModel) -> Self {
        for source in &mut sources {
            source.learned.clear();
        }
        Self { sources, model, parameters: Parameters::default(), biases: BTreeMap::new() }
    }

    /// The dictionary with the biases so far.
    ///
    /// # Errors
    ///
    /// If the rows can't be compiled.
    pub fn dictionary(&self) -> Result<Dictionary, LearnError> {
        let mut sources = self.sources.clone();
        let learned = self.learned().map(|row| (0, row)).collect();
        sources.push(Source { learned, ..Source::default() });
        Ok(Dictionary::new(Arc::new(Layer::from_bytes(compile(&sources, Vec::new())?)?)))
    }

    /// Reads texts with a dictionary of this learner.
    pub fn read(&self, dictionary: &Dictionary, rows: impl IntoIterator<Item = Row>) -> Round {
        let mut out = Round::default();
        for row in rows {
            self.read_one(dictionary, &row, &mut out);
        }
        out
    }

    fn read_one(&self, dictionary: &Dictionary, row: &Row, out: &mut Round) {
        let tokens = Tokens::of(&row.text);
        let regions = regions(&row.text);
        let found = detect::candidates(&row.text, &tokens, &regions, dictionary, self.model);
        let decoded = detect::decode(&tokens, &found, self.model, &self.parameters);
        for (candidate, &posterior) in found.candidates.iter().zip(&decoded.posteriors) {
            // Texts made from observed rows say nothing about the others.
            let substitution = candidate.row.substitution();
            if !substitution.is_observed() {
                continue;
            }
            let is_right = is_right(row, &tokens, candidate);
            let p = posterior.clamp(1e-6, 1.0 - 1e-6);
            out.log_likelihood += if is_right { p.ln() } else { (1.0 - p).ln() };
            out.places += 1;
            let key = (substitution.spun.to_owned(), substitution.canonical.to_owned());
            let sums = out.rows.entry(key).or_default();
            sums.0 += f64::from(u8::from(is_right)) - posterior;
            sums.1 += posterior * (1.0 - posterior);
        }
    }

    /// Moves the biases by what a round has seen.
    pub fn step(&mut self, round: &Round) {
        for (key, (gradient, variance)) in &round.rows {
            let bias = self.biases.entry(key.clone()).or_default();
            let step = (gradient - PRIOR * *bias) / (variance + PRIOR);
            *bias = (*bias + step.clamp(-STEP, STEP)).clamp(-GREATEST, GREATEST);
        }
    }

    /// The biases that are worth a row, in order.
    #[allow(clippy::cast_possible_truncation, reason = "two decimals are kept")]
    pub fn learned(&self) -> impl Iterator<Item = Learned> + '_ {
        let worth = self.biases.iter().filter(|(_, bias)| bias.abs() >= SMALLEST);
        worth.map(|((spun, canonical), bias)| Learned {
            spun: spun.clone(),
            canonical: canonical.clone(),
            bias: ((bias * 100.0).round() / 100.0) as f32,
        })
    }

    /// The biases as a dictionary source.
    pub fn to_tsv(&self) -> String {
        let mut out = String::from(
            "# What training on aligned texts adds to the rows of the other sources: nats added to ln P(spun | canonical).\n\
             # Written by `unspin learn`; learn again instead of editing.\nspun\tcanonical\tbias\n",
        );
        for row in self.learned() {
            let _ = writeln!(out, "{}\t{}\t{:.2}", row.spun, row.canonical, row.bias);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::Gold;
    use crate::text::Span;

    #[test]
    fn a_row_that_is_never_right_loses() {
        let rows = "spun\tcanonical\tsource\nsecond\tfirst\tobserved\nthird\tfirst\tobserved\n";
        let source = Source::parse("t.tsv", rows).unwrap();
        let mut learner = Learner::new(vec![source], LanguageModel::builtin().unwrap());
        let text = "The second day and the third day were the second days of all the third days.";
        let accepted = vec!["first".to_owned()];
        let gold = text
            .match_indices("third")
            .map(|(at, word)| Gold { span: Span::new(at, at + word.len()), accepted: accepted.clone() });
        let row = Row { text: text.to_owned(), gold: gold.collect() };
        let before = learner.read(&learner.dictionary().unwrap(), [row.clone()]);
        learner.step(&before);
        let biases: Vec<(String, f32)> = learner.learned().map(|l| (l.spun, l.bias)).collect();
        assert_eq!((biases[0].0.as_str(), biases[1].0.as_str()), ("second", "third"));
        assert!(biases[0].1 < 0.0 && biases[1].1 > 0.0, "{biases:?}");
        let after = learner.read(&learner.dictionary().unwrap(), [row.clone()]);
        assert!(after.log_likelihood > before.log_likelihood);
        assert!(Source::parse("l.tsv", &learner.to_tsv()).unwrap().learned.len() == 2);
    }
}
