//! Small files into one.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use ::bytes::Bytes;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{
    PageIndexPolicy, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader,
};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::writer::SerializedFileWriter;

use super::error::TableError;

/// Before each small file stands how long it is.
const PREFIX: usize = size_of::<u64>();

/// Makes room for a length. Returns where.
pub(super) fn begin_frame(bytes: &mut Vec<u8>) -> usize {
    bytes.extend([0; PREFIX]);
    bytes.len()
}

/// Fills in the length of what came after.
pub(super) fn end_frame(bytes: &mut [u8], at: usize) {
    let length = (bytes.len() - at) as u64;
    bytes[at - PREFIX..at].copy_from_slice(&length.to_le_bytes());
}

/// Writes one file with the row groups of all small ones, as they are.
pub(super) fn join(parts: &Path, whole: &Path) -> Result<(), TableError> {
    let file = Arc::new(File::open(parts).map_err(ParquetError::from)?);
    let (mut at, all) = (0, file.len());
    let mut out: Option<SerializedFileWriter<File>> = None;
    while at < all {
        let mut length = [0; PREFIX];
        file.get_read(at)?.read_exact(&mut length).map_err(ParquetError::from)?;
        at += PREFIX as u64;
        let frame = Frame { file: Arc::clone(&file), start: at, length: u64::from_le_bytes(length) };
        at += frame.length;
        let metadata = ParquetMetaDataReader::new()
            .with_page_index_policy(PageIndexPolicy::Optional)
            .with_metadata_options(Some(ParquetMetaDataOptions::new().with_encoding_stats_as_mask(false)))
            .parse_and_finish(&frame)?;
        let out = match &mut out {
            Some(out) => out,
            none => none.insert(begin(whole, &metadata)?),
        };
        append(&frame, &metadata, out)?;
    }
    let Some(out) = out else { return Ok(()) };
    out.into_inner()?.sync_data().map_err(ParquetError::from)?;
    Ok(())
}

fn begin(whole: &Path, first: &ParquetMetaData) -> Result<SerializedFileWriter<File>> {
    let about = first.file_metadata();
    let properties =
        WriterProperties::builder().set_key_value_metadata(about.key_value_metadata().cloned()).build();
    SerializedFileWriter::new(
        File::create(whole)?,
        about.schema_descr().root_schema_ptr(),
        Arc::new(properties),
    )
}

fn append(frame: &Frame, metadata: &ParquetMetaData, out: &mut SerializedFileWriter<File>) -> Result<()> {
    for (number, group) in metadata.row_groups().iter().enumerate() {
        let mut to = out.next_row_group()?;
        for (column, chunk) in group.columns().iter().enumerate() {
            let close = ColumnCloseResult {
                bytes_written: u64::try_from(chunk.compressed_size()).unwrap_or_default(),
                rows_written: u64::try_from(group.num_rows()).unwrap_or_default(),
                metadata: chunk.clone(),
                bloom_filter: None,
                column_index: metadata.column_index().map(|index| index[number][column].clone()),
                offset_index: metadata.offset_index().map(|index| index[number][column].clone()),
            };
            to.append_column(frame, close)?;
        }
        to.close()?;
    }
    Ok(())
}

/// A small file in the large one.
struct Frame {
    file: Arc<File>,
    start: u64,
    length: u64,
}

impl Length for Frame {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Frame {
    type T = io::Take<BufReader<File>>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(self.file.get_read(self.start + start)?.take(self.length.saturating_sub(start)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.file.get_bytes(self.start + start, length)
    }
}
