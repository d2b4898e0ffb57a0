//! Which few nodes together sit on the shortest paths between others.

use rayon::prelude::*;

use super::approximate_betweenness::two_of;
use super::betweenness_sums::{group_size, side_by_side};
use super::blocks::fold;
use super::brandes_batch::Batch;
use super::group_closeness::{check_group, check_size};
use super::hops::Sweep;
use super::length::Paths;
use super::levels::Levels;
use super::two_sided::TwoSided;
use super::{Along, Length};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::random::Random;

/// How many draws one thread makes before it takes more.
const DRAWS: u64 = 256;

/// The most nodes of drawn paths that are kept.
const MOST: usize = 1 << 27;

/// Betweenness of a group: on how many shortest paths between others at least one of its members sits.
///
/// The score of a given group is exact: the sum, over pairs of nodes outside it, of the share of shortest paths by hops that pass through a
/// member. To choose a group, paths between pairs of all nodes are drawn at random, and members are chosen one after
/// the other so that each is on most of those on which no other is yet. With a probability of `1 - failure` the share of pairs that
/// a group takes between its members and others is, for every group of that size at once, within `error` of its share of the draws; so
/// what is found has at least `1 - 1/e` of the greatest share, less two errors. The draws also count pairs of which an end is in the group, if
/// another member lies between: of `n` nodes at most `2k / n` of all.
///
/// - **Shape**: one number for a given group, or a group of a given size, in the order in which its members were chosen.
/// - **Unit**: pairs of nodes; with `normalized`, the share of all pairs outside the group, in `[0, 1]`.
/// - **Cost**: a given group `O(nm)`, eight sources at a time; to choose, `(k ln n + ln(2 / failure)) / (2 error²)` draws.
/// - **Order**: the same to the bit for a seed, on any number of threads; of nodes that are as good the one of the smallest number.
/// - **Edge cases**: a group that leaves fewer than two others scores 0.
///
/// # Errors
///
/// If a group is empty, names a node twice or one that is not there; if more are to be chosen than there are; if `error` or `failure` does not lie
/// between 0 and 1; if there are more than 1e290 shortest paths between two nodes, or drawn paths take more than half a gibibyte.
///
/// # Examples
///
/// Between the ends of a path of four always sits one of the middle two:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::GroupBetweenness;
///
/// let measure = GroupBetweenness::default();
/// assert_eq!(measure.score(&Csr::path(4), &[1, 2])?, 1.0);
/// assert_eq!(measure.best(&Csr::star(5), 1)?, [0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. G. Everett, S. P. Borgatti, "The centrality of groups and classes", J. Math. Sociol. 23(3):181-201, 1999. For the choice
/// Y. Yoshida, "Almost linear-time algorithms for adaptive betweenness centrality using hypergraph sketches", KDD 2014; A. Mahmoody, C. E.
/// Tsourakakis, E. Upfal, "Scalable betweenness centrality maximization via sampling", KDD 2016, with the union bound of Hoeffding's
/// inequality over all groups of the size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupBetweenness {
    /// Divide by the number of pairs outside the group. Off by default.
    pub normalized: bool,
    /// How far a group's share of the draws may be from its share of pairs. 0.05 by default.
    pub error: f64,
    /// The probability that it is farther for some group. 0.1 by default.
    pub failure: f64,
    /// What the random choices come from. 0 by default.
    pub seed: u64,
}

impl Default for GroupBetweenness {
    fn default() -> Self {
        Self { normalized: false, error: 0.05, failure: 0.1, seed: 0 }
    }
}

impl GroupBetweenness {
    /// On how many shortest paths between others at least one of `group` sits.
    ///
    /// # Errors
    ///
    /// If the group is empty, names a node twice or one that is not there, or there are more than 1e290 paths between two nodes.
    pub fn score(&self, csr: &Csr, group: &[u32]) -> Result<f64> {
        check_group(csr, group)?;
        let sum = passed(csr, group)?;
        let others = (csr.node_count() - group.len()) as f64;
        Ok(match (self.normalized, csr.is_directed()) {
            (true, _) => sum / (others * (others - 1.0)).max(1.0),
            (false, true) => sum,
            (false, false) => sum / 2.0,
        })
    }

    /// The nodes that together sit on most shortest paths, the best first, then whoever adds most.
    ///
    /// # Errors
    ///
    /// If more are to be chosen than there are, an option is out of its range, or the drawn paths take too much room.
    pub fn best(&self, csr: &Csr, size: usize) -> Result<Vec<u32>> {
        check_size(csr, size)?;
        for (name, value) in [("error", self.error), ("failure", self.failure)] {
            if !(value > 0.0 && value < 1.0) {
                return Err(Error::usage(format!("`{name}` must lie between 0 and 1")));
            }
        }
        Ok(cover(csr.node_count(), &self.drawn(csr, size)?, size))
    }

