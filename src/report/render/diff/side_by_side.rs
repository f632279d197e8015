//! A diff for people: old lines on the left, new ones on the right.

use similar::DiffTag;
use unicode_width::UnicodeWidthChar;

use super::inline::{Mark, Piece, pairs, pieces, whole};
use super::{DiffOptions, Lines, head};
use crate::report::render::Style;
use crate::report::report::plain;

/// Columns of a side, at least.
const LEAST: usize = 12;

/// The change of a file from `old` to `new` side by side; empty if there is none.
///
/// The sign between the sides is `|` for a changed line, `<` for one that goes and `>` for one that comes. Long lines are wrapped
/// between words; no line is wider than the terminal, if that has 27 columns or more.
pub fn diff_side_by_side(path: &str, old: &str, new: &str, options: DiffOptions) -> String {
    let (lines, style) = (Lines::new(old, new, options.context), options.style);
    if lines.hunks.is_empty() {
        return String::new();
    }
    let side = (options.width.saturating_sub(3) / 2).max(LEAST);
    let mut out = String::new();
    for row in wrapped(&[Piece { mark: Mark::Kept, text: plain(path) }], 2 * side + 3, style) {
        out.push_str(&style.bold(&row.painted(style)));
        out.push('\n');
    }
    for hunk in &lines.hunks {
        out.push_str(&style.dim(&head(hunk)));
        out.push('\n');
        for op in hunk {
            let (before, after) = lines.of(op);
            for (old, new) in pairs(before, after) {
                let (left, sign, right) = sides(old, new, op.tag() == DiffTag::Equal);
                let (left, right) = (wrapped(&left, side, style), wrapped(&right, side, style));
                put(&mut out, (&left, sign, &right), side, style);
            }
        }
    }
    out
}

fn sides(old: Option<&str>, new: Option<&str>, is_equal: bool) -> (Vec<Piece>, char, Vec<Piece>) {
    match (old, new) {
        (Some(old), Some(new)) if is_equal => (whole(old, Mark::Kept), ' ', whole(new, Mark::Kept)),
        (Some(old), Some(new)) => {
            let all = pieces(old, new);
            let without = |mark| all.iter().filter(|piece| piece.mark != mark).cloned().collect();
            (without(Mark::Come), '|', without(Mark::Gone))
        }
        (Some(old), None) => (whole(old, Mark::Gone), '<', Vec::new()),
        (None, Some(new)) => (Vec::new(), '>', whole(new, Mark::Come)),
        (None, None) => (Vec::new(), ' ', Vec::new()),
    }
}

