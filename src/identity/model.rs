//! How much each likeness says: the model of Fellegi and Sunter, fitted without labels.

use rayon::prelude::*;

use super::comparison::Compared;
use super::field::{Field, LEVELS, MISSING, OTHER, Pattern, SAME};
use super::mentions::Part;
use crate::odds::{logit, normalize, sigmoid};

/// Two mentions that were compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) rows: (u32, u32),
    pub(super) pattern: Pattern,
    pub(super) stratum: Stratum,
    /// How little coincidence explains all that is the same, as a logarithm.
    pub(super) rarity: f64,
    /// By field that is the same: the logarithm of the chance that somebody else has the value.
    chance: [f32; Field::COUNT],
}

/// What both mentions of a pair are. Professionals come back in most files and offenders in few, so each kind of pair has its own
/// prior and its own habits of being written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stratum(u8);

impl Stratum {
    pub(super) const COUNT: usize = 8;

    pub(super) fn of(a: Part, b: Part) -> Self {
        Self(match (a, b) {
            (Part::Recruiter, Part::Recruiter) => 0,
            (Part::Recruiter, Part::Offender) | (Part::Offender, Part::Recruiter) => 1,
            (Part::Offender, Part::Offender) => 2,
            (Part::Client, Part::Client) => 3,
            (Part::Professional, Part::Professional) => 4,
            (Part::Victim, Part::Victim) => 5,
            (Part::Other, Part::Other) => 6,
            _ => 7,
        })
    }

    /// How many pairs there are of each stratum among mentions of one person.
    pub(super) fn pairs_of_one(parts: &[Part], persons: &[u32]) -> [f64; Self::COUNT] {
        let mut people: std::collections::BTreeMap<u32, Vec<Part>> =
            std::collections::BTreeMap::new();
        for (&part, &person) in parts.iter().zip(persons) {
            people.entry(person).or_default().push(part);
        }
        let mut pairs = [0.0; Self::COUNT];
        for parts in people.values() {
            let own = Self::totals(parts);
            let each = 2.0 / parts.len() as f64;
            pairs.iter_mut().zip(own).for_each(|(sum, own)| *sum += each * own);
        }
        pairs
    }

    /// How many pairs of mentions there are of each stratum.
    pub(super) fn totals(parts: &[Part]) -> [f64; Self::COUNT] {
        let mut counts: std::collections::BTreeMap<Part, f64> = std::collections::BTreeMap::new();
        for &part in parts {
            *counts.entry(part).or_default() += 1.0;
        }
        let mut totals = [0.0; Self::COUNT];
        for (&a, &count) in &counts {
            totals[Self::of(a, a).number()] += count * (count - 1.0) / 2.0;
            for (&b, &other) in counts.range(..a) {
                totals[Self::of(a, b).number()] += count * other;
            }
        }
        totals
    }

    /// Whether both mentions are offenders.
    pub(super) fn is_of_offenders(self) -> bool {
        self.0 <= 2
    }

    fn number(self) -> usize {
        self.0.into()
    }
}

impl Pair {
    pub(super) fn new(rows: (u32, u32), compared: &Compared, stratum: Stratum) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "seven digits of a logarithm are plenty"
        )]
        let chance = compared.chance.map(|chance| chance as f32);
        Self { rows, pattern: compared.pattern, stratum, rarity: compared.rarity(), chance }
    }
}

/// By field and level: a share, or its logarithm.
type Shares = [[f64; LEVELS]; Field::COUNT];

/// A fitted model.
///
/// For each field the shares of the levels of likeness among mentions of one person (`m`) and of two (`u`), and for each stratum the
/// share of pairs that are one person. The weight of a field is ln(m/u); where the values are the same, u is the chance of just
/// that value.
///
/// Source: Fellegi & Sunter (1969), JASA 64:1183, for the weights; Winkler (1988) for their estimation by expectation
/// maximization. Unlike there, u comes from pairs drawn at random, and all pairs that were not compared count as two people, so that
/// the fit cannot settle on households instead of people.
#[derive(Clone, Debug)]
pub(super) struct Model {
    ln_m: [Shares; Stratum::COUNT],
    ln_u: Shares,
    prior: [f64; Stratum::COUNT],
}

/// How many pairs of one person the expectation of a field counts for.
const PRIOR_PAIRS: f64 = 6.0;
/// How many the shares of all strata together count for in each.
const POOLED_PAIRS: f64 = 30.0;
const ROUNDS: usize = 30;
/// Pairs that are summed up in one go; a constant, so that sums do not depend on threads.
const BLOCK: usize = 1 << 12;

