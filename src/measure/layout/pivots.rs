//! Distances in the graph from some of its nodes, which stand for all.

use std::sync::Arc;

use rayon::prelude::*;

use super::Point;
use super::ties::Ties;

/// How many pivots are looked at side by side; a constant, so that sums do not depend on the processor.
const LANES: usize = 32;

/// With no more nodes than this each is a pivot, so that all distances count.
const ALL: usize = 1000;

/// The length of an edge on paper is told by about so many pivots.
const ROWS: usize = 32;

/// How far each node of a graph is from each of some pivots, and how much that says.
pub(super) struct Pivots {
    /// The pivots, or the coarse nodes that they are part of.
    nodes: Vec<u32>,
    /// Row by row: the distance of a node from each pivot, in edges of the finest level.
    distances: Vec<f32>,
    /// The weight of each of these, 0 where it says nothing.
    weights: Vec<f32>,
    /// Of each pivot, how many nodes that are nearest to it are within 0, 1, 2, … edges.
    within: Arc<Vec<Vec<u32>>>,
}

/// Whether each node is a pivot of a graph of so many.
pub(super) fn all_are_pivots(n: usize) -> bool {
    n <= ALL
}

/// How many pivots a graph of so many nodes has: fewer where their distances would take much memory.
fn pivot_count(n: usize) -> usize {
    if all_are_pivots(n) { n } else { (10_000_000 / n).clamp(16, 200) }
}

impl Pivots {
    /// The pivots of a connected graph: each as far as can be from those before it.
    ///
    /// A distance has the weight of all nodes that are nearest to the pivot and at most half as far from it as the node is, over its square.
    ///
    /// # Source
    ///
    /// M. Ortmann, M. Klimenta, U. Brandes, "A sparse stress model", J. Graph Algorithms Appl. 21(5):791-821, 2017, section 3: `R(p)` and the
    /// weights `s` there.
    pub(super) fn new(ties: &Ties) -> Self {
        let found =
            if all_are_pivots(ties.len()) { Found::all(ties) } else { Found::far_apart(ties) };
        let count = found.nodes.len();
        let width = count.next_multiple_of(LANES);
        let mut distances = vec![0.0; ties.len() * width];
        distances.par_chunks_mut(width.max(1)).enumerate().for_each(|(u, row)| {
            for (distance, column) in row.iter_mut().zip(&found.distances) {
                *distance = f32::from(column[u]);
            }
        });
        let within = Arc::new(found.within());
        Self::weighed(found.nodes, distances, within)
    }

    /// The same pivots as a coarser graph has them: the mean distances of what its nodes stand for.
    pub(super) fn coarser(&self, parent: &[u32], count: usize) -> Self {
        let width = self.width();
        let mut distances = vec![0.0_f32; count * width];
        let mut parts = vec![0.0_f32; count];
        for (u, &p) in parent.iter().enumerate() {
            let p = p as usize;
            parts[p] += 1.0;
            let sums = &mut distances[p * width..(p + 1) * width];
            sums.iter_mut().zip(self.row(u)).for_each(|(sum, distance)| *sum += distance);
        }
        let rows = distances.par_chunks_mut(width.max(1)).zip(&parts);
        rows.for_each(|(row, &parts)| row.iter_mut().for_each(|sum| *sum /= parts));
        let nodes = self.nodes.iter().map(|&u| parent[u as usize]).collect();
        Self::weighed(nodes, distances, Arc::clone(&self.within))
    }

    fn weighed(nodes: Vec<u32>, distances: Vec<f32>, within: Arc<Vec<Vec<u32>>>) -> Self {
        let width = nodes.len().next_multiple_of(LANES).max(1);
        let mut weights = vec![0.0; distances.len()];
        let rows = weights.par_chunks_mut(width).zip(distances.par_chunks(width));
        rows.enumerate().for_each(|(u, (weights, distances))| {
            for (k, (weight, &distance)) in weights.iter_mut().zip(distances).enumerate() {
                // A pivot that is part of the node itself cannot be nearer or farther.
                if nodes.get(k).is_some_and(|&pivot| pivot as usize != u) && distance > 0.0 {
                    *weight = half_as_far(&within[k], distance) / (distance * distance);
                }
            }
        });
        Self { nodes, distances, weights, within }
    }

    fn width(&self) -> usize {
        self.nodes.len().next_multiple_of(LANES)
    }

