//! What candidates come to: the words that really change, those that come to the same taken together, and those that compete for the
//! same words.

use std::collections::BTreeMap;
use std::ops::Range;

use super::candidate::{Candidate, Candidates};
use super::finding::Alternative;
use super::reading::Reading;
use crate::repair::write_wording;
use crate::text::{Span, Tokens};

/// A change of some words. There are several for each word of a spun text, and few are ever shown: they are kept small.
struct Change {
    /// The words, as the likeliest row has them.
    span: Span,
    /// What really changes.
    core: Span,
    /// What would stand in the span and in the core: parts of [`Changes::wordings`].
    wording: Range<usize>,
    core_wording: Range<usize>,
    /// In how many stretches the forms of the row differ.
    cores: usize,
    /// Number of the likeliest candidate.
    candidate: usize,
    /// Its posterior, and that of all candidates that come to the same.
    likeliest: f64,
    posterior: f64,
}

/// The changes of a document.
#[derive(Default)]
pub(super) struct Changes {
    all: Vec<Change>,
    wordings: String,
}

/// Changes of the same core.
pub(super) struct Group {
    /// What changes.
    pub core: Span,
    /// Numbers of the changes, the likeliest first.
    pub members: Vec<u32>,
    /// Probability of everything else. Rounding may leave it a little below 0.
    pub keep_posterior: f64,
}

impl Changes {
    /// What the candidates come to whose posterior is at least `negligible`.
    pub(super) fn of(reading: Reading<'_, '_>, negligible: f64) -> Self {
        let Reading { text, tokens, candidates, decoded, .. } = reading;
        let mut out = Self::default();
        let mut stretches = Vec::new();
        for (number, (candidate, &posterior)) in
            candidates.candidates.iter().zip(&decoded.posteriors).enumerate()
        {
            if posterior >= negligible {
                out.add(text, tokens, number, candidate, posterior, &mut stretches);
            }
        }
        out
    }

    /// Adds what a candidate comes to: a row such as "major objective" for "primary goal" says the same of each word as the rows of the
    /// words do.
    fn add(
        &mut self,
        text: &str,
        tokens: &Tokens,
        number: usize,
        candidate: &Candidate<'_>,
        posterior: f64,
        stretches: &mut Vec<(Range<usize>, Range<usize>)>,
    ) {
        let span = tokens.span(candidate.tokens.start, candidate.tokens.end);
        let start = self.wordings.len();
        let row = candidate.row;
        write_wording(row.spun(), row.canonical(), tokens, candidate.tokens.start, &mut self.wordings);
        let end = self.wordings.len();
        cores(span.of(text), &self.wordings[start..], stretches);
        let mut is_used = false;
        for (old, new) in stretches.iter() {
            let change = Change {
                span,
                core: Span::new(span.start() + old.start, span.start() + old.end),
                wording: start..end,
                core_wording: start + new.start..start + new.end,
                cores: stretches.len(),
                candidate: number,
                likeliest: posterior,
                posterior,
            };
            let wordings = &self.wordings;
            let same = |c: &&mut Change| {
                c.core == change.core
                    && wordings[c.core_wording.clone()] == wordings[change.core_wording.clone()]
            };
            let twin = self.all.iter_mut().rev().take_while(|c| c.span.end() > span.start()).find(same);
            let Some(twin) = twin else {
                is_used = true;
                self.all.push(change);
                continue;
            };
            let sum = (twin.posterior + posterior).min(1.0);
            if posterior > twin.likeliest {
                is_used = true;
                *twin = change;
            }
            twin.posterior = sum;
        }
        if !is_used {
            self.wordings.truncate(start);
        }
    }

    /// Groups changes whose cores overlap a likelier one, in order of place; leaves out groups whose likeliest is below `least`.
    pub(super) fn groups(&self, least: f64) -> Vec<Group> {
        let mut order: Vec<u32> = (0..).take(self.all.len()).collect();
        let change = |number: &u32| &self.all[*number as usize];
        order.sort_unstable_by(|a, b| {
            let (x, y) = (change(a), change(b));
            y.posterior.total_cmp(&x.posterior).then_with(|| x.span.cmp(&y.span)).then_with(|| a.cmp(b))
        });
        let mut out: Vec<Group> = Vec::new();
        // Groups by place, so that a competitor is found without looking at all of them.
        let mut by_start: BTreeMap<usize, usize> = BTreeMap::new();
        for number in order {
            let &Change { core, posterior, .. } = change(&number);
            let before = by_start.range(..core.end().max(core.start() + 1)).next_back();
            let rival = before
                .map(|(_, &group)| group)
                .filter(|&group| out[group].core.overlaps(core) || out[group].core == core);
            match rival {
                Some(group) if out[group].core == core => {
                    out[group].keep_posterior -= posterior;
                    out[group].members.push(number);
                }
                None if posterior >= least => {
                    by_start.insert(core.start(), out.len());
                    out.push(Group { core, members: vec![number], keep_posterior: 1.0 - posterior });
                }
                // A part of another change, or not worth showing.
                Some(_) | None => {}
            }
        }
        out.sort_by_key(|group| group.core);
        out
    }

