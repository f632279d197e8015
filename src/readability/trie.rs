//! What is known of strings over a small alphabet, found by walking along one.

use std::collections::BTreeMap;
use std::ops::Range;

/// A node: the children's symbols, the number of the first child, and the value of the string that ends here.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    symbols: u32,
    first: u32,
    value: Option<u8>,
}

/// Values of strings of `a` to `z`, `_` and `|`.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

/// A place in a trie: a string from which it can be walked on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    trie: &'t Trie,
    node: Node,
}

/// The bit of a symbol; zero for what is none.
#[inline]
fn bit(symbol: u8) -> u32 {
    match symbol {
        b'a'..=b'z' => 1 << (symbol - b'a'),
        b'_' => 1 << 26,
        b'|' => 1 << 27,
        _ => 0,
    }
}

impl Trie {
    /// A trie of these strings, level by level, so that the children of a node stand together.
    pub(super) fn new(values: &BTreeMap<Vec<u8>, u8>) -> Self {
        let mut sorted: Vec<(&[u8], u8)> =
            values.iter().map(|(key, &value)| (key.as_slice(), value)).collect();
        // Siblings stand in the order of their bits.
        sorted.sort_by_key(|(key, _)| key.iter().map(|&symbol| bit(symbol)).collect::<Vec<_>>());
        let mut nodes = vec![Node::default()];
        let mut ranges: Vec<(Range<usize>, usize)> = vec![(0..sorted.len(), 0)];
        for at in 0.. {
            let Some((mut range, depth)) = ranges.get(at).cloned() else { break };
            if sorted.get(range.start).is_some_and(|(key, _)| key.len() == depth) && !range.is_empty() {
                nodes[at].value = Some(sorted[range.start].1);
                range.start += 1;
            }
            nodes[at].first = u32::try_from(nodes.len()).expect("fewer strings than that");
            while !range.is_empty() {
                let symbol = sorted[range.start].0[depth];
                let same = sorted[range.clone()].iter().take_while(|(key, _)| key[depth] == symbol).count();
                nodes[at].symbols |= bit(symbol);
                nodes.push(Node::default());
                ranges.push((range.start..range.start + same, depth + 1));
                range.start += same;
            }
        }
        Self { nodes }
    }

    /// The empty string.
    #[inline]
    pub(super) fn root(&self) -> Cursor<'_> {
        Cursor { trie: self, node: self.nodes[0] }
    }
}

impl Cursor<'_> {
    /// The string with one more symbol, if any known string starts so.
    #[inline]
    pub(super) fn step(self, symbol: u8) -> Option<Self> {
        let bit = bit(symbol);
        if self.node.symbols & bit == 0 {
            return None;
        }
        let before = (self.node.symbols & (bit - 1)).count_ones();
        let node = *self.trie.nodes.get((self.node.first + before) as usize)?;
        Some(Self { node, ..self })
    }

    /// The value of this string.
    #[inline]
    pub(super) fn value(self) -> Option<u8> {
        self.node.value
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
        assert_eq!((get("ab"), get("b"), get("z"), get("c"), get("A")), (None, None, None, None, None));
    }
}
