//! Decisions, laid over what a policy planned.

use super::decision::Decision;
use crate::repair::{Cause, Edit, Fix, Outcome, PlannedFix, SkipReason, applied_edits, apply};
use crate::text::Span;

/// Lays decisions over a plan: what was accepted is applied and what was rejected is not, whatever the policy says; wordings come to
/// the letter. Fixes that nobody decided on stay as they are planned.
///
/// The decisions are those on this text, in order, and no two on the same bytes: see [`Decisions::of`](super::Decisions::of). A
/// decision on a place where other fixes are planned now than at the time of the review (with another policy or dictionary) takes
/// their place.
pub fn overlay(text: &str, planned: Vec<PlannedFix>, decisions: &[Decision]) -> Vec<PlannedFix> {
    let touched: Vec<Vec<usize>> = decisions.iter().map(|decision| touched(&planned, decision)).collect();
    let mut out = planned;
    let mut is_taken = vec![false; out.len()];
    let mut added = Vec::new();
    for (decision, touched) in decisions.iter().zip(touched) {
        let by = decision.decider();
        let Some(after) = &decision.after else {
            for number in touched.into_iter().filter(|&number| !is_taken[number]) {
                (out[number].outcome, out[number].decided_by) =
                    (Outcome::Skipped(SkipReason::Rejected), by.clone());
            }
            continue;
        };
        let edits = vec![Edit { span: decision.span, replacement: after.clone() }];
        let same = |&&number: &&usize| out[number].fix.span() == decision.span;
        let free = || touched.iter().filter(|&&number| !is_taken[number]);
        let Some(number) = free().find(same).or_else(|| free().next()).copied() else {
            added.push(PlannedFix {
                fix: Fix { edits, ..model(touched.first().map(|&number| &out[number].fix), decision) },
                outcome: Outcome::Applied,
                decided_by: by,
            });
            continue;
        };
        for other in touched.into_iter().filter(|&other| !is_taken[other] && other != number) {
            (out[other].outcome, out[other].decided_by) = (Outcome::Skipped(SkipReason::Overlap), by.clone());
        }
        is_taken[number] = true;
        let planned = &mut out[number];
        (planned.outcome, planned.decided_by) = (Outcome::Applied, by);
        // A phrase and its article stay two edits where that comes to the same.
        if makes(text, &planned.fix, decision.span).as_ref() != Some(after) {
            planned.fix = Fix { edits, ..model(Some(&planned.fix), decision) };
        }
    }
    out.extend(added);
    out.sort_by_key(|planned| planned.fix.span());
    for (number, planned) in out.iter_mut().enumerate() {
        planned.fix.id = number + 1;
    }
    out
}

/// Numbers of the fixes that a decision is about.
fn touched(planned: &[PlannedFix], decision: &Decision) -> Vec<usize> {
    let about = |planned: &PlannedFix| planned.fix.edits.iter().any(|edit| decision.touches(edit.span));
    planned.iter().enumerate().filter(|(_, planned)| about(planned)).map(|(number, _)| number).collect()
}

/// What would stand under a span after a fix of just that span.
fn makes(text: &str, fix: &Fix, span: Span) -> Option<String> {
    let inside = |edit: &Edit| Edit {
        span: Span::new(edit.span.start() - span.start(), edit.span.end() - span.start()),
        replacement: edit.replacement.clone(),
    };
    if fix.span() != span {
        return None;
    }
    let edits: Vec<Edit> = fix.edits.iter().map(inside).collect();
    apply(span.get(text)?, &edits).ok().map(|applied| applied.text)
}

/// A fix with the cause of the one that was planned at the place, if one was, and the confidence of what was decided.
fn model(planned: Option<&Fix>, decision: &Decision) -> Fix {
    let unplanned = || Cause::SpunPhrase {
        spun: decision.before.clone(),
        canonical: decision.after.clone().unwrap_or_default(),
        family: String::new(),
        source: "review".to_owned(),
        quoted: false,
    };
    let cause = planned.map_or_else(unplanned, |fix| fix.cause.clone());
    let reservation = planned.and_then(|fix| fix.reservation);
    Fix { id: 0, cause, edits: Vec::new(), confidence: decision.confidence, reservation }
}

/// Where the places of decisions lie after the applied fixes are applied: nothing more may be changed there.
pub fn protected(planned: &[PlannedFix], decisions: &[Decision]) -> Vec<Span> {
    let edits = applied_edits(planned);
    let moved = |offset: usize| {
        let before = edits.iter().take_while(|edit| edit.span.end() <= offset);
        let (gone, come) =
            before.fold((0, 0), |(gone, come), edit| (gone + edit.span.len(), come + edit.replacement.len()));
        // Edits don't overlap: no more can go before an offset than there is.
        (offset + come).saturating_sub(gone)
    };
    let place = |decision: &Decision| {
        let start = moved(decision.span.start());
        Span::new(start, moved(decision.span.end()).max(start))
    };
    decisions.iter().map(place).collect()
}

/// Whether a change of a span would leave protected places alone; to change what stands on both sides of one would not.
pub fn out_of_reach(span: Span, protected: &[Span]) -> bool {
    !protected.iter().any(|place| span.start() < place.end() && place.start() < span.end())
}

