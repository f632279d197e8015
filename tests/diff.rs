//! Diffs that `git apply` and `patch` take.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{has_tool, program, run, sample, sandbox};

/// Texts whose last line, line endings and first bytes differ.
fn texts() -> Vec<(&'static str, String)> {
    let spun = sample("spun.txt");
    vec![
        ("plain.txt", spun.clone()),
        ("no newline.txt", spun.trim_end().to_owned()),
        ("crlf.txt", spun.replace('\n', "\r\n")),
        ("crlf-no-newline.txt", spun.replace('\n', "\r\n").trim_end().to_owned()),
        ("bom.txt", format!("\u{feff}{spun}")),
        ("sub/q\"uote é.txt", spun.replace(". ", ".\r ")),
    ]
}

/// Checks that what a tool makes of the diffs is what `fix` would have written.
fn applies(tool: &str, arguments: &[&str], options: &[&str]) {
    if !has_tool(tool) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    let names: Vec<&str> = texts().iter().map(|(name, _)| *name).collect();
    for (name, text) in texts() {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let diff =
        run(folder.path(), &[&["fix", "-q", "--diff"], options, names.as_slice()].concat(), b"").exits(0);
    let patch = folder.path().join("all.patch");
    fs::write(&patch, &diff.stdout).unwrap();
    let output = Command::new(tool).args(arguments).arg(&patch).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{tool}: {output:?}");
    for (name, text) in texts() {
        let wanted = fixed(folder.path(), &text);
        assert_ne!(wanted, text.as_bytes(), "{name} is repaired");
        assert!(
            fs::read(folder.path().join(name)).unwrap() == wanted,
            "{tool} made something else of {name}"
        );
    }
}

fn fixed(folder: &Path, text: &str) -> Vec<u8> {
    run(folder, &["fix", "-q"], text.as_bytes()).exits(0).stdout
}

/// `git apply` outside of any repository, and without the user's settings.
const GIT: [&str; 4] = ["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"];
const PATCH: [&str; 4] = ["-p1", "--binary", "-s", "-i"];

#[test]
fn git_apply() {
    applies("git", &GIT, &[]);
    applies("git", &GIT, &["--context", "1"]);
    applies("git", &[&GIT[..], &["--unidiff-zero"]].concat(), &["--context", "0"]);
}

#[test]
fn patch() {
    applies("patch", &PATCH, &[]);
    applies("patch", &PATCH, &["--context", "0"]);
    applies("patch", &PATCH, &["--context", "99"]);
}

/// What a diff without colours becomes if what comes (or what goes) is taken out of it, line by line.
fn side(diff: &str, open: &str, close: &str, other_open: &str, other_close: &str) -> String {
    let mut out = String::new();
    let mut rest = diff;
    while let Some(at) = rest.find(other_open) {
        out.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find(other_close).expect("brackets are closed") + other_close.len()..];
    }
    (out + rest).replace(open, "").replace(close, "")
}

#[test]
fn words_give_back_both_texts() {
    let text = sample("spun.txt");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("x.txt"), &text).unwrap();
    let arguments = ["fix", "-q", "--diff=words", "--context", "999", "x.txt"];
    let diff = run(folder.path(), &arguments, b"").exits(0);
    let body = diff.out().splitn(4, '\n').nth(3).expect("a head of three lines");
    assert_eq!(side(body, "[-", "-]", "{+", "+}"), text);
    assert_eq!(side(body, "{+", "+}", "[-", "-]").as_bytes(), fixed(folder.path(), &text));
}

#[test]
fn side_by_side_fits_the_terminal() {
    let folder = sandbox();
    for columns in ["60", "133"] {
        let output = program()
            .args(["fix", "-q", "--diff=side-by-side", "spun.txt"])
            .current_dir(folder.path())
            .env("COLUMNS", columns)
            .output()
            .unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        let widest = out.lines().map(|line| line.chars().count()).max().unwrap();
        let columns: usize = columns.parse().unwrap();
        assert!(widest <= columns && widest > columns - 10, "{widest} of {columns}:\n{out}");
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let folder = sandbox();
    for kind in ["unified", "words", "side-by-side"] {
        let diff = format!("--diff={kind}");
        let has_colour = |options: &[&str]| {
            let arguments = [&["fix", "-q", diff.as_str(), "spun.txt"], options].concat();
            run(folder.path(), &arguments, b"").exits(0).out().contains('\u{1b}')
        };
        assert!(!has_colour(&[]) && !has_colour(&["--color", "never"]), "{kind}: not for a pipe");
        assert!(has_colour(&["--color", "always"]), "{kind}");
    }
}
