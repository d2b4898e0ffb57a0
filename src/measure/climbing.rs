//! What Louvain, Leiden and the map equation share: level upon level of moves, from several starts.

use rayon::prelude::*;

use super::Partition;
use super::local_moving::move_nodes;
use super::members::{Members, renumber};
use super::network::Network;
use super::objective::Objective;
use super::pace::Pace;
use super::refinement::refine;
use super::separating::separate;
use crate::error::{Error, Result};
use crate::random::Random;

/// How many arcs' worth of starts a small graph is given.
const ARCS: usize = 500_000;

/// From so many arcs on, one start of two iterations is enough by default, borders differing little from start to start, and what
/// brings little is left out.
const MANY_ARCS: usize = 1_000_000;

/// Several climbs, of which the best counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Climbs {
    pub(super) seed: u64,
    pub(super) starts: Option<usize>,
    pub(super) iterations: Option<usize>,
    /// Whether no group is better for a node of one edge than that of its neighbor.
    pub(super) leaves_stay: bool,
    /// With it groups are refined (Leiden), without it not (Louvain).
    pub(super) randomness: Option<f64>,
}

impl Climbs {
    /// Whether the options are in range.
    pub(super) fn check(&self) -> Result<()> {
        if self.starts == Some(0) {
            return Err(Error::usage("`starts` must be 1 or more"));
        }
        if self.iterations == Some(0) {
            return Err(Error::usage("`iterations` must be 1 or more"));
        }
        let randomness = self.randomness.unwrap_or(1.0);
        if (f64::MIN_POSITIVE..=f64::MAX).contains(&randomness) {
            return Ok(());
        }
        Err(Error::usage(format!("`randomness` must be above 0, got {randomness}")))
    }

    /// The partition of highest `value`; of equals, that of the first start.
    pub(super) fn best<O: Objective>(
        &self,
        network: &Network<O>,
        value: impl Fn(&Partition) -> f64 + Sync,
    ) -> Partition {
        let folded = self.leaves_stay.then(|| folded(network)).flatten();
        let large = network.arc_count() >= MANY_ARCS;
        let start = |start| {
            let mut random = Random::new(self.seed, start);
            let labels = match &folded {
                Some((parts, upper)) => {
                    let groups = self.climb(upper, large, &mut random);
                    parts.iter().map(|&part| groups[part as usize]).collect()
                }
                None => self.climb(network, large, &mut random),
            };
            Partition::from_labels(&labels)
        };
        let count = self.starts.unwrap_or_else(|| usual_starts(network.arc_count()));
        if count == 1 {
            return start(0);
        }
        let found: Vec<(f64, Partition)> = (0..count as u64)
            .into_par_iter()
            .map(|at| {
                let partition = start(at);
                (value(&partition), partition)
            })
            .collect();
        let better = |best: (f64, Partition), next: (f64, Partition)| {
            if next.0 > best.0 { next } else { best }
        };
        let best = found.into_iter().reduce(better);
        best.expect("there is a start").1
    }

    /// Iteration upon iteration, until nothing moves.
    fn climb<O: Objective>(
        &self,
        network: &Network<O>,
        large: bool,
        random: &mut Random,
    ) -> Vec<u32> {
        let mut labels: Vec<u32> = network.nodes().collect();
        let usual = if large { 2 } else { 10 };
        for iteration in 0..self.iterations.unwrap_or(usual) {
            let climb = Climb { iteration, large, randomness: self.randomness };
            if !climb.run(network, &mut labels, random) {
                break;
            }
        }
        labels
    }
}

/// How many starts a graph is given by default.
fn usual_starts(arcs: usize) -> usize {
    if arcs < MANY_ARCS { (ARCS / arcs.max(1)).clamp(5, 100) } else { 1 }
}

/// A network in which each node of one edge is part of its neighbor, where there are many, and of which node each is part.
fn folded<O: Objective>(network: &Network<O>) -> Option<(Vec<u32>, Network<'static, O>)> {
    let leaves = network.nodes().filter(|&u| is_leaf(network, u)).count();
    if !is_folding_worth_it(leaves, network.arc_count()) {
        return None;
    }
    let mut parts: Vec<u32> = network.nodes().map(|u| held_by(network, u)).collect();
    let count = renumber(&mut parts);
    let upper = network.aggregated(&Members::new(&parts, count));
    Some((parts, upper))
}

