//! Which sentence of a copy goes with which of the original.
//!
//! Sentences keep their order; some are missing on either side, and two may have become one. The alignment is the monotone one of
//! the greatest gain, where sentences that are put together gain by the words they share and lose by those that they don't
//! (dynamic programming, as Gale and Church 1993 do with lengths). In long texts only places near rare words
//! that both have are looked at.

use std::collections::HashMap;
use std::ops::Range;

use super::side::Side;
use crate::text::TokenKind;

/// Sentences go together if they share more than this part of their words, by weight (the Dice coefficient).
const LEAST_SHARED: f64 = 0.25;
/// Up to so many pairs of sentences, all are compared.
const FULL: usize = 250_000;
/// Words that occur more often are no anchors.
const RARE: usize = 4;
/// Beyond, those within this distance (in sentences) of where the anchors lie.
const BAND: usize = 30;

/// Tokens of the copy that go with tokens of the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bead {
    pub spun: Range<usize>,
    pub original: Range<usize>,
    /// Sentences of the copy in it, one or two.
    pub sentences: usize,
}

/// Aligned sentences.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Aligned {
    pub beads: Vec<Bead>,
    /// Sentences of the copy that have no partner.
    pub added: usize,
    /// Sentences of the original that have no partner.
    pub missing: usize,
}

/// The words of one or two sentences, sorted, and the sum of their weights.
#[derive(Default)]
struct Bag {
    words: Vec<u32>,
    weight: f64,
}

impl Bag {
    fn new(mut words: Vec<u32>, weights: &[f64]) -> Self {
        words.sort_unstable();
        let weight = words.iter().map(|&word| weights[word as usize]).sum();
        Self { words, weight }
    }

    fn with(&self, other: &Self, weights: &[f64]) -> Self {
        Self::new([self.words.as_slice(), &other.words].concat(), weights)
    }

    /// What it gains to put two bags together: positive if they share enough.
    fn gain(&self, other: &Self, weights: &[f64]) -> f64 {
        if self.words.is_empty() && other.words.is_empty() {
            // Marks alone, such as a row of asterisks: they go together where nothing better offers.
            return 1e-6;
        }
        let (mut at, mut to, mut shared) = (0, 0, 0.0);
        while let (Some(a), Some(b)) = (self.words.get(at), other.words.get(to)) {
            if a == b {
                shared += weights[*a as usize];
            }
            at += usize::from(a <= b);
            to += usize::from(b <= a);
        }
        2.0 * shared - LEAST_SHARED * (self.weight + other.weight)
    }
}

/// The words of two texts as numbers.
struct Words {
    weights: Vec<f64>,
    spun: Vec<Vec<u32>>,
    original: Vec<Vec<u32>>,
}

impl Words {
    fn of(spun: &Side, original: &Side) -> Self {
        let mut ids: HashMap<&str, u32> = HashMap::new();
        let mut counts: Vec<u32> = Vec::new();
        let [spun, original] = [spun, original].map(|side| {
            let mut number = |index: usize| {
                let id = *ids.entry(side.tokens.key(index)).or_insert_with(|| {
                    counts.push(0);
                    u32::try_from(counts.len() - 1).unwrap_or(u32::MAX)
                });
                counts[id as usize] += 1;
                id
            };
            let is_word = |index: &usize| side.tokens.as_slice()[*index].kind != TokenKind::Symbol;
            side.sentences.iter().map(|s| s.clone().filter(is_word).map(&mut number).collect()).collect()
        });
        // Rare words say more than frequent ones.
        let weights = counts.iter().map(|&count| 1.0 / (1.0 + f64::from(count).ln())).collect();
        Self { weights, spun, original }
    }

