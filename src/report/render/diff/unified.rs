//! A unified diff that `git apply` and `patch -p1` take.

use similar::{DiffOp, DiffTag};

use super::name::name;
use super::{DiffOptions, Lines, head};
use crate::report::render::Style;

/// The change of a file from `old` to `new`; empty if there is none.
///
/// Lines end with `\n` alone, as `patch` sees them: a `\r` before it belongs to the line, and a missing last newline is marked.
/// Tools take it without colours only; without context, `git apply` wants `--unidiff-zero`.
pub fn diff_unified(path: &str, old: &str, new: &str, options: DiffOptions) -> String {
    let (lines, style) = (Lines::new(old, new, options.context), options.style);
    if lines.hunks.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    for head in [format!("--- {}", name("a", path)), format!("+++ {}", name("b", path))] {
        out.push_str(&style.bold(&head));
        out.push('\n');
    }
    for hunk in &lines.hunks {
        out.push_str(&style.dim(&head(hunk)));
        out.push('\n');
        for op in hunk {
            put(&mut out, &lines, op, style);
        }
    }
    out
}

fn put(out: &mut String, lines: &Lines<'_>, op: &DiffOp, style: Style) {
    let mut put = |lines: &[&str], paint: &dyn Fn(&str) -> String, sign: char| {
        for line in lines {
            let (text, end) = line.strip_suffix('\n').map_or((*line, ""), |text| (text, "\n"));
            out.push_str(&paint(&format!("{sign}{text}")));
            out.push_str(end);
            if end.is_empty() {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    };
    let (before, after) = lines.of(op);
    if op.tag() == DiffTag::Equal {
        put(before, &str::to_owned, ' ');
    } else {
        put(before, &|line| style.bad(line), '-');
        put(after, &|line| style.good(line), '+');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(path: &str, old: &str, new: &str) -> String {
        diff_unified(path, old, new, DiffOptions::default())
    }

    #[test]
    fn marks_a_missing_last_newline() {
        assert_eq!(
            plain("x.txt", "a\r\nb", "a\r\nc"),
            "--- a/x.txt\n+++ b/x.txt\n@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
        );
        assert_eq!(plain("x", "a", "a"), "");
    }

    #[test]
    fn context_is_as_wide_as_asked_for() {
        let options = DiffOptions { context: 0, ..DiffOptions::default() };
        let out = diff_unified("x", "1\n2\n3\n4\n5\n", "1\n2\nX\n4\n", options);
        assert_eq!(out, "--- a/x\n+++ b/x\n@@ -3 +3 @@\n-3\n+X\n@@ -5 +4,0 @@\n-5\n");
    }

    #[test]
    fn colours_end_before_the_line_does() {
        let options = DiffOptions { style: Style { colour: true }, ..DiffOptions::default() };
        let out = diff_unified("x", "a\nb\n", "a\nc\n", options);
        assert!(out.contains("\u{1b}[31m-b\u{1b}[0m\n\u{1b}[32m+c\u{1b}[0m\n"), "{out:?}");
        let bare = out.replace("\u{1b}[0m", "");
        let bare =
            ["1", "2", "31", "32"].iter().fold(bare, |out, code| out.replace(&format!("\u{1b}[{code}m"), ""));
        assert_eq!(bare, plain("x", "a\nb\n", "a\nc\n"));
    }
}
