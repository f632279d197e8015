//! What was learned of scraped pages.

use once_cell::sync::OnceCell;
use serde::{Deserialize, Serialize};

use super::label::LineJudge;
use super::opening::OpeningJudge;
use super::word_odds::WordOdds;
use crate::hash;

/// Words, the trees that judge lines, and those that judge where second articles begin.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Judges {
    /// What single words say.
    pub words: WordOdds,
    /// Which lines are furniture.
    pub lines: LineJudge,
    /// Where a second article begins.
    pub openings: OpeningJudge,
}

static BUILTIN: OnceCell<Judges> = OnceCell::new();

impl Judges {
    /// Tells versions of what was learned apart: a hash of how it is written.
    ///
    /// # Panics
    ///
    /// Never: numbers and words can always be written.
    pub fn checksum(&self) -> u64 {
        hash::bytes(&serde_json::to_vec(self).expect("numbers and words"))
    }

    /// The trees that were learned with the built-in list.
    ///
    /// # Panics
    ///
    /// If the file that was built in holds something else: a mistake in building this program.
    pub fn builtin() -> &'static Self {
        BUILTIN.get_or_init(|| {
            serde_json::from_str(include_str!("../../dictionaries/furniture.json"))
                .expect("the built-in trees")
        })
    }
}
