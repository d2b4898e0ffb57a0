//! One shortest path between two nodes, each with equal chance, by searches from both ends.

use super::length::Paths;
use crate::random::Random;

/// Counts of a level above this are scaled down: only their ratios matter.
const LARGE: f64 = 1e100;

/// What one end knows of a node; only what has the stamp of the draw at hand is true.
#[derive(Clone, Copy, Default)]
struct Mark {
    stamp: u32,
    depth: u32,
    count: f64,
}

/// How far one end has looked.
#[derive(Default)]
struct End {
    /// The nodes found, nearest first.
    found: Vec<u32>,
    /// Where each level starts in `found`; the last level is the front.
    starts: Vec<usize>,
    /// How many edges lead on from the front.
    edges: usize,
}

/// The room that paths are drawn in, one after the other.
pub(super) struct TwoSided<'a> {
    /// Onward from the first end and backward from the second.
    paths: [Paths<'a>; 2],
    marks: Vec<[Mark; 2]>,
    ends: [End; 2],
    stamp: u32,
    /// The edges on which the searches met: from the side that looked, to the other, paths over it.
    met: Vec<(u32, u32, f64)>,
}

impl<'a> TwoSided<'a> {
    pub(super) fn new(paths: Paths<'a>) -> Self {
        Self {
            paths: [paths, paths.reversed()],
            marks: vec![[Mark::default(); 2]; paths.csr.node_count()],
            ends: [End::default(), End::default()],
            stamp: 0,
            met: Vec::new(),
        }
    }

    /// Draws one of the shortest paths from one end to another and calls `visit` with each node between
    /// them; with none if no path leads there.
    pub(super) fn draw(&mut self, ends: [u32; 2], random: &mut Random, visit: impl FnMut(u32)) {
        self.start(ends);
        while self.met.is_empty() && self.ends.iter().all(|end| end.edges > 0) {
            self.expand(usize::from(self.ends[1].edges < self.ends[0].edges));
        }
        self.walk(random, visit);
    }

    fn start(&mut self, ends: [u32; 2]) {
        self.met.clear();
        if self.stamp == u32::MAX {
            self.marks.fill([Mark::default(); 2]);
            self.stamp = 0;
        }
        self.stamp += 1;
        for (side, node) in ends.into_iter().enumerate() {
            self.marks[node as usize][side] = Mark { stamp: self.stamp, depth: 0, count: 1.0 };
            let end = &mut self.ends[side];
            end.found.clear();
            end.found.push(node);
            end.starts.clear();
            end.starts.push(0);
            end.edges = self.paths[side].next(node).len();
        }
    }

    /// Looks one step farther from one side. What the other side has found lies on its front, or the
    /// two would have met before.
    fn expand(&mut self, side: usize) {
        let end = &mut self.ends[side];
        let front = end.starts[end.starts.len() - 1]..end.found.len();
        let depth = u32::try_from(end.starts.len()).expect("no path is longer than its graph");
        let paths = self.paths[side];
        for at in front.clone() {
            let u = end.found[at];
            let count = self.marks[u as usize][side].count;
            for &v in paths.next(u) {
                let marks = &mut self.marks[v as usize];
                let other = marks[1 - side];
                let own = &mut marks[side];
                if other.stamp == self.stamp {
                    self.met.push((u, v, count * other.count));
                } else if own.stamp != self.stamp {
                    *own = Mark { stamp: self.stamp, depth, count };
                    end.found.push(v);
                } else if own.depth == depth {
                    own.count += count;
                }
            }
        }
        end.starts.push(front.end);
        self.settle(side);
    }

    /// Counts the edges onward from a new front, and keeps its counts in the range of a float.
    fn settle(&mut self, side: usize) {
        let end = &mut self.ends[side];
        let front = &end.found[end.starts[end.starts.len() - 1]..];
        end.edges = front.iter().map(|&u| self.paths[side].next(u).len()).sum();
        if front.iter().any(|&u| self.marks[u as usize][side].count > LARGE) {
            for &u in front {
                self.marks[u as usize][side].count /= LARGE;
            }
        }
    }

