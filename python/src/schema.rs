//! The columns of Arrow results: the fields of the result objects.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields};
use unspin::report::{Measure, SortKey};

const TEXT: DataType = DataType::Utf8;
const NUMBER: DataType = DataType::Float64;
const COUNT: DataType = DataType::Int64;
const FLAG: DataType = DataType::Boolean;

const VERDICT: [(&str, DataType); 7] = [
    ("verdict", TEXT),
    ("family", TEXT),
    ("spin_probability", NUMBER),
    ("spin_rate", NUMBER),
    ("spin_rate_low", NUMBER),
    ("spin_rate_high", NUMBER),
    ("words", COUNT),
];

fn fields<'f>(columns: impl IntoIterator<Item = (&'f str, DataType)>) -> Fields {
    columns.into_iter().map(|(name, kind)| Field::new(name, kind, true)).collect()
}

fn object<'f>(columns: impl IntoIterator<Item = (&'f str, DataType)>) -> DataType {
    DataType::Struct(fields(columns))
}

fn list(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("item", item, true)))
}

/// The columns of `check`.
pub fn check() -> Fields {
    let replacement = object([("value", TEXT), ("confidence", NUMBER)]);
    let evidence = object([
        ("spun", TEXT),
        ("canonical", TEXT),
        ("family", TEXT),
        ("source", TEXT),
        ("in_quotation", FLAG),
        ("keep", NUMBER),
    ]);
    let ground = object([("value", TEXT), ("confidence", NUMBER), ("grounds", list(TEXT))]);
    let finding = object([
        ("line", COUNT),
        ("column", COUNT),
        ("end_line", COUNT),
        ("end_column", COUNT),
        ("byte_start", COUNT),
        ("byte_end", COUNT),
        ("char_start", COUNT),
        ("char_end", COUNT),
        ("rule", TEXT),
        ("message", TEXT),
        ("text", TEXT),
        ("replacements", list(replacement)),
        ("applicability", TEXT),
        ("applicability_reason", TEXT),
        ("evidence", evidence),
        ("explanation", list(ground)),
    ]);
    let passage = object([
        ("line", COUNT),
        ("byte_start", COUNT),
        ("byte_end", COUNT),
        ("words", COUNT),
        ("spun_share", NUMBER),
    ]);
    fields(VERDICT.into_iter().chain([("passages", list(passage)), ("findings", list(finding))]))
}

/// The columns of `fix`; without a score that one is left out, as it would make most of a row.
pub fn fix(with_score: bool) -> Fields {
    let edit = object([
        ("start", COUNT),
        ("end", COUNT),
        ("before", TEXT),
        ("after", TEXT),
        ("confidence", NUMBER),
        ("applicability", TEXT),
        ("applicability_reason", TEXT),
        ("in_quotation", FLAG),
        ("rule", TEXT),
        ("outcome", TEXT),
    ]);
    let difference = SortKey::all().filter(|&key| key != SortKey::Path).map(|key| (key.key(), NUMBER));
    let score =
        object([("before", readability()), ("after", readability()), ("difference", object(difference))]);
    let score = with_score.then_some(("score", score));
    fields([("text", TEXT)].into_iter().chain(VERDICT).chain([("edits", list(edit))]).chain(score))
}

/// The columns of `score`.
pub fn score() -> Fields {
    let trace = object([
        ("line", COUNT),
        ("column", COUNT),
        ("byte_start", COUNT),
        ("byte_end", COUNT),
        ("rule", TEXT),
        ("text", TEXT),
        ("message", TEXT),
        ("weight", COUNT),
    ]);
    let translation = object([("translated", FLAG), ("weight", COUNT), ("evidence", list(trace))]);
    fields(VERDICT.into_iter().chain([("translation", translation), ("readability", readability())]))
}

fn readability() -> DataType {
    object(Measure::all().map(|measure| (measure.key(), if measure.is_count() { COUNT } else { NUMBER })))
}

/// The columns of `clean`.
pub fn clean() -> Fields {
    let metadata = object(["title", "byline", "date", "source", "language"].map(|name| (name, TEXT)));
    let extraction = object([
        ("format", TEXT),
        ("charset", TEXT),
        ("extractor", TEXT),
        ("sha256_source", TEXT),
        ("bytes_source", COUNT),
        ("sha256_text", TEXT),
    ]);
    let cut = object([
        ("line", COUNT),
        ("end_line", COUNT),
        ("byte_start", COUNT),
        ("byte_end", COUNT),
        ("rule", TEXT),
        ("reason", TEXT),
        ("before", TEXT),
        ("after", TEXT),
        ("confidence", NUMBER),
        ("applicability", TEXT),
        ("outcome", TEXT),
    ]);
    fields([
        ("text", TEXT),
        ("page", TEXT),
        ("metadata", metadata),
        ("extraction", extraction),
        ("words_before", COUNT),
        ("words_after", COUNT),
        ("second_article", FLAG),
        ("cuts", list(cut)),
        ("articles", list(TEXT)),
    ])
}
