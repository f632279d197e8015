//! Paragraphs that were broken into lines of about one width.
//!
//! A program that wraps text puts as many words in a line as fit: each line but the last is full. Lists, verse and addresses are
//! not, and what a new line of theirs begins with is a capital, a bullet, a number. So lines are joined where all breaks of their
//! paragraph follow a full line and most of them stand in the middle of a sentence, in a text that has no longer lines.

use std::ops::RangeInclusive;

use memchr::{memchr, memchr_iter};

use super::ligatures::Words;
use super::{Damage, DamageKind};

/// Widths that texts are wrapped at, in characters.
const WIDTHS: RangeInclusive<usize> = 40..=110;
/// Least joined breaks in a text: below that it may be chance.
const LEAST_BREAKS: usize = 3;
/// Breaks from which on a text is wrapped as a whole.
const SURE_BREAKS: usize = 8;
/// How far a full line may stay below the width, with the next word added, as a share of it: not all programs measure alike.
const SLACK: f64 = 0.1;
/// Least share of breaks with a small letter after them.
const LEAST_LOWER: f64 = 0.5;

/// What lines of code begin with.
const CODE_WORDS: [&str; 10] =
    ["import ", "from ", "def ", "class ", "return ", "#include", "#define", "use ", "let ", "//"];

/// A line without its end.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
    width: usize,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Line ends inside of paragraphs.
pub(super) fn wrapping(text: &str) -> Vec<Damage> {
    if !may_be_wrapped(text.as_bytes()) {
        return Vec::new();
    }
    let blocks = blocks(text);
    if is_code(&blocks) {
        return Vec::new();
    }
    // What can't be wrapped, an address of the web for one, may be longer than the width.
    let width = blocks.iter().flatten().filter(|line| line.text.contains(' ')).map(|line| line.width).max();
    let Some(width) = width.filter(|width| WIDTHS.contains(width)) else { return Vec::new() };
    let (clear, open): (Vec<_>, Vec<_>) =
        blocks.iter().filter(|block| is_full_prose(block, width, SLACK)).partition(|block| goes_on(block));
    let breaks = |blocks: &[&Vec<Line>]| blocks.iter().map(|block| block.len() - 1).sum::<usize>();
    let mut wrapped = clear;
    // Where the whole text is wrapped, so are its paragraphs that don't tell by themselves, if their lines are as full as can be.
    if breaks(&wrapped) >= SURE_BREAKS && breaks(&wrapped) >= 2 * breaks(&open) {
        wrapped.extend(open.into_iter().filter(|block| is_full_prose(block, width, 0.0)));
        wrapped.sort_unstable_by_key(|block| block[0].start);
    }
    if breaks(&wrapped) < LEAST_BREAKS {
        return Vec::new();
    }
    let mut words = Words::of(text);
    let pairs = wrapped.iter().flat_map(|block| block.windows(2));
    pairs.filter_map(|pair| joint(pair[0], pair[1], &mut words)).collect()
}

/// Whether some lines follow each other and none is too long: one pass over the bytes, for the many texts that are not wrapped.
fn may_be_wrapped(bytes: &[u8]) -> bool {
    let mut start = 0;
    let mut breaks = 0;
    // Bytes are not characters, but hardly any text that is wrapped has four of one for one of the other in each line.
    let longest = 4 * *WIDTHS.end();
    for end in memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = &bytes[start..end];
        if line.len() > longest && memchr(b' ', line).is_some() {
            return false;
        }
        breaks += usize::from(line.len() > *WIDTHS.start() / 2);
        start = end + 1;
    }
    breaks >= LEAST_BREAKS
}

/// Lines that follow each other, empty ones being between the blocks.
fn blocks(text: &str) -> Vec<Vec<Line<'_>>> {
    let mut blocks = vec![Vec::new()];
    let mut start = 0;
    for with_end in text.split_inclusive('\n') {
        let line = with_end.strip_suffix('\n').unwrap_or(with_end);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            blocks.push(Vec::new());
        } else if let Some(block) = blocks.last_mut() {
            block.push(Line { start, text: line, width: line.trim_end().chars().count() });
        }
        start += with_end.len();
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Whether a text is source code, whose comments are broken into lines for good reason.
fn is_code(blocks: &[Vec<Line>]) -> bool {
    let lines = blocks.iter().flatten();
    let code = lines.clone().filter(|line| {
        let text = line.text.trim();
        text.ends_with(['{', '}', ';', ']'])
            || text.ends_with("):")
            || CODE_WORDS.iter().any(|word| text.starts_with(word))
    });
    code.count() * 20 > lines.count()
}

