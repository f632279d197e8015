//! Everything that is told about one document, already located and counted.

use super::fingerprint::Fingerprints;
use super::grounds::Ground;
use super::line_index::{LineIndex, Place};
use super::passage::{Passage, passages};
use super::sentence::Sentence;
use crate::detect::{Alternative, Finding, Verdict, VerdictKind};
use crate::pipeline::{Mended, Scan};
use crate::repair::{
    Applicability, Cause, Edit, Fix, Outcome, PlannedFix, Policy, Quotes, Reservation, SkipReason, apply,
    article_before, capitalised,
};
use crate::text::{Case, Document, Span, Tokens};

/// What is told about one document.
#[derive(Debug, Clone)]
pub struct Report {
    /// The file as it was named, or `-` for standard input.
    pub path: String,
    /// Is it spun?
    pub verdict: Verdict,
    /// The places to be shown, in order.
    pub rows: Vec<Row>,
    /// How much of each passage was replaced; none for a repair.
    pub passages: Vec<Passage>,
    /// The text as tokens, where that was asked for.
    pub sentences: Vec<Sentence>,
}

/// A place that may be spun, with what may have stood there.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it is. Replacing these bytes by a replacement's value makes the change.
    pub place: Place,
    /// The rule that found it.
    pub rule: &'static str,
    /// The finding in one sentence.
    pub message: String,
    /// The text that stands there.
    pub text: String,
    /// What may have stood there, the likeliest first.
    pub replacements: Vec<Replacement>,
    /// How safe it is to apply the first replacement.
    pub applicability: Applicability,
    /// Why that is less than the confidence says.
    pub reservation: Option<Reservation>,
    /// Why it was found.
    pub evidence: Evidence,
    /// What became of it, where something was repaired.
    pub outcome: Option<Outcome>,
    /// What spoke for its alternatives, where that was asked for.
    pub grounds: Vec<Ground>,
    /// The sentence around it.
    pub excerpt: Excerpt,
    /// What it is recognised by in another version of the text: see [`FINGERPRINT`](super::FINGERPRINT).
    pub fingerprint: String,
}

impl Row {
    /// Probability in [0, 1] of the likeliest replacement.
    pub fn confidence(&self) -> f64 {
        self.replacements.first().map_or(0.0, |replacement| replacement.confidence)
    }
}

/// A wording that may have stood at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Replacement {
    /// What would stand there.
    pub value: String,
    /// Probability in [0, 1] that it stood there.
    pub confidence: f64,
}

/// Why a place was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The dictionary row's spun form.
    pub spun: String,
    /// The dictionary row's canonical form.
    pub canonical: String,
    /// The family of spinners that does this.
    pub family: String,
    /// Where the dictionary row comes from.
    pub source: String,
    /// Whether the place lies in a quotation.
    pub in_quotation: bool,
    /// Probability that the place stands as it was written; `None` where a fix spans several findings.
    pub keep: Option<f64>,
}

/// The sentence around a place, cut to one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// What comes before the place.
    pub before: String,
    /// The place.
    pub text: String,
    /// What comes after it.
    pub after: String,
}

/// Whether `check` lists a fix: whatever it would apply or ask about, and in documents that are merely suspect whatever is likely
/// enough.
pub fn is_listed(verdict: &Verdict, planned: &PlannedFix, policy: &Policy) -> bool {
    let likely = planned.fix.confidence >= policy.min_confidence;
    match planned.outcome {
        Outcome::Applied => true,
        Outcome::Skipped(SkipReason::VerdictNotSpun) => verdict.kind == VerdictKind::Suspect && likely,
        Outcome::Skipped(SkipReason::InQuotation) => {
            let judged = matches!(verdict.kind, VerdictKind::Spun | VerdictKind::Suspect);
            policy.quotes == Quotes::Ask && (judged || policy.any_verdict) && likely
        }
        Outcome::Skipped(SkipReason::DisplayOnly) => likely,
        Outcome::Skipped(_) => false,
    }
}