    /// Where rare words stand that occur equally often in either text: pairs of sentences, both ascending.
    fn anchors(&self) -> Vec<(usize, usize)> {
        let places = |sentences: &[Vec<u32>]| {
            let mut at: Vec<Vec<usize>> = vec![Vec::new(); self.weights.len()];
            for (sentence, words) in sentences.iter().enumerate() {
                for &word in words {
                    // One more than wanted is enough to know that there are too many.
                    if at[word as usize].len() <= RARE {
                        at[word as usize].push(sentence);
                    }
                }
            }
            at
        };
        let (spun, original) = (places(&self.spun), places(&self.original));
        let rare = spun.into_iter().zip(original).filter(|(a, b)| a.len() == b.len() && a.len() <= RARE);
        let mut both: Vec<(usize, usize)> = rare.flat_map(|(a, b)| a.into_iter().zip(b)).collect();
        both.sort_unstable();
        longest_ascending(&both)
    }
}

/// The longest part of sorted pairs whose second members ascend as well (patience sorting).
fn longest_ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|&top| pairs[top].1 <= pair.1);
        before.push(pile.checked_sub(1).map(|below| tops[below]));
        if pile == tops.len() {
            tops.push(index);
        } else {
            tops[pile] = index;
        }
    }
    let mut out = Vec::new();
    let mut next = tops.last().copied();
    while let Some(index) = next {
        out.push(pairs[index]);
        next = before[index];
    }
    out.reverse();
    out
}

/// For each row (0 to `rows`), the columns (0 to `columns`) that are looked at.
fn band(words: &Words, rows: usize, columns: usize) -> Vec<Range<usize>> {
    if rows.saturating_mul(columns) <= FULL {
        return vec![0..columns + 1; rows + 1];
    }
    let mut anchors = words.anchors();
    anchors.insert(0, (0, 0));
    anchors.push((rows, columns));
    let mut centres = Vec::with_capacity(rows + 1);
    for pair in anchors.windows(2) {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        centres.extend((from..to).map(|row| low + (row - from) * (high - low) / (to - from)));
    }
    centres.push(columns);
    let centre = |row: usize| centres[row.min(rows)];
    (0..=rows)
        .map(|row| {
            let (low, high) = (centre(row.saturating_sub(1)), centre(row + 1));
            low.saturating_sub(BAND)..(high + BAND).min(columns) + 1
        })
        .collect()
}

/// A step of the alignment: so many sentences of the copy with so many of the original.
const STEPS: [(usize, usize); 5] = [(1, 0), (0, 1), (1, 1), (2, 1), (1, 2)];

/// The bags of one and of two sentences of a text.
struct Bags {
    one: Vec<Bag>,
    two: Vec<Bag>,
}

impl Bags {
    fn new(sentences: &[Vec<u32>], weights: &[f64]) -> Self {
        let one: Vec<Bag> = sentences.iter().map(|words| Bag::new(words.clone(), weights)).collect();
        let two = one.windows(2).map(|pair| pair[0].with(&pair[1], weights)).collect();
        Self { one, two }
    }

    /// The bag of the `count` (1 or 2) sentences before number `end`.
    fn before(&self, end: usize, count: usize) -> &Bag {
        if count == 2 { &self.two[end - 2] } else { &self.one[end - 1] }
    }
}

