//! From the coarsest picture to the finest.

use super::Point;
use super::coarsening::coarser;
use super::descent::Descent;
use super::pivots::{Pivots, all_are_pivots};
use super::scaling::scaled;
use super::ties::Ties;
use crate::random::Random;

/// A graph of no more nodes is not made coarser.
const COARSEST: usize = 100;

/// Rounds on the coarsest level and on each finer one.
const ROUNDS: [usize; 2] = [200, 60];

/// How much distances count beside forces: where all are known, and where those to pivots are, in the first round and after the last. The
/// more they count, the lower the stress; the less, the nearer are neighbors.
const SHARE_OF_ALL: [f64; 2] = [1.0, 0.5];
const SHARE_OF_PIVOTS: [f64; 2] = [0.1, 0.0];

/// What the share is multiplied by at each coarser level: the coarser, the more it is about the shape of the whole.
const COARSER: f64 = 1.5;

struct Level {
    ties: Ties,
    pivots: Pivots,
    /// Which node of the next level each node is part of.
    parent: Vec<u32>,
}

/// Places the nodes of a connected graph; an edge is about one unit long.
///
/// # Source
///
/// Y. Hu, "Efficient, high-quality force-directed graph drawing", Mathematica J. 10(1):37-71, 2005, section 5 (multilevel scheme).
pub(super) fn place(ties: Ties, seed: u64) -> Vec<Point> {
    let mut random = Random::new(seed, 1);
    let ends = if all_are_pivots(ties.len()) { SHARE_OF_ALL } else { SHARE_OF_PIVOTS };
    let (levels, ties, pivots) = levels(ties, &mut random);
    let (coarsest, finer) = shares(ends, levels.len());
    let mut points = scaled(&pivots, ties.len(), &mut random);
    resize(&ties, &mut points);
    stir(&ties, &mut points, &mut random);
    let first = 3.0 * mean_edge(&ties, &points);
    Descent { pivots: &pivots, rounds: ROUNDS[0], first, share: [coarsest; 2] }
        .run(&ties, &mut points);
    for (Level { ties, pivots, parent }, share) in levels.into_iter().rev().zip(finer) {
        points = parent.iter().map(|&p| points[p as usize]).collect();
        let first = mean_edge(&ties, &points);
        stir(&ties, &mut points, &mut random);
        Descent { pivots: &pivots, rounds: ROUNDS[1], first, share }.run(&ties, &mut points);
    }
    points
}

/// How much distances count on the coarsest level, and on each finer one: in the first round and after the last.
fn shares(ends: [f64; 2], finer: usize) -> (f64, Vec<[f64; 2]>) {
    let coarsest = ends[0] * libm::pow(COARSER, finer as f64);
    let mut share = coarsest;
    let of_level = |left: usize| {
        share /= COARSER;
        if left == 0 { ends } else { [share; 2] }
    };
    (coarsest, (0..finer).rev().map(of_level).collect())
}

/// The graph made coarser and coarser, and the coarsest of all.
fn levels(mut ties: Ties, random: &mut Random) -> (Vec<Level>, Ties, Pivots) {
    let mut levels = Vec::new();
    let mut pivots = Pivots::new(&ties);
    while ties.len() > COARSEST {
        let next = coarser(&ties, random);
        let seen = pivots.coarser(&next.parent, next.ties.len());
        levels.push(Level { ties, pivots, parent: next.parent });
        (ties, pivots) = (next.ties, seen);
    }
    (levels, ties, pivots)
}

/// Moves each node by chance, a tenth of an edge at most, so that none coincide.
fn stir(ties: &Ties, points: &mut [Point], random: &mut Random) {
    let size = 0.2 * mean_edge(ties, points);
    for point in points {
        *point = point.map(|at| at + size * (random.unit() - 0.5));
    }
}

/// Makes the mean edge as long as one of the coarsest level is likely to be.
fn resize(ties: &Ties, points: &mut [Point]) {
    let edge = mean_edge(ties, points);
    let factor = if edge > 0.0 { 3.0 / edge } else { 0.0 };
    for (u, point) in points.iter_mut().enumerate() {
        // Where no distance tells nodes apart they start on a line.
        *point = if factor > 0.0 { point.map(|at| at * factor) } else { [u as f64, 0.0] };
    }
}

