//! How readings of a phrase are ranked: a log-linear model.

use super::channel::Channel;

/// Weight of ln P(reading) while readings are built.
pub(super) const LANGUAGE: f64 = 0.6;

/// Number of features.
const FEATURES: usize = 17;
/// Their weights.
const WEIGHTS: [f64; FEATURES] = [
    0.962, 0.52, -0.237, 1.098, 2.792, 1.163, -0.635, 3.103, -1.04, -0.56, 0.646, 0.446, 0.013, 0.64, -0.032,
    0.361, 0.391,
];

/// A reading in the making.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct State {
    /// ln P(phrase | reading) so far.
    pub channel: f64,
    /// ln P(reading) so far.
    pub language: f64,
    /// The part of `channel` that comes from words that were never listed for each other.
    pub unlisted: f64,
    /// How many of them there are.
    pub guesses: f64,
    /// Words for which nothing speaks but that the whole is listed.
    pub strange: f64,
}

impl State {
    /// How far a reading is followed up.
    pub(super) fn score(self) -> f64 {
        self.channel + LANGUAGE * self.language
    }
}

/// How much speaks for a finished reading; `rarity` is the sum and the least of its words' logarithms of probability.
pub(super) fn score(
    channel: &Channel,
    phrase: &[String],
    reading: &[String],
    state: State,
    rarity: (f64, f64),
) -> f64 {
    features(channel, phrase, reading, state, rarity).iter().zip(WEIGHTS).map(|(f, w)| f * w).sum()
}

fn features(
    channel: &Channel,
    phrase: &[String],
    reading: &[String],
    state: State,
    (sum, rarest): (f64, f64),
) -> [f64; FEATURES] {
    let paired = phrase.len() == reading.len();
    let pairs = || phrase.iter().zip(reading).filter(|_| paired);
    let same = pairs().filter(|(a, b)| a == b).count() as f64;
    let listed = pairs()
        .filter(|(a, b)| a != b && channel.is_listed(std::slice::from_ref(*a), std::slice::from_ref(*b)))
        .count() as f64;
    let times = channel.terms().get(reading).copied().unwrap_or(0);
    let plural = |words: &[String]| {
        words.last().is_some_and(|w| w.ends_with('s') && !["ss", "us", "is"].iter().any(|e| w.ends_with(e)))
    };
    let longer = reading.len() as f64 - phrase.len() as f64;
    let ending = |word: &String| {
        ["ing", "ed", "ion", "s", "ly", "al", "ic", "ity"].iter().position(|e| word.ends_with(e))
    };
    let endings = pairs().filter(|(a, b)| a != b && ending(a) == ending(b)).count() as f64;
    let hyphens = |words: &[String]| words.iter().filter(|word| *word == "-").count() as f64;
    [
        state.channel,
        state.language,
        rarest,
        (1.0 + f64::from(times)).ln(),
        f64::from(u8::from(times > 0)),
        state.strange,
        same,
        same / phrase.len() as f64,
        f64::from(u8::from(plural(phrase) != plural(reading))),
        longer,
        longer.abs(),
        listed,
        state.unlisted,
        state.guesses,
        sum,
        endings,
        hyphens(reading) - hyphens(phrase),
    ]
}
