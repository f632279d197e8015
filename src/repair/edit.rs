//! What is changed, which changes belong together, and how sure that is.

use serde::{Deserialize, Serialize};

use super::meaning::MeaningRisk;
use crate::clean::{DamageKind, FurnitureKind};
use crate::text::Span;

/// One replacement of a stretch of the original document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the original that go.
    pub span: Span,
    /// What comes instead.
    pub replacement: String,
}

/// How safe it is to apply a fix without looking: ordered, the safest greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// To be shown, not applied: confidence below 0.5.
    Display,
    /// More likely right than wrong, worth a look: confidence from 0.5.
    Unsafe,
    /// Right in nearly all cases: confidence from 0.97.
    Safe,
}

impl Applicability {
    /// Least confidence of a safe fix.
    pub const SAFE: f64 = 0.97;
    /// Least confidence of a fix that is more likely right than wrong.
    pub const UNSAFE: f64 = 0.5;

    /// The tier of a calibrated confidence in [0, 1].
    pub fn of(confidence: f64) -> Self {
        if confidence >= Self::SAFE {
            Self::Safe
        } else if confidence >= Self::UNSAFE {
            Self::Unsafe
        } else {
            Self::Display
        }
    }

    /// The same with a reservation, which may lower the tier.
    pub fn with(confidence: f64, reservation: Option<Reservation>) -> Self {
        Self::of(confidence).min(reservation.map_or(Self::Safe, Reservation::most))
    }

    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Display => "display",
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        }
    }
}

/// Why a fix is never safer than some tier, however likely it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reservation {
    /// It says something else than what stands there: if it is wrong, the text says what nobody meant.
    Meaning(MeaningRisk),
    /// It lies in a quotation, and the policy is to ask about these.
    Quotation,
}

impl Reservation {
    /// The safest tier that it leaves a fix.
    pub fn most(self) -> Applicability {
        match self {
            Self::Meaning(_) => Applicability::Unsafe,
            Self::Quotation => Applicability::Display,
        }
    }

    /// The reason in words, the same in every format.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Meaning(risk) => risk.reason(),
            Self::Quotation => "in a quotation",
        }
    }
}

/// Why a fix is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Cause {
    /// A phrase that a spinner put there.
    SpunPhrase {
        /// The dictionary's spun form.
        spun: String,
        /// The dictionary's canonical form.
        canonical: String,
        /// The family of spinners.
        family: String,
        /// Where the dictionary row comes from.
        source: String,
        /// Whether the place is inside quotation marks.
        quoted: bool,
    },
    /// Page furniture around the article.
    Furniture {
        /// What it is.
        kind: FurnitureKind,
        /// What says so.
        evidence: String,
    },
    /// An article that follows behind another.
    SecondArticle {
        /// What says so.
        evidence: String,
    },
    /// The other version on a page that shows two.
    OtherVersion {
        /// Its number.
        version: u32,
    },
    /// A place that a wrong encoding or the like damaged.
    Damage {
        /// What happened to it.
        kind: DamageKind,
    },
}

impl Cause {
    /// The rule's name in every format.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::SpunPhrase { .. } => "spun-phrase",
            Self::Furniture { .. } => "furniture",
            Self::SecondArticle { .. } => "second-article",
            Self::OtherVersion { .. } => "other-version",
            Self::Damage { .. } => "damage",
        }
    }

    /// Why it is proposed, in words.
    pub fn why(&self) -> String {
        match self {
            Self::SpunPhrase { spun, canonical, .. } => format!("\"{spun}\" may stand for \"{canonical}\""),
            Self::Furniture { kind, evidence } => format!("{kind}: {evidence}"),
            Self::SecondArticle { evidence } => format!("a second article: {evidence}"),
            Self::OtherVersion { version } => format!("version {version}"),
            Self::Damage { kind } => kind.name().to_owned(),
        }
    }

    /// Whether the place is inside quotation marks.
    pub fn is_quoted(&self) -> bool {
        match self {
            Self::SpunPhrase { quoted, .. } => *quoted,
            _ => false,
        }
    }
}

/// Edits that are applied together or not at all: a phrase, and the article that has to agree with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// Number of the fix in its document, from 1, in order of place.
    pub id: usize,
    /// Why it is proposed.
    pub cause: Cause,
    /// The edits in order; they don't overlap.
    pub edits: Vec<Edit>,
    /// Probability in [0, 1] that this is what stood there.
    pub confidence: f64,
    /// Why it is less safe to apply than its confidence says.
    pub reservation: Option<Reservation>,
}

impl Fix {
    /// How safe it is to apply: the tier of its confidence, or less where there is a reservation.
    pub fn applicability(&self) -> Applicability {
        Applicability::with(self.confidence, self.reservation)
    }

    /// From the first byte of its first edit to the last of its last.
    pub fn span(&self) -> Span {
        let first = self.edits.first().map_or(Span::new(0, 0), |edit| edit.span);
        self.edits.iter().fold(first, |span, edit| span.cover(edit.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_are_ordered_and_inclusive() {
        assert!(
            Applicability::Safe > Applicability::Unsafe && Applicability::Unsafe > Applicability::Display
        );
        assert_eq!(Applicability::of(0.97), Applicability::Safe);
        assert_eq!(Applicability::of(0.5), Applicability::Unsafe);
        assert_eq!(Applicability::of(0.499), Applicability::Display);
    }

    #[test]
    fn a_reservation_only_lowers_the_tier() {
        let cause = Cause::SpunPhrase {
            spun: "a".to_owned(),
            canonical: "b".to_owned(),
            family: "A".to_owned(),
            source: "authored".to_owned(),
            quoted: true,
        };
        let fix = |confidence, reservation| Fix {
            id: 1,
            cause: cause.clone(),
            edits: Vec::new(),
            confidence,
            reservation,
        };
        let tier = |confidence, reservation| fix(confidence, reservation).applicability();
        let number = Some(Reservation::Meaning(MeaningRisk::Number));
        assert_eq!(tier(1.0, None), Applicability::Safe);
        assert_eq!(tier(1.0, number), Applicability::Unsafe);
        assert_eq!(tier(0.3, number), Applicability::Display);
        assert_eq!(tier(1.0, Some(Reservation::Quotation)), Applicability::Display);
    }
}
