//! A canonical term as it has to stand at its place.

use std::ops::Range;

use crate::repair::capitalised;
use crate::text::{Case, TokenKind, Tokens};

/// Words that have no capital in a title.
const SMALL: &[&str] =
    &["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// The term with the capitals of the tokens that it replaces: all capitals, those of a title, or that of a sentence.
pub(super) fn as_it_stands(term: &str, tokens: &Tokens, range: &Range<usize>) -> String {
    let words: Vec<_> =
        tokens.as_slice()[range.clone()].iter().filter(|token| token.kind == TokenKind::Word).collect();
    let large = || {
        let keys = range.clone().map(|at| tokens.key(at));
        keys.zip(&tokens.as_slice()[range.clone()])
            .filter(|(key, token)| token.kind == TokenKind::Word && !SMALL.contains(key))
            .map(|(_, token)| token.case)
    };
    let first = words.first().map_or(Case::Lower, |token| token.case);
    if first == Case::Lower {
        term.to_owned()
    } else if words.iter().all(|token| token.case == Case::Upper) && words.len() > 1 {
        term.to_uppercase()
    } else if large().count() > 1 && large().all(|case| case != Case::Lower) {
        title(term)
    } else {
        capitalised(term)
    }
}

/// Every word but the small ones with a capital, behind hyphens too.
fn title(term: &str) -> String {
    let word = |word: &str| if SMALL.contains(&word) { word.to_owned() } else { capitalised(word) };
    let words = term.split(' ').map(|part| part.split('-').map(word).collect::<Vec<_>>().join("-"));
    capitalised(&words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_go_over() {
        let cases = [
            ("gusty mill", "wind mill"),
            ("Gusty mill", "Wind mill"),
            ("Gusty Mill", "Wind Mill"),
            ("Gusty-Mill of Ends", "Wind Mill"),
            ("GUSTY MILL", "WIND MILL"),
            ("DDoS mill", "Wind mill"),
        ];
        for (there, wanted) in cases {
            let tokens = Tokens::of(there);
            assert_eq!(as_it_stands("wind mill", &tokens, &(0..tokens.len())), wanted, "{there}");
        }
        assert_eq!(title("state of the low-cost art"), "State of the Low-Cost Art");
    }
}
