//! `eval`: the figures that come out.

mod common;

use std::fmt::Write;

use common::{run, sample, sandbox};
use serde_json::Value;

/// The numbers of a table's line, by the names in its header; `–` is none.
fn figures(out: &str, title: &str, starts: &str) -> Vec<(String, Option<f64>)> {
    let at = out.find(title).expect("the table is there");
    let mut lines = out[at..].lines().skip_while(|line| !line.contains("  "));
    let cells = |line: &str| -> Vec<String> {
        line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
    };
    let header = cells(lines.next().expect("a header"));
    let row = cells(lines.find(|line| line.starts_with(starts)).expect("a line of the file"));
    // The first column has no name; the second is the kind of rows.
    let numbers = row[2..].iter().map(|cell| match cell.as_str() {
        "–" => None,
        number => Some(number.parse().expect("a number")),
    });
    header[1..].iter().cloned().zip(numbers).collect()
}

#[test]
fn figures_of_the_sample() {
    let folder = sandbox();
    let clean = serde_json::json!({"id": "clean", "text": sample("clean.txt")}).to_string();
    let args = ["eval", "spun.jsonl", "-"];
    let full = run(folder.path(), &args, clean.as_bytes()).exits(0);
    let edits = figures(full.out(), "Edits of confidence 0.5", "spun.jsonl");
    let names: Vec<&str> = edits.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..4], ["documents", "words", "place P", "R"]);
    assert_eq!(edits[0].1, Some(1.0));
    let f05: Vec<f64> = edits.iter().filter(|(name, _)| name == "F0.5").filter_map(|(_, f)| *f).collect();
    // Floors: both have been above .9.
    assert!(f05.len() == 2 && f05.iter().all(|&f| f > 0.8 && f <= 1.0), "{edits:?}");
    let verdicts = figures(full.out(), "Verdicts", "spun.jsonl");
    assert_eq!(verdicts.iter().find(|(name, _)| name == "AUROC").unwrap().1, Some(1.0));

    let json = run(folder.path(), &[&args[..], &["--format", "json"]].concat(), clean.as_bytes()).exits(0);
    let json: Value = serde_json::from_str(json.out()).unwrap();
    assert_eq!((json["schema"].as_str(), json["version"].as_u64()), (Some("unspin-evaluation"), Some(1)));
    let spun = &json["sources"][0]["spun"];
    assert!((spun["correction"]["f05"].as_f64().unwrap() - f05[1]).abs() < 6e-4);
    assert_eq!(json["sources"][1]["clean"]["correction"]["recall"], Value::Null);
    assert_eq!(json["sources"][1]["clean"]["wrong_edits_per_million_words"], 0.0);
    assert_eq!(json["total"]["all"]["documents"], 2);
    assert_eq!(json["verdicts"]["recall"], serde_json::json!([1.0, 1.0]));
    assert_eq!(json["reliability"]["bins"].as_array().unwrap().len(), 10);
}

#[test]
fn options_mean_what_they_mean_for_fix() {
    let folder = sandbox();
    let proposed = |options: &[&str]| -> u64 {
        let args = [&["eval", "--format", "json", "spun.jsonl"], options].concat();
        let json: Value = serde_json::from_str(run(folder.path(), &args, b"").exits(0).out()).unwrap();
        json["total"]["all"]["correction"]["proposed"].as_u64().unwrap()
    };
    let applied = |options: &[&str]| -> u64 {
        let args = [&["fix", "-q", "--jsonl", "spun.jsonl"], options].concat();
        let rows = run(folder.path(), &args, b"").exits(0).rows();
        let edits = rows[0]["unspin"]["edits"].as_array().unwrap();
        edits.iter().filter(|edit| edit["outcome"] == "applied").count() as u64
    };
    for options in [&[][..], &["--safe"], &["--min-confidence", "0.8"], &["--any-verdict"]] {
        assert_eq!(proposed(options), applied(options), "{options:?}");
    }
}

