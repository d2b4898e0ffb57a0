//! The recurrence posterior: how likely somebody recruited in two or more separate episodes.

use super::episodes::{Episodes, Piece};
use super::evidence::Voice;

/// A piece of evidence against one person: of one victim in one case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share {
    pub(super) piece: Piece,
    /// How many times likelier its rows are if he recruited her.
    pub(super) ratio: f64,
    /// The chance that the evidence is that of an offender.
    pub(super) factor: f64,
    /// Whether a row of it speaks of recruiting.
    pub(super) speaks: bool,
    /// Its one voice, if what speaks of recruiting is one.
    pub(super) voice: Option<Voice>,
    /// How sure the surest row is that speaks of recruiting.
    pub(super) surest: f64,
}

/// What the evidence against one person comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Posterior {
    /// P(two or more victims in two or more episodes).
    pub(super) recurrence: f64,
    pub(super) expected_victims: f64,
    pub(super) expected_episodes: f64,
    /// By share: P(he recruited her).
    pub(super) shares: Vec<f64>,
    /// By share: the number of its episode.
    pub(super) episode_of: Vec<usize>,
    /// By episode: P(at least one recruitment in it).
    pub(super) episodes: Vec<f64>,
}

/// What sorts of offender there are: how large a part of them, against the others that recruit at all, and how often each
/// recruits a victim of a case that he is on record in. Beside them stand those who never recruit.
///
/// With two sorts, a case in which somebody only stood by says little against one who is stated to have recruited in another.
const SORTS: [(f64, f64); 2] = [(0.5, 0.3), (0.5, 0.8)];

/// The share of offenders that recruits at all, such that over all sorts one in `odds : 1` recruits a given victim.
fn recruiting_share(odds: f64) -> f64 {
    let rate: f64 = SORTS.iter().map(|(part, rate)| part * rate).sum();
    (odds / (1.0 + odds) / rate).clamp(0.01, 0.95)
}

/// The posterior of all shares of one person, where `odds` are those that an offender on record in a case
/// recruited its victim.
///
/// Is he of those who recruit at all? The more cases speak for it, the more a weak sign in another case
/// weighs; and an exploiter in forty cases, in none of which a row speaks of recruiting, is a recruiter in none. Given
/// the sort, recruitments are independent: an episode is the union of its victims, and the number of
/// episodes is Poisson-binomial. Episodes all of one and the same victim are taken off, because recurrence
/// takes two victims.
///
/// Two doubts are about the person or the source, not about a row, and are taken once. Where all evidence is
/// against somebody there by profession, as a client or as family, the whole is read as against an offender
/// and then doubted, so that thirty first contacts make no recruiter of a social worker. Where all that speaks of
/// recruiting is one voice, the whole is no surer than that voice. Without a row that speaks of
/// recruiting there is nothing.
pub(super) fn posterior(shares: &[Share], episodes: &Episodes, odds: f64) -> Posterior {
    if !shares.iter().any(|share| share.speaks) {
        return Posterior::default();
    }
    let pieces: Vec<Piece> = shares.iter().map(|share| share.piece).collect();
    let (episode_of, count) = episodes.of(&pieces);
    let whole = shares.iter().map(|share| share.factor).fold(0.0, f64::max);
    let sorts = sorts(shares, whole, odds);
    let mut found = Posterior {
        shares: vec![0.0; shares.len()],
        episodes: vec![0.0; count],
        ..Posterior::default()
    };
    for sort in &sorts {
        found.add(sort, &pieces, &episode_of, count);
    }
    found.episode_of = episode_of;
    found.scale(whole.min(1.0));
    found.recurrence = found.recurrence.min(one_voice(shares)).clamp(0.0, 1.0);
    found
}

/// A sort of offender: how likely he is of it, and by share the chance of a recruitment then.
struct Sort {
    likely: f64,
    chances: Vec<f64>,
}

fn sorts(shares: &[Share], whole: f64, odds: f64) -> Vec<Sort> {
    let recruiting = recruiting_share(odds);
    let mut logs = vec![libm::log(1.0 - recruiting)];
    let mut sorts = Vec::with_capacity(SORTS.len());
    for (part, rate) in SORTS {
        let mut log = libm::log(recruiting * part);
        let chance = |share: &Share| {
            let doubt = if whole < 1.0 { 1.0 } else { share.factor };
            let all = 1.0 - rate + rate * share.ratio;
            log += libm::log(1.0 - doubt + doubt * all);
            doubt * rate * share.ratio / (1.0 - doubt + doubt * all)
        };
        sorts.push(Sort { likely: 0.0, chances: shares.iter().map(chance).collect() });
        logs.push(log);
    }
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = logs.iter().map(|log| libm::exp(log - most)).sum();
    for (sort, log) in sorts.iter_mut().zip(&logs[1..]) {
        sort.likely = libm::exp(log - most) / sum;
    }
    sorts
}

