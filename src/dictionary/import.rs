//! From a published list of tortured phrases to rows of a dictionary.
//!
//! The list is the export of the Problematic Paper Screener (Cabanac, Labbé and Magazinov, CC BY 4.0): comma-separated columns
//! `tortured_phrase` (a query, see `query`), `expected_phrase` (a note for people) and `num_papers`.

use std::collections::HashMap;

use thiserror::Error;

use super::entry::Entry;
use super::query::{Query, QueryProblem};
use super::source::LONGEST_PHRASE;
use crate::text::{Case, Tokens, fold};

/// Family of the rows: tortured phrases of academic papers.
pub(super) const FAMILY: &str = "D";
/// Where the rows come from.
const SOURCE: &str = "pps";

/// A row of a list that no row of a dictionary can be made of.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
pub struct ImportError {
    /// The list, as it was named.
    pub file: String,
    /// The line on which the row starts, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: ImportProblem,
}

/// What can be wrong with a row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportProblem {
    /// The first row names other columns.
    #[error("the first row must be tortured_phrase,expected_phrase,num_papers")]
    NoHeader,
    /// A quoted field goes on to the end of the file.
    #[error("a quoted field is not closed")]
    Unclosed,
    /// Another number of columns.
    #[error("{0} columns instead of 3")]
    Columns(usize),
    /// The query can't be read.
    #[error("{0}")]
    Query(#[from] QueryProblem),
    /// The number of papers is no number.
    #[error("`{0}` is not a number of papers")]
    Papers(String),
    /// A phrase has no word, or too many.
    #[error("a phrase must have 1 to {LONGEST_PHRASE} tokens: `{0}`")]
    Length(String),
    /// The expected phrase is what stands there.
    #[error("`{0}` would be replaced by itself")]
    Itself(String),
    /// The phrase is listed twice with the same expectation.
    #[error("`{0}` is there already, on line {1}")]
    Twice(String, usize),
}

/// What became of a list.
#[derive(Debug, Default)]
pub struct Import {
    /// The rows, sorted as dictionaries are.
    pub entries: Vec<Entry>,
    /// Rows that were left out.
    pub left_out: Vec<ImportError>,
}

/// Makes rows of a list: `csv` is its text and `file` its name for errors. `usually_lower` tells of a word, as it is written, whether
/// genuine text has it in lower case more often than not.
///
/// # Errors
///
/// If it is not such a list at all. Single rows that can't be used are in [`Import::left_out`].
pub fn import(file: &str, csv: &str, usually_lower: impl Fn(&str) -> bool) -> Result<Import, ImportError> {
    let fail = |line, problem| ImportError { file: file.to_owned(), line, problem };
    let mut records = Records { rest: csv.trim_start_matches('\u{feff}'), line: 1 };
    match records.next() {
        Some((_, Ok(header))) if header == ["tortured_phrase", "expected_phrase", "num_papers"] => {}
        _ => return Err(fail(1, ImportProblem::NoHeader)),
    }
    let mut out = Import::default();
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    for (line, record) in records {
        match record.and_then(|record| entries(&record, &usually_lower)) {
            Err(problem) => out.left_out.push(fail(line, problem)),
            Ok(entries) => {
                for entry in entries {
                    let key = (entry.spun.clone(), fold(&entry.canonical).into_owned());
                    if let Some(&first) = seen.get(&key) {
                        out.left_out.push(fail(line, ImportProblem::Twice(entry.spun, first)));
                    } else {
                        seen.insert(key, line);
                        out.entries.push(entry);
                    }
                }
            }
        }
    }
    out.entries.sort_by(|a, b| (&a.spun, &a.canonical).cmp(&(&b.spun, &b.canonical)));
    Ok(out)
}

