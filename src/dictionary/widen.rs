//! Widening known substitutions by a thesaurus: rows that thesaurus spinners may make, though nobody saw them.
//!
//! A candidate row is a pair of words that WordNet relates, or that known rows relate in another direction or over one word in
//! between. It is scored by a log-linear model of P(canonical | spun), fitted to observed rows, and each spun form keeps its best.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use super::entry::{Entry, Guard};
use super::inflect::{PartOfSpeech, forms};
use super::source::{LONGEST_PHRASE, Source};
use super::wordnet::{Relation, WordNet};
use crate::language::{Context, LanguageModel};
use crate::odds::probability;
use crate::text::{Tokens, fold};

/// What is kept of the candidate rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Rows for one spun form, at most.
    pub alternatives: usize,
    /// Least probability of the canonical form, given the spun one.
    pub probability: f64,
    /// Least frequency of the canonical form, per million words.
    pub per_million: f64,
    /// Least frequency of the spun form, per million words: rarer ones are many, and each is hardly ever met.
    pub spun_per_million: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { alternatives: 6, probability: 0.02, per_million: 30.0, spun_per_million: 2.0 }
    }
}

/// Logarithms of the odds that a relation adds (logistic regression on observed rows).
const DIRECT: f64 = 4.0;
const INVERSE: f64 = 2.8;
const TWO_HOPS: f64 = 1.55;
const MOST_HOPS: f64 = 3.0;
const SYNONYM: f64 = 1.3;
const SIMILAR: f64 = 1.3;
const HYPERNYM: f64 = 0.9;
const HYPONYM: f64 = 0.4;
/// For the first sense; a half for the second, and so on.
const FIRST_SENSE: f64 = 1.1;
/// For each nat of frequency: spinners replace common words, and write any.
const CANONICAL_FREQUENCY: f64 = 0.29;
const SPUN_FREQUENCY: f64 = -0.33;
/// For each word of the canonical form after the first.
const WORD: f64 = -0.86;
/// Odds of a pair that nothing relates, at a frequency of one in [`FREQUENCY_UNIT`].
const NOTHING: f64 = -4.95;
const FREQUENCY_UNIT: f64 = 2e7;

/// How two lemmas are related: per relation, the best of all senses.
#[derive(Debug, Clone, Copy, Default)]
struct Bond {
    known: f64,
    hops: f64,
    synonym: f64,
    similar: f64,
    general: f64,
    sense: f64,
}

impl Bond {
    fn score(&self) -> f64 {
        self.known
            + TWO_HOPS * self.hops.min(MOST_HOPS)
            + self.synonym
            + self.similar
            + self.general
            + self.sense
    }
}

type Pairs<'s> = HashMap<&'s str, BTreeSet<&'s str>>;

/// The widener's knowledge.
struct Widener<'a> {
    canonicals: Pairs<'a>,
    spuns: Pairs<'a>,
    model: &'a LanguageModel,
}

/// Rows that widen the given ones, in order. The weights tell how strongly the words are related: they are on no scale of other sources.
pub fn widen(sources: &[Source], wordnets: &[WordNet], model: &LanguageModel, limits: Limits) -> Vec<Entry> {
    let mut widener = Widener { canonicals: HashMap::new(), spuns: HashMap::new(), model };
    for (_, entry) in sources.iter().flat_map(|s| &s.entries) {
        if fold(&entry.spun) == entry.spun && fold(&entry.canonical) == entry.canonical {
            widener.canonicals.entry(&entry.spun).or_default().insert(&entry.canonical);
            widener.spuns.entry(&entry.canonical).or_default().insert(&entry.spun);
        }
    }
    let mut rows: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for wordnet in wordnets {
        for spun in wordnet.words() {
            for (canonical, bond) in widener.bonds(spun, wordnet) {
                widener.pair(spun, &canonical, bond.score(), wordnet.part, &mut rows);
            }
        }
    }
    let mut out = Vec::new();
    // Rows of blog spinners are in another dictionary; the others stand beside these, and are better.
    let beside = sources.iter().flat_map(|s| &s.entries).filter(|(_, e)| !e.family.starts_with('A'));
    for (_, seen) in beside {
        rows.get_mut(&seen.spun).and_then(|canonicals| canonicals.remove(&seen.canonical));
    }
    for (spun, canonicals) in rows {
        out.extend(widener.best(&spun, canonicals, limits));
    }
    out
}

