//! The data that is compiled into the program: fit to be there, and built from what stands beside it.

mod common;

use std::fs;

use unspin::dictionary::{Source, compile, complaints, digest_of};
use unspin::language::LanguageModel;

/// The compiled files, and their lists in the order in which they are compiled.
const COMPILED: [(&str, &[&str]); 3] = [
    ("spun.fst", &["news.tsv", "keep.tsv", "learned.tsv"]),
    ("thesaurus.fst", &THESAURUS),
    ("academic.fst", &["academic.tsv"]),
];
/// The lists of the built-in thesaurus. The first is not part of the published package.
const THESAURUS: [&str; 3] = ["thesaurus.tsv", "thesaurus-seen.tsv", "keep.tsv"];

fn read(names: &[&str]) -> Option<Vec<(Source, String)>> {
    let read = |name: &&str| {
        let path = common::repository().join("dictionaries").join(name);
        if !path.exists() {
            common::skip(&format!("{} is not there", path.display()));
            return None;
        }
        let text = fs::read_to_string(path).expect("the lists can be read");
        Some((Source::parse(name, &text).expect("each row can be read"), text))
    };
    names.iter().map(read).collect()
}

fn lists(names: &[&str]) -> Vec<(Source, String)> {
    read(names).expect("the lists are in the package")
}

#[test]
fn no_row_breaks_a_rule() {
    for (_, names) in COMPILED.iter().filter(|(_, names)| *names != THESAURUS) {
        let sources: Vec<Source> = lists(names).into_iter().map(|(source, _)| source).collect();
        let found: Vec<String> = complaints(&sources).iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{} complaints:\n{}", found.len(), found.join("\n"));
    }
}

/// `UNSPIN_WRITE_DICTIONARY=1` writes the compiled files anew.
#[test]
fn compiled_dictionaries_are_those_of_the_lists() {
    for (file, names) in COMPILED {
        let Some(lists) = read(names) else { continue };
        let (sources, texts): (Vec<Source>, Vec<String>) = lists.into_iter().unzip();
        let digests = names.iter().zip(&texts).map(|(name, text)| digest_of(name, text)).collect();
        let bytes = compile(&sources, digests).expect("the lists compile");
        let path = common::repository().join("dictionaries").join(file);
        if std::env::var_os("UNSPIN_WRITE_DICTIONARY").is_some() {
            fs::write(&path, &bytes).expect("the dictionary can be written");
        }
        let stored = fs::read(&path).expect("the dictionary is in the repository");
        assert!(
            stored == bytes,
            "{file} is not what the lists compile to: rebuild it (dictionaries/README.md)"
        );
    }
}

#[test]
fn no_row_of_the_thesaurus_breaks_a_rule() {
    let Some(lists) = read(&THESAURUS) else { return };
    let sources: Vec<Source> = lists.into_iter().map(|(source, _)| source).collect();
    let found: Vec<String> = complaints(&sources).iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{} complaints:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_model_names_its_corpora() {
    let model = LanguageModel::builtin().expect("the model fits the program");
    let about = format!("{:?}", model.about());
    assert!(model.order() >= 3);
    assert!(about.contains("sha256: \""), "the model names no digest: {about}");
}

#[test]
fn logarithms_of_probabilities_are_finite_and_not_positive() {
    let model = LanguageModel::builtin().expect("the model fits the program");
    let text = common::sample("original.txt");
    let tokens = unspin::text::Tokens::of(&text);
    let words: Vec<_> = (0..tokens.len()).map(|i| model.word(&tokens.lexeme(i))).collect();
    let mut context = model.sentence_start();
    for &word in words.iter().take(40) {
        for &other in &words {
            let (log, _) = model.score(&context, other);
            assert!(log.is_finite() && log <= 0.0, "{log}");
        }
        context = model.score(&context, word).1;
    }
}
