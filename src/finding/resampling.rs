//! Rank intervals: where would somebody stand if the rows, the people and what is missing were a little other?

use std::cmp::Ordering;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng};
use rayon::prelude::*;

use super::engine::{Engine, Weighed};
use super::evidence::{Item, Strand};
use super::quantile::quantile;
use super::recurrence::Share;
use crate::identity::EntityId;

/// What is taken to be missing from the files, for the rank intervals.
///
/// An interval is to hold the rank that complete files would give. What these would settle is who recruited each victim; so
/// for a share of the victims that is drawn, each with the chance that the evidence gives him.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Missing {
    /// For how large a part of the victims complete files would say who recruited her. All by default.
    pub settled: f64,
    /// The chance that somebody's presence in a case is on record by luck only, and is left out. 1.5 % by default:
    /// whoever has two sure episodes keeps both in nineteen draws of twenty.
    pub presences: f64,
    /// How many episodes nobody has on record there are for each one on record, of whoever recruits again and
    /// again. .75 by default.
    pub unseen: f64,
}

impl Default for Missing {
    fn default() -> Self {
        Self { settled: 1.0, presences: 0.015, unseen: 0.75 }
    }
}

/// What it is worth that complete files say who recruited her: for him, and against the others.
const SETTLED: (f64, f64) = (1e4, 0.02);

/// A person's place in one draw: recurrence and expected episodes.
type Standing = (f64, f64);

