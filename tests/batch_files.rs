//! Batches from files to files: formats, threads, and runs that are interrupted.

mod common;

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{Run, program, run, sample, sandbox};
use flate2::read::MultiGzDecoder;
use serde_json::{Value, json};

/// Rows that take some time: spun and clean texts, lines that are no rows.
fn rows(count: usize) -> String {
    let (spun, clean) = (sample("spun.txt"), sample("clean.txt"));
    let mut out = String::new();
    for number in 0..count {
        let text = match number % 5 {
            0 => beginning(&spun, 900 + number % 7),
            4 => "Short.".to_owned(),
            _ => beginning(&clean, 700 + number % 11),
        };
        let _ = match number % 13 {
            12 => writeln!(out, "no row {number}"),
            _ => writeln!(out, "{}", json!({"id": format!("n{number}"), "source": "made", "text": text})),
        };
    }
    out
}

/// Some characters of a text.
fn beginning(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

fn lines(bytes: &[u8]) -> usize {
    bytes.split_inclusive(|&byte| byte == b'\n').count()
}

fn gunzip(path: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    MultiGzDecoder::new(fs::File::open(path).unwrap()).read_to_end(&mut out).unwrap();
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let folder = sandbox();
    fs::write(folder.path().join("rows.jsonl"), rows(120)).unwrap();
    let with = |threads: &str| {
        let trail = format!("{threads}.trail");
        let args = ["fix", "-q", "--jsonl", "--threads", threads, "--audit", &trail, "rows.jsonl"];
        let out = run(folder.path(), &args, b"").exits(2);
        run(folder.path(), &["audit", "verify", &trail], b"").exits(0);
        (out.stdout, out.stderr, fs::read(folder.path().join(trail)).unwrap())
    };
    let one = with("1");
    assert_eq!(lines(&one.0), 120);
    assert!(one == with("2") && one == with("5"));
}

#[test]
fn compressed_rows_in_and_out() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    let text = rows(40);
    fs::write(path("rows.jsonl"), &text).unwrap();
    // Two members, as programs that append write them.
    let (head, tail) = text.split_at(text.len() / 2);
    fs::write(path("rows.jsonl.gz"), [gzip(head.as_bytes()), gzip(tail.as_bytes())].concat()).unwrap();
    let plain = run(folder.path(), &["check", "-q", "--jsonl", "rows.jsonl"], b"").exits(2).stdout;
    let fix = |input: &str, output: &str| {
        run(folder.path(), &["check", "-q", "--jsonl", "--checkpoint", "4000", "-o", output, input], b"")
            .exits(2);
    };
    fix("rows.jsonl.gz", "out.jsonl.zst");
    // What is written compressed is read again, frame by frame.
    let again = run(folder.path(), &["check", "-q", "--jsonl", "out.jsonl.zst"], b"");
    let strip = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("rows.jsonl.gz", "rows.jsonl");
    assert_eq!(lines(&again.stdout), 40);
    fix("rows.jsonl.gz", "out.jsonl.gz");
    assert_eq!(strip(&gunzip(&path("out.jsonl.gz"))), strip(&plain));
    fix("rows.jsonl", "out.jsonl");
    assert!(fs::read(path("out.jsonl")).unwrap() == plain);
    assert!(!path("out.jsonl.progress").exists() && !path("out.jsonl.part").exists());
}

#[test]
fn a_file_that_breaks_off_names_the_row() {
    let folder = sandbox();
    let whole = gzip(rows(40).as_bytes());
    fs::write(folder.path().join("cut.jsonl.gz"), &whole[..whole.len() / 2]).unwrap();
    fs::write(folder.path().join("next.jsonl"), "{\"id\":1,\"text\":\"Short.\"}\n").unwrap();
    let run = run(folder.path(), &["check", "--jsonl", "cut.jsonl.gz", "next.jsonl"], b"").exits(2);
    let rows = run.out().lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let broken: Vec<Value> = rows.filter(|row| row["path"] == "cut.jsonl.gz").collect();
    let last = broken.last().expect("an error row");
    let line = last["line"].as_u64().unwrap();
    assert!(last["error"].as_str().unwrap().starts_with("the input can't be read further than here: "));
    assert!(run.stderr.contains(&format!("unspin: cut.jsonl.gz:{line}: the input can't be read further")));
    assert!(
        run.out().lines().last().unwrap().starts_with("{\"id\":1,"),
        "the next input is read all the same"
    );
}

