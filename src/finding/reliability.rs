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
