//! Comparing proposed edits with what was really done to a text.

use crate::repair::Edit;
use crate::text::Span;

/// A place that was spun, and what may stand there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gold {
    /// Bytes of the spun text.
    pub span: Span,
    /// Wordings that count as right. If what stands there is among them, leaving it alone is right as well.
    pub accepted: Vec<String>,
}

impl Gold {
    /// Whether leaving the place alone is right as well.
    pub fn is_optional(&self, text: &str) -> bool {
        self.accepted.iter().any(|form| form == self.span.of(text))
    }
}

/// True and false positives, and what was missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Proposed edits that are right.
    pub right: usize,
    /// Proposed edits.
    pub proposed: usize,
    /// Gold edits that were found.
    pub found: usize,
    /// Gold edits, without the optional ones that were left alone.
    pub gold: usize,
}

impl Counts {
    /// Share of the proposed edits that are right, in [0, 1]; `None` if nothing was proposed.
    pub fn precision(&self) -> Option<f64> {
        (self.proposed > 0).then(|| self.right as f64 / self.proposed as f64)
    }

    /// Share of the gold edits that were found, in [0, 1]; `None` if there are none.
    pub fn recall(&self) -> Option<f64> {
        (self.gold > 0).then(|| self.found as f64 / self.gold as f64)
    }

    /// F0.5: precision counts twice as much as recall (van Rijsbergen 1979). `None` if it is undefined.
    pub fn f05(&self) -> Option<f64> {
        let (p, r) = (self.precision()?, self.recall()?);
        (p + r > 0.0).then(|| 1.25 * p * r / (0.25 * p + r))
    }

    /// Adds the counts of another text.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.proposed += other.proposed;
        self.found += other.found;
        self.gold += other.gold;
    }
}

/// How well the places and the wordings were found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Was this place spun? Any overlap counts.
    pub detection: Counts,
    /// Is this the wording that stood there? The text that results must be the same.
    pub correction: Counts,
}

impl Score {
    /// Adds the score of another text.
    pub fn add(&mut self, other: Self) {
        self.detection.add(other.detection);
        self.correction.add(other.correction);
    }
}

/// Scores proposed edits, both lists being in order and free of overlaps.
///
/// Edits and gold that overlap, directly or through others, form a cluster. Its edits are right if applying them gives the same
/// text as applying the gold; where that fails, those are right that equal a gold edit by themselves. So a boundary may differ
/// ("within the" for "participating within the") while the wording may not.
pub fn score(text: &str, proposed: &[Edit], gold: &[Gold]) -> Score {
    let mut out = Score::default();
    let (mut edit, mut truth) = (0, 0);
    while edit < proposed.len() || truth < gold.len() {
        let (first_edit, first_truth) = (edit, truth);
        let mut end = 0;
        loop {
            if proposed.get(edit).is_some_and(|e| joins(e.span, end, gold.get(truth).map(|g| g.span))) {
                end = end.max(proposed[edit].span.end());
                edit += 1;
            } else if gold.get(truth).is_some_and(|g| joins(g.span, end, proposed.get(edit).map(|e| e.span)))
            {
                end = end.max(gold[truth].span.end());
                truth += 1;
            } else {
                break;
            }
        }
        out.add(cluster(text, &proposed[first_edit..edit], &gold[first_truth..truth]));
    }
    out
}

/// Whether a span belongs to the cluster that reaches to `end`; the first of a cluster is whichever starts first.
fn joins(span: Span, end: usize, other: Option<Span>) -> bool {
    if end == 0 { other.is_none_or(|o| span <= o) } else { span.start() < end }
}

fn cluster(text: &str, edits: &[Edit], gold: &[Gold]) -> Score {
    let due = gold.iter().filter(|g| !edits.is_empty() || !g.is_optional(text)).count();
    let mut detection = Counts { proposed: edits.len(), gold: due, ..Counts::default() };
    let mut correction = detection;
    if edits.is_empty() || gold.is_empty() {
        return Score { detection, correction };
    }
    let touches = |a: Span, b: Span| a.overlaps(b) || a == b;
    detection.right = edits.iter().filter(|e| gold.iter().any(|g| touches(e.span, g.span))).count();
    detection.found = gold.iter().filter(|g| edits.iter().any(|e| touches(e.span, g.span))).count();
    if same_text(text, edits, gold) {
        correction.right = edits.len();
        correction.found = due;
    } else {
        let equal = |e: &Edit, g: &Gold| e.span == g.span && g.accepted.contains(&e.replacement);
        correction.right = edits.iter().filter(|e| gold.iter().any(|g| equal(e, g))).count();
        correction.found = gold.iter().filter(|g| edits.iter().any(|e| equal(e, g))).count();
    }
    Score { detection, correction }
}

