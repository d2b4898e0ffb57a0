//! The greatest eigenvalue of a part of a graph in which all reach all, and its positive vector.

use rayon::prelude::*;

use super::Along;
use super::blocks::{sum, sums};
use super::pull::pull_one;
use crate::error::{ErrorKind, Result};
use crate::graph::Csr;

/// Below this no iteration gets, whatever the tolerance: what is added up is rounded.
pub(super) const ROUNDING: f64 = 1e-14;

/// What is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// The vector, to the tolerance.
    Vector,
    /// The eigenvalue, whose error is about the square of the vector's. Where the vector is slow to settle, as on a long path, what hardly
    /// grows any more will do.
    Value,
}

impl Aim {
    fn is_slow(round: usize, change: f64) -> bool {
        round > 200 && change.abs() <= 1e-10
    }

    /// Whether an iteration that is off by that share may stop, after so many rounds, the last of which changed the value by that share.
    fn is_met(self, off: f64, round: usize, change: f64) -> bool {
        self == Self::Value && (off <= 1e-7 || Self::is_slow(round, change))
    }
}

/// How long an eigenvalue is sought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// For errors.
    pub(super) measure: &'static str,
    pub(super) aim: Aim,
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
    fn step_into(&mut self, from: &[f64], to: &mut [f64]) {
        for (&u, &value) in self.nodes.iter().zip(from) {
            self.spread[u as usize] = value;
        }
        let (csr, spread, scale) = (self.csr, &*self.spread, self.scale);
        let one = |(&v, to): (&u32, &mut f64)| {
            *to = scale * pull_one(csr, Along::Incoming, v, spread);
        };
        self.nodes.par_iter().zip(to).with_min_len(1 << 9).for_each(one);
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
        let (mut x, mut ax) = (vec![1.0 / k as f64; k], vec![0.0; k]);
        let (mut apart, mut before) = (f64::INFINITY, 0.0);
        for round in 0..patience.rounds {
            self.step_into(&x, &mut ax);
            let ratios = ax.iter().zip(&x).filter(|one| *one.1 > UNDERFLOW).map(|(a, x)| a / x);
            let (least, most) =
                ratios.fold((f64::INFINITY, 0.0_f64), |(l, m), r| (l.min(r), m.max(r)));
            apart = (most - least) / most;
            if apart <= patience.reachable() {
                return Ok((f64::midpoint(least, most), x));
            }
            // As `x` sums to 1, this is a mean of the ratios.
            let value = sum(k, |at| ax[at]);
            if patience.aim == Aim::Value && Aim::is_slow(round, 1.0 - before / value) {
                return Ok((value, x));
            }
            before = value;
            let shift = most / 2.0;
            let next: Vec<f64> = ax.iter().zip(&x).map(|(a, x)| a + shift * x).collect();
            let total = sum(k, |at| next[at]);
            x = next.into_iter().map(|one| one / total).collect();
        }
        Err(patience.spent(apart))
    }

    /// The highest point of `x A x` among the vectors of length 1 that `x`, its residual `r` and the last step `p` span, again and again: as
    /// fast as Lanczos's method with three vectors in memory.
    fn by_conjugate_steps(&mut self, patience: Patience) -> Result<(f64, Vec<f64>)> {
        let count = self.nodes.len();
        let [mut x, mut r, mut p] = [(); 3].map(|()| Image::of_zeros(count));
        x.of.fill(1.0 / libm::sqrt(count as f64));
        self.step_into(&x.of, &mut x.to);
        let (mut off, mut is_fresh, mut has_last) = (f64::INFINITY, true, false);
        let mut before = 0.0;
        for round in 0..patience.rounds {
            let value = dot(&x.of, &x.to);
            mix(&mut r.of, 0.0, [(1.0, &x.to), (-value, &x.of)]);
            let [along, square] = sums(count, |at| [r.of[at] * x.of[at], r.of[at] * r.of[at]]);
            let length = libm::sqrt((square - along * along).max(0.0));
            off = length / value;
            if patience.aim.is_met(off, round, 1.0 - before / value) {
                return Ok((value, x.of));
            }
            before = value;
            if off <= patience.reachable() {
                if is_fresh {
                    return Ok((value, x.of));
                }
                let scale = 1.0 / libm::sqrt(dot(&x.of, &x.of));
                mix(&mut x.of, scale, []);
                self.step_into(&x.of, &mut x.to);
                is_fresh = true;
                continue;
            }
            mix(&mut r.of, 1.0 / length, [(-along / length, &x.of)]);
            self.step_into(&r.of, &mut r.to);
            has_last = has_last && p.turn_across([&x, &r]);
            let best = highest(value, length, &r, has_last.then_some(&p));
            mix(&mut p.of, best[2], [(best[1], &r.of)]);
            mix(&mut p.to, best[2], [(best[1], &r.to)]);
            mix(&mut x.of, best[0], [(1.0, &p.of)]);
            mix(&mut x.to, best[0], [(1.0, &p.to)]);
            (has_last, is_fresh) = (true, false);
        }
        Err(patience.spent(off))
    }
}

