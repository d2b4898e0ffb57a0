//! Which few nodes together hold a graph together, or reach most of it.

use std::borrow::Cow;

use super::cohesion::{Cohesion, marked};
use super::cut_sweep::CutSweep;
use super::key_reaching::reached;
use super::reading::undirected;
use super::{key_cutting, key_lengthening, key_reaching};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// What the best set of nodes is to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KeyGoal {
    /// Its removal leaves as few pairs joined as can be: fragmentation `F` of what is left. This is the default.
    #[default]
    Fragment,
    /// Its removal leaves others as far apart as can be: distance-weighted fragmentation `D_F` of what is left.
    Lengthen,
    /// It has as many nodes as can be within so many steps, itself among them: `m`-reach, in nodes.
    Reach {
        /// The most steps.
        steps: u32,
    },
    /// It is as near to all as can be: distance-weighted reach `D_R`, a share in `[0, 1]`.
    Nearness,
}

impl KeyGoal {
    /// What a set is worth by this goal.
    ///
    /// # Errors
    ///
    /// If one of `set` is no node of the graph.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::graph::Csr;
    /// use kluwen::measure::KeyGoal;
    ///
    /// let path = Csr::path(5);
    /// assert_eq!(KeyGoal::Fragment.value(&path, &[2])?, 1.0 - 2.0 / 6.0, "two of six pairs are left");
    /// assert_eq!(KeyGoal::Reach { steps: 1 }.value(&path, &[2])?, 3.0);
    /// assert_eq!(KeyGoal::Nearness.value(&path, &[1, 3])?, 1.0, "all others are next to one of them");
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn value(self, csr: &Csr, set: &[u32]) -> Result<f64> {
        match self {
            Self::Fragment => fragmentation(csr, set),
            Self::Lengthen => Ok(Cohesion::without(csr, set)?.distance_fragmentation()),
            Self::Reach { .. } | Self::Nearness => {
                marked(csr, set)?;
                Ok(self.share(csr, reached(csr, self, set)))
            }
        }
    }

    /// What it is worth to a set that the nearest of it is so many steps away.
    pub(super) fn worth(self, distance: u32) -> f64 {
        match self {
            Self::Reach { steps } => f64::from(u8::from(distance <= steps)),
            _ => 1.0 / f64::from(distance.max(1)),
        }
    }

    /// The sum of what all nodes are worth, in the unit of the goal.
    fn share(self, csr: &Csr, sum: f64) -> f64 {
        if self == Self::Nearness { sum / csr.node_count().max(1) as f64 } else { sum }
    }
}

/// How the best set is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KeySearch {
    /// Exactly for sets of up to three in graphs of up to 1,000 nodes, as far as the effort goes; greedily beyond. This is the
    /// default.
    #[default]
    Auto,
    /// Exactly, or not at all.
    Exact,
    /// Greedily: one after the other, then exchanges as long as one helps.
    Greedy,
}

/// The fragmentation of [`Cohesion`], in one sweep and not by the distances of all pairs.
fn fragmentation(csr: &Csr, set: &[u32]) -> Result<f64> {
    let gone = marked(csr, set)?;
    let left = gone.iter().filter(|&&gone| !gone).count() as f64;
    let joined = CutSweep::new(csr.node_count()).run(&undirected(csr), &gone);
    Ok(1.0 - joined as f64 / (left * (left - 1.0) / 2.0).max(1.0))
}

/// The key players of a graph: the set of so many nodes that together do most.
///
/// The best set is not that of the best nodes: two who stand between the same groups are worth little more than one. By
/// [`KeyGoal`] it is the set whose removal does most harm to the cohesion of the graph (`KPP-Neg`), or the set from which most of
/// it is reached (`KPP-Pos`). It is about the structure of the records, not a forecast of what those who are left will do.
///
/// - **Shape**: a set of nodes, in node order, with its value and whether it is proven that none is better.
/// - **Unit**: that of the goal.
/// - **Cost**: exactly, `Fragment` takes a sweep of `O(n + m)` for each set of `size - 1` nodes that no other node dominates;
///   the others are branch and bound, which may end with the `effort`. Greedily `Fragment` takes
///   `O(size (n + m))` a round of exchanges, `Lengthen` `O(size n m)`, `Reach` and `Nearness` `O(size n (n + m))` at worst.
/// - **Order**: the same to the bit for any number of threads. Of several best sets it is one, the same each time.
/// - **Edge cases**: a directed graph is read as undirected by `Fragment` and `Lengthen`, while `Reach` and `Nearness` walk along
///   outgoing edges; weights do not count. The empty set has the value of the whole graph, or reaches nothing.
///
/// # Errors
///
/// If fewer than `size` nodes are allowed, a forbidden one is no node of the graph, or `steps` is 0;
/// [`ErrorKind::Limit`](crate::ErrorKind::Limit) if an exact search was asked for and the effort does not suffice.
///
/// # Examples
///
/// In a ring, two that stand opposite each other part most:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::KeyPlayers;
///
/// let found = KeyPlayers { size: 2, ..KeyPlayers::default() }.find(&Csr::cycle(6))?;
/// assert_eq!(found.nodes, [0, 3]);
/// assert!(found.proven && (found.value - 4.0 / 6.0).abs() < 1e-12);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// S. P. Borgatti, "Identifying sets of key players in a social network", Comput. Math. Organ. Theory 12:21-34, 2006:
/// `F`, `D_F` (sections 3.1), `R`, `D_R` (3.2) and the greedy exchange (4). His search starts at random, ours at the greedy
/// set. `K` there is the set, `d_Kj` the distance from the nearest of it, 1 for its own nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPlayers {
    /// What the set is to do. To fragment by default.
    pub goal: KeyGoal,
    /// How many nodes it has. 1 by default.
    pub size: usize,
    /// How it is looked for.
    pub search: KeySearch,
    /// How many steps along edges an exact search, or the exchanges of a greedy one, may take, about. 6e9 by default.
    pub effort: u64,
    /// Nodes that may not be in the set.
    pub forbidden: Vec<u32>,
}

