//! What many divisions have in common, and how firmly each node belongs.

use std::fmt;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use super::partition::largest_component;
use super::reading::{check_not_negative, ends_weight, undirected};
use super::{Agreement, Communities, Leiden, MapEquation, Partition, Quality};
use crate::error::{Error, Result};
use crate::graph::{Csr, Direction, Edge};

/// Communities on which many divisions agree.
///
/// A single division is one of many that are nearly as good. Here the graph is divided many times, by several methods, resolutions and seeds; an edge
/// weighs as much as the share of divisions that have both of its ends together, and loses what is less than `threshold`; and the weighed graph
/// is divided again, until all divisions of it are the same. As [`Leiden`] divides, each group is connected.
///
/// - **Shape**: [`partition`](Communities::partition) gives a group a node; [`run`](Self::run) what it rests on as well.
/// - **Cost**: `seeds` × methods divisions, each about `O(m log n)`, in parallel; as much again for each of few rounds.
/// - **Order**: the same to the bit for any number of threads; random choices come from `seed`.
/// - **Edge cases**: without edges each node is alone, with certainty.
///
/// # Errors
///
/// If there is no method or no seed, `threshold` is not in `[0, 1)`, or an option of a method is out of its range.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::Consensus;
///
/// let found = Consensus::default().run(&Csr::ring_of_cliques(4, 5))?;
/// assert_eq!(found.partition.sizes(), [5, 5, 5, 5]);
/// assert!(found.membership.iter().all(|share| *share > 0.9), "nobody is in doubt");
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// A. Lancichinetti, S. Fortunato, "Consensus clustering in complex networks", Scientific Reports 2:336, 2012 (`τ` there is `threshold` here), on edges
/// only: A. Tandon et al., "Fast consensus clustering in complex networks", Phys. Rev. E 99:042301, 2019.
#[derive(Clone, Debug, PartialEq)]
pub struct Consensus {
    /// By which methods the graph is divided.
    pub methods: Vec<Divider>,
    /// How often by each. 10 by default.
    pub seeds: u64,
    /// The first seed. 0 by default.
    pub seed: u64,
    /// An edge whose ends fall together less often than this share of divisions is none. 0.5 by default.
    pub threshold: f64,
}

/// A method by which a consensus divides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Divider {
    /// Leiden, by modularity of that resolution.
    Modularity(f64),
    /// Leiden, by the constant Potts model; the resolution in densities of the whole graph, and at most half of the mean weight of an edge:
    /// in a small graph several times its density is more than any group can have.
    Density(f64),
    /// The map equation.
    Flow,
}

impl Default for Consensus {
    fn default() -> Self {
        use Divider::{Density, Flow, Modularity};
        Self {
            methods: vec![Modularity(1.0), Modularity(2.0), Density(4.0), Flow],
            seeds: 10,
            seed: 0,
            threshold: 0.5,
        }
    }
}

/// What a consensus came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    /// The groups.
    pub partition: Partition,
    /// By node: the share of divisions in which it is with another member of its group, on average over those; 1 for a node alone.
    pub membership: Vec<f64>,
    /// How far the divisions agree with the groups: the mean adjusted Rand index.
    pub stability: f64,
    /// The divisions, those of each method together.
    pub divisions: Vec<Partition>,
    /// How many divisions left the largest component whole, by method.
    pub undivided: Vec<usize>,
    /// How many rounds it took.
    pub rounds: usize,
}

/// More rounds are not made; two or three are usual.
const ROUNDS: usize = 20;

impl Communities for Consensus {
    fn name(&self) -> &'static str {
        "consensus"
    }

    fn partition(&self, csr: &Csr) -> Result<Partition> {
        Ok(self.run(csr)?.partition)
    }
}

