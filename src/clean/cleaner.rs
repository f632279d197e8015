//! The flow: from a scraped text to the article.

use serde::{Deserialize, Serialize};

use super::appended::{Boundary, second_article};
use super::cut::cut_lines;
use super::damage::{Damage, damage};
use super::extract::Page;
use super::furniture::{Furniture, FurnitureError, FurnitureKind};
use super::judges::Judges;
use super::label::{Label, first_reading, is_all_prose, label};
use super::language::foreign_language;
use super::layout::Layout;
use super::line::Lines;
use super::marks::Marks;
use super::metadata::{Metadata, metadata};
use super::stamp::{STAMP_CONFIDENCE, Stamp};
use super::versions::{VersionPage, version_page};
use crate::hash;
use crate::repair::{
    Cause, Decider, Edit, Fix, Outcome, PlannedFix, SkipReason, applied_edits, apply_fixes, compose_stages,
};
use crate::text::Span;

/// What is done with a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CleanPolicy {
    /// Least confidence of a cut, in [0, 1].
    pub min_confidence: f64,
    /// Which version of a page with two is wanted.
    pub version: VersionChoice,
}

impl Default for CleanPolicy {
    fn default() -> Self {
        Self { min_confidence: CUT_FROM, version: VersionChoice::New }
    }
}

/// Least confidence with which a line is cut, unless another one is asked for. On 186 labelled pages that the trees did not learn from, F1 is
/// .003 higher from 0.5 on, but a fifth more of their genuine lines is cut, and real pages lose by it; from 0.7 on it is .01 lower. Real text that is
/// cut is worse than furniture that is left.
pub const CUT_FROM: f64 = 0.6;

/// Which version of a page with two is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum VersionChoice {
    /// The earlier one.
    Old,
    /// The later one.
    #[default]
    New,
    /// The one of this number; the later one if neither has it.
    Number(u32),
}

/// What a page turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// An article, with or without furniture around it.
    Article,
    /// Two versions of an article side by side.
    Versions,
    /// A text that isn't English: it is left alone.
    Foreign,
    /// Nothing but furniture: it is left alone.
    Nothing,
}

impl PageKind {
    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Versions => "versions",
            Self::Foreign => "foreign",
            Self::Nothing => "nothing",
        }
    }
}

/// What is needed to clean texts: shared by all of them.
#[derive(Debug, Clone, Copy)]
pub struct Cleaner<'c> {
    furniture: &'c Furniture,
    judges: &'c Judges,
}

/// A cleaned text.
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// What the page turned out to be.
    pub kind: PageKind,
    /// What it says of itself.
    pub metadata: Metadata,
    /// Every cut and repair with the decision on it, in order. The applied ones, applied together to the text as it came, give
    /// the cleaned one.
    pub fixes: Vec<PlannedFix>,
    /// The cleaned text.
    pub text: String,
    /// Where the edits of the applied fixes landed in it, in order of place.
    pub landed: Vec<Span>,
    /// What followed from a second article on, as it stood there.
    pub second: Option<String>,
}

impl Cleaned {
    fn unchanged(text: &str, kind: PageKind, metadata: Metadata) -> Self {
        let (fixes, landed) = (Vec::new(), Vec::new());
        Self { kind, metadata, fixes, text: text.to_owned(), landed, second: None }
    }

    /// What was cut, in order; repairs of damage are no cuts.
    pub fn cut_spans(&self) -> Vec<Span> {
        let cuts = self.fixes.iter().filter(|planned| !matches!(planned.fix.cause, Cause::Damage { .. }));
        let cuts: Vec<PlannedFix> = cuts.cloned().collect();
        applied_edits(&cuts).into_iter().map(|edit| edit.span).collect()
    }

    /// How many cuts and repairs were applied.
    pub fn applied(&self) -> usize {
        self.fixes.iter().filter(|planned| planned.outcome.is_applied()).count()
    }
}

/// Furniture that is less likely than this is not mentioned.
const LEAST_SHOWN: f64 = 0.1;

/// Rounds before giving up on a text that never settles.
const MOST_ROUNDS: usize = 8;

impl Cleaner<'static> {
    /// A cleaner with the built-in list and trees.
    ///
    /// # Errors
    ///
    /// If the built-in list breaks its format: a mistake in building this program.
    pub fn builtin() -> Result<Self, FurnitureError> {
        Ok(Self { furniture: Furniture::builtin()?, judges: Judges::builtin() })
    }
}

/// What one round found.
#[derive(Default)]
struct Round {
    fixes: Vec<PlannedFix>,
    metadata: Metadata,
    second: Option<String>,
}

impl<'c> Cleaner<'c> {
    /// A cleaner with a list and what goes with it.
    pub fn new(furniture: &'c Furniture, judges: &'c Judges) -> Self {
        Self { furniture, judges }
    }

    /// Tells versions of its list and of what was learned apart.
    pub fn checksum(&self) -> u64 {
        hash::combine(self.furniture.checksum(), self.judges.checksum())
    }

