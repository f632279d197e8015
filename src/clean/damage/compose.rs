//! Damage under damage: what is found in a text that is partly repaired already, said in places of the text as it came.

use super::Damage;
use crate::text::Span;

/// The text with the damage repaired.
pub(super) fn apply(text: &str, damage: &[Damage]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for d in damage {
        out.push_str(&text[at..d.span.start()]);
        out.push_str(&d.replacement);
        at = d.span.end();
    }
    out.push_str(&text[at..]);
    out
}

/// Both at once: `earlier` is damage of the text as it came, `later` damage of `current`, in which `earlier` is repaired.
///
/// Where the later lies over a replacement of the earlier, the two become one, of the earlier kind.
pub(super) fn compose(earlier: Vec<Damage>, later: Vec<Damage>, current: &str) -> Vec<Damage> {
    let mut out = Vec::with_capacity(earlier.len() + later.len());
    let mut earlier = Walk { rest: earlier.into_iter().peekable(), original: 0, current: 0 };
    let mut later = later.into_iter().peekable();
    while let Some(mut found) = later.next() {
        while earlier.end().is_some_and(|end| end <= found.span.start()) {
            out.extend(earlier.step().map(|(damage, _)| damage));
        }
        let mut from = earlier.map(found.span.start());
        let mut replacement = String::new();
        let mut kind = found.kind;
        // The stretch of `current` from here on is not yet in the replacement.
        let mut done = found.span.start();
        if let Some(start) = earlier.start().filter(|&start| start < found.span.start()) {
            from = earlier.rest.peek().map_or(from, |damage| damage.span.start());
            done = start;
        }
        // The end of the last replacement that the later damage lies over.
        let mut reach = 0;
        loop {
            replacement.push_str(&current[done..found.span.start()]);
            replacement.push_str(&found.replacement);
            done = found.span.end();
            while earlier.start().is_some_and(|start| start < found.span.end()) {
                let Some((damage, end)) = earlier.step() else { break };
                if reach == 0 {
                    kind = damage.kind;
                }
                reach = end;
            }
            // The replacement of an earlier one may reach beyond: to its end, or to what is found in it next.
            match later.next_if(|next| next.span.start() < reach) {
                Some(next) => found = next,
                None => break,
            }
        }
        let end = done.max(reach);
        replacement.push_str(&current[done..end]);
        out.push(Damage { span: Span::new(from, earlier.map(end)), replacement, kind });
    }
    out.extend(earlier.rest);
    out
}

/// A walk over damage with the place in the original text and in the repaired one.
struct Walk {
    rest: std::iter::Peekable<std::vec::IntoIter<Damage>>,
    original: usize,
    current: usize,
}

impl Walk {
    /// The place in the original of a place in the repaired text, no damage being between the last step and it.
    fn map(&self, current: usize) -> usize {
        self.original + (current - self.current)
    }

    /// Where the next replacement starts in the repaired text.
    fn start(&mut self) -> Option<usize> {
        let (original, current) = (self.original, self.current);
        self.rest.peek().map(|damage| current + (damage.span.start() - original))
    }

    /// Where it ends.
    fn end(&mut self) -> Option<usize> {
        let start = self.start()?;
        self.rest.peek().map(|damage| start + damage.replacement.len())
    }

    /// The next damage, with the end of its replacement in the repaired text.
    fn step(&mut self) -> Option<(Damage, usize)> {
        let end = self.end()?;
        let damage = self.rest.next()?;
        self.original = damage.span.end();
        self.current = end;
        Some((damage, end))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clean::damage::DamageKind;

    /// Damage made of pairs of a gap before it and a length, each replaced by some text.
    fn damage(text: &str, cuts: &[(usize, usize, &str)], kind: DamageKind) -> Vec<Damage> {
        let mut at = 0;
        let mut out = Vec::new();
        for &(gap, length, replacement) in cuts {
            let start = at + gap;
            let end = start + length;
            if end > text.len() {
                break;
            }
            out.push(Damage::new(start, end, replacement, kind));
            at = end;
        }
        out
    }

    fn cuts(least: usize) -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
        let replacement = prop::sample::select(vec!["", "x", "yy", "zzzz"]);
        prop::collection::vec((0..4_usize, least..4, replacement), 0..8)
    }

    #[test]
    fn later_damage_in_a_replacement_joins_the_earlier() {
        let earlier = vec![Damage::new(1, 4, "[--]", DamageKind::Entity)];
        let later =
            vec![Damage::new(2, 4, "+", DamageKind::Space), Damage::new(5, 6, "C", DamageKind::Space)];
        // Of "a<b>c".
        let both = compose(earlier, later, "a[--]c");
        let expected =
            vec![Damage::new(1, 4, "[+]", DamageKind::Entity), Damage::new(4, 5, "C", DamageKind::Space)];
        assert_eq!(both, expected);
    }

    proptest! {
        #[test]
        fn composing_is_applying_one_after_the_other(text in "[a-h]{0,30}", first in cuts(1), second in cuts(1)) {
            let earlier = damage(&text, &first, DamageKind::Entity);
            let current = apply(&text, &earlier);
            let later = damage(&current, &second, DamageKind::Space);
            let both = compose(earlier, later.clone(), &current);
            prop_assert!(both.windows(2).all(|w| w[0].span.end() <= w[1].span.start()), "{both:?}");
            prop_assert_eq!(apply(&text, &both), apply(&current, &later));
        }
    }
}
