//! Brandes' accumulation from one source, by length or where paths are too many for a float.
//!
//! Paths are counted outward in the order of distance, then their shares are handed back in the
//! reverse order, over the steps that the search noted as the last of shortest paths.

use super::brandes_batch::Standing;
use super::dag::{AnySteps, Dag, Distance, Steps};
use super::path_count::{PathCount, Wide};

/// The room that sources are worked in, one after the other.
pub(super) enum Accumulation<'a> {
    Whole(&'a Steps<u32>, Room<u32>),
    Real(&'a Steps<f64>, Room<f64>),
}

pub(super) struct Room<D: Distance> {
    dag: Dag<D>,
    counts: Vec<f64>,
    /// `(1 + dependency) / count` of each node already handed back.
    shares: Vec<f64>,
}

impl<'a> Accumulation<'a> {
    pub(super) fn new(steps: &'a AnySteps) -> Self {
        match steps {
            AnySteps::Whole(steps) => Self::Whole(steps, Room::new(steps)),
            AnySteps::Real(steps) => Self::Real(steps, Room::new(steps)),
        }
    }

    /// Calls `give` with the dependency of `source` on each node, and with what part of it each next node hands
    /// back.
    pub(super) fn add(
        &mut self,
        source: u32,
        standing: Standing<'_>,
        give: impl FnMut(u32, Given),
    ) {
        match self {
            Self::Whole(steps, room) => room.add(steps, source, standing, give),
            Self::Real(steps, room) => room.add(steps, source, standing, give),
        }
    }
}

/// What a node gets from a source.
#[derive(Clone, Copy)]
pub(super) enum Given {
    /// All that was handed back to it.
    Node(f64),
    /// What of it came over the edge to that node.
    Edge(u32, f64),
}

impl<D: Distance> Room<D> {
    fn new(steps: &Steps<D>) -> Self {
        let dag = Dag::new(steps);
        let none = vec![0.0; dag.distance.len()];
        Self { dag, counts: none.clone(), shares: none }
    }

    fn add(
        &mut self,
        steps: &Steps<D>,
        source: u32,
        standing: Standing<'_>,
        mut give: impl FnMut(u32, Given),
    ) {
        self.dag.run(steps, source);
        let weight = |u: u32| standing.map_or(1.0, |standing| standing[u as usize]);
        let factor = weight(source);
        if !self.count() {
            hand_back_wide(&self.dag, weight, give);
            return;
        }
        for (place, &u) in self.dag.order.iter().enumerate().rev() {
            let count = self.counts[u as usize];
            let mut shares = 0.0;
            for v in self.dag.next(place) {
                let share = self.shares[v as usize];
                give(u, Given::Edge(v, factor * count * share));
                shares += share;
            }
            let dependency = count * shares;
            self.shares[u as usize] = (weight(u) + dependency) / count;
            if place > 0 {
                give(u, Given::Node(factor * dependency));
            }
        }
    }

    /// Counts the paths to each node; says `false` if they are too many for a float.
    fn count(&mut self) -> bool {
        for &u in &self.dag.order {
            self.counts[u as usize] = 0.0;
        }
        self.counts[self.dag.order[0] as usize] = 1.0;
        let mut most = 1.0_f64;
        for (place, &u) in self.dag.order.iter().enumerate() {
            let count = self.counts[u as usize];
            most = most.max(count);
            for v in self.dag.next(place) {
                self.counts[v as usize] += count;
            }
        }
        most.is_exact()
    }
}

/// The same with counts of a wider range.
fn hand_back_wide<D: Distance>(
    dag: &Dag<D>,
    weight: impl Fn(u32) -> f64,
    mut give: impl FnMut(u32, Given),
) {
    let mut counts = vec![Wide::NONE; dag.distance.len()];
    counts[dag.order[0] as usize] = Wide::ONE;
    for (place, &u) in dag.order.iter().enumerate() {
        for v in dag.next(place) {
            counts[v as usize] = counts[v as usize].plus(counts[u as usize]);
        }
    }
    let factor = weight(dag.order[0]);
    let mut dependency = vec![0.0; counts.len()];
    for (place, &u) in dag.order.iter().enumerate().rev() {
        let mut own = 0.0;
        for v in dag.next(place) {
            let share = counts[u as usize].share_of(counts[v as usize]);
            let handed = share * (weight(v) + dependency[v as usize]);
            give(u, Given::Edge(v, factor * handed));
            own += handed;
        }
        dependency[u as usize] = own;
        if place > 0 {
            give(u, Given::Node(factor * own));
        }
    }
}
