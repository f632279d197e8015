//! Measuring repairs and verdicts against aligned texts.

mod score;

pub use score::{Counts, Gold, Score, score};