    /// Chooses an edge on which the searches met and walks from it to both ends.
    fn walk(&self, random: &mut Random, mut visit: impl FnMut(u32)) {
        let Some(&(u, v, _)) = chosen(self.met.iter(), |met| met.2, random) else { return };
        let side = usize::from(self.marks[u as usize][0].stamp != self.stamp);
        for (side, mut node) in [(side, u), (1 - side, v)] {
            let mut depth = self.marks[node as usize][side].depth;
            while depth > 0 {
                visit(node);
                depth -= 1;
                if depth > 0 {
                    node = self.nearer(side, node, depth, random);
                }
            }
        }
    }

    /// A neighbor of `node` one step nearer to the end, with the chance of its paths. The level is looked through where
    /// the node has many neighbors, else they are.
    fn nearer(&self, side: usize, node: u32, depth: u32, random: &mut Random) -> u32 {
        let (end, level) = (&self.ends[side], depth as usize);
        let level = &end.found[end.starts[level]..end.starts[level + 1]];
        let back = self.paths[1 - side].next(node);
        let count = |&&u: &&u32| self.marks[u as usize][side].count;
        let nearer = if back.len() > 8 * level.len() {
            let leads = |u: &&u32| self.paths[side].next(**u).binary_search(&node).is_ok();
            chosen(level.iter().filter(leads), count, random)
        } else {
            let nearer = |u: &&u32| {
                let mark = self.marks[**u as usize][side];
                mark.stamp == self.stamp && mark.depth == depth
            };
            chosen(back.iter().filter(nearer), count, random)
        };
        *nearer.expect("what was found was found from a nearer node")
    }
}

/// One of some items, with a chance that goes with its weight.
fn chosen<T: Copy>(
    items: impl Iterator<Item = T> + Clone,
    weight: impl Fn(&T) -> f64,
    random: &mut Random,
) -> Option<T> {
    let total: f64 = items.clone().map(|item| weight(&item)).sum();
    let mut left = random.unit() * total;
    let mut last = None;
    for item in items {
        last = Some(item);
        left -= weight(&item);
        if left < 0.0 {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::{Along, Length};

    #[test]
    fn each_shortest_path_is_drawn_about_as_often() {
        // From 0 to 5 three paths of three steps: 0-1-3-5, 0-2-3-5 and 0-2-4-5.
        let pairs = [(0, 1), (0, 2), (1, 3), (2, 3), (2, 4), (3, 5), (4, 5)];
        let csr = Csr::unweighted(6, &pairs, Direction::Undirected);
        let paths = Paths::new(&csr, Length::Hops, Along::Outgoing).unwrap();
        let mut room = TwoSided::new(paths);
        let mut times = [0; 6];
        for index in 0..3000 {
            let mut random = Random::new(1, index);
            room.draw([0, 5], &mut random, |v| times[v as usize] += 1);
        }
        assert_eq!(
            (times[0], times[5], times[1] + times[2], times[3] + times[4]),
            (0, 0, 3000, 3000)
        );
        assert!((900..1100).contains(&times[1]) && (900..1100).contains(&times[4]), "{times:?}");
    }

    #[test]
    fn a_chain_of_squares_with_more_paths_than_a_float_holds_is_drawn_from() {
        let squares = 1200_u32;
        let pairs: Vec<(u32, u32)> = (0..squares)
            .flat_map(|k| {
                let at = 3 * k;
                [(at, at + 1), (at, at + 2), (at + 1, at + 3), (at + 2, at + 3)]
            })
            .collect();
        let csr = Csr::unweighted(3 * squares as usize + 1, &pairs, Direction::Undirected);
        let paths = Paths::new(&csr, Length::Hops, Along::Outgoing).unwrap();
        let (mut between, mut firsts) = (0, 0);
        let ends = [0, 3 * squares];
        TwoSided::new(paths).draw(ends, &mut Random::new(5, 0), |v| {
            between += 1;
            firsts += u32::from(v % 3 == 1);
        });
        assert_eq!(between, 2 * squares - 1);
        assert!((500..700).contains(&firsts), "{firsts}");
    }
}
