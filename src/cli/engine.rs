//! The engine that the options ask for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::EngineArgs;
use super::error::CliError;
use super::io;
use crate::dictionary::{Dictionary, DictionaryError, Layer, compile, digest_of};
use crate::language::LanguageModel;
use crate::pipeline::Engine;
use crate::terms::{Lexicon, Terms};

/// Runs something with the engine of the given dictionaries and model.
pub(super) fn with<T>(
    args: &EngineArgs,
    run: impl FnOnce(&Engine<'_>) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let (dictionary, thesaurus) = (dictionary(&args.dict)?, thesaurus(&args.dict)?);
    let lexicon = Lexicon::builtin()
        .map_err(|error| CliError::Lexicon { file: "built-in lexicon".to_owned(), error })?;
    let terms = terms(args.terms.as_deref())?.with_lexicon(lexicon);
    with_model(args.model.as_deref(), |model| {
        run(&Engine::new(dictionary, model).with_thesaurus(thesaurus).with_terms(terms))
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

/// The terms of a file, or the built-in ones.
fn terms(path: Option<&Path>) -> Result<Terms, CliError> {
    if let Some(path) = path {
        return Ok(Terms::new(Dictionary::new(Arc::new(layer(path)?))));
    }
    Terms::builtin().map_err(|error| CliError::Dictionary { file: "built-in terms".to_owned(), error })
}

/// The built-in dictionary with the given ones over it.
pub(super) fn dictionary(paths: &[PathBuf]) -> Result<Dictionary, CliError> {
    dictionary_over(true, paths)
}

/// The given dictionaries, over the built-in one or by themselves.
pub(super) fn dictionary_over(builtin: bool, paths: &[PathBuf]) -> Result<Dictionary, CliError> {
    over(if builtin { Dictionary::builtin() } else { Ok(Dictionary::default()) }, paths)
}

/// The built-in thesaurus with the given dictionaries over it.
pub(super) fn thesaurus(paths: &[PathBuf]) -> Result<Dictionary, CliError> {
    over(Dictionary::thesaurus(), paths)
}

/// A built-in dictionary with the given ones over it.
fn over(lowest: Result<Dictionary, DictionaryError>, paths: &[PathBuf]) -> Result<Dictionary, CliError> {
    let lowest =
        lowest.map_err(|error| CliError::Dictionary { file: "built-in dictionary".to_owned(), error })?;
    paths.iter().try_fold(lowest, |below, path| Ok(below.with_layer(Arc::new(layer(path)?))))
}

/// A compiled dictionary, or rows that are compiled now.
fn layer(path: &Path) -> Result<Layer, CliError> {
    let bytes = if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("fst")) {
        io::read(path)?
    } else {
        let (source, text) = io::read_source(path)?;
        let digest = digest_of(&source.file, &text);
        compile(&[source], vec![digest])
            .map_err(|error| CliError::Compile { file: path.display().to_string(), error })?
    };
    Layer::from_bytes(bytes).map_err(|error| CliError::Dictionary { file: path.display().to_string(), error })
}
