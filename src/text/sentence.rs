//! Where sentences start.

use super::abbreviation::abbreviation;
use super::piece::TokenKind;
use super::token::Token;

/// Sets `starts_sentence` on the tokens of `text`.
///
/// A sentence starts at the first token, after a blank line, at a new line that does not go on in lower
/// case, and after `.`, `!`, `?` or `…` (with closing quotes or brackets) if white space and
/// something other than a lower-case word follow and the stop does not belong to an abbreviation or an initial.
pub(super) fn mark(text: &str, tokens: &mut [Token]) {
    // Whether the tokens so far end a sentence, closing quotes and brackets included.
    let mut ended = true;
    let mut gap_start = 0;
    for index in 0..tokens.len() {
        let token = tokens[index];
        let gap = &text.as_bytes()[gap_start..token.span.start()];
        gap_start = token.span.end();
        let is_symbol = token.kind == TokenKind::Symbol;
        // Most are inside of sentences.
        if !ended && !is_symbol && gap == b" " {
            continue;
        }
        let lines = memchr::memchr_iter(b'\n', gap).count();
        let lower =
            token.kind == TokenKind::Word && text[token.span.start()..].starts_with(char::is_lowercase);
        let starts = index == 0
            || lines > 1
            || (lines == 1 && !lower)
            || (ended && !gap.is_empty() && !lower && !closes(token, text));
        tokens[index].starts_sentence = starts;
        ended = is_symbol
            && match token.span.of(text) {
                "!" | "?" | "…" => true,
                "." => !is_abbreviation(text, tokens, index),
                _ => ended && !starts && closes(token, text),
            };
    }
}

fn closes(token: Token, text: &str) -> bool {
    matches!(token.span.of(text), "\"" | "”" | "’" | "'" | ")" | "]" | ".")
}

/// Whether the full stop at `index` belongs to the token before it.
fn is_abbreviation(text: &str, tokens: &[Token], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|i| tokens[i]) else { return false };
    if before.span.end() != tokens[index].span.start() || before.kind != TokenKind::Word {
        return false;
    }
    is_abbreviated(before.span.of(text))
}

/// Whether the full stop at the end of `text` belongs to the word before it.
pub(crate) fn ends_with_abbreviation(text: &str) -> bool {
    let core = text.strip_suffix('.').unwrap_or(text);
    let start = core.trim_end_matches(char::is_alphabetic).len();
    is_abbreviated(&core[start..])
}

fn is_abbreviated(word: &str) -> bool {
    let is_initial = word.len() == 1 && word != "I";
    is_initial || abbreviation(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::Tokens;

    fn starts(text: &str) -> Vec<&str> {
        let tokens = Tokens::of(text);
        tokens.as_slice().iter().filter(|t| t.starts_sentence).map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn full_stops() {
        assert_eq!(
            starts("It ended. Then Dr. Smith of the U.S. Army spoke. Why? 3.5 percent."),
            ["It", "Then", "Why", "3.5"]
        );
        assert_eq!(starts("“It is late.” She left."), ["“", "She"]);
        assert_eq!(starts("He said: “Stop!” and left."), ["He"]);
    }

    #[test]
    fn lines() {
        assert_eq!(starts("A headline\n\nthe text goes\non here.\nNext"), ["A", "the", "Next"]);
    }
}
