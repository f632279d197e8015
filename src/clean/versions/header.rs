//! What a version-diff page says above and below its table.

use super::VersionRow;
use crate::clean::line::is_space;
use crate::text::{Span, fold};

/// The column heads stand among so many lines that are not empty, or the text is no such page.
const HEAD_LINES: usize = 40;
/// Column heads are not longer, in bytes.
const LONGEST_HEADS: usize = 80;
/// So many lines after the column heads may hold the times of the versions: they follow the title.
const TIME_LINES: usize = 3;

/// What column heads call a version, folded.
const NAMES: &[&str] = &["version", "revision", "edition", "draft"];

/// What such sites say about an article, folded. Each counts once.
const SIGNS: &[&[&str]] = &[
    &["article is from "],
    &["first published or seen"],
    &["checked again for changes", "check for changes"],
    &["article at its original source"],
    &["article has changed "],
    &["rss feed of changes"],
    &["previous version", "next version"],
    &["diff viewer"],
];

/// So many of them are no accident.
const ENOUGH_SIGNS: usize = 2;

/// How the line below the table begins, folded.
const FOOTERS: &[&str] = &["currently monitoring "];

/// The lines of a page that belong to neither version, and what they say.
#[derive(Debug)]
pub(super) struct Header {
    pub source: Option<String>,
    pub url: Option<String>,
    pub old: u32,
    pub new: u32,
    /// The lines, in order.
    pub lines: Vec<Span>,
    /// All other lines, in order.
    pub rows: Vec<Span>,
    signs: usize,
    has_times: bool,
}

impl Header {
    /// Reads the header, if the text has the heads of two columns near its beginning.
    pub fn of(text: &str) -> Option<Self> {
        let heads = |line: &Span| column_heads(line.of(text));
        let (before, (old, new)) = lines(text)
            .take(HEAD_LINES)
            .enumerate()
            .find_map(|(index, line)| Some((index, heads(&line)?)))?;
        let mut all = lines(text);
        let mut header: Vec<Span> = all.by_ref().take(before + 1).collect();
        let mut signs = [false; SIGNS.len()];
        let (mut source, mut url) = (None, None);
        for line in &header {
            let line = line.of(text);
            let folded = fold(line);
            for (seen, sign) in signs.iter_mut().zip(SIGNS) {
                *seen |= sign.iter().any(|words| folded.contains(words));
            }
            source = source.or_else(|| source_in(line));
            url = url.or_else(|| url_in(line));
        }
        let mut rows: Vec<Span> = all.collect();
        let times = rows.iter().take(TIME_LINES).position(|line| is_times(line.of(text)));
        header.extend(times.map(|index| rows.remove(index)));
        let is_footer = |line: &Span| {
            let folded = fold(line.of(text));
            FOOTERS.iter().any(|words| folded.starts_with(words))
        };
        if rows.last().is_some_and(is_footer) {
            header.extend(rows.pop());
        }
        let signs = signs.iter().filter(|&&seen| seen).count();
        Some(Self { source, url, old, new, lines: header, rows, signs, has_times: times.is_some() })
    }

    /// Whether the first row of the table holds the titles, as it does on the site whose sentences these are.
    pub fn has_titles(&self) -> bool {
        self.signs >= ENOUGH_SIGNS
    }

    /// Whether the table is one: the site's sentences, and something that looks like two columns; or columns that nothing else explains.
    pub fn is_borne_out(&self, text: &str, rows: &[VersionRow]) -> bool {
        let same =
            |row: &&VersionRow| row.old.zip(row.new).is_some_and(|(old, new)| old.of(text) == new.of(text));
        let doubled = rows.iter().filter(same).count();
        if rows.is_empty() {
            false
        } else if self.signs >= ENOUGH_SIGNS {
            self.has_times || doubled > 0
        } else {
            doubled >= 3 && 3 * doubled >= rows.len()
        }
    }
}

/// The lines that are not empty, without the white space around them.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |whole| {
        let start = at + (whole.len() - whole.trim_start_matches(is_space).len());
        at += whole.len();
        let content = whole.trim_matches(is_space);
        (!content.is_empty()).then(|| Span::new(start, start + content.len()))
    })
}

/// The numbers in "Version 2 Version 3", if the line says only that.
fn column_heads(line: &str) -> Option<(u32, u32)> {
    if line.len() > LONGEST_HEADS {
        return None;
    }
    let mut words = line.split_whitespace();
    let (left, old, right, new) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let name = fold(left);
    let is_pair = words.next().is_none() && NAMES.contains(&name.as_ref()) && fold(right) == name;
    let (old, new) = (old.parse().ok()?, new.parse().ok()?);
    (is_pair && old != new).then_some((old, new))
}

/// Whether a line gives the time that passed between the versions, with or without the times themselves: "(about 8 hours later)".
fn is_times(line: &str) -> bool {
    let Some((before, last)) = line.rsplit_once('(') else { return false };
    let Some(inside) = last.strip_suffix(')') else { return false };
    let folded = fold(inside);
    let mut words = folded.split_whitespace().rev();
    let unit = |word: &str| {
        let units = ["second", "minute", "hour", "day", "week", "month", "year"];
        units.contains(&word.strip_suffix('s').unwrap_or(word))
    };
    words.next().is_some_and(|word| matches!(word, "later" | "earlier"))
        && words.next().is_some_and(unit)
        && words.next().is_some_and(|word| word == "a" || word.bytes().all(|b| b.is_ascii_digit()))
        // The times: no words but the names of months, days and zones.
        && before.split_whitespace().all(|word| word.len() <= 3 || word.contains(|c: char| c.is_ascii_digit()))
}

/// What stands in quotation marks after "is from" or "the source".
fn source_in(line: &str) -> Option<String> {
    let after = ["article is from the source ", "article is from "];
    let start = after.iter().find_map(|words| find_folded(line, words))?;
    let rest = line[start..].strip_prefix(['\'', '"', '‘', '“'])?;
    let end = rest.find(['\'', '"', '’', '”'])?;
    (end > 0).then(|| rest[..end].to_owned())
}

/// Where the first occurrence of ASCII `words` ends, whatever their case.
fn find_folded(line: &str, words: &str) -> Option<usize> {
    let (line, words) = (line.as_bytes(), words.as_bytes());
    line.windows(words.len()).position(|window| window.eq_ignore_ascii_case(words)).map(|at| at + words.len())
}

/// The address after "original source at".
fn url_in(line: &str) -> Option<String> {
    let start = find_folded(line, "original source at ")?;
    let url = line[start..].split_whitespace().next()?;
    url.contains("://").then(|| url.to_owned())
}
