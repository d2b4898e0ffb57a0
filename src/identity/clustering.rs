//! The best reading of who is who, and readings drawn at random.

use rayon::prelude::*;

use super::agglomeration::{Agglomeration, Edge};
use super::groups::Groups;
use super::lists::Lists;
use crate::random::Random;

/// A pair with odds below this connects nothing, in any reading.
const HOPELESS: f64 = -6.0;
/// Odds beyond this are not drawn anew.
const CERTAIN: f64 = 7.0;

/// Weighed pairs, sorted into parts that no reading connects.
pub(crate) struct Clustering<'a> {
    /// By mention: the case files that it stands in; whoever shares one is two people.
    cases: &'a Lists,
    /// By part, in the order of the lowest mention.
    pub(super) edges: Vec<Edge>,
    /// Where each part of `edges` ends.
    ends: Vec<usize>,
}

impl<'a> Clustering<'a> {
    pub(crate) fn new(cases: &'a Lists, mut edges: Vec<Edge>) -> Self {
        let mut groups = Groups::new(cases.len());
        for edge in edges.iter().filter(|edge| edge.logit > HOPELESS) {
            groups.join(edge.rows.0, edge.rows.1);
        }
        edges.retain(|edge| groups.root(edge.rows.0) == groups.root(edge.rows.1));
        let mut roots: Vec<(u32, Edge)> =
            edges.into_iter().map(|edge| (groups.root(edge.rows.0), edge)).collect();
        roots.sort_by_key(|(root, edge)| (*root, edge.rows));
        let mut end = 0;
        let ends = roots.chunk_by(|a, b| a.0 == b.0).map(|part| {
            end += part.len();
            end
        });
        let ends = ends.collect();
        let edges = roots.into_iter().map(|(_, edge)| edge).collect();
        Self { cases, edges, ends }
    }

    fn parts(&self) -> impl Iterator<Item = &[Edge]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.edges[start..end])
    }

    /// The best reading: by row, the lowest row of the same person.
    pub(crate) fn best(&self) -> Vec<u32> {
        let mut labels: Vec<u32> = (0..).take(self.cases.len()).collect();
        self.put_together(self.edges.iter().copied(), &mut labels);
        labels
    }

    /// Readings drawn as often as they are likely: the odds of each pair are disturbed by logistic noise, so that a pair alone is
    /// one person as often as its odds say, and the disturbed pairs are put together like the true ones.
    ///
    /// The noise is that of the two mentions, half and half, so that it goes together for pairs that share one: what makes one of them
    /// look like one person by mistake, a common nickname, a number that changed hands, makes the others look so too.
    ///
    /// - **Cost**: for each reading a comparison of two numbers for each pair of a part in which anything is open; only pairs that
    ///   are one person in it take more.
    ///
    /// Source: Papandreou & Yuille (2011), ICCV (perturb-and-MAP).
    pub(super) fn samples(&self, count: usize, seed: u64, best: &[u32]) -> Vec<Vec<u32>> {
        let is_open = |edge: &Edge| edge.logit.is_finite() && edge.logit.abs() < CERTAIN;
        let open = self.parts().filter(|part| part.iter().any(is_open)).flatten();
        let noise = Noise::new();
        let open: Vec<(Edge, f64)> = open.map(|edge| (*edge, noise.least(-edge.logit))).collect();
        let mut rows: Vec<u32> =
            open.iter().flat_map(|(edge, _)| [edge.rows.0, edge.rows.1]).collect();
        rows.par_sort_unstable();
        rows.dedup();
        (0..count as u64)
            .into_par_iter()
            .map(|sample| {
                let mut labels = best.to_vec();
                let mut own = vec![0.0; labels.len()];
                for &row in &rows {
                    labels[row as usize] = row;
                    own[row as usize] =
                        normal(&mut Random::new(seed.wrapping_add(2 + sample), row.into()));
                }
                let of_both = |(a, b): (u32, u32)| {
                    (own[a as usize] + own[b as usize]) * std::f64::consts::FRAC_1_SQRT_2
                };
                let disturbed = |edge: &Edge| {
                    let noise = logistic(of_both(edge.rows));
                    let (logit, evidence) = (edge.logit + noise, edge.evidence + noise);
                    Edge { logit, evidence, ..*edge }
                };
                let mut groups = Groups::new(labels.len());
                for (edge, least) in &open {
                    if of_both(edge.rows) >= *least && disturbed(edge).speaks_for_one() {
                        groups.join(edge.rows.0, edge.rows.1);
                    }
                }
                let together = open
                    .iter()
                    .filter(|(edge, _)| groups.root(edge.rows.0) == groups.root(edge.rows.1));
                let together: Vec<Edge> = together.map(|(edge, _)| disturbed(edge)).collect();
                self.put_together(together.into_iter(), &mut labels);
                labels
            })
            .collect()
    }

    /// Gives each mention of these pairs the lowest of its group.
    ///
    /// No two groups are ever joined without a pair between them that speaks for it; so what no such pairs connect is put together
    /// apart.
    fn put_together(&self, edges: impl Iterator<Item = Edge> + Clone, labels: &mut [u32]) {
        let mut groups = Groups::new(labels.len());
        for edge in edges.clone().filter(Edge::speaks_for_one) {
            groups.join(edge.rows.0, edge.rows.1);
        }
        let within = |edge: Edge| {
            let [a, b] = [edge.rows.0, edge.rows.1].map(|row| groups.root(row));
            (a == b).then_some((a, edge))
        };
        let mut together: Vec<(u32, Edge)> = edges.filter_map(within).collect();
        together.sort_unstable_by_key(|(root, edge)| (*root, edge.rows));
        let parts: Vec<&[(u32, Edge)]> = together.chunk_by(|a, b| a.0 == b.0).collect();
        let found: Vec<Vec<(u32, u32)>> = parts.par_iter().map(|part| self.part(part)).collect();
        for (row, label) in found.into_iter().flatten() {
            labels[row as usize] = label;
        }
    }

    /// The mentions of a part, each with the lowest of its group.
    fn part(&self, part: &[(u32, Edge)]) -> Vec<(u32, u32)> {
        let edges: Vec<Edge> = part.iter().map(|(_, edge)| *edge).collect();
        let mut rows: Vec<u32> = edges.iter().flat_map(|edge| [edge.rows.0, edge.rows.1]).collect();
        rows.sort_unstable();
        rows.dedup();
        // Most parts are a few mentions of which each two speak for one person: whatever the order, they end as one.
        let each_two = edges.len() == rows.len() * (rows.len() - 1) / 2;
        let labels = if each_two && edges.iter().all(Edge::speaks_for_one) {
            vec![rows[0]; rows.len()]
        } else {
            Agglomeration { edges: &edges, rows: &rows, cases: self.cases }.groups()
        };
        rows.into_iter().zip(labels).collect()
    }
}

