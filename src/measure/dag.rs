//! The shortest paths from one node by length, as steps that a count can follow out and back.

use super::folding::component_sizes;
use super::length::{Paths, is_as_short};
use super::queue::{Dial, Heap, Queue};

/// The position of a node that was not settled.
const UNSETTLED: u32 = u32::MAX;

/// Lengths that are whole numbers up to this are sorted into as many buckets.
const LONGEST: f64 = 255.0;

/// A length, or a sum of lengths.
pub(super) trait Distance: Copy + PartialOrd + Send + Sync + 'static {
    type Queue: Queue<Self> + Send;
    const NONE: Self;
    const FAR: Self;

    fn plus(self, length: Self) -> Self;

    /// Whether a path of this length is as short as `shortest`.
    fn is_as_short(self, shortest: Self) -> bool;

    fn number(self) -> f64;

    /// A length as one of this kind.
    fn of(length: f64) -> Self;
}

/// The steps of a graph, the shortest of each node first.
pub(super) struct Steps<D> {
    offsets: Vec<usize>,
    each: Vec<(u32, D)>,
    longest: D,
    /// How many nodes can be reached from each; none where that is not known beforehand.
    reachable: Vec<u64>,
}

/// Steps, with distances of the kind that suits them.
pub(super) enum AnySteps {
    Whole(Steps<u32>),
    Real(Steps<f64>),
}

/// A step that was, when it was taken, the last of a shortest path: to where, and how far that is.
type Step<D> = (u32, D);

/// What a search found. Clearing costs what it touched, not the size of the graph.
pub(super) struct Dag<D: Distance> {
    pub(super) distance: Vec<D>,
    /// The nodes in the order in which their distance became final, nearest first.
    pub(super) order: Vec<u32>,
    position: Vec<u32>,
    /// Where the steps of each node of `order` start in `steps`.
    starts: Vec<usize>,
    steps: Vec<Step<D>>,
    queue: D::Queue,
}

impl AnySteps {
    pub(super) fn new(paths: &Paths<'_>) -> Self {
        let n = paths.csr.node_count() as f64;
        let whole = |length: f64| length <= LONGEST && length.fract() == 0.0;
        let lengths = || paths.csr.nodes().flat_map(|u| paths.steps(u));
        let fits = n * LONGEST < f64::from(u32::MAX);
        if fits && lengths().all(|(_, length)| whole(length)) {
            Self::Whole(Steps::new(paths))
        } else {
            Self::Real(Steps::new(paths))
        }
    }
}

impl<D: Distance> Steps<D> {
    fn new(paths: &Paths<'_>) -> Self {
        let csr = paths.csr;
        let mut offsets = vec![0];
        let mut steps = Vec::with_capacity(csr.arc_count());
        let mut longest = D::NONE;
        for u in csr.nodes() {
            let start = steps.len();
            steps.extend(paths.steps(u).map(|(v, length)| (v, D::of(length))));
            let length = |step: &(u32, D)| step.1.number();
            steps[start..].sort_by(|one, other| length(one).total_cmp(&length(other)));
            if steps.len() > start && steps[steps.len() - 1].1 > longest {
                longest = steps[steps.len() - 1].1;
            }
            offsets.push(steps.len());
        }
        let reachable =
            if csr.is_directed() { vec![u64::MAX; csr.node_count()] } else { component_sizes(csr) };
        Self { offsets, each: steps, longest, reachable }
    }

    pub(super) fn node_count(&self) -> usize {
        self.reachable.len()
    }

    #[inline(always)]
    fn of(&self, u: u32) -> &[(u32, D)] {
        &self.each[self.offsets[u as usize]..self.offsets[u as usize + 1]]
    }
}

impl<D: Distance> Dag<D> {
    pub(super) fn new(steps: &Steps<D>) -> Self {
        let n = steps.node_count();
        Self {
            distance: vec![D::FAR; n],
            order: Vec::new(),
            position: vec![UNSETTLED; n],
            starts: Vec::new(),
            steps: Vec::new(),
            queue: D::Queue::new(steps.longest),
        }
    }