/// Whether a graph is large, and an eighth of its arcs lead out of leaves.
fn is_folding_worth_it(leaves: usize, arcs: usize) -> bool {
    arcs >= MANY_ARCS && leaves * 8 >= arcs
}

fn is_leaf<O: Objective>(network: &Network<O>, u: u32) -> bool {
    network.neighbors(u).len() == 1
}

/// The neighbor of a leaf, or of two leaves the lower one; of all else the node itself.
fn held_by<O: Objective>(network: &Network<O>, u: u32) -> u32 {
    match network.neighbors(u) {
        &[v] if !is_leaf(network, v) || v < u => v,
        _ => u,
    }
}

/// One iteration.
struct Climb {
    /// Which it is.
    iteration: usize,
    large: bool,
    randomness: Option<f64>,
}

impl Climb {
    /// Moves nodes, makes each group a node, and so on until nothing changes. Says whether a node moved.
    ///
    /// With `randomness` the groups are refined first and the parts become the nodes (Leiden);
    /// without, the groups themselves do (Louvain).
    fn run<O: Objective>(
        &self,
        base: &Network<O>,
        labels: &mut Vec<u32>,
        random: &mut Random,
    ) -> bool {
        let mut place: Vec<u32> = base.nodes().collect();
        let mut groups = std::mem::take(labels);
        let mut level: Option<Network<O>> = None;
        let mut moved = false;
        loop {
            let network = level.as_ref().unwrap_or(base);
            let pace = self.pace(network);
            let moves = move_nodes(network, &mut groups, &pace, random);
            moved |= moves > 0;
            if level.is_none() && self.is_settled(network, moves) {
                if self.randomness.is_some() {
                    separate(&mut groups, |u| network.neighbors(u));
                }
                *labels = groups;
                return false;
            }
            let group_count = renumber(&mut groups);
            let (parts, part_count) = match self.randomness {
                Some(randomness) => {
                    refine(network, &Members::new(&groups, group_count), randomness, random)
                }
                None => (groups.clone(), group_count),
            };
            if group_count == network.node_count() || part_count == network.node_count() {
                // A group that lost a node on this last level, and its connection with it, has not been refined since.
                if self.randomness.is_some() && group_count < network.node_count() {
                    separate(&mut groups, |u| network.neighbors(u));
                }
                break;
            }
            let mut upper = vec![0; part_count];
            for (&part, &group) in parts.iter().zip(&groups) {
                upper[part as usize] = group;
            }
            for u in &mut place {
                *u = parts[*u as usize];
            }
            level = Some(network.aggregated(&Members::new(&parts, part_count)));
            groups = upper;
        }
        *labels = place.iter().map(|&u| groups[u as usize]).collect();
        moved
    }

    /// Later iterations begin from good groups, and those before the last need not be the best.
    fn pace<O: Objective>(&self, network: &Network<O>) -> Pace {
        if !self.large {
            return Pace::thorough();
        }
        let passes = if self.iteration == 0 { 5 } else { 3 };
        Pace::of(network.node_count(), network.arc_count(), passes)
    }

    /// Whether so few nodes of a large graph move, after a first iteration, that another would bring next to nothing.
    fn is_settled<O: Objective>(&self, network: &Network<O>, moves: usize) -> bool {
        self.iteration > 0 && self.large && moves < network.node_count() / 200
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::objective::Even;

    const CLIMBS: Climbs =
        Climbs { seed: 0, starts: None, iterations: None, leaves_stay: false, randomness: None };

    fn even(csr: &Csr) -> Network<'_, Even> {
        Network::new(csr, 1.0, vec![1.0; csr.node_count()], Even { density: 0.1 })
    }

