//! How far distances on paper are from those in the graph.

use super::Point;
use crate::graph::Csr;
use crate::measure::blocks::sums;
use crate::random::Random;
use rayon::prelude::*;

/// How stress is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stress {
    /// From so many nodes distances are looked at; where there are no more, from all. 1,000 by default.
    pub sources: usize,
    /// Which nodes these are.
    pub seed: u64,
}

impl Default for Stress {
    fn default() -> Self {
        Self { sources: 1000, seed: 0 }
    }
}

impl Stress {
    pub fn of(&self, csr: &Csr, points: &[Point]) -> f64 {
        let n = csr.node_count();
        let mut sources: Vec<u32> = csr.nodes().collect();
        if n > self.sources {
            Random::new(self.seed, 2).shuffle(&mut sources);
            sources.truncate(self.sources);
        }
        let parts: Vec<[f64; 4]> = (0..sources.len())
            .into_par_iter()
            .map_init(
                || (vec![u32::MAX; n], Vec::new()),
                |(depth, order), k| {
                    let s = sources[k];
                    depth.fill(u32::MAX);
                    order.clear();
                    depth[s as usize] = 0;
                    order.push(s);
                    let mut head = 0;
                    let mut t = [0.0; 4];
                    while let Some(&x) = order.get(head) {
                        head += 1;
                        let d = f64::from(depth[x as usize]);
                        if d > 0.0 {
                            let (dx, dy) = (
                                points[x as usize][0] - points[s as usize][0],
                                points[x as usize][1] - points[s as usize][1],
                            );
                            let len = (dx * dx + dy * dy).sqrt() / d;
                            t[0] += len * len;
                            t[1] += len;
                            t[2] += 1.0;
                        }
                        for &v in csr.neighbors(x) {
                            if depth[v as usize] == u32::MAX {
                                depth[v as usize] = depth[x as usize] + 1;
                                order.push(v);
                            }
                        }
                    }
                    t
                },
            )
            .collect();
        let t = parts.iter().fold([0.0; 4], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2], 0.0]);
        // min over alpha of sum (alpha l - 1)^2
        if t[2] <= 0.0 {
            return 0.0;
        }
        if t[0] <= 0.0 {
            return 1.0;
        }
        (t[2] - t[1] * t[1] / t[0]) / t[2]
    }
}

/// [`Stress`] with its defaults.
#[must_use]
pub fn stress(csr: &Csr, points: &[Point]) -> f64 {
    Stress::default().of(csr, points)
}
