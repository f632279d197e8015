//! Repairs that say something else than what stands there: if one of them is wrong, the text tells what nobody meant.
//!
//! Most repairs choose between near-synonyms; a wrong one reads oddly and misleads nobody. Here are the others, found from the two
//! wordings alone. Words that both have cancel out. Where both sides must name something for a change ("many" for "most"), a
//! wording that names nothing of the kind ("a lot" for "much", "lately" for "in recent years") is let pass.

use aho_corasick::AhoCorasick;
use once_cell::sync::Lazy;
use serde::{Deserialize, Serialize};

use super::inflection::{Inflection, inflection};
use super::quantity::{DURATIONS, numbers};

/// What a repair changes in the meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeaningRisk {
    /// A number: "seven" for "eight", "half" for "part".
    Number,
    /// Yes or no: "not" for "no longer" is let pass, "not" for "now" is not.
    Negation,
    /// Possibility, permission or duty: "may" for "could".
    Modality,
    /// How many of them: "each" for "both".
    Quantity,
    /// When, or how long: "years" for "decades".
    Time,
    /// How much of it: "more" for "most", "high" for "higher".
    Degree,
    /// One or several of the same: "credits" for "credit".
    Plural,
    /// Then or now, of the same verb: "have been" for "were".
    Tense,
}

impl MeaningRisk {
    /// The reason in words, the same in every format.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Number => "changes the meaning: number",
            Self::Negation => "changes the meaning: negation",
            Self::Modality => "changes the meaning: modality",
            Self::Quantity => "changes the meaning: quantity",
            Self::Time => "changes the meaning: time",
            Self::Degree => "changes the meaning: degree",
            Self::Plural => "changes the meaning: singular or plural",
            Self::Tense => "changes the meaning: tense",
        }
    }
}

/// Phrases whose words say more together, as one word of the same meaning.
const PHRASES: &[(&str, &str)] = &[
    // Denied more or less, or denied and granted alike: not negations.
    ("whether or not", "whether"),
    ("no less than", "least"),
    ("not less than", "least"),
    ("no fewer than", "least"),
    ("no more than", "upto"),
    ("not more than", "upto"),
    ("no matter", "whatever"),
    ("no doubt", "certainly"),
    ("not too long ago", "lately"),
    ("not solely", "also"),
    ("not only", "also"),
    ("not just", "also"),
    ("at least", "least"),
    ("at most", "upto"),
    ("or not", ""),
    ("not like", "unlike"),
    ("nothing but", "only"),
    // Modal verbs of two words and more.
    ("would possibly", "might"),
    ("have to", "must"),
    ("has to", "must"),
    ("had to", "must"),
    ("in a position to", "can"),
    ("able to", "can"),
    ("unable to", "can not"),
    ("ought to", "should"),
    ("going to", "will"),
    // Verbs with a helper that adds nothing.
    ("grew to become", "became"),
    ("taking a look", "looking"),
    ("take a look", "look"),
    ("took a look", "looked"),
    ("to be", "tobe"),
    // Quantities.
    ("in any respect", "atall"),
    ("at all", "atall"),
    ("a number of", "several"),
    ("a variety of", "several"),
    ("a couple of", "few"),
    ("a couple", "few"),
    ("quite a few", "many"),
    ("an excessive amount of", "toomuch"),
    ("too much", "toomuch"),
    ("too many", "toomuch"),
    ("a lot", "many"),
    ("a whole lot", "many"),
    ("most likely", "probably"),
    ("most probably", "probably"),
    ("each other", "oneanother"),
    ("one another", "oneanother"),
];

const NEGATIVE: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "fail",
    "fails", "failed", "failing",
];

/// Modal verbs; those of a row are one.
const MODAL: &[&[&str]] =
    &[&["can"], &["could"], &["may"], &["might"], &["must"], &["should"], &["would"], &["will", "shall"]];

/// Quantities; those of a row are about the same.
const QUANTITY: &[&[&str]] = &[
    &["all"],
    &["each", "every"],
    &["both"],
    &["either"],
    &["any"],
    &["some", "several", "few", "various"],
    &["many", "much", "numerous", "lots", "loads", "plenty"],
    &["most"],
];

