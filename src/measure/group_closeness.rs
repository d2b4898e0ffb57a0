//! Which few nodes are together near to all others.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use super::blocks::fold;
use super::hops::{LANES, Sweep};
use super::length::Paths;
use super::{Along, Length};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// Closeness of a group: how short the paths between its members and all others are, the nearest member counting.
///
/// The score of a group is that of closeness if the group were one node: with `r` others reached of `n - k`, and `d` the sum of their distances
/// by hops, `(r / d) (r / (n - k))`. The best single nodes are often near to the same others and so are no good group.
///
/// - **Shape**: one number for a given group, or a group of a given size, in the order in which its members were chosen.
/// - **Unit**: one over a number of hops, in `[0, 1]`.
/// - **Cost**: a given group `O(m)`; to choose, about `O(nm)` bit operations, 256 nodes at a time, however many are chosen. `O(n)` memory per
///   block of sources, 16 blocks at once.
/// - **Order**: the same on any number of threads; of nodes that are as good the one of the smallest number is chosen.
/// - **Edge cases**: a group that reaches nobody, or is all nodes, scores 0; a node that is not reached counts as `n` hops in the choice.
///
/// # Errors
///
/// If a group is empty, names a node twice or one that is not there, or more are to be chosen than there are.
///
/// # Examples
///
/// Of two stars whose hubs are tied the hubs together are next to everybody:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::GroupCloseness;
///
/// let pairs = [(0, 1), (0, 2), (0, 3), (4, 5), (4, 6), (0, 4)];
/// let csr = Csr::unweighted(7, &pairs, Direction::Undirected);
/// let group = GroupCloseness::default().best(&csr, 2)?;
/// assert_eq!(group, [0, 4]);
/// assert_eq!(GroupCloseness::default().score(&csr, &group)?, 1.0);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. G. Everett, S. P. Borgatti, "The centrality of groups and classes", J. Math. Sociol. 23(3):181-201, 1999. The choice is greedy: each
/// member is the one that shortens the sum of distances most. What is saved is submodular, so it is at least `1 - 1/e` of the
/// greatest (G. L. Nemhauser, L. A. Wolsey, M. L. Fisher, Math. Program. 14:265-294, 1978), and old gains bound new ones (M. Minoux,
/// Lect. Notes Control Inf. Sci. 7:234-243, 1978).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupCloseness {
    /// Which way paths run in a directed graph: to the group, or from it. To it by default.
    pub along: Along,
}

impl GroupCloseness {
    /// How near the nodes of `group` together are to all others.
    ///
    /// # Errors
    ///
    /// If the group is empty, or names a node twice or one that is not there.
    pub fn score(&self, csr: &Csr, group: &[u32]) -> Result<f64> {
        check_group(csr, group)?;
        let paths = Paths::new(csr, Length::Hops, self.along)?;
        let mut near = Near::new(csr.node_count());
        for &u in group {
            near.join(&paths, u);
        }
        let others = (csr.node_count() - group.len()) as f64;
        let reached = || near.hops.iter().filter(|&&hops| hops > 0 && hops < near.none);
        let count = reached().count() as f64;
        let sum: f64 = reached().map(|&hops| f64::from(hops)).sum();
        Ok(if count > 0.0 { count / sum * (count / others) } else { 0.0 })
    }

    /// The nodes that are near to all others together, the best first, then whoever adds most.
    ///
    /// # Errors
    ///
    /// If more are to be chosen than there are.
    pub fn best(&self, csr: &Csr, size: usize) -> Result<Vec<u32>> {
        check_size(csr, size)?;
        let paths = Paths::new(csr, Length::Hops, self.along)?;
        let mut near = Near::new(csr.node_count());
        let mut group: Vec<u32> = Vec::new();
        let mut waiting = BinaryHeap::new();
        while group.len() < size {
            if group.len() < 2 {
                // The gains of the first round say little of the second, so all are found anew.
                let gains = near.gains(&paths);
                waiting =
                    csr.nodes().map(|u| (gains[u as usize], Reverse(u), group.len())).collect();
            }
            let Some((_, Reverse(u), round)) = waiting.pop() else { break };
            if round == group.len() {
                near.join(&paths, u);
                group.push(u);
            } else {
                waiting.push((near.gain(&paths, u), Reverse(u), group.len()));
            }
        }
        Ok(group)
    }
}

