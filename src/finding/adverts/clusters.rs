//! From likely pairs to hands.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::chance::Chance;
use super::marks::{Gathered, Unit};
use super::model::Model;
use super::template::{Hand, Lexicon, Template, slots};
use super::ties::{Marks, Pattern, Tie};
use super::{AdCluster, AdHands, Adverts};
use crate::case::{Case, Day, IdKind, Symbol};
use crate::error::Result;
use crate::identity::{Clustering, Edge, Entities, Groups, Lists};
use crate::measure::mixed;
use crate::odds::sigmoid;
use crate::pairing::{Crowded, MakePairs, SharedKeys};

/// The most pairs that the model is fitted to; of more, each so-many-th.
const FITTED: usize = 1 << 19;

impl Adverts {
    /// The advertisements of each hand that has more than one.
    #[must_use]
    pub fn find(&self, case: &Case, entities: &Entities) -> AdHands {
        let gathered = Gathered::of(case, entities, self);
        let pairs = self.pairs(&gathered.units);
        self.of_pairs(case, entities, &gathered, &pairs)
    }

    /// The same, with pairs that another makes of keys that tell nothing: an engine, where there are many advertisements.
    ///
    /// # Errors
    ///
    /// If the pairs cannot be made.
    pub fn find_by(
        &self,
        case: &Case,
        entities: &Entities,
        make: &mut MakePairs<'_>,
    ) -> Result<AdHands> {
        let gathered = Gathered::of(case, entities, self);
        let units = &gathered.units;
        let sets: Vec<&[u64]> = units.iter().map(|unit| unit.marks.of(Tie::Text)).collect();
        let mut pairs = self.near.pairs_by(&sets, make)?;
        for keys in Tie::ALL[1..].iter().map(|tie| keys_of(units, *tie)) {
            let rule = self.near.rule(Crowded::First);
            pairs.extend(make(rule, SharedKeys { keys: &keys, places: None })?);
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        Ok(self.of_pairs(case, entities, &gathered, &pairs))
    }

    fn of_pairs(
        &self,
        case: &Case,
        entities: &Entities,
        gathered: &Gathered,
        pairs: &[(u32, u32)],
    ) -> AdHands {
        let units = &gathered.units;
        let patterns: Vec<Pattern> = pairs.par_iter().map(|&pair| compare(units, pair)).collect();
        let step = pairs.len().div_ceil(FITTED).max(1);
        let fitted: Vec<Pattern> = patterns.iter().step_by(step).copied().collect();
        let marks: Vec<&Marks> = units.iter().map(|unit| &unit.marks).collect();
        let chance = Chance::of(&marks, self.seed);
        let model = Model::fit(&fitted, step as f64, &chance, units.len() as f64);
        drop((fitted, marks, chance));
        let edge = |(&rows, &pattern): (&(u32, u32), &Pattern)| {
            let (logit, evidence) = model.odds(pattern);
            let stands_for = self.near.stands_for(2 * pattern.others() as usize);
            Edge { rows, logit, evidence, stands_for }
        };
        let edges: Vec<Edge> = pairs.par_iter().zip(&patterns).map(edge).collect();
        let nobody = Lists::from_pairs(units.len(), Vec::new());
        let labels = Clustering::new(&nobody, edges).best();
        let hands = Hands { case, entities, options: self, gathered, model: &model };
        AdHands {
            clusters: hands.clusters(&labels, pairs, &patterns),
            notes: gathered.notes.clone(),
        }
    }

    /// Which units are compared: texts that may be alike, and what shares a value.
    fn pairs(&self, units: &[Unit]) -> Vec<(u32, u32)> {
        let sets: Vec<&[u64]> = units.iter().map(|unit| unit.marks.of(Tie::Text)).collect();
        let mut pairs = self.near.pairs(&sets);
        for tie in &Tie::ALL[1..] {
            pairs.extend(self.near.around_the_first(&keys_of(units, *tie)));
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }
}

/// Keys that stand for the values of a tie, with the units that have them, sorted.
fn keys_of(units: &[Unit], tie: Tie) -> Vec<(u64, u32)> {
    let of_unit = |(at, unit): (u32, &Unit)| {
        let key = move |&value: &u64| (mixed(value, tie as u64), at);
        unit.marks.of(tie).iter().map(key).collect::<Vec<_>>()
    };
    let mut keys: Vec<(u64, u32)> = (0..).zip(units).flat_map(of_unit).collect();
    keys.par_sort_unstable();
    keys
}

fn compare(units: &[Unit], (a, b): (u32, u32)) -> Pattern {
    units[a as usize].marks.compare(&units[b as usize].marks)
}

struct Hands<'a> {
    case: &'a Case,
    entities: &'a Entities,
    options: &'a Adverts,
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
        pairs: &[(u32, u32)],
        patterns: &[Pattern],
    ) -> Vec<AdCluster> {
        let mut holds: BTreeMap<u32, Vec<Hold>> = BTreeMap::new();
        for (label, hold) in self.holds(labels, pairs, patterns) {
            holds.entry(label).or_default().push(hold);
        }
        let mut members: BTreeMap<u32, Vec<&Unit>> = BTreeMap::new();
        for (&label, unit) in labels.iter().zip(&self.gathered.units) {
            members.entry(label).or_default().push(unit);
        }
        let all: Vec<Hand<'_>> = members.into_iter().collect();
        let several =
            |(_, units): &&Hand<'_>| units.iter().map(|unit| unit.ads.len()).sum::<usize>() > 1;
        let found: Vec<&Hand<'_>> = all.iter().filter(several).collect();
        let none = Vec::new();
        let mut told: Vec<(&Hand<'_>, AdCluster)> = found
            .par_iter()
            .map(|hand| (*hand, self.cluster(&hand.1, holds.get(&hand.0).unwrap_or(&none))))
            // Equal advertisements of which nothing is on record are no group.
            .filter(|(_, cluster)| !cluster.ties.is_empty())
            .collect();
        self.tell_templates(&all, &mut told);
        let mut clusters: Vec<AdCluster> = told.into_iter().map(|(_, cluster)| cluster).collect();
        // They are in the order of their first advertisements, and the sort is stable.
        clusters.sort_by(|a, b| {
            (b.coordination.total_cmp(&a.coordination)).then(b.ad_ids.len().cmp(&a.ad_ids.len()))
        });
        for (at, cluster) in clusters.iter_mut().enumerate() {
            cluster.cluster = at + 1;
        }
        clusters
    }

    fn tell_templates(&self, all: &[Hand<'_>], told: &mut [(&Hand<'_>, AdCluster)]) {
        let texts = &self.gathered.texts;
        let templates: Vec<Option<Template>> =
            told.par_iter().map(|((_, units), _)| Template::of(units, texts)).collect();
        let lexicon = Lexicon::of(self.case, self.options, self.gathered, all, &templates);
        told.par_iter_mut().zip(&templates).for_each(|((_, cluster), template)| {
            let Some(template) = template else { return };
            let text = lexicon.text(template, self.gathered);
            cluster.slots = slots(&text);
            // What texts share is free text, which no pseudonym stands for.
            cluster.template = (!self.case.is_pseudonymous()).then_some(text);
            cluster.template_share = Some(template.share());
        });
    }

