//! Which lines are furniture: each by itself and by what is around it, then smoothed along the text.

use serde::{Deserialize, Serialize};

use super::context::{CONTEXT_FEATURES, Context, SECOND_FEATURES};
use super::essentials::keep_essentials;
use super::features::{LINE_FEATURES, LineFeatures};
use super::furniture::{FurnitureKind, Weight};
use super::layout::Layout;
use super::line::Lines;
use super::marks::{Marks, kind_by_shape};
use super::structure::Structure;
use crate::detect::Forest;
use crate::hash;
use crate::odds;

/// Trees that tell furniture, grown from labelled reprints and genuine articles. Without any, rows, words and shape decide alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LineJudge {
    /// The trees of a first reading.
    pub first: Forest,
    /// Those of a second one, which knows what the first took the lines around for.
    pub second: Forest,
}

/// What a line is taken for.
#[derive(Debug, Clone)]
pub struct Label<'f> {
    /// Probability in [0, 1] that it is furniture.
    pub probability: f64,
    /// What furniture it would be.
    pub kind: FurnitureKind,
    /// The phrase of the list that says most, if one does.
    pub phrase: Option<&'f str>,
    /// The line that it repeats.
    pub repeats: Option<usize>,
}

/// Nats that it costs to go from the article to furniture or back between two lines.
const SWITCH: f64 = 0.7;

/// A line of fewer words than [`LONG`] that no sure row speaks against is a cell of a table, a subhead or a name as often as a button, and
/// little is lost with one that is left; and where a text is hardly a page, any line is likely to be the article's. So many nats are taken off the
/// log-odds of these in the end, and so many added to those of all others.
const LONG: u32 = 10;
const LESS: f64 = 0.7;
const MORE: f64 = 0.4;

/// Sentences of so many words are prose, and prose that is cut is what is missed most: so many nats are taken off its log-odds, anywhere and where the
/// article is likeliest to be. On pages about sites, subscribers and settings the words of furniture are the article's own.
const PARAGRAPH: u32 = 15;
const SPARED: [f64; 2] = [0.7, 2.2];

/// A probability with so many nats added to its log-odds.
fn weighed(probability: f64, nats: f64) -> f64 {
    let odds = nats.exp() * probability;
    odds / (odds + 1.0 - probability)
}

/// Log-odds of prose that nothing speaks against: it is not judged any further.
const PROSE: f64 = -8.0;

/// Words that say more than this, in nats, make prose suspicious.
const SUSPICIOUS: f64 = 4.0;

/// Whether a line is prose that nothing in it speaks against.
pub(super) fn is_untouched(lines: &Lines, marks: &Marks<'_>, index: usize) -> bool {
    let is_quiet = marks.rows == [0; 4] && marks.log_odds < 0.0 && marks.words.nats < SUSPICIOUS;
    is_quiet && lines.as_slice()[index].shape.is_sentence()
}

