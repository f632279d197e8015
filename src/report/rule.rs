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
pub const RULES: &[Rule] = &[
    Rule {
        name: "spun-phrase",
        title: "SpunPhrase",
        summary: "A phrase that a spinner may have put in the place of another one.",
        description: "A machine that spins text replaces words and phrases by others of similar meaning, so that a copy looks new. This \
                  phrase is known to be such a replacement, and another wording fits the place better. Compare it with the \
                  source if there is one; `unspin fix` puts the likeliest wording there and keeps a record of it.",
    },
    Rule {
        name: "furniture",
        title: "Furniture",
        summary: "A line that belongs to the page that an article was scraped from, not to the article.",
        description: "Menus, share buttons, comment forms, promotion, links to other articles, time stamps and the like come along when a \
                      page is scraped. `unspin clean` cuts them and keeps a record of every cut.",
    },
    Rule {
        name: "second-article",
        title: "SecondArticle",
        summary: "An article that follows behind another one.",
        description: "Pages that scroll on without end are scraped with the next article behind the first. `unspin clean` cuts it, or \
                      writes both apart with --split.",
    },
    Rule {
        name: "other-version",
        title: "OtherVersion",
        summary: "A paragraph of the other version on a page that shows two.",
        description: "Trackers of news show two versions of an article side by side. `unspin clean --version` gives back one of them.",
    },
    Rule {
        name: "damage",
        title: "Damage",
        summary: "A place that was damaged on its way: a wrong encoding, an entity, an odd space, a wrapped line.",
        description: "Characters that were read under the wrong encoding, entities of HTML, invisible characters and broken lines are \
                      repaired where only one reading is possible.",
    },
];

/// Where the rules are explained: the guide of this version.
pub const HELP: &str = concat!("https://docs.rs/crate/unspin/", env!("CARGO_PKG_VERSION"));

/// What stands for a rule where an input failed.
pub const UNREAD: &str = "unread-input";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{DamageKind, FurnitureKind};
    use crate::repair::Cause;

    /// The name of a cause's rule. A new cause does not compile here until somebody thinks of its row.
    fn rule_of(cause: &Cause) -> &'static str {
        match cause {
            Cause::SpunPhrase { .. }
            | Cause::Furniture { .. }
            | Cause::SecondArticle { .. }
            | Cause::OtherVersion { .. }
            | Cause::Damage { .. } => cause.rule(),
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
        let causes: &[Cause] = &[
            spun,
            Cause::Furniture { kind: FurnitureKind::Share, evidence: text() },
            Cause::SecondArticle { evidence: text() },
            Cause::OtherVersion { version: 1 },
            Cause::Damage { kind: DamageKind::Entity },
        ];
        for cause in causes {
            assert!(RULES.iter().any(|rule| rule.name == rule_of(cause)), "no row of {}", rule_of(cause));
        }
    }
}
