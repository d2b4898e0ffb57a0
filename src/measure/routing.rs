//! A bound on what the removal of nodes can part: how much runs through each when all pairs send along shortest paths.

use super::blocks::fold;
use super::breadth::{Breadth, UNREACHED};
use crate::graph::Csr;

/// By node of an undirected graph: what all pairs send over it or to it, when a pair at distance `d` is worth `worth(d)`.
///
/// Every pair sends what it is worth along its shortest paths; at each step back it is shared equally between the nodes
/// one step nearer. A set of nodes that stands on all shortest paths of a pair gets all that the pair sends. So the worth of
/// the pairs that a set parts, or holds farther apart, is at most the sum of what its nodes get: a bound that adds up.
/// `worth` must not grow with distance.
pub(super) fn traffic(csr: &Csr, worth: impl Fn(u32) -> f64 + Sync) -> Vec<f64> {
    let n = csr.node_count();
    fold(
        n,
        n,
        || Walk::new(n),
        |walk, sources, row| {
            for source in sources {
                let source = u32::try_from(source).expect("nodes are numbered by 32 bits");
                walk.add(csr, source, &worth, row);
            }
        },
    )
}

struct Walk {
    breadth: Breadth,
    carried: Vec<f64>,
}

impl Walk {
    fn new(n: usize) -> Self {
        Self { breadth: Breadth::new(n), carried: vec![0.0; n] }
    }

    fn add(&mut self, csr: &Csr, source: u32, worth: &impl Fn(u32) -> f64, row: &mut [f64]) {
        self.breadth.run(csr, &[source], UNREACHED, |_| true);
        for at in (1..self.breadth.order.len()).rev() {
            let u = self.breadth.order[at];
            let depth = self.breadth.depth[u as usize];
            let own = worth(depth);
            let carried = self.carried[u as usize] + own;
            // Pairs are met from both ends: what runs through counts half each time, what ends here once.
            row[u as usize] += f64::midpoint(carried, own);
            self.hand_back(csr, u, depth - 1, carried);
        }
        for &u in &self.breadth.order {
            self.carried[u as usize] = 0.0;
        }
    }

    fn hand_back(&mut self, csr: &Csr, u: u32, nearer: u32, carried: f64) {
        let near = |v: &u32| self.breadth.depth[*v as usize] == nearer;
        let share = carried / csr.neighbors(u).iter().filter(|v| near(v)).count() as f64;
        for &v in csr.neighbors(u) {
            if self.breadth.depth[v as usize] == nearer {
                self.carried[v as usize] += share;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_star_runs_through_its_hub() {
        let got = traffic(&Csr::star(4), |_| 1.0);
        assert_eq!(got, [6.0, 3.0, 3.0, 3.0], "three pairs end at the hub, three pass it");
    }
}