    /// As many paths, without their ends, as the error asks for.
    fn drawn(&self, csr: &Csr, size: usize) -> Result<Vec<Drawn>> {
        let n = csr.node_count();
        if n < 2 {
            return Ok(Vec::new());
        }
        let paths = Paths::new(csr, Length::Hops, Along::Outgoing)?;
        let evidence = size as f64 * libm::log(n as f64) + libm::log(2.0 / self.failure);
        let draws = draws(evidence / (2.0 * self.error * self.error)).ok_or_else(too_long)?;
        let (mut all, mut kept) = (Vec::new(), 0);
        let parts = draws.div_ceil(DRAWS);
        // In waves, so that long paths are noticed before they fill the memory.
        for wave in (0..parts).step_by(64) {
            let wave = wave..(wave + 64).min(parts);
            let some: Vec<Drawn> = wave
                .into_par_iter()
                .map_init(
                    || TwoSided::new(paths),
                    |room, part| self.part(room, n, part * DRAWS..((part + 1) * DRAWS).min(draws)),
                )
                .collect();
            kept += some.iter().map(|part| part.nodes.len()).sum::<usize>();
            if kept > MOST {
                return Err(too_long());
            }
            all.extend(some);
        }
        Ok(all)
    }

    fn part(&self, room: &mut TwoSided<'_>, n: usize, draws: std::ops::Range<u64>) -> Drawn {
        let mut drawn = Drawn::default();
        for draw in draws {
            let mut random = Random::new(self.seed, draw);
            let ends = two_of(n, &mut random);
            room.draw(ends, &mut random, |v| drawn.nodes.push(v));
            drawn.ends.push(drawn.nodes.len());
        }
        drawn
    }
}

/// Some drawn paths, one after the other.
#[derive(Default)]
struct Drawn {
    nodes: Vec<u32>,
    ends: Vec<usize>,
}

impl Drawn {
    fn paths(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.nodes[start..end])
    }
}

fn too_long() -> Error {
    Error::limit("paths are too many or too long to be kept", "raise `error`")
}

/// A number of draws; none where it is more than can be kept.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and MOST
fn draws(number: f64) -> Option<u64> {
    (number <= MOST as f64).then(|| number.ceil() as u64)
}

/// Chooses nodes one after the other, each on most of the paths on which no other is yet.
fn cover(node_count: usize, drawn: &[Drawn], size: usize) -> Vec<u32> {
    let paths: Vec<&[u32]> = drawn.iter().flat_map(Drawn::paths).collect();
    let mut through: Vec<Vec<u32>> = vec![Vec::new(); node_count];
    for (path, nodes) in (0_u32..).zip(&paths) {
        nodes.iter().for_each(|&v| through[v as usize].push(path));
    }
    let mut open: Vec<usize> = through.iter().map(Vec::len).collect();
    let mut covered = vec![false; paths.len()];
    let mut chosen = vec![false; node_count];
    let mut group = Vec::new();
    while group.len() < size {
        let left = (0..node_count).filter(|&v| !chosen[v]);
        let Some(best) = left.max_by_key(|&v| (open[v], std::cmp::Reverse(v))) else { break };
        chosen[best] = true;
        group.push(u32::try_from(best).expect("nodes are numbered by 32 bits"));
        for &path in &through[best] {
            if !std::mem::replace(&mut covered[path as usize], true) {
                paths[path as usize].iter().for_each(|&v| open[v as usize] -= 1);
            }
        }
    }
    group
}

