//! The article of an HTML page, as text.
//!
//! A library says where on the page the article is; what stands there is read from the page itself, block by block, since the
//! library drops headings, bylines and lists that look like furniture. What is furniture is judged later, by the line.

mod align;
mod blocks;
mod flatten;
mod linked;
mod metadata;

use dom_query::Document;
use dom_smoothie::{CandidateSelectMode, Config, Readability};

use self::align::aligned;
use self::blocks::{Block, blocks, join};
use self::flatten::flatten;
use super::extract::ExtractError;
use super::metadata::Metadata;

/// What takes the article out of the page, with its version.
pub const EXTRACTOR: &str = "dom_smoothie 0.19.0";

/// Share of the words of a block that must be the article's.
const LEAST_SHARE: f64 = 0.6;
/// Blocks between two of the article that may be the article's as well.
const LONGEST_GAP: usize = 3;
/// Characters of the shortest block that is taken back there.
const SHORTEST_TAKEN_BACK: usize = 60;

/// The article of a page as plain text, a block a line, and what the page says of itself.
///
/// # Errors
///
/// If the page shows no text.
pub fn article(page: &str) -> Result<(String, Metadata), ExtractError> {
    let document = Document::from(flatten(page));
    let metadata = metadata::metadata(&document);
    let blocks = blocks(&document.root());
    if blocks.is_empty() {
        return Err(ExtractError::NoArticle);
    }
    let kept = kept(&blocks, document);
    let mut kept: Vec<Block> =
        blocks.into_iter().zip(kept).filter_map(|(block, kept)| kept.then_some(block)).collect();
    if let Some(title) = &metadata.title {
        let title_words = words(title);
        if !title_words.is_empty() && !kept.iter().any(|block| words(&block.text) == title_words) {
            kept.insert(0, Block { text: title.clone(), group: None });
        }
    }
    Ok((join(&kept), metadata))
}

/// Which blocks are the article's: all, if none is found.
fn kept(blocks: &[Block], document: Document) -> Vec<bool> {
    let config = Config { candidate_select_mode: CandidateSelectMode::DomSmoothie, ..Config::default() };
    let found = Readability::with_document(document, None, Some(config)).and_then(|mut page| page.parse());
    let Ok(found) = found else { return vec![true; blocks.len()] };
    let found: Vec<String> = self::blocks::blocks(&Document::fragment(found.content).root())
        .iter()
        .flat_map(|block| words(&block.text))
        .collect();
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    let of_blocks: Vec<Vec<String>> = blocks.iter().map(|block| words(&block.text)).collect();
    let page: Vec<&str> = of_blocks.iter().flatten().map(String::as_str).collect();
    let hits = aligned(&page, &found);
    let mut from = 0;
    let mut kept: Vec<bool> = Vec::with_capacity(blocks.len());
    for words in &of_blocks {
        let hits = &hits[from..from + words.len()];
        from += words.len();
        let share = hits.iter().filter(|&&hit| hit).count() as f64 / words.len() as f64;
        kept.push(!words.is_empty() && share >= LEAST_SHARE);
    }
    take_back(blocks, &mut kept);
    if kept.contains(&true) { kept } else { vec![true; blocks.len()] }
}

/// Keeps long blocks between two that are kept.
fn take_back(blocks: &[Block], kept: &mut [bool]) {
    let places: Vec<usize> = (0..kept.len()).filter(|&index| kept[index]).collect();
    for pair in places.windows(2) {
        if pair[1] - pair[0] <= LONGEST_GAP + 1 {
            for index in pair[0] + 1..pair[1] {
                kept[index] = blocks[index].text.chars().nth(SHORTEST_TAKEN_BACK - 1).is_some();
            }
        }
    }
}

/// The words of a text, without regard to case.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_extractor_is_the_one_that_is_built_in() {
        let lock = include_str!("../../../Cargo.lock");
        let (name, version) = EXTRACTOR.split_once(' ').unwrap();
        assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")));
    }

    #[test]
    fn a_page_without_an_article_is_kept_whole() {
        let (text, _) = article("<html><title>One</title><body><p>two").unwrap();
        assert_eq!(text, "One\n\ntwo\n");
        assert_eq!(
            article("<html><head><title>One</title></head><body></body></html>"),
            Err(ExtractError::NoArticle)
        );
        assert_eq!(article(""), Err(ExtractError::NoArticle));
    }

    #[test]
    fn long_blocks_in_gaps_come_back() {
        let block = |length: usize| Block { text: "x".repeat(length), group: None };
        let blocks = [block(5), block(60), block(59), block(5), block(60)];
        let mut kept = [true, false, false, true, false];
        take_back(&blocks, &mut kept);
        assert_eq!(kept, [true, true, false, true, false]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_page_is_too_odd(page in "(<|</|>|div|b|p|a|table|tr|td|li|svg|br|script|title|<!--|-->|=|\"| |word |é|/|\n){0,120}") {
            if let Ok((text, _)) = article(&page) {
                prop_assert!(!text.trim().is_empty());
            }
        }
    }
}
