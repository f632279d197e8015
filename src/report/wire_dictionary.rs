//! The JSON contract of `dict explain`: schema `unspin-dictionary`, one object, [`ExplanationStream`].

use serde::Serialize;

use super::explanation::Explanation;
use super::wire::{TOOL, VERSION, rounded};
use crate::dictionary::Substitution;

/// The schema of what dictionaries say of phrases.
pub const DICTIONARY: &str = "unspin-dictionary";

/// What dictionaries say of phrases, as one object.
#[derive(Debug, Serialize)]
pub struct ExplanationStream<'d> {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The program that wrote it.
    pub tool: &'static str,
    /// The phrases in the order of the question.
    pub phrases: Vec<ExplanationObject<'d>>,
}

impl<'d> ExplanationStream<'d> {
    /// The object of some phrases.
    pub fn new(phrases: Vec<ExplanationObject<'d>>) -> Self {
        Self { schema: DICTIONARY, version: VERSION, tool: TOOL, phrases }
    }
}

/// What dictionaries say of a phrase.
#[derive(Debug, Serialize)]
pub struct ExplanationObject<'d> {
    /// The phrase as it was asked for.
    pub phrase: &'d str,
    /// Whether any dictionary has it.
    pub known: bool,
    /// Whether it is never touched.
    pub kept: bool,
    /// Whether it is a canonical form, which spinners replace.
    pub canonical: bool,
    /// What it may stand for, the most frequent first.
    pub substitutions: Vec<SubstitutionObject<'d>>,
}

/// A row of a dictionary.
#[derive(Debug, Serialize)]
pub struct SubstitutionObject<'d> {
    /// The spun form; its capitals must be there in the text.
    pub spun: &'d str,
    /// The wording that it replaced.
    pub canonical: &'d str,
    /// P(spun | canonical, replaced).
    pub probability: f64,
    /// How often it was seen.
    pub weight: u32,
    /// How often the canonical wording was replaced by anything.
    pub canonical_weight: u32,
    /// The family of spinners.
    pub family: &'d str,
    /// Where the row comes from.
    pub source: &'d str,
    /// A remark for people.
    pub note: &'d str,
}

impl<'d> From<&'d Explanation<'d>> for ExplanationObject<'d> {
    fn from(explanation: &'d Explanation<'d>) -> Self {
        let row = |s: &Substitution<'d>| SubstitutionObject {
            spun: s.spun,
            canonical: s.canonical,
            probability: rounded(s.channel()),
            weight: s.weight,
            canonical_weight: s.canonical_weight,
            family: s.family,
            source: s.source,
            note: s.note,
        };
        Self {
            phrase: &explanation.phrase,
            known: explanation.is_known(),
            kept: explanation.is_kept,
            canonical: explanation.is_canonical,
            substitutions: explanation.substitutions.iter().map(row).collect(),
        }
    }
}
