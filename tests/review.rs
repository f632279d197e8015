//! `review` in a real pseudo-terminal, as a person sees it and types at it.
#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep};
use std::time::{Duration, Instant};

use common::{run, sample, sandbox};
use pty_process::Size;
use pty_process::blocking::{Command, Pts, Pty, open};
use serde_json::Value;
use vt100::Parser;

/// A terminal in which the program runs.
struct Terminal {
    child: Child,
    pty: Arc<Pty>,
    /// Kept open, so that the terminal outlives the program.
    _pts: Pts,
    parser: Arc<Mutex<Parser>>,
    reader: Option<JoinHandle<()>>,
}

impl Terminal {
    fn start(folder: &Path, arguments: &[&str], (columns, rows): (u16, u16)) -> Self {
        let (pty, pts) = open().expect("a pseudo-terminal");
        pty.resize(Size::new(rows, columns)).expect("a size");
        let child = Command::new(env!("CARGO_BIN_EXE_unspin"))
            .args(arguments)
            .current_dir(folder)
            .env("TERM", "xterm-256color")
            .env("USER", "anna")
            .env_remove("NO_COLOR")
            .spawn_borrowed(&pts)
            .expect("the program starts");
        let pty = Arc::new(pty);
        let size = |size| NonZeroU16::new(size).expect("not 0");
        let parser = Arc::new(Mutex::new(Parser::new(size(rows), size(columns), 0)));
        let (from, to) = (Arc::clone(&pty), Arc::clone(&parser));
        let reader = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = (&*from).read(&mut bytes) {
                to.lock().expect("no panic").process(&bytes[..length]);
            }
        });
        Self { child, pty, _pts: pts, parser, reader: Some(reader) }
    }

    fn screen(&self) -> String {
        self.parser.lock().expect("no panic").screen().contents()
    }

    /// Types; nothing is waited for.
    fn types(&self, keys: &str) -> &Self {
        (&*self.pty).write_all(keys.as_bytes()).expect("keys can be typed");
        self
    }

    /// Waits until the screen shows all of this.
    fn shows(&self, texts: &[&str]) -> &Self {
        let start = Instant::now();
        loop {
            let screen = self.screen();
            if texts.iter().all(|text| screen.contains(text)) {
                return self;
            }
            assert!(start.elapsed() < Duration::from_secs(120), "{texts:?} is not shown:\n{screen}");
            sleep(Duration::from_millis(5));
        }
    }

    /// Waits for the program to end, and asserts that it left the terminal as it was.
    fn ends(&mut self, code: i32) -> String {
        let status = self.child.wait().expect("the program ends");
        assert_eq!(status.code(), Some(code), "{}", self.screen());
        // A terminal in its usual state shows what is typed, and ends lines with CR and LF.
        self.types("echo\r");
        self.shows(&["echo"]);
        let parser = self.parser.lock().expect("no panic");
        let screen = parser.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor());
        assert_eq!(screen.cursor_position().1, 0, "{}", screen.contents());
        screen.contents()
    }

    /// The number of the fix that is shown, if one is.
    fn number(&self, of: usize) -> Option<usize> {
        let screen = self.screen();
        let end = screen.find(&format!("/{of}"))?;
        let start = screen[..end].rfind(' ').map_or(0, |at| at + 1);
        screen[start..end].parse().ok()
    }

    /// Kills the program, and waits for what it wrote last.
    fn killed(&mut self) {
        self.child.kill().expect("the program runs");
        self.child.wait().expect("it ends");
        sleep(Duration::from_millis(300));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // The reader ends with the program that holds it; a test that fails need not wait.
        drop(self.reader.take());
    }
}

const WIDE: (u16, u16) = (100, 30);
const FILE: &str = "spun.txt.decisions.jsonl";

/// Rows of a file of decisions, without its header.
fn decisions(folder: &Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join(FILE)).expect("decisions are kept");
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows[0]["schema"], "unspin-decisions");
    rows[1..].to_vec()
}

fn told(row: &Value) -> String {
    let text = |field: &str| row[field].as_str().unwrap_or("-").to_owned();
    format!("{} {} > {}", text("decision"), text("before"), text("after"))
}

