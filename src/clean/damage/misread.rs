//! Whether a stretch that can be read as misread bytes is.
//!
//! What speaks against is right text of the same look: a capital letter with a quotation mark, a dash or a footnote behind it, a
//! unit with an exponent. What speaks for is what right text never does: a capital letter with an accent after a small one, a
//! currency or a fraction right behind a letter, many such stretches side by side.

/// How much speaks for a stretch by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// Right text may look like that.
    Weak,
    /// Right text hardly looks like that; damage elsewhere in the text decides.
    Likely,
    /// Right text never looks like that.
    Sure,
}

use Grade::{Likely, Sure, Weak};

/// The text around a stretch.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub before: &'t str,
    pub after: &'t str,
}

impl Place<'_> {
    pub fn previous(self) -> Option<char> {
        self.before.chars().next_back()
    }

    pub fn next(self) -> Option<char> {
        self.after.chars().next()
    }

    fn after_lower(self) -> bool {
        self.previous().is_some_and(char::is_lowercase)
    }

    fn after_upper(self) -> bool {
        self.previous().is_some_and(char::is_uppercase)
    }

    fn before_letter(self) -> bool {
        self.next().is_some_and(char::is_alphabetic)
    }

    fn before_lower(self) -> bool {
        self.next().is_some_and(char::is_lowercase)
    }

    /// A digit before it, a space between or not.
    fn after_digit(self) -> bool {
        self.before.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit())
    }

    /// A digit after it, a space between or not.
    fn before_digit(self) -> bool {
        self.after.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit())
    }
}

fn sure_if(is_sure: bool, otherwise: Grade) -> Grade {
    if is_sure { Sure } else { otherwise }
}

/// Whether right text may have the character right behind a capital letter.
pub(super) fn is_weak(c: char) -> bool {
    is_quote_or_dash(c)
        || is_exponent(c)
        || is_note(c)
        || matches!(c, '™' | '®' | '\u{ad}' | '\u{a0}' | '·' | '•')
}

fn is_quote_or_dash(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '–' | '—' | '…' | '«' | '»' | '‹' | '›' | '´')
}

fn is_exponent(c: char) -> bool {
    matches!(c, '°' | '²' | '³' | '¹' | 'º' | 'ª' | '±')
}

/// Marks of footnotes, which stand behind names.
fn is_note(c: char) -> bool {
    matches!(c, '†' | '‡' | '§' | '¶' | '©')
}

/// A script, roughly: the block of 256 characters, those of CJK being one.
pub(super) fn script(c: char) -> u32 {
    match u32::from(c) {
        0x370..0x400 | 0x1f00..0x2000 => 0x03,
        0x400..0x530 => 0x04,
        0x2e80..0xfb00 | 0xff00..0xfff0 => 0x30,
        code => code >> 8,
    }
}

/// Judges bytes of UTF-8 read as Windows-1252 or Latin-1: `lead` and, as Windows-1252 has them, the `tail` characters are what
/// stands there, `reading` is what the bytes say.
pub(super) fn windows_sequence(lead: char, tail: &[char], reading: char, place: Place) -> Grade {
    match (lead, tail) {
        ('Â', &[c]) => a_circumflex(c, place),
        ('Ã', &[c]) => a_tilde(c, place),
        ('Ä' | 'Å', &[c]) => extended_latin(lead, c, place),
        ('Î' | 'Ï', &[c]) => greek(c, place),
        ('×' | 'ß', _) => Weak,
        (_, &[c]) => other_pair(lead, c, reading, place),
        ('â', &[second, third]) => punctuation(second, third, place),
        ('ï', &[second, _]) if matches!(reading, '\u{feff}' | '\u{fffd}') || "¬¼½¸".contains(second) => {
            sure_if(!('\u{e000}'..'\u{f900}').contains(&reading), Weak)
        }
        ('á', &[_, third]) if ('\u{1e00}'..'\u{1f00}').contains(&reading) => {
            let in_word = place.after_lower()
                || place.previous().is_some_and(char::is_alphabetic) && place.before_lower();
            sure_if(in_word && (!is_weak(third) || place.before_lower()), Likely)
        }
        ('ð', &['Ÿ', _, _]) => sure_if(u32::from(reading) >= 0x1f000, Weak),
        (_, &[second, third]) => {
            let is_strong = !is_weak(second) && !is_weak(third);
            let after_letter = place.previous().is_some_and(char::is_alphabetic);
            let is_assigned = !('\u{e000}'..'\u{f900}').contains(&reading);
            if is_strong && !after_letter && is_assigned { Likely } else { Weak }
        }
        _ => Weak,
    }
}