    /// Cleans the text of a page. What its markup says of the page counts more than what its text does.
    pub fn clean_read(&self, page: &Page, policy: &CleanPolicy) -> Cleaned {
        let mut cleaned = self.clean(page.document.text(), policy);
        cleaned.metadata = page.metadata.clone().or(cleaned.metadata);
        cleaned
    }

    /// Cleans a text, in as many rounds as it takes for another one to change nothing.
    pub fn clean(&self, text: &str, policy: &CleanPolicy) -> Cleaned {
        let lines = Lines::of(text);
        if let Some(language) = foreign_language(text, &lines) {
            let metadata = Metadata { language: Some(language.to_owned()), ..Metadata::default() };
            return Cleaned::unchanged(text, PageKind::Foreign, metadata);
        }
        let mut out = Cleaned::unchanged(text, PageKind::Article, Metadata::default());
        let mut changes = false;
        let mut lines = Some(lines);
        for step in 0..MOST_ROUNDS {
            // Those of the text as it came serve until something changes.
            let known = if changes { None } else { lines.take_if(|_| step >= READING) };
            let round = self.round(&out.text, known, step, policy, &mut out.kind);
            out.metadata = out.metadata.or(round.metadata);
            out.second = out.second.or(round.second);
            let is_applied = round.fixes.iter().any(|planned| planned.outcome.is_applied());
            if is_applied || step == READING {
                let mut fixes = round.fixes;
                // What might be furniture is said once.
                fixes.retain(|planned| planned.outcome.is_applied() || step == READING);
                out.fixes = compose_stages(text, &out.text, out.fixes, &out.landed, fixes);
                let applied = apply_fixes(text, &mut out.fixes);
                (out.text, out.landed) = (applied.text, applied.landed);
                changes |= is_applied;
            }
            if step >= READING && !is_applied {
                break;
            }
        }
        if changes && out.text.trim().is_empty() {
            return Cleaned::unchanged(text, PageKind::Nothing, out.metadata);
        }
        out.metadata.language.get_or_insert_with(|| "eng".to_owned());
        out
    }

    /// One round: first what is damaged, then the other version, then, again and again, furniture.
    fn round(
        &self,
        text: &str,
        lines: Option<Lines>,
        step: usize,
        policy: &CleanPolicy,
        kind: &mut PageKind,
    ) -> Round {
        match step {
            0 => Round { fixes: damage_fixes(text), ..Round::default() },
            1 => match version_page(text) {
                Some(page) => {
                    *kind = PageKind::Versions;
                    version_round(text, &page, policy.version)
                }
                None => Round::default(),
            },
            _ => self.read(text, &lines.unwrap_or_else(|| Lines::of(text)), policy),
        }
    }

    /// Furniture and second articles.
    fn read(&self, text: &str, lines: &Lines, policy: &CleanPolicy) -> Round {
        let marks = Marks::of(text, lines, self.furniture, &self.judges.words);
        if is_all_prose(lines, &marks) && Stamp::of(text, lines, |_| true).is_none() {
            return Round::default();
        }
        let layout = Layout::of(text, lines, &marks, &self.judges.words);
        let first = first_reading(lines, &marks, &layout, &self.judges.lines.first);
        let boundary = second_article(lines, &marks, &layout, &first.probabilities, &self.judges.openings)
            .filter(|boundary| boundary.confidence >= policy.min_confidence);
        let Some(boundary) = boundary else {
            let labels = label(lines, &marks, &layout, first, &self.judges.lines);
            let fixes = decide(text, lines, &labels, None, policy);
            return Round { fixes, metadata: metadata(text, lines, &labels), second: None };
        };
        // Each article has a head and a tail of its own.
        let start = lines.as_slice()[boundary.line].span().start();
        let (first, second) = text.split_at(start);
        let first_lines = Lines::of(first);
        let mut labels = self.labels(first, &first_lines);
        let metadata = metadata(first, &first_lines, &labels);
        labels.extend(self.labels(second, &Lines::of(second)));
        let fixes = decide(text, lines, &labels, Some(&boundary), policy);
        Round { fixes, metadata, second: Some(second.to_owned()) }
    }

    fn labels(&self, text: &str, lines: &Lines) -> Vec<Label<'c>> {
        let marks = Marks::of(text, lines, self.furniture, &self.judges.words);
        let layout = Layout::of(text, lines, &marks, &self.judges.words);
        let first = first_reading(lines, &marks, &layout, &self.judges.lines.first);
        label(lines, &marks, &layout, first, &self.judges.lines)
    }
}

/// The round from which on furniture is looked for.
const READING: usize = 2;

/// A repair for each damaged place.
fn damage_fixes(text: &str) -> Vec<PlannedFix> {
    let fixes = damage(text).into_iter().map(|Damage { span, replacement, kind }| {
        (Cause::Damage { kind }, Edit { span, replacement }, DAMAGE_CONFIDENCE)
    });
    applied_fixes(fixes)
}