#[test]
fn a_session_and_what_comes_of_it() {
    let folder = sandbox();
    let mut terminal = Terminal::start(folder.path(), &["review", "spun.txt"], WIDE);
    terminal.shows(&[
        "spun.txt:1:1",
        " 1/",
        "- Overseas minister's go to",
        "+ Foreign minister's",
        "q keep and quit",
    ]);
    terminal.types("a").shows(&["spun.txt:1:21", " 2/", "1 accepted 0 rejected"]);
    terminal.types("r").shows(&[" 3/", "1 accepted 1 rejected"]);
    terminal.types("e\u{15}die Außenministerin\r").shows(&[" 4/", "2 accepted 1 rejected"]);
    terminal.types("u").shows(&[" 3/", "undone", "1 accepted 1 rejected"]);
    terminal.types("e\u{15}head of “foreign” affairs\r").shows(&[" 4/", "2 accepted"]);
    terminal.types("?").shows(&["type a wording of your own"]);
    terminal.types("?").shows(&["open  2 accepted"]);
    terminal.types("/induced\r").shows(&["1/1  /induced", "+ Lesmark has denied", "caused the flood"]);
    terminal.types("a").shows(&["No open fix passes the filter"]);
    terminal.types("\u{1b}").shows(&["open  3 accepted 1 rejected"]);
    terminal.types("q");
    let told_after = terminal.ends(0);
    assert!(told_after.contains("3 accepted, 1 rejected, "), "{told_after}");
    assert!(
        told_after.contains("apply: unspin fix -w --decisions spun.txt.decisions.jsonl spun.txt"),
        "{told_after}"
    );

    let kept: Vec<String> = decisions(folder.path()).iter().map(told).collect();
    assert_eq!(kept[0], "accept Overseas > Foreign");
    assert!(kept[1].starts_with("reject go to > -"), "{kept:?}");
    assert!(kept[2].ends_with("> die Außenministerin") && kept[3].starts_with("undecided "), "{kept:?}");
    assert_eq!(kept[5], "accept induced > caused");
    assert_eq!(kept.len(), 6);

    // Taken up again, the review goes on where it was.
    let mut again = Terminal::start(folder.path(), &["review", "--as", "Ben", "spun.txt"], (40, 24));
    again.shows(&[" 4/", "3 accepted 1 rejected", "? help  q quit"]);
    again.types("pp").shows(&[" 2/", "rejected"]);
    again.types("\u{3}");
    again.ends(0);

    let options = ["fix", "-w", "--decided-only", "--audit", "t", "--decisions", FILE, "spun.txt"];
    run(folder.path(), &options, b"").exits(0);
    let repaired = fs::read_to_string(folder.path().join("spun.txt")).unwrap();
    assert!(repaired.starts_with("Foreign minister's go to to Port Averell"), "{repaired}");
    assert!(
        repaired.contains("head of “foreign” affairs") && repaired.contains("rain alone caused the flood")
    );
    let (rows, mut wanted) = (decisions(folder.path()), sample("spun.txt"));
    for row in [5, 4, 0].map(|number| &rows[number]) {
        let [start, end] = ["start", "end"].map(|end| usize::try_from(row[end].as_u64().unwrap()).unwrap());
        wanted.replace_range(start..end, row["after"].as_str().unwrap());
    }
    assert_eq!(repaired, wanted, "nothing but what was decided");
    run(folder.path(), &["audit", "verify", "t"], b"").exits(0);
    let original = run(folder.path(), &["audit", "revert", "t", "spun.txt"], b"").exits(0);
    assert_eq!(original.out(), sample("spun.txt"));
    let replayed = run(folder.path(), &["audit", "replay", "t"], sample("spun.txt").as_bytes()).exits(0);
    assert_eq!(replayed.out(), repaired);
    let trail = fs::read_to_string(folder.path().join("t")).unwrap();
    for part in [
        r#""outcome":"applied","decided_by":"reviewer","decision":"accept","reviewer":"anna""#,
        r#""outcome":"applied","decided_by":"reviewer","decision":"own-wording","reviewer":"anna""#,
        r#""outcome":"skipped","reason":"rejected","decided_by":"reviewer","decision":"reject","reviewer":"anna""#,
        r#""outcome":"skipped","reason":"undecided","decided_by":"policy""#,
    ] {
        assert!(trail.contains(part), "{part}\n{trail}");
    }
}

/// A text with more than 300 fixes.
fn long() -> (tempfile::TempDir, usize) {
    let folder = sandbox();
    fs::write(folder.path().join("spun.txt"), sample("spun.txt").repeat(3)).unwrap();
    let terminal = Terminal::start(folder.path(), &["review", "spun.txt"], WIDE);
    terminal.shows(&[" 1/"]);
    let screen = terminal.screen();
    let of: String = screen.split(" 1/").nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect();
    let of = of.parse().unwrap();
    assert!(of >= 300, "{of} fixes");
    (folder, of)
}

