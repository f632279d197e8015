//! Scraped pages with a label on every line, and how well a cleaned text agrees with them.
//!
//! The format is described in `tests/reprints/README.md`.

use thiserror::Error;

use crate::text::Span;

/// What a line of a labelled page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineLabel {
    /// `+`: the article.
    Article,
    /// `-`: page furniture.
    Furniture,
    /// `=`: a second article behind the first.
    Appended,
    /// `?`: either would be right.
    Either,
}

impl LineLabel {
    pub(super) fn of(label: &str) -> Result<Self, &'static str> {
        match label {
            "+" => Ok(Self::Article),
            "-" => Ok(Self::Furniture),
            "=" => Ok(Self::Appended),
            "?" => Ok(Self::Either),
            _ => Err("a label is one of + - = ?"),
        }
    }
}

/// A line with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledLine {
    /// The line in the text, without its ending.
    pub span: Span,
    /// What it is.
    pub label: LineLabel,
    /// Parts of a line of the article that are furniture.
    pub furniture: Vec<Span>,
}

/// A page as it was scraped, with the truth about its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reprint {
    /// The text.
    pub text: String,
    /// Its lines that are not empty, in order.
    pub lines: Vec<LabelledLine>,
    /// What the page says of itself: names and values, in order.
    pub about: Vec<(String, String)>,
}

/// A labelled page that can't be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line}: {problem}")]
pub struct ReprintError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: &'static str,
}