    /// The distances of a node from each pivot; places at the end that no pivot has are 0.
    fn row(&self, u: usize) -> &[f32] {
        &self.distances[u * self.width()..(u + 1) * self.width()]
    }

    /// The distances of a node from each pivot.
    pub(super) fn distances(&self, u: usize) -> &[f32] {
        &self.row(u)[..self.nodes.len()]
    }

    pub(super) fn count(&self) -> usize {
        self.nodes.len()
    }

    /// Where the pivots are drawn.
    #[expect(clippy::cast_possible_truncation, reason = "six digits will do")]
    pub(super) fn drawn(&self, points: &[Point]) -> Drawn {
        let at = |axis: usize| {
            let mut places: Vec<f32> =
                self.nodes.iter().map(|&u| points[u as usize][axis] as f32).collect();
            places.resize(self.width(), 0.0);
            places
        };
        let mut drawn = Drawn { x: at(0), y: at(1), edge: 1.0 };
        drawn.edge = self.edge(&drawn);
        drawn
    }

    /// How long an edge is drawn where distances on paper are most like those in the graph, as the pivots have them.
    fn edge(&self, drawn: &Drawn) -> f32 {
        let step = (self.nodes.len() / ROWS).max(1);
        let rows = (0..self.nodes.len()).into_par_iter().step_by(step);
        let parts: Vec<[f64; 2]> = rows
            .map(|k| {
                let u = self.nodes[k] as usize;
                let at = |k: usize| [drawn.x[k], drawn.y[k]].map(f64::from);
                let mut sums = [0.0; 2];
                for (other, &distance) in self.distances(u).iter().enumerate() {
                    let [x, y] = [0, 1].map(|axis| at(k)[axis] - at(other)[axis]);
                    let square = x * x + y * y;
                    if distance > 0.0 && square > 0.0 {
                        let length = square.sqrt() / f64::from(distance);
                        sums = [sums[0] + length * length, sums[1] + length];
                    }
                }
                sums
            })
            .collect();
        let add = |a: [f64; 2], b: &[f64; 2]| [a[0] + b[0], a[1] + b[1]];
        let [squares, lengths] = parts.iter().fold([0.0; 2], add);
        #[expect(clippy::cast_possible_truncation, reason = "six digits will do")]
        if lengths > 0.0 { (squares / lengths) as f32 } else { 1.0 }
    }

    /// From where `u` is drawn, the way to where distances to the pivots would be most like those in the graph, each pivot taken alone.
    ///
    /// # Source
    ///
    /// E. R. Gansner, Y. Koren, S. C. North, "Graph drawing by stress majorization", GD 2004, section 2.3 (localized optimization).
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "six digits will do")]
    pub(super) fn way(&self, u: usize, own: Point, drawn: &Drawn) -> Point {
        let (px, py) = (own[0] as f32, own[1] as f32);
        let [mut x, mut y, mut sum] = [[0.0_f32; LANES]; 3];
        let row = u * self.width()..(u + 1) * self.width();
        let asked = self.distances[row.clone()].chunks_exact(LANES);
        let asked = asked.zip(self.weights[row].chunks_exact(LANES));
        let places = drawn.x.chunks_exact(LANES).zip(drawn.y.chunks_exact(LANES));
        for ((distance, weight), (qx, qy)) in asked.zip(places) {
            for lane in 0..LANES {
                let (dx, dy) = (px - qx[lane], py - qy[lane]);
                let length = (dx * dx + dy * dy).sqrt() + 1e-9;
                let go = weight[lane] * (drawn.edge * distance[lane] / length - 1.0);
                x[lane] += go * dx;
                y[lane] += go * dy;
                sum[lane] += weight[lane];
            }
        }
        let [x, y, sum] = [x, y, sum].map(|sums| f64::from(sums.iter().sum::<f32>()));
        if sum > 0.0 { [x / sum, y / sum] } else { [0.0; 2] }
    }
}

/// The places of pivots on paper, and how long an edge is there.
pub(super) struct Drawn {
    x: Vec<f32>,
    y: Vec<f32>,
    edge: f32,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a distance is not negative and a count may be rounded"
)]
fn half_as_far(within: &[u32], distance: f32) -> f32 {
    within.get((distance / 2.0) as usize).or(within.last()).map_or(1.0, |&count| count as f32)
}

