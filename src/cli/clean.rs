//! `unspin clean`: scraped pages, cut to the article.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::args::{InputArgs, probability};
use super::batch::BatchArgs;
use super::diff_args::DiffArgs;
use super::error::CliError;
use super::input::{self, Input};
use super::trail::Trail;
use super::walk::{Walk, WalkArgs};
use super::{Outcome, batch, complain, io, say};
use crate::clean::{CUT_FROM, CleanPolicy, Cleaned, Cleaner, Page, PageFormat, PageKind, VersionChoice};
use crate::report::{Cleaning, Failure, render};
use crate::verbs::CleanOptions;

#[derive(Debug, Args)]
pub(super) struct CleanArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub walk: WalkArgs,
    #[command(flatten)]
    pub batch: BatchArgs,
    #[command(flatten)]
    pub page: PageArgs,
    /// Replace files that change, each at once: never a half-written one
    #[arg(short, long, conflicts_with_all = ["jsonl", "output", "format", "diff"])]
    pub write: bool,
    #[command(flatten)]
    pub diff: DiffArgs,
    /// Write each article to a file of this folder, named after its page; with --jsonl the rows to this file, or to a folder
    #[arg(short, long, value_name = "PATH", conflicts_with_all = ["format", "diff"])]
    pub output: Option<PathBuf>,
    /// Write a second article apart as well: to NAME.2.txt beside the first, or, with --jsonl, into the field `articles`
    #[arg(long)]
    pub split: bool,
    /// Write a record of every cut, applied or not, to a new file (see `unspin audit`)
    #[arg(long, value_name = "FILE")]
    pub audit: Option<PathBuf>,
    /// What is printed
    #[arg(long, value_enum, default_value_t = CleanFormat::Text, conflicts_with = "jsonl")]
    pub format: CleanFormat,
    /// Say nothing about what was done, only what failed
    #[arg(short, long)]
    pub quiet: bool,
}

/// Why the files of HTML pages aren't replaced.
pub(super) const WRITES_NO_PAGES: &str = "--write would replace a page by a text without its markup: print the text, or write it elsewhere with `clean --output`";

/// What is cut from a page.
#[derive(Debug, Args)]
pub(super) struct PageArgs {
    /// Which version of a page that shows two: old, new or its number
    #[arg(long, value_name = "WHICH", value_parser = version, default_value = "new")]
    pub version: VersionChoice,
    /// Cut what is at least this likely to be furniture
    #[arg(long, value_name = "P", value_parser = probability, default_value_t = CUT_FROM)]
    pub cut_confidence: f64,
    /// What the pages are
    #[arg(long, value_enum, default_value_t = FormatName::Auto, value_name = "WHAT")]
    pub page_format: FormatName,
}

impl PageArgs {
    /// The policy that the options ask for.
    pub(super) fn policy(&self) -> CleanPolicy {
        CleanPolicy { min_confidence: self.cut_confidence, version: self.version }
    }

    /// The same with what the pages are.
    pub(super) fn options(&self) -> CleanOptions {
        CleanOptions { policy: self.policy(), format: self.page_format.into(), split: false }
    }

    /// Reads a page, whatever it is.
    pub(super) fn read(&self, input: &Input) -> Result<Option<Page>, CliError> {
        let Some(bytes) = input.read_bytes()? else { return Ok(None) };
        let page = Page::read(&bytes, self.page_format.into());
        page.map(Some).map_err(|error| CliError::Page { file: input.name(), error: error.into() })
    }
}

/// What pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// HTML if it begins like HTML, else plain text
    Auto,
    /// Plain text
    Text,
    /// HTML
    Html,
}

impl From<FormatName> for PageFormat {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Auto => Self::Auto,
            FormatName::Text => Self::Text,
            FormatName::Html => Self::Html,
        }
    }
}

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CleanFormat {
    /// The article
    Text,
    /// Every cut with its reason, for people
    Full,
    /// One JSON object: articles, metadata, cuts
    Json,
    /// JSON Lines: a row for each page
    Jsonl,
}

fn version(text: &str) -> Result<VersionChoice, String> {
    match text {
        "old" => Ok(VersionChoice::Old),
        "new" => Ok(VersionChoice::New),
        number => {
            number.parse().map(VersionChoice::Number).map_err(|_| "give old, new or a number".to_owned())
        }
    }
}

pub(super) fn run(args: &CleanArgs) -> Result<Outcome, CliError> {
    let cleaner = Cleaner::builtin()?;
    if args.split && !args.batch.jsonl && args.output.is_none() {
        let message = "--split writes two texts: name a folder for them with --output, or use --jsonl";
        return Err(CliError::Usage(message.to_owned()));
    }
    if args.batch.jsonl {
        return batch::clean(&cleaner, args);
    }
    let paths = &args.input.paths;
    if args.write && paths.iter().any(|path| path.as_os_str() == Input::STDIN) {
        let message = "--write replaces files, and standard input is none: name files, or leave out --write";
        return Err(CliError::Usage(message.to_owned()));
    }
    let prints_text =
        !args.write && args.diff.diff.is_none() && args.output.is_none() && args.format == CleanFormat::Text;
    if prints_text && input::may_be_several(paths) {
        let message = "several texts can't go to standard output together: replace the files (--write), write others \
                       (--output), show the changes (--diff), or read and write rows (--jsonl)";
        return Err(CliError::Usage(message.to_owned()));
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
            pages,
            failures,
            has_nothing: false,
            failed: false,
        })
    }

    fn all(mut self) -> Result<Outcome, CliError> {
        if self.args.format == CleanFormat::Jsonl {
            self.out.write_all(render::cleaning_jsonl_meta()?.as_bytes())?;
        }
        for input in Walk::of(&self.args.walk)?.with_pages().expand(&self.args.input.paths) {
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
        }
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
        complain(error);
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
        if self.args.write && page.extraction.is_some() {
            return Err(CliError::Usage(format!("{name}: {WRITES_NO_PAGES}")));
        }
        let text = page.document.text();
        let cleaned = self.cleaner.clean_read(&page, &self.policy);
        let cleaning = Cleaning::new(&name, text, &cleaned, page.extraction.as_ref());
        self.put(input, &page, &cleaned, &cleaning)?;
        self.has_nothing |= cleaned.kind == PageKind::Nothing;
        if !self.args.quiet && self.args.format != CleanFormat::Full {
            say(&render::cleaning_summary(&cleaning, self.style));
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
        } else if self.args.write || self.args.output.is_some() {
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
