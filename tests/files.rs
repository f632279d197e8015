//! What `fix --write` does to files, and what bad files do to the program.

mod common;

use std::fs;
use std::io::{Read, Write};
use std::process::Stdio;

use common::{program, run, sample, sandbox, skip};

fn repaired() -> Vec<u8> {
    let folder = sandbox();
    run(folder.path(), &["fix", "-q", "spun.txt"], b"").exits(0).stdout
}

#[test]
fn write_replaces_the_file_and_nothing_else() {
    let folder = sandbox();
    let run = run(folder.path(), &["fix", "--write", "spun.txt", "clean.txt"], b"").exits(0);
    assert!(run.stdout.is_empty());
    assert!(run.stderr.contains("spun.txt: spun, 1.00, spin rate "), "{}", run.stderr);
    assert!(run.stderr.contains("clean.txt: unchanged: not judged to be spun (clean, "), "{}", run.stderr);
    assert_eq!(fs::read(folder.path().join("spun.txt")).unwrap(), repaired());
    assert_eq!(fs::read_to_string(folder.path().join("clean.txt")).unwrap(), sample("clean.txt"));
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 3, "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn write_keeps_mode_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = sandbox();
    let file = folder.path().join("spun.txt");
    let link = folder.path().join("link.txt");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("spun.txt", &link).unwrap();
    run(folder.path(), &["fix", "-w", "link.txt"], b"").exits(0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read(&file).unwrap(), repaired());
}

#[test]
fn write_refuses_a_read_only_file() {
    let folder = sandbox();
    let file = folder.path().join("locked.txt");
    fs::copy(folder.path().join("spun.txt"), &file).unwrap();
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    let run = run(folder.path(), &["fix", "-w", "locked.txt", "spun.txt"], b"").exits(2);
    assert!(run.stderr.contains("unspin: locked.txt: the file is read-only"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), sample("spun.txt"));
    assert_eq!(fs::read(folder.path().join("spun.txt")).unwrap(), repaired(), "the other file is done");
}

/// A full disk, as far as one process can have it: no file may grow past a few blocks.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = sandbox();
    let script =
        format!("trap '' XFSZ; ulimit -f 1; exec '{}' fix -q -w spun.txt", env!("CARGO_BIN_EXE_unspin"));
    let output = std::process::Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output();
    let Ok(output) = output else { return skip("bash is not installed") };
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("unspin: spun.txt: File too large"), "{message}");
    assert_eq!(fs::read_to_string(folder.path().join("spun.txt")).unwrap(), sample("spun.txt"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "no temporary file is left");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_output_is_an_error() {
    let folder = sandbox();
    for arguments in
        [&["fix", "-q", "spun.txt"][..], &["check", "spun.txt"], &["check", "--jsonl", "spun.jsonl"]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = program()
            .args(arguments)
            .current_dir(folder.path())
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(
            message.contains("unspin: standard output: No space left on device"),
            "{arguments:?}: {message}"
        );
    }
}

#[test]
fn a_closed_pipe_is_success() {
    let folder = sandbox();
    let rows = sample("spun.jsonl").repeat(60);
    fs::write(folder.path().join("many.jsonl"), rows).unwrap();
    let many: Vec<&str> = std::iter::repeat_n("spun.txt", 40).collect();
    for arguments in [[&["check"][..], &many].concat(), vec!["fix", "--jsonl", "many.jsonl"]] {
        let mut child = program()
            .args(&arguments)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut byte = [0];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut byte).unwrap();
        drop(stdout);
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn not_utf8_names_the_byte() {
    let folder = sandbox();
    fs::write(folder.path().join("latin.txt"), b"caf\xe9 and more").unwrap();
    for command in [&["check"][..], &["fix", "--diff"]] {
        let run = run(folder.path(), &[command, &["latin.txt", "clean.txt"]].concat(), b"").exits(2);
        assert!(
            run.stderr.contains("unspin: latin.txt: not valid UTF-8 at byte 3: convert"),
            "{}",
            run.stderr
        );
        assert!(
            run.stderr.contains("clean.txt") || run.out().contains("clean.txt: clean"),
            "the other file is done"
        );
    }
}

#[test]
fn binary_files_in_a_folder_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("binary"), b"\x7fELF\0\0").unwrap();
    fs::write(folder.path().join("latin1"), b"caf\xe9").unwrap();
    fs::write(folder.path().join("page.txt"), b"Text\0with\0gaps.").unwrap();
    let run = run(folder.path(), &["check", "."], b"").exits(0);
    assert_eq!(run.out(), "./page.txt: too short to judge (3 words, at least 50 are needed)\n");
}

