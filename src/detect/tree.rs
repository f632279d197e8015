//! Trees of questions, whose answers add up (gradient boosting, Friedman 2001): how they are asked. `learn` grows them.
//!
//! In files a tree is the list of its nodes, depth first: behind each question all that its answer "low" leads to, then all that "high" does. A
//! question is the number of its feature with the greatest value of "low", a leaf a whole number of ten-thousandths of nats.

use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A question (number of the feature, greatest value of the answer "low") and where either answer leads: to the question of
/// this number, or, if it is negative, to leaf -1 - number.
type Question = (u8, f32, i16, i16);

/// One tree.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Node>", into = "Vec<Node>")]
pub struct Tree {
    /// The questions; the first is the root, and each leads to later ones only.
    pub questions: Vec<Question>,
    /// What each leaf adds to the log-odds.
    pub leaves: Vec<f32>,
}

impl Tree {
    /// What the tree adds to the log-odds of a finding.
    pub fn answer(&self, features: &[f32]) -> f64 {
        let mut at = 0;
        while let Some(&(feature, threshold, low, high)) = self.questions.get(at) {
            let value = features.get(usize::from(feature)).copied().unwrap_or_default();
            let next = if value <= threshold { low } else { high };
            match usize::try_from(next) {
                Ok(later) if later > at => at = later,
                Ok(_) => return 0.0,
                Err(_) => {
                    let leaf = usize::from(next.unsigned_abs()) - 1;
                    return f64::from(self.leaves.get(leaf).copied().unwrap_or_default());
                }
            }
        }
        0.0
    }
}

/// A node of a tree as files hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Node {
    Question(u8, f32),
    Leaf(i32),
}

/// Parts of a nat in which leaves are written.
const PARTS: f32 = 1e4;

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Question(feature, threshold) => (feature, threshold).serialize(serializer),
            Self::Leaf(parts) => parts.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Nodes;

        impl<'de> Visitor<'de> for Nodes {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a leaf (a whole number) or a question (a feature and a value)")
            }

            fn visit_i64<E: de::Error>(self, parts: i64) -> Result<Node, E> {
                i32::try_from(parts).map(Node::Leaf).map_err(E::custom)
            }

            fn visit_u64<E: de::Error>(self, parts: u64) -> Result<Node, E> {
                i32::try_from(parts).map(Node::Leaf).map_err(E::custom)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Node, A::Error> {
                let lacking = || de::Error::custom("a question is a feature and a value");
                let feature = parts.next_element()?.ok_or_else(lacking)?;
                Ok(Node::Question(feature, parts.next_element()?.ok_or_else(lacking)?))
            }
        }

        deserializer.deserialize_any(Nodes)
    }
}

impl From<Tree> for Vec<Node> {
    #[allow(clippy::cast_possible_truncation, reason = "leaves are a few nats")]
    fn from(tree: Tree) -> Self {
        let most = tree.questions.len() + tree.leaves.len();
        let mut out = Self::with_capacity(most);
        // Of what is yet to be written, the next is the last. A tree that is damaged may lead in circles.
        let mut next = if tree.questions.is_empty() { Vec::new() } else { vec![0] };
        while let Some(at) = next.pop().filter(|_| out.len() < most) {
            let question = usize::try_from(at).map(|at| tree.questions.get(at));
            if let Ok(Some(&(feature, threshold, low, high))) = question {
                out.push(Node::Question(feature, threshold));
                next.extend([high, low]);
            } else {
                let number = if at < 0 { usize::from(at.unsigned_abs()) - 1 } else { usize::MAX };
                let leaf = tree.leaves.get(number).copied().unwrap_or_default();
                out.push(Node::Leaf((leaf * PARTS).round() as i32));
            }
        }
        out
    }
}

impl TryFrom<Vec<Node>> for Tree {
    type Error = &'static str;

