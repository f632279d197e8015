//! Which places are spun, and is the document?

mod calibration;
mod candidate;
mod decode;
mod finding;
mod lattice;
mod parameters;
mod pool;
mod posterior;
mod verdict;

pub use calibration::Calibration;
pub use candidate::{Candidate, Candidates, Distinct, KindId, Survivor, candidates};
pub use decode::{Decoded, Grounds, decode, grounds, most_probable};
pub use finding::{Alternative, Finding, LEAST_POSTERIOR, findings};
pub use parameters::Parameters;
pub use verdict::{FEWEST_WORDS, Family, Verdict, VerdictKind, verdict};
