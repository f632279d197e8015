//! unspin
pub mod audit;
mod bytes;
#[doc(hidden)]
pub mod cli;
pub mod dictionary;
mod hash;
pub mod language;
pub mod repair;
pub mod text;
