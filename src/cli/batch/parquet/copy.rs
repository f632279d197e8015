//! Columns from one table to another.

use std::iter::Peekable;
use std::sync::Arc;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::column::writer::{ColumnWriter, ColumnWriterImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescriptor;

use super::read::{ROWS, ended};

/// Copies the next rows of a column. Values stay as they are stored, whatever they mean.
pub(super) fn copy(from: &mut ColumnReader, to: &mut ColumnWriter<'_>, rows: usize) -> Result<()> {
    use {ColumnReader as From, ColumnWriter as To};
    match (from, to) {
        (From::BoolColumnReader(from), To::BoolColumnWriter(to)) => values(from, to, rows, |_, _, _| ()),
        (From::Int32ColumnReader(from), To::Int32ColumnWriter(to)) => values(from, to, rows, |_, _, _| ()),
        (From::Int64ColumnReader(from), To::Int64ColumnWriter(to)) => values(from, to, rows, |_, _, _| ()),
        (From::Int96ColumnReader(from), To::Int96ColumnWriter(to)) => values(from, to, rows, |_, _, _| ()),
        (From::FloatColumnReader(from), To::FloatColumnWriter(to)) => values(from, to, rows, |_, _, _| ()),
        (From::DoubleColumnReader(from), To::DoubleColumnWriter(to)) => values(from, to, rows, |_, _, _| ()),
        (From::ByteArrayColumnReader(from), To::ByteArrayColumnWriter(to)) => {
            values(from, to, rows, |_, _, _| ())
        }
        (From::FixedLenByteArrayColumnReader(from), To::FixedLenByteArrayColumnWriter(to)) => {
            values(from, to, rows, |_, _, _| ())
        }
        _ => Err(differ()),
    }
}

/// Copies the next rows of the text column, some of them with another text: those whose numbers are given in order, where the first has
/// the number `start`.
pub(super) fn copy_texts(
    from: &mut ColumnReader,
    to: &mut ColumnWriter<'_>,
    start: usize,
    rows: usize,
    changed: &mut Peekable<impl Iterator<Item = (usize, String)>>,
) -> Result<()> {
    let (ColumnReader::ByteArrayColumnReader(from), ColumnWriter::ByteArrayColumnWriter(to)) = (from, to)
    else {
        return Err(differ());
    };
    values(from, to, rows, |first, levels, texts: &mut [ByteArray]| {
        let mut texts = texts.iter_mut();
        let count = levels.map_or(texts.len(), <[i16]>::len);
        for row in 0..count {
            // A row that is null has no value.
            let text = if levels.is_none_or(|levels| levels[row] > 0) { texts.next() } else { None };
            if let Some((_, new)) = changed.next_if(|&(at, _)| at == start + first + row)
                && let Some(text) = text
            {
                *text = ByteArray::from(new.into_bytes());
            }
        }
    })
}

/// Reads the next rows of a column as [`copy`] does, and asserts that they can be written again.
pub(super) fn walk(from: &mut ColumnReader, column: &ColumnDescriptor, rows: usize) -> Result<()> {
    use ColumnReader as From;
    match from {
        From::BoolColumnReader(from) => batches(from, column, rows, |_, _| Ok(())),
        From::Int32ColumnReader(from) => batches(from, column, rows, |_, _| Ok(())),
        From::Int64ColumnReader(from) => batches(from, column, rows, |_, _| Ok(())),
        From::Int96ColumnReader(from) => batches(from, column, rows, |_, _| Ok(())),
        From::FloatColumnReader(from) => batches(from, column, rows, |_, _| Ok(())),
        From::DoubleColumnReader(from) => batches(from, column, rows, |_, _| Ok(())),
        From::ByteArrayColumnReader(from) => batches(from, column, rows, |_, _| Ok(())),
        From::FixedLenByteArrayColumnReader(from) => batches(from, column, rows, |_, _| Ok(())),
    }
}

/// Copies values with their levels; `change` gets the number of the first of some rows, their levels, and their values.
fn values<T: DataType>(
    from: &mut ColumnReaderImpl<T>,
    to: &mut ColumnWriterImpl<'_, T>,
    rows: usize,
    mut change: impl FnMut(usize, Option<&[i16]>, &mut [T::T]),
) -> Result<()> {
    let column = Arc::clone(to.get_descriptor());
    batches(from, &column, rows, |first, batch: &mut Batch<T>| {
        let nulls = (column.max_def_level() > 0).then_some(batch.nulls.as_slice());
        let repeats = (column.max_rep_level() > 0).then_some(batch.repeats.as_slice());
        change(first, nulls, &mut batch.values);
        to.write_batch(&batch.values, nulls, repeats)?;
        Ok(())
    })
}

/// Some rows of a column.
struct Batch<T: DataType> {
    values: Vec<T::T>,
    /// Definition levels.
    nulls: Vec<i16>,
    /// Repetition levels.
    repeats: Vec<i16>,
}

/// Reads rows, some at a time; `each` gets the number of the first of them too.
fn batches<T: DataType>(
    from: &mut ColumnReaderImpl<T>,
    column: &ColumnDescriptor,
    rows: usize,
    mut each: impl FnMut(usize, &mut Batch<T>) -> Result<()>,
) -> Result<()> {
    let mut batch = Batch { values: Vec::new(), nulls: Vec::new(), repeats: Vec::new() };
    let mut done = 0;
    while done < rows {
        let some = ROWS.min(rows - done);
        let Batch { values, nulls, repeats } = &mut batch;
        values.clear();
        nulls.clear();
        repeats.clear();
        let (read, ..) = from.read_records(some, Some(nulls), Some(repeats), values)?;
        if read != some {
            return Err(ended());
        }
        // The decoder lets these pass, the encoder takes them for granted.
        let are_known = |levels: &[i16], most| levels.iter().all(|level| (0..=most).contains(level));
        if !are_known(nulls, column.max_def_level())
            || !are_known(repeats, column.max_rep_level())
            || repeats.first().is_some_and(|&level| level != 0)
        {
            return Err(ParquetError::General("levels that its schema does not have".to_owned()));
        }
        each(done, &mut batch)?;
        done += some;
    }
    Ok(())
}

/// The output has the columns of the input.
fn differ() -> ParquetError {
    ParquetError::General("the types of a column differ between input and output".to_owned())
}
