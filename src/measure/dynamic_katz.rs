//! From whom news can spread, and whom it reaches, along walks that keep to the order of time.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::katz::{Attenuation, walks};
use super::leading::Leading;
use super::perron::{Aim, Patience, dot, mix};
use super::settling::check_tolerance;
use super::{Along, Scores};
use crate::error::{Error, Result};
use crate::graph::{Csr, Direction, TimedEdge, TimedGraph};

/// Katz centrality in time: how well a node can send to the others and hear from them along walks that keep to the order of time.
///
/// Time is cut into periods. A walk takes any number of edges of one period, then goes on in a later one; each edge makes it count `alpha`
/// times as much. `broadcast` counts the walks that start at a node, `receive` those that end there. Whoever is tied early to those who are tied
/// later sends well, however few his own ties are; whoever comes late hears well. It counts ways on record, not what went along them.
///
/// - **Shape**: two scores per node, in node order.
/// - **Unit**: none; the squares of each of the two sum to 1.
/// - **Cost**: for each period that of [`Katz`](super::Katz) on its edges, twice. Memory for each edge in each of its periods.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: an edge is in each period in which it can have been; of one with an open end the days that are known count, and one without any
///   is left out and counted. Parallel edges within a period are one. A node without an edge still has the walk of no edge.
///
/// # Examples
///
/// A meets B in the first month, B meets C in the second: news from A reaches C, and not the other way.
///
/// ```
/// use kluwen::graph::{TimedEdge, TimedGraph};
/// use kluwen::measure::DynamicKatz;
///
/// let both = |day, u, v| [TimedEdge::on(day, u, v), TimedEdge::on(day, v, u)];
/// let graph = TimedGraph::new(3, [both(0, 0, 1), both(40, 1, 2)].concat());
/// let found = DynamicKatz::default().of(&graph)?;
/// assert_eq!(found.periods, 2);
/// assert!(found.broadcast[0] > found.broadcast[2] && found.receive[2] > found.receive[0]);
/// assert_eq!((found.broadcast.ranked()[0], found.receive.ranked()[0]), (1, 1), "B is tied in both months");
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// P. Grindrod, M. C. Parsons, D. J. Higham, E. Estrada, "Communicability across evolving networks", Phys. Rev. E 83:046120, 2011, equations 2 and 3:
/// `Q = Π (I - a A[k])⁻¹` in the order of time; `a` is `alpha` here, broadcast is `Q 1`, receive is `Qᵀ 1`, where `1` is the vector of ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DynamicKatz {
    /// What each edge multiplies a walk by; it must be below one over the greatest spectral radius of a period. 0.85 of that by default.
    pub alpha: Attenuation,
    /// How many days a period has, counted from the first day on record. 30 by default.
    pub days: u32,
    /// The iteration of a period stops when the sum of the errors is at most this share of the sum. 1e-12 by default.
    pub tolerance: f64,
    /// The most rounds made for a period. 10,000 by default.
    pub rounds: usize,
}

impl Default for DynamicKatz {
    fn default() -> Self {
        Self { alpha: Attenuation::default(), days: 30, tolerance: 1e-12, rounds: 10_000 }
    }
}

/// How well nodes send and hear.
#[derive(Clone, Debug, PartialEq)]
pub struct InOrderOfTime {
    /// How well each node can send to the others.
    pub broadcast: Scores,
    /// How well each node can hear from the others.
    pub receive: Scores,
    /// In how many periods there is an edge.
    pub periods: usize,
    /// Edges without any known day.
    pub left_out: usize,
}

/// The most edges, each counted in each of its periods.
const MOST: u64 = 100_000_000;

impl DynamicKatz {
    /// How well each node sends and hears.
    ///
    /// # Errors
    ///
    /// If `alpha` is not below one over the greatest spectral radius of a period, which the message names, or `days` is 0; [`ErrorKind::Limit`] if
    /// the edges, each counted in each of its periods, are more than 100 million; [`ErrorKind::NotConverged`] if `rounds` do not suffice.
    ///
    /// [`ErrorKind::Limit`]: crate::error::ErrorKind::Limit
    /// [`ErrorKind::NotConverged`]: crate::error::ErrorKind::NotConverged
    pub fn of(&self, graph: &TimedGraph) -> Result<InOrderOfTime> {
        check_tolerance(self.tolerance)?;
        if self.days == 0 {
            return Err(Error::usage("`days` of a period must be 1 or more"));
        }
        let patience = Patience {
            measure: "dynamic_katz",
            aim: Aim::Value,
            tolerance: self.tolerance,
            rounds: self.rounds,
        };
        let snapshots = self.snapshots(graph)?;
        let radii: Result<Vec<f64>> =
            snapshots.par_iter().map(|one| Ok(Leading::of(&one.csr, patience)?.value)).collect();
        let alpha = self.alpha.below(radii?.into_iter().fold(0.0, f64::max))?;
        let ones = || vec![1.0; graph.node_count()];
        let (mut broadcast, mut receive) = (ones(), ones());
        for snapshot in snapshots.iter().rev() {
            snapshot.walk(&mut broadcast, Along::Outgoing, alpha, patience)?;
        }
        for snapshot in &snapshots {
            snapshot.walk(&mut receive, Along::Incoming, alpha, patience)?;
        }
        let undated = |edge: &&TimedEdge| span(edge).is_none();
        Ok(InOrderOfTime {
            broadcast: of_length_one(broadcast),
            receive: of_length_one(receive),
            periods: snapshots.len(),
            left_out: graph.edges().iter().filter(undated).count(),
        })
    }

