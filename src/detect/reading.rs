//! A document with all that was made of it.

use super::candidate::Candidates;
use super::decode::Decoded;
use crate::language::LanguageModel;
use crate::text::Tokens;

/// A document, what the dictionary knows about it, and what the decoder makes of that.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'r, 'd> {
    /// The text.
    pub text: &'r str,
    /// Its tokens.
    pub tokens: &'r Tokens,
    /// What the dictionary knows.
    pub candidates: &'r Candidates<'d>,
    /// What the decoder says.
    pub decoded: &'r Decoded,
    /// The language model.
    pub model: &'r LanguageModel,
}
