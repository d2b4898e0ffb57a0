//! Chooses what a network map shows: the ranked people and what ties them, and says what it left out.

use std::collections::BTreeMap;

use super::map::{Map, MapEdge, MapNode, Note, Part, Shown, TieKind};
use super::part::{Played, parts, played_by_case};
use super::rows::{above_clearance, evidence, last_day, span};
use super::{Community, Recruiter};
use crate::case::{Case, IdKind, LinkKind};
use crate::graph::{Network, Shared, View};
use crate::identity::clean::Region;
use crate::identity::{Entities, EntityId};
use crate::untrusted::Untrusted;

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
pub(super) const LISTED: f64 = 0.2;

/// All links of one kind from one person to another, before they are drawn.
pub(super) type Bundles = BTreeMap<(EntityId, EntityId, LinkKind), Vec<usize>>;

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
            notes: self.notes(&bundles, &edges, &nodes, network),
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
            pseudonym: entities.pseudonym(case, entity).map(Untrusted::from),
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
    ) -> Untrusted {
        let code = entities.code(entity).into();
        if self.names == Names::Codes || matches!(part, Part::Victim | Part::Bystander) {
            return code;
        }
        let rows = entities.rows(entity).iter().map(|&row| &case.people[row as usize]);
        let mut known = rows.clone().filter_map(|person| person.name.known());
        let name = known.next().map(|name| case.text(name));
        let id = || rows.clone().next().map(|person| case.shown(IdKind::Person, person.person));
        name.or_else(id).map_or(code, Untrusted::from)
    }

    fn notes(
        &self,
        bundles: &Bundles,
        edges: &[MapEdge],
        nodes: &[MapNode],
        network: &Network<'_>,
    ) -> Vec<Note> {
        let mut notes = Vec::new();
        let people = network.entities().len() - nodes.len();
        if people > 0 {
            let shown = if self.around.is_empty() { Shown::Ranked } else { Shown::Around };
            notes.push(Note::LeftOut { people, ties: bundles.len() - edges.len(), shown });
        }
        notes.extend(self.view.during.map(Note::Within));
        notes.extend(above_clearance(network.case()));
        notes.push(Note::NoAccusation);
        notes
    }
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
            .map(|link| evidence(&link.assertion, [link.start, link.end], link.case, case))
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
