//! What a word or phrase may stand for, learned from listed phrases, and widened by a thesaurus.

use std::collections::BTreeMap;

use super::lexicon::Lexicon;
use crate::dictionary::{Dictionary, Phrase};
use crate::text::Tokens;

/// A listed phrase and what stood there, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The words as they stand.
    pub spun: Vec<String>,
    /// The words that stood there.
    pub canonical: Vec<String>,
}

impl Pair {
    /// The pair of two phrases, without an acronym in brackets that both have at their end.
    pub fn new(spun: &str, canonical: &str) -> Self {
        let (mut spun, mut canonical) = (words(spun), words(canonical));
        let acronym = |words: &[String]| {
            words.len() > 3 && words[words.len() - 1] == ")" && words[words.len() - 3] == "("
        };
        if acronym(&spun) && acronym(&canonical) && spun[spun.len() - 2] == canonical[canonical.len() - 2] {
            spun.truncate(spun.len() - 3);
            canonical.truncate(canonical.len() - 3);
        }
        Self { spun, canonical }
    }
}

/// The folded words of a phrase.
pub(super) fn words(phrase: &str) -> Vec<String> {
    let tokens = Tokens::of_phrase(phrase);
    (0..tokens.len()).map(|at| tokens.key(at).to_owned()).collect()
}

/// Longest phrase that is replaced as one.
pub(super) const LONGEST_UNIT: usize = 4;
/// Lengths of two phrases that may stand for each other as one.
const UNITS: &[(usize, usize)] = &[(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3), (4, 1)];
/// Phrases of more words are not aligned if they differ in length.
const LONGEST_ALIGNED: usize = 8;

/// Added to the counts of a canonical unit: other ways to put it that nobody has listed.
const UNSEEN: f64 = 2.0;
/// P(spun | canonical) of an inflected form of a listed word pair, at most.
const INFLECTED: f64 = 0.08;
/// P(spun | canonical) of a perfect synonym; it falls with the square of the likeness.
const SYNONYM: f64 = 0.05;
/// P(spun | canonical) of a pair that blog spinners use.
const SPUN: f64 = 0.01;
/// Of one of the words that no list has, P(it is kept).
const KEPT: f64 = 0.35;

/// P(spun | canonical) of words and short phrases.
#[derive(Debug, Default)]
pub struct Channel {
    units: BTreeMap<Vec<String>, BTreeMap<Vec<String>, u32>>,
    /// How often a canonical unit was seen, whatever it became.
    totals: BTreeMap<Vec<String>, u32>,
    /// How often a spun unit was seen.
    spun_totals: BTreeMap<Vec<String>, u32>,
    /// Word pairs without their endings.
    stems: BTreeMap<String, BTreeMap<String, u32>>,
    /// Whole canonical phrases, and how often each is listed.
    terms: BTreeMap<Vec<String>, u32>,
    /// The same by their number of words.
    by_length: BTreeMap<usize, Vec<Vec<String>>>,
}

impl Channel {
    /// Learns from pairs.
    pub fn learn(pairs: &[Pair]) -> Self {
        let mut out = Self::default();
        for pair in pairs {
            *out.terms.entry(pair.canonical.clone()).or_default() += 1;
            if pair.spun.len() == pair.canonical.len() {
                for (spun, canonical) in pair.spun.iter().zip(&pair.canonical) {
                    out.add(std::slice::from_ref(spun), std::slice::from_ref(canonical));
                }
            }
        }
        for pair in pairs {
            let longest = pair.spun.len().max(pair.canonical.len());
            if pair.spun.len() != pair.canonical.len() && longest <= LONGEST_ALIGNED {
                for (spun, canonical) in out.align(&pair.spun, &pair.canonical) {
                    out.add(spun, canonical);
                }
            }
        }
        for term in out.terms.keys() {
            out.by_length.entry(term.len()).or_default().push(term.clone());
        }
        for (spun, choices) in &out.units {
            for (canonical, &count) in choices {
                if let ([spun], [canonical]) = (&spun[..], &canonical[..])
                    && spun != canonical
                {
                    let forms = stems(canonical);
                    for (stem, ending) in stems(spun) {
                        for (other, _) in forms.iter().filter(|(_, e)| *e == ending) {
                            *out.stems.entry(stem.clone()).or_default().entry(other.clone()).or_default() +=
                                count;
                        }
                    }
                }
            }
        }
        out
    }

