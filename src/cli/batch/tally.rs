//! Counts of a run, and what is said at its end.

use std::ops::AddAssign;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::row::Done;
use crate::detect::VerdictKind;

/// Counts of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// Rows that were done.
    pub rows: u64,
    /// Words of their texts as they came.
    pub words: u64,
    pub spun: u64,
    pub suspect: u64,
    pub clean: u64,
    pub too_short: u64,
    /// Those that a screen passed over.
    #[serde(default)]
    pub passed_over: u64,
    /// Edits that were proposed or applied.
    pub edits: u64,
    /// Rows that could not be done, and inputs that could not be read.
    pub failed: u64,
}

impl Tally {
    /// One failure.
    pub(super) const FAILED: Self = Self {
        rows: 0,
        words: 0,
        spun: 0,
        suspect: 0,
        clean: 0,
        too_short: 0,
        passed_over: 0,
        edits: 0,
        failed: 1,
    };

    /// The counts of one row.
    pub(super) fn of(done: &Done) -> Self {
        let is = |kind| u64::from(done.verdict == Some(kind));
        Self {
            rows: 1,
            words: done.words as u64,
            spun: is(VerdictKind::Spun),
            suspect: is(VerdictKind::Suspect),
            clean: is(VerdictKind::Clean),
            too_short: is(VerdictKind::TooShort),
            passed_over: is(VerdictKind::PassedOver),
            edits: done.edits as u64,
            failed: 0,
        }
    }

    /// The counts, and how fast so many bytes were read in a time.
    ///
    /// `edited` says what became of edits; empty where there are none.
    pub(super) fn summary(&self, edited: &str, has_verdicts: bool, bytes: u64, time: Duration) -> String {
        let Self { rows, words, spun, suspect, clean, too_short, passed_over, edits, failed } = self;
        let verdicts = if has_verdicts {
            let passed_over =
                if *passed_over > 0 { format!(", {passed_over} passed over") } else { String::new() };
            format!(": {spun} spun, {suspect} suspect, {clean} clean, {too_short} too short{passed_over}")
        } else {
            String::new()
        };
        let edits = if edited.is_empty() { String::new() } else { format!("; {edits} edits {edited}") };
        let (megabytes, seconds) = (bytes as f64 / 1e6, time.as_secs_f64());
        let speed = if seconds > 0.0 { format!(", {:.1} MB/s", megabytes / seconds) } else { String::new() };
        format!(
            "{rows} rows, {words} words{verdicts}{edits}; {failed} failed\n{megabytes:.1} MB in {seconds:.1} s{speed}"
        )
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.rows += other.rows;
        self.words += other.words;
        self.spun += other.spun;
        self.suspect += other.suspect;
        self.clean += other.clean;
        self.too_short += other.too_short;
        self.passed_over += other.passed_over;
        self.edits += other.edits;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_there_is() {
        let mut tally = Tally { rows: 2, words: 7, clean: 2, edits: 3, ..Tally::default() };
        tally += Tally::FAILED;
        assert_eq!(
            tally.summary("applied", true, 3_000_000, Duration::from_secs(2)),
            "2 rows, 7 words: 0 spun, 0 suspect, 2 clean, 0 too short; 3 edits applied; 1 failed\n3.0 MB in 2.0 s, 1.5 MB/s"
        );
        assert_eq!(
            tally.summary("", false, 0, Duration::ZERO),
            "2 rows, 7 words; 1 failed\n0.0 MB in 0.0 s",
            "nothing undefined is said"
        );
    }
}
