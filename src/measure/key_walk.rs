//! A walk from a set of nodes, as far as a goal looks.

use super::breadth::{Breadth, UNREACHED};
use super::key_players::KeyGoal;
use crate::graph::Csr;

/// A breadth-first walk from a set, as far as the goal looks.
pub(super) struct Walk(Breadth);

impl Walk {
    pub(super) fn new(n: usize) -> Self {
        Self(Breadth::new(n))
    }

    /// The nodes that `from` reaches, nearest first, each with what it is worth at its distance.
    pub(super) fn reached(
        &mut self,
        csr: &Csr,
        goal: KeyGoal,
        from: &[u32],
    ) -> impl Iterator<Item = (u32, f64)> + '_ {
        let farthest = if let KeyGoal::Reach { steps } = goal { steps } else { UNREACHED };
        self.0.run(csr, from, farthest, |_| true);
        let Breadth { depth, order } = &self.0;
        order.iter().map(move |&v| (v, goal.worth(depth[v as usize])))
    }

    /// What a node adds to a set to which each is worth that much.
    pub(super) fn gain(&mut self, csr: &Csr, goal: KeyGoal, node: u32, worth: &[f64]) -> f64 {
        let reached = self.reached(csr, goal, &[node]);
        reached.map(|(v, own)| (own - worth[v as usize]).max(0.0)).sum()
    }
}