impl Consensus {
    /// The groups, and what they rest on.
    ///
    /// # Errors
    ///
    /// As for [`partition`](Communities::partition).
    pub fn run(&self, csr: &Csr) -> Result<Agreed> {
        self.check()?;
        check_not_negative(csr, "a consensus")?;
        let csr = undirected(csr);
        let divisions = self.divisions(&csr, &self.methods)?;
        let mut weighed = self.weighed(&csr, &divisions);
        let mut rounds = 0;
        let partition = loop {
            rounds += 1;
            let mut again = self.divisions(&weighed, &[Divider::Modularity(1.0)])?;
            if rounds == ROUNDS || again.iter().all(|one| *one == again[0]) {
                break again.swap_remove(0);
            }
            weighed = self.weighed(&weighed, &again);
        };
        let agreements: Vec<Agreement> = divisions
            .par_iter()
            .map(|one| Agreement::of(&partition, one))
            .collect::<Result<_>>()?;
        let stability =
            agreements.iter().map(|one| one.adjusted_rand).sum::<f64>() / agreements.len() as f64;
        let largest = largest_component(&csr);
        let undivided = divisions
            .chunks(divisions.len() / self.methods.len())
            .map(|own| own.iter().filter(|one| one.has_together(&largest)).count());
        Ok(Agreed {
            undivided: undivided.collect(),
            membership: membership(&partition, &divisions),
            partition,
            stability,
            divisions,
            rounds,
        })
    }

    fn check(&self) -> Result<()> {
        if self.methods.is_empty() || self.seeds == 0 {
            return Err(Error::usage("a consensus needs a method and a seed"));
        }
        if !(0.0..1.0).contains(&self.threshold) {
            return Err(Error::usage(format!(
                "`threshold` must lie in [0, 1), got {}",
                self.threshold
            )));
        }
        Ok(())
    }

    fn divisions(&self, csr: &Csr, methods: &[Divider]) -> Result<Vec<Partition>> {
        let runs: Vec<(Divider, u64)> = methods
            .iter()
            .flat_map(|&method| (0..self.seeds).map(move |run| (method, run)))
            .collect();
        let one = |(method, run): (Divider, u64)| method.of(csr, self.seed.wrapping_add(run));
        runs.into_par_iter().map(one).collect()
    }

    /// The graph in which edges weigh as much as divisions agree on them.
    fn weighed(&self, csr: &Csr, divisions: &[Partition]) -> Csr {
        let share = |u: u32, v: u32| {
            let together = |one: &&Partition| one.groups()[u as usize] == one.groups()[v as usize];
            divisions.iter().filter(together).count() as f64 / divisions.len() as f64
        };
        let edges: Vec<Edge> = csr
            .nodes()
            .into_par_iter()
            .flat_map_iter(|u| {
                let own = csr.neighbors(u).iter().copied().filter(move |&v| u < v);
                own.map(move |v| (u, v, share(u, v)))
            })
            .filter(|edge| edge.2 > 0.0 && edge.2 >= self.threshold)
            .collect();
        Csr::new(csr.node_count(), &edges, Direction::Undirected)
    }
}

impl Divider {
    fn of(self, csr: &Csr, seed: u64) -> Result<Partition> {
        let leiden =
            |quality| Leiden { quality, seed, starts: Some(1), ..Leiden::default() }.partition(csr);
        match self {
            Self::Modularity(resolution) => leiden(Quality::Modularity { resolution }),
            Self::Density(times) => {
                leiden(Quality::Cpm { resolution: (times * density(csr)).min(half_a_tie(csr)) })
            }
            Self::Flow => {
                MapEquation { seed, starts: Some(1), ..MapEquation::default() }.partition(csr)
            }
        }
    }
}

/// The weight that a pair of nodes with a tie has on average.
fn density(csr: &Csr) -> f64 {
    let tied = csr.nodes().filter(|&u| !csr.neighbors(u).is_empty()).count() as f64;
    if tied > 1.0 { ends_weight(csr) / (tied * (tied - 1.0)) } else { 0.0 }
}

/// Half of the mean weight of an edge.
fn half_a_tie(csr: &Csr) -> f64 {
    ends_weight(csr) / (csr.arc_count().max(1) as f64) / 2.0
}

