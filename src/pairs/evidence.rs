//! Whether a text was spun or edited, by the kinds of its differences.
//!
//! Each difference is taken for an independent draw: a spinner's are substitutions nearly always, an editor's every other time. The
//! log-odds are sums of a prior and of a term for each difference, as in naive Bayes.

/// Log-odds of a spun copy before anything was seen: a few words changed alike are no proof.
const PRIOR: f64 = -3.0;
/// ln(.93 / .5): a short phrase for another.
const SUBSTITUTION: f64 = 0.62;
/// The same, and it was found in several other texts.
const RECURRING: f64 = 1.1;
/// The same, and a dictionary knows it: an editor rarely hits upon such a pair.
const KNOWN: f64 = 1.6;
/// ln(.07 / .5): words come or go, numbers or names change, a sentence is written anew.
const EDITING: f64 = -1.97;
/// No single text makes a row surer than this.
const GREATEST: f64 = 0.95;

/// The differences of one pair of texts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    pub known: usize,
    pub recurring: usize,
    pub substitutions: usize,
    pub editing: usize,
}

impl Evidence {
    /// Probability that a substitution found here is a spinner's.
    pub fn trust(self) -> f64 {
        let Self { known, recurring, substitutions, editing } = self;
        let odds = PRIOR
            + KNOWN * known as f64
            + RECURRING * recurring as f64
            + SUBSTITUTION * substitutions as f64
            + EDITING * editing as f64;
        GREATEST / (1.0 + (-odds).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spun_copies_and_revisions() {
        let trust =
            |known, substitutions, editing| Evidence { known, recurring: 0, substitutions, editing }.trust();
        assert!(trust(0, 60, 4) > 0.9 && trust(3, 0, 0) > 0.8);
        assert!(trust(0, 3, 0) < 0.5 && trust(0, 20, 15) < 0.01 && trust(0, 0, 0) < 0.1);
    }
}
