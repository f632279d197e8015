//! Options that a configuration gives for some files only.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use ignore::overrides::{Override, OverrideBuilder};
use serde::{Deserialize, Serialize};

use super::args::QuotesName;
use super::input::Input;
use crate::repair::Policy;

/// Options for the files that some globs match.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PerFile {
    /// As in `.gitignore`, relative to the folder of the configuration.
    files: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    any_verdict: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotes: Option<QuotesName>,
}

impl PerFile {
    /// All keys.
    pub(super) const KEYS: [&str; 4] = ["files", "min-confidence", "any-verdict", "quotes"];

    /// Its globs, relative to a folder.
    pub(super) fn globs(&self, folder: &Path) -> Result<Override, ignore::Error> {
        let mut globs = OverrideBuilder::new(folder);
        for glob in &self.files {
            globs.add(glob)?;
        }
        globs.build()
    }
}

/// The options for some files of a run.
#[derive(Debug, Default, Clone)]
pub(super) struct PerFileOptions {
    rules: Vec<(Override, PerFile)>,
}

impl PerFileOptions {
    /// Those of a configuration that were not typed. Globs that are wrong were refused when the configuration was read.
    pub(super) fn new(rules: &[PerFile], folder: &Path, typed: &ArgMatches) -> Self {
        let is_typed = |name| typed.value_source(name) == Some(ValueSource::CommandLine);
        let rule = |rule: &PerFile| {
            let mut left = rule.clone();
            left.min_confidence = left.min_confidence.filter(|_| !is_typed("min_confidence"));
            left.any_verdict = left.any_verdict.filter(|_| !is_typed("any_verdict"));
            left.quotes = left.quotes.filter(|_| !is_typed("quotes"));
            Some((rule.globs(folder).ok()?, left))
        };
        Self { rules: rules.iter().filter_map(rule).collect() }
    }

    /// The policy for an input: of rules that say different things, the last counts.
    pub(super) fn policy(&self, policy: &Policy, input: &Input) -> Policy {
        let mut policy = *policy;
        let (Input::File(path) | Input::Guess(path)) = input else { return policy };
        let path = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
        for (globs, rule) in &self.rules {
            if globs.matched(&path, false).is_whitelist() {
                policy.min_confidence = rule.min_confidence.unwrap_or(policy.min_confidence);
                policy.any_verdict = rule.any_verdict.unwrap_or(policy.any_verdict);
                policy.quotes = rule.quotes.map_or(policy.quotes, Into::into);
            }
        }
        policy
    }
}
