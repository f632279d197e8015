//! What a text itself says is to be left alone: `unspin:` directives, and what stands before `[sic]`.

use once_cell::sync::Lazy;
use regex::Regex;

static DIRECTIVE: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"unspin:(ignore-next-line|ignore-file|ignore|off|on)").expect("a fixed pattern")
});
static SIC: Lazy<Regex> = Lazy::new(|| Regex::new(r"(?i)[\[(]sic!?[\])]").expect("a fixed pattern"));

/// A directive stands by itself or in a comment: only white space and the marks of comments may touch it. In prose that speaks of
/// directives, quotation marks, backticks or full stops do.
fn is_comment_mark(c: char) -> bool {
    c.is_whitespace() || "<>!-#/*;%(){}[]".contains(c)
}

/// Quotations up to this many bytes are one phrase for a `[sic]` behind them.
const LONGEST_PHRASE: usize = 80;

/// The stretches that must not be edited, as byte ranges; they may overlap.
///
/// - `unspin:ignore`: the line that it stands in;
/// - `unspin:ignore-next-line`: the line after that;
/// - `unspin:off` to the next `unspin:on`, or to the end of the text;
/// - `unspin:ignore-file`: the text;
/// - `[sic]` or `(sic)`: the word before it, or the quotation that ends there if it is short.
pub(super) fn ignored(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut off = None;
    for found in DIRECTIVE.captures_iter(text) {
        let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else { continue };
        let (start, end) = (whole.start(), whole.end());
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        if !before.is_none_or(is_comment_mark) || !after.is_none_or(is_comment_mark) {
            continue;
        }
        // `unspin:off-hand` is no directive, `unspin:off-->` is one.
        if text[end..].starts_with('-') && !text[end..].starts_with("--") {
            continue;
        }
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        match name.as_str() {
            "ignore" => out.push((text[..start].rfind('\n').map_or(0, |at| at + 1), line_end)),
            "ignore-next-line" if line_end < text.len() => {
                let next = line_end + 1;
                out.push((next, text[next..].find('\n').map_or(text.len(), |at| next + at)));
            }
            "ignore-file" => return vec![(0, text.len())],
            "off" => off = off.or(Some(start)),
            "on" => out.extend(off.take().map(|from| (from, end))),
            _ => {}
        }
    }
    out.extend(off.map(|from| (from, text.len())));
    out.extend(SIC.find_iter(text).map(|sic| (phrase_before(&text[..sic.start()]), sic.end())));
    out
}

/// Where the word, or short quotation, begins that a text ends with.
fn phrase_before(text: &str) -> usize {
    let text = text.trim_end();
    for (open, close) in [('“', '”'), ('"', '"'), ('‘', '’')] {
        let Some(inner) = text.strip_suffix(close) else { continue };
        if let Some(start) = inner.rfind(open).filter(|start| text.len() - start <= LONGEST_PHRASE) {
            return start;
        }
    }
    let word = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    word.trim_end_matches(inside).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        ignored(text).iter().map(|&(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn lines() {
        assert_eq!(found("one\ntwo <!-- unspin:ignore -->\nthree"), ["two <!-- unspin:ignore -->"]);
        assert_eq!(found("one # unspin:ignore"), ["one # unspin:ignore"]);
        assert_eq!(found("// unspin:ignore-next-line\r\ntwo\r\nthree"), ["two\r"]);
        assert_eq!(found("one <!--unspin:ignore-next-line-->\ntwo"), ["two"]);
        assert_eq!(found("one unspin:ignore-next-line"), [""; 0]);
    }

    #[test]
    fn stretches() {
        assert_eq!(found("a unspin:off b\nc unspin:on d"), ["unspin:off b\nc unspin:on"]);
        assert_eq!(found("a unspin:off b\nc"), ["unspin:off b\nc"]);
        assert_eq!(found("a unspin:on b"), [""; 0]);
        assert_eq!(found("a unspin:off b unspin:off c unspin:on"), ["unspin:off b unspin:off c unspin:on"]);
        assert_eq!(found("a\nunspin:ignore-file\nb"), ["a\nunspin:ignore-file\nb"]);
    }

    #[test]
    fn prose_about_directives_is_none() {
        for text in [
            "Write `unspin:ignore` in the line.",
            "The \"unspin:off\" mark is new.",
            "They call it unspin:ignore.",
            "See http://x.y/?unspin:off",
            "unspin:offer unspin:ignored unspin:off-hand",
            "Unspin: ignore this. An unspin:tool.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn sic() {
        assert_eq!(found("They had went [sic] home"), ["went [sic]"]);
        assert_eq!(found("a well-known (sic!) man"), ["well-known (sic!)"]);
        assert_eq!(found("so “within the probe” [Sic] he"), ["“within the probe” [Sic]"]);
        assert_eq!(found("the end.\" [sic]"), ["end.\" [sic]"]);
        assert_eq!(found("[sic] (sic)"), ["[sic]", "sic] (sic)"]);
        assert_eq!(found("music) classic]"), [""; 0]);
    }
}
