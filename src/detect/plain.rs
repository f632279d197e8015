//! The text as it stands, in the eyes of the language model.

use std::ops::Range;

use crate::language::{Context, LanguageModel, WordId};

/// A stretch of the text as it stands, read by the language model.
#[derive(Default)]
pub(super) struct Plain {
    /// Context before each token, and after the last.
    contexts: Vec<Context>,
    /// Logarithm of the tokens before each place.
    sums: Vec<f64>,
}

impl Plain {
    /// Reads words from a context on, instead of what was read before.
    pub(super) fn read(&mut self, context: Context, words: &[WordId], model: &LanguageModel) {
        self.contexts.clear();
        self.sums.clear();
        self.contexts.push(context);
        self.sums.push(0.0);
        let mut sum = 0.0;
        model.read(context, words, |log, next| {
            sum += f64::from(log);
            self.contexts.push(*next);
            self.sums.push(sum);
        });
    }

    /// Context before a place.
    pub(super) fn context(&self, place: usize) -> Context {
        self.contexts[place]
    }

    /// Logarithm of the probability of these tokens.
    pub(super) fn log(&self, places: Range<usize>) -> f64 {
        self.sums[places.end] - self.sums[places.start]
    }

    /// What replacing these tokens wins if everything around stands: on them and on the tokens that they are context of.
    pub(super) fn gain(
        &self,
        places: Range<usize>,
        canonical: &[WordId],
        words: &[WordId],
        model: &LanguageModel,
    ) -> f64 {
        let (log, mut context) = model.score_all(&self.contexts[places.start], canonical);
        let mut gain = log - self.log(places.clone());
        for (place, &word) in words.iter().enumerate().skip(places.end).take(model.order() - 1) {
            let (log, next) = model.score(&context, word);
            gain += f64::from(log) - self.log(place..place + 1);
            context = next;
        }
        gain
    }
}
