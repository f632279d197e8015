//! The trail of a repair: verified, replayed, reverted.

mod common;

use std::fs;

use common::{run, sample, sandbox};

#[test]
fn a_repair_can_be_undone_and_repeated() {
    let folder = sandbox();
    run(folder.path(), &["fix", "-q", "-w", "--audit", "t.jsonl", "spun.txt", "clean.txt"], b"").exits(0);
    let repaired = fs::read_to_string(folder.path().join("spun.txt")).unwrap();
    assert_ne!(repaired, sample("spun.txt"));
    let verified = run(folder.path(), &["audit", "verify", "t.jsonl"], b"").exits(0);
    assert!(verified.out().starts_with("t.jsonl: whole: 2 documents, "), "{}", verified.out());
    let original = run(folder.path(), &["audit", "revert", "t.jsonl", "spun.txt"], b"").exits(0);
    assert_eq!(original.out(), sample("spun.txt"));
    let again = run(folder.path(), &["audit", "replay", "t.jsonl"], sample("spun.txt").as_bytes()).exits(0);
    assert_eq!(again.out(), repaired);
    run(folder.path(), &["audit", "revert", "-w", "t.jsonl", "spun.txt", "clean.txt"], b"").exits(0);
    assert_eq!(fs::read_to_string(folder.path().join("spun.txt")).unwrap(), sample("spun.txt"));
}

#[test]
fn a_text_that_does_not_fit_is_refused() {
    let folder = sandbox();
    run(folder.path(), &["fix", "-q", "--audit", "one.jsonl", "spun.txt"], b"").exits(0);
    let refused = run(folder.path(), &["audit", "replay", "one.jsonl", "clean.txt"], b"").exits(2);
    assert!(refused.out().is_empty());
    assert!(
        refused.stderr.starts_with("unspin: clean.txt: this is not the text that was repaired"),
        "{}",
        refused.stderr
    );
    let number =
        run(folder.path(), &["audit", "replay", "--document", "7", "one.jsonl", "spun.txt"], b"").exits(2);
    assert!(number.stderr.contains("there is no document 7 in the trail, it has 1"), "{}", number.stderr);
}

#[test]
fn alterations_are_named() {
    let folder = sandbox();
    run(folder.path(), &["fix", "-q", "--audit", "t.jsonl", "spun.txt"], b"").exits(0);
    let trail = fs::read_to_string(folder.path().join("t.jsonl")).unwrap();
    let lines: Vec<&str> = trail.split_inclusive('\n').collect();
    let dropped = [&lines[..3], &lines[4..]].concat().concat();
    let mut swapped = lines.clone();
    swapped.swap(3, 4);
    let altered = trail.replacen("\"visit\"", "\"vixit\"", 1);
    for (what, text, line) in [
        ("altered", altered, "line "),
        ("dropped", dropped, "line 4"),
        ("swapped", swapped.concat(), "lines 4 and 5: swapped"),
    ] {
        fs::write(folder.path().join("bad.jsonl"), text).unwrap();
        let verified = run(folder.path(), &["audit", "verify", "bad.jsonl"], b"").exits(1);
        assert!(verified.out().contains(line), "{what}: {}", verified.out());
        let refused = run(folder.path(), &["audit", "replay", "bad.jsonl", "spun.txt"], b"").exits(2);
        assert!(
            refused.stderr.contains("bad.jsonl: the audit trail can't be relied on"),
            "{what}: {}",
            refused.stderr
        );
    }
}

#[test]
fn a_trail_is_never_overwritten() {
    let folder = sandbox();
    fs::write(folder.path().join("t.jsonl"), "old").unwrap();
    let refused = run(folder.path(), &["fix", "-w", "--audit", "t.jsonl", "spun.txt"], b"").exits(2);
    assert!(refused.stderr.starts_with("unspin: t.jsonl: there is a file already"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(folder.path().join("t.jsonl")).unwrap(), "old");
    assert_eq!(fs::read_to_string(folder.path().join("spun.txt")).unwrap(), sample("spun.txt"));
}

/// Rows are recorded under their own names; what could not be done is on no record, and the trail is whole all the same.
#[test]
fn rows_are_recorded() {
    let folder = sandbox();
    let rows = format!(
        "{}not json\n{{\"id\":7,\"text\":\"Short.\"}}\n{{\"text\":\"Short.\"}}\n",
        sample("spun.jsonl")
    );
    run(folder.path(), &["fix", "-q", "--jsonl", "--audit", "t.jsonl"], rows.as_bytes()).exits(2);
    run(folder.path(), &["audit", "verify", "t.jsonl"], b"").exits(0);
    let trail = fs::read_to_string(folder.path().join("t.jsonl")).unwrap();
    for name in ["\"path\":\"port-averell\"", "\"path\":\"7\"", "\"path\":\"-:4\""] {
        assert!(trail.contains(name), "{name}");
    }
}

/// A file that can't be replaced is not recorded as repaired.
#[test]
fn what_was_not_written_is_not_on_record() {
    let folder = sandbox();
    let file = folder.path().join("spun.txt");
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    run(folder.path(), &["fix", "-q", "-w", "--audit", "t.jsonl", "spun.txt"], b"").exits(2);
    let verified = run(folder.path(), &["audit", "verify", "t.jsonl"], b"").exits(0);
    assert!(verified.out().starts_with("t.jsonl: whole: 0 documents"), "{}", verified.out());
}

/// Whoever reads the output may have enough; the trail is whole all the same.
#[test]
fn a_closed_pipe_leaves_a_whole_trail() {
    let folder = sandbox();
    fs::write(folder.path().join("many.jsonl"), sample("spun.jsonl").repeat(60)).unwrap();
    let mut child = common::program()
        .args(["fix", "-q", "--jsonl", "--audit", "t.jsonl", "many.jsonl"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    run(folder.path(), &["audit", "verify", "t.jsonl"], b"").exits(0);
}

#[test]
fn kept_quotations_are_on_record() {
    let folder = sandbox();
    let text = "The overseas minister mentioned: \"My marketing campaign with out an overseas minister.\"\n";
    fs::write(folder.path().join("note.txt"), text).unwrap();
    let arguments =
        ["fix", "-q", "-w", "--any-verdict", "--quotes", "keep", "--audit", "t.jsonl", "note.txt"];
    run(folder.path(), &arguments, b"").exits(0);
    let trail = fs::read_to_string(folder.path().join("t.jsonl")).unwrap();
    assert!(trail.contains(r#""quotes":"keep""#) && trail.contains(r#""least_applicability":"display""#));
    assert!(trail.contains(r#""outcome":"skipped","reason":"in-quotation""#), "{trail}");
    run(folder.path(), &["audit", "verify", "t.jsonl"], b"").exits(0);
    let repaired = fs::read_to_string(folder.path().join("note.txt")).unwrap();
    assert!(repaired.ends_with("\"My marketing campaign with out an overseas minister.\"\n"), "{repaired}");
    let original = run(folder.path(), &["audit", "revert", "t.jsonl", "note.txt"], b"").exits(0);
    assert_eq!(original.out(), text);
    let again = run(folder.path(), &["audit", "replay", "t.jsonl"], text.as_bytes()).exits(0);
    assert_eq!(again.out(), repaired);
}
