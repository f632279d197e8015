//! What all result objects can do.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde::Serialize;

use crate::error::json_error;

/// The methods of a result object: it is what its serde implementation writes.
macro_rules! object {
    ($name:ident) => {
        #[pymethods]
        impl $name {
            /// The object as a dictionary, with the fields of the JSON contract.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                $crate::object::to_dict(py, self)
            }

            /// The object as JSON, in one line.
            fn to_json(&self) -> PyResult<String> {
                $crate::object::to_json(self)
            }

            /// The object that `to_json` has written.
            #[staticmethod]
            fn from_json(json: &str) -> PyResult<Self> {
                serde_json::from_str(json).map_err($crate::error::json_error)
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                $crate::object::repr(py, stringify!($name), self)
            }

            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                Ok((slf.getattr("from_json")?, (slf.get().to_json()?,)))
            }
        }
    };
}
pub(crate) use object;

pub fn to_json<T: Serialize>(object: &T) -> PyResult<String> {
    serde_json::to_string(object).map_err(json_error)
}

pub fn to_dict<'py, T: Serialize>(py: Python<'py>, object: &T) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (to_json(object)?,))
}

/// Characters of a text that are shown.
const MOST_SHOWN: usize = 60;

/// The fields in short: of lists their length, of long texts their beginning.
pub fn repr<T: Serialize>(py: Python<'_>, name: &str, object: &T) -> PyResult<String> {
    let mut fields = Vec::new();
    for (key, value) in to_dict(py, object)?.cast::<PyDict>()? {
        let shown = if let Ok(list) = value.cast::<PyList>() {
            format!("[{} items]", list.len())
        } else if value.is_instance_of::<PyDict>() {
            "{...}".to_owned()
        } else if let Ok(text) = value.cast::<PyString>() {
            let text = text.to_cow()?;
            let head: String = text.chars().take(MOST_SHOWN).collect();
            let dots = if head.len() < text.len() { "..." } else { "" };
            format!("{}{dots}", PyString::new(py, &head).repr()?)
        } else {
            value.repr()?.to_string()
        };
        fields.push(format!("{key}={shown}"));
    }
    Ok(format!("{name}({})", fields.join(", ")))
}
