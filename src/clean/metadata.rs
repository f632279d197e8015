//! What a page says of itself.

use once_cell::sync::Lazy;
use regex::Regex;
use serde::Serialize;

use super::furniture::FurnitureKind;
use super::label::Label;
use super::line::Lines;
use super::marks::is_time_stamp;
use super::openers::is_byline;
use super::stamp::Stamp;

/// What a page says of itself; nothing is guessed that it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it, without "By".
    pub byline: Option<String>,
    /// When it was published, or else updated: YYYY-MM-DD.
    pub date: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Its language: an ISO 639 code.
    pub language: Option<String>,
}

impl Metadata {
    /// The same, completed by what another source says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            date: self.date.or(other.date),
            source: self.source.or(other.source),
            language: self.language.or(other.language),
        }
    }
}

/// Lines at the head of a page in which its byline and date are looked for.
const HEAD: usize = 40;

static BY: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"^(?i:by|from|written by|posted by|words by|words:)\s+").expect("a fixed pattern")
});
static SOURCE: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"^(?i:source|originally published (?:at|by|on)|this article is from the source|first published (?:in|by|on))\s*:?\s*['‘“\x22]?([^'’”\x22|]{2,60}?)['’”\x22.]*$")
        .expect("a fixed pattern")
});
/// What a source is not: "Source link", "First published on May 3".
static NO_SOURCE: Lazy<Regex> =
    Lazy::new(|| Regex::new(r"^(?i:links?|url|code|here)$|\b(?:19|20)\d\d\b|^\d").expect("a fixed pattern"));
/// Dates of readers, of a forum, or of the visit.
static OTHER_DATE: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"(?i)\b(?:join(?:ed| date)|registered|member since|most users ever|it is currently|last visit|today is)\b")
        .expect("a fixed pattern")
});
static DATE: Lazy<Regex> = Lazy::new(|| {
    Regex::new(
        r"(?x)
        \b(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)\b
        | \b(?P<d2>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>[A-Z][a-z]{2,8})\.?,?\s+(?P<y2>(?:19|20)\d\d)\b
        | \b(?P<m3>[A-Z][a-z]{2,8})\.?\s+(?P<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y3>(?:19|20)\d\d)\b",
    )
    .expect("a fixed pattern")
});

/// What the lines of a page say, by what they were taken for.
pub fn metadata(text: &str, lines: &Lines, labels: &[Label<'_>]) -> Metadata {
    let line = |index: usize| lines.as_slice()[index].span().of(text);
    let head = 0..lines.len().min(HEAD);
    let byline = head.clone().map(line).find(|line| is_byline(line));
    let is_stamp = |&index: &usize| {
        labels[index].kind == FurnitureKind::Timestamp || is_time_stamp(&lines.as_slice()[index].shape)
    };
    let date_of = |index: usize| iso_date(line(index)).filter(|_| !OTHER_DATE.is_match(line(index)));
    let stamps = (0..lines.len()).filter(is_stamp).find_map(date_of);
    let is_kept = |index: usize| labels[index].probability < 0.5;
    let field = Stamp::of(text, lines, is_kept);
    let date = stamps
        .or_else(|| field.as_ref().map(|stamp| stamp.date.clone()))
        .or_else(|| head.filter(|&index| lines.as_slice()[index].shape.words <= 20).find_map(date_of));
    let title = title(text, lines, labels).map(|index| match &field {
        Some(stamp) if stamp.line == index => &text[stamp.span.end()..lines.as_slice()[index].span().end()],
        _ => line(index),
    });
    let can_be_source =
        |line: &&str| line.len() < 120 && line.starts_with(['s', 'S', 'ſ', 'o', 'O', 't', 'T', 'f', 'F']);
    let source = (0..lines.len()).map(line).filter(can_be_source).find_map(|line| {
        let name = SOURCE.captures(line)?.get(1)?.as_str().trim();
        (!NO_SOURCE.is_match(name)).then(|| name.to_owned())
    });
    Metadata {
        title: title.map(|title| title.trim_start_matches(is_bullet).to_owned()),
        byline: byline.map(|byline| BY.replace(byline, "").into_owned()),
        date,
        source,
        language: None,
    }
}

/// The line of the headline: the first that is kept, apart from what may well be a name of the site or a label, dates, and figures.
fn title(text: &str, lines: &Lines, labels: &[Label<'_>]) -> Option<usize> {
    let line = |index: usize| lines.as_slice()[index].span().of(text);
    let may_be = |index: &usize| {
        let shape = &lines.as_slice()[*index].shape;
        labels[*index].probability < DOUBTFUL && shape.words > shape.numbers && !is_time_stamp(shape)
    };
    let first = (0..lines.len()).find(may_be)?;
    let shape = &lines.as_slice()[first].shape;
    let is_headline = !shape.is_sentence() || shape.words <= 15 && line(first).ends_with('?');
    (shape.words <= 30 && is_headline && !is_byline(line(first))).then_some(first)
}

/// A line that may be furniture so likely is no headline.
const DOUBTFUL: f64 = 0.25;

fn is_bullet(c: char) -> bool {
    c.is_whitespace() || matches!(c, '•' | '·' | '▪' | '*' | '>' | '»' | '|')
}

/// The first date in a line, as YYYY-MM-DD. Dates in figures alone say neither day nor month for certain, but in ISO form.
pub fn iso_date(line: &str) -> Option<String> {
    // The year of every date has one or the other.
    if !line.contains("19") && !line.contains("20") {
        return None;
    }
    DATE.captures_iter(line).find_map(|found| {
        let get = |names: [&str; 3]| names.iter().find_map(|name| found.name(name)).map(|m| m.as_str());
        let (year, month, day) =
            (get(["y1", "y2", "y3"])?, get(["m1", "m2", "m3"])?, get(["d1", "d2", "d3"])?);
        let month = month.parse().ok().or_else(|| month_number(month))?;
        let day: u32 = day.parse().ok()?;
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| format!("{year}-{month:02}-{day:02}"))
    })
}

fn month_number(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_ascii_lowercase();
    let number = MONTHS.iter().position(|month| name.starts_with(month))?;
    super::words::is_month(&name).then(|| u32::try_from(number + 1).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (line, date) in [
            ("Updated 16 June 2023", Some("2023-06-16")),
            ("Published: Feb 11, 2022 · Modified: Jan 9, 2024", Some("2022-02-11")),
            (" date 2023-06-19 The minister", Some("2023-06-19")),
            ("Tuesday, 3rd of May 2021, 10:14", Some("2021-05-03")),
            ("3/5/2021", None),
            ("Chapter 12 Verse 2021", None),
            ("2021-13-40", None),
        ] {
            assert_eq!(iso_date(line).as_deref(), date, "{line}");
        }
    }

    #[test]
    fn sources() {
        let of = |line: &str| SOURCE.captures(line).map(|found| found[1].to_owned());
        assert_eq!(of("Source: Lesmark News").as_deref(), Some("Lesmark News"));
        assert_eq!(of("Originally published at The Oxmarl Post.").as_deref(), Some("The Oxmarl Post"));
        assert_eq!(of("Source"), None);
        let is_one = |line: &str| of(line).is_some_and(|name| !NO_SOURCE.is_match(&name));
        assert!(is_one("Source: Lesmark News") && is_one("Source: BBC"));
        assert!(!is_one("Source link") && !is_one("First published on Aug 21, 2019 05:43 pm"));
    }
}
