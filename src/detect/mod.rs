//! Which places are spun, and is the document?

mod candidate;
mod decode;
mod finding;
mod lattice;
mod oddness;
mod parameters;
mod pool;
mod posterior;
mod reranker;
mod verdict;

pub use candidate::{Candidate, Candidates, Distinct, KindId, Survivor, candidates};
pub use decode::{Decoded, Grounds, decode, grounds, most_probable};
pub use finding::{Alternative, FAINTEST, Finding, LEAST_POSTERIOR, Occurrences, features, findings};
pub use oddness::is_odd;
pub use parameters::Parameters;
pub use reranker::{FEATURE_NAMES, FEATURES, Features, Reranker, Tree};
pub use verdict::{FEWEST_WORDS, Family, Verdict, VerdictKind, verdict};
