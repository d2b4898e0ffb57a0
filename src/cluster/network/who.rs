//! Who is who, as the engine needs to know it.

use std::collections::BTreeSet;

use super::Between;
use crate::case::{Case, IdKind, Symbol};
use crate::cluster::SqlEngine;
use crate::cluster::home::Called;
use crate::cluster::table::{Column, Columns, Values};
use crate::error::Result;
use crate::graph::Mode;
use crate::identity::{Entities, EntityId};

/// What this machine knows of the nodes of a network: who is a victim, and how channels, places and case files are numbered.
///
/// Table `entities(person_id STRING, entity BIGINT)` is put beside it by whoever worked out who is who.
#[derive(Clone, Debug)]
pub struct Who {
    people: usize,
    victims: Vec<EntityId>,
    /// The second side, in order.
    others: Vec<Mode>,
    ids: Vec<String>,
    between: Between,
}

impl Who {
    /// Of the people, channels, places and case files of a case that names all that the tables name.
    #[must_use]
    pub fn of(case: &Case, entities: &Entities, between: Between, called: &Called) -> Self {
        let others: BTreeSet<Mode> = match between {
            Between::People | Between::ActorsAndVictims => BTreeSet::new(),
            Between::PeopleAndCases => cases(case).map(Mode::Case).collect(),
            Between::VictimsAndChannels | Between::PeopleAndChannels => {
                channels(case).map(Mode::Channel).collect()
            }
            Between::PeopleAndPlaces => places(case).map(Mode::Place).collect(),
        };
        let id = |mode: &Mode| match *mode {
            Mode::Case(id) => called.id(IdKind::Case, case.text(id)).into_owned(),
            Mode::Channel(id) => called.id(IdKind::Channel, case.text(id)).into_owned(),
            Mode::Place(id) => called.id(IdKind::Place, case.text(id)).into_owned(),
            _ => String::new(),
        };
        Self {
            people: entities.len(),
            victims: entities.iter().filter(|&one| entities.victim(one).is_some()).collect(),
            ids: others.iter().map(id).collect(),
            others: others.into_iter().collect(),
            between,
        }
    }

    /// How many people there are; nodes of a second side are numbered from here.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people
    }

    /// What the node of that number is; none if there is none.
    #[must_use]
    pub fn mode(&self, node: i64) -> Option<Mode> {
        let at = usize::try_from(node).ok()?;
        let person = |at: usize| {
            let number = u32::try_from(at).ok()?;
            (at < self.people).then(|| Mode::Person(EntityId::from_number(number)))
        };
        match at.checked_sub(self.people) {
            None => person(at),
            Some(place) if self.between == Between::ActorsAndVictims => person(place),
            Some(place) => self.others.get(place).copied(),
        }
    }

    /// The tables `victim_entities(entity)` and `others(id, node)`, by name.
    #[must_use]
    pub fn tables(&self) -> [(&'static str, Columns); 2] {
        let victims = self.victims.iter().map(|one| Some(i64::from(one.node()))).collect();
        let nodes = (0..self.others.len()).map(|at| i64::try_from(self.people + at).ok());
        let others = vec![
            Column::new("id", Values::Text(self.ids.iter().map(Some).collect())),
            Column::new("node", Values::Whole(nodes.collect())),
        ];
        [
            ("victim_entities", Columns(vec![Column::new("entity", Values::Whole(victims))])),
            ("others", Columns(others)),
        ]
    }

    /// Puts [`tables`](Self::tables) to the engine.
    ///
    /// # Errors
    ///
    /// If the engine fails.
    pub fn put(&self, engine: &mut dyn SqlEngine, work: &str) -> Result<()> {
        let mut tables = self.tables().into_iter();
        tables.try_for_each(|(name, rows)| engine.put(name, &rows, &format!("{work}/{name}")))
    }
}

fn channels(case: &Case) -> impl Iterator<Item = Symbol> {
    let listed = case.channels.iter().map(|one| one.channel);
    let of_links = case.links.iter().map(|one| one.channel);
    let of_ads = case.ads.iter().map(|one| one.channel);
    listed.chain(of_links).chain(of_ads).filter_map(Symbol::known)
}

fn places(case: &Case) -> impl Iterator<Item = Symbol> {
    let listed = case.places.iter().map(|one| one.place);
    listed.chain(case.links.iter().map(|one| one.place)).filter_map(Symbol::known)
}

fn cases(case: &Case) -> impl Iterator<Item = Symbol> {
    let listed = case.cases.iter().map(|one| one.case);
    listed.chain(case.roles.iter().map(|one| one.case)).filter_map(Symbol::known)
}
