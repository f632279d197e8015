//! A table that is copied from.

use std::fs::File;
use std::path::{Path, PathBuf};

use parquet::column::reader::ColumnReader;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::columns::Columns;
use super::error::TableError;
use super::least::rows_of;
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
    /// Rows before those that are taken.
    pub row: usize,
    /// Rows that are taken and not copied yet: stretches of row groups, the last of them in the one that was reached.
    taken: Vec<Stretch>,
    /// Rows of that row group that are not taken.
    left: usize,
}

/// The next rows of a row group.
pub(super) struct Stretch {
    /// The kept columns.
    pub readers: Vec<ColumnReader>,
    pub rows: usize,
}

impl Open {
    /// Opens a table for going on after so many rows.
    pub(super) fn new(path: &Path, input: usize, row: usize, fields: (&str, &str)) -> Result<Self, CliError> {
        let file = open(path)?;
        let schema = file.metadata().file_metadata().schema_descr();
        let columns = Columns::of(schema, fields.0, fields.1).map_err(|error| error.of(path))?;
        let path = path.to_owned();
        let mut out = Self { path, input, columns, file, group: 0, row: 0, taken: Vec::new(), left: 0 };
        while out.row < row && out.group < out.metadata().num_row_groups() {
            let rows = rows_of(out.metadata().row_group(out.group));
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

    /// Takes the next row.
    pub(super) fn take(&mut self) -> Result<(), CliError> {
        if self.left == 0 {
            self.next_group()?;
        }
        self.left -= 1;
        if let Some(stretch) = self.taken.last_mut() {
            stretch.rows += 1;
        }
        Ok(())
    }

    /// Whether the last row that was taken is the last of its row group.
    pub(super) fn is_between_groups(&self) -> bool {
        self.left == 0
    }

    /// The rows that are taken, for copying.
    pub(super) fn taken(&mut self) -> &mut [Stretch] {
        &mut self.taken
    }

    /// Lets go of the rows that are taken: they are copied.
    pub(super) fn leave(&mut self) {
        self.row += self.taken.iter().map(|stretch| stretch.rows).sum::<usize>();
        let reached = self.taken.pop().filter(|_| self.left > 0);
        self.taken = reached.map(|stretch| Stretch { rows: 0, ..stretch }).into_iter().collect();
    }

    /// Turns to the next row group that has rows.
    fn next_group(&mut self) -> Result<(), CliError> {
        while self.left == 0 {
            if self.group >= self.metadata().num_row_groups() {
                return Err(self.failed(ended()));
            }
            self.left = rows_of(self.metadata().row_group(self.group));
            self.group += 1;
        }
        let readers = self.file.get_row_group(self.group - 1).and_then(|group| {
            self.columns.kept.iter().map(|&column| group.get_column_reader(column)).collect()
        });
        self.taken.push(Stretch { readers: readers.map_err(|error| self.failed(error))?, rows: 0 });
        Ok(())
    }

    fn skip(&mut self, rows: usize) -> Result<(), CliError> {
        for reader in self.taken.iter_mut().flat_map(|stretch| &mut stretch.readers) {
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
