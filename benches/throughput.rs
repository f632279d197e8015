//! Throughput of each stage, in bytes of text per second: `cargo bench --bench throughput`.
//!
//! The texts are made from the paragraphs of `samples/`, so that the bench needs nothing else. Two stories have few different
//! words: caches help here more than they do on real news. Where `UNSPIN_BENCH_CLEAN` and `UNSPIN_BENCH_SPUN` name files of JSON Lines
//! ({"text"} each), these texts are taken instead.
//!
//! `read_only` and `tokenise` are the floor that the other stages stand on.

use std::fs;

use aho_corasick::{AhoCorasick, MatchKind};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use unspin::clean::{CleanPolicy, Cleaner};
use unspin::dictionary::Dictionary;
use unspin::language::LanguageModel;
use unspin::pipeline::Engine;
use unspin::readability::Counter;
use unspin::repair::Policy;
use unspin::terms::Terms;
use unspin::text::{Document, Tokens};

const CLEAN: [&str; 2] = [include_str!("../samples/clean.txt"), include_str!("../samples/original.txt")];
const SPUN: [&str; 1] = [include_str!("../samples/spun.txt")];
const DOCUMENTS: usize = 200;
const WORDS: usize = 400;

fn main() {
    // Not a micro-benchmark: twenty runs over 200 documents say enough.
    divan::Divan::default().sample_count(20).config_with_args().main();
}

/// Documents of about [`WORDS`] words: paragraphs in turn, each document starting one later than the one before.
fn documents(texts: &[&str]) -> Vec<Document> {
    let paragraphs: Vec<&str> = texts.iter().flat_map(|t| t.split("\n\n")).map(str::trim_end).collect();
    let document = |first: usize| {
        let mut text = String::new();
        let mut words = 0;
        for paragraph in paragraphs.iter().cycle().skip(first % paragraphs.len()) {
            if words >= WORDS {
                break;
            }
            words += paragraph.split_whitespace().count();
            text.push_str(paragraph);
            text.push_str("\n\n");
        }
        Document::new(text)
    };
    (0..DOCUMENTS).map(document).collect()
}

/// The texts of a file that the environment names, or those made from samples.
fn named(variable: &str, samples: &[&str]) -> Vec<Document> {
    let Ok(path) = std::env::var(variable) else { return documents(samples) };
    let lines = fs::read_to_string(&path).expect("a file of JSON Lines");
    let text = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).expect("a JSON object");
        Document::new(row["text"].as_str().expect("a text"))
    };
    lines.lines().map(text).collect()
}

fn clean_texts() -> Vec<Document> {
    named("UNSPIN_BENCH_CLEAN", &CLEAN)
}

fn spun_texts() -> Vec<Document> {
    named("UNSPIN_BENCH_SPUN", &SPUN)
}

fn bytes(documents: &[Document]) -> BytesCount {
    BytesCount::new(documents.iter().map(|d| d.text().len()).sum::<usize>())
}

fn tokens(documents: &[Document]) -> Vec<Tokens> {
    documents.iter().map(|d| Tokens::of(d.text())).collect()
}

fn engine() -> Engine {
    Engine::builtin().expect("built-in data")
}

/// Nothing but reading: how many bytes start a word.
#[divan::bench]
fn read_only(bencher: Bencher) {
    let documents = clean_texts();
    let starts = |text: &str| {
        let bytes = text.as_bytes();
        bytes.windows(2).filter(|pair| pair[0] <= b' ' && pair[1] > b' ').count()
    };
    bencher
        .counter(bytes(&documents))
        .bench_local(|| documents.iter().map(|d| starts(black_box(d.text()))).sum::<usize>());
}

/// `unspin check` on genuine text, without reading and writing: every document is decoded.
#[divan::bench]
fn check_clean(bencher: Bencher) {
    let (engine, documents) = (engine(), clean_texts());
    bencher
        .counter(bytes(&documents))
        .bench_local(|| documents.iter().map(|d| engine.scan(black_box(d)).findings.len()).sum::<usize>());
}

/// The same with `--screen`: most documents are passed over at a glance.
#[divan::bench]
fn check_clean_screened(bencher: Bencher) {
    let engine = engine();
    let screen = engine.screen().expect("built-in data");
    let (engine, documents) = (engine.with_screen(screen), clean_texts());
    bencher
        .counter(bytes(&documents))
        .bench_local(|| documents.iter().map(|d| engine.scan(black_box(d)).findings.len()).sum::<usize>());
}

/// The glance alone.
#[divan::bench]
fn glance(bencher: Bencher) {
    let (screen, documents) = (engine().screen().expect("built-in data"), clean_texts());
    bencher
        .counter(bytes(&documents))
        .bench_local(|| documents.iter().map(|d| screen.glance(black_box(d.text())).words).sum::<usize>());
}

