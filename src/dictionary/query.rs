//! The query syntax of tortured-phrase lists: `"a b" AND ("c" OR "d") NOT "e"`, `"a b"~5`.

use thiserror::Error;

use super::entry::Guard;

/// Why a query can't be turned into rows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QueryProblem {
    /// There is no phrase in quotation marks at the start.
    #[error("the query does not start with a phrase in quotation marks")]
    NoPhrase,
    /// A quotation mark or bracket is not closed.
    #[error("`{0}` is not closed")]
    Unclosed(char),
    /// Two terms stand side by side.
    #[error("no AND, OR or NOT before `{0}`")]
    NoOperator(String),
    /// An operator has nothing behind it.
    #[error("nothing follows `{0}`")]
    NoOperand(&'static str),
    /// A distance that is no number from 1 to 255, or one that can't be checked.
    #[error("`~{0}` is no distance from 1 to 255 words, or stands in a condition")]
    Distance(String),
    /// An OR between conditions that are not in brackets.
    #[error("OR between conditions needs brackets")]
    BareOr,
}

/// What a query asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// The phrases that are looked for: one, or several of equal standing.
    pub phrases: Vec<String>,
    /// What must hold besides.
    pub guard: Guard,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Phrase(String),
    Distance(String),
    And,
    Or,
    Not,
    Open,
    Close,
}

fn pieces(text: &str) -> Result<Vec<Piece>, QueryProblem> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '"' => {
                let end = rest[1..].find('"').ok_or(QueryProblem::Unclosed('"'))?;
                out.push(Piece::Phrase(rest[1..=end].trim().to_owned()));
                end + 2
            }
            '(' | ')' => {
                out.push(if first == '(' { Piece::Open } else { Piece::Close });
                1
            }
            '~' => {
                let end = rest[1..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |at| at + 1);
                out.push(Piece::Distance(rest[1..end].to_owned()));
                end
            }
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, '"' | '(' | ')' | '~'))
                    .unwrap_or(rest.len());
                match (&rest[..end], out.last_mut()) {
                    ("AND", _) => out.push(Piece::And),
                    ("OR", _) => out.push(Piece::Or),
                    ("NOT", _) => out.push(Piece::Not),
                    // Words without quotation marks after an operator are one phrase.
                    (word, Some(Piece::And | Piece::Or | Piece::Not | Piece::Open)) => {
                        out.push(Piece::Phrase(word.to_owned()));
                    }
                    (word, Some(Piece::Phrase(phrase))) if !rest_is_quoted(text, rest) => {
                        phrase.push(' ');
                        phrase.push_str(word);
                    }
                    (word, None) if !word.is_empty() => return Err(QueryProblem::NoPhrase),
                    (word, _) => return Err(QueryProblem::NoOperator(word.to_owned())),
                }
                end
            }
        };
        rest = rest[taken..].trim_start();
    }
    Ok(out)
}

/// Whether what stands before `rest` in `text` is a phrase in quotation marks.
fn rest_is_quoted(text: &str, rest: &str) -> bool {
    text[..text.len() - rest.len()].trim_end().ends_with('"')
}

impl Query {
    /// Reads a query: phrases joined by OR, then conditions.
    pub(super) fn parse(text: &str) -> Result<Self, QueryProblem> {
        let pieces = pieces(text)?;
        let mut out = Self::default();
        let mut rest = pieces.as_slice();
        loop {
            let [Piece::Phrase(phrase), tail @ ..] = rest else { return Err(QueryProblem::NoPhrase) };
            out.phrases.push(phrase.clone());
            rest = tail;
            if let [Piece::Distance(distance), tail @ ..] = rest {
                let number = distance.parse().ok().filter(|&n| n > 0);
                out.guard.within = Some(number.ok_or_else(|| QueryProblem::Distance(distance.clone()))?);
                rest = tail;
            }
            match rest {
                [Piece::Or, tail @ ..] => rest = tail,
                _ => break,
            }
        }
        while let [operator, tail @ ..] = rest {
            let name = match operator {
                Piece::And => "AND",
                Piece::Not => "NOT",
                Piece::Or => return Err(QueryProblem::BareOr),
                Piece::Distance(distance) => return Err(QueryProblem::Distance(distance.clone())),
                Piece::Open | Piece::Close => return Err(QueryProblem::Unclosed('(')),
                Piece::Phrase(phrase) => return Err(QueryProblem::NoOperator(phrase.clone())),
            };
            let (group, after) = operand(tail, name)?;
            if *operator == Piece::And {
                out.guard.requires.push(group);
            } else {
                out.guard.forbids.extend(group);
            }
            rest = after;
        }
        Ok(out)
    }
}

