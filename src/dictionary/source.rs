//! Dictionary sources: the TSV files that people edit.

use std::collections::{HashMap, HashSet};
use std::fmt;

use thiserror::Error;

use super::entry::{Entry, Guard};
use crate::text::{Tokens, fold};

/// Phrases of more tokens than this are refused: matching looks no further ahead.
pub const LONGEST_PHRASE: usize = 12;

/// Learned biases of more nats than this are refused.
const GREATEST_BIAS: f32 = 20.0;

/// A dictionary source that can't be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{file}:{line}: {problem}")]
pub struct SourceError {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: RowProblem,
}

/// What can be wrong with a row so that it can't be read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum RowProblem {
    /// The first row does not name the columns.
    #[error(
        "the first row must name the columns: `spun` and `canonical` (optional: `family`, `weight`, `source`, `note`, `genuine`, `requires`, `forbids`, `within`, `use`, or `bias` alone), or `phrase` for phrases to keep"
    )]
    NoHeader,
    /// The header has a column that means nothing here.
    #[error("unknown column `{0}`")]
    UnknownColumn(String),
    /// A row is shorter than the header.
    #[error("{found} column(s), but the header names {expected}: separate columns by tabs")]
    TooFewColumns {
        /// Columns in the row.
        found: usize,
        /// Columns in the header.
        expected: usize,
    },
    /// A row is longer than the header.
    #[error("{found} columns, but the header names only {expected}")]
    TooManyColumns {
        /// Columns in the row.
        found: usize,
        /// Columns in the header.
        expected: usize,
    },
    /// A phrase column is empty or holds no word, number or symbol.
    #[error("column `{0}` is empty")]
    Empty(&'static str),
    /// A phrase is too long.
    #[error("a phrase of more than {LONGEST_PHRASE} tokens")]
    TooLong,
    /// The weight is not a number.
    #[error("weight `{0}` is not a whole number from 1 to 4294967295")]
    BadWeight(String),
    /// The count in genuine text is not a number.
    #[error("genuine `{0}` is not a whole number from 0 to 4294967295")]
    BadGenuine(String),
    /// A guard can't be read.
    #[error("`within` must be empty or a number from 1 to 255, and `use` empty or `display`")]
    BadGuard,
    /// The bias is not a number of a sensible size.
    #[error("bias `{0}` is not a number from -{GREATEST_BIAS} to {GREATEST_BIAS}")]
    BadBias(String),
}

/// A phrase that is never touched where it stands as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// The phrase.
    pub phrase: String,
}

/// What training on aligned texts adds to the weight of a substitution.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// The spun form of the row that it belongs to.
    pub spun: String,
    /// The canonical form of that row.
    pub canonical: String,
    /// Nats added to the logarithm of the channel.
    pub bias: f32,
}

/// The rows of one source file, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Source {
    /// The file, as it was named.
    pub file: String,
    /// Substitutions with their line numbers (from 1).
    pub entries: Vec<(usize, Entry)>,
    /// Phrases to keep with their line numbers (from 1).
    pub keeps: Vec<(usize, Keep)>,
    /// What was learned of substitutions, with line numbers (from 1).
    pub learned: Vec<(usize, Learned)>,
}

/// Where each known column stands in a row.
#[derive(Default)]
struct Columns {
    count: usize,
    at: HashMap<String, usize>,
}

impl Columns {
    fn of(header: &str) -> Result<Self, RowProblem> {
        let mut columns = Self::default();
        for (index, name) in header.split('\t').enumerate() {
            match name {
                "spun" | "canonical" | "family" | "weight" | "source" | "note" | "phrase" | "kind"
                | "bias" | "genuine" | "requires" | "forbids" | "within" | "use" => {
                    columns.at.insert(name.to_owned(), index);
                }
                _ if index == 0 => return Err(RowProblem::NoHeader),
                _ => return Err(RowProblem::UnknownColumn(name.to_owned())),
            }
            columns.count = index + 1;
        }
        let has = |name: &str| columns.at.contains_key(name);
        if has("phrase") == (has("spun") && has("canonical")) {
            Err(RowProblem::NoHeader)
        } else {
            Ok(columns)
        }
    }

