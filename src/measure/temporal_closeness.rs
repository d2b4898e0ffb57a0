//! How soon what sets out from a node arrives at the others.

use rayon::prelude::*;

use super::time_paths::{Order, TimePaths};
use crate::graph::TimedGraph;

/// How near a node is to the others in time: the mean of `1 / (1 + days)`, where `days` lie between the day on which something can first set out from
/// it and that on which this first arrives at another.
///
/// Whoever is reached on the same day adds 1, whoever is never reached adds 0. Days are counted from each node's own first departure, so that
/// whoever appears late in the files is not farther from all for that.
///
/// What it is **not**: a measure of influence. It says what could have passed on in time along what is on record.
///
/// - **Shape**: for each node its departure, how many it reaches, and its closeness.
/// - **Unit**: a mean over the `n - 1` others, in `[0, 1]`.
/// - **Cost**: a search a node, `O(n m log m)`; `O(n)` memory on each thread.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: a node that no edge leaves whose first day is known has no departure, and scores 0. Where the day of arrival is left open by open
///   dates, a node is reached and adds 0.
///
/// # Examples
///
/// A tells B on day 5, B tells C on day 8; nobody tells A.
///
/// ```
/// use kluwen::graph::{TimedEdge, TimedGraph};
/// use kluwen::measure::TemporalCloseness;
///
/// let graph = TimedGraph::new(3, vec![TimedEdge::on(5, 0, 1), TimedEdge::on(8, 1, 2)]);
/// let near = TemporalCloseness::default().of(&graph);
/// assert_eq!(near[0].closeness, (1.0 + 1.0 / 4.0) / 2.0, "B on the same day, C three days later");
/// assert_eq!((near[1].departs, near[1].reached, near[1].closeness), (Some(8), 1, 0.5));
/// assert_eq!((near[2].departs, near[2].closeness), (None, 0.0));
/// ```
///
/// # Source
///
/// R. K. Pan, J. Saramäki, "Path lengths, correlations, and centrality in temporal networks", Phys. Rev. E 84:016105, 2011, for closeness by arrival; the
/// harmonic mean, and counting from a node's own first departure, are our own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TemporalCloseness {
    /// How sure the order of the steps must be. Possible by default.
    pub order: Order,
}

/// How near a node is to the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearInTime {
    /// The first day on which an edge whose first day is known can leave it.
    pub departs: Option<i32>,
    /// How many others are reached by what sets out then or later.
    pub reached: usize,
    /// The mean of `1 / (1 + days)`.
    pub closeness: f64,
}

impl TemporalCloseness {
    /// By node: how near it is to the others.
    #[must_use]
    pub fn of(&self, graph: &TimedGraph) -> Vec<NearInTime> {
        let nodes = u32::try_from(graph.node_count()).unwrap_or(u32::MAX);
        (0..nodes).into_par_iter().map(|node| self.of_one(graph, node)).collect()
    }

    fn of_one(self, graph: &TimedGraph, node: u32) -> NearInTime {
        let first = |&edge: &u32| graph.edges()[edge as usize].start.first;
        let known = graph.leaving(node).iter().map(first).filter(|&day| day != i32::MIN);
        let Some(departs) = known.min() else {
            return NearInTime { departs: None, reached: 0, closeness: 0.0 };
        };
        let found = TimePaths { order: self.order }.foremost_from(graph, node, departs);
        let (mut reached, mut sum) = (0, 0.0);
        for other in (0..).take(graph.node_count()).filter(|&other| other != node) {
            reached += usize::from(found.reaches(other));
            if let Some(day) = found.day(other) {
                sum += 1.0 / (1.0 + (f64::from(day) - f64::from(departs)));
            }
        }
        let others = graph.node_count().saturating_sub(1).max(1) as f64;
        NearInTime { departs: Some(departs), reached, closeness: sum / others }
    }
}
