//! What was found in an article, at its places in the page that it was cut from.

use super::line_index::{LineIndex, Place};
use super::passage::Passage;
use super::report::Report;
use super::score::ScoreReport;
use crate::clean::Cleaned;
use crate::repair::Origin;
use crate::text::Span;

/// Where the text of a cleaned page lies in the page as it came.
#[derive(Debug)]
pub struct PagePlaces<'a> {
    page: &'a str,
    index: LineIndex<'a>,
    origin: Origin<'a>,
}

impl<'a> PagePlaces<'a> {
    /// The places of a page, by what was cut from it.
    pub fn new(page: &'a str, cleaned: &'a Cleaned) -> Self {
        let origin = Origin::new(&cleaned.fixes, &cleaned.landed);
        Self { page, index: LineIndex::new(page), origin }
    }

    /// The place of some text; `None` if something was cut inside it.
    pub fn of(&self, place: &Place) -> Option<Place> {
        self.span(place.bytes).map(|span| self.index.place(span))
    }

    /// The same for bytes.
    pub fn span(&self, span: Span) -> Option<Span> {
        self.origin.before(span)
    }

    /// Moves a report. A finding across a cut is dropped: its words never stood together. Says which findings are kept.
    pub(super) fn move_report(&self, report: &mut Report) -> Vec<bool> {
        let mut is_kept = Vec::with_capacity(report.rows.len());
        for row in &mut report.rows {
            let place = self.of(&row.place);
            is_kept.push(place.is_some());
            if let Some(place) = place {
                place.bytes.of(self.page).clone_into(&mut row.text);
                row.place = place;
            }
        }
        let mut kept = is_kept.iter();
        report.rows.retain(|_| kept.next() == Some(&true));
        self.move_passages(&mut report.passages);
        is_kept
    }

    /// Moves passages and traces of a translation.
    pub(super) fn move_score(&self, score: &mut ScoreReport) {
        self.move_passages(&mut score.passages);
        for trace in &mut score.translation.rows {
            trace.place = self.of(&trace.place).unwrap_or(trace.place);
        }
    }

    fn move_passages(&self, passages: &mut [Passage]) {
        for passage in passages {
            let bytes = passage.place.bytes;
            // A passage may have a cut in it: it begins where its first character does.
            let end = |at| self.origin.before(Span::new(at, at));
            if let (Some(first), Some(last)) = (end(bytes.start()), end(bytes.end())) {
                passage.place = self.index.place(first.cover(last));
            }
        }
    }
}

impl Report {
    /// The report of a cleaned page, with the places that everything has in the page as it came. What was found across a cut is left out:
    /// its words never stood together.
    #[must_use]
    pub fn on_page(mut self, page: &str, cleaned: &Cleaned) -> Self {
        PagePlaces::new(page, cleaned).move_report(&mut self);
        self
    }
}
