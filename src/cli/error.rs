//! What can go wrong in the program, as it is printed.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::config::ConfigError;
use crate::clean::{ExtractError, FurnitureError};
use crate::dictionary::{CompileError, DictionaryError, ImportError, SourceError, WordNetError};
use crate::language::{ModelError, TrainError};
use crate::pipeline::EngineError;
use crate::report::{BaselineError, RecordError};
use crate::screen::ScreenError;
use crate::terms::LexiconError;
use crate::text::DocumentError;
use crate::verbs::TextError;

/// An error that ends a command, or the work on one file.
#[derive(Debug, Error)]
pub(super) enum CliError {
    /// The reader of the output went away: not an error to the user.
    #[error("broken pipe")]
    BrokenPipe,
    /// Reading or writing failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Writing to standard output failed.
    #[error("standard output: {0}")]
    Output(io::Error),
    /// A dictionary source can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A thesaurus can't be read.
    #[error(transparent)]
    WordNet(#[from] WordNetError),
    /// A list of tortured phrases can't be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A list of page furniture can't be read.
    #[error(transparent)]
    Furniture(#[from] FurnitureError),
    /// Built-in data can't be used.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A compiled dictionary can't be used.
    #[error("{file}: {error}")]
    Dictionary {
        /// The file.
        file: String,
        /// Why.
        error: DictionaryError,
    },
    /// A screen can't be used.
    #[error("{file}: {error}")]
    Screen {
        /// The file.
        file: String,
        /// Why.
        error: ScreenError,
    },
    /// Rows can't be compiled.
    #[error("{file}: {error}")]
    Compile {
        /// The rows' file, or the file that was to be written.
        file: String,
        /// Why.
        error: CompileError,
    },
    /// A lexicon of terms can't be used.
    #[error("{file}: {error}")]
    Lexicon {
        /// The file.
        file: String,
        /// Why.
        error: LexiconError,
    },
    /// A baseline can't be used.
    #[error("{file}: {error}")]
    Baseline {
        /// The file.
        file: String,
        /// Why.
        error: BaselineError,
    },
    /// A configuration can't be used.
    #[error("{file}: {error}")]
    Config {
        /// The file.
        file: String,
        /// Why.
        error: ConfigError,
    },
    /// An input is no document.
    #[error("{file}: {error}")]
    Document {
        /// The input.
        file: String,
        /// Why.
        error: DocumentError,
    },
    /// An input is no page.
    #[error("{file}: {error}")]
    Page {
        /// The input.
        file: String,
        /// Why.
        error: TextError,
    },
    /// A text is too long to be judged as one document.
    #[error("{file}: {error}")]
    TooLong {
        /// The input.
        file: String,
        /// How long it is, and what to do.
        error: String,
    },
    /// A table can't be read or written.
    #[cfg(feature = "parquet")]
    #[error("{}: {error}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// Why.
        error: Box<super::batch::TableError>,
    },
    /// A row of a batch can't be done.
    #[error("{file}:{line}: {error}")]
    Row {
        /// The input.
        file: String,
        /// The line, from 1.
        line: usize,
        /// Why.
        error: String,
    },
    /// A trail can't be written, or not be relied on.
    #[error("{file}: {error}")]
    Trail {
        /// The trail, or the text that does not fit it.
        file: String,
        /// Why.
        error: String,
    },
    /// A row of a batch can't be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A value can't be written as JSON.
    #[error("writing JSON: {0}")]
    Json(serde_json::Error),
    /// A language model can't be used.
    #[error("{file}: {error}")]
    Model {
        /// The file.
        file: String,
        /// Why.
        error: ModelError,
    },
    /// A language model can't be trained.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// A wrong combination of arguments, or input that makes no sense together.
    #[error("{0}")]
    Usage(String),
}

impl CliError {
    /// Whether there is nothing wrong with an input but that it holds no article.
    pub(super) fn is_no_article(&self) -> bool {
        matches!(self, Self::Page { error: TextError::Page(ExtractError::NoArticle), .. })
    }

    /// An I/O error on a file.
    pub(super) fn io(path: impl AsRef<Path>, source: io::Error) -> Self {
        Self::Io { path: path.as_ref().to_owned(), source }
    }
}

/// Errors of writing JSON; those of the output under it are told apart.
impl From<serde_json::Error> for CliError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() { io::Error::from(error).into() } else { Self::Json(error) }
    }
}

/// Errors of standard output: a closed pipe is told apart.
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::BrokenPipe } else { Self::Output(error) }
    }
}
