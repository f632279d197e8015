//! The texts that a labelled page teaches: as it stands, with less furniture, and with other spaces between its lines.

use std::borrow::Cow;

use crate::evaluate::{LabelledLine, LineLabel, Reprint};
use crate::hash;
use crate::text::Span;

/// Shares of the furniture that is cut. Pages are read again until nothing is left to cut, and what was kept must not go then; and
/// extractors leave some of it.
const THINNED: f64 = 0.75;
const SPARSE: f64 = 0.9;

/// A text whose lines are known: a page, one of the two articles on it, or what is left of it.
pub(super) struct Known<'p> {
    pub text: Cow<'p, str>,
    /// Whether each line is furniture, where that is said.
    pub truth: Vec<Option<bool>>,
}

impl<'p> Known<'p> {
    /// A genuine text: nothing of it is furniture. Every other one has no empty lines, so that these say nothing.
    pub fn genuine(text: &'p str, number: usize) -> Self {
        let text = genuine_text(text, number);
        let lines = crate::clean::Lines::of(&text).len();
        Self { text, truth: vec![Some(false); lines] }
    }
}

/// A genuine text as it teaches: every other one has no empty lines, so that these don't tell it from a page.
pub(super) fn genuine_text(text: &str, number: usize) -> Cow<'_, str> {
    if number.is_multiple_of(2) { text.into() } else { text.replace("\n\n", "\n").into() }
}

/// The texts of a page: as it stands, without its furniture, and with little of it; then, with other spaces between the lines, whole, with the
/// furniture within the article alone, and with hardly any. A second article is a text of its own, as it is when pages are cleaned.
pub(super) fn known(page: &Reprint) -> Vec<Known<'_>> {
    let is_second = |line: &LabelledLine| line.label == LineLabel::Appended;
    let second = page.lines.iter().position(is_second).unwrap_or(page.lines.len());
    let start = page.lines.get(second).map_or(page.text.len(), |line| line.span.start());
    let truth = |lines: &[LabelledLine]| lines.iter().map(|line| truth(line.label)).collect();
    let (first, rest) = page.lines.split_at(second);
    let (whole, after) = page.text.split_at(start);
    let is_kept = |line: &LabelledLine| line.label != LineLabel::Furniture;
    let inner = first.iter().position(is_kept).unwrap_or(0)..first.iter().rposition(is_kept).unwrap_or(0);
    let other = respaced(page);
    let spaced = &other.lines[..second];
    vec![
        Known { text: whole.into(), truth: truth(first) },
        Known { text: after.into(), truth: truth(rest) },
        without(page, first, |_| true),
        without(page, first, |number| chance(number) < THINNED),
        without(&other, spaced, |_| false),
        without(&other, spaced, |number| !inner.contains(&number)),
        without(&other, spaced, |number| chance(number + page.lines.len()) < SPARSE),
    ]
}

/// A page with an empty line between all its lines; without any, if most lines had one.
pub(super) fn respaced(page: &Reprint) -> Reprint {
    let has_one = |line: &&LabelledLine| page.text[..line.span.start()].ends_with("\n\n");
    let is_spaced = 2 * page.lines.iter().filter(has_one).count() > page.lines.len();
    let mut out =
        Reprint { text: String::new(), lines: Vec::with_capacity(page.lines.len()), about: Vec::new() };
    for line in &page.lines {
        let start = out.text.len();
        out.text.push_str(line.span.of(&page.text));
        let span = Span::new(start, out.text.len());
        out.text.push_str(if is_spaced { "\n" } else { "\n\n" });
        out.lines.push(LabelledLine { span, label: line.label, furniture: Vec::new() });
    }
    out
}

fn truth(label: LineLabel) -> Option<bool> {
    match label {
        LineLabel::Furniture => Some(true),
        LineLabel::Article | LineLabel::Appended => Some(false),
        LineLabel::Either => None,
    }
}

/// A number in [0, 1) that looks like chance and is the same everywhere.
pub(super) fn chance(number: usize) -> f64 {
    hash::fraction(hash::bytes(&(number as u64).to_le_bytes()))
}

/// Some lines of a page without the furniture that `is_cut` picks by its number.
fn without(page: &Reprint, lines: &[LabelledLine], is_cut: impl Fn(usize) -> bool) -> Known<'static> {
    let mut out = Known { text: Cow::default(), truth: Vec::new() };
    let text = out.text.to_mut();
    let mut end = 0;
    for (number, line) in lines.iter().enumerate() {
        let gap = &page.text[end..line.span.start()];
        end = line.span.end();
        if line.label == LineLabel::Furniture && is_cut(number) {
            continue;
        }
        text.push_str(gap.strip_prefix('\n').unwrap_or(gap));
        text.push_str(line.span.of(&page.text));
        text.push('\n');
        out.truth.push(truth(line.label));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_also_read_without_its_furniture() {
        let page = Reprint::parse(
            "-\tShare\n+\tThe dam holds\n\n-\tTweet\n?\tBy Anna Hale\n\n=\tStriker leaves\n=\tHe went.\n",
        )
        .unwrap();
        let texts: Vec<(String, Vec<Option<bool>>)> =
            known(&page).into_iter().map(|known| (known.text.into_owned(), known.truth)).collect();
        let whole = [Some(true), Some(false), Some(true), None];
        assert_eq!(texts[0].1, whole);
        assert_eq!(texts[1], ("Striker leaves\nHe went.\n".to_owned(), vec![Some(false); 2]));
        assert_eq!(texts[2], ("The dam holds\nBy Anna Hale\n".to_owned(), vec![Some(false), None]));
        assert!((2..=4).contains(&texts[3].1.len()));
        assert_eq!(texts[4].1, whole);
        assert_eq!(texts[5], ("\nThe dam holds\n\nTweet\n\nBy Anna Hale\n".to_owned(), whole[1..].to_vec()));
        assert!((2..=4).contains(&texts[6].1.len()));
    }

    #[test]
    fn empty_lines_come_and_go() {
        let page = Reprint::parse("+\tThe dam holds\n\n-\tTweet\n+\tIt held.\n").unwrap();
        let spaced = respaced(&page);
        assert_eq!(spaced.text, "The dam holds\n\nTweet\n\nIt held.\n\n");
        assert_eq!(respaced(&spaced).text, "The dam holds\nTweet\nIt held.\n");
        assert_eq!(spaced.lines[2].span.of(&spaced.text), "It held.");
        assert_eq!((genuine_text("a\n\nb", 0), genuine_text("a\n\nb", 1)), ("a\n\nb".into(), "a\nb".into()));
    }
}