/// Whether a block is prose, all lines but the last being full.
fn is_full_prose(block: &[Line], width: usize, slack: f64) -> bool {
    block.len() > 1
        && block.iter().all(|line| is_prose(line.text))
        && block.windows(2).all(|pair| is_full(pair[0], pair[1], width as f64 * (1.0 - slack)))
}

/// Whether most breaks of a block are in the middle of a sentence; a short one has to say it clearly.
fn goes_on(block: &[Line]) -> bool {
    let breaks = block.len() - 1;
    let inside = block.windows(2).filter(|pair| {
        pair[1].text.starts_with(char::is_lowercase)
            && pair[0].text.trim_end().ends_with(|c: char| c.is_alphanumeric() || ",-–—;:'’\")”".contains(c))
    });
    let least = if breaks <= 2 { 1.0 } else { LEAST_LOWER };
    inside.count() as f64 >= least * breaks as f64
}

/// Whether the first word of the next line would have made a line longer than a width.
fn is_full(line: Line, next: Line, width: f64) -> bool {
    let word = next.text.split(' ').next().unwrap_or_default();
    // A hyphen may part a word or be part of it.
    let fitting = if line.text.ends_with('-') { LONGEST_PART } else { word.chars().count() };
    (line.width + 1 + fitting) as f64 > width
}

/// What a program that parts words puts at the end of a line at most.
const LONGEST_PART: usize = 8;

/// Whether a line may be part of a paragraph: it starts at the margin and with nothing that starts an item, a quotation or code.
fn is_prose(line: &str) -> bool {
    let Some(first) = line.chars().next() else { return false };
    let second = line[first.len_utf8()..].chars().next();
    let is_marked = match first {
        // An amount, a hash tag, a user are words.
        '$' | '#' | '@' => !second.is_some_and(char::is_alphanumeric),
        _ => " \t\u{a0}\u{3000}>|=~`<{}/\\+%*-–—•·▪●◦‣■»→_:".contains(first) || is_numbered(line),
    };
    // Columns, a line break of Markdown, code.
    let is_set = line.contains(['\t', '|', '{', '}'])
        || [" = ", "::", ");", "=\""].iter().any(|sign| line.contains(sign))
        || line.contains("   ")
        || line.ends_with("  ")
        || line.ends_with('\\');
    !is_marked && !is_set && line.contains(char::is_lowercase)
}

/// `1.` `2)` `(a)` `iv.` and a space.
fn is_numbered(line: &str) -> bool {
    let word = line.split(' ').next().unwrap_or_default();
    let opened = word.starts_with('(');
    let inner = word.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let is_closed = word.len() > inner.len() + usize::from(opened);
    let is_number = !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
    let is_letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_alphabetic());
    let is_roman = inner.len() <= 4 && !inner.is_empty() && inner.bytes().all(|b| b"ivxIVX".contains(&b));
    is_closed && line.len() > word.len() && (is_number || is_letter || is_roman)
}

/// What joins two lines.
fn joint(line: Line, next: Line, words: &mut Words) -> Option<Damage> {
    let core = line.text.trim_end();
    let last = core.rsplit(' ').next().unwrap_or_default();
    let first = next.text.split(' ').next().unwrap_or_default();
    // An address that was broken.
    if last.contains("://") || last.starts_with("www.") || first.contains("://") {
        return None;
    }
    let end = next.start;
    let hard = |start: usize, joint: &str| Some(Damage::new(start, end, joint, DamageKind::HardWrap));
    let start = line.start + core.len();
    debug_assert!(start <= line.end());
    let word = core.strip_suffix('-').map(|rest| {
        let letters: usize = rest.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        &rest[rest.len() - letters..]
    });
    match word {
        // "Pre- and post-war": the hyphen stands for the rest of a word.
        Some(_) if matches!(first, "and" | "or" | "to") => hard(start, " "),
        Some(word) if !word.is_empty() && next.text.starts_with(char::is_alphanumeric) => {
            let letters: String = first.chars().take_while(|c| c.is_alphabetic()).collect();
            let is_parted = letters.starts_with(char::is_lowercase)
                && words.contain(&format!("{word}{letters}").to_lowercase());
            hard(start - usize::from(is_parted), "")
        }
        _ if core.ends_with('—') && !core.ends_with(" —") => hard(start, ""),
        _ => hard(start, " "),
    }
}
