//! Dijkstra's search from both ends.

use super::balls::{Balls, FROM, TO};
use super::length::{Paths, is_as_short};
use super::search::Search;

/// Searches by length from both ends.
///
/// They stop once no path through a node that neither has settled can be as short as the shortest one found.
///
/// # Source
///
/// I. Pohl, "Bi-directional search", Machine Intelligence 6:127-140, 1971; the rule to stop is that of
/// T. A. J. Nicholson, "Finding the shortest route between two points in a network", Comput. J. 9:275-280, 1966.
pub(super) struct LengthBalls {
    searches: [Search; 2],
    /// Edges between settled nodes of both balls, and the length of the path through them.
    joined: Vec<(u32, u32, f64)>,
    crossings: Vec<(u32, u32)>,
}

impl LengthBalls {
    pub(super) fn new(node_count: usize) -> Self {
        Self {
            searches: [Search::new(node_count), Search::new(node_count)],
            joined: Vec::new(),
            crossings: Vec::new(),
        }
    }

    /// The distance between two sets of nodes that have none in common; with `all`, all crossings are found.
    ///
    /// The side that is nearer goes first, so neither settles a node that is farther than half the way; no end is in the other's ball.
    pub(super) fn meet(
        &mut self,
        both: &[Paths<'_>; 2],
        ends: [&[u32]; 2],
        all: bool,
    ) -> Option<f64> {
        for (search, nodes) in self.searches.iter_mut().zip(ends) {
            search.start(nodes.iter().copied());
        }
        self.joined.clear();
        let mut shortest = f64::INFINITY;
        loop {
            let next = [FROM, TO].map(|side| self.searches[side].next_distance());
            let least = next[FROM] + next[TO];
            if least.is_infinite() || least > shortest && !(all && is_as_short(least, shortest)) {
                break;
            }
            let side = usize::from(next[TO] < next[FROM]);
            self.advance(&both[side], side, &mut shortest);
        }
        self.keep_crossings(shortest);
        shortest.is_finite().then_some(shortest)
    }

    fn advance(&mut self, paths: &Paths<'_>, side: usize, shortest: &mut f64) {
        let [from, to] = &mut self.searches;
        let (own, other) = if side == FROM { (from, to) } else { (to, from) };
        let joined = &mut self.joined;
        own.settle_next(paths, |u, v, through| {
            let whole = through + other.distance[v as usize];
            *shortest = shortest.min(whole);
            if other.is_settled(v) && is_as_short(whole, *shortest) {
                joined.push(if side == FROM { (u, v, whole) } else { (v, u, whole) });
            }
        });
    }

    /// A path enters the ball of `TO` once, at its first node there.
    fn keep_crossings(&mut self, shortest: f64) {
        let back = &self.searches[TO];
        let is_first = |&&(u, _, whole): &&(u32, u32, f64)| {
            is_as_short(whole, shortest) && !back.is_settled(u)
        };
        self.crossings.clear();
        self.crossings.extend(self.joined.iter().filter(is_first).map(|&(u, v, _)| (u, v)));
    }
}

impl Balls for LengthBalls {
    fn crossings(&self) -> &[(u32, u32)] {
        &self.crossings
    }

    fn depth(&self, side: usize, v: u32) -> u32 {
        self.searches[side].rank(v)
    }

    fn nearer(&self, both: &[Paths<'_>; 2], side: usize, v: u32) -> impl Iterator<Item = u32> {
        let search = &self.searches[side];
        both[1 - side]
            .steps(v)
            .filter(move |&(w, length)| search.is_last_step(w, length, v))
            .map(|(w, _)| w)
            .filter(move |&w| side == TO || !self.searches[TO].is_settled(w))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::{Along, Length};

    fn both(csr: &Csr) -> [Paths<'_>; 2] {
        let paths = Paths::new(csr, Length::Weight, Along::Outgoing).unwrap();
        [paths, paths.reversed()]
    }

    fn graph(edges: &[(u32, u32, f64)], direction: Direction) -> Csr {
        Csr::new(6, edges, direction)
    }

    fn settled(balls: &LengthBalls, side: usize) -> Vec<u32> {
        (0..6).filter(|&v| balls.searches[side].is_settled(v)).collect()
    }

    #[test]
    fn two_balls_meet_half_way_and_look_no_farther() {
        // A row of four and a far node beyond its start.
        let row = [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (0, 4, 9.0)];
        for direction in [Direction::Undirected, Direction::Directed] {
            let csr = graph(&row, direction);
            let mut balls = LengthBalls::new(6);
            for all in [true, false] {
                let distance = balls.meet(&both(&csr), [&[0], &[3]], all);
                assert_eq!(distance.map(f64::to_bits), Some(3.0_f64.to_bits()));
                assert_eq!(balls.crossings, [(1, 2)]);
                assert_eq!((settled(&balls, FROM), settled(&balls, TO)), (vec![0, 1], vec![2, 3]));
            }
            assert!(balls.meet(&both(&csr), [&[0], &[5]], true).is_none());
            assert!(balls.crossings.is_empty());
        }
        let back = graph(&row, Direction::Directed);
        assert!(LengthBalls::new(6).meet(&both(&back), [&[3], &[0]], true).is_none());
    }

    #[test]
    fn all_crossings_of_ways_as_short_are_found() {
        let square = [(0, 1, 1.0), (1, 3, 2.0), (0, 2, 2.0), (2, 3, 1.0), (0, 3, 3.1)];
        let csr = graph(&square, Direction::Undirected);
        let mut balls = LengthBalls::new(6);
        let distance = balls.meet(&both(&csr), [&[0], &[3]], true);
        assert_eq!(distance.map(f64::to_bits), Some(3.0_f64.to_bits()));
        let mut crossings = balls.crossings.clone();
        crossings.sort_unstable();
        assert_eq!(crossings, [(0, 2), (1, 3)]);
        // Of two sets the two that are nearest to each other meet.
        let distance = balls.meet(&both(&csr), [&[0, 1], &[3, 2]], true);
        assert_eq!(distance.map(f64::to_bits), Some(2.0_f64.to_bits()));
        let mut crossings = balls.crossings.clone();
        crossings.sort_unstable();
        assert_eq!(crossings, [(0, 2), (1, 3)]);
    }
}