    /// Searches from `source`.
    ///
    /// Once all that can be reached has been, no step is looked at that leads farther than the farthest of the nodes that are
    /// not settled: it is no part of a shortest path. As the steps of a node are sorted, that ends its row.
    pub(super) fn run(&mut self, graph: &Steps<D>, source: u32) {
        self.clear();
        self.distance[source as usize] = D::NONE;
        self.queue.push(D::NONE, source);
        let all = graph.reachable[source as usize];
        let (mut reached, mut limit, mut look_at) = (1, D::FAR, 0);
        while let Some((distance, u)) = self.queue.pop() {
            if self.position[u as usize] != UNSETTLED {
                continue;
            }
            self.settle(u);
            if reached == all && self.order.len() >= look_at {
                limit = self.farthest(all);
                let left = self.distance.len() - self.order.len();
                look_at = self.order.len() + left.div_ceil(2).max(self.distance.len() / 16);
            }
            reached += self.scan(graph.of(u), distance, limit);
        }
        self.starts.push(self.steps.len());
    }

    /// Takes the steps of a node; returns how many nodes were reached for the first time.
    #[inline(always)]
    fn scan(&mut self, steps: &[(u32, D)], distance: D, limit: D) -> u64 {
        let mut fresh = 0;
        for &(v, length) in steps {
            let through = distance.plus(length);
            if through > limit && !through.is_as_short(limit) {
                break;
            }
            let known = self.distance[v as usize];
            if !through.is_as_short(known) || self.position[v as usize] != UNSETTLED {
                continue;
            }
            self.steps.push((v, through));
            if through < known {
                fresh += u64::from(known == D::FAR);
                self.distance[v as usize] = through;
                self.queue.push(through, v);
            }
        }
        fresh
    }

    /// The greatest distance of what is not settled, when all that can be has been reached.
    fn farthest(&self, all: u64) -> D {
        if all < self.distance.len() as u64 {
            // Other components never are; to tell them apart would cost more than it saves.
            return D::FAR;
        }
        let mut farthest = D::NONE;
        for (&distance, &position) in self.distance.iter().zip(&self.position) {
            if position == UNSETTLED && distance > farthest {
                farthest = distance;
            }
        }
        farthest
    }

    /// The nodes that a shortest path leads to from the node at `place` as its next step.
    #[inline(always)]
    pub(super) fn next(&self, place: usize) -> impl Iterator<Item = u32> + '_ {
        let steps = &self.steps[self.starts[place]..self.starts[place + 1]];
        let is_last = |&&(v, through): &&Step<D>| through.is_as_short(self.distance[v as usize]);
        steps.iter().filter(is_last).map(|&(v, _)| v)
    }

    fn settle(&mut self, v: u32) {
        self.position[v as usize] =
            u32::try_from(self.order.len()).expect("nodes are numbered by 32 bits");
        self.order.push(v);
        self.starts.push(self.steps.len());
    }

    fn clear(&mut self) {
        for v in self.order.drain(..) {
            self.distance[v as usize] = D::FAR;
            self.position[v as usize] = UNSETTLED;
        }
        self.starts.clear();
        self.steps.clear();
    }
}

impl Distance for u32 {
    type Queue = Dial;
    const NONE: Self = 0;
    const FAR: Self = Self::MAX;

    #[inline(always)]
    fn plus(self, length: Self) -> Self {
        self + length
    }

    #[inline(always)]
    fn is_as_short(self, shortest: Self) -> bool {
        self <= shortest
    }

    fn number(self) -> f64 {
        f64::from(self)
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole number up to 255
    fn of(length: f64) -> Self {
        length as Self
    }
}

impl Distance for f64 {
    type Queue = Heap;
    const NONE: Self = 0.0;
    const FAR: Self = Self::INFINITY;

    #[inline(always)]
    fn plus(self, length: Self) -> Self {
        self + length
    }

    #[inline(always)]
    fn is_as_short(self, shortest: Self) -> bool {
        is_as_short(self, shortest)
    }

    fn number(self) -> f64 {
        self
    }

    fn of(length: f64) -> Self {
        length
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction, Edge};
    use crate::measure::{Along, Length};

