//! Many texts at once, in threads that don't hold the GIL.

use pyo3::prelude::*;
use pyo3::types::PyList;
use rayon::ThreadPool;
use rayon::prelude::*;
use unspin::verbs::TextError;

use crate::error::{internal, text_error, text_error_at};

/// Texts between two looks at whether somebody pressed Ctrl-C.
const AT_ONCE: usize = 1024;

/// Threads of one call. Each call has its own: those of the process don't survive a fork, which is how Python makes processes.
pub fn pool(threads: usize) -> PyResult<ThreadPool> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(internal)
}

/// The results for some texts as a list, in their order. Unless `returns_errors`, the first error is raised.
pub fn list<'py, T, R>(
    py: Python<'py>,
    texts: &[T],
    threads: usize,
    returns_errors: bool,
    one: impl Fn(&T) -> Result<R, TextError> + Sync,
) -> PyResult<Bound<'py, PyList>>
where
    T: Sync,
    R: Send + IntoPyObject<'py>,
    PyErr: From<R::Error>,
{
    let pool = pool(threads)?;
    let list = PyList::empty(py);
    for (number, some) in texts.chunks(AT_ONCE).enumerate() {
        let results: Vec<Result<R, TextError>> =
            py.detach(|| pool.install(|| some.par_iter().map(&one).collect()));
        for (index, result) in results.into_iter().enumerate() {
            match result {
                Ok(result) => list.append(result)?,
                Err(error) if returns_errors => list.append(text_error(&error).into_value(py))?,
                Err(error) => return Err(text_error_at(number * AT_ONCE + index, &error)),
            }
        }
        py.check_signals()?;
    }
    Ok(list)
}