/// Where noise reaches which odds, so that most pairs need no logarithm.
struct Noise {
    /// `logistic` at each step from −[`REACH`] on, growing.
    reached: Vec<f64>,
}

/// A normal number is hardly ever farther from 0.
const REACH: i32 = 9;
const STEPS: i32 = 32;

impl Noise {
    fn new() -> Self {
        let at = |step: i32| logistic(f64::from(step) / f64::from(STEPS));
        Self { reached: (-REACH * STEPS..=REACH * STEPS).map(at).collect() }
    }

    /// A normal number below which the noise does not reach `logit`, at most a step too low.
    fn least(&self, logit: f64) -> f64 {
        let above = self.reached.partition_point(|reached| *reached < logit);
        if above == 0 {
            f64::NEG_INFINITY
        } else {
            (above as f64 - 1.0) / f64::from(STEPS) - f64::from(REACH)
        }
    }
}

/// A number of the standard normal distribution (Box and Muller).
fn normal(random: &mut Random) -> f64 {
    let (radius, angle) = (random.unit(), random.unit());
    (-2.0 * libm::log(1.0 - radius)).sqrt() * libm::cos(std::f64::consts::TAU * angle)
}

/// The number of the standard logistic distribution that stands where `normal` does in the standard normal one.
fn logistic(normal: f64) -> f64 {
    let below = (0.5 * libm::erfc(-normal / std::f64::consts::SQRT_2)).clamp(1e-12, 1.0 - 1e-12);
    libm::log(below / (1.0 - below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_never_thought_too_weak() {
        let noise = Noise::new();
        for step in -300..300 {
            let odds = f64::from(step) / 10.0;
            let least = noise.least(odds);
            assert!(least == f64::NEG_INFINITY || logistic(least) < odds, "{odds} {least}");
            assert!(
                logistic(least + 2.0 / f64::from(STEPS)) >= odds || least > 6.0,
                "{odds} {least}"
            );
        }
        assert!(noise.least(f64::INFINITY) > 8.0 && noise.least(f64::NEG_INFINITY) < -8.0);
    }

    #[test]
    fn noise_is_logistic_where_it_is_normal() {
        // Where three in four lie below, the odds are 3.
        assert!(logistic(0.0).abs() < 1e-12);
        assert!((logistic(0.674_489_75) - 3.0_f64.ln()).abs() < 1e-6);
        assert!((logistic(-1.281_551_57) + 9.0_f64.ln()).abs() < 1e-6);
        // As far out as one in 10¹², and no farther.
        for far in [8.0, 40.0] {
            assert!((logistic(far) - 1e12_f64.ln()).abs() < 1e-3, "{far}");
            assert!((logistic(-far) + 1e12_f64.ln()).abs() < 1e-3, "{far}");
        }
        let drawn: Vec<f64> = (0..4000).map(|stream| normal(&mut Random::new(1, stream))).collect();
        let mean = drawn.iter().sum::<f64>() / 4000.0;
        let square = drawn.iter().map(|x| x * x).sum::<f64>() / 4000.0;
        let fourth = drawn.iter().map(|x| x.powi(4)).sum::<f64>() / 4000.0;
        assert!(mean.abs() < 0.06 && (square - 1.0).abs() < 0.09, "{mean} {square}");
        assert!((fourth - 3.0).abs() < 0.6, "{fourth}");
    }
}
