//! Which nodes can reach each other along the edges.

use crate::graph::Csr;

/// The strongly connected parts, each after those it has edges to; nodes within a part are in order.
///
/// R. E. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Computing 1(2):146-160, 1972, with its stack of calls in memory.
pub(super) fn strong_parts(csr: &Csr) -> Vec<Vec<u32>> {
    let mut search = Search {
        csr,
        found: vec![0; csr.node_count()],
        low: vec![0; csr.node_count()],
        open: Vec::new(),
        count: 0,
        parts: Vec::new(),
    };
    for root in csr.nodes() {
        if search.found[root as usize] == 0 {
            search.from(root);
        }
    }
    search.parts
}

/// A node that stands in a finished part.
const DONE: u32 = u32::MAX;

struct Search<'a> {
    csr: &'a Csr,
    /// When a node was met, from 1 on; 0 if it was not; [`DONE`] once its part is known.
    found: Vec<u32>,
    /// The earliest open node that it is known to reach.
    low: Vec<u32>,
    /// Nodes met whose part is not known.
    open: Vec<u32>,
    count: u32,
    parts: Vec<Vec<u32>>,
}

impl Search<'_> {
    fn from(&mut self, root: u32) {
        let mut calls = vec![(self.meet(root), 0)];
        while let Some((u, next)) = calls.last_mut() {
            let (u, row) = (*u, self.csr.neighbors(*u));
            if let Some(&v) = row.get(*next) {
                *next += 1;
                match self.found[v as usize] {
                    0 => calls.push((self.meet(v), 0)),
                    DONE => {}
                    met => self.low[u as usize] = self.low[u as usize].min(met),
                }
                continue;
            }
            calls.pop();
            if let Some((above, _)) = calls.last() {
                let low = self.low[u as usize];
                self.low[*above as usize] = self.low[*above as usize].min(low);
            }
            if self.low[u as usize] == self.found[u as usize] {
                self.close(u);
            }
        }
    }

    fn meet(&mut self, u: u32) -> u32 {
        self.count += 1;
        self.found[u as usize] = self.count;
        self.low[u as usize] = self.count;
        self.open.push(u);
        u
    }

    fn close(&mut self, u: u32) {
        let at = self.open.iter().rposition(|&v| v == u).unwrap_or(0);
        let mut part = self.open.split_off(at);
        for &v in &part {
            self.found[v as usize] = DONE;
            self.low[v as usize] = DONE;
        }
        part.sort_unstable();
        self.parts.push(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn parts_come_after_what_they_lead_to() {
        let pairs = [(0, 1), (1, 0), (1, 2), (2, 3), (3, 4), (4, 2), (5, 0)];
        let csr = Csr::unweighted(6, &pairs, Direction::Directed);
        assert_eq!(strong_parts(&csr), [vec![2, 3, 4], vec![0, 1], vec![5]]);
    }

    #[test]
    fn a_path_of_a_million_nodes_needs_no_deep_stack() {
        let pairs: Vec<(u32, u32)> = (1..1_000_000).map(|v| (v - 1, v)).collect();
        let csr = Csr::unweighted(1_000_000, &pairs, Direction::Directed);
        assert_eq!(strong_parts(&csr).len(), 1_000_000);
    }
}
