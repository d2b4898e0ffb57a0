//! What chance gives: the same acts, with the dates of each sort in another order.

use rayon::prelude::*;

use super::Motifs;
use super::acts::{Acts, Dates};
use super::patterns::{Grouped, Pattern};
use crate::measure::{AgainstChance, chance_of};
use crate::random::Random;

impl Motifs {
    /// By draw and pattern: how many instances there are when dates change places.
    pub(super) fn null(&self, acts: &Acts, grouped: &Grouped) -> Vec<[u64; 5]> {
        if acts.list.is_empty() {
            return Vec::new();
        }
        let draws = affordable(self.draws, acts.list.len());
        let mut by_sort: Vec<usize> = (0..acts.list.len()).collect();
        // By what they say and not by where they stand, so that rows in another order draw the same.
        by_sort.sort_by_key(|&at| {
            let act = &acts.list[at];
            (act.sort, acts.dates[at], act.actor, act.victim)
        });
        let draw = |stream: u64| {
            let dates = shuffled(acts, &by_sort, &mut Random::new(self.seed, stream));
            Pattern::ALL.map(|pattern| self.search(grouped, &dates).count(pattern).into())
        };
        (0..draws as u64).into_par_iter().map(draw).collect()
    }
}

/// As many draws as were asked for, or as 20 million dates that change places allow, but at least 19.
pub(super) fn affordable(draws: usize, dates: usize) -> usize {
    const MOST: usize = 20_000_000;
    const LEAST: usize = 19;
    draws.min((MOST / dates.max(1)).max(LEAST))
}

/// A count against those of the null.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Against {
    pub(super) expected: Option<f64>,
    pub(super) z: Option<f64>,
    pub(super) p: Option<f64>,
    pub(super) underpowered: bool,
}

impl Against {
    pub(super) fn of(count: u64, null: &[u64]) -> Self {
        const SMALL: f64 = 0.05;
        let drawn: Vec<f64> = null.iter().map(|&one| one as f64).collect();
        let against = AgainstChance::of(count as f64, &drawn);
        let most = drawn.iter().copied().fold(count as f64, f64::max);
        Self {
            expected: against.map(|one| one.expected),
            z: against.and_then(|one| one.z),
            p: against.map(|one| one.p),
            underpowered: chance_of(most, &drawn) > SMALL,
        }
    }
}

/// The dates of acts, those of one sort in another order.
fn shuffled(acts: &Acts, by_sort: &[usize], random: &mut Random) -> Vec<Dates> {
    let mut dates = acts.dates.clone();
    for same in by_sort.chunk_by(|&a, &b| acts.list[a].sort == acts.list[b].sort) {
        let mut own: Vec<Dates> = same.iter().map(|&act| acts.dates[act]).collect();
        random.shuffle(&mut own);
        for (&act, own) in same.iter().zip(own) {
            dates[act] = own;
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_counts_the_case_itself() {
        let against = Against::of(7, &[3; 19]);
        assert_eq!((against.p, against.underpowered), (Some(1.0 / 20.0), false));
        assert_eq!(Against::of(3, &[1, 2, 3, 4]).p, Some(3.0 / 5.0));
    }

    #[test]
    fn dates_that_cannot_make_a_difference_are_underpowered() {
        let same = Against::of(4, &[4; 200]);
        assert_eq!((same.p, same.z, same.underpowered), (Some(1.0), None, true));
        assert!(Against::of(0, &[]).underpowered);
    }
}
