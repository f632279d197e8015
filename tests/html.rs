//! The page that `check --format html` writes, by the program and in a browser.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{has_tool, run, sample, sandbox};
use serde_json::{Value, json};

fn page(folder: &Path, arguments: &[&str]) -> String {
    let arguments = [&["check", "--format", "html", "--exit-zero"], arguments].concat();
    run(folder, &arguments, b"").exits(0).out().to_owned()
}

#[test]
fn hostile_texts_stay_texts() {
    let folder = sandbox();
    let evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> </span></details> \"'& <!-- ";
    let text = sample("spun.txt").replace("The overseas minister", &format!("{evil} The overseas minister"));
    fs::write(folder.path().join("a\"><script>.txt"), text).unwrap();
    for options in [&["a\"><script>.txt"][..], &["--clean", "a\"><script>.txt"], &["--explain", "."]] {
        let found = page(folder.path(), options);
        assert_eq!(found.matches("<script>").count(), 1, "{options:?}");
        assert!(!found.contains("<img") && !found.contains("<!-- "), "{options:?}");
        assert!(found.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{options:?}");
    }
}

#[test]
fn documents_are_sorted_and_failures_shown() {
    let folder = sandbox();
    fs::write(folder.path().join("bad.txt"), b"\xff").unwrap();
    let options = ["check", "--format", "html", "--sort", "spin_probability", "."];
    let found = run(folder.path(), &options, b"").exits(2);
    let at = |part: &str| found.out().find(part).unwrap_or_else(|| panic!("no {part}"));
    assert!(at("<h2>./spun.txt") < at("<h2>./clean.txt"));
    assert!(at("<h2>Not read</h2>") < at("<li>./bad.txt: "));
    assert!(found.stderr.contains("bad.txt"), "{}", found.stderr);
}

#[test]
fn what_is_cut_is_shown() {
    let folder = sandbox();
    fs::write(folder.path().join("scraped.txt"), sample("scraped.txt")).unwrap();
    let found = page(folder.path(), &["--clean", "scraped.txt"]);
    assert!(found.contains("<span class=\"c x\" tabindex=0><del>Skip to content</del>"), "{found}");
    assert!(found.contains("furniture: navigation: says &quot;skip to content&quot;"));
    assert!(found.contains("<b>Byline</b> Anna Hale"));
}

/// What `fix` makes of a text by decisions alone.
fn repaired(folder: &Path, decisions: &str) -> String {
    let fix = ["fix", "--quiet", "--decided-only", "--decisions", decisions, "spun.txt"];
    run(folder, &fix, b"").exits(0).out().to_owned()
}

/// A text with the changes of decisions.
fn spliced(text: &str, rows: &[Value]) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for row in rows {
        let [start, end] = ["start", "end"].map(|end| usize::try_from(row[end].as_u64().unwrap()).unwrap());
        out += &text[from..start];
        out += row.get("after").unwrap_or(&row["before"]).as_str().unwrap();
        from = end;
    }
    out + &text[from..]
}

/// What the page's script exports is made of what is in the page: here the same is made without a browser.
#[test]
fn decisions_made_of_the_page_are_taken_by_fix() {
    let folder = sandbox();
    let page = dom_query::Document::from(page(folder.path(), &["spun.txt"]));
    let document = page.select(".doc");
    let [digest, path] = ["data-doc", "data-path"].map(|name| document.attr(name).unwrap().to_string());
    let mut rows =
        vec![json!({"type": "header", "schema": "unspin-decisions", "version": 1, "tool": "unspin"})];
    for (number, change) in page.select(".c[data-s]").iter().enumerate() {
        let [before, after] = ["del", "ins"].map(|tag| change.select(tag).text().to_string());
        let start: usize = change.attr("data-s").unwrap().parse().unwrap();
        let confidence: f64 = change.attr("data-c").unwrap().parse().unwrap();
        let mut row = json!({
            "type": "decision", "document": digest, "path": path, "start": start, "end": start + before.len(),
            "before": before, "rule": "spun-phrase", "confidence": confidence, "decided_by": "reviewer",
        });
        (row["decision"], row["after"]) = match number % 3 {
            0 => (json!("accept"), json!(after)),
            1 => (json!("own-wording"), json!("„own“")),
            _ => (json!("reject"), Value::Null),
        };
        row.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        rows.push(row);
    }
    assert!(rows.len() > 100, "{}", rows.len());
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    fs::write(folder.path().join("decisions.jsonl"), lines.join("\n") + "\n").unwrap();
    assert_eq!(repaired(folder.path(), "decisions.jsonl"), spliced(&sample("spun.txt"), &rows[1..]));
}

#[test]
fn a_thousand_articles() {
    let folder = sandbox();
    fs::create_dir(folder.path().join("all")).unwrap();
    let (spun, clean) = (sample("spun.txt"), sample("clean.txt"));
    for number in 0..1000 {
        let text = if number % 10 == 0 { &spun } else { &clean };
        fs::write(folder.path().join(format!("all/{number:04}.txt")), text).unwrap();
    }
    let found = page(folder.path(), &["all"]);
    assert_eq!(found.matches("<details class=\"doc\"").count(), 1000);
    assert!(found.contains("<b>100</b> spun") && !found.contains(" open>"));
}

