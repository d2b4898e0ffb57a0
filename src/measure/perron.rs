//! The greatest eigenvalue of a part of a graph in which all reach all, and its positive vector.

use rayon::prelude::*;

use super::Along;
use super::blocks::sum;
use super::pull::pull_one;
use crate::error::{ErrorKind, Result};
use crate::graph::Csr;

/// Below this no iteration gets, whatever the tolerance: what is added up is rounded.
const ROUNDING: f64 = 1e-14;

/// How long an eigenvalue is sought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// For errors.
    pub(super) measure: &'static str,
    /// How far off `A x` may be from a multiple of `x`, as a share of the eigenvalue.
    pub(super) tolerance: f64,
    pub(super) rounds: usize,
}

impl Patience {
    pub(super) fn spent(self, residual: f64) -> crate::error::Error {
        ErrorKind::NotConverged { measure: self.measure, rounds: self.rounds, residual }.into()
    }

    pub(super) fn reachable(self) -> f64 {
        self.tolerance.max(ROUNDING)
    }
}

/// Some nodes of a graph, each reaching each along edges between them.
pub(super) struct Part<'a> {
    pub(super) csr: &'a Csr,
    pub(super) nodes: &'a [u32],
    /// What weights are multiplied by, so that no product is too large or too small.
    pub(super) scale: f64,
    /// Zeros for all nodes of the graph, to spread a vector of the part over.
    pub(super) spread: &'a mut [f64],
}

impl Part<'_> {
    /// What each node of the part gets along the edges that come in.
    fn step(&mut self, from: &[f64]) -> Vec<f64> {
        for (&u, &value) in self.nodes.iter().zip(from) {
            self.spread[u as usize] = value;
        }
        let (csr, spread, scale) = (self.csr, &*self.spread, self.scale);
        let one = |&v: &u32| scale * pull_one(csr, Along::Incoming, v, spread);
        self.nodes.par_iter().with_min_len(1 << 9).map(one).collect()
    }

    /// The greatest eigenvalue, times `scale`, and the positive vector of length 1 that the edges coming in multiply by it.
    pub(super) fn perron(mut self, patience: Patience) -> Result<(f64, Vec<f64>)> {
        let found = if self.csr.is_directed() {
            self.by_bounds(patience)
        } else {
            self.by_conjugate_steps(patience)
        };
        for &u in self.nodes {
            self.spread[u as usize] = 0.0;
        }
        let (value, mut vector) = found?;
        let length = libm::sqrt(dot(&vector, &vector));
        for one in &mut vector {
            *one = one.abs() / length;
        }
        Ok((value, vector))
    }

    /// Power iteration on `A + σ`, between the bounds that Collatz and Wielandt give: whatever the positive vector `x`, the eigenvalue lies
    /// between the least and the greatest of `(A x)(v) / x(v)`.
    fn by_bounds(&mut self, patience: Patience) -> Result<(f64, Vec<f64>)> {
        const UNDERFLOW: f64 = 1e-250;
        let k = self.nodes.len();
        let mut x = vec![1.0 / k as f64; k];
        let mut apart = f64::INFINITY;
        for _ in 0..patience.rounds {
            let ax = self.step(&x);
            let ratios = ax.iter().zip(&x).filter(|one| *one.1 > UNDERFLOW).map(|(a, x)| a / x);
            let (least, most) =
                ratios.fold((f64::INFINITY, 0.0_f64), |(l, m), r| (l.min(r), m.max(r)));
            apart = (most - least) / most;
            if apart <= patience.reachable() {
                return Ok((f64::midpoint(least, most), x));
            }
            let shift = most / 2.0;
            let next: Vec<f64> = ax.iter().zip(&x).map(|(a, x)| a + shift * x).collect();
            let total = sum(k, |at| next[at]);
            x = next.into_iter().map(|one| one / total).collect();
        }
        Err(patience.spent(apart))
    }

    /// The highest point of `x A x` among the vectors of length 1 that `x`, its residual and the last step span, again and again: as fast
    /// as Lanczos's method with three vectors in memory.
    fn by_conjugate_steps(&mut self, patience: Patience) -> Result<(f64, Vec<f64>)> {
        let k = self.nodes.len();
        let mut x = vec![1.0 / libm::sqrt(k as f64); k];
        let mut ax = self.step(&x);
        let mut last: Option<(Vec<f64>, Vec<f64>)> = None;
        let (mut off, mut fresh) = (f64::INFINITY, true);
        for _ in 0..patience.rounds {
            let value = dot(&x, &ax) / dot(&x, &x);
            let mut residual = plus(&ax, -value, &x);
            residual = plus(&residual, -dot(&residual, &x), &x);
            off = libm::sqrt(dot(&residual, &residual)) / value;
            if off <= patience.reachable() {
                if fresh {
                    return Ok((value, x));
                }
                (ax, fresh) = (self.step(&x), true);
                continue;
            }
            scale(&mut residual, 1.0 / (off * value));
            let ar = self.step(&residual);
            let basis = [Some((&x, &ax)), Some((&residual, &ar)), None];
            let step = match last.take().and_then(|p| across(p, [(&x, &ax), (&residual, &ar)])) {
                Some(p) => {
                    let best = highest([basis[0], basis[1], Some((&p.0, &p.1))]);
                    let along = |r: &[f64], p: &[f64]| combined([best[1], best[2]], [r, p]);
                    (best, along(&residual, &p.0), along(&ar, &p.1))
                }
                None => {
                    let best = highest(basis);
                    let along = |r: &[f64]| r.iter().map(|one| best[1] * one).collect::<Vec<_>>();
                    (best, along(&residual), along(&ar))
                }
            };
            let (best, p, ap) = step;
            x = plus(&p, best[0], &x);
            ax = plus(&ap, best[0], &ax);
            (last, fresh) = (Some((p, ap)), false);
        }
        Err(patience.spent(off))
    }
}

