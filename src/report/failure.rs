//! What is told about an input that could not be done.

/// An input that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The input as it was named, or `-` for standard input.
    pub path: String,
    /// What went wrong, and what to do.
    pub error: String,
}