    /// The graphs of the periods that have an edge, in order.
    fn snapshots(&self, graph: &TimedGraph) -> Result<Vec<Snapshot>> {
        let spans = || graph.edges().iter().filter_map(|edge| Some((edge, span(edge)?)));
        let Some(begin) = spans().map(|(_, (first, _))| first).min() else {
            return Ok(Vec::new());
        };
        let period = |day: i64| (day - begin) / i64::from(self.days);
        let count = |(_, (first, last))| (period(last) - period(first)).unsigned_abs() + 1;
        if spans().map(count).sum::<u64>() > MOST {
            let what = format!("periods of {} days hold more than {MOST} ties in all", self.days);
            return Err(Error::limit(what, "take longer periods, or fewer ties"));
        }
        let mut pairs: BTreeMap<i64, Vec<(u32, u32)>> = BTreeMap::new();
        for (edge, (first, last)) in spans() {
            for at in period(first)..=period(last) {
                pairs.entry(at).or_default().push((edge.from, edge.to));
            }
        }
        Ok(pairs.into_par_iter().map(|(_, pairs)| Snapshot::of(&pairs)).collect())
    }
}

/// The first and the last known day on which an edge can have been.
fn span(edge: &TimedEdge) -> Option<(i64, i64)> {
    let days = [edge.start.first, edge.start.last, edge.end.first, edge.end.last];
    let known = || days.into_iter().filter(|&day| day != i32::MIN && day != i32::MAX);
    Some((known().min()?.into(), known().max()?.into()))
}

/// The edges of one period, between the nodes that have any.
struct Snapshot {
    nodes: Vec<u32>,
    csr: Csr,
}

