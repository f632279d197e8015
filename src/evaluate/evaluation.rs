//! Running the repair over aligned texts and adding up what it got right.

use super::reliability::Reliability;
use super::restored::is_restored;
use super::score::{Gold, Score, score};
use super::verdicts::{OperatingPoint, auroc, operating_point, recall_above};
use crate::detect::{Verdict, VerdictKind};
use crate::pipeline::Engine;
use crate::repair::{Applicability, Edit, Policy};
use crate::text::Document;

/// How many documents got which verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    /// Judged clean, or passed over.
    pub clean: usize,
    /// Judged suspect.
    pub suspect: usize,
    /// Judged spun.
    pub spun: usize,
    /// Too short to say.
    pub too_short: usize,
}

impl VerdictCounts {
    fn count(&mut self, kind: VerdictKind) {
        *match kind {
            VerdictKind::Clean | VerdictKind::PassedOver => &mut self.clean,
            VerdictKind::Suspect => &mut self.suspect,
            VerdictKind::Spun => &mut self.spun,
            VerdictKind::TooShort => &mut self.too_short,
        } += 1;
    }

    fn add(&mut self, other: Self) {
        self.clean += other.clean;
        self.suspect += other.suspect;
        self.spun += other.spun;
        self.too_short += other.too_short;
    }
}

/// What became of some documents.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// How many there are.
    pub documents: usize,
    /// Their words and numbers.
    pub words: usize,
    /// The edits that were applied, articles included.
    pub applied: Score,
    /// Those of them that belong to safe fixes.
    pub safe: Score,
    /// The judgements.
    pub verdicts: VerdictCounts,
}

impl Tally {
    /// Adds other documents.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.words += other.words;
        self.applied.add(other.applied);
        self.safe.add(other.safe);
        self.verdicts.add(other.verdicts);
    }

    /// The sum of some tallies.
    pub fn sum<'t>(tallies: impl IntoIterator<Item = &'t Self>) -> Self {
        let mut sum = Self::default();
        for tally in tallies {
            sum.add(*tally);
        }
        sum
    }

    /// Applied edits that are wrong: the wording is not what stood there, or nothing was to be changed.
    pub fn wrong(&self) -> usize {
        self.applied.correction.proposed - self.applied.correction.right
    }

    /// Applied edits of places that were not spun.
    pub fn misplaced(&self) -> usize {
        self.applied.detection.proposed - self.applied.detection.right
    }

    /// So many in these documents, per million words; `None` without words.
    pub fn per_million_words(&self, count: usize) -> Option<f64> {
        (self.words > 0).then(|| count as f64 * 1e6 / self.words as f64)
    }
}

/// One file of documents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// The documents in which something was spun.
    pub spun: Tally,
    /// The genuine ones.
    pub clean: Tally,
    /// For each spun document the evidence that it is spun, in nats.
    pub spun_scores: Vec<f64>,
    /// The same for each genuine one.
    pub clean_scores: Vec<f64>,
}

impl Source {
    /// All documents.
    pub fn all(&self) -> Tally {
        Tally::sum([&self.spun, &self.clean])
    }
}

/// Figures over files of aligned texts. What it keeps of a document is one number, and counts.
#[derive(Debug, Clone)]
pub struct Evaluation {
    policy: Policy,
    sources: Vec<Source>,
    reliability: Reliability,
}

impl Evaluation {
    /// No documents yet; they will be repaired under a policy.
    pub fn new(policy: Policy) -> Self {
        Self { policy, sources: Vec::new(), reliability: Reliability::default() }
    }

    /// What is applied.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The files in the order in which they were begun.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Confidence against truth: the likeliest alternative of every finding, of whatever confidence, in the documents that the
    /// policy lets be repaired.
    pub fn reliability(&self) -> &Reliability {
        &self.reliability
    }

    /// Begins a file: documents that are added from now on are its.
    pub fn begin(&mut self, name: &str) {
        self.sources.push(Source { name: name.to_owned(), ..Source::default() });
    }

    /// Repairs a document as `fix` would and compares with what was done to it; without gold it is genuine.
    pub fn add(&mut self, engine: &Engine, document: &Document, gold: &[Gold]) {
        let text = document.text();
        let scan = engine.scan(document);
        let tally = self.tally(engine, document, &scan.verdict, gold);
        if self.policy.any_verdict || scan.verdict.kind == VerdictKind::Spun {
            for (number, finding) in scan.findings.iter().enumerate() {
                if let Some(best) = finding.alternatives.first() {
                    let is_right = is_restored(text, &scan.findings, number, gold);
                    self.reliability.add(best.posterior, is_right);
                }
            }
        }
        if self.sources.is_empty() {
            self.begin("");
        }
        let Some(source) = self.sources.last_mut() else { return };
        if gold.is_empty() {
            source.clean.add(tally);
            source.clean_scores.push(scan.verdict.log_odds);
        } else {
            source.spun.add(tally);
            source.spun_scores.push(scan.verdict.log_odds);
        }
    }

