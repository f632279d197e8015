//! Options that a file gives for all runs in a folder: what is typed counts more.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Args};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use toml::Table;

use super::args::{CheckArgs, EngineArgs, FixArgs, QuotesName, ReviewArgs};
use super::error::CliError;
use super::per_file::{PerFile, PerFileOptions};
use super::walk::WalkArgs;
use super::{Outcome, io};

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// Take options that are not typed from this file (otherwise from the nearest unspin.toml, .unspin.toml, Cargo.toml with
    /// [package.metadata.unspin] or pyproject.toml with [tool.unspin], upward from the working directory)
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Take no options from files
    #[arg(long)]
    pub isolated: bool,
    /// Print the options that files give, and do nothing else
    #[arg(long)]
    pub dump_config: bool,
}

/// Why a configuration can't be used.
#[derive(Debug, Error)]
pub(super) enum ConfigError {
    /// Not TOML, or a value of the wrong kind.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// A key that there is not.
    #[error("unknown key `{key}`: {hint}")]
    UnknownKey {
        /// The key.
        key: String,
        /// Which one may be meant, or which ones there are.
        hint: String,
    },
    /// A table that `--config` names is not there.
    #[error("there is no table [{0}] in it")]
    NoTable(String),
    /// A glob that can't be read.
    #[error("per-file: files: {0}")]
    Glob(#[from] ignore::Error),
    /// A number that is no probability.
    #[error("min-confidence = {0}: give a number from 0 to 1")]
    NoProbability(f64),
}

/// What a configuration says; `None` is what it does not.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Config {
    exclude: Option<Vec<String>>,
    no_ignore: Option<bool>,
    dict: Option<Vec<PathBuf>>,
    model: Option<PathBuf>,
    terms: Option<PathBuf>,
    min_confidence: Option<f64>,
    any_verdict: Option<bool>,
    quotes: Option<QuotesName>,
    /// For `check` alone.
    baseline: Option<PathBuf>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    per_file: Vec<PerFile>,
    /// The folder of the file, to which its paths and globs are relative.
    #[serde(skip)]
    folder: PathBuf,
    /// The file itself; none if nothing gives options.
    #[serde(skip)]
    file: Option<PathBuf>,
}

/// All keys.
const KEYS: [&str; 10] = [
    "exclude",
    "no-ignore",
    "dict",
    "model",
    "terms",
    "min-confidence",
    "any-verdict",
    "quotes",
    "baseline",
    "per-file",
];

/// Names of files that may hold a configuration, with the tables that lead to it; the first that does counts.
const FILES: [(&str, &[&str]); 4] = [
    ("unspin.toml", &[]),
    (".unspin.toml", &[]),
    ("Cargo.toml", &["package", "metadata", "unspin"]),
    ("pyproject.toml", &["tool", "unspin"]),
];

impl Config {
    /// The configuration that the options ask for.
    pub(super) fn find(args: &ConfigArgs) -> Result<Self, CliError> {
        if args.isolated {
            return Ok(Self::default());
        }
        if let Some(path) = &args.config {
            let name = path.file_name().unwrap_or_default();
            let tables = FILES.iter().find(|(file, _)| name == *file).map_or(&[][..], |(_, tables)| tables);
            let missing = || fail(path, ConfigError::NoTable(tables.join(".")));
            return Self::read(path, tables)?.ok_or_else(missing);
        }
        let here = std::env::current_dir().map_err(|e| CliError::io(".", e))?;
        for folder in here.ancestors() {
            for (name, tables) in FILES {
                let path = folder.join(name);
                if path.is_file()
                    && let Some(config) = Self::read(&path, tables)?
                {
                    return Ok(config);
                }
            }
        }
        Ok(Self::default())
    }

    /// The configuration of a file; `None` if the file has no such table.
    fn read(path: &Path, tables: &[&str]) -> Result<Option<Self>, CliError> {
        let text = io::read_text(path)?;
        // What other tools keep in their files is no business of ours, even if it is wrong.
        if !tables.is_empty() && !text.contains("unspin") {
            return Ok(None);
        }
        let parsed = Self::parse(&text, tables).map_err(|error| fail(path, error))?;
        let folder = fs::canonicalize(path).ok().and_then(|path| path.parent().map(Path::to_owned));
        Ok(parsed.map(|config| Self {
            folder: folder.unwrap_or_default(),
            file: Some(path.to_owned()),
            ..config
        }))
    }

