//! A unified diff that `git apply` and `patch -p1` take.

use std::fmt::Write;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

/// Lines around a change.
const CONTEXT: usize = 3;

/// The change of a file from `old` to `new`; empty if there is none.
///
/// Lines end with `\n` alone, as `patch` sees them: a `\r` before it belongs to the line, and a missing last newline is marked.
pub fn diff(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut out = format!("--- {}\n+++ {}\n", name("a", path), name("b", path));
    for hunk in group_diff_ops(capture_diff_slices(Algorithm::Myers, &before, &after), CONTEXT) {
        if let (Some(first), Some(last)) = (hunk.first(), hunk.last()) {
            let olds = range(first.old_range().start, last.old_range().end);
            let news = range(first.new_range().start, last.new_range().end);
            // Writing to a string can't fail.
            let _ = writeln!(out, "@@ -{olds} +{news} @@");
        }
        for op in hunk {
            lines(&mut out, &op, &before, &after);
        }
    }
    out
}

fn lines(out: &mut String, op: &DiffOp, before: &[&str], after: &[&str]) {
    let mut put = |sign: char, lines: &[&str]| {
        for line in lines {
            out.push(sign);
            out.push_str(line);
            if !line.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    };
    if op.tag() == DiffTag::Equal {
        put(' ', &before[op.old_range()]);
    } else {
        put('-', &before[op.old_range()]);
        put('+', &after[op.new_range()]);
    }
}

/// Lines as a hunk's head names them: first (from 1) and count; an empty range is named by the line before it.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

/// A file's name under a prefix as git writes it: quoted if it holds control characters, quotes or backslashes, with a tab after
/// a name with spaces. A leading `/` or `./` goes, so that the name is relative.
fn name(prefix: &str, path: &str) -> String {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./").or_else(|| path.strip_prefix('/')) {
        path = rest;
    }
    let path = if path == "-" { "stdin" } else { path };
    let name = format!("{prefix}/{path}");
    if name.chars().any(|c| c.is_control() || c == '"' || c == '\\') {
        let mut quoted = String::from("\"");
        for byte in name.bytes() {
            match byte {
                b'"' | b'\\' => {
                    quoted.push('\\');
                    quoted.push(char::from(byte));
                }
                0x20..=0x7e => quoted.push(char::from(byte)),
                _ => {
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
        }
        quoted + "\""
    } else if name.contains(' ') {
        name + "\t"
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_a_missing_last_newline() {
        assert_eq!(
            diff("x.txt", "a\r\nb", "a\r\nc"),
            "--- a/x.txt\n+++ b/x.txt\n@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
        );
        assert_eq!(diff("x", "a", "a"), "");
    }

    #[test]
    fn names_as_git_writes_them() {
        assert_eq!(name("a", "/tmp/x y"), "a/tmp/x y\t");
        assert_eq!(name("b", "./é.txt"), "b/é.txt");
        assert_eq!(name("a", "q\"\n"), "\"a/q\\\"\\012\"");
        assert_eq!(name("a", "-"), "a/stdin");
    }

    #[test]
    fn counts_of_hunks() {
        assert_eq!(range(0, 0), "0,0");
        assert_eq!(range(4, 5), "5");
        assert_eq!(range(4, 7), "5,3");
    }
}
