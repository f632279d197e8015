//! The list of what page furniture says, and where it says so in a text.

use std::fmt;

use once_cell::sync::OnceCell;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::folding::fold_pattern;
use super::line::Lines;
use super::phrases::Phrases;
use crate::hash;

/// What a piece of page furniture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureKind {
    /// Menus, category trails, search, links within a site.
    Navigation,
    /// Share buttons.
    Share,
    /// Links to other articles: "also read", "most popular".
    Related,
    /// Comment forms and readers' comments.
    Comments,
    /// Newsletters, subscriptions, paywalls.
    Subscribe,
    /// Promotion of the site, its apps and channels, donations.
    Promotion,
    /// Labels of advertisements.
    Advertisement,
    /// Cookies, terms, copyright.
    Legal,
    /// When the page was published, updated or scraped.
    Timestamp,
    /// Credits of pictures and agencies, captions.
    Credit,
    /// Where a copy comes from.
    Source,
    /// Log in, register.
    Account,
    /// Print, listen, font size.
    Tools,
    /// Tags and topics.
    Tags,
    /// Shares, views, time to read.
    Counter,
    /// Controls of players and galleries.
    Media,
    /// Names, ranks and buttons around posts of a forum.
    Forum,
    /// Offers and affiliate links.
    Shop,
    /// What a scraper left of a dateline.
    Dateline,
    /// The box of an author.
    Author,
    /// A headline, byline or standfirst that is there already.
    Repeat,
}

impl FurnitureKind {
    /// Every kind, by its name in lists and reports.
    const NAMES: [(&'static str, Self); 21] = [
        ("navigation", Self::Navigation),
        ("share", Self::Share),
        ("related", Self::Related),
        ("comments", Self::Comments),
        ("subscribe", Self::Subscribe),
        ("promotion", Self::Promotion),
        ("advertisement", Self::Advertisement),
        ("legal", Self::Legal),
        ("timestamp", Self::Timestamp),
        ("credit", Self::Credit),
        ("source", Self::Source),
        ("account", Self::Account),
        ("tools", Self::Tools),
        ("tags", Self::Tags),
        ("counter", Self::Counter),
        ("media", Self::Media),
        ("forum", Self::Forum),
        ("shop", Self::Shop),
        ("dateline", Self::Dateline),
        ("author", Self::Author),
        ("repeat", Self::Repeat),
    ];

    /// The name in lists and in every format.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|&(_, kind)| kind)
    }
}

impl fmt::Display for FurnitureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It speaks for the article, although the line may look like furniture.
    Genuine,
    /// It counts only beside other evidence.
    Hint,
    /// It is furniture in most cases.
    Likely,
    /// It is practically never part of an article.
    Sure,
}

/// Where in a line a phrase has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Where {
    /// Anywhere.
    Has,
    /// At its end.
    End,
    /// At its beginning.
    Start,
    /// It is the whole line.
    Line,
}

/// What a piece of furniture says of the lines after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opens {
    /// Nothing.
    Nothing,
    /// Headlines or items follow.
    List,
    /// All that follows is furniture.
    Rest,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The phrase, folded.
    pub pattern: String,
    /// Where in a line it has to stand.
    pub place: Where,
    /// What a line with it is.
    pub kind: FurnitureKind,
    /// How much that says.
    pub weight: Weight,
    /// What it says of the lines after it.
    pub opens: Opens,
}

/// A list of furniture that can't be read.
#[derive(Debug, Error)]
pub enum FurnitureError {
    /// A row breaks the format.
    #[error("{file}:{line}: {problem}")]
    Row {
        /// The file as it was named.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: &'static str,
    },
}

/// Phrases that tell furniture, ready to be searched for.
#[derive(Debug)]
pub struct Furniture {
    rows: Vec<Row>,
    checksum: u64,
    phrases: Phrases,
}

static SOURCE: &str = include_str!("../../dictionaries/furniture.tsv");
static BUILTIN: OnceCell<Furniture> = OnceCell::new();

