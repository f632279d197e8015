//! What a line is beside its neighbours: a headline said again, the credit of a picture and its caption, what is left of a dateline.

use once_cell::sync::Lazy;
use regex::Regex;

use super::furniture::{FurnitureKind, Row, Weight};
use super::line::{Ending, Lines};
use super::marks::Marks;
use super::openers::is_byline;

/// What the neighbours of a line make of it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Structure {
    /// Nats that speak for furniture; less than 0 where they speak for the article.
    pub nats: f64,
    /// What furniture it would be.
    pub kind: Option<FurnitureKind>,
}

/// Nats for each of them.
const REPEATED: f64 = 5.0;
const CREDIT: f64 = 4.5;
const CAPTION: f64 = 5.0;
const DATELINE: f64 = 4.0;
const STAMP: f64 = 3.0;
/// Nats that speak for the article: a byline under its headline.
const BYLINE: f64 = -4.0;

/// `Leah Millis/Reuters`, `Anna Hale / Lesmark News / Getty`.
static CREDIT_LINE: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"^\(?\p{Lu}[\p{Latin}\p{M}.'’-]+(?: \p{Lu}[\p{Latin}\p{M}.'’-]*){0,3} ?/ ?\p{Lu}[\p{Latin}\p{M}.'’ -]{1,30}(?: ?/ ?\p{Lu}[\p{Latin}\p{M}.'’ -]{1,30}){0,2}\)?$")
        .expect("a fixed pattern")
});
/// `… in June. (Reuters)`, `… on Friday. (AP Photo/Anna Hale)`.
static CREDITED: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"(?:\((?:[^()]{0,40}[ /:])?(?:Reuters|AFP|AP|AP Photo|Getty Images|Getty|EPA|PA|Xinhua|ANI|PTI|Shutterstock|Bloomberg)(?:[ /][^()]{0,40})?\)|(?:\(|\b)(?:Photo|Picture|Pic|Image|Photograph|Credit)(?: by|:| courtesy)[^()]{2,60}\)?)\.?$")
        .expect("a fixed pattern")
});

/// So many lines above the longest passage a byline stands.
const HEAD: usize = 12;

