//! Which lines are furniture: each by itself and by what is around it, then smoothed along the text.

use serde::{Deserialize, Serialize};

use super::features::{LINE_FEATURES, Layout, LineFeatures};
use super::furniture::{FurnitureKind, Opens};
use super::line::Lines;
use super::marks::{Marks, kind_by_shape};
use crate::detect::{Tree, answers};

/// Trees that tell furniture, grown from labelled reprints and genuine articles. Without any, rows and shape decide alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LineJudge {
    /// The trees.
    pub trees: Vec<Tree>,
}

impl LineJudge {
    /// Log-odds that a line is furniture.
    pub fn log_odds(&self, features: &LineFeatures) -> f64 {
        f64::from(features[0]) + answers(&self.trees, features)
    }
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

/// Log-odds of prose that nothing speaks against: it is not judged any further.
const PROSE: f64 = -8.0;

/// Words that say more than this, in nats, make prose suspicious.
const SUSPICIOUS: f64 = 4.0;

/// Whether a line needs no judge: prose without any phrase of the list, where no comments or the like were opened.
pub fn is_plain_prose(lines: &Lines, marks: &[Marks<'_>], layout: &Layout<'_>, index: usize) -> bool {
    let shape = &lines.as_slice()[index].shape;
    let untouched = marks[index].rows == [0; 4] && marks[index].log_odds < 0.0 && marks[index].words.nats < SUSPICIOUS;
    shape.is_sentence() && untouched && layout.repeats[index].is_none() && !layout.rest_is_open(index)
        && (shape.words >= 20 || layout.list_opened(index).is_none())
}

/// Labels all lines.
pub fn label<'f>(lines: &Lines, marks: &[Marks<'f>], layout: &Layout<'_>, judge: &LineJudge) -> Vec<Label<'f>> {
    let odds: Vec<f64> = (0..lines.len())
        .map(|index| {
            if is_plain_prose(lines, marks, layout, index) {
                PROSE
            } else {
                judge.log_odds(&layout.features(lines, marks, index))
            }
        })
        .collect();
    let probabilities = smooth(&odds);
    let mut last = None;
    let labels = probabilities.into_iter().enumerate().map(|(index, probability)| {
        let marks = &marks[index];
        let kind = if layout.repeats[index].is_some() && marks.best.is_none_or(|row| row.opens == Opens::Nothing) {
            FurnitureKind::Repeat
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
        Label { probability, kind, phrase: marks.best.map(|row| row.pattern.as_str()), repeats: layout.repeats[index] }
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
        out[index] = 1.0 / (1.0 + (-posterior).exp());
        backward = pass(odds[index] + backward);
    }
    out
}

/// ln(e^a + e^b).
fn log_add(a: f64, b: f64) -> f64 {
    let (most, least) = if a > b { (a, b) } else { (b, a) };
    most + (least - most).exp().ln_1p()
}

/// What the trees are grown from: the lines that need a judge, with what is known of them.
pub fn judged_lines(lines: &Lines, marks: &[Marks<'_>], layout: &Layout<'_>) -> Vec<(usize, [f32; LINE_FEATURES])> {
    (0..lines.len())
        .filter(|&index| !is_plain_prose(lines, marks, layout, index))
        .map(|index| (index, layout.features(lines, marks, index)))
        .collect()
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
        (0..odds.len()).map(|i| (0..ways).filter(|way| way >> i & 1 == 1).map(weight).sum::<f64>() / all).collect()
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
