//! How oddly a text reads: a glance that tells which texts are worth a second reading.

use std::ops::Range;

use crate::dictionary::{Dictionary, Row};
use crate::language::{Context, LanguageModel, WordId};
use crate::text::Tokens;

/// A word is odd if it is less likely than this, as a logarithm.
const ODD: f32 = -8.0;
/// The spin rate at which words are looked at.
const RATE: f64 = 0.3;

/// A replacement that is not likelier by so many nats is not followed to the next word.
const LEAST_GAIN: f32 = 2.0;
/// Sentences are looked at in so many glances, every seventh in each, and no further once a text has less than this share of the
/// oddness that is wanted.
const ENOUGH: [f64; 7] = [0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 1.0];
/// Glances at fewer tokens say nothing.
const FEWEST: usize = 60;

/// Whether a text reads oddly: what a dictionary's rows would win in it, at each odd word by itself and everything around it taken
/// as it stands, is at least `from` nats for 100 tokens. `exponent` is that of the language model's probabilities.
///
/// Most texts are told not to be at a glance, so that this costs much less than reading a text.
pub fn is_odd(
    tokens: &Tokens,
    dictionary: &Dictionary,
    model: &LanguageModel,
    exponent: f64,
    from: f64,
) -> bool {
    let all = tokens.as_slice();
    let starts = (0..all.len()).filter(|&i| i == 0 || all[i].starts_sentence);
    let ends = starts.clone().skip(1).chain([all.len()]);
    let sentences: Vec<Range<usize>> = starts.zip(ends).map(|(start, end)| start..end).collect();
    let (mut sum, mut count) = (0.0, 0_usize);
    for (glance, enough) in ENOUGH.iter().enumerate() {
        for range in sentences.iter().skip(glance).step_by(ENOUGH.len()) {
            sum += sentence_oddness(tokens, range.clone(), dictionary, model, exponent);
            count += range.len();
        }
        if count >= FEWEST && 100.0 * sum < enough * from * count as f64 {
            return false;
        }
    }
    100.0 * sum >= from * count as f64 && count > 0
}

fn sentence_oddness(
    tokens: &Tokens,
    range: Range<usize>,
    dictionary: &Dictionary,
    model: &LanguageModel,
    exponent: f64,
) -> f64 {
    let words: Vec<WordId> = model.words_in(tokens, range.clone());
    let starts = tokens.as_slice()[range.start].starts_sentence;
    let start = if starts { model.sentence_start() } else { Context::default() };
    let mut scored = Vec::with_capacity(words.len());
    model.read(start, &words, |log, after| scored.push((log, *after)));
    let mut context = start;
    let (mut sum, mut matches, mut canonical) = (0.0, Vec::new(), Vec::new());
    for (index, (at, (log, after))) in range.zip(scored).enumerate() {
        if log < ODD {
            matches.clear();
            dictionary.matches_at(tokens, at, &mut matches);
            let next = words.get(index + 1);
            let behind =
                |context: &Context| next.map_or(0.0, |&word| f64::from(model.score(context, word).0));
            let mut plain = None;
            let mut won = 0.0;
            let phrases = matches.iter().filter(|m| m.tokens.len() == 1 && !m.phrase.is_kept());
            let rows = phrases.flat_map(|m| m.phrase.rows()).map(Row::facts);
            for row in rows.filter(|facts| facts.fits_case(tokens, at..at + 1)) {
                let (mut new, mut context) = (0.0, context);
                canonical.clear();
                row.add_words(model, &mut canonical);
                for &word in &canonical {
                    let scored = model.score(&context, word);
                    new += f64::from(scored.0);
                    context = scored.1;
                }
                if new < f64::from(log + LEAST_GAIN) {
                    continue;
                }
                let plain = *plain.get_or_insert_with(|| f64::from(log) + behind(&after));
                won += row.channel * (exponent * (new + behind(&context) - plain)).exp();
            }
            sum += (RATE * won).ln_1p();
        }
        context = after;
    }
    sum
}

#[cfg(test)]
mod tests {
    use crate::dictionary::Dictionary;
    use crate::language::LanguageModel;
    use crate::text::Tokens;

    fn is_odd(text: &str) -> bool {
        let (dictionary, model) = (Dictionary::thesaurus().unwrap(), LanguageModel::builtin().unwrap());
        super::is_odd(&Tokens::of(text), &dictionary, model, 0.65, 6.5)
    }

    #[test]
    fn swapped_words_are_odd() {
        assert!(!is_odd(
            "The council said on Monday that the new bridge would open before the end of the year."
        ));
        assert!(is_odd(
            "The council averred on Monday that the fresh span would open before the terminate of the year."
        ));
        assert!(!is_odd(""));
    }
}
