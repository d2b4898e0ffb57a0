//! Named small graphs, for examples, tests and benches.

use super::csr::{Csr, Direction};

impl Csr {
    /// A path of `n` nodes: `0 – 1 – … – n-1`.
    #[must_use]
    pub fn path(n: u32) -> Self {
        Self::shape(n, (1..n).map(|v| (v - 1, v)))
    }

    /// A cycle of `n` nodes.
    #[must_use]
    pub fn cycle(n: u32) -> Self {
        Self::shape(n, (0..n).map(|v| (v, (v + 1) % n)))
    }

    /// A star: node 0 tied to each of the `n - 1` others.
    #[must_use]
    pub fn star(n: u32) -> Self {
        Self::shape(n, (1..n).map(|v| (0, v)))
    }

    /// A complete graph: each of `n` nodes tied to every other.
    #[must_use]
    pub fn complete(n: u32) -> Self {
        Self::shape(n, (0..n).flat_map(|v| (0..v).map(move |u| (u, v))))
    }

    /// `count` complete graphs of `size` nodes, each tied to the next by one edge, in a ring.
    #[must_use]
    pub fn ring_of_cliques(count: u32, size: u32) -> Self {
        let inside = (0..count).flat_map(move |k| {
            (0..size).flat_map(move |v| (0..v).map(move |u| (k * size + u, k * size + v)))
        });
        let between = (0..count).map(|k| (k * size, ((k + 1) % count) * size + 1));
        Self::shape(count * size, inside.chain(between))
    }

    fn shape(n: u32, pairs: impl Iterator<Item = (u32, u32)>) -> Self {
        let pairs: Vec<_> = pairs.collect();
        Self::unweighted(n as usize, &pairs, Direction::Undirected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(csr: &Csr) -> Vec<(u32, u32)> {
        let of = |u| csr.neighbors(u).iter().filter(move |&&v| u < v).map(move |&v| (u, v));
        csr.nodes().flat_map(of).collect()
    }

    #[test]
    fn shapes_have_the_edges_of_their_names() {
        for (csr, nodes, want) in [
            (Csr::path(4), 4, &[(0, 1), (1, 2), (2, 3)][..]),
            (Csr::path(1), 1, &[]),
            (Csr::cycle(4), 4, &[(0, 1), (0, 3), (1, 2), (2, 3)]),
            (Csr::star(4), 4, &[(0, 1), (0, 2), (0, 3)]),
            (Csr::complete(4), 4, &[(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]),
            // Pairs 0 – 1, 2 – 3 and 4 – 5; the first of each is tied to the second of the next.
            (Csr::ring_of_cliques(3, 2), 6, &[(0, 1), (0, 3), (1, 4), (2, 3), (2, 5), (4, 5)]),
        ] {
            assert_eq!((csr.node_count(), edges(&csr)), (nodes, want.to_vec()));
            assert!(!csr.is_directed() && !csr.is_weighted());
        }
        let cliques = Csr::ring_of_cliques(4, 5);
        assert_eq!((cliques.node_count(), cliques.edge_count()), (20, 44));
        assert_eq!(cliques.neighbors(10), [11, 12, 13, 14, 16]);
        assert_eq!(cliques.neighbors(11), [5, 10, 12, 13, 14]);
    }
}