/// Times; those of a row are about the same.
const TIME: &[&[&str]] = &[
    &["yesterday"],
    &["tomorrow"],
    &["minute", "minutes"],
    &["hour", "hours", "hourly"],
    &["day", "days", "daily", "today"],
    &["week", "weeks", "weekly"],
    &["month", "months", "monthly"],
    &["year", "years", "yearly", "annually", "annual", "yr", "yrs"],
    &["decade", "decades"],
    &["century", "centuries"],
    &["morning", "mornings"],
    &["afternoon", "afternoons"],
    &["evening", "evenings", "night", "nights", "tonight", "overnight"],
    &["immediately", "instantly"],
    &["monday"],
    &["tuesday"],
    &["wednesday"],
    &["thursday"],
    &["friday"],
    &["saturday"],
    &["sunday"],
    &["spring"],
    &["summer"],
    &["autumn", "fall"],
    &["winter"],
];

/// Degrees; those of a row are one.
const DEGREE: &[&[&str]] = &[&["more"], &["most"], &["less", "fewer"], &["least"]];

/// What a change of `spun` to `canonical` would do to the meaning, if anything. Case does not count.
pub fn meaning_risk(spun: &str, canonical: &str) -> Option<MeaningRisk> {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    if letters(spun) == letters(canonical) {
        // Spelling alone: "with out", "cant".
        return None;
    }
    let (spun, canonical) = (words(spun, canonical), words(canonical, spun));
    let (mut left, mut right) = (spun.clone(), canonical.clone());
    left.retain(|word| {
        let twin = right.iter().position(|other| other == word);
        twin.map(|at| right.remove(at)).is_none()
    });
    let negative = |words: &[String]| words.iter().any(|word| NEGATIVE.contains(&word.as_str()));
    let named = |table: &[&[&str]]| (classes(&left, table), classes(&right, table));
    let differ = |table: &[&[&str]]| {
        let (a, b) = named(table);
        !a.is_empty() && !b.is_empty() && a != b
    };
    let (modals, others) = named(MODAL);
    if numbers(&spun) != numbers(&canonical) {
        Some(MeaningRisk::Number)
    } else if negative(&spun) != negative(&canonical) {
        Some(MeaningRisk::Negation)
    } else if modals != others {
        Some(MeaningRisk::Modality)
    } else if differ(QUANTITY) {
        Some(MeaningRisk::Quantity)
    } else if differ(TIME) {
        Some(MeaningRisk::Time)
    } else if differ(DEGREE) {
        Some(MeaningRisk::Degree)
    } else {
        // The noun of a phrase comes last: "computer systems" for "computers" is no plural.
        let nouns = (left.last(), right.last());
        let mut pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
        pairs.find_map(|(a, b)| match inflection(a, b)? {
            Inflection::Plural => (nouns == (Some(a), Some(b))).then_some(MeaningRisk::Plural),
            Inflection::Tense => Some(MeaningRisk::Tense),
            Inflection::Degree => Some(MeaningRisk::Degree),
        })
    }
}

/// The rows of a table that some words belong to, in the table's order.
fn classes(words: &[String], table: &[&[&str]]) -> Vec<usize> {
    (0..table.len()).filter(|&row| words.iter().any(|word| table[row].contains(&word.as_str()))).collect()
}

/// The words of a wording in lower case, contractions written out as the `other` wording has them, fixed phrases as one word.
fn words(text: &str, other: &str) -> Vec<String> {
    let other = other.to_lowercase();
    let has = |word: &str| other.split([' ', '-']).any(|there| there == word);
    let mut out = String::from(" ");
    for word in text
        .to_lowercase()
        .replace('’', "'")
        .replace("0's", "0s")
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
    {
        let (stem, rest) = match word.split_once('\'') {
            None if word == "cannot" => ("can", "not"),
            None => (word, ""),
            Some(("won", "t")) => ("will", "not"),
            Some(("can", "t")) => ("can", "not"),
            Some((verb, "t")) => (verb.strip_suffix('n').unwrap_or(verb), "not"),
            Some((stem, "ll")) => (stem, "will"),
            Some((stem, "re")) => (stem, "are"),
            Some((stem, "ve")) => (stem, "have"),
            Some((stem, "m")) => (stem, "am"),
            Some((stem, "d")) => (stem, if has("would") { "would" } else { "had" }),
            Some((stem, "s")) if has("is") => (stem, "is"),
            Some((stem, "s")) if has("has") => (stem, "has"),
            // A possessive, or a contraction on both sides.
            Some((stem, _)) => (stem, ""),
        };
        for part in [stem, rest].into_iter().filter(|part| !part.is_empty()) {
            out.push_str(part);
            out.push(' ');
        }
    }
    if ANY_PHRASE.is_match(&out) {
        for (phrase, one) in PHRASES.iter().chain(DURATIONS) {
            out = out.replace(&format!(" {phrase} "), &format!(" {one} "));
        }
    }
    out.split_whitespace().map(str::to_owned).collect()
}

