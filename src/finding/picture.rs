//! Chooses what a network map shows: the ranked people and what ties them, and says what it left out.

use std::collections::{BTreeMap, BTreeSet};

use super::map::{Evidence, Map, MapEdge, MapNode, Note, Part, Shown, TieKind};
use super::part::{Played, parts, played_by_case};
use super::{Community, Recruiter};
use crate::case::{Assertion, Case, LinkKind, Role, Symbol, When};
use crate::graph::{Isolates, Network, Shared, View};
use crate::identity::clean::Region;
use crate::identity::{Entities, EntityId};

/// What a map shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// At most so many people; the rest is left out, and said.
    pub most: usize,
    /// Which links.
    pub view: View,
    /// Only these people and those within one link of them; where empty, those who matter most.
    pub around: Vec<EntityId>,
    /// By what people are called.
    pub names: Names,
    /// What they share that stands beside them: their channels and places, and the identifiers that two of those shown used, or one who was
    /// asked for.
    pub with: Vec<Shared>,
    /// The country whose telephone numbers are written without a country code.
    pub region: Region,
}

/// By what people on a map are called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// By code: `E12`, and `V9` for a victim. This is the default.
    #[default]
    Codes,
    /// By the name, or the id where there is no name; victims by code all the same.
    Revealed,
}

impl Default for Picture {
    fn default() -> Self {
        Self {
            most: 60,
            view: View::default(),
            around: Vec::new(),
            names: Names::default(),
            with: Vec::new(),
            region: Region::default(),
        }
    }
}

/// What is to be known of those shown, looked up once.
struct Known<'a> {
    parts: BTreeMap<EntityId, Part>,
    played: BTreeMap<EntityId, Played>,
    ranked: BTreeMap<EntityId, &'a Recruiter>,
    community: BTreeMap<EntityId, usize>,
}

impl<'a> Known<'a> {
    fn of(
        shown: &[EntityId],
        recruiters: &'a [Recruiter],
        communities: &[Community],
        network: &Network<'_>,
    ) -> Self {
        let (case, entities) = (network.case(), network.entities());
        let listed = recruiters.iter().filter(|recruiter| recruiter.recurrence >= LISTED);
        let mut community = BTreeMap::new();
        for one in communities.iter().filter(|one| one.is_firm()) {
            for (&entity, &share) in one.entities.iter().zip(&one.membership) {
                if share >= Community::FIRM {
                    community.entry(entity).or_insert(one.community);
                }
            }
        }
        Self {
            parts: parts(case, entities),
            played: played_by_case(shown, case, entities),
            ranked: listed.map(|recruiter| (recruiter.entity, recruiter)).collect(),
            community,
        }
    }
}

/// Whose recurrence is below this is not called ranked on a map.
const LISTED: f64 = 0.2;

/// All links of one kind from one person to another, before they are drawn.
type Bundles = BTreeMap<(EntityId, EntityId, LinkKind), Vec<usize>>;

impl Picture {
    /// The map of a network, with who is ranked and who belongs together.
    #[must_use]
    pub fn draw(
        &self,
        network: &Network<'_>,
        recruiters: &[Recruiter],
        communities: &[Community],
    ) -> Map {
        let (case, entities) = (network.case(), network.entities());
        let bundles = self.bundles(network);
        let shown = self.choose(&bundles, recruiters, case, entities);
        let known = Known::of(&shown, recruiters, communities, network);
        let mut nodes: Vec<MapNode> =
            shown.iter().map(|&entity| self.node(entity, &known, case, entities)).collect();
        let place: BTreeMap<EntityId, usize> =
            (0..).zip(&shown).map(|(at, &entity)| (entity, at)).collect();
        let edges: Vec<MapEdge> =
            bundles.iter().filter_map(|(key, rows)| edge(*key, rows, &place, case)).collect();
        size(&mut nodes, &edges);
        let mut map = Map {
            notes: self.notes(&bundles, &edges, &nodes, entities),
            nodes,
            edges,
            people_in_all: entities.len(),
            until: last_day(case),
            ..Map::default()
        };
        self.put_beside(&mut map, &place, network);
        map
    }

    fn bundles(&self, network: &Network<'_>) -> Bundles {
        let mut bundles = Bundles::new();
        for (row, link, from, to) in network.links(&self.view) {
            bundles.entry((from, to, link.kind)).or_default().push(row);
        }
        bundles
    }

