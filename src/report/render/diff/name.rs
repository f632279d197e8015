//! Names of files as git writes them.

use std::fmt::Write;

/// A file's name under a prefix as git writes it: quoted if it holds control characters, quotes or backslashes, with a tab after
/// a name with spaces. A leading `/` or `./` goes, so that the name is relative.
pub(super) fn name(prefix: &str, path: &str) -> String {
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
    fn names_as_git_writes_them() {
        assert_eq!(name("a", "/tmp/x y"), "a/tmp/x y\t");
        assert_eq!(name("b", "./é.txt"), "b/é.txt");
        assert_eq!(name("a", "q\"\n"), "\"a/q\\\"\\012\"");
        assert_eq!(name("a", "-"), "a/stdin");
    }
}
