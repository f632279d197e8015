//! The table as a whole: what its rows say about each other.

use std::collections::HashMap;
use std::ops::Range;

use super::VersionRow;
use super::block::{Belief, Choices, believe};
use super::row::{Gap, Row, Vocabulary};
use super::weights::{Evidence, FEATURES, Feature, weigh};
use crate::text::Span;

/// How often the rows are decided again in the light of each other.
const ROUNDS: usize = 5;
/// Echoes are rows of so many words.
const ECHO: usize = 4;
/// Rows of words that stand on a page more often than this are turns of phrase, and say nothing.
const MOST_ECHOES: usize = 6;
/// Before a page has shown what its paragraphs are like: sentences, and the logarithm of words and marks.
const USUAL: Usual = Usual { sentences: 1.7, length: 3.6 };
/// So many paragraphs of a page weigh as much as what is usual elsewhere.
const USUAL_WEIGHT: f64 = 4.0;
/// More sentences are counted as so many.
const MOST_SENTENCES: usize = 8;
/// The spread of the logarithm of a paragraph's length.
const LENGTH_SPREAD: f64 = 0.5;

/// What the paragraphs of a version are like, on average.
#[derive(Debug, Clone, Copy)]
struct Usual {
    sentences: f64,
    length: f64,
}

impl Usual {
    fn sentence_fit(&self, sentences: usize) -> f64 {
        // Poisson, from one sentence on.
        let mean = (self.sentences - 1.0).max(0.1);
        let more = sentences.min(MOST_SENTENCES) - 1;
        let factorial: f64 = (1..=more).map(|n| (n as f64).ln()).sum();
        more as f64 * mean.ln() - mean - factorial
    }

    fn length_fit(&self, words: usize) -> f64 {
        let off = ((words as f64).ln() - self.length) / LENGTH_SPREAD;
        -0.5 * off * off
    }
}

/// The table of a page.
#[derive(Debug)]
pub(super) struct Page {
    rows: Vec<Row>,
    beliefs: Vec<Belief>,
    /// For each row, for each row of three words that begins at a word: where else it stands.
    echoes: Vec<Vec<Vec<(usize, usize)>>>,
}

impl Page {
    /// Reads the lines of the table.
    pub fn new(text: &str, lines: &[Span]) -> Self {
        let mut vocabulary = Vocabulary::new();
        let rows: Vec<Row> = lines.iter().map(|&line| Row::of(text, line, &mut vocabulary)).collect();
        let beliefs = vec![Belief::settled(); rows.len()];
        let echoes = echoes(&rows);
        Self { rows, beliefs, echoes }
    }

    /// Splits the rows.
    pub fn take_apart(mut self) -> Vec<VersionRow> {
        self.settle();
        let mut rows = Vec::with_capacity(self.rows.len());
        for block in self.blocks() {
            // What is left over is of one version.
            let [old, new] = block.clone().next_back().map_or([0.0; 2], |last| self.beliefs[last].single);
            rows.extend(block.map(|index| self.split(index, usize::from(new >= old))));
        }
        rows
    }

    pub(super) fn settle(&mut self) {
        for round in 0..ROUNDS {
            self.decide(round > 0);
        }
    }

    /// Runs of changed rows; each unchanged row is a run by itself.
    fn blocks(&self) -> Vec<Range<usize>> {
        let mut blocks = Vec::new();
        let mut first = 0;
        while first < self.rows.len() {
            let changed = self.rows[first..].iter().take_while(|row| row.doubled.is_none()).count();
            blocks.push(first..first + changed.max(1));
            first += changed.max(1);
        }
        blocks
    }

    /// Decides the blocks from the top, each in the light of all others as they were decided last.
    fn decide(&mut self, has_beliefs: bool) {
        let usual = if has_beliefs { [0, 1].map(|side| self.usual(side)) } else { [USUAL; 2] };
        for block in self.blocks() {
            if self.rows[block.start].doubled.is_some() {
                continue;
            }
            let choices: Vec<_> =
                block.clone().map(|index| self.choices(index, usual, has_beliefs)).collect();
            self.beliefs.splice(block, believe(&choices));
        }
    }

    fn choices(&self, index: usize, usual: [Usual; 2], has_beliefs: bool) -> Choices {
        let (splits, single) = self.evidence(index, usual, has_beliefs);
        Choices {
            splits: splits.iter().map(weigh).collect(),
            single: single.map(|evidence| weigh(&evidence)),
        }
    }

