//! Whose a picture is: credits at the end of a line.

use memchr::{memchr2_iter, memchr3};

/// What stands before the name of a photographer or an agency.
const SOURCES: &[&str] = &[
    "photo",
    "photos",
    "photograph",
    "photographs",
    "photography",
    "picture",
    "pictures",
    "pic",
    "pics",
    "image",
    "images",
    "credit",
    "credits",
    "courtesy",
    "illustration",
    "graphic",
    "handout",
    "screenshot",
    "screengrab",
    "video",
    "getty",
    "reuters",
    "alamy",
    "shutterstock",
    "unsplash",
    "flickr",
    "wikimedia",
    "afp",
    "epa",
    "supplied",
];
/// Words in small letters within names.
const LINKS: &[&str] = &["of", "and", "for", "the", "by", "from", "via", "de", "van", "von", "&"];
/// A credit has so many words at most, and so many bytes.
const LONGEST: usize = 8;
const LONGEST_IN_BYTES: usize = 80;

/// The credit with which a line ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Credit {
    /// With no credit.
    #[default]
    None,
    /// With names alone in brackets.
    Names,
    /// With what a picture comes from.
    Source,
}

impl Credit {
    /// The credit at the end of a line.
    pub(super) fn of(line: &str) -> Self {
        let line = line.trim_end_matches(['.', ' ']);
        if !may_have_one(line) {
            return Self::None;
        }
        if let Some((_, inside)) = line.strip_suffix([')', ']']).and_then(|line| line.rsplit_once(['(', '[']))
        {
            let mut words = inside.split_whitespace();
            return if words.clone().count() > LONGEST {
                Self::None
            } else if words.clone().any(is_source) || is_divided(inside) {
                Self::Source
            } else if words.all(|word| word.starts_with(char::is_uppercase) || LINKS.contains(&word)) {
                Self::Names
            } else {
                Self::None
            };
        }
        let tail: Vec<&str> = line.split_whitespace().rev().take(LONGEST).collect();
        let says = |at: usize, word: &str| {
            // The words stand in reverse order.
            let next = at.checked_sub(1).map(|next| tail[next]);
            is_source(word)
                && (word.ends_with([':', '/', '|'])
                    || next
                        .is_some_and(|next| matches!(next, "by" | "BY" | "By" | "/" | "|" | "-" | "–" | "—")))
        };
        if tail.iter().enumerate().any(|(at, word)| says(at, word))
            || tail.first().is_some_and(|last| is_divided(last))
        {
            Self::Source
        } else {
            Self::None
        }
    }
}

/// Whether a line has what every credit has in its last bytes, and hardly any sentence: brackets, a stroke, a colon, a dash or "by".
fn may_have_one(line: &str) -> bool {
    let bytes = line.as_bytes();
    let tail = &bytes[bytes.len().saturating_sub(LONGEST_IN_BYTES)..];
    let divides = |at: usize| {
        matches!(
            tail[at..],
            [b' ', b'-', b' ', _, ..]
                | [0xe2, 0x80, 0x93 | 0x94, _, ..]
                | [b' ', b'b' | b'B', b'y' | b'Y', b' ', ..]
        )
    };
    tail.ends_with(b")")
        || tail.ends_with(b"]")
        || memchr3(b'/', b'|', b':', tail).is_some()
        || memchr2_iter(b' ', 0xe2, tail).any(divides)
}

fn is_source(word: &str) -> bool {
    let word = word.split('/').next().unwrap_or(word).trim_matches(|c: char| !c.is_alphanumeric());
    SOURCES.iter().any(|source| word.eq_ignore_ascii_case(source))
}

/// Whether two names are divided by a stroke: "Hale/Reuters".
fn is_divided(text: &str) -> bool {
    text.split_once('/').is_some_and(|(before, after)| {
        before.ends_with(char::is_alphabetic)
            && before.split_whitespace().next_back().is_some_and(|word| word.starts_with(char::is_uppercase))
            && after.starts_with(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_end_captions() {
        for line in [
            "The dam at dawn. Photo: Hoang Lien.",
            "Wet Nelly. Photograph: Colin Amery for the Courant",
            "The mayor on Sunday (Picture: Sam Ade)",
            "The mayor on Sunday. (ENA Image/Sam Ade)",
            "The ferry leaves Penwick. Leah Hale/Reuters",
            "Smoked eel at Daughters. CREDIT: TAMSIN ADE",
            "He tightens a chain. PHOTO BY SAM ADE",
            "The mayor's speech. Hale/AP",
            "The lock at noon. Photo – Sam Ade",
        ] {
            assert_eq!(Credit::of(line), Credit::Source, "{line}");
        }
        assert_eq!(Credit::of("The bridge before it fell. (University Archive)"), Credit::Names);
        for line in [
            "The river rose (by two metres).",
            "She took a photo by the river and went home again, as she had done",
            "Ask for the and/or form",
            "The picture was sold.",
            "Fell",
            "",
            ")",
        ] {
            assert_eq!(Credit::of(line), Credit::None, "{line}");
        }
    }
}
