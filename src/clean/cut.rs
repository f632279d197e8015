//! From lines that go to edits.

use super::line::Lines;
use crate::repair::Edit;
use crate::text::Span;

/// The edits that cut some lines, one for each in order: what is left has no more and no fewer empty lines between its lines
/// than it needs.
///
/// Each edit takes its line and the empty ones on one side: those after it, or, where there are more of these than before
/// all that is cut at that place, those before. At the end of the text no empty lines stay behind.
pub fn cut_lines(text: &str, lines: &Lines, is_cut: &[bool]) -> Vec<Edit> {
    let all = lines.as_slice();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut out = Vec::new();
    let mut index = 0;
    while index < all.len() {
        if !is_cut[index] {
            index += 1;
            continue;
        }
        let end = (index..all.len()).find(|&i| !is_cut[i]).unwrap_or(all.len());
        let above = index.checked_sub(1).map(|i| &all[i]);
        // Where the run keeps the empty lines after it, or nothing comes after it.
        let upwards = match (above, all.get(end)) {
            (Some(_), Some(below)) => below.blank_before > all[index].blank_before,
            (Some(_), None) => true,
            (None, _) => false,
        };
        let mut from = match above {
            Some(line) if upwards => line.after(),
            Some(line) => line.next(),
            None => start,
        };
        for (number, line) in all.iter().enumerate().take(end).skip(index) {
            let last_of_text = number + 1 == all.len();
            let to = if upwards && !last_of_text { line.after() } else { line.next() };
            out.push(Edit { span: Span::new(from, to), replacement: String::new() });
            from = to;
        }
        index = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::repair::apply;

    /// The text without the lines that hold an `x`.
    fn without_x(text: &str) -> String {
        let lines = Lines::of(text);
        let is_cut: Vec<bool> = lines.as_slice().iter().map(|l| l.span().of(text).contains('x')).collect();
        apply(text, &cut_lines(text, &lines, &is_cut)).unwrap().text
    }

    #[test]
    fn empty_lines_stay_as_they_should() {
        assert_eq!(without_x("x\n\na\n\nx\n\nb\n\nx\nx\n"), "a\n\nb\n");
        assert_eq!(without_x("a\nx\n\nb"), "a\n\nb");
        assert_eq!(without_x("a\n\nx\nb"), "a\n\nb");
        assert_eq!(without_x("a\nx\nb\n\n\n x"), "a\nb\n");
        assert_eq!(without_x("\u{feff}x\r\na\r\n"), "\u{feff}a\r\n");
        assert_eq!(without_x("x\nx"), "");
        assert_eq!(without_x("a\n\n"), "a\n\n");
    }

    proptest! {
        #[test]
        fn kept_lines_stay_and_cut_ones_go(text in "(a|bx|\n|\r\n| ){0,30}") {
            let kept = |text: &str| -> Vec<String> {
                text.split('\n').map(|l| l.trim().to_owned()).filter(|l| !l.is_empty() && !l.contains('x')).collect()
            };
            let cleaned = without_x(&text);
            prop_assert!(!cleaned.contains('x'));
            prop_assert_eq!(kept(&text), kept(&cleaned));
        }
    }
}