/// A browser that is told what to do, as the W3C has standardised it.
struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// Starts one; `preferences` are the browser's.
    fn start(preferences: &Value) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let out = BufReader::new(driver.stdout.take().expect("piped"));
        let said = out
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok());
        let mut browser =
            Self { driver, port: said.expect("chromedriver says its port"), session: String::new() };
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ];
        let options = json!({ "args": arguments, "prefs": preferences });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let begun = browser.send("POST", "/session", &wanted);
        browser.session = format!("/session/{}", begun["sessionId"].as_str().expect("a session"));
        browser
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let (body, host) = (body.to_string(), format!("127.0.0.1:{}", self.port));
        let mut stream = TcpStream::connect(&host).expect("chromedriver listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .expect("chromedriver reads");
        // It leaves the connection open: the length says where the answer ends.
        let mut lines = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            lines.read_line(&mut line).expect("chromedriver answers");
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
            if line.is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        lines.read_exact(&mut answer).expect("a whole answer");
        let answer: Value = serde_json::from_slice(&answer).expect("an answer in JSON");
        assert!(answer["value"].get("error").is_none(), "{method} {path}: {answer:#}");
        answer["value"].clone()
    }

    fn open(&self, file: &Path) {
        let url = format!("file://{}", file.display());
        self.send("POST", &format!("{}/url", self.session), &json!({ "url": url }));
    }

    fn ask(&self, script: &str) -> Value {
        let body = json!({ "script": format!("return {script}"), "args": [] });
        self.send("POST", &format!("{}/execute/sync", self.session), &body)
    }

    fn press(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        let body = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.send("POST", &format!("{}/actions", self.session), &body);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            self.send("DELETE", &self.session, &json!({}));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// How many of the changes that a selector names show what comes instead.
const SHOWN: &str = "[...document.querySelectorAll('.c ins')].filter(i => i.checkVisibility()).length";

fn browser_page() -> Option<tempfile::TempDir> {
    if !has_tool("chromedriver") || !has_tool("chromium") {
        return None;
    }
    let folder = sandbox();
    fs::write(folder.path().join("page.html"), page(folder.path(), &["spun.txt"])).unwrap();
    Some(folder)
}

#[test]
fn in_a_browser_without_scripts() {
    let Some(folder) = browser_page() else { return };
    let browser = Browser::start(&json!({ "profile.managed_default_content_settings.javascript": 2 }));
    browser.open(&folder.path().join("page.html"));
    assert_eq!(browser.ask("document.getElementById('review').hidden"), json!(true));
    let all = browser.ask(SHOWN).as_u64().unwrap();
    browser.ask("document.getElementById('f4').click()");
    let sure = browser.ask(SHOWN).as_u64().unwrap();
    assert!(sure > 20 && sure < all, "{sure} of {all}");
    browser.ask("document.getElementById('f0').click()");
    browser.ask("document.querySelector('.c').focus()");
    assert_eq!(browser.ask("document.querySelector('.c i').checkVisibility()"), json!(true));
    assert_eq!(browser.ask("document.querySelectorAll('.c i')[1].checkVisibility()"), json!(false));
}

#[test]
fn in_a_browser_decisions_are_made_and_exported() {
    let Some(folder) = browser_page() else { return };
    let downloads = tempfile::tempdir().unwrap();
    let browser = Browser::start(&json!({ "download.default_directory": downloads.path() }));
    browser.open(&folder.path().join("page.html"));
    assert_eq!(browser.ask("document.getElementById('export').disabled"), json!(true));
    // Next, accept; next, reject; next, accept, take it back.
    browser.press("nanrnau");
    let tally = browser.ask("document.getElementById('tally').textContent");
    assert!(tally.as_str().unwrap().starts_with("2 of "), "{tally}");
    assert_eq!(browser.ask("document.querySelectorAll('.c.y').length"), json!(1));
    assert_eq!(browser.ask("document.querySelectorAll('.c.n').length"), json!(1));
    let (before, shown) = (browser.ask(SHOWN), "document.querySelector('.c.n del').checkVisibility()");
    assert_eq!(browser.ask(shown), json!(true));
    browser.ask("document.getElementById('f4').click()");
    assert!(browser.ask(SHOWN).as_u64() < before.as_u64());
    browser.ask("document.getElementById('export').click()");
    let file = downloads.path().join("decisions.jsonl");
    let since = Instant::now();
    while !file.exists() {
        assert!(since.elapsed() < Duration::from_secs(60), "nothing was downloaded");
        std::thread::sleep(Duration::from_millis(50));
    }
    let text = fs::read_to_string(file).unwrap();
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 3, "{text}");
    assert_eq!((&rows[0]["schema"], &rows[0]["version"]), (&json!("unspin-decisions"), &json!(1)));
    let spun = sample("spun.txt");
    for (row, decision) in rows[1..].iter().zip(["accept", "reject"]) {
        let place = |end: &str| usize::try_from(row[end].as_u64().unwrap()).unwrap();
        assert_eq!(row["before"].as_str(), spun.get(place("start")..place("end")), "{row}");
        assert_eq!((&row["decision"], &row["path"]), (&json!(decision), &json!("spun.txt")));
        assert_eq!(row.get("after").is_some(), decision == "accept", "{row}");
        assert_eq!(row["decided_by"], "reviewer");
    }
    // `fix` takes the file as it is.
    let file = downloads.path().join("decisions.jsonl").display().to_string();
    assert_eq!(repaired(folder.path(), &file), spliced(&spun, &rows[1..]));
    // The text as it came stands beside, with nothing of the repair in it.
    let left = "[...document.querySelectorAll('.r > p:first-child')].map(p => p.textContent).join('\\n')";
    let left = browser.ask(left);
    let lines =
        |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(left.as_str().unwrap()), lines(&spun));
    // They are still there when the page is opened again.
    browser.open(&folder.path().join("page.html"));
    let tally = browser.ask("document.getElementById('tally').textContent");
    assert!(tally.as_str().unwrap().starts_with("2 of "), "{tally}");
}
