//! From the bytes of a file to a dictionary, whichever form it has.

use std::path::Path;

use thiserror::Error;

use super::compile::{CompileError, compile, digest_of};
use super::layer::{DictionaryError, Layer};
use super::source::{Source, SourceError};

/// A file that is no dictionary.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Rows that aren't text.
    #[error("not valid UTF-8 at byte {offset}")]
    NotUtf8 {
        /// Where the first invalid sequence starts, in bytes.
        offset: usize,
    },
    /// Rows that can't be read; the error names the file.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Rows that can't be compiled.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// Bytes that are no compiled dictionary.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
}

impl Layer {
    /// A dictionary from a file's name and bytes: compiled if the name ends in `.fst`, else rows, which are compiled now.
    ///
    /// # Errors
    ///
    /// If the bytes are not what the name says.
    pub fn open(name: &str, bytes: Vec<u8>) -> Result<Self, OpenError> {
        if Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("fst")) {
            return Ok(Self::from_bytes(bytes)?);
        }
        let text = String::from_utf8(bytes)
            .map_err(|e| OpenError::NotUtf8 { offset: e.utf8_error().valid_up_to() })?;
        let source = Source::parse(name, &text)?;
        let digest = digest_of(&source.file, &text);
        Ok(Self::from_bytes(compile(&[source], vec![digest])?)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_what_the_bytes_are() {
        let rows = "spun\tcanonical\ncounterfeit consciousness\tartificial intelligence\n";
        let layer = Layer::open("ours.tsv", rows.into()).unwrap();
        assert_eq!(layer.about().entries, 1);
        let error = Layer::open("ours.fst", rows.into()).unwrap_err();
        assert!(matches!(error, OpenError::Dictionary(DictionaryError::Foreign)));
        let error = Layer::open("ours.tsv", b"spun\tcanonical\n\xff\ta\n".to_vec()).unwrap_err();
        assert!(matches!(error, OpenError::NotUtf8 { offset: 15 }));
        let error = Layer::open("ours.tsv", b"spun\n".to_vec()).unwrap_err();
        assert!(error.to_string().starts_with("ours.tsv:1: "));
    }
}
