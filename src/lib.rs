//! unspin
pub mod audit;
mod bytes;
#[doc(hidden)]
pub mod cli;
pub mod detect;
pub mod dictionary;
pub mod evaluate;
mod hash;
pub mod language;
pub mod pipeline;
pub mod repair;
pub mod report;
pub mod text;
