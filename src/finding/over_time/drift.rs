//! How far the shares of channels moved between two stretches of time.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::case::Symbol;
use crate::random::Random;

/// How far the shares of channels moved: the Jensen–Shannon divergence, from 0 (not at all) to 1 bit (nothing in common).
///
/// Of few events it is never quite 0, so `p` says how often chance makes as much of it. What is drawn anew are hands
/// and not events: whoever posts a hundred times decides once.
///
/// # Source
///
/// J. Lin, IEEE Trans. Information Theory 37:145–151, 1991, with equal weights and logarithms to base 2.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Drift {
    /// The divergence, in bits.
    pub bits: f64,
    /// The 95 % interval of that: 2.5 % and 97.5 % of what hands drawn anew give. It leans upwards where hands are few.
    pub interval: [f64; 2],
    /// The share of draws with as much, when for each hand before and after are told apart by a coin.
    pub p: f64,
}

/// Of one hand: by number of a channel, its counts before and after.
type OfHand = Vec<(usize, [f64; 2])>;

/// Counts before and after, by hand and channel.
#[derive(Clone, Debug)]
pub(super) struct Sides<C = Symbol> {
    hands: BTreeMap<usize, BTreeMap<C, [f64; 2]>>,
}

impl<C: Copy + Ord> Sides<C> {
    pub(super) fn of_nobody() -> Self {
        Self { hands: BTreeMap::new() }
    }

    pub(super) fn count(&mut self, hand: usize, channel: C, after: bool) {
        let own = self.hands.entry(hand).or_default().entry(channel).or_default();
        own[usize::from(after)] += 1.0;
    }

    /// The drift; none where nothing was on any channel before, or nothing after.
    pub(super) fn drift(&self, draws: usize, seed: u64) -> Option<Drift> {
        let (hands, channels) = self.numbered();
        let bits = |sums: &[[f64; 2]]| jensen_shannon(sums);
        let once = vec![(1.0, false); hands.len()];
        let own = bits(&sums(&hands, &once, channels))?;
        let mut random = Random::new(seed, 0);
        let count = hands.len();
        let mut drawn: Vec<f64> = (0..draws)
            .filter_map(|_| bits(&sums(&hands, &anew(count, &mut random), channels)))
            .collect();
        drawn.sort_by(f64::total_cmp);
        let mut as_much = 0;
        for _ in 0..draws {
            let coins: Vec<(f64, bool)> = (0..count).map(|_| (1.0, random.below(2) == 1)).collect();
            let found = bits(&sums(&hands, &coins, channels));
            as_much += usize::from(found.is_none_or(|found| found >= own - 1e-12));
        }
        let end = |share: f64| match drawn.len() {
            0 => own,
            _ => *crate::finding::quantile::quantile(&drawn, share),
        };
        Some(Drift {
            bits: own,
            interval: [end(0.025), end(0.975)],
            p: (as_much + 1) as f64 / (draws + 1) as f64,
        })
    }

    /// Each hand's counts by the number of the channel, and how many channels there are.
    fn numbered(&self) -> (Vec<OfHand>, usize) {
        let mut channels: Vec<C> =
            self.hands.values().flat_map(|own| own.keys().copied()).collect();
        channels.sort_unstable();
        channels.dedup();
        let number = |channel: &C| channels.partition_point(|one| one < channel);
        let hand = |own: &BTreeMap<C, [f64; 2]>| {
            own.iter().map(|(channel, &counts)| (number(channel), counts)).collect()
        };
        (self.hands.values().map(hand).collect(), channels.len())
    }
}

/// How often each hand is drawn when as many are drawn as there are; before stays before.
fn anew(count: usize, random: &mut Random) -> Vec<(f64, bool)> {
    let mut times = vec![(0.0, false); count];
    for _ in 0..count {
        let at = usize::try_from(random.below(count as u64)).expect("it is below a length");
        times[at].0 += 1.0;
    }
    times
}

/// By channel: before and after, each hand so often, and with the two exchanged where it says so.
fn sums(hands: &[OfHand], how: &[(f64, bool)], channels: usize) -> Vec<[f64; 2]> {
    let mut sums = vec![[0.0; 2]; channels];
    for (own, &(times, exchanged)) in hands.iter().zip(how) {
        for &(channel, [before, after]) in own {
            let [first, second] = if exchanged { [after, before] } else { [before, after] };
            sums[channel][0] += times * first;
            sums[channel][1] += times * second;
        }
    }
    sums
}

