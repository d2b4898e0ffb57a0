//! From the coarsest picture to the finest.
use super::Point;
use super::coarsening::coarser;
use super::descent::{Tuning, descend};
use super::pivots::Pivots;
use super::ties::Ties;
use crate::random::Random;

pub(super) fn place(ties: Ties, seed: u64, t: Tuning) -> Vec<Point> {
    let mut random = Random::new(seed, 1);
    let mut levels = vec![];
    let mut pivots = Pivots::new(&ties, if ties.len() <= t.exact { ties.len() } else { t.pivots });
    let mut current = ties;
    while current.len() > t.coarsest {
        let next = coarser(&current, &mut random);
        if next.ties.len() * 10 > current.len() * 9 { break; }
        let coarse = pivots.coarser(&next.parent, next.ties.len());
        levels.push((current, next.parent, pivots));
        current = next.ties;
        pivots = coarse;
    }
    let mut points = pivots.scaled(&mut random);
    jitter(&mut points, &mut random);
    resize(&current, &mut points);
    let lambda = |level: usize| t.lambda * libm::pow(t.grow, level as f64);
    descend(&current, &mut points, t, 200, 10.0, &pivots, lambda(levels.len()), lambda(levels.len()));
    while let Some((finer, parent, pivots)) = levels.pop() {
        points = parent.iter().map(|&p| points[p as usize]).collect();
        jitter(&mut points, &mut random);
        let edge = mean_edge(&finer, &points);
        let l = lambda(levels.len());
        descend(&finer, &mut points, t, t.iters, edge, &pivots, l, if levels.is_empty() && finer.len() > t.exact { t.low } else { l });
    }
    points
}

fn jitter(points: &mut [Point], random: &mut Random) {
    let n = points.len() as f64;
    let mut size = 0.0;
    for p in points.iter() { size += (p[0].abs() + p[1].abs()) / n; }
    let size = if size > 0.0 { size / n.sqrt() } else { 1.0 };
    for p in points { *p = p.map(|c| c + 0.1 * size * (random.unit() - 0.5)); }
}

fn resize(ties: &Ties, points: &mut [Point]) {
    let edge = mean_edge(ties, points);
    if edge > 0.0 { for p in points { *p = p.map(|c| c / edge * 3.0); } }
}

fn mean_edge(ties: &Ties, points: &[Point]) -> f64 {
    let mut sum = 0.0;
    for u in 0..ties.len() { for (v, _) in ties.row(u) {
        let (dx, dy) = (points[u][0] - points[v][0], points[u][1] - points[v][1]);
        sum += (dx * dx + dy * dy).sqrt();
    } }
    sum / ties.arcs().max(1) as f64
}
