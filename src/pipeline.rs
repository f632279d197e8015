//! The flows, as straight calls.

use std::sync::Arc;

use crate::clean::Cleaned;
use crate::detect::{self, Family, Finding, Grounds, Reader, Verdict, VerdictKind};
use crate::dictionary::{Dictionary, DictionaryError, Layer};
use crate::language::{LanguageModel, ModelError};
use crate::repair::{self, Outcome, PlannedFix, Policy, SkipReason};
use crate::review::{self, Decision};
use crate::screen::{Glance, Screen, ScreenError};
use crate::terms::{Lexicon, LexiconError, Terms};
use crate::text::{Document, Region, Span, Tokens, regions};

/// What is needed to judge documents: shared by all of them, never changed by one.
///
/// A clone shares everything with the original and costs next to nothing. Threads may share one engine or have a clone each.
#[derive(Debug, Clone)]
pub struct Engine {
    model: Arc<LanguageModel>,
    main: Arc<Reader>,
    /// What thesaurus spinners make of words.
    thesaurus: Option<Arc<Reader>>,
    /// Tortured phrases of papers.
    terms: Option<Arc<Terms>>,
    /// What passes over documents before they are read.
    screen: Option<Arc<Screen>>,
}

/// What was found in a document.
#[derive(Debug)]
pub struct Scan<'e> {
    /// The tokens; none if the document was passed over.
    pub tokens: Tokens,
    /// Quotations, addresses, code.
    pub regions: Vec<Region>,
    /// Is it spun?
    pub verdict: Verdict,
    /// Places that may be spun, in order.
    pub findings: Vec<Finding<'e>>,
}

impl Scan<'_> {
    /// The scan of a document that nothing was looked for in.
    fn passed_over(verdict: Verdict) -> Self {
        Self { tokens: Tokens::default(), regions: Vec::new(), verdict, findings: Vec::new() }
    }
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

impl Engine {
    /// The engine with the built-in dictionary and model.
    ///
    /// # Errors
    ///
    /// If the built-in data is of another version: a mistake in building this program.
    pub fn builtin() -> Result<Self, EngineError> {
        Self::over(&[], LanguageModel::builtin()?)
    }

    /// The built-in engine with these dictionaries laid over its own, the last one on top, and with this model.
    ///
    /// # Errors
    ///
    /// As [`Engine::builtin`].
    pub fn over(layers: &[Arc<Layer>], model: &LanguageModel) -> Result<Self, EngineError> {
        let over = |lowest: Dictionary| layers.iter().cloned().fold(lowest, Dictionary::with_layer);
        Ok(Self::new(over(Dictionary::builtin()?), model)
            .with_thesaurus(over(Dictionary::thesaurus()?))
            .with_terms(Terms::builtin()?.with_lexicon(Lexicon::builtin()?)))
    }

    /// An engine of the given parts, which knows no terms. It shares the bytes of the model.
    pub fn new(dictionary: Dictionary, model: &LanguageModel) -> Self {
        let (model, main) = (Arc::new(model.clone()), Arc::new(Reader::new(dictionary)));
        Self { model, main, thesaurus: None, terms: None, screen: None }
    }

    /// The same engine, which reads documents that sound odd a second time with this dictionary: what thesaurus spinners make of
    /// words.
    #[must_use]
    pub fn with_thesaurus(self, thesaurus: Dictionary) -> Self {
        Self { thesaurus: Some(Arc::new(Reader::of_thesaurus(thesaurus))), ..self }
    }

    /// The engine with these terms instead of its own.
    #[must_use]
    pub fn with_terms(self, terms: Terms) -> Self {
        Self { terms: Some(Arc::new(terms)), ..self }
    }

    /// The same engine, which passes over documents in which this screen sees nothing of spinning: their verdict is
    /// [`PassedOver`](VerdictKind::PassedOver), and nothing is found in them. Lightly spun ones are among them.
    #[must_use]
    pub fn with_screen(self, screen: Screen) -> Self {
        Self { screen: Some(Arc::new(screen)), ..self }
    }

