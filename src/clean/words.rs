//! Words that the shape of a line is told by.

use once_cell::sync::Lazy;

use crate::hash::{self, Table};

/// Months and their abbreviations.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
];
/// Weekdays and their abbreviations.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];
/// What else may be part of a time stamp, besides numbers.
const TEMPORAL: &[&str] = &[
    "am",
    "pm",
    "at",
    "on",
    "ago",
    "updated",
    "published",
    "posted",
    "modified",
    "last",
    "first",
    "second",
    "seconds",
    "sec",
    "secs",
    "minute",
    "minutes",
    "min",
    "mins",
    "hour",
    "hours",
    "hr",
    "hrs",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "yesterday",
    "today",
    "just",
    "now",
    "date",
    "time",
    "gmt",
    "utc",
    "est",
    "edt",
    "bst",
    "cst",
    "cdt",
    "pst",
    "pdt",
    "ist",
    "cet",
    "cest",
    "aest",
    "aedt",
    "eat",
    "wat",
    "sast",
    "et",
    "pt",
    "t",
    "z",
    "p",
    "m",
    "h",
];
/// Words that hold English sentences together.
const FUNCTION_WORDS: &[&str] = &[
    "the", "of", "and", "to", "a", "in", "that", "is", "was", "for", "it", "with", "as", "he", "on", "be",
    "by", "at", "are", "have", "this", "from", "had", "has", "not", "but", "they", "his", "her", "she", "an",
    "were", "which", "you", "we", "will", "would", "who", "their", "been", "if", "or", "so", "there", "when",
    "what", "than", "into", "its", "said", "about", "after", "more", "up", "one", "can", "could", "i", "my",
    "our", "your", "out", "them", "him", "while", "because", "before", "where", "how", "did", "do", "does",
    "just", "only", "over", "no",
];
/// What writers call themselves.
const FIRST_PERSON: &[&str] = &[
    "i",
    "i'm",
    "i've",
    "i'd",
    "i'll",
    "me",
    "my",
    "mine",
    "myself",
    "we",
    "we're",
    "we've",
    "we'd",
    "we'll",
    "us",
    "our",
    "ours",
    "ourselves",
];
/// What they call their readers.
const SECOND_PERSON: &[&str] =
    &["you", "you're", "you've", "you'd", "you'll", "your", "yours", "yourself", "yourselves"];

/// What a folded word is, as far as the shape of a line is told by it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct WordClass(u8);

impl WordClass {
    const LISTS: [(&[&str], u8); 6] = [
        (MONTHS, 1),
        (WEEKDAYS, 2),
        (TEMPORAL, 4),
        (FUNCTION_WORDS, 8),
        (FIRST_PERSON, 16),
        (SECOND_PERSON, 32),
    ];

    /// The class of the word with this hash.
    pub(super) fn of(hash: u64) -> Self {
        CLASSES.get(hash).copied().unwrap_or_default()
    }

    /// Whether it is a month or its abbreviation, if it begins with a capital letter.
    pub(super) fn is_month(self) -> bool {
        self.0 & 1 != 0
    }

    /// Whether it is a weekday or its abbreviation, if it begins with a capital letter.
    pub(super) fn is_weekday(self) -> bool {
        self.0 & 2 != 0
    }

    /// Whether it may be part of a time stamp, besides numbers, months and weekdays.
    pub(super) fn is_temporal(self) -> bool {
        self.0 & 4 != 0
    }

    /// Whether it is one of those that hold English sentences together.
    pub(super) fn is_function_word(self) -> bool {
        self.0 & 8 != 0
    }

    /// Whether it is what writers call themselves.
    pub(super) fn is_first_person(self) -> bool {
        self.0 & 16 != 0
    }

    /// Whether it is what writers call their readers.
    pub(super) fn is_second_person(self) -> bool {
        self.0 & 32 != 0
    }
}

/// The classes of all words in the lists.
static CLASSES: Lazy<Table<WordClass>> = Lazy::new(|| {
    let mut table = Table::with_room_for(WordClass::LISTS.iter().map(|(words, _)| words.len()).sum());
    for (words, class) in WordClass::LISTS {
        for word in words {
            table.get_or_insert(word_hash(word), WordClass::default()).0 |= class;
        }
    }
    table
});

/// The hash under which a folded word is looked up.
pub(super) fn word_hash(word: &str) -> u64 {
    hash::bytes(word.as_bytes())
}

/// Whether a folded word is a month or its abbreviation.
pub(super) fn is_month(word: &str) -> bool {
    WordClass::of(word_hash(word)).is_month()
}

/// Whether a folded word is one of those that hold English sentences together.
pub(super) fn is_function_word(word: &str) -> bool {
    WordClass::of(word_hash(word)).is_function_word()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_classes_and_no_other() {
        for word in WordClass::LISTS.iter().flat_map(|(words, _)| *words) {
            let class = WordClass::of(word_hash(word));
            let expected = WordClass::LISTS.iter().filter(|(words, _)| words.contains(word));
            assert_eq!(class.0, expected.map(|(_, class)| class).sum::<u8>(), "{word}");
        }
        assert!(
            !is_function_word("river") && !is_month("river") && is_month("may") && is_function_word("the")
        );
    }
}