    #[test]
    fn options_out_of_range_are_named() {
        let said = |climbs: Climbs| climbs.check().unwrap_err().to_string();
        assert_eq!(said(Climbs { starts: Some(0), ..CLIMBS }), "`starts` must be 1 or more");
        assert_eq!(
            said(Climbs { iterations: Some(0), ..CLIMBS }),
            "`iterations` must be 1 or more"
        );
        for (randomness, shown) in
            [(0.0, "0"), (-1.0, "-1"), (f64::NAN, "NaN"), (f64::INFINITY, "inf")]
        {
            let climbs = Climbs { randomness: Some(randomness), ..CLIMBS };
            assert_eq!(said(climbs), format!("`randomness` must be above 0, got {shown}"));
        }
        let least = Climbs {
            starts: Some(1),
            iterations: Some(1),
            randomness: Some(f64::MIN_POSITIVE),
            ..CLIMBS
        };
        assert!(least.check().is_ok() && CLIMBS.check().is_ok());
    }

    #[test]
    fn small_graphs_have_many_starts_and_large_ones_a_single_one() {
        let table = [
            (0, 100),
            (5_000, 100),
            (5_051, 98),
            (50_000, 10),
            (100_001, 5),
            (999_999, 5),
            (1_000_000, 1),
        ];
        for (arcs, starts) in table {
            assert_eq!(usual_starts(arcs), starts, "{arcs}");
        }
    }

    #[test]
    fn the_first_start_stands_unless_another_is_better() {
        let csr = Csr::cycle(30);
        let network = even(&csr);
        let first = Climbs { starts: Some(1), ..CLIMBS }.best(&network, |_| 0.0);
        let eight = Climbs { starts: Some(8), ..CLIMBS };
        assert_eq!(eight.best(&network, |_| 0.0), first);
        let other = eight.best(&network, |found| if *found == first { 0.0 } else { 1.0 });
        assert_ne!(other, first);
    }

    #[test]
    fn folding_is_for_large_graphs_with_an_eighth_of_leaves() {
        assert!(is_folding_worth_it(125_000, 1_000_000));
        assert!(!is_folding_worth_it(124_999, 1_000_000));
        assert!(!is_folding_worth_it(999_999, 999_999));
    }

    #[test]
    fn a_leaf_is_held_by_its_neighbor_and_one_of_two_leaves_by_the_other() {
        let pairs = [(0, 2), (1, 2), (2, 3), (3, 4), (4, 2), (5, 6)];
        let csr = Csr::unweighted(8, &pairs, Direction::Undirected);
        let network = even(&csr);
        let held: Vec<u32> = csr.nodes().map(|u| held_by(&network, u)).collect();
        assert_eq!(held, [2, 2, 2, 3, 4, 5, 5, 7]);
    }

    #[test]
    fn only_a_later_iteration_of_a_large_graph_settles_for_few_moves() {
        let csr = Csr::path(400);
        let settled = |iteration, large, moves| {
            let climb = Climb { iteration, large, randomness: None };
            climb.is_settled(&even(&csr), moves)
        };
        assert!(settled(1, true, 1));
        assert!(!settled(1, true, 2), "a 200th of 400 nodes is not few");
        assert!(!settled(0, true, 0) && !settled(1, false, 0));
    }

    #[test]
    fn the_first_iteration_of_a_large_graph_has_more_passes() {
        let csr = Csr::complete(513);
        let arcs =
            |iteration, large| Climb { iteration, large, randomness: None }.pace(&even(&csr)).arcs;
        assert_eq!(arcs(0, true), 5 * 513 * 512);
        assert_eq!(arcs(1, true), 3 * 513 * 512);
        assert_eq!(arcs(0, false), usize::MAX);
    }

    #[test]
    fn whole_groups_are_joined_where_no_single_node_would_go() {
        // Between two triangles of a ring is one edge, which outweighs .1 for each of nine pairs; two such pairs do not join.
        let csr = Csr::ring_of_cliques(6, 3);
        for randomness in [None, Some(0.01)] {
            let climbs = Climbs { starts: Some(1), randomness, ..CLIMBS };
            let found = climbs.best(&even(&csr), |_| 0.0);
            assert!(found.sizes().iter().all(|&size| size == 3 || size == 6), "{found:?}");
            assert!((3..=4).contains(&found.group_count()), "{found:?}");
        }
    }
}
