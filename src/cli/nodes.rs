//! Which network is looked at, and what its nodes are called.

use clap::ValueEnum;
use kluwen::case::{Case, IdKind};
use kluwen::cluster::network::Between;
use kluwen::error::{Error, Result, excerpt};
use kluwen::graph::{Flat, Mode, Network, View};
use kluwen::identity::{Entities, EntityId};
use kluwen::output::Cell;

use super::flags::FlattenFlags;

/// Which network is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum NetworkFlag {
    /// People, tied by links
    #[default]
    People,
    /// People and case files, tied by roles
    Cases,
    /// Victims and channels, tied by first contacts and advertisements
    Channels,
    /// Actors and victims, tied by acts
    Victims,
}

impl From<NetworkFlag> for Between {
    fn from(flag: NetworkFlag) -> Self {
        match flag {
            NetworkFlag::People => Self::People,
            NetworkFlag::Cases => Self::PeopleAndCases,
            NetworkFlag::Channels => Self::VictimsAndChannels,
            NetworkFlag::Victims => Self::ActorsAndVictims,
        }
    }
}

impl NetworkFlag {
    /// The graph to be measured, with what each node is.
    pub(crate) fn flatten(
        self,
        network: &Network<'_>,
        view: &View,
        flags: FlattenFlags,
    ) -> Flat<Mode> {
        match self {
            Self::People => {
                let Flat { csr, nodes, left_out } =
                    network.flatten(view, flags.direction(), flags.weight());
                Flat { csr, nodes: nodes.into_iter().map(Mode::Person).collect(), left_out }
            }
            Self::Victims => network.actors_by_victims(view),
            Self::Cases => network.people_by_cases(view),
            Self::Channels => network.victims_by_channels(view),
        }
    }
}

/// The code of a node: `E12`, `V9`, `case c4` or `channel ch3`; nobody's id may pass for a person's code.
pub(crate) fn code(node: Mode, case: &Case, entities: &Entities) -> String {
    match node {
        Mode::Person(entity) => entities.code(entity),
        Mode::Channel(id) => format!("channel {}", case.shown(IdKind::Channel, id)),
        Mode::Case(id) => format!("case {}", case.shown(IdKind::Case, id)),
        Mode::Place(id) => format!("place {}", case.shown(IdKind::Place, id)),
        Mode::Identifier(kind, value) => format!("{kind} {}", case.shown(IdKind::Value, value)),
    }
}

/// The ids of a node in the files: of a person perhaps several.
pub(crate) fn all_ids<'a>(node: Mode, case: &'a Case, entities: &'a Entities) -> Vec<&'a str> {
    match node {
        Mode::Person(entity) => entities.person_ids(case, entity).collect(),
        Mode::Channel(id) => vec![case.shown(IdKind::Channel, id)],
        Mode::Case(id) => vec![case.shown(IdKind::Case, id)],
        Mode::Place(id) => vec![case.shown(IdKind::Place, id)],
        Mode::Identifier(_, value) => vec![case.shown(IdKind::Value, value)],
    }
}

/// The same, as one text.
pub(crate) fn ids(node: Mode, case: &Case, entities: &Entities) -> String {
    all_ids(node, case, entities).join(" ")
}

/// The code, the ids and the sort of a node.
pub(crate) fn cells(node: Mode, case: &Case, entities: &Entities) -> [Cell; 3] {
    [
        code(node, case, entities).into(),
        ids(node, case, entities).into(),
        sort(node, entities).into(),
    ]
}

/// What a node is.
pub(crate) fn sort(node: Mode, entities: &Entities) -> &'static str {
    match node {
        Mode::Person(entity) if entities.victim(entity).is_some() => "victim",
        Mode::Person(_) => "person",
        Mode::Channel(_) => "channel",
        Mode::Case(_) => "case",
        Mode::Place(_) => "place",
        Mode::Identifier(..) => "identifier",
    }
}

