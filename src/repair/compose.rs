//! Two rounds of fixes as one.

use super::apply::numbered_edits;
use super::edit::{Edit, Fix};
use super::plan::{Outcome, PlannedFix, SkipReason};
use crate::text::Span;

/// Where a repaired text's bytes come from.
#[derive(Debug)]
pub struct Origin<'a> {
    /// Applied edits in order, each with the span where it landed and the number of its fix.
    landed: Vec<(Span, &'a Edit, usize)>,
}

impl<'a> Origin<'a> {
    /// The origin of the text that the applied fixes make; `landed` are the spans of their edits in it.
    pub fn new(fixes: &'a [PlannedFix], landed: &[Span]) -> Self {
        let edits = numbered_edits(fixes).into_iter().zip(landed);
        Self { landed: edits.map(|((edit, number), &span)| (span, edit, number)).collect() }
    }

    /// The bytes of the original under a span of the repaired text, with the whole of each edit that it touches; `None` if something was
    /// cut inside it, so that its words never stood together.
    pub fn before(&self, span: Span) -> Option<Span> {
        let (before, touched) = self.of(span);
        let cut = |(landed, _, _): &(Span, &Edit, usize)| landed.is_empty();
        (!self.landed[touched].iter().any(cut)).then_some(before)
    }

    /// The bytes of the original under a span of the repaired text, and the applied edits that it touches.
    fn of(&self, span: Span) -> (Span, std::ops::Range<usize>) {
        let first = self.landed.partition_point(|(landed, _, _)| landed.end() <= span.start());
        let last = first
            + self.landed[first..].iter().take_while(|(landed, _, _)| landed.start() < span.end()).count();
        let start = match self.landed.get(first) {
            Some((landed, edit, _)) if first < last && landed.start() <= span.start() => edit.span.start(),
            _ => self.shifted(span.start(), first),
        };
        let end = match last.checked_sub(1).and_then(|i| self.landed.get(i)) {
            Some((landed, edit, _)) if first < last && landed.end() >= span.end() => edit.span.end(),
            _ => self.shifted(span.end(), last),
        };
        (Span::new(start, end), first..last)
    }

    /// The original offset of a byte between edits, `before` of them lying before it.
    fn shifted(&self, offset: usize, before: usize) -> usize {
        match before.checked_sub(1).and_then(|i| self.landed.get(i)) {
            Some((landed, edit, _)) => edit.span.end() + (offset - landed.end()),
            None => offset,
        }
    }
}

/// Adds the applied fixes of a second round, made on the repaired text, to those of the first: the result applies to the
/// original. A fix that touches what an earlier one wrote swallows it. `landed` are the spans of the first round's
/// applied edits in `repaired`.
pub fn compose(
    original: &str,
    repaired: &str,
    first: Vec<PlannedFix>,
    landed: &[Span],
    second: Vec<PlannedFix>,
) -> Vec<PlannedFix> {
    let origin = Origin::new(&first, landed);
    let mut swallowed = vec![false; first.len()];
    let mut added = Vec::new();
    for PlannedFix { fix, outcome, decided_by } in second.into_iter().filter(|p| p.outcome.is_applied()) {
        // One edit over all that it touches; whole earlier fixes go into it, so that none is half undone.
        let mut cover = fix.span();
        loop {
            let (_, touched) = origin.of(cover);
            let numbers: Vec<usize> = origin.landed[touched].iter().map(|&(_, _, number)| number).collect();
            let wider = origin
                .landed
                .iter()
                .filter(|(_, _, number)| numbers.contains(number))
                .fold(cover, |span, &(landed, _, _)| span.cover(landed));
            if wider == cover {
                for &number in &numbers {
                    swallowed[number] = true;
                }
                break;
            }
            cover = wider;
        }
        let (span, touched) = origin.of(cover);
        let earlier = origin.landed[touched].iter().find_map(|&(_, _, number)| first[number].fix.reservation);
        let reservation = fix.reservation.or(earlier);
        let mut text = String::new();
        let mut from = cover.start();
        for edit in &fix.edits {
            text.push_str(&repaired[from..edit.span.start()]);
            text.push_str(&edit.replacement);
            from = edit.span.end();
        }
        text.push_str(&repaired[from..cover.end()]);
        if span.of(original) != text {
            let edits = vec![Edit { span, replacement: text }];
            added.push(PlannedFix { fix: Fix { edits, reservation, ..fix }, outcome, decided_by });
        }
    }
    drop(origin);
    let mut out: Vec<PlannedFix> =
        first.into_iter().zip(swallowed).filter(|(_, gone)| !gone).map(|(p, _)| p).collect();
    // What was only shown is dropped where something was applied after all.
    out.retain(|p| {
        p.outcome.is_applied() || !added.iter().any(|a: &PlannedFix| a.fix.span().overlaps(p.fix.span()))
    });
    out.extend(added);
    out.sort_by_key(|planned| planned.fix.span());
    for (number, planned) in out.iter_mut().enumerate() {
        planned.fix.id = number + 1;
    }
    out
}

