//! What a tortured phrase that no list has may stand for: a noisy channel.
//!
//! A phrase is read as units (words and short phrases), each of which stands for another. The readings are ranked by a weighted sum
//! of the logarithms of P(spun | reading) and of P(reading), and of a few more features; the weights were fitted on the list itself,
//! a part of which was held out each time.

use std::collections::{BTreeMap, HashMap};

use super::channel::{Channel, LONGEST_UNIT};
use super::lexicon::{LexId, Lexicon};
use super::rank::{LANGUAGE, State, score};
use crate::dictionary::Dictionary;
use crate::language::{self, Context, LanguageModel, WordId};

/// Readings of a part of a phrase that are followed up.
const BEAM: usize = 30;
/// Candidates of a unit, besides the listed ones.
const MOST_CANDIDATES: usize = 50;
/// Readings that are ranked.
const MOST_READINGS: usize = 30;
/// What a listed term has in advance while readings are built, and for each e-fold that it is listed more often.
const LISTED: (f64, f64) = (2.0, 0.5);
/// Logarithm of P(spun word | another word) if nothing says that one stands for the other: only listed terms may have such words.
const STRANGE: f64 = -10.4;
/// Factor of an n-gram's probability when a shorter one has to stand in for it.
const BACKOFF: f64 = -0.916;
/// Logarithm of the count of a word that the lexicon lacks.
const UNKNOWN: f64 = -0.7;
/// Logarithm of the number of words that the lexicon was counted on, in units of its counts.
const TOTAL: f64 = 16.88;

/// Nats taken off what general English says.
const GENERAL: f64 = 0.7;

/// A reading of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its words.
    pub words: Vec<String>,
    /// How much speaks for it, in nats, compared with other readings of the same phrase.
    pub score: f64,
    /// Logarithm (in nats) of how much likelier it is, and was then spun to what stands there, than that the phrase stands as it
    /// was written, by channel and language model alone.
    pub gain: f64,
}

/// What phrases are read with, besides the list.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'k> {
    /// Words, terms and synonyms of academic English.
    pub lexicon: &'k Lexicon,
    /// General English.
    pub english: &'k LanguageModel,
    /// What blog spinners do.
    pub dictionary: &'k Dictionary,
}

/// Words of a phrase and of its readings, as numbers.
#[derive(Debug, Default)]
struct Words {
    texts: Vec<String>,
    ids: HashMap<String, u32>,
    lexicon: Vec<Option<LexId>>,
    english: Vec<WordId>,
}

impl Words {
    fn id(&mut self, word: &str, knowledge: Knowledge<'_>) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(word.to_owned());
        self.lexicon.push(knowledge.lexicon.id(word));
        self.english.push(knowledge.english.word(word));
        self.ids.insert(word.to_owned(), id);
        id
    }
}

/// What a unit may stand for.
#[derive(Debug, Clone)]
struct Candidate {
    words: Vec<u32>,
    /// ln P(unit | words).
    channel: f64,
    /// Whether it was listed, or is the unit itself.
    listed: bool,
}

/// For each place the lengths of the units that start there, with what they may stand for.
type Units = Vec<Vec<(usize, Vec<Candidate>)>>;

type States = BTreeMap<Vec<u32>, State>;

/// Reads phrases.
#[derive(Debug)]
pub struct Recoverer<'l> {
    channel: &'l Channel,
    knowledge: Knowledge<'l>,
}

impl<'l> Recoverer<'l> {
    /// Reads by a channel and a lexicon.
    pub fn new(channel: &'l Channel, knowledge: Knowledge<'l>) -> Self {
        Self { channel, knowledge }
    }

    /// Whether a word was ever listed for another one.
    pub(super) fn is_trigger(&self, word: &str) -> bool {
        self.channel.is_trigger(word)
    }

    /// Whether any two or three neighbouring words are a term of genuine papers.
    pub(super) fn holds_term(&self, phrase: &[String]) -> bool {
        let ids: Vec<Option<LexId>> = phrase.iter().map(|word| self.knowledge.lexicon.id(word)).collect();
        let known = |window: &[Option<LexId>]| {
            let ids: Option<Vec<LexId>> = window.iter().copied().collect();
            ids.is_some_and(|ids| self.knowledge.lexicon.log_probability(&ids).is_some())
        };
        ids.windows(2).any(known) || ids.windows(3).any(known)
    }