/// The person that a word on the command line means: a `person_id`, or a code such as `E12` or `V9`.
pub(crate) fn person(word: &str, case: &Case, entities: &Entities) -> Result<EntityId> {
    let by_id = case.id_called(IdKind::Person, word).and_then(|id| entities.of(case, id));
    let by_code = || entities.iter().find(|&e| entities.code(e) == word || e.to_string() == word);
    if let (Some(id), Some(code)) = (by_id, by_code())
        && id != code
    {
        return Err(Error::usage(format!(
            "`{}` is the id of {} and the code of another person; use the other's id, or {}",
            excerpt(word),
            entities.code(id),
            entities.code(id)
        )));
    }
    by_id.or_else(by_code).ok_or_else(|| {
        Error::usage(format!(
            "nobody is `{}`; expected a person_id, or a code such as E12 or V9",
            excerpt(word)
        ))
    })
}

/// The people that a word means: one, or several with commas between them.
pub(crate) fn people(word: &str, case: &Case, entities: &Entities) -> Result<Vec<EntityId>> {
    // An id may have a comma of its own.
    if let Ok(one) = person(word, case, entities) {
        return Ok(vec![one]);
    }
    word.split(',').map(|one| person(one.trim(), case, entities)).collect()
}

#[cfg(test)]
mod tests {
    use kluwen::identity::Identities;

    use super::super::trial::case_of;
    use super::*;

    fn with_people<T>(ids: &str, ask: impl FnOnce(&Case, &Entities) -> T) -> T {
        let people = format!("person_id\n{}\n", ids.replace(' ', "\n"));
        let roles = "case_id,person_id,role\nc1,v,victim\n";
        let case = case_of(&[("people.csv", &people), ("roles.csv", roles)]);
        ask(&case, &Identities::as_given(&case).entities)
    }

    #[test]
    fn a_person_is_meant_by_id_or_by_code() {
        with_people("a b v", |case, entities| {
            let number = |word| person(word, case, entities).expect(word).number();
            assert_eq!(["a", "E1", "b", "E2", "v", "V1", "E3"].map(number), [0, 0, 1, 1, 2, 2, 2]);
            for word in ["", "c", "E4", "e1", "V2"] {
                let error = person(word, case, entities).expect_err(word).to_string();
                assert!(error.starts_with(&format!("nobody is `{word}`")), "{error}");
            }
        });
    }

    #[test]
    fn an_id_that_is_the_code_of_another_means_nobody() {
        with_people("E2 b v", |case, entities| {
            // Her own code is E1.
            let error = person("E2", case, entities).expect_err("two").to_string();
            assert!(error.starts_with("`E2` is the id of E1 and the code of another"), "{error}");
            assert_eq!(person("E1", case, entities).expect("by code").number(), 0);
        });
    }

    #[test]
    fn several_people_have_commas_between_them() {
        with_people("a b \"a,b\" v", |case, entities| {
            let ids = |word: &str| -> Vec<String> {
                let found = people(word, case, entities).expect(word);
                found
                    .iter()
                    .flat_map(|&who| entities.person_ids(case, who))
                    .map(str::to_owned)
                    .collect()
            };
            assert_eq!(ids("b, v"), ["b", "v"]);
            assert_eq!(ids("a,b"), ["a,b"], "an id of its own");
            people("b,nobody", case, entities).expect_err("one is nobody");
        });
    }

    #[test]
    fn nodes_are_called_by_what_they_are() {
        with_people("a v", |case, entities| {
            let file = Mode::Case(case.symbol("c1").expect("a case file"));
            let [person, victim] = [0, 1].map(|number| Mode::Person(EntityId::from_number(number)));
            assert_eq!(
                [person, victim, file].map(|node| code(node, case, entities)),
                ["E1", "V1", "case c1"]
            );
            assert_eq!(
                [person, victim, file].map(|node| ids(node, case, entities)),
                ["a", "v", "c1"]
            );
            assert_eq!(
                [person, victim, file].map(|node| sort(node, entities)),
                ["person", "victim", "case"]
            );
        });
    }
}
