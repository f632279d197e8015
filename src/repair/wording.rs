//! The canonical wording as it has to stand at its place.

use crate::dictionary::Substitution;
use crate::text::{Case, Token};

/// The canonical form with the capital of the phrase that it replaces.
///
/// A capital that the spun form has by itself (`Could` for the month) says nothing about the
/// place; any other on the first word is the sentence's or the title's, and goes over. `first` is the first token replaced.
pub fn wording(substitution: &Substitution<'_>, first: &Token) -> String {
    let canonical = substitution.canonical;
    let own_capital = substitution.spun.starts_with(char::is_uppercase);
    if first.case == Case::Lower || own_capital { canonical.to_owned() } else { capitalised(canonical) }
}

/// The text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
