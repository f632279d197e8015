//! Proposed rows, and the table that people review.

use std::fmt::Write as _;

use super::summary::Summary;

/// The `source` of proposed rows.
pub const SOURCE: &str = "pairs";

/// Whether a dictionary has the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It has, with this weight.
    Known(u32),
    /// It has not.
    New,
}

/// A place where a substitution was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The name of the pair of texts.
    pub document: String,
    /// The phrase in the copy, with a few words around it.
    pub spun: String,
    /// The phrase in the original.
    pub original: String,
}

/// A row for a dictionary, and what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The phrase as the spinner writes it.
    pub spun: String,
    /// The phrase that it replaced.
    pub canonical: String,
    /// Whether a dictionary has it.
    pub status: Status,
    /// Probability that it is a spinner's, in [0, 1], by the number of texts and how much these look spun: a guide for reviewers,
    /// not calibrated.
    pub score: f64,
    /// Occurrences.
    pub count: usize,
    /// Pairs of texts with an occurrence.
    pub documents: usize,
    /// Some of the places, each from another text where possible.
    pub examples: Vec<Example>,
}

impl Proposal {
    /// The evidence in short, for the `note` of the row.
    pub fn note(&self) -> String {
        let texts =
            if self.documents == 1 { "1 text".to_owned() } else { format!("{} texts", self.documents) };
        match self.status {
            Status::Known(weight) => format!("known with weight {weight}; {texts}; score {:.2}", self.score),
            Status::New => format!("new; {texts}; score {:.2}", self.score),
        }
    }
}

/// All proposed rows, sorted by the bytes of their phrases.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposals {
    /// The rows.
    pub rows: Vec<Proposal>,
    /// What else was found.
    pub summary: Summary,
}

impl Proposals {
    /// The rows as a dictionary source, with their examples as comments above them.
    pub fn to_tsv(&self, family: &str) -> String {
        let mut out = String::from(
            "# Rows learned from pairs of texts, to be reviewed: delete what is not a spinner's. Comments show where a row was seen\n\
             # (copy | original). weight: times seen.\n\
             spun\tcanonical\tfamily\tweight\tsource\tnote\n",
        );
        for row in &self.rows {
            for Example { document, spun, original } in &row.examples {
                let _ = writeln!(out, "# {document}: {spun} | {original}");
            }
            let Proposal { spun, canonical, count, .. } = row;
            let _ = writeln!(out, "{spun}\t{canonical}\t{family}\t{count}\t{SOURCE}\t{}", row.note());
        }
        out
    }
}