fn entries(record: &[String], usually_lower: &impl Fn(&str) -> bool) -> Result<Vec<Entry>, ImportProblem> {
    let [query, expected, papers] = record else { return Err(ImportProblem::Columns(record.len())) };
    let query = Query::parse(&plain(query))?;
    let digits: String = papers.chars().filter(|&c| c != ',').collect();
    let papers: u32 = digits.trim().parse().map_err(|_| ImportProblem::Papers(papers.clone()))?;
    query.phrases.iter().map(|phrase| entry(phrase, &query, expected, papers, usually_lower)).collect()
}

fn entry(
    phrase: &str,
    query: &Query,
    expected: &str,
    papers: u32,
    usually_lower: &impl Fn(&str) -> bool,
) -> Result<Entry, ImportProblem> {
    let shown = plain(expected);
    let (canonical, display) = match ready(phrase, &shown) {
        Some(text) if query.guard.within.is_none() => (lowered(&text, phrase, usually_lower), false),
        _ => (shown, true),
    };
    let spun = fold(phrase).into_owned();
    for text in [&spun, &canonical] {
        if !(1..=LONGEST_PHRASE).contains(&Tokens::of(text).len()) {
            return Err(ImportProblem::Length(text.clone()));
        }
    }
    if spun == fold(&canonical) {
        return Err(ImportProblem::Itself(spun));
    }
    let mut guard = query.guard.clone();
    guard.display = display;
    Ok(Entry {
        spun,
        canonical,
        family: FAMILY.to_owned(),
        weight: papers.max(1),
        source: SOURCE.to_owned(),
        note: String::new(),
        guard,
        genuine: None,
    })
}

/// The text with plain spaces, hyphens and apostrophes, fit for a tab-separated column.
fn plain(text: &str) -> String {
    let straight = |c| match c {
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.chars()
        .map(straight)
        .collect::<String>()
        .split(' ')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The expected phrase as it can be written into a text, if it is nothing but that: no doubt, no choice, no explanation. An acronym
/// in brackets behind it is left away, or is the one that stands behind the phrase in question.
fn ready(phrase: &str, expected: &str) -> Option<String> {
    let (_, there) = without_acronym(phrase);
    let (text, _) = without_acronym(expected.trim_end_matches(['.', ' ']));
    let doubtful = |c: char| match c {
        ',' | '/' | ':' => !phrase.contains(c),
        c => "?()[]_\\\"=*#+;<>…".contains(c),
    };
    let word = |w: &str| matches!(w.trim_matches('.'), "or" | "e.g" | "i.e" | "see" | "etc");
    if text.is_empty() || text.contains(doubtful) || text.contains("..") || text.contains("http") {
        return None;
    }
    if text.split(' ').any(word) && !phrase.split(' ').any(word) {
        return None;
    }
    Some(there.map_or_else(|| text.to_owned(), |acronym| format!("{text} ({acronym})")))
}

/// A phrase without an acronym in brackets at its end, and that acronym.
fn without_acronym(phrase: &str) -> (&str, Option<&str>) {
    let split = || {
        let (text, acronym) = phrase.strip_suffix(')')?.rsplit_once('(')?;
        let letters = acronym.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '&' | '/'));
        let capitals = acronym.chars().filter(|c| c.is_uppercase() || c.is_ascii_digit()).count();
        (letters && capitals >= 2).then(|| (text.trim_end(), Some(acronym)))
    };
    split().unwrap_or((phrase, None))
}

/// The expected phrase without the capitals of a title, where the phrase that it stands for has none.
fn lowered(expected: &str, phrase: &str, usually_lower: &impl Fn(&str) -> bool) -> String {
    if without_acronym(phrase).0.contains(char::is_uppercase) {
        return expected.to_owned();
    }
    let word = |word: &str| {
        if Case::of(word) == Case::Capital && usually_lower(word) {
            word.to_lowercase()
        } else {
            word.to_owned()
        }
    };
    let words: Vec<String> =
        expected.split(' ').map(|w| w.split('-').map(word).collect::<Vec<_>>().join("-")).collect();
    words.join(" ")
}

/// Records of comma-separated text: fields may be quoted, with quotation marks doubled and lines broken in them.
struct Records<'t> {
    rest: &'t str,
    line: usize,
}

