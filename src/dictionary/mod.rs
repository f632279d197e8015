//! Known substitutions: rows that people edit, compiled to a file that is used in place.

mod builtin;
mod compile;
mod entry;
mod format;
mod guarded;
mod import;
mod inflect;
mod layer;
mod lookup;
mod open;
mod query;
mod row;
mod source;
mod starts;
mod widen;
mod wordnet;

pub use compile::{About, CompileError, SourceDigest, compile, digest_of};
pub use entry::{Entry, Guard};
pub use import::{Import, ImportError, ImportProblem, import};
pub use inflect::PartOfSpeech;
pub use layer::{DictionaryError, Layer};
pub use lookup::{Dictionary, Match, Phrase, Substitution};
pub use open::OpenError;
pub use query::QueryProblem;
pub use row::{Facts, Row};
pub use source::{Complaint, Keep, LONGEST_PHRASE, Learned, RowProblem, Source, SourceError, complaints};
pub use widen::{Limits, widen, widened_tsv};
pub use wordnet::{Related, Relation, WordNet, WordNetError, WordNetProblem};
