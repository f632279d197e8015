//! Which replacements are worth following: what each would win if everything around it stood as it is.

use std::ops::Range;

use super::candidate::Candidates;
use super::plain::Plain;
use crate::language::{Context, LanguageModel, WordId};

/// A replacement whose words fit this much worse than what stands there is not followed, in nats: no neighbour makes up for that.
const HOPELESS: f64 = -3.0;

/// What the tokens behind a replacement hardly ever win by it, in nats.
const GREATEST_GAIN: f64 = 5.0;

/// The candidates of a stretch. They are weighed side by side, word by word, because the language model is asked for many words at once
/// in less time than one after the other.
#[derive(Default)]
pub(super) struct Hopes {
    all: Vec<Hope>,
    asked: Vec<(Context, WordId)>,
    /// Whose word is asked for.
    askers: Vec<usize>,
}

/// What is known of a candidate so far.
struct Hope {
    /// The places that it would replace.
    places: Range<usize>,
    /// Logarithm of its canonical words, and the context after them.
    canonical: (f64, Context),
    /// What it must win.
    least: f64,
    /// What is won so far, and the context after the last word looked at.
    gain: f64,
    context: Context,
    /// Whether more words can change anything.
    is_open: bool,
}

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
        let starting = candidates.candidates[first..].iter().take_while(|c| c.tokens.start < tokens.end);
        self.all.clear();
        self.all.extend(starting.map(|found| {
            let (start, end) = (found.tokens.start - tokens.start, found.tokens.end - tokens.start);
            let context = plain.context(start);
            // Those that reach further are followed by nobody.
            let is_open = found.tokens.end <= tokens.end;
            let least = (HOPELESS - (found.channel * found.bias).ln()) / exponent;
            Hope { places: start..end, canonical: (0.0, context), least, gain: 0.0, context, is_open }
        }));
        let words = &candidates.text[tokens.clone()];
        let canonical = |number: usize| candidates.words(&candidates.candidates[first + number]);
        for step in 0.. {
            self.ask(|number, hope| {
                let word = canonical(number).get(step).filter(|_| hope.is_open)?;
                Some((hope.canonical.1, *word))
            });
            if self.asked.is_empty() {
                break;
            }
            self.answer(model, |hope, log, next| hope.canonical = (hope.canonical.0 + f64::from(log), next));
        }
        for hope in self.all.iter_mut().filter(|hope| hope.is_open) {
            hope.gain = hope.canonical.0 - plain.log(hope.places.clone());
            hope.context = hope.canonical.1;
        }
        // The tokens behind it, as long as it can still win enough and their context is another one than it was.
        for step in 0..model.order() - 1 {
            self.ask(|_, hope| {
                let place = hope.places.end + step;
                let word = *words.get(place)?;
                hope.is_open &=
                    hope.gain + GREATEST_GAIN >= hope.least && hope.context != plain.context(place);
                hope.is_open.then_some((hope.context, word))
            });
            if self.asked.is_empty() {
                break;
            }
            self.answer(model, |hope, log, next| {
                let place = hope.places.end + step;
                hope.gain += f64::from(log) - plain.log(place..place + 1);
                hope.context = next;
            });
        }
    }

    /// Collects what is to be asked for.
    fn ask(&mut self, mut asked: impl FnMut(usize, &mut Hope) -> Option<(Context, WordId)>) {
        self.asked.clear();
        self.askers.clear();
        for (number, hope) in self.all.iter_mut().enumerate() {
            if let Some(asked) = asked(number, hope) {
                self.asked.push(asked);
                self.askers.push(number);
            }
        }
    }

    /// Asks, and tells those who did.
    fn answer(&mut self, model: &LanguageModel, mut told: impl FnMut(&mut Hope, f32, Context)) {
        let Self { all, asked, askers } = self;
        model.score_each(asked, |at, (log, next)| told(&mut all[askers[at]], log, next));
    }

    /// If a candidate, counted from the first, wins enough: logarithm of its canonical words, and the context after them.
    pub(super) fn of(&self, number: usize) -> Option<(f64, Context)> {
        let hope = &self.all[number];
        (hope.gain >= hope.least).then_some(hope.canonical)
    }
}
