//! A graph as a network of resistors: potentials when a current goes in at one node and out at another.

use super::components::joined;
use super::reading::{check_not_negative, undirected, without_zeros};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// What an edge may conduct. Within it nothing overflows or vanishes.
const RANGE: std::ops::RangeInclusive<f64> = 1e-100..=1e100;

/// One component, with its nodes numbered anew.
pub(super) struct Circuit {
    /// The nodes of the graph.
    pub(super) nodes: Vec<u32>,
    /// Pairs of places in `nodes`, and how well they conduct.
    pub(super) wires: Vec<(usize, usize, f64)>,
}

impl Circuit {
    /// The components of a graph of two nodes or more, their edges as conductances; none may be above `limit`.
    pub(super) fn all(csr: &Csr, measure: &str, limit: usize) -> Result<Vec<Self>> {
        check_not_negative(csr, measure)?;
        let out_of_range = |&(_, weight): &(u32, f64)| weight > 0.0 && !RANGE.contains(&weight);
        if let Some((_, weight)) = csr.nodes().flat_map(|u| csr.edges_of(u)).find(out_of_range) {
            return Err(Error::usage(format!(
                "{measure} needs weights in [1e-100, 1e100], got {weight}"
            )));
        }
        let flat = undirected(csr);
        let csr = without_zeros(&flat);
        let root = joined(&csr, |_, _| true);
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); root.len()];
        for (u, &root) in csr.nodes().zip(&root) {
            members[root as usize].push(u);
        }
        members.retain(|nodes| nodes.len() > 1);
        if let Some(nodes) = members.iter().find(|nodes| nodes.len() > limit) {
            return Err(Error::limit(
                format!("{measure} of a component of {} nodes, above {limit}", nodes.len()),
                "look at a part of the network, such as one time or one kind of tie",
            ));
        }
        let mut place = vec![0; csr.node_count()];
        let circuit = |nodes: Vec<u32>| {
            for (at, &u) in nodes.iter().enumerate() {
                place[u as usize] = at;
            }
            let mut wires = Vec::new();
            for &u in &nodes {
                let once = csr.edges_of(u).filter(|&(v, _)| u < v);
                wires
                    .extend(once.map(|(v, weight)| (place[u as usize], place[v as usize], weight)));
            }
            Self { nodes, wires }
        };
        Ok(members.into_iter().map(circuit).collect())
    }
}

/// A circuit taken apart node by node, so that potentials are found in the time that its pieces take.
///
/// A node that goes leaves wires between its neighbours in its place, so that nothing changes for the others (star and mesh). All numbers
/// stay positive and nothing cancels. Nodes of fewest wires go first, which keeps the pieces few.
pub(super) struct Solver {
    pieces: Vec<Piece>,
    count: usize,
}

/// A node that went, and what each of its neighbours takes over.
struct Piece {
    node: usize,
    /// One over how well its wires conduct together.
    resistance: f64,
    /// Neighbours, and which share of the current they take.
    shares: Vec<(usize, f64)>,
}

impl Solver {
    pub(super) fn new(circuit: &Circuit) -> Self {
        let count = circuit.nodes.len();
        let mut rows: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
        for &(u, v, conducts) in &circuit.wires {
            rows[u].push((v, conducts));
            rows[v].push((u, conducts));
        }
        for row in &mut rows {
            row.sort_unstable_by_key(|wire| wire.0);
        }
        let mut open: std::collections::BTreeSet<(usize, usize)> =
            rows.iter().enumerate().map(|(node, row)| (row.len(), node)).collect();
        let mut pieces = Vec::with_capacity(count);
        // The last node stays: its potential is 0.
        while open.len() > 1 {
            let Some((_, node)) = open.pop_first() else { break };
            let row = std::mem::take(&mut rows[node]);
            let total: f64 = row.iter().map(|wire| wire.1).sum();
            for &(at, conducts) in &row {
                open.remove(&(rows[at].len(), at));
                rows[at] = replaced(&rows[at], node, &row, at, conducts / total);
                open.insert((rows[at].len(), at));
            }
            let shares = row.into_iter().map(|(at, conducts)| (at, conducts / total)).collect();
            pieces.push(Piece { node, resistance: 1.0 / total, shares });
        }
        Self { pieces, count }
    }

    /// The potentials for the currents that go in at each node, which sum to 0 but for what leaves at the last node.
    pub(super) fn potentials(&self, mut current: Vec<f64>) -> Vec<f64> {
        for piece in &self.pieces {
            let here = current[piece.node];
            for &(at, share) in &piece.shares {
                current[at] += share * here;
            }
        }
        let mut potential = vec![0.0; self.count];
        for piece in self.pieces.iter().rev() {
            let near: f64 = piece.shares.iter().map(|&(at, share)| share * potential[at]).sum();
            potential[piece.node] = current[piece.node] * piece.resistance + near;
        }
        potential
    }
}

