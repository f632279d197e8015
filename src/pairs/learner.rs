//! From pairs of texts to proposed rows.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::collect::collect;
use super::evidence::Evidence;
use super::judge::{Judged, Reason, judge};
use super::lexicon::Lexicon;
use super::proposal::Proposals;
use super::rows::{Occurrence, Phrases, by_row, propose};
use super::sentences::{Bead, align};
use super::side::Side;
use super::summary::Summary;
use super::words::{Step, StepKind, WordAligner};
use crate::dictionary::{Dictionary, Phrase};
use crate::text::{Case, TokenKind};

/// How often stretches are split anew with what was learned from the others.
const ROUNDS: usize = 2;
/// A sentence is written anew if less than this part of its words is the same or known.
const LEAST_EQUAL: f64 = 0.5;
/// A substitution recurs if it is found in so many texts.
const RECURRING: usize = 3;
/// Texts of which less than this part of the sentences has a partner are strangers.
const LEAST_ALIGNED: f64 = 0.2;

/// Which rows are proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Rows that were seen fewer times are left out; at least 1.
    pub min_count: usize,
    /// Leave out rows that the dictionary has.
    pub new_only: bool,
    /// Examples of each row at most.
    pub examples: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_count: 2, new_only: false, examples: 2 }
    }
}

/// Two texts and the differences of their sentences.
#[derive(Debug)]
pub(super) struct Pair<'d> {
    pub name: String,
    pub spun: Side,
    pub original: Side,
    beads: Vec<(Bead, Vec<Step<'d>>)>,
}

impl<'d> Pair<'d> {
    /// Sentences that differ, with their differences.
    pub fn beads(&self) -> &[(Bead, Vec<Step<'d>>)] {
        &self.beads
    }

    /// Look-up keys of tokens: those of the copy, and lexemes of the original joined by one space.
    pub fn keys(&self, spun: &Range<usize>, original: &Range<usize>) -> (String, String) {
        let lexemes: Vec<_> = original.clone().map(|index| self.original.tokens.lexeme(index)).collect();
        (self.spun.tokens.phrase_key(spun.clone()), lexemes.join(" "))
    }

    pub fn judge(&self, step: &Step<'d>) -> Result<Judged, Reason> {
        judge((&self.spun, step.spun.clone()), (&self.original, step.original.clone()))
    }

    /// Whether less than half of a sentence is the same.
    fn is_rewritten(&self, bead: &Bead, steps: &[Step<'d>]) -> bool {
        let left = steps.iter().filter(|step| matches!(step.kind, StepKind::Left));
        let (spun, original): (Vec<_>, Vec<_>) =
            left.map(|step| (step.spun.clone(), step.original.clone())).unzip();
        let is_mostly = |side: &Side, all: &Range<usize>, left: &[Range<usize>]| {
            let words = |range: &Range<usize>| {
                side.tokens.as_slice()[range.clone()].iter().filter(|t| t.kind != TokenKind::Symbol).count()
            };
            let left: usize = left.iter().map(words).sum();
            (words(all) - left) as f64 >= LEAST_EQUAL * words(all) as f64
        };
        !is_mostly(&self.spun, &bead.spun, &spun) || !is_mostly(&self.original, &bead.original, &original)
    }
}

/// Collects pairs of texts, and proposes rows for what was replaced in them.
///
/// ```
/// use unspin::dictionary::Dictionary;
/// use unspin::pairs::{Options, PairLearner};
///
/// let nothing = Dictionary::default();
/// let mut learner = PairLearner::new(&nothing);
/// for place in ["Oxmarl", "Penwick", "Averell"] {
///     let original = format!("Divers will visit {place} today. The boats of {place} stay out of the water for a week.");
///     learner.add(place, original.replace("visit", "go to").replace("boats", "vessels"), original);
/// }
/// let found = learner.finish(&Options::default());
/// assert_eq!((found.rows[0].spun.as_str(), found.rows[0].canonical.as_str()), ("go to", "visit"));
/// assert_eq!((found.rows[1].spun.as_str(), found.rows[1].documents), ("vessels", 3));
/// ```
#[derive(Debug)]
pub struct PairLearner<'d> {
    dictionary: &'d Dictionary,
    pairs: Vec<Pair<'d>>,
    summary: Summary,
    /// Words that stand somewhere without a capital: those that don't are names.
    lower: HashSet<String>,
}

impl<'d> PairLearner<'d> {
    /// Starts without texts. Rows of the dictionary are recognised, and help to split what stands beside them; with an empty one
    /// ([`Dictionary::default`]), all rows are new.
    pub fn new(dictionary: &'d Dictionary) -> Self {
        Self { dictionary, pairs: Vec::new(), summary: Summary::default(), lower: HashSet::new() }
    }

    /// Takes a copy and its original; `name` is shown with examples.
    pub fn add(&mut self, name: impl Into<String>, spun: impl Into<String>, original: impl Into<String>) {
        let (name, spun, original) = (name.into(), Side::new(spun.into()), Side::new(original.into()));
        let aligned = align(&spun, &original);
        let sentences: usize = aligned.beads.iter().map(|bead| bead.sentences).sum();
        if (sentences as f64) < LEAST_ALIGNED * spun.sentences.len() as f64 {
            self.summary.strangers.push(name.clone());
        }
        self.summary.documents += 1;
        self.summary.sentences += sentences;
        self.summary.added += aligned.added;
        self.summary.missing += aligned.missing;
        for side in [&spun, &original] {
            for (index, token) in side.tokens.as_slice().iter().enumerate() {
                if token.case == Case::Lower && !self.lower.contains(side.tokens.key(index)) {
                    self.lower.insert(side.tokens.key(index).to_owned());
                }
            }
        }
        let mut pair = Pair { name, spun, original, beads: Vec::new() };
        let lexicon = Lexicon::default();
        let words = WordAligner { dictionary: self.dictionary, lexicon: &lexicon };
        for bead in aligned.beads {
            let steps = words.align((&pair.spun, bead.spun.clone()), (&pair.original, bead.original.clone()));
            if !steps.is_empty() {
                pair.beads.push((bead, steps));
            }
        }
        self.pairs.push(pair);
    }

