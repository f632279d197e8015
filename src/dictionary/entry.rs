//! One known substitution.

use serde::{Deserialize, Serialize};

/// How the `source` of rows starts that were counted while a spinner rewrote known text.
pub(super) const OBSERVED: &str = "observed";

/// The `source` of rows that a thesaurus gave.
pub(super) const WORDNET: &str = "wordnet";

/// A spun phrase, what it stands for, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The phrase as a spinner writes it. A capital letter in it must be there in the text as well
    /// (`Could` for the month of May); lower-case letters match any case.
    pub spun: String,
    /// The wording that it replaced.
    pub canonical: String,
    /// Which family of spinners does this (see `dictionaries/README.md`).
    pub family: String,
    /// How often the substitution was seen, at least 1. Only the proportions between
    /// entries of the same canonical phrase matter: they give P(spun | canonical).
    pub weight: u32,
    /// Where the row comes from.
    pub source: String,
    /// A remark for people.
    pub note: String,
    /// When the row holds; the default is always.
    pub guard: Guard,
    /// How often the spun form stands in genuine text, where that was counted.
    pub genuine: Option<u32>,
}

/// What must hold in a document for a row to be believed, and what may be done with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// Groups of phrases: of each group one must stand in the document.
    pub requires: Vec<Vec<String>>,
    /// Phrases of which none may stand in the document.
    pub forbids: Vec<String>,
    /// The words of the spun form stand within so many words, in any order, instead of one after the other.
    pub within: Option<u8>,
    /// The canonical form is a description, or uncertain: to be shown, never written.
    pub display: bool,
}

impl Guard {
    /// Separates groups, of which each must hold.
    const AND: char = '&';
    /// Separates phrases of a group.
    const OR: char = '|';
    /// The `use` of rows that are shown only.
    pub const DISPLAY: &str = "display";

    /// Reads the four columns; `None` if `within` is no number from 1 to 255, or `use` is something else than empty or `display`.
    pub fn parse(requires: &str, forbids: &str, within: &str, usage: &str) -> Option<Self> {
        let phrases = |list: &str| -> Vec<String> {
            list.split(Self::OR).map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect()
        };
        let within = if within.is_empty() { None } else { Some(within.parse().ok().filter(|&n| n > 0)?) };
        Some(Self {
            requires: requires.split(Self::AND).map(phrases).filter(|group| !group.is_empty()).collect(),
            forbids: phrases(forbids),
            within,
            display: match usage {
                "" => false,
                Self::DISPLAY => true,
                _ => return None,
            },
        })
    }

    /// The four columns: `requires`, `forbids`, `within`, `use`.
    pub fn columns(&self) -> [String; 4] {
        let groups: Vec<String> = self.requires.iter().map(|group| group.join("|")).collect();
        [
            groups.join(" & "),
            self.forbids.join("|"),
            self.within.map_or(String::new(), |n| n.to_string()),
            if self.display { Self::DISPLAY.to_owned() } else { String::new() },
        ]
    }

    /// The columns as one text, empty if there is nothing to guard; [`decode`](Self::decode) reads it.
    pub(super) fn encode(&self) -> String {
        if *self == Self::default() { String::new() } else { self.columns().join("\t") }
    }

    /// What [`encode`](Self::encode) wrote.
    pub(super) fn decode(text: &str) -> Self {
        let columns: Vec<&str> = text.split('\t').collect();
        match columns[..] {
            [requires, forbids, within, usage] => {
                Self::parse(requires, forbids, within, usage).unwrap_or_default()
            }
            _ => Self::default(),
        }
    }
}

impl Entry {
    /// Whether the row was counted while a spinner rewrote known text: then what it left standing is evidence as well.
    pub fn is_observed(&self) -> bool {
        self.source.starts_with(OBSERVED)
    }

    /// Whether the row was written by hand from a likeness to others, and never seen at work.
    pub fn is_authored(&self) -> bool {
        self.source == "authored"
    }

    /// Whether a thesaurus gave the row.
    pub fn is_thesaurus(&self) -> bool {
        self.source == WORDNET
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_come_back() {
        let guard = Guard::parse("deep learning|cnn & image", "specular", "5", "display").unwrap();
        assert_eq!(guard.requires, [vec!["deep learning", "cnn"], vec!["image"]]);
        assert_eq!(Guard::decode(&guard.encode()), guard);
        assert_eq!(Guard::default().encode(), "");
        assert_eq!(Guard::decode(""), Guard::default());
        assert!(Guard::parse("", "", "0", "").is_none() && Guard::parse("", "", "", "fix").is_none());
    }
}
