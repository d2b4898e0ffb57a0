//! How far each class of rows can be believed, estimated from the case at hand.

use super::evidence::Record;
use super::ratios::{Ratios, Sign};
use super::weights::{ClassRates, EvidenceClass as Class, EvidenceWeights};

/// Rounds of expectation and maximisation; the rates settle long before.
const ROUNDS: usize = 25;

/// The weights with rates that the case at hand has moved.
///
/// Nobody told which rows are right. But one person, rarely more, recruited each victim, so two
/// people whom rows call her recruiter show how often such rows err; and roles, acts and dates of one pair agree or
/// not. A mixture of pairs of offender and victim, those that are a recruitment and those that are
/// not, is fitted by expectation and maximisation; the rates of `weights` count as `prior_pairs` pairs of
/// each sort. Evidence against people who are no offenders is left out of it.
///
/// # Cost
///
/// 25 times the evidence.
///
/// # Source
///
/// A. P. Dawid, A. M. Skene, "Maximum likelihood estimation of observer error-rates using the EM
/// algorithm", Applied Statistics 28(1):20-28, 1979; here with at most few of the pairs of one victim true.
pub(super) fn estimated(record: &Record, weights: &EvidenceWeights) -> EvidenceWeights {
    let mut now = weights.clone();
    let strength = weights.prior_pairs.max(0.0);
    if strength.is_infinite() || record.strands.is_empty() {
        return now;
    }
    for _ in 0..ROUNDS {
        now = round(record, weights, &now, strength);
    }
    now
}

/// How much of each sort there is, of one class.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    recruiter: f64,
    other: f64,
    recruiter_of: f64,
    other_of: f64,
}

fn round(
    record: &Record,
    prior: &EvidenceWeights,
    now: &EvidenceWeights,
    strength: f64,
) -> EvidenceWeights {
    let ratios = Ratios::of(now);
    let all = ratios.all(record, |item| item.assertion.certainty, |_| false);
    let mut tallies = [Tally::default(); Class::ALL.len()];
    let (mut recruitments, mut pairs) = (0.0, 0.0);
    let offenders = record.strands.iter().zip(&all).filter(|(strand, _)| strand.factor >= 1.0);
    for (strand, &ratio) in offenders.filter(|(strand, _)| strand.victim.is_some()) {
        let chance = ratios.chance(strand, ratio);
        recruitments += chance;
        pairs += 1.0;
        let signs = ratios.signs(strand, record.items_of(strand), |item| item.assertion.certainty);
        let roles: f64 = Class::ALL
            .into_iter()
            .zip(signs)
            .filter(|(class, _)| class.is_role())
            .map(|(_, sign)| if let Sign::Present(certainty) = sign { certainty } else { 0.0 })
            .sum();
        for (class, sign) in Class::ALL.into_iter().zip(signs) {
            let (seen, asked) = match sign {
                Sign::Present(certainty) if class.is_role() => {
                    (certainty / roles.max(1.0), roles.min(1.0))
                }
                Sign::Present(certainty) => (certainty, 1.0),
                Sign::Silent if class.is_role() => (0.0, roles.min(1.0)),
                Sign::Absent => (0.0, 1.0),
                Sign::Silent => continue,
            };
            let tally = &mut tallies[class.number()];
            tally.recruiter += chance * seen;
            tally.other += (1.0 - chance) * seen;
            tally.recruiter_of += chance * asked;
            tally.other_of += (1.0 - chance) * asked;
        }
    }
    let rates = prior.rates.iter().map(|rate| moved(rate, &tallies, strength)).collect();
    let recruiting = (strength * prior.recruiting + recruitments) / (strength + pairs);
    EvidenceWeights { rates, recruiting, ..prior.clone() }
}

