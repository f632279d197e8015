//! Documents, spans, tokens and the regions of a text.

mod abbreviation;
mod directive;
mod document;
mod fold;
mod piece;
mod region;
mod sentence;
mod span;
mod token;

pub(crate) use abbreviation::{Abbreviation, abbreviation};
pub(crate) use document::hexadecimal;
pub use document::{Document, DocumentError, sha256_hex};
pub use fold::{Case, fold, fold_into};
pub use piece::TokenKind;
pub use region::{Region, RegionKind, regions};
pub(crate) use sentence::ends_with_abbreviation;
pub use span::Span;
pub use token::{Token, Tokens};