/// How far each node is from a group.
struct Near {
    hops: Vec<u32>,
    /// What stands for no path.
    none: u32,
    queue: Vec<(u32, u32)>,
    /// The nodes of the queue.
    queued: Vec<bool>,
}

impl Near {
    fn new(node_count: usize) -> Self {
        let none = u32::try_from(node_count).expect("nodes are numbered by 32 bits").max(1);
        Self {
            hops: vec![none; node_count],
            none,
            queue: Vec::new(),
            queued: vec![false; node_count],
        }
    }

    /// Takes a node into the group.
    fn join(&mut self, paths: &Paths<'_>, u: u32) {
        self.nearer(paths, u);
        for (v, hops) in self.queue.drain(..) {
            self.hops[v as usize] = hops;
        }
    }

    /// By how much a node would shorten the sum of distances.
    fn gain(&mut self, paths: &Paths<'_>, u: u32) -> u64 {
        self.nearer(paths, u);
        let saved = |(v, hops): (u32, u32)| u64::from(self.hops[v as usize] - hops);
        self.queue.drain(..).map(saved).sum()
    }

    /// Queues the nodes that `u` is nearer to than the group is. Those on the way to one are among them.
    fn nearer(&mut self, paths: &Paths<'_>, u: u32) {
        if self.hops[u as usize] == 0 {
            return;
        }
        self.queue.push((u, 0));
        self.queued[u as usize] = true;
        let mut head = 0;
        while let Some(&(v, hops)) = self.queue.get(head) {
            head += 1;
            for &w in paths.next(v) {
                if hops + 1 < self.hops[w as usize] && !self.queued[w as usize] {
                    self.queued[w as usize] = true;
                    self.queue.push((w, hops + 1));
                }
            }
        }
        for &(v, _) in &self.queue {
            self.queued[v as usize] = false;
        }
    }

    /// The gain of every node. Walks start from those that can be nearer to it, and add up where they come by; those as far from the
    /// group walk together and stop short of that distance.
    fn gains(&self, paths: &Paths<'_>) -> Vec<u64> {
        let n = self.hops.len();
        let mut nodes: Vec<u32> = (0..).take(n).filter(|&u| self.hops[u as usize] > 0).collect();
        nodes.sort_by_key(|&u| self.hops[u as usize]);
        let groups: Vec<&[u32]> = nodes
            .chunk_by(|&u, &v| self.hops[u as usize] == self.hops[v as usize])
            .flat_map(|alike| alike.chunks(LANES))
            .collect();
        let back = paths.reversed();
        let sums = fold(
            groups.len(),
            n,
            || Sweep::new(n),
            |sweep, block, row| {
                for group in &groups[block] {
                    let far = self.hops[group[0] as usize];
                    for &u in *group {
                        row[u as usize] += f64::from(far);
                    }
                    // Ends where nothing more is saved; that it does is no failure.
                    let _ = sweep.run(&back, group.iter().copied(), |level, v, lanes| {
                        if level >= far {
                            return ControlFlow::Break(());
                        }
                        row[v as usize] += f64::from(lanes.count()) * f64::from(far - level);
                        ControlFlow::Continue(())
                    });
                }
            },
        );
        sums.into_iter().map(whole).collect()
    }
}

/// A sum of whole numbers that a float holds exactly.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(sum: f64) -> u64 {
    sum as u64
}

/// Fails if a group is empty, or names a node twice or one that is not there.
pub(super) fn check_group(csr: &Csr, group: &[u32]) -> Result<()> {
    if group.is_empty() {
        return Err(Error::usage("a group has at least one node"));
    }
    let mut named = vec![false; csr.node_count()];
    for &u in group {
        let n = csr.node_count();
        let Some(named) = named.get_mut(u as usize) else {
            return Err(Error::usage(format!("no node {u}: the graph has {n} nodes")));
        };
        if std::mem::replace(named, true) {
            return Err(Error::usage(format!("node {u} is named twice")));
        }
    }
    Ok(())
}

