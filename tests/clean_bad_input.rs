//! Pages that are broken, hostile or no pages, through the program.

mod common;

use common::{run, sandbox};

const SENTENCES: &str = "The harbour board met on Monday and spoke of the pier for two hours. It has asked the county for money. \
    The county has said that it will look at the request with care. The ferry goes twice a day until then.";

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>The pier</title></head><body><article><h1>The pier</h1>{body}</article></body></html>"
    )
}

#[test]
fn a_page_that_breaks_off() {
    let whole = page(&format!("<p>{SENTENCES}</p><p>{SENTENCES} <a href=\"/more"));
    let whole = &whole[..whole.find("/more").unwrap()];
    let run = run(sandbox().path(), &["clean", "-"], whole.as_bytes()).exits(0);
    assert!(run.out().contains(SENTENCES), "{}", run.out());
}

#[test]
fn a_page_without_text() {
    for empty in
        ["<!DOCTYPE html>", "<html><head><title>One</title></head><body><script>x()</script></body></html>"]
    {
        let run = run(sandbox().path(), &["clean", "-"], empty.as_bytes()).exits(1);
        assert!(run.stderr.contains("no article found in the page"), "{}", run.stderr);
    }
}

#[test]
fn elements_nested_a_hundred_thousand_deep() {
    for name in ["div", "b", "span", "table><tr><td", "x-y"] {
        let body = format!("{}<p>{SENTENCES}</p>", format!("<{name}>").repeat(100_000));
        let run = run(sandbox().path(), &["clean", "-"], page(&body).as_bytes()).exits(0);
        assert!(run.out().contains(SENTENCES), "{name}: {}", run.out());
    }
}

#[test]
fn a_character_set_that_is_declared_wrongly() {
    let body = format!("<meta charset=windows-1251><p>Café Störvik said: {SENTENCES}</p>");
    let run = run(sandbox().path(), &["clean", "-"], page(&body).as_bytes()).exits(0);
    assert!(run.out().contains("Café Störvik said"), "{}", run.out());
}

#[test]
fn binary_data() {
    let run = run(sandbox().path(), &["clean", "-"], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").exits(2);
    assert!(run.stderr.contains("binary data (a NUL byte at 8)"), "{}", run.stderr);
    assert_eq!(run.out(), "");
}

#[test]
fn a_page_of_50_megabytes() {
    let body = format!("<p>{SENTENCES}</p>").repeat(50_000_000 / SENTENCES.len());
    let run = run(sandbox().path(), &["clean", "-"], page(&body).as_bytes()).exits(2);
    assert!(run.stderr.contains("at most 16777216 (16 MiB)"), "{}", run.stderr);
}
