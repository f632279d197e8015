//! Sums and maxima over the paths of a lattice.

use super::lattice::{Edge, Lattice};

/// The sum over all paths, as a logarithm: the forward half of [`forward_backward`]. `weight` gives the weight of an edge.
pub fn log_sum(lattice: &Lattice, forward: &mut Vec<f64>, weight: impl Fn(&Edge) -> f64) -> f64 {
    forward.clear();
    forward.resize(lattice.nodes as usize, 0.0);
    forward[0] = 1.0;
    for edge in &lattice.edges {
        forward[edge.to as usize] += forward[edge.from as usize] * weight(edge);
    }
    lattice.ends.iter().map(|&end| forward[end as usize]).sum::<f64>().ln()
}

/// Forward–backward (Baum 1972): the probability of each edge, in [0, 1]. `weights` has one weight for each edge.
///
/// The weights are plain numbers, not logarithms: those of a lattice are ratios around 1, and sentences are short enough for
/// their products to stay far from the limits of a double.
pub fn forward_backward(lattice: &Lattice, weights: &[f64]) -> Vec<f64> {
    let mut forward = vec![0.0; lattice.nodes as usize];
    let mut backward = vec![0.0; lattice.nodes as usize];
    forward[0] = 1.0;
    for (edge, weight) in lattice.edges.iter().zip(weights) {
        forward[edge.to as usize] += forward[edge.from as usize] * weight;
    }
    for &end in &lattice.ends {
        backward[end as usize] = 1.0;
    }
    for (edge, weight) in lattice.edges.iter().zip(weights).rev() {
        backward[edge.from as usize] += backward[edge.to as usize] * weight;
    }
    let sum = backward[0];
    let posterior = |(edge, weight): (&Edge, &f64)| {
        (forward[edge.from as usize] * weight * backward[edge.to as usize] / sum).min(1.0)
    };
    lattice.edges.iter().zip(weights).map(posterior).collect()
}

/// The most probable path (Viterbi 1967), as numbers of edges in order.
pub fn viterbi(lattice: &Lattice, weights: &[f64]) -> Vec<usize> {
    let mut best = vec![(0.0, usize::MAX); lattice.nodes as usize];
    best[0].0 = 1.0;
    for (number, (edge, weight)) in lattice.edges.iter().zip(weights).enumerate() {
        let score = best[edge.from as usize].0 * weight;
        if score > best[edge.to as usize].0 {
            best[edge.to as usize] = (score, number);
        }
    }
    // The first of equal ends, so that the result does not depend on anything but the lattice.
    let Some(mut node) = lattice.ends.first().copied() else { return Vec::new() };
    for &end in &lattice.ends {
        if best[end as usize].0 > best[node as usize].0 {
            node = end;
        }
    }
    let mut path = Vec::new();
    while let Some(edge) = lattice.edges.get(best[node as usize].1) {
        path.push(best[node as usize].1);
        node = edge.from;
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::lattice::Step;
    use super::*;

    /// A lattice over `places` places with one node each and edges of one or two places.
    fn chain(places: u32) -> Lattice {
        let edge = |from, to| Edge { from, to, step: Step::Keep, language: 1.0 };
        let mut edges = Vec::new();
        for from in 0..places {
            edges.push(edge(from, from + 1));
            edges.push(edge(from, from + 1));
            if from + 2 <= places {
                edges.push(edge(from, from + 2));
            }
        }
        Lattice { nodes: places + 1, edges, ends: vec![places], plain: 0.0 }
    }

    /// Every path with its weight.
    fn paths(lattice: &Lattice, weights: &[f64], node: u32) -> Vec<(f64, Vec<usize>)> {
        if lattice.ends.contains(&node) {
            return vec![(1.0, Vec::new())];
        }
        let mut out = Vec::new();
        for (number, edge) in lattice.edges.iter().enumerate().filter(|(_, edge)| edge.from == node) {
            for (weight, mut rest) in paths(lattice, weights, edge.to) {
                rest.insert(0, number);
                out.push((weight * weights[number], rest));
            }
        }
        out
    }

    proptest! {
        #[test]
        fn agrees_with_enumeration(places in 1u32..6, seed in prop::collection::vec(0.001f64..3.0, 18)) {
            let lattice = chain(places);
            let weights = &seed[..lattice.edges.len()];
            let all = paths(&lattice, weights, 0);
            let sum: f64 = all.iter().map(|(w, _)| w).sum();
            let mut edges = weights.iter();
            let next = std::cell::RefCell::new(&mut edges);
            let found = log_sum(&lattice, &mut Vec::new(), |_| *next.borrow_mut().next().unwrap());
            prop_assert!((found - sum.ln()).abs() < 1e-9);
            for (number, posterior) in forward_backward(&lattice, weights).iter().enumerate() {
                let through: f64 = all.iter().filter(|(_, p)| p.contains(&number)).map(|(w, _)| w).sum();
                prop_assert!((posterior - through / sum).abs() < 1e-9);
            }
            let best = all.iter().map(|(w, _)| *w).fold(0.0, f64::max);
            let weight: f64 = viterbi(&lattice, weights).iter().map(|&e| weights[e]).product();
            prop_assert!((weight - best).abs() < 1e-9 * best);
        }
    }
}
