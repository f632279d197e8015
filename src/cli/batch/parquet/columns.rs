//! Which columns of a table are which.

use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::schema::types::{SchemaDescriptor, Type};

use super::error::TableError;
use crate::report::ADDED_FIELD;

/// Columns by their numbers among all that hold values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub text: usize,
    /// Names of rows, if there is such a column and it can be read as names.
    pub id: Option<usize>,
    /// Those that are copied, and the text; not a column `unspin` of an earlier run.
    pub kept: Vec<usize>,
}

impl Columns {
    pub(super) fn of(
        schema: &SchemaDescriptor,
        text_field: &str,
        id_field: &str,
    ) -> Result<Self, TableError> {
        let roots = schema.root_schema().get_fields();
        let one = |name: &str| {
            let mut found = (0..roots.len()).filter(|&root| roots[root].name() == name);
            let first = found.next();
            if found.next().is_some() { Err(TableError::Twice(name.to_owned())) } else { Ok(first) }
        };
        one(ADDED_FIELD)?;
        let text =
            one(text_field)?.filter(|_| text_field != ADDED_FIELD).ok_or_else(|| TableError::NoText {
                name: text_field.to_owned(),
                columns: roots.iter().map(|root| root.name().to_owned()).collect(),
            })?;
        if !is_text(&roots[text]) {
            let kind = kind(&roots[text]);
            return Err(TableError::NoTexts { name: text_field.to_owned(), kind });
        }
        let leaf = |root| (0..schema.num_columns()).find(|&leaf| schema.get_column_root_idx(leaf) == root);
        let is_kept = |&leaf: &usize| roots[schema.get_column_root_idx(leaf)].name() != ADDED_FIELD;
        Ok(Self {
            // What is no group has one column.
            text: leaf(text).unwrap_or_default(),
            id: one(id_field)?.filter(|&id| is_name(&roots[id])).and_then(leaf),
            kept: (0..schema.num_columns()).filter(is_kept).collect(),
        })
    }
}

/// One value or none in each row.
fn is_single(column: &Type) -> bool {
    let info = column.get_basic_info();
    column.is_primitive() && (!info.has_repetition() || info.repetition() != Repetition::REPEATED)
}

fn is_text(column: &Type) -> bool {
    let known = [ConvertedType::NONE, ConvertedType::UTF8, ConvertedType::ENUM, ConvertedType::JSON];
    is_single(column)
        && column.get_physical_type() == Physical::BYTE_ARRAY
        && known.contains(&column.get_basic_info().converted_type())
}

fn is_name(column: &Type) -> bool {
    let is_number = || matches!(column.get_physical_type(), Physical::INT32 | Physical::INT64);
    let is_whole = || column.get_basic_info().converted_type() == ConvertedType::NONE;
    is_text(column) || (is_single(column) && is_number() && is_whole())
}

/// What a column is, for people.
fn kind(column: &Type) -> String {
    if !column.is_primitive() {
        return "a group of columns".to_owned();
    }
    let physical = column.get_physical_type();
    let repeated = if is_single(column) { "" } else { "repeated " };
    match column.get_basic_info().converted_type() {
        ConvertedType::NONE => format!("{repeated}{physical}"),
        converted => format!("{repeated}{physical} ({converted})"),
    }
}
