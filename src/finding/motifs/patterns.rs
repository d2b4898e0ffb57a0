//! The motifs of the trade, sought in acts whose dates are intervals.

use std::collections::BTreeMap;

use super::acts::{Act, Acts, Dates, Sort};
use crate::identity::EntityId;

/// A motif of the trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    RepeatRecruit,
    Handover,
    RecruitAdClient,
    Return,
    VictimRecruitsVictim,
}

/// An instance: who is in it in the order of the pattern, by which acts, and whether its order and nearness are certain.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Instance {
    pub(super) people: [Option<EntityId>; 3],
    pub(super) acts: [Option<u32>; 3],
    pub(super) certain: bool,
}

/// Acts, grouped once; dates change places under the null and groups do not.
#[derive(Debug)]
pub(super) struct Grouped {
    /// By offender: by victim whom he brought in, the acts.
    recruits_of: Vec<(EntityId, ByPerson)>,
    /// By victim.
    of_victim: Vec<(EntityId, Upon)>,
}

/// What was done to one victim.
#[derive(Debug, Default)]
struct Upon {
    /// By offender who brought her in, the acts.
    recruits: ByPerson,
    /// By offender who took her.
    takings: ByPerson,
    /// Offers of her, by anybody.
    ads: Vec<u32>,
    clients: Vec<u32>,
    /// By offender: everything he did to her.
    all: ByPerson,
    /// Her exploitation by anybody.
    exploited: Vec<u32>,
    /// By other victims who brought her in.
    by_victims: ByPerson,
}

type Lists = BTreeMap<EntityId, Vec<u32>>;
/// By person, in order: acts.
type ByPerson = Vec<(EntityId, Vec<u32>)>;

impl Grouped {
    pub(super) fn of(acts: &Acts, is_victim: impl Fn(EntityId) -> bool) -> Self {
        let mut recruits_of: BTreeMap<EntityId, Lists> = BTreeMap::new();
        let mut of_victim: BTreeMap<EntityId, [Lists; 4]> = BTreeMap::new();
        let mut offers: BTreeMap<EntityId, [Vec<u32>; 3]> = BTreeMap::new();
        for (number, act) in (0..).zip(&acts.list) {
            let side = [act.sort.advertises(), act.sort.buys(), act.sort.exploits()];
            if let Some(side) = side.iter().position(|&is| is) {
                offers.entry(act.victim).or_default()[side].push(number);
            }
            if act.sort.advertises() || act.sort.buys() {
                of_victim.entry(act.victim).or_default();
                continue;
            }
            let Some(actor) = act.actor else { continue };
            let [recruits, takings, all, by_victims] = of_victim.entry(act.victim).or_default();
            let add = |lists: &mut Lists| lists.entry(actor).or_default().push(number);
            if is_victim(actor) {
                add(by_victims);
                continue;
            }
            add(all);
            if act.sort.brings_in() {
                add(recruits);
                add_to(&mut recruits_of, actor, act, number);
            }
            if act.sort.takes() {
                add(takings);
            }
        }
        let upon = |(victim, lists): (EntityId, [Lists; 4])| {
            let [recruits, takings, all, by_victims] = lists.map(|one| one.into_iter().collect());
            let [ads, clients, exploited] = offers.remove(&victim).unwrap_or_default();
            (victim, Upon { recruits, takings, ads, clients, all, exploited, by_victims })
        };
        Self {
            of_victim: of_victim.into_iter().map(upon).collect(),
            recruits_of: recruits_of
                .into_iter()
                .map(|(actor, lists)| (actor, lists.into_iter().collect()))
                .collect(),
        }
    }
}

fn add_to(all: &mut BTreeMap<EntityId, Lists>, actor: EntityId, act: &Act, number: u32) {
    all.entry(actor).or_default().entry(act.victim).or_default().push(number);
}

/// The search for instances, under one assignment of dates to acts.
#[derive(Debug)]
pub(super) struct Search<'a> {
    pub(super) grouped: &'a Grouped,
    pub(super) dates: &'a [Dates],
    /// How many days may lie between.
    pub(super) delta: i64,
}

impl Pattern {
    pub(super) const ALL: [Self; 5] = [
        Self::RepeatRecruit,
        Self::Handover,
        Self::RecruitAdClient,
        Self::Return,
        Self::VictimRecruitsVictim,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::RepeatRecruit => "repeat_recruit",
            Self::Handover => "handover",
            Self::RecruitAdClient => "recruit_ad_client",
            Self::Return => "return",
            Self::VictimRecruitsVictim => "victim_recruits_victim",
        }
    }

    /// Whether an act of that sort has a place in it.
    pub(super) fn reads(self, sort: Sort) -> bool {
        match self {
            Self::RepeatRecruit => sort.brings_in(),
            Self::Handover => sort.brings_in() || sort.takes(),
            Self::RecruitAdClient => sort.brings_in() || sort.advertises() || sort.buys(),
            Self::Return | Self::VictimRecruitsVictim => sort.acts_again(),
        }
    }
}