fn jensen_shannon(sums: &[[f64; 2]]) -> Option<f64> {
    let totals = sums.iter().fold([0.0; 2], |all, one| [all[0] + one[0], all[1] + one[1]]);
    if totals[0] <= 0.0 || totals[1] <= 0.0 {
        return None;
    }
    let part = |share: f64, middle: f64| {
        if share > 0.0 { share * libm::log2(share / middle) } else { 0.0 }
    };
    let divergence: f64 = sums
        .iter()
        .map(|one| {
            let (p, q) = (one[0] / totals[0], one[1] / totals[1]);
            let middle = f64::midpoint(p, q);
            0.5 * part(p, middle) + 0.5 * part(q, middle)
        })
        .sum();
    Some(divergence.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_divergence_is_worked_by_hand() {
        // (1, 0) against (½, ½): ½ (log₂ 4⁄3) + ½ (½ log₂ 2⁄3 + ½ log₂ 2).
        let want = 0.5 * (4.0_f64 / 3.0).log2() + 0.25 * (2.0_f64 / 3.0).log2() + 0.25;
        let got = jensen_shannon(&[[4.0, 3.0], [0.0, 3.0]]).expect("both sides");
        assert!((got - want).abs() < 1e-12, "{got} {want}");
        assert_eq!(jensen_shannon(&[[4.0, 0.0], [0.0, 9.0]]), Some(1.0));
        assert_eq!(jensen_shannon(&[[4.0, 2.0], [8.0, 4.0]]), Some(0.0));
        assert_eq!(jensen_shannon(&[[4.0, 0.0]]), None);
    }

    #[test]
    fn one_hand_that_moves_a_hundred_times_moves_once() {
        let [a, b] = ["a", "b"];
        let mut sides = Sides::of_nobody();
        for _ in 0..100 {
            sides.count(1, a, false);
            sides.count(1, b, true);
        }
        for hand in 2..12 {
            sides.count(hand, a, hand % 2 == 0);
            sides.count(hand, b, hand % 2 == 1);
        }
        let drift = sides.drift(200, 7).expect("both sides");
        assert!(drift.bits > 0.5 && drift.p > 0.5, "{drift:?}");
        assert!(drift.interval[0] < drift.bits && drift.bits <= drift.interval[1], "{drift:?}");
    }

    #[test]
    fn when_all_move_chance_is_not_it() {
        let [a, b] = ["a", "b"];
        let mut sides = Sides::of_nobody();
        for hand in 0..20 {
            sides.count(hand, a, false);
            sides.count(hand, b, true);
        }
        let drift = sides.drift(200, 7).expect("both sides");
        assert!(drift.p < 0.01 && (drift.bits - 1.0).abs() < 1e-12, "{drift:?}");
    }
    #[test]
    fn hands_count_as_often_as_they_are_drawn_and_the_exchanged_the_other_way_round() {
        let hands = [vec![(0, [2.0, 1.0]), (1, [0.0, 3.0])], vec![(1, [5.0, 0.0])]];
        let drawn = sums(&hands, &[(2.0, false), (1.0, true)], 2);
        assert_eq!(drawn, [[4.0, 2.0], [0.0, 11.0]]);
        let often = anew(9, &mut Random::new(1, 2));
        let times: f64 = often.iter().map(|one| one.0).sum();
        assert!((times - 9.0).abs() < 1e-12 && often.iter().all(|one| !one.1), "{often:?}");
        assert!(often.iter().any(|one| one.0 > 1.0), "some are drawn again");
    }

    #[test]
    fn without_draws_the_interval_is_the_drift_and_without_a_side_there_is_none() {
        let mut sides = Sides::of_nobody();
        sides.count(1, "a", false);
        assert_eq!(sides.drift(9, 1), None);
        sides.count(1, "b", true);
        let drift = sides.drift(0, 1).expect("both sides");
        assert!(drift.interval.iter().all(|end| (end - 1.0).abs() < 1e-12), "{drift:?}");
        // Whichever way its coin falls, one hand has moved: chance makes as much each time.
        let p = sides.drift(9, 1).expect("both sides").p;
        assert!((drift.p - 1.0).abs() < 1e-12 && (p - 1.0).abs() < 1e-12, "{p}");
    }
}
