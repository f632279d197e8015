//! Documents to measure on, of the lines of a corpus that no model was trained on.

use crate::language::{HOLD_OUT_BLOCK, Options, is_held_out};
use crate::text::Tokens;

/// A part of the blocks that are held out: one to choose by, one to report, one to learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first held-out block, the third, and so on.
    Dev,
    /// The second, the fourth, and so on.
    Test,
    /// Those that training with the default options has seen: for a model that was trained with a larger hold-out.
    Learn,
}

/// Consecutive paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldOutDocument {
    /// Number of its first line in the corpus, from 1.
    pub line: usize,
    /// The paragraphs, blank lines between them.
    pub text: String,
}

/// Makes documents of the held-out lines of one corpus, line by line.
///
/// A document ends with the paragraph that gives it enough words. It never goes on in another block, since lines in between were
/// trained on: what is unfinished at the end of a block is dropped.
#[derive(Debug)]
pub struct HeldOut {
    every: usize,
    least_words: usize,
    part: Option<Part>,
    number: usize,
    words: usize,
    open: Option<HeldOutDocument>,
}

impl HeldOut {
    /// Documents of at least `least_words` words out of each `every`th block (see [`is_held_out`]), or a part of these blocks.
    pub fn new(every: usize, least_words: usize, part: Option<Part>) -> Self {
        Self { every, least_words, part, number: 0, words: 0, open: None }
    }

    /// Takes the next line of the corpus; gives the document that it ends.
    pub fn add(&mut self, line: &str) -> Option<HeldOutDocument> {
        let number = self.number;
        self.number += 1;
        if number.is_multiple_of(HOLD_OUT_BLOCK) {
            self.open = None;
        }
        let paragraph = line.trim();
        if paragraph.is_empty() || !self.is_wanted(number) {
            return None;
        }
        if let Some(document) = &mut self.open {
            document.text.push_str("\n\n");
            document.text.push_str(paragraph);
        } else {
            self.open = Some(HeldOutDocument { line: number + 1, text: paragraph.to_owned() });
            self.words = 0;
        }
        self.words += Tokens::of(paragraph).words();
        if self.words >= self.least_words { self.open.take() } else { None }
    }

    fn is_wanted(&self, number: usize) -> bool {
        let is_even = || (number / HOLD_OUT_BLOCK / self.every).is_multiple_of(2);
        is_held_out(number, self.every)
            && match self.part {
                None => true,
                Some(Part::Dev) => is_even(),
                Some(Part::Test) => !is_even(),
                Some(Part::Learn) => !is_held_out(number, Options::default().hold_out),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents of a corpus whose line N (from 0) is "word N".
    fn documents(lines: usize, every: usize, words: usize, part: Option<Part>) -> Vec<HeldOutDocument> {
        let mut held_out = HeldOut::new(every, words, part);
        (0..lines).filter_map(|n| held_out.add(&format!("word {n}"))).collect()
    }

    #[test]
    fn only_held_out_lines() {
        let all = documents(6_000, 2, 600, None);
        // 300 lines each: three to a block, the last hundred lines dropped.
        let lines: Vec<usize> = all.iter().map(|document| document.line).collect();
        assert_eq!(lines, [1_001, 1_301, 1_601, 3_001, 3_301, 3_601, 5_001, 5_301, 5_601]);
        assert!(
            all[0].text.starts_with("word 1000\n\nword 1001\n\n") && all[0].text.ends_with("\n\nword 1299")
        );
        for line in all.iter().flat_map(|document| document.text.split("\n\n")) {
            assert!(is_held_out(line["word ".len()..].parse().unwrap(), 2));
        }
    }

    #[test]
    fn parts_share_nothing_and_leave_nothing() {
        let of = |part| documents(8_000, 2, 600, part).into_iter().map(|d| d.line).collect::<Vec<_>>();
        assert_eq!(of(Some(Part::Dev)), [1_001, 1_301, 1_601, 5_001, 5_301, 5_601]);
        assert_eq!(of(Some(Part::Test)), [3_001, 3_301, 3_601, 7_001, 7_301, 7_601]);
    }

    #[test]
    fn blank_lines_and_every_block() {
        let mut held_out = HeldOut::new(1, 4, None);
        let found: Vec<_> =
            ["one two", "", "  ", "three four\r", "five"].iter().filter_map(|l| held_out.add(l)).collect();
        assert_eq!(found, [HeldOutDocument { line: 1, text: "one two\n\nthree four".to_owned() }]);
        assert!(documents(3_000, 0, 1, None).is_empty(), "nothing is held out");
    }
}
