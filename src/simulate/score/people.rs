//! Which true person an entity of the findings is.

use std::collections::{BTreeMap, BTreeSet};

use super::super::truth::Truth;
use super::clusters::Labels;
use super::found::{Found, FoundRecruiter};

/// A true person, by his place in [`Truth::persons`].
pub(super) type PersonNo = usize;

/// The people of a truth, by their ids.
pub(super) struct People<'a> {
    pub(super) truth: &'a Truth,
    by_mention: BTreeMap<&'a str, PersonNo>,
    by_id: BTreeMap<&'a str, PersonNo>,
    pub(super) recurring: BTreeSet<PersonNo>,
    pub(super) detectable: BTreeSet<PersonNo>,
    /// Victims, coerced or not: never to be listed.
    pub(super) protected: BTreeSet<PersonNo>,
}

/// An entry of the ranked list, and who it is.
pub(super) struct Entry<'a> {
    pub(super) found: &'a FoundRecruiter,
    pub(super) person: Option<PersonNo>,
    /// Somebody higher up is the same person.
    pub(super) again: bool,
}

impl<'a> People<'a> {
    pub(super) fn of(truth: &'a Truth) -> Self {
        let (mut by_mention, mut by_id) = (BTreeMap::new(), BTreeMap::new());
        for (no, person) in truth.persons.iter().enumerate() {
            by_id.insert(&*person.id, no);
            by_mention.extend(person.person_ids.iter().map(|id| (&**id, no)));
        }
        let set = |ids: &'a [String]| -> BTreeSet<PersonNo> {
            ids.iter().filter_map(|id| by_id.get(&**id).copied()).collect()
        };
        let victims = truth.persons.iter().enumerate().filter(|(_, one)| one.kind == "victim");
        let mut protected: BTreeSet<PersonNo> = victims.map(|(no, _)| no).collect();
        protected.extend(set(&truth.coerced));
        let (recurring, detectable) = (set(&truth.recurring), set(&truth.detectable));
        Self { truth, by_mention, by_id, recurring, detectable, protected }
    }

    /// The true person of most of the ids; in a tie, whoever of the tied has the earliest id in the list.
    pub(super) fn most(&self, ids: &[String]) -> Option<PersonNo> {
        let mut counts: BTreeMap<PersonNo, usize> = BTreeMap::new();
        let persons = || ids.iter().filter_map(|id| self.by_mention.get(&**id).copied());
        for person in persons() {
            *counts.entry(person).or_default() += 1;
        }
        let most = counts.values().copied().max()?;
        persons().find(|person| counts[person] == most)
    }

    pub(super) fn person(&self, id: &str) -> Option<PersonNo> {
        self.by_id.get(id).copied()
    }

    /// Whether any of the ids is a victim's.
    pub(super) fn any_protected(&self, ids: &[String]) -> bool {
        let persons = ids.iter().filter_map(|id| self.by_mention.get(&**id));
        persons.into_iter().any(|person| self.protected.contains(person))
    }

    /// The ranked list, entry by entry.
    pub(super) fn entries<'f>(&self, found: &'f Found) -> Vec<Entry<'f>> {
        let mut seen = BTreeSet::new();
        let entry = |one: &'f FoundRecruiter| {
            let person = self.most(&one.person_ids);
            let again = person.is_some_and(|person| !seen.insert(person));
            Entry { found: one, person, again }
        };
        found.recruiters.iter().map(entry).collect()
    }

    /// True person and entity of every mention, and the person again, for choosing among them.
    ///
    /// A mention that no entity has stands alone; in two entities, the first counts.
    pub(super) fn mentions(&self, found: &Found) -> Vec<Labels> {
        let mut entity_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (no, entity) in found.entities.iter().enumerate() {
            for id in &entity.person_ids {
                entity_of.entry(id).or_insert(no);
            }
        }
        let alone = found.entities.len()..;
        let label = |((id, person), alone): ((&&str, &PersonNo), usize)| {
            (*person, entity_of.get(*id).copied().unwrap_or(alone))
        };
        self.by_mention.iter().zip(alone).map(label).collect()
    }
}
