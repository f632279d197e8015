//! Floors of quality. What was measured stands beside each; a floor is lowered only in exchange for another figure, which is named.

mod common;

use std::fs;

use unspin::detect::{Family, VerdictKind};
use unspin::evaluate::{Counts, Evaluation, Gold, Row, parse_gold};
use unspin::pipeline::Engine;
use unspin::repair::{Applicability, Policy};
use unspin::text::{Document, Tokens};
use unspin::translation::Translation;

/// Edits of a genuine seed with any verdict, at most.
const MOST_EDITS_ANYWAY: usize = 3;

fn engine() -> Engine {
    Engine::builtin().expect("the built-in data fits the program")
}

fn policy(min_confidence: f64, any_verdict: bool) -> Policy {
    Policy { min_confidence, any_verdict, ..Policy::default() }
}

/// Corrections of a text against its gold, and its verdict.
fn measured(text: &str, gold: &[Gold], policy: Policy) -> (VerdictKind, Counts) {
    let (engine, document) = (engine(), Document::new(text));
    let mut evaluation = Evaluation::new(policy);
    evaluation.add(&engine, &document, gold);
    (engine.scan(&document).verdict.kind, evaluation.sources()[0].all().applied.correction)
}

fn edits(text: &str, policy: Policy) -> usize {
    let mended = engine().mend(&Document::new(text), &policy);
    mended.fixes.iter().filter(|p| p.outcome.is_applied()).count()
}

fn at_least(what: &str, found: Option<f64>, floor: f64) {
    assert!(found.is_some_and(|found| found >= floor), "{what}: {found:?}, the floor is {floor}");
}

/// The seed whose name starts so, if the shared folder is here.
fn seed(number: &str) -> Option<String> {
    let folder = common::repository().join("../shared/seeds");
    let Ok(entries) = fs::read_dir(&folder) else {
        common::skip(&format!("{} is not there", folder.display()));
        return None;
    };
    let path = entries
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number)));
    Some(fs::read_to_string(path.expect("a seed of this number")).expect("seeds are text"))
}

#[test]
fn the_spun_sample_is_repaired() {
    let row = Row::parse(common::sample("spun.jsonl").trim_end()).expect("a row");
    let (verdict, counts) = measured(&row.text, &row.gold, Policy::default());
    assert_eq!(verdict, VerdictKind::Spun);
    // Measured: 0.962 and 0.970. Precision was 1.000 while confidences were too low by design.
    at_least("F0.5", counts.f05(), 0.95);
    at_least("precision", counts.precision(), 0.96);
}

#[test]
fn the_thesaurus_sample_is_told_and_repaired_where_that_is_sure() {
    let row = Row::parse(common::sample("thesaurus.jsonl").trim_end()).expect("a row");
    let verdict = engine().scan(&Document::new(row.text.as_str())).verdict;
    assert_eq!((verdict.kind, verdict.family), (VerdictKind::Spun, Some(Family::Thesaurus)));
    let (_, counts) = measured(&row.text, &row.gold, Policy::default());
    // Measured: 0.708 and 0.142.
    at_least("precision", counts.precision(), 0.65);
    at_least("recall", counts.recall(), 0.10);
}

#[test]
fn genuine_samples_are_left_alone() {
    for name in ["clean.txt", "original.txt"] {
        let text = common::sample(name);
        assert_eq!(engine().scan(&Document::new(text.as_str())).verdict.kind, VerdictKind::Clean, "{name}");
        assert_eq!(edits(&text, policy(Applicability::UNSAFE, true)), 0, "{name}");
    }
}

