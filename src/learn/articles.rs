//! Clean articles, spun on the way.

use super::spinner::Spinner;
use crate::evaluate::Row;

/// Rates at which articles are spun, one after the other; the last stays as it is.
pub const RATES: [f64; 8] = [1.0, 1.0, 0.5, 0.5, 0.2, 0.2, 0.08, 0.0];

/// Clean articles that become aligned texts when they are asked for.
#[derive(Debug)]
pub struct Articles {
    texts: Vec<String>,
    spinner: Spinner,
}

impl Articles {
    /// Articles and what spins them.
    pub fn new(texts: Vec<String>, spinner: Spinner) -> Self {
        Self { texts, spinner }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// An article as it stands.
    ///
    /// # Panics
    ///
    /// If there is no such article.
    pub fn text(&self, number: usize) -> &str {
        &self.texts[number]
    }

    /// An article or its beginning (see [`beginning`]), spun at the rate that its number gives.
    ///
    /// # Panics
    ///
    /// If there is no such article.
    pub fn part(&self, number: usize) -> Row {
        self.spun(beginning(&self.texts[number], number), number)
    }

    /// An article, spun at the rate that its number gives.
    ///
    /// # Panics
    ///
    /// If there is no such article.
    pub fn row(&self, number: usize) -> Row {
        self.spun(&self.texts[number], number)
    }

    fn spun(&self, text: &str, number: usize) -> Row {
        self.spinner.spin(text, RATES[number % RATES.len()], number as u64)
    }
}

/// Least words of a text by its number; short ones have to be told as well as long ones.
const LENGTHS: [usize; 3] = [usize::MAX, 120, 45];

/// The whole text, or its first sentences: at least 120 words, or 45, as the number has it.
pub fn beginning(text: &str, number: usize) -> &str {
    let least = LENGTHS[number / RATES.len() % LENGTHS.len()];
    let mut words = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let ends_word = c.is_whitespace() && !before.is_whitespace();
        words += usize::from(ends_word);
        if ends_word && words >= least && (c == '\n' || matches!(before, '.' | '!' | '?')) {
            return &text[..at];
        }
        before = c;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_end_with_a_sentence() {
        let text = "One two three four. ".repeat(40);
        assert_eq!(beginning(&text, 0), text);
        assert_eq!(beginning(&text, 8).split_whitespace().count(), 120);
        assert_eq!(beginning(&text, 16).split_whitespace().count(), 48);
        assert!(beginning(&text, 16).ends_with('.'));
        assert_eq!(beginning("short", 16), "short");
    }
}