#[test]
fn nul_bytes_are_gaps() {
    let folder = tempfile::tempdir().unwrap();
    let text = sample("spun.txt").replace("\n\n", "\n\0\n");
    let run = run(folder.path(), &["fix", "-q"], text.as_bytes()).exits(0);
    assert_eq!(run.out().matches('\0').count(), text.matches('\0').count());
    assert!(run.out().starts_with("Foreign minister's visit to Port Averell"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_path_among_good_ones() {
    let folder = sandbox();
    std::os::unix::fs::symlink("loop.txt", folder.path().join("loop.txt")).unwrap();
    let run = run(folder.path(), &["check", "loop.txt", "missing.txt", "clean.txt"], b"").exits(2);
    assert!(run.stderr.contains("unspin: loop.txt: "), "{}", run.stderr);
    assert!(run.stderr.contains("unspin: missing.txt: "), "{}", run.stderr);
    assert!(run.out().contains("clean.txt: clean"), "{}", run.out());
}

#[test]
fn a_damaged_dictionary_is_named() {
    let folder = sandbox();
    fs::write(folder.path().join("rows.tsv"), "spun\tcanonical\nfake mind\tartificial intelligence\n")
        .unwrap();
    run(folder.path(), &["dict", "build", "rows.tsv", "-o", "rows.fst"], b"").exits(0);
    run(folder.path(), &["check", "--dict", "rows.fst", "clean.txt"], b"").exits(0);
    let path = folder.path().join("rows.fst");
    let mut bytes = fs::read(&path).unwrap();
    bytes[10] ^= 1;
    fs::write(&path, bytes).unwrap();
    let run = run(folder.path(), &["check", "--dict", "rows.fst", "clean.txt"], b"").exits(2);
    assert!(run.stderr.starts_with("unspin: rows.fst: the dictionary is damaged"), "{}", run.stderr);
}

#[test]
fn seeds_that_are_not_spun_come_back_as_they_are() {
    let seeds = common::repository().join("../shared/seeds");
    let Ok(entries) = fs::read_dir(&seeds) else { return skip("../shared/seeds is not there") };
    let mut names: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let text = fs::read(&path).unwrap();
        let run = run(&seeds, &["fix", "-"], &text).exits(0);
        let spun = path.file_name().unwrap().to_string_lossy().starts_with("001");
        assert_eq!(run.stdout != text, spun, "{}: {}", path.display(), run.stderr);
    }
}

/// A text comes through standard input in pieces.
#[test]
fn slow_standard_input() {
    let mut child = program()
        .args(["fix", "-q", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    for number in 0..3 {
        writeln!(stdin, "{{\"id\":{number},\"text\":\"Short.\"}}").unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\n") {
            let mut byte = [0];
            stdout.read_exact(&mut byte).unwrap();
            answer.push(byte[0]);
        }
        assert!(
            answer.starts_with(format!("{{\"id\":{number},").as_bytes()),
            "each row is answered before the next"
        );
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Memory grows with the text: one that is no article is refused, and the others are done.
#[test]
fn a_text_that_is_too_long_is_named() {
    let folder = sandbox();
    let long = "It is a line.\n".repeat((16 << 20) / 14 + 1);
    fs::write(folder.path().join("long.txt"), &long).unwrap();
    let size = long.len();
    let why =
        format!("a text of {size} bytes: at most 16777216 (16 MiB) are judged as one document: split it");
    let check = run(folder.path(), &["check", "-q", "long.txt", "clean.txt"], b"").exits(2);
    assert!(check.stderr.starts_with(&format!("unspin: long.txt: {why}")), "{}", check.stderr);
    let fix = run(folder.path(), &["fix", "-w", "long.txt", "spun.txt"], b"").exits(2);
    assert!(fix.stderr.contains("spun.txt: spun"), "{}", fix.stderr);
    assert_eq!(fs::read(folder.path().join("spun.txt")).unwrap(), repaired());
    let check = run(folder.path(), &["check", "-q"], long.as_bytes()).exits(2);
    assert!(check.stderr.contains("a text of more than 16777216 bytes"), "{}", check.stderr);
    let rows = format!("{}\n{{\"text\":\"Short.\"}}\n", serde_json::json!({ "text": long }));
    let batch = run(folder.path(), &["check", "--jsonl"], rows.as_bytes()).exits(2);
    assert!(batch.stderr.starts_with(&format!("unspin: -:1: {why}")), "{}", batch.stderr);
    assert_eq!(batch.rows().len(), 2);
}

#[test]
fn what_needs_no_repair_is_called_so() {
    let folder = sandbox();
    let run = run(folder.path(), &["fix", "-w", "--any-verdict", "clean.txt"], b"").exits(0);
    assert!(run.stderr.starts_with("clean.txt: unchanged: nothing needs repair (clean, "), "{}", run.stderr);
}