    fn add(&mut self, spun: &[String], canonical: &[String]) {
        *self.units.entry(spun.to_vec()).or_default().entry(canonical.to_vec()).or_default() += 1;
        *self.totals.entry(canonical.to_vec()).or_default() += 1;
        *self.spun_totals.entry(spun.to_vec()).or_default() += 1;
    }

    fn count(&self, spun: &[String], canonical: &[String]) -> u32 {
        self.units.get(spun).and_then(|choices| choices.get(canonical)).copied().unwrap_or(0)
    }

    /// Whether a unit was ever listed for another one.
    pub(super) fn is_listed(&self, spun: &[String], canonical: &[String]) -> bool {
        self.count(spun, canonical) > 0
    }

    /// Whether a word was ever listed for another word or phrase.
    pub(super) fn is_trigger(&self, word: &str) -> bool {
        let choices = self.units.get(std::slice::from_ref(&word.to_owned()));
        choices.is_some_and(|choices| choices.keys().any(|c| c.len() != 1 || c[0] != word))
    }

    /// Listed canonical phrases with their numbers.
    pub(super) fn terms(&self) -> &BTreeMap<Vec<String>, u32> {
        &self.terms
    }

    /// Those of so many words.
    pub(super) fn terms_of(&self, length: usize) -> &[Vec<String>] {
        self.by_length.get(&length).map_or(&[], Vec::as_slice)
    }

    /// The best way to cut two phrases into units that stand for each other, in the same order.
    fn align<'p>(&self, spun: &'p [String], canonical: &'p [String]) -> Vec<(&'p [String], &'p [String])> {
        let (rows, columns) = (spun.len() + 1, canonical.len() + 1);
        let mut best: Vec<Option<(f64, usize, usize)>> = vec![None; rows * columns];
        best[0] = Some((0.0, 0, 0));
        for i in 0..rows {
            for j in 0..columns {
                let Some((score, _, _)) = best[i * columns + j] else { continue };
                for &(di, dj) in UNITS {
                    if i + di >= rows || j + dj >= columns {
                        continue;
                    }
                    let Some(gain) = self.likeness(&spun[i..i + di], &canonical[j..j + dj]) else { continue };
                    let cell = &mut best[(i + di) * columns + j + dj];
                    if cell.is_none_or(|(other, _, _)| other < score + gain) {
                        *cell = Some((score + gain, i, j));
                    }
                }
            }
        }
        let mut out = Vec::new();
        let (mut i, mut j) = (rows - 1, columns - 1);
        while (i, j) != (0, 0) {
            let Some((_, from_i, from_j)) = best[i * columns + j] else { return Vec::new() };
            out.push((&spun[from_i..i], &canonical[from_j..j]));
            (i, j) = (from_i, from_j);
        }
        out
    }

    fn likeness(&self, spun: &[String], canonical: &[String]) -> Option<f64> {
        let count = f64::from(self.count(spun, canonical));
        match (spun, canonical) {
            ([a], [b]) if a == b => Some(0.0),
            _ if count > 0.0 => Some(-1.0 - 1.0 / (count + 1.0)),
            ([a], [b]) if a.chars().take(4).eq(b.chars().take(4)) => Some(-2.5),
            ([_], [_]) => Some(-4.5),
            _ if spun.len() == canonical.len() => None,
            _ => {
                let extra = (spun.len() + canonical.len() - 2) as f64;
                Some(-4.5 - extra + if spun.len() == 2 && canonical.len() == 1 { 1.0 } else { 0.0 })
            }
        }
    }

    /// What a unit may stand for, with the logarithm of P(spun | canonical).
    pub(super) fn candidates(
        &self,
        spun: &[String],
        lexicon: &Lexicon,
        dictionary: &Dictionary,
    ) -> BTreeMap<Vec<String>, f64> {
        let mut out: BTreeMap<Vec<String>, f64> = BTreeMap::new();
        for (canonical, &count) in self.units.get(spun).into_iter().flatten() {
            let total = f64::from(self.totals.get(canonical).copied().unwrap_or(0));
            out.insert(canonical.clone(), (f64::from(count) / (total + UNSEEN)).ln());
        }
        let [word] = spun else { return out };
        let kept = match self.spun_totals.get(spun) {
            None => KEPT,
            Some(&total) => (f64::from(self.count(spun, spun)) + 1.0) / (f64::from(total) + 2.0),
        };
        out.insert(spun.to_vec(), kept.ln());
        let mut put = |canonical: String, probability: f64| {
            if canonical != *word && lexicon.id(&canonical).is_some() {
                let log = out.entry(vec![canonical]).or_insert(f64::MIN);
                *log = log.max(probability.ln());
            }
        };
        for (stem, ending) in stems(word) {
            for (canonical, &count) in self.stems.get(&stem).into_iter().flatten() {
                let count = f64::from(count);
                for form in inflected(canonical, ending) {
                    put(form, INFLECTED * count / (count + 2.0));
                }
            }
            let Some(id) = lexicon.id(&stem) else { continue };
            for (synonym, likeness) in lexicon.synonyms(id) {
                for form in inflected(lexicon.word(synonym), ending) {
                    put(form, SYNONYM * likeness.powi(2));
                }
            }
        }
        for row in dictionary.explain(word).iter().flat_map(Phrase::substitutions) {
            if !row.canonical.contains(' ') {
                put(row.lexemes.to_lowercase(), SPUN);
            }
        }
        out
    }
}

