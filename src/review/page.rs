//! Decisions on a page: on what is cut, and on the wording of what is left.

use super::cut::is_of_page;
use super::decision::Decision;
use super::overlay::{overlay, protected};
use crate::clean::Cleaned;
use crate::pipeline::{Engine, Mended};
use crate::repair::{self, Outcome, PlannedFix, Policy, SkipReason, apply_fixes};
use crate::text::Document;

/// What becomes of that on which nobody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecided {
    /// It is treated as the policies say.
    ByPolicy,
    /// It stays as it is.
    Left,
}

impl Engine {
    /// Repairs what is left of a page after it was cleaned, where people decided on cuts and on fixes: the decisions are those on the
    /// page, in order, as for [`Engine::mend_decided`]. What lies in something that is cut is not repaired.
    pub fn mend_cleaned_decided(
        &self,
        page: &Document,
        cleaned: Cleaned,
        policy: &Policy,
        decisions: &[Decision],
        undecided: Undecided,
    ) -> Mended {
        let (cuts, wordings): (Vec<Decision>, Vec<Decision>) =
            decisions.iter().cloned().partition(|decision| is_of_page(&decision.rule));
        let mut planned = cleaned.fixes;
        if undecided == Undecided::Left {
            leave(&mut planned);
        }
        let mut planned = overlay(page.text(), planned, &cuts);
        let cut = apply_fixes(page.text(), &mut planned);
        let article = Document::new(cut.text.as_str());
        // The same decisions, at their places in the article.
        let places = protected(&planned, &wordings);
        let moved = wordings.into_iter().zip(places).filter_map(|(decision, span)| {
            let before = span.get(article.text()).filter(|before| !before.is_empty())?.to_owned();
            Some(Decision { span, before, ..decision })
        });
        let moved: Vec<Decision> = moved.collect();
        let mut mended = match undecided {
            Undecided::ByPolicy => self.mend_decided(&article, policy, &moved),
            Undecided::Left => self.mend_only_decided(&article, policy, &moved),
        };
        repair::keep_apart(&mut mended.fixes, &cut.landed);
        mended.fixes =
            repair::compose_stages(page.text(), article.text(), planned, &cut.landed, mended.fixes);
        let applied = apply_fixes(page.text(), &mut mended.fixes);
        (mended.text, mended.landed) = (applied.text, applied.landed);
        mended
    }
}

/// Applies nothing of a plan.
fn leave(planned: &mut [PlannedFix]) {
    for planned in planned.iter_mut().filter(|planned| planned.outcome.is_applied()) {
        planned.outcome = Outcome::Skipped(SkipReason::Undecided);
    }
}
