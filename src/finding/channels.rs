//! Channels: where victims are reached and where they are advertised, minors against the base.

use std::collections::{BTreeMap, BTreeSet};

use super::beta::upper_tail;
use super::minors::minors;
use super::standing::Standings;
use super::two_by_two::TwoByTwo;
use super::{ChannelFinding, Use};
use crate::case::{Case, IdKind, Link, LinkKind, Symbol, When};
use crate::identity::{Entities, EntityId};
use crate::measure::false_discovery;

/// Which channels reach and which advertise victims, and on which of them minors are over-represented.
///
/// Counts are of victims, not of rows: a girl with thirty advertisements is one. Channels are
/// ranked by the posterior chance that their share of minors is more than `above` times the base, never by count
/// or share alone: the largest site comes first by count, and the smallest channel by share.
/// First contacts and advertisements are never mixed.
///
/// What it is **not**: a reason to think ill of who else uses the channel.
///
/// - **Prior**: beta, with the mean and spread of the channels of the same use, by moments.
/// - **Risk ratio**: minors among those known here against those known elsewhere, with ½ added to
///   each cell where one is empty (Haldane 1956), and the score interval (Miettinen & Nurminen 1985).
/// - **Odds ratio**: likewise, with the exact interval (mid-p); `q` is Benjamini and Hochberg's over the channels of one use.
/// - **A base share above two thirds** leaves little or nothing 1.25 times above it: there, over-represented is a share of adults of less than half the usual.
/// - **Order**: advertising first; by posterior, then `q`, then victims, then id.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Channels {
    /// How many times the base share counts as over-represented.
    pub above: f64,
}

impl Default for Channels {
    fn default() -> Self {
        Self { above: 1.25 }
    }
}

/// What is counted of one channel in one use.
#[derive(Default)]
struct Counted {
    victims: BTreeSet<EntityId>,
    cases: BTreeSet<Symbol>,
    first: Option<crate::case::Day>,
    last: Option<crate::case::Day>,
}

impl Counted {
    fn count(&mut self, victim: EntityId, case: Symbol, from: When, until: When) {
        self.victims.insert(victim);
        self.cases.extend(case.known());
        let days = [from.earliest(), from.latest(), until.earliest(), until.latest()];
        self.first = self.first.into_iter().chain(days.into_iter().flatten()).min();
        self.last = self.last.into_iter().chain(days.into_iter().flatten()).max();
    }
}

/// Minors and victims of known age, of one channel and in all.
#[derive(Clone, Copy, Default)]
struct Shares {
    minors: usize,
    known: usize,
}

impl Channels {
    /// All channels on record, in each use.
    #[must_use]
    pub fn find(&self, case: &Case, entities: &Entities) -> Vec<ChannelFinding> {
        let minors = minors(case, entities);
        let mut all = Vec::new();
        for (use_, counted) in [
            (Use::Advertising, advertising(case, entities)),
            (Use::Recruitment, recruitment(case, entities)),
        ] {
            all.extend(self.of_use(use_, &counted, case, &minors));
        }
        all
    }

    fn of_use(
        self,
        use_: Use,
        counted: &BTreeMap<Symbol, Counted>,
        case: &Case,
        minors: &BTreeMap<EntityId, bool>,
    ) -> Vec<ChannelFinding> {
        let everybody: BTreeSet<EntityId> =
            counted.values().flat_map(|counted| counted.victims.iter().copied()).collect();
        let total = shares(&everybody, minors);
        let per_channel: Vec<Shares> =
            counted.values().map(|c| shares(&c.victims, minors)).collect();
        let prior = Prior::by_moments(&per_channel, total);
        let mut found: Vec<ChannelFinding> = counted
            .iter()
            .zip(&per_channel)
            .map(|((&channel, counted), &own)| {
                let elsewhere: BTreeSet<EntityId> =
                    everybody.difference(&counted.victims).copied().collect();
                let table = own.against(shares(&elsewhere, minors));
                let (ratio, odds) = (table.risk_ratio(), table.odds_ratio());
                let compared = ratio.is_some();
                let row = case.channel(channel);
                ChannelFinding {
                    rank: 0,
                    channel_id: case.shown(IdKind::Channel, channel).into(),
                    name: row.map(|row| case.text(row.name).into()).unwrap_or_default(),
                    class: row
                        .and_then(|row| row.class)
                        .map(|class| class.code().into())
                        .unwrap_or_default(),
                    use_,
                    victims: counted.victims.len(),
                    minors: own.minors,
                    known: own.known,
                    cases: counted.cases.len(),
                    share: own.share(),
                    base_share: total.share(),
                    posterior: prior.map(|prior| prior.chance_above(self.above, own)),
                    risk_ratio: ratio.map(|(ratio, _)| ratio),
                    risk_ratio_interval: ratio.map(|(_, interval)| interval),
                    odds_ratio: odds.map(|(ratio, _)| ratio),
                    odds_ratio_interval: odds.map(|(_, interval)| interval),
                    lift: own
                        .share()
                        .zip(total.share())
                        .filter(|(_, base)| *base > 0.0)
                        .map(|(share, base)| share / base),
                    q: compared.then(|| table.chance_of_as_many()),
                    first_seen: counted.first.map(|day| day.to_string()),
                    last_seen: counted.last.map(|day| day.to_string()),
                }
            })
            .collect();
        let compared: Vec<usize> = (0..found.len()).filter(|&at| found[at].q.is_some()).collect();
        let chances: Vec<f64> = compared.iter().filter_map(|&at| found[at].q).collect();
        for (at, q) in compared.into_iter().zip(false_discovery(&chances, chances.len() as u64)) {
            found[at].q = Some(q);
        }
        found.sort_by(|a, b| {
            let q = |finding: &ChannelFinding| finding.q.unwrap_or(1.0);
            let posterior = |finding: &ChannelFinding| finding.posterior.unwrap_or(-1.0);
            (posterior(b).total_cmp(&posterior(a)))
                .then(q(a).total_cmp(&q(b)))
                .then(b.victims.cmp(&a.victims))
                .then_with(|| a.channel_id.cmp(&b.channel_id))
        });
        found.iter_mut().zip(1..).for_each(|(finding, rank)| finding.rank = rank);
        found
    }
}

