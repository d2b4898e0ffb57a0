//! The recurrence posterior: how likely somebody recruited in two or more separate episodes.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::unionfind::UnionFind;

use super::evidence::Evidence;
use crate::case::{Symbol, When};
use crate::identity::EntityId;

/// The recruitments of one person that hang together: one case, or no more than a month apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    /// By victim, the numbers of the evidence items; none is a victim who is not on record.
    pub(super) victims: BTreeMap<Option<EntityId>, Vec<usize>>,
}

/// Two recruitments farther apart than this many days, in different cases, are two episodes.
pub(super) const GAP_DAYS: i32 = 30;

/// An interval wider than this says too little of when it was to join two cases.
const VAGUE_DAYS: i32 = 92;

/// A piece of the evidence that cannot be of two episodes: one victim in one case.
struct Unit {
    case: Symbol,
    victim: Option<EntityId>,
    items: Vec<usize>,
    days: Option<(i32, i32)>,
}

/// Groups the evidence against one person into episodes: what is of one case, or at most
/// [`GAP_DAYS`] apart.
///
/// Evidence without a case and without a date says nothing of when it was. It joins other evidence
/// of the same victim; where there is none, all of it together is one episode, which is the
/// cautious reading.
pub(super) fn clusters(items: &[Evidence]) -> Vec<Cluster> {
    let units = units(items);
    let mut groups = UnionFind::new(units.len());
    join_by_case(&units, &mut groups);
    join_by_date(&units, &mut groups);
    join_the_unplaced(&units, &mut groups);
    let mut clusters: BTreeMap<usize, Cluster> = BTreeMap::new();
    for (at, unit) in units.into_iter().enumerate() {
        let cluster = clusters
            .entry(groups.find_mut(at))
            .or_insert_with(|| Cluster { victims: BTreeMap::new() });
        cluster.victims.entry(unit.victim).or_default().extend(unit.items);
    }
    clusters.into_values().collect()
}

fn join_by_case(units: &[Unit], groups: &mut UnionFind<usize>) {
    let mut first: BTreeMap<Symbol, usize> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.case.is_known()) {
        groups.union(*first.entry(unit.case).or_insert(at), at);
    }
}

/// Sweeps over the days: whoever begins within the gap after all before him ended hangs together with them.
fn join_by_date(units: &[Unit], groups: &mut UnionFind<usize>) {
    let mut dated: Vec<((i32, i32), usize)> =
        units.iter().enumerate().filter_map(|(at, unit)| Some((unit.days?, at))).collect();
    dated.sort_unstable();
    let mut before: Option<(i32, usize)> = None;
    for ((earliest, latest), at) in dated {
        let ended = match before {
            Some((ended, other)) if earliest - ended <= GAP_DAYS => {
                groups.union(other, at);
                ended.max(latest)
            }
            _ => latest,
        };
        before = Some((ended, at));
    }
}

fn join_the_unplaced(units: &[Unit], groups: &mut UnionFind<usize>) {
    let is_placed = |unit: &Unit| unit.case.is_known() || unit.days.is_some();
    let mut placed: BTreeMap<Option<EntityId>, usize> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| is_placed(unit)) {
        placed.entry(unit.victim).or_insert(at);
    }
    let mut adrift = None;
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| !is_placed(unit)) {
        let other = placed.get(&unit.victim).copied();
        groups.union(other.unwrap_or_else(|| *adrift.get_or_insert(at)), at);
    }
}

fn units(items: &[Evidence]) -> Vec<Unit> {
    let mut by_key: BTreeMap<(Symbol, Option<EntityId>), Unit> = BTreeMap::new();
    for (number, item) in items.iter().enumerate() {
        let unit = by_key.entry((item.case, item.victim)).or_insert_with(|| Unit {
            case: item.case,
            victim: item.victim,
            items: Vec::new(),
            days: None,
        });
        unit.items.push(number);
        if let Some((earliest, latest)) = days(item.when) {
            let (from, until) = unit.days.unwrap_or((earliest, latest));
            unit.days = Some((from.min(earliest), until.max(latest)));
        }
    }
    by_key.into_values().collect()
}

fn days(when: When) -> Option<(i32, i32)> {
    let (earliest, latest) = (when.earliest()?.number(), when.latest()?.number());
    (latest - earliest <= VAGUE_DAYS).then_some((earliest, latest))
}

