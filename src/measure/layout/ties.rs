//! The undirected graph that a layout works on, as it is or made coarser.

use crate::graph::Csr;

/// A graph whose nodes have masses and whose edges have strengths: how many nodes and edges of the graph at hand each stands for.
pub(super) struct Ties {
    /// Where each node's row starts, and where the last one ends.
    offsets: Vec<usize>,
    targets: Vec<u32>,
    strengths: Vec<f32>,
    /// The degrees plus one of all nodes of the finest level that each stands for.
    masses: Vec<f64>,
}

impl Ties {
    /// The part of an undirected graph on `members`, which has all neighbors of each; `place` is where in `members` a node stands.
    pub(super) fn of(csr: &Csr, members: &[u32], place: &[u32]) -> Self {
        let rows =
            members.iter().map(|&u| csr.neighbors(u).iter().map(|&v| (place[v as usize], 1.0)));
        let masses = members.iter().map(|&u| 1.0 + csr.neighbors(u).len() as f64).collect();
        Self::from_rows(rows, masses)
    }

    /// A graph of rows of neighbors with strengths.
    pub(super) fn from_rows<R: Iterator<Item = (u32, f32)>>(
        rows: impl Iterator<Item = R>,
        masses: Vec<f64>,
    ) -> Self {
        let mut offsets = Vec::with_capacity(masses.len() + 1);
        let (mut targets, mut strengths) = (Vec::new(), Vec::new());
        offsets.push(0);
        for row in rows {
            for (v, strength) in row {
                targets.push(v);
                strengths.push(strength);
            }
            offsets.push(targets.len());
        }
        Self { offsets, targets, strengths, masses }
    }

    pub(super) fn len(&self) -> usize {
        self.masses.len()
    }

    pub(super) fn masses(&self) -> &[f64] {
        &self.masses
    }

    pub(super) fn degree(&self, u: usize) -> usize {
        self.offsets[u + 1] - self.offsets[u]
    }

    /// Each edge's two entries.
    pub(super) fn arcs(&self) -> usize {
        self.targets.len()
    }

    pub(super) fn neighbors(&self, u: usize) -> &[u32] {
        &self.targets[self.offsets[u]..self.offsets[u + 1]]
    }

    /// The neighbors of `u` with the strength of each edge.
    pub(super) fn row(&self, u: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let row = self.offsets[u]..self.offsets[u + 1];
        let strengths = &self.strengths[row.clone()];
        self.targets[row].iter().zip(strengths).map(|(&v, &s)| (v as usize, f64::from(s)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_its_edges_by_the_places_of_its_nodes() {
        // Nodes 4, 2 and 3 of a graph of five, in that order; no edge leads to the others.
        let csr = Csr::unweighted(5, &[(2, 3), (3, 4)], crate::graph::Direction::Undirected);
        let ties = Ties::of(&csr, &[4, 2, 3], &[9, 9, 1, 2, 0]);
        let rows: Vec<Vec<(usize, f64)>> = (0..3).map(|u| ties.row(u).collect()).collect();
        assert_eq!(rows, [vec![(2, 1.0)], vec![(2, 1.0)], vec![(1, 1.0), (0, 1.0)]]);
        assert_eq!([0, 1, 2].map(|u| ties.degree(u)), [1, 1, 2]);
        assert_eq!(ties.neighbors(2), [1, 0]);
        assert_eq!(ties.masses().to_vec(), vec![2.0, 2.0, 3.0], "a degree and one");
        assert_eq!((ties.len(), ties.arcs()), (3, 4));
    }

    #[test]
    fn rows_keep_their_strengths() {
        let rows = [vec![], vec![(2, 0.5), (0, 4.0)], vec![(1, 0.5)]];
        let ties = Ties::from_rows(rows.into_iter().map(Vec::into_iter), vec![1.0, 2.0, 3.0]);
        assert_eq!(ties.row(1).collect::<Vec<_>>(), [(2, 0.5), (0, 4.0)]);
        assert_eq!((ties.row(0).count(), ties.degree(1), ties.arcs()), (0, 2, 3));
    }
}
