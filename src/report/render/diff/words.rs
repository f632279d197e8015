//! A diff for people: each line once, with the words that change in it.

use similar::DiffTag;

use super::inline::{Mark, pairs, pieces, whole};
use super::name::name;
use super::{DiffOptions, Lines, head};

/// The change of a file from `old` to `new`, word by word; empty if there is none.
///
/// What goes is red and what comes green, or `[-gone-]{+come+}` without colours. Control characters are shown as spaces.
pub fn diff_words(path: &str, old: &str, new: &str, options: DiffOptions) -> String {
    let (lines, style) = (Lines::new(old, new, options.context), options.style);
    if lines.hunks.is_empty() {
        return String::new();
    }
    let mut out = style.bold(&format!("--- {}", name("a", path).trim_end())) + "\n";
    out.push_str(&style.bold(&format!("+++ {}", name("b", path).trim_end())));
    out.push('\n');
    for hunk in &lines.hunks {
        out.push_str(&style.dim(&head(hunk)));
        out.push('\n');
        for op in hunk {
            let (before, after) = lines.of(op);
            let pairs = pairs(before, after);
            for (old, new) in pairs {
                let line = match (old, new) {
                    (Some(old), Some(_)) if op.tag() == DiffTag::Equal => whole(old, Mark::Kept),
                    (Some(old), Some(new)) => pieces(old, new),
                    (Some(old), None) => whole(old, Mark::Gone),
                    (None, Some(new)) => whole(new, Mark::Come),
                    (None, None) => Vec::new(),
                };
                for piece in line {
                    out.push_str(&piece.mark.on(&piece.text, style));
                }
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::render::Style;

    const OLD: &str = "Head\r\n\r\nThey go to Café “Ōsaka” – no less than 9 folks.\r\nHome\r\nShare\r\n";
    const NEW: &str = "Head\r\n\r\nThey visit Café “Ōsaka” – at least nine people.\r\nHome\r\n";

    #[test]
    fn brackets_without_colours() {
        let out = diff_words("a b.txt", OLD, NEW, DiffOptions { context: 1, ..DiffOptions::default() });
        assert_eq!(
            out,
            "--- a/a b.txt\n+++ b/a b.txt\n@@ -2,4 +2,3 @@\n\nThey [-go to-]{+visit+} Café “Ōsaka” – [-no less than 9 \
             folks-]{+at least nine people+}.\nHome\n[-Share-]\n"
        );
        assert_eq!(diff_words("x", OLD, OLD, DiffOptions::default()), "");
    }

    #[test]
    fn colours_without_brackets() {
        let options = DiffOptions { context: 0, style: Style { colour: true }, ..DiffOptions::default() };
        let out = diff_words("x", "a b\n", "a c\n", options);
        assert!(out.ends_with("\na \u{1b}[31mb\u{1b}[0m\u{1b}[32mc\u{1b}[0m\n"), "{out:?}");
    }
}
