//! What aligned texts teach: findings that are right or not, texts that are spun or not.

use super::boosting::Sample;
use crate::detect::{self, DOCUMENT_FEATURES, FEATURES, Parameters, Reranker};
use crate::dictionary::Dictionary;
use crate::evaluate::{Row, is_restored};
use crate::language::LanguageModel;
use crate::text::{Tokens, regions};

/// The findings of a text, by the decoder alone.
pub fn samples(
    row: &Row,
    dictionary: &Dictionary,
    model: &LanguageModel,
    parameters: &Parameters,
) -> Vec<Sample<FEATURES>> {
    let tokens = Tokens::of(&row.text);
    let found = detect::candidates(&row.text, &tokens, &regions(&row.text), dictionary, model);
    let decoded = detect::decode(&tokens, &found, model, parameters);
    let decoder_alone = Reranker::default();
    let findings =
        detect::findings(&row.text, &tokens, &found, &decoded, model, &decoder_alone, detect::FAINTEST);
    let occurrences = detect::Occurrences::of(&found);
    let sample = |(number, finding): (usize, &detect::Finding<'_>)| Sample {
        features: detect::features(finding, &tokens, &found, &occurrences, &decoded, model),
        is_true: is_restored(&row.text, &findings, number, &row.gold),
    };
    findings.iter().enumerate().map(sample).collect()
}

/// A text as a whole: what is known of it, and whether it was spun.
pub fn document(
    row: &Row,
    dictionary: &Dictionary,
    model: &LanguageModel,
    parameters: &Parameters,
) -> Sample<DOCUMENT_FEATURES> {
    let tokens = Tokens::of(&row.text);
    let found = detect::candidates(&row.text, &tokens, &regions(&row.text), dictionary, model);
    let decoded = detect::decode(&tokens, &found, model, parameters);
    let features = detect::document_features(&tokens, &found, &decoded, model);
    Sample { features, is_true: !row.gold.is_empty() }
}