fn mean_edge(ties: &Ties, points: &[Point]) -> f64 {
    let lengths = (0..ties.len()).flat_map(|u| {
        ties.neighbors(u).iter().map(move |&v| {
            let [x, y] = [0, 1].map(|axis| points[u][axis] - points[v as usize][axis]);
            (x * x + y * y).sqrt()
        })
    });
    lengths.sum::<f64>() / ties.arcs().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;

    fn ties(csr: &Csr) -> Ties {
        let nodes: Vec<u32> = csr.nodes().collect();
        Ties::of(csr, &nodes, &nodes)
    }

    #[test]
    fn distances_count_half_as_much_again_on_each_coarser_level() {
        let close = |got: &[f64], want: &[f64]| {
            got.len() == want.len() && got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-12)
        };
        for (finer, top, want) in [
            (0, 0.4, &[][..]),
            (1, 0.6, &[[0.4, 0.1]]),
            (3, 1.35, &[[0.9, 0.9], [0.6, 0.6], [0.4, 0.1]]),
        ] {
            let (coarsest, found) = shares([0.4, 0.1], finer);
            assert!(close(&[coarsest], &[top]), "{finer}: {coarsest}");
            assert!(close(found.as_flattened(), want.as_flattened()), "{finer}: {found:?}");
        }
    }

    #[test]
    fn levels_shrink_by_a_quarter_and_more_until_a_hundred_nodes_are_left() {
        let sizes = |n: u32| {
            let (levels, ties, pivots) = levels(ties(&Csr::path(n)), &mut Random::new(0, 0));
            assert_eq!(pivots.distances(0).len(), n as usize, "each node is a pivot");
            for pair in levels.windows(2) {
                assert_eq!(pair[0].parent.len(), pair[0].ties.len());
                let next = pair[0].parent.iter().max().map_or(0, |&most| most as usize + 1);
                assert_eq!(next, pair[1].ties.len());
            }
            levels.iter().map(|level| level.ties.len()).chain([ties.len()]).collect::<Vec<_>>()
        };
        assert_eq!(sizes(100), [100]);
        for n in [101, 400] {
            let sizes = sizes(n);
            assert!(sizes[0] == n as usize && sizes[sizes.len() - 1] <= 100, "{sizes:?}");
            assert!(
                sizes.windows(2).all(|two| two[0] > 100 && 4 * two[1] <= 3 * two[0]),
                "{sizes:?}"
            );
        }
    }

    #[test]
    fn the_mean_edge_is_that_of_all_edges() {
        let bent = [[0.0, 0.0], [3.0, 4.0], [3.0, 5.0]];
        assert!((mean_edge(&ties(&Csr::path(3)), &bent) - 3.0).abs() < 1e-12);
        assert!(mean_edge(&ties(&Csr::path(1)), &[[7.0, 7.0]]).abs() < 1e-12);
    }

    #[test]
    fn the_mean_edge_becomes_three_long_and_what_lies_in_one_place_a_line() {
        let csr = ties(&Csr::path(3));
        let mut points = [[0.0, 0.0], [1.5, 2.0], [1.5, 2.5]];
        resize(&csr, &mut points);
        assert_eq!(points, [[0.0, 0.0], [3.0, 4.0], [3.0, 5.0]]);
        let mut points = [[5.0, 5.0]; 3];
        resize(&csr, &mut points);
        assert_eq!(points, [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]);
    }

    #[test]
    fn nodes_are_stirred_by_a_tenth_of_an_edge_at_most() {
        let n = 200_u32;
        let line: Vec<Point> = (0..n).map(|u| [10.0 * f64::from(u), 0.0]).collect();
        let mut points = line.clone();
        stir(&ties(&Csr::path(n)), &mut points, &mut Random::new(0, 0));
        let ways = points.as_flattened().iter().zip(line.as_flattened()).map(|(a, b)| a - b);
        let (least, most) =
            ways.fold((0.0, 0.0), |(least, most): (f64, f64), way| (least.min(way), most.max(way)));
        assert!((-1.0..-0.9).contains(&least) && (0.9..=1.0).contains(&most), "{least} {most}");
    }
}