/// The articles of the labelled reprints, one behind the other, in texts of so many words and more.
fn long_genuine_texts(words: usize) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(common::repository().join("tests/reprints/tuning"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    names.sort();
    let mut out = vec![String::new()];
    for name in names.iter().take(400) {
        let page = fs::read_to_string(name).expect("pages are text");
        let article = page.lines().filter_map(|line| line.strip_prefix("+\t"));
        let last = out.last_mut().expect("never empty");
        article.for_each(|line| last.extend([line, "\n"]));
        if last.split_whitespace().count() >= words {
            out.push(String::new());
        }
    }
    out.pop();
    out
}

#[test]
fn a_text_is_not_spun_because_it_is_long() {
    let texts = long_genuine_texts(20_000);
    assert!(texts.len() > 3, "{}", texts.len());
    for text in &texts {
        let verdict = engine().scan(&Document::new(text.as_str())).verdict;
        assert_eq!(verdict.kind, VerdictKind::Clean, "{verdict:?}");
    }
    // A term that the language model does not know is no evidence anew each time.
    let manual = "Each node keeps a list of its neighbours. A node that is started later asks the first node for it. \
                  When a node is stopped, its neighbours wait for a minute, and then they drop the node from the list.\n";
    for times in [3, 30, 300] {
        let verdict = engine().scan(&Document::new(manual.repeat(times))).verdict;
        assert_ne!(verdict.kind, VerdictKind::Spun, "{times} times: {verdict:?}");
    }
}

#[test]
fn a_spun_article_in_a_long_text_is_found_and_repaired_alone() {
    let [clean, spun] = ["original.txt", "spun.txt"].map(common::sample);
    let before = format!("{clean}\n\n").repeat(4);
    let text = format!("{before}{spun}\n\n{spun}\n\n{before}");
    let mended = engine().mend(&Document::new(text.as_str()), &Policy::default());
    assert_eq!(mended.verdict.kind, VerdictKind::Spun);
    let applied: Vec<usize> = mended
        .fixes
        .iter()
        .filter(|planned| planned.outcome.is_applied())
        .map(|planned| planned.fix.span().start())
        .collect();
    assert!(applied.len() > 150, "{}", applied.len());
    // Sections don't know where an article begins: one may have the end of another in it.
    let near = before.len() - clean.len()..before.len() + 2 * spun.len() + clean.len();
    let far = applied.iter().filter(|start| !near.contains(start)).count();
    assert_eq!(far, 0, "edits of what is genuine");
}

#[test]
fn the_spun_seed_is_repaired() {
    let Some(text) = seed("001") else { return };
    let table = fs::read_to_string(common::repository().join("../shared/gold/001.edits.tsv")).expect("gold");
    let gold = parse_gold(&table, &text).expect("the gold fits the seed");
    let (verdict, counts) = measured(&text, &gold, Policy::default());
    assert_eq!(verdict, VerdictKind::Spun);
    // Measured: 0.898 and 0.935; with --safe 0.955 and 0.66. Precision of --safe was 0.960 before texts were read in sections, since when no
    // genuine text is taken for spun because it is long. F0.5 was 0.918, recall 0.881 and precision of --safe 0.970 while confidences
    // were too low by design; now a confidence of 0.9 is right nine times in ten on made articles.
    at_least("F0.5", counts.f05(), 0.89);
    at_least("recall", counts.recall(), 0.92);
    let (_, safe) = measured(&text, &gold, Policy::safe());
    at_least("precision of --safe", safe.precision(), 0.95);
    at_least("recall of --safe", safe.recall(), 0.50);
}

#[test]
fn genuine_seeds_are_left_alone() {
    for number in ["000", "002", "003", "004"] {
        let Some(text) = seed(number) else { return };
        let verdict = engine().scan(&Document::new(text.as_str())).verdict;
        assert_ne!(verdict.kind, VerdictKind::Spun, "seed {number}");
        assert_eq!(edits(&text, Policy::default()), 0, "seed {number}");
        let anyway = edits(&text, policy(Applicability::UNSAFE, true));
        assert!(anyway <= MOST_EDITS_ANYWAY, "seed {number}: {anyway} edits with any verdict");
    }
}

#[test]
fn the_translated_seed_alone_reads_like_a_translation() {
    for number in ["000", "001", "002", "003", "004"] {
        let Some(text) = seed(number) else { return };
        let found = Translation::of(&text, &Tokens::of(&text));
        assert_eq!(found.is_translated, number == "004", "seed {number}: {:?}", found.traces);
    }
}

#[test]
fn genuine_and_spun_samples_do_not_read_like_a_translation() {
    for name in ["clean.txt", "original.txt", "spun.txt"] {
        let text = common::sample(name);
        assert!(Translation::of(&text, &Tokens::of(&text)).traces.is_empty(), "{name}");
    }
}

/// What comes of a line that stands before a spun text, which lets the words be judged as boldly as they are in one.
fn repaired(text: &str) -> String {
    let text = format!("{text}\n\n{}", common::sample("spun.txt"));
    let mended = engine().mend(&Document::new(text), &policy(0.5, true)).text;
    mended.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn wording() {
    let cases = [
        // Case.
        ("Overseas minister to attend talks.", "Foreign minister to attend talks."),
        ("The overseas minister said so.", "The foreign minister said so."),
        ("THE OVERSEAS MINISTER SAID SO.", "THE OVERSEAS MINISTER SAID SO."),
        // Articles.
        ("He wrote an extended listing of demands.", "He wrote a long list of demands."),
        // Possessives.
        ("The overseas minister's visit ended.", "The foreign minister's visit ended."),
        // Never touched.
        ("The overseas-minister post is vacant.", "The overseas-minister post is vacant."),
        (
            "See https://example.com/overseas/minister for it.",
            "See https://example.com/overseas/minister for it.",
        ),
        ("Write to overseas.minister@example.com today.", "Write to overseas.minister@example.com today."),
        ("Run `print overseas minister` to see it.", "Run `print overseas minister` to see it."),
        ("He’s anticipated to come.", "He’s expected to come."),
        ("The prime minister spoke on Monday.", "The prime minister spoke on Monday."),
    ];
    let wrong: Vec<String> = cases
        .into_iter()
        .map(|(text, wanted)| (text, wanted, repaired(text)))
        .filter(|(_, wanted, found)| wanted != found)
        .map(|(text, wanted, found)| format!("{text}\n  wanted {wanted}\n  found  {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The months of the built-in list, at the places where such a row can be seen at work.
#[test]
fn months() {
    for month in ["Could", "Might", "Would"] {
        let text = format!("The law took effect on {month} 12, 2019. In {month}, the two sides met.");
        let wanted = "The law took effect on May 12, 2019. In May, the two sides met.";
        assert_eq!(repaired(&text), wanted);
    }
}
