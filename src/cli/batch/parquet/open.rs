//! A table that is copied from.

use std::fs::File;
use std::path::{Path, PathBuf};

use parquet::column::reader::ColumnReader;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::columns::Columns;
use super::error::TableError;
use super::read::{ended, open};
use crate::cli::error::CliError;

/// An input of the writer's own: the reader is rows ahead.
pub(super) struct Open {
    pub path: PathBuf,
    /// Its number among the inputs.
    pub input: usize,
    pub columns: Columns,
    file: SerializedFileReader<File>,
    /// The next row group.
    group: usize,
    /// Rows before this row group, or before the place in it that was reached.
    pub row: usize,
    /// Rows that are left of this row group.
    pub left: usize,
    /// The kept columns of this row group.
    pub readers: Vec<ColumnReader>,
}

impl Open {
    /// Opens a table for going on after so many rows.
    pub(super) fn new(path: &Path, input: usize, row: usize, fields: (&str, &str)) -> Result<Self, CliError> {
        let file = open(path)?;
        let schema = file.metadata().file_metadata().schema_descr();
        let columns = Columns::of(schema, fields.0, fields.1).map_err(|error| error.of(path))?;
        let path = path.to_owned();
        let mut out = Self { path, input, columns, file, group: 0, row: 0, left: 0, readers: Vec::new() };
        while out.row < row && out.group < out.metadata().num_row_groups() {
            let rows = out.rows_of(out.group);
            if out.row + rows > row {
                out.next_group()?;
                out.skip(row - out.row)?;
            } else {
                out.group += 1;
                out.row += rows;
            }
        }
        Ok(out)
    }

    pub(super) fn metadata(&self) -> &ParquetMetaData {
        self.file.metadata()
    }

    /// Turns to the next row group that has rows.
    pub(super) fn next_group(&mut self) -> Result<(), CliError> {
        while self.left == 0 {
            if self.group >= self.metadata().num_row_groups() {
                return Err(self.failed(ended()));
            }
            self.left = self.rows_of(self.group);
            self.group += 1;
        }
        let readers = self.file.get_row_group(self.group - 1).and_then(|group| {
            self.columns.kept.iter().map(|&column| group.get_column_reader(column)).collect()
        });
        self.readers = readers.map_err(|error| self.failed(error))?;
        Ok(())
    }

    fn rows_of(&self, group: usize) -> usize {
        usize::try_from(self.metadata().row_group(group).num_rows()).unwrap_or_default()
    }

    fn skip(&mut self, rows: usize) -> Result<(), CliError> {
        for reader in &mut self.readers {
            let skipped = match reader {
                ColumnReader::BoolColumnReader(column) => column.skip_records(rows),
                ColumnReader::Int32ColumnReader(column) => column.skip_records(rows),
                ColumnReader::Int64ColumnReader(column) => column.skip_records(rows),
                ColumnReader::Int96ColumnReader(column) => column.skip_records(rows),
                ColumnReader::FloatColumnReader(column) => column.skip_records(rows),
                ColumnReader::DoubleColumnReader(column) => column.skip_records(rows),
                ColumnReader::ByteArrayColumnReader(column) => column.skip_records(rows),
                ColumnReader::FixedLenByteArrayColumnReader(column) => column.skip_records(rows),
            };
            let skipped = skipped.and_then(|skipped| if skipped == rows { Ok(()) } else { Err(ended()) });
            skipped.map_err(|error| TableError::Damaged { row: self.row, error }.of(&self.path))?;
        }
        self.row += rows;
        self.left -= rows;
        Ok(())
    }

    fn failed(&self, error: ParquetError) -> CliError {
        TableError::Damaged { row: self.row, error }.of(&self.path)
    }
}
