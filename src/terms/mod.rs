//! Tortured phrases: terms of art that a paraphraser put into other words ("profound learning" for "deep learning").
//!
//! They are rare in a text and give themselves away, so that they are judged one by one and not by the lattice of
//! [`detect`](crate::detect): by how often each was found in papers that have been tortured, how often in genuine text, and by
//! what else of the kind the document holds.

mod builtin;
mod channel;
mod evidence;
mod judge;
mod lexicon;
mod listed;
mod merge;
mod place;
mod rank;
mod recover;
mod train;
mod unlisted;

pub use channel::{Channel, Pair};
pub use evidence::{Evidence, document_probability};
pub use judge::{Judgement, Terms};
pub use lexicon::{Lexicon, LexiconError};
pub use listed::Hit;
pub use recover::{Knowledge, Reading, Recoverer};
pub use train::{LexiconOptions, LexiconTrainer, LexiconWords};