    /// Logarithm of P(word | words before).
    fn language(&self, words: &Words, before: &[u32], word: u32) -> f64 {
        let lexicon_id = |id: u32| words.lexicon[id as usize];
        let Some(last) = lexicon_id(word) else {
            let alone = UNKNOWN - TOTAL + BACKOFF * before.len().min(2) as f64;
            return alone.max(self.general(words, before, word));
        };
        if let [.., a, b] = before
            && let (Some(a), Some(b)) = (lexicon_id(*a), lexicon_id(*b))
            && let Some(log) = self.knowledge.lexicon.log_probability(&[a, b, last])
        {
            return log;
        }
        if let [rest @ .., a] = before
            && let Some(a) = lexicon_id(*a)
            && let Some(log) = self.knowledge.lexicon.log_probability(&[a, last])
        {
            return log + if rest.is_empty() { 0.0 } else { BACKOFF };
        }
        let alone = self.knowledge.lexicon.log_count(last) - TOTAL + BACKOFF * before.len().min(2) as f64;
        if before.is_empty() { alone } else { alone.max(self.general(words, before, word)) }
    }

    /// Logarithm of P(word | words before) in general English; that of an unknown word is of no use.
    fn general(&self, words: &Words, before: &[u32], word: u32) -> f64 {
        let (english, word) = (self.knowledge.english, words.english[word as usize]);
        if word == language::UNKNOWN {
            return f64::NEG_INFINITY;
        }
        let context = before[before.len().saturating_sub(2)..]
            .iter()
            .fold(Context::default(), |context, &id| english.score(&context, words.english[id as usize]).1);
        f64::from(english.score(&context, word).0) - GENERAL
    }

    /// Logarithm of P(phrase).
    fn language_of(&self, words: &Words, phrase: &[u32]) -> f64 {
        (0..phrase.len()).map(|at| self.language(words, &phrase[..at], phrase[at])).sum()
    }

    /// The readings of a phrase, the best first; the phrase itself is none of them. Words are folded.
    pub fn readings(&self, phrase: &[String]) -> Vec<Reading> {
        let mut words = Words::default();
        let ids: Vec<u32> = phrase.iter().map(|word| words.id(word, self.knowledge)).collect();
        let units = self.units(phrase, &mut words);
        let hyphen = words.id("-", self.knowledge);
        let mut states: Vec<States> = vec![States::new(); phrase.len() + 1];
        states[0].insert(Vec::new(), State::default());
        for at in 0..phrase.len() {
            for (before, state) in best(&states[at]) {
                for (length, candidates) in &units[at] {
                    for candidate in candidates {
                        self.extend(&words, hyphen, (&before, state), candidate, &mut states[at + length]);
                    }
                }
            }
        }
        let mut readings = states.pop().unwrap_or_default();
        self.add_listed(&units, &mut words, &mut readings);
        readings.remove(&ids);
        let standing = LANGUAGE * self.language_of(&words, &ids);
        self.ranked(phrase, &words, readings, standing)
    }

