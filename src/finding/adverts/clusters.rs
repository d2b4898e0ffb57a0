//! From likely pairs to hands.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::marks::{Gathered, Unit};
use super::ties::{Chance, Marks, Model, Pattern, Tie, sigmoid};
use super::{AdCluster, AdHands, Adverts};
use crate::case::{Case, Day};
use crate::identity::{Clustering, Edge, Entities, Groups, Lists};
use crate::measure::{jaccard, mixed};

/// The most pairs that the model is fitted to; of more, each so-many-th.
const FITTED: usize = 1 << 19;

impl Adverts {
    /// The advertisements of each hand that has more than one.
    #[must_use]
    pub fn find(&self, case: &Case, entities: &Entities) -> AdHands {
        let gathered = Gathered::of(case, entities, self);
        let units = &gathered.units;
        let pairs = self.pairs(units);
        let patterns: Vec<Pattern> = pairs.par_iter().map(|&pair| compare(units, pair)).collect();
        let step = pairs.len().div_ceil(FITTED).max(1);
        let fitted: Vec<Pattern> = patterns.iter().step_by(step).copied().collect();
        let marks: Vec<&Marks> = units.iter().map(|unit| &unit.marks).collect();
        let chance = Chance::of(&marks, self.seed);
        let count = units.len() as f64;
        let model = Model::fit(&fitted, step as f64, &chance, count * (count - 1.0) / 2.0);
        let edge = |(&rows, &pattern): (&(u32, u32), &Pattern)| {
            let (logit, evidence) = model.odds(pattern);
            Edge { rows, logit, evidence }
        };
        let edges: Vec<Edge> = pairs.par_iter().zip(&patterns).map(edge).collect();
        let nobody = Lists::from_pairs(units.len(), Vec::new());
        let labels = Clustering::new(&nobody, edges.clone()).best();
        let hands = Hands { case, entities, gathered: &gathered, model: &model };
        AdHands {
            clusters: hands.clusters(&labels, edges, &pairs, &patterns),
            notes: gathered.notes.clone(),
        }
    }

    /// Which units are compared: texts that may be alike, and what shares a value.
    fn pairs(&self, units: &[Unit]) -> Vec<(u32, u32)> {
        let sets: Vec<&[u64]> = units.iter().map(|unit| unit.marks.of(Tie::Text)).collect();
        let mut pairs = self.near.pairs(&sets);
        for tie in &Tie::ALL[1..] {
            let mut keys: Vec<(u64, u32)> = (0..)
                .zip(units)
                .flat_map(|(at, unit)| {
                    let key = move |&value: &u64| (mixed(value, *tie as u64), at);
                    unit.marks.of(*tie).iter().map(key)
                })
                .collect();
            keys.par_sort_unstable();
            pairs.extend(self.near.within_blocks(&keys));
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }
}

fn compare(units: &[Unit], (a, b): (u32, u32)) -> Pattern {
    units[a as usize].marks.compare(&units[b as usize].marks)
}

struct Hands<'a> {
    case: &'a Case,
    entities: &'a Entities,
    gathered: &'a Gathered,
    model: &'a Model,
}

/// By what a unit hangs on the others of its hand.
#[derive(Clone, Copy, Debug)]
struct Hold {
    chance: f64,
    pattern: Pattern,
}

