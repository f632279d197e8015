//! How hard a text is to read: counts of one pass, and the formulas that follow from them.
//!
//! ```
//! use unspin::readability::{Counts, Formula, Scores};
//!
//! let counts = Counts::of("The cat sat on the mat. It purred.");
//! assert_eq!((counts.words, counts.sentences, counts.syllables), (8, 2, 8));
//! assert_eq!(Formula::FleschKincaid.of(&counts), Some(0.39 * 4.0 + 11.8 - 15.59));
//! assert_eq!(Scores::of(&Counts::of("…")).grade, None);
//! ```

mod character;
mod count;
mod counts;
mod easy;
mod formulas;
#[cfg(test)]
mod learn;
mod scores;
mod sentence;
mod syllables;
mod trie;
mod word;

pub use count::Counter;
pub use counts::Counts;
pub use formulas::Formula;
pub use scores::{Grade, Scores, WORDS_PER_MINUTE};
pub use syllables::syllables;
