//! Reading WordNet's database files (`data.noun`, `index.noun` and so on; format: its manual page wndb(5)).

use std::collections::HashMap;

use thiserror::Error;

use super::inflect::PartOfSpeech;

/// A database file that can't be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{file}:{line}: {problem}: is this a file of WordNet 3?")]
pub struct WordNetError {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: WordNetProblem,
}

/// What can be wrong with a line.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum WordNetProblem {
    /// A field is missing.
    #[error("the line ends before its {0}")]
    Short(&'static str),
    /// A field is not a number.
    #[error("`{0}` is not a number")]
    BadNumber(String),
    /// An index names a synset that the data file does not have.
    #[error("no synset at offset {0}")]
    NoSynset(u32),
}

/// How a word is related to another in meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// In one synset: they mean the same.
    Synonym,
    /// An adjective of nearly the same meaning.
    Similar,
    /// The other is more general.
    Hypernym,
    /// The other is more special.
    Hyponym,
}

/// Words that mean the same, and where more general and more special ones are.
#[derive(Debug, Default)]
struct Synset {
    words: Vec<String>,
    similar: Vec<u32>,
    hypernyms: Vec<u32>,
    hyponyms: Vec<u32>,
}

/// The synsets of one part of speech, and which a word is in.
#[derive(Debug)]
pub struct WordNet {
    synsets: HashMap<u32, Synset>,
    senses: HashMap<String, Vec<u32>>,
    /// What kind of words these are.
    pub part: PartOfSpeech,
}

/// A word that is related to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related<'w> {
    /// The word or phrase, in lower case.
    pub word: &'w str,
    /// How they are related.
    pub relation: Relation,
    /// The sense of the first word in which they are, 0 being the most common.
    pub sense: usize,
}

/// The fields of a line.
struct Fields<'l>(std::str::SplitAsciiWhitespace<'l>);

impl<'l> Fields<'l> {
    fn text(&mut self, what: &'static str) -> Result<&'l str, WordNetProblem> {
        self.0.next().ok_or(WordNetProblem::Short(what))
    }

    fn number(&mut self, what: &'static str, radix: u32) -> Result<u32, WordNetProblem> {
        let text = self.text(what)?;
        u32::from_str_radix(text, radix).map_err(|_| WordNetProblem::BadNumber(text.to_owned()))
    }

    fn skip(&mut self, count: u32) {
        for _ in 0..count {
            self.0.next();
        }
    }
}

impl WordNet {
    /// Reads the data and the index file of a part of speech: each is its name and its text. Words with capitals, digits or
    /// other marks than hyphens and apostrophes are left out.
    ///
    /// # Errors
    ///
    /// The first line that can't be read.
    pub fn parse(part: PartOfSpeech, data: (&str, &str), index: (&str, &str)) -> Result<Self, WordNetError> {
        let mut out = Self { synsets: HashMap::new(), senses: HashMap::new(), part };
        for_each_line(data, |line| {
            let (offset, synset) = synset(line)?;
            out.synsets.insert(offset, synset);
            Ok(())
        })?;
        for_each_line(index, |line| {
            let mut fields = Fields(line.split_ascii_whitespace());
            let word = fields.text("word")?.replace('_', " ");
            fields.skip(1);
            let count = fields.number("number of synsets", 10)?;
            let pointers = fields.number("number of pointers", 10)?;
            fields.skip(pointers + 2);
            let mut senses = Vec::new();
            for _ in 0..count {
                let offset = fields.number("synset offset", 10)?;
                if !out.synsets.contains_key(&offset) {
                    return Err(WordNetProblem::NoSynset(offset));
                }
                senses.push(offset);
            }
            out.senses.insert(word, senses);
            Ok(())
        })?;
        Ok(out)
    }

    /// All words, in order.
    pub fn words(&self) -> Vec<&str> {
        let mut out: Vec<&str> = self.senses.keys().map(String::as_str).filter(|w| is_plain(w)).collect();
        out.sort_unstable();
        out
    }

    /// Whether it has a word.
    pub fn has(&self, word: &str) -> bool {
        self.senses.contains_key(word)
    }

