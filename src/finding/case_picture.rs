//! A map of people and case files, tied by roles: for cases in which nobody recorded who did what to whom.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::map::{Map, MapEdge, MapNode, Note, Part, Shown, TieKind};
use super::part::{Played, parts, played_by_case};
use super::picture::Picture;
use super::rows::{above_clearance, evidence, last_day, span};
use crate::case::{Case, IdKind, Role, Symbol};
use crate::graph::{Mode, Network};
use crate::identity::EntityId;

/// All rows that give one person one role in one case file.
type Bundles = BTreeMap<(EntityId, Symbol, Role), Vec<usize>>;

/// By node: to whom or what it is tied.
type Ties = BTreeMap<Mode, BTreeSet<Mode>>;

impl Picture {
    /// The map of who has a role in which case file.
    ///
    /// A large network shows the people in most case files, and the files that tie them to one another.
    #[must_use]
    pub fn draw_cases(&self, network: &Network<'_>) -> Map {
        let mut bundles = Bundles::new();
        for (row, role, person) in network.roles(&self.view) {
            bundles.entry((person, role.case, role.role)).or_default().push(row);
        }
        let shown = self.choose_cases(&ties(&bundles));
        let place: BTreeMap<Mode, usize> = shown.iter().copied().zip(0..).collect();
        let case = network.case();
        let edges: Vec<MapEdge> =
            bundles.iter().filter_map(|(key, rows)| edge(*key, rows, &place, case)).collect();
        let map = Map {
            nodes: self.case_nodes(&shown, network),
            edges,
            people_in_all: network.entities().len(),
            ..Map::default()
        };
        let notes = case_notes(&map, &bundles, case);
        Map { notes, until: last_day(case), ..map }
    }

    /// Who and what is shown: those asked for and what is near them, else whoever is in most case files and the files that tie most of them.
    fn choose_cases(&self, ties: &Ties) -> Vec<Mode> {
        if self.around.is_empty() && ties.len() <= self.most {
            return ties.keys().copied().collect();
        }
        let mut chosen = BTreeSet::new();
        for mode in self.wanted(ties) {
            if chosen.len() < self.most {
                chosen.insert(mode);
            }
        }
        // A person whose files are all left out would stand alone.
        let tied = |mode: &Mode| ties[mode].iter().any(|other| chosen.contains(other));
        chosen.iter().copied().filter(tied).collect()
    }

    fn wanted(&self, ties: &Ties) -> Vec<Mode> {
        let many_first = |mode: &Mode| (Reverse(ties[mode].len()), *mode);
        if self.around.is_empty() {
            let mut people: Vec<Mode> =
                ties.keys().copied().filter(|mode| matches!(mode, Mode::Person(_))).collect();
            people.sort_by_key(many_first);
            people.truncate(self.most.div_ceil(2));
            let mut files: Vec<Mode> =
                people.iter().flat_map(|person| &ties[person]).copied().collect();
            let among =
                |file: &Mode| ties[file].iter().filter(|person| people.contains(person)).count();
            files.sort_by_cached_key(|file| (Reverse(among(file)), *file));
            files.dedup();
            return people.iter().copied().chain(files).collect();
        }
        let asked: Vec<Mode> = self.around.iter().map(|&person| Mode::Person(person)).collect();
        let near = |modes: &[Mode]| -> Vec<Mode> {
            let all: BTreeSet<Mode> =
                modes.iter().filter_map(|mode| ties.get(mode)).flatten().copied().collect();
            let mut all: Vec<Mode> = all.into_iter().collect();
            all.sort_by_key(many_first);
            all
        };
        let asked: Vec<Mode> = asked.into_iter().filter(|mode| ties.contains_key(mode)).collect();
        let files = near(&asked);
        let others = near(&files);
        asked.into_iter().chain(files).chain(others).collect()
    }

    fn case_nodes(&self, shown: &[Mode], network: &Network<'_>) -> Vec<MapNode> {
        let (case, entities) = (network.case(), network.entities());
        let parts = parts(case, entities);
        let people = shown.iter().filter_map(|mode| match mode {
            Mode::Person(entity) => Some(*entity),
            _ => None,
        });
        let mut played = played_by_case(&people.collect::<Vec<_>>(), case, entities);
        let node = |&mode: &Mode| match mode {
            Mode::Person(entity) => {
                let part = parts.get(&entity).copied().unwrap_or(Part::Unknown);
                let Played { roles, evidence } = played.remove(&entity).unwrap_or_default();
                let label = self.label(entity, part, case, entities);
                let pseudonym = entities.pseudonym(case, entity).map(Into::into);
                let entity = Some(entity);
                MapNode { entity, pseudonym, roles, evidence, ..MapNode::new(label, part) }
            }
            Mode::Case(id) | Mode::Channel(id) | Mode::Place(id) | Mode::Identifier(_, id) => {
                MapNode::new(case.shown(IdKind::Case, id).into(), Part::CaseFile)
            }
        };
        shown.iter().map(node).collect()
    }
}

fn ties(bundles: &Bundles) -> Ties {
    let mut ties = Ties::new();
    for &(person, file, _) in bundles.keys() {
        let (person, file) = (Mode::Person(person), Mode::Case(file));
        ties.entry(person).or_default().insert(file);
        ties.entry(file).or_default().insert(person);
    }
    ties
}