    /// Who is shown, by code: those asked for or ranked, their victims, and then who is tied to most of them.
    fn choose(
        &self,
        bundles: &Bundles,
        recruiters: &[Recruiter],
        case: &Case,
        entities: &Entities,
    ) -> Vec<EntityId> {
        if self.view.isolates == Isolates::Keep
            && self.around.is_empty()
            && entities.len() <= self.most
        {
            return entities.iter().collect();
        }
        let ties = ties(bundles);
        if self.around.is_empty() && ties.len() <= self.most {
            return ties.into_keys().collect();
        }
        let mut chosen: BTreeSet<EntityId> = BTreeSet::new();
        let mut take = |wanted: Vec<EntityId>| {
            for entity in wanted {
                if chosen.len() < self.most {
                    chosen.insert(entity);
                }
            }
        };
        if self.around.is_empty() {
            let seeds = seeds(recruiters, &ties);
            take(seeds.clone());
            take(victims_of(&seeds, &ties, entities));
            let professionals = with_role(case, entities, Role::Professional);
            take(by_ties(&ties, &seeds, |entity| !professionals.contains(&entity)));
        } else {
            take(self.around.clone());
            let near = by_ties(&ties, &self.around, |_| true);
            let tied =
                |entity: &EntityId| ties[entity].keys().any(|other| self.around.contains(other));
            take(near.into_iter().filter(tied).collect());
        }
        chosen.into_iter().collect()
    }

    fn node(
        &self,
        entity: EntityId,
        known: &Known<'_>,
        case: &Case,
        entities: &Entities,
    ) -> MapNode {
        let part = known.parts.get(&entity).copied().unwrap_or(Part::Unknown);
        let ranked = known.ranked.get(&entity).copied();
        let (roles, evidence) = known.played.get(&entity).map_or_else(Default::default, |played| {
            (played.roles.clone(), played.evidence.clone())
        });
        MapNode {
            entity: Some(entity),
            recurrence: ranked.map(|recruiter| (recruiter.rank, recruiter.recurrence)),
            ranked: ranked.filter(|_| part != Part::Victim).cloned().map(Box::new),
            community: known.community.get(&entity).copied(),
            roles,
            evidence,
            ..MapNode::new(self.label(entity, part, case, entities), part)
        }
    }

    /// A victim bears a code whatever is asked, and so does her family, whose name would tell hers.
    pub(super) fn label(
        &self,
        entity: EntityId,
        part: Part,
        case: &Case,
        entities: &Entities,
    ) -> String {
        let code = entities.code(entity);
        if self.names == Names::Codes || matches!(part, Part::Victim | Part::Bystander) {
            return code;
        }
        let rows = entities.rows(entity).iter().map(|&row| &case.people[row as usize]);
        let mut known = rows.clone().filter_map(|person| person.name.known());
        let name = known.next().or_else(|| rows.clone().next().map(|person| person.person));
        name.map_or(code, |name| case.text(name).to_owned())
    }

    fn notes(
        &self,
        bundles: &Bundles,
        edges: &[MapEdge],
        nodes: &[MapNode],
        entities: &Entities,
    ) -> Vec<Note> {
        let mut notes = Vec::new();
        let people = entities.len() - nodes.len();
        if people > 0 {
            let shown = if self.around.is_empty() { Shown::Ranked } else { Shown::Around };
            notes.push(Note::LeftOut { people, ties: bundles.len() - edges.len(), shown });
        }
        notes.extend(self.view.during.map(Note::Within));
        notes.push(Note::NoAccusation);
        notes
    }
}

/// The last day of which any row speaks.
pub(super) fn last_day(case: &Case) -> Option<crate::case::Day> {
    let links = case.links.iter().flat_map(|link| [link.start, link.end]);
    let roles = case.roles.iter().flat_map(|role| [role.start, role.end]);
    links.chain(roles).filter_map(|when| when.latest().or(when.earliest())).max()
}

/// From the first to the last day of all that is dated.
pub(super) fn span(dates: impl Iterator<Item = When> + Clone) -> When {
    let first = dates.clone().filter_map(When::earliest).min();
    let last = dates.filter_map(When::latest).max();
    match (first, last) {
        (Some(first), Some(last)) => When::between(first, last.max(first)),
        (Some(first), None) => When::since(first),
        _ => When::UNRECORDED,
    }
}

