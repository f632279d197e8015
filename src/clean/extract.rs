//! From the bytes of a page to its text: character set, and the article of an HTML page.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use once_cell::sync::Lazy;
use regex::bytes::Regex;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::html;
use super::metadata::Metadata;
use crate::text::{Document, sha256_hex};

/// What is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PageFormat {
    /// HTML if it begins like HTML, else plain text.
    #[default]
    Auto,
    /// Plain text.
    Text,
    /// HTML.
    Html,
}

/// How a text was made of what was read. Offsets in reports and trails refer to the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extraction {
    /// `html` or `text`.
    pub format: String,
    /// The character set that was read, by its name in the WHATWG Encoding Standard.
    pub charset: String,
    /// What took the article out of the page, with its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extractor: Option<String>,
    /// SHA-256 of the bytes that were read, in lower-case hexadecimal.
    pub sha256_source: String,
    /// How many they were.
    pub bytes_source: usize,
    /// SHA-256 of the text, in lower-case hexadecimal.
    pub sha256_text: String,
}

/// A page that was read.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its text.
    pub document: Document,
    /// How the text was made, if the bytes were anything else than text in UTF-8.
    pub extraction: Option<Extraction>,
    /// What the page says of itself in its head.
    pub metadata: Metadata,
}

impl From<Document> for Page {
    fn from(document: Document) -> Self {
        Self { document, extraction: None, metadata: Metadata::default() }
    }
}

/// Bytes that are no page.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ExtractError {
    /// Not text at all.
    #[error("binary data (a NUL byte at {offset}): give a text or an HTML page")]
    Binary {
        /// Where the NUL byte is.
        offset: usize,
    },
    /// No character set fits.
    #[error(
        "neither UTF-8 nor, from byte {offset} on, {charset}: convert it to UTF-8 first (for example with iconv)"
    )]
    Charset {
        /// The character set that fits best.
        charset: String,
        /// The first byte that does not fit UTF-8.
        offset: usize,
    },
    /// The page has no article.
    #[error("no article found in the page")]
    NoArticle,
}

/// Bytes at the beginning in which NUL bytes and the character set of a page are looked for.
const PROBED: usize = 8_192;

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    ///
    /// If the bytes are binary data, fit no character set, or are HTML without an article.
    pub fn read(bytes: &[u8], format: PageFormat) -> Result<Self, ExtractError> {
        let is_html = match format {
            PageFormat::Auto => looks_like_html(bytes),
            PageFormat::Text => false,
            PageFormat::Html => true,
        };
        let (text, charset) = decode(bytes, is_html)?;
        if !is_html && charset == UTF_8 {
            return Ok(Document::new(text).into());
        }
        let (text, metadata) = if is_html { html::article(&text)? } else { (text, Metadata::default()) };
        let extraction = Extraction {
            format: if is_html { "html" } else { "text" }.to_owned(),
            charset: charset.name().to_owned(),
            extractor: is_html.then(|| html::EXTRACTOR.to_owned()),
            sha256_source: sha256_hex(bytes),
            bytes_source: bytes.len(),
            sha256_text: sha256_hex(text.as_bytes()),
        };
        Ok(Self { document: Document::new(text), extraction: Some(extraction), metadata })
    }
}

static HTML: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"(?i-u)\A(?:\xEF\xBB\xBF)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?s:.)*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]")
        .expect("a fixed pattern")
});
static CHARSET: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r#"(?i-u)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})"#)
        .expect("a fixed pattern")
});

/// Whether bytes begin as an HTML page does.
pub fn looks_like_html(bytes: &[u8]) -> bool {
    HTML.is_match(&bytes[..bytes.len().min(PROBED)])
}

/// The text of the bytes and their character set: what the page declares if the bytes fit it, else what they look like.
fn decode(bytes: &[u8], is_html: bool) -> Result<(String, &'static Encoding), ExtractError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        // A byte order mark of UTF-8 stays in the text, as in any document.
        let kept = if encoding == UTF_8 && !is_html { bytes } else { &bytes[mark..] };
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(kept) {
            return Ok((text.into_owned(), encoding));
        }
    }
    let probed = &bytes[..bytes.len().min(PROBED)];
    if let Some(offset) = memchr::memchr(0, probed) {
        return Err(ExtractError::Binary { offset });
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), UTF_8)),
        Err(error) => error,
    };
    let declared = CHARSET.captures(probed).filter(|_| is_html);
    let declared = declared.and_then(|found| Encoding::for_label(found.get(1)?.as_bytes()));
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Allow);
    for encoding in declared.into_iter().chain([guessed]) {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return Ok((text.into_owned(), encoding));
        }
    }
    let charset = declared.unwrap_or(guessed).name().to_owned();
    Err(ExtractError::Charset { charset, offset: error.valid_up_to() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_sets() {
        let of = |bytes: &[u8], is_html| decode(bytes, is_html).map(|(text, charset)| (text, charset.name()));
        assert_eq!(of("naïve".as_bytes(), false).unwrap(), ("naïve".to_owned(), "UTF-8"));
        let latin = b"The caf\xe9 \x93na\xefve\x94 and the r\xe9sum\xe9 of the fa\xe7ade";
        assert_eq!(of(latin, false).unwrap().1, "windows-1252");
        let page = b"<meta charset=iso-8859-2>\xb1";
        assert_eq!(of(page, true).unwrap(), ("<meta charset=iso-8859-2>ą".to_owned(), "ISO-8859-2"));
        // Declared wrongly: the bytes are UTF-8.
        assert_eq!(of("<meta charset=\"windows-1251\">é".as_bytes(), true).unwrap().1, "UTF-8");
        assert_eq!(of(b"\xff\xfea\0b\0", false).unwrap(), ("ab".to_owned(), "UTF-16LE"));
        assert_eq!(of(b"PK\x03\x04\0\0", false), Err(ExtractError::Binary { offset: 4 }));
    }

    #[test]
    fn html_is_known_by_its_beginning() {
        for page in [
            "<!DOCTYPE html>",
            "\n<HTML lang=en>",
            "<?xml version='1.0'?>\n<!-- x --><html>",
            "\u{feff}<!doctype HTML PUBLIC",
        ] {
            assert!(looks_like_html(page.as_bytes()), "{page}");
        }
        for text in ["A <html> tag is", "The river rose.", "<p>one</p>", "<htmlx>"] {
            assert!(!looks_like_html(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn plain_text_in_utf8_is_no_extraction() {
        let page = Page::read("\u{feff}The river.\r\n".as_bytes(), PageFormat::Auto).unwrap();
        assert_eq!((page.document.text(), page.extraction), ("\u{feff}The river.\r\n", None));
        let page = Page::read(b"caf\xe9 r\xe9sum\xe9", PageFormat::Auto).unwrap();
        assert_eq!(page.document.text(), "café résumé");
        assert_eq!(page.extraction.unwrap().format, "text");
    }
}