#[test]
fn cleaning_is_measured_at_the_confidence_that_is_asked_for() {
    let folder = sandbox();
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reprints/held-out");
    let measured = |options: &[&str]| {
        let args = [&["eval", "--clean", "--format", "json", pages], options].concat();
        run(folder.path(), &args, b"").exits(0).out().to_owned()
    };
    let as_clean_does = measured(&[]);
    assert_eq!(measured(&["--cut-confidence", "0.6"]), as_clean_does);
    let kept = |confidence| {
        let json: Value = serde_json::from_str(&measured(&["--cut-confidence", confidence])).unwrap();
        json["all"].clone()
    };
    let (bold, careful) = (kept("0.3"), kept("0.98"));
    let wrongly_cut = |total: &Value| total["article_lines_cut"].as_u64().unwrap();
    assert!(wrongly_cut(&bold) > wrongly_cut(&careful), "{bold} {careful}");
    for (args, why) in [
        (["--cut-confidence", "0.5"], "--clean"),
        (["--clean", "--cut-confidence=2"], "invalid value '2' for '--cut-confidence <P>'"),
    ] {
        let refused = run(folder.path(), &[&["eval"][..], &args].concat(), b"").exits(2);
        assert!(refused.stderr.contains(why), "{}", refused.stderr);
    }
}

#[test]
fn bad_rows_are_named_and_the_rest_scored() {
    let folder = sandbox();
    let input =
        "{\"text\":\"One.\"}\n\n{\"text\":\"One.\",\"edits\":[[0,9,\"x\"]]}\n{\"text\":\n{\"text\":\"Two.\"}";
    let args = ["eval", "--format", "json", "missing.jsonl", "-"];
    let failed = run(folder.path(), &args, input.as_bytes()).exits(2);
    let messages: Vec<&str> = failed.stderr.lines().collect();
    assert!(messages[0].starts_with("unspin: missing.jsonl: "), "{messages:?}");
    assert_eq!(messages[1], "unspin: -:3: edit 1 ends at character 9: the text has 4");
    assert!(messages[2].starts_with("unspin: -:4: not a row "), "{messages:?}");
    let json: Value = serde_json::from_str(failed.out()).unwrap();
    assert_eq!(json["total"]["clean"]["documents"], 2);
    let lines: Vec<_> =
        json["errors"].as_array().unwrap().iter().map(|error| error["line"].as_u64()).collect();
    assert_eq!(lines, [None, Some(3), Some(4)]);
}

#[test]
fn a_text_against_its_gold() {
    let folder = sandbox();
    let text = sample("spun.txt");
    let first = text.lines().next().unwrap();
    let start =
        first.find("go to").map(|at| first[..at].chars().count()).expect("the sample's headline is spun");
    let gold =
        |spun: &str| format!("line\tstart\tend\tspun\tcanonical\n1\t{start}\t{}\t{spun}\tvisit\n", start + 5);
    std::fs::write(folder.path().join("gold.tsv"), gold("go to")).unwrap();
    let args = ["eval", "--gold", "gold.tsv", "spun.txt"];
    let scored = run(folder.path(), &[&args[..], &["--format", "json"]].concat(), b"").exits(0);
    let json: Value = serde_json::from_str(scored.out()).unwrap();
    assert_eq!(json["total"]["spun"]["correction"]["gold"], 1);
    std::fs::write(folder.path().join("gold.tsv"), gold("go by")).unwrap();
    let wrong = run(folder.path(), &args, b"").exits(2);
    assert_eq!(wrong.stderr, "unspin: gold.tsv:2: the table says `go by`, but in the text stands `go to`\n");
    run(folder.path(), &["eval", "--gold", "gold.tsv", "spun.txt", "clean.txt"], b"").exits(2);
}

#[test]
fn held_out_texts_are_rows_for_eval() {
    let folder = sandbox();
    let mut corpus = String::new();
    for number in 0..2_500 {
        let _ = writeln!(corpus, "The ministers met for talk number {number}.");
    }
    std::fs::write(folder.path().join("c.txt"), corpus).unwrap();
    let args = ["model", "held-out", "c.txt", "--every", "2", "--words", "3500"];
    let rows = run(folder.path(), &args, b"").exits(0);
    assert_eq!(
        rows.rows().iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(),
        ["c.txt:1001", "c.txt:1501"]
    );
    let eval = run(folder.path(), &["eval", "--format", "json"], &rows.stdout).exits(0);
    let json: Value = serde_json::from_str(eval.out()).unwrap();
    assert_eq!(json["total"]["clean"]["documents"], 2);
    run(folder.path(), &["model", "held-out", "c.txt", "--every", "0"], b"").exits(2);
}
