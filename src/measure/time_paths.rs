//! Paths that keep to the order of time, where dates are intervals.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use crate::graph::{TimedEdge, TimedGraph};

/// How sure it is that the steps of a path came in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Some choice of days within the intervals puts them in this order.
    #[default]
    Possible,
    /// Every choice of days does.
    Certain,
}

/// Paths on which no step ends before an earlier one has begun.
///
/// What passes along such a path (word, money, a victim) can have gone from its first node to its last. A path in a
/// graph without days cannot tell that: if A met B after B met C, nothing came from A to C.
///
/// An edge began on some day `s` and ended on some day `t` of its two intervals, and is walked on a day between. Such
/// days can be found for a path if and only if no edge has its `t` before the `s` of one that comes earlier on the
/// path. So an edge *opens* on the first day of its start and *closes* on the last of its end where the order need
/// only be possible, and opens on the *last* day of its start and closes on the *first* of its end where it must be
/// certain; a path keeps to time if no edge closes before an earlier one has opened. For edges of one day, certain
/// is that every choice of days is non-decreasing.
///
/// - **Shape**: for each node a day, and the edges of one path there.
/// - **Unit**: days after 1970-01-01.
/// - **Cost**: `O(edges × log edges)` for one source, by Dijkstra's search: to come earlier never hurts.
/// - **Order**: among paths that arrive on one day, one of few steps; then of the lower edge.
///
/// # Examples
///
/// A tells B on day 5; B meets C on day 3 and D in the days 4 to 9.
///
/// ```
/// use kluwen::graph::{Days, TimedEdge, TimedGraph};
/// use kluwen::measure::{Order, TimePaths};
///
/// let unsure = Days { first: 4, last: 9 };
/// let meets = TimedEdge { start: unsure, end: unsure, ..TimedEdge::on(0, 1, 3) };
/// let graph = TimedGraph::new(4, vec![TimedEdge::on(5, 0, 1), TimedEdge::on(3, 1, 2), meets]);
///
/// let possible = TimePaths { order: Order::Possible }.foremost(&graph, 0);
/// assert_eq!(possible.day(2), None, "C was met before");
/// assert_eq!(possible.day(3), Some(5), "the first day on which D can have known");
/// assert_eq!(possible.path(3), Some(vec![0, 2]), "edges 0 and 2");
/// assert_eq!(TimePaths { order: Order::Certain }.foremost(&graph, 0).day(3), None, "or D was met on day 4");
/// ```
///
/// # Source
///
/// B.-M. Bui-Xuan, A. Ferreira, A. Jarry, "Computing shortest, fastest, and foremost journeys in dynamic networks",
/// Int. J. Found. Comput. Sci. 14(2):267-285, 2003 (`foremost` is our [`foremost`](Self::foremost)); P. Holme, J. Saramäki,
/// "Temporal networks", Phys. Rep. 519(3):97-125, 2012. Intervals for days are our own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimePaths {
    /// How sure the order must be.
    pub order: Order,
}

/// The journey of fewest days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fastest {
    /// The day of departure.
    pub departs: i32,
    /// The day of arrival; not before the departure.
    pub arrives: i32,
    /// Whether all departures were tried; if not, a later one may be faster.
    pub is_sure: bool,
}

/// Which way a search goes through time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    /// From a node, to where what sets out there arrives.
    Onward,
    /// To a node, from where what arrives there set out: days count down, and edges lead from their end to their start.
    Back,
}

/// What was found from one node, or to one node.
#[derive(Clone, Debug, PartialEq)]
pub struct InTime {
    days: Vec<i64>,
    /// By node: the edge by which its day is reached, and the node at the other end.
    via: Vec<Option<(u32, u32)>>,
    sense: Sense,
}

/// The day of a node that no path reaches.
const NEVER: i64 = i64::MAX;
/// Before all days; its opposite is one, too.
const ANY_TIME: i64 = i64::MIN / 2;

impl TimePaths {
    /// By node: the earliest day on which what sets out from `source` arrives.
    ///
    /// # Panics
    ///
    /// If `source` is no node of the graph.
    #[must_use]
    pub fn foremost(&self, graph: &TimedGraph, source: u32) -> InTime {
        self.search(graph, source, ANY_TIME, Sense::Onward)
    }

    /// By node: the earliest day on which what sets out from `source` on `day` or later arrives; at `source` that day.
    ///
    /// # Panics
    ///
    /// If `source` is no node of the graph.
    #[must_use]
    pub fn foremost_from(&self, graph: &TimedGraph, source: u32, day: i32) -> InTime {
        self.search(graph, source, day.into(), Sense::Onward)
    }

    /// By node: the latest day on which what is to arrive at `target` must set out.
    ///
    /// # Panics
    ///
    /// If `target` is no node of the graph.
    #[must_use]
    pub fn latest(&self, graph: &TimedGraph, target: u32) -> InTime {
        self.search(graph, target, ANY_TIME, Sense::Back)
    }