    fn tally(&self, engine: &Engine, document: &Document, verdict: &Verdict, gold: &[Gold]) -> Tally {
        let fixes = engine.mend(document, &self.policy).fixes;
        let edits = |least: Applicability| -> Vec<Edit> {
            let chosen = fixes.iter().filter(|p| p.outcome.is_applied() && p.fix.applicability() >= least);
            chosen.flat_map(|p| &p.fix.edits).cloned().collect()
        };
        let mut tally = Tally {
            documents: 1,
            words: verdict.words,
            applied: score(document.text(), &edits(Applicability::Display), gold),
            safe: score(document.text(), &edits(Applicability::Safe), gold),
            ..Tally::default()
        };
        tally.verdicts.count(verdict.kind);
        tally
    }

    /// The scores of all genuine documents, and of all spun ones.
    fn scores(&self) -> (Vec<f64>, Vec<f64>) {
        let all = |of: fn(&Source) -> &Vec<f64>| self.sources.iter().flat_map(of).copied().collect();
        (all(|source| &source.clean_scores), all(|source| &source.spun_scores))
    }

    /// How well the evidence tells spun documents, of one file or of all, from the genuine ones of all files.
    pub fn auroc(&self, source: Option<&Source>) -> Option<f64> {
        let (clean, spun) = self.scores();
        auroc(&clean, source.map_or(&spun, |source| &source.spun_scores))
    }

    /// The threshold for a share of false positives among the genuine documents of all files.
    pub fn operating_point(&self, per_mille: usize) -> Option<OperatingPoint> {
        operating_point(&self.scores().0, per_mille)
    }

    /// Share of the spun documents, of one file or of all, above the threshold of [`operating_point`](Self::operating_point).
    pub fn recall(&self, source: Option<&Source>, per_mille: usize) -> Option<f64> {
        let (clean, spun) = self.scores();
        let point = operating_point(&clean, per_mille)?;
        recall_above(source.map_or(&spun, |source| &source.spun_scores), point.threshold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::Row;

    fn evaluated(any_verdict: bool) -> Evaluation {
        let engine = Engine::builtin().unwrap();
        let mut evaluation = Evaluation::new(Policy { any_verdict, ..Policy::default() });
        evaluation.begin("spun");
        let row = Row::parse(include_str!("../../samples/spun.jsonl").trim_end()).unwrap();
        evaluation.add(&engine, &Document::new(row.text), &row.gold);
        evaluation.begin("clean");
        evaluation.add(&engine, &Document::new(include_str!("../../samples/clean.txt")), &[]);
        evaluation
    }

    #[test]
    fn counts_are_of_what_fix_does() {
        let evaluation = evaluated(false);
        let [spun, clean] = evaluation.sources() else { panic!("two files") };
        assert_eq!((spun.spun.documents, spun.clean.documents, clean.clean.documents), (1, 0, 1));
        let row = Row::parse(include_str!("../../samples/spun.jsonl").trim_end()).unwrap();
        let document = Document::new(row.text);
        let mended = Engine::builtin().unwrap().mend(&document, &Policy::default());
        let applied = mended.fixes.iter().filter(|p| p.outcome.is_applied());
        assert_eq!(spun.spun.applied.correction.proposed, applied.map(|p| p.fix.edits.len()).sum::<usize>());
        assert_eq!(spun.spun.applied.correction.gold, row.gold.len());
        assert!(spun.spun.safe.correction.proposed < spun.spun.applied.correction.proposed);
        assert_eq!((clean.clean.wrong(), clean.clean.verdicts.clean), (0, 1));
        assert_eq!(evaluation.auroc(None), Some(1.0));
        assert_eq!(evaluation.recall(Some(spun), 1), Some(1.0));
        assert_eq!(evaluation.recall(Some(clean), 1), None);
    }

    #[test]
    fn confident_findings_are_mostly_right() {
        let strict = evaluated(false);
        let bins = strict.reliability().bins();
        assert!(bins[9].share_right().unwrap() > 0.8, "{bins:?}");
        assert!(evaluated(true).reliability().findings() >= strict.reliability().findings());
    }
}
