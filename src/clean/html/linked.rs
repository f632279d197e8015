//! What a page says of itself in JSON-LD.

use std::collections::HashMap;

use serde_json::Value;

use super::super::metadata::Metadata;
use super::metadata::{byline, date, language, plain};

/// Kinds of things in JSON-LD that are articles, besides those with "Article" or "Posting" in their names.
const ARTICLES: &[&str] =
    &["Recipe", "Review", "Report", "CriticReview", "Chapter", "Book", "CreativeWork", "HowTo"];

/// What JSON-LD says of the article.
pub(super) fn linked(scripts: &[String]) -> Metadata {
    let mut things = Vec::new();
    let values: Vec<Value> =
        scripts.iter().filter_map(|script| serde_json::from_str(script.trim()).ok()).collect();
    for value in &values {
        things_in(value, &mut things);
    }
    let by_id: HashMap<&str, &Value> = things
        .iter()
        .filter(|thing| thing.get("name").is_some())
        .filter_map(|thing| Some((thing.get("@id")?.as_str()?, *thing)))
        .collect();
    let articles = things.iter().filter(|thing| kinds(thing).any(is_article));
    articles.fold(Metadata::default(), |found, thing| {
        let string =
            |name: &str| thing.get(name).and_then(Value::as_str).map(plain).filter(|text| !text.is_empty());
        let names = |name: &str| {
            let names: Vec<String> = thing.get(name).map(|value| names(value, &by_id)).unwrap_or_default();
            (!names.is_empty()).then_some(names)
        };
        found.or(Metadata {
            title: string("headline").or_else(|| string("name")),
            byline: names("author").or_else(|| names("creator")).and_then(|names| {
                let names: Vec<String> = names.iter().filter_map(|name| byline(name)).collect();
                (!names.is_empty()).then(|| names.join("; "))
            }),
            date: ["datePublished", "dateCreated", "dateModified"]
                .iter()
                .find_map(|name| date(&string(name)?)),
            source: names("publisher").map(|mut names| names.swap_remove(0)),
            language: string("inLanguage").as_deref().and_then(language),
        })
    })
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") || ARTICLES.contains(&kind)
}

/// The things in a document of JSON-LD that stand for themselves.
fn things_in<'v>(value: &'v Value, out: &mut Vec<&'v Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| things_in(value, out)),
        Value::Object(object) => {
            out.push(value);
            for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                object.get(name).into_iter().for_each(|value| things_in(value, out));
            }
        }
        _ => {}
    }
}

fn kinds(thing: &Value) -> impl Iterator<Item = &str> {
    let kinds = thing.get("@type");
    let many = kinds.and_then(Value::as_array).into_iter().flatten();
    kinds.into_iter().chain(many).filter_map(Value::as_str)
}

/// The names of persons or organisations, given as strings, things or references to things.
fn names(value: &Value, by_id: &HashMap<&str, &Value>) -> Vec<String> {
    match value {
        Value::String(name) => vec![plain(name)],
        Value::Array(values) => values.iter().flat_map(|value| names(value, by_id)).collect(),
        Value::Object(thing) => {
            let named = thing.get("name").or_else(|| by_id.get(thing.get("@id")?.as_str()?)?.get("name"));
            named
                .map(|name| if name.is_object() { Vec::new() } else { names(name, by_id) })
                .unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
