//! What the differences of all texts, taken together, say about single ones.
//!
//! - One word against a phrase is a pair wherever it stands.
//! - Several words against several stay whole if they recur in another text, and don't fall into pairs that are known by then.
//! - Two words at the same place of such stretches are a pair if what stands beside them varies.
//! - A word that keeps being put in beside another belongs to it: `court docket` for `court`.
//! - Two differences that keep coming together with a word between them are one: `will not be` for `is not`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::judge::{Judged, Reason};
use super::learner::Pair;
use super::lexicon::Lexicon;
use super::rows::is_function_word;
use super::words::{Step, StepKind};
use crate::text::TokenKind;

/// Texts in which several words against several must be found.
const WHOLE: usize = 2;
/// Texts in which words must be put in, or differences come together.
const JOINED: usize = 3;
/// Words that are found beside each other in this part of the cases belong together.
const SHARE: f64 = 0.8;
/// Equal words between two differences that may be one, at most.
const BETWEEN: usize = 2;

/// A pair of look-up keys: of the copy, and in lexemes of the original.
type Keys = (String, String);

/// Where a pair was seen, and what stood beside it.
#[derive(Default)]
struct Shared {
    before: BTreeSet<Option<Keys>>,
    after: BTreeSet<Option<Keys>>,
    count: usize,
}

/// A word that was put in, or taken out, beside another: how often, and in which texts.
#[derive(Default)]
struct Beside {
    count: usize,
    documents: BTreeSet<usize>,
}

/// Two differences that came together: how often, in which texts, and the two by themselves.
#[derive(Default)]
struct Joined {
    count: usize,
    documents: BTreeSet<usize>,
    parts: Option<[Keys; 2]>,
}

/// What was seen so far.
#[derive(Default)]
struct Collector {
    lexicon: Lexicon,
    wholes: BTreeMap<Keys, BTreeSet<usize>>,
    shared: BTreeMap<Keys, Shared>,
    /// By the words put in or taken out and the side of the other word; then by the joint phrases and that word.
    beside: BTreeMap<(Keys, bool), BTreeMap<(Keys, String), Beside>>,
    joined: BTreeMap<Keys, Joined>,
    /// How often each difference was seen, by itself or joined.
    seen: BTreeMap<Keys, usize>,
}