/// `Â` before a character of Latin-1: the commonest damage of all, and a letter that a few languages write in capitals.
fn a_circumflex(c: char, place: Place) -> Grade {
    if place.after_upper() {
        return if is_weak(c) { Weak } else { Likely };
    }
    let previous = place.previous();
    let after_digit = previous.is_some_and(|c| c.is_ascii_digit());
    if previous.is_some_and(|p| p.is_lowercase() || after_digit || ".,;:!?)]%”’\"".contains(p)) {
        let is_power = matches!(c, '¹' | '²' | '³');
        return sure_if(!is_power || previous == Some('m') && !after_digit, Likely);
    }
    match c {
        '£' | '¥' | '¢' | '¤' | '§' => sure_if(place.before_digit(), Likely),
        '¿' | '¡' | '«' | '“' | '‘' | 'µ' => sure_if(place.before_letter(), Likely),
        '©' | '½' | '¼' | '¾' => Sure,
        '±' | '×' => sure_if(place.after_digit() && place.before_digit(), Likely),
        '°' | 'º' => sure_if(place.after_digit(), Likely),
        '\u{a0}' if !place.next().is_some_and(|c| ":;!?»".contains(c)) => Sure,
        '’' | '”' | '\u{a0}' => Weak,
        _ => Likely,
    }
}

/// `Ã` before anything: the letters of western Europe. Portuguese and Vietnamese write it in capitals.
fn a_tilde(c: char, place: Place) -> Grade {
    if place.after_lower() {
        return Sure;
    }
    if !place.after_upper() {
        return match c {
            // The sign of multiplication.
            '—' => sure_if(place.after_digit(), Likely),
            // `à` in front of a word.
            '\u{a0}' => {
                let in_compound = place.previous() == Some('-') && place.next() == Some('-');
                let next = place.after.strip_prefix(' ').and_then(|rest| rest.chars().next());
                sure_if(in_compound || next.is_some_and(char::is_lowercase), Likely)
            }
            '’' => Likely,
            _ if is_weak(c) && !is_note(c) => sure_if(place.before_lower(), Likely),
            _ => Sure,
        };
    }
    if is_note(c) {
        return sure_if(place.before_letter(), Likely);
    }
    match c {
        '\u{ad}' => sure_if(place.before_lower(), Weak),
        _ if !is_weak(c) => Sure,
        _ if is_quote_or_dash(c) && !matches!(c, '»' | '«' | '´' | '‹' | '›') => {
            if place.before_letter() { Likely } else { Weak }
        }
        _ => sure_if(place.before_lower(), Weak),
    }
}

/// `Ä` and `Å`: the letters of central Europe and Turkey. `Å` is a unit of length as well, with exponents behind it.
fn extended_latin(lead: char, c: char, place: Place) -> Grade {
    if place.after_lower() {
        let is_unit = lead == 'Å' && is_weak(c);
        return sure_if(!is_unit || place.before_lower(), Likely);
    }
    if is_note(c) {
        return sure_if(place.before_letter(), Weak);
    }
    if !is_weak(c) {
        return sure_if(place.before_letter(), Likely);
    }
    let opens_word = !place.previous().is_some_and(char::is_alphanumeric) && place.before_lower();
    if opens_word { sure_if(matches!(c, '“' | '‘'), Likely) } else { Weak }
}

