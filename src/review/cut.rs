//! Cuts of a page, looked at like fixes.

use super::item::{Context, Item, Proposal};
use crate::report::{Cleaning, CutRow, Evidence, Excerpt, PagePlaces, Place, Replacement, Row};
use crate::text::Span;

/// Whether a rule is about a page rather than its wording: what it cuts or repairs is done before the wording is looked at.
pub fn is_of_page(rule: &str) -> bool {
    matches!(rule, "furniture" | "second-article" | "other-version" | "damage")
}

/// The items of a page: its cuts and repairs that have at least some confidence or are made anyway, and the fixes of its article, which
/// get their places in the page. Fixes across a cut that is made are left out: their words never stood together. A cut that is not made
/// gives way to the fixes in its line, so that they can be decided on.
///
/// `page` is the text as it came; `document` is its number among those that are reviewed, and `fixes` are the article's.
pub fn page_items(
    document: usize,
    page: &str,
    cleaning: &Cleaning,
    places: &PagePlaces<'_>,
    fixes: Vec<Item>,
    min_confidence: f64,
) -> Vec<Item> {
    let mut out: Vec<Item> = fixes.into_iter().filter_map(|item| moved(item, page, places)).collect();
    let is_looked_at = |row: &&CutRow| {
        let holds_fix = || out.iter().any(|item| item.span().overlaps(row.place.bytes));
        row.outcome.is_applied() || row.confidence >= min_confidence && !holds_fix()
    };
    let cuts = cleaning.rows.iter().filter(is_looked_at).map(|row| cut(document, &cleaning.path, page, row));
    let cuts: Vec<Item> = cuts.collect();
    out.extend(cuts);
    out.sort_by_key(Item::span);
    // A repair of damage may lie inside a fix, which has it with it.
    let mut end = 0;
    out.retain(|item| {
        let is_free = item.span().start() >= end;
        end = end.max(item.span().end());
        is_free
    });
    out
}

fn cut(document: usize, path: &str, page: &str, row: &CutRow) -> Item {
    let span = row.place.bytes;
    // A line that would not be cut is planned without its end, which goes with it if it is cut after all.
    let span = match page[span.end()..].split_inclusive('\n').next() {
        Some(rest) if !row.outcome.is_applied() && row.after.is_empty() && rest.trim().is_empty() => {
            Span::new(span.start(), span.end() + rest.len())
        }
        _ => span,
    };
    let before = span.of(page).to_owned();
    let proposal =
        Proposal { span, before: before.clone(), after: row.after.clone(), confidence: row.confidence };
    Item {
        document,
        path: path.to_owned(),
        row: Row {
            place: Place { bytes: span, ..row.place },
            rule: row.rule,
            message: row.why.clone(),
            text: before,
            replacements: vec![Replacement { value: row.after.clone(), confidence: row.confidence }],
            applicability: row.applicability,
            reservation: None,
            evidence: Evidence { keep: Some(1.0 - row.confidence), ..Evidence::default() },
            outcome: None,
            grounds: Vec::new(),
            excerpt: Excerpt::default(),
            fingerprint: String::new(),
        },
        context: around(page, span),
        proposals: vec![proposal],
        is_description: false,
    }
}

/// What stands before and after a place: of its own line, or else the lines next to it.
fn around(page: &str, span: Span) -> Context {
    let (head, tail) = (&page[..span.start()], &page[span.end()..]);
    let last = head.trim_end().rsplit('\n').next().unwrap_or_default();
    let next = tail.trim_start().split('\n').next().unwrap_or_default();
    let inside = span.of(page);
    let mark = |gap: &[&str]| if gap.iter().any(|part| part.contains('\n')) { " ¶ " } else { "" };
    let above = [&head[head.trim_end().len()..], &inside[..inside.len() - inside.trim_start().len()]];
    let below = [&inside[inside.trim_end().len()..], &tail[..tail.len() - tail.trim_start().len()]];
    let before = if last.is_empty() { String::new() } else { format!("{last}{}", mark(&above)) };
    let after = if next.is_empty() { String::new() } else { format!("{}{next}", mark(&below)) };
    Context { before, after }
}

/// An item of the article at its place in the page.
fn moved(mut item: Item, page: &str, places: &PagePlaces<'_>) -> Option<Item> {
    let place = places.of(&item.row.place)?;
    place.bytes.of(page).clone_into(&mut item.row.text);
    item.row.place = place;
    for proposal in &mut item.proposals {
        let span = places.span(proposal.span)?;
        (proposal.span, proposal.before) = (span, span.of(page).to_owned());
    }
    Some(item)
}