/// Endings, and what may stand in their place in the stem.
const ENDINGS: &[(&str, &[&str])] = &[
    ("ies", &["y"]),
    ("es", &["", "e"]),
    ("s", &[""]),
    ("ing", &["", "e"]),
    ("ed", &["", "e"]),
    ("ly", &[""]),
    ("er", &["", "e"]),
    ("ness", &[""]),
    ("ation", &["e", ""]),
    ("ion", &["e", ""]),
    ("ment", &[""]),
    ("ity", &["e", ""]),
];

/// What a word may be an inflected form of, with the ending; the word itself with none.
fn stems(word: &str) -> Vec<(String, &'static str)> {
    let mut out = vec![(word.to_owned(), "")];
    for &(ending, replacements) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3) else { continue };
        let name = if matches!(ending, "ies" | "es") { "s" } else { ending };
        out.extend(replacements.iter().map(|replacement| (format!("{stem}{replacement}"), name)));
        let mut last = stem.chars().rev();
        if matches!(ending, "ing" | "ed") && stem.len() > 3 && last.next() == last.next() {
            let mut short = stem.to_owned();
            short.pop();
            out.push((short, name));
        }
    }
    out.sort();
    out.dedup();
    out
}

/// A word with an ending: one form, or two where the spelling depends on the stress.
pub(super) fn inflected(word: &str, ending: &str) -> Vec<String> {
    let mut last = word.chars().rev();
    let (final_letter, before) = (last.next().unwrap_or(' '), last.next().unwrap_or(' '));
    let ends_in_y = final_letter == 'y' && !"aeiou".contains(before);
    let cut = || word[..word.len() - final_letter.len_utf8()].to_owned();
    match ending {
        "" => vec![word.to_owned()],
        "s" if ends_in_y => vec![cut() + "ies"],
        "s" if ["s", "x", "z", "ch", "sh"].iter().any(|e| word.ends_with(e)) => vec![format!("{word}es")],
        "s" => vec![format!("{word}s")],
        "ed" if ends_in_y => vec![cut() + "ied"],
        "ing" | "ed" if final_letter == 'e' => vec![cut() + ending],
        "ing" | "ed" => vec![format!("{word}{ending}"), format!("{word}{final_letter}{ending}")],
        "ly" => vec![format!("{word}ly")],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_of_other_lengths_are_aligned() {
        let pairs = [
            Pair::new("gusty mill", "wind mill"),
            Pair::new("gusty corn grinder", "wind mill"),
            Pair::new("gusty mill (WM)", "wind mill (WM)"),
        ];
        assert_eq!(pairs[2].spun, ["gusty", "mill"]);
        let channel = Channel::learn(&pairs);
        let words = |text: &str| words(text);
        assert!(channel.is_listed(&words("corn grinder"), &words("mill")));
        assert!(channel.is_trigger("gusty") && !channel.is_trigger("mill"));
        assert_eq!(channel.terms()[&words("wind mill")], 3);
    }

    #[test]
    fn endings() {
        assert!(stems("studies").contains(&("study".to_owned(), "s")));
        assert!(stems("mapped").contains(&("map".to_owned(), "ed")));
        assert_eq!(inflected("study", "s"), ["studies"]);
        assert_eq!(inflected("map", "ing"), ["maping", "mapping"]);
        assert_eq!(inflected("é", "ed"), ["éed", "ééed"]);
        assert_eq!(inflected("", "s"), ["s"]);
    }
}
