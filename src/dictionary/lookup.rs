//! Looking phrases up in compiled dictionaries.

use std::ops::Range;
use std::sync::Arc;

use super::entry::OBSERVED;
use super::format::{FLAG_CANONICAL, FLAG_KEEP, FLAG_SURVIVES};
use super::layer::Layer;
use super::row::Row;
use crate::text::Tokens;

/// What a dictionary says of one phrase.
#[derive(Debug, Clone, Copy)]
pub struct Phrase<'d> {
    pub(super) layer: &'d Layer,
    /// Its rows, and what is said of the phrase itself.
    pub(super) first: u32,
    pub(super) count: u32,
    pub(super) flags: u32,
}

impl<'d> Phrase<'d> {
    /// The phrase is a name or a fixed expression that is never touched.
    pub fn is_kept(&self) -> bool {
        self.flags & FLAG_KEEP != 0
    }

    /// A spinner may replace this phrase: it is the canonical form of some row.
    pub fn is_canonical(&self) -> bool {
        self.flags & FLAG_CANONICAL != 0
    }

    /// A spinner was seen to replace this phrase in known text: where it stands, it survived, and speaks against spinning.
    pub fn is_survivor(&self) -> bool {
        self.flags & FLAG_SURVIVES != 0
    }

    /// What the phrase may stand for.
    pub fn substitutions(&self) -> impl Iterator<Item = Substitution<'d>> + use<'d> {
        self.rows().map(Row::substitution)
    }

    /// The rows that say so.
    #[inline]
    pub fn rows(&self) -> impl Iterator<Item = Row<'d>> + use<'d> {
        let layer = self.layer;
        (self.first..self.first.saturating_add(self.count)).map(move |number| Row::new(layer, number))
    }
}

/// A known substitution, as the compiled dictionary holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Substitution<'d> {
    /// The phrase as a spinner writes it.
    pub spun: &'d str,
    /// The wording that it replaced.
    pub canonical: &'d str,
    /// The lexemes of the canonical wording, with one space between them.
    pub lexemes: &'d str,
    /// Hash of the canonical wording's look-up key, the same in every dictionary.
    pub canonical_key: u64,
    /// The family of spinners.
    pub family: &'d str,
    /// Where the row comes from.
    pub source: &'d str,
    /// A remark for people.
    pub note: &'d str,
    /// When the row holds, as [`guard`](Self::guard) reads it; empty if always.
    pub(super) guard: &'d str,
    /// How often the spun form stands in genuine text, where that was counted.
    pub genuine: Option<u32>,
    /// How often it was seen.
    pub weight: u32,
    /// How often the canonical wording was replaced by anything, in the same dictionary.
    pub canonical_weight: u32,
    /// What training on aligned texts adds to the logarithm of the channel, in nats; 0 where nothing was learned.
    pub bias: f64,
}

impl Substitution<'_> {
    /// P(spun | canonical, replaced), in (0, 1].
    pub fn channel(&self) -> f64 {
        f64::from(self.weight) / f64::from(self.canonical_weight.max(self.weight).max(1))
    }

    /// Whether the row was counted while a spinner rewrote known text.
    pub fn is_observed(&self) -> bool {
        self.source.starts_with(OBSERVED)
    }

    /// Whether the spun form has a capital letter, which then must be there in the text.
    pub fn has_capitals(&self) -> bool {
        self.spun.chars().any(char::is_uppercase)
    }
}

/// A phrase of a text that a dictionary knows: a fact, no judgement.
#[derive(Debug, Clone)]
pub struct Match<'d> {
    /// The tokens that it covers.
    pub tokens: Range<usize>,
    /// What the dictionary says of it.
    pub phrase: Phrase<'d>,
}

/// Compiled dictionaries, one over the other.
#[derive(Debug, Default)]
pub struct Dictionary {
    layers: Vec<Arc<Layer>>,
}

impl Dictionary {
    /// A dictionary of one layer.
    pub fn new(layer: Arc<Layer>) -> Self {
        Self { layers: vec![layer] }
    }

    /// Lays another dictionary over this one: its substitutions come in addition.
    #[must_use]
    pub fn with_layer(mut self, layer: Arc<Layer>) -> Self {
        self.layers.push(layer);
        self
    }

    /// The layers, lowest first.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.layers.iter().map(AsRef::as_ref)
    }

    /// Every row of every layer.
    pub fn rows(&self) -> impl Iterator<Item = Substitution<'_>> {
        self.layers.iter().flat_map(|layer| {
            let count = u32::try_from(layer.len()).unwrap_or(u32::MAX);
            Phrase { layer, first: 0, count, flags: 0 }.substitutions()
        })
    }

    /// Appends to `out` every phrase that starts at token `start`, shorter before longer in each layer.
    pub fn matches_at<'d>(&'d self, tokens: &Tokens, start: usize, out: &mut Vec<Match<'d>>) {
        for layer in &self.layers {
            layer.walker(1).walk(tokens, start, |end, phrase| out.push(Match { tokens: start..end, phrase }));
        }
    }

    /// The same for many tokens, one after the other.
    pub fn matches_from<'d>(
        &'d self,
        tokens: &Tokens,
        starts: &(impl Iterator<Item = usize> + Clone),
        out: &mut Vec<Match<'d>>,
    ) {
        let first = out.len();
        for layer in &self.layers {
            let found = |start, end, phrase| out.push(Match { tokens: start..end, phrase });
            layer.walker(tokens.len()).walk_all(tokens, starts.clone(), found);
        }
        if self.layers.len() > 1 {
            out[first..].sort_by_key(|found| found.tokens.start);
        }
    }

    /// What the layers say of exactly this phrase.
    pub fn explain(&self, phrase: &str) -> Vec<Phrase<'_>> {
        let tokens = Tokens::of_phrase(phrase);
        let mut found = Vec::new();
        if !tokens.is_empty() {
            self.matches_at(&tokens, 0, &mut found);
        }
        found.into_iter().filter(|m| m.tokens.end == tokens.len()).map(|m| m.phrase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, compile};
    use super::*;

    fn layer(rows: &str) -> Layer {
        let source = Source::parse("t.tsv", &format!("spun\tcanonical\tweight\tsource\n{rows}")).unwrap();
        Layer::from_bytes(compile(&[source], Vec::new()).unwrap()).unwrap()
    }

    #[test]
    fn finds_phrases_with_their_substitutions() {
        let dictionary = Dictionary::new(Arc::new(layer(
            "go to\tvisit\t3\tobserved\ngo to\tattend\t1\twild\nturn up at\tvisit\t1\twild\nCould\tMay\t9\twild\n",
        )));
        let tokens = Tokens::of("The Go to in could Could");
        let mut found = Vec::new();
        dictionary.matches_at(&tokens, 1, &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].tokens, 1..3);
        let all: Vec<_> = found[0].phrase.substitutions().map(|s| (s.canonical, s.channel())).collect();
        assert_eq!(all, [("attend", 1.0), ("visit", 0.75)]);
        let could = dictionary.explain("could")[0];
        let month = could.rows().next().unwrap().facts();
        assert!(!month.fits_case(&tokens, 4..5));
        assert!(month.fits_case(&tokens, 5..6));
        let [visit, attend] = ["visit", "attend"].map(|phrase| dictionary.explain(phrase)[0]);
        assert!(visit.is_canonical() && visit.is_survivor());
        assert!(attend.is_canonical() && !attend.is_survivor());
        assert!(dictionary.explain("nothing").is_empty());
    }
}
