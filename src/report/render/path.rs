//! How files are named in the formats of other tools.

use std::fmt::Write;
use std::path::{MAIN_SEPARATOR, Path};

/// The path as tools compare it with theirs: with `/` between its parts and without a leading `./`; `stdin` for standard input.
pub(super) fn shown(path: &str) -> String {
    if path == "-" {
        return "stdin".to_owned();
    }
    let path = path.replace(MAIN_SEPARATOR, "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

/// The path as a URI reference (RFC 3986): relative paths stay relative.
pub(super) fn uri(path: &str) -> String {
    let shown = shown(path);
    let mut out = String::from(if Path::new(path).is_absolute() { "file://" } else { "" });
    if !out.is_empty() && !shown.starts_with('/') {
        out.push('/');
    }
    for byte in shown.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                // Writing to a string can't fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(shown("-"), "stdin");
        assert_eq!(shown("./a b/é.txt"), "a b/é.txt");
        assert_eq!(shown("/tmp/x"), "/tmp/x");
    }

    #[test]
    fn uris() {
        assert_eq!(uri("./a b/é:1%.txt"), "a%20b/%C3%A9%3A1%25.txt");
        assert_eq!(uri("/tmp/x"), "file:///tmp/x");
        assert_eq!(uri("-"), "stdin");
    }
}
