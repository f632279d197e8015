//! Entities of HTML that stayed in plain text.

use html_escape::NAMED_ENTITIES;
use memchr::{memchr, memchr_iter};

use super::code_page::windows;
use super::{Damage, DamageKind};

/// Elements whose tags show that a text is HTML, where entities are right.
const ELEMENTS: [&str; 40] = [
    "a",
    "abbr",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "cite",
    "code",
    "div",
    "em",
    "figure",
    "font",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "li",
    "link",
    "meta",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "span",
    "strong",
    "style",
    "table",
    "td",
    "ul",
];
/// The two-letter names that people write; the others are found by chance rather: `R&or;` no, `A&E;` neither.
const SHORT: [&str; 10] = ["lt", "gt", "mu", "Mu", "nu", "pi", "Pi", "xi", "ne", "le"];
/// The longest name, and more than the longest number.
const LONGEST: usize = 32;

/// How far into a tag its first attribute is looked for, in bytes.
const LONGEST_TAG: usize = 80;

/// Entities that stand in plain text, escaped once or several times.
pub(super) fn entities(text: &str) -> Vec<Damage> {
    let mut found = Vec::new();
    let mut end = 0;
    for at in memchr_iter(b'&', text.as_bytes()) {
        if at >= end
            && let Some(entity) = entity(text, at)
        {
            end = entity.span.end();
            if !is_spoken_of(&text[..at], &text[end..]) {
                found.push(entity);
            }
        }
    }
    if found.is_empty() || has_tags(text) || speaks_of_entities(text) {
        return Vec::new();
    }
    // Escaped tags: HTML that somebody shows.
    if found.iter().any(|d| d.replacement == "<" && opens_tag(&text[d.span.end()..])) {
        found.retain(|d| !matches!(d.replacement.as_str(), "<" | ">"));
    }
    found
}

/// The entity that starts at a byte, whether it is `&lt;` or `&amp;lt;`.
fn entity(text: &str, at: usize) -> Option<Damage> {
    let mut start = at + 1;
    let mut replacement = None;
    while let Some(rest) = text[start..].strip_prefix("amp;") {
        start = text.len() - rest.len();
        replacement = Some((start, "&".to_owned()));
    }
    if let Some((end, inner)) = named_or_numbered(text, start, at) {
        replacement = Some((end, inner));
    } else if replacement.is_some() && named_or_numbered_end(text, start).is_some() {
        // What would be left is an entity that is not understood.
        return None;
    }
    let (end, replacement) = replacement?;
    Some(Damage::new(at, end, replacement, DamageKind::Entity))
}

/// The end of the semicolon that closes a name or number.
fn named_or_numbered_end(text: &str, start: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[start..text.len().min(start + LONGEST)];
    let end = start + memchr(b';', bytes)?;
    let body = text[start..end].strip_prefix('#').unwrap_or(&text[start..end]);
    (!body.is_empty() && body.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(end + 1)
}

fn named_or_numbered(text: &str, start: usize, at: usize) -> Option<(usize, String)> {
    let end = named_or_numbered_end(text, start)?;
    let body = &text[start..end - 1];
    if let Some(number) = body.strip_prefix('#') {
        return numbered(number, &text[..at], &text[end..]).map(|reading| (end, reading));
    }
    let in_word = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let is_short = body.len() < 3 && (!SHORT.contains(&body) || in_word && !matches!(body, "lt" | "gt"));
    // AT&T;
    let is_name = in_word && body.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if is_short || is_name || body == "amp" {
        return None;
    }
    let index = NAMED_ENTITIES.binary_search_by_key(&body.as_bytes(), |(name, _)| name).ok()?;
    Some((end, NAMED_ENTITIES[index].1.to_owned()))
}

/// The character of a number. Those from 128 to 159 are meant under Windows-1252, as browsers take them.
fn numbered(number: &str, before: &str, after: &str) -> Option<String> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = match u8::try_from(code) {
        Ok(b'\r') if after.starts_with(['\r', '\n']) || after.starts_with("&#10;") => {
            return Some(String::new());
        }
        Ok(b'\r' | b'\n') => '\n',
        // One of the five without a character: inside of a sequence that was misread and then escaped.
        Ok(0x81 | 0x8d | 0x8f | 0x90 | 0x9d) if before.ends_with(|c: char| c == ';' || !c.is_ascii()) => {
            return char::from_u32(code).map(String::from);
        }
        Ok(byte @ 0x80..=0x9f) => windows(byte),
        _ => char::from_u32(code)?,
    };
    // Letters and digits are hidden on purpose; what is decoded must not make new entities.
    let is_meant = c.is_ascii_alphanumeric() || matches!(c, '#' | ';');
    let is_nothing =
        c.is_control() && !matches!(c, '\t' | '\n') || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff);
    (!is_meant && !is_nothing).then(|| c.to_string())
}

/// Whether an entity stands alone between quotation marks or backticks.
fn is_spoken_of(before: &str, after: &str) -> bool {
    before.ends_with(['"', '\'', '“', '‘', '`', '«']) && after.starts_with(['"', '\'', '”', '’', '`', '»'])
}

fn speaks_of_entities(text: &str) -> bool {
    const NAMES: [&str; 5] =
        ["html entit", "character entit", "named entity ref", "entity reference", "character reference"];
    let lower = text.to_ascii_lowercase();
    NAMES.iter().any(|name| lower.contains(name))
}

fn has_tags(text: &str) -> bool {
    memchr_iter(b'<', text.as_bytes()).any(|at| is_tag(&text[at + 1..]))
}

/// Whether a text goes on as a tag does behind its `<`.
fn is_tag(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let name = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    let after = &rest[name.len()..];
    let is_attributed = || after.bytes().take(LONGEST_TAG).take_while(|&b| b != b'<').any(|b| b == b'=');
    let closes = after.trim_start().starts_with(['>', '/']) || after.starts_with(' ') && is_attributed();
    closes && ELEMENTS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

/// Whether what stands behind an escaped `<` makes a tag of it.
fn opens_tag(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(ELEMENTS.is_sorted());
        assert!(NAMED_ENTITIES.is_sorted_by_key(|(name, _)| *name));
    }
}
