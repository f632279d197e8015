//! A page for the browser: one file, readable without scripts and without a network.
//!
//! Style and script are in the page, and its Content-Security-Policy allows these two by their digests and nothing else: whatever a
//! text holds, nothing of it runs and nothing is loaded.

mod change;
mod document;
mod side_by_side;
mod table;

use std::fmt::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::xml::escaped;
use crate::report::wire::TOOL;
use crate::report::{Failure, ScoreReport, Totals};

pub use document::html_document;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// From this many documents on they are folded up.
const FOLDED_FROM: usize = 4;

/// What the page says of a document in its table.
#[derive(Debug, Clone)]
pub struct HtmlEntry {
    /// Number of the document in the order of the input, from 1: its anchor is `d` with it.
    pub number: usize,
    /// Verdict, reading and passages.
    pub score: ScoreReport,
    /// How many findings are listed.
    pub findings: usize,
    /// How many cuts were made.
    pub cuts: usize,
    /// Its part of the page.
    pub body: String,
}

/// The page up to its documents: head, totals, controls, table. `entries` are in the order in which they are shown.
pub fn html_head(entries: &[HtmlEntry], failures: &[Failure], totals: &Totals) -> String {
    let mut out = String::with_capacity(STYLE.len() + 600 * entries.len() + 4096);
    // Writing to a string can't fail.
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n",
        digest(STYLE),
        digest(SCRIPT),
        escaped(&title(entries)),
    );
    let folded = if entries.len() >= FOLDED_FROM { " class=\"many\"" } else { "" };
    let _ = write!(
        out,
        "<body{folded} data-tool=\"{TOOL}\">\n<a class=\"skip\" href=\"#documents\">Skip to the documents</a>\n\
         <header class=\"top\">\n<h1>Spun text report</h1>\n<p class=\"sum\">{}</p>\n</header>\n{CONTROLS}",
        sums(entries, failures, totals),
    );
    failed(&mut out, failures);
    if entries.len() > 1 {
        table::table(&mut out, entries, totals);
    }
    out.push_str("<main id=\"documents\">\n");
    out
}

/// The page from the end of its documents on.
pub fn html_tail() -> String {
    format!(
        "</main>\n<footer>{TOOL}. A verdict says how a text reads, not who wrote it. This file loads nothing and sends \
         nothing.</footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// Whether the documents of a page of so many are open from the beginning.
pub fn html_is_open(documents: usize) -> bool {
    documents < FOLDED_FROM
}

/// The digest by which a Content-Security-Policy allows a style or a script.
fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn title(entries: &[HtmlEntry]) -> String {
    match entries {
        [entry] => format!("{}: {}", entry.score.path, entry.score.verdict.kind.name()),
        entries => format!("Spun text report: {} documents", entries.len()),
    }
}

/// The counts in a sentence of their own.
fn sums(entries: &[HtmlEntry], failures: &[Failure], totals: &Totals) -> String {
    let findings: usize = entries.iter().map(|entry| entry.findings).sum();
    let cuts: usize = entries.iter().map(|entry| entry.cuts).sum();
    let counts = [
        (totals.documents, "document", "documents", ""),
        (totals.spun, "spun", "spun", "spun"),
        (totals.suspect, "suspect", "suspect", "suspect"),
        (totals.clean, "clean", "clean", "clean"),
        (totals.too_short, "too short", "too short", ""),
        (totals.translated, "reads like a translation", "read like a translation", ""),
        (findings, "change", "changes", ""),
        (cuts, "cut", "cuts", ""),
        (failures.len(), "failed", "failed", "spun"),
    ];
    let mut out = String::new();
    for (number, (count, one, several, class)) in counts.into_iter().enumerate() {
        if count > 0 || number == 0 {
            let name = if count == 1 { one } else { several };
            let _ = write!(out, "<span class=\"n {class}\"><b>{count}</b> {name}</span> ");
        }
    }
    out
}

fn failed(out: &mut String, failures: &[Failure]) {
    if failures.is_empty() {
        return;
    }
    out.push_str("<section class=\"failed\" aria-label=\"Inputs that failed\">\n<h2>Not read</h2>\n<ul>\n");
    for Failure { error, .. } in failures {
        let _ = writeln!(out, "<li>{}</li>", escaped(error));
    }
    out.push_str("</ul>\n</section>\n");
}

/// The filter, and a place for what the script adds. Classes of changes name the least confidence at which they are shown.
const CONTROLS: &str = "<div class=\"bar\">\n<fieldset class=\"filter\"><legend>Changes of confidence</legend>\
<input type=\"radio\" name=\"least\" id=\"f0\" value=\"0\" checked><label for=\"f0\">all</label>\
<input type=\"radio\" name=\"least\" id=\"f1\" value=\"1\"><label for=\"f1\">≥ 0.5</label>\
<input type=\"radio\" name=\"least\" id=\"f2\" value=\"2\"><label for=\"f2\">≥ 0.8</label>\
<input type=\"radio\" name=\"least\" id=\"f3\" value=\"3\"><label for=\"f3\">≥ 0.9</label>\
<input type=\"radio\" name=\"least\" id=\"f4\" value=\"4\"><label for=\"f4\">≥ 0.97</label></fieldset>\n\
<p class=\"key\"><span class=\"k s\">safe</span> <span class=\"k u\">unsafe</span> <span class=\"k d\">not applied</span></p>\n\
<div id=\"review\" hidden></div>\n</div>\n";

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn page() -> String {
        let (entries, mut totals): (Vec<_>, _) = (
            samples::dossiers().iter().zip(1..).map(|(d, number)| html_document(number, true, d)).collect(),
            Totals::default(),
        );
        for entry in &entries {
            totals.add(&entry.score);
        }
        let bodies: String = entries.iter().map(|entry| entry.body.as_str()).collect();
        html_head(&entries, &samples::set().1, &totals) + &bodies + &html_tail()
    }

    #[test]
    fn as_it_was() {
        let page = page()
            .replace(STYLE, "STYLE")
            .replace(SCRIPT, "SCRIPT")
            .replace(&digest(STYLE), "DIGEST")
            .replace(&digest(SCRIPT), "DIGEST")
            .replace(TOOL, "unspin VERSION");
        samples::assert_snapshot("report.html", &page);
    }

    #[test]
    fn is_well_formed() {
        let parsed = dom_query::Document::from(page());
        // Parsers complain of a carriage return, but keep it, as the standard says.
        let errors = parsed.errors.borrow();
        let wrong: Vec<_> =
            errors.iter().filter(|error| *error != "Invalid numeric character reference").collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(parsed.select(".doc").length(), samples::TEXTS.len());
        // What the texts hold is text.
        assert_eq!(parsed.select("main b").length(), 0);
        let del = parsed.select(".c del").iter().map(|del| del.text().to_string()).collect::<Vec<_>>();
        assert!(del.contains(&"go\r\nto".to_owned()), "{del:?}");
    }

    /// Styles and scripts that end early would let a text in.
    #[test]
    fn style_and_script_stay_inside() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        assert!(!page().contains("http:") && !page().contains("https:") && !STYLE.contains("url("));
        let rest = page().replace(SCRIPT, "");
        for inline in [" style=", " onclick=", " onerror=", " onload="] {
            assert!(!rest.contains(inline), "{inline}");
        }
    }

    /// `printf abc | openssl dgst -sha256 -binary | base64`
    #[test]
    fn digests() {
        assert_eq!(digest("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
