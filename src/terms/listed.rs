//! Where a document holds listed phrases whose guards are met.

use std::collections::HashMap;
use std::ops::Range;

use crate::dictionary::{Dictionary, Guard, Match, Substitution};
use crate::text::{Region, RegionKind, TokenKind, Tokens};

/// A listed phrase in a document.
#[derive(Debug, Clone)]
pub struct Hit<'d> {
    /// The tokens that it covers.
    pub tokens: Range<usize>,
    /// The row of the list.
    pub row: Substitution<'d>,
    /// Whether its canonical form may only be shown.
    pub display: bool,
}

/// The listed phrases of a document, in order; of those that overlap the longest, and the first of these.
pub(super) fn hits<'d>(tokens: &Tokens, regions: &[Region], rows: &'d Dictionary) -> Vec<Hit<'d>> {
    let mut found: Vec<Match<'d>> = Vec::new();
    let words = tokens.as_slice().iter().enumerate().filter(|(_, token)| token.kind != TokenKind::Symbol);
    rows.matches_from(tokens, &words.map(|(start, _)| start), &mut found);
    if found.is_empty() {
        return Vec::new();
    }
    let mut met: HashMap<&'d str, bool> = HashMap::new();
    let mut hits: Vec<Hit<'d>> = found.iter().flat_map(|found| all(tokens, found, &mut met)).collect();
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.tokens.len()), hit.display, hit.tokens.start));
    let mut taken = untouchable(tokens, regions);
    hits.retain(|hit| {
        let here = &mut taken[hit.tokens.clone()];
        let is_free = !here.contains(&true);
        if is_free {
            here.fill(true);
        }
        is_free
    });
    hits.sort_by_key(|hit| hit.tokens.start);
    hits
}

/// What a match comes to: a hit for each row whose guard is met. `met` remembers by row which guards are.
fn all<'d>(tokens: &Tokens, found: &Match<'d>, met: &mut HashMap<&'d str, bool>) -> Vec<Hit<'d>> {
    let mut hit = |row: Substitution<'d>| {
        if !row.is_guarded() {
            return Some(Hit { tokens: found.tokens.clone(), row, display: false });
        }
        let guard = row.guard();
        let range = match guard.within {
            None => found.tokens.clone(),
            Some(most) => together(tokens, found.tokens.start, row.spun, usize::from(most))?,
        };
        let is_met = *met.entry(row.encoded_guard()).or_insert_with(|| is_met(tokens, &guard));
        is_met.then_some(Hit { tokens: range, row, display: guard.display })
    };
    found.phrase.substitutions().filter_map(&mut hit).collect()
}

/// The stretch of at most `most` tokens around the first word of a phrase that holds all its words, in any order.
fn together(tokens: &Tokens, first: usize, phrase: &str, most: usize) -> Option<Range<usize>> {
    let words = Tokens::of_phrase(phrase);
    let (from, to) = (first.saturating_sub(most), (first + most + 1).min(tokens.len()));
    let (mut start, mut end) = (first, first + 1);
    for word in 1..words.len() {
        let nearest = (from..to)
            .filter(|&at| at != first && tokens.key(at) == words.key(word))
            .min_by_key(|&at| (at.abs_diff(first), at))?;
        start = start.min(nearest);
        end = end.max(nearest + 1);
    }
    (end - start <= most + 1).then_some(start..end)
}

fn is_met(tokens: &Tokens, guard: &Guard) -> bool {
    guard.requires.iter().all(|group| group.iter().any(|phrase| stands(tokens, phrase)))
        && !guard.forbids.iter().any(|phrase| stands(tokens, phrase))
}

/// Whether a phrase stands anywhere in a document, without regard to case.
fn stands(tokens: &Tokens, phrase: &str) -> bool {
    let phrase = Tokens::of_phrase(phrase);
    let length = phrase.len();
    length > 0
        && (0..(tokens.len() + 1).saturating_sub(length))
            .any(|at| (0..length).all(|i| tokens.key(at + i) == phrase.key(i)))
}

/// Per token: whether it lies in an address or in code, which are never edited.
pub(super) fn untouchable(tokens: &Tokens, regions: &[Region]) -> Vec<bool> {
    let mut flags = vec![false; tokens.len()];
    for region in regions.iter().filter(|region| region.kind != RegionKind::Quotation) {
        let first = tokens.at(region.span.start());
        let inside =
            tokens.as_slice()[first..].iter().take_while(|t| t.span.start() < region.span.end()).count();
        flags[first..first + inside].fill(true);
    }
    flags
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dictionary::{Layer, Source, compile};

    fn found(rows: &str, text: &str) -> Vec<(String, String)> {
        let rows = format!("spun\tcanonical\trequires\tforbids\twithin\tuse\n{rows}");
        let source = Source::parse("t.tsv", &rows).unwrap();
        let layer = Layer::from_bytes(compile(&[source], Vec::new()).unwrap()).unwrap();
        let rows = Dictionary::new(Arc::new(layer));
        let tokens = Tokens::of(text);
        let one = |hit: &Hit<'_>| {
            (tokens.span(hit.tokens.start, hit.tokens.end).of(text).to_owned(), hit.row.canonical.to_owned())
        };
        hits(&tokens, &crate::text::regions(text), &rows).iter().map(one).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn the_longest_wins() {
        let rows = "gusty mill\twind mill\t\t\t\t\ngusty mill owner\twind mill owner\t\t\t\t\n";
        assert_eq!(
            found(rows, "A Gusty mill and a gusty mill owner."),
            pairs(&[("Gusty mill", "wind mill"), ("gusty mill owner", "wind mill owner")])
        );
        assert!(found(rows, "See www.example.com/gusty mill, `gusty mill`, gusty. Mill").is_empty());
    }

    #[test]
    fn guards() {
        let rows = "gusty mill\twind mill\twind|breeze & flour\t\t\t\n";
        assert!(found(rows, "A gusty mill in the wind.").is_empty());
        assert_eq!(found(rows, "Flour! A gusty mill in the breeze.").len(), 1);
        let rows = "gusty mill\twind mill\t\tdon quixote\t\t\n";
        assert!(found(rows, "Don Quixote saw a gusty mill.").is_empty());
        assert_eq!(found(rows, "Don saw a gusty mill. Quixote did not.").len(), 1);
    }

    #[test]
    fn words_apart() {
        let rows = "gusty mill\twind mill\t\t\t3\tdisplay\n";
        assert_eq!(found(rows, "a mill that is gusty today"), pairs(&[("mill that is gusty", "wind mill")]));
        assert!(found(rows, "a mill that is today gusty").is_empty());
    }
}
