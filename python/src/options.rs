//! Keyword arguments, with the names that the command line has for them.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use unspin::clean::{CUT_FROM, CleanPolicy, PageFormat, VersionChoice};
use unspin::repair::{Policy, Quotes};
use unspin::verbs::{CheckOptions, CleanOptions, FixOptions};

/// Keyword arguments that are taken one by one; what is left over is an error.
pub struct Options<'py> {
    left: Option<Bound<'py, PyDict>>,
}

impl<'py> Options<'py> {
    pub fn new(given: Option<Bound<'py, PyDict>>) -> PyResult<Self> {
        // The caller's dictionary is not changed.
        Ok(Self { left: given.map(|given| given.copy()).transpose()? })
    }

    fn take(&self, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(left) = &self.left else { return Ok(None) };
        let value = left.get_item(name)?;
        if value.is_some() {
            left.del_item(name)?;
        }
        Ok(value.filter(|value| !value.is_none()))
    }

    fn flag(&self, name: &str) -> PyResult<bool> {
        self.take(name)?.map_or(Ok(false), |value| value.extract().map_err(|_| wrong(name, "True or False")))
    }

    fn probability(&self, name: &str) -> PyResult<Option<f64>> {
        let Some(value) = self.take(name)? else { return Ok(None) };
        match value.extract::<f64>() {
            Ok(number) if (0.0..=1.0).contains(&number) => Ok(Some(number)),
            Ok(_) => Err(PyValueError::new_err(format!("{name}: give a number from 0 to 1"))),
            Err(_) => Err(wrong(name, "a number from 0 to 1")),
        }
    }

    /// One of some names.
    fn choice<T: Copy>(&self, name: &str, choices: &[(&str, T)]) -> PyResult<Option<T>> {
        let Some(value) = self.take(name)? else { return Ok(None) };
        let names: Vec<String> = choices.iter().map(|(name, _)| format!("{name:?}")).collect();
        let expected = names.join(", ");
        let text: String = value.extract().map_err(|_| wrong(name, &expected))?;
        match choices.iter().find(|(name, _)| *name == text) {
            Some(&(_, choice)) => Ok(Some(choice)),
            None => Err(PyValueError::new_err(format!("{name}: give one of {expected}, not {text:?}"))),
        }
    }

    fn quotes(&self) -> PyResult<Quotes> {
        let choices = [Quotes::Fix, Quotes::Ask, Quotes::Keep].map(|quotes| (quotes.name(), quotes));
        Ok(self.choice("quotes", &choices)?.unwrap_or_default())
    }

    fn version(&self) -> PyResult<VersionChoice> {
        let Some(value) = self.take("version")? else { return Ok(VersionChoice::default()) };
        if let Ok(number) = value.extract() {
            return Ok(VersionChoice::Number(number));
        }
        match value.extract::<String>().as_deref() {
            Ok("old") => Ok(VersionChoice::Old),
            Ok("new") => Ok(VersionChoice::New),
            _ => Err(PyValueError::new_err("version: give \"old\", \"new\" or a number")),
        }
    }

    pub fn check(&self) -> PyResult<CheckOptions> {
        let policy = Policy {
            min_confidence: self.probability("min_confidence")?.unwrap_or(0.0),
            any_verdict: self.flag("any_verdict")?,
            quotes: self.quotes()?,
            ..Policy::default()
        };
        Ok(CheckOptions { policy, explain: self.flag("explain")? })
    }

    pub fn fix(&self) -> PyResult<FixOptions> {
        let policy = match (self.flag("safe")?, self.probability("min_confidence")?) {
            (true, Some(_)) => {
                let message = "safe and min_confidence exclude each other: safe fixes have a confidence of 0.97 at least";
                return Err(PyValueError::new_err(message));
            }
            (true, None) => Policy::safe(),
            (false, Some(min_confidence)) => Policy { min_confidence, ..Policy::default() },
            (false, None) => Policy::default(),
        };
        let policy = Policy { any_verdict: self.flag("any_verdict")?, quotes: self.quotes()?, ..policy };
        let page = self.page()?;
        Ok(FixOptions { policy, clean: self.flag("clean")?.then_some(page), score: self.flag("score")? })
    }

    pub fn clean(&self) -> PyResult<CleanOptions> {
        Ok(CleanOptions { split: self.flag("split")?, ..self.page()? })
    }

    fn page(&self) -> PyResult<CleanOptions> {
        let policy = CleanPolicy {
            min_confidence: self.probability("cut_confidence")?.unwrap_or(CUT_FROM),
            version: self.version()?,
        };
        let formats = [("auto", PageFormat::Auto), ("text", PageFormat::Text), ("html", PageFormat::Html)];
        let format = self.choice("page_format", &formats)?.unwrap_or_default();
        Ok(CleanOptions { policy, format, split: false })
    }

    /// How many threads; 0 is one for each core.
    pub fn threads(&self) -> PyResult<usize> {
        let Some(value) = self.take("threads")? else { return Ok(0) };
        match value.extract() {
            Ok(threads @ 1..) => Ok(threads),
            _ => Err(PyValueError::new_err("threads: give a whole number from 1, or None for all cores")),
        }
    }

    /// Whether errors are returned in the place of results.
    pub fn returns_errors(&self) -> PyResult<bool> {
        Ok(self.choice("errors", &[("raise", false), ("return", true)])?.unwrap_or(false))
    }

    /// The column that holds the text.
    pub fn text_field(&self) -> PyResult<String> {
        self.take("text_field")?
            .map_or(Ok("text".to_owned()), |value| value.extract().map_err(|_| wrong("text_field", "a name")))
    }

    /// Refuses what nobody took.
    pub fn finish(self) -> PyResult<()> {
        let Some((name, _)) = self.left.iter().flatten().next() else { return Ok(()) };
        Err(PyTypeError::new_err(format!("unexpected keyword argument '{name}'")))
    }
}

fn wrong(name: &str, expected: &str) -> PyErr {
    PyTypeError::new_err(format!("{name}: give {expected}"))
}
