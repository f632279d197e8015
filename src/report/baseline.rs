//! Findings that somebody has looked at and accepted.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::fingerprint::FINGERPRINT;
use super::report::Report;
use super::wire::{TOOL, VERSION};

/// The schema of a baseline.
pub const BASELINE: &str = "unspin-baseline";

/// A file that is no baseline, or none of this version.
#[derive(Debug, Error)]
pub enum BaselineError {
    /// Not JSON, or something is missing.
    #[error("not a baseline: {0}: write one with --write-baseline")]
    Malformed(#[from] serde_json::Error),
    /// Another schema, version or algorithm.
    #[error("{found}, but this version reads {wanted}: write it anew with --write-baseline")]
    Foreign {
        /// What the file says it is.
        found: String,
        /// What can be read.
        wanted: String,
    },
}

/// Accepted findings, known by their fingerprints: in whatever file, as long as the words around them stay.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Baseline {
    schema: String,
    version: u32,
    tool: String,
    algorithm: String,
    findings: Vec<Accepted>,
    #[serde(skip)]
    known: HashSet<String>,
}

/// An accepted finding; all but the fingerprint is for people.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Accepted {
    fingerprint: String,
    path: String,
    rule: String,
    message: String,
}

impl Default for Baseline {
    fn default() -> Self {
        Self {
            schema: BASELINE.to_owned(),
            version: VERSION,
            tool: TOOL.to_owned(),
            algorithm: FINGERPRINT.to_owned(),
            findings: Vec::new(),
            known: HashSet::new(),
        }
    }
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// If it is none, or one of another version or algorithm.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let mut read: Self = serde_json::from_str(text)?;
        let name = |it: &Self| format!("{} version {} with {}", it.schema, it.version, it.algorithm);
        let (found, wanted) = (name(&read), name(&Self::default()));
        if found != wanted {
            return Err(BaselineError::Foreign { found, wanted });
        }
        read.known = read.findings.iter().map(|finding| finding.fingerprint.clone()).collect();
        Ok(read)
    }

    /// Accepts all findings of a report.
    pub fn accept(&mut self, report: &Report) {
        for row in &report.rows {
            if self.known.insert(row.fingerprint.clone()) {
                self.findings.push(Accepted {
                    fingerprint: row.fingerprint.clone(),
                    path: report.path.clone(),
                    rule: row.rule.to_owned(),
                    message: row.message.clone(),
                });
            }
        }
    }

    /// The baseline as it is stored, with a last newline.
    ///
    /// # Errors
    ///
    /// If a value can't be written as JSON; texts always can.
    pub fn written(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

impl Report {
    /// The report without accepted findings, and how many there were.
    #[must_use]
    pub fn without(mut self, baseline: &Baseline) -> (Self, usize) {
        let before = self.rows.len();
        self.rows.retain(|row| !baseline.known.contains(&row.fingerprint));
        let accepted = before - self.rows.len();
        (self, accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong() {
        let message = |text: &str| Baseline::parse(text).unwrap_err().to_string();
        assert!(message("{}").starts_with("not a baseline: missing field `schema`"), "{}", message("{}"));
        let foreign = Baseline { algorithm: "other/v1".to_owned(), ..Baseline::default() };
        assert_eq!(
            message(&foreign.written().unwrap()),
            "unspin-baseline version 1 with other/v1, but this version reads unspin-baseline version 1 with unspinContext/v1: write \
             it anew with --write-baseline"
        );
    }
}
