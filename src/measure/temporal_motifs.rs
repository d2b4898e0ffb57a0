//! How often each of the 36 orders of three edges on two or three nodes comes within δ.

use rayon::prelude::*;

use super::motif_pairs::{Incidence, Pairs};
use super::motif_sweep::{Event, Triples, triples};
use crate::graph::{TimedEdge, TimedGraph};

/// The δ-temporal motifs of three edges on two or three nodes: three edges of three different days, no more than `delta` days from the first to the
/// last, counted by how they lie.
///
/// The first edge is `1→2`. The row of a motif says what the second edge is, the column what the third is, as in the figure of the paper:
///
/// | row | second | column | third |
/// | --- | --- | --- | --- |
/// | 1 | `3→2` | 1 | `1→2` |
/// | 2 | `2→3` | 2 | `2→1` |
/// | 3 | `3→1` | 3 | `1→3` |
/// | 4 | `1→3` | 4 | `3→1` |
/// | 5 | `2→1` | 5 | `2→3` |
/// | 6 | `1→2` | 6 | `3→2` |
///
/// M51, M52, M61 and M62 are on two nodes; M13, M14, M23, M24, M35, M36, M45 and M46 are triangles; the other 24 are stars.
///
/// The paper has `t1 < t2 < t3`, and so here: edges of one day are in no order. An edge counts on the day on which it began, and only where that is known
/// *to the day*; the others are left out and their number is told. An edge from a node to itself is of no motif. Parallel edges each count.
///
/// - **Shape**: six rows of six counts. A count of more than 2⁶⁴ − 1 is told as that.
/// - **Unit**: triples of edges.
/// - **Cost**: two nodes and stars `O(m log m)`; triangles `O(√τ m log m)` where τ triples of nodes are tied all round, and
///   `O(m^1.5 log m)` to find these, none of which is kept. `O(m)` memory on each thread.
/// - **Order**: whole numbers; the same for any number of threads.
/// - **Edge cases**: with `delta` 0 or 1 there is no motif, as three days lie at least two apart.
///
/// # Examples
///
/// A hands on to B, B to C and C to A.
///
/// ```
/// use kluwen::graph::{TimedEdge, TimedGraph};
/// use kluwen::measure::TemporalMotifs;
///
/// let edges = vec![TimedEdge::on(1, 0, 1), TimedEdge::on(4, 1, 2), TimedEdge::on(9, 2, 0)];
/// let graph = TimedGraph::new(3, edges);
/// let census = TemporalMotifs { delta: 10 }.count(&graph);
/// assert_eq!(census.counts[1][3], 1, "M24: 1→2, 2→3, 3→1");
/// assert_eq!(census.counts.as_flattened().iter().sum::<u64>(), 1);
/// assert_eq!(TemporalMotifs { delta: 7 }.count(&graph).counts, [[0; 6]; 6]);
/// ```
///
/// # Source
///
/// A. Paranjape, A. R. Benson, J. Leskovec, "Motifs in temporal networks", WSDM 2017, arXiv:1612.09259: figure 2 and algorithms 2 to 5. Triangles are
/// given to the pair of most edges, as there; they are sought pair by pair and not listed first, to keep memory small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemporalMotifs {
    /// How many days may lie between the first and the last edge. 90 by default.
    pub delta: u32,
}

impl Default for TemporalMotifs {
    fn default() -> Self {
        Self { delta: 90 }
    }
}

/// How often each motif comes, and over which edges that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MotifCensus {
    /// By row and column of the figure, from 0: M23 is `counts[1][2]`.
    pub counts: [[u64; 6]; 6],
    /// How many edges were looked at.
    pub edges: usize,
    /// How many were left out because the day on which they began is not known.
    pub not_to_the_day: usize,
    /// How many were left out because they lead from a node to itself.
    pub loops: usize,
}

/// An edge and the day on which it began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    pub(super) day: i32,
    pub(super) from: u32,
    pub(super) to: u32,
}

/// What the second edge is, by row, and the third, by column.
const SECOND: [[u8; 2]; 6] = [[3, 2], [2, 3], [3, 1], [1, 3], [2, 1], [1, 2]];
const THIRD: [[u8; 2]; 6] = [[1, 2], [2, 1], [1, 3], [3, 1], [2, 3], [3, 2]];

/// Counts by row and column.
type Grid = [[u128; 6]; 6];

impl TemporalMotifs {
    /// The three edges of the motif of a row and column of the figure, both from 0, by which nodes they lead from and to.
    ///
    /// # Panics
    ///
    /// If one of the two is 6 or more.
    #[must_use]
    pub fn edges(row: usize, column: usize) -> [[u8; 2]; 3] {
        [[1, 2], SECOND[row], THIRD[column]]
    }