impl Iterator for Records<'_> {
    type Item = (usize, Result<Vec<String>, ImportProblem>);

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(rest) = self.rest.strip_prefix('\n').or_else(|| self.rest.strip_prefix("\r\n")) {
            self.rest = rest;
            self.line += 1;
        }
        if self.rest.is_empty() {
            return None;
        }
        let first_line = self.line;
        let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
        let mut chars = self.rest.char_indices().peekable();
        let mut end = self.rest.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' if quoted && chars.next_if(|&(_, next)| next == '"').is_some() => field.push('"'),
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(std::mem::take(&mut field)),
                '\n' if !quoted => {
                    end = at + 1;
                    self.line += 1;
                    break;
                }
                '\r' if !quoted => {}
                c => {
                    self.line += usize::from(c == '\n');
                    field.push(c);
                }
            }
        }
        self.rest = &self.rest[end..];
        fields.push(field);
        Some((first_line, if quoted { Err(ImportProblem::Unclosed) } else { Ok(fields) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "tortured_phrase,expected_phrase,num_papers\n";

    fn rows(csv: &str) -> Import {
        import("l.csv", &format!("{HEADER}{csv}"), |word| word != "Gauss").unwrap()
    }

    fn one(csv: &str) -> Entry {
        let mut import = rows(csv);
        assert!(import.left_out.is_empty(), "{:?}", import.left_out);
        import.entries.remove(0)
    }

    #[test]
    fn ready_text_loses_its_acronym() {
        let entry = one("\"\"\"gusty mill\"\"\",Wind Mill (WM),\"1,234\"\r\n");
        assert_eq!(
            (entry.spun.as_str(), entry.canonical.as_str(), entry.weight),
            ("gusty mill", "wind mill", 1234)
        );
        assert!(!entry.guard.display);
        let entry = one("\"\"\"gusty mill (GM)\"\"\",Wind Mill (WM),0\n");
        assert_eq!(
            (entry.spun.as_str(), entry.canonical.as_str(), entry.weight),
            ("gusty mill (gm)", "wind mill (GM)", 1)
        );
        assert_eq!(one("\"\"\"gauss mill\"\"\",Gauss Mill of Ends,1\n").canonical, "Gauss mill of ends");
    }

    #[test]
    fn what_is_no_text_is_shown_only() {
        for expected in [
            "wind mill (?)",
            "???",
            "wind/water mill",
            "wind or water mill",
            "[old] wind mill",
            "mill (of wind)",
        ] {
            let entry = one(&format!("\"\"\"gusty mill\"\"\",{expected},1\n"));
            assert_eq!((entry.canonical.as_str(), entry.guard.display), (expected, true), "{expected}");
        }
        assert!(one("\"\"\"mill gusty\"\"~5\",wind mill,1\n").guard.display);
        assert!(!one("\"\"\"gust, mill\"\"\",\"wind, mill\",1\n").guard.display);
    }

    #[test]
    fn nothing_is_dropped_in_silence() {
        let import = rows(
            "\"\"\"a b\"\" ADN c\",d,1\n\"\"\"a b\"\"\",d,x\n\"\"\"a b\"\"\",A b,1\n\"\"\"c d\"\"\",e,1\n\"\"\"c d\"\"\",e,2\na,b\n\"x",
        );
        let messages: Vec<String> = import.left_out.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "l.csv:2: no AND, OR or NOT before `ADN`",
                "l.csv:3: `x` is not a number of papers",
                "l.csv:4: `a b` would be replaced by itself",
                "l.csv:6: `c d` is there already, on line 5",
                "l.csv:7: 2 columns instead of 3",
                "l.csv:8: a quoted field is not closed",
            ]
        );
        assert_eq!(import.entries.len(), 1);
        let error = super::import("l.csv", "a,b\n", |_| true).unwrap_err();
        assert_eq!(
            error.to_string(),
            "l.csv:1: the first row must be tortured_phrase,expected_phrase,num_papers"
        );
    }
}
