//! Columns from one table to another.

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::column::writer::{ColumnWriter, ColumnWriterImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};

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

/// Copies the next rows of the text column, some of them with another text: those whose numbers, from 0, are given in order.
pub(super) fn copy_texts(
    from: &mut ColumnReader,
    to: &mut ColumnWriter<'_>,
    rows: usize,
    changed: Vec<(usize, String)>,
) -> Result<()> {
    let (ColumnReader::ByteArrayColumnReader(from), ColumnWriter::ByteArrayColumnWriter(to)) = (from, to)
    else {
        return Err(differ());
    };
    let mut changed = changed.into_iter().peekable();
    values(from, to, rows, |first, levels, texts: &mut [ByteArray]| {
        let mut texts = texts.iter_mut();
        let count = levels.map_or(texts.len(), <[i16]>::len);
        for row in 0..count {
            // A row that is null has no value.
            let text = if levels.is_none_or(|levels| levels[row] > 0) { texts.next() } else { None };
            if let Some((_, new)) = changed.next_if(|&(at, _)| at == first + row)
                && let Some(text) = text
            {
                *text = ByteArray::from(new.into_bytes());
            }
        }
    })
}

/// Copies values with their levels, some rows at a time; `change` gets the number of the first of them, their levels, and their values.
fn values<T: DataType>(
    from: &mut ColumnReaderImpl<T>,
    to: &mut ColumnWriterImpl<'_, T>,
    rows: usize,
    mut change: impl FnMut(usize, Option<&[i16]>, &mut [T::T]),
) -> Result<()> {
    let column = to.get_descriptor();
    let (is_nullable, is_repeated) = (column.max_def_level() > 0, column.max_rep_level() > 0);
    let (mut values, mut nulls, mut repeats) = (Vec::new(), Vec::new(), Vec::new());
    let mut done = 0;
    while done < rows {
        values.clear();
        nulls.clear();
        repeats.clear();
        let some = ROWS.min(rows - done);
        let (read, ..) = from.read_records(some, Some(&mut nulls), Some(&mut repeats), &mut values)?;
        if read != some {
            return Err(ended());
        }
        let nulls = is_nullable.then_some(nulls.as_slice());
        change(done, nulls, &mut values);
        to.write_batch(&values, nulls, is_repeated.then_some(repeats.as_slice()))?;
        done += some;
    }
    Ok(())
}

/// The output has the columns of the input.
fn differ() -> ParquetError {
    ParquetError::General("the types of a column differ between input and output".to_owned())
}
