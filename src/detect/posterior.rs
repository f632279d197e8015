//! Sums and maxima over the paths of a lattice.

use super::lattice::{Edge, Lattice};

/// Exact posteriors of a lattice under given edge weights.
#[derive(Debug, Default)]
pub struct Posteriors {
    /// Natural logarithm of the sum over all paths.
    pub log_sum: f64,
    /// For each edge the probability, in [0, 1], that the path goes through it.
    pub edges: Vec<f64>,
}

/// ln(e^a + e^b).
fn add_logs(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

/// Forward–backward (Baum 1972): the probability of each edge. `weights` are logarithms, one for each edge.
pub fn forward_backward(lattice: &Lattice, weights: &[f64]) -> Posteriors {
    let mut forward = vec![f64::NEG_INFINITY; lattice.nodes];
    let mut backward = vec![f64::NEG_INFINITY; lattice.nodes];
    forward[0] = 0.0;
    backward[lattice.ends.clone()].fill(0.0);
    for (edge, weight) in lattice.edges.iter().zip(weights) {
        forward[edge.to] = add_logs(forward[edge.to], forward[edge.from] + weight);
    }
    for (edge, weight) in lattice.edges.iter().zip(weights).rev() {
        backward[edge.from] = add_logs(backward[edge.from], backward[edge.to] + weight);
    }
    let log_sum = backward[0];
    let posterior = |(edge, weight): (&Edge, &f64)| {
        (forward[edge.from] + weight + backward[edge.to] - log_sum).exp().min(1.0)
    };
    Posteriors { log_sum, edges: lattice.edges.iter().zip(weights).map(posterior).collect() }
}

/// The most probable path (Viterbi 1967), as numbers of edges in order.
pub fn viterbi(lattice: &Lattice, weights: &[f64]) -> Vec<usize> {
    let mut best = vec![(f64::NEG_INFINITY, usize::MAX); lattice.nodes];
    best[0].0 = 0.0;
    for (number, (edge, weight)) in lattice.edges.iter().zip(weights).enumerate() {
        let score = best[edge.from].0 + weight;
        if score > best[edge.to].0 {
            best[edge.to] = (score, number);
        }
    }
    // The first of equal ends, so that the result does not depend on anything but the lattice.
    let mut node = lattice.ends.start;
    for end in lattice.ends.clone() {
        if best[end].0 > best[node].0 {
            node = end;
        }
    }
    let mut path = Vec::new();
    while let Some(edge) = lattice.edges.get(best[node].1) {
        path.push(best[node].1);
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
    fn chain(places: usize) -> Lattice {
        let edge = |from, to| Edge { from, to, step: Step::Keep(None), log_language: 0.0 };
        let mut edges = Vec::new();
        for from in 0..places {
            edges.push(edge(from, from + 1));
            edges.push(edge(from, from + 1));
            if from + 2 <= places {
                edges.push(edge(from, from + 2));
            }
        }
        Lattice { nodes: places + 1, edges, ends: places..places + 1 }
    }

    /// Every path with its weight.
    fn paths(lattice: &Lattice, weights: &[f64], node: usize) -> Vec<(f64, Vec<usize>)> {
        if lattice.ends.contains(&node) {
            return vec![(0.0, Vec::new())];
        }
        let mut out = Vec::new();
        for (number, edge) in lattice.edges.iter().enumerate().filter(|(_, edge)| edge.from == node) {
            for (weight, mut rest) in paths(lattice, weights, edge.to) {
                rest.insert(0, number);
                out.push((weight + weights[number], rest));
            }
        }
        out
    }

    proptest! {
        #[test]
        fn agrees_with_enumeration(places in 1usize..6, seed in prop::collection::vec(-5.0f64..1.0, 18)) {
            let lattice = chain(places);
            let weights = &seed[..lattice.edges.len()];
            let all = paths(&lattice, weights, 0);
            let sum: f64 = all.iter().map(|(w, _)| w.exp()).sum();
            let found = forward_backward(&lattice, weights);
            prop_assert!((found.log_sum - sum.ln()).abs() < 1e-9);
            for (number, posterior) in found.edges.iter().enumerate() {
                let through: f64 = all.iter().filter(|(_, p)| p.contains(&number)).map(|(w, _)| w.exp()).sum();
                prop_assert!((posterior - through / sum).abs() < 1e-9);
            }
            let best = all.iter().map(|(w, _)| *w).fold(f64::NEG_INFINITY, f64::max);
            let weight: f64 = viterbi(&lattice, weights).iter().map(|&e| weights[e]).sum();
            prop_assert!((weight - best).abs() < 1e-9);
        }
    }
}
