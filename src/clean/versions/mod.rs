//! Pages that show two versions of an article side by side, flattened into one column.
//!
//! Sites that watch news articles for changes show the paragraphs of two versions as the rows of a table. Scraped, each row is one line:
//! the old paragraph, a space, the new one. Where the one ends and the other begins has to be inferred:
//!
//! - An unchanged paragraph stands twice.
//! - An edited one shares most of its words with its counterpart.
//! - Rows of a rewritten block pair paragraphs that have nothing to do with each other. What sentences do at the end of a paragraph and at
//!   the beginning of the next, how long the paragraphs of each version are, and what the same page says elsewhere tell them apart.
//! - Between two unchanged rows such pages pair paragraphs from the top; what the longer version has left follows in rows of one cell.
//!
//! The evidence is weighed by a conditional logit over the places where a line can be split (`weights`), row by row; a block between
//! unchanged rows is then decided as a whole (`block`), and several times, since each decision says something about the others (`page`).

mod block;
mod features;
mod header;
mod page;
mod row;
mod weights;

use crate::text::Span;

use header::Header;
use page::Page;

/// A version-diff page, taken apart. Every line that is not empty is either in `header` or a row.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionPage {
    /// Whose article it is, as the page says: "guardian".
    pub source: Option<String>,
    /// The address of the article itself.
    pub url: Option<String>,
    /// The number of the version on the left.
    pub old: u32,
    /// The number of the version on the right. A page may well show the earlier version there.
    pub new: u32,
    /// Lines that belong to neither version: what the site says about the article, the column heads, times, the site's last line.
    pub header: Vec<Span>,
    /// The rows of the table, in order.
    pub rows: Vec<VersionRow>,
}

/// A row: a paragraph of the old version, one of the new version, or both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VersionRow {
    /// The paragraph of the version on the left.
    pub old: Option<Span>,
    /// The paragraph of the version on the right.
    pub new: Option<Span>,
    /// How sure it is that the row was split so, from 0 to 1: 1 for an unchanged paragraph.
    pub confidence: f64,
}

impl VersionPage {
    /// The paragraphs of the version on the left.
    pub fn old_paragraphs(&self) -> impl Iterator<Item = Span> {
        self.rows.iter().filter_map(|row| row.old)
    }

    /// The paragraphs of the version on the right.
    pub fn new_paragraphs(&self) -> impl Iterator<Item = Span> {
        self.rows.iter().filter_map(|row| row.new)
    }
}

/// Takes a version-diff page apart; `None` if the text is none.
///
/// Decided by the first lines: other texts cost next to nothing. Split are the lines of the table, each by itself; a line is never joined to
/// another one.
pub fn version_page(text: &str) -> Option<VersionPage> {
    let header = Header::of(text)?;
    let rows = Page::new(text, &header.rows, header.has_titles()).take_apart();
    if !header.is_borne_out(text, &rows) {
        return None;
    }
    Some(VersionPage {
        source: header.source,
        url: header.url,
        old: header.old,
        new: header.new,
        header: header.lines,
        rows,
    })
}
