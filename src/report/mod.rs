//! What is told about a document: computed once, then written in any format.

mod attributes;
mod baseline;
mod batch;
mod cleaning;
mod dossier;
pub mod evaluation;
mod explanation;
mod failure;
mod fingerprint;
mod grounds;
mod line_index;
mod passage;
pub mod proposals;
mod record;
pub mod render;
#[expect(clippy::module_inception, reason = "the report of the report folder")]
mod report;
mod rule;
mod score;
mod sentence;
pub mod wire;
pub mod wire_clean;
pub mod wire_review;
pub mod wire_score;

pub use attributes::Attributes;
pub use baseline::{BASELINE, Baseline, BaselineError};
pub use batch::{batch_check, batch_fix, batch_score};
pub use cleaning::{Cleaning, CutRow};
pub use dossier::{Dossier, Inquiry, Piece, Stretch};
pub use explanation::Explanation;
pub use failure::Failure;
pub use fingerprint::FINGERPRINT;
pub use grounds::Ground;
pub use line_index::{LineIndex, Place};
pub use passage::{HEAT_LEVELS, Passage, heat, heats, passages};
pub use record::{ADDED_FIELD, Record, RecordError};
pub use report::{Evidence, Excerpt, Replacement, Report, Row, is_listed};
pub(crate) use report::{head, plain, tail};
pub use rule::{HELP, RULES, Rule, UNREAD};
pub use score::{
    Comparison, ComparisonRow, Measure, Reading, ScoreReport, SortKey, Totals, TraceRow, TranslationReport,
};
pub use sentence::{Correction, Sentence};