impl Furniture {
    /// The built-in list.
    ///
    /// # Errors
    ///
    /// If the built-in file breaks the format: a mistake in building this program.
    pub fn builtin() -> Result<&'static Self, FurnitureError> {
        BUILTIN.get_or_try_init(|| Self::parse("furniture.tsv", SOURCE))
    }

    /// Reads a list. Lines that start with `#` and a space, and empty lines, are skipped; the first other line names the columns
    /// `pattern`, `match`, `kind`, `weight`, `opens`, `note`, in this order.
    ///
    /// # Errors
    ///
    /// The first row that breaks the format, with its line.
    pub fn parse(file: &str, text: &str) -> Result<Self, FurnitureError> {
        let mut rows = Vec::new();
        let mut has_header = false;
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line == "#" || line.starts_with("# ") && !line.contains('\t') {
                continue;
            }
            let row = if has_header { row(line).map(Some) } else { header(line).map(|()| None) };
            has_header = true;
            let fail = |problem| FurnitureError::Row { file: file.to_owned(), line: index + 1, problem };
            rows.extend(row.map_err(fail)?);
        }
        let phrases = Phrases::new(rows.iter().map(|row| row.pattern.as_str()));
        Ok(Self { rows, checksum: hash::bytes(text.as_bytes()), phrases })
    }

    /// Checksum of the text that it was read from.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Calls `found` with every row that stands in a line.
    pub fn matches<'f>(&'f self, lines: &Lines, index: usize, mut found: impl FnMut(&'f Row)) {
        let words = lines.words(index);
        self.phrases.each(words, |phrase, start, end| {
            let row = &self.rows[phrase];
            let (at_start, at_end) = (start == 0, end == words.len());
            let stands = match row.place {
                Where::Has => true,
                Where::Start => at_start,
                Where::End => at_end,
                Where::Line => at_start && at_end,
            };
            if stands {
                found(row);
            }
        });
    }
}

fn header(line: &str) -> Result<(), &'static str> {
    if line == "pattern\tmatch\tkind\tweight\topens\tnote" {
        Ok(())
    } else {
        Err("the first row must name the columns: pattern, match, kind, weight, opens, note")
    }
}

fn row(line: &str) -> Result<Row, &'static str> {
    let mut columns = line.split('\t').map(str::trim);
    let mut next = || columns.next().unwrap_or_default();
    let [pattern, place, kind, weight, opens, _note] = std::array::from_fn(|_| next());
    if columns.next().is_some() {
        return Err("more than six columns");
    }
    let pattern = fold_pattern(pattern);
    if pattern.is_empty() {
        return Err("the pattern has no word");
    }
    Ok(Row {
        pattern,
        place: match place {
            "line" => Where::Line,
            "start" => Where::Start,
            "end" => Where::End,
            "has" => Where::Has,
            _ => return Err("`match` must be line, start, end or has"),
        },
        kind: FurnitureKind::named(kind).ok_or("unknown kind of furniture")?,
        weight: match weight {
            "sure" => Weight::Sure,
            "likely" => Weight::Likely,
            "hint" => Weight::Hint,
            "genuine" => Weight::Genuine,
            _ => return Err("`weight` must be sure, likely, hint or genuine"),
        },
        opens: match opens {
            "" => Opens::Nothing,
            "list" => Opens::List,
            "rest" => Opens::Rest,
            _ => return Err("`opens` must be empty, list or rest"),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "# remark\npattern\tmatch\tkind\tweight\topens\tnote\nleave a reply\tline\tcomments\tsure\trest\t\n\
        Also read\tstart\trelated\tsure\n© # \tstart\tlegal\tlikely\t\tyear\nall rights reserved\tend\tlegal\tsure\ncookies\thas\tlegal\thint\n";

    fn found(text: &str) -> Vec<(usize, String)> {
        let list = Furniture::parse("f.tsv", ROWS).unwrap();
        let lines = Lines::of(text);
        let mut out = Vec::new();
        for line in 0..lines.len() {
            list.matches(&lines, line, |row| out.push((line, row.pattern.clone())));
        }
        out
    }

    #[test]
    fn rows_stand_where_they_say() {
        let text = "Leave a Reply!\nPlease leave a reply\n• Also read: cookies\n© 2021. All rights reserved.\nNo one also read all rights reserved now";
        let all =
            [(0, "leave a reply"), (2, "also read"), (2, "cookies"), (3, "© #"), (3, "all rights reserved")];
        assert_eq!(found(text), all.map(|(line, pattern)| (line, pattern.to_owned())));
    }

    #[test]
    fn errors_name_the_line() {
        let error = |rows: &str| Furniture::parse("f.tsv", rows).unwrap_err().to_string();
        let head = "pattern\tmatch\tkind\tweight\topens\tnote\n";
        assert_eq!(error(&format!("{head}a\tline\tx\tsure")), "f.tsv:2: unknown kind of furniture");
        assert_eq!(error(&format!("{head}!\tline\tshare\tsure")), "f.tsv:2: the pattern has no word");
        assert!(error("pattern\tmatch").starts_with("f.tsv:1: the first row must name"));
    }

    #[test]
    fn every_kind_has_a_name() {
        for (name, kind) in FurnitureKind::NAMES {
            assert_eq!(kind.name(), name);
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{name}\""));
        }
    }

    #[test]
    fn the_built_in_list_is_sound() {
        let list = Furniture::builtin().unwrap();
        let mut seen = std::collections::HashSet::new();
        for row in list.rows() {
            assert!(seen.insert((&row.pattern, row.place)), "twice: {row:?}");
        }
    }
}
