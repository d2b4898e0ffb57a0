//! In which order nodes are removed so that a graph soon falls into small pieces.

use super::attack::attack;
use super::cohesion::marked;
use super::core_hd::core_hd;
use super::pieces::{curve, reinserted};
use super::reading::undirected;
use super::{generalized, hba};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// How the next node to be removed is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DismantlingStrategy {
    /// The one with most neighbors left.
    Degree,
    /// The one on most shortest paths in what is left (HBA): good, and slow.
    Betweenness,
    /// The one with most neighbors in what is left of the 2-core; once there are no cycles, the one that best breaks the largest
    /// tree (`CoreHD`). This is the default.
    #[default]
    CoreHd,
    /// The one with the highest collective influence in what is left: its own reach times that of all at the rim of a ball
    /// around it.
    CollectiveInfluence {
        /// The radius of the ball, 2 in most uses.
        radius: u32,
    },
    /// Those that cover the border at which the largest component falls most cheaply into two (GND).
    Generalized,
}

/// Dismantling: the order in which to remove nodes until no component is larger than a target.
///
/// No method is best on all graphs, and the best order of all cannot be computed; compare several. It is about the structure of
/// the records, not a forecast: who is left will act otherwise afterwards.
///
/// - **Shape**: nodes in the order of their removal, with the size of the largest component after each.
/// - **Unit**: nodes.
/// - **Cost**: `Degree` and `CoreHd` `O(m log n)`; `CollectiveInfluence` the balls around all neighbors of each removal; `Generalized`
///   `O(m log n)` for each cut; `Betweenness` `O(nm)` for each removal.
/// - **Order**: the same to the bit for any number of threads; equal nodes by number.
/// - **Edge cases**: a directed graph is read as undirected, and weights do not count. Where forbidden nodes hold a component
///   together that is larger than the target, [`Dismantled::reached`] is `false`.
///
/// # Errors
///
/// If `target` is not in `[0, 1]`, there is not one cost above 0 for each node, or a forbidden node is none.
///
/// # Examples
///
/// One removal takes a star apart, and every second node of a path of seven has to go:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::Dismantling;
///
/// let apart = Dismantling { target: 0.0, ..Dismantling::default() };
/// assert_eq!(apart.run(&Csr::star(9))?.nodes, [0]);
/// assert_eq!(apart.run(&Csr::path(7))?.nodes, [3, 1, 5]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// P. Holme et al., "Attack vulnerability of complex networks", Phys. Rev. E 65:056109, 2002 (recalculated degree and betweenness);
/// L. Zdeborová, P. Zhang, H.-J. Zhou, "Fast and simple decycling and dismantling of networks", Sci. Rep. 6:37954, 2016
/// (`CoreHD`); F. Morone, H. A. Makse, "Influence maximization in complex networks through optimal percolation", Nature 524:65-68,
/// 2015 (`CI_l`, `l` is the radius); X.-L. Ren et al., "Generalized network dismantling", PNAS 116:6554-6559, 2019; A. Braunstein
/// et al., "Network dismantling", PNAS 113:12368-12373, 2016 (reinsertion); C. M. Schneider et al., "Mitigation of malicious
/// attacks on networks", PNAS 108:3838-3841, 2011 (`R`).
#[derive(Clone, Debug, PartialEq)]
pub struct Dismantling {
    /// How the next node is chosen.
    pub strategy: DismantlingStrategy,
    /// Stop when no component has more than this share of all nodes. .01 by default; a single node is never too large.
    pub target: f64,
    /// What the removal of each node costs: scores are divided by it. 1 for each by default.
    pub costs: Option<Vec<f64>>,
    /// Put nodes back, those that join least first, as long as no component grows past the target. On by default: it
    /// decides much of what a strategy gains.
    pub reinsertion: bool,
    /// Nodes that may not be removed.
    pub forbidden: Vec<u32>,
    /// The seed of the first vector of the generalized strategy; others make no random choice.
    pub seed: u64,
}

impl Default for Dismantling {
    fn default() -> Self {
        Self {
            strategy: DismantlingStrategy::default(),
            target: 0.01,
            costs: None,
            reinsertion: true,
            forbidden: Vec::new(),
            seed: 0,
        }
    }
}

