//! Sums and maxima over the paths of a lattice.

use super::lattice::{Edge, Lattice, Step};

/// The sums over all paths by several sets of weights, as logarithms: the forward half of [`forward_backward`]. `weights` gives those of an
/// edge.
pub fn log_sums<const N: usize>(
    lattice: Lattice<'_>,
    forward: &mut Vec<[f64; N]>,
    weights: impl Fn(&Edge) -> [f64; N],
) -> [f64; N] {
    forward.clear();
    forward.resize(lattice.nodes as usize, [0.0; N]);
    forward[0] = [1.0; N];
    for edge in lattice.edges {
        let from = forward[edge.from as usize];
        let to = &mut forward[edge.to as usize];
        for ((to, from), weight) in to.iter_mut().zip(&from).zip(&weights(edge)) {
            *to += from * weight;
        }
    }
    let mut sums = [0.0; N];
    for &end in lattice.ends {
        for (sum, log) in sums.iter_mut().zip(forward[end as usize]) {
            *sum += log;
        }
    }
    sums.map(f64::ln)
}

/// Memory of [`forward_backward`], used again and again.
#[derive(Debug, Default)]
pub struct Passes {
    weights: Vec<f64>,
    forward: Vec<f64>,
    backward: Vec<f64>,
}

/// Forward–backward (Baum 1972): tells the probability of each edge that is more than a token kept, in [0, 1]. `weight` gives
/// the weight of an edge.
///
/// The weights are plain numbers, not logarithms: those of a lattice are ratios around 1, and sentences are short enough for
/// their products to stay far from the limits of a double.
pub fn forward_backward(
    lattice: Lattice<'_>,
    passes: &mut Passes,
    weight: impl Fn(&Edge) -> f64,
    mut each: impl FnMut(&Edge, f64),
) {
    let Passes { weights, forward, backward } = passes;
    for sums in [&mut *forward, &mut *backward] {
        sums.clear();
        sums.resize(lattice.nodes as usize, 0.0);
    }
    forward[0] = 1.0;
    weights.clear();
    weights.extend(lattice.edges.iter().map(|edge| {
        let weight = weight(edge);
        forward[edge.to as usize] += forward[edge.from as usize] * weight;
        weight
    }));
    for &end in lattice.ends {
        backward[end as usize] = 1.0;
    }
    for (edge, weight) in lattice.edges.iter().zip(&*weights).rev() {
        backward[edge.from as usize] += backward[edge.to as usize] * weight;
    }
    let sum = backward[0];
    for (edge, weight) in lattice.edges.iter().zip(&*weights) {
        if edge.step != Step::Keep {
            each(edge, (forward[edge.from as usize] * weight * backward[edge.to as usize] / sum).min(1.0));
        }
    }
}

/// The most probable path (Viterbi 1967), as numbers of edges in order.
pub fn viterbi(lattice: Lattice<'_>, weights: &[f64]) -> Vec<usize> {
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
    for &end in lattice.ends {
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

    use super::super::lattice::Lattices;
    use super::*;

    /// A lattice over `places` places with one node each and edges of one or two places.
    fn chain(places: u32) -> Lattices {
        let edge = |from, to| Edge { from, to, step: Step::Survive(0), language: 1.0 };
        let mut edges = Vec::new();
        for from in 0..places {
            edges.push(edge(from, from + 1));
            edges.push(edge(from, from + 1));
            if from + 2 <= places {
                edges.push(edge(from, from + 2));
            }
        }
        let mut out = Lattices::default();
        out.push(Lattice { nodes: places + 1, edges: &edges, ends: &[places] });
        out
    }

    /// Every path with its weight.
    fn paths(lattice: Lattice<'_>, weights: &[f64], node: u32) -> Vec<(f64, Vec<usize>)> {
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
            let lattices = chain(places);
            let lattice = lattices.iter().next().unwrap();
            let weights = &seed[..lattice.edges.len()];
            let all = paths(lattice, weights, 0);
            let sum: f64 = all.iter().map(|(w, _)| w).sum();
            let mut edges = weights.iter();
            let next = std::cell::RefCell::new(&mut edges);
            let [found, double] = log_sums(lattice, &mut Vec::new(), |_| {
                let weight = *next.borrow_mut().next().unwrap();
                [weight, 2.0 * weight]
            });
            prop_assert!((found - sum.ln()).abs() < 1e-9 && double > found);
            let mut edges = weights.iter();
            let next = std::cell::RefCell::new(&mut edges);
            let mut posteriors = Vec::new();
            forward_backward(
                lattice,
                &mut Passes::default(),
                |_| *next.borrow_mut().next().unwrap(),
                |_, posterior| posteriors.push(posterior),
            );
            for (number, posterior) in posteriors.iter().enumerate() {
                let through: f64 = all.iter().filter(|(_, p)| p.contains(&number)).map(|(w, _)| w).sum();
                prop_assert!((posterior - through / sum).abs() < 1e-9);
            }
            let best = all.iter().map(|(w, _)| *w).fold(0.0, f64::max);
            let weight: f64 = viterbi(lattice, weights).iter().map(|&e| weights[e]).product();
            prop_assert!((weight - best).abs() < 1e-9 * best);
        }
    }
}
