//! What holds for every text.

mod common;

use std::collections::BTreeSet;

use proptest::prelude::*;
use unspin::detect::{Family, VerdictKind};
use unspin::evaluate::Row;
use unspin::pipeline::Engine;
use unspin::repair::{Applicability, Decider, Policy, Quotes, apply};
use unspin::review::{Author, Decision, holds, items};
use unspin::text::{Document, Tokens, regions};

fn engine() -> Engine {
    Engine::builtin().expect("the built-in data fits the program")
}

fn all() -> Policy {
    Policy { any_verdict: true, ..Policy::default() }
}

/// Sentences of the samples, spun and clean, to be mixed.
fn sentences() -> Vec<String> {
    ["spun.txt", "clean.txt"]
        .iter()
        .flat_map(|name| {
            common::sample(name).split_inclusive(['.', '\n']).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// The sample that a thesaurus spinner wrote.
fn thesaurus_sample() -> String {
    Row::parse(common::sample("thesaurus.jsonl").trim_end()).expect("a row").text
}

/// Its sentences, in any order and number.
fn thesaurus_mixture() -> impl Strategy<Value = String> {
    let sentences: Vec<String> = thesaurus_sample().split_inclusive(['.', '\n']).map(str::to_owned).collect();
    let sentence = (0..sentences.len()).prop_map(move |i| sentences[i].clone());
    prop::collection::vec(sentence, 4..30).prop_map(|pieces| pieces.concat())
}

/// Mixtures of such sentences, with some bytes that may be in the way.
fn mixture() -> impl Strategy<Value = String> {
    let sentences = sentences();
    let piece = prop_oneof![
        12 => (0..sentences.len()).prop_map(move |i| sentences[i].clone()),
        1 => prop::sample::select(vec!["\r\n", "\0", "\u{feff}", " a ", "“", "\"", "\n\n", "é", " an", "A go to "])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Fixes applied by hand.
fn reapplied(text: &str, mended: &unspin::pipeline::Mended) -> String {
    let edits = mended.fixes.iter().filter(|p| p.outcome.is_applied()).flat_map(|p| &p.fix.edits);
    apply(text, edits).expect("planned fixes fit").text
}

/// Decisions on the fixes of a text, by a number for each: reject, own wording, accept, pick, open.
fn decisions(engine: &Engine, document: &Document, numbers: &[usize]) -> Vec<Decision> {
    let policy = Policy { min_confidence: 0.0, ..all() };
    let scan = engine.scan(document);
    let planned = engine.plan(document, &scan, &policy);
    let items = items(0, "-", document, &scan, &planned, &engine.explain(document, &scan), &policy);
    let author = || Author::Reviewer(Some("Anna".to_owned()));
    let decide = |(item, number): (&unspin::review::Item, &usize)| match number % 5 {
        0 => Some(item.reject(author())),
        1 => Some(item.own_wording(["go to", "", "an “own” wording", "folks"][number / 5 % 4], author())),
        2 => item.pick(0, author()),
        3 => item.pick(1, author()),
        _ => None,
    };
    let mut out: Vec<Decision> = Vec::new();
    for decision in items.iter().zip(numbers.iter().cycle()).filter_map(decide) {
        out.retain(|earlier| !earlier.touches(decision.span));
        out.push(decision);
    }
    out.sort_by_key(|decision| decision.span);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What was decided holds in the repaired text, through all rounds of repair, and without the policy nothing else changes.
    #[test]
    fn decisions_hold(text in mixture(), numbers in prop::collection::vec(0usize..20, 1..30)) {
        let (engine, document) = (engine(), Document::new(text.as_str()));
        let decided = decisions(&engine, &document, &numbers);
        for policy in [Policy::default(), all(), Policy { min_confidence: 0.1, ..all() }] {
            let mended = engine.mend_decided(&document, &policy, &decided);
            prop_assert!(holds(&mended.fixes, &decided, &mended.text));
            prop_assert_eq!(reapplied(&text, &mended), mended.text);
            let only = engine.mend_only_decided(&document, &policy, &decided);
            prop_assert!(holds(&only.fixes, &decided, &only.text));
            for planned in only.fixes.iter().filter(|p| p.outcome.is_applied()) {
                prop_assert!(planned.decided_by != Decider::Policy);
            }
        }
    }
}

#[test]
fn the_sample_settles_after_one_repair() {
    let engine = engine();
    for policy in [Policy::default(), all()] {
        let document = Document::new(common::sample("spun.txt"));
        let mended = engine.mend(&document, &policy);
        assert_eq!(mended.verdict.kind, VerdictKind::Spun);
        assert_ne!(mended.text, document.text());
        assert_eq!(engine.mend(&Document::new(mended.text.as_str()), &policy).text, mended.text);
    }
}

#[test]
fn the_thesaurus_sample_settles_after_one_repair() {
    let engine = engine();
    for policy in [Policy::default(), all(), Policy { min_confidence: 0.2, ..Policy::default() }] {
        let document = Document::new(thesaurus_sample());
        let mended = engine.mend(&document, &policy);
        assert_eq!(mended.verdict.family, Some(Family::Thesaurus));
        assert_ne!(mended.text, document.text());
        assert_eq!(engine.mend(&Document::new(mended.text.as_str()), &policy).text, mended.text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_gives_its_bytes_back(text in "(\u{feff})?([a-zé\\r\\n\\x00]|\\PC){0,60}") {
        let document = Document::from_bytes(text.clone().into_bytes()).expect("it is UTF-8");
        prop_assert_eq!(document.text(), &text);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused_where_they_stand(text in "\\PC{0,20}") {
        let mut bytes = text.clone().into_bytes();
        bytes.push(0xff);
        let error = Document::from_bytes(bytes).expect_err("0xff is never UTF-8");
        prop_assert_eq!(error, unspin::text::DocumentError::NotUtf8 { offset: text.len() });
    }

    #[test]
    fn tokens_and_gaps_are_the_text(text in "([a-zA-Zé’'.,\\-0-9 \\r\\n\\x00“”\"]|\\PC){0,80}") {
        let tokens = Tokens::of(&text);
        let mut rebuilt = String::new();
        let mut from = 0;
        for token in tokens.as_slice() {
            prop_assert!(!token.span.is_empty());
            let gap = &text[from..token.span.start()];
            prop_assert!(gap.chars().all(|c| c.is_whitespace() || c.is_control() || c == '\u{feff}'), "gap {gap:?}");
            rebuilt.push_str(gap);
            rebuilt.push_str(token.span.of(&text));
            from = token.span.end();
        }
        rebuilt.push_str(&text[from..]);
        prop_assert_eq!(rebuilt, text);
    }

    #[test]
    fn posteriors_of_a_place_sum_to_one(text in mixture()) {
        let engine = engine();
        let document = Document::new(text);
        let scan = engine.scan(&document);
        let mut end = 0;
        for finding in &scan.findings {
            let sum: f64 = finding.alternatives.iter().map(|a| a.posterior).sum();
            prop_assert!(sum + finding.keep_posterior <= 1.0 + 1e-6, "{} + {}", sum, finding.keep_posterior);
            prop_assert!(finding.alternatives.is_sorted_by(|a, b| a.posterior >= b.posterior));
            prop_assert!(finding.span.start() >= end, "findings are in order and apart");
            end = finding.span.end();
        }
    }

    #[test]
    fn fixes_give_the_text(text in mixture(), any_verdict: bool, min_confidence in 0.0..1.0) {
        let document = Document::new(text);
        let mended = engine().mend(&document, &Policy { min_confidence, any_verdict, ..Policy::default() });
        prop_assert_eq!(reapplied(document.text(), &mended), mended.text.as_str());
        let ids: BTreeSet<usize> = mended.fixes.iter().map(|p| p.fix.id).collect();
        prop_assert_eq!(ids.len(), mended.fixes.len(), "each fix has its own number");
        if !any_verdict && mended.verdict.kind != VerdictKind::Spun {
            prop_assert_eq!(document.text(), mended.text.as_str());
        }
    }

    #[test]
    fn kept_stretches_are_not_edited(text in mixture()) {
        let text = format!("{text} \u{201c}{text}\u{201d}\n{text} # unspin:ignore\n{text}");
        let document = Document::new(text);
        let mended = engine().mend(&document, &Policy { quotes: Quotes::Keep, ..all() });
        let kept = regions(document.text());
        for planned in mended.fixes.iter().filter(|p| p.outcome.is_applied()) {
            for edit in &planned.fix.edits {
                prop_assert!(!kept.iter().any(|r| r.span.overlaps(edit.span)), "{:?}", edit);
            }
        }
    }

    #[test]
    fn safe_repairs_are_safe(text in mixture()) {
        let policy = Policy { any_verdict: true, ..Policy::safe() };
        let mended = engine().mend(&Document::new(text), &policy);
        let mut applied = mended.fixes.iter().filter(|p| p.outcome.is_applied());
        prop_assert!(applied.all(|p| p.fix.applicability() == Applicability::Safe));
    }

    #[test]
    fn repair_settles(text in mixture(), any_verdict: bool) {
        let (engine, policy) = (engine(), Policy { any_verdict, ..Policy::default() });
        let once = engine.mend(&Document::new(text), &policy).text;
        let twice = engine.mend(&Document::new(once.as_str()), &policy).text;
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn repair_by_the_thesaurus_settles(text in thesaurus_mixture(), min_confidence in 0.1..0.9) {
        let (engine, policy) = (engine(), Policy { min_confidence, ..Policy::default() });
        let once = engine.mend(&Document::new(text), &policy).text;
        let twice = engine.mend(&Document::new(once.as_str()), &policy).text;
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn line_endings_and_the_byte_order_mark_stay(text in mixture()) {
        let text = format!("\u{feff}{}", text.replace('\r', "").replace('\n', "\r\n"));
        let mended = engine().mend(&Document::new(text.as_str()), &all()).text;
        let marked = mended.starts_with('\u{feff}');
        prop_assert!(marked, "the mark is gone");
        prop_assert_eq!(mended.matches('\n').count(), mended.matches("\r\n").count());
        prop_assert_eq!(mended.matches("\r\n").count(), text.matches("\r\n").count());
    }

    #[test]
    fn the_same_text_each_time(text in mixture()) {
        let document = Document::new(text);
        prop_assert_eq!(engine().mend(&document, &all()).text, engine().mend(&document, &all()).text);
    }
}
