//! The screen: what a full reading calls spun never passes it, and what passes is reported as clean.

mod common;

use std::fs;

use unspin::detect::VerdictKind;
use unspin::evaluate::Row;
use unspin::pipeline::Engine;
use unspin::repair::Policy;
use unspin::text::Document;

/// Texts that a full reading calls spun: samples, and mixtures of them with genuine text.
fn spun_texts() -> Vec<String> {
    let mut out = vec![common::sample("spun.txt")];
    for name in ["spun.jsonl", "thesaurus.jsonl"] {
        let rows = common::sample(name);
        out.extend(rows.lines().map(|line| Row::parse(line).expect("a row").text));
    }
    let (spun, clean) = (common::sample("spun.txt"), common::sample("clean.txt"));
    let paragraphs: Vec<&str> = spun.split("\n\n").collect();
    out.extend((0..paragraphs.len()).map(|at| format!("{clean}\n\n{}", paragraphs[at..].join("\n\n"))));
    out
}

#[test]
fn what_is_spun_does_not_pass() {
    let engine = Engine::builtin().expect("built-in data");
    let mut spun = 0;
    for text in spun_texts() {
        let document = Document::new(text.as_str());
        if engine.scan(&document).verdict.kind == VerdictKind::Spun {
            spun += 1;
            assert_eq!(engine.screened(&document), None, "{text}");
        }
    }
    assert!(spun >= 5, "only {spun} texts are called spun");
}

#[test]
fn seeds_that_are_spun_do_not_pass() {
    let folder = common::repository().join("../shared/seeds");
    let Ok(entries) = fs::read_dir(&folder) else {
        return common::skip(&format!("{} is not there", folder.display()));
    };
    let engine = Engine::builtin().expect("built-in data");
    for entry in entries {
        let path = entry.expect("an entry").path();
        let document = Document::new(fs::read_to_string(&path).expect("seeds are text"));
        let is_spun = engine.scan(&document).verdict.kind == VerdictKind::Spun;
        assert!(!is_spun || engine.screened(&document).is_none(), "{}", path.display());
    }
}

#[test]
fn tortured_phrases_do_not_pass() {
    let engine = Engine::builtin().expect("built-in data");
    let text = format!(
        "{}\n\nThey used profound learning and an irregular woodland on colossal information for picture acknowledgment.",
        common::sample("clean.txt")
    );
    let document = Document::new(text.as_str());
    assert_ne!(engine.scan(&document).verdict.kind, VerdictKind::Clean);
    assert_eq!(engine.screened(&document), None);
}

#[test]
fn with_any_verdict_everything_is_read() {
    let engine = Engine::builtin().expect("built-in data");
    let document = Document::new(common::sample("clean.txt"));
    let policy = Policy { any_verdict: true, ..Policy::default() };
    assert_eq!(engine.scan_under(&document, &policy).verdict, engine.scan(&document).verdict);
    let glance = engine.scan_under(&document, &Policy::default());
    assert_eq!(glance.verdict.kind, VerdictKind::Clean);
    assert_eq!(glance.verdict.words, engine.scan(&document).verdict.words);
}

#[test]
fn short_texts_are_read() {
    let engine = Engine::builtin().expect("built-in data");
    let document = Document::new("The council met on Monday and said little.");
    assert_eq!(engine.scan_under(&document, &Policy::default()).verdict.kind, VerdictKind::TooShort);
}