/// Collects the pairs that are certain.
pub(super) fn collect(pairs: &[Pair<'_>]) -> Lexicon {
    let mut collector = Collector::default();
    for (document, pair) in pairs.iter().enumerate() {
        for (bead, steps) in pair.beads() {
            let mut before: Option<&Step<'_>> = None;
            for step in steps {
                if matches!(step.kind, StepKind::Known(_)) {
                    before = None;
                    continue;
                }
                *collector.seen.entry(pair.keys(&step.spun, &step.original)).or_default() += 1;
                let judged = pair.judge(step);
                let is_one_sided = matches!(judged, Err(Reason::Added | Reason::Removed));
                if let Some(before) = before.filter(|_| is_one_sided || matches!(step.kind, StepKind::Left)) {
                    collector.join(document, pair, before, step, is_one_sided);
                }
                match judged {
                    Ok(judged) => {
                        collector.pair(document, pair, &judged, matches!(step.kind, StepKind::Collected));
                    }
                    Err(_) if is_one_sided => {
                        collector.one_sided(document, pair, (&bead.spun, &bead.original), step);
                    }
                    Err(_) => {}
                }
                before = Some(step);
            }
        }
    }
    collector.finish()
}

impl Collector {
    fn pair(&mut self, document: usize, pair: &Pair<'_>, judged: &Judged, is_collected: bool) {
        let Judged { spun, original, .. } = judged;
        let keys = pair.keys(spun, original);
        if !judged.is_ambiguous {
            self.lexicon.add(keys.0, keys.1, 1.0);
            return;
        }
        self.wholes.entry(keys).or_default().insert(document);
        if spun.len() != original.len() || is_collected {
            return;
        }
        let parts: Vec<Keys> =
            spun.clone().zip(original.clone()).map(|(a, b)| pair.keys(&(a..a + 1), &(b..b + 1))).collect();
        for (index, part) in parts.iter().enumerate() {
            let shared = self.shared.entry(part.clone()).or_default();
            shared.count += 1;
            shared.before.insert(index.checked_sub(1).map(|i| parts[i].clone()));
            shared.after.insert(parts.get(index + 1).cloned());
        }
    }

    /// Words that were put in or taken out, with the equal words beside them.
    fn one_sided(
        &mut self,
        document: usize,
        pair: &Pair<'_>,
        bead: (&Range<usize>, &Range<usize>),
        step: &Step<'_>,
    ) {
        let (a, b) = (&step.spun, &step.original);
        if a.len() > 2 || b.len() > 2 {
            return;
        }
        let words = pair.keys(a, b);
        for after in [true, false] {
            let inside = if after {
                a.end < bead.0.end && b.end < bead.1.end
            } else {
                a.start > bead.0.start && b.start > bead.1.start
            };
            if !inside {
                continue;
            }
            let (spun, original) = if after {
                (a.start..a.end + 1, b.start..b.end + 1)
            } else {
                (a.start - 1..a.end, b.start - 1..b.end)
            };
            let at = if after { a.end } else { a.start - 1 };
            let is_symbol = |range: &Range<usize>| {
                range.clone().any(|index| pair.spun.tokens.as_slice()[index].kind == TokenKind::Symbol)
            };
            if is_symbol(&spun) {
                continue;
            }
            let keys = pair.keys(&spun, &original);
            let neighbour = pair.spun.tokens.key(at).to_owned();
            let beside =
                self.beside.entry((words.clone(), after)).or_default().entry((keys, neighbour)).or_default();
            beside.count += 1;
            beside.documents.insert(document);
        }
    }

    /// Two differences with equal words between them, of which one puts in or takes out.
    fn join(
        &mut self,
        document: usize,
        pair: &Pair<'_>,
        before: &Step<'_>,
        step: &Step<'_>,
        is_one_sided: bool,
    ) {
        let between = before.spun.end..step.spun.start;
        let (spun, original) = (before.spun.start..step.spun.end, before.original.start..step.original.end);
        let has_symbol =
            spun.clone().any(|index| pair.spun.tokens.as_slice()[index].kind == TokenKind::Symbol);
        let one_sided = is_one_sided || before.spun.is_empty() || before.original.is_empty();
        if one_sided
            && between.len() <= BETWEEN
            && !has_symbol
            && spun.len().max(original.len()) <= Lexicon::LONGEST
        {
            let joined = self.joined.entry(pair.keys(&spun, &original)).or_default();
            joined.documents.insert(document);
            joined.count += 1;
            joined.parts = Some([before, step].map(|step| pair.keys(&step.spun, &step.original)));
        }
    }

    fn finish(self) -> Lexicon {
        let mut lexicon = self.lexicon;
        for ((spun, original), shared) in self.shared {
            // What stands for `to` depends on the word beside it: such a pair is never one by itself.
            let is_free = shared.before.len() > 1 && shared.after.len() > 1;
            if is_free && !(is_function_word(&spun) && is_function_word(&original)) {
                lexicon.add(spun, original, shared.count as f64);
            }
        }
        for phrases in self.beside.into_values() {
            let all: usize = phrases.values().map(|beside| beside.count).sum();
            for (((spun, original), neighbour), beside) in phrases {
                let belongs = !is_function_word(&neighbour) || beside.count as f64 >= SHARE * all as f64;
                if belongs && beside.documents.len() >= JOINED {
                    // Of two neighbours, `general` belongs to `public` rather than to `the`.
                    let rather = if is_function_word(&neighbour) { 0.0 } else { 0.5 };
                    lexicon.add(spun, original, beside.documents.len() as f64 + rather);
                }
            }
        }
        let whole = |((spun, original), documents): (Keys, BTreeSet<usize>)| {
            let is_one = documents.len() >= WHOLE && !lexicon.composes(&spun, &original);
            is_one.then_some((spun, original, documents.len()))
        };
        let wholes: Vec<_> = self.wholes.into_iter().filter_map(whole).collect();
        // A part that is hardly seen without the other is none by itself.
        let is_bound = |part: &Keys, count: usize| {
            count as f64 >= SHARE * self.seen.get(part).copied().unwrap_or_default() as f64
        };
        let join = |((spun, original), Joined { count, documents, parts }): (Keys, Joined)| {
            let is_bound = parts.is_some_and(|parts| parts.iter().any(|part| is_bound(part, count)));
            let is_one = documents.len() >= JOINED && (is_bound || !lexicon.composes(&spun, &original));
            is_one.then_some((spun, original, documents.len()))
        };
        let joined: Vec<_> = self.joined.into_iter().filter_map(join).collect();
        for (spun, original, count) in wholes.into_iter().chain(joined) {
            lexicon.add(spun, original, count as f64);
        }
        lexicon
    }
}