    /// The evidence for each place where a row can be split, and for a single cell of either version.
    fn evidence(&self, index: usize, usual: [Usual; 2], has_beliefs: bool) -> (Vec<Evidence>, [Evidence; 2]) {
        let row = &self.rows[index];
        let echo = if has_beliefs { self.echo(index) } else { vec![0.0; row.words.len() + 1] };
        let all = echo.last().copied().unwrap_or(0.0);
        let split = |gap: &Gap| {
            let mut evidence = gap.evidence;
            let right = row.words.len() - gap.at;
            evidence[Feature::SentenceFit as usize] =
                usual[0].sentence_fit(gap.left) + usual[1].sentence_fit(gap.right);
            evidence[Feature::LengthFit as usize] = usual[0].length_fit(gap.at) + usual[1].length_fit(right);
            // What stands in the old version elsewhere belongs to the new one here.
            evidence[Feature::Elsewhere as usize] = (all - 2.0 * echo[gap.at]) / 10.0;
            evidence
        };
        let single = |side: usize| {
            let mut evidence: Evidence = [0.0; FEATURES];
            evidence[Feature::Single as usize] = 1.0;
            evidence[Feature::SingleSentences as usize] = row.sentences.saturating_sub(1).min(5) as f64;
            evidence[Feature::SingleFragment as usize] = f64::from(!row.is_closed);
            evidence[Feature::SentenceFit as usize] = usual[side].sentence_fit(row.sentences.max(1));
            evidence[Feature::LengthFit as usize] = usual[side].length_fit(row.words.len().max(1));
            evidence[Feature::Elsewhere as usize] = if side == 1 { all } else { -all } / 10.0;
            evidence
        };
        (row.gaps.iter().map(split).collect(), [single(0), single(1)])
    }

    /// For each number of words from the left, how much of what they say stands in the old version elsewhere, less what stands in the new one.
    fn echo(&self, index: usize) -> Vec<f64> {
        let mut sum = 0.0;
        let mut all = vec![0.0];
        for places in &self.echoes[index] {
            let balance: f64 = places.iter().map(|&(row, word)| 2.0 * self.old_share(row, word) - 1.0).sum();
            sum += balance.clamp(-1.0, 1.0);
            all.push(sum);
        }
        all.resize(self.rows[index].words.len() + 1, sum);
        all
    }

    /// How probable it is that a word of a changed row belongs to the old version.
    fn old_share(&self, row: usize, word: usize) -> f64 {
        let belief = &self.beliefs[row];
        if belief.splits.is_empty() && belief.single.iter().all(|&p| p <= 0.0) {
            return 0.5;
        }
        let first = self.rows[row].gaps.partition_point(|gap| gap.at <= word);
        belief.single[0] + belief.splits[first..].iter().sum::<f64>()
    }

    /// What the paragraphs of a version are like, as far as they are known.
    fn usual(&self, side: usize) -> Usual {
        let (mut weight, mut sentences, mut length) =
            (USUAL_WEIGHT, USUAL_WEIGHT * USUAL.sentences, USUAL_WEIGHT * USUAL.length);
        let mut add = |share: f64, count: usize, words: usize| {
            weight += share;
            sentences += share * count as f64;
            length += share * (words as f64).max(1.0).ln();
        };
        for (row, belief) in self.rows.iter().zip(&self.beliefs) {
            for (gap, share) in row.gaps.iter().zip(&belief.splits) {
                let cells = [(gap.left, gap.at), (gap.right, row.words.len() - gap.at)];
                add(*share, cells[side].0, cells[side].1);
            }
            add(belief.single[side], row.sentences.max(1), row.words.len());
            if let Some(at) = row.doubled {
                add(1.0, 1, at);
            }
        }
        Usual { sentences: sentences / weight, length: length / weight }
    }

    /// The likeliest of what a row can be; a single cell is of version `side`.
    fn split(&self, index: usize, side: usize) -> VersionRow {
        let (row, belief) = (&self.rows[index], &self.beliefs[index]);
        let pair = |at: usize, confidence: f64| {
            let (old, new) = row.split(at);
            VersionRow { old: Some(old), new: Some(new), confidence }
        };
        if let Some(at) = row.doubled {
            return pair(at, 1.0);
        }
        let paired: f64 = belief.splits.iter().sum();
        let best = belief.splits.iter().copied().enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a });
        match best {
            Some((gap, confidence)) if paired > 0.5 => pair(row.gaps[gap].at, confidence),
            _ if side == 0 => VersionRow { old: Some(row.span), new: None, confidence: belief.single[0] },
            _ => VersionRow { old: None, new: Some(row.span), confidence: belief.single[1] },
        }
    }
}

/// Where else on the page each row of three words stands, among the rows that changed.
fn echoes(rows: &[Row]) -> Vec<Vec<Vec<(usize, usize)>>> {
    let mut places: HashMap<[u32; ECHO], Vec<(usize, usize)>> = HashMap::new();
    let triples = |row: &Row| -> Vec<[u32; ECHO]> {
        if row.doubled.is_some() {
            Vec::new()
        } else {
            row.words.windows(ECHO).filter_map(|words| words.try_into().ok()).collect()
        }
    };
    for (index, row) in rows.iter().enumerate() {
        for (word, triple) in triples(row).into_iter().enumerate() {
            places.entry(triple).or_default().push((index, word));
        }
    }
    rows.iter()
        .enumerate()
        .map(|(index, row)| {
            let elsewhere = |triple| {
                let all = &places[&triple];
                let few = if all.len() <= MOST_ECHOES { all.as_slice() } else { &[] };
                few.iter().copied().filter(|&(row, _)| row != index).collect()
            };
            triples(row).into_iter().map(elsewhere).collect()
        })
        .collect()
}
