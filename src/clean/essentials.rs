//! What an article is not without: a paragraph and a headline.

use super::label::is_untouched;
use super::layout::{Layout, is_long, longer_words};
use super::line::{Ending, Lines};
use super::marks::Marks;
use super::openers::is_byline;
use super::passages::Passages;

/// Too little to be cut for.
const DOUBTFUL: f64 = 0.49;

/// That a headline right behind itself is there only once, as a reader sees it.
const SAID_TWICE: f64 = 0.95;

/// Lines above the first paragraph among which the headline is.
const HEAD: usize = 8;

/// So many lines above the longest passage a headline may stand.
const FURTHEST: usize = 20;

/// Least share of its longer words that the sentences have.
const SAID: f64 = 0.5;

/// What has such log-odds, or is furniture as surely as this, is no headline.
const NO_HEADLINE: (f64, f64) = (2.0, 0.995);

/// Keeps them, where the probabilities of the lines to be furniture would have them cut.
pub(super) fn keep_essentials(
    lines: &Lines,
    marks: &[Marks<'_>],
    layout: &Layout<'_>,
    probabilities: &mut [f64],
) {
    keep_paragraphs(lines, marks, probabilities);
    keep_one_copy(lines, &layout.repeats, probabilities);
    keep_a_headline(lines, marks, layout, probabilities);
}

/// An article has a paragraph: those that nothing in them speaks against stay if no other does.
fn keep_paragraphs(lines: &Lines, marks: &[Marks<'_>], probabilities: &mut [f64]) {
    let all = lines.as_slice();
    let is_paragraph = |index: usize| is_long(&all[index]);
    if (0..all.len()).any(|index| is_paragraph(index) && probabilities[index] < 0.5) {
        return;
    }
    for (index, probability) in probabilities.iter_mut().enumerate() {
        if is_paragraph(index) && is_untouched(lines, &marks[index], index) {
            *probability = probability.min(DOUBTFUL);
        }
    }
}

/// A line above the first paragraph that the page says again is its headline: one of them stays. Right behind another one that stays, it goes.
fn keep_one_copy(lines: &Lines, repeats: &[Option<usize>], probabilities: &mut [f64]) {
    let all = lines.as_slice();
    let paragraphs = (0..all.len()).filter(|&at| is_long(&all[at]) && probabilities[at] < 0.5);
    let main = Passages::of(all.len(), paragraphs.clone().map(|at| (at, all[at].shape.words))).main().start;
    let first = paragraphs.min().unwrap_or(main);
    for index in (first.saturating_sub(HEAD)..first).chain(main.saturating_sub(HEAD).max(first)..main) {
        let shape = &all[index].shape;
        if !(3..=22).contains(&shape.words) || shape.words <= 2 * (shape.numbers + shape.temporal) {
            continue;
        }
        let first = repeats[index].unwrap_or(index);
        let mut copies = (0..all.len()).filter(|&at| at == first || repeats[at] == Some(first));
        let comes_again = copies.clone().nth(1).is_some();
        if comes_again && copies.all(|at| probabilities[at] >= 0.5) {
            // What stands further above is a list of headlines, or a trail.
            probabilities[if index - first < HEAD { first } else { index }] = DOUBTFUL;
        }
        let is_behind_another = index > 0
            && repeats[index].is_some_and(|first| {
                probabilities[index - 1] < 0.5 && (first == index - 1 || repeats[index - 1] == Some(first))
            });
        if is_behind_another {
            probabilities[index] = probabilities[index].max(SAID_TWICE);
        }
    }
}

/// An article has a headline: where none stays above its longest passage, the line there that is most like one does, a line that says what the
/// sentences say.
fn keep_a_headline(lines: &Lines, marks: &[Marks<'_>], layout: &Layout<'_>, probabilities: &mut [f64]) {
    let all = lines.as_slice();
    let paragraphs = (0..all.len()).filter(|&at| is_long(&all[at]) && probabilities[at] < 0.5);
    let main = Passages::of(all.len(), paragraphs.map(|at| (at, all[at].shape.words))).main().start;
    let said = |index: usize| layout.mentions.said_share(lines, index);
    let is_one = |index: &usize| {
        let shape = &all[*index].shape;
        let is_other =
            marks[*index].log_odds > NO_HEADLINE.0 || is_byline(all[*index].span().of(layout.text));
        shape.is_headline()
            && shape.ending != Ending::Sentence
            && shape.words > shape.numbers + shape.temporal + 1
            && !is_other
            && longer_words(lines, *index).nth(1).is_some()
            && said(*index) >= SAID
            && probabilities[*index] < NO_HEADLINE.1
    };
    let above = (main.saturating_sub(FURTHEST)..main).filter(is_one);
    if above.clone().any(|index| probabilities[index] < 0.5) {
        return;
    }
    let likeness = |index: usize| said(index) - 0.04 * (main - index) as f64 - 0.5 * probabilities[index];
    let best = above.reduce(|best, this| if likeness(this) > likeness(best) { this } else { best });
    if let Some(best) = best {
        probabilities[best] = DOUBTFUL;
    }
}

#[cfg(test)]
mod tests {
    use super::super::furniture::Furniture;
    use super::super::word_odds::WordOdds;
    use super::*;

    #[test]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tenths")]
    fn an_article_has_a_paragraph() {
        let text = "Share\nThe dam at Penwick held through the night, and the people of Oxmarl went back to their houses at dawn.\nThanks.";
        let lines = Lines::of(text);
        let quiet = || Marks { log_odds: -3.0, ..Marks::default() };
        let mut marks = vec![Marks { log_odds: 3.0, ..Marks::default() }, quiet(), quiet()];
        let left = |marks: &[Marks<'_>], first: [f64; 3]| {
            let mut probabilities = first;
            keep_paragraphs(&lines, marks, &mut probabilities);
            probabilities.map(|probability| (10.0 * probability).round() as u8)
        };
        assert_eq!(left(&marks, [0.9, 0.8, 0.9]), [9, 5, 9]);
        assert_eq!(left(&marks, [0.9, 0.4, 0.9]), [9, 4, 9]);
        // Not if a phrase says that it is furniture.
        marks[1].rows[1] = 1;
        assert_eq!(left(&marks, [0.9, 0.8, 0.9]), [9, 8, 9]);
    }

    #[test]
    fn a_headline_stays_once() {
        let text = "The dam holds\nShare\nThe dam holds\nThe dam holds\nThe dam at Penwick held through the night, and the people of Oxmarl went back to their houses at dawn.";
        let lines = Lines::of(text);
        let repeats = [None, None, Some(0), Some(0), None];
        let of = |probabilities: [f64; 5]| {
            let mut out = probabilities;
            keep_one_copy(&lines, &repeats, &mut out);
            out.map(|probability| probability < 0.5)
        };
        assert_eq!(of([0.9, 0.9, 0.9, 0.9, 0.1]), [true, false, false, false, true]);
        assert_eq!(of([0.9, 0.9, 0.1, 0.1, 0.1]), [false, false, true, false, true]);
        assert_eq!(of([0.1, 0.9, 0.9, 0.9, 0.1]), [true, false, false, false, true]);
        assert_eq!(of([0.9; 5]), [false; 5]);
    }

    #[test]
    fn a_headline_stays_above_the_article() {
        let text = "Mayor of Lesmark resigns\nLog in\nPenwick dam holds\nBy Anna Hale\nThe dam at Penwick held through the night, and the \
            people of Oxmarl went back to their houses at dawn.\nThe dam was built by the people of Penwick in the year of the great flood.";
        let lines = Lines::of(text);
        let (furniture, odds) = (
            Furniture::parse("f", "pattern\tmatch\tkind\tweight\topens\tnote\n").unwrap(),
            WordOdds::default(),
        );
        let marks = Marks::of(text, &lines, &furniture, &odds);
        let layout = Layout::of(text, &lines, &marks, &odds);
        let of = |first: [f64; 6]| {
            let mut out = first;
            keep_a_headline(&lines, &marks, &layout, &mut out);
            out.map(|probability| probability < 0.5)
        };
        assert_eq!(of([0.9, 0.9, 0.9, 0.9, 0.1, 0.1]), [false, false, true, false, true, true]);
        // Not beside another, nor against all odds.
        assert_eq!(of([0.9, 0.9, 0.1, 0.9, 0.1, 0.1])[..3], [false, false, true]);
        assert_eq!(of([0.9, 0.9, 0.999, 0.9, 0.1, 0.1])[..3], [false; 3]);
    }
}
