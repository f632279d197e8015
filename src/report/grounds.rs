//! What spoke for each alternative of a finding, in words.

use super::report::Report;
use crate::detect::{Alternative, Finding, Grounds};

/// An alternative, and what spoke for it and against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// The wording.
    pub value: String,
    /// Probability in [0, 1] that it stood there.
    pub confidence: f64,
    /// What spoke for it and against it, a sentence each.
    pub sentences: Vec<String>,
}

impl Report {
    /// Adds to every row what spoke for its alternatives: `grounds` has a list for each finding, in order, with an item for each
    /// alternative that the lattice found.
    #[must_use]
    pub fn explained(mut self, findings: &[Finding<'_>], grounds: &[Vec<Option<Grounds>>]) -> Self {
        for row in &mut self.rows {
            let first = findings.partition_point(|f| f.span.end() <= row.place.bytes.start());
            let found = findings.iter().zip(grounds).skip(first);
            if let Some((finding, grounds)) = found.take(1).find(|(f, _)| row.place.bytes.contains(f.span)) {
                row.grounds = finding.alternatives.iter().zip(grounds).map(ground).collect();
            }
        }
        self
    }
}

fn ground((alternative, grounds): (&Alternative<'_>, &Option<Grounds>)) -> Ground {
    let row = alternative.substitution;
    let mut sentences = Vec::new();
    if let Some(grounds) = grounds {
        let share = 100.0 * row.channel();
        let (spun, canonical) = (row.spun, row.canonical);
        sentences.push(format!(
            "spinners that replace \"{canonical}\" write \"{spun}\" in {} of the cases ({}, weight {})",
            percent(share),
            row.source,
            row.weight
        ));
        if row.bias.abs() >= NOTEWORTHY {
            let way = if row.bias > 0.0 { "more" } else { "less" };
            sentences.push(format!(
                "on texts spun to learn from, this was right {} as often or {way}",
                times(row.bias)
            ));
        }
        sentences.push(compared("the words around it make it", "than what stands there", grounds.language));
        sentences.push(compared(
            "the rest of the text (its spin rate, the same phrases elsewhere) makes it",
            "than leaving it",
            grounds.document,
        ));
    } else if alternative.inferred.is_some() {
        sentences.push("no list has this phrase: its words are synonyms of those of a known term".to_owned());
    } else {
        sentences.push(format!("a listed phrase ({}): its use in genuine papers is known", row.source));
    }
    Ground { value: alternative.core_replacement().to_owned(), confidence: alternative.posterior, sentences }
}

/// Log-odds smaller than this are not worth a sentence.
const NOTEWORTHY: f64 = 0.7;

fn percent(share: f64) -> String {
    if share < 0.1 { "less than 0.1 %".to_owned() } else { format!("{share:.1} %") }
}

/// A factor, given as its logarithm, without its direction: "3 times".
fn times(log: f64) -> String {
    let factor = log.abs().exp();
    if factor >= 1e6 {
        "over a million times".to_owned()
    } else if factor >= 10.0 {
        format!("{factor:.0} times")
    } else {
        format!("{factor:.1} times")
    }
}

fn compared(what: &str, with: &str, log: f64) -> String {
    if log.abs() < 0.1 {
        return format!("{what} no likelier and no less likely {with}");
    }
    let way = if log > 0.0 { "likelier" } else { "less likely" };
    format!("{what} {} {way} {with}", times(log))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_in_words() {
        assert_eq!(compared("it is", "than that", 3f64.ln()), "it is 3.0 times likelier than that");
        assert_eq!(compared("it is", "than that", -(50f64.ln())), "it is 50 times less likely than that");
        assert_eq!(compared("it is", "than that", 0.0), "it is no likelier and no less likely than that");
        assert_eq!(times(99.0), "over a million times");
    }
}