/// Whether the edits give one of the texts that the gold allows, over the stretch that both cover.
fn same_text(text: &str, edits: &[Edit], gold: &[Gold]) -> bool {
    let spans = edits.iter().map(|e| e.span).chain(gold.iter().map(|g| g.span));
    let Some(cover) = spans.reduce(Span::cover) else { return true };
    let ours = rewritten(text, cover, edits.iter().map(|e| (e.span, e.replacement.as_str())));
    // All combinations of accepted forms, left to right, as far as they agree with ours.
    let mut starts: Vec<usize> = vec![0];
    let mut from = cover.start();
    for place in gold {
        let between = &text[from..place.span.start()];
        from = place.span.end();
        starts = starts
            .into_iter()
            .filter_map(|at| ours[at..].starts_with(between).then_some(at + between.len()))
            .flat_map(|at| {
                let ours = &ours;
                place
                    .accepted
                    .iter()
                    .filter_map(move |form| ours[at..].starts_with(form.as_str()).then_some(at + form.len()))
            })
            .collect();
    }
    let rest = &text[from..cover.end()];
    starts.into_iter().any(|at| &ours[at..] == rest)
}

fn rewritten<'e>(text: &str, cover: Span, edits: impl Iterator<Item = (Span, &'e str)>) -> String {
    let mut out = String::new();
    let mut from = cover.start();
    for (span, replacement) in edits {
        out.push_str(&text[from..span.start()]);
        out.push_str(replacement);
        from = span.end();
    }
    out + &text[from..cover.end()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, replacement: &str) -> Edit {
        Edit { span: Span::new(start, end), replacement: replacement.to_owned() }
    }

    fn gold(start: usize, end: usize, forms: &[&str]) -> Gold {
        Gold { span: Span::new(start, end), accepted: forms.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn exact_wrong_missed_and_false() {
        let text = "the go to and the journey of chief";
        let score = score(
            text,
            &[edit(4, 9, "visit"), edit(18, 25, "travel")],
            &[gold(4, 9, &["visit"]), gold(18, 25, &["trip"]), gold(29, 34, &["leader"])],
        );
        assert_eq!(score.correction, Counts { right: 1, proposed: 2, found: 1, gold: 3 });
        assert_eq!(score.detection, Counts { right: 2, proposed: 2, found: 2, gold: 3 });
    }

    #[test]
    fn boundaries_may_differ_but_not_the_wording() {
        let text = "participating within the assembly";
        let wide = gold(0, 24, &["participating in the"]);
        let right = score(text, &[edit(14, 24, "in the")], std::slice::from_ref(&wide));
        assert_eq!(right.correction, Counts { right: 1, proposed: 1, found: 1, gold: 1 });
        let wrong = score(text, &[edit(14, 24, "at the")], &[wide]);
        assert_eq!(wrong.correction, Counts { right: 0, proposed: 1, found: 0, gold: 1 });
        assert_eq!(wrong.detection.right, 1);
    }

    #[test]
    fn optional_places_may_be_left_alone() {
        let optional = [gold(0, 5, &["large", "giant"])];
        assert_eq!(score("giant", &[], &optional).correction, Counts::default());
        let replaced = score("giant", &[edit(0, 5, "large")], &optional);
        assert_eq!(replaced.correction, Counts { right: 1, proposed: 1, found: 1, gold: 1 });
    }

    #[test]
    fn figures() {
        let counts = Counts { right: 8, proposed: 10, found: 8, gold: 16 };
        assert_eq!((counts.precision(), counts.recall()), (Some(0.8), Some(0.5)));
        assert!((counts.f05().unwrap() - 1.25 * 0.4 / 0.7).abs() < 1e-12);
        assert_eq!(Counts::default().f05(), None);
    }
}
