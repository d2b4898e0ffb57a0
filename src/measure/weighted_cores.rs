//! How deep in the strong middle a node sits.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::reading::{check_not_negative, undirected};
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// What a node must have of ties to others in the core.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CoreOf {
    /// The sum of their weights (s-cores). This is the default.
    #[default]
    Strength,
    /// The root of their number times the sum of their weights: many ties and strong ones count alike (weighted k-shells).
    DegreeAndStrength,
}

/// Weighted cores: the largest `s` such that a node stays when all whose ties weigh less than `s` together go.
///
/// [`CoreNumbers`](super::CoreNumbers) by weight: a node of score `s` is in a group whose members each have ties of weight `s` or more within it. One tie of weight
/// 40 makes a core of two; `DegreeAndStrength` asks for ties as well. Without weights both are the core numbers. A directed graph is read as
/// undirected, weights of opposite edges added.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: that of the weights.
/// - **Cost**: `O(m log m)` time, `O(m)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: isolated nodes score 0. What is left of a node's strength is what it was less the ties that went, so scores may
///   differ from the sum in their last bits.
///
/// # Errors
///
/// If a weight is negative.
///
/// # Examples
///
/// A triangle of ties of 2 with a tail of 5: the tail is the strongest pair.
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::{Centrality, CoreOf, WeightedCores};
///
/// let edges = [(0, 1, 2.0), (1, 2, 2.0), (2, 0, 2.0), (2, 3, 5.0)];
/// let csr = Csr::new(4, &edges, Direction::Undirected);
/// assert_eq!(WeightedCores::default().scores(&csr)?, [4.0, 4.0, 5.0, 5.0]);
/// let both = WeightedCores { of: CoreOf::DegreeAndStrength }.scores(&csr)?;
/// assert!((both[0] - 8.0_f64.sqrt()).abs() < 1e-12 && (both[3] - 5.0_f64.sqrt()).abs() < 1e-12);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. Eidsaa, E. Almaas, "s-core network decomposition: a generalization of k-core analysis to weighted networks", Phys. Rev. E 88:062819, 2013, section II. For
/// `DegreeAndStrength`: A. Garas, F. Schweitzer, S. Havlin, "A k-shell decomposition method for weighted networks", New J. Phys. 14:083030, 2012, equation 1 with
/// `α = β = 1`, without rounding to whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WeightedCores {
    /// What is asked of a node. The sum of weights by default.
    pub of: CoreOf,
}

impl Centrality for WeightedCores {
    fn name(&self) -> &'static str {
        match self.of {
            CoreOf::Strength => "weighted_core",
            CoreOf::DegreeAndStrength => "weighted_shell",
        }
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        check_not_negative(csr, self.name())?;
        let csr = undirected(csr);
        let mut left: Vec<(usize, f64)> = csr.nodes().map(|u| ties(&csr, u)).collect();
        let mut score = vec![f64::NAN; left.len()];
        let mut open: BinaryHeap<_> =
            csr.nodes().map(|u| Reverse((Key(self.of(left[u as usize])), u))).collect();
        let mut core = 0.0_f64;
        while let Some(Reverse((Key(key), u))) = open.pop() {
            if !score[u as usize].is_nan() || key > self.of(left[u as usize]) {
                continue;
            }
            core = core.max(key);
            score[u as usize] = core;
            for (v, weight) in csr.edges_of(u).filter(|one| score[one.0 as usize].is_nan()) {
                let (count, total) = &mut left[v as usize];
                *count -= 1;
                *total = if *count == 0 { 0.0 } else { (*total - weight).max(0.0) };
                open.push(Reverse((Key(self.of(left[v as usize])), v)));
            }
        }
        Ok(Scores::new(score))
    }
}

impl WeightedCores {
    fn of(self, (count, strength): (usize, f64)) -> f64 {
        match self.of {
            CoreOf::Strength => strength,
            CoreOf::DegreeAndStrength => libm::sqrt(count as f64 * strength),
        }
    }
}

/// How many ties a node has, and what they weigh.
fn ties(csr: &Csr, u: u32) -> (usize, f64) {
    (csr.neighbors(u).len(), csr.edges_of(u).map(|(_, weight)| weight).sum())
}

/// A number that can be put in order.
struct Key(f64);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
