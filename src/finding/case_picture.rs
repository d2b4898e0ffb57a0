//! A map of people and case files, tied by roles: for cases in which nobody recorded who did what to whom.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::map::{Map, MapEdge, MapNode, Part, TieKind};
use super::part::{details, parts};
use super::picture::{Picture, counted};
use crate::case::{Case, Role, Symbol};
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
        let files = map.nodes.len() - map.people();
        let title = format!(
            "{} and {}",
            counted(map.people(), "person", "people"),
            counted(files, "case file", "case files")
        );
        Map { title, notes: case_notes(&map, &bundles), ..map }
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
        let node = |&mode: &Mode| {
            let blank = MapNode {
                entity: None,
                label: String::new(),
                part: Part::CaseFile,
                recurrence: None,
                community: None,
                size: 0,
                hue: None,
                details: Vec::new(),
            };
            match mode {
                Mode::Person(entity) => {
                    let part = parts.get(&entity).copied().unwrap_or(Part::Unknown);
                    let label = self.label(entity, part, case, entities);
                    let details = details(entity, case, entities);
                    MapNode { entity: Some(entity), label, part, details, ..blank }
                }
                Mode::Case(id) | Mode::Channel(id) | Mode::Place(id) | Mode::Identifier(_, id) => {
                    MapNode { label: case.text(id).to_owned(), ..blank }
                }
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
        dates: String::new(),
        evidence: roles().map(|role| case.place_of(&role.assertion)).collect(),
    })
}

fn case_notes(map: &Map, bundles: &Bundles) -> Vec<String> {
    let left_out = map.people_in_all - map.people();
    let mut notes = Vec::new();
    if left_out > 0 {
        notes.push(format!(
            "Left out: {} and {}; shown are those in most case files, or near whoever was asked for.",
            counted(left_out, "person", "people"),
            counted(bundles.len() - map.edges.len(), "role", "roles")
        ));
    }
    notes.push("To stand in one case file is no tie between two people, and no accusation. Victims bear pseudonyms.".into());
    notes
}