    /// All words that are related to this one, of the same part of speech: a word as often as it is.
    pub fn related(&self, word: &str) -> Vec<Related<'_>> {
        let mut out = Vec::new();
        for (sense, offset) in self.senses.get(word).into_iter().flatten().enumerate() {
            let Some(synset) = self.synsets.get(offset) else { continue };
            let mut add = |offsets: &[u32], relation| {
                let synsets = offsets.iter().filter_map(|o| self.synsets.get(o));
                out.extend(synsets.flat_map(|s| &s.words).filter(|w| *w != word).map(|w| Related {
                    word: w,
                    relation,
                    sense,
                }));
            };
            add(std::slice::from_ref(offset), Relation::Synonym);
            add(&synset.similar, Relation::Similar);
            add(&synset.hypernyms, Relation::Hypernym);
            add(&synset.hyponyms, Relation::Hyponym);
        }
        out
    }
}

/// Calls `read` with every line that is not part of the licence at the top, which is indented.
fn for_each_line(
    (file, text): (&str, &str),
    mut read: impl FnMut(&str) -> Result<(), WordNetProblem>,
) -> Result<(), WordNetError> {
    for (index, line) in text.lines().enumerate() {
        if !line.starts_with("  ") && !line.trim().is_empty() {
            read(line).map_err(|problem| WordNetError { file: file.to_owned(), line: index + 1, problem })?;
        }
    }
    Ok(())
}

/// Whether a word is in small letters, with hyphens and apostrophes at most.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-' | b'\''))
}

/// A line of a data file, and its offset.
fn synset(line: &str) -> Result<(u32, Synset), WordNetProblem> {
    let mut fields = Fields(line.split_ascii_whitespace());
    let offset = fields.number("synset offset", 10)?;
    fields.skip(2);
    let mut out = Synset::default();
    for _ in 0..fields.number("number of words", 16)? {
        let word = fields.text("words")?;
        // Adjectives may carry a mark of where they stand: `galore(ip)`.
        let word = word.split('(').next().unwrap_or(word).replace('_', " ");
        if is_plain(&word) {
            out.words.push(word);
        }
        fields.skip(1);
    }
    for _ in 0..fields.number("number of pointers", 10)? {
        let symbol = fields.text("pointers")?;
        let target = fields.number("pointer offset", 10)?;
        let part = fields.text("pointers")?;
        fields.skip(1);
        match (symbol, part) {
            ("&", _) => out.similar.push(target),
            ("@", "n" | "v") => out.hypernyms.push(target),
            ("~", "n" | "v") => out.hyponyms.push(target),
            _ => {}
        }
    }
    Ok((offset, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Offsets and words made up for the purpose.
    const DATA: &str = "  1 a licence stands at the top\n\
        00000010 03 n 02 vessel 0 Argo 0 002 ~ 00000020 n 0000 ~ 00000030 n 0000 | floats\n\
        00000020 03 n 02 boat 0 small_craft 0 001 @ 00000010 n 0000 | small\n\
        00000030 03 n 01 ship 1 001 @ 00000010 n 0000 | large\n";
    const INDEX: &str = "  1 a licence\nvessel n 1 1 ~ 1 0 00000010\nboat n 1 1 @ 1 1 00000020\n\
        small_craft n 1 1 @ 1 0 00000020\nship n 1 1 @ 1 1 00000030\n";

    fn parse(data: &str, index: &str) -> Result<WordNet, WordNetError> {
        WordNet::parse(PartOfSpeech::Noun, ("data.noun", data), ("index.noun", index))
    }

    #[test]
    fn finds_related_words() {
        let found = parse(DATA, INDEX).unwrap();
        let of = |word| found.related(word).iter().map(|r| (r.word, r.relation)).collect::<Vec<_>>();
        assert_eq!(of("boat"), [("small craft", Relation::Synonym), ("vessel", Relation::Hypernym)]);
        assert_eq!(
            of("vessel"),
            [("boat", Relation::Hyponym), ("small craft", Relation::Hyponym), ("ship", Relation::Hyponym)]
        );
        assert!(of("submarine").is_empty());
    }

    #[test]
    fn names_the_line() {
        let error = parse("00000010 03 n 02 vessel 0\n", INDEX).unwrap_err();
        assert_eq!((error.line, error.problem), (1, WordNetProblem::Short("words")));
        let error = parse(DATA, "boat n 1 0 1 1 00000099\n").unwrap_err();
        assert_eq!(error.to_string(), "index.noun:1: no synset at offset 99: is this a file of WordNet 3?");
        assert_eq!(parse("x 03\n", "").unwrap_err().problem, WordNetProblem::BadNumber("x".to_owned()));
    }
}
