//! The flows, as straight calls.

use crate::detect::{self, Calibration, Finding, Parameters, Verdict};
use crate::dictionary::{Dictionary, DictionaryError, Layer};
use crate::language::{LanguageModel, ModelError};
use crate::repair::{self, PlannedFix, Policy};
use crate::terms::{Lexicon, LexiconError, Terms};
use crate::text::{Document, Region, Span, Tokens, regions};

/// What is needed to judge documents: shared by all of them, never changed by one.
#[derive(Debug)]
pub struct Engine<'m> {
    dictionary: Dictionary,
    model: &'m LanguageModel,
    terms: Option<Terms>,
    calibration: Calibration,
    parameters: Parameters,
}

/// What was found in a document.
#[derive(Debug)]
pub struct Scan<'e> {
    /// The tokens.
    pub tokens: Tokens,
    /// Quotations, addresses, code.
    pub regions: Vec<Region>,
    /// Is it spun?
    pub verdict: Verdict,
    /// Places that may be spun, in order.
    pub findings: Vec<Finding<'e>>,
}

/// A repaired document.
#[derive(Debug)]
pub struct Mended {
    /// The judgement on the document as it came.
    pub verdict: Verdict,
    /// Every fix with the decision on it, in order. The applied ones, applied together to the document, give the text.
    pub fixes: Vec<PlannedFix>,
    /// The repaired text.
    pub text: String,
    /// Where the edits of the applied fixes landed in it, in order of place.
    pub landed: Vec<Span>,
}

/// Rounds of repair before giving up on a text that never settles; real ones settle in two.
const MOST_ROUNDS: usize = 5;

impl<'m> Engine<'m> {
    /// An engine of the given parts, which knows no terms.
    pub fn new(dictionary: Dictionary, model: &'m LanguageModel) -> Self {
        Self {
            dictionary,
            model,
            terms: None,
            calibration: Calibration::builtin().clone(),
            parameters: Parameters::default(),
        }
    }

    /// The engine with these terms instead of its own.
    #[must_use]
    pub fn with_terms(self, terms: Terms) -> Self {
        Self { terms: Some(terms), ..self }
    }

    /// The terms, if it knows any.
    pub fn terms(&self) -> Option<&Terms> {
        self.terms.as_ref()
    }

    /// The dictionary.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Everything that a document is looked up in, in the order in which it is.
    pub fn dictionaries(&self) -> impl Iterator<Item = &Layer> {
        self.dictionary.layers().chain(self.terms.iter().flat_map(|terms| terms.rows().layers()))
    }

    /// The language model.
    pub fn model(&self) -> &LanguageModel {
        self.model
    }

    /// Tokens, candidates, posteriors, findings, verdict.
    pub fn scan(&self, document: &Document) -> Scan<'_> {
        let text = document.text();
        let tokens = Tokens::of(text);
        let regions = regions(text);
        let candidates = detect::candidates(text, &tokens, &regions, &self.dictionary, self.model);
        let decoded = detect::decode(&tokens, &candidates, self.model, &self.parameters);
        let mut verdict = detect::verdict(&decoded, tokens.words(), &self.parameters);
        let least = detect::LEAST_POSTERIOR;
        let mut findings = detect::findings(text, &tokens, &candidates, &decoded, &self.calibration, least);
        if let Some(terms) = &self.terms {
            terms.judge(text, &tokens, &regions, self.model, &self.dictionary).add_to(
                &mut verdict,
                &mut findings,
                &self.parameters,
            );
        }
        Scan { tokens, regions, verdict, findings }
    }

    /// Decides on the findings of a scan.
    pub fn plan(&self, document: &Document, scan: &Scan<'_>, policy: &Policy) -> Vec<PlannedFix> {
        repair::plan(document.text(), &scan.tokens, &scan.regions, &scan.findings, &scan.verdict, policy)
    }

    /// Repairs a document, in as many rounds as it takes for another one to change nothing.
    pub fn mend(&self, document: &Document, policy: &Policy) -> Mended {
        let scan = self.scan(document);
        let mut fixes = self.plan(document, &scan, policy);
        let mut applied = repair::apply_fixes(document.text(), &mut fixes);
        for _ in 1..MOST_ROUNDS {
            if applied.text == document.text() {
                break;
            }
            let repaired = Document::new(applied.text.as_str());
            let again = self.plan(&repaired, &self.scan(&repaired), policy);
            if !again.iter().any(|p| p.outcome.is_applied()) {
                break;
            }
            fixes = repair::compose(document.text(), repaired.text(), fixes, &applied.landed, again);
            applied = repair::apply_fixes(document.text(), &mut fixes);
        }
        Mended { verdict: scan.verdict, fixes, text: applied.text, landed: applied.landed }
    }
}

impl Engine<'static> {
    /// The engine with the built-in dictionary and model.
    ///
    /// # Errors
    ///
    /// If the built-in data is of another version: a mistake in building this program.
    pub fn builtin() -> Result<Self, EngineError> {
        Ok(Self::new(Dictionary::builtin()?, LanguageModel::builtin()?)
            .with_terms(Terms::builtin()?.with_lexicon(Lexicon::builtin()?)))
    }
}

/// Built-in data that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The dictionary.
    #[error("built-in dictionary: {0}")]
    Dictionary(#[from] DictionaryError),
    /// The language model.
    #[error("built-in language model: {0}")]
    Model(#[from] ModelError),
    /// The lexicon of terms.
    #[error("built-in lexicon: {0}")]
    Lexicon(#[from] LexiconError),
}
