//! Whether odds are as good as they say, held against dates of birth.

use std::collections::BTreeMap;

use super::field::{FAINT, Field, MISSING, NEAR, PART, SAME};
use super::model::{Model, Pair};
use crate::odds::sigmoid;

/// What the likeness of a pair rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ground(usize);

impl Ground {
    const COUNT: usize = 12;

    fn of(pair: &Pair) -> Self {
        let level = |field: Field| pair.pattern[field as usize];
        let alike = |field, least| (SAME..=least).contains(&level(field));
        let nicknamed = alike(Field::Alias, NEAR) || alike(Field::Hint, NEAR);
        // A document is a name and a number at once.
        let named = alike(Field::Given, FAINT) && alike(Field::Family, PART)
            || alike(Field::Document, SAME);
        let names = if named { 2 } else { usize::from(nicknamed) };
        let identified =
            Field::ALL.into_iter().any(|field| field.is_identifier() && alike(field, NEAR));
        // Offenders hide behind nicknames; others do not.
        Self(4 * names + 2 * usize::from(identified) + usize::from(pair.stratum.is_of_offenders()))
    }

    /// How likely two mentions are one person that are as alike as can be on this ground: the mean of the posterior.
    fn ceiling(self, settled: &[Held]) -> f64 {
        let is_of_both = self.0 >= Self::COUNT - 2;
        let mistaken = if is_of_both { ONE_IN_BY_BOTH } else { ONE_IN };
        let (step, heard) = heard(settled);
        let log_posterior = |chance: f64| {
            step * likelihood(&heard, |_| chance) + (mistaken - 2.0) * libm::log(chance)
        };
        let chances = (1..STEPS).map(|at| f64::from(at) / f64::from(STEPS));
        let logs: Vec<(f64, f64)> = chances.map(|chance| (chance, log_posterior(chance))).collect();
        let most = logs.iter().map(|one| one.1).fold(f64::NEG_INFINITY, f64::max);
        let weights = logs.iter().map(|(chance, log)| (chance, libm::exp(log - most)));
        let (sum, total) = weights.fold((0.0, 0.0), |(sum, total), (chance, weight)| {
            (sum + weight * chance, total + weight)
        });
        sum / total
    }
}

/// By ground: how odds are put right.
///
/// Fields are not as independent as the model has them: given and family names go together in a family's language, and nicknames are
/// few. A date of birth tells afterwards: among pairs of which both have one, as many should agree as the odds without it say.
/// Where they do not, the odds of all pairs that rest on the same ground are put right, those without dates too.
///
/// However alike two mentions are, some doubt stays: what is as unlikely as chances of names say may still be a namesake. How much is a
/// ceiling on the chance for each ground, which dates of birth move likewise.
///
/// Source: Platt (1999), Advances in Large Margin Classifiers 61, for a line through the logarithm of the odds.
#[derive(Clone, Debug)]
pub(super) struct Calibration {
    lines: [Line; Ground::COUNT],
    /// How likely two mentions are one person at most, as long as no date of birth says more.
    ceilings: [f64; Ground::COUNT],
}

/// `shift + slope · x` for the logarithm x of the odds without the date of birth.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    shift: f64,
    slope: f64,
}

/// Pairs below these odds are not listened to: they are many, and of another sort.
const OPEN: f64 = -5.0;
/// Of pairs above these odds a date of birth tells how dates are written down, and not whether they are one person.
const SETTLED: f64 = 5.0;
/// How far a line strays from 0 and 1 before anything is known: standard deviations of the prior.
const SPREAD: Line = Line { shift: 1.5, slope: 0.4 };
/// Before the data say more, one in so many pairs that are as alike as can be by names alone or by an identifier alone is of two people:
/// namesakes, relatives, a number that changed hands. Chances of single values multiply to far less, and know nothing of that.
const ONE_IN: f64 = 16.0;
/// The same of pairs that are alike by both.
const ONE_IN_BY_BOTH: f64 = 300.0;
/// The most pairs of a ground that are listened to; of more, each so-many-th.
const MOST: usize = 10_000;
/// Ceilings that are tried.
const STEPS: i32 = 200;
/// Beyond these odds an exponential would overflow.
const HIGHEST: f64 = 700.0;
/// A date of birth, true or false, says at most so much.
const DATE: f64 = 6.0;

