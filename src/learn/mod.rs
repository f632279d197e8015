//! Learning from texts of which it is known what was spun: biases of dictionary rows, trees of the
//! re-ranker and of the verdict.

mod articles;
mod biases;
mod boosting;
mod compose;
mod furniture;
mod pages;
mod samples;
mod screen;
mod spinner;
mod truth;
mod word_counts;

pub use articles::{Articles, RATES, beginning};
pub use biases::{LearnError, Learner, Round};
pub use boosting::{Growth, Sample, boost};
pub use furniture::PageLearner;
pub use samples::Sampler;
pub use screen::{ScreenGrowth, ScreenLearner};
pub use spinner::Spinner;
pub use word_counts::WordCounts;
