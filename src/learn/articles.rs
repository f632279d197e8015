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

    /// An article, spun at the rate that its number gives.
    ///
    /// # Panics
    ///
    /// If there is no such article.
    pub fn row(&self, number: usize) -> Row {
        self.spinner.spin(&self.texts[number], RATES[number % RATES.len()], number as u64)
    }
}
