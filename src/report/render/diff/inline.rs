//! Lines that were changed, word by word.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::super::style::Style;
use crate::report::report::plain;

/// What became of a piece of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It stays.
    Kept,
    /// It goes.
    Gone,
    /// It comes.
    Come,
}

impl Mark {
    /// A text with its mark: a colour, or brackets.
    pub(super) fn on(self, text: &str, style: Style) -> String {
        match self {
            Self::Kept => text.to_owned(),
            Self::Gone if style.colour => style.bad(text),
            Self::Come if style.colour => style.good(text),
            Self::Gone => format!("[-{text}-]"),
            Self::Come => format!("{{+{text}+}}"),
        }
    }
}

/// A piece of a line, as it can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub mark: Mark,
    pub text: String,
}

/// The pieces of two lines in order. What only the line endings differ in is shown as `\r`, `\n`.
pub(super) fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let ((old, old_end), (new, new_end)) = (without_ending(old), without_ending(new));
    let (before, after) = (words(old), words(new));
    let mut out: Vec<Piece> = Vec::new();
    // A change that is not written yet: one with only white space between it and the next is read more easily as one with it.
    let (mut gone, mut come) = (String::new(), String::new());
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    for (number, op) in ops.iter().enumerate() {
        let (from, to) = (before[op.old_range()].concat(), after[op.new_range()].concat());
        let is_between = number > 0 && number + 1 < ops.len();
        if op.tag() == DiffTag::Equal && !(is_between && from.trim().is_empty()) {
            change(&mut out, &std::mem::take(&mut gone), &std::mem::take(&mut come));
            push(&mut out, Mark::Kept, &from);
        } else {
            gone.push_str(&from);
            come.push_str(&to);
        }
    }
    change(&mut out, &gone, &come);
    if old_end != new_end {
        push(&mut out, Mark::Gone, &old_end.escape_default().to_string());
        push(&mut out, Mark::Come, &new_end.escape_default().to_string());
    }
    out
}

/// The pieces of a line that has no counterpart.
pub(super) fn whole(line: &str, mark: Mark) -> Vec<Piece> {
    let mut out = Vec::new();
    push(&mut out, mark, without_ending(line).0);
    out
}

/// A change, but for white space that stands before both sides of it.
fn change(out: &mut Vec<Piece>, gone: &str, come: &str) {
    let space = &gone[..gone.len() - gone.trim_start().len()];
    let (gone, come, space) = match come.strip_prefix(space) {
        Some(come) => (&gone[space.len()..], come, space),
        None => (gone, come, ""),
    };
    push(out, Mark::Kept, space);
    push(out, Mark::Gone, gone);
    push(out, Mark::Come, come);
}

fn push(out: &mut Vec<Piece>, mark: Mark, text: &str) {
    if !text.is_empty() {
        out.push(Piece { mark, text: plain(text) });
    }
}

pub(super) fn without_ending(line: &str) -> (&str, &str) {
    let text = line.strip_suffix('\n').map_or(line, |text| text.strip_suffix('\r').unwrap_or(text));
    (text, &line[text.len()..])
}

/// Words, white space and symbols of a line; together they are the line.
fn words(line: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        _ if c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}') => 0,
        _ if c.is_whitespace() => 1,
        _ => 2,
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        if chars.peek().is_none_or(|&(_, next)| kind(next) != kind(c) || kind(c) == 2) {
            out.push(&line[start..end]);
            start = end;
        }
    }
    out
}

/// Changed lines side by side: in order where there are as many, else each with the next that has half its words.
pub(super) fn pairs<'t>(olds: &[&'t str], news: &[&'t str]) -> Vec<(Option<&'t str>, Option<&'t str>)> {
    if olds.len() == news.len() {
        return olds.iter().zip(news).map(|(old, new)| (Some(*old), Some(*new))).collect();
    }
    let mut out = Vec::new();
    let mut rest = news;
    for old in olds {
        let partner = rest.iter().position(|new| are_alike(old, new));
        if let Some(partner) = partner {
            out.extend(rest[..partner].iter().map(|new| (None, Some(*new))));
            out.push((Some(*old), Some(rest[partner])));
            rest = &rest[partner + 1..];
        } else {
            out.push((Some(*old), None));
        }
    }
    out.extend(rest.iter().map(|new| (None, Some(*new))));
    out
}

/// Whether two lines share at least half of the words of the longer one.
fn are_alike(old: &str, new: &str) -> bool {
    let sorted = |line| {
        let mut words: Vec<&str> = words(line).into_iter().filter(|word| !word.trim().is_empty()).collect();
        words.sort_unstable();
        words
    };
    let (old, new) = (sorted(old), sorted(new));
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while a < old.len() && b < new.len() {
        match old[a].cmp(new[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, shared) = (a + 1, b + 1, shared + 1),
        }
    }
    shared * 2 >= old.len().max(new.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(old: &str, new: &str) -> String {
        pieces(old, new).iter().map(|piece| piece.mark.on(&piece.text, Style::default())).collect()
    }

    #[test]
    fn words_that_differ_are_marked() {
        assert_eq!(shown("We go to “it”.\r\n", "We visit “it”.\r\n"), "We [-go to-]{+visit+} “it”.");
        assert_eq!(shown("a b", "a b c"), "a b{+ c+}");
        assert_eq!(shown("the 2 wide lands", "the two states"), "the [-2 wide lands-]{+two states+}");
        assert_eq!(shown("a\r\n", "a\n"), "a[-\\r\\n-]{+\\n+}");
        assert_eq!(shown("a\u{1b}[0m b", "a\u{1b}[0m c"), "a [0m [-b-]{+c+}");
    }

    #[test]
    fn lines_find_their_partners() {
        let pairs = pairs(&["Home", "We go to it", "Share this"], &["We visit it"]);
        assert_eq!(
            pairs,
            [(Some("Home"), None), (Some("We go to it"), Some("We visit it")), (Some("Share this"), None)]
        );
        assert_eq!(super::pairs(&["a"], &["b"]), [(Some("a"), Some("b"))]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(old in "[ab é.'-]{0,12}", new in "[ab é.'-]{0,12}") {
            let pieces = pieces(&old, &new);
            let side = |other: Mark| -> String {
                pieces.iter().filter(|p| p.mark != other).map(|p| p.text.as_str()).collect()
            };
            prop_assert_eq!(side(Mark::Come), plain(&old));
            prop_assert_eq!(side(Mark::Gone), plain(&new));
        }

        #[test]
        fn every_line_is_paired_once(olds in prop::collection::vec("[ab ]{0,4}", 0..5), news in prop::collection::vec("[ab ]{0,4}", 0..5)) {
            let olds: Vec<&str> = olds.iter().map(String::as_str).collect();
            let news: Vec<&str> = news.iter().map(String::as_str).collect();
            let pairs = pairs(&olds, &news);
            prop_assert_eq!(pairs.iter().filter_map(|pair| pair.0).collect::<Vec<_>>(), olds);
            prop_assert_eq!(pairs.iter().filter_map(|pair| pair.1).collect::<Vec<_>>(), news);
        }
    }
}
