//! `unspin clean`: scraped pages, cut to the article.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::args::{CleanArgs, CleanFormat, PageArgs};
use super::error::CliError;
use super::input::{self, Input};
use super::progress::{Printing, Progress};
use super::trail::Trail;
use super::walk::Walk;
use super::{Outcome, batch, complain, io};
use crate::clean::{CleanPolicy, Cleaned, Cleaner, Page, PageKind, VersionChoice};
use crate::report::{Cleaning, Failure, render};

/// Why the files of HTML pages aren't replaced.
pub(super) const WRITES_NO_PAGES: &str = "--write would replace a page by a text without its markup: print the text, or write it elsewhere with `clean --output`";

impl PageArgs {
    /// Reads a page, whatever it is.
    pub(super) fn read(&self, input: &Input) -> Result<Option<Page>, CliError> {
        let Some(bytes) = input.read_bytes()? else { return Ok(None) };
        let page = Page::read(&bytes, self.page_format.into());
        page.map(Some).map_err(|error| CliError::Page { file: input.name(), error: error.into() })
    }
}

pub(super) fn run(args: &CleanArgs) -> Result<Outcome, CliError> {
    let cleaner = Cleaner::builtin()?;
    if args.split && !args.batch.jsonl && args.output.is_none() {
        let message = "--split writes two texts: name a folder for them with --output, or use --jsonl";
        return Err(CliError::Usage(message.to_owned()));
    }
    args.told.cleaning(&args.page.policy());
    if args.batch.jsonl {
        return batch::clean(&cleaner, args);
    }
    let paths = &args.input.paths;
    if args.write {
        input::files_alone(paths)?;
    }
    let prints_text =
        !args.write && args.diff.diff.is_none() && args.output.is_none() && args.format == CleanFormat::Text;
    if prints_text {
        let instead = "replace the files (--write), write others (--output), show the changes (--diff), or read and \
                       write rows (--jsonl)";
        input::one_text(paths, instead)?;
    }
    Run::new(args, cleaner)?.all()
}

/// A run over pages.
struct Run<'a> {
    args: &'a CleanArgs,
    cleaner: Cleaner<'static>,
    policy: CleanPolicy,
    trail: Trail,
    out: BufWriter<std::io::StdoutLock<'static>>,
    style: render::Style,
    progress: Progress,
    /// Kept until the end for the format that is one object.
    pages: Vec<(Cleaning, String)>,
    failures: Vec<Failure>,
    has_nothing: bool,
    failed: bool,
}

impl<'a> Run<'a> {
    fn new(args: &'a CleanArgs, cleaner: Cleaner<'static>) -> Result<Self, CliError> {
        let policy = args.page.policy();
        let trail = Trail::begin_cleaning(args.audit.as_deref(), &cleaner, &policy)?;
        if let Some(folder) = &args.output {
            fs::create_dir_all(folder).map_err(|e| CliError::io(folder, e))?;
        }
        let colour = io::is_coloured(args.diff.color, &std::io::stderr());
        let out = BufWriter::new(std::io::stdout().lock());
        let style = render::Style { colour };
        let (pages, failures) = (Vec::new(), Vec::new());
        Ok(Self {
            args,
            cleaner,
            policy,
            trail,
            out,
            style,
            progress: Progress::none(),
            pages,
            failures,
            has_nothing: false,
            failed: false,
        })
    }

    /// Whether texts, or what is told of them, go to standard output.
    fn prints(&self) -> bool {
        self.args.diff.diff.is_some() || !(self.args.write || self.args.output.is_some())
    }

    fn all(mut self) -> Result<Outcome, CliError> {
        if self.args.format == CleanFormat::Jsonl {
            self.out.write_all(render::cleaning_jsonl_meta()?.as_bytes())?;
        }
        let walk = Walk::of(&self.args.walk)?.with_pages(true);
        self.args.told.walk(&walk, &self.args.input.paths);
        let inputs = walk.expand(&self.args.input.paths);
        let printing = if self.prints() { Printing::Results } else { Printing::Nothing };
        self.progress = Progress::of_documents(inputs.len(), printing, self.args.quiet);
        for input in inputs {
            let name = match &input {
                Ok(input) => input.name(),
                Err((path, _)) => path.display().to_string(),
            };
            let done = input.map_err(|(_, error)| error).and_then(|input| self.page(&input));
            match done {
                Ok(()) => {}
                Err(CliError::BrokenPipe) => {
                    self.trail.finish()?;
                    return Err(CliError::BrokenPipe);
                }
                Err(error @ (CliError::Output(_) | CliError::Trail { .. })) => return Err(error),
                Err(error) => self.fail(name, &error)?,
            }
            self.progress.step();
        }
        self.progress.finish();
        if self.args.format == CleanFormat::Json {
            self.out.write_all(render::cleaning_json(&self.pages, &self.failures)?.as_bytes())?;
        }
        self.out.flush()?;
        self.trail.finish()?;
        Ok(Outcome::of(self.failed, self.has_nothing))
    }

