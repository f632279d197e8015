//! A date that a scraper put in front of an article, in the line of its headline or first sentence: "date 2023-06-19 The minister arrived …".

use once_cell::sync::Lazy;
use regex::Regex;

use super::line::{Line, Lines};
use super::metadata::iso_date;
use crate::text::Span;

/// A date in front of a sentence, with the name of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Its line.
    pub line: usize,
    /// From the beginning of its line to the sentence.
    pub span: Span,
    /// YYYY-MM-DD.
    pub date: String,
}

/// In 67 million words of clean text no line begins so.
pub const STAMP_CONFIDENCE: f64 = 0.95;

/// The name of a field, and a date as programs write it: people write neither so in front of a sentence.
static STAMP: Lazy<Regex> = Lazy::new(|| {
    Regex::new(
        r"(?x)\A(?:
        (?i:date|datetime|(?:date|time)[\ _]?published|pub(?:lish)?[\ _]?date|published|updated|posted|created)
        \s*:?\s+(?:19|20)\d\d-\d\d-\d\d
        (?:[Tt\ ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:\ ?[Zz]|\ ?UTC|\ ?GMT|[+-]\d\d:?\d\d)?)?
        \s+)+",
    )
    .expect("a fixed pattern")
});

/// Of a line only this many bytes are looked at for fields.
const HEAD: usize = 200;

/// Least words of a headline behind such a field.
const LEAST_HEADLINE: u32 = 3;

impl Stamp {
    /// The one in front of a text, its headline or its first sentence, among the lines that are kept.
    pub fn of(text: &str, lines: &Lines, is_kept: impl Fn(usize) -> bool) -> Option<Self> {
        let mut kept = lines.as_slice().iter().enumerate().filter(|&(index, _)| is_kept(index));
        // In front of the headline it is right at the beginning of the text.
        let (index, line) = kept.next()?;
        if let Some(stamp) = Self::before(text, index, line.span(), index == 0) {
            return Some(stamp);
        }
        let (index, line) =
            std::iter::once((index, line)).chain(kept).find(|(_, line)| line.shape.is_sentence())?;
        Self::before(text, index, line.span(), false)
    }

    fn before(text: &str, index: usize, line: Span, any_line: bool) -> Option<Self> {
        let content = line.of(text);
        let mut head = content.len().min(HEAD);
        while !content.is_char_boundary(head) {
            head -= 1;
        }
        let stamp = STAMP.find(&content[..head])?.as_str();
        let digits = stamp.find(|c: char| c.is_ascii_digit())?;
        let date = iso_date(stamp.get(digits..digits + "2023-06-19".len())?)?;
        let rest = &content[stamp.len()..];
        // Of a form that goes on ("Date: 2023-06-19 Place: Oxmarl Hall") the date is a part.
        let is_form = rest.split_whitespace().take(3).any(|word| word.ends_with(':'));
        let begins = rest.trim_start_matches(['"', '\'', '“', '‘', '«', '(']).starts_with(char::is_uppercase);
        let goes_on =
            |line: &Line| line.shape.is_sentence() || any_line && line.shape.words >= LEAST_HEADLINE;
        let is_text = Lines::of(rest).as_slice().first().is_some_and(goes_on);
        // White space in front of a field is its own, no indent.
        let start = text[..line.start()].trim_end_matches([' ', '\t']).len();
        let span = Span::new(start, line.start() + stamp.len());
        (begins && is_text && !is_form).then_some(Self { line: index, span, date })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(line: &str) -> Option<Stamp> {
        Stamp::of(line, &Lines::of(line), |_| true)
    }

    fn rest(line: &str) -> Option<&str> {
        let stamp = stamp(line)?;
        Some(&line[stamp.span.end()..])
    }

    #[test]
    fn fields_in_front_of_sentences() {
        let sentence = "The minister arrived in Oxmarl on Monday.";
        for field in [
            "date 2023-06-19 ",
            "Date: 2023-06-19  ",
            "Published 2023-06-19 09:14 ",
            "pubdate 2023-06-19T09:14:00Z ",
            "date_published: 2023-06-19T09:14:00+02:00 ",
            "date 2023-06-19 updated 2023-06-20 ",
        ] {
            let line = format!("{field}{sentence}");
            assert_eq!(rest(&line), Some(sentence), "{line}");
        }
        let quoted = "date 2023-06-19 “We saw it,” the mayor of Oxmarl said.";
        assert_eq!(rest(quoted), Some("“We saw it,” the mayor of Oxmarl said."));
        assert_eq!(stamp(quoted).unwrap().date, "2023-06-19");
    }

    #[test]
    fn the_first_sentence_that_is_kept() {
        let text = "Share this page of ours.\nTalks in Oxmarl\n date 2023-06-19 The minister is in Oxmarl.\n";
        let of = |is_kept: fn(usize) -> bool| Stamp::of(text, &Lines::of(text), is_kept);
        let found = of(|index| index > 0).unwrap();
        assert_eq!((found.line, found.span.of(text)), (2, " date 2023-06-19 "));
        assert_eq!(of(|_| true), None);
    }

    #[test]
    fn a_headline_at_the_beginning() {
        let text = " date 2023-06-19 Talks in Oxmarl break down\n\nThe minister left Oxmarl on Monday.\n";
        assert_eq!(stamp(text).map(|found| found.span.of(text)), Some(" date 2023-06-19 "));
        let below = format!("Lesmark News\n{text}");
        assert_eq!(stamp(&below), None);
    }

    #[test]
    fn dates_that_belong_to_their_line() {
        for line in [
            "Date 2023-06-19",
            "Date: 2023-06-19 Place: the hall of the town of Oxmarl.",
            "Date 2023-06-19 is when the bridge of Penwick fell.",
            "Updated 2023-06-19 The river",
            "Date 2023-06-19 Venue: the hall of Oxmarl",
            "2023-06-19 The minister arrived in Oxmarl on Monday.",
            "Published 2023-19-06 The minister arrived in Oxmarl on Monday.",
            "The date 2023-06-19 The minister arrived in Oxmarl on Monday.",
            "Up to date 2023-06-19 The minister arrived in Oxmarl on Monday.",
            "Updated 19 June 2023 The minister arrived in Oxmarl on Monday.",
        ] {
            assert_eq!(rest(line), None, "{line}");
        }
    }
}