    /// Counts the motifs of a graph.
    #[must_use]
    pub fn count(&self, graph: &TimedGraph) -> MotifCensus {
        let loops = graph.edges().iter().filter(|edge| edge.from == edge.to).count();
        let mut dated: Vec<Dated> = graph.edges().iter().filter_map(dated).collect();
        dated.sort_by_key(|edge| edge.day);
        let incidence = Incidence::of(graph.node_count(), &dated);
        let near = self.near_one_node(&incidence);
        let grid = sum(near, &self.triangles(&Pairs::of(&incidence)));
        MotifCensus {
            counts: grid.map(|row| row.map(|count| u64::try_from(count).unwrap_or(u64::MAX))),
            edges: dated.len(),
            not_to_the_day: graph.edges().len() - loops - dated.len(),
            loops,
        }
    }

    /// Motifs on two nodes, and stars.
    fn near_one_node(self, incidence: &Incidence) -> Grid {
        let nodes = 0..incidence.node_count();
        let of_one = |centre| self.near(centre, incidence);
        nodes
            .into_par_iter()
            .with_min_len(64)
            .map(of_one)
            .reduce(Grid::default, |one, other| sum(one, &other))
    }

    /// Stars about a node, and motifs of two nodes of which it is the lower.
    fn near(self, centre: u32, incidence: &Incidence) -> Grid {
        let mut grid = Grid::default();
        let around = incidence.around(centre);
        if around.events.len() < 3 {
            return grid;
        }
        let mut stars = triples::<2>(&around.events, around.others.len(), self.delta);
        for (&other, range) in around.others.iter().zip(&around.by_other) {
            if range.len() < 3 {
                continue;
            }
            let own = |&at: &u32| Event { key: 0, ..around.events[at as usize] };
            let events: Vec<Event> = around.order[range.clone()].iter().map(own).collect();
            let both = triples::<2>(&events, 1, self.delta);
            each(&both, |[place, first, second, lone], count| {
                stars[place][first][second][lone] -= count;
                if centre < other && place == 0 {
                    add(&mut grid, 0, [spoke(first, 1), spoke(second, 1), spoke(lone, 1)], count);
                }
            });
        }
        each(&stars, |[place, first, second, lone], count| {
            add(&mut grid, place, [spoke(first, 1), spoke(second, 1), spoke(lone, 2)], count);
        });
        grid
    }

    /// Motifs on three nodes of which each is tied to each.
    fn triangles(self, pairs: &Pairs) -> Grid {
        let of_one = |pair| {
            let mut grid = Grid::default();
            let (events, thirds) = pairs.triangles(pair);
            if thirds > 0 {
                let found = triples::<4>(&events, thirds, self.delta);
                each(&found, |[place, first, second, lone], count| {
                    let base = if lone == 0 { [0, 1] } else { [1, 0] };
                    add(&mut grid, place, [side(first), side(second), base], count);
                });
            }
            grid
        };
        (0..pairs.len())
            .into_par_iter()
            .with_min_len(256)
            .map(of_one)
            .reduce(Grid::default, |one, other| sum(one, &other))
    }
}

/// An edge that is known to the day and leads elsewhere.
fn dated(edge: &TimedEdge) -> Option<Dated> {
    let day = edge.start.first;
    let known = day == edge.start.last && day != i32::MIN && day != i32::MAX;
    (known && edge.from != edge.to).then_some(Dated { day, from: edge.from, to: edge.to })
}

/// Between the centre of a star, 0, and another: out of the centre, or into it.
fn spoke(class: usize, other: u8) -> [u8; 2] {
    if class == 0 { [0, other] } else { [other, 0] }
}

/// Between the third node of a triangle, 2, and one of the two of its base: from the third, or to it.
fn side(class: usize) -> [u8; 2] {
    let end = u8::from(class >= 2);
    if class.is_multiple_of(2) { [2, end] } else { [end, 2] }
}

/// Every triple that was found: its place, the classes of its pair and of the lone event, and how often.
fn each<const C: usize>(found: &Triples<C>, mut tell: impl FnMut([usize; 4], u128)) {
    for (place, firsts) in found.iter().enumerate() {
        for (first, seconds) in firsts.iter().enumerate() {
            for (second, lones) in seconds.iter().enumerate() {
                for (lone, &count) in lones.iter().enumerate() {
                    if count > 0 {
                        tell([place, first, second, lone], count);
                    }
                }
            }
        }
    }
}

/// Adds triples, given as the pair and the lone edge, to the motif that they are by the place of the lone one.
fn add(grid: &mut Grid, place: usize, [first, second, lone]: [[u8; 2]; 3], count: u128) {
    let edges = match place {
        0 => [first, second, lone],
        1 => [first, lone, second],
        _ => [lone, first, second],
    };
    let [from, to] = edges[0];
    let name = |node: u8| match node {
        node if node == from => 1,
        node if node == to => 2,
        _ => 3,
    };
    let named = |edge: [u8; 2]| edge.map(name);
    let row = SECOND.iter().position(|&edge| edge == named(edges[1]));
    let column = THIRD.iter().position(|&edge| edge == named(edges[2]));
    if let (Some(row), Some(column)) = (row, column) {
        grid[row][column] += count;
    }
}

fn sum(mut one: Grid, other: &Grid) -> Grid {
    for (row, other) in one.iter_mut().zip(other) {
        for (count, other) in row.iter_mut().zip(other) {
            *count += other;
        }
    }
    one
}