/// A phrase, or phrases joined by OR in brackets, and what follows.
fn operand<'p>(pieces: &'p [Piece], after: &'static str) -> Result<(Vec<String>, &'p [Piece]), QueryProblem> {
    match pieces {
        [Piece::Phrase(phrase), rest @ ..] => Ok((vec![phrase.clone()], rest)),
        [Piece::Open, Piece::Phrase(first), rest @ ..] => {
            let (mut group, mut rest) = (vec![first.clone()], rest);
            while let [Piece::Or, Piece::Phrase(phrase), tail @ ..] = rest {
                group.push(phrase.clone());
                rest = tail;
            }
            match rest {
                [Piece::Close, tail @ ..] => Ok((group, tail)),
                _ => Err(QueryProblem::Unclosed('(')),
            }
        }
        _ => Err(QueryProblem::NoOperand(after)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (String, [String; 4]) {
        let query = Query::parse(text).unwrap();
        (query.phrases.join("/"), query.guard.columns())
    }

    #[test]
    fn each_form() {
        let cases = [
            (r#""odd lot""#, "odd lot", ["", "", "", ""]),
            (r#""odd lot" AND "even lot""#, "odd lot", ["even lot", "", "", ""]),
            (r#""odd lot" AND even lots"#, "odd lot", ["even lots", "", "", ""]),
            (r#""odd lot" AND ("x y" OR "z")"#, "odd lot", ["x y|z", "", "", ""]),
            (r#""odd" AND "b" AND "c""#, "odd", ["b & c", "", "", ""]),
            (r#""odd lot" NOT plain"#, "odd lot", ["", "plain", "", ""]),
            (r#""odd lot"~20"#, "odd lot", ["", "", "20", ""]),
            (r#""odd lot"~20 NOT plain"#, "odd lot", ["", "plain", "20", ""]),
            (r#""odd lot" OR "odd sale" AND "fair""#, "odd lot/odd sale", ["fair", "", "", ""]),
        ];
        for (text, phrases, guard) in cases {
            assert_eq!(parse(text), (phrases.to_owned(), guard.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let cases = [
            ("", "the query does not start with a phrase in quotation marks"),
            ("odd lot", "the query does not start with a phrase in quotation marks"),
            (r#""odd lot"#, "`\"` is not closed"),
            (r#""odd lot" ADN "fair""#, "no AND, OR or NOT before `ADN`"),
            (r#""odd lot" "fair""#, "no AND, OR or NOT before `fair`"),
            (r#""odd lot" AND"#, "nothing follows `AND`"),
            (r#""odd lot" AND ("a" OR "b""#, "`(` is not closed"),
            (r#""odd lot" AND "a" OR "b""#, "OR between conditions needs brackets"),
            (r#""odd lot" NOT "a b"~5"#, "`~5` is no distance from 1 to 255 words, or stands in a condition"),
            (r#""odd lot"~900"#, "`~900` is no distance from 1 to 255 words, or stands in a condition"),
        ];
        for (text, message) in cases {
            assert_eq!(Query::parse(text).unwrap_err().to_string(), message, "{text}");
        }
    }
}