/// The sum over ordered pairs of nodes outside the group of the share of shortest paths through it.
fn passed(csr: &Csr, group: &[u32]) -> Result<f64> {
    let paths = Paths::new(csr, Length::Hops, Along::Outgoing)?;
    let n = csr.node_count();
    let mut member = vec![false; n];
    for &u in group {
        member[u as usize] = true;
    }
    let mut sources = side_by_side(csr);
    sources.retain(|&u| !member[u as usize]);
    let room = || (Sweep::new(n), Levels::default(), [Batch::new(n), Batch::new(n)]);
    let groups: Vec<&[u32]> = sources.chunks(group_size(sources.len())).collect();
    let sums = fold(groups.len(), 2, room, |(sweep, levels, [all, around]), block, row| {
        for group in &groups[block] {
            levels.batches(sweep, &paths, group, |sources, eight| {
                match all.passed(&paths, (sources, eight), around, &member) {
                    Some(sum) => row[0] += sum,
                    None => row[1] += 1.0,
                }
            });
        }
    });
    if sums[1] > 0.0 {
        return Err(Error::limit(
            "there are more than 1e290 shortest paths between two nodes",
            "leave out part of the graph",
        ));
    }
    Ok(sums[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    fn drawn(paths: &[&[u32]]) -> Drawn {
        let mut drawn = Drawn::default();
        for path in paths {
            drawn.nodes.extend_from_slice(path);
            drawn.ends.push(drawn.nodes.len());
        }
        drawn
    }

    #[test]
    fn as_many_paths_are_drawn_as_the_error_asks_for() {
        // (size ln n + ln 4) / (2 error²): three times ln 2 for one of two nodes, six times for two of four.
        for (n, size, error, want) in [
            (2, 1, 0.5, 5),
            (4, 2, 0.5, 9),
            (2, 1, 0.05, 416),
            (2, 1, 0.005, 41_589),
            (1, 1, 0.5, 0),
            (0, 0, 0.5, 0),
        ] {
            let options = GroupBetweenness { error, failure: 0.5, ..GroupBetweenness::default() };
            let parts = options.drawn(&Csr::path(n), size).unwrap();
            let count: usize = parts.iter().map(|part| part.ends.len()).sum();
            assert_eq!(count, want, "{n} {size} {error}");
            assert!(parts.iter().all(|part| part.ends.len() <= 256), "{n} {size} {error}");
        }
    }

    #[test]
    fn drawn_paths_are_without_their_ends() {
        let options = GroupBetweenness { error: 0.1, ..GroupBetweenness::default() };
        let parts = options.drawn(&Csr::path(3), 1).unwrap();
        let paths: Vec<&[u32]> = parts.iter().flat_map(Drawn::paths).collect();
        let through = paths.iter().filter(|path| ***path == [1]).count();
        assert!(paths.iter().all(|path| path.is_empty() || *path == [1]));
        // One pair in three has the middle between its ends.
        assert!((0.25..0.42).contains(&(through as f64 / paths.len() as f64)), "{through}");
    }

    #[test]
    fn more_draws_than_can_be_kept_are_none() {
        assert_eq!(draws(0.0), Some(0));
        assert_eq!(draws(4.2), Some(5));
        assert_eq!(draws(134_217_728.0), Some(134_217_728));
        assert_eq!(draws(134_217_728.5), None);
        let options = GroupBetweenness { error: 1e-5, ..GroupBetweenness::default() };
        let error = options.best(&Csr::path(2), 1).unwrap_err().to_string();
        assert!(error.contains("too many or too long") && error.contains("`error`"), "{error}");
    }

    #[test]
    fn who_adds_most_is_chosen_next() {
        let parts = [drawn(&[&[1, 2], &[], &[1, 2], &[2, 3]]), drawn(&[&[1], &[4, 3], &[4]])];
        // 1 and 2 are on three paths each; after 1 there is one left with 2, and two each with 3 and 4.
        for (size, want) in [
            (0, &[][..]),
            (1, &[1]),
            (2, &[1, 3]),
            (3, &[1, 3, 4]),
            (5, &[1, 3, 4, 0, 2]),
            (7, &[1, 3, 4, 0, 2]),
        ] {
            assert_eq!(cover(5, &parts, size), want, "{size}");
        }
    }

    #[test]
    fn a_group_takes_the_pairs_between_which_one_of_it_lies() {
        let by = |csr: &Csr, group: &[u32]| {
            [false, true].map(|normalized| {
                let measure = GroupBetweenness { normalized, ..GroupBetweenness::default() };
                measure.score(csr, group).unwrap()
            })
        };
        let one_way = Csr::unweighted(4, &[(0, 1), (1, 2), (2, 3)], Direction::Directed);
        for (csr, group, want) in [
            // Of 0, 2, 3 and 4 the pairs with 0 pass through 1, of six.
            (&Csr::path(5), &[1][..], [3.0, 0.5]),
            (&Csr::path(5), &[1, 3], [3.0, 1.0]),
            (&Csr::path(5), &[0, 4], [0.0, 0.0]),
            // From 0 to 2 and to 3, of six ordered pairs.
            (&one_way, &[1], [2.0, 1.0 / 3.0]),
            (&one_way, &[1, 2], [1.0, 0.5]),
            // One other is left, or none.
            (&Csr::path(3), &[0, 1], [0.0, 0.0]),
            (&Csr::path(2), &[0, 1], [0.0, 0.0]),
            // Of two ways across a square one passes.
            (&Csr::cycle(4), &[1], [0.5, 1.0 / 6.0]),
        ] {
            let got = by(csr, group);
            let close = got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-12);
            assert!(close, "{group:?}: {got:?}, not {want:?}");
        }
    }
}
