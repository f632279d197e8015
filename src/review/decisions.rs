//! A file of decisions, read.

use thiserror::Error;

use super::decision::Decision;
use crate::report::wire_review::{DECISIONS, DecisionLine, DecisionRow, DecisionsHeader, VERSION};
use crate::text::Span;

/// A file of decisions that can't be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{problem}")]
pub struct DecisionsError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a line of a file of decisions.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Problem {
    /// The file is something else.
    #[error(
        "not a file of decisions: its first line should name the schema `{DECISIONS}`; give a file that `unspin review` wrote"
    )]
    Foreign,
    /// Another version wrote it.
    #[error("version {0} of the schema `{DECISIONS}`: this program reads version {VERSION}")]
    Version(u32),
    /// Not what a line should be.
    #[error("not a decision: {0}; put the line right, or take it out")]
    Malformed(String),
    /// The text has something else at the place.
    #[error(
        "the text is the right one, but at bytes {span} it has {found}, not {expected:?}: the line was altered, take it out"
    )]
    OtherText {
        /// The place.
        span: Span,
        /// What the line says stands there.
        expected: String,
        /// What stands there, in quotation marks, or that there is no such place.
        found: String,
    },
}

/// What counts of a file of decisions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decisions {
    rows: Vec<Kept>,
    /// Bytes of whole lines: what follows is a line that was cut off.
    pub whole: usize,
    /// Bytes of a last line that was cut off while it was written; it is dropped.
    pub torn: usize,
}

/// The last decision on a place.
#[derive(Debug, Clone, PartialEq)]
struct Kept {
    line: usize,
    document: String,
    path: String,
    decision: Decision,
}

impl Decisions {
    /// Reads a file. A last line without a line feed is one that was cut off; if it is whole all the same it counts.
    ///
    /// # Errors
    ///
    /// If the file is no file of decisions, of another version, or if any other line is not a decision.
    pub fn read(bytes: &[u8]) -> Result<Self, DecisionsError> {
        let mut out = Self::default();
        for (number, bytes) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
            let ended = bytes.ends_with(b"\n");
            match parse(bytes, number + 1) {
                Ok(row) => row.into_iter().for_each(|row| out.take(number + 1, &row)),
                Err(DecisionsError { problem: Problem::Malformed(_) | Problem::Foreign, .. })
                    if !ended && (number > 0 || is_start_of_header(bytes)) =>
                {
                    out.torn = bytes.len();
                    break;
                }
                Err(error) => return Err(error),
            }
            out.whole += bytes.len();
        }
        Ok(out)
    }

    /// A decision takes the place of all that are about the same bytes.
    fn take(&mut self, line: usize, row: &DecisionRow) {
        let span = Span::new(row.start, row.end.max(row.start));
        self.rows.retain(|kept| kept.document != row.document || !kept.decision.touches(span));
        if let Some(decision) = row.decision() {
            let (document, path) = (row.document.clone(), row.path.clone());
            self.rows.push(Kept { line, document, path, decision });
        }
    }

    /// How many decisions count.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none does.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The decisions on a text, in order of place. `document` is its SHA-256 in lower-case hexadecimal.
    ///
    /// # Errors
    ///
    /// If the text has something else at a place than a decision says.
    pub fn of(&self, document: &str, text: &str) -> Result<Vec<Decision>, DecisionsError> {
        let mut out = Vec::new();
        for Kept { line, decision, .. } in self.rows.iter().filter(|row| row.document == document) {
            let (span, found) = (decision.span, decision.span.get(text));
            if found != Some(&decision.before) {
                let expected = decision.before.clone();
                let found = found.map_or_else(|| "no such place".to_owned(), |found| format!("{found:?}"));
                return Err(DecisionsError {
                    line: *line,
                    problem: Problem::OtherText { span, expected, found },
                });
            }
            out.push(decision.clone());
        }
        out.sort_by_key(|decision| decision.span);
        Ok(out)
    }

    /// The decisions on other versions of a file, which don't apply to the one with this digest.
    pub fn outdated(&self, path: &str, document: &str) -> Vec<&Decision> {
        let other = |row: &&Kept| same_name(&row.path, path) && row.document != document;
        self.rows.iter().filter(other).map(|row| &row.decision).collect()
    }

    /// The texts that decisions are about, in the order of the file: digest, name of the file, number of decisions.
    pub fn documents(&self) -> Vec<(&str, &str, usize)> {
        let mut out: Vec<(&str, &str, usize)> = Vec::new();
        for row in &self.rows {
            match out.iter_mut().find(|(document, _, _)| *document == row.document) {
                Some((_, _, count)) => *count += 1,
                None => out.push((&row.document, &row.path, 1)),
            }
        }
        out
    }
}

/// Whether two names are of the same file, as far as names tell.
fn same_name(a: &str, b: &str) -> bool {
    a.trim_start_matches("./") == b.trim_start_matches("./")
}

/// The decision of a line; `None` for the header.
fn parse(bytes: &[u8], line: usize) -> Result<Option<DecisionRow>, DecisionsError> {
    let fail = |problem| DecisionsError { line, problem };
    let malformed = |message: String| fail(Problem::Malformed(message));
    if line == 1 {
        return match serde_json::from_slice(bytes) {
            Ok(DecisionLine::Header(DecisionsHeader { schema, version, .. })) if schema == DECISIONS => {
                if version == VERSION {
                    Ok(None)
                } else {
                    Err(fail(Problem::Version(version)))
                }
            }
            _ => Err(fail(Problem::Foreign)),
        };
    }
    match serde_json::from_slice(bytes) {
        Ok(DecisionLine::Decision(row)) => match row.nonsense() {
            Some(message) => Err(malformed(message)),
            None => Ok(Some(row)),
        },
        Ok(DecisionLine::Header(_)) => Err(malformed("a second header".to_owned())),
        Err(error) => {
            Err(malformed(error.to_string().split(" at line ").next().unwrap_or_default().to_owned()))
        }
    }
}