    /// The built-in screen, which passes over no document that holds one of the engine's terms.
    ///
    /// # Errors
    ///
    /// If the built-in data is of another version: a mistake in building this program.
    pub fn screen(&self) -> Result<Screen, ScreenError> {
        Screen::builtin().map(|screen| self.completed(screen.clone()))
    }

    /// The same screen, if it passes over no document that holds one of the engine's terms.
    pub fn completed(&self, screen: Screen) -> Screen {
        match &self.terms {
            Some(terms) => screen.with_phrases(terms.rows(), &self.model),
            None => screen,
        }
    }

    /// The terms, if it knows any.
    pub fn terms(&self) -> Option<&Terms> {
        self.terms.as_deref()
    }

    /// The dictionary.
    pub fn dictionary(&self) -> &Dictionary {
        self.main.dictionary()
    }

    /// What thesaurus spinners make of words, if documents are read with it.
    pub fn thesaurus(&self) -> Option<&Dictionary> {
        self.thesaurus.as_ref().map(|reader| reader.dictionary())
    }

    /// Everything that a document is looked up in, in the order in which it is.
    pub fn dictionaries(&self) -> impl Iterator<Item = &Layer> {
        // The layers over the thesaurus are those over the dictionary.
        let thesaurus = self.thesaurus().and_then(|dictionary| dictionary.layers().next());
        let terms = self.terms.iter().flat_map(|terms| terms.rows().layers());
        self.dictionary().layers().chain(thesaurus).chain(terms)
    }

    /// The language model.
    pub fn model(&self) -> &LanguageModel {
        &self.model
    }

