//! What is looked at: a fix with all that helps to decide on it.

use super::cut::is_of_page;
use super::decision::{Author, Decision};
use crate::detect::Grounds;
use crate::pipeline::Scan;
use crate::repair::{Choice, Edit, Outcome, PlannedFix, Policy, SkipReason, article_edit};
use crate::report::{Excerpt, LineIndex, Report, Row, head, is_listed, tail};
use crate::text::{Document, Span, Tokens};

/// Characters of a sentence that are kept before and after a place.
const MOST: (usize, usize) = (400, 300);

/// A fix that is reviewed.
#[derive(Debug, Clone)]
pub struct Item {
    /// Number of its text among those that are reviewed, from 0.
    pub document: usize,
    /// Name of the text.
    pub path: String,
    /// What a report says of it.
    pub row: Row,
    /// The sentence around it.
    pub context: Context,
    /// What may have stood there, the likeliest first.
    pub proposals: Vec<Proposal>,
    /// Whether the first of these is a description, not a wording: it can't be accepted as it is.
    pub is_description: bool,
}

/// The sentence around a fix, without what stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// What comes before it.
    pub before: String,
    /// What comes after it.
    pub after: String,
}

impl Context {
    /// The same with no more than so many characters before and after the fix.
    #[must_use]
    pub fn cut(&self, before: usize, after: usize) -> Self {
        Self { before: tail(&self.before, before), after: head(&self.after, after) }
    }
}

/// A wording that may have stood at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Bytes of the text that it replaces: those of the fix, and an article before it that has to agree.
    pub span: Span,
    /// What stands there.
    pub before: String,
    /// What would stand there.
    pub after: String,
    /// Probability in [0, 1] that it stood there.
    pub confidence: f64,
}

impl Item {
    /// Bytes of the fix.
    pub fn span(&self) -> Span {
        self.row.place.bytes
    }

    /// The decision for one of the proposals, if there are that many.
    pub fn pick(&self, number: usize, author: Author) -> Option<Decision> {
        let Proposal { span, before, after, confidence } = self.proposals.get(number)?.clone();
        let choice = if number == 0 { Choice::Accept } else { Choice::Pick };
        let rule = self.row.rule.to_owned();
        Some(Decision { span, before, rule, choice, after: Some(after), confidence, author })
    }

    /// The decision for leaving what stands there.
    pub fn reject(&self, author: Author) -> Decision {
        Decision {
            span: self.span(),
            before: self.row.text.clone(),
            rule: self.row.rule.to_owned(),
            choice: Choice::Reject,
            after: None,
            confidence: self.row.confidence(),
            author,
        }
    }

    /// A wording with the line ends that what stands there has around it, which nobody types.
    fn in_line_ends(&self, wording: &str) -> String {
        let text = &self.row.text;
        let body = text.trim_matches(['\r', '\n']);
        let head = text.len() - text.trim_start_matches(['\r', '\n']).len();
        // Nothing but line ends: all of them come after the wording.
        let (head, tail) =
            if body.is_empty() { ("", text.as_str()) } else { (&text[..head], &text[head + body.len()..]) };
        format!("{head}{wording}{tail}")
    }

    /// The decision for a wording that was typed; for what stands there, that is to leave it.
    pub fn own_wording(&self, wording: &str, author: Author) -> Decision {
        let wording = if is_of_page(self.row.rule) { &self.in_line_ends(wording) } else { wording };
        if wording == self.row.text {
            return self.reject(author);
        }
        let known = |proposal: &&Proposal| proposal.span == self.span() && proposal.after == wording;
        Decision {
            choice: Choice::OwnWording,
            after: Some(wording.to_owned()),
            confidence: self.proposals.iter().find(known).map_or(0.0, |proposal| proposal.confidence),
            ..self.reject(author)
        }
    }
}

