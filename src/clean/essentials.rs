//! What an article is not without: a paragraph and a headline.

use super::label::is_untouched;
use super::layout::{Layout, is_long, longer_words};
use super::line::{Ending, Line, Lines};
use super::marks::Marks;
use super::openers::is_byline;
use super::passages::Passages;

/// Too little to be cut for.
const DOUBTFUL: f64 = 0.49;

/// That a headline right behind itself is there only once, as a reader sees it.
const SAID_TWICE: f64 = 0.95;

/// So many lines above a paragraph a headline that is said again stands, and above the longest passage any headline.
const COPY_WITHIN: usize = 8;
const HEADLINE_WITHIN: usize = 20;

/// Least share of the longer words of a headline that the sentences have; of one that stays, it is not asked as much.
const SAID: f64 = 0.5;
const SAID_IF_KEPT: f64 = 0.25;

/// What has greater log-odds by itself is no headline.
const GREATEST_LOG_ODDS: f64 = 2.0;
/// Nor is what is furniture as surely as this.
const SURELY_NONE: f64 = 0.995;

/// Keeps them, where the probabilities of the lines to be furniture would have them cut.
pub(super) fn keep_essentials(
    lines: &Lines,
    marks: &[Marks<'_>],
    layout: &Layout<'_>,
    probabilities: &mut [f64],
) {
    keep_paragraphs(lines, marks, probabilities);
    keep_one_copy(lines, marks, &layout.repeats, probabilities);
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

/// The paragraphs that stay, and where the longest passage of them begins.
fn article(all: &[Line], probabilities: &[f64]) -> (Option<usize>, usize) {
    let paragraphs = (0..all.len()).filter(|&at| is_long(&all[at]) && probabilities[at] < 0.5);
    let first = paragraphs.clone().next();
    (first, Passages::of(paragraphs.map(|at| (at, all[at].shape.words))).main().start)
}

/// A line above the first paragraph, or above the longest passage, that the page says again is its headline: one of them stays. Right behind
/// another one that stays, it goes.
fn keep_one_copy(lines: &Lines, marks: &[Marks<'_>], repeats: &[Option<usize>], probabilities: &mut [f64]) {
    let all = lines.as_slice();
    let (Some(paragraph), main) = article(all, probabilities) else { return };
    let above = |end: usize| end.saturating_sub(COPY_WITHIN)..end;
    for index in above(paragraph).chain(above(main).start.max(paragraph)..main) {
        let shape = &all[index].shape;
        if !(3..=22).contains(&shape.words) || shape.words <= 2 * (shape.numbers + shape.temporal) {
            continue;
        }
        let first_copy = repeats[index].unwrap_or(index);
        let mut copies = (0..all.len()).filter(|&at| at == first_copy || repeats[at] == Some(first_copy));
        let comes_again = copies.clone().nth(1).is_some();
        let can_be = marks[index].log_odds <= GREATEST_LOG_ODDS;
        if can_be && comes_again && copies.all(|at| probabilities[at] >= 0.5) {
            // What stands further above is a list of headlines, or a trail.
            probabilities[if index - first_copy < COPY_WITHIN { first_copy } else { index }] = DOUBTFUL;
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
    let (_, main) = article(all, probabilities);
    let above = main.saturating_sub(HEADLINE_WITHIN)..main;
    let said = |index: usize| layout.mentions.said_share(lines, index);
    let has_the_form = |index: usize| {
        let shape = &all[index].shape;
        shape.is_headline()
            && shape.words > shape.numbers + shape.temporal + 1
            && longer_words(lines, index).nth(1).is_some()
            && !is_byline(all[index].span().of(layout.text))
    };
    let stays =
        |index: usize| probabilities[index] < 0.5 && has_the_form(index) && said(index) >= SAID_IF_KEPT;
    if above.clone().any(stays) {
        return;
    }
    let is_one = |index: &usize| {
        has_the_form(*index)
            && all[*index].shape.ending != Ending::Sentence
            && marks[*index].log_odds <= GREATEST_LOG_ODDS
            && said(*index) >= SAID
            && probabilities[*index] < SURELY_NONE
    };
    let likeness = |index: usize| said(index) - 0.04 * (main - index) as f64 - 0.5 * probabilities[index];
    let better = |best, this| if likeness(this) > likeness(best) { this } else { best };
    if let Some(best) = above.filter(is_one).reduce(better) {
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
        let marks = vec![Marks::default(); 5];
        let of = |probabilities: [f64; 5]| {
            let mut out = probabilities;
            keep_one_copy(&lines, &marks, &repeats, &mut out);
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
