//! Which neighbors two neighbors share.

use crate::graph::Csr;

/// Finds what the neighbors of one node after another share with it.
pub(super) struct SharedNeighbors<'a> {
    csr: &'a Csr,
    /// One more than the place of each node in the row at hand; 0 where it is not in it.
    place: Vec<u32>,
}

/// A node in two rows at once.
pub(super) struct Triangle {
    /// The node of the second row, and its place among those that were asked for.
    pub(super) via: (u32, usize),
    /// The shared node's place in the row at hand.
    pub(super) to: usize,
    /// The same one's place in the row of `via`.
    pub(super) to_from_via: usize,
}

impl<'a> SharedNeighbors<'a> {
    pub(super) fn new(csr: &'a Csr) -> Self {
        Self { csr, place: vec![0; csr.node_count()] }
    }

    /// Visits each triangle along edges out of `u` as `u → via → to`, `u → to`, in the order of `via` and then of `to`.
    pub(super) fn visit(&mut self, u: u32, visit: impl FnMut(Triangle)) {
        let row = self.csr.neighbors(u);
        self.visit_rows(row, row, visit);
    }

    /// Visits what the row of each node of `from` shares with `row`.
    ///
    /// The shorter of two rows is gone through, so that all nodes together cost `O(m √m log n)`, hubs or no hubs.
    pub(super) fn visit_rows(
        &mut self,
        row: &[u32],
        from: &[u32],
        mut visit: impl FnMut(Triangle),
    ) {
        /// How many nodes are gone through in the time of one search.
        const SEARCH: usize = 16;
        for (place, &v) in (1..).zip(row) {
            self.place[v as usize] = place;
        }
        for (at, &q) in from.iter().enumerate() {
            let via = (q, at);
            let others = self.csr.neighbors(q);
            if others.len() / SEARCH <= row.len() {
                for (to_from_via, &v) in others.iter().enumerate() {
                    let place = self.place[v as usize] as usize;
                    if place > 0 {
                        visit(Triangle { via, to: place - 1, to_from_via });
                    }
                }
            } else {
                for (to, v) in row.iter().enumerate() {
                    if let Ok(to_from_via) = others.binary_search(v) {
                        visit(Triangle { via, to, to_from_via });
                    }
                }
            }
        }
        for &v in row {
            self.place[v as usize] = 0;
        }
    }
}
