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
use super::clean::WRITES_NO_PAGES;
use super::config::Config;
use super::error::CliError;
use super::input::Input;
use super::trail::Trail;
use super::walk::Walk;
use super::{Outcome, complain, engine, io, say};
use crate::clean::{Cleaned, Cleaner, Page};
use crate::pipeline::Engine;
use crate::repair::{Applicability, Policy};
use crate::report::wire_review::DecisionRow;
use crate::report::{Cleaning, PagePlaces};
use crate::review::{Author, Decision, Decisions, Item, Saved, Session, Undecided, items, page_items};
use crate::text::Document;

/// A text that is reviewed.
struct Text {
    name: String,
    path: PathBuf,
    page: Page,
    /// The page as it is cut by the options, if it is.
    cut: Option<Cleaned>,
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
        if args.clean {
            args.told.cleaning(&args.page.policy());
        }
        Review::new(args, engine)?.run()
    })
}

/// A run of the command.
struct Review<'a> {
    args: &'a ReviewArgs,
    engine: &'a Engine,
    /// If pages are to be cleaned.
    cleaner: Option<Cleaner<'static>>,
    trail: Trail,
    texts: Vec<Text>,
    keepers: Vec<Keeper>,
    items: Vec<Item>,
    failed: bool,
}

impl<'a> Review<'a> {
    /// Reads and scans all texts.
    fn new(args: &'a ReviewArgs, engine: &'a Engine) -> Result<Self, CliError> {
        let cleaner = args.clean.then(Cleaner::builtin).transpose()?;
        let trail = Trail::begin(args.audit.as_deref(), engine, cleaner.as_ref(), &policy(args))?;
        let (texts, keepers, items) = (Vec::new(), Vec::new(), Vec::new());
        let mut out = Self { args, engine, cleaner, trail, texts, keepers, items, failed: false };
        if let Some(path) = &args.decisions {
            out.keepers.push(Keeper::open(path)?);
        }
        let walk = Walk::of(&args.walk)?.with_pages(args.clean);
        args.told.walk(&walk, &args.paths);
        for input in walk.expand(&args.paths) {
            let done = input.map_err(|(_, error)| error).and_then(|input| {
                let page = if args.clean { args.page.read(&input)? } else { input.read()?.map(Page::from) };
                page.map_or(Ok(()), |page| out.add(&input, page))
            });
            if let Err(error) = done {
                out.failed = true;
                complain(&error);
            }
        }
        Ok(out)
    }

    /// Queues the fixes of a text.
    fn add(&mut self, input: &Input, page: Page) -> Result<(), CliError> {
        let (Input::File(path) | Input::Guess(path)) = input else { return Ok(()) };
        let (name, digest) = (input.name(), page.document.sha256());
        self.args.told.page(&name, &page);
        if self.args.write && page.extraction.is_some() {
            return Err(CliError::Usage(format!("{name}: {WRITES_NO_PAGES}")));
        }
        if self.args.decisions.is_none() {
            self.keepers.push(Keeper::open(&beside(Path::new(&name)))?);
        }
        let keeper = self.keepers.len() - 1;
        let Keeper { decisions, path: file, .. } = &self.keepers[keeper];
        let text = page.document.text();
        let earlier = decisions.of(&digest, text).map_err(|error| decided::fail(file, &error))?;
        let outdated = decisions.outdated(&name, &digest).len();
        if outdated > 0 {
            let file = file.display();
            say(&format!(
                "{name}: {outdated} decisions in {file} are about another version of this text and don't apply"
            ));
        }
        let cut = self.cleaner.map(|cleaner| cleaner.clean_read(&page, &self.args.page.policy()));
        let items = self.items_of(&name, &page, cut.as_ref());
        self.items.extend(items);
        self.texts.push(Text { name, path: path.clone(), page, cut, digest, keeper, earlier });
        Ok(())
    }

    /// What there is to decide on.
    fn items_of(&self, name: &str, page: &Page, cut: Option<&Cleaned>) -> Vec<Item> {
        let (number, policy) = (self.texts.len(), policy(self.args));
        let article = cut.map(|cut| Document::new(cut.text.as_str()));
        let document = article.as_ref().unwrap_or(&page.document);
        let scan = self.engine.scan(document);
        let planned = self.engine.plan(document, &scan, &policy);
        let grounds = self.engine.explain(document, &scan);
        let fixes = items(number, name, document, &scan, &planned, &grounds, &policy);
        let Some(cut) = cut else { return fixes };
        let text = page.document.text();
        let cleaning = Cleaning::new(name, text, cut, page.extraction.as_ref());
        // What nobody looks at is cut as `clean` cuts it.
        let least = if self.args.accept_all {
            self.args.page.policy().min_confidence
        } else {
            self.args.min_confidence.unwrap_or(0.0)
        };
        page_items(number, text, &cleaning, &PagePlaces::new(text, cut), fixes, least)
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
        if self.args.write {
            if session.is_broken_off() {
                say("nothing is written: the review was broken off; run it again, and end it with q");
            } else {
                self.write()?;
            }
        }
        self.trail.finish()?;
        Ok(Outcome::of(self.failed, false))
    }

    /// Replaces the files by what was decided, by what is on disk of it.
    fn write(&mut self) -> Result<(), CliError> {
        for Text { name, path, page, cut, digest, keeper, .. } in std::mem::take(&mut self.texts) {
            let file = &self.keepers[keeper].path;
            let decided =
                if self.keepers[keeper].holds_any() { decided::read(file)?.0 } else { Decisions::default() };
            let (document, policy) = (&page.document, policy(self.args));
            let decided =
                decided.of(&digest, document.text()).map_err(|error| decided::fail(file, &error))?;
            let mended = match cut {
                None => self.engine.mend_only_decided(document, &policy, &decided),
                Some(cut) => {
                    self.engine.mend_cleaned_decided(document, cut, &policy, &decided, Undecided::Left)
                }
            };
            let changes = mended.text != document.text();
            let staged = changes.then(|| io::Staged::new(&path, mended.text.as_bytes())).transpose();
            match staged {
                Ok(staged) => {
                    self.trail.document(&name, &page, &mended)?;
                    staged.map_or(Ok(()), io::Staged::commit)?;
                    if changes && !self.args.quiet {
                        say(&format!("{name}: written"));
                    }
                }
                Err(error) => {
                    self.failed = true;
                    complain(&error);
                }
            }
        }
        Ok(())
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
        if !files.is_empty() && !self.args.write {
            let texts: Vec<String> = self.args.paths.iter().map(|path| quoted(path)).collect();
            // HTML pages aren't replaced by their articles.
            let is_page = self.texts.iter().any(|text| text.page.extraction.is_some());
            say(&format!(
                "apply: unspin fix{}{} --decisions {} {}",
                if is_page { "" } else { " -w" },
                if self.args.clean { self.args.page.typed() } else { String::new() },
                files.join(" --decisions "),
                texts.join(" ")
            ));
        }
    }
}

/// Which fixes are looked at.
fn policy(args: &ReviewArgs) -> Policy {
    let least = if args.accept_all { Applicability::UNSAFE } else { 0.0 };
    let min_confidence = args.min_confidence.unwrap_or(least);
    Policy { min_confidence, any_verdict: true, ..Policy::default() }
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