    fn try_from(nodes: Vec<Node>) -> Result<Self, Self::Error> {
        const TOO_LARGE: &str = "a tree of more nodes than there are numbers for";
        let mut out = Self::default();
        match nodes.first() {
            None => return Ok(out),
            Some(Node::Leaf(_)) => return Err("a tree begins with a question"),
            Some(Node::Question(..)) => {}
        }
        // The answers that lead nowhere yet, the next one last: the number of the question, and whether it is "high".
        let mut open = vec![None];
        for node in nodes {
            let end = open.pop().ok_or("a tree goes on behind its last leaf")?;
            let number = match node {
                Node::Question(feature, threshold) => {
                    let number = out.questions.len();
                    out.questions.push((feature, threshold, 0, 0));
                    open.extend([Some((number, true)), Some((number, false))]);
                    i16::try_from(number).map_err(|_| TOO_LARGE)?
                }
                #[allow(clippy::cast_precision_loss, reason = "leaves are a few nats")]
                Node::Leaf(parts) => {
                    out.leaves.push(parts as f32 / PARTS);
                    i16::try_from(out.leaves.len()).map(|number| -number).map_err(|_| TOO_LARGE)?
                }
            };
            if let Some((question, is_high)) = end {
                let question = &mut out.questions[question];
                *(if is_high { &mut question.3 } else { &mut question.2 }) = number;
            }
        }
        if open.is_empty() { Ok(out) } else { Err("a tree ends before its last leaf") }
    }
}

/// What some trees add to the log-odds together.
pub fn answers(trees: &[Tree], features: &[f32]) -> f64 {
    trees.iter().map(|tree| tree.answer(features)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_its_way_to_a_leaf() {
        let tree = Tree { questions: vec![(1, 0.5, -1, 1), (0, 2.0, -2, -3)], leaves: vec![0.1, 0.2, 0.3] };
        let answer = |x: f32, y: f32| tree.answer(&[x, y]);
        for (x, y, leaf) in [(9.0, 0.5, 0.1f32), (2.0, 0.6, 0.2), (2.1, 0.6, 0.3)] {
            assert!((answer(x, y) - f64::from(leaf)).abs() < 1e-9);
        }
    }

    #[test]
    fn is_written_from_its_root_on() {
        let tree = Tree {
            questions: vec![(1, 0.5, -2, 1), (0, 2.0, 2, -1), (7, -1.0, -4, -3)],
            leaves: vec![0.1, -0.2, 0.0003, 4.0],
        };
        let written = serde_json::to_string(&tree).unwrap();
        assert_eq!(written, "[[1,0.5],-2000,[0,2.0],[7,-1.0],40000,3,1000]");
        let read: Tree = serde_json::from_str(&written).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
        for (x, y) in [(0.0, 0.0), (9.0, 0.6), (2.0, 0.6), (-9.0, 0.6)] {
            let features = [x, y, 0.0, 0.0, 0.0, 0.0, 0.0, x];
            assert_eq!(tree.answer(&features).to_bits(), read.answer(&features).to_bits());
        }
        let wrong = |text: &str| serde_json::from_str::<Tree>(text).unwrap_err().to_string();
        assert!(wrong("[[1,0.5],1]").contains("ends before its last leaf"));
        assert!(wrong("[[1,0.5],1,2,3]").contains("goes on behind its last leaf"));
        assert!(
            wrong("[1]").contains("begins with a question")
                && wrong("[[1]]").contains("a feature and a value")
        );
        let nothing = serde_json::to_string(&Tree::default()).unwrap();
        assert!(nothing == "[]" && serde_json::from_str::<Tree>(&nothing).unwrap() == Tree::default());
    }

    #[test]
    fn a_damaged_tree_says_nothing() {
        let endless = Tree { questions: vec![(0, 0.0, 0, 0)], leaves: vec![] };
        let lost = Tree { questions: vec![(99, 0.0, -7, 5)], leaves: vec![1.0] };
        assert!(endless.answer(&[0.0]).abs() < 1e-9 && lost.answer(&[1.0]).abs() < 1e-9);
    }
}
