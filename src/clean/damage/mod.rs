//! Text that was damaged on its way: characters read under the wrong encoding, entities that stayed, spaces and lines that are none.
//!
//! Each layer of damage has a file and finds its own kind in a text; [`damage`] runs them in turn until none finds anything more,
//! since one often lies under another: an entity hides a misread sequence, that hides a non-breaking space. What comes out is said
//! in places of the text that went in.
//!
//! A wrong repair is worse than a thousand that are missed: a wronged text was right before. What is ambiguous stays.

mod characters;
mod code_page;
mod compose;
mod controls;
mod entities;
mod ligatures;
mod misread;
mod mojibake;
mod scan;
mod wrapping;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{Region, RegionKind, Span, regions};

/// What kind of damage it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DamageKind {
    /// Characters that come of reading bytes under the wrong encoding: `â€™` for `’`.
    Mojibake,
    /// An entity of HTML in plain text: `&amp;`.
    Entity,
    /// A non-breaking or otherwise odd space, or a separator of lines that is no line feed.
    Space,
    /// A character that has no width: zero-width spaces, soft hyphens, marks of direction.
    Invisible,
    /// A ligature for the letters that it joins: `ﬁ`.
    Ligature,
    /// A control character.
    ControlCharacter,
    /// A line feed inside a paragraph, put there to keep lines short.
    HardWrap,
}

impl DamageKind {
    /// Every kind, by its name in lists and reports.
    const NAMES: [(&'static str, Self); 7] = [
        ("mojibake", Self::Mojibake),
        ("entity", Self::Entity),
        ("space", Self::Space),
        ("invisible", Self::Invisible),
        ("ligature", Self::Ligature),
        ("control-character", Self::ControlCharacter),
        ("hard-wrap", Self::HardWrap),
    ];

    /// The name in every format.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

impl fmt::Display for DamageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A damaged stretch of a text, and what belongs there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Where it is.
    pub span: Span,
    /// What belongs there; empty if nothing does.
    pub replacement: String,
    /// What it is. Where several kinds lie over each other, the outermost.
    pub kind: DamageKind,
}

impl Damage {
    fn new(start: usize, end: usize, replacement: impl Into<String>, kind: DamageKind) -> Self {
        Self { span: Span::new(start, end), replacement: replacement.into(), kind }
    }
}

/// A layer: finds damage of its kinds, in order of place, not overlapping.
type Layer = fn(&str) -> Vec<Damage>;

/// In the order in which they are taken off: each needs what the ones before it uncover.
const LAYERS: [Layer; 4] =
    [entities::entities, mojibake::mojibake, characters::characters, wrapping::wrapping];

/// Rounds of all layers at most. Each round of mojibake halves a text at least, so that a text which needs more has been made to.
const MOST_ROUNDS: usize = 12;

/// What is damaged in a text, in order of place, not overlapping. A text that has been repaired is not damaged.
///
/// Code between backticks and what the text says is to be left alone (`unspin:` directives, `[sic]`) are never damaged.
pub fn damage(text: &str) -> Vec<Damage> {
    let mut all = Vec::new();
    let mut current = Cow::Borrowed(text);
    for _ in 0..MOST_ROUNDS {
        let mut found_any = false;
        for layer in LAYERS {
            // To the ground: a character that is damage to the next layer may be half a character of this one.
            for _ in 0..MOST_ROUNDS {
                let found = spared(layer(&current), &current);
                if found.is_empty() {
                    break;
                }
                found_any = true;
                all = compose::compose(all, found, &current);
                current = Cow::Owned(compose::apply(text, &all));
            }
        }
        if !found_any {
            break;
        }
    }
    all.retain(|d| d.span.of(text) != d.replacement);
    all
}

/// What doesn't lie where nothing may be edited.
fn spared(mut found: Vec<Damage>, text: &str) -> Vec<Damage> {
    if found.is_empty() {
        return found;
    }
    let mut protected = regions(text);
    protected.retain(|r| matches!(r.kind, RegionKind::Code | RegionKind::Ignored));
    let mut protected = protected.into_iter().peekable();
    let mut reach = 0;
    found.retain(|d| {
        // A word before `[sic]` may end where its damage begins.
        let touches = |r: &Region| {
            r.span.start() < d.span.end() || r.kind == RegionKind::Ignored && r.span.start() == d.span.end()
        };
        while let Some(region) = protected.next_if(touches) {
            reach = reach.max(region.span.end());
        }
        reach <= d.span.start()
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name() {
        for (name, kind) in DamageKind::NAMES {
            assert_eq!(kind.name(), name);
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{name}\""));
        }
    }

    #[test]
    fn layers_are_taken_off_in_turn() {
        let text = "One &Acirc;&pound; two &nbsp;caf\u{c3}\u{83}\u{c2}\u{a9}.";
        let found = damage(text);
        let said: Vec<_> =
            found.iter().map(|d| (d.span.of(text), d.replacement.as_str(), d.kind.name())).collect();
        assert_eq!(
            said,
            [
                ("&Acirc;&pound;", "£", "entity"),
                ("&nbsp;", " ", "entity"),
                ("\u{c3}\u{83}\u{c2}\u{a9}", "é", "mojibake"),
            ],
        );
    }

    #[test]
    fn what_is_to_be_left_alone_is() {
        assert_eq!(damage("It shows `donâ€™t` and\u{a0}more. unspin:ignore\n"), []);
        assert_eq!(damage("They wrote donâ€™t [sic] there."), []);
    }
}
