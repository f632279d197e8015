//! What aligned texts teach: findings that are right or not, texts that are spun or not.

use super::boosting::Sample;
use crate::detect::{
    self, Candidates, DOCUMENT_FEATURES, Decoded, FEATURES, Judge, Occurrences, Parameters, Reading, Reranker,
};
use crate::dictionary::Dictionary;
use crate::evaluate::{Row, is_restored};
use crate::language::LanguageModel;
use crate::text::{Tokens, regions};

/// What texts are read with.
#[derive(Debug, Clone, Copy)]
pub struct Sampler<'s> {
    /// The dictionary.
    pub dictionary: &'s Dictionary,
    /// A language model that was not trained on the texts.
    pub model: &'s LanguageModel,
    /// What the decoder weighs by.
    pub parameters: &'s Parameters,
}

impl Sampler<'_> {
    /// The findings of a text, by the decoder alone; `judge` says how likely the text is spun.
    pub fn findings(&self, row: &Row, judge: &Judge) -> Vec<Sample<FEATURES>> {
        let tokens = Tokens::of(&row.text);
        let (candidates, decoded) = self.read(row, &tokens);
        let reading = self.reading(row, &tokens, &candidates, &decoded);
        let spun = judge.log_odds(&detect::document_features(reading));
        let findings = detect::findings(reading, spun, &Reranker::default(), detect::FAINTEST);
        let occurrences = Occurrences::of(&candidates);
        let sample = |(number, finding): (usize, &detect::Finding<'_>)| {
            let is_true = is_restored(&row.text, &findings, number, &row.gold);
            Sample::new(detect::features(finding, reading, &occurrences, spun), is_true)
        };
        findings.iter().enumerate().map(sample).collect()
    }

    /// A text as a whole: what is known of it, and whether it was spun.
    pub fn document(&self, row: &Row) -> Sample<DOCUMENT_FEATURES> {
        let tokens = Tokens::of(&row.text);
        let (candidates, decoded) = self.read(row, &tokens);
        let reading = self.reading(row, &tokens, &candidates, &decoded);
        Sample::new(detect::document_features(reading), !row.gold.is_empty())
    }

    fn read(&self, row: &Row, tokens: &Tokens) -> (Candidates<'_>, Decoded) {
        let candidates =
            detect::candidates(&row.text, tokens, &regions(&row.text), self.dictionary, self.model);
        let decoded = detect::decode(tokens, &candidates, self.model, self.parameters);
        (candidates, decoded)
    }

    fn reading<'r, 'd>(
        &'r self,
        row: &'r Row,
        tokens: &'r Tokens,
        candidates: &'r Candidates<'d>,
        decoded: &'r Decoded,
    ) -> Reading<'r, 'd> {
        Reading { text: &row.text, tokens, candidates, decoded, model: self.model }
    }
}