/// By node: how often it is with another of its group; 1 for a node alone.
fn membership(partition: &Partition, divisions: &[Partition]) -> Vec<f64> {
    let mut shares = vec![1.0; partition.groups().len()];
    for members in partition.members() {
        for (&node, share) in members.iter().zip(together(&members, divisions)) {
            shares[node as usize] = share;
        }
    }
    shares
}

/// By member: how often it is with another member, over other members and divisions.
fn together(members: &[u32], divisions: &[Partition]) -> Vec<f64> {
    if members.len() < 2 {
        return vec![1.0; members.len()];
    }
    let mut together = vec![0_usize; members.len()];
    let mut order: Vec<usize> = (0..members.len()).collect();
    for one in divisions {
        let group = |at: usize| one.groups()[members[at] as usize];
        order.sort_unstable_by_key(|&at| (group(at), at));
        for same in order.chunk_by(|&a, &b| group(a) == group(b)) {
            for &at in same {
                together[at] += same.len() - 1;
            }
        }
    }
    let all = (members.len() - 1) as f64 * divisions.len() as f64;
    together.into_iter().map(|one| one as f64 / all).collect()
}

impl Agreed {
    /// By member: the share of divisions in which it is with another of `members`, on average over those; 1 for one alone.
    #[must_use]
    pub fn together(&self, members: &[u32]) -> Vec<f64> {
        together(members, &self.divisions)
    }
}

impl fmt::Display for Consensus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let methods: Vec<String> = self.methods.iter().map(Divider::to_string).collect();
        write!(f, "consensus of {}, {} times each", methods.join(", "), self.seeds)
    }
}

impl fmt::Display for Divider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Modularity(resolution) => write!(f, "modularity at {resolution}"),
            Self::Density(times) => write!(f, "CPM at {times} × density"),
            Self::Flow => f.write_str("map equation"),
        }
    }
}