/// A vector and what the matrix makes of it.
struct Image {
    of: Vec<f64>,
    to: Vec<f64>,
}

impl Image {
    fn of_zeros(count: usize) -> Self {
        Self { of: vec![0.0; count], to: vec![0.0; count] }
    }

    /// Takes off what it has of two vectors of length 1, and makes what is left one of length 1; `false` where nothing is left.
    fn turn_across(&mut self, [x, r]: [&Self; 2]) -> bool {
        // Where most goes, what is left is rounded and has to be turned again.
        for _ in 0..3 {
            let p = &self.of;
            let products = |at: usize| [p[at] * x.of[at], p[at] * r.of[at], p[at] * p[at]];
            let [on_x, on_r, square] = sums(p.len(), products);
            let left = square - on_x * on_x - on_r * on_r;
            if left <= 1e-20 * square || left < f64::MIN_POSITIVE {
                return false;
            }
            let scale = 1.0 / libm::sqrt(left);
            let (on_x, on_r) = (-on_x * scale, -on_r * scale);
            mix(&mut self.of, scale, [(on_x, &x.of), (on_r, &r.of)]);
            mix(&mut self.to, scale, [(on_x, &x.to), (on_r, &r.to)]);
            if left > 0.01 * square {
                return true;
            }
        }
        false
    }
}

