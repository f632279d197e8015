//! Which fixes are looked at.

use super::item::Item;

/// A condition on fixes, as it is typed: words that must all hold. `>0.9` and `<0.5` are limits of the confidence; any other word
/// must be part of the rule, the tier, what stands there or what may have stood there, whatever its case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Over(f64),
    Under(f64),
    Word(String),
}

impl Filter {
    /// Reads a filter; an empty one lets everything pass.
    ///
    /// # Errors
    ///
    /// If what follows `<` or `>` is not a number.
    pub fn parse(text: &str) -> Result<Self, String> {
        let limit = |word: &str| {
            let number =
                word[1..].trim_start_matches('=').parse().ok().filter(|number: &f64| number.is_finite());
            number.ok_or_else(|| format!("{word}: give a number, as in {}0.9", &word[..1]))
        };
        let term = |word: &str| match word.as_bytes()[0] {
            b'>' => limit(word).map(Term::Over),
            b'<' => limit(word).map(Term::Under),
            _ => Ok(Term::Word(word.to_lowercase())),
        };
        Ok(Self { terms: text.split_whitespace().map(term).collect::<Result<_, String>>()? })
    }

    /// Whether it lets everything pass.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a fix passes.
    pub fn takes(&self, item: &Item) -> bool {
        let confidence = item.row.confidence();
        self.terms.iter().all(|term| match term {
            Term::Over(least) => confidence >= *least,
            Term::Under(most) => confidence <= *most,
            Term::Word(word) => {
                let has = |text: &str| text.to_lowercase().contains(word);
                let row = &item.row;
                has(row.rule)
                    || has(row.applicability.name())
                    || has(&row.text)
                    || item.proposals.iter().any(|proposal| has(&proposal.after))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::item::tests::item;
    use super::*;

    #[test]
    fn words_and_limits() {
        let takes = |text: &str| Filter::parse(text).unwrap().takes(&item("overseas", &[("foreign", 0.9)]));
        for text in ["", "SEAS", "foreign", "spun-phrase", ">0.9 <0.95", ">=0.5 over", "unsafe"] {
            assert!(takes(text), "{text}");
        }
        for text in ["domestic", ">0.91", "<0.5 overseas"] {
            assert!(!takes(text), "{text}");
        }
        assert_eq!(Filter::parse(">x").unwrap_err(), ">x: give a number, as in >0.9");
    }
}