    fn get<'r>(&self, row: &[&'r str], name: &str) -> Option<&'r str> {
        self.at.get(name).map(|&index| row[index].trim())
    }

    fn phrase<'r>(&self, row: &[&'r str], name: &'static str) -> Result<&'r str, RowProblem> {
        let phrase = self.get(row, name).unwrap_or_default();
        match Tokens::of(phrase).len() {
            0 => Err(RowProblem::Empty(name)),
            n if n > LONGEST_PHRASE => Err(RowProblem::TooLong),
            _ => Ok(phrase),
        }
    }

    fn entry(&self, row: &[&str]) -> Result<Entry, RowProblem> {
        let text = |name: &str, default: &str| self.get(row, name).unwrap_or(default).to_owned();
        let weight = match self.get(row, "weight") {
            None => 1,
            Some(number) => match number.parse() {
                Ok(weight) if weight > 0 => weight,
                _ => return Err(RowProblem::BadWeight(number.to_owned())),
            },
        };
        let genuine = match self.get(row, "genuine").filter(|number| !number.is_empty()) {
            None => None,
            Some(number) => Some(number.parse().map_err(|_| RowProblem::BadGenuine(number.to_owned()))?),
        };
        let [requires, forbids, within, usage] =
            ["requires", "forbids", "within", "use"].map(|name| self.get(row, name).unwrap_or_default());
        Ok(Entry {
            guard: Guard::parse(requires, forbids, within, usage).ok_or(RowProblem::BadGuard)?,
            genuine,
            spun: self.phrase(row, "spun")?.to_owned(),
            canonical: self.phrase(row, "canonical")?.to_owned(),
            family: text("family", "user"),
            weight,
            source: text("source", "user"),
            note: text("note", ""),
        })
    }
}

impl Source {
    /// Reads a source from its text. Lines that start with `#` and empty lines are skipped; the first other
    /// line names the columns.
    ///
    /// # Errors
    ///
    /// The first row that can't be read, with its line.
    pub fn parse(file: &str, text: &str) -> Result<Self, SourceError> {
        let mut out = Self { file: file.to_owned(), ..Self::default() };
        let mut header: Option<Columns> = None;
        let mut last_line = 1;
        for (index, line) in text.lines().enumerate() {
            last_line = index + 1;
            let line = if index == 0 { line.trim_start_matches('\u{feff}') } else { line };
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let fail = |problem| SourceError { file: file.to_owned(), line: index + 1, problem };
            match &header {
                None => header = Some(Columns::of(line).map_err(fail)?),
                Some(columns) => out.row(columns, line, index + 1).map_err(fail)?,
            }
        }
        match header {
            Some(_) => Ok(out),
            None => {
                Err(SourceError { file: file.to_owned(), line: last_line, problem: RowProblem::NoHeader })
            }
        }
    }

    fn row(&mut self, columns: &Columns, line: &str, number: usize) -> Result<(), RowProblem> {
        let row: Vec<&str> = line.split('\t').collect();
        let (found, expected) = (row.len(), columns.count);
        if found < expected {
            return Err(RowProblem::TooFewColumns { found, expected });
        }
        if found > expected {
            return Err(RowProblem::TooManyColumns { found, expected });
        }
        if columns.at.contains_key("phrase") {
            let phrase = columns.phrase(&row, "phrase")?.to_owned();
            self.keeps.push((number, Keep { phrase }));
        } else if let Some(bias) = columns.get(&row, "bias") {
            let spun = columns.phrase(&row, "spun")?.to_owned();
            let canonical = columns.phrase(&row, "canonical")?.to_owned();
            let wrong = || RowProblem::BadBias(bias.to_owned());
            let bias = bias.parse().ok().filter(|b: &f32| b.abs() <= GREATEST_BIAS).ok_or_else(wrong)?;
            self.learned.push((number, Learned { spun, canonical, bias }));
        } else {
            self.entries.push((number, columns.entry(&row)?));
        }
        Ok(())
    }
}

/// A row that can be read but should not be in a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, naming the row.
    pub message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// The hygiene rules: no duplicates, no canonical form equal to its spun form, a source for each row, rows in