/// Pivots and the distance of each node from each, column by column.
struct Found {
    nodes: Vec<u32>,
    distances: Vec<Vec<u16>>,
    /// The place among the pivots of the one that is nearest to each node.
    nearest: Vec<u32>,
}

impl Found {
    fn all(ties: &Ties) -> Self {
        let nodes: Vec<u32> = (0..).take(ties.len()).collect();
        let distances = nodes.par_iter().map(|&u| distances(ties, u)).collect();
        Self { nearest: nodes.clone(), nodes, distances }
    }

    fn far_apart(ties: &Ties) -> Self {
        let n = ties.len();
        let mut found = Self { nodes: Vec::new(), distances: Vec::new(), nearest: vec![0; n] };
        let mut least = vec![u16::MAX; n];
        for place in (0..).take(pivot_count(n)) {
            // Of those farthest from all pivots the one with most edges, and of these the first.
            let farthest = (0..n).rev().max_by_key(|&u| (least[u], ties.degree(u)));
            let pivot = farthest.and_then(|u| u32::try_from(u).ok()).unwrap_or_default();
            let column = distances(ties, pivot);
            for (u, &distance) in column.iter().enumerate() {
                if distance < least[u] {
                    least[u] = distance;
                    found.nearest[u] = place;
                }
            }
            found.nodes.push(pivot);
            found.distances.push(column);
        }
        found
    }

    fn within(&self) -> Vec<Vec<u32>> {
        let longest = |column: &Vec<u16>| usize::from(column.iter().copied().max().unwrap_or(0));
        let mut within: Vec<Vec<u32>> =
            self.distances.iter().map(|column| vec![0; longest(column) + 1]).collect();
        for (u, &place) in self.nearest.iter().enumerate() {
            let place = place as usize;
            within[place][usize::from(self.distances[place][u])] += 1;
        }
        for counts in &mut within {
            let mut sum = 0;
            for count in counts {
                sum += *count;
                *count = sum;
            }
        }
        within
    }
}

