//! From the coarsest picture to the finest.
use super::Point;
use super::coarsening::coarser;
use super::descent::{Tuning, descend};
use super::exact;
use super::ties::Ties;
use crate::random::Random;

pub(super) fn place(ties: Ties, seed: u64, t: Tuning) -> Vec<Point> {
    let mut random = Random::new(seed, 1);
    let mut levels = vec![];
    let pivots = (t.lambda > 0.0).then(|| super::pivots::Pivots::new(&ties, if ties.len() <= t.exact { ties.len() } else { t.pivots }));
    let mut current = ties;
    while current.len() > 40 {
        let next = coarser(&current, &mut random);
        if next.ties.len() * 10 > current.len() * 9 { break; }
        levels.push((current, next.parent));
        current = next.ties;
    }
    let mut points: Vec<Point> = (0..current.len()).map(|_| [random.unit() - 0.5, random.unit() - 0.5]).map(|p| p.map(|c| c * (current.len() as f64).sqrt() * 4.0)).collect();
    let own = if levels.is_empty() { pivots.as_ref() } else { None };
    descend(&current, &mut points, t, 300, 10.0, own);
    while let Some((finer, parent)) = levels.pop() {
        points = parent.iter().map(|&p| points[p as usize]).map(|p| p.map(|c| c + 0.2 * (random.unit() - 0.5))).collect();
        let iters = t.iters;
        let edge = mean_edge(&finer, &points);
        let own = if levels.is_empty() { pivots.as_ref() } else { None };
        descend(&finer, &mut points, t, iters, edge, own);
    }
    points
}

fn mean_edge(ties: &Ties, points: &[Point]) -> f64 {
    let mut sum = 0.0;
    for u in 0..ties.len() { for (v, _) in ties.row(u) {
        let (dx, dy) = (points[u][0] - points[v][0], points[u][1] - points[v][1]);
        sum += (dx * dx + dy * dy).sqrt();
    } }
    sum / ties.arcs().max(1) as f64
}