/// order (by bytes of the row's phrases), nothing learned of rows that are not there, no phrase both kept and spun. Returns every
/// row that breaks one, in file order.
pub fn complaints(sources: &[Source]) -> Vec<Complaint> {
    let mut out = Vec::new();
    let mut seen: HashMap<(bool, String, String), (String, usize)> = HashMap::new();
    let all = || sources.iter().flat_map(|source| &source.entries);
    let pairs: HashSet<(&str, &str)> = all().map(|(_, e)| (e.spun.as_str(), e.canonical.as_str())).collect();
    let spun_forms: HashSet<String> = all().map(|(_, e)| fold(&e.spun).into_owned()).collect();
    for source in sources {
        let mut complain = |line, message| out.push(Complaint { file: source.file.clone(), line, message });
        let mut before: Option<(&str, &str)> = None;
        let rows =
            source.entries.iter().map(|(line, e)| (*line, false, e.spun.as_str(), e.canonical.as_str()));
        let keeps = source.keeps.iter().map(|(line, k)| (*line, false, k.phrase.as_str(), ""));
        let learned =
            source.learned.iter().map(|(line, l)| (*line, true, l.spun.as_str(), l.canonical.as_str()));
        for (line, is_learned, spun, canonical) in rows.chain(keeps).chain(learned) {
            let row = format!(
                "`{spun}`{}",
                if canonical.is_empty() { String::new() } else { format!(" -> `{canonical}`") }
            );
            if before.is_some_and(|b| b > (spun, canonical)) {
                complain(line, format!("{row} is out of order"));
            }
            before = Some((spun, canonical));
            if fold(spun) == fold(canonical) {
                complain(line, format!("{row} replaces a phrase by itself"));
            }
            // Capitals that matter make rows differ (`Could -> May` beside `could -> may`).
            let key = (is_learned, cased_key(spun), cased_key(canonical));
            if let Some((file, first)) = seen.insert(key, (source.file.clone(), line)) {
                complain(line, format!("{row} is there already, at {file}:{first}"));
            }
        }
        for (line, Learned { spun, canonical, .. }) in &source.learned {
            if !pairs.contains(&(spun, canonical)) {
                complain(*line, format!("`{spun}` -> `{canonical}` belongs to no row of these files"));
            }
        }
        for (line, Keep { phrase }) in &source.keeps {
            if spun_forms.contains(&*fold(phrase)) {
                complain(*line, format!("`{phrase}` is kept, but it is the spun form of a row as well"));
            }
        }
        for (line, entry) in &source.entries {
            let guards = entry.guard.requires.iter().flatten().chain(&entry.guard.forbids);
            if let Some(phrase) = guards.into_iter().find(|p| fold(p) == fold(&entry.spun)) {
                complain(*line, format!("`{}` is guarded by itself: `{phrase}`", entry.spun));
            }
            if entry.source.is_empty() || entry.family.is_empty() {
                complain(
                    *line,
                    format!("`{}` -> `{}` names no source or no family", entry.spun, entry.canonical),
                );
            }
        }
    }
    out
}

fn cased_key(phrase: &str) -> String {
    phrase.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "spun\tcanonical\tfamily\tweight\tsource\tnote\n";

    fn parse(rows: &str) -> Result<Source, SourceError> {
        Source::parse("x.tsv", &format!("# remark\n{HEADER}{rows}"))
    }

    #[test]
    fn reads_rows() {
        let source = parse("go to\tvisit\tA\t880\tobserved\t\n").unwrap();
        assert_eq!(source.entries[0].0, 3);
        assert_eq!(source.entries[0].1.canonical, "visit");
        let user = Source::parse("u.tsv", "spun\tcanonical\nfoo\tbar\n").unwrap();
        assert_eq!(user.entries[0].1.family, "user");
        let keep = Source::parse("k.tsv", "phrase\tkind\tsource\tnote\nprime minister\ttitle\tauthored\t\n")
            .unwrap();
        assert_eq!(keep.keeps[0].1.phrase, "prime minister");
    }

    #[test]
    fn names_the_line_and_the_problem() {
        let error = parse("a\tb\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "x.tsv:3: 2 column(s), but the header names 6: separate columns by tabs"
        );
        let error = parse("a\tb\tA\t0\ts\t\n").unwrap_err();
        assert_eq!(error.to_string(), "x.tsv:3: weight `0` is not a whole number from 1 to 4294967295");
        assert_eq!(parse("\tb\tA\t1\ts\t\n").unwrap_err().problem, RowProblem::Empty("spun"));
        assert_eq!(Source::parse("x", "").unwrap_err().problem, RowProblem::NoHeader);
        assert_eq!(Source::parse("x", "a\tb\n").unwrap_err().problem, RowProblem::NoHeader);
    }

    #[test]
    fn hygiene_names_the_culprit() {
        let source = parse("b\tx\tA\t1\ts\t\na\tA\tA\t1\ts\t\nb\tx\tA\t1\t\t\n").unwrap();
        let messages: Vec<String> = complaints(&[source]).iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "x.tsv:4: `a` -> `A` is out of order",
                "x.tsv:4: `a` -> `A` replaces a phrase by itself",
                "x.tsv:5: `b` -> `x` is there already, at x.tsv:3",
                "x.tsv:5: `b` -> `x` names no source or no family",
            ]
        );
    }
}
