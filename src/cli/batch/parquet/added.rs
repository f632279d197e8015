//! The column that is added: the fields of the objects that JSON Lines get, and `error`.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema};

use crate::cli::batch::row::Added;
use crate::report::{ADDED_FIELD, Measure, SortKey};

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

/// The column as a schema of its own. A field that an object lacks is null, and so are all beside an error.
pub(super) fn schema(added: Added) -> Schema {
    let object = match added {
        Added::Edits => [VERDICT.to_vec(), vec![("edits", list(edit()))]].concat(),
        Added::EditsAndScores => {
            [VERDICT.to_vec(), vec![("edits", list(edit())), ("score", comparison())]].concat()
        }
        Added::Scores => {
            let score = group([("translation", translation()), ("readability", readability())]);
            [VERDICT.to_vec(), vec![("score", score)]].concat()
        }
        Added::Cuts => page(),
    };
    let all = [vec![("schema", TEXT), ("version", COUNT)], object, vec![("error", TEXT)]].concat();
    Schema::new(vec![Field::new(ADDED_FIELD, group(all), true)])
}

fn fields<'f>(columns: impl IntoIterator<Item = (&'f str, DataType)>) -> Fields {
    columns.into_iter().map(|(name, kind)| Field::new(name, kind, true)).collect()
}

fn group<'f>(columns: impl IntoIterator<Item = (&'f str, DataType)>) -> DataType {
    DataType::Struct(fields(columns))
}

/// The name of the items is the one that the format prescribes.
fn list(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("element", item, true)))
}

fn edit() -> DataType {
    group([
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
    ])
}

fn readability() -> DataType {
    group(Measure::all().map(|measure| (measure.key(), if measure.is_count() { COUNT } else { NUMBER })))
}

fn comparison() -> DataType {
    let difference = SortKey::all().filter(|&key| key != SortKey::Path).map(|key| (key.key(), NUMBER));
    group([("before", readability()), ("after", readability()), ("difference", group(difference))])
}

fn translation() -> DataType {
    let trace = group([
        ("line", COUNT),
        ("column", COUNT),
        ("byte_start", COUNT),
        ("byte_end", COUNT),
        ("rule", TEXT),
        ("text", TEXT),
        ("message", TEXT),
        ("weight", COUNT),
    ]);
    group([("translated", FLAG), ("weight", COUNT), ("evidence", list(trace))])
}

fn page() -> Vec<(&'static str, DataType)> {
    let extraction = group([
        ("format", TEXT),
        ("charset", TEXT),
        ("extractor", TEXT),
        ("sha256_source", TEXT),
        ("bytes_source", COUNT),
        ("sha256_text", TEXT),
    ]);
    let cut = group([
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
    vec![
        ("page", TEXT),
        ("metadata", group(["title", "byline", "date", "source", "language"].map(|name| (name, TEXT)))),
        ("extraction", extraction),
        ("words_before", COUNT),
        ("words_after", COUNT),
        ("second_article", FLAG),
        ("cuts", list(cut)),
        ("articles", list(TEXT)),
    ]
}