    fn units(&self, phrase: &[String], words: &mut Words) -> Units {
        let mut all = Vec::new();
        for at in 0..phrase.len() {
            let mut here = Vec::new();
            for length in 1..=LONGEST_UNIT.min(phrase.len() - at) {
                let unit = &phrase[at..at + length];
                let mut candidates: Vec<(f64, Candidate)> = Vec::new();
                for (canonical, log) in
                    self.channel.candidates(unit, self.knowledge.lexicon, self.knowledge.dictionary)
                {
                    let ids: Vec<u32> = canonical.iter().map(|word| words.id(word, self.knowledge)).collect();
                    let common: f64 = ids.iter().map(|&id| self.language(words, &[], id)).sum();
                    let listed = self.channel.is_listed(unit, &canonical) || canonical == unit;
                    let rank = if listed { f64::INFINITY } else { log + 0.3 * common };
                    candidates.push((rank, Candidate { words: ids, channel: log, listed }));
                }
                candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.words.cmp(&b.1.words)));
                let listed = candidates.iter().take_while(|(_, candidate)| candidate.listed).count();
                candidates.truncate(listed + MOST_CANDIDATES);
                if !candidates.is_empty() {
                    here.push((length, candidates.into_iter().map(|(_, candidate)| candidate).collect()));
                }
            }
            all.push(here);
        }
        all
    }

    /// Adds a candidate to a reading.
    fn extend(
        &self,
        words: &Words,
        hyphen: u32,
        (before, state): (&[u32], State),
        candidate: &Candidate,
        into: &mut States,
    ) {
        let mut put = |reading: Vec<u32>, channel: f64, language: f64| {
            let mut new =
                State { channel: state.channel + channel, language: state.language + language, ..state };
            if !candidate.listed {
                new.unlisted += candidate.channel;
                new.guesses += 1.0;
            }
            let old = into.entry(reading).or_insert(new);
            if old.score() < new.score() {
                *old = new;
            }
        };
        let canonical = candidate.words.as_slice();
        let mut reading = before.to_vec();
        let mut language = 0.0;
        for &word in canonical {
            language += self.language(words, &reading, word);
            reading.push(word);
        }
        put(reading, candidate.channel, language);
        // Compounds lose their hyphens, and get them where they had none.
        if let ([.., last], [first, ..]) = (before, canonical)
            && *last != hyphen
            && *first != hyphen
        {
            let mut joined = before.to_vec();
            let mut language = 0.0;
            for &word in std::iter::once(&hyphen).chain(canonical) {
                language += self.language(words, &joined, word);
                joined.push(word);
            }
            let known = [*last, hyphen, *first].map(|id| words.lexicon[id as usize]);
            if let [Some(a), Some(b), Some(c)] = known
                && self.knowledge.lexicon.log_probability(&[a, b, c]).is_some()
            {
                put(joined, candidate.channel + HYPHEN, language);
            }
        }
    }

    /// Adds listed terms of as many words of which most, but not all, may stand for the words of the phrase.
    fn add_listed(&self, units: &Units, words: &mut Words, readings: &mut States) {
        let length = units.len();
        if !(2..=6).contains(&length) {
            return;
        }
        let most_strange = if length < 4 { 1 } else { 2 };
        let single: Vec<HashMap<u32, f64>> = units
            .iter()
            .map(|here| {
                let one =
                    here.iter().filter(|(length, _)| *length == 1).flat_map(|(_, candidates)| candidates);
                one.filter(|c| c.words.len() == 1).map(|c| (c.words[0], c.channel)).collect()
            })
            .collect();
        for term in self.channel.terms_of(length) {
            let (mut channel, mut strange) = (0.0, 0);
            for (word, candidates) in term.iter().zip(&single) {
                let known = words.ids.get(word).and_then(|id| candidates.get(id));
                channel += known.copied().unwrap_or(STRANGE);
                strange += usize::from(known.is_none());
                if strange > most_strange {
                    break;
                }
            }
            if strange == 0 || strange > most_strange {
                continue;
            }
            let ids: Vec<u32> = term.iter().map(|word| words.id(word, self.knowledge)).collect();
            let language = self.language_of(words, &ids);
            let strange = strange as f64;
            let new = State { channel, language, strange, unlisted: STRANGE * strange, ..State::default() };
            let old = readings.entry(ids).or_insert(new);
            if old.score() < new.score() {
                *old = new;
            }
        }
    }

    fn ranked(&self, phrase: &[String], words: &Words, readings: States, standing: f64) -> Vec<Reading> {
        let mut all: Vec<_> = readings
            .into_iter()
            .map(|(ids, state)| {
                let texts: Vec<String> = ids.iter().map(|&id| words.texts[id as usize].clone()).collect();
                let alone = || ids.iter().map(|&id| self.language(words, &[], id));
                let rarity = (alone().sum(), alone().fold(0.0, f64::min));
                let listed = self.channel.terms().get(&texts);
                let bonus = listed.map_or(0.0, |&n| LISTED.0 + LISTED.1 * f64::from(n).ln());
                (state.score() + bonus, texts, state, rarity)
            })
            .collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        all.truncate(MOST_READINGS);
        let mut out: Vec<Reading> = all
            .into_iter()
            .map(|(_, reading, state, rarity)| {
                let score = score(self.channel, phrase, &reading, state, rarity);
                Reading { words: reading, score, gain: state.score() - standing }
            })
            .collect();
        out.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.words.cmp(&b.words)));
        out
    }
}

/// Logarithm of P(a hyphen is lost).
const HYPHEN: f64 = -1.6;

/// The readings that are followed up, the best first.
fn best(states: &States) -> Vec<(Vec<u32>, State)> {
    let mut all: Vec<_> = states.iter().map(|(reading, &state)| (reading.clone(), state)).collect();
    all.sort_by(|a, b| b.1.score().total_cmp(&a.1.score()).then_with(|| a.0.cmp(&b.0)));
    all.truncate(BEAM);
    all
}