    /// The journey of fewest days from `source` to `target`, after at most `tries` departures; none if no path keeps to time,
    /// or one has no day of departure or arrival because its dates are open.
    ///
    /// - **Cost**: two searches a try; there are at most as many tries as there are days on which an edge closes.
    ///
    /// # Panics
    ///
    /// If one of the two is no node of the graph.
    #[must_use]
    pub fn fastest(
        &self,
        graph: &TimedGraph,
        source: u32,
        target: u32,
        tries: usize,
    ) -> Option<Fastest> {
        let (mut best, mut not_before): (Option<Fastest>, i64) = (None, ANY_TIME);
        for _ in 0..tries {
            let arrival =
                self.search(graph, source, not_before, Sense::Onward).days[target as usize];
            if arrival == NEVER {
                return best.map(|best| Fastest { is_sure: true, ..best });
            }
            let departure =
                -self.search(graph, target, -arrival, Sense::Back).days[source as usize];
            let departs = i32::try_from(departure).ok().filter(|&day| day != i32::MAX)?;
            let arrives = i32::try_from(arrival.max(departure)).ok()?;
            let took = |one: &Fastest| i64::from(one.arrives) - i64::from(one.departs);
            let found = Fastest { departs, arrives, is_sure: departs == arrives };
            if best.as_ref().is_none_or(|best| took(&found) < took(best)) {
                best = Some(found);
            }
            if found.is_sure {
                break;
            }
            not_before = departure + 1;
        }
        best
    }

    /// By node: how many others can be reached from it by a path that keeps to time.
    ///
    /// - **Cost**: a search a node.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::graph::{TimedEdge, TimedGraph};
    /// use kluwen::measure::TimePaths;
    ///
    /// let graph = TimedGraph::new(3, vec![TimedEdge::on(2, 0, 1), TimedEdge::on(1, 1, 2)]);
    /// assert_eq!(TimePaths::default().reach(&graph), [1, 1, 0]);
    /// ```
    #[must_use]
    pub fn reach(&self, graph: &TimedGraph) -> Vec<usize> {
        let nodes = u32::try_from(graph.node_count()).unwrap_or(u32::MAX);
        let of_one = |source| {
            let days = self.search(graph, source, ANY_TIME, Sense::Onward).days;
            days.iter().filter(|&&day| day != NEVER).count() - 1
        };
        (0..nodes).into_par_iter().map(of_one).collect()
    }

    /// The earliest day at each node, in that sense of time.
    fn search(self, graph: &TimedGraph, source: u32, begin: i64, sense: Sense) -> InTime {
        let count = graph.node_count();
        let mut found = InTime { days: vec![NEVER; count], via: vec![None; count], sense };
        let mut steps = vec![u32::MAX; count];
        let mut settled = vec![false; count];
        let mut heap = BinaryHeap::new();
        found.days[source as usize] = begin;
        steps[source as usize] = 0;
        heap.push(Reverse((begin, 0, source)));
        while let Some(Reverse((day, step, node))) = heap.pop() {
            if std::mem::replace(&mut settled[node as usize], true) {
                continue;
            }
            let out = match sense {
                Sense::Onward => graph.leaving(node),
                Sense::Back => graph.entering(node),
            };
            for &edge in out {
                let timed = &graph.edges()[edge as usize];
                let next = if sense == Sense::Onward { timed.to } else { timed.from };
                let (opens, closes) = self.window(timed, sense);
                let reached = (day.max(opens), step + 1);
                let known = (found.days[next as usize], steps[next as usize]);
                if day <= closes && reached < known {
                    (found.days[next as usize], steps[next as usize]) = reached;
                    found.via[next as usize] = Some((edge, node));
                    heap.push(Reverse((reached.0, reached.1, next)));
                }
            }
        }
        found
    }

    /// When an edge opens and closes, in that sense of time.
    fn window(self, edge: &TimedEdge, sense: Sense) -> (i64, i64) {
        let (opens, closes) = match self.order {
            Order::Possible => (edge.start.first, edge.end.last),
            Order::Certain => (edge.start.last, edge.end.first.max(edge.start.first)),
        };
        let (opens, closes) = (i64::from(opens), i64::from(closes));
        match sense {
            Sense::Onward => (opens, closes),
            Sense::Back => (-closes, -opens),
        }
    }
}

impl InTime {
    /// The day at a node; none where no path keeps to time, or where no date on the path has such an end. At the node that
    /// was asked about it is the day from which on was sought, if there is one.
    #[must_use]
    pub fn day(&self, node: u32) -> Option<i32> {
        let day = self.days[node as usize];
        let day = if self.sense == Sense::Back { -day } else { day };
        i32::try_from(day).ok().filter(|&day| day != i32::MIN && day != i32::MAX)
    }

    /// Whether a path that keeps to time leads there.
    #[must_use]
    pub fn reaches(&self, node: u32) -> bool {
        self.days[node as usize] != NEVER
    }

    /// The edges of a path, in the order of time: to `node` from the node that was asked about, or from `node` to it.
    #[must_use]
    pub fn path(&self, node: u32) -> Option<Vec<u32>> {
        if !self.reaches(node) {
            return None;
        }
        let (mut edges, mut at) = (Vec::new(), node);
        while let Some((edge, before)) = self.via[at as usize] {
            edges.push(edge);
            at = before;
        }
        if self.sense == Sense::Onward {
            edges.reverse();
        }
        Some(edges)
    }
}