impl Report {
    /// The report of a scan whose findings were planned with a policy.
    pub fn of_scan(
        path: &str,
        document: &Document,
        scan: &Scan<'_>,
        planned: &[PlannedFix],
        policy: &Policy,
    ) -> Self {
        let mut writer = Writer::new(document, Some(&scan.tokens));
        let listed = planned.iter().filter(|p| is_listed(&scan.verdict, p, policy));
        let rows = listed.map(|p| {
            // In order, so that a look-up need not go through all of them.
            let first = scan.findings.partition_point(|f| f.span.end() <= p.fix.span().start());
            let finding =
                scan.findings[first..].iter().find(|f| p.fix.edits.iter().any(|e| e.span.contains(f.span)));
            let mut row = writer.row(&p.fix, finding);
            if p.outcome == Outcome::Skipped(SkipReason::VerdictNotSpun) {
                row.applicability = Applicability::Display;
            }
            row
        });
        let rows = rows.collect();
        Self {
            path: path.to_owned(),
            verdict: scan.verdict.clone(),
            rows,
            passages: passages(scan, &writer.index),
            sentences: Vec::new(),
        }
    }

    /// The report of a repair: one row for each fix, applied or not, but for quotations that the policy keeps.
    pub fn of_mended(path: &str, document: &Document, mended: &Mended, policy: &Policy) -> Self {
        let mut writer = Writer::new(document, None);
        let kept = |p: &PlannedFix| {
            policy.quotes == Quotes::Keep && p.outcome == Outcome::Skipped(SkipReason::InQuotation)
        };
        let fixes = mended.fixes.iter().filter(|p| !kept(p));
        let rows = fixes.map(|p| Row { outcome: Some(p.outcome), ..writer.row(&p.fix, None) });
        Self {
            path: path.to_owned(),
            verdict: mended.verdict.clone(),
            rows: rows.collect(),
            passages: Vec::new(),
            sentences: Vec::new(),
        }
    }

    /// How many fixes were applied.
    pub fn applied(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome.is_some_and(Outcome::is_applied)).count()
    }
}

struct Writer<'t> {
    text: &'t str,
    index: LineIndex<'t>,
    tokens: Option<&'t Tokens>,
    fingerprints: Fingerprints,
}

impl<'t> Writer<'t> {
    fn new(document: &'t Document, tokens: Option<&'t Tokens>) -> Self {
        let text = document.text();
        Self { text, index: LineIndex::new(text), tokens, fingerprints: Fingerprints::default() }
    }

    /// The next row.
    fn row(&mut self, fix: &Fix, finding: Option<&Finding<'_>>) -> Row {
        let (span, rule) = (fix.span(), fix.cause.rule());
        let fingerprint = self.fingerprints.next(rule, self.text, span);
        let text = span.of(self.text).to_owned();
        let first = Replacement { value: self.changed(span, &fix.edits), confidence: fix.confidence };
        let mut replacements = vec![first];
        for other in finding.map_or(&[][..], |f| f.alternatives.get(1..).unwrap_or_default()) {
            let value = self.changed(span, &self.edits_of(other, fix));
            if replacements.iter().all(|r| r.value != value) {
                replacements.push(Replacement { value, confidence: other.posterior });
            }
        }
        Row {
            place: self.index.place(span),
            rule,
            message: message(&fix.cause, &text, &replacements[0].value),
            text,
            replacements,
            applicability: fix.applicability(),
            reservation: fix.reservation,
            evidence: evidence(&fix.cause, finding),
            outcome: None,
            grounds: Vec::new(),
            excerpt: self
                .tokens
                .map(|tokens| Excerpt::around(&self.index, tokens, self.text, span, MOST))
                .unwrap_or_default(),
            fingerprint,
        }
    }

