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
    let shares = if all_are_pivots(ties.len()) { SHARE_OF_ALL } else { SHARE_OF_PIVOTS };
    let (mut levels, ties, pivots) = levels(ties, &mut random);
    let mut points = scaled(&pivots, ties.len(), &mut random);
    resize(&ties, &mut points);
    let mut share = shares[0] * libm::pow(COARSER, levels.len() as f64);
    stir(&ties, &mut points, &mut random);
    let first = 3.0 * mean_edge(&ties, &points);
    Descent { pivots: &pivots, rounds: ROUNDS[0], first, share: [share; 2] }
        .run(&ties, &mut points);
    while let Some(Level { ties, pivots, parent }) = levels.pop() {
        points = parent.iter().map(|&p| points[p as usize]).collect();
        let first = mean_edge(&ties, &points);
        stir(&ties, &mut points, &mut random);
        share /= COARSER;
        let share = if levels.is_empty() { shares } else { [share; 2] };
        Descent { pivots: &pivots, rounds: ROUNDS[1], first, share }.run(&ties, &mut points);
    }
    points
}

/// The graph made coarser and coarser, and the coarsest of all.
fn levels(mut ties: Ties, random: &mut Random) -> (Vec<Level>, Ties, Pivots) {
    let mut levels = Vec::new();
    let mut pivots = Pivots::new(&ties);
    while ties.len() > COARSEST {
        let next = coarser(&ties, random);
        if next.ties.len() * 10 > ties.len() * 9 {
            break;
        }
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
