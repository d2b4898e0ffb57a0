//! Which rows say that one person recruited another.

use std::collections::{BTreeMap, BTreeSet};

use super::standing::{Standing, Standings};
use super::weights::{EvidenceClass, EvidenceWeights};
use crate::case::{Assertion, Case, Link, LinkKind, Role, RoleInCase, Symbol, When};
use crate::identity::{Entities, EntityId};

/// One row's evidence that a person recruited somebody.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Evidence {
    pub(super) actor: EntityId,
    /// Of whom; none where a role is recorded in a case without a victim on record.
    pub(super) victim: Option<EntityId>,
    pub(super) class: EvidenceClass,
    /// How likely a recruitment is, given that the row is true.
    pub(super) weight: f64,
    /// The part of the weight that the actor's standing takes away: 1 for an offender.
    pub(super) factor: f64,
    pub(super) assertion: Assertion,
    pub(super) case: Symbol,
    pub(super) channel: Symbol,
    pub(super) when: When,
}

impl Evidence {
    /// Items of one source are one voice. Rows without a source are the voice of their case file.
    pub(super) fn voice(&self) -> (Symbol, Symbol) {
        let source = self.assertion.source;
        if source.is_known() { (source, Symbol::EMPTY) } else { (Symbol::EMPTY, self.case) }
    }
}

/// All evidence of recruiting in a case, by actor, in the order of the files.
pub(super) fn gather(
    case: &Case,
    entities: &Entities,
    weights: &EvidenceWeights,
) -> BTreeMap<EntityId, Vec<Evidence>> {
    let gathering = Gathering {
        case,
        entities,
        weights,
        standings: Standings::of(case, entities),
        ties: Ties::of(case, entities),
    };
    let mut found = gathering.links();
    found.extend(gathering.roles(&found));
    found.extend(gathering.came_first());
    fade_explained(&mut found, weights.explained);
    let mut by_actor: BTreeMap<EntityId, Vec<Evidence>> = BTreeMap::new();
    for item in found.into_iter().filter(|item| item.weight > 0.0) {
        by_actor.entry(item.actor).or_default().push(item);
    }
    by_actor
}

struct Gathering<'a> {
    case: &'a Case,
    entities: &'a Entities,
    weights: &'a EvidenceWeights,
    standings: Standings,
    ties: Ties,
}

/// Who is tied to which victim, and which victims a case has.
struct Ties {
    victims: BTreeMap<Symbol, BTreeSet<EntityId>>,
    tied: BTreeSet<(EntityId, EntityId, Symbol)>,
}

impl Ties {
    fn of(case: &Case, entities: &Entities) -> Self {
        let mut ties = Self { victims: BTreeMap::new(), tied: BTreeSet::new() };
        let victim = |person| entities.of(case, person).filter(|&e| entities.victim(e).is_some());
        for role in case.roles.iter().filter(|role| role.role.is_victim()) {
            ties.victims.entry(role.case).or_default().extend(victim(role.person));
        }
        for link in case.links.iter() {
            let ends = [(link.from, link.to), (link.to, link.from), (link.from, link.about)];
            for (actor, victim) in ends.map(|(a, v)| (entities.of(case, a), victim(v))) {
                if let (Some(actor), Some(victim)) = (actor, victim) {
                    ties.tied.insert((actor, victim, link.case));
                }
            }
        }
        ties
    }
}

