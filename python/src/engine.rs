//! The verbs, on one text, a list of texts or an Arrow array.
#![allow(clippy::needless_pass_by_value, reason = "arguments as PyO3 extracts them")]
#![allow(clippy::doc_markdown, reason = "the docstrings of Python")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyDict, PyList, PyTuple};
use pyo3_arrow::input::AnyArray;
use unspin::clean::Cleaner;
use unspin::dictionary::{Dictionary, Layer};
use unspin::language::LanguageModel;
use unspin::terms::{Lexicon, Terms};
use unspin::text::DocumentError;
use unspin::verbs::TextError;

use crate::arrow::{ArrowResults, answer};
use crate::check::CheckResult;
use crate::clean::CleanResult;
use crate::error::{internal, text_error};
use crate::fix::FixResult;
use crate::options::Options;
use crate::score::ScoreResult;
use crate::{batch, schema};

/// Dictionaries and a language model, and what can be done with them.
///
/// An engine is never changed by a text: threads can share it. It can be pickled if its files are where they were.
///
/// Args:
///     dict: Files of dictionaries that are laid over the built-in one: rows (.tsv) or compiled (.fst).
///     model: A file of another language model than the built-in one.
///     terms: A file of another list of tortured phrases than the built-in one.
///     screen: Pass over texts that show nothing of spinning at a glance, as nearly all clean ones: several times as fast, but texts of
///         which few words were swapped are passed over as well. Their verdict is "passed_over". Not with `dict` or `model`.
#[pyclass(frozen, module = "unspin")]
pub struct Engine {
    verbs: unspin::Engine,
    cleaner: Cleaner<'static>,
    dict: Vec<PathBuf>,
    model: Option<PathBuf>,
    terms: Option<PathBuf>,
    screen: bool,
}

/// One file, or several.
#[derive(FromPyObject)]
enum Files {
    One(PathBuf),
    Several(Vec<PathBuf>),
}

/// A page as it was read or decoded.
#[derive(FromPyObject)]
enum Page {
    Text(PyBackedStr),
    Bytes(PyBackedBytes),
}