impl Hands<'_> {
    fn clusters(
        &self,
        labels: &[u32],
        edges: Vec<Edge>,
        pairs: &[(u32, u32)],
        patterns: &[Pattern],
    ) -> Vec<AdCluster> {
        let mut holds: BTreeMap<u32, Vec<Hold>> = BTreeMap::new();
        for (label, hold) in self.holds(labels, edges, pairs, patterns) {
            holds.entry(label).or_default().push(hold);
        }
        let mut members: BTreeMap<u32, Vec<&Unit>> = BTreeMap::new();
        for (&label, unit) in labels.iter().zip(&self.gathered.units) {
            members.entry(label).or_default().push(unit);
        }
        let found: Vec<(u32, Vec<&Unit>)> = members
            .into_iter()
            .filter(|(_, units)| units.iter().map(|unit| unit.ads.len()).sum::<usize>() > 1)
            .collect();
        let none = Vec::new();
        let mut clusters: Vec<AdCluster> = found
            .par_iter()
            .map(|(label, units)| self.cluster(units, holds.get(label).unwrap_or(&none)))
            // Equal advertisements of which nothing is on record are no group.
            .filter(|cluster| !cluster.ties.is_empty())
            .collect();
        // They are in the order of their first advertisements, and the sort is stable.
        clusters.sort_by(|a, b| {
            (b.coordination.total_cmp(&a.coordination)).then(b.ad_ids.len().cmp(&a.ad_ids.len()))
        });
        for (at, cluster) in clusters.iter_mut().enumerate() {
            cluster.cluster = at + 1;
        }
        clusters
    }

    /// The likeliest pairs that hold each group together, and what equal advertisements are to each other.
    fn holds(
        &self,
        labels: &[u32],
        edges: Vec<Edge>,
        pairs: &[(u32, u32)],
        patterns: &[Pattern],
    ) -> Vec<(u32, Hold)> {
        let mut within: Vec<Edge> = edges
            .into_iter()
            .filter(|edge| labels[edge.rows.0 as usize] == labels[edge.rows.1 as usize])
            .collect();
        within.par_sort_by(|a, b| b.logit.total_cmp(&a.logit).then(a.rows.cmp(&b.rows)));
        let mut groups = Groups::new(labels.len());
        let mut holds = Vec::new();
        for edge in within {
            if groups.join(edge.rows.0, edge.rows.1) {
                let at = pairs.partition_point(|pair| *pair < edge.rows);
                let hold = Hold { chance: sigmoid(edge.logit), pattern: patterns[at] };
                holds.push((labels[edge.rows.0 as usize], hold));
            }
        }
        for (&label, unit) in labels.iter().zip(&self.gathered.units) {
            let pattern = unit.marks.compare(&unit.marks);
            let hold = Hold { chance: sigmoid(self.model.odds(pattern).0), pattern };
            holds.extend(std::iter::repeat_n((label, hold), unit.ads.len() - 1));
        }
        holds
    }

    fn cluster(&self, units: &[&Unit], holds: &[Hold]) -> AdCluster {
        let mut ads: Vec<usize> = units.iter().flat_map(|unit| unit.ads.iter().copied()).collect();
        let id = |row: usize| self.case.ad_id(&self.case.ads[row]);
        ads.sort_by(|&a, &b| crate::identity::natural(id(a), id(b)));
        let rows = || ads.iter().map(|&row| &self.case.ads[row]);
        let people = rows()
            .flat_map(|ad| [ad.payer, ad.posted_by])
            .filter_map(|person| self.entities.of(self.case, person.known()?));
        let victims = rows().filter_map(|ad| {
            self.entities.victim(self.entities.of(self.case, ad.victim.known()?)?)
        });
        let channels: BTreeSet<_> = rows().filter_map(|ad| ad.channel.known()).collect();
        let mut channels: Vec<String> =
            channels.into_iter().map(|channel| self.case.text(channel).to_owned()).collect();
        channels.sort_by(|a, b| crate::identity::natural(a, b));
        let days = || rows().flat_map(|ad| [ad.posted, ad.last_seen]);
        let chances: f64 = holds.iter().map(|hold| hold.chance).sum();
        let phones = phones(units);
        AdCluster {
            cluster: 0,
            ad_ids: ads.iter().map(|&row| id(row).to_owned()).collect(),
            coordination: chances / holds.len().max(1) as f64,
            ties: ties(holds),
            victims: victims.collect::<BTreeSet<_>>().into_iter().collect(),
            payers: people
                .filter(|&entity| self.entities.protection(entity).is_none())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            phones: phones.len(),
            phone_entropy: entropy(&phones),
            channels,
            first_seen: day(days().filter_map(crate::case::When::earliest).min()),
            last_seen: day(days().filter_map(crate::case::When::latest).max()),
            template_share: template_share(units, &self.gathered.texts),
        }
    }
}

fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// By tie: how many advertisements hang on the others by it.
fn ties(holds: &[Hold]) -> Vec<(&'static str, usize)> {
    let by = |tie: Tie| {
        holds.iter().filter(|hold| Model::grounds(hold.pattern).any(|own| own == tie)).count()
    };
    Tie::ALL.into_iter().map(|tie| (tie.name(), by(tie))).filter(|one| one.1 > 0).collect()
}

/// By telephone number: how many advertisements have it.
fn phones(units: &[&Unit]) -> Vec<usize> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for unit in units {
        for &phone in unit.marks.of(Tie::Phone) {
            *counts.entry(phone).or_default() += unit.ads.len();
        }
    }
    counts.into_values().collect()
}

/// How evenly counts are spread, in bits (Shannon 1948).
fn entropy(counts: &[usize]) -> f64 {
    let total: usize = counts.iter().sum();
    let share = |&count: &usize| count as f64 / total as f64;
    let bits: f64 = counts.iter().map(share).map(|share| -share * libm::log2(share)).sum();
    bits.max(0.0)
}

/// Of so many advertisements of a hand the template is told.
const ALIGNED: usize = 60;
/// Of so many words of each.
const ALIGNED_WORDS: usize = 200;

/// The share of the words of the text most like the others that more than half of the others have in the same order.
fn template_share(units: &[&Unit], texts: &[Vec<u64>]) -> Option<f64> {
    let some: Vec<&&Unit> =
        units.iter().filter(|unit| !texts[unit.text].is_empty()).take(ALIGNED).collect();
    if some.len() < 2 {
        return None;
    }
    let likeness = |unit: &Unit| {
        some.iter().map(|other| jaccard(&unit.marks.shingles, &other.marks.shingles)).sum::<f64>()
    };
    let all: Vec<f64> = some.iter().map(|unit| likeness(unit)).collect();
    let middle = (0..some.len()).max_by(|&a, &b| all[a].total_cmp(&all[b]).then(b.cmp(&a)))?;
    let words = |at: usize| {
        let words = &texts[some[at].text];
        &words[..words.len().min(ALIGNED_WORDS)]
    };
    let own = words(middle);
    let mut shared = vec![0; own.len()];
    for other in (0..some.len()).filter(|&other| other != middle) {
        for at in in_common(own, words(other)) {
            shared[at] += 1;
        }
    }
    let kept = shared.iter().filter(|&&count| 2 * count > some.len() - 1).count();
    Some(kept as f64 / own.len() as f64)
}

/// The places of `own` in its longest common subsequence with `other`.
fn in_common(own: &[u64], other: &[u64]) -> Vec<usize> {
    let wide = other.len() + 1;
    let mut longest = vec![0_u32; (own.len() + 1) * wide];
    for i in (0..own.len()).rev() {
        for j in (0..other.len()).rev() {
            longest[i * wide + j] = if own[i] == other[j] {
                longest[(i + 1) * wide + j + 1] + 1
            } else {
                longest[(i + 1) * wide + j].max(longest[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j, mut places) = (0, 0, Vec::new());
    while i < own.len() && j < other.len() {
        if own[i] == other[j] {
            places.push(i);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * wide + j] >= longest[i * wide + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_stands_in_order() {
        assert_eq!(in_common(&[1, 2, 3, 4], &[2, 9, 4, 3]), [1, 3]);
        assert_eq!(in_common(&[1, 2], &[]), [0; 0]);
    }

    #[test]
    fn one_number_has_no_entropy_and_two_alike_have_a_bit() {
        assert!(entropy(&[7]).abs() < 1e-12 && entropy(&[]).abs() < 1e-12);
        assert!((entropy(&[3, 3]) - 1.0).abs() < 1e-12);
    }
}