/// How the highest point is put together from `x`, of that `value`, its residual, of that length before it was scaled, and the last step if there is
/// one; all are of length 1 and at right angles.
fn highest(value: f64, length: f64, r: &Image, last: Option<&Image>) -> [f64; 3] {
    // As `A x` is `value x + length r`, the products with `x` are known.
    let (rr, rp, pp) = match last {
        Some(p) => {
            let products =
                |at: usize| [r.of[at] * r.to[at], p.of[at] * r.to[at], p.of[at] * p.to[at]];
            let [rr, rp, pp] = sums(r.of.len(), products);
            (rr, rp, pp)
        }
        // No eigenvalue of the scaled matrix is below -1, so what is not there is never the highest.
        None => (dot(&r.of, &r.to), 0.0, -2.0),
    };
    greatest([[value, length, 0.0], [length, rr, rp], [0.0, rp, pp]])
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
            let (above, below) = a.split_at_mut(q);
            for (one, other) in above[p].iter_mut().zip(&mut below[0]) {
                (*one, *other) = (cosine * *one - sine * *other, sine * *one + cosine * *other);
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

/// `own` times `target`, plus the others, each times its share.
pub(super) fn mix<const N: usize>(target: &mut [f64], own: f64, others: [(f64, &[f64]); N]) {
    const TOGETHER: usize = 1 << 13;
    target.par_chunks_mut(TOGETHER).enumerate().for_each(|(chunk, values)| {
        let first = chunk * TOGETHER;
        let others = others.map(|(share, of)| (share, &of[first..first + values.len()]));
        for (at, value) in values.iter_mut().enumerate() {
            *value = others.iter().fold(own * *value, |sum, (share, of)| sum + share * of[at]);
        }
    });
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

    fn close(got: f64, want: f64) -> bool {
        (got - want).abs() < 1e-9
    }

    #[test]
    fn the_sign_is_that_of_the_first_and_the_greatest_may_stand_anywhere() {
        let half = libm::sqrt(0.5);
        for (matrix, want) in [
            ([[1.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 3.0]], [0.0, 1.0, 0.0]),
            ([[1.0, 0.0, 0.0], [0.0, 3.0, 0.0], [0.0, 0.0, 5.0]], [0.0, 0.0, 1.0]),
            ([[2.0, -1.0, 0.0], [-1.0, 2.0, 0.0], [0.0, 0.0, 1.0]], [half, -half, 0.0]),
            ([[2.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 2.0]], [half, 0.0, half]),
        ] {
            let got = greatest(matrix);
            assert!(
                got.iter().zip(want).all(|(got, want)| close(got.abs(), f64::abs(want))),
                "{got:?}"
            );
            assert!(got[0] >= 0.0 && close(got[0] * got[1], want[0] * want[1]), "{got:?}");
        }
    }

    #[test]
    fn a_value_is_near_enough_sooner_than_a_vector() {
        for (round, change, want) in [
            (200, 0.0, false),
            (201, 0.0, true),
            (201, 1e-10, true),
            (201, -1e-10, true),
            (201, 1.1e-10, false),
        ] {
            assert_eq!(Aim::is_slow(round, change), want, "{round} {change}");
        }
        for (aim, off, round, want) in [
            (Aim::Value, 1e-7, 0, true),
            (Aim::Value, 1.1e-7, 0, false),
            (Aim::Value, 1.0, 300, true),
            (Aim::Vector, 0.0, 300, false),
        ] {
            assert_eq!(aim.is_met(off, round, 0.0), want, "{aim:?} {off} {round}");
        }
        let patience =
            |tolerance| Patience { measure: "m", aim: Aim::Vector, tolerance, rounds: 1 };
        assert!(close(patience(1e-3).reachable(), 1e-3));
        assert!((patience(0.0).reachable() * 1e14 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn eigenvalues_and_vectors_are_those_of_small_graphs() {
        use crate::graph::Direction;
        let half = libm::sqrt(0.5);
        let swing = [(0, 1, 2.0), (1, 0, 8.0)];
        let turn = [(0, 1), (1, 2), (2, 0)];
        let third = libm::sqrt(1.0 / 3.0);
        for (csr, scale, value, vector) in [
            (Csr::complete(4), 1.0 / 3.0, 1.0, &[0.5; 4][..]),
            (Csr::path(3), 0.5, half, &[0.5, half, 0.5]),
            (Csr::star(5), 0.25, 0.5, &[half, half / 2.0, half / 2.0, half / 2.0, half / 2.0]),
            // What comes to 0 weighs four times what comes to 1.
            (
                Csr::new(2, &swing, Direction::Directed),
                0.125,
                0.5,
                &[libm::sqrt(0.8), libm::sqrt(0.2)],
            ),
            (Csr::unweighted(3, &turn, Direction::Directed), 1.0, 1.0, &[third; 3]),
        ] {
            let nodes: Vec<u32> = csr.nodes().collect();
            let mut spread = vec![0.0; nodes.len()];
            let part = Part { csr: &csr, nodes: &nodes, scale, spread: &mut spread };
            let patience =
                Patience { measure: "m", aim: Aim::Vector, tolerance: 1e-12, rounds: 1000 };
            let (got, found) = part.perron(patience).unwrap();
            assert!(close(got, value), "{got}, not {value}");
            assert!(found.iter().zip(vector).all(|(&got, &want)| close(got, want)), "{found:?}");
            assert!(spread.iter().all(|&left| left.abs() < 1e-300), "others find no trace of it");
        }
        for csr in [Csr::path(3), Csr::new(2, &swing, Direction::Directed)] {
            let nodes: Vec<u32> = csr.nodes().collect();
            let part = Part { csr: &csr, nodes: &nodes, scale: 0.1, spread: &mut [0.0; 3] };
            let patience = Patience { measure: "m", aim: Aim::Vector, tolerance: 1e-12, rounds: 1 };
            let error = part.perron(patience).unwrap_err().to_string();
            assert!(error.starts_with("m did not settle in 1 rounds"), "{error}");
        }
    }

    #[test]
    fn vectors_are_mixed_and_multiplied_place_by_place() {
        let up: Vec<f64> = (0..8200).map(f64::from).collect();
        let mut mixture = vec![1.0; 8200];
        mix(&mut mixture, 2.0, [(3.0, &up), (-1.0, &vec![4.0; 8200])]);
        for at in [0, 1, 8191, 8192, 8199] {
            assert!(close(mixture[at], 3.0 * up[at] - 2.0), "{at}");
        }
        mix(&mut mixture, 0.5, []);
        assert!(close(mixture[2], 2.0));
        assert!(close(dot(&[1.0, 2.0, 3.0], &[4.0, -5.0, 6.0]), 12.0));
    }
}