/// How far each node is from one; what is farther than 65,534 edges counts as that far.
fn distances(ties: &Ties, from: u32) -> Vec<u16> {
    let mut distances = vec![u16::MAX; ties.len()];
    let mut order = vec![from];
    distances[from as usize] = 0;
    let mut head = 0;
    while let Some(&u) = order.get(head) {
        head += 1;
        let next = distances[u as usize].saturating_add(1).min(u16::MAX - 1);
        for &v in ties.neighbors(u as usize) {
            if distances[v as usize] == u16::MAX {
                distances[v as usize] = next;
                order.push(v);
            }
        }
    }
    distances
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;

    fn ties(csr: &Csr) -> Ties {
        let nodes: Vec<u32> = csr.nodes().collect();
        Ties::of(csr, &nodes, &nodes)
    }

    fn close(got: &[f64], want: &[f64]) -> bool {
        got.len() == want.len() && got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-5)
    }

    fn weights(pivots: &Pivots, u: usize) -> Vec<f64> {
        let row = &pivots.weights[u * pivots.width()..(u + 1) * pivots.width()];
        row.iter().map(|&weight| f64::from(weight)).collect()
    }

    fn distances_of(pivots: &Pivots, u: usize) -> Vec<f64> {
        pivots.distances(u).iter().map(|&distance| f64::from(distance)).collect()
    }

    #[test]
    fn there_are_fewer_pivots_where_their_distances_would_take_much_memory() {
        for (n, want) in [
            (1, 1),
            (1000, 1000),
            (1001, 200),
            (50_000, 200),
            (100_000, 100),
            (625_000, 16),
            (9_000_000, 16),
        ] {
            assert_eq!(pivot_count(n), want, "{n}");
        }
    }

    #[test]
    fn each_distance_weighs_one_over_its_square_where_all_are_pivots() {
        let pivots = Pivots::new(&ties(&Csr::path(4)));
        assert_eq!(pivots.count(), 4);
        assert!(close(&distances_of(&pivots, 1), &[1.0, 0.0, 1.0, 2.0]));
        let got = weights(&pivots, 1);
        assert!(close(&got[..4], &[1.0, 0.0, 1.0, 0.25]) && got.len() == 32, "{got:?}");
        assert!(got[4..].iter().all(|&weight| weight < 1e-9));
    }

    #[test]
    fn a_coarser_node_is_as_far_as_its_parts_on_average() {
        let pivots = Pivots::new(&ties(&Csr::path(4))).coarser(&[0, 0, 1, 1], 2);
        assert!(close(&distances_of(&pivots, 0), &[0.5, 0.5, 1.5, 2.5]));
        assert!(close(&distances_of(&pivots, 1), &[2.5, 1.5, 0.5, 0.5]));
        assert_eq!(pivots.nodes, [0, 0, 1, 1]);
        // Pivots inside a node say nothing.
        assert!(close(&weights(&pivots, 0)[..4], &[0.0, 0.0, 1.0 / 2.25, 1.0 / 6.25]));
        assert!(close(&weights(&pivots, 1)[..4], &[1.0 / 6.25, 1.0 / 2.25, 0.0, 0.0]));
    }

    #[test]
    fn a_pivot_counts_for_those_at_most_half_as_far() {
        for (distance, want) in
            [(1.0, 2.0), (1.9, 2.0), (2.0, 3.0), (4.0, 7.0), (5.9, 7.0), (99.0, 7.0)]
        {
            let got = half_as_far(&[2, 3, 7], distance);
            assert!((got - want).abs() < 1e-6, "{distance}: {got}");
        }
        assert!((half_as_far(&[], 3.0) - 1.0).abs() < 1e-6);
        // Two pivots at the ends of a path of five: of the three nearest to the first one is the pivot, one beside, one in the middle.
        let found = Found {
            nodes: vec![0, 4],
            distances: vec![vec![0, 1, 2, 3, 4], vec![4, 3, 2, 1, 0]],
            nearest: vec![0, 0, 0, 1, 1],
        };
        assert_eq!(found.within(), [[1, 2, 3, 3, 3], [1, 2, 2, 2, 2]]);
    }

    #[test]
    fn pivots_are_as_far_from_those_before_as_can_be() {
        let ties = ties(&Csr::path(1001));
        let found = Found::far_apart(&ties);
        // First one of those with two edges, then the far end, then the first of the two in the middle.
        assert_eq!((found.nodes.len(), &found.nodes[..3]), (200, &[1, 1000, 500][..]));
        for u in 0..1001_u32 {
            let far = |place: usize| found.nodes[place].abs_diff(u);
            let first = (0..200).min_by_key(|&place| far(place)).unwrap();
            assert_eq!(found.nearest[u as usize] as usize, first, "{u}");
            assert_eq!(u32::from(found.distances[first][u as usize]), far(first), "{u}");
        }
        let pivots = Pivots::new(&ties);
        assert_eq!((pivots.count(), pivots.width()), (200, 224));
        assert!(close(&distances_of(&pivots, 7)[..3], &[6.0, 993.0, 493.0]));
    }

    #[test]
    fn distances_are_steps() {
        assert_eq!(distances(&ties(&Csr::cycle(6)), 4), [2, 3, 2, 1, 0, 1]);
        let far = distances(&ties(&Csr::path(65_540)), 0);
        assert_eq!(far[65_533..], [65_533, 65_534, 65_534, 65_534, 65_534, 65_534, 65_534]);
    }

    #[test]
    fn the_way_leads_to_where_distances_are_those_of_the_graph() {
        let pivots = Pivots::new(&ties(&Csr::path(3)));
        let row = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]];
        let drawn = pivots.drawn(&row);
        assert!((drawn.edge - 1.0).abs() < 1e-6, "{}", drawn.edge);
        for (u, own, want) in [
            (0, [0.0, 0.0], [0.0, 0.0]),
            // One step too far to the left of both others.
            (0, [-1.0, 0.0], [1.0, 0.0]),
            (2, [4.0, 0.0], [-2.0, 0.0]),
            // In the middle of those to be one step from, and two steps off.
            (1, [1.0, 2.0], [0.0, -2.0 * (1.0 - 1.0 / libm::sqrt(5.0))]),
        ] {
            let got = pivots.way(u, own, &drawn);
            assert!(close(&got, &want), "{u} {own:?}: {got:?}");
        }
        // Where lengths for a step are 2, 1 and 1.5, an edge is best 14.5 / 9 long.
        let drawn = pivots.drawn(&[[0.0, 0.0], [1.2, 1.6], [1.8, 2.4]]);
        assert!((drawn.edge - 29.0 / 18.0).abs() < 1e-6, "{}", drawn.edge);
        let drawn = pivots.drawn(&[[3.0, 3.0]; 3]);
        assert!((drawn.edge - 1.0).abs() < 1e-6, "{}", drawn.edge);
    }
}