/// Whether these are the first bytes of a header of this version, by whatever version of the program.
fn is_start_of_header(bytes: &[u8]) -> bool {
    let header = serde_json::to_string(&DecisionLine::Header(DecisionsHeader::default())).unwrap_or_default();
    let fixed = header.find(",\"tool\"").unwrap_or(header.len());
    let common = bytes.len().min(fixed);
    bytes[..common] == header.as_bytes()[..common]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::decision::Author;
    use super::*;
    use crate::repair::Choice;

    fn decision(start: usize, choice: Choice) -> Decision {
        let after = (choice != Choice::Reject).then(|| "x".to_owned());
        Decision {
            span: Span::new(start, start + 2),
            before: "ab".to_owned(),
            rule: "spun-phrase".to_owned(),
            choice,
            after,
            confidence: 0.5,
            author: Author::Reviewer(Some("Anna".to_owned())),
        }
    }

    fn line(line: &DecisionLine) -> String {
        serde_json::to_string(line).unwrap() + "\n"
    }

    fn row(start: usize, choice: Choice, undone: bool) -> String {
        line(&DecisionLine::Decision(DecisionRow::new("d1", "a.txt", &decision(start, choice), undone)))
    }

    fn header() -> String {
        line(&DecisionLine::Header(DecisionsHeader::default()))
    }

    #[test]
    fn the_last_line_on_a_place_counts() {
        let text = header()
            + &row(0, Choice::Accept, false)
            + &row(4, Choice::Accept, false)
            + &row(0, Choice::Reject, false)
            + &row(5, Choice::OwnWording, false)
            + &row(8, Choice::Pick, false)
            + &row(8, Choice::Pick, true);
        let read = Decisions::read(text.as_bytes()).unwrap();
        let found = read.of("d1", "ab   ab ab").unwrap();
        assert_eq!(found, [decision(0, Choice::Reject), decision(5, Choice::OwnWording)]);
        assert_eq!((read.whole, read.torn), (text.len(), 0));
        assert_eq!(read.of("d2", "").unwrap(), []);
        assert_eq!(read.documents(), [("d1", "a.txt", 2)]);
        assert_eq!(read.outdated("a.txt", "d2").len(), 2);
        assert!(read.outdated("a.txt", "d1").is_empty() && read.outdated("b.txt", "d2").is_empty());
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let error = |text: &str| {
            let error = Decisions::read(text.as_bytes()).unwrap_err();
            (error.line, error.to_string())
        };
        let (good, whole) = (header(), row(0, Choice::Accept, false));
        assert_eq!(error("{\"a\":1}\n").0, 1);
        assert!(error("{\"a\":1}").1.starts_with("not a file of decisions"));
        assert!(error(&good.replace(":1,", ":2,")).1.starts_with("version 2 of the schema"));
        for (bad, message) in [
            ("{}\n".to_owned(), "not a decision: missing field `type`"),
            (
                whole.replace("\"end\":2", "\"end\":1"),
                "not a decision: bytes 0..1 can't hold a text of 2 bytes",
            ),
            (whole.replace("\"after\":\"x\",", ""), "not a decision: `after` is missing"),
            (whole.replace("accept", "reject"), "not a decision: `after` says what comes instead"),
            (whole.replace("0.5", "2"), "not a decision: the confidence 2 is not in [0, 1]"),
            (good.clone(), "not a decision: a second header"),
        ] {
            let (line, text) = error(&format!("{good}{whole}{bad}{whole}"));
            assert_eq!(line, 3, "{bad}");
            assert!(text.starts_with(message), "{text}");
        }
        let read = Decisions::read((good + &whole).as_bytes()).unwrap();
        let wrong = read.of("d1", "xy").unwrap_err();
        assert_eq!(wrong.line, 2);
        assert!(wrong.to_string().contains("at bytes 0..2 it has \"xy\", not \"ab\""), "{wrong}");
    }

    proptest! {
        /// Wherever writing was cut off, all lines before count, and no more.
        #[test]
        fn cut_off_anywhere(
            choices in prop::collection::vec(prop::sample::select(vec![
                (Choice::Accept, false), (Choice::Reject, false), (Choice::OwnWording, false), (Choice::Accept, true),
            ]), 0..6),
            cut in 0usize..2000,
        ) {
            let lines: Vec<String> = std::iter::once(header())
                .chain(choices.iter().enumerate().map(|(i, &(choice, undone))| row(3 * (i / 2), choice, undone)))
                .collect();
            let text = lines.concat();
            let cut = cut.min(text.len());
            let read = Decisions::read(&text.as_bytes()[..cut]).unwrap();
            let ended = text[..cut].rfind('\n').map_or(0, |at| at + 1);
            let mut whole = Decisions::read(&text.as_bytes()[..ended]).unwrap();
            prop_assert_eq!(read.whole + read.torn, cut);
            // A line that lacks nothing but its line feed counts.
            if read.torn == 0 && cut > ended {
                prop_assert!(text.as_bytes()[cut] == b'\n');
                whole = Decisions::read(&text.as_bytes()[..=cut]).unwrap();
            }
            prop_assert_eq!(read.rows, whole.rows);
        }
    }
}
