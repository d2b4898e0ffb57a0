//! Rank intervals: where would somebody stand if the rows, the people and what is missing were a little other?

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng};
use rayon::prelude::*;

use super::engine::{Engine, Weighed};
use super::evidence::{Item, Strand};
use super::quantile::quantile;
use super::recurrence::Share;
use crate::identity::EntityId;

/// How data are drawn anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Missing {
    /// The chance that who recruited a victim, which the files leave open, would stand in complete ones.
    pub rows: f64,
    /// The chance that a mention stands in the files by luck only, and is left out.
    pub mentions: f64,
}

impl Default for Missing {
    fn default() -> Self {
        Self { rows: 0.10, mentions: 0.05 }
    }
}

/// What it is worth that complete files say who recruited her: for him, and against the others.
const SETTLED: (f64, f64) = (1e4, 0.02);

/// A person's place in one draw: recurrence and expected episodes.
type Standing = (f64, f64);

impl Engine<'_> {
    /// The 5 % and 95 % quantile of each one's rank over the draws.
    ///
    /// A draw takes a reading of who is who from the samples; leaves mentions out; lets each row hold
    /// or not by its certainty; and settles for some victims who recruited them, as more complete files would. Then
    /// everybody is ranked anew, also those who are not in the list.
    ///
    /// # Cost
    ///
    /// The evidence once a draw; draws side by side.
    pub(super) fn rank_intervals(&self, listed: &[EntityId]) -> Vec<[usize; 2]> {
        let ranks: Vec<Vec<usize>> = (0..self.options.draws)
            .into_par_iter()
            .map(|draw| self.ranks_of(listed, draw as u64))
            .collect();
        let interval = |at: usize| {
            let mut of_one: Vec<usize> = ranks.iter().map(|draw| draw[at]).collect();
            of_one.sort_unstable();
            if of_one.is_empty() {
                [at + 1; 2]
            } else {
                [*quantile(&of_one, 0.05), *quantile(&of_one, 0.95)]
            }
        };
        (0..listed.len()).map(interval).collect()
    }

    fn ranks_of(&self, listed: &[EntityId], draw: u64) -> Vec<usize> {
        let seed = self.options.seed ^ draw.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut random = Pcg64::seed_from_u64(seed);
        let labels = self.drawn_labels(&mut random);
        let (weighed, gone) = self.drawn_weights(&mut random);
        let standings = self.drawn_standings(labels, &weighed, &gone);
        let mut order: Vec<Standing> = standings.iter().map(|one| one.1).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let entities = &self.identities.entities;
        let rank = |&entity: &EntityId| {
            let own = entities.rows(entity).iter().filter(|&&row| !gone[row as usize]);
            let own = own.filter_map(|&row| {
                let label = labels[row as usize];
                let at = standings.binary_search_by_key(&label, |one| one.0).ok()?;
                Some(standings[at].1)
            });
            let best = own.fold((0.0, 0.0), |a: Standing, b| if above(b, a) { b } else { a });
            1 + order.partition_point(|&other| above(other, best))
        };
        listed.iter().map(rank).collect()
    }

    fn drawn_labels(&self, random: &mut Pcg64) -> &[u32] {
        let samples = &self.identities.samples;
        if samples.is_empty() {
            return &self.best;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ x < n")]
        let chosen = (uniform(random) * samples.len() as f64) as usize;
        samples.labels(chosen.min(samples.len() - 1))
    }

    /// What the units are worth in a draw, and which rows of `people` are left out of it.
    fn drawn_weights(&self, random: &mut Pcg64) -> (Weighed, Vec<bool>) {
        let record = &self.record;
        let missing = self.options.missing;
        let rows: Vec<f64> = (0..record.rows).map(|_| uniform(random)).collect();
        let holds =
            |item: &Item| f64::from(u8::from(rows[item.row as usize] < item.assertion.certainty));
        let gone: Vec<bool> =
            self.protected.iter().map(|_| uniform(random) < missing.mentions).collect();
        let drops = |strand: &Strand| {
            gone[strand.actor as usize] || strand.victim.is_some_and(|v| gone[v as usize])
        };
        let mut ratios = self.ratios.all(record, holds, drops);
        for occasion in &record.occasions {
            if uniform(random) < missing.rows {
                let chosen = uniform(random);
                let strands = &record.strands[occasion.clone()];
                self.settle(strands, &mut ratios[occasion.clone()], chosen, &drops);
            }
        }
        (self.weighed(ratios, holds), gone)
    }

    /// Settles who recruited a victim: each with the chance that the evidence gives him, or somebody not on record.
    fn settle(
        &self,
        strands: &[Strand],
        ratios: &mut [f64],
        chosen: f64,
        drops: &impl Fn(&Strand) -> bool,
    ) {
        let mut left = chosen;
        for (strand, ratio) in strands.iter().zip(ratios) {
            let chance = self.ratios.chance(strand, *ratio);
            if drops(strand) {
                continue;
            }
            *ratio = if (0.0..chance).contains(&left) { SETTLED.0 } else { SETTLED.1 };
            left -= chance;
        }
    }

    /// Everybody who can be ranked in a draw, by label. Who is on record in one case only recurs in none.
    fn drawn_standings(
        &self,
        labels: &[u32],
        weighed: &Weighed,
        gone: &[bool],
    ) -> Vec<(u32, Standing)> {
        let barred = self.barred(labels);
        let kept = |unit: usize| !gone[self.units.units[unit].actor as usize];
        let clusters = self.clusters(labels, kept);
        let mut standings = Vec::new();
        for cluster in clusters.chunk_by(|a, b| a.0 == b.0) {
            let case = |unit: usize| self.units.units[unit].case;
            let first = case(cluster[0].1);
            let one_case = first.is_known() && cluster.iter().all(|&(_, unit)| case(unit) == first);
            if one_case || barred[cluster[0].0 as usize] {
                continue;
            }
            let shares: Vec<Share> =
                cluster.iter().map(|&(_, unit)| self.share(unit, weighed, labels)).collect();
            let found = self.posterior(&shares);
            if found.recurrence > 0.0 {
                standings.push((cluster[0].0, (found.recurrence, found.expected_episodes)));
            }
        }
        standings
    }
}

fn above(one: Standing, other: Standing) -> bool {
    one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)).is_gt()
}

/// A number in [0, 1) from 53 random bits.
fn uniform(random: &mut Pcg64) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}