    /// From 0 to 2 two ways of length 2, and to 3 two ways of length 5.
    const EDGES: [Edge; 5] = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 2.0), (0, 3, 5.0), (2, 3, 3.0)];

    fn any(edges: &[Edge]) -> AnySteps {
        let csr = Csr::new(4, edges, Direction::Undirected);
        AnySteps::new(&Paths::new(&csr, Length::Weight, Along::Outgoing).unwrap())
    }

    fn is_whole(longest: f64) -> bool {
        matches!(any(&[(0, 1, 1.0), (1, 2, longest)]), AnySteps::Whole(_))
    }

    #[test]
    fn only_short_whole_lengths_are_whole() {
        assert!(is_whole(2.0) && is_whole(255.0));
        assert!(!is_whole(256.0) && !is_whole(2.5));
    }

    fn searched<D: Distance>(steps: &Steps<D>) -> Vec<(f64, Vec<u32>)> {
        let mut dag = Dag::new(steps);
        // Once from elsewhere: that search must leave no trace.
        dag.run(steps, 2);
        dag.run(steps, 0);
        let each = dag.order.iter().enumerate().map(|(place, &u)| {
            let mut next: Vec<u32> = dag.next(place).collect();
            next.sort_unstable();
            (dag.distance[u as usize].number(), next)
        });
        each.collect()
    }

    #[test]
    fn all_last_steps_of_shortest_paths_are_kept() {
        let wanted = [(0.0, vec![1, 2, 3]), (1.0, vec![2]), (2.0, vec![3]), (5.0, vec![])];
        let AnySteps::Whole(whole) = any(&EDGES) else { panic!("all lengths are whole") };
        assert_eq!(searched(&whole), wanted);
        let halves = EDGES.map(|(u, v, length)| (u, v, length / 2.0));
        let AnySteps::Real(real) = any(&halves) else { panic!("some lengths are not whole") };
        let wanted = wanted.map(|(distance, next)| (distance / 2.0, next));
        assert_eq!(searched(&real), wanted);
    }

    #[test]
    fn steps_are_sorted_by_length() {
        let AnySteps::Whole(steps) = any(&EDGES) else { panic!("all lengths are whole") };
        assert_eq!(steps.of(0), [(1, 1), (2, 2), (3, 5)]);
        assert_eq!(steps.of(2), [(1, 1), (0, 2), (3, 3)]);
        assert_eq!((steps.longest, steps.reachable), (5, vec![4; 4]));
    }

    #[test]
    fn the_farthest_is_told_only_where_all_nodes_are_reached() {
        let AnySteps::Whole(steps) = any(&EDGES) else { panic!("all lengths are whole") };
        let mut dag = Dag::new(&steps);
        dag.distance = vec![0, 1, 2, 5];
        dag.settle(0);
        assert_eq!(dag.farthest(4), 5);
        dag.settle(3);
        assert_eq!(dag.farthest(4), 2);
        assert_eq!(dag.farthest(3), u32::MAX);
    }

    #[test]
    fn a_step_beyond_the_limit_ends_the_row() {
        let AnySteps::Whole(steps) = any(&EDGES) else { panic!("all lengths are whole") };
        let mut dag = Dag::new(&steps);
        dag.settle(0);
        assert_eq!(dag.scan(steps.of(0), 0, 2), 2);
        assert_eq!(dag.distance, [u32::MAX, 1, 2, u32::MAX]);
        assert_eq!(dag.scan(steps.of(0), 0, u32::MAX), 1, "the others are known");
        assert_eq!(dag.distance, [u32::MAX, 1, 2, 5]);
    }

    #[test]
    fn no_longer_way_is_noted_and_none_to_who_is_settled() {
        let AnySteps::Whole(steps) = any(&EDGES) else { panic!("all lengths are whole") };
        let mut dag = Dag::new(&steps);
        dag.scan(&[(1, 4), (1, 4), (1, 6)], 0, u32::MAX);
        assert_eq!(dag.steps, [(1, 4), (1, 4)]);
        dag.settle(1);
        dag.scan(&[(1, 4), (1, 6)], 0, u32::MAX);
        assert_eq!(dag.steps.len(), 2);
        dag.scan(&[(2, 6), (2, 4)], 1, u32::MAX);
        assert_eq!((&dag.steps[2..], dag.distance[2]), (&[(2, 7), (2, 5)][..], 5));
    }
}