impl Posterior {
    fn add(&mut self, sort: &Sort, pieces: &[Piece], episode_of: &[usize], count: usize) {
        let mut none = vec![1.0; count];
        for ((total, &chance), &episode) in
            self.shares.iter_mut().zip(&sort.chances).zip(episode_of)
        {
            *total += sort.likely * chance;
            none[episode] *= 1.0 - chance;
        }
        let hits: Vec<f64> = none.iter().map(|none| 1.0 - none).collect();
        for (total, hit) in self.episodes.iter_mut().zip(&hits) {
            *total += sort.likely * hit;
        }
        let victims = by_victim(pieces, &sort.chances, episode_of);
        self.expected_episodes += sort.likely * hits.iter().sum::<f64>();
        self.expected_victims += sort.likely * expected_victims(&victims);
        if count > 1 {
            let recurrence = at_least_two(&hits) - one_victim_only(&victims);
            self.recurrence += sort.likely * recurrence.max(0.0);
        }
    }

    fn scale(&mut self, factor: f64) {
        self.recurrence *= factor;
        self.expected_victims *= factor;
        self.expected_episodes *= factor;
        self.shares.iter_mut().chain(&mut self.episodes).for_each(|chance| *chance *= factor);
    }
}

/// What all of it is worth at most, where one voice says all of it.
fn one_voice(shares: &[Share]) -> f64 {
    let mut speaking = shares.iter().filter(|share| share.speaks);
    let first = speaking.next().and_then(|share| share.voice);
    if first.is_some() && speaking.all(|share| share.voice == first) {
        shares.iter().map(|share| share.surest).fold(0.0, f64::max)
    } else {
        1.0
    }
}

/// By victim, and then by episode: the chance that he did not recruit her in it.
struct Misses {
    known: bool,
    by_episode: Vec<f64>,
}

fn by_victim(pieces: &[Piece], chances: &[f64], episode_of: &[usize]) -> Vec<Misses> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_unstable_by_key(|&at| (pieces[at].victim, episode_of[at], at));
    let of_one = |own: &[usize]| Misses {
        known: pieces[own[0]].victim.is_some(),
        by_episode: own
            .chunk_by(|&a, &b| episode_of[a] == episode_of[b])
            .map(|same| same.iter().map(|&at| 1.0 - chances[at]).product())
            .collect(),
    };
    order.chunk_by(|&a, &b| pieces[a].victim == pieces[b].victim).map(of_one).collect()
}

/// Victims who are not on record are as many as the episodes that they are of.
fn expected_victims(victims: &[Misses]) -> f64 {
    let one = |victim: &Misses| {
        if victim.known {
            1.0 - victim.by_episode.iter().product::<f64>()
        } else {
            victim.by_episode.iter().map(|miss| 1.0 - miss).sum()
        }
    };
    victims.iter().map(one).sum()
}

/// P(two or more episodes, and all of them of one victim on record).
///
/// Victims who are not on record are not known to be the same, so they are not taken off.
fn one_victim_only(victims: &[Misses]) -> f64 {
    let repeated = |victim: &Misses| victim.known && victim.by_episode.len() > 1;
    if !victims.iter().any(repeated) {
        return 0.0;
    }
    let all: Vec<f64> = victims.iter().map(|victim| victim.by_episode.iter().product()).collect();
    let others = others_product(&all);
    let alone = |(victim, others): (&Misses, f64)| {
        let hits: Vec<f64> = victim.by_episode.iter().map(|miss| 1.0 - miss).collect();
        others * at_least_two(&hits)
    };
    victims.iter().zip(others).filter(|(victim, _)| repeated(victim)).map(alone).sum()
}