/// Any of the phrases: most wordings hold none.
static ANY_PHRASE: Lazy<AhoCorasick> = Lazy::new(|| {
    let phrases = PHRASES.iter().chain(DURATIONS).map(|(phrase, _)| format!(" {phrase} "));
    AhoCorasick::new(phrases).expect("a few dozen short phrases")
});

#[cfg(test)]
mod tests {
    use super::MeaningRisk::{Degree, Modality, Negation, Number, Plural, Quantity, Tense, Time};
    use super::*;

    #[test]
    fn what_changes_the_meaning() {
        let cases = [
            ("may", "could", Modality),
            ("Might", "may", Modality),
            ("should", "must", Modality),
            ("can be", "is", Modality),
            ("that can", "that will", Modality),
            ("shouldn't be", "is not", Modality),
            ("not", "now", Negation),
            ("is usually not", "is", Negation),
            ("7", "eight", Number),
            ("half", "part", Number),
            ("lots of", "hundreds of", Number),
            ("second", "moment", Number),
            ("forty five", "54", Number),
            ("each", "both", Quantity),
            ("several", "many", Quantity),
            ("many of the", "most of the", Quantity),
            ("all", "some", Quantity),
            ("many years", "decades", Time),
            ("yesterday", "last week", Time),
            ("immediately", "today", Time),
            ("more", "most", Degree),
            ("high", "higher", Degree),
            ("credits", "credit", Plural),
            ("country", "countries", Plural),
            ("says", "said", Tense),
            ("have been", "were", Tense),
            ("is", "was", Tense),
            ("plans", "planned", Tense),
        ];
        for (spun, canonical, risk) in cases {
            assert_eq!(meaning_risk(spun, canonical), Some(risk), "{spun} -> {canonical}");
        }
    }

    #[test]
    fn what_leaves_it() {
        let cases = [
            ("mentioned", "said"),
            ("within the", "in the"),
            ("whether or not", "whether"),
            ("with out", "without"),
            ("by no means", "never"),
            ("no less than", "at least"),
            ("nobody", "no one"),
            ("not", "no longer"),
            ("didn't", "did not"),
            ("did not", "didn’t"),
            ("didn't", "failed to"),
            ("can't", "cannot"),
            ("won't", "will not"),
            ("I'd", "I would"),
            ("they'd", "they had"),
            ("it's", "it is"),
            ("it's", "it has"),
            ("is not going to", "will not"),
            ("ought to", "should"),
            ("are able to", "can"),
            ("4", "four"),
            ("forty five", "45"),
            ("twenty first", "21st"),
            ("a hundred", "100"),
            ("12 months", "year"),
            ("20 years", "two decades"),
            ("the primary", "the first"),
            ("one other", "another"),
            ("one of many", "one of the"),
            ("one another", "each other"),
            ("a lot", "much"),
            ("a few of", "some of"),
            ("each", "every"),
            ("most likely", "probably"),
            ("evening", "night"),
            ("each day", "daily"),
            ("at the moment", "today"),
            ("lately", "in recent years"),
            ("greater than", "more than"),
            ("would possibly", "might"),
            ("grew to become", "became"),
            ("taking a look at", "looking at"),
            ("remains to be", "is still"),
            ("thrice", "three times"),
            ("1000's", "thousands"),
            ("there isn't a", "there is no"),
            ("computer systems", "computers"),
            ("in any respect", "at all"),
            ("house", "home"),
            ("news", "new"),
            ("towards", "toward"),
            ("home's", "house's"),
            ("travelled", "traveled"),
            ("", ""),
        ];
        for (spun, canonical) in cases {
            assert_eq!(meaning_risk(spun, canonical), None, "{spun} -> {canonical}");
        }
    }
}
