//! stub
use crate::text::Span;
/// x
pub struct VersionPage {
    /// x
    pub source: Option<String>,
    /// x
    pub old: u32,
    /// x
    pub new: u32,
    /// x
    pub rows: Vec<VersionRow>,
}
/// x
pub struct VersionRow {
    /// x
    pub old: Option<Span>,
    /// x
    pub new: Option<Span>,
    /// x
    pub confidence: f64,
}
/// x
pub fn version_page(_: &str) -> Option<VersionPage> {
    None
}
