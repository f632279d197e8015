//! Tortured phrases in whole documents.

use proptest::prelude::*;
use unspin::detect::{Family, VerdictKind};
use unspin::pipeline::Engine;
use unspin::repair::{Outcome, Policy, SkipReason};
use unspin::text::Document;

const GENUINE: &str = "In this paper we train a network on photographs of leaves, and use it to find which plants are ill. It has \
    nine layers. The last step is a classifier, and the test set holds a thousand leaves that were never seen. We compare our work \
    with older ones, and find that it is better by nine points. What is left of the errors comes from leaves that were cut by hand \
    or photographed at night, when the light was poor.";

fn engine() -> Engine {
    Engine::builtin().expect("the built-in data fits the program")
}

/// The genuine text behind some sentences.
fn paper(sentences: &str) -> Document {
    Document::new(format!("{sentences} {GENUINE}"))
}

#[test]
fn several_phrases_are_a_verdict_and_are_repaired() {
    let engine = engine();
    let document = paper(
        "We use picture recognition with an irregular woodland, and a bolster vector machine on top of both.",
    );
    let mended = engine.mend(&document, &Policy::default());
    assert_eq!((mended.verdict.kind, mended.verdict.family), (VerdictKind::Spun, Some(Family::Academic)));
    assert!(
        mended.text.starts_with(
            "We use image recognition with a random forest, and a support vector machine on top of both."
        ),
        "{}",
        mended.text
    );
    assert!(mended.text.ends_with(GENUINE), "the rest stays as it is");
}

#[test]
fn one_phrase_alone_is_no_verdict() {
    let document = paper("We use an irregular woodland, which many others have used as well.");
    let mended = engine().mend(&document, &Policy::default());
    assert_eq!((mended.verdict.kind, mended.verdict.family), (VerdictKind::Suspect, Some(Family::Academic)));
    assert_eq!(mended.text, document.text());
}

#[test]
fn genuine_text_has_no_family() {
    let engine = engine();
    let scan = engine.scan(&Document::new(GENUINE));
    assert_eq!((scan.verdict.kind, scan.verdict.family), (VerdictKind::Clean, None));
    assert!(scan.findings.iter().all(|f| f.alternatives[0].substitution.family != "D"));
}

#[test]
fn descriptions_are_shown_and_never_written() {
    let document = paper(
        "An info door and an irregular woodland decide. The picture recognition is left to a bolster vector machine.",
    );
    let policy = Policy { min_confidence: 0.0, any_verdict: true, ..Policy::default() };
    let mended = engine().mend(&document, &policy);
    let shown = mended.fixes.iter().find(|p| p.outcome == Outcome::Skipped(SkipReason::DisplayOnly));
    assert_eq!(shown.expect("the door is shown").fix.span().of(document.text()), "info door");
    assert!(mended.text.contains("info door") && mended.text.contains("random forest"));
}

#[test]
fn capitals_and_articles() {
    let document = paper(
        "Irregular Woodland and PICTURE RECOGNITION need a irregular woodland. Bolster vector machines do not.",
    );
    let text = engine().mend(&document, &Policy::default()).text;
    assert!(
        text.starts_with("Random Forest and IMAGE RECOGNITION need a random forest. Support vector machines"),
        "{text}"
    );
}

/// Sentences with listed phrases, with phrases like them, and without.
fn mixture() -> impl Strategy<Value = String> {
    let sentences = vec![
        "Profound learning is a kind of programmed learning.",
        "The irregular woodland has deep learning in it.",
        "A bolster vector machine and a convolutional neural organization were tried.",
        "Information mining finds counterfeit consciousness.",
        "The highlight extraction and include choice of the picture are slow!",
        "Mean outright error, mistake rate and root mean square blunder went down.",
        "Unending kidney infection and bosom malignant growth are common.",
        "\n\nAn info door",
        "\"Huge information\" is `irregular woodland`,",
        GENUINE,
    ];
    prop::collection::vec(prop::sample::select(sentences), 0..14).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn repair_settles(text in mixture(), any_verdict: bool) {
        let (engine, policy) = (engine(), Policy { any_verdict, ..Policy::default() });
        let once = engine.mend(&Document::new(text), &policy).text;
        let twice = engine.mend(&Document::new(once.as_str()), &policy).text;
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn findings_are_in_order_and_apart(text in mixture()) {
        let document = Document::new(text);
        let engine = engine();
        let scan = engine.scan(&document);
        let mut end = 0;
        for finding in &scan.findings {
            prop_assert!(finding.span.start() >= end);
            end = finding.span.end();
            let sum: f64 = finding.alternatives.iter().map(|a| a.posterior).sum();
            prop_assert!((0.0..=1.0 + 1e-9).contains(&(sum + finding.keep_posterior)));
        }
    }
}