/// Whether a text is nothing but prose that nothing speaks against, and says nothing twice: most articles of a corpus are.
pub fn is_all_prose(lines: &Lines, marks: &[Marks<'_>]) -> bool {
    if !marks.iter().enumerate().all(|(index, marks)| is_untouched(lines, marks, index)) {
        return false;
    }
    let mut keys: Vec<u64> = (0..lines.len()).map(|index| hash::bytes(lines.key(index).as_bytes())).collect();
    keys.sort_unstable();
    keys.windows(2).all(|pair| pair[0] != pair[1])
}

/// Whether a line needs no judge: prose without any phrase of the list, where no comments or the like were opened.
pub(super) fn is_plain_prose(lines: &Lines, marks: &[Marks<'_>], layout: &Layout<'_>, index: usize) -> bool {
    is_untouched(lines, &marks[index], index)
        && layout.structure[index].kind.is_none()
        && !layout.rest_is_open(index)
        && (lines.as_slice()[index].shape.words >= 20 || layout.list_opened(index).is_none())
}

/// What a first reading says of a text.
#[derive(Debug, Clone)]
pub struct FirstReading {
    /// The probability of each line to be furniture.
    pub probabilities: Vec<f64>,
    /// What is known of the lines that need a judge.
    pub features: Vec<Option<LineFeatures>>,
}

/// Reads all lines a first time.
pub fn first_reading(
    lines: &Lines,
    marks: &[Marks<'_>],
    layout: &Layout<'_>,
    trees: &Forest,
) -> FirstReading {
    let features: Vec<Option<LineFeatures>> = (0..lines.len())
        .map(|index| layout.is_judged[index].then(|| layout.features(lines, marks, index)))
        .collect();
    FirstReading { probabilities: read_again(&features, &layout.structure, trees), features }
}

/// The first reading of lines of which it is known what there is to know: the probability of each.
pub fn read_again(features: &[Option<LineFeatures>], structure: &[Structure], trees: &Forest) -> Vec<f64> {
    smooth(&log_odds(features, structure, trees))
}

/// The log-odds of each line by what is known of it, where it needs a judge.
fn log_odds<const N: usize>(
    features: &[Option<[f32; N]>],
    structure: &[Structure],
    trees: &Forest,
) -> Vec<f64> {
    let judged = features.iter().flatten().map(|features| &features[..]);
    let mut answers = trees.answers_to_each(judged).into_iter();
    let mut judge = |features: &[f32; N], structure: &Structure| {
        f64::from(features[0]) + answers.next().unwrap_or_default() + structure.nats
    };
    let of = |(features, structure): (&Option<[f32; N]>, _)| {
        features.as_ref().map_or(PROSE, |features| judge(features, structure))
    };
    features.iter().zip(structure).map(of).collect()
}

/// What is known of a line in the second reading.
pub fn second_features(first: &LineFeatures, context: &[f32; CONTEXT_FEATURES]) -> [f32; SECOND_FEATURES] {
    let mut out = [0.0; SECOND_FEATURES];
    out[..LINE_FEATURES].copy_from_slice(first);
    out[LINE_FEATURES..].copy_from_slice(context);
    // The log-odds that the trees add to.
    let probability = context[0].clamp(0.001, 0.999);
    out[0] = (probability / (1.0 - probability)).ln();
    out
}

/// Labels all lines, after a first reading.
pub fn label<'f>(
    lines: &Lines,
    marks: &[Marks<'f>],
    layout: &Layout<'_>,
    first: FirstReading,
    judge: &LineJudge,
) -> Vec<Label<'f>> {
    let FirstReading { probabilities: first, features } = first;
    let context = Context::of(lines, layout.groups(), &first, &|index| features[index].is_some());
    let second = |(index, features): (usize, &Option<LineFeatures>)| {
        Some(second_features(features.as_ref()?, &context.features(index)))
    };
    let mut probabilities = if judge.second.is_empty() {
        first
    } else {
        let features: Vec<_> = features.iter().enumerate().map(second).collect();
        // What the first reading said holds the structure already; a second time makes it hold against all trees.
        smooth(&log_odds(&features, &layout.structure, &judge.second))
    };
    for (index, ((line, marks), probability)) in
        lines.as_slice().iter().zip(marks).zip(&mut probabilities).enumerate()
    {
        let is_sure = marks.count(Weight::Sure) > 0;
        let is_long = layout.is_page && line.shape.words >= LONG;
        let is_prose = line.shape.is_sentence() && line.shape.words >= PARAGRAPH;
        let spared = if is_prose { SPARED[usize::from(layout.article.contains(&index))] } else { 0.0 };
        let nats = if is_sure || is_long { MORE } else { -LESS };
        *probability = weighed(*probability, nats - spared);
    }
    keep_essentials(lines, marks, layout, &mut probabilities);
    let mut last = None;
    let labels = probabilities.into_iter().enumerate().map(|(index, probability)| {
        let marks = &marks[index];
        let kind = if let Some(kind) = layout.structure[index].kind {
            kind
        } else if let Some(row) = marks.best {
            row.kind
        } else {
            kind_by_shape(&lines.as_slice()[index].shape).or(last).unwrap_or(FurnitureKind::Navigation)
        };
        if probability >= 0.5 && kind != FurnitureKind::Repeat {
            last = Some(kind);
        } else if probability < 0.5 {
            last = None;
        }
        Label {
            probability,
            kind,
            phrase: marks.best.map(|row| row.pattern.as_str()),
            repeats: layout.repeats[index],
        }
    });
    labels.collect()
}

/// The posterior of each line in a chain of two states, by forward and backward sums in log space: neighbours are likely to be
/// the same.
fn smooth(odds: &[f64]) -> Vec<f64> {
    // Log-odds of "furniture" before each line is seen, from one side.
    let pass = |state: f64| {
        let (stay, switch) = (0.0, -SWITCH);
        log_add(stay + state, switch) - log_add(stay, switch + state)
    };
    let mut forward = Vec::with_capacity(odds.len());
    let mut state = 0.0;
    for &own in odds {
        state = own + if forward.is_empty() { 0.0 } else { pass(state) };
        forward.push(state);
    }
    let mut backward = 0.0;
    let mut out = vec![0.0; odds.len()];
    for index in (0..odds.len()).rev() {
        let posterior = forward[index] + backward;
        out[index] = odds::probability(posterior);
        backward = pass(odds[index] + backward);
    }
    out
}

/// ln(e^a + e^b).
fn log_add(a: f64, b: f64) -> f64 {
    let (most, least) = if a > b { (a, b) } else { (b, a) };
    most + (least - most).exp().ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Over all ways to label a short text.
    fn by_hand(odds: &[f64]) -> Vec<f64> {
        let ways = 1u32 << odds.len();
        let weight = |way: u32| -> f64 {
            let is = |i: usize| way >> i & 1 == 1;
            let own: f64 = odds.iter().enumerate().filter(|(i, _)| is(*i)).map(|(_, o)| o).sum();
            let switches = (1..odds.len()).filter(|&i| is(i) != is(i - 1)).count();
            (own - SWITCH * switches as f64).exp()
        };
        let all: f64 = (0..ways).map(weight).sum();
        (0..odds.len())
            .map(|i| (0..ways).filter(|way| way >> i & 1 == 1).map(weight).sum::<f64>() / all)
            .collect()
    }

    #[test]
    fn little_is_lost_with_short_lines() {
        let (less, more) = (|p: f64| weighed(p, -LESS), |p: f64| weighed(p, MORE));
        assert!(less(0.7) < 0.6 && less(0.75) > 0.59 && more(0.5) > 0.59);
        assert!(less(0.0).abs() < 1e-9 && (less(1.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn smoothing_is_exact() {
        for odds in [&[0.3, -2.0, 1.0, 4.0][..], &[-1.0], &[5.0, 0.1, 0.1, -3.0, 0.2]] {
            for (found, wanted) in smooth(odds).into_iter().zip(by_hand(odds)) {
                assert!((found - wanted).abs() < 1e-9, "{odds:?}: {found} {wanted}");
            }
        }
        assert!(smooth(&[]).is_empty());
    }
}
