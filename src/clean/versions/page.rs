//! The table as a whole: what its rows say about each other.

use std::collections::HashMap;
use std::ops::Range;

use super::VersionRow;
use super::block::{Belief, Choices, believe};
use super::row::{Gap, Row, Vocabulary};
use super::weights::{BALANCE, Evidence, FEATURES, Feature, LEFT_OVER_NEW, weigh};
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
/// The logarithm of the odds of what cannot be.
const NEVER: f64 = -1e6;
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
    /// Whether the first row holds the titles.
    has_titles: bool,
    beliefs: Vec<Belief>,
    /// For each row of the table, what it repeats.
    echoes: Vec<Echoes>,
}

impl Page {
    /// Reads the lines of the table. If the first one holds the titles, it has two cells whatever they are.
    pub fn new(text: &str, lines: &[Span], has_titles: bool) -> Self {
        let mut vocabulary = Vocabulary::new();
        let rows: Vec<Row> = lines.iter().map(|&line| Row::of(text, line, &mut vocabulary)).collect();
        let beliefs = vec![Belief::settled(); rows.len()];
        let echoes = echoes(&rows);
        Self { rows, has_titles, beliefs, echoes }
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

    fn settle(&mut self) {
        for round in 0..ROUNDS {
            self.decide(round > 0);
        }
    }

    /// Runs of changed rows; unchanged rows and the titles are runs by themselves.
    fn blocks(&self) -> Vec<Range<usize>> {
        let mut blocks = Vec::new();
        let mut first = 0;
        while first < self.rows.len() {
            let changed = self.rows[first..].iter().take_while(|row| row.doubled.is_none()).count();
            let changed = if first == 0 && self.has_titles { changed.min(1) } else { changed };
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
            let mut choices: Vec<_> =
                block.clone().map(|index| self.choices(index, usual, has_beliefs)).collect();
            if block.start == 0 && self.has_titles && !choices[0].splits.is_empty() {
                choices[0].single = [NEVER; 2];
            }
            let newer = LEFT_OVER_NEW - BALANCE * self.excess(block.clone());
            self.beliefs.splice(block, believe(&choices, newer));
        }
    }

    /// How much longer the new version is in the pairs of a block, as the logarithm of a ratio.
    fn excess(&self, block: Range<usize>) -> f64 {
        let mut words = [USUAL.length.exp(); 2];
        for (row, belief) in block.map(|index| (&self.rows[index], &self.beliefs[index])) {
            for (gap, share) in row.gaps.iter().zip(&belief.splits) {
                words[0] += share * gap.at as f64;
                words[1] += share * (row.words.len() - gap.at) as f64;
            }
        }
        (words[1] / words[0]).ln()
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
            evidence[Feature::Elsewhere as usize] = damped(all - 2.0 * echo[gap.at]);
            evidence
        };
        let single = |side: usize| {
            let mut evidence: Evidence = [0.0; FEATURES];
            evidence[Feature::Single as usize] = 1.0;
            evidence[Feature::SingleSentences as usize] = row.sentences.saturating_sub(1).min(5) as f64;
            evidence[Feature::SingleFragment as usize] = f64::from(!row.is_closed);
            evidence[Feature::SentenceFit as usize] = usual[side].sentence_fit(row.sentences);
            evidence[Feature::LengthFit as usize] = usual[side].length_fit(row.words.len().max(1));
            evidence[Feature::Elsewhere as usize] = damped(if side == 1 { all } else { -all });
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
            add(belief.single[side], row.sentences, row.words.len());
            if let Some(at) = row.doubled {
                add(1.0, row.sentences, at);
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

/// The first words that stand elsewhere say most.
fn damped(balance: f64) -> f64 {
    balance.signum() * balance.abs().sqrt()
}

/// For each word of a row: where else the words from there on stand on the page.
type Echoes = Vec<Vec<Place>>;

/// A word on the page: its row, and its number there.
type Place = (usize, usize);

/// What the changed rows repeat of each other. An unchanged row says nothing: its words stand in both versions.
fn echoes(rows: &[Row]) -> Vec<Echoes> {
    let phrases = |row: &Row| -> Vec<[u32; ECHO]> {
        let all = if row.doubled.is_some() { &[] } else { row.words.as_slice() };
        all.windows(ECHO).filter_map(|words| words.try_into().ok()).collect()
    };
    let mut places: HashMap<[u32; ECHO], Vec<Place>> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        for (word, phrase) in phrases(row).into_iter().enumerate() {
            places.entry(phrase).or_default().push((index, word));
        }
    }
    let elsewhere = |index: usize, phrase: &[u32; ECHO]| {
        let few = places.get(phrase).filter(|all| all.len() <= MOST_ECHOES);
        few.into_iter().flatten().copied().filter(|&(row, _)| row != index).collect()
    };
    let of_row = |(index, row)| phrases(row).iter().map(|phrase| elsewhere(index, phrase)).collect();
    rows.iter().enumerate().map(of_row).collect()
}