    /// Tokens, candidates, posteriors, findings, verdict.
    ///
    /// A document that sounds odd, and is not plainly spun by the dictionary, is read a second time, with the thesaurus instead; that
    /// reading holds if it calls the document spun and has more evidence for it.
    pub fn scan(&self, document: &Document) -> Scan<'_> {
        let glance = self.screen.as_ref().map(|screen| screen.glance(document.text()));
        match glance.filter(Glance::passes) {
            Some(glance) => Scan::passed_over(detect::passed_over(glance, self.main.parameters())),
            None => self.decode(document),
        }
    }

    /// The same, whatever a screen says.
    pub fn decode(&self, document: &Document) -> Scan<'_> {
        let text = document.text();
        let tokens = Tokens::of(text);
        let regions = regions(text);
        let (mut verdict, mut findings) = self.main.read(text, &tokens, &regions, &self.model);
        if let Some(thesaurus) = &self.thesaurus
            && !verdict.is_plain()
            && thesaurus.finds_odd(&tokens, &self.model)
        {
            let (other, found) = thesaurus.read(text, &tokens, &regions, &self.model);
            if other.kind == VerdictKind::Spun && other.evidence > verdict.evidence {
                (verdict, findings) = (other, found);
            }
        }
        if let Some(terms) = &self.terms {
            let is_blog = verdict.kind == VerdictKind::Spun && verdict.family == Some(Family::Blog);
            let dictionary = self.main.dictionary();
            let judged = terms.judge(text, &tokens, &regions, &self.model, dictionary, !is_blog);
            judged.add_to(&mut verdict, &mut findings, self.main.parameters());
        }
        Scan { tokens, regions, verdict, findings }
    }

    /// What speaks for the alternatives of the findings of a scan: for each finding a list, with an item for each alternative that the
    /// lattice found. Reads the document again.
    pub fn explain(&self, document: &Document, scan: &Scan<'_>) -> Vec<Vec<Option<Grounds>>> {
        let reader = match &self.thesaurus {
            Some(thesaurus) if scan.verdict.family == Some(Family::Thesaurus) => thesaurus,
            _ => &self.main,
        };
        reader.explain(document.text(), &scan.tokens, &scan.regions, &self.model, &scan.findings)
    }

    /// Decides on the findings of a scan.
    pub fn plan(&self, document: &Document, scan: &Scan<'_>, policy: &Policy) -> Vec<PlannedFix> {
        repair::plan(document.text(), &scan.tokens, &scan.regions, &scan.findings, &scan.verdict, policy)
    }

    /// Repairs a document, in as many rounds as it takes for another one to change nothing.
    pub fn mend(&self, document: &Document, policy: &Policy) -> Mended {
        let scan = self.scan(document);
        let fixes = self.plan(document, &scan, policy);
        self.settle(document, scan.verdict, fixes, policy, &[])
    }

    /// The same where people decided on some of the fixes: their decisions hold, whatever the policy and the verdict say. They are
    /// those on this document, in order: see [`Decisions::of`](review::Decisions::of).
    pub fn mend_decided(&self, document: &Document, policy: &Policy, decisions: &[Decision]) -> Mended {
        let scan = self.scan(document);
        let fixes = review::overlay(document.text(), self.plan(document, &scan, policy), decisions);
        self.settle(document, scan.verdict, fixes, policy, decisions)
    }

    /// Repairs a document by nothing but decisions.
    pub fn mend_only_decided(&self, document: &Document, policy: &Policy, decisions: &[Decision]) -> Mended {
        let scan = self.scan(document);
        let mut fixes = self.plan(document, &scan, policy);
        for planned in fixes.iter_mut().filter(|planned| planned.outcome.is_applied()) {
            planned.outcome = Outcome::Skipped(SkipReason::Undecided);
        }
        let mut fixes = review::overlay(document.text(), fixes, decisions);
        let applied = repair::apply_fixes(document.text(), &mut fixes);
        Mended { verdict: scan.verdict, fixes, text: applied.text, landed: applied.landed }
    }

    /// Applies fixes, and those that are found after that, until no more are; what was decided stays as it is.
    fn settle(
        &self,
        document: &Document,
        verdict: Verdict,
        mut fixes: Vec<PlannedFix>,
        policy: &Policy,
        decisions: &[Decision],
    ) -> Mended {
        let mut applied = repair::apply_fixes(document.text(), &mut fixes);
        for _ in 1..MOST_ROUNDS {
            if applied.text == document.text() {
                break;
            }
            let repaired = Document::new(applied.text.as_str());
            let mut again = self.plan(&repaired, &self.scan(&repaired), policy);
            let decided = review::protected(&fixes, decisions);
            again.retain(|p| review::out_of_reach(p.fix.span(), &decided));
            if !again.iter().any(|p| p.outcome.is_applied()) {
                break;
            }
            let settled = (!decisions.is_empty()).then(|| fixes.clone());
            fixes = repair::compose(document.text(), repaired.text(), fixes, &applied.landed, again);
            let further = repair::apply_fixes(document.text(), &mut fixes);
            // A fix may reach a decided place by way of an earlier one that it swallows.
            if let Some(settled) = settled.filter(|_| !review::holds(&fixes, decisions, &further.text)) {
                fixes = settled;
                break;
            }
            applied = further;
        }
        Mended { verdict, fixes, text: applied.text, landed: applied.landed }
    }

    /// Repairs what is left of a page after it was cleaned: the fixes apply to the page as it came.
    pub fn mend_cleaned(&self, page: &Document, cleaned: Cleaned, policy: &Policy) -> Mended {
        let mut mended = self.mend(&Document::new(cleaned.text.as_str()), policy);
        repair::keep_apart(&mut mended.fixes, &cleaned.landed);
        let Cleaned { text, fixes, landed, .. } = cleaned;
        mended.fixes = repair::compose_stages(page.text(), &text, fixes, &landed, mended.fixes);
        let applied = repair::apply_fixes(page.text(), &mut mended.fixes);
        (mended.text, mended.landed) = (applied.text, applied.landed);
        mended
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
    /// The screen.
    #[error("built-in screen: {0}")]
    Screen(#[from] ScreenError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_go_to_threads_and_share_their_data() {
        fn goes_to_threads<T: Clone + Send + Sync + 'static>(_: &T) {}
        let engine = Engine::builtin().unwrap();
        goes_to_threads(&engine);
        let clone = engine.clone();
        assert!(Arc::ptr_eq(&engine.model, &clone.model) && Arc::ptr_eq(&engine.main, &clone.main));
        assert!(engine.thesaurus.iter().zip(&clone.thesaurus).all(|(a, b)| Arc::ptr_eq(a, b)));
        assert!(engine.terms.iter().zip(&clone.terms).all(|(a, b)| Arc::ptr_eq(a, b)));
    }
}
