//! How near a node of a two-mode graph is, compared with the nearest that its side allows.

use super::components::joined;
use super::distance_sums::distance_sums;
use super::length::Paths;
use super::reading::undirected;
use super::two_sides::check_sides;
use super::{Along, Length, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Closeness in a two-mode graph: the least sum of distances that a node of its side can have, over its own.
///
/// Nobody is nearer than one step to the other side and two to his own, so the least is `r + 2 (s - 1)`, for `s` nodes on his own side and `r` on the
/// other. [`Closeness`](super::Closeness) would compare with one step to all, which nobody reaches. Distances are counted by hops.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: a share, in `[0, 1]`.
/// - **Cost**: that of [`Closeness`](super::Closeness).
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: where no path joins a node to some, the score is of those it reaches, times the share of the others that they are, as Wasserman and
///   Faust have it; an isolated node scores 0. Weights and directions do not count.
///
/// # Examples
///
/// Three women and the two events between them, in a row; the middle one was at both:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::TwoModeCloseness;
///
/// let scores = TwoModeCloseness.scores(&Csr::path(5), &[true, false, true, false, true])?;
/// assert_eq!(scores[2], 1.0, "one step to both events, two to both other women");
/// assert_eq!(scores[0], 6.0 / 10.0);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// S. P. Borgatti, M. G. Everett, "Network analysis of 2-mode data", Social Networks 19(3):243-269, 1997, the section on closeness: `n_i` there is `s` here and
/// `n_o` is `r`. Where some are not reached, networkx takes the least over all nodes, which lets scores
/// exceed 1; here it is that of the component.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TwoModeCloseness;

impl TwoModeCloseness {
    /// The score of each node, where `left` says which side it is on.
    ///
    /// # Errors
    ///
    /// If `left` is not as long as the graph has nodes, or an edge joins two nodes of one side.
    pub fn scores(&self, csr: &Csr, left: &[bool]) -> Result<Scores> {
        let flat = undirected(csr);
        check_sides(&flat, left, "two_mode_closeness")?;
        let paths = Paths::new(&flat, Length::Hops, Along::Incoming)?;
        let all_others = csr.node_count() as f64 - 1.0;
        let score = |((reached, sum), least): ((f64, f64), f64)| {
            if reached < 1.0 { 0.0 } else { least / sum * (reached / all_others) }
        };
        let sums = distance_sums(&paths, |distance| distance);
        Ok(Scores::new(sums.into_iter().zip(least_sums(&flat, left)).map(score).collect()))
    }
}

/// By node, the least sum of distances to the nodes of its component that its side allows.
fn least_sums(csr: &Csr, left: &[bool]) -> Vec<f64> {
    let root = joined(csr, |_, _| true);
    let mut counts = vec![[0_u32; 2]; root.len()];
    for (&root, &is_left) in root.iter().zip(left) {
        counts[root as usize][usize::from(is_left)] += 1;
    }
    let least = |(&root, &is_left): (&u32, &bool)| {
        let own = f64::from(counts[root as usize][usize::from(is_left)]);
        let other = f64::from(counts[root as usize][usize::from(!is_left)]);
        other + 2.0 * (own - 1.0)
    };
    root.iter().zip(left).map(least).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn the_least_sum_is_one_step_to_the_other_side_and_two_to_the_own() {
        // Three of one side and two of the other in a row; a pair; and one alone.
        let pairs = [(0, 1), (1, 2), (2, 3), (3, 4), (5, 6)];
        let csr = Csr::unweighted(8, &pairs, Direction::Undirected);
        let sides = [true, false, true, false, true, false, true, true];
        let close = |got: f64, want: f64| (got - want).abs() < 1e-12;
        let least = least_sums(&csr, &sides);
        let want = [6.0, 5.0, 6.0, 5.0, 6.0, 1.0, 1.0, 0.0];
        assert!(least.iter().zip(want).all(|(&got, want)| close(got, want)), "{least:?}");
        // Four of seven others are reached in a row, one in a pair, none alone.
        let scores = TwoModeCloseness.scores(&csr, &sides).unwrap();
        let of = |share: f64, reached: f64| share * reached / 7.0;
        let want = [
            of(0.6, 4.0),
            of(5.0 / 7.0, 4.0),
            of(1.0, 4.0),
            of(5.0 / 7.0, 4.0),
            of(0.6, 4.0),
            of(1.0, 1.0),
            of(1.0, 1.0),
            0.0,
        ];
        assert!(scores.iter().zip(want).all(|(&got, want)| close(got, want)), "{scores:?}");
    }
}