    /// A change as a wording that may have stood there.
    pub(super) fn alternative<'d>(&self, number: u32, candidates: &Candidates<'d>) -> Alternative<'d> {
        let change = &self.all[number as usize];
        let row = candidates.candidates[change.candidate].row;
        Alternative {
            span: change.span,
            replacement: self.wordings[change.wording.clone()].to_owned(),
            posterior: change.posterior,
            substitution: row.substitution(),
            row: Some(row),
            core: change.core,
            cores: change.cores,
            inferred: None,
            core_text: change.core_wording.start - change.wording.start
                ..change.core_wording.end - change.wording.start,
            candidate: Some(change.candidate),
            likeliest: change.likeliest,
        }
    }
}

/// The stretches of two phrases that differ, in bytes of each.
///
/// Phrases of equally many words are compared word by word, an article staying with the word behind it. Of others, the words
/// that they share at either end are left out; at least one word of each is left.
fn cores(old: &str, new: &str, out: &mut Vec<(Range<usize>, Range<usize>)>) {
    out.clear();
    if !old.contains(' ') || !new.contains(' ') {
        out.push((0..old.len(), 0..new.len()));
        return;
    }
    let (old_words, new_words) = (words(old), words(new));
    let pick = |range: Range<usize>, all: &[Range<usize>]| all[range.start].start..all[range.end - 1].end;
    if old_words.len() != new_words.len() {
        let most = old_words.len().min(new_words.len()) - 1;
        let same = |(a, b): &(&Range<usize>, &Range<usize>)| old[(*a).clone()] == new[(*b).clone()];
        let head = old_words.iter().zip(&new_words).take(most).take_while(same).count();
        let tail =
            old_words.iter().rev().zip(new_words.iter().rev()).take(most - head).take_while(same).count();
        let inner = |all: &[Range<usize>]| pick(head..all.len() - tail, all);
        out.push((inner(&old_words), inner(&new_words)));
        return;
    }
    let mut from = None;
    for (at, (a, b)) in old_words.iter().zip(&new_words).enumerate() {
        let (a, b) = (&old[a.clone()], &new[b.clone()]);
        if a == b && from.is_none() {
            continue;
        }
        let first = *from.get_or_insert(at);
        let is_article = |word: &str| matches!(word, "a" | "an" | "A" | "An");
        if !(is_article(a) && is_article(b)) || at + 1 == old_words.len() {
            out.push((pick(first..at + 1, &old_words), pick(first..at + 1, &new_words)));
            from = None;
        }
    }
    if out.is_empty() {
        out.push((0..old.len(), 0..new.len()));
    }
}

/// The words of a phrase, in bytes.
fn words(phrase: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut next = |word: &str| {
        let range = start..start + word.len();
        start = range.end + 1;
        range
    };
    phrase.split(' ').map(&mut next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs<'a>(old: &'a str, new: &'a str) -> Vec<(&'a str, &'a str)> {
        let mut out = Vec::new();
        cores(old, new, &mut out);
        out.into_iter().map(|(a, b)| (&old[a], &new[b])).collect()
    }

    #[test]
    fn words_are_compared_one_by_one_where_they_correspond() {
        assert_eq!(pairs("major objective", "primary goal"), [("major", "primary"), ("objective", "goal")]);
        assert_eq!(pairs("within the", "in the"), [("within", "in")]);
        assert_eq!(pairs("is a crucial", "is an important"), [("a crucial", "an important")]);
        assert_eq!(pairs("go to", "visit"), [("go to", "visit")]);
        assert_eq!(pairs("whether or not", "whether"), [("whether or not", "whether")]);
        assert_eq!(pairs("the remainder of", "the rest of"), [("remainder", "rest")]);
        assert_eq!(pairs("in a long time", "in decades"), [("a long time", "decades")]);
        assert_eq!(pairs("same", "same"), [("same", "same")]);
    }
}