/// What is to be known of a row.
pub(super) fn evidence(assertion: &Assertion, when: When, file: Symbol, case: &Case) -> Evidence {
    Evidence {
        row: case.place_of(assertion),
        when,
        grade: case.text(assertion.grade).to_owned(),
        certainty: assertion.certainty,
        case: case.text(file).to_owned(),
    }
}

/// By person: to whom she is tied, and by how many bundles of links.
fn ties(bundles: &Bundles) -> BTreeMap<EntityId, BTreeMap<EntityId, usize>> {
    let mut ties: BTreeMap<EntityId, BTreeMap<EntityId, usize>> = BTreeMap::new();
    for &(from, to, _) in bundles.keys() {
        *ties.entry(from).or_default().entry(to).or_default() += 1;
        *ties.entry(to).or_default().entry(from).or_default() += 1;
    }
    ties
}

/// The ranked people; in a case where nobody is ranked, those with the most ties.
fn seeds(
    recruiters: &[Recruiter],
    ties: &BTreeMap<EntityId, BTreeMap<EntityId, usize>>,
) -> Vec<EntityId> {
    const AT_MOST: usize = 15;
    let listed = recruiters.iter().filter(|recruiter| recruiter.recurrence >= LISTED);
    let ranked: Vec<EntityId> = listed.map(|recruiter| recruiter.entity).take(AT_MOST).collect();
    if !ranked.is_empty() {
        return ranked;
    }
    let mut all: Vec<EntityId> = ties.keys().copied().collect();
    all.sort_by_key(|entity| (std::cmp::Reverse(ties[entity].len()), *entity));
    all.truncate(AT_MOST);
    all
}

fn victims_of(
    seeds: &[EntityId],
    ties: &BTreeMap<EntityId, BTreeMap<EntityId, usize>>,
    entities: &Entities,
) -> Vec<EntityId> {
    let tied = seeds.iter().filter_map(|seed| ties.get(seed)).flat_map(BTreeMap::keys);
    tied.copied().filter(|&entity| entities.victim(entity).is_some()).collect()
}

/// Everybody that `may` be shown, first who has most ties to `near`, then who has most ties.
fn by_ties(
    ties: &BTreeMap<EntityId, BTreeMap<EntityId, usize>>,
    near: &[EntityId],
    may: impl Fn(EntityId) -> bool,
) -> Vec<EntityId> {
    let near: BTreeSet<EntityId> = near.iter().copied().collect();
    let mut all: Vec<EntityId> = ties.keys().copied().filter(|&entity| may(entity)).collect();
    all.sort_by_cached_key(|entity| {
        let close = ties[entity].keys().filter(|other| near.contains(other)).count();
        (std::cmp::Reverse(close), std::cmp::Reverse(ties[entity].len()), *entity)
    });
    all
}

fn with_role(case: &Case, entities: &Entities, role: Role) -> BTreeSet<EntityId> {
    let rows = case.roles.iter().filter(|row| row.role == role);
    rows.filter_map(|row| entities.of(case, row.person)).collect()
}

fn edge(
    (from, to, kind): (EntityId, EntityId, LinkKind),
    rows: &[usize],
    place: &BTreeMap<EntityId, usize>,
    case: &Case,
) -> Option<MapEdge> {
    let (from, to) = (*place.get(&from)?, *place.get(&to)?);
    let links = || rows.iter().map(|&row| &case.links[row]);
    Some(MapEdge {
        from,
        to,
        kind: TieKind::Link(kind),
        count: links().map(|link| link.count).sum(),
        certainty: links().map(|link| link.assertion.certainty).fold(0.0, f64::max),
        when: span(links().flat_map(|link| [link.start, link.end])),
        evidence: links()
            .map(|link| {
                evidence(&link.assertion, span([link.start, link.end].into_iter()), link.case, case)
            })
            .collect(),
    })
}

/// Larger signs for the ranked and for those with many ties; a victim is never the largest.
fn size(nodes: &mut [MapNode], edges: &[MapEdge]) {
    const MANY: usize = 8;
    const LIKELY: f64 = 0.5;
    let mut ties = vec![0_usize; nodes.len()];
    for edge in edges {
        ties[edge.from] += 1;
        ties[edge.to] += 1;
    }
    for (node, ties) in nodes.iter_mut().zip(ties) {
        node.size = match node.recurrence {
            Some((_, recurrence)) if recurrence >= LIKELY => 2,
            _ if node.part != Part::Victim && ties >= MANY => 1,
            _ => 0,
        };
    }
}
