//! Which rows say that one person recruited another: by mention, before anybody asks who is who.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::first_ties::first_ties;
use super::standing::{Standing, Standings};
use super::weights::{EvidenceClass as Class, EvidenceWeights};
use crate::case::{Assertion, Case, LinkKind, Role, Symbol, Table, When};
use crate::identity::Entities;

/// One row of the files, as evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) class: Class,
    /// Items of one source are one voice.
    pub(super) voice: Voice,
    /// The number of its row among all that are evidence: one row may be several items.
    pub(super) row: u32,
    pub(super) assertion: Assertion,
    pub(super) channel: Symbol,
    pub(super) when: When,
}

/// A source; or, where a row has none, its case file and whether it is a role or a link.
pub(super) type Voice = (Symbol, Symbol, bool);

/// What is on record between one mention and one victim in one case file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Strand {
    /// The row of `people` of who may have recruited.
    pub(super) actor: u32,
    /// The row of the victim; none where a role is recorded in a case without a victim on record.
    pub(super) victim: Option<u32>,
    pub(super) case: Symbol,
    /// Its items, by voice.
    pub(super) items: Range<usize>,
    /// The chance that evidence of somebody of his standing is that of an offender.
    pub(super) factor: f64,
    /// Whether the lack of a class of rows says something: acts against her are on record.
    pub(super) lacks_count: bool,
    /// The number of its actor's presence in its case, among all such.
    pub(super) presence: u32,
    /// Whether another offender's first tie to her is known to be earlier.
    pub(super) came_later: bool,
}

/// All evidence of recruiting in a case.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub(super) items: Vec<Item>,
    /// By case, then victim, then actor.
    pub(super) strands: Vec<Strand>,
    /// The strands of each victim in each case.
    pub(super) occasions: Vec<Range<usize>>,
    /// How many rows are evidence.
    pub(super) rows: usize,
    /// How many presences of an actor in a case there are.
    pub(super) presences: usize,
}

/// A strand's place in the order: case, victim, actor.
pub(super) type Key = (Symbol, Option<u32>, u32);

/// A victim whom somebody is tied to, and whether by an act.
type Tied = (Option<u32>, bool);

/// Roles of one actor in one case.
type Roles = BTreeMap<(Symbol, u32), Vec<Item>>;

impl Record {
    /// The evidence of a case. Who is a victim is what the entities say.
    pub(super) fn of(case: &Case, entities: &Entities, weights: &EvidenceWeights) -> Self {
        let gathering = Gathering { case, entities, standings: Standings::of_mentions(case) };
        let mut drafts = gathering.links();
        let roles = gathering.roles();
        gathering.attach_roles(roles, &mut drafts);
        let firsts = first_ties(case, &gathering.standings, |row| gathering.is_victim(row));
        for (key, item) in firsts.won {
            drafts.entry(key).or_default().push(item);
        }
        let mut record = Self::default();
        for (key, items) in drafts {
            let standing = gathering.standings.in_case(key.2, key.0);
            let factor = weights.factor(standing);
            if factor > 0.0 {
                record.push(key, items, factor, firsts.decided.contains(&(key.0, key.1)));
            }
        }
        record.settle();
        record
    }

    fn push(&mut self, key: Key, mut items: Vec<Item>, factor: f64, decided: bool) {
        let (case, victim, actor) = key;
        items
            .sort_by_key(|item| (item.voice, item.assertion.file, item.assertion.line, item.class));
        let came_later =
            decided && factor >= 1.0 && items.iter().all(|item| item.class != Class::CameFirst);
        let start = self.items.len();
        self.items.extend(items);
        let items = start..self.items.len();
        self.strands.push(Strand {
            actor,
            victim,
            case,
            items,
            factor,
            lacks_count: false,
            presence: 0,
            came_later,
        });
    }

