//! Nodes follow their forces until they hardly move.
use rayon::prelude::*;

use super::Point;
use super::repulsion::repulsion;
use super::ties::Ties;

#[derive(Clone, Copy, Debug)]
pub(super) struct Tuning { pub power: f64, pub push: f64, pub iters: usize, pub cool: f64, pub step: f64, pub degw: f64, pub exact: usize, pub polish: usize, pub near: f64, pub lambda: f64, pub pivots: usize, pub late: f64, pub low: f64, pub grow: f64, pub coarsest: usize }
fn env(name: &str, d: f64) -> f64 { std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(d) }
impl Default for Tuning { fn default() -> Self { Self {
    power: env("POWER", 1.25), push: env("PUSH", 0.4), iters: env("ITERS", 60.0) as usize, cool: env("COOL", 0.95), step: env("STEP", 1.0), degw: env("DEGW", 0.8), exact: env("EXACT", 1500.0) as usize, polish: env("POLISH", 0.0) as usize, near: env("NEAR", 1.0), lambda: env("LAMBDA", 0.3), pivots: env("PIVOTS", 100.0) as usize, late: env("LATE", 1.0), low: env("LOW", 0.0), grow: env("GROW", 1.5), coarsest: env("COARSEST", 100.0) as usize } } }

pub(super) fn descend(ties: &Ties, points: &mut Vec<Point>, t: Tuning, iters: usize, first_step: f64, pivots: &super::pivots::Pivots, from: f64, to: f64) {
    let masses = ties.masses();
    let mut limit = first_step;
    for it in 0..iters {
        let frac = it as f64 / iters as f64; let lambda = from + (to - from) * frac;
        let scale = pivots.scale(points);
        let pushes = repulsion(points, masses);
        let next: Vec<Point> = (0..ties.len()).into_par_iter().with_min_len(256).map(|u| {
            let own = points[u];
            let (mut fx, mut fy, mut stiff) = (0.0, 0.0, 0.0);
            for (v, s) in ties.row(u) {
                let (dx, dy) = (points[v][0] - own[0], points[v][1] - own[1]);
                let d = (dx * dx + dy * dy).sqrt().max(1e-6);
                let pull = if t.power == 2.0 { s * d } else if t.power == 1.0 { s } else if t.power == 1.25 { s * d.sqrt().sqrt() } else if t.power == 1.5 { s * d.sqrt() } else { s * libm::pow(d, t.power - 1.0) };
                fx += dx * pull; fy += dy * pull; stiff += pull * t.power;
            }
            let m = masses[u];
            fx += t.push * m * pushes[u][0];
            fy += t.push * m * pushes[u][1];
            let len = (fx * fx + fy * fy).sqrt();
            if len <= 0.0 { return own; }
            let go = (len / stiff * t.step).min(limit) / len;
            let (mut mx, mut my) = (fx * go, fy * go);
            if lambda > 0.0 { let s = pivots.toward(u, points, scale); let l = lambda; 
                mx = (fx / stiff * t.step + l * s[0]) / (1.0 + l); my = (fy / stiff * t.step + l * s[1]) / (1.0 + l);
                let len = (mx * mx + my * my).sqrt(); if len > limit { mx *= limit / len; my *= limit / len; } }
            [own[0] + mx, own[1] + my]
        }).collect();
        *points = next;
        limit *= t.cool;
    }
}
