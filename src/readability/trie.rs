//! What is known of strings over a small alphabet, found by walking along one.

use std::collections::BTreeMap;

/// Symbols: `a` to `z`, `_` and `|`, told apart by their last five bits.
const SYMBOLS: u16 = 32;

/// The value of strings that have none.
const NO_VALUE: u8 = u8::MAX;

/// A place in the array: whose child it is, where its own children are, and the value of the string that ends here.
#[derive(Debug, Clone, Copy)]
struct Slot {
    parent: u16,
    base: u16,
    value: u8,
}

/// Slots at the end of the array in which room for children is looked for.
const LOOKED_AT: usize = 8 * SYMBOLS as usize;

/// A node of some depth, and the sorted strings that lead to it.
type Branch<'s> = (u16, usize, &'s [(&'s [u8], u8)]);

/// Slots that are no node.
const FREE: Slot = Slot { parent: u16::MAX, base: 0, value: NO_VALUE };

/// Values below 255 of strings, as a double array (Aoe 1989): the child of a node by a symbol is at the node's base plus the symbol,
/// if the slot there names that node as its parent.
#[derive(Debug)]
pub(super) struct Trie {
    slots: Vec<Slot>,
}

/// A place in a trie: a string from which it can be walked on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    slots: &'t [Slot],
    at: u16,
    slot: Slot,
}

#[inline]
fn number(symbol: u8) -> u16 {
    u16::from(symbol) % SYMBOLS
}

impl Trie {
    /// The root's slot: no symbol has the number 0.
    const ROOT: u16 = 0;

    /// A trie of these strings.
    pub(super) fn new(values: &BTreeMap<Vec<u8>, u8>) -> Self {
        let strings: Vec<(&[u8], u8)> = values.iter().map(|(key, &value)| (key.as_slice(), value)).collect();
        let mut out = Self { slots: vec![FREE; usize::from(SYMBOLS)] };
        out.slots[0].parent = Self::ROOT;
        // Level by level; the first free slot only moves on.
        let mut level = vec![(Self::ROOT, 0, strings.as_slice())];
        while !level.is_empty() {
            let mut next = Vec::new();
            for (node, depth, strings) in level {
                out.add_children(node, depth, strings, &mut next);
            }
            level = next;
        }
        out
    }

    /// Adds the children of a node of this depth, to which these sorted strings lead.
    fn add_children<'s>(
        &mut self,
        node: u16,
        depth: usize,
        strings: &'s [(&'s [u8], u8)],
        next: &mut Vec<Branch<'s>>,
    ) {
        let strings = match strings {
            [(first, value), others @ ..] if first.len() == depth => {
                self.slots[usize::from(node)].value = *value;
                others
            }
            all => all,
        };
        let children: Vec<_> = strings.chunk_by(|a, b| a.0[depth] == b.0[depth]).collect();
        let numbers: Vec<u16> = children.iter().map(|strings| number(strings[0].0[depth])).collect();
        let is_free =
            |slots: &[Slot], at: u16| slots.get(usize::from(at)).is_none_or(|slot| slot.parent == u16::MAX);
        // Looking at the end alone wastes a little room, and saves most of the time.
        let from = self.slots.len().saturating_sub(LOOKED_AT).max(1);
        let base = (u16::try_from(from).expect("fewer strings than that")..u16::MAX - 2 * SYMBOLS)
            .find(|base| numbers.iter().all(|number| is_free(&self.slots, base + number)))
            .expect("fewer strings than that");
        self.slots[usize::from(node)].base = base;
        let most = usize::from(base + SYMBOLS);
        self.slots.resize(self.slots.len().max(most), FREE);
        for (number, strings) in numbers.into_iter().zip(children) {
            self.slots[usize::from(base + number)].parent = node;
            next.push((base + number, depth + 1, strings));
        }
    }

    /// The empty string.
    #[inline]
    pub(super) fn root(&self) -> Cursor<'_> {
        Cursor { slots: &self.slots, at: Self::ROOT, slot: self.slots[0] }
    }
}

impl Cursor<'_> {
    /// The string with one more symbol, if any known string starts so.
    #[inline]
    pub(super) fn step(self, symbol: u8) -> Option<Self> {
        let at = self.slot.base + number(symbol);
        let slot = *self.slots.get(usize::from(at))?;
        (slot.parent == self.at && at != Trie::ROOT).then_some(Self { at, slot, ..self })
    }

    /// The value of this string.
    #[inline]
    pub(super) fn value(self) -> Option<u8> {
        (self.slot.value != NO_VALUE).then_some(self.slot.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_in() {
        let keys = ["", "a", "ab|", "b_", "b|a", "zz"];
        let values = keys.iter().zip(0..).map(|(key, value)| (key.as_bytes().to_vec(), value)).collect();
        let trie = Trie::new(&values);
        let get = |key: &str| key.bytes().try_fold(trie.root(), Cursor::step).and_then(Cursor::value);
        for (key, value) in keys.iter().zip(0..) {
            assert_eq!(get(key), Some(value), "{key}");
        }
        assert_eq!(["ab", "b", "z", "c", "zzz", "aa"].map(get), [None; 6]);
    }

    #[test]
    fn an_empty_one_has_nothing() {
        let trie = Trie::new(&BTreeMap::new());
        assert!(
            trie.root().value().is_none() && (b'a'..=b'z').all(|symbol| trie.root().step(symbol).is_none())
        );
    }
}
