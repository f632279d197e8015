//! Reports as text: one pure function for each format, value in, text out.

mod concise;
mod diff;
mod evaluation;
mod explain;
mod full;
mod json;
mod jsonl;
mod proposals;
mod score;
mod style;
mod summary;
mod table;

pub use concise::concise;
pub use diff::diff;
pub use evaluation::{evaluation_full, evaluation_json};
pub use explain::{explain_full, explain_json};
pub use full::full;
pub use json::json;
pub use jsonl::{jsonl, jsonl_error, jsonl_meta};
pub use proposals::{proposals_json, proposals_summary};
pub use score::{
    comparison_csv, comparison_full, comparison_json, comparison_jsonl, score_csv, score_csv_header,
    score_full, score_json, score_jsonl, score_jsonl_meta, score_jsonl_total, score_table,
};
pub use style::Style;
pub use summary::{fix_summary, verdict_line};
