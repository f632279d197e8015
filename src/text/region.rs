//! Parts of a text that need care: quotations, addresses, code, and what the text itself says is to be left alone.

use once_cell::sync::Lazy;
use regex::Regex;

use super::directive::ignored;
use super::span::Span;

/// What a region is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionKind {
    /// Between quotation marks: somebody's words. Edits there are marked.
    Quotation,
    /// A web or mail address, a user name or a hash tag. Never edited.
    Address,
    /// Source code between backticks. Never edited.
    Code,
    /// What a directive excludes, or a `[sic]` confirms. Never edited.
    Ignored,
}

/// A part of a text that needs care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Where it is, delimiters included.
    pub span: Span,
    /// What it is.
    pub kind: RegionKind,
}

static ADDRESS: Lazy<Regex> = Lazy::new(|| {
    Regex::new(
        // ASCII word boundaries keep the search on the fast engines, whatever the language of the text.
        r"(?i)(?-u:\b)(?:https?://|ftp://|www\.)[^\s<>\x22”“]*[a-z0-9_/]|(?-u:\b)[a-z0-9_.+-]+@[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|(?-u:\b)(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|io|info|co\.uk|ac\.uk|gov\.uk)(?-u:\b)(?:/[^\s<>\x22”“]*[a-z0-9_/])?|(?-u:\B)[@#][a-z0-9_]+",
    )
    .expect("a fixed pattern")
});
static CODE: Lazy<Regex> = Lazy::new(|| Regex::new(r"(?s)```.*?```|`[^`\n]+`").expect("a fixed pattern"));

/// Quotations longer than this are taken for an unclosed mark.
const LONGEST_QUOTATION: usize = 4_000;

/// The regions of a text, in order of their starts; regions of different kinds may overlap.
pub fn regions(text: &str) -> Vec<Region> {
    let mut out = Vec::new();
    for (start, end) in with_marks(text) {
        let addresses = ADDRESS.find_iter(&text[start..end]);
        out.extend(addresses.map(|m| (start + m.start(), start + m.end(), RegionKind::Address)));
    }
    if text.contains('`') {
        out.extend(CODE.find_iter(text).map(|m| (m.start(), m.end(), RegionKind::Code)));
    }
    out.extend(ignored(text).into_iter().map(|(start, end)| (start, end, RegionKind::Ignored)));
    out.extend(quotations(text).map(|(start, end)| (start, end, RegionKind::Quotation)));
    out.sort_unstable();
    out.into_iter().map(|(start, end, kind)| Region { span: Span::new(start, end), kind }).collect()
}

/// The parts of a text between white space that may hold an address: they have one of the marks that each address has.
fn with_marks(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let marks = memchr::memchr3_iter(b'@', b'#', b'.', bytes);
    let mut out = around(bytes, marks.filter(|&at| bytes[at] != b'.' || is_inner_stop(bytes, at)));
    out.extend(around(bytes, memchr::memmem::find_iter(bytes, "://")));
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether a full stop may be that of `www.` or of `.com` and the like.
fn is_inner_stop(bytes: &[u8], at: usize) -> bool {
    let (before, after) = (at.checked_sub(1).map(|at| bytes[at]), bytes.get(at + 1));
    match (before, after) {
        (Some(b'w' | b'W'), Some(after)) => !after.is_ascii_whitespace(),
        (Some(before), Some(after)) => {
            // Letters outside of ASCII may be another case of `k` and `s`.
            (before.is_ascii_alphanumeric() || before == b'-' || !before.is_ascii())
                && b"acegino".contains(&after.to_ascii_lowercase())
        }
        _ => false,
    }
}

/// The parts between white space that these places are in.
fn around(bytes: &[u8], places: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for at in places {
        if out.last().is_none_or(|&(_, end)| end <= at) {
            let start = bytes[..at].iter().rposition(u8::is_ascii_whitespace).map_or(0, |at| at + 1);
            let end =
                bytes[at..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |len| at + len);
            out.push((start, end));
        }
    }
    out
}

/// Text between curly marks, or between straight ones of the same paragraph. A quotation that goes on in the next paragraph opens
/// anew there, so that an unclosed mark ends with its paragraph.
fn quotations(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut open: Option<(usize, char)> = None;
    // Curly marks start with the byte E2.
    let marks = memchr::memchr3_iter(b'\n', b'"', 0xe2, text.as_bytes());
    marks.filter_map(|at| Some((at, text[at..].chars().next()?))).filter_map(move |(at, c)| {
        match (open, c) {
            (Some((start, _)), '\n') => {
                open = None;
                return (at - start <= LONGEST_QUOTATION).then_some((start, at));
            }
            (Some((start, opener)), '”' | '"') if (opener == '“') == (c == '”') => {
                open = None;
                let end = at + c.len_utf8();
                return (end - start <= LONGEST_QUOTATION).then_some((start, end));
            }
            (None, '“' | '"') => open = Some((at, c)),
            _ => {}
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_address_is_missed(
            text in prop::collection::vec(
                prop::sample::select(
                    &["a", "B-", "3", ".", "@", "#", ":", "/", "://", "www", "WWW.", "http", "\u{17f}", "\u{212a}", ".com", "co.uk",
                      ".iNfo", "”", "\"", " ", "\n", "\u{a0}", "é", "_"][..],
                ),
                0..20,
            ),
        ) {
            let text = text.concat();
            let expected: Vec<_> = ADDRESS.find_iter(&text).map(|m| m.as_str()).collect();
            let mut found = found(&text);
            found.retain(|(_, kind)| *kind == RegionKind::Address);
            prop_assert_eq!(found.iter().map(|(part, _)| *part).collect::<Vec<_>>(), expected);
        }
    }

    fn found(text: &str) -> Vec<(&str, RegionKind)> {
        regions(text).iter().map(|r| (r.span.of(text), r.kind)).collect()
    }

    #[test]
    fn each_kind() {
        use RegionKind::{Address, Code, Quotation};
        assert_eq!(
            found("He said “go to it” and \"stop\"."),
            [("“go to it”", Quotation), ("\"stop\"", Quotation)]
        );
        assert_eq!(
            found("See https://a.b/go?x=1 or mail x@y.org, news.com/page, @user #tag"),
            [
                ("https://a.b/go?x=1", Address),
                ("x@y.org", Address),
                ("news.com/page", Address),
                ("@user", Address),
                ("#tag", Address)
            ]
        );
        assert_eq!(found("run `go to` now"), [("`go to`", Code)]);
        assert_eq!(found("“never closed\nnext"), [("“never closed", Quotation)]);
    }
}
