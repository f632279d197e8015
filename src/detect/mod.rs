//! Which places are spun, and is the document?

mod candidate;
mod decode;
mod finding;
mod lattice;
mod parameters;
mod posterior;
mod verdict;

pub use candidate::{Candidate, Candidates, KindId, Survivor, candidates};
pub use decode::{Decoded, RATES, decode, evidence};
pub use finding::{Alternative, Finding, LEAST_POSTERIOR, findings};
pub use parameters::Parameters;
pub use verdict::{FEWEST_WORDS, Verdict, VerdictKind, verdict};
