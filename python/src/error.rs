//! Errors as Python sees them.

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;

create_exception!(
    unspin,
    TextError,
    PyValueError,
    "A text that can't be answered: it is too long, or no page."
);

/// The exception for a text.
pub fn text_error(error: &unspin::verbs::TextError) -> PyErr {
    TextError::new_err(error.to_string())
}

/// The exception for the text at a place in a list.
pub fn text_error_at(index: usize, error: &unspin::verbs::TextError) -> PyErr {
    TextError::new_err(format!("text {index}: {error}"))
}

/// Objects are written as JSON without fail; what is read may be anything.
#[expect(clippy::needless_pass_by_value, reason = "to be given to map_err")]
pub fn json_error(error: serde_json::Error) -> PyErr {
    PyValueError::new_err(format!("not the JSON of this object: {error}"))
}

/// Built-in data that can't be used, or threads that can't be had.
pub fn internal(error: impl std::fmt::Display) -> PyErr {
    PyException::new_err(error.to_string())
}