impl Reprint {
    /// Reads a labelled page.
    ///
    /// # Errors
    ///
    /// The first line without a label, or with marks that don't close.
    pub fn parse(source: &str) -> Result<Self, ReprintError> {
        let mut out = Self::default();
        for (index, line) in source.lines().enumerate() {
            if out.text.is_empty() && line.starts_with('#') {
                let about = line[1..].trim().split_once(':');
                out.about
                    .extend(about.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())));
                continue;
            }
            if !line.trim().is_empty() {
                out.line(line).map_err(|problem| ReprintError { line: index + 1, problem })?;
            }
            out.text.push('\n');
        }
        Ok(out)
    }

    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        let (label, rest) = line.split_once('\t').ok_or("no tab after the label")?;
        let label = LineLabel::of(label)?;
        let start = self.text.len();
        let mut furniture = Vec::new();
        let mut rest = rest;
        if label == LineLabel::Article {
            while let Some((before, marked)) = rest.split_once("[-") {
                let (marked, after) = marked.split_once("-]").ok_or("`[-` without `-]`")?;
                self.text.push_str(before);
                let from = self.text.len();
                self.text.push_str(marked);
                furniture.push(Span::new(from, self.text.len()));
                rest = after;
            }
        }
        self.text.push_str(rest);
        self.lines.push(LabelledLine { span: Span::new(start, self.text.len()), label, furniture });
        Ok(())
    }

    /// What the page says of itself under a name.
    pub fn about(&self, name: &str) -> Option<&str> {
        self.about.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Counts of words and lines, kept and cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeptText {
    /// Words of the article.
    pub article_words: usize,
    /// Those that are kept.
    pub article_words_kept: usize,
    /// Words of furniture and of second articles.
    pub other_words: usize,
    /// Those that are kept.
    pub other_words_kept: usize,
    /// Lines of the article.
    pub article_lines: usize,
    /// Those of which a word is cut.
    pub article_lines_cut: usize,
    /// Lines of furniture and of second articles.
    pub other_lines: usize,
    /// Those of which a word is kept.
    pub other_lines_kept: usize,
}

impl KeptText {
    /// Compares what was cut from a page, as spans in order, with its labels.
    pub fn of(reprint: &Reprint, cut: &[Span]) -> Self {
        let mut out = Self::default();
        for line in reprint.lines.iter().filter(|line| line.label != LineLabel::Either) {
            let is_article = line.label == LineLabel::Article;
            let [mut article, mut other] = [(0, 0); 2];
            for word in words(&reprint.text, line.span) {
                let kept = !cut.iter().any(|span| span.overlaps(word));
                let is_furniture = !is_article || line.furniture.iter().any(|span| span.overlaps(word));
                let counts = if is_furniture { &mut other } else { &mut article };
                counts.0 += 1;
                counts.1 += usize::from(kept);
            }
            out.article_words += article.0;
            out.article_words_kept += article.1;
            out.other_words += other.0;
            out.other_words_kept += other.1;
            if is_article {
                out.article_lines += 1;
                out.article_lines_cut += usize::from(article.1 < article.0);
            } else {
                out.other_lines += 1;
                out.other_lines_kept += usize::from(other.1 > 0);
            }
        }
        out
    }

    /// Adds the counts of another page.
    pub fn add(&mut self, other: Self) {
        self.article_words += other.article_words;
        self.article_words_kept += other.article_words_kept;
        self.other_words += other.other_words;
        self.other_words_kept += other.other_words_kept;
        self.article_lines += other.article_lines;
        self.article_lines_cut += other.article_lines_cut;
        self.other_lines += other.other_lines;
        self.other_lines_kept += other.other_lines_kept;
    }

    /// Share of the kept words that are the article's; `None` if nothing is kept.
    pub fn precision(&self) -> Option<f64> {
        share(self.article_words_kept, self.article_words_kept + self.other_words_kept)
    }

    /// Share of the article's words that are kept; `None` if it has none.
    pub fn recall(&self) -> Option<f64> {
        share(self.article_words_kept, self.article_words)
    }

    /// Harmonic mean of the two; `None` where one isn't defined.
    pub fn f1(&self) -> Option<f64> {
        let (precision, recall) = (self.precision()?, self.recall()?);
        (precision + recall > 0.0).then(|| 2.0 * precision * recall / (precision + recall))
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The words of a line, as white space divides them.
fn words(text: &str, line: Span) -> impl Iterator<Item = Span> + '_ {
    let line_text = line.of(text);
    line_text.split_whitespace().map(move |word| {
        let start = line.start() + (word.as_ptr() as usize - line_text.as_ptr() as usize);
        Span::new(start, start + word.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "# title: A flood\n# note\n-\tMenu\n\n+\t[-date 2023 -]A flood came.\n?\tBy X\n=\tOther news\n";

    #[test]
    fn labels_are_taken_off() {
        let page = Reprint::parse(PAGE).unwrap();
        assert_eq!(page.text, "Menu\n\ndate 2023 A flood came.\nBy X\nOther news\n");
        assert_eq!(page.about("title"), Some("A flood"));
        let marked: Vec<&str> = page.lines[1].furniture.iter().map(|s| s.of(&page.text)).collect();
        assert_eq!((page.lines.len(), marked), (4, vec!["date 2023 "]));
        let error = Reprint::parse("+\tfine\nno label\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2: no tab after the label");
        assert!(Reprint::parse("+\topen [- so\n").is_err() && Reprint::parse("x\ty\n").is_err());
    }

    #[test]
    fn counts() {
        let page = Reprint::parse(PAGE).unwrap();
        let none = KeptText::of(&page, &[]);
        assert_eq!(
            (none.article_words, none.article_words_kept, none.other_words, none.other_words_kept),
            (3, 3, 5, 5)
        );
        assert_eq!(
            (none.article_lines, none.article_lines_cut, none.other_lines, none.other_lines_kept),
            (1, 0, 2, 2)
        );
        assert_eq!(none.precision(), Some(3.0 / 8.0));
        let cut = [Span::new(0, 6), Span::new(6, 16), Span::new(16, 18)];
        let some = KeptText::of(&page, &cut);
        assert_eq!((some.article_words_kept, some.article_lines_cut), (2, 1));
        assert_eq!((some.other_words_kept, some.other_lines_kept), (2, 1));
        assert_eq!(some.f1(), Some(2.0 * 0.5 * (2.0 / 3.0) / (0.5 + 2.0 / 3.0)));
        assert_eq!(KeptText::default().f1(), None);
    }
}