#[test]
fn folders_are_mirrored() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("in/a")).unwrap();
    fs::write(path("in/a/x.jsonl"), "{\"text\":\"Short.\"}\n").unwrap();
    fs::write(path("in/x.json.gz"), gzip(b"{\"text\":\"Short.\"}\n")).unwrap();
    fs::write(path("in/empty.jsonl.gz"), gzip(b"")).unwrap();
    fs::write(path("in/notes.txt"), "no rows").unwrap();
    let done = run(folder.path(), &["fix", "--jsonl", "in", "-o", "out"], b"").exits(0);
    assert!(done.stderr.starts_with("2 rows, 2 words: "), "{}", done.stderr);
    assert!(
        fs::read_to_string(path("out/a/x.jsonl")).unwrap().starts_with("{\"text\":\"Short.\",\"unspin\":")
    );
    assert!(gunzip(&path("out/x.json.gz")).starts_with(b"{\"text\":\"Short.\",\"unspin\":"));
    assert!(gunzip(&path("out/empty.jsonl.gz")).is_empty());
    assert_eq!(fs::read_dir(path("out")).unwrap().count(), 3);
    let twice =
        run(folder.path(), &["fix", "--jsonl", "in/a/x.jsonl", "in/a/../a/x.jsonl", "-o", "out/"], b"");
    assert!(twice.exits(2).stderr.contains("the rows of two inputs would go to out/x.jsonl"));
    let same = run(folder.path(), &["fix", "--jsonl", "in/a/x.jsonl", "-o", "in/a/x.jsonl"], b"").exits(2);
    assert!(same.stderr.contains("is read and would be written"), "{}", same.stderr);
}

/// The arguments of a run in small steps.
fn stepwise<'a>(output: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["fix", "-q", "--jsonl", "--checkpoint", "6000", "-o", output], more, &["a.jsonl", "b.jsonl.gz"]]
        .concat()
}