fn shares(victims: &BTreeSet<EntityId>, minors: &BTreeMap<EntityId, bool>) -> Shares {
    let known = victims.iter().filter_map(|victim| minors.get(victim));
    Shares { known: known.clone().count(), minors: known.filter(|&&minor| minor).count() }
}

fn advertising(case: &Case, entities: &Entities) -> BTreeMap<Symbol, Counted> {
    let mut counted: BTreeMap<Symbol, Counted> = BTreeMap::new();
    for ad in case.ads.iter() {
        if let (Some(victim), Some(channel)) = (entities.of(case, ad.victim), ad.channel.known()) {
            counted.entry(channel).or_default().count(victim, ad.case, ad.posted, ad.last_seen);
        }
    }
    counted
}

/// First contacts with victims through a channel: by whom, with whom, through which. Not those by professionals and family, who did not recruit.
pub(super) fn first_contacts<'a>(
    case: &'a Case,
    entities: &'a Entities,
) -> impl Iterator<Item = (&'a Link, EntityId, EntityId, Symbol)> {
    let standings = Standings::of(case, entities);
    case.links.iter().filter(|link| link.kind == LinkKind::FirstContact).filter_map(move |link| {
        let actor = entities.of(case, link.from)?;
        let victim = entities.victim_of(case, link.to)?;
        let recruits = standings.in_case(actor, link.case).may_recruit();
        Some((link, actor, victim, link.channel.known().filter(|_| recruits)?))
    })
}

fn recruitment(case: &Case, entities: &Entities) -> BTreeMap<Symbol, Counted> {
    let mut counted: BTreeMap<Symbol, Counted> = BTreeMap::new();
    for (link, _, victim, channel) in first_contacts(case, entities) {
        counted.entry(channel).or_default().count(victim, link.case, link.start, link.end);
    }
    counted
}

impl Shares {
    fn against(self, elsewhere: Self) -> TwoByTwo {
        TwoByTwo {
            here: self.minors,
            here_of: self.known,
            there: elsewhere.minors,
            there_of: elsewhere.known,
        }
    }

    fn share(self) -> Option<f64> {
        (self.known > 0).then(|| self.minors as f64 / self.known as f64)
    }
}

/// A beta prior for a channel's share of minors.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Prior {
    mean: f64,
    /// How many victims the prior counts for.
    weight: f64,
}

impl Prior {
    /// The mean is the base share. The weight comes from how much shares differ between channels
    /// beyond what chance makes them differ (the method of moments, weighted by victims).
    fn by_moments(channels: &[Shares], total: Shares) -> Option<Self> {
        const LIGHTEST: f64 = 2.0;
        const HEAVIEST: f64 = 200.0;
        let mean = total.share()?;
        let counted: Vec<Shares> =
            channels.iter().copied().filter(|shares| shares.known > 0).collect();
        let sum: f64 = counted.iter().map(|shares| shares.known as f64).sum();
        let square = |x: f64| x * x;
        let squares: f64 = counted.iter().map(|shares| square(shares.known as f64)).sum();
        let spread: f64 = counted
            .iter()
            .map(|shares| shares.known as f64 * square(shares.share().unwrap_or(mean) - mean))
            .sum();
        let one = mean * (1.0 - mean);
        let beyond_chance = spread - one * (counted.len() as f64 - 1.0);
        let between = beyond_chance / (sum - squares / sum);
        let weight = if one > 0.0 && between > 0.0 { one / between - 1.0 } else { HEAVIEST };
        // With less than one adult in it, a prior would take a channel without counts to have none.
        let one_adult = 1.0 / (1.0 - mean).max(1e-6);
        Some(Self { mean, weight: weight.clamp(LIGHTEST, HEAVIEST).max(one_adult) })
    }

