//! What the lattice found and what is known of terms, as one.

use super::judge::Judgement;
use crate::detect::{Family, Finding, LEAST_POSTERIOR, Parameters, Verdict, VerdictKind};
use crate::odds;

impl<'t> Judgement<'t> {
    /// Adds this judgement to that of the lattice: where both found something, the likelier stays.
    ///
    /// A document is at least as spun as its terms say; without any, verdict and findings stay as they are. One that is spun by its terms
    /// alone has no other findings.
    pub fn add_to(self, verdict: &mut Verdict, findings: &mut Vec<Finding<'t>>, parameters: &Parameters) {
        if self.findings.is_empty() {
            return;
        }
        if verdict.kind != VerdictKind::TooShort {
            let kind = if self.probability >= parameters.spun_from {
                VerdictKind::Spun
            } else if self.probability >= parameters.suspect_from {
                VerdictKind::Suspect
            } else {
                VerdictKind::Clean
            };
            if kind != VerdictKind::Clean
                && verdict.kind != VerdictKind::Spun
                && self.probability > verdict.probability
            {
                // What the lattice did not call spun stays as it is, whatever the terms say of themselves.
                if kind == VerdictKind::Spun {
                    findings.clear();
                }
                verdict.kind = kind;
                verdict.family = Some(Family::Academic);
                verdict.probability = self.probability;
                verdict.log_odds = verdict.log_odds.max(odds::log_odds(self.probability));
            }
        }
        *findings = merged(std::mem::take(findings), self.findings);
    }
}

/// Two lists of findings, each in order and free of overlaps, as one: a term stays if it is likelier than all that it overlaps.
fn merged<'t>(lattice: Vec<Finding<'t>>, terms: Vec<Finding<'t>>) -> Vec<Finding<'t>> {
    let posterior = |f: &Finding<'_>| f.alternatives.first().map_or(0.0, |a| a.posterior);
    let mut out = Vec::with_capacity(lattice.len() + terms.len());
    let mut lattice = lattice.into_iter().peekable();
    for term in terms {
        let likely = posterior(&term);
        if likely < LEAST_POSTERIOR {
            continue;
        }
        while let Some(before) = lattice.next_if(|f| f.span.end() <= term.span.start()) {
            out.push(before);
        }
        let mut rivals = Vec::new();
        while let Some(rival) = lattice.next_if(|f| f.span.start() < term.span.end()) {
            rivals.push(rival);
        }
        // A rival that stays may reach into the next term, which then has to go.
        let reaches = out.last().is_some_and(|f: &Finding<'_>| f.span.end() > term.span.start());
        if !reaches && rivals.iter().all(|rival| posterior(rival) < likely) {
            out.push(term);
        } else {
            out.extend(rivals);
        }
    }
    out.extend(lattice);
    out
}