impl Model {
    /// Fits the model to compared pairs, each of which stands for `scale`, and to pairs drawn at random, where `totals` says how many pairs there are at all.
    pub(super) fn fit(
        pairs: &[Pair],
        scale: f64,
        random: &[Pair],
        totals: [f64; Stratum::COUNT],
    ) -> Self {
        let expected = Field::ALL.map(Field::expected);
        let start = totals.map(|total| logit((0.5_f64).min(1.0 / (1.0 + total.sqrt()))));
        let mut model = Self {
            ln_m: [logs(&expected); Stratum::COUNT],
            ln_u: [[0.0; LEVELS]; Field::COUNT],
            prior: start,
        };
        model.take_u(random);
        for round in 0..ROUNDS {
            let sums = model.expect(pairs, scale);
            model.maximize(&sums, &expected, totals, round < ROUNDS / 2);
            model.take_u(random);
        }
        model
    }

    /// Takes how often mentions are one person from an earlier reading: there a pair that is one person through a third counts, and one
    /// of even chances does not.
    pub(super) fn with_shares(
        mut self,
        pairs_of_one: [f64; Stratum::COUNT],
        totals: [f64; Stratum::COUNT],
    ) -> Self {
        for (stratum, prior) in self.prior.iter_mut().enumerate() {
            *prior = logit(((pairs_of_one[stratum] + 0.5) / (totals[stratum] + 2.0)).min(0.3));
        }
        self
    }

    /// The logarithm of the odds that two mentions are one person.
    pub(super) fn logit(&self, pair: &Pair) -> f64 {
        let ln_m = &self.ln_m[pair.stratum.number()];
        let mut logit = self.prior[pair.stratum.number()] + pair.rarity;
        for (field, &level) in pair.pattern.iter().enumerate() {
            logit += match level {
                MISSING => 0.0,
                SAME => ln_m[field][0],
                level => {
                    ln_m[field][usize::from(level) - 1] - self.ln_u[field][usize::from(level) - 1]
                }
            };
        }
        logit
    }

    /// The logarithm of the odds before anything is compared.
    pub(super) fn prior(&self, pair: &Pair) -> f64 {
        self.prior[pair.stratum.number()]
    }

    /// What a field says.
    fn weight(&self, pair: &Pair, field: Field) -> f64 {
        let ln_m = &self.ln_m[pair.stratum.number()][field as usize];
        match pair.pattern[field as usize] {
            MISSING => 0.0,
            SAME => ln_m[0] - f64::from(pair.chance[field as usize]),
            level => {
                ln_m[usize::from(level) - 1] - self.ln_u[field as usize][usize::from(level) - 1]
            }
        }
    }

    /// What the date of birth says.
    pub(super) fn weight_of_birth(&self, pair: &Pair) -> f64 {
        self.weight(pair, Field::Birth)
    }

    /// What identifiers say that contradict each other and that people change.
    pub(super) fn weight_of_contradictions(&self, pair: &Pair) -> f64 {
        let changes = |field: &Field| field.is_identifier() && field.least_weight().is_some();
        let fields = Field::ALL.into_iter().filter(changes);
        let contradict = fields.filter(|&field| pair.pattern[field as usize] == OTHER);
        contradict.map(|field| self.weight(pair, field)).sum()
    }

    /// What each field says, in bits; and first what is known before anything is compared.
    pub(super) fn explain(
        &self,
        compared: &Compared,
        stratum: Stratum,
    ) -> Vec<(&'static str, f64)> {
        let bits = |weight: f64| weight / std::f64::consts::LN_2;
        let mut weights = vec![("before comparing", bits(self.prior[stratum.number()]))];
        for field in Field::ALL {
            let level = compared.pattern[field as usize];
            if level == MISSING {
                continue;
            }
            let at = usize::from(level) - 1;
            let u = if level == SAME {
                compared.chance[field as usize]
            } else {
                self.ln_u[field as usize][at]
            };
            weights.push((field.name(), bits(self.ln_m[stratum.number()][field as usize][at] - u)));
        }
        weights
    }

    /// u from pairs drawn at random, less those that are likely one person.
    fn take_u(&mut self, random: &[Pair]) {
        let sums = blockwise(random, |sums, pair| {
            let two_people = 1.0 - sigmoid(self.logit(pair));
            add(&mut sums.levels[0], &pair.pattern, two_people);
        });
        let mut u = sums.levels[0];
        for shares in &mut u {
            add_and_normalize(shares, [0.1, 0.05, 0.05, 0.05, 0.5]);
        }
        self.ln_u = logs(&u);
    }

    fn expect(&self, pairs: &[Pair], scale: f64) -> Sums {
        blockwise(pairs, |sums, pair| {
            let one_person = scale * sigmoid(self.logit(pair));
            sums.pairs[pair.stratum.number()] += one_person;
            add(&mut sums.levels[pair.stratum.number()], &pair.pattern, one_person);
            self.expect_by_all_else(pair, scale, &mut sums.levels[pair.stratum.number()]);
        })
    }

    /// How often people change a number or go by another nickname is told by pairs that are one person by all else: whoever is found by a
    /// number has not changed it.
    fn expect_by_all_else(&self, pair: &Pair, scale: f64, levels: &mut Shares) {
        let logit = self.logit(pair);
        for field in Field::ALL.into_iter().filter(|field| field.least_weight().is_some()) {
            let level = pair.pattern[field as usize];
            if (SAME..=OTHER).contains(&level) {
                let by_all_else = sigmoid(logit - self.weight(pair, field)) - sigmoid(logit);
                levels[field as usize][usize::from(level) - 1] += scale * by_all_else;
            }
        }
    }

