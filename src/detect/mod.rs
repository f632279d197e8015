//! Which places are spun, and is the document?

mod candidate;
mod change;
mod decode;
mod finding;
mod forest;
mod hope;
mod judge;
mod lattice;
mod oddness;
mod parameters;
mod plain;
mod pool;
mod posterior;
mod reader;
mod reading;
mod reranker;
mod section;
mod tree;
mod verdict;

pub use candidate::{Candidate, Candidates, Distinct, KindId, Survivor, candidates};
pub use decode::{Decoded, Grounds, decode, most_probable};
pub use finding::{Alternative, FAINTEST, Finding, LEAST_POSTERIOR, Occurrences, features, findings};
pub use forest::Forest;
pub use judge::{DOCUMENT_FEATURE_NAMES, DOCUMENT_FEATURES, DocumentFeatures, Judge, document_features};
pub use parameters::Parameters;
pub use reader::Reader;
pub use reading::Reading;
pub use reranker::{FEATURE_NAMES, FEATURES, Features, Reranker};
pub use tree::{Tree, answers};
pub use verdict::{FEWEST_WORDS, Family, Verdict, VerdictKind, passed_over};
