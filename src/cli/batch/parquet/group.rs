//! A row group that is being made.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{ArrowError, Schema};
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::TypePtr;

use super::copy::{copy, copy_texts};
use super::error::TableError;
use super::open::Open;
use super::read::gave_up;
use crate::cli::batch::row::Row;
use crate::cli::error::CliError;
use crate::report::ADDED_FIELD;

/// Objects that are turned into values at once, in number and in bytes. Pages end where these say so: a run that is gone on with must
/// turn the same ones together, so that they count from the beginning of the row group.
const OBJECTS: usize = 256;
const BYTES: usize = 1 << 20;

/// The results for some rows; what was in these rows already is copied when the group is finished.
pub(super) struct Group {
    schema: Arc<Schema>,
    decoder: Decoder,
    /// Bytes of objects in the decoder.
    waiting: usize,
    writers: Vec<ArrowColumnWriter>,
    /// New texts, by their rows in this group.
    texts: Vec<(usize, String)>,
    pub rows: usize,
    /// Bytes of the texts as they came.
    pub bytes: u64,
}

impl Group {
    pub(super) fn new(schema: Arc<Schema>, factory: &ArrowRowGroupWriterFactory) -> Result<Self, TableError> {
        // An object with a field that the schema lacks is an error: nothing may be lost on the way.
        let decoder = ReaderBuilder::new(Arc::clone(&schema))
            .with_batch_size(OBJECTS)
            .with_strict_mode(true)
            .build_decoder()?;
        let writers = factory.create_column_writers(0)?;
        Ok(Self { schema, decoder, waiting: 0, writers, texts: Vec::new(), rows: 0, bytes: 0 })
    }

    pub(super) fn push(&mut self, row: &mut Row, bytes: u64) -> Result<(), TableError> {
        for part in [b"{\"", ADDED_FIELD.as_bytes(), b"\":", &row.bytes, b"}"] {
            if self.decoder.decode(part)? != part.len() {
                return Err(ArrowError::JsonError("more than one object in a row".to_owned()).into());
            }
        }
        self.waiting += row.bytes.len();
        self.texts.extend(row.text.take().map(|text| (self.rows, text)));
        self.rows += 1;
        self.bytes += bytes;
        if self.decoder.len() >= OBJECTS || self.waiting >= BYTES {
            self.turn()?;
        }
        Ok(())
    }

    /// Turns objects into values.
    fn turn(&mut self) -> Result<(), TableError> {
        self.waiting = 0;
        let Some(batch) = self.decoder.flush()? else { return Ok(()) };
        let leaves = compute_leaves(self.schema.field(0), batch.column(0))?;
        for (writer, leaf) in self.writers.iter_mut().zip(&leaves) {
            writer.write(leaf)?;
        }
        Ok(())
    }

    /// The rows as a file of their own, behind what is in `out`.
    pub(super) fn finish(
        mut self,
        from: &mut Open,
        schema: &TypePtr,
        properties: &WriterPropertiesPtr,
        out: &mut Vec<u8>,
    ) -> Result<(), CliError> {
        self.turn().map_err(|error| error.of(&from.path))?;
        let path = from.path.clone();
        let written = |error| TableError::Write(error).of(&path);
        let mut file =
            SerializedFileWriter::new(out, Arc::clone(schema), Arc::clone(properties)).map_err(written)?;
        let mut group = file.next_row_group().map_err(written)?;
        let mut texts = std::mem::take(&mut self.texts).into_iter().peekable();
        for (number, column) in from.columns.kept.clone().into_iter().enumerate() {
            let is_text = column == from.columns.text;
            let copied = AssertUnwindSafe(|| {
                // The schema has all columns that are kept.
                let Some(mut to) = group.next_column()? else { return Ok(()) };
                let mut first = 0;
                for stretch in from.taken() {
                    let (reader, rows) = (&mut stretch.readers[number], stretch.rows);
                    if is_text {
                        copy_texts(reader, to.untyped(), first, rows, &mut texts)?;
                    } else {
                        copy(reader, to.untyped(), rows)?;
                    }
                    first += rows;
                }
                to.close()
            });
            // The reader found no damage here, but the file may have changed since.
            catch_unwind(copied).unwrap_or_else(|_| Err(gave_up())).map_err(|error| {
                let column = name(from.metadata(), column);
                TableError::Copy { column, first: from.row, rows: self.rows, error }.of(&from.path)
            })?;
        }
        for writer in self.writers {
            writer.close().and_then(|chunk| chunk.append_to_row_group(&mut group)).map_err(written)?;
        }
        group.close().map_err(written)?;
        file.finish().map_err(written)?;
        from.leave();
        Ok(())
    }
}

/// The name of a column, with those of the groups that it is in.
fn name(table: &ParquetMetaData, column: usize) -> String {
    table.file_metadata().schema_descr().column(column).path().string()
}
