//! A table of the places of one text that were spun.

use thiserror::Error;

use super::offsets::CharOffsets;
use super::score::Gold;
use crate::text::Span;

/// What is wrong with a row of a gold table.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{problem}")]
pub struct GoldError {
    /// Line of the table, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: GoldProblem,
}

/// The kinds of [`GoldError`].
#[derive(Debug, Error, PartialEq, Eq)]
pub enum GoldProblem {
    /// Not five columns.
    #[error("{0} columns, wanted 5: line, start, end, spun, canonical")]
    Columns(usize),
    /// A line or an offset that is no whole number.
    #[error("{column} is no whole number: `{value}`")]
    Number {
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
    },
    /// A place that the text does not have.
    #[error("the text has no line {line} with characters {start} to {end}")]
    Outside {
        /// Line of the text, from 1.
        line: usize,
        /// First character in the line.
        start: usize,
        /// One past the last character in the line.
        end: usize,
    },
    /// Another text stands at the place.
    #[error("the table says `{spun}`, but in the text stands `{found}`")]
    OtherText {
        /// What the table says.
        spun: String,
        /// What stands there.
        found: String,
    },
    /// Rows that overlap, or are not in the order of the text.
    #[error("the place starts before the one of the row before it ends")]
    OutOfOrder,
}

/// Reads a table for a text: `line` (of the text, from 1), `start` and `end` (characters in the line), `spun` (what stands there) and
/// `canonical` (what may stand there, by `|`). A place whose `spun` is among its canonical forms may be left alone. Rows stand in
/// the order of the text; a first row with the names of the columns is skipped.
///
/// # Errors
///
/// [`GoldError`] for the first row that does not fit the text.
pub fn parse_gold(table: &str, text: &str) -> Result<Vec<Gold>, GoldError> {
    let line_starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut gold: Vec<Gold> = Vec::new();
    for (row, line) in table.lines().zip(1..) {
        let row = if line == 1 { row.trim_start_matches('\u{feff}') } else { row };
        if row.is_empty() || (line == 1 && row.starts_with("line\t")) {
            continue;
        }
        let entry = entry(row, text, &line_starts).map_err(|problem| GoldError { line, problem })?;
        if gold.last().is_some_and(|before| before.span.end() > entry.span.start()) {
            return Err(GoldError { line, problem: GoldProblem::OutOfOrder });
        }
        gold.push(entry);
    }
    Ok(gold)
}

fn entry(row: &str, text: &str, line_starts: &[usize]) -> Result<Gold, GoldProblem> {
    let cells: Vec<&str> = row.split('\t').collect();
    let &[line, start, end, spun, canonical] = cells.as_slice() else {
        return Err(GoldProblem::Columns(cells.len()));
    };
    let (line, start, end) = (number("line", line)?, number("start", start)?, number("end", end)?);
    let place = span_in(text, line_starts, line, start, end)
        .filter(|place| !place.is_empty())
        .ok_or(GoldProblem::Outside { line, start, end })?;
    if place.of(text) != spun {
        let found = place.of(text).to_owned();
        return Err(GoldProblem::OtherText { spun: spun.to_owned(), found });
    }
    Ok(Gold { span: place, accepted: canonical.split('|').map(str::to_owned).collect() })
}

fn number(column: &'static str, value: &str) -> Result<usize, GoldProblem> {
    value.parse().map_err(|_| GoldProblem::Number { column, value: value.to_owned() })
}

fn span_in(text: &str, line_starts: &[usize], line: usize, start: usize, end: usize) -> Option<Span> {
    let from = *line_starts.get(line.checked_sub(1)?)?;
    let line = text[from..].split('\n').next()?;
    let mut offsets = CharOffsets::new(line);
    Some(Span::new(from + offsets.byte_of(start)?, from + offsets.byte_of(end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Título\r\n\r\n“Café” — go to the\r\ngiant talks\r\n";

    fn problem(row: &str) -> (usize, String) {
        let error = parse_gold(&format!("line\tstart\tend\tspun\tcanonical\n{row}\n"), TEXT).unwrap_err();
        (error.line, error.to_string())
    }

    #[test]
    fn places_in_lines() {
        let table = "line\tstart\tend\tspun\tcanonical\r\n3\t9\t14\tgo to\tvisit|see\r\n4\t0\t5\tgiant\tlarge|giant\r\n";
        let gold = parse_gold(table, TEXT).unwrap();
        assert_eq!(gold[0].span.of(TEXT), "go to");
        assert_eq!(gold[0].accepted, ["visit", "see"]);
        assert_eq!((gold[0].is_optional(TEXT), gold[1].is_optional(TEXT)), (false, true));
        assert_eq!(parse_gold("", TEXT), Ok(Vec::new()));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(
            problem("3\t9\t14\tgo to"),
            (2, "4 columns, wanted 5: line, start, end, spun, canonical".to_owned())
        );
        assert_eq!(problem("3\tx\t14\tgo to\tvisit"), (2, "start is no whole number: `x`".to_owned()));
        let other = "the table says `went to`, but in the text stands `go to`";
        assert_eq!(problem("3\t9\t14\tgo to\tvisit\n3\t9\t14\twent to\tvisit"), (3, other.to_owned()));
        assert_eq!(
            problem("3\t9\t14\tgo to\tvisit\n3\t12\t14\tto\tx").1,
            GoldProblem::OutOfOrder.to_string()
        );
        for outside in ["0\t0\t1", "3\t9\t90", "9\t0\t1", "3\t9\t9", "3\t9\t8", "1\t6\t99"] {
            let (line, message) = problem(&format!("{outside}\tgo to\tvisit"));
            assert!(line == 2 && message.starts_with("the text has no line "), "{outside}: {message}");
        }
    }
}
