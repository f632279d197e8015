//! Which phrases of a line stand in other lines too: captions, pull quotes and teasers say again what the article says.

use super::line::Lines;
use crate::hash::Table;

/// How many things are known of the phrases of a line.
pub const ECHO_FEATURES: usize = 3;

/// What they are, in order.
pub const ECHO_FEATURE_NAMES: [&str; ECHO_FEATURES] = [
    "share of its phrases in lines before",
    "share of its phrases in lines after",
    "share of its phrases that it says again",
];

/// Words of a phrase; those of a shorter line are one.
const PHRASE: usize = 3;

/// The first and the last line in which each phrase of some lines stands. Those of other lines aren't kept.
#[derive(Debug, Default)]
pub(super) struct Echoes {
    phrases: Table<(u32, u32)>,
}

impl Echoes {
    /// Looks through all lines for the phrases of those that are asked of.
    pub(super) fn of(lines: &Lines, asked: &dyn Fn(usize) -> bool) -> Self {
        let asked = (0..lines.len()).filter(|&index| asked(index));
        let wanted: Vec<u64> = asked.flat_map(|index| phrases(lines, index)).collect();
        let mut table = Table::of_each(&wanted, (u32::MAX, 0));
        for (at, index) in (0u32..).zip(0..lines.len()) {
            for phrase in phrases(lines, index) {
                if let Some((first, last)) = table.get_mut(phrase) {
                    *first = at.min(*first);
                    *last = at;
                }
            }
        }
        Self { phrases: table }
    }

    /// What is known of the phrases of line `index`, which was asked of; -1 if it has none.
    pub(super) fn features(&self, lines: &Lines, index: usize) -> [f64; ECHO_FEATURES] {
        let at = u32::try_from(index).unwrap_or(u32::MAX);
        let mut own: Vec<u64> = phrases(lines, index).collect();
        let all = own.len();
        let places = own.iter().filter_map(|phrase| self.phrases.get(*phrase));
        let (before, after) = places.fold((0, 0), |(before, after), &(first, last)| {
            (before + usize::from(first < at), after + usize::from(last > at))
        });
        own.sort_unstable();
        own.dedup();
        let share = |count: usize| if all == 0 { -1.0 } else { count as f64 / all as f64 };
        [share(before), share(after), share(all - own.len())]
    }
}

/// The phrases of a line that say what it is about, by hash.
fn phrases(lines: &Lines, index: usize) -> impl Iterator<Item = u64> + '_ {
    let words = lines.words(index);
    words
        .windows(PHRASE.min(words.len()).max(2))
        .filter(|phrase| phrase.iter().any(|word| word.is_topical))
        .map(|phrase| phrase.iter().fold(0, |hash: u64, word| hash.rotate_left(21) ^ word.hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_again() {
        let text = "Ferry to Penwick\nThe ferry to Penwick was late.\nLate\nThe dam held.The dam held.\nThe ferry to Penwick sank. And on it went.\n3 May 2021\n3 May 2021";
        let lines = Lines::of(text);
        let echoes = Echoes::of(&lines, &|_| true);
        let of = |index| echoes.features(&lines, index);
        let are =
            |found: [f64; 3], wanted: [f64; 3]| found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(are(of(0), [0.0, 1.0, 0.0]));
        assert!(are(of(1), [0.25, 0.5, 0.0]));
        assert!(are(of(2), [-1.0; 3]));
        assert!(are(of(3), [0.0, 0.0, 0.25]));
        assert!(are(of(6), [-1.0; 3]));
    }
}
