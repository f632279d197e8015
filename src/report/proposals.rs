//! The JSON contract of `dict learn`: schema `unspin-pairs`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::wire::{TOOL, VERSION, rounded};
use crate::pairs::{Proposal, Proposals, Status};

/// The schema of proposed rows.
pub const PAIRS: &str = "unspin-pairs";

/// Proposed rows as one object.
#[derive(Debug, Serialize)]
pub struct ProposalStream<'p> {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The program that wrote it.
    pub tool: &'static str,
    /// The rows, sorted by their phrases.
    pub rows: Vec<ProposalObject<'p>>,
    /// What was found, in numbers.
    pub summary: SummaryObject,
}

/// A proposed row.
#[derive(Debug, Serialize)]
pub struct ProposalObject<'p> {
    /// The phrase as the spinner writes it.
    pub spun: &'p str,
    /// The phrase that it replaced.
    pub canonical: &'p str,
    /// `known` or `new`.
    pub status: &'static str,
    /// The weight of the dictionary's row; null for a new one.
    pub known_weight: Option<u32>,
    /// Probability that it is a spinner's: a guide for reviewers, not calibrated.
    pub score: f64,
    /// Occurrences.
    pub count: usize,
    /// Pairs of texts with an occurrence.
    pub documents: usize,
    /// Some of the places.
    pub examples: Vec<ExampleObject<'p>>,
}

/// A place where a substitution was found.
#[derive(Debug, Serialize)]
pub struct ExampleObject<'p> {
    /// The pair of texts.
    pub document: &'p str,
    /// The phrase in the copy, with a few words around it.
    pub spun: &'p str,
    /// The phrase in the original.
    pub original: &'p str,
}

/// What was found, in numbers.
#[derive(Debug, Serialize)]
pub struct SummaryObject {
    /// Pairs of texts.
    pub documents: usize,
    /// Sentences of the copies that have a partner.
    pub sentences: usize,
    /// Sentences of the copies that have none.
    pub sentences_added: usize,
    /// Sentences of the originals that have none.
    pub sentences_missing: usize,
    /// Occurrences of known rows.
    pub known: usize,
    /// Occurrences of new rows.
    pub new: usize,
    /// Differences that were set aside, by reason.
    pub set_aside: BTreeMap<&'static str, usize>,
    /// Substitutions that the dictionary knows the other way round.
    pub reversed: usize,
}

impl<'p> ProposalStream<'p> {
    /// The object of all rows.
    pub fn new(proposals: &'p Proposals) -> Self {
        let summary = &proposals.summary;
        Self {
            schema: PAIRS,
            version: VERSION,
            tool: TOOL,
            rows: proposals.rows.iter().map(ProposalObject::new).collect(),
            summary: SummaryObject {
                documents: summary.documents,
                sentences: summary.sentences,
                sentences_added: summary.added,
                sentences_missing: summary.missing,
                known: summary.known,
                new: summary.new,
                set_aside: summary.set_aside.iter().map(|(reason, &count)| (reason.name(), count)).collect(),
                reversed: summary.reversed,
            },
        }
    }
}

impl<'p> ProposalObject<'p> {
    fn new(row: &'p Proposal) -> Self {
        let example = |e: &'p crate::pairs::Example| ExampleObject {
            document: &e.document,
            spun: &e.spun,
            original: &e.original,
        };
        let (status, known_weight) = match row.status {
            Status::Known(weight) => ("known", Some(weight)),
            Status::New => ("new", None),
        };
        Self {
            spun: &row.spun,
            canonical: &row.canonical,
            status,
            known_weight,
            score: rounded(row.score),
            count: row.count,
            documents: row.documents,
            examples: row.examples.iter().map(example).collect(),
        }
    }
}