impl Serialize for Divider {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two triangles, tied by one edge, and a lone node.
    fn triangles() -> Csr {
        let pairs = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)];
        Csr::unweighted(7, &pairs, Direction::Undirected)
    }

    fn parts(labels: &[&[u32]]) -> Vec<Partition> {
        labels.iter().map(|labels| Partition::from_labels(labels)).collect()
    }

    #[test]
    fn two_triangles_are_found_at_once() {
        let methods = vec![Divider::Modularity(1.0), Divider::Modularity(0.0)];
        let agreed =
            Consensus { methods, seeds: 2, ..Consensus::default() }.run(&triangles()).unwrap();
        // At a resolution of 0 all that is tied is one group: half of the divisions leave the six together.
        assert_eq!(agreed.undivided, [0, 2]);
        assert_eq!((agreed.rounds, agreed.divisions.len()), (1, 4));
    }

    #[test]
    fn divisions_that_agree_are_the_consensus() {
        let methods = vec![Divider::Modularity(1.0)];
        let agreed =
            Consensus { methods, seeds: 3, ..Consensus::default() }.run(&triangles()).unwrap();
        assert_eq!(agreed.partition.groups(), [0, 0, 0, 1, 1, 1, 2]);
        assert_eq!((agreed.rounds, agreed.undivided), (1, vec![0]));
        assert_eq!(agreed.membership, [1.0; 7]);
        assert!((agreed.stability - 1.0).abs() < 1e-12);
    }

    #[test]
    fn options_out_of_range_are_refused() {
        let said = |consensus: Consensus| consensus.check().unwrap_err().to_string();
        let none = "a consensus needs a method and a seed";
        assert_eq!(said(Consensus { methods: Vec::new(), ..Consensus::default() }), none);
        assert_eq!(said(Consensus { seeds: 0, ..Consensus::default() }), none);
        for (threshold, shown) in [(1.0, "1"), (-0.5, "-0.5"), (f64::NAN, "NaN")] {
            let wanted = format!("`threshold` must lie in [0, 1), got {shown}");
            assert_eq!(said(Consensus { threshold, ..Consensus::default() }), wanted);
        }
        assert!(Consensus { threshold: 0.0, ..Consensus::default() }.check().is_ok());
    }

    #[test]
    fn edges_weigh_as_much_as_divisions_agree_on_them() {
        let divisions = parts(&[&[0, 0, 0, 1], &[0, 0, 1, 1], &[0, 0, 1, 1], &[0, 0, 0, 1]]);
        let edges = |threshold| {
            let consensus = Consensus { threshold, ..Consensus::default() };
            let weighed = consensus.weighed(&Csr::path(4), &divisions);
            let each =
                weighed.nodes().map(|u| weighed.edges_of(u).filter(|edge| edge.0 > u).collect());
            each.collect::<Vec<Vec<(u32, f64)>>>()
        };
        assert_eq!(edges(0.5), [vec![(1, 1.0)], vec![(2, 0.5)], vec![(3, 0.5)], vec![]]);
        assert_eq!(edges(0.6), [vec![(1, 1.0)], vec![], vec![], vec![]]);
        let apart = parts(&[&[0, 1]]);
        let weighed =
            Consensus { threshold: 0.0, ..Consensus::default() }.weighed(&Csr::path(2), &apart);
        assert_eq!(weighed.edge_count(), 0, "an edge of no weight is none");
    }

    #[test]
    fn a_density_is_of_those_who_are_tied() {
        let weighted = Csr::new(4, &[(0, 1, 1.0), (1, 2, 5.0)], Direction::Undirected);
        // 6 over the three pairs of three nodes, and half of a mean of 3.
        assert!((density(&weighted) - 2.0).abs() < 1e-12);
        assert!((half_a_tie(&weighted) - 1.5).abs() < 1e-12);
        let none = Csr::path(1);
        assert!(density(&none).abs() < 1e-12 && half_a_tie(&none).abs() < 1e-12);
        assert!((density(&Csr::path(2)) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_resolution_is_so_many_densities_but_at_most_half_a_tie() {
        // Seven edges over fifteen pairs: the seam of one edge in nine pairs is too thin from a resolution of 1/9 on, and a
        // triangle is never too thin for half an edge.
        let groups = |times| Divider::Density(times).of(&triangles(), 0).unwrap().group_count();
        assert_eq!(groups(0.2), 2, "a resolution of .093");
        assert_eq!(groups(0.3), 3, "of .14");
        assert_eq!(groups(100.0), 3, "of a half, not of 47");
    }

    #[test]
    fn the_flow_stays_in_the_triangles() {
        assert_eq!(Divider::Flow.of(&triangles(), 0).unwrap().groups(), [0, 0, 0, 1, 1, 1, 2]);
    }

    #[test]
    fn members_are_together_in_a_share_of_divisions() {
        let divisions = parts(&[&[0, 0, 0, 1], &[0, 0, 1, 1]]);
        // 0 and 1 always, either with 2 in one of two divisions.
        assert_eq!(together(&[0, 1, 2], &divisions), [0.75, 0.75, 0.5]);
        assert_eq!(together(&[3, 0], &divisions), [0.0, 0.0]);
        assert_eq!(together(&[3], &divisions), [1.0]);
        assert!(together(&[], &divisions).is_empty());
        let groups = Partition::from_labels(&[0, 0, 0, 1]);
        assert_eq!(membership(&groups, &divisions), [0.75, 0.75, 0.5, 1.0]);
        let partition = groups.clone();
        let agreed = Agreed {
            partition,
            membership: Vec::new(),
            stability: 1.0,
            divisions,
            undivided: Vec::new(),
            rounds: 1,
        };
        assert_eq!(agreed.together(&[2, 3]), [0.5, 0.5]);
    }

    #[test]
    fn a_consensus_says_what_it_is_of() {
        assert_eq!(
            Consensus::default().to_string(),
            "consensus of modularity at 1, modularity at 2, CPM at 4 × density, map equation, 10 times each"
        );
        assert_eq!(
            serde_json::to_string(&Divider::Density(0.5)).unwrap(),
            "\"CPM at 0.5 × density\""
        );
        assert_eq!(Consensus::default().name(), "consensus");
    }
}
