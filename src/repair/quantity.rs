//! Numbers and durations of a wording, however they are written.

/// Durations as spinners turn them, with the same in other words.
pub(super) const DURATIONS: &[(&str, &str)] = &[
    ("12 months", "year"),
    ("twelve months", "year"),
    ("20 years", "two decades"),
    ("twenty years", "two decades"),
    ("30 days", "month"),
    ("thirty days", "month"),
    ("half hour", "30 minutes"),
    ("half an hour", "30 minutes"),
    ("quarter hour", "15 minutes"),
    ("100s", "hundreds"),
    ("1000s", "thousands"),
];

/// Cardinals and ordinals below 20, in order.
const SMALL: &[(&str, &str)] = &[
    ("zero", "zeroth"),
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("ten", "tenth"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
    ("thirteen", "thirteenth"),
    ("fourteen", "fourteenth"),
    ("fifteen", "fifteenth"),
    ("sixteen", "sixteenth"),
    ("seventeen", "seventeenth"),
    ("eighteen", "eighteenth"),
    ("nineteen", "nineteenth"),
];

/// Tens from 20, in order.
const TENS: &[(&str, &str)] = &[
    ("twenty", "twentieth"),
    ("thirty", "thirtieth"),
    ("forty", "fortieth"),
    ("fifty", "fiftieth"),
    ("sixty", "sixtieth"),
    ("seventy", "seventieth"),
    ("eighty", "eightieth"),
    ("ninety", "ninetieth"),
];

const SCALES: &[(&str, u64)] =
    &[("hundred", 100), ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000)];

/// Words for a whole number.
const TIMES: &[(&str, u64)] = &[("dozen", 12), ("twice", 2), ("thrice", 3)];

/// Numbers that are no value: they stand for themselves.
const VAGUE: &[&str] =
    &["half", "halves", "double", "triple", "dozens", "hundreds", "thousands", "millions", "billions"];

/// A number of a wording.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Number {
    /// "four", "4".
    Cardinal(u64),
    /// "fourth", "4th".
    Ordinal(u64),
    /// "hundreds", or digits that are no whole number: "1.5", "9/11".
    Other(String),
}

/// The numbers that some lower-case words name, sorted. One, and what is first, are left out: they are used for much else ("one of
/// the", "the primary" for "the first").
pub(super) fn numbers(words: &[String]) -> Vec<Number> {
    let mut out = Vec::new();
    // The number in the making: of the words so far below the last scale, and above.
    let (mut low, mut high, mut open) = (0, 0, false);
    for word in words {
        let word = word.as_str();
        let part = part(word);
        let continues = match part {
            Some(Part::Unit(unit, _)) => low % 100 == 0 || (low % 10 == 0 && low % 100 >= 20 && unit < 10),
            Some(Part::Scale(_)) => true,
            _ => word == "and",
        };
        if open && !continues {
            out.push(Number::Cardinal(high + low));
            (low, high, open) = (0, 0, false);
        }
        match part {
            Some(Part::Unit(unit, false)) => (low, open) = (low + unit, true),
            Some(Part::Unit(unit, true)) => {
                out.push(Number::Ordinal(high + low + unit));
                (low, high, open) = (0, 0, false);
            }
            Some(Part::Scale(100)) => (low, open) = (low.max(1).saturating_mul(100), true),
            Some(Part::Scale(scale)) => {
                high += low.max(1).saturating_mul(scale);
                (low, open) = (0, true);
            }
            Some(Part::Whole(number)) => out.push(number),
            None => {}
        }
    }
    if open {
        out.push(Number::Cardinal(high + low));
    }
    out.retain(|number| !matches!(number, Number::Cardinal(1) | Number::Ordinal(1)));
    out.sort_unstable();
    out
}

/// What a word is in a number.
enum Part {
    /// A value below 100, and whether it is an ordinal, which ends the number.
    Unit(u64, bool),
    /// A factor.
    Scale(u64),
    /// A number by itself.
    Whole(Number),
}

fn part(word: &str) -> Option<Part> {
    let table = |table: &[(&str, &str)], first: usize, step: usize| {
        let at = table.iter().position(|&(cardinal, ordinal)| word == cardinal || word == ordinal)?;
        Some(Part::Unit(((first + at) * step) as u64, word == table[at].1))
    };
    if let Some(unit) = table(SMALL, 0, 1).or_else(|| table(TENS, 2, 10)) {
        return Some(unit);
    }
    if let Some(&(_, scale)) = SCALES.iter().find(|(name, _)| *name == word) {
        return Some(Part::Scale(scale));
    }
    if let Some((_, number)) = TIMES.iter().find(|(name, _)| *name == word) {
        return Some(Part::Whole(Number::Cardinal(*number)));
    }
    if VAGUE.contains(&word) {
        return Some(Part::Whole(Number::Other(word.to_owned())));
    }
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = word.replace(',', "");
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| digits.strip_suffix(end)?.parse().ok());
    Some(Part::Whole(match (ordinal, digits.parse()) {
        (Some(number), _) => Number::Ordinal(number),
        (None, Ok(number)) => Number::Cardinal(number),
        (None, Err(_)) => Number::Other(digits),
    }))
}

#[cfg(test)]
mod tests {
    use super::Number::{Cardinal, Ordinal, Other};
    use super::*;

    fn of(text: &str) -> Vec<Number> {
        numbers(&text.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn words_and_digits_are_one() {
        assert_eq!(of("forty five"), [Cardinal(45)]);
        assert_eq!(of("two hundred and six men"), [Cardinal(206)]);
        assert_eq!(of("three million four thousand"), [Cardinal(3_004_000)]);
        assert_eq!(of("a hundred"), of("100"));
        assert_eq!(of("1,500"), [Cardinal(1500)]);
        assert_eq!(of("twenty first"), [Ordinal(21)]);
        assert_eq!(of("21st"), [Ordinal(21)]);
        assert_eq!(of("two or three"), [Cardinal(2), Cardinal(3)]);
        assert_eq!(of("five six"), [Cardinal(5), Cardinal(6)]);
        assert_eq!(of("dozens of 1.5"), [Other("1.5".to_owned()), Other("dozens".to_owned())]);
        assert_eq!(of("one of the first"), []);
        assert_eq!(of("99999999999999999999 thousand"), of("99999999999999999999 thousand"));
    }
}
