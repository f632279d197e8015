//! Spinning a text as the dictionary's spinner does, keeping account of it.

use std::collections::HashMap;

use crate::dictionary::Entry;
use crate::evaluate::{Gold, Row};
use crate::hash;
use crate::repair::capitalised;
use crate::text::{Case, Span, Tokens};

/// Replaces canonical phrases by what stands for them in observed dictionary rows.
///
/// The longest phrase goes first; a phrase, capitalised or not, is replaced with the probability of the rate or left alone, one
/// choice (by weight) throughout a text; words beside a hyphen stay.
#[derive(Debug, Default)]
pub struct Spinner {
    /// The forms by which a phrase is replaced, with their weights. The key keeps the phrase's capitals.
    forms: HashMap<String, Vec<(String, u32)>>,
    /// Words of the longest phrase.
    longest: usize,
}

impl Spinner {
    /// A spinner that uses the rows that were counted in known text.
    pub fn new<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        Self::of_all(entries.into_iter().filter(|entry| entry.is_observed()))
    }

    /// A spinner that uses all of these rows.
    pub fn of_all<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        let mut out = Self::default();
        for entry in entries {
            let tokens = Tokens::of_phrase(&entry.canonical);
            out.longest = out.longest.max(tokens.len());
            let key = exact_key(&entry.canonical, &tokens, 0..tokens.len());
            out.forms.entry(key).or_default().push((entry.spun.clone(), entry.weight));
        }
        out
    }

    /// Spins a text. The same text, rate (in [0, 1]) and seed give the same row.
    pub fn spin(&self, original: &str, rate: f64, seed: u64) -> Row {
        let tokens = Tokens::of(original);
        let mut row =
            Row { text: String::with_capacity(original.len() + original.len() / 8), gold: Vec::new() };
        let mut choices: HashMap<(String, bool), Option<&str>> = HashMap::new();
        let mut chance = Chance { seed, drawn: 0 };
        let (mut at, mut copied) = (0, 0);
        while at < tokens.len() {
            let Some((len, key, capital)) = self.longest_at(original, &tokens, at) else {
                at += 1;
                continue;
            };
            let forms = &self.forms[&key];
            let choice = *choices
                .entry((key, capital))
                .or_insert_with(|| (chance.draw() < rate).then(|| chance.pick(forms)));
            let span = tokens.span(at, at + len);
            at += len;
            let Some(form) = choice else { continue };
            row.text.push_str(&original[copied..span.start()]);
            let start = row.text.len();
            row.text.push_str(&if capital { capitalised(form) } else { form.to_owned() });
            let accepted = vec![span.of(original).to_owned()];
            row.gold.push(Gold { span: Span::new(start, row.text.len()), accepted });
            copied = span.end();
        }
        row.text.push_str(&original[copied..]);
        row
    }

    /// The longest phrase that starts at a token and may be replaced: its tokens, its key, whether a capital was added.
    fn longest_at(&self, text: &str, tokens: &Tokens, at: usize) -> Option<(usize, String, bool)> {
        (1..=self.longest.min(tokens.len() - at)).rev().find_map(|len| {
            let mut key = exact_key(text, tokens, at..at + len);
            let capital = !self.forms.contains_key(&key) && tokens.as_slice()[at].case != Case::Lower;
            if capital {
                let first = key.chars().next()?;
                key.replace_range(..first.len_utf8(), &first.to_lowercase().to_string());
            }
            let span = tokens.span(at, at + len);
            let hyphen = || text[..span.start()].ends_with('-') || text[span.end()..].starts_with('-');
            (self.forms.contains_key(&key) && (capital || !hyphen())).then_some((len, key, capital))
        })
    }
}

/// The words of a phrase with their capitals, and with straight apostrophes.
fn exact_key(text: &str, tokens: &Tokens, range: std::ops::Range<usize>) -> String {
    let words: Vec<&str> = tokens.as_slice()[range].iter().map(|token| token.span.of(text)).collect();
    words.join(" ").replace('’', "'")
}

/// A sequence of numbers that looks like chance.
struct Chance {
    seed: u64,
    drawn: u64,
}

impl Chance {
    /// The next number in [0, 1).
    fn draw(&mut self) -> f64 {
        self.drawn += 1;
        hash::fraction(hash::combine(hash::combine(0x7370_696e, self.seed), self.drawn))
    }

    /// One of the forms, by weight.
    fn pick<'f>(&mut self, forms: &'f [(String, u32)]) -> &'f str {
        let all: f64 = forms.iter().map(|(_, weight)| f64::from(*weight)).sum();
        let mut left = self.draw() * all;
        for (form, weight) in forms {
            left -= f64::from(*weight);
            if left < 0.0 {
                return form;
            }
        }
        forms.last().map_or("", |(form, _)| form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Source;

    fn spinner() -> Spinner {
        let rows = "spun\tcanonical\tweight\tsource\ngo to\tvisit\t3\tobserved\nCould\tMay\t9\tobserved\n\
                    might\tmay\t9\tobserved\nunseen\tword\t1\twild\n";
        Spinner::new(Source::parse("t.tsv", rows).unwrap().entries.iter().map(|(_, entry)| entry))
    }

    #[test]
    fn replaces_everything_at_rate_one() {
        let row = spinner().spin("Visit them in May, you may. A well-visit visit of one word.", 1.0, 1);
        assert_eq!(row.text, "Go to them in Could, you might. A well-visit go to of one word.");
        let gold: Vec<(&str, &str)> =
            row.gold.iter().map(|g| (g.span.of(&row.text), g.accepted[0].as_str())).collect();
        assert_eq!(gold, [("Go to", "Visit"), ("Could", "May"), ("might", "may"), ("go to", "visit")]);
    }

    #[test]
    fn one_choice_for_a_text() {
        let text = "may ".repeat(50);
        let spun: Vec<usize> = (0..200).map(|seed| spinner().spin(&text, 0.3, seed).gold.len()).collect();
        assert!(spun.iter().all(|n| [0, 50].contains(n)));
        let share = spun.iter().filter(|n| **n == 50).count();
        assert!((40..80).contains(&share), "{share}");
        assert_eq!(spinner().spin(&text, 0.3, 7), spinner().spin(&text, 0.3, 7));
    }
}