/// Rows as a dictionary source.
pub fn widened_tsv(entries: &[Entry]) -> String {
    let mut out = String::from(
        "# What thesaurus spinners may make of common words: known rows widened by WordNet (Princeton University; see README.md).\n\
         # Written by `unspin dict widen`; generate again instead of editing. weight: how strongly the words are related.\n\
         spun\tcanonical\tfamily\tweight\tsource\tnote\n",
    );
    for e in entries {
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}",
            e.spun, e.canonical, e.family, e.weight, e.source, e.note
        );
    }
    out
}

impl Widener<'_> {
    /// Every lemma that this one may stand for, and how they are related.
    fn bonds(&self, spun: &str, wordnet: &WordNet) -> BTreeMap<String, Bond> {
        let mut out: BTreeMap<String, Bond> = BTreeMap::new();
        for related in wordnet.related(spun) {
            let first = related.sense as f64 + 1.0;
            let bond = |out: &mut BTreeMap<String, Bond>, set: fn(&mut Bond, f64), by: f64| {
                set(out.entry(related.word.to_owned()).or_default(), by);
            };
            match related.relation {
                Relation::Synonym => {
                    bond(&mut out, |b, by| b.synonym = b.synonym.max(by), SYNONYM);
                    bond(&mut out, |b, by| b.sense = b.sense.max(by), FIRST_SENSE / first);
                }
                Relation::Similar => bond(&mut out, |b, by| b.similar = b.similar.max(by), SIMILAR),
                Relation::Hypernym => bond(&mut out, |b, by| b.general = b.general.max(by), HYPERNYM),
                Relation::Hyponym => bond(&mut out, |b, by| b.general = b.general.max(by), HYPONYM),
            }
        }
        let neighbours = |word: &str| -> BTreeSet<&str> {
            [&self.canonicals, &self.spuns].iter().filter_map(|p| p.get(word)).flatten().copied().collect()
        };
        let mut known = |word: &str, set: &dyn Fn(&mut Bond)| {
            if word != spun && wordnet.has(word) {
                set(out.entry(word.to_owned()).or_default());
            }
        };
        for word in self.canonicals.get(spun).into_iter().flatten() {
            known(word, &|b| b.known = DIRECT);
        }
        for word in self.spuns.get(spun).into_iter().flatten() {
            known(word, &|b| b.known = b.known.max(INVERSE));
        }
        for between in neighbours(spun) {
            for word in neighbours(between) {
                known(word, &|b| b.hops += 1.0);
            }
        }
        out
    }

    /// Adds a pair of lemmas in all their forms.
    fn pair(
        &self,
        spun: &str,
        canonical: &str,
        score: f64,
        part: PartOfSpeech,
        rows: &mut BTreeMap<String, BTreeMap<String, f64>>,
    ) {
        let knows = |phrase: &str| phrase.split(' ').all(|word| self.model.knows(word));
        for (spun, canonical) in forms(spun, part, &knows).into_iter().zip(forms(canonical, part, &knows)) {
            let fits = !spun.is_empty()
                && !spun.contains(' ')
                && !canonical.is_empty()
                && spun != canonical
                && knows(&canonical);
            // Words of three letters and less are mostly something else in text.
            let short = |phrase: &str| phrase.chars().count() < 3;
            let long = Tokens::of(&spun).len().max(Tokens::of(&canonical).len()) > LONGEST_PHRASE;
            if fits && !short(&spun) && !short(&canonical) && !long {
                let best = rows.entry(spun).or_default().entry(canonical).or_insert(score);
                *best = best.max(score);
            }
        }
    }

    /// The best rows of a spun form.
    fn best(&self, spun: &str, canonicals: BTreeMap<String, f64>, limits: Limits) -> Vec<Entry> {
        let spun_frequency = self.frequency(spun);
        if spun_frequency * 1e6 < limits.spun_per_million || spun_frequency == 0.0 {
            return Vec::new();
        }
        let mut scored: Vec<(f64, f64, String)> = canonicals
            .into_iter()
            .filter_map(|(canonical, score)| {
                let frequency = self.frequency(&canonical);
                let log = |f: f64| (FREQUENCY_UNIT * f).ln();
                let odds = NOTHING
                    + score
                    + CANONICAL_FREQUENCY * log(frequency)
                    + SPUN_FREQUENCY * log(spun_frequency)
                    + WORD * canonical.matches(' ').count() as f64;
                let probability = probability(odds);
                (frequency * 1e6 >= limits.per_million && probability >= limits.probability).then_some((
                    probability,
                    score,
                    canonical,
                ))
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
        scored.truncate(limits.alternatives);
        scored.sort_by(|a, b| a.2.cmp(&b.2));
        let entry = |(_, score, canonical): (f64, f64, String)| Entry {
            spun: spun.to_owned(),
            canonical,
            family: "B".to_owned(),
            weight: weight(score),
            source: super::entry::WORDNET.to_owned(),
            note: String::new(),
            genuine: None,
            guard: Guard::default(),
        };
        scored.into_iter().map(entry).collect()
    }

    /// How often a phrase stands at a place, by the language model; 0 if it does not know its words.
    fn frequency(&self, phrase: &str) -> f64 {
        let (mut log, mut context) = (0.0, Context::default());
        for word in phrase.split(' ') {
            if !self.model.knows(word) {
                return 0.0;
            }
            let scored = self.model.score(&context, self.model.word(word));
            log += f64::from(scored.0);
            context = scored.1;
        }
        log.exp()
    }
}

/// Dampened, because spinners are less sure of their synonyms than the scores say.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 1000")]
fn weight(score: f64) -> u32 {
    (0.5 * score).exp().round().clamp(1.0, 1000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    // Offsets made up for the purpose.
    const DATA: &str = "00000010 30 v 02 build 0 erect 0 001 ~ 00000020 v 0000 | make\n\
        00000020 30 v 01 rebuild 0 001 @ 00000010 v 0000 | make again\n";
    const INDEX: &str =
        "build v 1 1 ~ 1 0 00000010\nerect v 1 1 ~ 1 0 00000010\nrebuild v 1 1 @ 1 0 00000020\n";

    fn rows(known: &str) -> Vec<(String, String)> {
        let wordnet = WordNet::parse(PartOfSpeech::Verb, ("data.verb", DATA), ("index.verb", INDEX)).unwrap();
        let source = Source::parse("t.tsv", &format!("spun\tcanonical\tfamily\n{known}")).unwrap();
        let limits = Limits { probability: 0.001, per_million: 0.1, spun_per_million: 0.0, alternatives: 1 };
        let rows = widen(&[source], &[wordnet], LanguageModel::builtin().unwrap(), limits);
        rows.into_iter().map(|e| (e.spun, e.canonical)).collect()
    }

    #[test]
    fn pairs_hold_in_all_forms() {
        let found = rows("");
        for (spun, canonical) in [("erect", "build"), ("erected", "built"), ("rebuilding", "building")] {
            assert!(
                found.contains(&(spun.to_owned(), canonical.to_owned())),
                "{spun} {canonical}: {found:?}"
            );
        }
        assert!(found.is_sorted());
    }

    #[test]
    fn rows_that_were_seen_are_left_out() {
        let pair = ("erected".to_owned(), "built".to_owned());
        assert!(rows("erected\tbuilt\tA\n").contains(&pair));
        assert!(!rows("erected\tbuilt\tB1\n").contains(&pair));
    }
}
