//! Rows learned from pairs of texts.

mod common;

use proptest::prelude::*;
use unspin::dictionary::{Dictionary, Source, complaints};
use unspin::pairs::{Options, PairLearner, Proposals, Status};

fn learn(dictionary: &Dictionary, pairs: &[(String, String)], options: &Options) -> Proposals {
    let mut learner = PairLearner::new(dictionary);
    for (number, (spun, original)) in pairs.iter().enumerate() {
        learner.add(number.to_string(), spun.as_str(), original.as_str());
    }
    learner.finish(options)
}

fn builtin() -> Dictionary {
    Dictionary::builtin().expect("the built-in data fits the program")
}

/// All rows, however rare.
fn all() -> Options {
    Options { min_count: 1, ..Options::default() }
}

/// Sentences of the samples, spun and clean.
fn sentences() -> Vec<String> {
    ["spun.txt", "clean.txt", "original.txt"]
        .iter()
        .flat_map(|name| {
            common::sample(name).split_inclusive(['.', '\n']).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(sentences()), 0..25).prop_map(|pieces| pieces.concat())
}

/// The text with every `from` replaced, as whole words.
fn replaced(text: &str, from: &str, to: &str) -> String {
    let parts = text.split_inclusive(|c: char| !c.is_alphabetic());
    parts
        .map(|part| match part.strip_prefix(from) {
            Some(rest) if !rest.starts_with(char::is_alphabetic) => format!("{to}{rest}"),
            _ => part.to_owned(),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_teaches_nothing_about_itself(text in text(), mess in "\\PC{0,40}") {
        let text = text + &mess;
        let found = learn(&builtin(), &[(text.clone(), text)], &all());
        prop_assert!(found.rows.is_empty(), "{:?}", found.rows);
        prop_assert!(found.summary.set_aside.is_empty(), "{:?}", found.summary.set_aside);
        prop_assert_eq!((found.summary.added, found.summary.missing), (0, 0));
    }

    #[test]
    fn any_two_texts_give_rows_that_dictionaries_take(a in text(), b in text(), mess in "(\\PC|[a-z ,.\n\t“’-]){0,60}") {
        let found = learn(&builtin(), &[(a.clone() + &mess, b.clone()), (a, b + &mess)], &all());
        let table = found.to_tsv("A");
        let source = Source::parse("x.tsv", &table);
        prop_assert!(source.is_ok(), "{:?}", source);
        let source = source.expect("it was read");
        prop_assert_eq!(source.entries.len(), found.rows.len());
        prop_assert_eq!(complaints(&[source]), Vec::new());
    }

    #[test]
    fn substitutions_that_were_made_are_found(seed in 0usize..6) {
        let made = [("river", "watercourse"), ("dam", "big weir"), ("plan", "blueprint"), ("rain", "wet weather"), ("minister", "vizier"), ("crews", "gangs")];
        let original = common::sample("original.txt");
        let chosen = [made[seed], made[(seed + 1) % 6]];
        let spun = chosen.iter().fold(original.clone(), |text, (from, to)| replaced(&text, from, to));
        let nothing = Dictionary::default();
        // Twice: a single text with a few changes looks edited.
        let pairs = [(spun.clone(), original.clone()), (spun.clone(), original.clone()), (spun, original.clone())];
        let found = learn(&nothing, &pairs, &Options::default());
        for (canonical, spun) in chosen {
            let is_there = replaced(&original, canonical, "") != original;
            let is_found = found.rows.iter().any(|row| {
                row.spun.split(' ').collect::<Vec<_>>().join(" ").contains(spun) && row.canonical.contains(canonical)
            });
            prop_assert!(!is_there || is_found, "{canonical}: {:?}", found);
        }
    }
}

#[test]
fn the_sample_is_what_the_dictionary_knows() {
    let pairs = [(common::sample("spun.txt"), common::sample("original.txt"))];
    let found = learn(&builtin(), &pairs, &all());
    assert!(found.summary.known > 90, "{:?}", found.summary);
    let new: Vec<_> = found.rows.iter().filter(|row| row.status == Status::New).collect();
    assert!(new.len() <= 2, "{new:?}");
    let month = found.rows.iter().find(|row| row.spun == "Could").expect("the month is found");
    assert_eq!(month.canonical, "May");
}

#[test]
fn without_a_dictionary_the_sample_teaches_most_of_its_rows() {
    let pairs = [(common::sample("spun.txt"), common::sample("original.txt"))];
    let found =
        learn(&Dictionary::default(), &pairs, &Options { min_count: 1, examples: 0, ..Options::default() });
    let has = |spun: &str, canonical: &str| {
        found.rows.iter().any(|row| (row.spun.as_str(), row.canonical.as_str()) == (spun, canonical))
    };
    assert!(has("overseas", "foreign") && has("go to", "visit") && has("Could", "May"), "{:?}", found.rows);
    assert!(found.summary.new > 55, "{:?}", found.summary);
}

#[test]
fn swapped_texts_are_noticed() {
    let pairs = [(common::sample("original.txt"), common::sample("spun.txt"))];
    assert!(learn(&builtin(), &pairs, &all()).summary.is_swapped());
}

#[test]
fn the_order_of_texts_does_not_matter_to_rows() {
    let original = common::sample("original.txt");
    let spun = common::sample("spun.txt");
    let one = (spun.clone(), original.clone());
    let two = (replaced(&spun, "dam", "weir"), original);
    let rows = |pairs: &[(String, String)]| {
        let found = learn(&builtin(), pairs, &Options { examples: 0, ..all() });
        found.rows.into_iter().map(|row| (row.spun, row.canonical, row.count)).collect::<Vec<_>>()
    };
    assert_eq!(rows(&[one.clone(), two.clone()]), rows(&[two, one]));
}
