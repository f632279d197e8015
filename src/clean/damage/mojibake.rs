//! Sequences of characters that are one character misread: found here, judged in `misread`.

use super::code_page::{byte, mac_byte, windows};
use super::misread::{Grade, Place, is_weak, lone_control, mac, script, windows_sequence};
use super::scan::Suspects;
use super::{Damage, DamageKind};

/// A stretch that may be one character misread.
struct Sequence {
    start: usize,
    end: usize,
    /// What the bytes say; `None` where they say nothing.
    reading: Option<char>,
    grade: Grade,
    /// Whether some of its characters don't follow a letter in right text.
    is_strong: bool,
}

impl Sequence {
    fn new(start: usize, len: usize, reading: char, grade: Grade) -> Self {
        let reading = Some(reading).filter(|&c| c != '\u{feff}');
        Self { start, end: start + len, reading, grade, is_strong: grade == Grade::Sure }
    }

    fn place<'t>(&self, text: &'t str) -> Place<'t> {
        Place { before: &text[..self.start], after: &text[self.end..] }
    }
}

/// Misread characters.
pub(super) fn mojibake(text: &str) -> Vec<Damage> {
    let mut found: Vec<Sequence> = Vec::new();
    for at in Suspects::of(text) {
        if found.last().is_none_or(|last| last.end <= at) {
            found.extend(sequence(text, at));
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    judge(&mut found, text);
    let sure = found.into_iter().filter(|s| s.grade == Grade::Sure);
    sure.map(|s| {
        let replacement = s.reading.map(String::from).unwrap_or_default();
        Damage::new(s.start, s.end, replacement, DamageKind::Mojibake)
    })
    .collect()
}

/// The sequence that starts at a byte, if there is one.
fn sequence(text: &str, at: usize) -> Option<Sequence> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    match first {
        '\u{80}'..='\u{9f}' => lone(text, at, first),
        '‚' | '√' | '¬' => mac_sequence(text, at, first),
        // A quotation mark that lost its last byte, before a non-breaking space, or a dagger.
        'â' if rest.starts_with("â€\u{a0}")
            && !text[..at].ends_with(|c| byte(c).is_some())
            && is_open(&text[..at]) =>
        {
            None
        }
        'Â'..='ô' => utf8_sequence(text, at, first).or_else(|| broken(text, at, first)),
        _ => None,
    }
}

/// The character that some bytes are, and the length of what they were taken from.
fn decode(lead: u8, rest: &str, byte: fn(char) -> Option<u8>) -> Option<(char, usize)> {
    let length = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    let mut taken = 0;
    for (slot, c) in bytes[..length].iter_mut().zip(rest.chars()) {
        if taken > 0 {
            *slot = byte(c).filter(|b| (0x80..0xc0).contains(b))?;
        }
        taken += c.len_utf8();
    }
    // A text that ends too early leaves zeros, which never are valid here.
    let reading = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    (reading.len_utf8() == length).then_some((reading, taken))
}

fn utf8_sequence(text: &str, at: usize, first: char) -> Option<Sequence> {
    let lead = byte(first)?;
    let (reading, len) = decode(lead, &text[at..], byte)?;
    let place = Place { before: &text[..at], after: &text[at + len..] };
    let tail: Vec<char> = text[at..at + len].chars().skip(1).map(|c| byte(c).map_or(c, windows)).collect();
    let grade = windows_sequence(first, &tail, reading, place);
    let is_strong = tail.iter().any(|&c| !is_weak(c));
    Some(Sequence { is_strong, ..Sequence::new(at, len, reading, grade) })
}

/// Sequences of which a byte was lost or a non-breaking space became a plain one, where only one reading is left.
fn broken(text: &str, at: usize, first: char) -> Option<Sequence> {
    let len = first.len_utf8();
    let (before, rest) = (&text[..at], &text[at + len..]);
    let previous = before.chars().next_back();
    let attached =
        previous.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || ".,;:!?)%”’".contains(c));
    match first {
        // The closing quotation mark has a byte for which Windows-1252 has no character.
        'â' if rest.starts_with('€') => {
            let after = &rest['€'.len_utf8()..];
            let lost = if after.starts_with('\u{fffd}') { '\u{fffd}'.len_utf8() } else { 0 };
            // Before other marks it may as well be a dash of which the last byte was straightened: `â€"`.
            let ends =
                after[lost..].chars().next().is_none_or(|c| c.is_ascii_whitespace() || ",.;:)".contains(c));
            let grade = if ends && is_open(before) { Grade::Sure } else { Grade::Weak };
            Some(Sequence::new(at, len + '€'.len_utf8() + lost, '”', grade))
        }
        // A non-breaking space.
        'Â' if rest.starts_with(' ') => {
            let again = rest[1..].starts_with("Â ") || before.ends_with("Â ");
            let grade = if attached || again { Grade::Sure } else { Grade::Likely };
            Some(Sequence::new(at, len + 1, ' ', grade))
        }
        // `à`: the space is its second byte, or stands behind what was once two.
        'Ã' if rest.starts_with(' ') => {
            let twice = rest.starts_with("  ");
            let next = rest.trim_start_matches(' ').chars().next();
            let eats = twice || !next.is_some_and(char::is_alphanumeric);
            let in_word = previous.is_some_and(char::is_lowercase);
            let alone =
                previous.is_none_or(char::is_whitespace) && twice && next.is_some_and(char::is_lowercase);
            let grade = if in_word || alone { Grade::Sure } else { Grade::Weak };
            Some(Sequence::new(at, len + usize::from(eats), 'à', grade))
        }
        _ => None,
    }
}