    fn fail(&mut self, name: String, error: &CliError) -> Result<(), CliError> {
        // A page without an article is no failure of the run: there is nothing to be had from it.
        if error.is_no_article() {
            self.has_nothing = true;
        } else {
            self.failed = true;
        }
        self.out.flush()?;
        self.progress.aside(|| complain(error));
        match self.args.format {
            CleanFormat::Json => self.failures.push(Failure { path: name, error: error.to_string() }),
            CleanFormat::Jsonl => {
                self.out.write_all(
                    render::jsonl_failure(&Failure { path: name, error: error.to_string() })?.as_bytes(),
                )?;
            }
            CleanFormat::Text | CleanFormat::Full => {}
        }
        Ok(())
    }

    fn page(&mut self, input: &Input) -> Result<(), CliError> {
        let Some(page) = self.args.page.read(input)? else { return Ok(()) };
        let name = input.name();
        self.progress.aside(|| self.args.told.page(&name, &page));
        if self.args.write && page.extraction.is_some() {
            return Err(CliError::Usage(format!("{name}: {WRITES_NO_PAGES}")));
        }
        let text = page.document.text();
        let cleaned = self.cleaner.clean_read(&page, &self.policy);
        let cleaning = Cleaning::new(&name, text, &cleaned, page.extraction.as_ref());
        self.put(input, &page, &cleaned, &cleaning)?;
        self.has_nothing |= cleaned.kind == PageKind::Nothing;
        if !self.args.quiet && self.args.format != CleanFormat::Full {
            self.progress.say(&render::cleaning_summary(&cleaning, self.style));
        }
        if self.args.format == CleanFormat::Json {
            self.pages.push((cleaning, cleaned.text));
        }
        Ok(())
    }

    /// Puts a cleaned text where it belongs, and on record before that.
    fn put(
        &mut self,
        input: &Input,
        page: &Page,
        cleaned: &Cleaned,
        cleaning: &Cleaning,
    ) -> Result<(), CliError> {
        let (name, before) = (input.name(), page.document.text());
        let mut staged = Vec::new();
        if let Some(folder) = &self.args.output {
            staged.push(io::Staged::new(&beside(folder, input, ""), cleaned.text.as_bytes())?);
            if let Some(second) = cleaned.second.as_ref().filter(|_| self.args.split) {
                let second = self.cleaner.clean(second, &self.policy);
                staged.push(io::Staged::new(&beside(folder, input, ".2"), second.text.as_bytes())?);
            }
        } else if let (true, Input::File(path) | Input::Guess(path)) = (self.args.write, input)
            && cleaned.text != before
        {
            staged.push(io::Staged::new(path, cleaned.text.as_bytes())?);
        }
        self.trail.cleaned(&name, page, cleaned)?;
        let printed = if let Some((kind, options)) = self.args.diff.options() {
            let (old, new) = self.sides(before, cleaned);
            kind.write(&name, &old, &new, options)
        } else if !self.prints() {
            String::new()
        } else {
            match self.args.format {
                CleanFormat::Text => cleaned.text.clone(),
                CleanFormat::Full => render::cleaning_full(cleaning, self.style),
                CleanFormat::Jsonl => render::cleaning_jsonl(cleaning, &cleaned.text)?,
                CleanFormat::Json => String::new(),
            }
        };
        self.out.write_all(printed.as_bytes())?;
        self.out.flush()?;
        staged.into_iter().try_for_each(io::Staged::commit)
    }

    /// What a diff compares: the page and its article, or, on a page of two versions, these.
    fn sides(&self, before: &str, cleaned: &Cleaned) -> (String, String) {
        if cleaned.kind != PageKind::Versions {
            return (before.to_owned(), cleaned.text.clone());
        }
        let of = |version| self.cleaner.clean(before, &CleanPolicy { version, ..self.policy }).text;
        (of(VersionChoice::Old), of(VersionChoice::New))
    }
}

/// The file of a folder for the article of a page.
fn beside(folder: &Path, input: &Input, which: &str) -> PathBuf {
    let stem = match input {
        Input::Stdin => "stdin".into(),
        Input::File(path) | Input::Guess(path) => path.file_stem().unwrap_or_default().to_owned(),
    };
    folder.join(format!("{}{which}.txt", stem.to_string_lossy()))
}