    /// P(share > `above` × base | what was counted); at most half-way from the base to all, which is half as many adults.
    fn chance_above(self, above: f64, own: Shares) -> f64 {
        // A base share of none or all leaves nothing to be above or below.
        const EDGE: f64 = 1e-6;
        if self.mean >= 1.0 {
            return 0.0;
        }
        let mean = self.mean.clamp(EDGE, 1.0 - EDGE);
        let adults = (own.known - own.minors) as f64;
        let a = mean * self.weight + own.minors as f64;
        let b = (1.0 - mean) * self.weight + adults;
        upper_tail((above * mean).min(0.5 + 0.5 * mean), a, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_victims_move_the_posterior_less_than_many() {
        let prior = Prior { mean: 0.45, weight: 10.0 };
        let few = prior.chance_above(1.25, Shares { minors: 2, known: 2 });
        let many = prior.chance_above(1.25, Shares { minors: 20, known: 20 });
        assert!(few < 0.7 && many > 0.99, "{few} {many}");
    }

    #[test]
    fn where_most_are_minors_a_channel_can_still_stand_out() {
        let usual = Shares { minors: 900, known: 1000 };
        let channels = [usual, Shares { minors: 60, known: 60 }, Shares { minors: 0, known: 0 }];
        let total = Shares { minors: 960, known: 1060 };
        let prior = Prior::by_moments(&channels, total).expect("some are known");
        let [as_usual, all, none] = channels.map(|own| prior.chance_above(1.25, own));
        assert!(as_usual < 0.01 && all > 0.7 && none < 0.5, "{as_usual} {all} {none}");
    }

    #[test]
    fn nobody_stands_above_all() {
        let all = Shares { minors: 9, known: 9 };
        let prior = Prior::by_moments(&[all], all).expect("some are known");
        assert!(prior.chance_above(1.25, all) <= 0.0);
    }
    fn prior(channels: &[(usize, usize)]) -> Option<Prior> {
        let shares = |&(minors, known): &(usize, usize)| Shares { minors, known };
        let channels: Vec<Shares> = channels.iter().map(shares).collect();
        let total = channels.iter().fold(Shares::default(), |sum, one| Shares {
            minors: sum.minors + one.minors,
            known: sum.known + one.known,
        });
        Prior::by_moments(&channels, total)
    }

    #[test]
    fn the_prior_weighs_less_the_more_channels_differ_beyond_chance() {
        // Shares of .6 of 20 and .3 of 10 about a mean of .5: a spread of 20 · .01 + 10 · .04 = .6, of which chance is .25.
        // Between them .35 / (30 - 500/30) = .02625, and .25 / .02625 - 1 = 179/21.
        let found = prior(&[(12, 20), (3, 10)]).expect("some are known");
        assert!((found.mean - 0.5).abs() < 1e-12);
        assert!((found.weight - 179.0 / 21.0).abs() < 1e-9, "{}", found.weight);
        let beside = prior(&[(12, 20), (0, 0), (3, 10)]).expect("some are known");
        assert_eq!(beside, found, "a channel of which nothing is known says nothing");
    }

    #[test]
    fn the_prior_is_never_lighter_than_two_victims_or_one_adult() {
        assert_eq!(prior(&[]), None);
        assert_eq!(prior(&[(0, 0)]), None);
        let weight = |channels: &[(usize, usize)]| prior(channels).expect("some are known").weight;
        assert!((weight(&[(5, 10), (5, 10)]) - 200.0).abs() < 1e-9, "alike");
        assert!((weight(&[(10, 10), (0, 10)]) - 2.0).abs() < 1e-9, "as different as can be");
        assert!((weight(&[(499, 500)]) - 500.0).abs() < 1e-6, "one adult in 500");
    }

    #[test]
    fn the_chance_is_the_tail_of_the_beta_distribution() {
        let above = |mean, weight, minors, known| {
            Prior { mean, weight }.chance_above(1.25, Shares { minors, known })
        };
        for (got, want) in [
            // 1.25 times one half; of Beta(1, 1), (2, 1) and (1, 2).
            (above(0.5, 2.0, 0, 0), 0.375),
            (above(0.5, 2.0, 1, 1), 1.0 - 0.625 * 0.625),
            (above(0.5, 2.0, 0, 1), 0.375 * 0.375),
            // Half-way from .8 to all, not 1.25 times .8; of Beta(4, 1).
            (above(0.8, 5.0, 0, 0), 1.0 - 0.6561),
        ] {
            assert!((got - want).abs() < 1e-9, "{got} {want}");
        }
    }
}
