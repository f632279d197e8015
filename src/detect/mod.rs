//! Which places are spun, and is the document?

mod candidate;
mod decode;
mod lattice;
mod parameters;
mod posterior;

pub use candidate::{Candidate, Candidates, KindId, Survivor, candidates};
pub use decode::{Decoded, RATES, decode};
pub use parameters::Parameters;
