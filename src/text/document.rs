//! The text as it came, and never changed.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::Span;

/// Input that is not a document.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum DocumentError {
    /// The bytes are not UTF-8.
    #[error("not valid UTF-8 at byte {offset}: convert the file to UTF-8 first (for example with iconv)")]
    NotUtf8 {
        /// Where the first invalid sequence starts, in bytes.
        offset: usize,
    },
    /// The bytes are those of a compressed file.
    #[error("compressed with {format}, and no text: decompress it first")]
    Compressed {
        /// The program that compressed them.
        format: &'static str,
    },
}

/// First bytes of compressed files.
const COMPRESSED: [(&[u8], &str); 4] =
    [(b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"\xfd7zXZ\0", "xz"), (b"BZh", "bzip2")];

/// An immutable text in UTF-8.
///
/// Nothing is normalised: a byte order mark, the line endings and a missing last newline stay as they
/// are, so that writing the text back gives the bytes that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    text: String,
}

impl Document {
    /// A document from text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// A document from the bytes of a file.
    ///
    /// # Errors
    ///
    /// If they are not UTF-8.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DocumentError> {
        String::from_utf8(bytes).map(Self::new).map_err(|error| {
            let starts_with = |&(start, _): &(&[u8], _)| error.as_bytes().starts_with(start);
            match COMPRESSED.into_iter().find(starts_with) {
                Some((_, format)) => DocumentError::Compressed { format },
                None => DocumentError::NotUtf8 { offset: error.utf8_error().valid_up_to() },
            }
        })
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under a span of this document.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// SHA-256 of the text's bytes, in lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        sha256_hex(self.text.as_bytes())
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_utf8_breaks() {
        assert_eq!(Document::from_bytes(b"ab\xff".to_vec()), Err(DocumentError::NotUtf8 { offset: 2 }));
        let gzip = DocumentError::Compressed { format: "gzip" };
        assert_eq!(Document::from_bytes(b"\x1f\x8b\x08\0".to_vec()), Err(gzip));
    }

    #[test]
    fn keeps_every_byte() {
        let bytes = "\u{feff}one\r\ntwo".as_bytes().to_vec();
        assert_eq!(Document::from_bytes(bytes.clone()).unwrap().text().as_bytes(), bytes);
    }

    #[test]
    fn digest_is_the_standard_one() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
