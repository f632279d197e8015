//! All that is told about one document where its whole text is shown.

use super::baseline::Baseline;
use super::cleaning::Cleaning;
use super::comparison::ComparisonRow;
use super::measure::{Measure, Reading};
use super::on_page::PagePlaces;
use super::report::{Report, Row};
use super::score::{ScoreReport, SortKey};
use crate::clean::{CleanPolicy, Cleaner, Page};
use crate::pipeline::Engine;
use crate::readability::Formula;
use crate::repair::{Applicability, PlannedFix, Policy, applied_edits, apply};
use crate::text::{Document, Span, Tokens};

/// All that is told about one document where its whole text is shown.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// SHA-256 of the text as it came, in lower-case hexadecimal.
    pub digest: String,
    /// The findings, at their places in the text as it came.
    pub report: Report,
    /// Verdict, reading and passages of the article.
    pub score: ScoreReport,
    /// How the text reads as it came, and after cuts and repairs.
    pub readings: Vec<ComparisonRow>,
    /// What was cut, where that was asked for.
    pub cleaning: Option<Cleaning>,
    /// The text as it came, in order; blank lines are left out.
    pub stretches: Vec<Stretch>,
    /// Accepted findings that are left out.
    pub left_out: usize,
}

/// A line, or several if a change reaches across their ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Number of the first line, from 1.
    pub line: usize,
    /// What it is made of.
    pub pieces: Vec<Piece>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Text that stays.
    Text(String),
    /// A finding.
    Finding {
        /// Its number in the report, from 0.
        row: usize,
        /// Whether a repair makes the change.
        is_applied: bool,
    },
    /// A cut or a repair of damage: its number in the cleaning, from 0.
    Cut(usize),
}

/// The measures that are shown before and after.
const MEASURES: [Measure; 6] = [
    Measure::Words,
    Measure::Sentences,
    Measure::Formula(Formula::FleschReadingEase),
    Measure::Grade,
    Measure::ReadingSeconds,
    Measure::BitsPerWord,
];

/// What a dossier is made with.
#[derive(Debug, Clone, Copy)]
pub struct Inquiry<'a> {
    /// What documents are judged with.
    pub engine: &'a Engine,
    /// What is listed.
    pub policy: &'a Policy,
    /// How pages are cut, if they are.
    pub cleaning: Option<(&'a Cleaner<'a>, CleanPolicy)>,
    /// Findings that are accepted.
    pub baseline: &'a Baseline,
    /// Whether to say what spoke for each alternative.
    pub explains: bool,
}

impl Inquiry<'_> {
    /// The dossier of a page.
    pub fn of(&self, path: &str, page: &Page) -> Dossier {
        let text = page.document.text();
        let cleaned = self.cleaning.map(|(cleaner, policy)| cleaner.clean_read(page, &policy));
        let article = cleaned.as_ref().map(|cleaned| Document::new(cleaned.text.as_str()));
        let article = article.as_ref().unwrap_or(&page.document);
        let scan = self.engine.decode(article);
        let planned = self.engine.plan(article, &scan, self.policy);
        let report = Report::of_scan(path, article, &scan, &planned, self.policy);
        let (mut report, left_out) = report.without(self.baseline);
        if self.explains {
            report = report.explained(&scan.findings, &self.engine.explain(article, &scan));
        }
        let chosen = chosen(&report, planned);
        let mut score = ScoreReport::of_scan(path, article, &scan, self.engine);
        let after = apply(article.text(), applied_edits(&chosen)).map(|applied| applied.text);
        // Planned fixes never overlap.
        let after = after.unwrap_or_else(|_| article.text().to_owned());
        let before = match &cleaned {
            Some(_) => Reading::of(text, &Tokens::of(text), self.engine),
            None => score.reading,
        };
        let readings = readings(&before, &Reading::of(&after, &Tokens::of(&after), self.engine));
        let is_applied =
            |row: &Row| chosen.binary_search_by_key(&row.place.bytes, |planned| planned.fix.span()).is_ok();
        let mut applied: Vec<bool> = report.rows.iter().map(is_applied).collect();
        let cleaning = cleaned.map(|cleaned| {
            let places = PagePlaces::new(text, &cleaned);
            let mut is_kept = places.move_report(&mut report).into_iter();
            applied.retain(|_| is_kept.next() == Some(true));
            places.move_score(&mut score);
            Cleaning::new(path, text, &cleaned, page.extraction.as_ref())
        });
        let stretches = laid_out(text, &report, &applied, cleaning.as_ref());
        let digest = page.document.sha256();
        Dossier { digest, report, score, readings, cleaning, stretches, left_out }
    }
}

/// The fixes of a report that a repair would make.
fn chosen(report: &Report, planned: Vec<PlannedFix>) -> Vec<PlannedFix> {
    let mut rows = report.rows.iter().map(|row| row.place.bytes).peekable();
    let is_shown = |planned: &PlannedFix| {
        let span = planned.fix.span();
        while rows.next_if(|row| *row < span).is_some() {}
        rows.next_if_eq(&span).is_some()
    };
    let is_likely = |planned: &PlannedFix| planned.fix.applicability() > Applicability::Display;
    let mut is_shown = is_shown;
    planned.into_iter().filter(|p| is_shown(p) && p.outcome.is_applied() && is_likely(p)).collect()
}

fn readings(before: &Reading, after: &Reading) -> Vec<ComparisonRow> {
    let row =
        |measure| ComparisonRow::new(SortKey::Measure(measure), before.get(measure), after.get(measure));
    MEASURES.map(row).into()
}

