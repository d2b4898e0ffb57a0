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
