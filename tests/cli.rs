//! Cases of the command line as data: each file in `tests/cli/` is a run and what must come of it.
//!
//! ```text
//! # remarks
//! $ unspin check x.txt          the arguments; words in "quotation marks" stay together
//! exit 0
//! --- file x.txt                a file in the folder of the run, as many as needed
//! --- stdin
//! --- stdout                    what must be written; `[..]` stands for anything within a line,
//! --- stderr                    a line `...` for any number of lines
//! ```
//!
//! The samples are in the folder of the run. `UNSPIN_WRITE_CASES=1` writes what is there into the cases that fail: look at the
//! difference before you commit it.

mod common;

use std::fmt::Write;
use std::fs;
use std::path::Path;

#[derive(Default)]
struct Case {
    remarks: String,
    arguments: Vec<String>,
    command: String,
    exit: i32,
    files: Vec<(String, String)>,
    stdin: String,
    stdout: String,
    stderr: String,
}

impl Case {
    fn parse(text: &str) -> Self {
        let mut case = Self::default();
        let mut section: Option<String> = None;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_end_matches('\n');
            // A diff has lines with dashes as well.
            let is_section =
                |name: &&str| matches!(*name, "stdin" | "stdout" | "stderr") || name.starts_with("file ");
            if let Some(name) = bare.strip_prefix("--- ").filter(is_section) {
                if let Some(file) = name.strip_prefix("file ") {
                    case.files.push((file.to_owned(), String::new()));
                }
                section = Some(name.to_owned());
                continue;
            }
            match section.as_deref() {
                None if bare.starts_with('#') => case.remarks.push_str(line),
                None if bare.starts_with("$ unspin") => {
                    bare.clone_into(&mut case.command);
                    case.arguments = words(&bare["$ unspin".len()..]);
                }
                None if bare.starts_with("exit ") => {
                    case.exit = bare[5..].parse().expect("a number after `exit`");
                }
                None => assert!(bare.is_empty(), "unknown line `{bare}`"),
                Some("stdin") => case.stdin.push_str(line),
                Some("stdout") => case.stdout.push_str(line),
                Some("stderr") => case.stderr.push_str(line),
                Some(_) => case.files.last_mut().expect("a file section").1.push_str(line),
            }
        }
        case
    }

    fn written(&self) -> String {
        let mut out = format!("{}{}\nexit {}\n", self.remarks, self.command, self.exit);
        for (name, text) in &self.files {
            let _ = write!(out, "--- file {name}\n{text}");
        }
        for (name, text) in [("stdin", &self.stdin), ("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                let _ = write!(out, "--- {name}\n{text}");
            }
        }
        out
    }
}

/// Words of a command; those in quotation marks stay together.
fn words(command: &str) -> Vec<String> {
    command
        .split('"')
        .enumerate()
        .flat_map(|(number, part)| {
            if number % 2 == 1 {
                vec![part.to_owned()]
            } else {
                part.split_whitespace().map(str::to_owned).collect()
            }
        })
        .collect()
}

fn fits(wanted: &str, found: &str) -> bool {
    fn lines(wanted: &[&str], found: &[&str]) -> bool {
        match (wanted, found) {
            (["..."], _) | ([], []) => true,
            (["...", rest @ ..], _) => (0..=found.len()).any(|from| lines(rest, &found[from..])),
            ([first, rest @ ..], [line, others @ ..]) => line_fits(first, line) && lines(rest, others),
            _ => false,
        }
    }
    lines(&wanted.lines().collect::<Vec<_>>(), &found.lines().collect::<Vec<_>>())
        && (wanted.ends_with("...\n") || wanted.ends_with('\n') == found.ends_with('\n'))
}

fn line_fits(wanted: &str, line: &str) -> bool {
    let mut parts = wanted.split("[..]");
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    let mut open_end = false;
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        open_end = true;
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    open_end || rest.is_empty()
}

#[test]
fn wildcards() {
    assert!(fits("a [..] c\n", "a b c\n") && !fits("a [..] c\n", "a b d\n"));
    assert!(fits("x\n...\ny\n", "x\n1\n2\ny\n") && !fits("x\n...\ny\n", "x\n1\n"));
    assert!(!fits("x\n", "x") && !fits("", "x\n") && !fits("a", "ab"));
}

#[test]
fn cases() {
    let mut paths: Vec<_> = fs::read_dir(common::repository().join("tests/cli"))
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.extension().is_some_and(|e| e == "case"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no cases in tests/cli");
    let failures: Vec<String> = paths.iter().filter_map(|path| failure(path)).collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases fail:\n{}",
        failures.len(),
        paths.len(),
        failures.join("\n")
    );
}

fn failure(path: &Path) -> Option<String> {
    let mut case = Case::parse(&fs::read_to_string(path).expect("a case is text"));
    let folder = common::sandbox();
    for (name, text) in &case.files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders can be made");
        fs::write(file, text).expect("files can be written");
    }
    let arguments: Vec<&str> = case.arguments.iter().map(String::as_str).collect();
    let run = common::run(folder.path(), &arguments, case.stdin.as_bytes());
    let out = String::from_utf8_lossy(&run.stdout).into_owned();
    if run.code == Some(case.exit) && fits(&case.stdout, &out) && fits(&case.stderr, &run.stderr) {
        return None;
    }
    let code = run.code.unwrap_or(-1);
    let message = format!(
        "{}: {}\nexit {code}, wanted {}\n--- stdout\n{out}--- wanted\n{}--- stderr\n{}--- wanted\n{}",
        path.display(),
        case.command,
        case.exit,
        case.stdout,
        run.stderr,
        case.stderr
    );
    if std::env::var_os("UNSPIN_WRITE_CASES").is_some() {
        (case.exit, case.stdout, case.stderr) = (code, out, run.stderr);
        fs::write(path, case.written()).expect("the case can be written");
    }
    Some(message)
}