/// Whether a repaired text has at every place what was decided.
pub fn holds(planned: &[PlannedFix], decisions: &[Decision], repaired: &str) -> bool {
    let places = protected(planned, decisions);
    decisions.iter().zip(places).all(|(decision, place)| {
        place.get(repaired) == Some(decision.after.as_deref().unwrap_or(&decision.before))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::decision::Author;
    use super::*;
    use crate::repair::{Choice, Decider, apply_fixes};

    const TEXT: &str = "a go to the overseas minister";

    fn fix(edits: &[(usize, usize, &str)], outcome: Outcome) -> PlannedFix {
        let edit = |&(start, end, text): &(usize, usize, &str)| Edit {
            span: Span::new(start, end),
            replacement: text.to_owned(),
        };
        let cause = Cause::SpunPhrase {
            spun: "s".to_owned(),
            canonical: "c".to_owned(),
            family: "A".to_owned(),
            source: "x".to_owned(),
            quoted: false,
        };
        let edits = edits.iter().map(edit).collect();
        PlannedFix {
            fix: Fix { id: 0, cause, edits, confidence: 0.9, reservation: None },
            outcome,
            decided_by: Decider::Policy,
        }
    }

    fn decision(start: usize, end: usize, after: Option<&str>) -> Decision {
        Decision {
            span: Span::new(start, end),
            before: TEXT[start..end].to_owned(),
            rule: "spun-phrase".to_owned(),
            choice: if after.is_some() { Choice::Accept } else { Choice::Reject },
            after: after.map(str::to_owned),
            confidence: 0.4,
            author: Author::Reviewer(None),
        }
    }

    fn repaired(planned: Vec<PlannedFix>, decisions: &[Decision]) -> (String, Vec<PlannedFix>) {
        let mut fixes = overlay(TEXT, planned, decisions);
        let text = apply_fixes(TEXT, &mut fixes).text;
        assert!(holds(&fixes, decisions, &text), "{text}");
        (text, fixes)
    }

    #[test]
    fn decisions_go_before_the_policy() {
        let refused = Outcome::Skipped(SkipReason::BelowMinConfidence);
        let plan = || {
            vec![
                fix(&[(0, 1, "an"), (2, 7, "outing to")], refused),
                fix(&[(12, 20, "foreign")], Outcome::Applied),
            ]
        };
        assert_eq!(repaired(plan(), &[]).0, "a go to the foreign minister");
        let decided = [decision(0, 7, Some("an outing to")), decision(12, 20, None)];
        let (text, fixes) = repaired(plan(), &decided);
        assert_eq!(text, "an outing to the overseas minister");
        assert_eq!(fixes[0].fix.edits.len(), 2, "as it was planned");
        assert_eq!(fixes[1].outcome, Outcome::Skipped(SkipReason::Rejected));
        assert!(fixes.iter().all(|fix| fix.decided_by != Decider::Policy));
        let own = [decision(0, 7, Some("the visit to"))];
        let (text, fixes) = repaired(plan(), &own);
        assert_eq!(text, "the visit to the foreign minister");
        assert_eq!((fixes[0].fix.edits.len(), fixes[0].fix.confidence.to_string()), (1, "0.4".to_owned()));
    }

    #[test]
    fn decisions_on_places_cut_otherwise() {
        let plan = || vec![fix(&[(12, 29, "foreign secretary")], Outcome::Applied)];
        let parts = [decision(12, 20, Some("alien")), decision(21, 29, Some("envoy"))];
        let (text, fixes) = repaired(plan(), &parts);
        assert_eq!((text.as_str(), fixes.len()), ("a go to the alien envoy", 2));
        let part = [decision(21, 29, None)];
        assert_eq!(repaired(plan(), &part).0, TEXT);
        let wider = [decision(8, 29, Some("Hale"))];
        assert_eq!(repaired(plan(), &wider).0, "a go to Hale");
        let elsewhere = [decision(2, 4, Some("come"))];
        let (text, fixes) = repaired(plan(), &elsewhere);
        assert_eq!(text, "a come to the foreign secretary");
        assert_eq!(fixes[0].fix.cause.why(), "\"go\" may stand for \"come\"");
    }

    #[test]
    fn places_are_protected_where_they_land() {
        let decided = [decision(2, 7, Some("")), decision(12, 20, None)];
        let fixes = overlay(TEXT, vec![fix(&[(0, 1, "the")], Outcome::Applied)], &decided);
        let places = protected(&fixes, &decided);
        assert_eq!(places, [Span::new(4, 4), Span::new(9, 17)]);
        assert!(out_of_reach(Span::new(0, 4), &places) && out_of_reach(Span::new(4, 9), &places));
        assert!(!out_of_reach(Span::new(0, 5), &places) && !out_of_reach(Span::new(16, 20), &places));
    }

    proptest! {
        /// Whatever was planned, a text has what was decided, and everything else as planned or as it was.
        #[test]
        fn what_was_decided_holds(
            cuts in prop::collection::btree_set(0usize..29, 0..10),
            places in prop::collection::btree_set(0usize..29, 0..10),
            afters in prop::collection::vec(prop::option::of("[xyz ]{0,4}"), 5),
        ) {
            let pairs = |set: &std::collections::BTreeSet<usize>| -> Vec<(usize, usize)> {
                set.iter().copied().collect::<Vec<_>>().chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
            };
            let plan = pairs(&cuts).into_iter().map(|(start, end)| fix(&[(start, end, "Q")], Outcome::Applied));
            let decided: Vec<Decision> = pairs(&places)
                .into_iter()
                .zip(&afters)
                .map(|((start, end), after)| decision(start, end, after.as_deref()))
                .collect();
            let (_, fixes) = repaired(plan.collect(), &decided);
            for fix in fixes.iter().filter(|fix| fix.decided_by == Decider::Policy) {
                prop_assert!(fix.outcome.is_applied());
            }
        }
    }
}
