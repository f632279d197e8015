//! Reports as text: one pure function for each format, value in, text out.

mod checkstyle;
mod cleaning;
mod concise;
mod diff;
mod evaluation;
mod explain;
mod full;
mod github;
mod gitlab;
mod html;
mod json;
mod jsonl;
mod junit;
mod kept_text;
mod m2;
mod path;
mod proposals;
mod rdjson;
#[cfg(test)]
pub(crate) mod samples;
mod sarif;
mod score;
mod strip;
mod style;
mod summary;
mod table;
mod xml;

pub use checkstyle::checkstyle;
pub use cleaning::{cleaning_full, cleaning_json, cleaning_jsonl, cleaning_jsonl_meta, cleaning_summary};
pub use concise::concise;
pub use diff::{DiffOptions, diff_side_by_side, diff_unified, diff_words};
pub use evaluation::{evaluation_full, evaluation_json};
pub use explain::{explain_full, explain_json};
pub use full::full;
pub use github::{github, github_failure};
pub use gitlab::gitlab;
pub use html::{HtmlEntry, html_document, html_head, html_is_open, html_tail};
pub use json::json;
pub use jsonl::{jsonl, jsonl_failure, jsonl_meta};
pub use junit::junit;
pub use kept_text::{kept_text, kept_text_full, kept_text_json, page_mistakes};
pub use m2::m2;
pub use proposals::{proposals_json, proposals_summary};
pub use rdjson::rdjson;
pub use sarif::sarif;
pub use score::{
    comparison_csv, comparison_full, comparison_json, comparison_jsonl, score_csv, score_csv_header,
    score_full, score_json, score_jsonl, score_jsonl_meta, score_jsonl_total, score_table,
};
pub use strip::Glyphs;
pub use style::Style;
pub use summary::{fix_summary, verdict_line};
