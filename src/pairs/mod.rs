//! Dictionary rows from pairs of texts: a spun copy and its original.
//!
//! Sentences are aligned first, then the words in them; a short phrase that stands for another between words that are the same
//! is a substitution, everything else a revision. What is found where nothing else can be meant tells how to split stretches
//! of neighbouring substitutions. Editors change texts as well: a text in which words come and go, numbers change and sentences
//! are written anew looks edited, and what was found in it counts little. See [`PairLearner`].

mod collect;
mod evidence;
mod judge;
mod learner;
mod lexicon;
mod lists;
mod proposal;
mod rows;
mod sentences;
mod side;
mod summary;
mod words;

pub use judge::Reason;
pub use learner::{Options, PairLearner};
pub use proposal::{Example, Proposal, Proposals, SOURCE, Status};
pub use summary::Summary;