impl Snapshot {
    fn of(pairs: &[(u32, u32)]) -> Self {
        let mut nodes: Vec<u32> = pairs.iter().flat_map(|&(u, v)| [u, v]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let place = |node: u32| {
            let at = nodes.partition_point(|&other| other < node);
            u32::try_from(at).expect("nodes are numbered by 32 bits")
        };
        let pairs: Vec<(u32, u32)> = pairs.iter().map(|&(u, v)| (place(u), place(v))).collect();
        Self { csr: Csr::unweighted(nodes.len(), &pairs, Direction::Directed), nodes }
    }

    /// Lengthens the walks of `values` by those of this period.
    fn walk(&self, values: &mut [f64], along: Along, alpha: f64, patience: Patience) -> Result<()> {
        const LARGE: f64 = 1e100;
        let start: Vec<f64> = self.nodes.iter().map(|&u| values[u as usize]).collect();
        let found = walks(&self.csr, along, alpha, start, patience)?;
        let most = found.iter().fold(0.0, |most: f64, &value| most.max(value));
        for (&u, value) in self.nodes.iter().zip(found) {
            values[u as usize] = value;
        }
        if most > LARGE {
            mix(values, 1.0 / most, []);
        }
        Ok(())
    }
}

fn of_length_one(mut values: Vec<f64>) -> Scores {
    let length = libm::sqrt(dot(&values, &values));
    mix(&mut values, 1.0 / length, []);
    Scores::new(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Days;

    fn edge(from: u32, to: u32, start: [i32; 2], end: [i32; 2]) -> TimedEdge {
        let days = |[first, last]: [i32; 2]| Days { first, last };
        TimedEdge { from, to, start: days(start), end: days(end) }
    }

    #[test]
    fn a_span_is_from_the_first_known_day_to_the_last() {
        let (least, most) = (i32::MIN, i32::MAX);
        let table = [
            ([3, 5], [7, 9], Some((3, 9))),
            ([least, 5], [7, most], Some((5, 7))),
            ([least, most], [least, 8], Some((8, 8))),
            ([least, most], [least, most], None),
        ];
        for (start, end, wanted) in table {
            assert_eq!(span(&edge(0, 1, start, end)), wanted, "{start:?} {end:?}");
        }
    }

    #[test]
    fn a_snapshot_numbers_the_nodes_it_has() {
        let snapshot = Snapshot::of(&[(7, 3), (3, 9), (7, 3)]);
        assert_eq!(snapshot.nodes, [3, 7, 9]);
        let rows: Vec<&[u32]> = snapshot.csr.nodes().map(|u| snapshot.csr.neighbors(u)).collect();
        assert_eq!(rows, [&[2][..], &[0], &[]]);
    }

    #[test]
    fn an_edge_is_in_each_period_that_it_touches() {
        let edges = vec![
            TimedEdge::on(-5, 0, 1),
            TimedEdge::on(4, 1, 2),
            TimedEdge::on(5, 2, 3),
            edge(3, 4, [14, 14], [25, 25]),
            TimedEdge::on(55, 4, 5),
        ];
        let katz = DynamicKatz { days: 10, ..DynamicKatz::default() };
        // Periods of ten days from day -5 on: none has an edge from day 35 to 54.
        let found = katz.snapshots(&TimedGraph::new(6, edges)).unwrap();
        let nodes: Vec<Vec<u32>> = found.into_iter().map(|one| one.nodes).collect();
        assert_eq!(nodes, [vec![0, 1, 2], vec![2, 3, 4], vec![3, 4], vec![3, 4], vec![4, 5]]);
    }

    #[test]
    fn news_goes_on_only_later() {
        let known = [i32::MIN, i32::MAX];
        let edges = vec![TimedEdge::on(0, 0, 1), TimedEdge::on(40, 1, 2), edge(2, 0, known, known)];
        let katz = DynamicKatz { alpha: Attenuation::Fixed(0.5), ..DynamicKatz::default() };
        let found = katz.of(&TimedGraph::new(3, edges)).unwrap();
        assert_eq!((found.periods, found.left_out), (2, 1));
        // Sent: 1, 1 + 1/2, and 1 + 3/4 with what goes on; heard the other way round.
        let length = libm::sqrt(101.0) / 4.0;
        let wanted = [1.75, 1.5, 1.0].map(|score| score / length);
        let heard: Vec<f64> = found.receive.iter().rev().copied().collect();
        for scores in [found.broadcast.to_vec(), heard] {
            let off = scores.iter().zip(wanted).map(|(one, other)| (one - other).abs());
            assert!(off.fold(0.0, f64::max) < 1e-12, "{scores:?}");
        }
    }

    #[test]
    fn periods_of_no_day_and_too_many_periods_are_refused() {
        let graph = TimedGraph::new(2, vec![edge(0, 1, [-2_000_000_000; 2], [2_000_000_000; 2])]);
        let said = |days| {
            DynamicKatz { days, ..DynamicKatz::default() }.of(&graph).unwrap_err().to_string()
        };
        assert_eq!(said(0), "`days` of a period must be 1 or more");
        let much = "periods of 1 days hold more than 100000000 ties in all; take longer periods, or fewer ties";
        assert_eq!(said(1), much);
        let none = DynamicKatz::default().of(&TimedGraph::new(2, Vec::new())).unwrap();
        assert_eq!((none.periods, none.left_out), (0, 0));
    }

    #[test]
    fn scores_have_a_length_of_one() {
        let scores = of_length_one(vec![3.0, 4.0]);
        let off = (scores[0] - 0.6).abs().max((scores[1] - 0.8).abs());
        assert!(off < 1e-15, "{scores:?}");
    }

    #[test]
    fn large_values_are_made_small_before_they_are_too_large() {
        // Walks to and fro between 0 and 1 at .9 make tenfold what they begin with; 2 has no edge then.
        let snapshot = Snapshot::of(&[(0, 1), (1, 0)]);
        let patience =
            Patience { measure: "test", aim: Aim::Value, tolerance: 1e-12, rounds: 10_000 };
        let walked = |value: f64| {
            let mut values = vec![value, value, 1.0];
            snapshot.walk(&mut values, Along::Outgoing, 0.9, patience).unwrap();
            values
        };
        for (start, wanted) in [(2.0, [20.0, 20.0, 1.0]), (1e100, [1.0, 1.0, 1e-101])] {
            let found = walked(start);
            let off = found.iter().zip(wanted).map(|(one, other)| (one / other - 1.0).abs());
            assert!(off.fold(0.0, f64::max) < 1e-9, "{found:?}");
        }
    }
}