impl Engine<'_> {
    /// The 5 % and 95 % quantile of each one's rank over the draws.
    ///
    /// A draw takes a reading of who is who from the samples; leaves out some presences of people in
    /// cases; lets each row hold or not by its certainty; settles for each victim who recruited her, and adds
    /// episodes nobody has on record, as complete files would. Then everybody is ranked anew, also those who are not in the list.
    ///
    /// # Cost
    ///
    /// The evidence once a draw; draws side by side.
    pub(super) fn rank_intervals(&self, listed: &[EntityId], weighed: &Weighed) -> Vec<[usize; 2]> {
        let ranks: Vec<Vec<usize>> = (0..self.options.draws)
            .into_par_iter()
            .map(|draw| self.ranks_of(listed, weighed, draw as u64))
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

    fn ranks_of(&self, listed: &[EntityId], base: &Weighed, draw: u64) -> Vec<usize> {
        let seed = self.options.seed ^ draw.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut random = Pcg64::seed_from_u64(seed);
        let labels = self.drawn_labels(&mut random);
        let weighed = self.drawn_weights(base, &mut random);
        let mut standings = self.drawn_standings(labels, &weighed);
        for (_, standing) in &mut standings {
            let unseen = poisson(standing.1 * self.options.missing.unseen, &mut random);
            standing.1 += unseen;
        }
        let mut order: Vec<Standing> = standings.iter().map(|one| one.1).collect();
        order.sort_by(|a, b| compare(*b, *a));
        let entities = &self.identities.entities;
        let rank = |&entity: &EntityId| {
            let own = entities.rows(entity).iter().filter_map(|&row| {
                let label = labels[row as usize];
                let at = standings.binary_search_by_key(&label, |one| one.0).ok()?;
                Some(standings[at].1)
            });
            let best =
                own.fold((0.0, 0.0), |a: Standing, b| if compare(b, a).is_gt() { b } else { a });
            let place = 1 + order.partition_point(|&other| compare(other, best).is_gt());
            // Who would not be listed stands anywhere among those who are not.
            if best.0 < self.options.least { self.actors.len().max(place) } else { place }
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

    /// What the units are worth in a draw.
    fn drawn_weights(&self, base: &Weighed, random: &mut Pcg64) -> Weighed {
        let record = &self.record;
        let missing = self.options.missing;
        let rows: Vec<f64> = (0..record.rows).map(|_| uniform(random)).collect();
        let holds =
            |item: &Item| f64::from(u8::from(rows[item.row as usize] < item.assertion.certainty));
        let gone: Vec<bool> =
            (0..record.presences).map(|_| uniform(random) < missing.presences).collect();
        let mut ratios = self.ratios.all(record, holds, |strand| gone[strand.presence as usize]);
        for occasion in &record.occasions {
            let (settled, chosen) = (uniform(random), uniform(random));
            if settled < missing.settled {
                let strands = &record.strands[occasion.clone()];
                let base = &base.by_strand[occasion.clone()];
                self.settle(strands, base, &mut ratios[occasion.clone()], chosen);
            }
        }
        self.weighed(ratios, holds)
    }

    /// Settles who recruited a victim: each with the chance that the evidence gives him, or somebody not on record.
    fn settle(&self, strands: &[Strand], base: &[f64], ratios: &mut [f64], chosen: f64) {
        let mut left = chosen;
        for ((strand, &base), ratio) in strands.iter().zip(base).zip(ratios) {
            let chance = self.ratios.chance(strand, base);
            // A presence that is left out stays out.
            if *ratio > 0.0 {
                *ratio = if (0.0..chance).contains(&left) { SETTLED.0 } else { SETTLED.1 };
            }
            left -= chance;
        }
    }

    /// Everybody who can be ranked in a draw, by label. Who is on record in one case only recurs in none.
    fn drawn_standings(&self, labels: &[u32], weighed: &Weighed) -> Vec<(u32, Standing)> {
        let barred = self.barred(labels);
        let kept = |unit: usize| weighed.ratios[unit] > 0.0;
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

/// Of two who recur, who has more episodes stands above: complete files leave no doubt that they do.
fn compare(one: Standing, other: Standing) -> Ordering {
    const RECURS: f64 = 0.5;
    let key = |standing: Standing| (standing.0.min(RECURS), standing.1, standing.0);
    let (one, other) = (key(one), key(other));
    (one.0.total_cmp(&other.0)).then(one.1.total_cmp(&other.1)).then(one.2.total_cmp(&other.2))
}

/// A number from Poisson's distribution of this mean, by counting how many uniform numbers it takes (Knuth).
fn poisson(mean: f64, random: &mut Pcg64) -> f64 {
    const MOST: f64 = 100.0;
    let floor = libm::exp(-mean.min(MOST));
    let (mut product, mut count) = (uniform(random), 0.0);
    while product > floor && count < 4.0 * MOST {
        product *= uniform(random);
        count += 1.0;
    }
    count
}

/// A number in [0, 1) from 53 random bits.
fn uniform(random: &mut Pcg64) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Recruiters;
    use crate::identity::Identities;
    use crate::identity::sketch::case;

    #[test]
    fn of_two_who_recur_who_has_more_episodes_stands_above() {
        assert!(compare((0.5, 3.0), (0.9, 2.0)).is_gt());
        assert!(compare((0.49, 9.0), (0.5, 2.0)).is_lt(), "who does not recur stands below");
        assert!(compare((0.9, 2.0), (0.8, 2.0)).is_gt(), "then who recurs the likelier");
        assert!(compare((0.3, 1.0), (0.2, 9.0)).is_gt());
        assert!(compare((0.7, 2.0), (0.7, 2.0)).is_eq());
    }

    #[test]
    fn poissons_numbers_have_mean_and_variance_alike() {
        let mut random = Pcg64::seed_from_u64(5);
        let drawn: Vec<f64> = (0..20_000).map(|_| poisson(3.0, &mut random)).collect();
        let mean = drawn.iter().sum::<f64>() / 2e4;
        let variance = drawn.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / 2e4;
        assert!((mean - 3.0).abs() < 0.06 && (variance - 3.0).abs() < 0.2, "{mean} {variance}");
        assert!((0..100).all(|_| poisson(0.0, &mut random) <= 0.0));
        assert!(poisson(1e9, &mut random) < 400.5, "it ends");
        assert!((0..1000).map(|_| uniform(&mut random)).all(|one| (0.0..1.0).contains(&one)));
    }

    /// Two who recruited, each by one row, and some options.
    fn with<T>(options: &Recruiters, ask: impl Fn(&Engine<'_>) -> T) -> T {
        let case = case(&[
            ("cases.csv", "case_id\nc1\nc2\n"),
            ("people.csv", "person_id\np1\np2\np3\np4\n"),
            (
                "roles.csv",
                "case_id,person_id,role\nc1,p3,victim\nc2,p4,victim\nc1,p1,recruiter\nc2,p1,recruiter\nc1,p2,exploiter\n",
            ),
            (
                "links.csv",
                "link_id,from,to,kind,case_id,grade\nl1,p1,p3,recruited,c1,1.0\nl2,p2,p3,groomed,c1,0.9\n\
                 l3,p1,p4,recruited,c2,1.0\n",
            ),
        ]);
        let identities = Identities::as_given(&case);
        ask(&Engine::new(options, &case, &identities))
    }

    #[test]
    fn who_recruited_a_victim_is_settled_by_the_chances_of_each() {
        let found = with(&Recruiters::default(), |engine| {
            let occasion = engine.record.occasions.iter().find(|one| one.len() == 2);
            let strands = &engine.record.strands[occasion.expect("two are on record").clone()];
            // Chances of ½ and ¼, whatever the odds of an offender; a quarter is left for somebody else.
            let base = [1.0 / engine.ratios.odds, 1.0 / 3.0 / engine.ratios.odds];
            [0.0, 0.49, 0.51, 0.74, 0.76].map(|chosen| {
                let mut ratios = [1.0, 1.0];
                engine.settle(strands, &base, &mut ratios, chosen);
                ratios
            })
        });
        let (first, second) = ([1e4, 0.02], [0.02, 1e4]);
        assert_eq!(found, [first, first, second, second, [0.02, 0.02]]);
        let gone = with(&Recruiters::default(), |engine| {
            let strands = &engine.record.strands[..1];
            let mut ratios = [0.0];
            engine.settle(strands, &[1e9], &mut ratios, 0.0);
            ratios
        });
        assert!(gone[0].abs() < 1e-12, "a presence that is left out stays out");
    }

    #[test]
    fn without_draws_a_rank_is_its_own_interval_and_with_them_it_is_within() {
        let intervals = |draws| {
            let options = Recruiters { draws, ..Recruiters::default() };
            with(&options, |engine| {
                let weighed = engine.weigh(|item| item.assertion.certainty);
                engine
                    .rank_intervals(&[EntityId::from_number(0), EntityId::from_number(1)], &weighed)
            })
        };
        assert_eq!(intervals(0), [[1, 1], [2, 2]]);
        // The second is on record in one file only: he recurs in no draw, and stands last of two.
        let drawn = intervals(40);
        assert_eq!((drawn[0][0], drawn[1]), (1, [2, 2]));
    }
}
