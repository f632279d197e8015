//! Accepted findings stay accepted where their words stay, and only there.

mod common;

use std::fs;

use common::{run, sample, sandbox};

#[test]
fn accepted_findings_are_left_out() {
    let folder = sandbox();
    let write = ["check", "-q", "--format", "concise", "--write-baseline", "accepted.json", "spun.txt"];
    let first = run(folder.path(), &write, b"").exits(0);
    let all = first.out().lines().count();
    assert!(all > 50, "{all}");
    let check = ["check", "--format", "concise", "--baseline", "accepted.json", "spun.txt"];
    let again = run(folder.path(), &check, b"").exits(0);
    assert_eq!(again.out(), "");
    assert_eq!(again.stderr, format!("{all} accepted findings left out\n"));
    let m2 = ["check", "--format", "m2", "--baseline", "accepted.json", "spun.txt"];
    let sentences = run(folder.path(), &m2, b"").exits(0);
    assert!(
        sentences.out().lines().all(|line| !line.starts_with("A ") || line.starts_with("A -1 -1|||noop"))
    );
}

#[test]
fn they_are_known_by_the_words_around_them() {
    let folder = sandbox();
    let file = folder.path().join("spun.txt");
    let check = |options: [&str; 2]| {
        let arguments = [&["check", "-q", "--format", "concise"], &options[..], &["spun.txt"]].concat();
        run(folder.path(), &arguments, b"")
    };
    check(["--write-baseline", "accepted.json"]).exits(0);
    // Moved and broken in other places, they are the same; other words before one make it another.
    let text = sample("spun.txt").replace("for a three-day go to", "for a\nthree-day go to");
    let moved = text.replacen("\n\n", "\n\nBy a reporter.\n\n", 1);
    fs::write(&file, &moved).unwrap();
    assert_eq!(check(["--baseline", "accepted.json"]).exits(0).out(), "");
    fs::write(&file, moved.replace("minister's go to to Port", "minister's second go to to Port")).unwrap();
    let left = check(["--baseline", "accepted.json"]).exits(1);
    assert!(left.out().lines().all(|line| line.starts_with("spun.txt:1:")), "{}", left.out());
}