    /// The likeliest pairs that hold each group together, and what equal advertisements are to each other.
    fn holds(
        &self,
        labels: &[u32],
        pairs: &[(u32, u32)],
        patterns: &[Pattern],
    ) -> Vec<(u32, Hold)> {
        let is_within = |rows: (u32, u32)| labels[rows.0 as usize] == labels[rows.1 as usize];
        let mut within: Vec<(f64, (u32, u32), Pattern)> = pairs
            .par_iter()
            .zip(patterns)
            .filter(|(rows, _)| is_within(**rows))
            .map(|(&rows, &pattern)| (self.model.odds(pattern).0, rows, pattern))
            .collect();
        within.par_sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut groups = Groups::new(labels.len());
        let mut holds = Vec::new();
        for (logit, rows, pattern) in within {
            if groups.join(rows.0, rows.1) {
                holds.push((labels[rows.0 as usize], Hold { chance: sigmoid(logit), pattern }));
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
        let mut channels: Vec<String> = channels
            .into_iter()
            .map(|channel| self.case.shown(IdKind::Channel, channel).to_owned())
            .collect();
        channels.sort_by(|a, b| crate::identity::natural(a, b));
        let days = || rows().flat_map(|ad| [ad.posted, ad.last_seen]);
        let chances: f64 = holds.iter().map(|hold| hold.chance).sum();
        let (phones, handles) = (values(units, Tie::Phone), values(units, Tie::Handle));
        let mut places: BTreeMap<Symbol, usize> = BTreeMap::new();
        for place in rows().filter_map(|ad| ad.place.known()) {
            *places.entry(place).or_default() += 1;
        }
        let places: Vec<usize> = places.into_values().collect();
        AdCluster {
            cluster: 0,
            ad_ids: ads
                .iter()
                .map(|&row| self.case.shown_ad(&self.case.ads[row]).to_owned())
                .collect(),
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
            handles: handles.len(),
            handle_entropy: entropy(&handles),
            places: places.len(),
            place_entropy: entropy(&places),
            channels,
            first_seen: day(days().filter_map(crate::case::When::earliest).min()),
            last_seen: day(days().filter_map(crate::case::When::latest).max()),
            template: None,
            slots: 0,
            template_share: None,
        }
    }
}

fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// By tie: how many advertisements hang on the others by it.
fn ties(holds: &[Hold]) -> Vec<(&'static str, usize)> {
    let by =
        |tie: Tie| holds.iter().filter(|hold| hold.pattern.grounds().any(|own| own == tie)).count();
    Tie::ALL.into_iter().map(|tie| (tie.name(), by(tie))).filter(|one| one.1 > 0).collect()
}

/// By telephone number or handle: how many advertisements have it.
fn values(units: &[&Unit], tie: Tie) -> Vec<usize> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for unit in units {
        for &value in unit.marks.of(tie) {
            *counts.entry(value).or_default() += unit.ads.len();
        }
    }
    counts.into_values().collect()
}

/// How evenly counts are spread, in bits (Shannon 1948).
fn entropy(counts: &[usize]) -> f64 {
    let total: usize = counts.iter().sum();
    let share = |&count: &usize| count as f64 / total as f64;
    let bits: f64 = counts.iter().map(share).map(|share| -share * libm::log2(share)).sum();
    // The greater of two zeros may be either; the sum is the one without a sign.
    bits.max(0.0) + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_no_entropy_and_two_alike_have_a_bit() {
        assert!(entropy(&[7]).abs() < 1e-12 && entropy(&[]).abs() < 1e-12);
        assert!((entropy(&[3, 3]) - 1.0).abs() < 1e-12);
    }
    #[test]
    fn counts_that_are_uneven_have_less_than_a_bit() {
        // A quarter and three quarters: ¼ · 2 + ¾ · log₂ 4⁄3.
        let want = 0.5 + 0.75 * (4.0_f64 / 3.0).log2();
        assert!((entropy(&[2, 6]) - want).abs() < 1e-12);
        assert!((entropy(&[1, 1, 2]) - 1.5).abs() < 1e-12);
        assert_eq!(day(Some(Day::from_number(0))), Some(Day::from_number(0).to_string()));
    }
}
