//! The engine that the options ask for.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::EngineArgs;
use super::error::CliError;
use super::io;
use crate::dictionary::{Dictionary, DictionaryError, Layer, OpenError};
use crate::language::LanguageModel;
use crate::pipeline::{Engine, EngineError};
use crate::terms::{Lexicon, Terms};

/// Runs something with the engine of the given dictionaries and model.
pub(super) fn with<T>(
    args: &EngineArgs,
    run: impl FnOnce(&Engine) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let layers: Vec<Arc<Layer>> = args.dict.iter().map(|path| layer(path)).collect::<Result<_, _>>()?;
    with_model(args.model.as_deref(), |model| {
        let engine = Engine::over(&layers, model)?;
        let Some(path) = &args.terms else { return run(&engine) };
        let terms = Terms::new(Dictionary::new(layer(path)?))
            .with_lexicon(Lexicon::builtin().map_err(EngineError::from)?);
        run(&engine.with_terms(terms))
    })
}

/// Runs something with the model of a file, or with the built-in one.
pub(super) fn with_model<T>(
    path: Option<&Path>,
    run: impl FnOnce(&LanguageModel) -> Result<T, CliError>,
) -> Result<T, CliError> {
    if let Some(path) = path {
        let fail = |error| CliError::Model { file: path.display().to_string(), error };
        return run(&LanguageModel::from_bytes(io::read(path)?).map_err(fail)?);
    }
    run(LanguageModel::builtin()
        .map_err(|error| CliError::Model { file: "built-in model".to_owned(), error })?)
}

/// The built-in dictionary with the given ones over it.
pub(super) fn dictionary(paths: &[PathBuf]) -> Result<Dictionary, CliError> {
    dictionary_over(true, paths)
}

/// The given dictionaries, over the built-in one or by themselves.
pub(super) fn dictionary_over(builtin: bool, paths: &[PathBuf]) -> Result<Dictionary, CliError> {
    over(if builtin { Dictionary::builtin() } else { Ok(Dictionary::default()) }, paths)
}

/// A built-in dictionary with the given ones over it.
fn over(lowest: Result<Dictionary, DictionaryError>, paths: &[PathBuf]) -> Result<Dictionary, CliError> {
    let lowest =
        lowest.map_err(|error| CliError::Dictionary { file: "built-in dictionary".to_owned(), error })?;
    paths.iter().try_fold(lowest, |below, path| Ok(below.with_layer(layer(path)?)))
}

/// A compiled dictionary, or rows that are compiled now.
fn layer(path: &Path) -> Result<Arc<Layer>, CliError> {
    let file = path.display().to_string();
    Layer::open(&file, io::read(path)?).map(Arc::new).map_err(|error| match error {
        OpenError::NotUtf8 { .. } => CliError::io(path, std::io::Error::new(ErrorKind::InvalidData, error)),
        OpenError::Source(error) => CliError::Source(error),
        OpenError::Compile(error) => CliError::Compile { file, error },
        OpenError::Dictionary(error) => CliError::Dictionary { file, error },
    })
}