/// A search for the listed tortured phrases alone, with an Aho-Corasick automaton: what a plain list would cost.
#[divan::bench]
fn phrases_aho_corasick(bencher: Bencher) {
    let terms = Terms::builtin().expect("built-in data");
    let phrases: Vec<&str> = terms.rows().rows().map(|row| row.spun).collect();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(&phrases)
        .expect("an automaton");
    let documents = clean_texts();
    bencher.counter(bytes(&documents)).bench_local(|| {
        documents.iter().map(|d| automaton.find_iter(black_box(d.text())).count()).sum::<usize>()
    });
}

/// `unspin check` on spun text, without reading and writing.
#[divan::bench]
fn check_spun(bencher: Bencher) {
    let (engine, documents) = (engine(), spun_texts());
    bencher
        .counter(bytes(&documents))
        .bench_local(|| documents.iter().map(|d| engine.scan(black_box(d)).findings.len()).sum::<usize>());
}

/// `unspin fix` on spun text: all rounds of repair.
#[divan::bench]
fn fix_spun(bencher: Bencher) {
    let (engine, documents, policy) = (engine(), spun_texts(), Policy::default());
    bencher.counter(bytes(&documents)).bench_local(|| {
        documents.iter().map(|d| engine.mend(black_box(d), &policy).text.len()).sum::<usize>()
    });
}

/// `unspin clean` on genuine text, without reading and writing.
#[divan::bench]
fn clean(bencher: Bencher) {
    let (cleaner, documents) = (Cleaner::builtin().expect("built-in data"), clean_texts());
    let policy = CleanPolicy::default();
    bencher.counter(bytes(&documents)).bench_local(|| {
        documents.iter().map(|d| cleaner.clean(black_box(d.text()), &policy).text.len()).sum::<usize>()
    });
}

/// `unspin clean` on a scraped page: furniture, in rounds, until nothing is left to cut.
#[divan::bench]
fn clean_scraped(bencher: Bencher) {
    let cleaner = Cleaner::builtin().expect("built-in data");
    let documents = vec![Document::new(include_str!("../samples/scraped.txt")); DOCUMENTS];
    let policy = CleanPolicy::default();
    bencher.counter(bytes(&documents)).bench_local(|| {
        documents.iter().map(|d| cleaner.clean(black_box(d.text()), &policy).text.len()).sum::<usize>()
    });
}

/// Tokens and sentences.
#[divan::bench]
fn tokenise(bencher: Bencher) {
    let documents = clean_texts();
    bencher
        .counter(bytes(&documents))
        .bench_local(|| documents.iter().map(|d| Tokens::of(black_box(d.text())).len()).sum::<usize>());
}

/// Every phrase of the dictionary, at every token.
#[divan::bench]
fn look_up(bencher: Bencher) {
    let (dictionary, documents) = (Dictionary::builtin().expect("built-in data"), clean_texts());
    let tokens = tokens(&documents);
    let mut matches = Vec::new();
    bencher.counter(bytes(&documents)).bench_local(|| {
        let mut found = 0;
        for tokens in black_box(&tokens) {
            for start in 0..tokens.len() {
                matches.clear();
                dictionary.matches_at(tokens, start, &mut matches);
                found += matches.len();
            }
        }
        found
    });
}

/// Every word in its context, once. Word numbers are looked up beforehand.
#[divan::bench]
fn score(bencher: Bencher) {
    let (model, documents) = (LanguageModel::builtin().expect("built-in data"), clean_texts());
    let words: Vec<Vec<_>> = tokens(&documents).iter().map(|tokens| model.words(tokens)).collect();
    bencher.counter(bytes(&documents)).bench_local(|| {
        let mut sum = 0.0;
        for words in black_box(&words) {
            let mut context = model.sentence_start();
            for &word in words {
                let (log_probability, next) = model.score(&context, word);
                sum += log_probability;
                context = next;
            }
        }
        sum
    });
}

/// All counts that readability formulas are made of. `UNSPIN_BENCH_TEXT` may name a text to count instead, whose paragraphs are taken
/// for documents: real news has many more words than the samples.
#[divan::bench]
fn readability(bencher: Bencher) {
    let documents: Vec<Document> = match std::env::var("UNSPIN_BENCH_TEXT") {
        Ok(path) => {
            let text = std::fs::read_to_string(path).expect("a text in UTF-8");
            text.split("\n\n").map(Document::new).collect()
        }
        Err(_) => documents(&CLEAN),
    };
    let mut counter = Counter::new();
    bencher.counter(bytes(&documents)).bench_local(|| {
        documents.iter().map(|d| counter.count(black_box(d.text())).syllables).sum::<usize>()
    });
}