fn put(out: &mut String, (left, sign, right): (&[Row], char, &[Row]), side: usize, style: Style) {
    let none = Row::default();
    for number in 0..left.len().max(right.len()).max(1) {
        let (left, right) = (left.get(number).unwrap_or(&none), right.get(number).unwrap_or(&none));
        let gap = " ".repeat(side.saturating_sub(left.width));
        let line = format!("{}{gap} {sign} {}", left.painted(style), right.painted(style));
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// A row of one side.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    chars: Vec<(Mark, char)>,
    /// Columns that they take.
    width: usize,
}

impl Row {
    fn painted(&self, style: Style) -> String {
        let runs = self.chars.chunk_by(|(mark, _), (next, _)| mark == next);
        runs.map(|run| run[0].0.on(&run.iter().map(|(_, c)| c).collect::<String>(), style)).collect()
    }
}

/// Pieces in rows of at most so many columns, broken between words, and within words that are longer than a row.
fn wrapped(pieces: &[Piece], most: usize, style: Style) -> Vec<Row> {
    let chars: Vec<(Mark, char)> = pieces.iter().flat_map(|piece| marked(piece, style)).collect();
    let width = |c: char| c.width().unwrap_or(0);
    let mut rows = Vec::new();
    let mut row = Row::default();
    for word in chars.split_inclusive(|&(_, c)| c == ' ') {
        let word_width: usize = word.iter().filter(|&&(_, c)| c != ' ').map(|&(_, c)| width(c)).sum();
        if row.width > 0 && row.width + word_width > most {
            rows.push(std::mem::take(&mut row));
        }
        for &(mark, c) in word {
            if row.width + width(c) > most {
                rows.push(std::mem::take(&mut row));
                if c == ' ' {
                    continue;
                }
            }
            row.chars.push((mark, c));
            row.width += width(c);
        }
    }
    if !row.chars.is_empty() {
        rows.push(row);
    }
    rows
}

/// The characters of a piece. Brackets are text like any other; colours are put on when the row is full.
fn marked(piece: &Piece, style: Style) -> Vec<(Mark, char)> {
    if style.colour {
        return piece.text.chars().map(|c| (piece.mark, c)).collect();
    }
    piece.mark.on(&piece.text, style).chars().map(|c| (Mark::Kept, c)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn narrow(width: usize, colour: bool) -> DiffOptions {
        DiffOptions { context: 1, width, style: Style { colour } }
    }

    #[test]
    fn two_columns() {
        let old = "Head\nThey go to Café “Ōsaka” daily.\nHome\nShare\n";
        let new = "Head\nThey visit Café “Ōsaka” daily.\nHome\n";
        let wanted = "\
x.txt
@@ -1,4 +1,3 @@
Head                   Head
They [-go to-] Café  | They {+visit+} Café
“Ōsaka” daily.       | “Ōsaka” daily.
Home                   Home
[-Share-]            <
";
        assert_eq!(diff_side_by_side("x.txt", old, new, narrow(43, false)), wanted);
        assert_eq!(diff_side_by_side("x.txt", old, old, narrow(43, false)), "");
    }

    #[test]
    fn colours_take_no_columns() {
        let out = diff_side_by_side("x", "a bb\n", "a c\n", narrow(31, true));
        let line = out.lines().last().unwrap();
        assert_eq!(line, "a \u{1b}[31mbb\u{1b}[0m           | a \u{1b}[32mc\u{1b}[0m");
    }

    #[test]
    fn a_mark_does_not_part_a_word() {
        let piece = |mark, text: &str| Piece { mark, text: text.to_owned() };
        let rows = wrapped(&[piece(Mark::Kept, "so “"), piece(Mark::Come, "We")], 5, Style { colour: true });
        assert_eq!(rows[1].painted(Style::default()), "“{+We+}");
    }

    #[test]
    fn a_row_is_painted_by_itself() {
        let pieces = [Piece { mark: Mark::Gone, text: "one two".to_owned() }];
        let rows = wrapped(&pieces, 4, Style { colour: true });
        let texts: Vec<_> = rows.iter().map(|row| row.painted(Style { colour: true })).collect();
        assert_eq!(texts, ["\u{1b}[31mone \u{1b}[0m", "\u{1b}[31mtwo\u{1b}[0m"]);
    }

    proptest! {
        #[test]
        fn fits_the_terminal(old in "[a 日é.\n]{0,60}", new in "[a 日é.\n]{0,60}", width in 27..60_usize) {
            for line in diff_side_by_side("some/path with a long name that has no end", &old, &new, narrow(width, false)).lines() {
                prop_assert!(line.starts_with("@@") || line.width() <= width, "{} > {width}: {line}", line.width());
            }
        }

        #[test]
        fn wrapping_loses_only_spaces(text in "[a日é -]{0,40}", most in 2..12_usize) {
            let rows = wrapped(&[Piece { mark: Mark::Kept, text: text.clone() }], most, Style::default());
            let bare = |text: &str| text.replace(' ', "");
            let written: String = rows.iter().map(|row| row.painted(Style::default())).collect();
            prop_assert_eq!(bare(&written), bare(&text));
            for row in rows {
                prop_assert_eq!(row.painted(Style::default()).width(), row.width);
                prop_assert!(row.width <= most);
            }
        }
    }
}