#[test]
fn a_killed_session_loses_what_was_being_typed_and_no_more() {
    let (folder, of) = long();
    // Killed while a wording is typed.
    let mut terminal = Terminal::start(folder.path(), &["review", "spun.txt"], WIDE);
    terminal.shows(&[&format!(" 1/{of}")]).types(&"ar".repeat(75));
    terminal.shows(&[&format!(" 151/{of}")]).types("e half a wor").shows(&["half a wor"]);
    terminal.killed();
    assert_eq!(decisions(folder.path()).len(), 150);
    // Killed wherever it may be: what was seen to be decided is kept.
    let mut terminal = Terminal::start(folder.path(), &["review", "spun.txt"], WIDE);
    terminal.shows(&[&format!(" 151/{of}")]).types(&"a".repeat(120));
    while terminal.number(of).is_none_or(|number| number < 180) {
        sleep(Duration::from_millis(1));
    }
    terminal.killed();
    let shown = terminal.number(of).expect("a fix is shown");
    let kept = decisions(folder.path()).len();
    assert!(shown >= 180 && kept + 1 >= shown, "{kept} are kept, {shown} was shown");
    // Cut off in the middle of a line, as by a crash of the machine.
    let path = folder.path().join(FILE);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 20]).unwrap();
    let mut terminal = Terminal::start(folder.path(), &["review", "spun.txt"], WIDE);
    terminal
        .shows(&[&format!(" {kept}/{of}")])
        .types("a")
        .shows(&[&format!(" {}/{of}", kept + 1)])
        .types("q");
    let told = terminal.ends(0);
    assert!(told.contains("the last line was cut off while it was written"), "{told}");
    assert_eq!(decisions(folder.path()).len(), kept);
}

#[test]
fn all_at_once_and_the_end() {
    let folder = sandbox();
    fs::copy(folder.path().join("spun.txt"), folder.path().join("b.txt")).unwrap();
    let mut terminal = Terminal::start(folder.path(), &["review", "spun.txt", "b.txt", "clean.txt"], WIDE);
    terminal.shows(&[" 1/"]).types("/>0.97\r").shows(&["/>0.97"]);
    terminal.types("A").shows(&["No open fix passes the filter"]);
    // Escape and a letter right after it would be another key.
    terminal.types("\u{1b}").shows(&["accepted 0 rejected"]);
    terminal.types("S").shows(&["No fix is left that was not skipped"]);
    terminal.types("u").shows(&["undone", "accepted 0 rejected"]);
    terminal.types("R").shows(&["All fixes are decided."]).types("\r");
    terminal.ends(0);
    let rows = decisions(folder.path());
    for decision in ["accept", "reject"] {
        assert!(rows.iter().any(|row| row["decision"] == decision), "no {decision}");
    }
    // Each text has a file of its own; one without fixes needs none.
    assert!(folder.path().join("b.txt.decisions.jsonl").exists());
    assert!(!folder.path().join("clean.txt.decisions.jsonl").exists());
}

/// The terminal is given back when something fails as well.
#[test]
fn an_error_leaves_the_screen_first() {
    let folder = sandbox();
    fs::create_dir(folder.path().join("d")).unwrap();
    let arguments = ["review", "--decisions", "d/x.jsonl", "spun.txt"];
    let mut terminal = Terminal::start(folder.path(), &arguments, WIDE);
    terminal.shows(&[" 1/"]);
    fs::remove_dir(folder.path().join("d")).unwrap();
    terminal.types("a");
    let told = terminal.ends(2);
    assert!(told.contains("unspin: d/x.jsonl: No such file or directory"), "{told}");
}

const PAGE: &str = "Skip to content
Share this article
Dam opened without warning, says mayor
By Anna Hale
Published 16 May 2023, 10:14

The gates of the dam were opened with out warning on the evening of the storm, the mayor told an information convention on Tuesday.

Leave a Reply
Your email address will not be published.
";

