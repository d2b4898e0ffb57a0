//! Nodes follow their forces until they hardly move.
use rayon::prelude::*;

use super::Point;
use super::repulsion::repulsion;
use super::ties::Ties;

#[derive(Clone, Copy, Debug)]
pub(super) struct Tuning { pub power: f64, pub push: f64, pub iters: usize, pub cool: f64, pub step: f64, pub degw: f64, pub exact: usize, pub polish: usize, pub near: f64, pub lambda: f64, pub pivots: usize, pub late: f64 }
fn env(name: &str, d: f64) -> f64 { std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(d) }
impl Default for Tuning { fn default() -> Self { Self {
    power: env("POWER", 1.25), push: env("PUSH", 0.4), iters: env("ITERS", 60.0) as usize, cool: env("COOL", 0.95), step: env("STEP", 1.0), degw: env("DEGW", 0.8), exact: env("EXACT", 1500.0) as usize, polish: env("POLISH", 0.0) as usize, near: env("NEAR", 1.0), lambda: env("LAMBDA", 0.3), pivots: env("PIVOTS", 100.0) as usize, late: env("LATE", 1.0) } } }

pub(super) fn descend(ties: &Ties, points: &mut Vec<Point>, t: Tuning, iters: usize, first_step: f64, pivots: Option<&super::pivots::Pivots>) {
    let masses: Vec<f64> = if t.degw > 0.0 { (0..ties.len()).map(|u| ties.masses()[u] * (1.0-t.degw) + t.degw * ties.row(u).map(|e| e.1).sum::<f64>()).collect() } else { ties.masses().to_vec() };
    let mut limit = first_step;
    for it in 0..iters {
        let frac = it as f64 / iters as f64; let lambda = t.lambda * libm::pow(1.0 - frac, t.late);
        let scale = pivots.map_or(1.0, |p| p.scale(points));
        let pushes = repulsion(points, &masses);
        let next: Vec<Point> = (0..ties.len()).into_par_iter().with_min_len(256).map(|u| {
            let own = points[u];
            let (mut fx, mut fy, mut stiff) = (0.0, 0.0, 0.0);
            for (v, s) in ties.row(u) {
                let (dx, dy) = (points[v][0] - own[0], points[v][1] - own[1]);
                let d = (dx * dx + dy * dy).sqrt().max(1e-6);
                let pull = if t.power == 2.0 { s * d } else if t.power == 1.0 { s } else { s * libm::pow(d, t.power - 1.0) };
                fx += dx * pull; fy += dy * pull; stiff += pull * t.power;
            }
            let m = masses[u];
            fx += t.push * m * pushes[u][0];
            fy += t.push * m * pushes[u][1];
            let len = (fx * fx + fy * fy).sqrt();
            if len <= 0.0 { return own; }
            let go = (len / stiff * t.step).min(limit) / len;
            let (mut mx, mut my) = (fx * go, fy * go);
            if let Some(p) = pivots { let s = p.toward(u, points, scale); let l = lambda; 
                mx = (fx / stiff * t.step + l * s[0]) / (1.0 + l); my = (fy / stiff * t.step + l * s[1]) / (1.0 + l);
                let len = (mx * mx + my * my).sqrt(); if len > limit { mx *= limit / len; my *= limit / len; } }
            [own[0] + mx, own[1] + my]
        }).collect();
        *points = next;
        limit *= t.cool;
    }
}
