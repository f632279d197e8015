//! What each piece of evidence weighs.

/// Evidence for a place where a line is split, or for not splitting it. The values are the indices of [`WEIGHTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feature {
    /// No sentence ends there, though some do in the line.
    InsideSentence,
    /// No sentence ends there, nor anywhere in the line.
    NoSentences,
    /// It is inside a quotation.
    InsideQuotation,
    /// A quotation begins inside a quotation: a quotation of two paragraphs.
    Reopened,
    /// The sentence after it begins with a pronoun: "He", "This".
    Pronoun,
    /// It begins with a connective, or has one near its beginning: "But", "also".
    Connective,
    /// It begins with a quotation mark, and the sentence before it is attributed.
    AttributedThenQuote,
    /// It begins with a quotation mark, and the sentence before it ends with one.
    QuoteThenQuote,
    /// The sentence before it ends with a quotation mark, the sentence after it does not begin with one.
    QuoteThenProse,
    /// It begins with a quotation mark; nothing before it asks for one.
    ProseThenQuote,
    /// It begins with "The", "A" or "An".
    Article,
    /// It begins with a time or a circumstance: "On", "After".
    Circumstance,
    /// Somebody is introduced with a full name in the sentence after it.
    FullName,
    /// Names that the sentences on both sides have, at most 3.
    SharedNames,
    /// Other words of five letters or more that both have, at most 3.
    SharedWords,
    /// Logarithm of the probability of so many sentences in each cell.
    SentenceFit,
    /// Logarithm of the probability density of the cells' lengths.
    LengthFit,
    /// How much longer the right cell is, as a logarithm.
    LongerRight,
    /// Words that the cells share, as a share of all (Dice).
    SharedShare,
    /// Pairs of words that they share, in tens.
    SharedPairs,
    /// Rows of three words that they share, in tens.
    SharedTriples,
    /// How far both cells begin alike, up to four words, in quarters.
    SameBeginning,
    /// How far they end alike, likewise.
    SameEnd,
    /// Rows of three words that stand in the other version in other rows, less those that stand in the same version; in tens.
    Elsewhere,
    /// The line is one cell.
    Single,
    /// Sentences of a single cell but the first, at most 5.
    SingleSentences,
    /// A single cell that does not end like a sentence.
    SingleFragment,
}

/// How many kinds of evidence there are.
pub(super) const FEATURES: usize = Feature::SingleFragment as usize + 1;

/// Evidence for one alternative.
pub(super) type Evidence = [f64; FEATURES];

/// The weights, in units of log-odds.
pub(super) const WEIGHTS: Evidence = [
    -4.90, // InsideSentence
    -4.31, // NoSentences
    -2.82, // InsideQuotation
    -0.63, // Reopened
    -0.84, // Pronoun
    -0.24, // Connective
    -1.17, // AttributedThenQuote
    2.49,  // QuoteThenQuote
    1.02,  // QuoteThenProse
    1.12,  // ProseThenQuote
    -0.05, // Article
    -0.03, // Circumstance
    0.37,  // FullName
    -0.26, // SharedNames
    -0.40, // SharedWords
    0.42,  // SentenceFit
    0.52,  // LengthFit
    0.30,  // LongerRight
    -0.39, // SharedShare
    -2.56, // SharedPairs
    3.65,  // SharedTriples
    3.63,  // SameBeginning
    2.32,  // SameEnd
    0.46,  // Elsewhere
    -1.80, // Single
    0.21,  // SingleSentences
    -0.70, // SingleFragment
];

/// Log-odds that the paragraphs left over in a block are of the new version: articles grow more often than they shrink.
pub(super) const LEFT_OVER_NEW: f64 = 0.4;

/// What it costs that a block has paragraphs left over at all.
pub(super) const LEFT_OVER: f64 = -1.0;

/// The sum of the evidence.
pub(super) fn weigh(evidence: &Evidence) -> f64 {
    evidence.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum()
}
