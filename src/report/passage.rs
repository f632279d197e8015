//! Where in a text the spinning is: a share for each passage.

use super::line_index::{LineIndex, Place};
use crate::pipeline::Scan;
use crate::text::{Span, Token, TokenKind};

/// A few sentences of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage {
    /// Where it is.
    pub place: Place,
    /// Its words and numbers.
    pub words: usize,
    /// Expected share of these that stand where something was replaced, in [0, 1].
    pub spun_share: f64,
}

/// Passages of fewer words say nothing.
const FEWEST_WORDS: usize = 25;
/// Passages of a longer text are longer, so that there are no more of them than this.
const MOST_PASSAGES: usize = 48;

/// Levels of heat, from 0.
pub const HEAT_LEVELS: usize = 8;
/// The share from which on a passage is as hot as can be: what most passages of texts have in which all that a blog spinner knows was
/// replaced.
const HOTTEST: f64 = 0.4;
/// Less than this is no heat at all.
const LEAST_HEAT: f64 = 0.005;

/// The passages of a scanned text: whole sentences, in order.
pub fn passages(scan: &Scan<'_>, index: &LineIndex<'_>) -> Vec<Passage> {
    let all = scan.tokens.as_slice();
    let is_word = |token: &&Token| token.kind != TokenKind::Symbol;
    let words = all.iter().filter(is_word).count();
    let enough = FEWEST_WORDS.max(words.div_ceil(MOST_PASSAGES));
    let mut out = Vec::new();
    let (mut start, mut here, mut left) = (0, 0, words);
    for (at, token) in all.iter().enumerate() {
        if token.starts_sentence && here >= enough && left >= enough {
            out.push(passage(scan, index, start..at, here));
            (start, here) = (at, 0);
        }
        if is_word(&token) {
            (here, left) = (here + 1, left - 1);
        }
    }
    if here > 0 {
        out.push(passage(scan, index, start..all.len(), here));
    }
    out
}

fn passage(scan: &Scan<'_>, index: &LineIndex<'_>, tokens: std::ops::Range<usize>, words: usize) -> Passage {
    let all = scan.tokens.as_slice();
    let bytes = Span::new(all[tokens.start].span.start(), all[tokens.end - 1].span.end());
    let from = scan.findings.partition_point(|finding| finding.span.start() < bytes.start());
    let inside = scan.findings[from..].iter().take_while(|finding| finding.span.start() < bytes.end());
    let replaced: f64 = inside
        .map(|finding| {
            let at = scan.tokens.at(finding.span.start());
            let width = all[at..].iter().take_while(|token| token.span.start() < finding.span.end());
            (1.0 - finding.keep_posterior) * width.count().max(1) as f64
        })
        .sum();
    Passage { place: index.place(bytes), words, spun_share: (replaced / words as f64).clamp(0.0, 1.0) }
}

/// The heat of a share, from 0 to [`HEAT_LEVELS`] - 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number from 0 on")]
pub fn heat(spun_share: f64) -> usize {
    if spun_share < LEAST_HEAT {
        return 0;
    }
    let most = HEAT_LEVELS - 1;
    ((spun_share / HOTTEST * most as f64).ceil() as usize).clamp(1, most)
}

/// The heat of a text in at most so many parts: neighbouring passages are taken together.
pub fn heats(passages: &[Passage], most: usize) -> Vec<usize> {
    let size = passages.len().div_ceil(most.max(1)).max(1);
    let share = |part: &[Passage]| {
        let words: usize = part.iter().map(|passage| passage.words).sum();
        let spun: f64 = part.iter().map(|passage| passage.spun_share * passage.words as f64).sum();
        spun / words.max(1) as f64
    };
    passages.chunks(size).map(|part| heat(share(part))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Engine;
    use crate::text::Document;

    fn of(text: &str) -> Vec<Passage> {
        let scan_of = Engine::builtin().unwrap();
        passages(&scan_of.scan(&Document::new(text)), &LineIndex::new(text))
    }

    #[test]
    fn passages_cover_the_words_in_order() {
        let text = include_str!("../../samples/spun.txt");
        let found = of(text);
        let words = found.iter().map(|passage| passage.words).sum::<usize>();
        assert_eq!(words, Engine::builtin().unwrap().scan(&Document::new(text)).verdict.words);
        assert!(found.windows(2).all(|pair| pair[0].place.bytes.end() <= pair[1].place.bytes.start()));
        assert!(found.iter().all(|passage| passage.words >= FEWEST_WORDS), "{found:?}");
        let long = text.repeat(20);
        assert!(of(&long).len() <= MOST_PASSAGES);
        assert!(of("").is_empty() && of(" – \n").is_empty());
        assert_eq!(of("Two words.").len(), 1);
    }

    #[test]
    fn what_is_spun_is_hot() {
        let [spun, clean] = ["spun", "clean"].map(|name| {
            std::fs::read_to_string(format!("{}/samples/{name}.txt", env!("CARGO_MANIFEST_DIR"))).unwrap()
        });
        let both = format!("{clean}\n\n{spun}");
        let found = of(&both);
        let mean = |from: usize, to: usize| {
            let part: Vec<_> = found
                .iter()
                .filter(|p| (from..to).contains(&p.place.bytes.start()))
                .map(|p| p.spun_share)
                .collect();
            part.iter().sum::<f64>() / part.len() as f64
        };
        let (cold, hot) = (mean(0, clean.len()), mean(clean.len(), both.len()));
        assert!(cold < 0.05 && hot > 0.2, "{cold} {hot}");
    }

    #[test]
    fn levels() {
        assert_eq!([0.0, 0.004, 0.005, 0.2, 0.4, 1.0].map(heat), [0, 0, 1, 4, 7, 7]);
        let passage = |words, spun_share| Passage {
            place: LineIndex::new("").place(Span::new(0, 0)),
            words,
            spun_share,
        };
        let all = [passage(30, 0.0), passage(10, 0.4), passage(20, 0.4)];
        assert_eq!(heats(&all, 3), [0, 7, 7]);
        assert_eq!(heats(&all, 2), [heat(0.1), 7]);
        assert_eq!(heats(&[], 2), [0; 0]);
    }
}