fn edge(
    (person, file, role): (EntityId, Symbol, Role),
    rows: &[usize],
    place: &BTreeMap<Mode, usize>,
    case: &Case,
) -> Option<MapEdge> {
    let roles = || rows.iter().map(|&row| &case.roles[row]);
    Some(MapEdge {
        from: *place.get(&Mode::Person(person))?,
        to: *place.get(&Mode::Case(file))?,
        kind: TieKind::Role(role),
        count: 1.0,
        certainty: roles().map(|role| role.assertion.certainty).fold(0.0, f64::max),
        when: span(roles().flat_map(|role| [role.start, role.end])),
        evidence: roles()
            .map(|role| evidence(&role.assertion, [role.start, role.end], role.case, case))
            .collect(),
    })
}

fn case_notes(map: &Map, bundles: &Bundles, case: &Case) -> Vec<Note> {
    let people = map.people_in_all - map.people();
    let ties = bundles.len() - map.edges.len();
    let left_out =
        (people > 0).then_some(Note::LeftOut { people, ties, shown: Shown::InMostCases });
    left_out.into_iter().chain(above_clearance(case)).chain([Note::NoTie]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Entities;
    use crate::identity::sketch::case;
    use crate::untrusted::Untrusted;

    /// The first is in three files, in one of them with three others; a fifth is in none.
    fn drawn(picture: &Picture) -> Map {
        let case = case(&[
            ("cases.csv", "case_id\nc1\nc2\nc3\n"),
            ("people.csv", "person_id\np1\np2\np3\np4\np5\n"),
            (
                "roles.csv",
                "case_id,person_id,role,start,grade\nc1,p1,recruiter,2019-03-02,0.4\nc1,p2,victim,,\nc1,p3,driver,,\n\
                 c1,p4,client,,\nc2,p1,recruiter,,\nc3,p1,recruiter,,\nc1,p1,recruiter,2019-04-01,0.7\n\
                 c1,p1,driver,,\n",
            ),
        ]);
        let entities = Entities::as_given(&case);
        picture.draw_cases(&Network::new(&case, &entities))
    }

    fn labels(map: &Map) -> Vec<&Untrusted> {
        map.nodes.iter().map(|node| &node.label).collect()
    }

    fn left_out(people: usize, ties: usize) -> [Note; 2] {
        [Note::LeftOut { people, ties, shown: Shown::InMostCases }, Note::NoTie]
    }

    #[test]
    fn each_role_of_a_person_in_a_file_is_one_tie() {
        let map = drawn(&Picture::default());
        assert_eq!(labels(&map), ["E1", "V1", "E3", "E4", "c1", "c2", "c3"]);
        assert_eq!(map.notes, left_out(1, 0));
        let ends: Vec<_> = map.edges.iter().map(|edge| (edge.from, edge.to, edge.kind)).collect();
        let role = TieKind::Role;
        assert_eq!(
            ends,
            [
                (0, 4, role(Role::Recruiter)),
                (0, 4, role(Role::Driver)),
                (0, 5, role(Role::Recruiter)),
                (0, 6, role(Role::Recruiter)),
                (1, 4, role(Role::Victim)),
                (2, 4, role(Role::Driver)),
                (3, 4, role(Role::Client)),
            ]
        );
        let first = &map.edges[0];
        assert!((first.certainty - 0.7).abs() < 1e-12 && (first.count - 1.0).abs() < 1e-12);
        let rows: Vec<&Untrusted> = first.evidence.iter().map(|one| &one.row).collect();
        assert_eq!(rows, ["roles.csv:2", "roles.csv:8"]);
        assert_eq!(map.nodes[4].part, Part::CaseFile);
        assert_eq!(map.nodes[0].part, Part::Recruiter);
        assert_eq!(map.nodes[0].evidence.len(), 5);
    }

    #[test]
    fn where_everybody_is_shown_nobody_is_said_to_be_left_out() {
        let case = case(&[
            ("cases.csv", "case_id\nc1\n"),
            ("people.csv", "person_id\np1\n"),
            ("roles.csv", "case_id,person_id,role\nc1,p1,driver\n"),
        ]);
        let entities = Entities::as_given(&case);
        let map = Picture::default().draw_cases(&Network::new(&case, &entities));
        assert_eq!(map.notes, [Note::NoTie]);
    }

    #[test]
    fn a_small_map_shows_those_in_most_files_and_the_files_that_tie_them() {
        let map = drawn(&Picture { most: 3, ..Picture::default() });
        assert_eq!(labels(&map), ["E1", "V1", "c1"]);
        // Of seven ties three are shown.
        assert_eq!(map.notes, left_out(3, 4));
        let map = drawn(&Picture { most: 7, ..Picture::default() });
        assert_eq!(labels(&map).len(), 7);
    }

    #[test]
    fn around_somebody_are_his_files_and_then_who_else_is_in_them() {
        let around = |number, most| {
            let around = vec![EntityId::from_number(number)];
            drawn(&Picture { most, around, ..Picture::default() })
        };
        assert_eq!(labels(&around(2, 60)), ["E1", "V1", "E3", "E4", "c1"]);
        assert_eq!(labels(&around(2, 3)), ["E1", "E3", "c1"], "who is in most files first");
        assert_eq!(labels(&around(0, 3)), ["E1", "c1", "c2"], "the file of most people first");
        assert!(around(4, 60).nodes.is_empty(), "who is in no file has nothing around");
    }
}
