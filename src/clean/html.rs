//! The article of an HTML page, as text.

use super::extract::ExtractError;
use super::metadata::Metadata;

/// What takes the article out of the page, with its version.
pub const EXTRACTOR: &str = "stub";

/// The article of a page as plain text, a paragraph a line, and what the page says of itself.
///
/// # Errors
///
/// If the page is nested too deep, or there is no article in it.
pub fn article(_page: &str) -> Result<(String, Metadata), ExtractError> {
    Err(ExtractError::NoArticle)
}