/// A vector and what the matrix makes of it.
type Image<'a> = (&'a Vec<f64>, &'a Vec<f64>);

/// The last step without what it has of the two others, of length 1; none where nothing is left of it.
fn across(
    (mut p, mut ap): (Vec<f64>, Vec<f64>),
    others: [Image<'_>; 2],
) -> Option<(Vec<f64>, Vec<f64>)> {
    let before = dot(&p, &p);
    // Twice, as one pass leaves what was rounded.
    for _ in 0..2 {
        for (other, image) in others {
            let share = dot(&p, other);
            p = plus(&p, -share, other);
            ap = plus(&ap, -share, image);
        }
    }
    let left = dot(&p, &p);
    if left <= 1e-20 * before || left < f64::MIN_POSITIVE {
        return None;
    }
    let length = 1.0 / libm::sqrt(left);
    scale(&mut p, length);
    scale(&mut ap, length);
    Some((p, ap))
}

/// How the highest point is put together from up to three vectors of length 1 at right angles.
fn highest(basis: [Option<Image<'_>>; 3]) -> [f64; 3] {
    let mut matrix = [[0.0; 3]; 3];
    for (i, one) in basis.iter().enumerate() {
        for (j, other) in basis.iter().enumerate().skip(i) {
            if let (Some(one), Some(other)) = (one, other) {
                matrix[i][j] = dot(one.1, other.0);
                matrix[j][i] = matrix[i][j];
            } else if i == j {
                // No eigenvalue of the scaled matrix is below -1, so what is not there is never the highest.
                matrix[i][i] = -2.0;
            }
        }
    }
    greatest(matrix)
}

/// The vector of the greatest eigenvalue of a symmetric matrix, by Jacobi's rotations; its first entry is not negative.
fn greatest(mut a: [[f64; 3]; 3]) -> [f64; 3] {
    let mut vectors = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    for _ in 0..16 {
        for (p, q) in [(0, 1), (0, 2), (1, 2)] {
            if a[p][q].abs() < f64::MIN_POSITIVE {
                continue;
            }
            let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
            let tangent = theta.signum() / (theta.abs() + libm::hypot(theta, 1.0));
            let cosine = 1.0 / libm::hypot(tangent, 1.0);
            let sine = tangent * cosine;
            for row in &mut a {
                (row[p], row[q]) =
                    (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
            }
            for column in 0..3 {
                let (one, other) = (a[p][column], a[q][column]);
                a[p][column] = cosine * one - sine * other;
                a[q][column] = sine * one + cosine * other;
            }
            for row in &mut vectors {
                (row[p], row[q]) =
                    (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
            }
        }
    }
    let best = (1..3).fold(0, |best, at| if a[at][at] > a[best][best] { at } else { best });
    let sign = if vectors[0][best] < 0.0 { -1.0 } else { 1.0 };
    [0, 1, 2].map(|row| sign * vectors[row][best])
}

pub(super) fn dot(one: &[f64], other: &[f64]) -> f64 {
    sum(one.len(), |at| one[at] * other[at])
}

/// `one + share * other`.
fn plus(one: &[f64], share: f64, other: &[f64]) -> Vec<f64> {
    combined([1.0, share], [one, other])
}

fn combined(shares: [f64; 2], of: [&[f64]; 2]) -> Vec<f64> {
    let one = |(a, b): (&f64, &f64)| shares[0] * a + shares[1] * b;
    of[0].par_iter().zip(of[1]).with_min_len(1 << 14).map(one).collect()
}

fn scale(values: &mut [f64], by: f64) {
    values.par_iter_mut().with_min_len(1 << 14).for_each(|value| *value *= by);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_of_three_is_found() {
        let vector = greatest([[2.0, 1.0, 0.0], [1.0, 2.0, 1.0], [0.0, 1.0, 2.0]]);
        let half = libm::sqrt(0.5);
        for (got, want) in vector.iter().zip([0.5, half, 0.5]) {
            assert!((got - want).abs() < 1e-14, "{vector:?}");
        }
    }
}
