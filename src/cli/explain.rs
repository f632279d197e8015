//! `unspin dict explain`: what a phrase may stand for.

use std::io::Write;

use super::args::{ExplainArgs, ExplainFormat};
use super::error::CliError;
use super::{Outcome, engine};
use crate::dictionary::Dictionary;
use crate::pipeline::EngineError;
use crate::report::{Explanation, render};

pub(super) fn run(args: &ExplainArgs) -> Result<Outcome, CliError> {
    // The layers over the thesaurus are those over the dictionary.
    let (dictionary, thesaurus) =
        (engine::dictionary(&args.dict)?, Dictionary::thesaurus().map_err(EngineError::from)?);
    let explanations: Vec<Explanation<'_>> = args
        .phrases
        .iter()
        .map(|phrase| {
            let known = [dictionary.explain(phrase), thesaurus.explain(phrase)].concat();
            Explanation::new(phrase, &known)
        })
        .collect();
    let text = match args.format {
        ExplainFormat::Full => render::explain_full(&explanations),
        ExplainFormat::Json => render::explain_json(&explanations)?,
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::of(false, explanations.iter().any(|e| !e.is_known())))
}
