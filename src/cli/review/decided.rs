//! `fix --decisions`: what was decided is applied, the rest as the policy says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::clean::Cleaned;
use crate::cli::error::CliError;
use crate::cli::{io, say};
use crate::pipeline::{Engine, Mended};
use crate::repair::Policy;
use crate::review::{Decision, Decisions, DecisionsError, Undecided, is_of_page};
use crate::text::Document;

/// What was decided.
#[derive(Debug, Args)]
pub(in crate::cli) struct DecidedArgs {
    /// Apply what `unspin review` kept: accepted fixes whatever their confidence and the verdict, rejected ones never, all others
    /// as the other options say
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "jsonl")]
    pub decisions: Vec<PathBuf>,
    /// Apply nothing but decisions
    #[arg(long, requires = "decisions")]
    pub decided_only: bool,
}

/// Decisions that are to be applied.
pub(in crate::cli) struct Decided {
    files: Vec<(PathBuf, Decisions)>,
    only: bool,
    /// Digests of the texts that were met, or of which an error told.
    met: BTreeSet<String>,
}

impl Decided {
    /// Reads the files that were named; `None` if none was.
    pub(in crate::cli) fn read(args: &DecidedArgs) -> Result<Option<Self>, CliError> {
        if args.decisions.is_empty() {
            return Ok(None);
        }
        let file = |path: &PathBuf| Ok((path.clone(), read(path)?.0));
        let files = args.decisions.iter().map(file).collect::<Result<_, CliError>>()?;
        Ok(Some(Self { files, only: args.decided_only, met: BTreeSet::new() }))
    }

    /// Repairs a text. If what was decided on a file of its name is about another version of it, that is an error: a repair
    /// without the decisions is not what was asked for.
    pub(in crate::cli) fn mend(
        &mut self,
        engine: &Engine,
        name: &str,
        document: &Document,
        cleaned: Option<Cleaned>,
        policy: &Policy,
    ) -> Result<Mended, CliError> {
        let digest = document.sha256();
        let mut decided: Vec<Decision> = Vec::new();
        for (path, decisions) in &self.files {
            for decision in decisions.of(&digest, document.text()).map_err(|error| fail(path, &error))? {
                // As within a file, what comes later counts.
                decided.retain(|earlier| !earlier.touches(decision.span));
                decided.push(decision);
            }
        }
        decided.sort_by_key(|decision| decision.span);
        let outdated = |decisions: &Decisions| decisions.outdated(name, &digest).len();
        if decided.is_empty() && self.files.iter().any(|(_, decisions)| outdated(decisions) > 0) {
            return Err(self.other_version(name, &digest));
        }
        for (path, decisions) in self.files.iter().filter(|(_, decisions)| outdated(decisions) > 0) {
            let (count, path) = (outdated(decisions), path.display());
            say(&format!(
                "{name}: {count} decisions in {path} are about another version of this text and don't apply"
            ));
        }
        self.met.insert(digest);
        if let Some(cleaned) = cleaned {
            let undecided = if self.only { Undecided::Left } else { Undecided::ByPolicy };
            return Ok(engine.mend_cleaned_decided(document, cleaned, policy, &decided, undecided));
        }
        let all = decided.len();
        decided.retain(|decision| !is_of_page(&decision.rule));
        if decided.len() < all {
            let cuts = all - decided.len();
            say(&format!(
                "{name}: {cuts} decisions on what `clean` cuts or repairs don't apply without --clean"
            ));
        }
        Ok(if self.only {
            engine.mend_only_decided(document, policy, &decided)
        } else {
            engine.mend_decided(document, policy, &decided)
        })
    }

    /// The error that names the decisions on another version of a text.
    fn other_version(&mut self, name: &str, digest: &str) -> CliError {
        let mut lines = Vec::new();
        let mut last = String::new();
        for (path, decisions) in &self.files {
            for decision in decisions.outdated(name, digest) {
                lines.push(format!("  bytes {}: {}", decision.span, told(decision)));
                last = path.display().to_string();
            }
            let others = decisions.documents().into_iter().filter(|(_, path, _)| same_name(path, name));
            self.met.extend(others.map(|(document, _, _)| document.to_owned()));
        }
        let count = lines.len();
        CliError::Usage(format!(
            "{name}: left as it is: {count} decisions in {last} are about another version of this text, and don't apply to the \
             one with SHA-256 {digest}: review it again, give the text as it was, or leave out --decisions\n{}",
            lines.join("\n")
        ))
    }

    /// Messages about decisions on texts that were not among the inputs.
    pub(in crate::cli) fn unused(&self) -> Vec<String> {
        let of_file = |(file, decisions): &(PathBuf, Decisions)| {
            let unmet =
                decisions.documents().into_iter().filter(|(document, _, _)| !self.met.contains(*document));
            let message = |(document, path, count): (&str, &str, usize)| {
                let file = file.display();
                format!(
                    "{file}: {count} decisions not used: no input is the text {path} with SHA-256 {document}"
                )
            };
            unmet.map(message).collect::<Vec<_>>()
        };
        self.files.iter().flat_map(of_file).collect()
    }
}

/// Whether two names are of the same file, as far as names tell.
fn same_name(a: &str, b: &str) -> bool {
    a.trim_start_matches("./") == b.trim_start_matches("./")
}

/// A decision in words.
fn told(decision: &Decision) -> String {
    match &decision.after {
        Some(after) => format!("{:?} becomes {after:?}", decision.before),
        None => format!("{:?} stays", decision.before),
    }
}

/// Reads a file of decisions; a last line that was cut off is dropped, and said so.
pub(super) fn read(path: &Path) -> Result<(Decisions, Vec<u8>), CliError> {
    let bytes = io::read(path)?;
    let decisions = Decisions::read(&bytes).map_err(|error| fail(path, &error))?;
    if decisions.torn > 0 {
        let torn = decisions.torn;
        say(&format!(
            "{}: the last line was cut off while it was written: its {torn} bytes are dropped",
            path.display()
        ));
    }
    Ok((decisions, bytes))
}

/// An error in a file of decisions.
pub(super) fn fail(path: &Path, error: &DecisionsError) -> CliError {
    CliError::Row { file: path.display().to_string(), line: error.line, error: error.to_string() }
}