/// Aligns the sentences of two texts.
pub(super) fn align(spun: &Side, original: &Side) -> Aligned {
    let words = Words::of(spun, original);
    let (rows, columns) = (spun.sentences.len(), original.sentences.len());
    let (down, right) = (Bags::new(&words.spun, &words.weights), Bags::new(&words.original, &words.weights));
    let band = band(&words, rows, columns);
    // The gain of the best way to each place, and the last step of that way.
    let mut best: Vec<Vec<(f64, u8)>> = Vec::with_capacity(rows + 1);
    for (row, columns) in band.iter().enumerate() {
        best.push(vec![(f64::NEG_INFINITY, 0); columns.len()]);
        for column in columns.clone() {
            let mut here = if row + column == 0 { (0.0, 0) } else { (f64::NEG_INFINITY, 0) };
            for (step, &(a, b)) in (0u8..).zip(&STEPS) {
                if a > row || b > column || !band[row - a].contains(&(column - b)) {
                    continue;
                }
                let from = best[row - a][column - b - band[row - a].start].0;
                let gain = if a * b == 0 {
                    0.0
                } else {
                    down.before(row, a).gain(right.before(column, b), &words.weights)
                };
                if from + gain > here.0 {
                    here = (from + gain, step);
                }
            }
            best[row][column - columns.start] = here;
        }
    }
    let (mut row, mut column, mut out) = (rows, columns, Aligned::default());
    while row + column > 0 {
        let (a, b) = STEPS[usize::from(best[row][column - band[row].start].1)];
        (row, column) = (row - a, column - b);
        if a * b == 0 {
            out.added += a;
            out.missing += b;
        } else {
            let (spun, original) = (spun.span_of(row..row + a), original.span_of(column..column + b));
            out.beads.push(Bead { spun, original, sentences: a });
        }
    }
    out.beads.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(text: &str) -> Side {
        Side::new(text.to_owned())
    }

    /// The beads as texts.
    fn beads(spun: &str, original: &str) -> (Vec<(String, String)>, usize, usize) {
        let (spun, original) = (side(spun), side(original));
        let aligned = align(&spun, &original);
        let texts = aligned
            .beads
            .into_iter()
            .map(|bead| (spun.phrase(bead.spun), original.phrase(bead.original)))
            .collect();
        (texts, aligned.added, aligned.missing)
    }

    #[test]
    fn missing_added_and_merged_sentences() {
        let original = "The old ferry sank near Oxmarl. Nobody was hurt. Divers found the bell on Friday. It rang twice.";
        let spun = "Read our newsletter! The previous ferry sank near Oxmarl. Divers discovered the bell on Friday; it rang twice.";
        let (beads, added, missing) = beads(spun, original);
        assert_eq!((added, missing), (1, 1));
        assert_eq!(
            beads,
            [
                (
                    "The previous ferry sank near Oxmarl.".to_owned(),
                    "The old ferry sank near Oxmarl.".to_owned()
                ),
                (
                    "Divers discovered the bell on Friday; it rang twice.".to_owned(),
                    "Divers found the bell on Friday. It rang twice.".to_owned()
                ),
            ]
        );
    }

    #[test]
    fn texts_that_share_nothing_and_empty_ones() {
        assert_eq!(beads("One two three.", "Four five six. Seven."), (Vec::new(), 1, 2));
        assert_eq!(beads("", "Four five six."), (Vec::new(), 0, 1));
        assert_eq!(beads("", ""), (Vec::new(), 0, 0));
    }

    #[test]
    fn long_texts_are_aligned_in_a_band() {
        let sentence = |n: usize| format!("The keeper of lamp number{n} went to bed{} at dawn. ", n % 7);
        let original: String = (0..1_500).map(sentence).collect();
        // A block is missing, another has been put in.
        let spun: String = (0..400).chain(700..900).map(sentence).collect::<String>()
            + &"Nothing of this belongs here, dear readers everywhere. ".repeat(200)
            + &(900..1_500).map(sentence).collect::<String>();
        let (spun, original) = (side(&spun), side(&original));
        assert!(spun.sentences.len() * original.sentences.len() > FULL);
        let aligned = align(&spun, &original);
        assert_eq!((aligned.beads.len(), aligned.added, aligned.missing), (1_200, 200, 300));
        for bead in &aligned.beads {
            assert_eq!(spun.phrase(bead.spun.clone()), original.phrase(bead.original.clone()));
        }
    }

    #[test]
    fn ascending_pairs() {
        assert_eq!(longest_ascending(&[(0, 5), (1, 1), (2, 2), (3, 0), (4, 2)]), [(1, 1), (2, 2), (4, 2)]);
        assert!(longest_ascending(&[]).is_empty());
    }
}
