//! Learning from texts of which it is known what was spun: biases of dictionary rows, and what posteriors are worth.

mod articles;
mod biases;
mod calibrate;
mod spinner;
mod truth;

pub use articles::{Articles, RATES};
pub use biases::{LearnError, Learner, Round};
pub use calibrate::{Sample, fit, samples};
pub use spinner::Spinner;
