//! Building a lexicon: counting a corpus, and choosing what to keep.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::lexicon::{COUNT_STEPS, LexId, MAGIC, STEP, VALUE_BITS, VERSION, likeness_code, slot};
use crate::dictionary::SourceDigest;
use crate::hash;
use crate::text::{TokenKind, Tokens};

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LexiconOptions {
    /// Least count of a word.
    pub word_count: u32,
    /// Least count of a word that has synonyms.
    pub source_count: u32,
    /// Least count of a word that is a synonym.
    pub target_count: u32,
    /// Most synonyms of a word.
    pub synonyms: usize,
    /// N-grams.
    pub ngrams: usize,
    /// Least count of an n-gram.
    pub ngram_count: u32,
    /// Each of these blocks of 1,000 lines was left out.
    pub hold_out: usize,
}

impl Default for LexiconOptions {
    fn default() -> Self {
        Self {
            word_count: 30,
            source_count: 4,
            target_count: 300,
            synonyms: 12,
            ngrams: 80_000,
            ngram_count: 5,
            hold_out: 20,
        }
    }
}

/// Words that make no term by themselves.
pub(super) const FUNCTION_WORDS: &str = "a an the of to in on at by for from with as and or but nor is are was were be been being has have had \
    do does did can could may might will would shall should must not no this that these those it its we our us they their them he \
    his she her i you your which who whom whose what when where while if then than so such some any each all both more most other \
    also only very into over under about between through during after before there here how however thus therefore";

/// The words of a line that can be part of a term, cut where anything else stands between them.
fn stretches(line: &str) -> Vec<Vec<String>> {
    let tokens = Tokens::of(line);
    let mut out = vec![Vec::new()];
    for (index, token) in tokens.as_slice().iter().enumerate() {
        let key = tokens.key(index);
        let is_word = token.kind == TokenKind::Word || key == "-";
        if token.starts_sentence || !is_word {
            out.push(Vec::new());
        }
        if is_word && let Some(last) = out.last_mut() {
            last.push(key.to_owned());
        }
    }
    out
}

/// Counts words: the first pass over a corpus.
#[derive(Debug, Default)]
pub struct LexiconWords {
    counts: HashMap<String, u32>,
}

impl LexiconWords {
    /// Counts a line.
    pub fn add(&mut self, line: &str) {
        for word in stretches(line).into_iter().flatten() {
            *self.counts.entry(word).or_default() += 1;
        }
    }

    /// Chooses the words; `thesaurus` has a word or phrase and its synonyms on each line, separated by commas.
    pub fn finish(self, thesaurus: &str, options: LexiconOptions) -> LexiconTrainer {
        let close = close_words(thesaurus, &self.counts, options);
        let mut words: Vec<String> = self
            .counts
            .iter()
            .filter(|&(word, &count)| count >= options.word_count || close.contains_key(word))
            .map(|(word, _)| word.clone())
            .collect();
        words.sort();
        words.truncate(usize::from(u16::MAX));
        let ids: HashMap<String, LexId> = words.iter().cloned().zip(0..).collect();
        let counts = words.iter().map(|word| self.counts[word]).collect();
        let synonyms = words
            .iter()
            .map(|word| {
                close
                    .get(word)
                    .into_iter()
                    .flatten()
                    .filter_map(|(like, w)| Some((*like, *ids.get(w)?)))
                    .collect()
            })
            .collect();
        LexiconTrainer { options, words, ids, counts, synonyms, grams: [HashMap::new(), HashMap::new()] }
    }
}

/// For each word its closest synonyms: those that share most of their synonyms with it.
fn close_words(
    thesaurus: &str,
    counts: &HashMap<String, u32>,
    options: LexiconOptions,
) -> BTreeMap<String, Vec<(f64, String)>> {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut names: Vec<&str> = Vec::new();
    let mut links: Vec<HashSet<u32>> = Vec::new();
    for line in thesaurus.lines() {
        let mut root = None;
        for name in line.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(name).or_insert(next);
            if number == next {
                names.push(name);
                links.push(HashSet::from([number]));
            }
            match root {
                None => root = Some(number),
                Some(root) => {
                    links[root as usize].insert(number);
                    links[number as usize].insert(root);
                }
            }
        }
    }
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    let mut out = BTreeMap::new();
    for (name, linked) in names.iter().zip(&links) {
        if count(name) < options.source_count || name.contains(' ') {
            continue;
        }
        let mut close: Vec<(f64, &str)> = linked
            .iter()
            .filter(|&&other| {
                count(names[other as usize]) >= options.target_count && names[other as usize] != *name
            })
            .map(|&other| {
                let theirs = &links[other as usize];
                let (few, many) =
                    if linked.len() < theirs.len() { (linked, theirs) } else { (theirs, linked) };
                let shared = few.iter().filter(|number| many.contains(number)).count();
                (shared as f64 / (few.len() as f64 * many.len() as f64).sqrt(), names[other as usize])
            })
            .filter(|&(likeness, _)| likeness >= 0.18)
            .collect();
        close.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        close.truncate(options.synonyms);
        if !close.is_empty() {
            out.insert(
                (*name).to_owned(),
                close.into_iter().map(|(like, word)| (like, word.to_owned())).collect(),
            );
        }
    }
    out
}

/// Counts n-grams: the second pass.
#[derive(Debug)]
pub struct LexiconTrainer {
    options: LexiconOptions,
    words: Vec<String>,
    ids: HashMap<String, LexId>,
    counts: Vec<u32>,
    synonyms: Vec<Vec<(f64, LexId)>>,
    /// Of two and three words, 16 bits each.
    grams: [HashMap<u64, u32>; 2],
}

