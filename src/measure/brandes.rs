//! Brandes' accumulation from one source, by length or where paths are too many for a float.
//!
//! Paths are counted outward in the order of distance, then their shares are handed back in the
//! reverse order, over the steps that the search noted as the last of shortest paths.

use super::brandes_batch::Standing;
use super::dag::{AnySteps, Dag, Distance, Steps};
use super::path_count::{Wide, is_exact};

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
        is_exact(most)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::length::{Along, Length, Paths};

    /// Two ways from 0 to 3, and on to 4, which stands for two.
    const DIAMOND: [(u32, u32); 5] = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)];
    const STANDING: [f64; 5] = [3.0, 1.0, 1.0, 1.0, 2.0];

    type Told = (u32, Option<u32>, f64);

    fn told(node: u32, given: Given) -> Told {
        match given {
            Given::Node(all) => (node, None, all),
            Given::Edge(to, part) => (node, Some(to), part),
        }
    }

    /// What the diamond gives from node 0, worked by hand: 3 for the source, times 2 at 3 and half of 1 + 2 at 1 and 2.
    fn wanted() -> Vec<Told> {
        vec![
            (0, Some(1), 7.5),
            (0, Some(2), 7.5),
            (1, None, 4.5),
            (1, Some(3), 4.5),
            (2, None, 4.5),
            (2, Some(3), 4.5),
            (3, None, 6.0),
            (3, Some(4), 6.0),
            (4, None, 0.0),
        ]
    }

    fn steps(csr: &Csr) -> Steps<u32> {
        let paths = Paths::new(csr, Length::Hops, Along::Outgoing).unwrap();
        let AnySteps::Whole(steps) = AnySteps::new(&paths) else { panic!("hops are whole") };
        steps
    }

    fn sorted(mut found: Vec<Told>) -> Vec<Told> {
        found.sort_by_key(|one| (one.0, one.1));
        found
    }

    #[test]
    fn a_diamond_hands_back_halves() {
        let steps = steps(&Csr::unweighted(5, &DIAMOND, Direction::Undirected));
        let mut room = Room::new(&steps);
        let mut found = Vec::new();
        room.add(&steps, 0, Some(&STANDING), |u, given| found.push(told(u, given)));
        assert_eq!(sorted(found), wanted());
    }

    #[test]
    fn wide_counts_hand_back_the_same() {
        let steps = steps(&Csr::unweighted(5, &DIAMOND, Direction::Undirected));
        let mut dag = Dag::new(&steps);
        dag.run(&steps, 0);
        let mut found = Vec::new();
        let weight = |u: u32| STANDING[u as usize];
        hand_back_wide(&dag, weight, |u, given| found.push(told(u, given)));
        assert_eq!(sorted(found), wanted());
    }

    #[test]
    fn a_chain_of_a_thousand_squares_has_more_paths_than_are_counted() {
        let squares = |count: u32| {
            let square = |k: u32| {
                let at = 3 * k;
                [(at, at + 1), (at, at + 2), (at + 1, at + 3), (at + 2, at + 3)]
            };
            let pairs: Vec<(u32, u32)> = (0..count).flat_map(square).collect();
            let nodes = 3 * count as usize + 1;
            let steps = steps(&Csr::unweighted(nodes, &pairs, Direction::Undirected));
            let mut room = Room::new(&steps);
            room.dag.run(&steps, 0);
            let exact = room.count();
            let mut last = f64::NAN;
            room.add(&steps, 0, None, |u, given| {
                if let (1, Given::Node(all)) = (u, given) {
                    last = all;
                }
            });
            (exact, last)
        };
        // 2 ^ 963 is below 1e290, 2 ^ 964 above. Through one side of the first square goes half of what is beyond it.
        let (fewer, more) = (squares(963), squares(964));
        assert_eq!((fewer.0, more.0), (true, false));
        assert!((fewer.1 - (3.0 * 963.0 - 2.0) / 2.0).abs() < 1e-6, "{}", fewer.1);
        assert!((more.1 - (3.0 * 964.0 - 2.0) / 2.0).abs() < 1e-6, "{}", more.1);
    }
}
