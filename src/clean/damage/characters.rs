//! Characters that look like nothing or like a plain space: each by itself, whatever stands around.

use super::controls::control;
use super::ligatures::{self, Words};
use super::scan::Suspects;
use super::{Damage, DamageKind};

/// Odd spaces, invisible characters, ligatures and control characters.
pub(super) fn characters(text: &str) -> Vec<Damage> {
    let mut found: Vec<Damage> = Vec::new();
    let mut words = Words::of(text);
    let mut right_to_left = None;
    let mut feed = None;
    let mut end = 0;
    for at in Suspects::of(text) {
        let Some(c) = text[at..].chars().next() else { break };
        let after = at + c.len_utf8();
        let place = (&text[..at], &text[after..]);
        let damage = match c {
            _ if at < end => None,
            '\0'..='\u{1f}' | '\u{7f}' => control(text, at, feed.get_or_insert_with(|| line_feed(text))),
            '\u{ad}' => Some(soft_hyphen(text, at)),
            '\u{2028}' | '\u{2029}' => {
                let feed = *feed.get_or_insert_with(|| line_feed(text));
                Some(Damage::new(at, after, feed, DamageKind::Space))
            }
            '\u{fb00}'..='\u{fb06}' => Some(ligatures::ligature(text, at, c, &mut words)),
            _ if is_space(c) => {
                (!touches(place, is_cjk)).then(|| Damage::new(at, after, " ", DamageKind::Space))
            }
            _ if is_direction(c) => {
                let spared = *right_to_left.get_or_insert_with(|| text.contains(is_right_to_left));
                (!spared).then(|| Damage::new(at, after, "", DamageKind::Invisible))
            }
            '\u{200c}' | '\u{200d}' => {
                (!touches(place, joins)).then(|| Damage::new(at, after, "", DamageKind::Invisible))
            }
            '\u{200b}' => {
                (!touches(place, is_unspaced)).then(|| Damage::new(at, after, "", DamageKind::Invisible))
            }
            '\u{feff}' | '\u{2060}'..='\u{2064}' => Some(Damage::new(at, after, "", DamageKind::Invisible)),
            _ => None,
        };
        if let Some(damage) = damage {
            end = damage.span.end();
            found.push(damage);
        }
    }
    found
}

/// How the text ends its lines.
fn line_feed(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// A soft hyphen goes; at the end of a line, where it is a hyphen, the line end goes with it.
fn soft_hyphen(text: &str, at: usize) -> Damage {
    let after = at + '\u{ad}'.len_utf8();
    let rest = &text[after..];
    let next = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'));
    let joined = next
        .filter(|next| next.starts_with(char::is_lowercase))
        .filter(|_| text[..at].ends_with(char::is_alphabetic));
    let end = joined.map_or(after, |next| text.len() - next.len());
    Damage::new(at, end, "", DamageKind::Invisible)
}

/// Spaces other than that of ASCII, whatever their width and whether a line may break there or not.
fn is_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Marks and brackets of writing direction.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// Hebrew to Arabic with their presentation forms, and the scripts of the same direction beyond.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Characters that joiners may stand beside: scripts with joined letters, emoji.
fn joins(c: char) -> bool {
    c >= '\u{590}'
        && !matches!(c, '\u{1e00}'..='\u{218f}' | '\u{fb00}'..='\u{fb06}' | '\u{feff}' | '\u{fffd}')
}

/// Scripts that are written without spaces, where one of no width says where a line may break.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aad}')
        || is_cjk(c)
}

/// Whether the character before or after is of some kind.
fn touches((before, after): (&str, &str), is: fn(char) -> bool) -> bool {
    before.ends_with(is) || after.starts_with(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        super::super::compose::apply(text, &characters(text))
    }

    #[test]
    fn spaces() {
        assert_eq!(repaired("a\u{a0}b\u{2009}c\u{2007}d\u{202f}e\u{3000}f"), "a b c d e f");
        assert_eq!(repaired("one\u{2028}two\u{2029}three"), "one\ntwo\nthree");
        assert_eq!(repaired("one\r\ntwo\u{2028}three"), "one\r\ntwo\r\nthree");
        assert_eq!(repaired("東京\u{3000}大阪"), "東京\u{3000}大阪");
    }

    #[test]
    fn what_has_no_width() {
        assert_eq!(
            repaired("\u{feff}a\u{feff}b\u{200b}c\u{2060}d\u{ad}e\u{200e}f\u{200d}g"),
            "\u{feff}abcdefg"
        );
        assert_eq!(
            repaired("exam\u{ad}\nple, exam\u{ad}\r\nple, and\u{ad}\nThen"),
            "example, example, and\nThen"
        );
        for right in [
            "👩\u{200d}👩\u{200d}👧",
            "❤\u{fe0f}\u{200d}🔥",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "שלום \u{200e}abc",
            "ភាសា\u{200b}ខ្មែរ",
        ] {
            assert_eq!(repaired(right), right);
        }
    }
}
