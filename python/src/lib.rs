//! unspin for Python: the verbs of the library on texts, lists of texts and Arrow arrays.
#![allow(
    clippy::unsafe_derive_deserialize,
    reason = "the methods that PyO3 generates; nothing here is unsafe"
)]

mod arrow;
mod batch;
mod check;
mod clean;
mod engine;
mod error;
mod fix;
mod object;
mod options;
mod schema;
mod score;

use pyo3::prelude::*;

/// The compiled part of unspin; use it through the package `unspin`.
#[pymodule]
mod _unspin {
    #[pymodule_export]
    use super::arrow::ArrowResults;
    #[pymodule_export]
    use super::check::{CheckResult, Evidence, Finding, Ground, Passage, Replacement};
    #[pymodule_export]
    use super::clean::{CleanResult, Cut, Extraction, Metadata};
    #[pymodule_export]
    use super::engine::Engine;
    #[pymodule_export]
    use super::error::TextError;
    #[pymodule_export]
    use super::fix::{Edit, FixResult, RepairScore};
    #[pymodule_export]
    use super::score::{ScoreResult, Trace, Translation};

    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
