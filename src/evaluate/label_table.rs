//! Labels of texts that stand elsewhere: places and labels alone, not a word of the texts.

use super::reprint::{LabelledLine, LineLabel, Reprint, ReprintError};
use crate::text::Span;

/// A row: of which file, which lines, what they are, and which characters if it is a part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    number: usize,
    file: String,
    lines: (usize, usize),
    label: LineLabel,
    part: Option<(usize, usize)>,
}

/// Labels of some texts. What has no row is the article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelTable {
    rows: Vec<Row>,
}

impl LabelTable {
    /// Reads a table of tab-separated columns: file name; a line or lines (`4`, `4-6`), from 1; label; and, where a part of a line of
    /// the article is furniture, its first character and the one past its last, from 0. Lines that start with `#` are remarks.
    ///
    /// # Errors
    ///
    /// The first row that breaks the format.
    pub fn parse(table: &str) -> Result<Self, ReprintError> {
        let mut rows = Vec::new();
        for (index, line) in table.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |problem| ReprintError { line: index + 1, problem };
            rows.push(row(line, index + 1).map_err(fail)?);
        }
        Ok(Self { rows })
    }

    /// A text with the labels that the table has for a file.
    ///
    /// # Errors
    ///
    /// The first row of the file that names a line or a part that isn't there.
    pub fn page(&self, file: &str, text: &str) -> Result<Reprint, ReprintError> {
        let mut page = Reprint { text: text.to_owned(), ..Reprint::default() };
        // By number of line: empty ones have no label.
        let mut numbers = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            if content.trim().is_empty() {
                numbers.push(None);
            } else {
                numbers.push(Some(page.lines.len()));
                let span = Span::new(at, at + content.len());
                page.lines.push(LabelledLine { span, label: LineLabel::Article, furniture: Vec::new() });
            }
            at += line.len();
        }
        for row in self.rows.iter().filter(|row| row.file == file) {
            let fail = |problem| ReprintError { line: row.number, problem };
            for line_number in row.lines.0..=row.lines.1 {
                let index = numbers.get(line_number - 1).ok_or_else(|| fail("the text has no such line"))?;
                let Some(line) = index.map(|index| &mut page.lines[index]) else { continue };
                match row.part {
                    None => line.label = row.label,
                    Some((from, to)) => {
                        let content = line.span.of(text);
                        let byte =
                            |n: usize| content.char_indices().map(|(at, _)| at).chain([content.len()]).nth(n);
                        let (Some(from), Some(to)) = (byte(from), byte(to)) else {
                            return Err(fail("the line is shorter"));
                        };
                        line.furniture
                            .push(Span::new(line.span.start() + from, line.span.start() + to.max(from)));
                    }
                }
            }
        }
        Ok(page)
    }
}

fn row(line: &str, number: usize) -> Result<Row, &'static str> {
    let columns: Vec<&str> = line.split('\t').collect();
    let (file, lines, label, part) = match columns.as_slice() {
        [file, lines, label] => (file, lines, label, None),
        [file, lines, label, from, to] => (file, lines, label, Some((from, to))),
        _ => {
            return Err(
                "three columns, or five: file, lines, label and, for a part, its first and last character",
            );
        }
    };
    let parsed = |text: &str| text.parse::<usize>().map_err(|_| "not a number");
    let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
    let lines = (parsed(first)?, parsed(last)?);
    if lines.0 == 0 || lines.1 < lines.0 {
        return Err("lines count from 1, and the last is not before the first");
    }
    let part = part.map(|(from, to)| Ok::<_, &str>((parsed(from)?, parsed(to)?))).transpose()?;
    Ok(Row { number, file: (*file).to_owned(), lines, label: LineLabel::of(label)?, part })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_by_line_and_character() {
        let table =
            LabelTable::parse("# remark\na.txt\t1\t-\na.txt\t3-4\t=\na.txt\t2\t+\t0\t2\nb.txt\t9\t?\n")
                .unwrap();
        let page = table.page("a.txt", "Menu\né flood\n\nOther").unwrap();
        let labels: Vec<LineLabel> = page.lines.iter().map(|line| line.label).collect();
        assert_eq!(labels, [LineLabel::Furniture, LineLabel::Article, LineLabel::Appended]);
        assert_eq!(page.lines[1].furniture[0].of(&page.text), "é ");
        assert_eq!(
            table.page("b.txt", "one\n").unwrap_err().to_string(),
            "line 5: the text has no such line"
        );
        assert!(LabelTable::parse("a\t0\t-").is_err() && LabelTable::parse("a\t1\tx").is_err());
    }
}
