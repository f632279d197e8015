//! How often the expected phrase is found for tortured phrases that no list has: a part of a list is held out.

use crate::dictionary::Entry;
use crate::hash;
use crate::terms::{Channel, Knowledge, Pair, Recoverer};

/// How the held-out phrases were read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Phrases to learn from.
    pub learned: usize,
    /// Phrases that were held out.
    pub phrases: usize,
    /// Of these, how often the best reading is the expected phrase, letter by letter but for case.
    pub right: usize,
    /// How often it is among the best five.
    pub among_five: usize,
}

/// A held-out phrase that was read otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The phrase.
    pub spun: String,
    /// What was expected.
    pub canonical: String,
    /// The best reading; empty if there is none.
    pub read: String,
}

/// Learns from the rows that are to be applied, but for a part of them, and reads that part. The part `part` of `parts` is chosen by
/// a hash of the spun phrase, so that all rows of a phrase go together.
pub fn recovery(rows: &[Entry], knowledge: Knowledge<'_>, part: u64, parts: u64) -> (Recovery, Vec<Missed>) {
    let is_held = |entry: &&Entry| hash::bytes(entry.spun.as_bytes()) % parts.max(1) == part;
    let rows = || rows.iter().filter(|entry| !entry.guard.display);
    let learned: Vec<Pair> = rows()
        .filter(|entry| !is_held(entry))
        .map(|entry| Pair::new(&entry.spun, &entry.canonical))
        .collect();
    let mut out = Recovery { learned: learned.len(), ..Recovery::default() };
    let channel = Channel::learn(&learned);
    let recoverer = Recoverer::new(&channel, knowledge);
    let mut missed = Vec::new();
    for entry in rows().filter(is_held) {
        let pair = Pair::new(&entry.spun, &entry.canonical);
        let readings = recoverer.readings(&pair.spun);
        out.phrases += 1;
        let place = readings.iter().position(|reading| reading.words == pair.canonical);
        out.right += usize::from(place == Some(0));
        out.among_five += usize::from(place.is_some_and(|place| place < 5));
        if place != Some(0) {
            missed.push(Missed {
                spun: entry.spun.clone(),
                canonical: entry.canonical.clone(),
                read: readings.first().map(|reading| reading.words.join(" ")).unwrap_or_default(),
            });
        }
    }
    (out, missed)
}
