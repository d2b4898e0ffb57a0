//! The best reading of who is who, and readings drawn at random.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::agglomeration::{Agglomeration, Edge};
use super::groups::Groups;
use super::mentions::Mentions;
use crate::random::Random;

/// A pair with odds below this connects nothing, in any reading.
const HOPELESS: f64 = -6.0;
/// Odds beyond this are not drawn anew.
const CERTAIN: f64 = 7.0;

/// Weighed pairs, sorted into parts that no reading connects.
pub(super) struct Clustering<'a> {
    mentions: &'a Mentions,
    /// By part, in the order of the lowest mention.
    pub(super) edges: Vec<Edge>,
    /// Where each part of `edges` ends.
    ends: Vec<usize>,
}

impl<'a> Clustering<'a> {
    pub(super) fn new(mentions: &'a Mentions, mut edges: Vec<Edge>) -> Self {
        let mut groups = Groups::new(mentions.len());
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
        Self { mentions, edges, ends }
    }

    fn parts(&self) -> impl Iterator<Item = &[Edge]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.edges[start..end])
    }

    /// The best reading: by row, the lowest row of the same person.
    pub(super) fn best(&self) -> Vec<u32> {
        let mut labels: Vec<u32> = (0..).take(self.mentions.len()).collect();
        let parts: Vec<&[Edge]> = self.parts().collect();
        let found: Vec<Vec<(u32, u32)>> = parts.par_iter().map(|part| self.part(part)).collect();
        for (row, label) in found.into_iter().flatten() {
            labels[row as usize] = label;
        }
        labels
    }

    /// Readings drawn as often as they are likely: the odds of each pair are disturbed by logistic noise, so that a pair alone is
    /// one person as often as its odds say, and the disturbed pairs are put together like the true ones.
    ///
    /// The noise of pairs that share a mention goes together ([`SHARED`]): what makes one of them look like one person by mistake, a
    /// common nickname, a number that changed hands, makes the others look so too.
    ///
    /// Source: Papandreou & Yuille (2011), ICCV (perturb-and-MAP).
    pub(super) fn samples(&self, count: usize, seed: u64, best: &[u32]) -> Vec<Vec<u32>> {
        let open: Vec<&[Edge]> = self
            .parts()
            .filter(|part| {
                part.iter().any(|edge| edge.logit.is_finite() && edge.logit.abs() < CERTAIN)
            })
            .collect();
        (0..count as u64)
            .into_par_iter()
            .map(|sample| {
                let mut labels = best.to_vec();
                for part in &open {
                    let disturbed: Vec<Edge> = disturb(part, seed.wrapping_add(2 + sample));
                    for (row, label) in self.part(&disturbed) {
                        labels[row as usize] = label;
                    }
                }
                labels
            })
            .collect()
    }

    /// The mentions of a part, each with the lowest of its group.
    fn part(&self, edges: &[Edge]) -> Vec<(u32, u32)> {
        let mut rows: Vec<u32> = edges.iter().flat_map(|edge| [edge.rows.0, edge.rows.1]).collect();
        rows.sort_unstable();
        rows.dedup();
        let labels = Agglomeration { edges, rows: &rows, cases: &self.mentions.cases }.groups();
        rows.into_iter().zip(labels).collect()
    }
}

/// How much of the noise of a pair is that of its mentions: two pairs of one mention go together by half of it.
const SHARED: f64 = 1.0;

/// A part with the odds of its pairs disturbed.
fn disturb(part: &[Edge], seed: u64) -> Vec<Edge> {
    let Some(first) = part.first() else { return Vec::new() };
    let mut own = Random::new(seed, u64::from(first.rows.0) | (1 << 32));
    let mut of_row: BTreeMap<u32, f64> = BTreeMap::new();
    let mut shared =
        |row: u32| *of_row.entry(row).or_insert_with(|| normal(&mut Random::new(seed, row.into())));
    let disturbed = part.iter().map(|edge| {
        let together = (shared(edge.rows.0) + shared(edge.rows.1)) * (SHARED / 2.0).sqrt();
        let noise = together + normal(&mut own) * (1.0 - SHARED).sqrt();
        let noise = logistic(noise);
        Edge { rows: edge.rows, logit: edge.logit + noise, evidence: edge.evidence + noise }
    });
    disturbed.collect()
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
