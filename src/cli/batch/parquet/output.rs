//! What a table looks like that is written for another.

use std::sync::Arc;

use arrow_schema::Schema;
use parquet::arrow::arrow_writer::ArrowRowGroupWriterFactory;
use parquet::arrow::{
    ARROW_SCHEMA_META_KEY, ArrowSchemaConverter, add_encoded_arrow_schema_to_metadata,
    parquet_to_arrow_schema,
};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::Result;
use parquet::file::metadata::{KeyValue, ParquetMetaData};
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use super::added;
use super::columns::Columns;
use crate::cli::batch::row::Added;
use crate::report::ADDED_FIELD;

/// The columns of an output and how they are stored.
pub(super) struct Output {
    /// All columns, the added one last.
    pub schema: TypePtr,
    pub properties: WriterPropertiesPtr,
    /// The added column.
    pub added: Arc<Schema>,
    /// Makes writers for it.
    pub factory: ArrowRowGroupWriterFactory,
}

impl Output {
    pub(super) fn of(input: &ParquetMetaData, columns: &Columns, added: Added) -> Result<Self> {
        let added = Arc::new(added::schema(added));
        let converted = ArrowSchemaConverter::new().convert(&added)?;
        let root = input.file_metadata().schema_descr().root_schema();
        let kept = root.get_fields().iter().filter(|column| column.name() != ADDED_FIELD);
        let fields = kept.chain(converted.root_schema().get_fields()).cloned().collect();
        let schema = Arc::new(Type::group_type_builder(root.name()).with_fields(fields).build()?);
        let properties = Arc::new(properties(input, columns, &added));
        // What is written there is not wanted, only that it knows the column.
        let alone =
            SerializedFileWriter::new(std::io::sink(), converted.root_schema_ptr(), Arc::clone(&properties))?;
        let factory = ArrowRowGroupWriterFactory::new(&alone, Arc::clone(&added));
        Ok(Self { schema, properties, added, factory })
    }
}

/// Each column is compressed as it was, and the added one like the text.
fn properties(input: &ParquetMetaData, columns: &Columns, added: &Schema) -> WriterProperties {
    let about = input.file_metadata();
    let mut builder = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()));
    if let Some(group) = input.row_groups().first() {
        builder = builder.set_compression(written(group.column(columns.text).compression()));
        for &column in &columns.kept {
            let (path, column) = (about.schema_descr().column(column).path().clone(), group.column(column));
            builder = builder
                .set_column_compression(path.clone(), written(column.compression()))
                .set_column_dictionary_enabled(path, column.dictionary_page_offset().is_some());
        }
    }
    let entries = about.key_value_metadata().cloned().unwrap_or_default();
    let (arrow, others): (Vec<KeyValue>, _) =
        entries.iter().cloned().partition(|entry| entry.key == ARROW_SCHEMA_META_KEY);
    let mut properties =
        builder.set_key_value_metadata(Some(others).filter(|others| !others.is_empty())).build();
    // Who reads by the types of Arrow that the file names must find the added column among them.
    if !arrow.is_empty()
        && let Ok(schema) = parquet_to_arrow_schema(about.schema_descr(), Some(&entries))
    {
        let kept = schema.fields().iter().filter(|field| field.name() != ADDED_FIELD).cloned();
        let fields: Vec<_> = kept.chain(added.fields().iter().cloned()).collect();
        let schema = Schema::new_with_metadata(fields, schema.metadata().clone());
        add_encoded_arrow_schema_to_metadata(&schema, &mut properties);
    }
    properties
}

/// How something is compressed that was compressed so.
fn written(compression: Compression) -> Compression {
    match compression {
        // Its frames are not specified; the format gave it up for this one.
        Compression::LZ4 => Compression::LZ4_RAW,
        other => other,
    }
}