/// Kills a run after a while, again and again, and goes on with it until it is done. Returns how often it was killed.
#[cfg(unix)]
fn with_kills(folder: &Path, args: &[&str]) -> usize {
    let mut kills = 0;
    let progress = folder.join("out").join("unspin.progress");
    loop {
        let before = fs::read(&progress).ok();
        let mut child = program().args(args).current_dir(folder).stderr(Stdio::null()).spawn().unwrap();
        let begun = Instant::now();
        // Until there is a new checkpoint, so that every run gets on, and a little more.
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            let moved = fs::read(&progress).ok().is_some_and(|now| Some(now) != before);
            if kills < 12 && moved && begun.elapsed() > Duration::from_millis(20 + 13 * kills as u64) {
                child.kill().unwrap();
                child.wait().unwrap();
                break None;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        match status {
            Some(status) => {
                assert_eq!(status.code(), Some(2), "there are rows that fail");
                return kills;
            }
            None => kills += 1,
        }
        assert!(kills < 100, "the run gets on");
    }
}

#[cfg(unix)]
#[test]
fn a_killed_run_is_gone_on_with_to_the_byte() {
    let folder = sandbox();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.jsonl"), rows(400)).unwrap();
    fs::write(path("b.jsonl.gz"), gzip(rows(400).as_bytes())).unwrap();
    run(folder.path(), &stepwise("whole/", &["--audit", "whole.trail"]), b"").exits(2);
    let kills = with_kills(folder.path(), &stepwise("out/", &["--resume", "--audit", "out.trail"]));
    assert!(kills >= 2, "only {kills} kills");
    for name in ["a.jsonl", "b.jsonl.gz"] {
        let (whole, out) = (path("whole").join(name), path("out").join(name));
        assert!(fs::read(whole).unwrap() == fs::read(out).unwrap(), "{name}");
    }
    assert!(fs::read(path("whole.trail")).unwrap() == fs::read(path("out.trail")).unwrap());
    run(folder.path(), &["audit", "verify", "out.trail"], b"").exits(0);
    assert_eq!(fs::read_dir(path("out")).unwrap().count(), 2, "nothing is left behind");
}

/// Runs until there is a checkpoint behind the first row, and kills it.
#[cfg(unix)]
fn interrupted(folder: &Path, args: &[&str]) {
    let mut child = program().args(args).current_dir(folder).stderr(Stdio::null()).spawn().unwrap();
    let progress = folder.join("out.jsonl.progress");
    while !fs::read_to_string(&progress).is_ok_and(|text| !text.contains("\"line\":0,")) {
        assert!(child.try_wait().unwrap().is_none(), "the run ended too early");
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn a_run_is_not_gone_on_with_otherwise() {
    let folder = sandbox();
    fs::write(folder.path().join("a.jsonl"), rows(600)).unwrap();
    let args = |more: &[&'static str]| {
        [&["fix", "-q", "--jsonl", "--checkpoint", "4000", "-o", "out.jsonl", "a.jsonl"], more].concat()
    };
    let refused = |more: &[&'static str], why: &str| {
        let Run { stderr, .. } = run(folder.path(), &args(more), b"").exits(2);
        assert!(stderr.contains(why), "{stderr}");
    };
    interrupted(folder.path(), &args(&[]));
    refused(&[], "an interrupted run left this file: go on with --resume, or remove it");
    refused(&["--resume", "--safe"], "the run was begun with another policy: `");
    let bytes = fs::read(folder.path().join("a.jsonl")).unwrap();
    fs::write(folder.path().join("a.jsonl"), [&bytes[..], b"{}\n"].concat()).unwrap();
    refused(&["--resume"], "the run was begun with other inputs, or they changed since");
    fs::remove_file(folder.path().join("out.jsonl.progress")).unwrap();
    run(folder.path(), &args(&["--resume"]), b"").exits(2);
    refused(&["--resume"], "out.jsonl: is whole, there is nothing to resume");
    let Run { stderr, .. } = run(folder.path(), &["fix", "--jsonl", "--resume", "a.jsonl"], b"").exits(2);
    assert!(stderr.contains("--resume needs --output"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_says_how_to_go_on() {
    let folder = sandbox();
    fs::write(folder.path().join("a.jsonl"), rows(600)).unwrap();
    let args = ["fix", "-q", "--jsonl", "--checkpoint", "4000", "-o", "out.jsonl", "a.jsonl"];
    let mut command = program();
    let child = command.args(args).current_dir(folder.path()).stderr(Stdio::piped()).spawn().unwrap();
    while !folder.path().join("out.jsonl.progress").exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("the same command with --resume goes on from here")
    );
    run(folder.path(), &[&args[..], &["--resume"]].concat(), b"").exits(2);
    let whole = run(folder.path(), &["fix", "-q", "--jsonl", "a.jsonl"], b"").stdout;
    assert!(fs::read(folder.path().join("out.jsonl")).unwrap() == whole);
}

#[test]
fn limits_are_errors_of_their_rows() {
    let folder = sandbox();
    let long = sample("spun.txt").repeat(200);
    let input = format!("{}\n{}\n", json!({"id": "a", "text": long}), json!({"id": "b", "text": "Short."}));
    let size = run(folder.path(), &["fix", "--jsonl", "--max-bytes", "1000"], input.as_bytes()).exits(2);
    let message = format!("a text of {} bytes: at most 1000 are judged, more with --max-bytes", long.len());
    assert_eq!(size.rows()[0], json!({"id": "a", "path": "-", "line": 1, "error": message}));
    assert_eq!(size.rows()[1]["unspin"]["verdict"], "too_short");
    let time = run(folder.path(), &["fix", "--jsonl", "--timeout", "0.01"], input.as_bytes()).exits(2);
    assert_eq!(time.rows()[0]["error"], "given up after 0.01 s: allow more time with --timeout");
    let enough = run(folder.path(), &["fix", "--jsonl", "--timeout", "600"], input.as_bytes()).exits(0);
    assert_eq!(enough.rows().len(), 2);
}

#[test]
fn attributes_fit_the_documents() {
    let folder = sandbox();
    let text = format!("É: {}", sample("spun.txt"));
    let input = format!(
        "{}\nno row\n{}\n",
        json!({"id": "a", "source": "s", "text": text, "added": 1}),
        json!({"id": 2, "text": sample("clean.txt")})
    );
    let check = run(folder.path(), &["check", "-q", "--jsonl", "--attributes"], input.as_bytes()).exits(2);
    let rows = check.rows();
    assert_eq!(rows.len(), 3, "a row for each document");
    assert_eq!((&rows[0]["id"], &rows[0]["source"]), (&json!("a"), &json!("s")));
    assert!(rows[0].get("text").is_none() && rows[0].get("added").is_none());
    let characters: Vec<char> = text.chars().collect();
    let spans = rows[0]["attributes"]["unspin__spun_phrase"].as_array().unwrap();
    assert!(spans.len() > 50);
    let words: Vec<String> = spans
        .iter()
        .map(|span| {
            let place = |n: usize| usize::try_from(span[n].as_u64().unwrap()).unwrap();
            assert!((0.0..=1.0).contains(&span[2].as_f64().unwrap()));
            characters[place(0)..place(1)].iter().collect()
        })
        .collect();
    assert!(words.contains(&"Overseas".to_owned()) && words.contains(&"go to".to_owned()), "{words:?}");
    let all = &rows[0]["attributes"]["unspin__spin_probability"][0];
    assert_eq!((&all[0], &all[1]), (&json!(0), &json!(characters.len())));
    assert_eq!(rows[1]["attributes"], json!({}));
    assert_eq!(rows[2]["id"], 2);
    assert_eq!(rows[2]["attributes"]["unspin__spun_phrase"], json!([]));
    let page = json!({"id": 1, "text": format!("{}\n\nSkip to content\n", sample("clean.txt"))}).to_string();
    let clean = run(folder.path(), &["clean", "-q", "--jsonl", "--attributes"], page.as_bytes()).exits(0);
    assert_eq!(clean.rows()[0]["attributes"]["unspin__furniture"].as_array().unwrap().len(), 1);
    let Run { stderr, .. } = run(folder.path(), &["fix", "--jsonl", "--attributes"], b"").exits(2);
    assert!(stderr.contains("--attributes says where something was found"), "{stderr}");
}

/// What the system counts as the most memory that a run took, in kilobytes.
#[cfg(target_os = "linux")]
fn peak_of(folder: &Path, args: &[&str]) -> u64 {
    let mut child = program().args(args).current_dir(folder).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    peak
}

/// Rows of which only the text is short: the engine costs nothing, all else does.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_input() {
    let folder = sandbox();
    let row = json!({"text": "Short.", "ballast": "x".repeat(100_000)}).to_string() + "\n";
    fs::write(folder.path().join("small.jsonl"), row.repeat(300)).unwrap();
    fs::write(folder.path().join("large.jsonl"), row.repeat(1800)).unwrap();
    let peak = |input: &str| peak_of(folder.path(), &["check", "--jsonl", "-o", "out.jsonl.gz", input]);
    let (small, large) = (peak("small.jsonl"), peak("large.jsonl"));
    assert!(small > 1000, "measured: {small}");
    assert!(large < small + 40_000 && large < 200_000, "{small} kB for 30 MB, {large} kB for 180 MB");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so() {
    let folder = sandbox();
    fs::write(folder.path().join("a.parquet"), b"PAR1").unwrap();
    for args in [&["a.parquet", "-o", "out/"][..], &["spun.jsonl", "-o", "out.parquet"]] {
        let Run { stderr, .. } = run(folder.path(), &[&["check", "--jsonl"], args].concat(), b"").exits(2);
        assert!(stderr.contains("`cargo install unspin --features parquet` builds it with"), "{stderr}");
        assert!(!folder.path().join("out").exists());
    }
    // One that is only found is passed over, as other files are.
    fs::create_dir(folder.path().join("in")).unwrap();
    fs::write(folder.path().join("in/a.parquet"), b"PAR1").unwrap();
    fs::write(folder.path().join("in/b.jsonl"), "{\"text\":\"Short.\"}\n").unwrap();
    assert_eq!(run(folder.path(), &["check", "--jsonl", "in"], b"").exits(0).rows().len(), 1);
}