    /// Proposes rows for what was found in all texts.
    pub fn finish(mut self, options: &Options) -> Proposals {
        for _ in 0..ROUNDS {
            let lexicon = collect(&self.pairs);
            self.split(&lexicon);
        }
        let (mut occurrences, mut evidence) = (Vec::new(), vec![Evidence::default(); self.pairs.len()]);
        for (number, (pair, evidence)) in self.pairs.iter().zip(&mut evidence).enumerate() {
            for (bead, steps) in &pair.beads {
                if pair.is_rewritten(bead, steps) {
                    self.summary.set_aside(Reason::Rewritten, 1);
                    evidence.editing += 1;
                    continue;
                }
                for step in steps {
                    match self.occurrence(number, step) {
                        Ok(occurrence) => occurrences.push(occurrence),
                        Err(reason) => {
                            evidence.editing += usize::from(reason.is_editing());
                            self.summary.set_aside(reason, 1);
                        }
                    }
                }
            }
        }
        for numbers in by_row(&occurrences).into_values() {
            let found = || numbers.iter().map(|&number| &occurrences[number]);
            let documents: BTreeSet<usize> = found().map(|occurrence| occurrence.document).collect();
            for Occurrence { document, known, .. } in found() {
                let evidence = &mut evidence[*document];
                match known {
                    Some(_) => evidence.known += 1,
                    None if documents.len() >= RECURRING => evidence.recurring += 1,
                    None => evidence.substitutions += 1,
                }
            }
        }
        let trust: Vec<f64> = evidence.into_iter().map(Evidence::trust).collect();
        propose(&self.pairs, occurrences, &trust, self.dictionary, options, self.summary)
    }

    /// What a difference is, if it is a substitution.
    fn occurrence(&self, document: usize, step: &Step<'d>) -> Result<Occurrence, Reason> {
        let pair = &self.pairs[document];
        if let StepKind::Known(row) = step.kind {
            return Ok(Occurrence {
                document,
                phrases: Phrases { spun: row.spun.to_owned(), canonical: row.canonical.to_owned() },
                known: Some(row.weight),
                is_ambiguous: false,
                spun: step.spun.clone(),
                original: step.original.clone(),
            });
        }
        let judged = pair.judge(step)?;
        let phrases = self.phrases(pair, &judged)?;
        let is_kept = self.dictionary.explain(&phrases.spun).iter().any(Phrase::is_kept);
        if is_kept {
            return Err(Reason::Names);
        }
        Ok(Occurrence {
            document,
            phrases,
            known: None,
            is_ambiguous: judged.is_ambiguous && !matches!(step.kind, StepKind::Collected),
            spun: judged.spun,
            original: judged.original,
        })
    }

    /// The phrases as a row has them. Capitals of a headline or a title go; those of a month stay, and names are set aside: they
    /// have words that never stand without a capital.
    fn phrases(&self, pair: &Pair<'d>, judged: &Judged) -> Result<Phrases, Reason> {
        let Judged { spun_form, canonical, .. } = judged;
        if !judged.is_capital {
            return Ok(Phrases { spun: spun_form.clone(), canonical: canonical.clone() });
        }
        let tokens = &pair.original.tokens;
        let is_month = judged.original.len() == 1
            && tokens.lexeme(judged.original.start) != tokens.key(judged.original.start);
        let sentences = &pair.original.sentences;
        let sentence = sentences.partition_point(|s| s.end <= judged.original.start);
        let is_headline = pair.original.is_headline(&sentences[sentence]);
        let is_common = |side: &Side, range: &Range<usize>| {
            let mut words = range.clone().filter(|&i| side.tokens.as_slice()[i].kind == TokenKind::Word);
            words.all(|index| self.lower.contains(side.tokens.key(index)))
        };
        if !is_common(&pair.spun, &judged.spun) || !(is_month || is_common(&pair.original, &judged.original))
        {
            Err(Reason::Names)
        } else if is_month && !is_headline {
            Ok(Phrases { spun: spun_form.clone(), canonical: canonical.clone() })
        } else {
            Ok(Phrases { spun: spun_form.to_lowercase(), canonical: canonical.to_lowercase() })
        }
    }

    /// Aligns the sentences anew that hold stretches of several words.
    fn split(&mut self, lexicon: &Lexicon) {
        let aligner = WordAligner { dictionary: self.dictionary, lexicon };
        for pair in &mut self.pairs {
            let Pair { spun, original, beads, .. } = pair;
            for (bead, steps) in beads {
                let is_open = |step: &Step<'_>| {
                    !matches!(step.kind, StepKind::Known(_))
                        && (step.spun.len(), step.original.len()) != (1, 1)
                };
                if steps.iter().any(is_open) {
                    *steps = aligner.align((spun, bead.spun.clone()), (original, bead.original.clone()));
                }
            }
        }
    }
}
