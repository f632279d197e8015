//! What is known of a place where a second article may begin.

use serde::{Deserialize, Serialize};

use super::cohesion::Cohesion;
use super::seam::SEAM_FEATURES;
use crate::detect::Forest;

/// How many things the opening itself and the text around it say.
pub const OWN_OPENING_FEATURES: usize = 55;

/// What they are, in order.
pub const OWN_OPENING_FEATURE_NAMES: [&str; OWN_OPENING_FEATURES] = [
    "log-odds by the opening and by cohesion",
    "its headline stands there twice",
    "its text begins with a dateline",
    "it has a byline",
    "it has a time stamp",
    "lines of furniture right before",
    "lines of furniture in it",
    "empty lines before",
    "empty lines before, less those that are usual",
    "share of the names known before",
    "share of the words known before",
    "share of the names of its first paragraphs known before",
    "share of the words of the headline known before",
    "share of the words of the headline known after",
    "ln of the words of sentences before",
    "ln of the words of sentences after",
    "log-odds of the headline",
    "words of the headline",
    "share of its words with a capital",
    "datelines in the text",
    "bylines before",
    "lines from the headline to the text",
    "greatest log-odds of four lines before",
    "how the line before ends",
    "headlines before",
    "place among the lines, from 0 to 1",
    "probability of the headline to be furniture",
    "probability of the line before",
    "mean probability of four lines before",
    "mean probability of eight lines before",
    "lines that go right before",
    "mean probability of the lines in it",
    "probability of the first line of its text",
    "share of the furniture after it that stands before it",
    "share of the names that stay known before",
    "share of the words that stay known before",
    "share of the names of its first paragraphs known shortly before",
    "share of the words of its first paragraphs known shortly before",
    "share of the chief names before known after",
    "ln of the names after",
    "headlines after",
    "share of capitals, less that of the first headline",
    "words of the headline, less those of the first",
    "begins with its text",
    "rows of forums in the text",
    "rows of comments before",
    "bare times in the text",
    "share of the lines that are items",
    "share of the lines with questions",
    "begins with a digit",
    "headlines before that begin with a digit",
    "headlines of its shape before",
    "headlines of its shape after",
    "share of words in the first person before",
    "share of words in the first person after, less that before",
];

/// How many things are known of a place where a second article may begin: those of its own, then those of the seam before it.
pub const OPENING_FEATURES: usize = OWN_OPENING_FEATURES + SEAM_FEATURES;

/// What is known of a place where a second article may begin.
pub type OpeningFeatures = [f32; OPENING_FEATURES];

/// Both together.
#[allow(clippy::cast_possible_truncation, reason = "trees need no more digits")]
pub(super) fn opening_features(
    own: &[f64; OWN_OPENING_FEATURES],
    seam: &[f64; SEAM_FEATURES],
) -> OpeningFeatures {
    let mut out = [0.0; OPENING_FEATURES];
    out.iter_mut().zip(own.iter().chain(seam)).for_each(|(out, feature)| *out = *feature as f32);
    out
}

/// Trees that tell where second articles begin. Without any, the opening and cohesion decide alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct OpeningJudge {
    /// The trees.
    pub trees: Forest,
}

/// A place where an article may begin.
#[derive(Debug)]
pub struct Opening {
    /// The line of its headline.
    pub line: usize,
    /// What is known of it.
    pub features: OpeningFeatures,
    pub(super) is_headless: bool,
    pub(super) cohesion: Cohesion,
    pub(super) evidence: Vec<&'static str>,
}