impl Page {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (*, dict=Files::Several(Vec::new()), model=None, terms=None, screen=false), text_signature = "(*, dict=(), model=None, terms=None, screen=False)")]
    fn new(dict: Files, model: Option<PathBuf>, terms: Option<PathBuf>, screen: bool) -> PyResult<Self> {
        let dict = match dict {
            Files::One(file) => vec![file],
            Files::Several(files) => files,
        };
        if screen && (!dict.is_empty() || model.is_some()) {
            return Err(PyValueError::new_err(
                "screen: it was learned for the built-in dictionary and model",
            ));
        }
        let layers: Vec<Arc<Layer>> = dict.iter().map(|path| layer(path)).collect::<PyResult<_>>()?;
        let own_model = model.as_deref().map(language_model).transpose()?;
        let model_used = match &own_model {
            Some(model) => model,
            None => LanguageModel::builtin().map_err(internal)?,
        };
        let mut engine = unspin::Engine::over(&layers, model_used).map_err(internal)?;
        if let Some(path) = &terms {
            let lexicon = Lexicon::builtin().map_err(internal)?;
            engine = engine.with_terms(Terms::new(Dictionary::new(layer(path)?)).with_lexicon(lexicon));
        }
        if screen {
            let screen = engine.screen().map_err(internal)?;
            engine = engine.with_screen(screen);
        }
        Ok(Self { verbs: engine, cleaner: Cleaner::builtin().map_err(internal)?, dict, model, terms, screen })
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        let keywords = PyDict::new(py);
        keywords.set_item("dict", &self.dict)?;
        keywords.set_item("model", &self.model)?;
        keywords.set_item("terms", &self.terms)?;
        keywords.set_item("screen", self.screen)?;
        Ok((PyTuple::empty(py), keywords))
    }

    fn __repr__(&self) -> String {
        let Self { dict, model, terms, screen, .. } = self;
        let screen = if *screen { "True" } else { "False" };
        format!("Engine(dict={dict:?}, model={model:?}, terms={terms:?}, screen={screen})")
    }

    /// Is a text spun, and where?
    ///
    /// Args:
    ///     text: The text.
    ///     min_confidence: List findings of at least this confidence.
    ///     any_verdict: List findings of texts that are not judged to be spun as well.
    ///     quotes: What to do inside quotation marks: "fix" treats them like the rest, "ask" lists findings for display only,
    ///         "keep" leaves them out.
    ///     explain: Say what spoke for each alternative.
    ///
    /// Raises:
    ///     TextError: If the text is longer than 16 MiB.
    #[pyo3(signature = (text, **options), text_signature = "($self, text, *, min_confidence=0.0, any_verdict=False, quotes='fix', explain=False)")]
    fn check(&self, py: Python<'_>, text: &str, options: Option<Bound<'_, PyDict>>) -> PyResult<CheckResult> {
        let options = Options::new(options)?;
        let verb = options.check()?;
        options.finish()?;
        py.detach(|| self.verbs.check(text, &verb)).map(Into::into).map_err(|error| text_error(&error))
    }

    /// `check` for many texts: a list of results in their order, made in threads that don't hold the GIL.
    ///
    /// Args:
    ///     texts: A sequence of texts.
    ///     threads: How many threads; None for one on each core.
    ///     errors: "raise" the first TextError, or "return" it in the place of the result.
    ///
    /// The other arguments are those of `check`.
    #[pyo3(signature = (texts, **options), text_signature = "($self, texts, *, min_confidence=0.0, any_verdict=False, quotes='fix', explain=False, threads=None, errors='raise')")]
    fn check_batch<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<PyBackedStr>,
        options: Option<Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let options = Options::new(options)?;
        let (verb, threads, returns) = (options.check()?, options.threads()?, options.returns_errors()?);
        options.finish()?;
        let one = |text: &PyBackedStr| self.verbs.check(text, &verb).map(CheckResult::from);
        batch::list(py, &texts, threads, returns, one)
    }

    /// `check` for an Arrow array, without copying the texts: a struct for each text, with the fields of `CheckResult` and `error`,
    /// made in threads that don't hold the GIL.
    ///
    /// Args:
    ///     texts: Anything with `__arrow_c_array__` or `__arrow_c_stream__`: an array or a chunked array of strings, or a record
    ///         batch, table or data frame with such a column. A null gives a struct of nulls.
    ///     text_field: The column that holds the texts, where there are several.
    ///     threads: How many threads; None for one on each core.
    ///
    /// The other arguments are those of `check`.
    #[pyo3(signature = (texts, **options), text_signature = "($self, texts, *, min_confidence=0.0, any_verdict=False, quotes='fix', explain=False, text_field='text', threads=None)")]
    fn check_arrow(
        &self,
        py: Python<'_>,
        texts: AnyArray,
        options: Option<Bound<'_, PyDict>>,
    ) -> PyResult<ArrowResults> {
        let options = Options::new(options)?;
        let (verb, threads, field) = (options.check()?, options.threads()?, options.text_field()?);
        options.finish()?;
        let one = |text: &[u8]| self.verbs.check(utf8(text)?, &verb).map(CheckResult::from);
        answer(py, texts, &field, threads, &schema::check(), one)
    }

    /// Writes a spun text back to its canonical wording.
    ///
    /// Args:
    ///     text: The text.
    ///     min_confidence: Apply fixes of at least this confidence; 0.5 unless given.
    ///     safe: Apply safe fixes alone: of a confidence of 0.97 at least, and none that changes the meaning.
    ///     any_verdict: Repair texts that are not judged to be spun as well.
    ///     quotes: What to do inside quotation marks: "fix" treats them like the rest, "ask" and "keep" leave them alone.
    ///     clean: Cut page furniture, second articles and the like first, as the method `clean` does.
    ///     score: Say how the text reads before and after.
    ///     version, cut_confidence, page_format: As for the method `clean`, with `clean=True`.
    ///
    /// Raises:
    ///     TextError: If the text is longer than 16 MiB, or is to be cleaned and is HTML without an article.
    #[pyo3(signature = (text, **options), text_signature = "($self, text, *, min_confidence=None, safe=False, any_verdict=False, quotes='fix', clean=False, score=False, version='new', cut_confidence=0.6, page_format='auto')")]
    fn fix(&self, py: Python<'_>, text: &str, options: Option<Bound<'_, PyDict>>) -> PyResult<FixResult> {
        let options = Options::new(options)?;
        let verb = options.fix()?;
        options.finish()?;
        py.detach(|| self.verbs.fix(text, &verb)).map(Into::into).map_err(|error| text_error(&error))
    }

    /// `fix` for many texts; see `check_batch`.
    #[pyo3(signature = (texts, **options), text_signature = "($self, texts, *, min_confidence=None, safe=False, any_verdict=False, quotes='fix', clean=False, score=False, version='new', cut_confidence=0.6, page_format='auto', threads=None, errors='raise')")]
    fn fix_batch<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<PyBackedStr>,
        options: Option<Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let options = Options::new(options)?;
        let (verb, threads, returns) = (options.fix()?, options.threads()?, options.returns_errors()?);
        options.finish()?;
        let one = |text: &PyBackedStr| self.verbs.fix(text, &verb).map(FixResult::from);
        batch::list(py, &texts, threads, returns, one)
    }

    /// `fix` for an Arrow array: a struct for each text, with the fields of `FixResult` (`score` with `score=True` alone) and
    /// `error`; see `check_arrow`.
    #[pyo3(signature = (texts, **options), text_signature = "($self, texts, *, min_confidence=None, safe=False, any_verdict=False, quotes='fix', clean=False, score=False, version='new', cut_confidence=0.6, page_format='auto', text_field='text', threads=None)")]
    fn fix_arrow(
        &self,
        py: Python<'_>,
        texts: AnyArray,
        options: Option<Bound<'_, PyDict>>,
    ) -> PyResult<ArrowResults> {
        let options = Options::new(options)?;
        let (verb, threads, field) = (options.fix()?, options.threads()?, options.text_field()?);
        options.finish()?;
        let one = |text: &[u8]| self.verbs.fix(utf8(text)?, &verb).map(FixResult::from);
        answer(py, texts, &field, threads, &schema::fix(verb.score), one)
    }

    /// How does a text read: verdict, readability, and whether it reads like a translation.
    ///
    /// Args:
    ///     text: The text.
    ///
    /// Raises:
    ///     TextError: If the text is longer than 16 MiB.
    #[pyo3(signature = (text), text_signature = "($self, text)")]
    fn score(&self, py: Python<'_>, text: &str) -> PyResult<ScoreResult> {
        py.detach(|| self.verbs.score(text)).map(Into::into).map_err(|error| text_error(&error))
    }

    /// `score` for many texts; see `check_batch`.
    #[pyo3(signature = (texts, **options), text_signature = "($self, texts, *, threads=None, errors='raise')")]
    fn score_batch<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<PyBackedStr>,
        options: Option<Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let options = Options::new(options)?;
        let (threads, returns) = (options.threads()?, options.returns_errors()?);
        options.finish()?;
        let one = |text: &PyBackedStr| self.verbs.score(text).map(ScoreResult::from);
        batch::list(py, &texts, threads, returns, one)
    }

    /// `score` for an Arrow array: a struct for each text, with the fields of `ScoreResult` and `error`; see `check_arrow`.
    #[pyo3(signature = (texts, **options), text_signature = "($self, texts, *, text_field='text', threads=None)")]
    fn score_arrow(
        &self,
        py: Python<'_>,
        texts: AnyArray,
        options: Option<Bound<'_, PyDict>>,
    ) -> PyResult<ArrowResults> {
        let options = Options::new(options)?;
        let (threads, field) = (options.threads()?, options.text_field()?);
        options.finish()?;
        let one = |text: &[u8]| self.verbs.score(utf8(text)?).map(ScoreResult::from);
        answer(py, texts, &field, threads, &schema::score(), one)
    }

    /// Cuts a scraped page to its article.
    ///
    /// Args:
    ///     page: The page: a text, or HTML; as bytes in whatever character set.
    ///     version: Which version of a page that shows two: "old", "new" or its number.
    ///     cut_confidence: Cut what is at least this likely to be furniture.
    ///     page_format: What the page is: "auto" (HTML if it begins like HTML), "text" or "html".
    ///     split: Clean a second article as well, into `articles`.
    ///
    /// Raises:
    ///     TextError: If the page is longer than 16 MiB, binary data, fits no character set, or is HTML without an article.
    #[pyo3(signature = (page, **options), text_signature = "($self, page, *, version='new', cut_confidence=0.6, page_format='auto', split=False)")]
    fn clean(&self, py: Python<'_>, page: Page, options: Option<Bound<'_, PyDict>>) -> PyResult<CleanResult> {
        let options = Options::new(options)?;
        let verb = options.clean()?;
        options.finish()?;
        let bytes = page.bytes();
        py.detach(|| self.cleaner.clean_page(bytes, &verb))
            .map(Into::into)
            .map_err(|error| text_error(&error))
    }

    /// `clean` for many pages; see `check_batch`.
    #[pyo3(signature = (pages, **options), text_signature = "($self, pages, *, version='new', cut_confidence=0.6, page_format='auto', split=False, threads=None, errors='raise')")]
    fn clean_batch<'py>(
        &self,
        py: Python<'py>,
        pages: Vec<Page>,
        options: Option<Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let options = Options::new(options)?;
        let (verb, threads, returns) = (options.clean()?, options.threads()?, options.returns_errors()?);
        options.finish()?;
        let one = |page: &Page| self.cleaner.clean_page(page.bytes(), &verb).map(CleanResult::from);
        batch::list(py, &pages, threads, returns, one)
    }

    /// `clean` for an Arrow array of strings or binary data: a struct for each page, with the fields of `CleanResult` and `error`;
    /// see `check_arrow`.
    #[pyo3(signature = (pages, **options), text_signature = "($self, pages, *, version='new', cut_confidence=0.6, page_format='auto', split=False, text_field='text', threads=None)")]
    fn clean_arrow(
        &self,
        py: Python<'_>,
        pages: AnyArray,
        options: Option<Bound<'_, PyDict>>,
    ) -> PyResult<ArrowResults> {
        let options = Options::new(options)?;
        let (verb, threads, field) = (options.clean()?, options.threads()?, options.text_field()?);
        options.finish()?;
        let one = |page: &[u8]| self.cleaner.clean_page(page, &verb).map(CleanResult::from);
        answer(py, pages, &field, threads, &schema::clean(), one)
    }
}

/// Binary columns may hold anything.
fn utf8(text: &[u8]) -> Result<&str, TextError> {
    std::str::from_utf8(text).map_err(|e| DocumentError::NotUtf8 { offset: e.valid_up_to() }.into())
}

fn read(path: &Path) -> PyResult<Vec<u8>> {
    fs::read(path).map_err(|error| PyOSError::new_err(format!("{}: {error}", path.display())))
}

fn layer(path: &Path) -> PyResult<Arc<Layer>> {
    let wrong = |error| PyValueError::new_err(format!("{}: {error}", path.display()));
    Layer::open(&path.display().to_string(), read(path)?).map(Arc::new).map_err(wrong)
}

fn language_model(path: &Path) -> PyResult<LanguageModel> {
    let wrong = |error| PyValueError::new_err(format!("{}: {error}", path.display()));
    LanguageModel::from_bytes(read(path)?).map_err(wrong)
}