/// What the evidence against one person comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Posterior {
    /// P(two or more victims in two or more episodes).
    pub(super) recurrence: f64,
    pub(super) expected_victims: f64,
    pub(super) expected_episodes: f64,
    /// By episode: P(at least one recruitment in it).
    pub(super) episodes: Vec<f64>,
}

/// The posterior of the episodes `clusters` of the evidence `items`, where `chance` is what an item is worth.
///
/// Items of one voice count once, by the strongest. A recruitment is the union of independent
/// voices, an episode that of its victims; the number of episodes is then Poisson-binomial. Episodes
/// all of one and the same victim are taken off, because recurrence takes two victims.
pub(super) fn posterior(
    items: &[Evidence],
    clusters: &[Cluster],
    chance: impl Fn(usize) -> f64,
) -> Posterior {
    let mut misses: BTreeMap<Option<EntityId>, Vec<f64>> = BTreeMap::new();
    let mut episodes = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        let mut none = 1.0;
        for (&victim, numbers) in &cluster.victims {
            let miss = 1.0 - union_of_voices(items, numbers, &chance);
            none *= miss;
            misses.entry(victim).or_default().push(miss);
        }
        episodes.push(1.0 - none);
    }
    let victims: Vec<f64> =
        misses.values().map(|misses| 1.0 - misses.iter().product::<f64>()).collect();
    let recurrence = at_least_two(&episodes) - one_victim_only(&misses);
    Posterior {
        recurrence: recurrence.clamp(0.0, 1.0),
        expected_victims: victims.iter().sum(),
        expected_episodes: episodes.iter().sum(),
        episodes,
    }
}

/// P(recruited), from the voices that say so.
fn union_of_voices(items: &[Evidence], numbers: &[usize], chance: &impl Fn(usize) -> f64) -> f64 {
    let mut voices: BTreeMap<(Symbol, Symbol), f64> = BTreeMap::new();
    for &number in numbers {
        let strongest = voices.entry(items[number].voice()).or_default();
        *strongest = strongest.max(chance(number));
    }
    1.0 - voices.values().map(|chance| 1.0 - chance).product::<f64>()
}

/// P(two or more episodes, and all of them of one victim on record).
///
/// Victims who are not on record are not known to be the same, so they are not taken off.
fn one_victim_only(misses: &BTreeMap<Option<EntityId>, Vec<f64>>) -> f64 {
    let alone = |victim: &Option<EntityId>, own: &Vec<f64>| {
        let others = misses.iter().filter(|(other, _)| *other != victim).flat_map(|(_, m)| m);
        let hits: Vec<f64> = own.iter().map(|miss| 1.0 - miss).collect();
        others.product::<f64>() * at_least_two(&hits)
    };
    misses
        .iter()
        .filter(|(victim, own)| victim.is_some() && own.len() > 1)
        .map(|(v, own)| alone(v, own))
        .sum()
}

/// P(N ≥ 2) of a Poisson-binomial variable: a sum of independent yes-or-no events of these chances.
///
/// It is 1 − P(0) − P(1), from the exact recursion over the events.
pub(super) fn at_least_two(chances: &[f64]) -> f64 {
    let (mut none, mut one) = (1.0, 0.0);
    for chance in chances {
        one = one * (1.0 - chance) + none * chance;
        none *= 1.0 - chance;
    }
    (1.0 - none - one).max(0.0)
}

impl Cluster {
    /// The numbers of its evidence items, sorted.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        let numbers: BTreeSet<usize> = self.victims.values().flatten().copied().collect();
        numbers.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts over all outcomes, from the definition.
    fn slow_at_least_two(chances: &[f64]) -> f64 {
        (0_u32..1 << chances.len())
            .filter(|outcome| outcome.count_ones() >= 2)
            .map(|outcome| {
                let each = |(k, p): (usize, &f64)| if outcome >> k & 1 == 1 { *p } else { 1.0 - p };
                chances.iter().enumerate().map(each).product::<f64>()
            })
            .sum()
    }

    #[test]
    fn two_or_more_is_what_counting_all_outcomes_gives() {
        for chances in [&[][..], &[0.7], &[0.5, 0.5], &[0.1, 0.9, 0.3, 0.6], &[1.0, 1.0, 0.2]] {
            let (got, want) = (at_least_two(chances), slow_at_least_two(chances));
            assert!((got - want).abs() < 1e-12, "{chances:?}: {got} {want}");
        }
    }
}
