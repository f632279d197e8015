//! `--screen`: what is passed over, and what is not.

mod common;

use common::{run, sample, sandbox};
use serde_json::{Value, json};

/// A clean text, a spun one, a short one, and a clean one that holds tortured phrases.
fn rows() -> String {
    let clean = sample("clean.txt");
    let tortured = format!(
        "{clean}\nWe train a profound neural organization, a profound convolutional neural organization.\n"
    );
    let texts = [clean, sample("spun.txt"), "A short text.".to_owned(), tortured];
    texts.iter().map(|text| json!({"id": text.len(), "text": text}).to_string() + "\n").collect()
}

fn objects(command: &[&str]) -> Vec<Value> {
    let folder = sandbox();
    let rows = run(folder.path(), command, rows().as_bytes()).rows();
    rows.iter().map(|row| row["unspin"].clone()).collect()
}

#[test]
fn what_is_decoded_gets_the_same_answer() {
    let (all, screened) = (objects(&["check", "--jsonl"]), objects(&["check", "--jsonl", "--screen"]));
    assert_eq!(all[1..], screened[1..], "spun, short, with a tortured phrase");
    assert_eq!((&all[0]["verdict"], &screened[0]["verdict"]), (&json!("clean"), &json!("passed_over")));
    assert_eq!(screened[0]["edits"], json!([]));
    assert!(screened[0]["spin_probability"].as_f64().unwrap() < 0.02);
}

#[test]
fn a_repair_is_the_same_and_says_how_many_were_passed_over() {
    let folder = sandbox();
    let texts = |command: &[&str]| {
        let run = run(folder.path(), command, rows().as_bytes()).exits(0);
        let texts: Vec<Value> = run.rows().iter().map(|row| row["text"].clone()).collect();
        (texts, run.stderr.clone())
    };
    let (all, _) = texts(&["fix", "--jsonl"]);
    let (screened, said) = texts(&["fix", "--jsonl", "--screen"]);
    assert_eq!(all, screened);
    assert!(said.contains(", 1 passed over"), "{said}");
}

#[test]
fn not_with_what_it_was_not_learned_for() {
    let folder = sandbox();
    for more in [&["--any-verdict"][..], &["--dict", "rows.tsv"], &["--model", "other.lm"]] {
        let command = [&["check", "--jsonl", "--screen"][..], more].concat();
        run(folder.path(), &command, b"").exits(2);
    }
    run(folder.path(), &["check", "--screen"], b"").exits(2);
}

#[test]
fn one_is_learned_and_measured() {
    let folder = sandbox();
    let rows =
        "spun\tcanonical\tweight\tsource\noverseas\tforeign\t9\tobserved\nfolks\tpeople\t9\tobserved\n";
    std::fs::write(folder.path().join("rows.tsv"), rows).unwrap();
    let article = |n: usize| {
        let text = format!("The foreign minister met {n} people of the town. ").repeat(20);
        json!({"text": text}).to_string() + "\n"
    };
    let articles: String = (0..40).map(article).collect();
    std::fs::write(folder.path().join("articles.jsonl"), articles).unwrap();
    let learn = [
        "screen",
        "learn",
        "articles.jsonl",
        "--dict",
        "rows.tsv",
        "--thesaurus",
        "rows.tsv",
        "--output",
        "s.bin",
    ];
    let said = run(folder.path(), &learn, b"").exits(0).stderr;
    assert!(said.contains("round 8: "), "{said}");
    let measure = ["screen", "measure", "articles.jsonl", "--screen", "s.bin"];
    let said = run(folder.path(), &measure, b"").exits(0).out().to_owned();
    assert!(
        said.starts_with("articles.jsonl: 40 documents, 40 passed over; 0 that decoding calls spun"),
        "{said}"
    );
    std::fs::write(folder.path().join("s.bin"), "text").unwrap();
    let said = run(folder.path(), &measure, b"").exits(2).stderr;
    assert!(said.contains("s.bin: not a screen: learn one with `unspin screen learn`"), "{said}");
}
