//! What the program writes for machines is what the schemas in `schemas/` say.

mod common;

use std::fs;
use std::path::Path;

use boon::{Compiler, SchemaIndex, Schemas};
use common::{repository, run, sample, sandbox};
use serde_json::{Value, json};

/// A schema that knows all fields: what it does not name is refused.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn new(name: &str) -> Self {
        let path = repository().join("schemas").join(name);
        let text = fs::read_to_string(&path).expect("the schema is there");
        let mut schema = serde_json::from_str(&text).expect("a schema is JSON");
        close(&mut schema);
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource(name, schema).expect("a schema");
        let index = compiler.compile(name, &mut schemas).expect("a valid schema");
        Self { schemas, index }
    }

    /// Asserts that all values fit.
    fn takes_all(&self, values: &[Value]) {
        for value in values {
            self.takes(value);
        }
    }

    /// Asserts that a value fits.
    fn takes(&self, value: &Value) {
        if let Err(error) = self.schemas.validate(value, self.index) {
            panic!("{error:#}\n{value:#}");
        }
    }

    fn refuses(&self, value: &Value) {
        assert!(self.schemas.validate(value, self.index).is_err(), "{value:#}");
    }
}

/// Forbids all fields that a schema does not name, but where it allows them by name.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.contains_key("properties") && !members.contains_key("additionalProperties") {
                members.insert("additionalProperties".to_owned(), json!(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// A folder with what is special in a report: quotations, meaning, letters of several bytes, unreadable inputs.
fn folder() -> tempfile::TempDir {
    let folder = sandbox();
    let quoted = sample("spun.txt").replace("The overseas minister", "“The overseas minister” é");
    fs::write(folder.path().join("quoted.txt"), quoted.replace('\n', "\r\n")).unwrap();
    fs::write(folder.path().join("short.txt"), "Too short.").unwrap();
    fs::write(folder.path().join("bad.txt"), b"\xff").unwrap();
    folder
}

const INPUTS: [&str; 6] = ["spun.txt", "clean.txt", "quoted.txt", "short.txt", "bad.txt", "missing.txt"];

fn check(folder: &Path, options: &[&str]) -> common::Run {
    run(folder, &[&["check"], options, &INPUTS].concat(), b"").exits(2)
}

#[test]
fn report() {
    let (folder, schema) = (folder(), Schema::new("report.schema.json"));
    let whole = check(folder.path(), &["--format", "json", "--any-verdict", "--explain", "--quotes", "ask"]);
    let whole: Value = serde_json::from_str(whole.out()).unwrap();
    schema.takes(&whole);
    let findings = &whole["documents"][2]["findings"];
    for optional in ["applicability_reason", "explanation"] {
        assert!(findings.as_array().unwrap().iter().any(|f| f.get(optional).is_some()), "no {optional}");
    }
    assert_eq!(whole["errors"].as_array().unwrap().len(), 2);
    let rows = check(folder.path(), &["--format", "jsonl"]).rows();
    schema.takes_all(&rows);
    for kind in ["meta", "finding", "document", "error"] {
        assert!(rows.iter().any(|row| row["type"] == kind), "no {kind}");
    }
}

#[test]
fn batch() {
    let (folder, schema) = (folder(), Schema::new("batch.schema.json"));
    let spun = json!({ "text": sample("spun.txt"), "id": 1, "error": "of its own" });
    let input = format!("{spun}\n{{\"id\":[2]}}\n[]\n");
    for command in [["fix", "--quotes", "ask"], ["check", "--quotes", "fix"]] {
        let rows =
            run(folder.path(), &[&command[..], &["--jsonl"]].concat(), input.as_bytes()).exits(2).rows();
        assert_eq!(rows.len(), 3);
        schema.takes_all(&rows);
        assert!(!rows[0]["unspin"]["edits"].as_array().unwrap().is_empty());
    }
}

#[test]
fn attributes() {
    let (folder, schema) = (folder(), Schema::new("attributes.schema.json"));
    let spun = json!({ "text": sample("spun.txt"), "id": 1, "source": "x" });
    let input = format!("{spun}\n{{\"id\":[2]}}\n[]\n");
    for command in ["check", "clean"] {
        let rows =
            run(folder.path(), &[command, "--jsonl", "--attributes"], input.as_bytes()).exits(2).rows();
        assert_eq!(rows.len(), 3);
        schema.takes_all(&rows);
        assert!(!rows[0]["attributes"].as_object().unwrap().is_empty());
    }
    schema.refuses(&json!({"attributes": {"unspin__x": [[0, 1]]}}));
}

#[test]
fn audit() {
    let (folder, schema) = (folder(), Schema::new("audit.schema.json"));
    let options = ["fix", "-q", "--diff", "--audit", "trail", "--quotes", "ask"];
    run(folder.path(), &[&options[..], &INPUTS].concat(), b"").exits(2);
    let trail = fs::read_to_string(folder.path().join("trail")).unwrap();
    let lines: Vec<Value> = trail.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    schema.takes_all(&lines);
    for kind in ["header", "document", "fix", "end"] {
        assert!(lines.iter().any(|line| line["type"] == kind), "no {kind}");
    }
    for optional in ["reason", "reservation"] {
        assert!(lines.iter().any(|line| line.get(optional).is_some()), "no {optional}");
    }
}

/// Decisions of the policy, and what people may make of them.
#[test]
fn decisions() {
    let (folder, schema) = (folder(), Schema::new("decisions.schema.json"));
    run(folder.path(), &["review", "--accept-all", "--decisions", "d", "spun.txt", "quoted.txt"], b"")
        .exits(0);
    let path = folder.path().join("d");
    let kept = fs::read_to_string(&path).unwrap();
    let lines: Vec<Value> = kept.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    schema.takes_all(&lines);
    assert!(lines.len() > 100 && lines[1]["decision"] == "accept" && lines[1]["decided_by"] == "policy");
    let mut row = lines[1].clone();
    (row["decided_by"], row["reviewer"]) = (json!("reviewer"), json!("Anna"));
    for (decision, changes) in
        [("pick", true), ("own-wording", true), ("reject", false), ("undecided", false)]
    {
        row["decision"] = json!(decision);
        row["after"] = json!("Own");
        let (with, mut without) = (row.clone(), row.clone());
        without.as_object_mut().unwrap().remove("after");
        let (good, bad) = if changes { (with, without) } else { (without, with) };
        schema.takes(&good);
        schema.refuses(&bad);
        // The program agrees.
        let read = |row: &Value| {
            fs::write(&path, format!("{}\n{row}\n", lines[0])).unwrap();
            run(
                folder.path(),
                &["fix", "-q", "--audit", decision, "--decisions", "d", "--decided-only", "spun.txt"],
                b"",
            )
            .code
        };
        assert_eq!((read(&bad), read(&good)), (Some(2), Some(0)), "{decision}");
        if decision != "undecided" {
            let trail = fs::read_to_string(folder.path().join(decision)).unwrap();
            let lines: Vec<Value> = trail.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            Schema::new("audit.schema.json").takes_all(&lines);
            let by_person = lines.iter().find(|line| line["decided_by"] == "reviewer").unwrap();
            assert_eq!((&by_person["decision"], &by_person["reviewer"]), (&json!(decision), &json!("Anna")));
        }
    }
}

#[test]
fn score() {
    let (folder, schema) = (folder(), Schema::new("score.schema.json"));
    let translated =
        "The European Parliament said that the France Press agency had met the head of US diplomacy. "
            .repeat(8);
    fs::write(folder.path().join("translated.txt"), translated).unwrap();
    let of = |options: &[&str], code| run(folder.path(), &[&["score"], options].concat(), b"").exits(code);
    let inputs = [&INPUTS[..], &["translated.txt"]].concat();
    let whole = of(&[&["--format", "json"], &inputs[..]].concat(), 2);
    let whole: Value = serde_json::from_str(whole.out()).unwrap();
    schema.takes(&whole);
    assert_eq!(whole["errors"].as_array().unwrap().len(), 2);
    let documents = whole["documents"].as_array().unwrap();
    assert!(documents.iter().any(|d| !d["translation"]["evidence"].as_array().unwrap().is_empty()));
    let rows = of(&[&["--format", "jsonl"], &inputs[..]].concat(), 2).rows();
    schema.takes_all(&rows);
    for kind in ["meta", "document", "error", "total"] {
        assert!(rows.iter().any(|row| row["type"] == kind), "no {kind}");
    }
    for format in ["json", "jsonl"] {
        let compared = of(&["--format", format, "--compare", "spun.txt", "clean.txt"], 0);
        let compared: Value = serde_json::from_str(compared.out()).unwrap();
        schema.takes(&compared);
    }
    let row = json!({ "text": sample("spun.txt") }).to_string();
    for command in [&["score", "--jsonl"][..], &["fix", "--jsonl", "--score"]] {
        let rows = run(folder.path(), command, row.as_bytes()).exits(0).rows();
        Schema::new("batch.schema.json").takes_all(&rows);
        schema.takes(&rows[0]["unspin"]["score"]);
    }
    // What no schema of a number would notice.
    let mut wrong = whole.clone();
    wrong["documents"][0]["readability"]["words"] = json!(1.5);
    schema.refuses(&wrong);
    wrong = whole;
    wrong["total"]["readability"].as_object_mut().unwrap().remove("grade");
    schema.refuses(&wrong);
}

#[test]
fn evaluation() {
    let (folder, schema) = (folder(), Schema::new("evaluation.schema.json"));
    let run = run(folder.path(), &["eval", "--format", "json", "spun.jsonl", "missing.jsonl"], b"").exits(2);
    let found: Value = serde_json::from_str(run.out()).unwrap();
    schema.takes(&found);
    assert_eq!(found["errors"].as_array().unwrap().len(), 1);
}

#[test]
fn dictionary() {
    let (folder, schema) = (folder(), Schema::new("dictionary.schema.json"));
    let phrases = ["overseas minister", "prime minister", "no such phrase"];
    let arguments = [&["dict", "explain", "--format", "json"], &phrases[..]].concat();
    let found: Value = serde_json::from_str(run(folder.path(), &arguments, b"").exits(1).out()).unwrap();
    schema.takes(&found);
}

#[test]
fn pairs() {
    let (folder, schema) = (folder(), Schema::new("pairs.schema.json"));
    fs::write(folder.path().join("original.txt"), sample("original.txt")).unwrap();
    let arguments = ["dict", "learn", "--format", "json", "--min-count", "1", "spun.txt", "original.txt"];
    let found: Value = serde_json::from_str(run(folder.path(), &arguments, b"").exits(0).out()).unwrap();
    schema.takes(&found);
    assert!(!found["rows"].as_array().unwrap().is_empty());
}

#[test]
fn baseline() {
    let (folder, schema) = (folder(), Schema::new("baseline.schema.json"));
    run(folder.path(), &["check", "--write-baseline", "accepted.json", "spun.txt"], b"").exits(0);
    let text = fs::read_to_string(folder.path().join("accepted.json")).unwrap();
    let found: Value = serde_json::from_str(&text).unwrap();
    schema.takes(&found);
    assert!(!found["findings"].as_array().unwrap().is_empty());
}

/// A test that can't fail would be a defect: wrong outputs are found.
#[test]
fn wrong_outputs_are_refused() {
    let report = Schema::new("report.schema.json");
    let error = json!({ "type": "error", "path": "x", "error": "y" });
    report.takes(&error);
    for (name, value) in [("type", json!("other")), ("path", json!(1)), ("more", json!(1))] {
        let mut wrong = error.clone();
        wrong[name] = value;
        report.refuses(&wrong);
    }
    Schema::new("batch.schema.json").refuses(&json!({ "text": "a" }));
    Schema::new("audit.schema.json").refuses(&json!({ "type": "end", "documents": 0 }));
}

#[test]
fn clean() {
    let (folder, schema) = (folder(), Schema::new("clean.schema.json"));
    std::fs::write(folder.path().join("scraped.txt"), sample("scraped.txt")).expect("a file can be written");
    std::fs::write(folder.path().join("page.html"), "<html><p>The caf\u{e9} by the river was closed on the night of the storm, said its owner, and opened again on Tuesday.</p>").expect("a file can be written");
    let json =
        run(folder.path(), &["clean", "-q", "--format", "json", "scraped.txt", "missing.txt"], b"").exits(2);
    schema.takes(&serde_json::from_str(json.out()).expect("JSON"));
    let rows = run(
        folder.path(),
        &["clean", "-q", "--format", "jsonl", "scraped.txt", "page.html", "missing.txt"],
        b"",
    );
    let rows = rows.rows();
    assert_eq!(rows.len(), 4);
    schema.takes_all(&rows);
    let row = json!({ "text": sample("scraped.txt") }).to_string();
    let batch = run(folder.path(), &["clean", "-q", "--jsonl", "--split"], row.as_bytes()).exits(0);
    let batch = batch.rows();
    assert!(batch[0]["unspin"]["articles"][0].as_str().is_some_and(|text| text.starts_with("Striker")));
    schema.takes(&batch[0]["unspin"]);
    let trail = ["clean", "-q", "-o", "out", "--audit", "cuts", "scraped.txt", "page.html"];
    run(folder.path(), &trail, b"").exits(0);
    let lines = std::fs::read_to_string(folder.path().join("cuts")).expect("a trail");
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    Schema::new("audit.schema.json").takes_all(&lines);
    schema.refuses(&json!({ "type": "page" }));
}