    fn parse(text: &str, tables: &[&str]) -> Result<Option<Self>, ConfigError> {
        let mut table: Table = toml::from_str(text)?;
        for name in tables {
            match table.remove(*name) {
                Some(toml::Value::Table(inner)) => table = inner,
                _ => return Ok(None),
            }
        }
        if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(ConfigError::UnknownKey { key: key.clone(), hint: hint(key, &KEYS) });
        }
        for rule in table.get("per-file").and_then(toml::Value::as_array).into_iter().flatten() {
            let keys = rule.as_table().into_iter().flat_map(Table::keys);
            if let Some(key) = keys.into_iter().find(|key| !PerFile::KEYS.contains(&key.as_str())) {
                let hint = hint(key, &PerFile::KEYS);
                return Err(ConfigError::UnknownKey { key: format!("per-file.{key}"), hint });
            }
        }
        let config: Self = toml::Value::Table(table).try_into()?;
        for rule in &config.per_file {
            rule.globs(Path::new(""))?;
        }
        let rules = config.per_file.iter().filter_map(|rule| rule.min_confidence);
        match config.min_confidence.into_iter().chain(rules).find(|number| !(0.0..=1.0).contains(number)) {
            Some(number) => Err(ConfigError::NoProbability(number)),
            None => Ok(Some(config)),
        }
    }

    /// The configuration as it can be written into a file, its paths as they are found from anywhere.
    fn written(&self) -> String {
        let absolute = |path: &PathBuf| self.folder.join(path);
        let all = Self {
            dict: self.dict.as_ref().map(|paths| paths.iter().map(absolute).collect()),
            model: self.model.as_ref().map(absolute),
            terms: self.terms.as_ref().map(absolute),
            baseline: self.baseline.as_ref().map(absolute),
            ..self.clone()
        };
        // Texts, numbers and lists of them can always be written.
        toml::to_string(&all).unwrap_or_default()
    }

    /// Prints the configuration.
    pub(super) fn print(&self) -> Result<Outcome, CliError> {
        let mut out = std::io::stdout().lock();
        out.write_all(self.written().as_bytes())?;
        out.flush()?;
        Ok(Outcome::Clean)
    }

    /// The file that it comes from, if it comes from one.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Gives the options of `check` that were not typed.
    pub(super) fn complete_check(&self, args: &mut CheckArgs, typed: &ArgMatches) {
        self.complete(&mut args.engine, &mut args.walk, typed);
        args.per_file = PerFileOptions::new(&self.per_file, &self.folder, typed);
        set(&mut args.min_confidence, self.min_confidence, typed, "min_confidence");
        set(&mut args.any_verdict, self.any_verdict, typed, "any_verdict");
        set(&mut args.quotes, self.quotes, typed, "quotes");
        // A run that writes a baseline, or works on rows, does without one.
        if args.baseline.write_baseline.is_none() && !args.batch.jsonl {
            let baseline = self.baseline.as_ref().map(|path| Some(self.folder.join(path)));
            set(&mut args.baseline.baseline, baseline, typed, "baseline");
        }
    }

    /// Gives the options of `fix` that were not typed.
    pub(super) fn complete_fix(&self, args: &mut FixArgs, typed: &ArgMatches) {
        self.complete(&mut args.engine, &mut args.walk, typed);
        args.per_file = PerFileOptions::new(&self.per_file, &self.folder, typed);
        set(&mut args.policy.min_confidence, self.min_confidence, typed, "min_confidence");
        set(&mut args.policy.any_verdict, self.any_verdict, typed, "any_verdict");
        set(&mut args.policy.quotes, self.quotes, typed, "quotes");
    }

    /// Gives the options of `review` that were not typed.
    pub(super) fn complete_review(&self, args: &mut ReviewArgs, typed: &ArgMatches) {
        self.complete(&mut args.engine, &mut args.walk, typed);
        set(&mut args.min_confidence, self.min_confidence.map(Some), typed, "min_confidence");
    }

    fn complete(&self, engine: &mut EngineArgs, walk: &mut WalkArgs, typed: &ArgMatches) {
        let absolute = |path: &PathBuf| self.folder.join(path);
        let dict = self.dict.as_ref().map(|paths| paths.iter().map(absolute).collect());
        set(&mut engine.dict, dict, typed, "dict");
        set(&mut engine.model, self.model.as_ref().map(|path| Some(absolute(path))), typed, "model");
        set(&mut engine.terms, self.terms.as_ref().map(|path| Some(absolute(path))), typed, "terms");
        set(&mut walk.no_ignore, self.no_ignore, typed, "no_ignore");
        if self.exclude.is_some() && !is_typed(typed, "exclude") {
            walk.exclude = self.exclude.clone().unwrap_or_default();
            walk.folder = Some(self.folder.clone());
        }
    }
}

