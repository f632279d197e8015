//! A compact n-gram model of clean English: which wording fits a place.

mod builtin;
mod count;
mod fluency;
mod format;
mod model;
mod retrieval;
mod smooth;
mod together;
mod train;
mod vocabulary;

pub use fluency::Fluency;
pub(crate) use format::MAX_ORDER;
pub use model::{Context, LanguageModel, ModelError};
pub use together::{Ask, Block};
pub use train::{About, Corpus, HOLD_OUT_BLOCK, Options, TrainError, Trainer, WordCounter, is_held_out};
pub use vocabulary::{NUMBER, SENTENCE_START, UNKNOWN, WordId};