/// The fixes of a scanned text that are worth a look: all that have at least the policy's confidence, whatever the verdict.
/// `grounds` is what speaks for the alternatives of each finding; `document` is the number of the text among those reviewed.
pub fn items(
    document: usize,
    path: &str,
    text: &Document,
    scan: &Scan<'_>,
    planned: &[PlannedFix],
    grounds: &[Vec<Option<Grounds>>],
    policy: &Policy,
) -> Vec<Item> {
    let report = Report::of_scan(path, text, scan, planned, policy).explained(&scan.findings, grounds);
    let listed = planned.iter().filter(|planned| is_listed(&scan.verdict, planned, policy));
    let (index, mut free_from) = (LineIndex::new(text.text()), 0);
    let mut out = Vec::new();
    for (planned, row) in listed.zip(report.rows) {
        let place = row.place.bytes;
        let Excerpt { before, after, .. } = Excerpt::around(&index, &scan.tokens, text.text(), place, MOST);
        // The fix itself has its article with it.
        let has_article = planned.fix.edits.len() > 1;
        let proposals = row.replacements.iter().enumerate().map(|(number, replacement)| {
            let edit = Edit { span: place, replacement: replacement.value.clone() };
            let plain = || proposal(text, edit.clone(), replacement.confidence);
            if has_article || number == 0 {
                return plain();
            }
            with_article(text, &scan.tokens, &edit, free_from)
                .map_or_else(plain, |edit| proposal(text, edit, replacement.confidence))
        });
        let proposals = proposals.collect();
        let is_description = planned.outcome == Outcome::Skipped(SkipReason::DisplayOnly);
        let context = Context { before, after };
        out.push(Item { document, path: path.to_owned(), row, context, proposals, is_description });
        free_from = place.end();
    }
    out
}

fn proposal(text: &Document, edit: Edit, confidence: f64) -> Proposal {
    let before = edit.span.get(text.text()).unwrap_or_default().to_owned();
    Proposal { span: edit.span, before, after: edit.replacement, confidence }
}

/// The edit with the article before it, if that has to change.
fn with_article(text: &Document, tokens: &Tokens, edit: &Edit, free_from: usize) -> Option<Edit> {
    let article = article_edit(text.text(), tokens, edit, free_from)?;
    let gap = Span::new(article.span.end(), edit.span.start()).get(text.text())?;
    let replacement = format!("{}{gap}{}", article.replacement, edit.replacement);
    Some(Edit { span: article.span.cover(edit.span), replacement })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::repair::Applicability;
    use crate::report::{Evidence, Replacement};

    /// An item that stands at the beginning of a text of its own.
    pub fn item(text: &str, alternatives: &[(&str, f64)]) -> Item {
        let span = Span::new(0, text.len());
        let replacement =
            |&(value, confidence): &(&str, f64)| Replacement { value: value.to_owned(), confidence };
        let proposal = |&(after, confidence): &(&str, f64)| Proposal {
            span,
            before: text.to_owned(),
            after: after.to_owned(),
            confidence,
        };
        let row = Row {
            place: LineIndex::new(text).place(span),
            rule: "spun-phrase",
            message: String::new(),
            text: text.to_owned(),
            replacements: alternatives.iter().map(replacement).collect(),
            applicability: Applicability::of(alternatives[0].1),
            reservation: None,
            evidence: Evidence::default(),
            outcome: None,
            grounds: Vec::new(),
            excerpt: Excerpt::default(),
            fingerprint: String::new(),
        };
        Item {
            document: 0,
            path: "a.txt".to_owned(),
            row,
            context: Context::default(),
            proposals: alternatives.iter().map(proposal).collect(),
            is_description: false,
        }
    }

    #[test]
    fn own_wordings() {
        let item = item("overseas", &[("foreign", 0.9), ("alien", 0.1)]);
        let own = |wording: &str| {
            let decision = item.own_wording(wording, Author::Policy);
            (decision.choice, decision.after, decision.confidence.to_string())
        };
        let typed = |text: &str| Some(text.to_owned());
        assert_eq!(own("outer"), (Choice::OwnWording, typed("outer"), "0".to_owned()));
        assert_eq!(own("alien"), (Choice::OwnWording, typed("alien"), "0.1".to_owned()));
        assert_eq!(own("overseas"), (Choice::Reject, None, "0.9".to_owned()));
        assert_eq!(item.pick(1, Author::Policy).map(|decision| decision.choice), Some(Choice::Pick));
        assert_eq!(item.pick(2, Author::Policy), None);
    }
}