/// A graph taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Dismantled {
    /// The nodes removed, in order.
    pub nodes: Vec<u32>,
    /// The size of the largest component before any removal and after each.
    pub largest: Vec<usize>,
    /// What the removals cost.
    pub cost: f64,
    /// Whether no component is larger than the target.
    pub reached: bool,
    node_count: usize,
}

impl Dismantled {
    /// The share of all nodes in the largest component, before any removal and after each.
    #[must_use]
    pub fn curve(&self) -> Vec<f64> {
        let all = self.node_count.max(1) as f64;
        self.largest.iter().map(|&size| size as f64 / all).collect()
    }

    /// Robustness `R`: the sum of that share after each removal, over the number of nodes. Low is fragile.
    ///
    /// Removals end with the target, so compare only graphs and strategies with the same one.
    #[must_use]
    pub fn robustness(&self) -> f64 {
        self.curve().iter().skip(1).sum::<f64>() / self.node_count.max(1) as f64
    }
}

/// What is taken apart, and what may be removed at what cost.
pub(super) struct Task<'a> {
    pub(super) csr: &'a Csr,
    pub(super) allowed: Vec<bool>,
    pub(super) costs: Vec<f64>,
    /// The largest component that may be left.
    pub(super) limit: usize,
    pub(super) seed: u64,
}

#[cfg(test)]
impl<'a> Task<'a> {
    /// Any node may go, and each costs the same.
    pub(super) fn even(csr: &'a Csr, limit: usize) -> Self {
        let n = csr.node_count();
        Self { csr, allowed: vec![true; n], costs: vec![1.0; n], limit, seed: 0 }
    }
}

impl Dismantling {
    /// Takes a graph apart.
    ///
    /// # Errors
    ///
    /// See [`Dismantling`].
    pub fn run(&self, csr: &Csr) -> Result<Dismantled> {
        let csr = undirected(csr);
        let task = self.task(&csr)?;
        let mut nodes = match self.strategy {
            DismantlingStrategy::Degree => attack(&task, None),
            DismantlingStrategy::CollectiveInfluence { radius } => attack(&task, Some(radius)),
            DismantlingStrategy::Betweenness => hba::attack(&task)?,
            DismantlingStrategy::CoreHd => core_hd(&task),
            DismantlingStrategy::Generalized => generalized::dismantled(&task),
        };
        let mut largest = curve(&csr, &nodes);
        truncate(&mut nodes, &mut largest, task.limit);
        if self.reinsertion {
            nodes = reinserted(&task, &nodes);
            largest = curve(&csr, &nodes);
            truncate(&mut nodes, &mut largest, task.limit);
        }
        Ok(Dismantled {
            reached: largest.last().is_none_or(|&size| size <= task.limit),
            cost: nodes.iter().map(|&u| task.costs[u as usize]).sum(),
            node_count: csr.node_count(),
            nodes,
            largest,
        })
    }

    fn task<'a>(&self, csr: &'a Csr) -> Result<Task<'a>> {
        let n = csr.node_count();
        if !(0.0..=1.0).contains(&self.target) {
            return Err(Error::usage(format!("`target` must lie in [0, 1], got {}", self.target)));
        }
        let costs = self.costs.clone().unwrap_or_else(|| vec![1.0; n]);
        let costly = |&cost: &f64| cost > 0.0 && cost.is_finite();
        if costs.len() != n || !costs.iter().all(costly) {
            return Err(Error::usage(format!(
                "`costs` must be one finite number above 0 for each of {n} nodes"
            )));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ x ≤ n")]
        let limit = ((self.target * n as f64) as usize).max(1);
        let forbidden = marked(csr, &self.forbidden)?;
        let allowed = forbidden.into_iter().map(|forbidden| !forbidden).collect();
        Ok(Task { csr, allowed, costs, limit, seed: self.seed })
    }
}