/// `Î` and `Ï`: single letters of Greek in formulas and names of substances.
fn greek(c: char, place: Place) -> Grade {
    if place.after_upper() {
        return Weak;
    }
    if place.after_lower() && place.before_lower() {
        return Sure;
    }
    if !is_weak(c) {
        return Sure;
    }
    let hyphen_before =
        place.before.strip_suffix('-').is_some_and(|rest| rest.ends_with(char::is_alphanumeric));
    let hyphen_after = place.after.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    sure_if(hyphen_before || hyphen_after, Likely)
}

/// Any other letter: a capital after a small one is never right, and hardly anything else is sure.
fn other_pair(lead: char, c: char, reading: char, place: Place) -> Grade {
    if !lead.is_uppercase() {
        return Weak;
    }
    if place.after_lower() {
        return sure_if(!is_weak(c) || place.before_lower(), Likely);
    }
    let is_romanian = ('\u{218}'..='\u{21b}').contains(&reading);
    if is_romanian && !place.after_upper() {
        return sure_if(place.before_lower(), Weak);
    }
    if is_weak(c) || place.after_upper() { Weak } else { Likely }
}

/// `â`: typographic marks, arrows, symbols.
fn punctuation(second: char, third: char, place: Place) -> Grade {
    if second == '€' {
        return Sure;
    }
    if !is_weak(second) {
        return sure_if(!is_weak(third) || !place.after_upper(), Likely);
    }
    let after_letter = place.previous().is_some_and(char::is_alphabetic);
    if is_weak(third) {
        return if is_note(second) && !after_letter { Likely } else { Weak };
    }
    sure_if(!after_letter && !is_note(second), Likely)
}

/// Judges a control character of Latin-1 that is `reading` under Windows-1252.
pub(super) fn lone_control(reading: char, place: Place) -> Grade {
    let between_letters = place.previous().is_some_and(char::is_alphabetic) && place.before_letter();
    let is_sure = match reading {
        '\u{80}'..='\u{9f}' => place.before.ends_with(['”', '’']) && !place.before_letter(),
        '€' => place.after_digit() || place.before_digit(),
        '’' | '–' | '—' | '…' => true,
        'š' | 'ž' | 'œ' => place.after_lower() || place.before_lower(),
        'Š' | 'Ž' | 'Œ' => !place.previous().is_some_and(char::is_alphabetic) && place.before_lower(),
        'ƒ' | 'Ÿ' | 'ˆ' | '˜' => false,
        _ => !between_letters,
    };
    sure_if(is_sure, Weak)
}

/// Judges bytes of UTF-8 read as Mac Roman.
pub(super) fn mac(lead: char, second: char, reading: char, place: Place) -> Grade {
    match lead {
        '‚' => {
            let is_common = matches!(reading, '\u{2010}'..='\u{2026}' | '\u{2030}'..='\u{203a}' | '€' | '™');
            sure_if(is_common, Weak)
        }
        '¬' => match reading {
            '£' | '©' | '\u{a0}' => Sure,
            '°' => sure_if(place.after_digit(), Likely),
            '®' | '±' | '½' | '·' | '»' | '«' => Likely,
            _ => Weak,
        },
        _ => {
            // A root in a formula.
            let is_math = "∞∂∑∏π∫Ωµ".contains(second);
            let after = place.before.chars().rev().take_while(|c| c.is_alphabetic()).count();
            let before = place.after.chars().take_while(|c| c.is_lowercase()).count();
            match (after, before) {
                (0, _) if reading == '×' => sure_if(place.after_digit(), Likely),
                (0, 2..) => sure_if(!is_math && second != 'ª', Likely),
                (0, _) | (1, 0) => Likely,
                (1, _) | (_, 0) => sure_if(!is_math, Likely),
                _ => Sure,
            }
        }
    }
}