impl Calibration {
    /// Draws from pairs that it [listens to](Self::listens_to) for each ground the line by which dates of birth agree as often as the odds without them say,
    /// and the ceiling.
    ///
    /// Each mention counts as one, however many others it is like: otherwise those few who come back again and again would speak for the
    /// many who never do.
    ///
    /// It is the maximum of the posterior: each pair's date is drawn from the model's shares for one person or for two, and which
    /// of the two by the odds put right; shift and slope are normal around 0 and 1.
    pub(super) fn of(model: &Model, pairs: &[(Pair, f64)]) -> Self {
        let mut held: Vec<Vec<Held>> = vec![Vec::new(); Ground::COUNT];
        let without = |pair: &Pair| model.logit(pair) - model.weight_of_birth(pair);
        let mut likenesses: BTreeMap<u32, f64> = BTreeMap::new();
        for (pair, stands_for) in pairs {
            for row in [pair.rows.0, pair.rows.1] {
                *likenesses.entry(row).or_default() += stands_for;
            }
        }
        for (pair, stands_for) in
            pairs.iter().filter(|(pair, _)| pair.pattern[Field::Birth as usize] != MISSING)
        {
            let [a, b] = [pair.rows.0, pair.rows.1]
                .map(|row| likenesses.get(&row).copied().unwrap_or(1.0).max(1.0));
            let stands_for = stands_for * 0.5 * (1.0 / a + 1.0 / b);
            let without = without(pair);
            held[Ground::of(pair).0].push(Held::new(
                without,
                model.weight_of_birth(pair),
                stands_for,
            ));
        }
        let mut lines = [Line { shift: 0.0, slope: 1.0 }; Ground::COUNT];
        let mut ceilings = [1.0; Ground::COUNT];
        for (ground, held) in held.iter().enumerate() {
            let (settled, open): (Vec<Held>, Vec<Held>) =
                held.iter().partition(|pair| pair.without >= SETTLED);
            lines[ground] = best_line(&open);
            ceilings[ground] = Ground(ground).ceiling(&settled);
        }
        Self { lines, ceilings }
    }

    /// Whether a pair is open enough, but for its date of birth, that the date tells something.
    pub(super) fn listens_to(model: &Model, pair: &Pair) -> bool {
        let without = model.logit(pair) - model.weight_of_birth(pair);
        OPEN < without
    }

    /// The logarithm of the odds, put right.
    pub(super) fn logit(&self, model: &Model, pair: &Pair) -> f64 {
        let birth = model.weight_of_birth(pair);
        let Line { shift, slope } = self.lines[Ground::of(pair).0];
        let without = model.logit(pair) - birth;
        // The line is only known where pairs were listened to.
        let open = without.clamp(OPEN, SETTLED);
        let ceiling = self.ceilings[Ground::of(pair).0];
        let odds = shift + slope * open + (without - open);
        // A namesake has a number of his own: what contradicts speaks against one person, and not against the doubt.
        let alike = odds - model.weight_of_contradictions(pair);
        odds - libm::log1p(libm::exp(alike.min(HIGHEST)) * (1.0 - ceiling) / ceiling) + birth
    }
}

/// A pair with dates, what is known without them, and for how many pairs it stands.
#[derive(Clone, Copy, Debug)]
struct Held {
    without: f64,
    /// By how much its dates are likelier for one person than for two, as a share.
    likelier: f64,
    stands_for: f64,
}

impl Held {
    fn new(without: f64, birth: f64, stands_for: f64) -> Self {
        Self { without, likelier: libm::expm1(birth.clamp(-DATE, DATE)), stands_for }
    }
}

/// The line that explains best which dates agree, on a grid that halves its steps around the best point.
fn best_line(held: &[Held]) -> Line {
    let (step, heard) = heard(held);
    let mut best = Line { shift: 0.0, slope: 1.0 };
    let mut reach = Line { shift: 2.0, slope: 0.6 };
    for _ in 0..7 {
        let around = best;
        let mut highest = f64::NEG_INFINITY;
        for i in -2..=2 {
            for j in -2..=2 {
                let line = Line {
                    shift: around.shift + f64::from(i) * reach.shift / 2.0,
                    slope: (around.slope + f64::from(j) * reach.slope / 2.0).clamp(0.05, 1.5),
                };
                let chance = |pair: &Held| sigmoid(line.shift + line.slope * pair.without);
                let score = step * likelihood(&heard, chance) - strain(line);
                if score > highest {
                    (highest, best) = (score, line);
                }
            }
        }
        reach = Line { shift: reach.shift / 2.0, slope: reach.slope / 2.0 };
    }
    best
}

/// Those pairs that are listened to, and for how many each stands.
fn heard(held: &[Held]) -> (f64, Vec<Held>) {
    let step = held.len().div_ceil(MOST).max(1);
    (step as f64, held.iter().step_by(step).copied().collect())
}

/// How well chances of being one person explain the dates: the logarithm of their likelihood, but for what does not depend on them.
fn likelihood(held: &[Held], chance: impl Fn(&Held) -> f64) -> f64 {
    let one = |pair: &Held| pair.stands_for * libm::log1p(chance(pair) * pair.likelier);
    held.iter().map(one).sum()
}

/// How far a line is from what is expected of it.
fn strain(line: Line) -> f64 {
    let (shift, slope) = (line.shift / SPREAD.shift, (line.slope - 1.0) / SPREAD.slope);
    0.5 * (shift * shift + slope * slope)
}

#[cfg(test)]
mod tests;