/// What a lexicon was built from.
#[derive(Serialize)]
struct About<'a> {
    built_by: &'a str,
    options: LexiconOptions,
    sources: &'a [SourceDigest],
}

impl LexiconTrainer {
    /// Counts a line.
    pub fn add(&mut self, line: &str) {
        for stretch in stretches(line) {
            let ids: Vec<Option<LexId>> = stretch.iter().map(|word| self.ids.get(word).copied()).collect();
            for (order, grams) in self.grams.iter_mut().enumerate() {
                for window in ids.windows(order + 2) {
                    let gram = window.iter().try_fold(0, |gram, id| id.map(|id| gram << 16 | u64::from(id)));
                    if let Some(gram) = gram {
                        *grams.entry(gram).or_default() += 1;
                    }
                }
            }
        }
    }

    /// The n-grams that tell most, with their logarithms of P(last word | those before).
    fn kept(&self) -> Vec<(Vec<LexId>, f64)> {
        let total: f64 = self.counts.iter().map(|&count| f64::from(count)).sum();
        let function: HashSet<LexId> =
            FUNCTION_WORDS.split_whitespace().filter_map(|word| self.ids.get(word).copied()).collect();
        let count =
            |gram: u64, order: usize| f64::from(self.grams[order - 2].get(&gram).copied().unwrap_or(0));
        let one =
            |id: u64| f64::from(self.counts.get(usize::try_from(id).unwrap_or(0)).copied().unwrap_or(1));
        let ids_of = |gram: u64, order: usize| -> Vec<LexId> {
            (0..order)
                .rev()
                .map(|at| LexId::from(u16::try_from(gram >> (16 * at) & 0xffff).unwrap_or(0)))
                .collect()
        };
        let mut all: Vec<(f64, Vec<LexId>, f64)> = Vec::new();
        for order in [2, 3] {
            for (&gram, &times) in &self.grams[order - 2] {
                if times < self.options.ngram_count {
                    continue;
                }
                let ids = ids_of(gram, order);
                if function.contains(&ids[0]) || function.contains(&ids[order - 1]) {
                    continue;
                }
                let (before, backoff) = if order == 2 {
                    (one(gram >> 16), one(gram & 0xffff) / total)
                } else {
                    let middle = one(gram >> 16 & 0xffff);
                    (count(gram >> 16, 2), count(gram & 0xffff_ffff, 2) / middle)
                };
                let times = f64::from(times);
                let log = (times / before.max(times)).ln();
                let gain = log - backoff.max(1e-9).ln();
                if gain > 0.7 {
                    all.push((times.powf(0.6) * gain, ids, log));
                }
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        all.truncate(self.options.ngrams);
        all.into_iter().map(|(_, ids, log)| (ids, log)).collect()
    }

    /// The bytes of the lexicon.
    ///
    /// # Errors
    ///
    /// If the description can't be written as JSON.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small numbers by construction"
    )]
    pub fn finish(self, sources: &[SourceDigest]) -> Result<Vec<u8>, serde_json::Error> {
        let kept = self.kept();
        let buckets = (kept.len() / 4).next_power_of_two().max(1);
        let most = f64::from((1u32 << VALUE_BITS) - 1);
        let mut slots: Vec<(usize, u32)> = kept
            .iter()
            .map(|(ids, log)| {
                let (bucket, tag) = slot(ids, buckets);
                (bucket, tag << VALUE_BITS | (-log / STEP).round().clamp(0.0, most) as u32)
            })
            .collect();
        slots.sort_unstable();
        let about =
            About { built_by: concat!("unspin ", env!("CARGO_PKG_VERSION")), options: self.options, sources };
        let about = serde_json::to_vec(&about)?;
        let synonyms: usize = self.synonyms.iter().map(Vec::len).sum();
        let mut out = MAGIC.to_vec();
        let put = |out: &mut Vec<u8>, number: usize| out.extend_from_slice(&(number as u32).to_le_bytes());
        for number in [VERSION as usize, self.words.len(), slots.len(), buckets, synonyms, about.len()] {
            put(&mut out, number);
        }
        let mut offset = 0;
        put(&mut out, 0);
        for word in &self.words {
            offset += word.len();
            put(&mut out, offset);
        }
        for word in &self.words {
            out.extend_from_slice(word.as_bytes());
        }
        out.extend(
            self.counts.iter().map(|&count| (COUNT_STEPS * f64::from(count.max(1)).ln()).round() as u8),
        );
        for bucket in 0..=buckets {
            put(&mut out, slots.partition_point(|&(at, _)| at < bucket));
        }
        for (_, code) in &slots {
            out.extend_from_slice(&code.to_le_bytes()[..3]);
        }
        let mut first = 0;
        put(&mut out, 0);
        for list in &self.synonyms {
            first += list.len();
            put(&mut out, first);
        }
        out.extend(self.synonyms.iter().map(|list| {
            let code = |at: Option<&(f64, LexId)>| at.map_or(0, |&(likeness, _)| likeness_code(likeness));
            code(list.first()) << 4 | code(list.last())
        }));
        for (_, id) in self.synonyms.iter().flatten() {
            out.extend_from_slice(&(*id as u16).to_le_bytes());
        }
        out.extend_from_slice(&about);
        let checksum = hash::bytes(&out);
        out.extend_from_slice(&checksum.to_le_bytes());
        Ok(out)
    }
}
