//! Texts of a table, for the workers.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::Ordering;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArrayType, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::columns::Columns;
use super::copy::walk;
use super::error::TableError;
use super::least::rows_of;
use crate::cli::batch::source::{Cell, Content, Job, Line, Reader, Source, Start};
use crate::cli::error::CliError;

/// Rows that are decoded at once; they are pieces of pages that are in memory anyway.
pub(super) const ROWS: usize = 64;

/// Opens a table.
pub(super) fn open(path: &Path) -> Result<SerializedFileReader<File>, CliError> {
    let file = File::open(path).map_err(|error| CliError::io(path, error))?;
    SerializedFileReader::new(file).map_err(|error| TableError::Open(error).of(path))
}

/// Puts the texts of a table into the queue. `false` if nobody wants more.
pub(in super::super) fn read(reader: &Reader, number: usize, source: &Source, start: Start) -> bool {
    let mut texts = Texts {
        reader,
        path: &source.path,
        job: Job::new(number),
        row: 0,
        end: start.offset,
        is_wanted: true,
    };
    // A damaged file may break what the decoder takes for granted.
    let done = catch_unwind(AssertUnwindSafe(|| texts.all(start.line)))
        .unwrap_or_else(|_| Err(TableError::Damaged { row: texts.row, error: gave_up() }.of(&source.path)));
    let Texts { mut job, is_wanted, .. } = texts;
    if !is_wanted {
        return false;
    }
    if done.is_err() && !job.lines.is_empty() {
        let next = Job::new(number);
        if !reader.put(std::mem::replace(&mut job, next)) {
            return false;
        }
    }
    job.end = Some(done);
    reader.put(job)
}

struct Texts<'r> {
    reader: &'r Reader,
    path: &'r Path,
    job: Job,
    /// Rows that were read or skipped.
    row: usize,
    /// Bytes of texts up to here.
    end: u64,
    is_wanted: bool,
}

impl Texts<'_> {
    /// All rows after the first `skip`.
    fn all(&mut self, skip: usize) -> Result<(), CliError> {
        let file = open(self.path)?;
        let metadata = file.metadata();
        let schema = metadata.file_metadata().schema_descr();
        let columns = Columns::of(schema, &self.reader.text_field, &self.reader.id_field)
            .map_err(|error| error.of(self.path))?;
        for group in 0..metadata.num_row_groups() {
            let rows = rows_of(metadata.row_group(group));
            let size = u64::try_from(metadata.row_group(group).compressed_size()).unwrap_or_default();
            if self.row + rows <= skip {
                self.row += rows;
            } else if let Err(error) = self.group(&file, group, rows, skip.saturating_sub(self.row), &columns)
            {
                return Err(TableError::Damaged { row: self.row, error }.of(self.path));
            }
            if !self.is_wanted {
                break;
            }
            self.reader.read.fetch_add(size, Ordering::Relaxed);
        }
        Ok(())
    }

    fn group(
        &mut self,
        file: &SerializedFileReader<File>,
        group: usize,
        rows: usize,
        skip: usize,
        columns: &Columns,
    ) -> Result<()> {
        let group = file.get_row_group(group)?;
        let schema = file.metadata().file_metadata().schema_descr();
        // The writer copies the other columns only when the texts are done: damage in them must show before.
        for &column in columns.kept.iter().filter(|&&column| column != columns.text) {
            walk(&mut group.get_column_reader(column)?, &schema.column(column), rows)?;
        }
        let is_nullable = |column: usize| schema.column(column).max_def_level() > 0;
        let mut texts =
            Names { column: group.get_column_reader(columns.text)?, is_nullable: is_nullable(columns.text) };
        let mut ids = columns
            .id
            .map(|id| {
                Ok::<_, ParquetError>(Names {
                    column: group.get_column_reader(id)?,
                    is_nullable: is_nullable(id),
                })
            })
            .transpose()?;
        texts.skip(skip)?;
        if let Some(ids) = &mut ids {
            ids.skip(skip)?;
        }
        self.row += skip;
        let mut left = rows - skip;
        while left > 0 && self.is_wanted {
            let some = ROWS.min(left);
            let texts = texts.next(some)?;
            let mut ids = ids.as_mut().map(|ids| ids.next(some)).transpose()?.unwrap_or_default().into_iter();
            for text in texts {
                let id = ids.next().flatten().map(|id| String::from_utf8_lossy(&id).into_owned());
                self.row(text, id);
            }
            left -= some;
        }
        Ok(())
    }

    fn row(&mut self, text: Option<Vec<u8>>, id: Option<String>) {
        let bytes = text.as_ref().map_or(0, Vec::len);
        self.row += 1;
        self.end += bytes as u64;
        let content = Ok(Content::Cell(Cell { text, id }));
        if let Some(full) = self.job.add_and_split(Line { number: self.row, end: self.end, content }, bytes) {
            self.is_wanted = self.is_wanted && self.reader.put(full);
        }
    }
}

/// A column of texts or whole numbers.
struct Names {
    column: ColumnReader,
    is_nullable: bool,
}

impl Names {
    fn skip(&mut self, rows: usize) -> Result<()> {
        let skipped = match &mut self.column {
            ColumnReader::ByteArrayColumnReader(column) => column.skip_records(rows)?,
            ColumnReader::Int32ColumnReader(column) => column.skip_records(rows)?,
            ColumnReader::Int64ColumnReader(column) => column.skip_records(rows)?,
            _ => rows,
        };
        if skipped == rows { Ok(()) } else { Err(ended()) }
    }

    /// The next rows, as texts.
    fn next(&mut self, rows: usize) -> Result<Vec<Option<Vec<u8>>>> {
        let is_nullable = self.is_nullable;
        match &mut self.column {
            ColumnReader::ByteArrayColumnReader(column) => {
                some::<ByteArrayType>(column, is_nullable, rows, |text| text.data().to_vec())
            }
            ColumnReader::Int32ColumnReader(column) => {
                some(column, is_nullable, rows, |id| id.to_string().into_bytes())
            }
            ColumnReader::Int64ColumnReader(column) => {
                some(column, is_nullable, rows, |id| id.to_string().into_bytes())
            }
            _ => Ok(vec![None; rows]),
        }
    }
}

fn some<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    is_nullable: bool,
    rows: usize,
    text: impl Fn(&T::T) -> Vec<u8>,
) -> Result<Vec<Option<Vec<u8>>>> {
    let (mut values, mut levels) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let (read, ..) = column.read_records(rows, Some(&mut levels), None, &mut values)?;
    if read != rows {
        return Err(ended());
    }
    let mut values = values.iter().map(text);
    if !is_nullable {
        return Ok(values.map(Some).collect());
    }
    Ok(levels.into_iter().map(|level| if level > 0 { values.next() } else { None }).collect())
}

/// A column has fewer rows than its row group.
pub(super) fn ended() -> ParquetError {
    ParquetError::EOF("a column ends before its row group does".to_owned())
}

/// A column panicked.
pub(super) fn gave_up() -> ParquetError {
    ParquetError::General("the decoder gave up".to_owned())
}
