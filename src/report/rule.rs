//! What the rules are called, and what they mean.

/// A rule that finds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The name in every format.
    pub name: &'static str,
    /// The same in one word of the form `CapitalWords`, as SARIF wants it.
    pub title: &'static str,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// What that means and what to do about it.
    pub description: &'static str,
}

/// All rules. A cause of fixes without a row here still shows its name, without a description.
pub const RULES: &[Rule] = &[Rule {
    name: "spun-phrase",
    title: "SpunPhrase",
    summary: "A phrase that a spinner may have put in the place of another one.",
    description: "A machine that spins text replaces words and phrases by others of similar meaning, so that a copy looks new. This \
                  phrase is known to be such a replacement, and another wording fits the place better. Compare it with the \
                  source if there is one; `unspin fix` puts the likeliest wording there and keeps a record of it.",
}];

/// Where the rules are explained: the guide of this version.
pub const HELP: &str = concat!("https://docs.rs/crate/unspin/", env!("CARGO_PKG_VERSION"));

/// What stands for a rule where an input failed.
pub const UNREAD: &str = "unread-input";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::Cause;

    /// The name of a cause's rule. A new cause does not compile here until somebody thinks of its row.
    fn rule_of(cause: &Cause) -> &'static str {
        match cause {
            Cause::SpunPhrase { .. } => cause.rule(),
        }
    }

    #[test]
    fn every_cause_has_a_row() {
        let text = String::new;
        let spun = Cause::SpunPhrase {
            spun: text(),
            canonical: text(),
            family: text(),
            source: text(),
            quoted: false,
        };
        let causes: &[Cause] = &[spun];
        for cause in causes {
            assert!(RULES.iter().any(|rule| rule.name == rule_of(cause)), "no row of {}", rule_of(cause));
        }
    }
}
