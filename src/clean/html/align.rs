//! Which words of a page are those of a part of it.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Words of the shortest run that shows by itself where a part belongs.
const ANCHOR: usize = 3;
/// Words between two anchors that are compared one with another: the time grows with their square.
const LONGEST_GAP: usize = 4_000;
/// All such comparisons, in products of lengths.
const MOST_COMPARED: usize = 100_000_000;

/// For each word of a page, whether the same word stands in the part, in the same order. Close to a longest common
/// subsequence, in nearly linear time: runs of three words that both have once are matched first, as far as they go, and what is
/// left between them after that.
pub(super) fn aligned<'w>(page: &[&'w str], part: &[&'w str]) -> Vec<bool> {
    let mut hit = vec![false; page.len()];
    let mut compared = 0;
    let (mut from_page, mut from_part) = (0, 0);
    let ends = [(page.len(), part.len())];
    for (at_page, at_part) in rising(&anchors(page, part)).into_iter().chain(ends) {
        if at_page < from_page || at_part < from_part {
            continue;
        }
        // Back and forth from the anchor, as long as the words agree.
        let back = page[from_page..at_page]
            .iter()
            .rev()
            .zip(part[from_part..at_part].iter().rev())
            .take_while(|(a, b)| a == b)
            .count();
        let forth = page[at_page..].iter().zip(&part[at_part..]).take_while(|(a, b)| a == b).count();
        let (gap_page, gap_part) = (from_page..at_page - back, from_part..at_part - back);
        let product = gap_page.len() * gap_part.len();
        if gap_page.len() + gap_part.len() <= LONGEST_GAP
            && compared + product <= MOST_COMPARED
            && product > 0
        {
            compared += product;
            for op in capture_diff_slices(Algorithm::Myers, &page[gap_page.clone()], &part[gap_part]) {
                if let DiffOp::Equal { old_index, len, .. } = op {
                    hit[gap_page.start + old_index..][..len].fill(true);
                }
            }
        }
        hit[at_page - back..at_page + forth].fill(true);
        (from_page, from_part) = (at_page + forth, at_part + forth);
    }
    hit
}

/// Where runs of words are that both have once.
fn anchors(page: &[&str], part: &[&str]) -> Vec<(usize, usize)> {
    fn once<'w, 's>(words: &'s [&'w str]) -> HashMap<&'s [&'w str], Option<usize>> {
        let mut places = HashMap::<&[&str], Option<usize>>::new();
        for (at, run) in words.windows(ANCHOR).enumerate() {
            places.entry(run).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    }
    let in_part = once(part);
    let mut out: Vec<(usize, usize)> =
        once(page).into_iter().filter_map(|(run, at)| Some((at?, (*in_part.get(run)?)?))).collect();
    out.sort_unstable();
    out
}

/// The longest choice of pairs, sorted by the first, that rises in the second as well.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The ends of the best choices by length, and what stands before each pair in its choice.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut out = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(index) = next {
        out.push(pairs[index]);
        next = before[index];
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hits(page: &str, part: &str) -> String {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        let (page, part) = (words(page.to_owned().leak()), words(part.to_owned().leak()));
        aligned(&page, &part).into_iter().map(|hit| if hit { '+' } else { '.' }).collect()
    }

    #[test]
    fn words_in_order() {
        assert_eq!(hits("menu home a b c d e more f g h foot", "a b c d e f g h"), "..+++++.+++.");
        // A headline that stands twice is taken beside its article.
        assert_eq!(hits("x y z menu home x y z a b c", "x y z a b c"), ".....++++++");
        assert_eq!(hits("a b", "c d"), "..");
        assert_eq!(hits("a x b", "a b"), "+.+");
    }

    proptest! {
        #[test]
        fn a_part_without_repeats_is_found_whole(taken in prop::collection::vec(any::<bool>(), 1..300)) {
            let page: Vec<String> = (0..taken.len()).map(|n| n.to_string()).collect();
            let page: Vec<&str> = page.iter().map(String::as_str).collect();
            let part: Vec<&str> = page.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(word, _)| *word).collect();
            prop_assert_eq!(aligned(&page, &part), taken);
        }
    }
}