/// For each number, the product of all others; a zero among them is no division by it.
fn others_product(values: &[f64]) -> Vec<f64> {
    let mut after = vec![1.0; values.len()];
    for at in (0..values.len().saturating_sub(1)).rev() {
        after[at] = after[at + 1] * values[at + 1];
    }
    let mut before = 1.0;
    for (after, value) in after.iter_mut().zip(values) {
        *after *= before;
        before *= value;
    }
    after
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Symbol, Symbols};

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

    fn share(case: usize, victim: u32, ratio: f64) -> Share {
        let mut symbols = Symbols::default();
        let cases: Vec<Symbol> = (0..60).map(|n| symbols.intern(&format!("c{n}"))).collect();
        Share {
            piece: Piece { case: cases[case], victim: Some(victim), days: None },
            ratio,
            factor: 1.0,
            speaks: true,
            voice: None,
            surest: 0.9,
        }
    }

    fn recurrence(shares: &[Share]) -> f64 {
        posterior(shares, &Episodes::default(), 0.4).recurrence
    }

    /// The same from the definition: over sorts, over all sets of recruitments.
    fn slow_recurrence(shares: &[Share], odds: f64) -> f64 {
        let recruiting = recruiting_share(odds);
        let (mut yes, mut all) = (0.0, 1.0 - recruiting);
        for (part, rate) in SORTS {
            for outcome in 0_u32..1 << shares.len() {
                let hit = |k: usize| outcome >> k & 1 == 1;
                let weight: f64 = (0..shares.len())
                    .map(|k| if hit(k) { rate * shares[k].ratio } else { 1.0 - rate })
                    .product();
                let hits: Vec<&Share> =
                    (0..shares.len()).filter(|&k| hit(k)).map(|k| &shares[k]).collect();
                let cases: std::collections::BTreeSet<Symbol> =
                    hits.iter().map(|one| one.piece.case).collect();
                let victims: std::collections::BTreeSet<_> =
                    hits.iter().map(|one| one.piece.victim).collect();
                all += recruiting * part * weight;
                if cases.len() > 1 && victims.len() > 1 {
                    yes += recruiting * part * weight;
                }
            }
        }
        yes / all
    }

    #[test]
    fn the_posterior_is_what_the_definition_gives() {
        for shares in [
            vec![share(0, 1, 9.0), share(1, 2, 4.0), share(1, 3, 0.2), share(2, 1, 3.0)],
            vec![share(0, 1, 50.0), share(1, 1, 50.0)],
            vec![share(0, 1, 2.0), share(1, 2, 0.1), share(2, 3, 30.0)],
        ] {
            let (got, want) = (recurrence(&shares), slow_recurrence(&shares, 0.4));
            assert!((got - want).abs() < 1e-12, "{got} {want}");
        }
    }

    #[test]
    fn one_victim_or_one_case_is_no_recurrence() {
        assert!(recurrence(&[share(0, 1, 80.0), share(1, 1, 80.0)]) < 1e-12);
        assert!(recurrence(&[share(0, 1, 80.0), share(0, 2, 80.0)]) < 1e-12);
    }

    #[test]
    fn cases_in_which_he_stood_by_speak_against_him_and_never_for_him() {
        let strong = [share(0, 1, 20.0), share(1, 2, 3.0)];
        let mut more = strong.to_vec();
        let mut last = recurrence(&more);
        for case in 2..40 {
            more.push(Share { speaks: false, ..share(case, 50, 0.05) });
            let now = recurrence(&more);
            assert!(now <= last + 1e-9);
            last = now;
        }
    }

    #[test]
    fn what_one_voice_says_is_no_surer_than_the_voice() {
        let voice = Some((Symbol::EMPTY, Symbol::EMPTY, false));
        let one = |case| Share {
            voice,
            surest: 0.3,
            ..share(case, u32::try_from(case).expect("few"), 90.0)
        };
        let all: Vec<Share> = (0..10).map(one).collect();
        assert!((recurrence(&all) - 0.3).abs() < 1e-12);
    }
    #[test]
    fn the_product_of_the_others_divides_by_nothing() {
        assert_eq!(others_product(&[2.0, 3.0, 4.0]), [12.0, 8.0, 6.0]);
        assert_eq!(others_product(&[0.0, 3.0, 4.0]), [12.0, 0.0, 0.0]);
        assert_eq!(others_product(&[7.0]), [1.0]);
        assert!(others_product(&[]).is_empty());
    }

    #[test]
    fn so_many_offenders_recruit_that_one_in_odds_recruits_a_victim() {
        // Half of them recruit three of ten, and half eight: .55 of those who recruit at all.
        for (odds, share) in
            [(0.1, 0.1 / 1.1 / 0.55), (0.25, 0.2 / 0.55), (1e-9, 0.01), (1e9, 0.95)]
        {
            let found = recruiting_share(odds);
            assert!((found - share).abs() < 1e-9, "{odds}: {found} {share}");
        }
    }
}
