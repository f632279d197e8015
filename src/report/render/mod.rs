//! Reports as text: one pure function for each format, value in, text out.

mod cleaning;
mod concise;
mod diff;
mod evaluation;
mod explain;
mod full;
mod json;
mod jsonl;
mod kept_text;
mod proposals;
mod style;
mod summary;

pub use cleaning::{cleaning_full, cleaning_json, cleaning_jsonl, cleaning_jsonl_meta, cleaning_summary};
pub use concise::concise;
pub use diff::diff;
pub use evaluation::{evaluation_full, evaluation_json};
pub use explain::{explain_full, explain_json};
pub use full::full;
pub use json::json;
pub use kept_text::{kept_text, kept_text_full, kept_text_json, page_mistakes};
pub use jsonl::{jsonl, jsonl_error, jsonl_meta};
pub use proposals::{proposals_json, proposals_summary};
pub use style::Style;
pub use summary::{fix_summary, verdict_line};