/// The rates of one class after the data. What speaks of recruiting stays no rarer for recruiters than for
/// others, so that the two sorts cannot change places.
fn moved(prior: &ClassRates, tallies: &[Tally], strength: f64) -> ClassRates {
    let tally = &tallies[prior.class.number()];
    let recruiter =
        (strength * prior.recruiter + tally.recruiter) / (strength + tally.recruiter_of);
    let other = (strength * prior.other + tally.other) / (strength + tally.other_of);
    let speaks = prior.class.speaks() || prior.class == Class::CameFirst;
    let recruiter = if speaks { recruiter.max(other) } else { recruiter };
    ClassRates { class: prior.class, recruiter, other }
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;
    use crate::case::Symbol;
    use crate::finding::evidence::{Item, Strand};
    use crate::finding::sketch;

    fn item(class: Class) -> Item {
        sketch::item(class, Symbol::EMPTY, 1.0)
    }

    /// One pair of offender and victim with one row.
    fn pair(class: Class, factor: f64, victim: Option<u32>) -> Record {
        let strand = Strand {
            actor: 0,
            victim,
            case: Symbol::EMPTY,
            items: 0..1,
            factor,
            lacks_count: class.is_act(),
            presence: 0,
            came_later: false,
        };
        Record {
            items: vec![item(class)],
            strands: vec![strand],
            occasions: iter::once(0..1).collect(),
            rows: 1,
            presences: 1,
        }
    }

    fn weights(rates: &[(Class, f64, f64)]) -> EvidenceWeights {
        let rate =
            |&(class, recruiter, other): &(Class, f64, f64)| ClassRates { class, recruiter, other };
        let rates = rates.iter().map(rate).collect();
        EvidenceWeights { rates, recruiting: 0.5, second: 0.0, ..EvidenceWeights::default() }
    }

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-12, "{got}, expected {want}");
    }

    #[test]
    fn a_pair_moves_the_rates_by_the_chance_that_it_is_a_recruitment() {
        // Odds of 1 and a row worth 5: a chance of 5/6. Ten pairs of each sort stand against it.
        let prior = weights(&[(Class::Recruited, 0.5, 0.1), (Class::Exploited, 0.5, 0.5)]);
        let found = round(&pair(Class::Recruited, 1.0, Some(1)), &prior, &prior, 10.0);
        close(found.rates[0].recruiter, (5.0 + 5.0 / 6.0) / (10.0 + 5.0 / 6.0));
        close(found.rates[0].other, (1.0 + 1.0 / 6.0) / (10.0 + 1.0 / 6.0));
        // No row of exploitation, where one might be expected.
        close(found.rates[1].recruiter, 5.0 / (10.0 + 5.0 / 6.0));
        close(found.recruiting, (5.0 + 5.0 / 6.0) / 11.0);
    }

    #[test]
    fn of_roles_the_one_on_record_is_counted_against_the_others() {
        // Odds of 1 and a role worth 3: a chance of 3/4.
        let prior = weights(&[(Class::RoleRecruiter, 0.6, 0.2), (Class::RoleHelper, 0.4, 0.8)]);
        let found = round(&pair(Class::RoleRecruiter, 1.0, Some(1)), &prior, &prior, 1.0);
        close(found.rates[0].recruiter, (0.6 + 0.75) / 1.75);
        close(found.rates[0].other, (0.2 + 0.25) / 1.25);
        close(found.rates[1].recruiter, 0.4 / 1.75);
        close(found.rates[1].other, 0.8 / 1.25);
    }

    #[test]
    fn who_is_no_offender_and_who_has_no_victim_on_record_move_nothing() {
        let prior = weights(&[(Class::Recruited, 0.5, 0.1)]);
        for record in [pair(Class::Recruited, 0.99, Some(1)), pair(Class::Recruited, 1.0, None)] {
            let found = round(&record, &prior, &prior, 10.0);
            close(found.rates[0].recruiter, 0.5);
            close(found.rates[0].other, 0.1);
            close(found.recruiting, 0.5);
        }
    }

    #[test]
    fn what_speaks_of_recruiting_stays_no_rarer_for_recruiters() {
        let tally = Tally { recruiter: 0.0, other: 9.0, recruiter_of: 10.0, other_of: 10.0 };
        let tallies = [tally; Class::ALL.len()];
        let after = |class| {
            let found = moved(&ClassRates { class, recruiter: 0.5, other: 0.1 }, &tallies, 10.0);
            (found.recruiter, found.other)
        };
        // 5 of 20 for recruiters, and 10 of 20 for others.
        for class in [Class::Recruited, Class::RoleRecruiter, Class::CameFirst] {
            close(after(class).0, 0.5);
            close(after(class).1, 0.5);
        }
        close(after(Class::Tied).0, 0.25);
        close(after(Class::RoleHelper).0, 0.25);
    }

    #[test]
    fn rates_stay_as_they_are_where_that_is_asked_or_there_is_nothing_to_move_them() {
        let kept = EvidenceWeights { prior_pairs: f64::INFINITY, ..EvidenceWeights::default() };
        assert_eq!(estimated(&pair(Class::Recruited, 1.0, Some(1)), &kept), kept);
        let weights = EvidenceWeights::default();
        assert_eq!(estimated(&Record::default(), &weights), weights);
        assert_ne!(estimated(&pair(Class::Recruited, 1.0, Some(1)), &weights), weights);
    }
}