/// Quotations longer than this, in bytes, are taken for an unclosed mark.
const LONGEST_QUOTATION: usize = 4_000;

/// Whether a quotation is open at the end of a text, within its last line.
fn is_open(before: &str) -> bool {
    let from = before.len().saturating_sub(LONGEST_QUOTATION);
    let from = (from..before.len()).find(|&at| before.is_char_boundary(at)).unwrap_or(before.len());
    let line = before[from..].rsplit('\n').next().unwrap_or_default();
    let opened = line.rfind("â€œ").max(line.rfind("â\u{80}\u{9c}")).max(line.rfind('“'));
    let closed = line.rmatch_indices("â€").find(|(at, _)| {
        let next = line[at + "â€".len()..].chars().next();
        next.and_then(byte).is_none_or(|b| b >= 0xa0 || b == 0x9d)
    });
    opened > line.rfind('”').max(closed.map(|(at, _)| at))
}

/// A control character that no sequence holds.
fn lone(text: &str, at: usize, first: char) -> Option<Sequence> {
    let (before, rest) = (&text[..at], &text[at + first.len_utf8()..]);
    let len = first.len_utf8();
    // Two bytes of a sequence of which the first was lost.
    if first == '\u{80}'
        && let Some(second @ ('\u{93}' | '\u{94}' | '\u{98}' | '\u{99}' | '\u{9c}' | '\u{9d}')) =
            rest.chars().next()
    {
        let (reading, _) = decode(0xe2, &format!("â{first}{second}"), byte)?;
        return Some(Sequence::new(at, len + second.len_utf8(), reading, Grade::Sure));
    }
    let reading = byte(first).map(windows)?;
    // It belongs to a sequence that is undecided.
    let lead = before.chars().next_back().and_then(byte).filter(|b| *b >= 0xc2);
    if lead.is_some_and(|lead| lead < 0xf5) {
        return None;
    }
    let grade = lone_control(reading, Place { before, after: rest });
    let reading = Some(reading).filter(|c| !c.is_control());
    (grade == Grade::Sure).then_some(Sequence { start: at, end: at + len, reading, grade, is_strong: true })
}

fn mac_sequence(text: &str, at: usize, first: char) -> Option<Sequence> {
    let lead = match first {
        '‚' => 0xe2,
        '√' => 0xc3,
        _ => 0xc2,
    };
    let (reading, len) = decode(lead, &text[at..], mac_byte)?;
    let second = text[at + first.len_utf8()..].chars().next()?;
    let place = Place { before: &text[..at], after: &text[at + len..] };
    Some(Sequence::new(at, len, reading, mac(first, second, reading, place)))
}

/// Settles what is likely by what stands around: sequences side by side, the rest of the text.
fn judge(found: &mut [Sequence], text: &str) {
    let touch = |a: &Sequence, b: &Sequence| a.end == b.start;
    for run in found.chunk_by_mut(touch) {
        settle_run(run);
        let (before, after) = (run[0].place(text).before, run[run.len() - 1].place(text).after);
        if is_spoken_of(before, after) {
            grade_all(run, Grade::Weak);
        }
    }
    if speaks_of_encodings(text) {
        for s in found.iter_mut() {
            let place = s.place(text);
            let is_in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if !is_in_word(place.previous()) && !is_in_word(place.next()) {
                s.grade = Grade::Weak;
            }
        }
        return;
    }
    if found.iter().any(|s| s.grade == Grade::Sure) {
        for run in found.chunk_by_mut(touch) {
            if run.iter().any(|s| s.grade >= Grade::Likely) {
                grade_all(run, Grade::Sure);
            }
        }
    }
}

fn grade_all(run: &mut [Sequence], grade: Grade) {
    for sequence in run {
        sequence.grade = grade;
    }
}

/// Side by side one sequence proves the other; several of one script prove each other.
fn settle_run(run: &mut [Sequence]) {
    let likely = run.iter().filter(|s| s.grade == Grade::Likely).count();
    let strong = run.iter().filter(|s| s.is_strong).count();
    let one_script =
        run.len() >= 2 && run.windows(2).all(|w| w[0].reading.map(script) == w[1].reading.map(script));
    let sure = run.iter().any(|s| s.grade == Grade::Sure)
        || likely >= 2
        || one_script && (strong >= 2 || run.len() >= 3 && strong >= 1);
    if sure {
        grade_all(run, Grade::Sure);
    }
}

/// Whether a stretch stands alone between quotation marks or backticks: the text speaks about it.
fn is_spoken_of(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end_matches('\u{a0}'), after.trim_start_matches('\u{a0}'));
    before.ends_with(['"', '\'', '“', '‘', '«', '`', '„', '‹'])
        && after.starts_with(['"', '\'', '”', '’', '»', '`', '“', '›'])
        || before.ends_with("« ") && after.starts_with(" »")
}

/// Whether a text is about this kind of damage.
fn speaks_of_encodings(text: &str) -> bool {
    const NAMES: [&str; 8] =
        ["mojibake", "utf-8", "utf8", "latin-1", "latin1", "windows-1252", "cp1252", "iso-8859"];
    let lower = text.to_ascii_lowercase();
    NAMES.iter().any(|name| lower.contains(name))
}
