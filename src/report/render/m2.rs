//! M2, which scorers of grammatical error correction read.

use std::fmt::Write;

use crate::report::{Correction, Report, Sentence};

/// The sentences of a report, each as a line `S` with its tokens and a line `A` for each finding, with an empty line after it.
///
/// The type of an edit is that of ERRANT (Bryant et al. 2017) in its first letter: `M` missing, `R` to be replaced, `U`
/// unnecessary; the rule follows. The report must have its sentences. The format has no place for inputs that failed.
pub fn m2(report: &Report) -> String {
    let mut out = String::new();
    for Sentence { tokens, corrections } in &report.sentences {
        // Writing to a string can't fail.
        let _ = writeln!(out, "S {}", tokens.join(" "));
        for correction in corrections {
            edit(&mut out, correction);
        }
        if corrections.is_empty() {
            out.push_str("A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||0\n");
        }
        out.push('\n');
    }
    out
}

fn edit(out: &mut String, correction: &Correction) {
    let Correction { start, end, rule, tokens } = correction;
    let operation = match (start == end, tokens.is_empty()) {
        (true, _) => 'M',
        (false, true) => 'U',
        (false, false) => 'R',
    };
    let _ =
        writeln!(out, "A {start} {end}|||{operation}:{rule}|||{}|||REQUIRED|||-NONE-|||0", tokens.join(" "));
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn as_it_was() {
        let (reports, _) = samples::set();
        samples::assert_snapshot("m2.txt", &reports.iter().map(m2).collect::<String>());
    }

    /// Every line has the fields that scorers split it into, and what it replaces is what the row says.
    #[test]
    fn reads_back() {
        let (reports, _) = samples::set();
        let words = |text: &str| text.split_whitespace().collect::<String>();
        for report in &reports {
            let mut rows = report.rows.iter();
            for block in m2(report).split_terminator("\n\n") {
                let (sentence, edits) = block.split_once('\n').unwrap();
                let tokens: Vec<&str> = sentence.strip_prefix("S ").unwrap().split(' ').collect();
                for edit in edits.lines() {
                    let fields: Vec<&str> = edit.strip_prefix("A ").unwrap().split("|||").collect();
                    assert_eq!(fields.len(), 6, "{edit}");
                    let (start, end) = fields[0].split_once(' ').unwrap();
                    if start == "-1" {
                        continue;
                    }
                    let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
                    let row = rows.next().unwrap();
                    assert_eq!(tokens[start..end].concat(), words(&row.text));
                    assert_eq!(words(fields[2]), words(&row.replacements[0].value));
                }
            }
            assert_eq!(rows.count(), 0);
        }
    }

    #[test]
    fn operations() {
        let edit = |start, end, tokens: &[&str]| {
            let tokens = tokens.iter().map(ToString::to_string).collect();
            let mut out = String::new();
            super::edit(&mut out, &Correction { start, end, rule: "r", tokens });
            out
        };
        assert_eq!(edit(1, 1, &["a", "b"]), "A 1 1|||M:r|||a b|||REQUIRED|||-NONE-|||0\n");
        assert_eq!(edit(1, 2, &[]), "A 1 2|||U:r||||||REQUIRED|||-NONE-|||0\n");
        assert_eq!(edit(1, 2, &["a"]), "A 1 2|||R:r|||a|||REQUIRED|||-NONE-|||0\n");
    }
}
