//! `--jsonl`: the rows that come back.

mod common;

use std::fmt::Write;

use common::{run, sample, sandbox};
use serde_json::{Value, json};

/// Applies the edits of a row's `unspin` object, as a script would.
fn applied(text: &str, edits: &Value) -> String {
    let mut out = String::new();
    let mut from = 0;
    for edit in edits.as_array().unwrap() {
        if edit["outcome"] != "applied" && edit["outcome"] != "proposed" {
            continue;
        }
        let start = usize::try_from(edit["start"].as_u64().unwrap()).unwrap();
        let end = usize::try_from(edit["end"].as_u64().unwrap()).unwrap();
        assert_eq!(edit["before"], text[start..end]);
        out.push_str(&text[from..start]);
        out.push_str(edit["after"].as_str().unwrap());
        from = end;
    }
    out + &text[from..]
}

#[test]
fn fix_gives_the_same_text_as_for_a_file() {
    let folder = sandbox();
    let alone = run(folder.path(), &["fix", "-q", "spun.txt"], b"").exits(0);
    let row = json!({"n": 1, "text": sample("spun.txt"), "tags": ["a"]}).to_string();
    let batch = run(folder.path(), &["fix", "-q", "--jsonl"], row.as_bytes()).exits(0);
    let rows = batch.rows();
    assert_eq!(rows[0]["text"], alone.out());
    assert_eq!(applied(&sample("spun.txt"), &rows[0]["unspin"]["edits"]), alone.out());
    assert_eq!(rows[0]["unspin"]["verdict"], "spun");
    assert_eq!(rows[0]["unspin"]["schema"], "unspin-batch");
    assert_eq!(rows[0]["tags"], json!(["a"]));
    let keys: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["n", "text", "tags", "unspin"], "fields keep their order");
}

#[test]
fn check_proposes_and_leaves_the_row_alone() {
    let folder = sandbox();
    let line = sample("spun.jsonl");
    let run = run(folder.path(), &["check", "-q", "--jsonl", "spun.jsonl"], b"").exits(1);
    let start = line.trim_end().strip_suffix('}').unwrap();
    assert!(run.out().starts_with(start), "the row's own bytes come back");
    assert!(
        run.rows()[0]["unspin"]["edits"].as_array().unwrap().iter().all(|edit| edit["outcome"] == "proposed")
    );
}

#[test]
fn skipped_edits_say_why() {
    let folder = sandbox();
    let run = run(folder.path(), &["fix", "-q", "--jsonl", "--safe", "spun.jsonl"], b"").exits(0);
    let rows = run.rows();
    let edits = rows[0]["unspin"]["edits"].as_array().unwrap();
    assert!(edits.iter().any(|edit| edit["outcome"] == "applied" && edit["applicability"] == "safe"));
    assert!(edits.iter().any(|edit| edit["outcome"] == "skipped:below-min-confidence"));
}

#[test]
fn order_and_blank_lines() {
    let folder = sandbox();
    let mut input = String::from("\u{feff}");
    for number in 0..50 {
        let text = if number % 7 == 0 { sample("spun.txt") } else { format!("Text {number}.") };
        let _ = write!(input, "{}\r\n\n", json!({"id": number, "text": text}));
    }
    let run = run(folder.path(), &["fix", "-q", "--jsonl"], input.as_bytes()).exits(0);
    let ids: Vec<u64> = run.rows().iter().map(|row| row["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (0..50).collect::<Vec<_>>());
}

#[test]
fn deep_nesting_and_bytes_that_are_no_text() {
    let folder = sandbox();
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let mut input =
        format!("{{\"text\":\"a\",\"deep\":{deep}}}\n{{\"id\":1,\"text\":{deep}}}\n{deep}\n").into_bytes();
    input.extend_from_slice(b"{\"id\":2,\"text\":\"caf\xe9\"}\n{\"text\":\"z\"}");
    let run = run(folder.path(), &["check", "-q", "--jsonl"], &input).exits(2);
    let lines: Vec<&str> = run.out().lines().collect();
    assert_eq!(lines.len(), 5);
    assert!(lines[0].starts_with("{\"text\":\"a\",\"deep\":[[[") && lines[0].contains("\"unspin\":{"));
    let error =
        |line: &str| serde_json::from_str::<Value>(line).unwrap()["error"].as_str().unwrap().to_owned();
    assert!(error(lines[1]).starts_with("field `text` is not a text: invalid type: sequence"));
    assert!(error(lines[2]).starts_with("not a JSON object: "));
    assert_eq!(error(lines[3]), "not valid UTF-8 at byte 19 of the line");
    assert!(lines[4].contains("\"verdict\":\"too_short\""));
}

/// Everything but the text of a line of 100 MB is copied, whatever it is.
#[test]
fn a_line_of_a_hundred_megabytes() {
    let folder = sandbox();
    let ballast = "x".repeat(100_000_000);
    let input = format!("{{\"text\":\"Short.\",\"page\":\"{ballast}\"}}\n{{\"text\":\"Short.\"}}\n");
    let run = run(folder.path(), &["fix", "-q", "--jsonl"], input.as_bytes()).exits(0);
    let mut lines = run.stdout.split(|&byte| byte == b'\n');
    assert!(lines.next().unwrap().len() > 100_000_000);
    assert!(lines.next().unwrap().starts_with(b"{\"text\":\"Short.\",\"unspin\":"));
}

#[test]
fn the_same_bytes_each_time() {
    let folder = sandbox();
    let once = run(folder.path(), &["fix", "-q", "--jsonl", "spun.jsonl"], b"").exits(0).stdout;
    let twice = run(folder.path(), &["fix", "-q", "--jsonl", "spun.jsonl"], b"").exits(0).stdout;
    assert!(once == twice);
}