impl Gathering<'_> {
    fn item(
        &self,
        class: EvidenceClass,
        actor: EntityId,
        victim: Option<EntityId>,
        link: &Link,
    ) -> Evidence {
        let standing = self.standings.in_case(actor, link.case);
        let weight = self.weights.of(class, standing);
        let factor = self.weights.factor(standing);
        let (assertion, case, channel, when) =
            (link.assertion, link.case, link.channel, link.start);
        Evidence { actor, victim, class, weight, factor, assertion, case, channel, when }
    }

    /// What links say by themselves.
    fn links(&self) -> Vec<Evidence> {
        let mut found = Vec::new();
        for link in self.case.links.iter() {
            let (class, victim) = match link.kind {
                LinkKind::Recruited => (EvidenceClass::Recruited, link.to),
                LinkKind::FirstContact => (EvidenceClass::FirstContact, link.to),
                LinkKind::Groomed => (EvidenceClass::Groomed, link.to),
                LinkKind::Introduced => (EvidenceClass::Introduced, link.to),
                LinkKind::HandedOver => (EvidenceClass::HandedOver, link.about),
                LinkKind::Exploited | LinkKind::Controlled => (EvidenceClass::Exploited, link.to),
                _ => continue,
            };
            let actor = self.entities.of(self.case, link.from);
            let victim = self.entities.of(self.case, victim);
            if let (Some(actor), Some(victim)) = (actor, victim)
                && actor != victim
                && self.entities.victim(victim).is_some()
            {
                found.push(self.item(class, actor, Some(victim), link));
            }
        }
        found
    }

    /// What roles say: of the victims whom the person's links point at, else of those he is tied to, else of
    /// all victims of the case together.
    fn roles(&self, links: &[Evidence]) -> Vec<Evidence> {
        let mut direct: BTreeMap<(EntityId, Symbol), BTreeSet<EntityId>> = BTreeMap::new();
        for item in links.iter().filter(|item| item.class.is_direct()) {
            direct.entry((item.actor, item.case)).or_default().extend(item.victim);
        }
        let mut found = Vec::new();
        for role in self.case.roles.iter() {
            let class = match role.role {
                Role::Recruiter => EvidenceClass::RoleRecruiter,
                Role::Groomer => EvidenceClass::RoleGroomer,
                Role::Exploiter | Role::Controller | Role::Broker | Role::Offender => {
                    EvidenceClass::RoleOffender
                }
                _ => continue,
            };
            let Some(actor) = self.entities.of(self.case, role.person) else {
                continue;
            };
            match direct.get(&(actor, role.case)) {
                Some(victims) => {
                    found
                        .extend(victims.iter().map(|&v| self.role(class, actor, Some(v), role, 1)));
                }
                None => found.extend(self.spread(class, actor, role)),
            }
        }
        found
    }

    /// One role in a case says that he recruited one of its victims, not which.
    fn spread(&self, class: EvidenceClass, actor: EntityId, role: &RoleInCase) -> Vec<Evidence> {
        let none = BTreeSet::new();
        let all = self.ties.victims.get(&role.case).unwrap_or(&none);
        let others = || all.iter().copied().filter(|&victim| victim != actor);
        let tied: Vec<EntityId> = others()
            .filter(|&victim| self.ties.tied.contains(&(actor, victim, role.case)))
            .collect();
        let victims = if tied.is_empty() { others().collect() } else { tied };
        // Among very many, one role says of none that she is the one.
        if victims.is_empty() || victims.len() > MANY {
            return vec![self.role(class, actor, None, role, 1)];
        }
        victims
            .iter()
            .map(|&victim| self.role(class, actor, Some(victim), role, victims.len()))
            .collect()
    }

    /// The weight is such that over `among` victims together it comes to that of one row.
    fn role(
        &self,
        class: EvidenceClass,
        actor: EntityId,
        victim: Option<EntityId>,
        role: &RoleInCase,
        among: usize,
    ) -> Evidence {
        let standing = self.standings.in_case(actor, role.case);
        let one = self.weights.of(class, standing);
        let factor = self.weights.factor(standing);
        let weight = 1.0 - libm::pow(1.0 - one, 1.0 / among as f64);
        let (assertion, case, when) = (role.assertion, role.case, role.start);
        Evidence {
            actor,
            victim,
            class,
            weight,
            factor,
            assertion,
            case,
            channel: Symbol::EMPTY,
            when,
        }
    }

    /// Whose first tie to a victim certainly precedes that of every other offender, within a month of exploitation.
    fn came_first(&self) -> Vec<Evidence> {
        const MONTH: i32 = 30;
        let mut first: BTreeMap<(Symbol, EntityId), Vec<(EntityId, &Link)>> = BTreeMap::new();
        let mut began: BTreeMap<(Symbol, EntityId), When> = BTreeMap::new();
        for link in self.case.links.iter().filter(|link| link.start.is_known()) {
            let ends =
                (self.entities.of(self.case, link.from), self.entities.of(self.case, link.to));
            let (Some(actor), Some(victim)) = ends else {
                continue;
            };
            if self.entities.victim(victim).is_none() || link.kind == LinkKind::ContactAfter {
                continue;
            }
            let key = (link.case, victim);
            if link.kind == LinkKind::Exploited {
                let start = began.entry(key).or_insert(link.start);
                if link.start.is_before(*start) {
                    *start = link.start;
                }
            }
            if self.standings.in_case(actor, link.case) == Standing::Offender {
                first.entry(key).or_default().push((actor, link));
            }
        }
        let mut found = Vec::new();
        for (key, ties) in &first {
            let within = |link: &Link| {
                let exploited = began.get(key).and_then(|when| when.latest());
                let days = exploited
                    .zip(link.start.earliest())
                    .map(|(end, start)| end.number() - start.number());
                days.is_some_and(|days| (0..=MONTH).contains(&days))
            };
            let alone = |actor, link: &Link| {
                let mut others = ties.iter().filter(|(other, _)| *other != actor).peekable();
                others.peek().is_some()
                    && others.all(|(_, other)| link.start.is_before(other.start))
            };
            let winner = ties.iter().find(|(actor, link)| alone(*actor, link) && within(link));
            found.extend(winner.map(|&(actor, link)| {
                self.item(EvidenceClass::CameFirst, actor, Some(key.1), link)
            }));
        }
        found
    }
}

/// Over more victims than these a role is not spread.
const MANY: usize = 100;

/// Where somebody directly stands as a victim's recruiter in a case, weak signs against others fade.
fn fade_explained(found: &mut [Evidence], factor: f64) {
    const CLEAR: f64 = 0.5;
    let mut clear: BTreeMap<(Symbol, EntityId), BTreeSet<EntityId>> = BTreeMap::new();
    for item in found.iter().filter(|item| item.class.is_direct()) {
        if let (true, Some(victim)) = (item.assertion.certainty * item.weight >= CLEAR, item.victim)
        {
            clear.entry((item.case, victim)).or_default().insert(item.actor);
        }
    }
    for item in found.iter_mut().filter(|item| !item.class.is_direct()) {
        let others = item.victim.and_then(|victim| clear.get(&(item.case, victim)));
        if others.is_some_and(|actors| actors.iter().any(|&actor| actor != item.actor)) {
            item.weight *= factor;
        }
    }
}