/// The wires of the node `at` after `gone` went, of whose wires it takes the share `share` of each.
fn replaced(
    wires: &[(usize, f64)],
    gone: usize,
    of_gone: &[(usize, f64)],
    at: usize,
    share: f64,
) -> Vec<(usize, f64)> {
    let mut row = Vec::with_capacity(wires.len() + of_gone.len());
    let mut more = of_gone.iter().filter(|wire| wire.0 != at).peekable();
    for &(other, conducts) in wires.iter().filter(|wire| wire.0 != gone) {
        while let Some(new) = more.next_if(|new| new.0 < other) {
            row.push((new.0, share * new.1));
        }
        let also = more.next_if(|new| new.0 == other).map_or(0.0, |new| share * new.1);
        row.push((other, conducts + also));
    }
    row.extend(more.map(|new| (new.0, share * new.1)));
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn a_square_has_three_quarters_between_neighbours_and_one_across() {
        let circuits = Circuit::all(&Csr::cycle(4), "test", 10).unwrap();
        let solver = Solver::new(&circuits[0]);
        for (from, to, want) in [(0, 1, 0.75), (0, 2, 1.0), (3, 1, 1.0), (3, 0, 0.75)] {
            let mut current = vec![0.0; 4];
            (current[from], current[to]) = (1.0, -1.0);
            let potential = solver.potentials(current);
            assert!((potential[from] - potential[to] - want).abs() < 1e-14);
        }
    }

    #[test]
    fn a_tree_is_taken_apart_without_new_wires() {
        let circuits = Circuit::all(&Csr::star(1000), "test", 1000).unwrap();
        let solver = Solver::new(&circuits[0]);
        assert!(solver.pieces.iter().all(|piece| piece.shares.len() == 1));
    }

    #[test]
    fn wires_of_who_is_gone_run_between_its_neighbors() {
        // Node 2 has wires to 1, 4 and 5; 5, which goes, also to 0, 1, 3 and 6; half of that goes on.
        let wires = [(1, 2.0), (4, 1.0), (5, 7.0)];
        let of_gone = [(0, 6.0), (1, 3.0), (2, 7.0), (3, 1.0), (6, 2.0)];
        let row = replaced(&wires, 5, &of_gone, 2, 0.5);
        assert_eq!(row, [(0, 3.0), (1, 3.5), (3, 0.5), (4, 1.0), (6, 1.0)]);
    }

    #[test]
    fn components_of_two_nodes_or_more_are_circuits() {
        let edges = [(0, 3, 2.0), (1, 4, 1.0), (4, 5, 0.5), (2, 3, 0.0)];
        let circuits =
            Circuit::all(&Csr::new(6, &edges, Direction::Undirected), "test", 3).unwrap();
        let found: Vec<_> = circuits.into_iter().map(|one| (one.nodes, one.wires)).collect();
        let wanted =
            [(vec![0, 3], vec![(0, 1, 2.0)]), (vec![1, 4, 5], vec![(0, 1, 1.0), (1, 2, 0.5)])];
        assert_eq!(found, wanted);
    }

    #[test]
    fn wires_conduct_as_well_as_they_weigh() {
        // Around a triangle 2 and 2 in a row are 1, which beside 1 is 2.
        let edges = [(0, 1, 1.0), (1, 2, 2.0), (0, 2, 2.0)];
        let csr = Csr::new(3, &edges, Direction::Undirected);
        let solver = Solver::new(&Circuit::all(&csr, "test", 3).unwrap()[0]);
        let potential = solver.potentials(vec![1.0, -1.0, 0.0]);
        assert!((potential[0] - potential[1] - 0.5).abs() < 1e-14, "{potential:?}");
        assert!((potential[0] - potential[2] - 0.25).abs() < 1e-14, "{potential:?}");
    }

    #[test]
    fn what_cannot_conduct_and_what_is_too_large_is_refused() {
        let said = |weight, limit| {
            let csr = Csr::new(3, &[(0, 1, 1.0), (1, 2, weight)], Direction::Undirected);
            Circuit::all(&csr, "test", limit).map(|_| ()).map_err(|error| error.to_string())
        };
        assert_eq!(said(1e100, 3), Ok(()));
        assert_eq!(said(1e-100, 3), Ok(()));
        for weight in [1e101, 1e-101] {
            let wanted = format!("test needs weights in [1e-100, 1e100], got {weight}");
            assert_eq!(said(weight, 3), Err(wanted));
        }
        let large = said(1.0, 2).unwrap_err();
        assert!(large.starts_with("test of a component of 3 nodes, above 2;"), "{large}");
    }
}