fn set<T>(option: &mut T, value: Option<T>, typed: &ArgMatches, name: &str) {
    if let Some(value) = value.filter(|_| !is_typed(typed, name)) {
        *option = value;
    }
}

fn is_typed(typed: &ArgMatches, name: &str) -> bool {
    typed.value_source(name) == Some(ValueSource::CommandLine)
}

fn fail(path: &Path, error: ConfigError) -> CliError {
    CliError::Config { file: path.display().to_string(), error }
}

/// Which key may be meant.
fn hint(key: &str, keys: &[&str]) -> String {
    let like = |known: &&str| strsim::damerau_levenshtein(&key.replace('_', "-"), known);
    match keys.iter().min_by_key(|known| like(known)) {
        Some(known) if like(known) <= 3 => format!("did you mean `{known}`?"),
        _ => format!("there are {}", keys.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        Config::parse(text, &[]).unwrap_err().to_string()
    }

    #[test]
    fn every_key_is_known() {
        let all = Config {
            exclude: Some(vec!["a".to_owned()]),
            no_ignore: Some(true),
            dict: Some(vec!["a".into()]),
            model: Some("a".into()),
            terms: Some("a".into()),
            min_confidence: Some(0.5),
            any_verdict: Some(true),
            quotes: Some(QuotesName::Keep),
            baseline: Some("a".into()),
            per_file: vec![PerFile::default()],
            folder: PathBuf::new(),
            file: None,
        };
        let written = all.written();
        let table: Table = toml::from_str(&written).unwrap();
        let (mut found, mut known): (Vec<&str>, _) = (table.keys().map(String::as_str).collect(), KEYS);
        found.sort_unstable();
        known.sort_unstable();
        assert_eq!(found, known);
        assert_eq!(Config::parse(&written, &[]).unwrap(), Some(all));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(message("qotes = 1"), "unknown key `qotes`: did you mean `quotes`?");
        assert_eq!(
            message("min_confidence = 1"),
            "unknown key `min_confidence`: did you mean `min-confidence`?"
        );
        assert_eq!(
            message("[[per-file]]\nfiles = []\nqotes = 1"),
            "unknown key `per-file.qotes`: did you mean `quotes`?"
        );
        assert!(message("[[per-file]]\nquotes = \"keep\"").contains("missing field `files`"));
        assert!(message("[[per-file]]\nfiles = [\"{a\"]").starts_with("per-file: files: "));
        assert!(message("colour = 1").starts_with("unknown key `colour`: there are exclude, "));
        assert_eq!(message("min-confidence = 2.0"), "min-confidence = 2: give a number from 0 to 1");
        assert!(
            message("quotes = \"never\"").contains("unknown variant `never`"),
            "{}",
            message("quotes = \"never\"")
        );
    }

    #[test]
    fn tables_of_other_files() {
        let text = "[package]\nname = \"x\"\n[package.metadata.unspin]\nquotes = \"ask\"\n";
        let found = Config::parse(text, &["package", "metadata", "unspin"]).unwrap().unwrap();
        assert_eq!(found.quotes, Some(QuotesName::Ask));
        assert_eq!(Config::parse(text, &["tool", "unspin"]).unwrap(), None);
    }
}
