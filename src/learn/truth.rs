//! Whether a reading is what really stood there.

use crate::detect::Candidate;
use crate::evaluate::Row;
use crate::repair::wording;
use crate::text::Tokens;

/// Whether a candidate undoes exactly one change of an aligned text.
pub(super) fn is_right(row: &Row, tokens: &Tokens, candidate: &Candidate<'_>) -> bool {
    let range = &candidate.tokens;
    let span = tokens.span(range.start, range.end);
    row.gold.binary_search_by(|gold| gold.span.cmp(&span)).is_ok_and(|at| {
        row.gold[at].accepted.contains(&wording(&candidate.row.substitution(), tokens, range.start))
    })
}