/// Damage is repaired only where nothing else is possible.
const DAMAGE_CONFIDENCE: f64 = 0.99;

/// Cuts all but one version of a page that shows two.
fn version_round(text: &str, page: &VersionPage, choice: VersionChoice) -> Round {
    let old = match choice {
        VersionChoice::Old => true,
        VersionChoice::New => false,
        VersionChoice::Number(number) => number == page.old && number != page.new,
    };
    let lines = Lines::of(text);
    let other = if old { page.new } else { page.old };
    let mut cuts = Vec::new();
    for (line, next) in lines.as_slice().iter().map(|line| (line.span(), line.next())) {
        let row = page.rows.iter().find(|row| {
            let place = row.old.or(row.new);
            place.is_some_and(|place| line.contains(place))
        });
        let header = || Cause::Furniture {
            kind: FurnitureKind::Navigation,
            evidence: "head of a page of versions".to_owned(),
        };
        let version = || Cause::OtherVersion { version: other };
        match row.map(|row| (if old { row.old } else { row.new }, row.confidence)) {
            None => cuts.push((header(), Span::new(line.start(), next), 0.99)),
            Some((None, confidence)) => cuts.push((version(), Span::new(line.start(), next), confidence)),
            Some((Some(wanted), confidence)) => {
                let sides = [Span::new(line.start(), wanted.start()), Span::new(wanted.end(), line.end())];
                cuts.extend(
                    sides
                        .into_iter()
                        .filter(|side| !side.is_empty())
                        .map(|side| (version(), side, confidence)),
                );
            }
        }
    }
    let cuts = cuts
        .into_iter()
        .map(|(cause, span, confidence)| (cause, Edit { span, replacement: String::new() }, confidence));
    let metadata = Metadata { source: page.source.clone(), ..Metadata::default() };
    Round { fixes: applied_fixes(cuts), metadata, second: None }
}

/// A fix for each edit, all of them applied.
fn applied_fixes(edits: impl Iterator<Item = (Cause, Edit, f64)>) -> Vec<PlannedFix> {
    edits
        .enumerate()
        .map(|(number, (cause, edit, confidence))| PlannedFix {
            fix: Fix { id: number + 1, cause, edits: vec![edit], confidence, reservation: None },
            outcome: Outcome::Applied,
            decided_by: Decider::Policy,
        })
        .collect()
}

/// A fix for each line that goes or might go: furniture, and all from a second article on; and for a date in front of what stays.
fn decide(
    text: &str,
    lines: &Lines,
    labels: &[Label<'_>],
    second: Option<&Boundary>,
    policy: &CleanPolicy,
) -> Vec<PlannedFix> {
    let behind = |index: usize| second.filter(|second| index >= second.line);
    let is_furniture = |index: usize| labels[index].probability >= policy.min_confidence;
    let is_cut: Vec<bool> =
        (0..lines.len()).map(|index| behind(index).is_some() || is_furniture(index)).collect();
    let mut edits = cut_lines(text, lines, &is_cut).into_iter();
    let stamp = Stamp::of(text, lines, |index| !is_cut[index]);
    let mut out = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let stamp = stamp.as_ref().filter(|stamp| stamp.line == index);
        let cut = |span| Some(Edit { span, replacement: String::new() });
        let edit = match stamp {
            _ if is_cut[index] => edits.next(),
            Some(stamp) => cut(stamp.span),
            None if label.probability >= LEAST_SHOWN => cut(lines.as_slice()[index].span()),
            None => None,
        };
        let Some(edit) = edit else { continue };
        let (cause, confidence) = if stamp.is_some() {
            let evidence = "a date in front of a sentence".to_owned();
            (Cause::Furniture { kind: FurnitureKind::Timestamp, evidence }, STAMP_CONFIDENCE)
        } else if let Some(second) = behind(index).filter(|_| !is_furniture(index)) {
            (Cause::SecondArticle { evidence: second.evidence.clone() }, second.confidence)
        } else {
            let cause = Cause::Furniture { kind: label.kind, evidence: evidence(lines, label) };
            (cause, label.probability)
        };
        let is_applied = is_cut[index] || (stamp.is_some() && confidence >= policy.min_confidence);
        let outcome =
            if is_applied { Outcome::Applied } else { Outcome::Skipped(SkipReason::BelowMinConfidence) };
        let fix = Fix { id: out.len() + 1, cause, edits: vec![edit], confidence, reservation: None };
        out.push(PlannedFix { fix, outcome, decided_by: Decider::Policy });
    }
    out
}

/// What says that a line is furniture, in words.
fn evidence(lines: &Lines, label: &Label<'_>) -> String {
    match (label.kind, label.repeats, label.phrase) {
        (FurnitureKind::Repeat, Some(first), _) => {
            let words: Vec<&str> = lines.key(first).split(' ').take(6).collect();
            format!("stands above already: \"{}\"", words.join(" "))
        }
        (_, _, Some(phrase)) => format!("says \"{phrase}\""),
        _ => "its form and place".to_owned(),
    }
}