    /// The text under a span after some edits of it.
    fn changed(&self, span: Span, edits: &[Edit]) -> String {
        let moved = |edit: &Edit| {
            let inside = span.contains(edit.span);
            inside.then(|| Edit {
                span: Span::new(edit.span.start() - span.start(), edit.span.end() - span.start()),
                replacement: edit.replacement.clone(),
            })
        };
        let edits: Vec<Edit> = edits.iter().filter_map(moved).collect();
        apply(span.of(self.text), &edits)
            .map_or_else(|_| span.of(self.text).to_owned(), |applied| applied.text)
    }

    /// What another alternative would change where a fix stands, its article included.
    fn edits_of(&self, alternative: &Alternative<'_>, fix: &Fix) -> Vec<Edit> {
        let mut edits = Vec::new();
        if let [article, _] = fix.edits.as_slice() {
            let there = article.span.of(self.text);
            if let Some(wanted) = alternative.replacement.split([' ', '-']).next().and_then(article_before) {
                let replacement =
                    if Case::of(there) == Case::Lower { wanted.to_owned() } else { capitalised(wanted) };
                edits.push(Edit { span: article.span, replacement });
            }
        }
        let replacement = alternative.core_replacement().to_owned();
        edits.push(Edit { span: alternative.core, replacement });
        edits
    }
}

impl Excerpt {
    /// The sentence around a span, within its lines, cut where it is longer than so many characters before and after it.
    pub(crate) fn around(
        index: &LineIndex<'_>,
        tokens: &Tokens,
        text: &str,
        span: Span,
        most: (usize, usize),
    ) -> Self {
        let all = tokens.as_slice();
        let here = tokens.at(span.start()).min(all.len());
        let place = index.place(span);
        let (line, last_line) = (index.line(place.line), index.line(place.end_line));
        let start = all[..(here + 1).min(all.len())].iter().rev().find(|t| t.starts_sentence);
        let end = all[here..].iter().skip_while(|t| t.span.start() < span.end()).find(|t| t.starts_sentence);
        let start = start.map_or(0, |t| t.span.start()).max(line.start()).min(span.start());
        let end = end.map_or(text.len(), |t| t.span.start()).min(last_line.end()).max(span.end());
        Self {
            before: tail(&plain(&text[start..span.start()]), most.0),
            text: plain(span.of(text)),
            after: head(plain(&text[span.end()..end]).trim_end(), most.1),
        }
    }
}

/// Characters of a sentence that are shown before and after a place.
const MOST: (usize, usize) = (60, 50);

/// The text as one line that can be shown: white space and control characters become spaces.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() || c.is_control() || c == '\u{feff}' { ' ' } else { c })
        .collect()
}

pub(crate) fn tail(text: &str, most: usize) -> String {
    match text.char_indices().rev().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => {
            // Cut between words.
            let rest = &text[at..];
            format!("… {}", rest.find(' ').map_or(rest, |space| &rest[space + 1..]))
        }
    }
}

pub(crate) fn head(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => {
            let rest = &text[..at];
            format!("{} …", rest.rfind(' ').map_or(rest, |space| &rest[..space]))
        }
    }
}

fn message(cause: &Cause, text: &str, value: &str) -> String {
    if !matches!(cause, Cause::SpunPhrase { .. }) {
        return cause.why();
    }
    format!("\"{}\" may stand for \"{}\"", plain(text), plain(value))
}

fn evidence(cause: &Cause, finding: Option<&Finding<'_>>) -> Evidence {
    let Cause::SpunPhrase { spun, canonical, family, source, quoted } = cause else {
        return Evidence::default();
    };
    Evidence {
        spun: spun.clone(),
        canonical: canonical.clone(),
        family: family.clone(),
        source: source.clone(),
        in_quotation: *quoted,
        keep: finding.map(|f| f.keep_posterior),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_cut_between_words() {
        assert_eq!(tail("one two three", 7), "… three");
        assert_eq!(tail("one two", 7), "one two");
        assert_eq!(head("one two three", 9), "one two …");
        assert_eq!(head("one", 9), "one");
        assert_eq!(plain("a\tb\r\nc\0"), "a b  c ");
    }
}