    /// Numbers rows and presences, and cuts the strands into occasions.
    fn settle(&mut self) {
        let mut rows: BTreeMap<(u16, u32), u32> = BTreeMap::new();
        for item in &mut self.items {
            let next = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            item.row = *rows.entry((item.assertion.file, item.assertion.line)).or_insert(next);
        }
        self.rows = rows.len();
        let mut presences: BTreeMap<(Symbol, u32), u32> = BTreeMap::new();
        for strand in &mut self.strands {
            let next = u32::try_from(presences.len()).unwrap_or(u32::MAX);
            strand.presence = *presences.entry((strand.case, strand.actor)).or_insert(next);
        }
        self.presences = presences.len();
        let mut start = 0;
        while start < self.strands.len() {
            let key = (self.strands[start].case, self.strands[start].victim);
            let same = |strand: &&Strand| (strand.case, strand.victim) == key;
            let end = start + self.strands[start..].iter().take_while(same).count();
            let acts = |strand: &Strand| {
                self.items[strand.items.clone()].iter().any(|item| item.class.is_act())
            };
            let on_record = self.strands[start..end].iter().any(acts);
            for strand in &mut self.strands[start..end] {
                strand.lacks_count = on_record;
            }
            self.occasions.push(start..end);
            start = end;
        }
    }

    /// The items of a strand.
    pub(super) fn items_of(&self, strand: &Strand) -> &[Item] {
        &self.items[strand.items.clone()]
    }
}

struct Gathering<'a> {
    case: &'a Case,
    entities: &'a Entities,
    standings: Standings<u32>,
}

type Drafts = BTreeMap<Key, Vec<Item>>;

impl Gathering<'_> {
    fn row(&self, person: Symbol) -> Option<u32> {
        u32::try_from(self.case.row_of(Table::People, person.known()?)?).ok()
    }

    fn is_victim(&self, row: u32) -> bool {
        self.entities.victim(self.entities.of_row(row)).is_some()
    }

    /// What links say, by case, victim and actor.
    fn links(&self) -> Drafts {
        let mut drafts = Drafts::new();
        for link in self.case.links.iter() {
            let (class, to) = match link.kind {
                LinkKind::Recruited => (Class::Recruited, link.to),
                LinkKind::FirstContact => (Class::FirstContact, link.to),
                LinkKind::Groomed => (Class::Groomed, link.to),
                LinkKind::Introduced => (Class::Introduced, link.to),
                LinkKind::HandedOver => (Class::HandedOver, link.about),
                LinkKind::Exploited | LinkKind::Controlled => (Class::Exploited, link.to),
                LinkKind::ProfessionalContact | LinkKind::ContactAfter => continue,
                _ => (Class::Tied, link.to),
            };
            let mut pairs = vec![(link.from, to)];
            if class == Class::Tied {
                pairs.push((link.to, link.from));
            }
            for (actor, victim) in pairs {
                let (Some(actor), Some(victim)) = (self.row(actor), self.row(victim)) else {
                    continue;
                };
                let one = self.entities.of_row(actor) == self.entities.of_row(victim);
                if one || !self.is_victim(victim) {
                    continue;
                }
                let item = Item {
                    class,
                    voice: voice(&link.assertion, link.case, false),
                    row: 0,
                    assertion: link.assertion,
                    channel: link.channel,
                    when: link.start,
                };
                drafts.entry((link.case, Some(victim), actor)).or_default().push(item);
            }
        }
        // A tie alone makes an offender a candidate, and nobody else.
        drafts.retain(|&(case, _, actor), items| {
            items.iter().any(|item| item.class != Class::Tied)
                || self.standings.in_case(actor, case) == Standing::Offender
        });
        drafts
    }

    /// The offenders' roles, by case and actor.
    fn roles(&self) -> Roles {
        let mut roles = Roles::new();
        for role in self.case.roles.iter() {
            let class = match role.role {
                Role::Recruiter => Class::RoleRecruiter,
                Role::Groomer => Class::RoleGroomer,
                Role::Exploiter | Role::Controller | Role::Broker | Role::Offender => {
                    Class::RoleOffender
                }
                other if other.is_offender() => Class::RoleHelper,
                _ => continue,
            };
            let Some(actor) = self.row(role.person) else { continue };
            let item = Item {
                class,
                voice: voice(&role.assertion, role.case, true),
                row: 0,
                assertion: role.assertion,
                channel: Symbol::EMPTY,
                when: role.start,
            };
            roles.entry((role.case, actor)).or_default().push(item);
        }
        roles
    }

    /// A role speaks of the victims whom the person's acts point at, else of all victims of the case.
    fn attach_roles(&self, roles: Roles, drafts: &mut Drafts) {
        let victims = self.victims_by_case(drafts);
        let mut acted: BTreeMap<(Symbol, u32), Vec<Tied>> = BTreeMap::new();
        for (&(case, victim, actor), items) in drafts.iter() {
            let act = items.iter().any(|item| item.class.is_act());
            acted.entry((case, actor)).or_default().push((victim, act));
        }
        let mut crowds: BTreeMap<Symbol, usize> = BTreeMap::new();
        for &(case, _) in roles.keys() {
            *crowds.entry(case).or_default() += 1;
        }
        for ((case, actor), items) in roles {
            let tied = acted.get(&(case, actor)).map_or(&[][..], Vec::as_slice);
            let of_case = victims.get(&case).map_or(&[][..], Vec::as_slice);
            for victim in self.spoken_of(actor, tied, of_case, crowds[&case]) {
                drafts.entry((case, victim, actor)).or_default().extend(&items);
            }
        }
    }

    /// Of which victims of a case somebody's role in it speaks, where `crowd` people have an offender's role.
    fn spoken_of(
        &self,
        actor: u32,
        tied: &[Tied],
        of_case: &[u32],
        crowd: usize,
    ) -> Vec<Option<u32>> {
        let by_act: Vec<Option<u32>> =
            tied.iter().filter(|(_, act)| *act).map(|&(victim, _)| victim).collect();
        if !by_act.is_empty() {
            return by_act;
        }
        let own = self.entities.of_row(actor);
        let others = of_case.iter().filter(|&&victim| self.entities.of_row(victim) != own);
        let others: Vec<Option<u32>> = others.map(|&victim| Some(victim)).collect();
        if (1..=MANY).contains(&others.len()) && others.len() * crowd <= CROWD {
            others
        } else if (1..=MANY).contains(&tied.len()) {
            tied.iter().map(|&(victim, _)| victim).collect()
        } else {
            vec![None]
        }
    }

    /// The victims of each case: by role, or because somebody acted upon them in it.
    fn victims_by_case(&self, drafts: &Drafts) -> BTreeMap<Symbol, Vec<u32>> {
        let mut found: BTreeMap<Symbol, BTreeSet<u32>> = BTreeMap::new();
        for role in self.case.roles.iter().filter(|role| role.role.is_victim()) {
            found.entry(role.case).or_default().extend(self.row(role.person));
        }
        for &(case, victim, _) in drafts.keys() {
            found.entry(case).or_default().extend(victim);
        }
        found.into_iter().map(|(case, rows)| (case, rows.into_iter().collect())).collect()
    }
}

