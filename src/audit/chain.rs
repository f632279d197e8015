//! How a line is sealed, and how a seal is read.

use std::borrow::Cow;
use std::io;
use std::str;

use serde::{Deserialize, Serialize};

use super::problem::Problem;
use crate::text::sha256_hex;

/// What the first line follows.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Between the sealed bytes and the digest.
const OPEN: &[u8] = br#","digest":""#;
/// After the digest.
const CLOSE: &[u8] = br#""}"#;

/// The writing end of a chain.
#[derive(Debug)]
pub(super) struct Chain {
    lines: u64,
    previous: String,
}

impl Chain {
    /// A chain without a line.
    pub(super) fn new() -> Self {
        Self { lines: 0, previous: GENESIS.to_owned() }
    }

    /// A chain after so many lines, of which the last has this digest.
    pub(super) fn after(lines: u64, previous: String) -> Self {
        Self { lines, previous }
    }

    /// How many lines there are, and the digest of the last.
    pub(super) fn state(&self) -> (u64, &str) {
        (self.lines, &self.previous)
    }

    /// Appends the next line of the trail, a JSON object, to `out`.
    pub(super) fn seal(&mut self, kind: &str, body: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
        #[derive(Serialize)]
        struct Content<'a, T> {
            r#type: &'a str,
            #[serde(flatten)]
            body: &'a T,
            line: u64,
            previous: &'a str,
        }
        let start = out.len();
        self.lines += 1;
        let content = Content { r#type: kind, body, line: self.lines, previous: &self.previous };
        serde_json::to_writer(&mut *out, &content)?;
        out.pop(); // the closing brace: the digest is the last field
        self.previous = sha256_hex(&out[start..]);
        out.extend_from_slice(OPEN);
        out.extend_from_slice(self.previous.as_bytes());
        out.extend_from_slice(CLOSE);
        out.push(b'\n');
        Ok(())
    }
}

/// A line whose digest is right.
#[derive(Debug)]
pub(super) struct Sealed<'l> {
    /// Type of the record.
    pub kind: Cow<'l, str>,
    /// Number of the record, from 1.
    pub number: u64,
    /// Digest of the record before.
    pub previous: Cow<'l, str>,
    /// Digest of this one.
    pub digest: &'l str,
    /// The whole line, without its line feed.
    pub text: &'l str,
}

impl<'l> Sealed<'l> {
    /// Checks and reads the seal of a line, given without its line feed. `line` is its number in the file.
    pub(super) fn read(bytes: &'l [u8], line: u64) -> Result<Self, Problem> {
        #[derive(Deserialize)]
        struct Seal<'a> {
            #[serde(borrow)]
            r#type: Cow<'a, str>,
            line: u64,
            #[serde(borrow)]
            previous: Cow<'a, str>,
        }
        let stated = split(bytes);
        if let Some((content, digest)) = stated {
            let found = sha256_hex(content);
            if digest != found {
                return Err(Problem::Altered { line, stated: digest.to_owned(), found });
            }
        }
        let text = str::from_utf8(bytes).map_err(|e| Problem::Malformed {
            line,
            column: e.valid_up_to() + 1,
            message: "not UTF-8".to_owned(),
        })?;
        let seal: Result<Seal, _> = serde_json::from_str(text);
        match (seal, stated) {
            (Ok(seal), Some((_, digest))) => {
                Ok(Self { kind: seal.r#type, number: seal.line, previous: seal.previous, digest, text })
            }
            (Err(error), _) if !error.is_data() => {
                Err(Problem::Malformed { line, column: error.column(), message: reason(&error) })
            }
            (Err(error), Some(_)) => Err(Problem::Unexpected { line, message: reason(&error) }),
            (_, None) => Err(Problem::Unsealed { line }),
        }
    }
}

/// What the JSON reader says, without the position: that would be one in a line, not in the trail.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let mut text = error.to_string();
    if let Some(at) = text.rfind(" at line ") {
        text.truncate(at);
    }
    text
}

/// The sealed bytes of a line and the digest at its end.
fn split(line: &[u8]) -> Option<(&[u8], &str)> {
    let rest = line.strip_suffix(CLOSE)?;
    let (rest, digest) = rest.split_at_checked(rest.len().checked_sub(GENESIS.len())?)?;
    Some((rest.strip_suffix(OPEN)?, str::from_utf8(digest).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Body {
        word: &'static str,
    }

    /// Readers in other languages depend on this.
    #[test]
    fn the_digest_is_over_the_bytes_before_it() {
        let (mut chain, mut out) = (Chain::new(), Vec::new());
        chain.seal("end", &Body { word: "é\n" }, &mut out).unwrap();
        let content = format!(r#"{{"type":"end","word":"é\n","line":1,"previous":"{GENESIS}""#);
        let digest = sha256_hex(content.as_bytes());
        assert_eq!(String::from_utf8(out).unwrap(), format!("{content},\"digest\":\"{digest}\"}}\n"));
        assert_eq!(digest, "ff872777a4f99fdcd6270914d9c981124bd871a8a195d5c9da54860a5c7a4764");
    }

    #[test]
    fn says_where_json_breaks() {
        let read = |line: &[u8]| Sealed::read(line, 7).unwrap_err().to_string();
        assert!(read(br#"{"type":"fix","id":}"#).starts_with("line 7, column 20: not JSON: expected value"));
        assert!(read(b"{\"type\xff").starts_with("line 7, column 7: not JSON: not UTF-8"));
        assert!(read(br#"{"type":"fix"}"#).starts_with("line 7: no digest"));
    }
}