/// A text with its marks, divided into lines; `applied` says of each finding whether a repair makes the change.
pub(super) fn laid_out(
    text: &str,
    report: &Report,
    applied: &[bool],
    cleaning: Option<&Cleaning>,
) -> Vec<Stretch> {
    stretches(text, &marks(report, applied, cleaning))
}

/// What is marked in a text: spans in order, none of which overlap.
fn marks(report: &Report, applied: &[bool], cleaning: Option<&Cleaning>) -> Vec<(Span, Piece)> {
    let finding = |(row, (found, &is_applied)): (usize, (&Row, &bool))| {
        (found.place.bytes, Piece::Finding { row, is_applied })
    };
    let mut out: Vec<_> = report.rows.iter().zip(applied).enumerate().map(finding).collect();
    let cuts = cleaning.map_or(&[][..], |cleaning| &cleaning.rows);
    let cuts = cuts.iter().enumerate().filter(|(_, cut)| cut.outcome.is_applied());
    out.extend(cuts.map(|(number, cut)| (cut.place.bytes, Piece::Cut(number))));
    // A finding has with it what was repaired inside it.
    out.sort_by_key(|(span, piece)| (span.start(), matches!(piece, Piece::Cut(_))));
    let mut end = 0;
    out.retain(|(span, _)| {
        let is_free = span.start() >= end;
        end = if is_free { span.end() } else { end };
        is_free
    });
    out
}

/// Divides a text at its line ends, but for those inside a mark.
fn stretches(text: &str, marks: &[(Span, Piece)]) -> Vec<Stretch> {
    let mut out = Out { line: 1, stretches: Vec::new(), open: Stretch { line: 1, pieces: Vec::new() } };
    let mut from = 0;
    for (span, piece) in marks {
        out.text(&text[from..span.start()]);
        match piece {
            Piece::Cut(_) => out.cut(span.of(text), piece),
            _ => out.piece(span.of(text), piece),
        }
        from = span.end();
    }
    out.text(&text[from..]);
    out.end();
    out.stretches
}

struct Out {
    line: usize,
    stretches: Vec<Stretch>,
    open: Stretch,
}

impl Out {
    fn text(&mut self, text: &str) {
        for part in text.split_inclusive('\n') {
            let bare = part.trim_end_matches(['\r', '\n']);
            if !bare.is_empty() {
                self.open.pieces.push(Piece::Text(bare.to_owned()));
            }
            if part.ends_with('\n') {
                self.line += 1;
                self.end();
            }
        }
    }

    fn piece(&mut self, text: &str, piece: &Piece) {
        self.open.pieces.push(piece.clone());
        self.line += text.matches('\n').count();
    }

    /// A cut has line ends around it that were cut with it. One of nothing else is not shown.
    fn cut(&mut self, text: &str, piece: &Piece) {
        let bare = text.trim_start_matches(['\r', '\n']);
        if bare.len() < text.len() {
            self.text(&text[..text.len() - bare.len()]);
        }
        if bare.trim().is_empty() {
            return self.text(bare);
        }
        self.piece(bare, piece);
        if bare.ends_with('\n') {
            self.end();
        }
    }

    /// Ends a stretch; one of white space is nothing to show.
    fn end(&mut self) {
        let next = Stretch { line: self.line, pieces: Vec::new() };
        let done = std::mem::replace(&mut self.open, next);
        let is_blank = |piece: &Piece| matches!(piece, Piece::Text(text) if text.trim().is_empty());
        if !done.pieces.iter().all(is_blank) {
            self.stretches.push(done);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn lines_are_divided_but_not_inside_a_change() {
        let page = "a go\r\nto b\n\n \nc d\ne";
        let mark = |part: &str, piece| {
            let at = page.find(part).unwrap();
            (Span::new(at, at + part.len()), piece)
        };
        let finding = Piece::Finding { row: 0, is_applied: true };
        let found = stretches(page, &[mark("go\r\nto", finding.clone()), mark("c d\n", Piece::Cut(0))]);
        let wanted = [
            Stretch { line: 1, pieces: vec![text("a "), finding, text(" b")] },
            Stretch { line: 5, pieces: vec![Piece::Cut(0)] },
            Stretch { line: 6, pieces: vec![text("e")] },
        ];
        assert_eq!(found, wanted);
        assert_eq!(stretches("", &[]), []);
    }

    #[test]
    fn what_is_cut_and_what_is_repaired_stand_in_one_text() {
        let engine = Engine::builtin().unwrap();
        let spun = include_str!("../../samples/spun.txt");
        let page = format!("Skip to content\nSubscribe\n\n{spun}\nSubscribe to our newsletter\n");
        let (cleaner, baseline) = (Cleaner::builtin().unwrap(), Baseline::default());
        let inquiry = Inquiry {
            engine: &engine,
            policy: &Policy { min_confidence: 0.0, ..Policy::default() },
            cleaning: Some((&cleaner, CleanPolicy::default())),
            baseline: &baseline,
            explains: false,
        };
        let page = Page::from(Document::new(page));
        let found = inquiry.of("a.txt", &page);
        let whole = page.document.text();
        assert!(found.report.rows.len() > 90, "{}", found.report.rows.len());
        assert!(found.report.rows.iter().all(|row| row.place.bytes.of(whole) == row.text));
        let cleaning = found.cleaning.unwrap();
        assert!(cleaning.applied() >= 2);
        let shown: String = found
            .stretches
            .iter()
            .flat_map(|stretch| &stretch.pieces)
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Finding { row, .. } => &found.report.rows[*row].text,
                Piece::Cut(row) => &cleaning.rows[*row].before,
            })
            .collect();
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(&shown), bare(whole));
        let first = found.score.passages[0].place;
        assert!(first.bytes.of(whole).starts_with("Overseas minister"), "{first:?}");
    }
}
