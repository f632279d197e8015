//! Reading a document with the dictionary of one family of spinners.

use super::candidate::{Candidates, candidates};
use super::decode::{Decoded, Grounds, decode, grounds};
use super::finding::{Alternative, Finding, LEAST_POSTERIOR, findings};
use super::judge::{Judge, document_features};
use super::oddness::is_odd;
use super::parameters::Parameters;
use super::reading::Reading;
use super::reranker::Reranker;
use super::section::{Overall, Said, document_log_odds, sections};
use super::verdict::{Family, Verdict, lattice_log_odds, verdict};
use crate::dictionary::Dictionary;
use crate::language::LanguageModel;
use crate::text::{Region, Tokens};

/// Alternatives of a finding that are explained.
const MOST_EXPLAINED: usize = 4;

/// A dictionary of one family of spinners, and how its readings are weighed.
#[derive(Debug)]
pub struct Reader {
    dictionary: Dictionary,
    family: Family,
    reranker: Reranker,
    judge: Option<&'static Judge>,
    parameters: Parameters,
}

impl Reader {
    /// Reads what blog spinners write.
    pub fn new(dictionary: Dictionary) -> Self {
        let (reranker, parameters) = (Reranker::builtin().clone(), Parameters::default());
        Self { dictionary, family: Family::Blog, reranker, judge: Some(Judge::builtin()), parameters }
    }

    /// Reads what thesaurus spinners write.
    pub fn of_thesaurus(dictionary: Dictionary) -> Self {
        let (reranker, parameters) = (Reranker::thesaurus(), Parameters::thesaurus());
        Self { dictionary, family: Family::Thesaurus, reranker, judge: None, parameters }
    }

    /// The dictionary.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// How its readings are weighed.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Whether a text is worth a reading with this dictionary.
    pub fn finds_odd(&self, tokens: &Tokens, model: &LanguageModel) -> bool {
        let p = &self.parameters;
        is_odd(tokens, &self.dictionary, model, p.language, p.odd_from)
    }

    /// Judges a document and finds what may be spun. A long one is read in sections: those that make it spun stand together for that, the others
    /// are judged by themselves.
    pub fn read(
        &self,
        text: &str,
        tokens: &Tokens,
        regions: &[Region],
        model: &LanguageModel,
    ) -> (Verdict, Vec<Finding<'_>>) {
        let parts: Vec<_> = sections(tokens).into_iter().map(|section| tokens.part(section)).collect();
        let read: Vec<(Candidates<'_>, Decoded)> = parts
            .iter()
            .map(|tokens| {
                let candidates = self.candidates(text, tokens, regions, model);
                let decoded = decode(tokens, &candidates, model, &self.parameters);
                (candidates, decoded)
            })
            .collect();
        let readings = parts.iter().zip(&read).map(|(tokens, (candidates, decoded))| Reading {
            text,
            tokens,
            candidates,
            decoded,
            model,
        });
        let mut overall = Overall::default();
        let mut said = Vec::with_capacity(parts.len());
        for reading in readings.clone() {
            overall.add(reading.decoded);
            said.push(Said { words: reading.tokens.words(), log_odds: self.log_odds(reading) });
        }
        let (log_odds, spun_part) = document_log_odds(&said);
        let mut found = Vec::new();
        for (number, reading) in readings.enumerate() {
            let spun = if spun_part.contains(&number) { log_odds } else { said[number].log_odds };
            found.extend(findings(reading, spun, &self.reranker, LEAST_POSTERIOR));
        }
        let words = said.iter().map(|section| section.words).sum();
        (verdict(overall, words, self.family, log_odds, &self.parameters), found)
    }

    /// What the dictionary knows about a section.
    fn candidates(
        &self,
        text: &str,
        tokens: &Tokens,
        regions: &[Region],
        model: &LanguageModel,
    ) -> Candidates<'_> {
        let all = tokens.as_slice();
        let (start, end) =
            (all.first().map_or(0, |t| t.span.start()), all.last().map_or(0, |t| t.span.end()));
        let before_end = &regions[..regions.partition_point(|region| region.span.start() < end)];
        let inside: Vec<Region> = before_end.iter().filter(|r| r.span.end() > start).copied().collect();
        candidates(text, tokens, &inside, &self.dictionary, model)
    }

    /// Log-odds that a section is spun.
    fn log_odds(&self, reading: Reading<'_, '_>) -> f64 {
        match &self.judge {
            Some(judge) => judge.log_odds(&document_features(reading)),
            None => lattice_log_odds(reading.decoded, &self.parameters),
        }
    }

    /// What speaks for the alternatives of some findings that this reader made: for each finding a list, with an item for each alternative
    /// that the lattice found. Reads the document again.
    pub fn explain(
        &self,
        text: &str,
        tokens: &Tokens,
        regions: &[Region],
        model: &LanguageModel,
        findings: &[Finding<'_>],
    ) -> Vec<Vec<Option<Grounds>>> {
        let mut out = Vec::with_capacity(findings.len());
        for section in sections(tokens) {
            let tokens = tokens.part(section);
            let Some(last) = tokens.as_slice().last() else { continue };
            let rest = &findings[out.len()..];
            let findings = &rest[..rest.partition_point(|finding| finding.span.start() < last.span.end())];
            if findings.is_empty() {
                continue;
            }
            let shown = |finding: &&Finding<'_>| finding.alternatives.len().min(MOST_EXPLAINED);
            let alternatives = findings.iter().flat_map(|finding| &finding.alternatives[..shown(&finding)]);
            let numbers: Vec<usize> = alternatives.filter_map(Alternative::candidate).collect();
            let candidates = self.candidates(text, &tokens, regions, model);
            let mut grounds = grounds(&tokens, &candidates, model, &self.parameters, &numbers).into_iter();
            let mut of = |alternative: &Alternative<'_>| alternative.candidate().and_then(|_| grounds.next());
            out.extend(findings.iter().map(|finding| {
                finding.alternatives[..shown(&finding)].iter().map(&mut of).collect::<Vec<_>>()
            }));
        }
        out
    }
}