/// Skips fixes that reach across a place where something was cut: the words on both sides never stood together.
pub fn keep_apart(fixes: &mut [PlannedFix], landed: &[Span]) {
    for planned in fixes.iter_mut().filter(|planned| planned.outcome.is_applied()) {
        let span = planned.fix.span();
        let first = landed.partition_point(|cut| cut.end() <= span.start());
        let inside = |cut: &&Span| cut.start() < span.end();
        if landed[first..].iter().take_while(inside).any(|cut| cut.is_empty()) {
            planned.outcome = Outcome::Skipped(SkipReason::Overlap);
        }
    }
}

/// Two stages of work as one: as [`compose`], but what the second stage left alone is kept on record as well, unless it touches
/// what the first one wrote.
pub fn compose_stages(
    original: &str,
    between: &str,
    first: Vec<PlannedFix>,
    landed: &[Span],
    second: Vec<PlannedFix>,
) -> Vec<PlannedFix> {
    let origin = Origin::new(&first, landed);
    let in_original = |edit: &Edit| {
        let (span, touched) = origin.of(edit.span);
        touched.is_empty().then(|| Edit { span, replacement: edit.replacement.clone() })
    };
    let left = second.iter().filter(|planned| !planned.outcome.is_applied()).filter_map(|planned| {
        let edits = planned.fix.edits.iter().map(in_original).collect::<Option<Vec<_>>>()?;
        Some(PlannedFix { fix: Fix { edits, ..planned.fix.clone() }, ..planned.clone() })
    });
    let left: Vec<PlannedFix> = left.collect();
    let mut out = compose(original, between, first, landed, second);
    out.extend(left);
    out.sort_by_key(|planned| planned.fix.span());
    for (number, planned) in out.iter_mut().enumerate() {
        planned.fix.id = number + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::apply::apply;
    use super::super::edit::Cause;
    use super::super::plan::Decider;
    use super::*;

    fn planned(edits: Vec<Edit>) -> PlannedFix {
        let text = String::new;
        let cause = Cause::SpunPhrase {
            spun: text(),
            canonical: text(),
            family: text(),
            source: text(),
            quoted: false,
        };
        PlannedFix {
            fix: Fix { id: 0, cause, edits, confidence: 0.9, reservation: None },
            outcome: Outcome::Applied,
            decided_by: Decider::Policy,
        }
    }

    fn round(text: &str, cuts: &[usize], word: &str) -> Vec<PlannedFix> {
        let bounds: Vec<usize> = cuts.iter().copied().filter(|&c| c <= text.len()).collect();
        let edit = |b: &[usize]| Edit { span: Span::new(b[0], b[1]), replacement: word.to_owned() };
        bounds.chunks_exact(2).map(|b| planned(vec![edit(b)])).collect()
    }

    fn applied(text: &str, fixes: &[PlannedFix]) -> super::super::apply::Applied {
        apply(text, fixes.iter().flat_map(|p| &p.fix.edits)).unwrap()
    }

    proptest! {
        #[test]
        fn two_rounds_equal_one(
            text in "[a-d ]{0,30}",
            a in prop::collection::btree_set(0usize..30, 0..8),
            b in prop::collection::btree_set(0usize..40, 0..8),
        ) {
            let (a, b): (Vec<usize>, Vec<usize>) = (a.into_iter().collect(), b.into_iter().collect());
            let first = round(&text, &a, "XY");
            let once = applied(&text, &first);
            let second = round(&once.text, &b, "z");
            let twice = applied(&once.text, &second);
            let both = compose(&text, &once.text, first, &once.landed, second);
            prop_assert_eq!(applied(&text, &both).text, twice.text);
        }
    }
}
