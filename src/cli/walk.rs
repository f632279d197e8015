//! From directories to the files in them.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;
use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::error::CliError;
use super::input::Input;

/// What is left out of directories.
#[derive(Debug, Args)]
pub(super) struct WalkArgs {
    /// Leave out what these globs match in directories, relative to the working directory, as in .gitignore
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Read files of directories even if .gitignore or .ignore name them
    #[arg(long)]
    pub no_ignore: bool,
    /// What the globs are relative to, if not to the working directory.
    #[arg(skip)]
    pub folder: Option<PathBuf>,
}

/// File names that say "text": such a file must be readable.
const TEXT_EXTENSIONS: &[&str] = &["txt", "text", "md", "markdown"];
/// The same, and those of HTML pages.
const PAGE_EXTENSIONS: &[&str] = &["txt", "text", "md", "markdown", "html", "htm", "xhtml"];

/// How directories are searched. Hidden entries are left out, and links to directories are not followed: they may lead in circles.
#[derive(Debug)]
pub(super) struct Walk {
    excluded: Override,
    obeys_ignore_files: bool,
    /// Extensions of files that are read.
    extensions: &'static [&'static str],
}

impl Walk {
    /// Nothing else is left out.
    pub(super) fn everything() -> Self {
        Self { excluded: Override::empty(), obeys_ignore_files: false, extensions: TEXT_EXTENSIONS }
    }

    /// What the options leave out is left out.
    pub(super) fn of(args: &WalkArgs) -> Result<Self, CliError> {
        let wrong = |glob: &str, why: String| CliError::Usage(format!("--exclude {glob}: {why}"));
        // Paths may be typed as absolute ones.
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        let mut excluded = OverrideBuilder::new(args.folder.as_ref().unwrap_or(&here));
        for glob in &args.exclude {
            if glob.starts_with('!') {
                return Err(wrong(glob, "a glob says what is left out, and can't take that back".to_owned()));
            }
            // Globs of an override include, but for a `!` before them.
            excluded.add(&format!("!{glob}")).map_err(|error| wrong(glob, error.to_string()))?;
        }
        let excluded = excluded.build().map_err(|error| CliError::Usage(error.to_string()))?;
        Ok(Self { excluded, obeys_ignore_files: !args.no_ignore, extensions: TEXT_EXTENSIONS })
    }

    /// The same, for which HTML pages are texts as well, if they are wanted.
    pub(super) fn with_pages(self, are_wanted: bool) -> Self {
        let extensions = if are_wanted { PAGE_EXTENSIONS } else { self.extensions };
        Self { extensions, ..self }
    }

    /// The texts under the paths that were typed, in the order typed, those of a directory sorted by name; errors stand where their
    /// path does. A file that is named is read in any case.
    pub(super) fn expand(&self, paths: &[PathBuf]) -> Vec<Result<Input, (PathBuf, CliError)>> {
        let mut out = Vec::new();
        for path in paths {
            if path.as_os_str() == Input::STDIN {
                out.push(Ok(Input::Stdin));
            } else if path.is_dir() {
                out.extend(self.folder(path));
            } else {
                out.push(Ok(Input::File(path.clone())));
            }
        }
        out
    }

    /// What directories under the paths hold that is not read, and why, sorted by name. Of a directory that is left out only its own name
    /// is given.
    pub(super) fn left_out(&self, paths: &[PathBuf]) -> Vec<(PathBuf, &'static str)> {
        let mut out = Vec::new();
        for folder in paths.iter().filter(|path| path.is_dir()) {
            let seen: BTreeSet<PathBuf> = self.entries(folder).flatten().map(DirEntry::into_path).collect();
            for path in &seen {
                if !path.is_dir() {
                    let is_text = !matches!(text(path, self.extensions), Ok(None));
                    out.extend((!is_text).then(|| (path.clone(), "its name is not that of a text")));
                } else if path != folder && path.is_symlink() {
                    out.push((path.clone(), "a link to a directory"));
                } else {
                    let inside = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
                    out.extend(inside.filter(|path| !seen.contains(path)).map(|path| {
                        let why = self.reason(&path);
                        (path, why)
                    }));
                }
            }
        }
        out.sort();
        out
    }

    /// Why an entry of a directory is not looked at.
    fn reason(&self, path: &Path) -> &'static str {
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if is_hidden {
            "hidden"
        } else if matches(&self.excluded, path, path.is_dir()) {
            "excluded"
        } else {
            "named in .gitignore or .ignore"
        }
    }

    /// All that is looked at in a directory.
    fn entries(&self, folder: &Path) -> ignore::Walk {
        let excluded = self.excluded.clone();
        let is_kept = move |entry: &DirEntry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.depth() == 0 || !matches(&excluded, entry.path(), is_folder)
        };
        WalkBuilder::new(folder)
            .standard_filters(self.obeys_ignore_files)
            .hidden(true)
            .filter_entry(is_kept)
            .sort_by_file_name(Ord::cmp)
            .build()
    }

    fn folder(&self, folder: &Path) -> impl Iterator<Item = Result<Input, (PathBuf, CliError)>> {
        let extensions = self.extensions;
        self.entries(folder).filter_map(move |entry| match entry {
            Ok(entry) => match text(entry.path(), extensions) {
                Ok(input) => input.map(Ok),
                Err(error) => Some(Err((entry.path().to_owned(), CliError::io(entry.path(), error)))),
            },
            Err(error) => {
                let path = path_of(&error).map(Path::to_owned).unwrap_or_default();
                Some(Err((path.clone(), CliError::io(path, cause(error)))))
            }
        })
    }
}

/// Globs are relative to a folder that need not be the working directory, so that paths are compared as absolute ones.
fn matches(excluded: &Override, path: &Path, is_folder: bool) -> bool {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    excluded.matched(path, is_folder).is_ignore()
}

/// A file that is, or may be, a text. Source code, data, pages: nobody wants these rewritten unasked.
fn text(path: &Path, extensions: &[&str]) -> io::Result<Option<Input>> {
    // A link to a file counts as the file, one to a directory as nothing.
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    Ok(match path.extension() {
        None => Some(Input::Guess(path.to_owned())),
        Some(e) if extensions.iter().any(|t| e.eq_ignore_ascii_case(t)) => Some(Input::File(path.to_owned())),
        Some(_) => None,
    })
}

/// The path that an error is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// What the system said, without the path, which the message names anyway.
fn cause(error: ignore::Error) -> io::Error {
    let text = error.to_string();
    let Some(error) = error.into_io_error() else { return io::Error::other(text) };
    let inner = || error.source()?.downcast_ref::<io::Error>()?.raw_os_error();
    match error.raw_os_error().or_else(inner) {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error,
    }
}