/// Cuts are items like fixes; what is decided is replayed, and written in the end.
#[test]
fn cuts_and_the_file_that_is_written() {
    let folder = sandbox();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let arguments = ["review", "--clean", "--write", "--audit", "trail", "--decisions", FILE, "page.txt"];
    let mut terminal = Terminal::start(folder.path(), &arguments, WIDE);
    terminal.shows(&["page.txt:1:1", "furniture, ", "- Skip to content", "¶ Share this article", "1 cut it"]);
    terminal.types("a").shows(&["page.txt:2:1", "1 accepted"]);
    terminal.types("r").shows(&["1 accepted 1 rejected"]);
    terminal.types("/furniture\r").types("A").shows(&["No open fix passes the filter"]);
    terminal.types("\u{1b}").shows(&["spun-phrase"]);
    terminal.types("/with\r").shows(&["/with", "+ Dam opened by surprise"]);
    terminal.types("r").shows(&["- The gates", "with out"]);
    terminal.types("e\u{15}without any\r").shows(&["No open fix passes the filter"]).types("q");
    let told = terminal.ends(0);
    assert!(told.contains("page.txt: written") && !told.contains("apply:"), "{told}");
    let written = fs::read_to_string(folder.path().join("page.txt")).unwrap();
    // What nobody decided on stays.
    let wanted = "Share this article
Dam opened without warning, says mayor
By Anna Hale

The gates of the dam were opened without any warning on the evening of the storm, the mayor told an information convention on Tuesday.
";
    assert_eq!(written, wanted);
    let revert = run(folder.path(), &["audit", "revert", "trail", "page.txt"], b"").exits(0);
    assert_eq!(revert.out(), PAGE);
    // The same by the file of decisions, from the page as it came.
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let fix = ["fix", "--clean", "--decided-only", "--decisions", FILE, "page.txt"];
    assert_eq!(run(folder.path(), &fix, b"").exits(0).out(), wanted);
    let fix = ["fix", "--clean", "--decisions", FILE, "page.txt"];
    assert_eq!(run(folder.path(), &fix, b"").exits(0).out(), wanted);
    let fix = ["fix", "--decisions", FILE, "page.txt"];
    let without = run(folder.path(), &fix, b"").exits(0);
    assert!(
        without.stderr.contains("decisions on what `clean` cuts or repairs don't apply"),
        "{}",
        without.stderr
    );
    assert_eq!(without.out(), PAGE.replace("with out", "without any"));
}

/// Ctrl-C leaves the files alone; a wording of one's own in the place of a line keeps the line ends.
#[test]
fn a_review_that_is_broken_off_writes_nothing() {
    let folder = sandbox();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let mut terminal = Terminal::start(folder.path(), &["review", "--clean", "-w", "page.txt"], WIDE);
    terminal.shows(&["page.txt:1:1"]).types("e\u{15}A page\r").shows(&["page.txt:2:1"]).types("\u{3}");
    let told = terminal.ends(0);
    assert!(told.contains("nothing is written"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("page.txt")).unwrap(), PAGE);
    let mut terminal = Terminal::start(folder.path(), &["review", "--clean", "-w", "page.txt"], WIDE);
    terminal.shows(&["page.txt:2:1"]).types("q");
    terminal.ends(0);
    let written = fs::read_to_string(folder.path().join("page.txt")).unwrap();
    assert_eq!(written, PAGE.replace("Skip to content", "A page"));
}

/// A line that may be furniture gives way to the fixes in it; what is accepted unseen goes by the confidence of cuts.
#[test]
fn doubtful_lines_and_cuts_that_nobody_sees() {
    let folder = sandbox();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let arguments = [
        "review",
        "--clean",
        "--accept-all",
        "--min-confidence",
        "0.05",
        "--cut-confidence",
        "1",
        "page.txt",
    ];
    let told = run(folder.path(), &arguments, b"").exits(0).stderr;
    assert!(told.contains("apply: unspin fix -w --clean --cut-confidence 1 --decisions"), "{told}");
    let rules = |folder: &Path| -> Vec<String> {
        let rows = fs::read_to_string(folder.join("page.txt.decisions.jsonl")).unwrap();
        let rule =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["rule"].as_str().map(str::to_owned);
        rows.lines().filter_map(rule).collect()
    };
    let found = rules(folder.path());
    assert!(!found.is_empty() && found.iter().all(|rule| rule == "spun-phrase"), "{found:?}");
}

/// Without a terminal.
#[test]
fn all_cuts_are_accepted_and_written() {
    let folder = sandbox();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    run(folder.path(), &["review", "--clean", "--accept-all", "-w", "page.txt"], b"").exits(0);
    let reviewed = fs::read_to_string(folder.path().join("page.txt")).unwrap();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let fixed = run(folder.path(), &["fix", "--clean", "--any-verdict", "page.txt"], b"").exits(0);
    assert_eq!(reviewed, fixed.out());
}
