//! Growing the trees that tell page furniture from an article.

use super::boosting::{Sample, boost};
use crate::clean::{
    Furniture, Judges, LINE_FEATURES, Layout, LineJudge, Lines, Marks, OPENING_FEATURES, OpeningJudge, WordOdds, judged_lines, openings,
};
use crate::evaluate::{LabelledLine, LineLabel, Reprint};
use crate::text::Span;

/// Least lines in a leaf of a tree.
const FEWEST_LINES: usize = 12;
/// Least places where an article may begin in a leaf of a tree.
const FEWEST_OPENINGS: usize = 20;

/// What a labelled page teaches: its lines, but for those that may be either. A second article is a text of its own, as it is when
/// pages are cleaned.
pub fn page_samples(page: &Reprint, furniture: &Furniture, words: &WordOdds) -> Vec<Sample<LINE_FEATURES>> {
    let second = page.lines.iter().position(|line| line.label == LineLabel::Appended).unwrap_or(page.lines.len());
    let start = page.lines.get(second).map_or(page.text.len(), |line| line.span.start());
    let truth = |line: usize| match page.lines.get(line)?.label {
        LineLabel::Furniture => Some(true),
        LineLabel::Article | LineLabel::Appended => Some(false),
        LineLabel::Either => None,
    };
    let mut out = samples(&page.text[..start], furniture, words, truth);
    out.extend(samples(&page.text[start..], furniture, words, |line| truth(second + line)));
    out
}

/// What a genuine text teaches: none of its lines is furniture.
pub fn genuine_samples(text: &str, furniture: &Furniture, words: &WordOdds) -> Vec<Sample<LINE_FEATURES>> {
    samples(text, furniture, words, |_| Some(false))
}

fn samples(
    text: &str,
    furniture: &Furniture,
    words: &WordOdds,
    truth: impl Fn(usize) -> Option<bool>,
) -> Vec<Sample<LINE_FEATURES>> {
    let lines = Lines::of(text);
    let marks = Marks::of(&lines, furniture, words);
    let layout = Layout::of(text, &lines, &marks);
    let judged = judged_lines(&lines, &marks, &layout).into_iter();
    judged.filter_map(|(line, features)| Some(Sample { features, is_true: truth(line)? })).collect()
}

/// What a page teaches of where second articles begin; a boundary that is not among the places looked at teaches nothing.
pub fn opening_samples(page: &Reprint, furniture: &Furniture, words: &WordOdds) -> Vec<Sample<OPENING_FEATURES>> {
    let truth = page.lines.iter().position(|line| line.label == LineLabel::Appended);
    let lines = Lines::of(&page.text);
    let marks = Marks::of(&lines, furniture, words);
    let all = openings(&page.text, &lines, &marks).into_iter();
    all.map(|opening| Sample { features: opening.features, is_true: truth == Some(opening.line) }).collect()
}

/// A page with the article of another behind it, with or without the furniture around that: pages with two articles are rare.
pub fn appended(page: &Reprint, other: &Reprint, with_furniture: bool) -> Reprint {
    let mut out = page.clone();
    out.text.push('\n');
    let from = other.lines.iter().position(|line| line.label == LineLabel::Article).unwrap_or(0);
    let mut end = 0;
    for line in &other.lines[from..] {
        let is_article = line.label == LineLabel::Article;
        if !is_article && !with_furniture || line.label == LineLabel::Appended {
            continue;
        }
        // Empty lines as they stand there.
        let gap = other.text[..line.span.start()].bytes().rev().take_while(|&b| b == b'\n').count();
        out.text.extend(std::iter::repeat_n('\n', gap.saturating_sub(1).min(usize::from(end > 0) * 2)));
        let start = out.text.len();
        out.text.push_str(line.span.of(&other.text));
        end = out.text.len();
        out.text.push('\n');
        let label = if is_article { LineLabel::Appended } else { line.label };
        out.lines.push(LabelledLine { span: Span::new(start, end), label, furniture: Vec::new() });
    }
    out
}

/// Grows all trees.
pub fn grow_judges(words: WordOdds, lines: &[Sample<LINE_FEATURES>], openings: &[Sample<OPENING_FEATURES>]) -> Judges {
    Judges {
        words,
        lines: LineJudge { trees: boost(lines, std::env::var("FL").map_or(FEWEST_LINES, |v| v.parse().unwrap())) },
        openings: OpeningJudge { trees: boost(openings, std::env::var("FO").map_or(FEWEST_OPENINGS, |v| v.parse().unwrap())) },
    }
}