impl Search<'_> {
    /// Tells each instance; the number of them is linear in the number of acts.
    pub(super) fn each(&self, pattern: Pattern, tell: &mut impl FnMut(Instance)) {
        match pattern {
            Pattern::RepeatRecruit => self.repeat_recruits(tell),
            Pattern::Handover => self.handovers(tell),
            Pattern::RecruitAdClient => self.chains(tell),
            Pattern::Return => self.returns(tell),
            Pattern::VictimRecruitsVictim => self.of_victims(tell),
        }
    }

    pub(super) fn count(&self, pattern: Pattern) -> u32 {
        let mut count = 0;
        self.each(pattern, &mut |_| count += 1);
        count
    }

    fn at(&self, act: u32) -> Dates {
        self.dates[act as usize]
    }

    /// The earliest of some acts.
    fn first(&self, acts: &[u32]) -> Option<u32> {
        acts.iter().copied().min_by_key(|&act| (self.at(act), act))
    }

    /// The earliest act of each, in the order of time.
    fn firsts(&self, lists: &[(EntityId, Vec<u32>)]) -> Vec<(Dates, u32, EntityId)> {
        let first = |(who, acts): &(EntityId, Vec<u32>)| {
            self.first(acts).map(|act| (self.at(act), act, *who))
        };
        let mut firsts: Vec<_> = lists.iter().filter_map(first).collect();
        firsts.sort_unstable();
        firsts
    }

    /// A brings in V1 and then V2, the next whom he brings in.
    fn repeat_recruits(&self, tell: &mut impl FnMut(Instance)) {
        for (actor, lists) in &self.grouped.recruits_of {
            for pair in self.firsts(lists).windows(2) {
                let [(one, first, v1), (other, second, v2)] = [pair[0], pair[1]];
                let least = (other.first - one.last).max(one.first - other.last);
                let most = (other.last - one.first).max(one.last - other.first);
                if least <= self.delta {
                    tell(Instance {
                        people: [Some(*actor), Some(v1), Some(v2)],
                        acts: [Some(first), Some(second), None],
                        certain: most <= self.delta,
                    });
                }
            }
        }
    }

    /// A brings in V, and B is the next to take her; of several who brought her in, the last one before B.
    fn handovers(&self, tell: &mut impl FnMut(Instance)) {
        for (victim, upon) in &self.grouped.of_victim {
            let recruits = self.firsts(&upon.recruits);
            for (takes, taking, taker) in self.firsts(&upon.takings) {
                let before = recruits.partition_point(|one| one.0.first <= takes.last);
                let others = recruits[..before].iter().rev();
                let Some(&(brings, act, actor)) = others.into_iter().find(|one| one.2 != taker)
                else {
                    continue;
                };
                if takes.first - brings.last <= self.delta {
                    tell(Instance {
                        people: [Some(actor), Some(*victim), Some(taker)],
                        acts: [Some(act), Some(taking), None],
                        certain: brings.last <= takes.first
                            && takes.last - brings.first <= self.delta,
                    });
                }
            }
        }
    }

    /// V is brought in, offered, and bought, the first time each.
    fn chains(&self, tell: &mut impl FnMut(Instance)) {
        for (victim, upon) in &self.grouped.of_victim {
            let Some(&(brings, act, actor)) = self.firsts(&upon.recruits).first() else { continue };
            let after = |acts: &[u32], day: i64| {
                let later: Vec<u32> =
                    acts.iter().copied().filter(|&act| self.at(act).last >= day).collect();
                self.first(&later)
            };
            let Some(ad) = after(&upon.ads, brings.first) else { continue };
            let offers = self.at(ad);
            let Some(client) = after(&upon.clients, brings.first.max(offers.first)) else {
                continue;
            };
            let buys = self.at(client);
            // As late as can be for the first, and as early as can be for the last.
            let latest = brings.last.min(offers.last).min(buys.last);
            let least = (buys.first - latest).max(offers.first - latest);
            if least <= self.delta {
                tell(Instance {
                    people: [Some(actor), Some(*victim), None],
                    acts: [Some(act), Some(ad), Some(client)],
                    certain: brings.last <= offers.first
                        && offers.last <= buys.first
                        && buys.last - brings.first <= self.delta,
                });
            }
        }
    }

    /// A's exploitation of V ended, and A acted upon her again, however much later.
    fn returns(&self, tell: &mut impl FnMut(Instance)) {
        for (victim, upon) in &self.grouped.of_victim {
            for (actor, acts) in &upon.all {
                let exploited = acts.iter().filter(|act| upon.exploited.binary_search(act).is_ok());
                let ended = exploited.filter_map(|&act| self.at(act).end.map(|end| (end, act)));
                let Some((end, exploited)) = ended.min() else { continue };
                let others = acts.iter().copied().filter(|&act| act != exploited);
                let Some(again) = others.max_by_key(|&act| (self.at(act), act)) else { continue };
                let again_at = self.at(again);
                if again_at.last > end.0 {
                    tell(Instance {
                        people: [Some(*actor), Some(*victim), None],
                        acts: [Some(exploited), Some(again), None],
                        certain: again_at.first > end.1,
                    });
                }
            }
        }
    }

    /// W, upon whom somebody acted before, brings in V.
    fn of_victims(&self, tell: &mut impl FnMut(Instance)) {
        let first = |(victim, upon): &(EntityId, Upon)| {
            let acts = upon.all.iter().filter_map(|(who, acts)| Some((self.first(acts)?, *who)));
            let (act, who) = acts.min_by_key(|&(act, _)| (self.at(act), act))?;
            Some((*victim, (act, who)))
        };
        let above: BTreeMap<EntityId, (u32, EntityId)> =
            self.grouped.of_victim.iter().filter_map(first).collect();
        for (victim, upon) in &self.grouped.of_victim {
            for (brings, act, recruiter) in self.firsts(&upon.by_victims) {
                let Some(&(before, actor)) = above.get(&recruiter) else { continue };
                let acted = self.at(before);
                if acted.first <= brings.last {
                    tell(Instance {
                        people: [Some(actor), Some(recruiter), Some(*victim)],
                        acts: [Some(before), Some(act), None],
                        certain: acted.last <= brings.first,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
