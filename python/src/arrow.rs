//! Arrow arrays in, Arrow structs out: nothing is copied on the way, and no Arrow library for Python is needed.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StructArray, new_empty_array};
use arrow_cast::cast;
use arrow_json::ReaderBuilder;
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields, Schema};
use arrow_select::concat::concat;
use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule};
use pyo3_arrow::input::AnyArray;
use rayon::ThreadPool;
use rayon::prelude::*;
use serde::Serialize;
use unspin::verbs::TextError;

use crate::batch::pool;
use crate::error::internal;

/// Results as an Arrow array of structs, a row for each text.
///
/// Give it to whatever takes Arrow's `PyCapsule` interface: `pyarrow.array(results)`, `pyarrow.chunked_array(results)`,
/// `polars.Series(results)`, `nanoarrow.Array(results)`.
#[pyclass(frozen, module = "unspin")]
pub struct ArrowResults {
    chunks: Vec<ArrayRef>,
    field: FieldRef,
}

#[pymethods]
impl ArrowResults {
    fn __len__(&self) -> usize {
        self.chunks.iter().map(Array::len).sum()
    }

    fn __repr__(&self) -> String {
        format!("ArrowResults({} rows)", self.__len__())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.field.as_ref())
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyTuple>> {
        let chunks: Vec<&dyn Array> = self.chunks.iter().map(AsRef::as_ref).collect();
        to_array_pycapsules(py, Arc::clone(&self.field), &concat(&chunks)?, requested_schema)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let chunks = self.chunks.clone().into_iter().map(Ok);
        let reader = ArrayIterator::new(chunks, Arc::clone(&self.field));
        to_stream_pycapsule(py, Box::new(reader), requested_schema)
    }
}

/// What a row holds beside the fields of its object: an error, in whose place they are empty.
#[derive(Serialize)]
struct Row<T> {
    #[serde(flatten)]
    object: Option<T>,
    error: Option<String>,
}

/// Rows that one thread does before it looks for more.
const ROWS: usize = 32;

/// Answers every text of an array or of a stream of arrays. With a record batch or a table, `text_field` names the column.
pub fn answer<T: Serialize>(
    py: Python<'_>,
    input: AnyArray,
    text_field: &str,
    threads: usize,
    fields: &Fields,
    one: impl Fn(&[u8]) -> Result<T, TextError> + Sync,
) -> PyResult<ArrowResults> {
    let fields: Fields =
        fields.iter().cloned().chain([Arc::new(Field::new("error", DataType::Utf8, true))]).collect();
    let field = Arc::new(Field::new("unspin", DataType::Struct(fields.clone()), true));
    let pool = pool(threads)?;
    let mut chunks = Vec::new();
    let mut reader = input.into_reader()?;
    // Each chunk by itself, with a look at whether somebody pressed Ctrl-C in between.
    while let Some(chunk) = py.detach(|| reader.next()) {
        let column = column(&chunk.map_err(internal)?, text_field)?;
        let texts = texts(&column)?;
        let done = py.detach(|| answer_chunk(&texts, &pool, &fields, &one)).map_err(internal)?;
        chunks.push(done);
        py.check_signals()?;
    }
    if chunks.is_empty() {
        chunks.push(new_empty_array(field.data_type()));
    }
    Ok(ArrowResults { chunks, field })
}

fn answer_chunk<T: Serialize>(
    texts: &[Option<&[u8]>],
    pool: &ThreadPool,
    fields: &Fields,
    one: &(impl Fn(&[u8]) -> Result<T, TextError> + Sync),
) -> Result<ArrayRef, ArrowError> {
    let row = |text: Option<&[u8]>| match text.map(one) {
        None => Row { object: None, error: None },
        Some(Ok(object)) => Row { object: Some(object), error: None },
        Some(Err(error)) => Row { object: None, error: Some(error.to_string()) },
    };
    let some = |texts: &[Option<&[u8]>]| columns(&texts.iter().copied().map(row).collect::<Vec<_>>(), fields);
    let parts: Vec<ArrayRef> =
        pool.install(|| texts.par_chunks(ROWS).map(some).collect::<Result<_, ArrowError>>())?;
    let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
    if parts.is_empty() {
        return Ok(new_empty_array(&DataType::Struct(fields.clone())));
    }
    concat(&parts)
}

/// Rows as a struct array.
fn columns<T: Serialize>(rows: &[Row<T>], fields: &Fields) -> Result<ArrayRef, ArrowError> {
    let schema = Arc::new(Schema::new(fields.clone()));
    let mut decoder = ReaderBuilder::new(schema).with_batch_size(rows.len()).build_decoder()?;
    decoder.serialize(rows)?;
    let batch = decoder.flush()?.map(StructArray::from);
    Ok(batch.map_or_else(|| new_empty_array(&DataType::Struct(fields.clone())), |array| Arc::new(array)))
}

/// The column of texts: the array itself, or that of a record batch, without a dictionary.
fn column(array: &ArrayRef, text_field: &str) -> PyResult<ArrayRef> {
    let array = match array.as_struct_opt() {
        None => array,
        Some(batch) => batch.column_by_name(text_field).ok_or_else(|| {
            PyKeyError::new_err(format!(
                "no column '{text_field}' (there are: {}): name it with text_field",
                batch.column_names().join(", ")
            ))
        })?,
    };
    match array.data_type() {
        DataType::Dictionary(_, values) => cast(array, values).map_err(internal),
        _ => Ok(Arc::clone(array)),
    }
}

/// The texts of a column, not copied.
fn texts(column: &ArrayRef) -> PyResult<Vec<Option<&[u8]>>> {
    fn bytes<'a, T: AsRef<[u8]> + ?Sized + 'a>(
        texts: impl Iterator<Item = Option<&'a T>>,
    ) -> Vec<Option<&'a [u8]>> {
        texts.map(|text| text.map(AsRef::as_ref)).collect()
    }
    Ok(match column.data_type() {
        DataType::Utf8 => bytes(column.as_string::<i32>().iter()),
        DataType::LargeUtf8 => bytes(column.as_string::<i64>().iter()),
        DataType::Utf8View => bytes(column.as_string_view().iter()),
        DataType::Binary => bytes(column.as_binary::<i32>().iter()),
        DataType::LargeBinary => bytes(column.as_binary::<i64>().iter()),
        DataType::BinaryView => bytes(column.as_binary_view().iter()),
        DataType::Null => vec![None; column.len()],
        other => return Err(PyTypeError::new_err(format!("a column of texts is needed, not of {other}"))),
    })
}