/// Fails if a group of that size cannot be chosen.
pub(super) fn check_size(csr: &Csr, size: usize) -> Result<()> {
    let n = csr.node_count();
    if size == 0 || size > n {
        return Err(Error::usage(format!("a group of {size} cannot be chosen of {n} nodes")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    fn paths(csr: &Csr) -> Paths<'_> {
        Paths::new(csr, Length::Hops, Along::Outgoing).unwrap()
    }

    #[test]
    fn who_joins_brings_others_nearer() {
        let csr = Csr::path(6);
        let paths = paths(&csr);
        let mut near = Near::new(6);
        // From nobody all are six off. An end is 15 off from all, its neighbor 11, the third 9.
        assert_eq!([0, 1, 2, 3].map(|u| near.gain(&paths, u)), [21, 25, 27, 27]);
        assert_eq!(near.gains(&paths), [21, 25, 27, 27, 25, 21]);
        near.join(&paths, 1);
        assert_eq!(near.hops, [1, 0, 1, 2, 3, 4]);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|u| near.gain(&paths, u)), [1, 0, 4, 6, 7, 6]);
        assert_eq!(near.gains(&paths), [1, 0, 4, 6, 7, 6]);
        near.join(&paths, 4);
        assert_eq!(near.hops, [1, 0, 1, 1, 0, 1]);
        assert!(near.queue.is_empty() && !near.queued.contains(&true));
    }

    #[test]
    fn a_score_is_the_reached_over_their_distances_times_their_share() {
        let csr = Csr::unweighted(6, &[(0, 1), (1, 2), (2, 3)], Direction::Directed);
        let by = |along, group: &[u32]| {
            let measure = GroupCloseness { along };
            measure.score(&csr, group).unwrap()
        };
        for (along, group, want) in [
            // From 0 three of five others at 1, 2 and 3; from 0 and 2 two of four at 1.
            (Along::Outgoing, &[0][..], 3.0 / 6.0 * 3.0 / 5.0),
            (Along::Outgoing, &[0, 2], 2.0 / 2.0 * 2.0 / 4.0),
            (Along::Incoming, &[0], 0.0),
            (Along::Incoming, &[3, 5], 3.0 / 6.0 * 3.0 / 4.0),
        ] {
            let got = by(along, group);
            assert!((got - want).abs() < 1e-12, "{along:?} {group:?}: {got}");
        }
    }

    #[test]
    fn the_best_are_chosen_one_after_the_other() {
        let csr = Csr::path(7);
        let best = |size| GroupCloseness { along: Along::Outgoing }.best(&csr, size).unwrap();
        assert_eq!(best(1), [3]);
        // Beside the middle an end brings itself nearer by 3 and its neighbor by 1, and so do these by 2 and 2.
        assert_eq!(best(2), [3, 0]);
        assert_eq!(best(3), [3, 0, 5]);
        assert_eq!(best(7).len(), 7);
    }

    #[test]
    fn groups_that_are_none_are_refused() {
        let csr = Csr::path(3);
        let group =
            |group: &[u32]| check_group(&csr, group).map_err(|error| error.to_string()).err();
        assert_eq!(group(&[]).as_deref(), Some("a group has at least one node"));
        assert_eq!(group(&[0, 3]).as_deref(), Some("no node 3: the graph has 3 nodes"));
        assert_eq!(group(&[1, 0, 1]).as_deref(), Some("node 1 is named twice"));
        assert_eq!(group(&[2, 0, 1]), None);
        for (size, good) in [(0, false), (1, true), (3, true), (4, false)] {
            assert_eq!(check_size(&csr, size).is_ok(), good, "{size}");
        }
        let error = check_size(&csr, 4).unwrap_err().to_string();
        assert_eq!(error, "a group of 4 cannot be chosen of 3 nodes");
    }
}
