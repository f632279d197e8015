//! What is told about a document: computed once, then written in any format.

mod batch;
pub mod evaluation;
mod explanation;
mod grounds;
mod line_index;
pub mod proposals;
mod record;
pub mod render;
#[expect(clippy::module_inception, reason = "the report of the report folder")]
mod report;
mod score;
pub mod wire;
pub mod wire_score;

pub use batch::{batch_check, batch_fix, batch_score};
pub use explanation::Explanation;
pub use grounds::Ground;
pub use line_index::{LineIndex, Place};
pub use record::{Record, RecordError};
pub use report::{Evidence, Excerpt, Replacement, Report, Row, is_listed};
pub use score::{
    Comparison, ComparisonRow, Measure, Reading, ScoreReport, SortKey, Totals, TraceRow, TranslationReport,
};
