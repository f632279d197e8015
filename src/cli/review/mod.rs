//! `unspin review`: a person looks at each fix and decides. `fix --decisions` applies what was decided.

mod decided;
mod draw;
mod keeper;
mod screen;
#[cfg(test)]
mod screens;
mod wrap;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

pub(super) use decided::{Decided, DecidedArgs};
use keeper::Keeper;

use super::args::ReviewArgs;
use super::config::Config;
use super::error::CliError;
use super::input::Input;
use super::walk::Walk;
use super::{Outcome, complain, engine, io, say};
use crate::pipeline::Engine;
use crate::repair::{Applicability, Policy};
use crate::report::wire_review::DecisionRow;
use crate::review::{Author, Decision, Item, Saved, Session, items};
use crate::text::Document;

/// A text that is reviewed.
struct Text {
    name: String,
    digest: String,
    /// Number of the keeper of its decisions.
    keeper: usize,
    earlier: Vec<Decision>,
}

/// Runs with the options that were typed (`matches` are those of the program) and those of a configuration.
pub(super) fn configured(mut args: ReviewArgs, matches: &ArgMatches) -> Result<Outcome, CliError> {
    let config = Config::find(&args.config)?;
    if args.config.dump_config {
        return config.print();
    }
    args.told.config(&config);
    if let Some((_, typed)) = matches.subcommand() {
        config.complete_review(&mut args, typed);
    }
    run(&args)
}

fn run(args: &ReviewArgs) -> Result<Outcome, CliError> {
    if args.paths.iter().any(|path| path.as_os_str() == Input::STDIN) {
        let message = "review keeps decisions on files, and standard input is none: name a file";
        return Err(CliError::Usage(message.to_owned()));
    }
    let has_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if !args.accept_all && !has_terminal {
        let message = "review shows fixes and takes keys at a terminal, and there is none: accept them with \
                       `unspin review --accept-all --min-confidence P`, apply decisions that were made with \
                       `unspin fix --decisions FILE`, or repair by confidence alone with `unspin fix --min-confidence P`";
        return Err(CliError::Usage(message.to_owned()));
    }
    engine::with(&args.engine, |engine| {
        args.told.engine(&args.engine, engine);
        Review::new(args, engine)?.run()
    })
}

/// A run of the command.
struct Review<'a> {
    args: &'a ReviewArgs,
    texts: Vec<Text>,
    keepers: Vec<Keeper>,
    items: Vec<Item>,
    failed: bool,
}

impl<'a> Review<'a> {
    /// Reads and scans all texts.
    fn new(args: &'a ReviewArgs, engine: &Engine) -> Result<Self, CliError> {
        let mut out = Self { args, texts: Vec::new(), keepers: Vec::new(), items: Vec::new(), failed: false };
        if let Some(path) = &args.decisions {
            out.keepers.push(Keeper::open(path)?);
        }
        for input in Walk::of(&args.walk)?.expand(&args.paths) {
            let done = input.map_err(|(_, error)| error).and_then(|input| match input.read()? {
                Some(document) => out.add(engine, &input, &document),
                None => Ok(()),
            });
            if let Err(error) = done {
                out.failed = true;
                complain(&error);
            }
        }
        Ok(out)
    }

    /// Queues the fixes of a text.
    fn add(&mut self, engine: &Engine, input: &Input, document: &Document) -> Result<(), CliError> {
        let (name, digest) = (input.name(), document.sha256());
        if self.args.decisions.is_none() {
            self.keepers.push(Keeper::open(&beside(Path::new(&name)))?);
        }
        let keeper = self.keepers.len() - 1;
        let Keeper { decisions, path, .. } = &self.keepers[keeper];
        let earlier = decisions.of(&digest, document.text()).map_err(|error| decided::fail(path, &error))?;
        let outdated = decisions.outdated(&name, &digest).len();
        if outdated > 0 {
            let path = path.display();
            say(&format!(
                "{name}: {outdated} decisions in {path} are about another version of this text and don't apply"
            ));
        }
        let least = if self.args.accept_all { Applicability::UNSAFE } else { 0.0 };
        let policy = Policy {
            min_confidence: self.args.min_confidence.unwrap_or(least),
            any_verdict: true,
            ..Policy::default()
        };
        let scan = engine.scan(document);
        let planned = engine.plan(document, &scan, &policy);
        let grounds = engine.explain(document, &scan);
        self.items.extend(items(self.texts.len(), &name, document, &scan, &planned, &grounds, &policy));
        self.texts.push(Text { name, digest, keeper, earlier });
        Ok(())
    }

    fn run(mut self) -> Result<Outcome, CliError> {
        let earlier: Vec<Vec<Decision>> = self.texts.iter().map(|text| text.earlier.clone()).collect();
        let author = if self.args.accept_all { Author::Policy } else { Author::Reviewer(self.reviewer()) };
        let items = std::mem::take(&mut self.items);
        let mut session = Session::new(items, |document| earlier[document].clone(), author);
        let done = if self.args.accept_all {
            self.keep(&session.accept_rest())
        } else {
            let colour = io::is_coloured(self.args.color, &std::io::stdout());
            screen::run(&mut session, colour, |saved| self.keep(saved))
        };
        // What was kept is told of even if the screen failed.
        if !self.args.quiet {
            self.summary(&session);
        }
        done?;
        Ok(Outcome::of(self.failed, false))
    }

    /// Who decides, as far as that is known.
    fn reviewer(&self) -> Option<String> {
        let system = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        self.args.name.clone().or_else(system).filter(|name| !name.is_empty())
    }

    /// Writes decisions down, each as soon as it is made.
    fn keep(&mut self, saved: &[Saved]) -> Result<(), CliError> {
        for (number, keeper) in self.keepers.iter_mut().enumerate() {
            let of_keeper = saved.iter().filter(|saved| self.texts[saved.document].keeper == number);
            let row = |saved: &Saved| {
                let Text { name, digest, .. } = &self.texts[saved.document];
                DecisionRow::new(digest, name, &saved.decision, saved.is_undone)
            };
            keeper.keep(&of_keeper.map(row).collect::<Vec<_>>())?;
        }
        Ok(())
    }

    fn summary(&self, session: &Session) {
        let (applied, rejected, open) = session.counts();
        say(&format!("{applied} accepted, {rejected} rejected, {open} open"));
        let files: Vec<String> =
            self.keepers.iter().filter(|k| k.holds_any()).map(|k| quoted(&k.path)).collect();
        if !files.is_empty() {
            let texts: Vec<String> = self.args.paths.iter().map(|path| quoted(path)).collect();
            say(&format!(
                "apply: unspin fix -w --decisions {} {}",
                files.join(" --decisions "),
                texts.join(" ")
            ));
        }
    }
}

/// Where the decisions on a file are kept.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".decisions.jsonl");
    PathBuf::from(name)
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+=:,@".contains(c);
    if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
