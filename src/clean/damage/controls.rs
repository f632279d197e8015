//! Control characters of ASCII.

use super::code_page::windows;
use super::{Damage, DamageKind};

/// How far the other one of a pair of marks may be, in bytes, and how many control characters may stand side by side.
const FARTHEST: usize = 4_000;
const MOST_TOGETHER: usize = 8;

/// What a control character other than tabs and line ends stands for, if that can be told. `line_feed` is how the text ends its
/// lines.
pub(super) fn control(text: &str, at: usize, line_feed: &str) -> Option<Damage> {
    let (before, after) = (&text[..at], &text[at + 1..]);
    let said = |end: usize, replacement: String| {
        Some(Damage::new(at, end, replacement, DamageKind::ControlCharacter))
    };
    match text.as_bytes()[at] {
        0 => return said(at + 1, String::new()),
        // The line tabulation of word processors, the new page of typewriters.
        0x0b | 0x0c => {
            let at_line_end = before.is_empty()
                || before.ends_with('\n')
                || after.is_empty()
                || after.starts_with(['\r', '\n']);
            return said(at + 1, if at_line_end { String::new() } else { line_feed.to_owned() });
        }
        0x1b => return said(at + 1 + escape(after), String::new()),
        // Hyphens of a word processor: one that never breaks, one that is not there unless the word breaks.
        0x1e if is_between_letters(before, after) => return said(at + 1, "-".to_owned()),
        0x1f if is_between_letters(before, after) => return said(at + 1, String::new()),
        byte => {
            if let Some(mark) = mark(windows(byte | 0x80), before, after) {
                return said(at + 1, mark.to_string());
            }
        }
    }
    // Between letters or by itself it stands for something, and nobody knows for what.
    let is_said = |c: &char| !c.is_control() || *c == '\n';
    let previous = before.chars().rev().take(MOST_TOGETHER).find(is_said);
    let next = after.chars().take(MOST_TOGETHER).find(is_said);
    let in_word = previous.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
    let stands_alone = is_open(previous) && is_open(next);
    (!stands_alone && !in_word).then(|| Damage::new(at, at + 1, "", DamageKind::ControlCharacter))
}

/// The typographic mark of which a program took the highest bit.
fn mark(mark: char, before: &str, after: &str) -> Option<char> {
    let ends_word = before.ends_with(|c: char| c.is_alphanumeric() || ".,;:!?)".contains(c));
    let starts_word = after.starts_with(char::is_alphanumeric);
    let fits = match mark {
        '’' => before.ends_with(char::is_alphabetic),
        '‘' | '“' => is_open(before.chars().next_back()) && starts_word,
        '”' => {
            let ends_phrase = before.ends_with(' ') && before.trim_end().ends_with(['.', ',', '!', '?']);
            let is_opened = before.bytes().rev().take(FARTHEST).any(|byte| byte == 0x13);
            (ends_word || ends_phrase) && !starts_word && is_opened
        }
        '–' => before.ends_with(' ') && after.starts_with(' ') && !before.trim().is_empty(),
        _ => false,
    };
    fits.then_some(mark)
}

/// Nothing, or a space, or what opens: no word is there.
fn is_open(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || c == '(')
}

fn is_between_letters(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic)
}

/// The length of the rest of a terminal's escape sequence: `[31m`.
fn escape(after: &str) -> usize {
    let Some(rest) = after.strip_prefix('[') else { return 0 };
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b';' | b'?')).count();
    let ends = rest.as_bytes().get(digits).is_some_and(u8::is_ascii_alphabetic);
    if ends { 1 + digits + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::{characters::characters, compose::apply};

    #[test]
    fn each_by_its_place() {
        let repaired = |text: &str| apply(text, &characters(text));
        assert_eq!(
            repaired("a\0b page\x0cpage\x0bline\x0c\n\x1b[31mred\x1b[0m non\x1estop"),
            "ab page\npage\nline\nred non-stop"
        );
        assert_eq!(
            repaired("today\x12s \x13lies\x14 and \x13so on . \x14 it \x16 or"),
            "today’s “lies” and “so on . ” it – or"
        );
        assert_eq!(repaired("a `light\x12 mood"), "a `light’ mood");
        assert_eq!(repaired("end.\x01 \x017 of 500x\x02 more"), "end. 7 of 500x more");
        for unknown in ["self\x02consumption", "gowns\x05\x05euugh", "to \x7f unless", "M\x7fobius"] {
            assert_eq!(repaired(unknown), unknown);
        }
    }
}