    fn maximize(
        &mut self,
        sums: &Sums,
        expected: &Shares,
        totals: [f64; Stratum::COUNT],
        pooled_only: bool,
    ) {
        let mut pooled = [[0.0; LEVELS]; Field::COUNT];
        for levels in &sums.levels {
            for (field, shares) in levels.iter().enumerate() {
                shares.iter().zip(&mut pooled[field]).for_each(|(share, sum)| *sum += share);
            }
        }
        for (field, shares) in pooled.iter_mut().enumerate() {
            add_and_normalize(shares, expected[field].map(|share| PRIOR_PAIRS * share));
        }
        for (stratum, levels) in sums.levels.iter().enumerate() {
            let mut m = if pooled_only { [[0.0; LEVELS]; Field::COUNT] } else { *levels };
            for (field, shares) in m.iter_mut().enumerate() {
                add_and_normalize(shares, pooled[field].map(|share| POOLED_PAIRS * share));
            }
            self.ln_m[stratum] = self.in_order(&m);
            let share = (sums.pairs[stratum] + 0.5) / (totals[stratum] + 2.0);
            self.prior[stratum] = logit(share.min(0.3));
        }
    }

    /// Less likeness never says more: levels out of order share one weight.
    fn in_order(&self, m: &Shares) -> Shares {
        let mut ln_m = logs(m);
        for (at, field) in Field::ALL.into_iter().enumerate() {
            let u = self.ln_u[at].map(libm::exp);
            let mut level = 1;
            for run in falling(&m[at][1..], &u[1..]) {
                // What differs never speaks for one person.
                let is_last = level + run.length == LEVELS;
                let highest = if is_last { 0.0 } else { f64::INFINITY };
                let lowest = field.least_weight().filter(|_| is_last).unwrap_or(f64::NEG_INFINITY);
                let weight = libm::log(run.m / run.u).min(highest).max(lowest);
                let places = level..level + run.length;
                for (share, ln_u) in ln_m[at][places.clone()].iter_mut().zip(&self.ln_u[at][places])
                {
                    *share = ln_u + weight;
                }
                level += run.length;
            }
        }
        ln_m
    }
}

/// Levels that share one weight.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) m: f64,
    pub(crate) u: f64,
    pub(crate) length: usize,
}

/// Levels in runs of which m/u falls: neighbours out of order are pooled.
///
/// Source: Ayer et al. (1955), Ann. Math. Statist. 26:641 (pool adjacent violators).
pub(crate) fn falling(m: &[f64], u: &[f64]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (&m, &u) in m.iter().zip(u) {
        let mut run = Run { m, u, length: 1 };
        while let Some(&before) = runs.last().filter(|before| before.m * run.u < run.m * before.u) {
            run = Run {
                m: run.m + before.m,
                u: run.u + before.u,
                length: run.length + before.length,
            };
            runs.pop();
        }
        runs.push(run);
    }
    runs
}

/// By stratum: expected pairs of one person, and their levels.
#[derive(Clone, Debug)]
struct Sums {
    pairs: [f64; Stratum::COUNT],
    levels: [Shares; Stratum::COUNT],
}

/// Sums over all pairs, block by block and in order, so that they have the same bits on any number of threads.
fn blockwise(pairs: &[Pair], each: impl Fn(&mut Sums, &Pair) + Sync) -> Sums {
    let none = || Sums {
        pairs: [0.0; Stratum::COUNT],
        levels: [[[0.0; LEVELS]; Field::COUNT]; Stratum::COUNT],
    };
    let blocks: Vec<Sums> = pairs
        .par_chunks(BLOCK)
        .map(|block| {
            let mut sums = none();
            for pair in block {
                each(&mut sums, pair);
            }
            sums
        })
        .collect();
    blocks.into_iter().fold(none(), |mut all, block| {
        all.pairs.iter_mut().zip(block.pairs).for_each(|(sum, part)| *sum += part);
        let (sums, parts) = (
            all.levels.iter_mut().flatten().flatten(),
            block.levels.into_iter().flatten().flatten(),
        );
        sums.zip(parts).for_each(|(sum, part)| *sum += part);
        all
    })
}

fn add(levels: &mut Shares, pattern: &Pattern, weight: f64) {
    for (field, &level) in pattern.iter().enumerate() {
        if (SAME..=OTHER).contains(&level) {
            levels[field][usize::from(level) - 1] += weight;
        }
    }
}

/// Shares from counts, with counts that are assumed beside.
fn add_and_normalize(counts: &mut [f64; LEVELS], assumed: [f64; LEVELS]) {
    counts.iter_mut().zip(assumed).for_each(|(count, more)| *count += more + 1e-9);
    normalize(counts);
}

fn logs(shares: &Shares) -> Shares {
    crate::odds::logs(shares, 1e-12)
}

#[cfg(test)]
mod tests;
