//! Which replacements are worth following: what each would win if everything around it stood as it is.

use std::ops::Range;

use super::candidate::Candidates;
use super::lattice::short;
use super::plain::Plain;
use crate::language::{Ask, Block, Context, LanguageModel, MAX_ORDER};

/// A replacement whose words fit this much worse than what stands there is not followed, in nats: no neighbour makes up for that.
const HOPELESS: f64 = -3.0;

/// What the tokens behind a replacement hardly ever win by it, in nats.
const GREATEST_GAIN: f64 = 5.0;

/// The candidates of a stretch. They are weighed side by side, word by word, because the language model is asked for many words at once
/// in less time than one after the other.
#[derive(Default)]
pub(super) struct Hopes {
    all: Vec<Hope>,
    /// Of each candidate the context after its canonical words, and after each token behind them that was asked for. There may be more
    /// from earlier stretches.
    contexts: Vec<Context>,
    /// The same for the logarithms of the tokens behind.
    logs: Vec<f32>,
    block: Block,
    asked: Vec<Ask>,
    /// What is to be asked next.
    next: Vec<Ask>,
}

/// What is known of a candidate so far.
struct Hope {
    /// The places that it would replace.
    places: Range<usize>,
    /// Logarithm of its canonical words.
    canonical: f64,
    /// How many of them were asked for, and how many of the tokens behind.
    known: usize,
    behind: usize,
    /// What it must win.
    least: f64,
    /// What is won so far.
    gain: f64,
}

/// A place after a replacement and some tokens that are kept behind it, all else being as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Followed(u32);

impl Hopes {
    /// Weighs the candidates, from this number on, that lie in a range of tokens. `plain` is that range as it stands.
    pub(super) fn weigh(
        &mut self,
        candidates: &Candidates<'_>,
        first: usize,
        tokens: &Range<usize>,
        plain: &Plain,
        model: &LanguageModel,
        exponent: f64,
    ) {
        let Self { all, contexts, logs, block, asked, next } = self;
        let words = &candidates.text[tokens.clone()];
        let starting = candidates.candidates[first..].iter().take_while(|c| c.tokens.start < tokens.end);
        all.clear();
        all.extend(starting.map(|found| {
            let places = found.tokens.start - tokens.start..found.tokens.end - tokens.start;
            let least = (HOPELESS - found.log) / exponent;
            Hope { places, canonical: 0.0, known: 0, behind: 0, least, gain: 0.0 }
        }));
        let needed = all.len() * MAX_ORDER;
        if contexts.len() < needed {
            contexts.resize(needed, Context::default());
            logs.resize(needed, 0.0);
        }
        let canonical = |number: usize| candidates.words(&candidates.candidates[first + number]);
        // What a candidate asks next: its canonical words, and then the tokens behind it, as long as it can still win enough and
        // their context is another one than it was.
        let question = |hope: &mut Hope, number: usize, context: &Context| {
            let slot = short(number * MAX_ORDER + hope.behind);
            let canonical = canonical(number);
            if let Some(&word) = canonical.get(hope.known) {
                return Some(Ask { word, context: slot, after: slot });
            }
            if hope.behind == 0 {
                hope.gain = hope.canonical - plain.log(hope.places.clone());
            }
            let place = hope.places.end + hope.behind;
            let goes_on = hope.behind < model.order() - 1
                && hope.gain + GREATEST_GAIN >= hope.least
                && *context != plain.context(place);
            let word = *words.get(place).filter(|_| goes_on)?;
            Some(Ask { word, context: slot, after: slot + 1 })
        };
        asked.clear();
        for (number, hope) in all.iter_mut().enumerate() {
            // Those that reach further are followed by nobody.
            if hope.places.end <= words.len() {
                let context = plain.context(hope.places.start);
                contexts[number * MAX_ORDER] = context;
                asked.extend(question(hope, number, &context));
            }
        }
        while !asked.is_empty() {
            next.clear();
            model.score_each(block, contexts, asked, |ask, log, context| {
                let number = ask.after as usize / MAX_ORDER;
                let hope = &mut all[number];
                if ask.after == ask.context {
                    hope.canonical += f64::from(log);
                    hope.known += 1;
                } else {
                    let place = hope.places.end + hope.behind;
                    hope.gain += f64::from(log) - plain.log(place..place + 1);
                    hope.behind += 1;
                    logs[ask.after as usize] = log;
                }
                next.extend(question(hope, number, context));
            });
            std::mem::swap(asked, next);
        }
    }

    /// If a candidate, counted from the first, wins enough: logarithm of its canonical words, and the place after them.
    pub(super) fn of(&self, number: usize) -> Option<(f64, Followed)> {
        let hope = &self.all[number];
        (hope.gain >= hope.least).then_some((hope.canonical, Followed(short(number * MAX_ORDER))))
    }

    /// The context at a place.
    pub(super) fn context(&self, place: Followed) -> Context {
        self.contexts[place.0 as usize]
    }

    /// If the token behind a place was asked for: its logarithm, and the place after it.
    pub(super) fn keep(&self, place: Followed) -> Option<(f32, Followed)> {
        let (number, behind) = (place.0 as usize / MAX_ORDER, place.0 as usize % MAX_ORDER);
        (behind < self.all[number].behind).then(|| (self.logs[place.0 as usize + 1], Followed(place.0 + 1)))
    }
}