impl Default for KeyPlayers {
    fn default() -> Self {
        Self {
            goal: KeyGoal::default(),
            size: 1,
            search: KeySearch::default(),
            effort: 6_000_000_000,
            forbidden: Vec::new(),
        }
    }
}

/// A set of key players.
#[derive(Clone, Debug, PartialEq)]
pub struct KeySet {
    /// The nodes, in order.
    pub nodes: Vec<u32>,
    /// What they are worth by the goal.
    pub value: f64,
    /// Whether it is proven that no set of as many is better.
    pub proven: bool,
}

/// A set that was found, and whether it is proven to be best.
pub(super) struct Found {
    pub(super) nodes: Vec<u32>,
    pub(super) proven: bool,
}

/// What is looked for, in which graph.
pub(super) struct Quest<'a> {
    pub(super) csr: &'a Csr,
    pub(super) goal: KeyGoal,
    pub(super) size: usize,
    pub(super) allowed: Vec<bool>,
    pub(super) effort: u64,
    /// Whether an exact search follows the greedy one.
    pub(super) exact: bool,
}

impl KeyPlayers {
    /// The set of nodes that does most.
    ///
    /// # Errors
    ///
    /// See [`KeyPlayers`].
    pub fn find(&self, csr: &Csr) -> Result<KeySet> {
        let allowed = self.allowed(csr)?;
        let graph = match self.goal {
            KeyGoal::Fragment | KeyGoal::Lengthen => undirected(csr),
            KeyGoal::Reach { .. } | KeyGoal::Nearness => Cow::Borrowed(csr),
        };
        let (goal, size, effort) = (self.goal, self.size, self.effort);
        let quest = Quest { csr: &graph, goal, size, allowed, effort, exact: self.is_exact(csr) };
        let mut found = match self.goal {
            _ if size == 0 => Found { nodes: Vec::new(), proven: true },
            KeyGoal::Fragment => key_cutting::find(&quest),
            KeyGoal::Lengthen => key_lengthening::find(&quest),
            KeyGoal::Reach { .. } | KeyGoal::Nearness => key_reaching::find(&quest)?,
        };
        if self.search == KeySearch::Exact && !found.proven {
            return Err(Error::limit(
                format!("the exact search for {size} key players took {effort} steps"),
                "raise `effort`, or search greedily",
            ));
        }
        found.nodes.sort_unstable();
        let value = self.goal.value(csr, &found.nodes)?;
        Ok(KeySet { nodes: found.nodes, value, proven: found.proven })
    }

    fn allowed(&self, csr: &Csr) -> Result<Vec<bool>> {
        if self.goal == (KeyGoal::Reach { steps: 0 }) {
            return Err(Error::usage("`steps` must be 1 or more"));
        }
        let forbidden = marked(csr, &self.forbidden)?;
        let allowed: Vec<bool> = forbidden.into_iter().map(|forbidden| !forbidden).collect();
        let count = allowed.iter().filter(|&&allowed| allowed).count();
        if count < self.size {
            return Err(Error::usage(format!(
                "`size` is {}, but only {count} nodes are allowed",
                self.size
            )));
        }
        Ok(allowed)
    }

    fn is_exact(&self, csr: &Csr) -> bool {
        match self.search {
            KeySearch::Auto => self.size <= 3 && csr.node_count() <= 1000,
            KeySearch::Exact => true,
            KeySearch::Greedy => false,
        }
    }
}
