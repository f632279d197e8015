//! Diffs that `git apply` and `patch` take.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{has_tool, run, sample};

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
fn applies(tool: &str, arguments: &[&str]) {
    if !has_tool(tool) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    let names: Vec<&str> = texts().iter().map(|(name, _)| *name).collect();
    for (name, text) in texts() {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let diff = run(folder.path(), &[&["fix", "-q", "--diff"], names.as_slice()].concat(), b"").exits(0);
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

#[test]
fn git_apply() {
    // Outside of any repository, and without the user's settings.
    applies("git", &["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"]);
}

#[test]
fn patch() {
    applies("patch", &["-p1", "--binary", "-s", "-i"]);
}