/// Leaves out the removals after the one that reaches the target.
fn truncate(nodes: &mut Vec<u32>, largest: &mut Vec<usize>, limit: usize) {
    if let Some(enough) = largest.iter().position(|&size| size <= limit) {
        nodes.truncate(enough);
        largest.truncate(enough + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(dismantling: &Dismantling) -> String {
        dismantling.run(&Csr::path(3)).unwrap_err().to_string()
    }

    #[test]
    fn options_out_of_range_are_refused() {
        for (target, shown) in [(-0.1, "-0.1"), (1.1, "1.1"), (f64::NAN, "NaN")] {
            let wanted = format!("`target` must lie in [0, 1], got {shown}");
            assert_eq!(said(&Dismantling { target, ..Dismantling::default() }), wanted);
        }
        let wanted = "`costs` must be one finite number above 0 for each of 3 nodes";
        for costs in [
            vec![1.0; 2],
            vec![1.0, 0.0, 1.0],
            vec![1.0, -1.0, 1.0],
            vec![1.0, f64::INFINITY, 1.0],
            vec![1.0, f64::NAN, 1.0],
        ] {
            assert_eq!(said(&Dismantling { costs: Some(costs), ..Dismantling::default() }), wanted);
        }
        let forbidden = Dismantling { forbidden: vec![3], ..Dismantling::default() };
        assert_eq!(said(&forbidden), "no node 3: the graph has 3 nodes");
    }

    #[test]
    fn the_limit_is_a_share_of_all_nodes_and_one_at_least() {
        let csr = Csr::path(200);
        let limit =
            |target| Dismantling { target, ..Dismantling::default() }.task(&csr).unwrap().limit;
        assert_eq!([0.0, 0.004, 0.01, 0.0149, 0.5, 1.0].map(limit), [1, 1, 2, 2, 100, 200]);
    }

    #[test]
    fn a_path_falls_apart_in_the_middle() {
        let costs = Some(vec![1.0, 1.0, 1.0, 3.0, 1.0, 1.0, 1.0]);
        let path = Csr::path(7);
        let target = 3.0 / 7.0 + 1e-9;
        let found = Dismantling { target, ..Dismantling::default() }.run(&path).unwrap();
        assert_eq!((&found.nodes, &found.largest), (&vec![3], &vec![7, 3]));
        assert!(found.reached && (found.cost - 1.0).abs() < 1e-12);
        assert_eq!(found.curve(), [1.0, 3.0 / 7.0]);
        assert!((found.robustness() - 3.0 / 49.0).abs() < 1e-12);
        let dear = Dismantling { target, costs, ..Dismantling::default() }.run(&path).unwrap();
        // Either of 2 and 4 would join four nodes if it came back, one too many.
        assert_eq!((&dear.nodes, &dear.largest), (&vec![2, 4], &vec![7, 4, 2]));
        assert!((dear.cost - 2.0).abs() < 1e-12);
    }

    #[test]
    fn what_may_not_be_removed_may_leave_the_target_out_of_reach() {
        let star = Csr::star(5);
        for strategy in [
            DismantlingStrategy::Degree,
            DismantlingStrategy::Betweenness,
            DismantlingStrategy::CoreHd,
            DismantlingStrategy::CollectiveInfluence { radius: 1 },
            DismantlingStrategy::Generalized,
        ] {
            let free = Dismantling { strategy, ..Dismantling::default() }.run(&star).unwrap();
            assert_eq!((free.nodes, free.reached), (vec![0], true), "{strategy:?}");
            let forbidden = vec![0, 1, 2, 3, 4];
            let none =
                Dismantling { strategy, forbidden, ..Dismantling::default() }.run(&star).unwrap();
            assert_eq!((none.nodes, none.largest), (vec![], vec![5]), "{strategy:?}");
            assert!(!none.reached && none.cost == 0.0);
        }
    }

    #[test]
    fn no_more_is_removed_than_needed() {
        let (mut nodes, mut largest) = (vec![4, 5, 6], vec![9, 3, 2, 1]);
        truncate(&mut nodes, &mut largest, 2);
        assert_eq!((&nodes, &largest), (&vec![4, 5], &vec![9, 3, 2]));
        truncate(&mut nodes, &mut largest, 1);
        assert_eq!((&nodes, &largest), (&vec![4, 5], &vec![9, 3, 2]));
    }

    #[test]
    fn a_graph_of_no_nodes_is_in_pieces() {
        let none = Dismantling::default().run(&Csr::path(0)).unwrap();
        assert!(none.reached && none.nodes.is_empty() && none.robustness() == 0.0);
    }
}