/// What every line is beside its neighbours. `repeats` says of which earlier line each is a repetition, and `main` where the longest passage
/// begins.
pub fn structure(
    text: &str,
    lines: &Lines,
    marks: &[Marks<'_>],
    repeats: &[Option<usize>],
    main: usize,
) -> Vec<Structure> {
    let all = lines.as_slice();
    let line = |index: usize| all[index].span().of(text);
    let mut out = vec![Structure::default(); all.len()];
    let first_long = all.iter().position(|line| line.shape.is_sentence() && line.shape.words >= 14);
    let is_credit = |index: usize| all[index].shape.words <= 10 && is_credit_line(line(index));

    for index in 0..all.len() {
        let shape = &all[index].shape;
        let is_headline = shape.is_headline() && shape.words >= 4 && shape.words > shape.numbers + 2;
        if repeats[index].is_some() && (is_headline || shape.is_sentence() && shape.words >= 8) {
            say(&mut out, index, REPEATED, FurnitureKind::Repeat);
        }
        if is_credit(index) {
            say(&mut out, index, CREDIT, FurnitureKind::Credit);
            for near in [index + 1, index.wrapping_sub(1)].into_iter().filter(|&near| near < all.len()) {
                let caption = &all[near].shape;
                let is_one = caption.is_sentence() && caption.words <= 35 && caption.calendar > 0;
                if is_one && !line(near).contains(['“', '"', '”']) {
                    say(&mut out, near, CAPTION, FurnitureKind::Credit);
                }
            }
        }
        let is_above = (main.saturating_sub(HEAD)..main).contains(&index);
        let is_head = is_above || (index < 40 && first_long.is_none_or(|first| index < first));
        if is_head && repeats[index].is_none() && marks[index].log_odds < 4.0 && is_byline(line(index)) {
            out[index].nats = BYLINE;
        }
        // Above the text, beside other furniture, a credited sentence is the caption of the picture there.
        let beside = marks.get(index + 1).is_some_and(|next| next.log_odds > 1.0);
        if index < 8 && beside && shape.words >= 4 && CREDITED.is_match(line(index)) {
            say(&mut out, index, CAPTION + 1.5, FurnitureKind::Credit);
        }
        // A stamp that says what it is: "Published 16 May 2023, 10:14".
        let says_so = |row: &Row| row.kind == FurnitureKind::Timestamp && row.weight == Weight::Sure;
        if marks[index].best.is_some_and(says_so) && shape.calendar > 0 && 2 * shape.temporal > shape.words {
            say(&mut out, index, STAMP, FurnitureKind::Timestamp);
        }
        // A dash alone, after a place and perhaps an agency in lines of their own.
        let is_dash =
            shape.words == 0 && line(index).chars().all(|c| matches!(c, '—' | '–' | ' ' | '\u{a0}'));
        let opens_text =
            all.get(index + 1).is_some_and(|next| next.shape.is_sentence() && next.shape.words >= 12);
        if is_dash && opens_text {
            say(&mut out, index, DATELINE, FurnitureKind::Dateline);
            let place = |index: &usize| {
                let shape = &all[*index].shape;
                (1..=4).contains(&shape.words)
                    && shape.capitals == shape.words
                    && shape.ending == Ending::Open
            };
            for before in (index.saturating_sub(2)..index).rev().take_while(place) {
                say(&mut out, before, DATELINE, FurnitureKind::Dateline);
            }
        }
    }
    out
}

/// Whether a line is names, divided by strokes.
fn is_credit_line(line: &str) -> bool {
    // Most lines with a stroke aren't: the pattern takes long to make, and many texts can do without.
    let begins = |part: &str| part.trim_start_matches(['(', ' ']).starts_with(char::is_uppercase);
    line.contains('/') && line.split('/').all(begins) && CREDIT_LINE.is_match(line)
}

fn say(out: &mut [Structure], index: usize, nats: f64, kind: FurnitureKind) {
    if nats > out[index].nats {
        out[index] = Structure { nats, kind: Some(kind) };
    }
}

#[cfg(test)]
mod tests {
    use super::super::furniture::Furniture;
    use super::super::word_odds::WordOdds;
    use super::*;

    fn found(text: &str) -> Vec<Option<FurnitureKind>> {
        let lines = Lines::of(text);
        let furniture =
            Furniture::parse("f", "pattern\tmatch\tkind\tweight\topens\tnote\nfollow\tline\tshare\tsure\n")
                .unwrap();
        let marks = Marks::of(text, &lines, &furniture, &WordOdds::default());
        let repeats: Vec<Option<usize>> =
            (0..lines.len()).map(|i| (0..i).find(|&j| lines.key(i) == lines.key(j))).collect();
        structure(text, &lines, &marks, &repeats, 0).into_iter().map(|s| s.kind).collect()
    }

    #[test]
    fn datelines_in_pieces() {
        use FurnitureKind::Dateline;
        let text = "The dam at Penwick holds\nOxmarl\nLNN\n — \nThe dam at Penwick held through the night, said the mayor of the town, and \
            people went home.\n-\nand on.";
        assert_eq!(found(text), [None, Some(Dateline), Some(Dateline), Some(Dateline), None, None, None]);
    }

    #[test]
    fn credits_and_captions() {
        use FurnitureKind::Credit;
        let text = "She spoke of the dam and went.\nTom Birch/Lesmark News\nThe mayor inspects the dam on June 18.\nShe said the dam was safe.";
        assert_eq!(found(text), [None, Some(Credit), Some(Credit), None]);
        assert_eq!(
            found("The dam holds in June. (Reuters)\nFollow\nA man came."),
            [Some(Credit), None, None]
        );
        assert_eq!(found("The dam holds in June. (Reuters)\nA man came."), [None, None]);
        assert_eq!(found("And/Or"), [Some(Credit)]);
        assert_eq!(found("either/or\nhe said and/or she said"), [None, None]);
    }

    #[test]
    fn stamps_that_say_so() {
        let rows = "pattern\tmatch\tkind\tweight\topens\tnote\npublished #\tstart\ttimestamp\tsure\n";
        let furniture = Furniture::parse("f", rows).unwrap();
        let text = "Published 16 May 2023, 10:14\nPublished 16 books on rivers, dams and the law of water";
        let lines = Lines::of(text);
        let marks = Marks::of(text, &lines, &furniture, &WordOdds::default());
        let kinds: Vec<_> =
            structure(text, &lines, &marks, &[None, None], 0).iter().map(|s| s.kind).collect();
        assert_eq!(kinds, [Some(FurnitureKind::Timestamp), None]);
    }

    #[test]
    fn what_is_said_again() {
        let text = "The dam at Penwick holds\nA\nThe dam at Penwick holds\nReferences\nReferences\n8:40 p.m.\n8:40 p.m.";
        let repeat = Some(FurnitureKind::Repeat);
        assert_eq!(found(text), [None, None, repeat, None, None, None, None]);
    }
}
