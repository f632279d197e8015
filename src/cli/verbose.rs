//! `--verbose`: what a run is made with, what it reads and what it leaves out.

use std::path::PathBuf;

use clap::Args;

use super::args::{EngineArgs, version_name};
use super::config::Config;
use super::say;
use super::trail::hexadecimal;
use super::walk::Walk;
use crate::clean::{CleanPolicy, Page};
use crate::dictionary::Layer;
use crate::pipeline::Engine;
use crate::repair::{Applicability, Policy};
use crate::text::Document;

/// How much is told.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct VerboseArgs {
    /// Say on standard error with which dictionaries and settings texts are judged, what is left out of directories and why, and what
    /// is read (not of rows, nor for --format html)
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
}

impl VerboseArgs {
    /// Says which file gives options.
    pub(super) fn config(self, config: &Config) {
        if self.verbose {
            let file = config.file().map_or_else(|| "none".to_owned(), |file| file.display().to_string());
            say(&format!("configuration: {file}"));
        }
    }

    /// Says what texts are judged with.
    pub(super) fn engine(self, args: &EngineArgs, engine: &Engine) {
        if !self.verbose {
            return;
        }
        let own = args.dict.iter().map(|path| path.display().to_string());
        let dictionaries: Vec<String> = ["built-in".to_owned()].into_iter().chain(own).collect();
        let or_builtin = |path: &Option<_>| {
            path.as_ref().map_or("built-in".to_owned(), |path: &PathBuf| path.display().to_string())
        };
        say(&format!("dictionaries: {}", dictionaries.join(", then ")));
        say(&format!("language model: {}", or_builtin(&args.model)));
        say(&format!("tortured phrases: {}", or_builtin(&args.terms)));
        let checksums = engine.dictionaries().map(Layer::checksum).chain([engine.model().checksum()]);
        let checksums: Vec<String> = checksums.map(hexadecimal).collect();
        say(&format!("checksums, the model's last: {}", checksums.join(" ")));
    }

    /// Says what is listed or applied, in the options that ask for it.
    pub(super) fn policy(self, policy: &Policy) {
        if self.verbose {
            say(&format!("settings: {}", options(policy)));
        }
    }

    /// Says what is cut, likewise.
    pub(super) fn cleaning(self, policy: &CleanPolicy) {
        if !self.verbose {
            return;
        }
        let version = version_name(policy.version);
        say(&format!("cleaning: --version {version} --cut-confidence {}", policy.min_confidence));
    }

    /// Says what is left out of directories, and why.
    pub(super) fn walk(self, walk: &Walk, paths: &[PathBuf]) {
        if self.verbose {
            for (path, why) in walk.left_out(paths) {
                say(&format!("{}: left out: {why}", path.display()));
            }
        }
    }

    /// Says that a text is read.
    pub(super) fn document(self, name: &str, document: &Document) {
        if self.verbose {
            say(&format!("{name}: read, {} bytes", document.text().len()));
        }
    }

    /// Says that a text or page is read, and by which settings, where they are its own.
    pub(super) fn read(self, name: &str, page: &Page, policy: &Policy, own: &Policy) {
        if !self.verbose {
            return;
        }
        self.page(name, page);
        if own != policy {
            say(&format!("{name}: settings of its own: {}", options(own)));
        }
    }

    /// Says that a page is read.
    pub(super) fn page(self, name: &str, page: &Page) {
        if !self.verbose {
            return;
        }
        let text = page.document.text().len();
        say(&match &page.extraction {
            None => format!("{name}: read, {text} bytes"),
            Some(from) => format!(
                "{name}: read, {} bytes of {} in {}, made a text of {text} bytes",
                from.bytes_source, from.format, from.charset
            ),
        });
    }
}

/// The options that ask for a policy.
fn options(policy: &Policy) -> String {
    let least = if policy.least_applicability == Applicability::Safe {
        "--safe".to_owned()
    } else {
        format!("--min-confidence {}", policy.min_confidence)
    };
    let any_verdict = if policy.any_verdict { " --any-verdict" } else { "" };
    format!("{least}{any_verdict} --quotes {}", policy.quotes.name())
}