/// Over more victims than these a role is not spread: among very many, it says of none that she is the one.
const MANY: usize = 100;

/// In a case with more pairs of victim and offender than these, roles speak only of those whom acts or ties point at.
const CROWD: usize = 20_000;

/// Rows without a source are the voice of their case file; what it records as roles and as acts are two.
pub(super) fn voice(assertion: &Assertion, case: Symbol, role: bool) -> Voice {
    match assertion.source.known() {
        Some(source) => (source, Symbol::EMPTY, false),
        None => (Symbol::EMPTY, case, role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sketch::case;

    fn record(links: &str, roles: &str) -> (Case, Record) {
        let case = case(&[
            ("cases.csv", "case_id\nc1\nc2\n"),
            ("people.csv", "person_id\np1\np2\np3\np4\np5\np6\n"),
            ("roles.csv", &format!("case_id,person_id,role,status\n{roles}")),
            ("links.csv", &format!("link_id,from,to,kind,case_id,about\n{links}")),
        ]);
        let entities = Entities::as_given(&case);
        let record = Record::of(&case, &entities, &EvidenceWeights::default());
        (case, record)
    }

    /// By strand: the rows of the actor and of the victim, from 1, and what its items are.
    fn told(record: &Record) -> Vec<(u32, Option<u32>, Vec<Class>)> {
        let strand = |one: &Strand| {
            let mut classes: Vec<Class> =
                record.items_of(one).iter().map(|item| item.class).collect();
            classes.sort_unstable();
            (one.actor + 1, one.victim.map(|row| row + 1), classes)
        };
        record.strands.iter().map(strand).collect()
    }

    const VICTIMS: &str = "c1,p3,victim,\nc1,p4,victim,\n";

    #[test]
    fn a_strand_is_all_that_is_on_record_of_two_in_one_file() {
        // The last two are a tie of nobody's known part, and a meeting by profession.
        let links = "l1,p1,p3,recruited,c1,\nl2,p3,p2,contact,c1,\nl3,p1,p2,handed_over,c1,p4\nl4,p5,p3,contact,c1,\n\
                     l5,p2,p4,professional_contact,c1,\n";
        let roles = format!("{VICTIMS}c1,p1,recruiter,\nc1,p2,exploiter,\n");
        let (_, record) = record(links, &roles);
        let expected = vec![
            (1, Some(3), vec![Class::Recruited, Class::RoleRecruiter]),
            (2, Some(3), vec![Class::RoleOffender, Class::Tied]),
            (1, Some(4), vec![Class::HandedOver, Class::RoleRecruiter]),
            (2, Some(4), vec![Class::RoleOffender]),
        ];
        assert_eq!(told(&record), expected);
        assert_eq!(record.occasions, [0..2, 2..4]);
        assert!(record.strands.iter().all(|strand| strand.lacks_count), "acts are on record");
        // Three links and two roles, of which each is several items; two people in one file.
        assert_eq!((record.rows, record.presences, record.items.len()), (5, 2, 7));
        let presences: Vec<u32> = record.strands.iter().map(|strand| strand.presence).collect();
        assert_eq!(presences, [0, 1, 0, 1]);
        let roles: Vec<u32> = record
            .items
            .iter()
            .filter(|item| item.class == Class::RoleRecruiter)
            .map(|item| item.row)
            .collect();
        assert_eq!(roles[0], roles[1], "one row, twice an item");
    }

    #[test]
    fn each_kind_of_link_is_of_a_class() {
        for (kind, class) in [
            ("recruited", Class::Recruited),
            ("first_contact", Class::FirstContact),
            ("groomed", Class::Groomed),
            ("introduced", Class::Introduced),
            ("exploited", Class::Exploited),
            ("controlled", Class::Exploited),
            ("paid", Class::Tied),
            ("housed", Class::Tied),
        ] {
            let roles = format!("{VICTIMS}c1,p1,driver,\n");
            let (_, found) = record(&format!("l1,p1,p3,{kind},c1,\n"), &roles);
            let own = told(&found).into_iter().find(|one| one.1 == Some(3)).expect("a strand");
            assert!(own.2.contains(&class), "{kind}: {own:?}");
            let acts = class.is_act();
            assert_eq!(found.strands[0].lacks_count, acts, "{kind}");
        }
        for kind in ["contact_after", "professional_contact"] {
            let (_, found) = record(&format!("l1,p1,p3,{kind},c1,\n"), VICTIMS);
            assert!(found.strands.is_empty(), "{kind}");
        }
        let roles = format!("{VICTIMS}c1,p1,driver,\n");
        let (_, found) = record("l1,p1,p2,paid,c1,\n", &roles);
        assert!(found.strands.iter().all(|one| one.victim != Some(1)), "she is no victim");
    }

    #[test]
    fn a_role_speaks_of_all_victims_of_its_file_or_of_nobody_in_particular() {
        let (_, found) = record("", &format!("{VICTIMS}c1,p1,groomer,\nc2,p1,recruiter,\n"));
        let expected = vec![
            (1, Some(3), vec![Class::RoleGroomer]),
            (1, Some(4), vec![Class::RoleGroomer]),
            (1, None, vec![Class::RoleRecruiter]),
        ];
        assert_eq!(told(&found), expected);
        let (_, found) = record("", &format!("{VICTIMS}c1,p1,client,\nc1,p2,witness,\n"));
        assert!(found.strands.is_empty());
        let (_, found) = record("", &format!("{VICTIMS}c1,p3,recruiter,\n"));
        assert_eq!(told(&found), [(3, Some(4), vec![Class::RoleRecruiter])], "not of herself");
    }

    #[test]
    fn what_says_of_the_acquitted_counts_for_nothing_and_of_professionals_for_a_tenth() {
        let roles = format!("{VICTIMS}c1,p1,recruiter,acquitted\nc1,p2,professional,\n");
        let links = "l1,p1,p3,recruited,c1,\nl2,p2,p3,first_contact,c1,\n";
        let (_, found) = record(links, &roles);
        assert_eq!(told(&found), [(2, Some(3), vec![Class::FirstContact])]);
        assert!((found.strands[0].factor - 0.1).abs() < 1e-12);
    }

    #[test]
    fn rows_of_one_source_are_one_voice_and_those_without_of_their_file() {
        let (case, found) = record("l1,p1,p3,recruited,c1,\n", VICTIMS);
        let (assertion, file) = (found.items[0].assertion, case.cases[0].case);
        assert_eq!(voice(&assertion, file, true), (Symbol::EMPTY, file, true));
        let said = Assertion { source: case.cases[1].case, ..assertion };
        assert_eq!(voice(&said, file, true), (said.source, Symbol::EMPTY, false));
    }
}
