//! Words that the shape of a line is told by.

/// Whether a folded word that begins with a capital letter is a month or its abbreviation.
pub(super) fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january" | "february" | "march" | "april" | "may" | "june" | "july" | "august" | "september" | "october"
            | "november" | "december" | "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sept" | "sep"
            | "oct" | "nov" | "dec"
    )
}

/// Whether a folded word that begins with a capital letter is a weekday or its abbreviation.
pub(super) fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | "mon" | "tue" | "tues"
            | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun"
    )
}

/// Whether a folded word may be part of a time stamp, besides numbers, months and weekdays.
pub(super) fn is_temporal(word: &str) -> bool {
    matches!(
        word,
        "am" | "pm" | "at" | "on" | "ago" | "updated" | "published" | "posted" | "modified" | "last" | "first"
            | "second" | "seconds" | "sec" | "secs" | "minute" | "minutes" | "min" | "mins" | "hour" | "hours" | "hr"
            | "hrs" | "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years" | "yesterday"
            | "today" | "just" | "now" | "date" | "time" | "gmt" | "utc" | "est" | "edt" | "bst" | "cst" | "cdt"
            | "pst" | "pdt" | "ist" | "cet" | "cest" | "aest" | "aedt" | "eat" | "wat" | "sast" | "et" | "pt"
            | "t" | "z" | "p" | "m" | "h"
    )
}

/// Whether a folded word is one of those that hold English sentences together.
pub(super) fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "the" | "of" | "and" | "to" | "a" | "in" | "that" | "is" | "was" | "for" | "it" | "with" | "as" | "he" | "on"
            | "be" | "by" | "at" | "are" | "have" | "this" | "from" | "had" | "has" | "not" | "but" | "they" | "his"
            | "her" | "she" | "an" | "were" | "which" | "you" | "we" | "will" | "would" | "who" | "their" | "been"
            | "if" | "or" | "so" | "there" | "when" | "what" | "than" | "into" | "its" | "said" | "about" | "after"
            | "more" | "up" | "one" | "can" | "could" | "i" | "my" | "our" | "your" | "out" | "them" | "him" | "while"
            | "because" | "before" | "where" | "how" | "did" | "do" | "does" | "just" | "only" | "over" | "no"
    )
}
