//! Rows that were learned from pairs of texts.

use std::fmt::Write as _;

use crate::pairs::{Proposals, Status};
use crate::report::proposals::ProposalStream;

/// One JSON object with a last newline.
///
/// # Errors
///
/// If serialising fails.
pub fn proposals_json(proposals: &Proposals) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&ProposalStream::new(proposals))? + "\n")
}

/// What was found, in a few lines without a last newline.
pub fn proposals_summary(proposals: &Proposals) -> String {
    let Proposals { rows, summary } = proposals;
    let new = rows.iter().filter(|row| row.status == Status::New).count();
    let mut out = format!(
        "{} pairs of texts, {} sentences aligned; {} of the copies and {} of the originals have no partner\n\
         {} substitutions by known rows, {} by new ones; {} rows proposed, {new} of them new",
        summary.documents,
        summary.sentences,
        summary.added,
        summary.missing,
        summary.known,
        summary.new,
        rows.len()
    );
    if !summary.set_aside.is_empty() {
        let reasons: Vec<String> =
            summary.set_aside.iter().map(|(reason, count)| format!("{count} {}", reason.name())).collect();
        let _ = write!(out, "\nset aside: {}", reasons.join(", "));
    }
    for name in &summary.strangers {
        let _ = write!(out, "\n{name}: hardly a sentence has a partner: is this the original of that copy?");
    }
    if summary.is_swapped() {
        let _ = write!(
            out,
            "\n{} substitutions are known the other way round: the copy comes first, then the original",
            summary.reversed
        );
    }
    out
}
