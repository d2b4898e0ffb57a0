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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Role, When};
    use crate::finding::sketch::recruiter;
    use crate::graph::Isolates;
    use crate::identity::sketch::case;

    /// Rob recruited Vera and knows Mo, who knows somebody without a name; Kim is family.
    fn small() -> Case {
        case(&[
            ("cases.csv", "case_id\nc1\nc2\n"),
            ("people.csv", "person_id,name\np1,Rob\np2,Vera\np3,Mo\np4,\np5,Kim\n"),
            (
                "roles.csv",
                "case_id,person_id,role\nc1,p1,recruiter\nc1,p2,victim\nc1,p3,driver\nc1,p5,family\n\
                 c2,p1,recruiter\nc2,p4,unknown\n",
            ),
            (
                "links.csv",
                "link_id,from,to,kind,case_id,start,count,grade\nl1,p1,p2,recruited,c1,2019-03-02,,0.4\n\
                 l2,p1,p2,recruited,c1,2019-04,3,0.7\nl3,p1,p3,accomplice,c1,,,\n\
                 l4,p3,p4,accomplice,c1,2018,,\n",
            ),
        ])
    }

    fn drawn(picture: &Picture, recruiters: &[Recruiter], communities: &[Community]) -> Map {
        let case = small();
        let entities = Entities::as_given(&case);
        picture.draw(&Network::new(&case, &entities), recruiters, communities)
    }

    fn labels(map: &Map) -> Vec<&Untrusted> {
        map.nodes.iter().map(|node| &node.label).collect()
    }

    fn e(number: u32) -> EntityId {
        EntityId::from_number(number)
    }

    #[test]
    fn all_rows_of_one_kind_from_one_to_another_are_one_edge() {
        let map = drawn(&Picture::default(), &[], &[]);
        assert_eq!(labels(&map), ["E1", "V1", "E3", "E4"]);
        let ends: Vec<_> = map.edges.iter().map(|edge| (edge.from, edge.to, edge.kind)).collect();
        let link = TieKind::Link;
        assert_eq!(
            ends,
            [
                (0, 1, link(LinkKind::Recruited)),
                (0, 2, link(LinkKind::Accomplice)),
                (2, 3, link(LinkKind::Accomplice))
            ]
        );
        let first = &map.edges[0];
        assert!((first.count - 4.0).abs() < 1e-12, "{}", first.count);
        assert!((first.certainty - 0.7).abs() < 1e-12, "{}", first.certainty);
        let day = |text| When::parse(text).expect("a date");
        assert_eq!(first.when, day("2019-03-02").until(day("2019-04-30")));
        let rows: Vec<&Untrusted> = first.evidence.iter().map(|one| &one.row).collect();
        assert_eq!(rows, ["links.csv:2", "links.csv:3"]);
        assert_eq!((map.people_in_all, map.until), (5, day("2019-04-30").earliest()));
    }

    #[test]
    fn a_person_bears_the_roles_of_each_file_and_the_rows_that_say_so() {
        let map = drawn(&Picture::default(), &[], &[]);
        let files: Vec<Untrusted> = vec!["c1".into(), "c2".into()];
        assert_eq!(map.nodes[0].roles, [(Role::Recruiter, files)]);
        let rows: Vec<&Untrusted> = map.nodes[0].evidence.iter().map(|one| &one.row).collect();
        assert_eq!(rows, ["roles.csv:2", "roles.csv:6"]);
        let parts: Vec<Part> = map.nodes.iter().map(|node| node.part).collect();
        assert_eq!(parts, [Part::Recruiter, Part::Victim, Part::Facilitator, Part::Unknown]);
    }

    #[test]
    fn whoever_is_left_out_is_counted() {
        let notes = |picture: &Picture| drawn(picture, &[], &[]).notes;
        let left = |people, ties, shown| Note::LeftOut { people, ties, shown };
        let all = Picture::default();
        assert_eq!(notes(&all), [left(1, 0, Shown::Ranked), Note::NoAccusation]);
        let kept = View { isolates: Isolates::Keep, ..View::default() };
        assert_eq!(notes(&Picture { view: kept, ..all.clone() }), [Note::NoAccusation]);
        // Between the two with most ties there is one of three.
        let two = Picture { most: 2, ..all.clone() };
        assert_eq!(notes(&two), [left(3, 2, Shown::Ranked), Note::NoAccusation]);
        let around = Picture { around: vec![e(3)], ..all.clone() };
        assert_eq!(notes(&around), [left(3, 2, Shown::Around), Note::NoAccusation]);
        let march = When::parse("2019-03").expect("a month");
        let within = View { during: Some(march), ..View::default() };
        let notes = notes(&Picture { view: within, ..all });
        assert_eq!(notes, [left(3, 0, Shown::Ranked), Note::Within(march), Note::NoAccusation]);
    }

    #[test]
    fn the_ranked_are_those_with_a_recurrence_of_a_fifth_or_more_and_no_victims() {
        let listed = [recruiter(e(0), 0.2), recruiter(e(1), 0.6), recruiter(e(2), 0.19)];
        let map = drawn(&Picture::default(), &listed, &[]);
        let recurrence: Vec<_> = map.nodes.iter().map(|node| node.recurrence).collect();
        assert_eq!(recurrence, [Some((1, 0.2)), Some((1, 0.6)), None, None]);
        let ranked: Vec<bool> = map.nodes.iter().map(|node| node.ranked.is_some()).collect();
        assert_eq!(ranked, [true, false, false, false]);
    }

    #[test]
    fn only_who_firmly_belongs_to_a_firm_group_is_boxed_with_it() {
        let group = |community, stability, entities, membership| Community {
            community,
            entities,
            stability,
            membership,
        };
        let groups = [
            group(1, 0.69, vec![e(0), e(3)], vec![1.0, 1.0]),
            group(2, 0.7, vec![e(0), e(1), e(2)], vec![0.7, 0.69, 0.9]),
            group(3, 0.8, vec![e(0)], vec![0.8]),
        ];
        let map = drawn(&Picture::default(), &[], &groups);
        let boxes: Vec<_> = map.nodes.iter().map(|node| node.community).collect();
        assert_eq!(boxes, [Some(2), None, Some(2), None]);
    }

    #[test]
    fn names_are_shown_when_asked_but_those_of_victims_and_their_family() {
        let kept = View { isolates: Isolates::Keep, ..View::default() };
        let named = Picture { names: Names::Revealed, view: kept, ..Picture::default() };
        assert_eq!(labels(&drawn(&named, &[], &[])), ["Rob", "V1", "Mo", "p4", "E5"]);
    }

    #[test]
    fn signs_are_large_for_the_likely_and_larger_for_those_with_eight_ties() {
        let node = |part, recurrence: Option<f64>| MapNode {
            recurrence: recurrence.map(|own| (1, own)),
            ..MapNode::new("somebody".into(), part)
        };
        let mut nodes = vec![
            node(Part::Offender, None),
            node(Part::Victim, None),
            node(Part::Offender, Some(0.5)),
            node(Part::Offender, Some(0.49)),
            node(Part::Client, None),
        ];
        let edge = |from, to| MapEdge {
            from,
            to,
            kind: TieKind::Place,
            count: 1.0,
            certainty: 1.0,
            when: When::UNRECORDED,
            evidence: Vec::new(),
        };
        // Eight ties of the first two each, and seven of the last.
        let mut edges: Vec<MapEdge> = (0..7).map(|_| edge(0, 4)).collect();
        edges.push(edge(0, 1));
        edges.extend((0..7).map(|_| edge(3, 1)));
        size(&mut nodes, &edges);
        let sizes: Vec<u8> = nodes.iter().map(|node| node.size).collect();
        assert_eq!(sizes, [1, 0, 2, 0, 0]);
    }
}
