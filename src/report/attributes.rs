//! Places of a text as attributes, in the form that the dolma toolkit reads: `{"name": [[start, end, score], …], …}`.
//!
//! Its documentation: <https://github.com/allenai/dolma/blob/main/docs/data-format.md>. Places count in characters.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cleaning::Cleaning;
use super::report::is_listed;
use super::wire::rounded;
use crate::detect::Verdict;
use crate::repair::{PlannedFix, Policy};
use crate::text::Span;

/// Attributes by their names; each has spans with a score, in order of place.
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Attributes(BTreeMap<String, Vec<(usize, usize, f64)>>);

impl Attributes {
    /// What `check` finds: `unspin__spin_probability` and `unspin__spin_rate` over the whole text, and for each rule the places that it
    /// found, with the confidence of the likeliest repair (`unspin__spun_phrase`, …).
    pub fn of_check(text: &str, verdict: &Verdict, planned: &[PlannedFix], policy: &Policy) -> Self {
        let listed = planned.iter().filter(|p| is_listed(verdict, p, policy));
        let spans = listed
            .flat_map(|p| p.fix.edits.iter().map(|edit| (p.fix.cause.rule(), edit.span, p.fix.confidence)));
        let mut out = Self::default();
        out.add(text, spans);
        out.0.entry(name("spun-phrase")).or_default();
        let all = text.chars().count();
        out.0.insert(name("spin-probability"), vec![(0, all, rounded(verdict.probability))]);
        out.0.insert(name("spin-rate"), vec![(0, all, rounded(verdict.rate))]);
        out
    }

    /// What `clean` cuts or repairs: for each rule the places (`unspin__furniture`, `unspin__second_article`, …).
    pub fn of_cleaning(text: &str, cleaning: &Cleaning) -> Self {
        let applied = cleaning.rows.iter().filter(|row| row.outcome.is_applied());
        let mut out = Self::default();
        out.add(text, applied.map(|row| (row.rule, row.place.bytes, row.confidence)));
        out.0.entry(name("furniture")).or_default();
        out
    }

    fn add(&mut self, text: &str, spans: impl Iterator<Item = (&'static str, Span, f64)>) {
        let mut spans: Vec<_> = spans.collect();
        spans.sort_by_key(|(_, span, _)| (span.start(), span.end()));
        // Spans may lie in one another, so that counting goes on from the last start.
        let (mut bytes, mut characters) = (0, 0);
        for (rule, span, confidence) in spans {
            let count = |from: usize, to: usize| text.get(from..to).map_or(0, |part| part.chars().count());
            characters += count(bytes, span.start());
            bytes = span.start();
            let place = (characters, characters + count(span.start(), span.end()), rounded(confidence));
            self.0.entry(name(rule)).or_default().push(place);
        }
    }
}

/// The name of an attribute, as the toolkit writes them: first what made it.
fn name(rule: &str) -> String {
    format!("unspin__{}", rule.replace('-', "_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_in_characters() {
        let span = |start, end| Span::new(start, end);
        let mut out = Attributes::default();
        // é takes two bytes, 👍 four.
        out.add(
            "é one 👍 two",
            [("b-c", span(12, 15), 0.5), ("b-c", span(0, 6), 0.25), ("a", span(3, 6), 1.0)].into_iter(),
        );
        let json = serde_json::to_string(&out).unwrap();
        assert_eq!(json, r#"{"unspin__a":[[2,5,1.0]],"unspin__b_c":[[0,5,0.25],[8,11,0.5]]}"#);
    }
}
