//! What can be wrong with a table.

use std::path::{Path, PathBuf};

use arrow_schema::ArrowError;
use parquet::errors::ParquetError;
use thiserror::Error;

use crate::cli::error::CliError;

/// Why a table can't be read or written.
#[derive(Debug, Error)]
pub(in crate::cli) enum TableError {
    /// It can't be opened.
    #[error("can't be read as Parquet: {0}")]
    Open(ParquetError),
    /// There are no texts.
    #[error("no column `{name}` (there are: {}): name the column that holds the text with --text-field", .columns.join(", "))]
    NoText {
        /// The column that was named.
        name: String,
        /// All columns.
        columns: Vec<String>,
    },
    /// The column holds something else.
    #[error(
        "column `{name}` is not a column of texts but {kind}: name the column that holds the text with --text-field"
    )]
    NoTexts {
        /// The column.
        name: String,
        /// What it is.
        kind: String,
    },
    /// A column that is read or replaced is there twice.
    #[error("column `{0}` is there twice")]
    Twice(String),
    /// It is damaged, or a part of it is stored in a way that is unknown here.
    #[error("can't be read further than row {row}: {error}; the rows after it are not in the output")]
    Damaged {
        /// Rows that can be read.
        row: usize,
        /// Why.
        error: ParquetError,
    },
    /// What is beside the texts is damaged.
    #[error("column `{column}` can't be copied (rows {} to {}): {error}", .first + 1, .first + .rows)]
    Copy {
        /// The column.
        column: String,
        /// Rows of the file before those that are copied.
        first: usize,
        /// How many are copied.
        rows: usize,
        /// Why.
        error: ParquetError,
    },
    /// The objects that are added have fields that the column lacks.
    #[error("the column `unspin` can't be made: {0}")]
    Added(#[from] ArrowError),
    /// Writing failed.
    #[error("can't be written as Parquet: {0}")]
    Write(#[from] ParquetError),
}

impl TableError {
    /// The error of that file.
    pub(super) fn of(self, path: &Path) -> CliError {
        CliError::Table { path: PathBuf::from(path), error: Box::new(self) }
    }
}
