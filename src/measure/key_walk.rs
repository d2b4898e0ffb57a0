//! A walk from a set of nodes, as far as a goal looks.

use super::key_players::KeyGoal;
use crate::graph::Csr;

/// The depth of a node that was not reached.
const UNREACHED: u32 = u32::MAX;

/// A breadth-first walk from a set, as far as the goal looks.
pub(super) struct Walk {
    pub(super) depth: Vec<u32>,
    /// The nodes reached, nearest first.
    pub(super) order: Vec<u32>,
}

impl Walk {
    pub(super) fn new(n: usize) -> Self {
        Self { depth: vec![UNREACHED; n], order: Vec::new() }
    }

    pub(super) fn run(&mut self, csr: &Csr, goal: KeyGoal, from: &[u32]) {
        for u in self.order.drain(..) {
            self.depth[u as usize] = UNREACHED;
        }
        let farthest = if let KeyGoal::Reach { steps } = goal { steps } else { UNREACHED };
        for &u in from {
            if self.depth[u as usize] == UNREACHED {
                self.depth[u as usize] = 0;
                self.order.push(u);
            }
        }
        let mut head = 0;
        while let Some(&u) = self.order.get(head) {
            head += 1;
            let next = self.depth[u as usize] + 1;
            if next > farthest {
                return;
            }
            for &v in csr.neighbors(u) {
                if self.depth[v as usize] == UNREACHED {
                    self.depth[v as usize] = next;
                    self.order.push(v);
                }
            }
        }
    }

    /// What a node adds to a set to which each is worth that much.
    pub(super) fn gain(&mut self, csr: &Csr, goal: KeyGoal, node: u32, worth: &[f64]) -> f64 {
        self.run(csr, goal, &[node]);
        let more = |&v: &u32| (goal.worth(self.depth[v as usize]) - worth[v as usize]).max(0.0);
        self.order.iter().map(more).sum()
    }
}
