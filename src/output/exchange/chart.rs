//! A map made ready for other tools: an id of its own for every node, and first and last days.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::case::{Day, When};
use crate::error::printable;
use crate::finding::{Map, MapEdge, MapNode, Part};
use crate::output::drawing::telling;
use crate::output::placement::Placed;
use crate::output::words::{Lang, Words};
use crate::untrusted::Untrusted;

/// A map, where its signs stand, and what the formats need to know beside it.
#[derive(Debug)]
pub(super) struct Chart<'m> {
    pub(super) map: &'m Map,
    placed: Option<&'m Placed>,
    ids: Vec<Untrusted>,
    spans: Vec<When>,
}

impl<'m> Chart<'m> {
    /// Walks nodes and edges once; holds an id and two days for each node.
    pub(super) fn new(map: &'m Map, placed: Option<&'m Placed>) -> Self {
        Self { map, placed, ids: ids(&map.nodes), spans: spans(map) }
    }

    /// The id of a node, which no other node has: the same in every format.
    pub(super) fn id(&self, place: usize) -> &Untrusted {
        static NONE: LazyLock<Untrusted> = LazyLock::new(Untrusted::default);
        self.ids.get(place).unwrap_or(&NONE)
    }

    /// From the first to the last day of the rows of a node and of its edges.
    pub(super) fn span(&self, place: usize) -> When {
        self.spans.get(place).copied().unwrap_or(When::UNRECORDED)
    }

    /// Where the middle of a sign stands, from the upper left corner; none where nothing was placed.
    pub(super) fn position(&self, place: usize) -> Option<[f64; 2]> {
        let at = *self.placed?.at.get(place)?;
        at.iter().all(|part| part.is_finite()).then_some(at)
    }

    /// The same as a share of the width and the height of the drawing.
    pub(super) fn share(&self, place: usize) -> Option<[f64; 2]> {
        let [x, y] = self.position(place)?;
        let [width, height] = self.placed?.size;
        let share =
            |part: f64, whole: f64| if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 0.5 };
        Some([share(x, width), share(y, height)])
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = (usize, &'m MapNode)> + use<'m> {
        self.map.nodes.iter().enumerate()
    }

    /// The edges whose ends are nodes of the map.
    pub(super) fn edges(&self) -> impl Iterator<Item = (usize, &'m MapEdge)> + use<'m> {
        let count = self.map.nodes.len();
        let ends = move |edge: &MapEdge| edge.from < count && edge.to < count;
        self.map.edges.iter().enumerate().filter(move |(_, edge)| ends(edge))
    }

    /// Whether anything on the map has a day.
    pub(super) fn is_dated(&self) -> bool {
        self.spans.iter().any(|span| span.is_known())
    }

    /// What stands over the map, and what its reader must know.
    pub(super) fn told(&self) -> (Untrusted, Vec<Untrusted>) {
        let words = Words::of(Lang::En);
        let notes = self.map.notes.iter().map(|note| telling::note(note, &words));
        let lines = telling::lead(self.map, &words).into_iter().chain(notes);
        (telling::title(self.map, &words), lines.chain(telling::made(self.map, &words)).collect())
    }
}

/// The code of a person, and the id of anything else after what it is: `E12`, `V9`, `case_file:c2`.
///
/// A person who is shown by name has the code of the name's owner, so that edges, and whoever reads them again, do not depend on
/// names. Where two nodes would have one id the later gets a number.
fn ids(nodes: &[MapNode]) -> Vec<Untrusted> {
    let mut taken: HashSet<Untrusted> = HashSet::with_capacity(nodes.len());
    let mut ids = Vec::with_capacity(nodes.len());
    // No number is tried twice, so ids that are alike cost no more than others, however they were chosen.
    let mut number = 1_usize;
    for node in nodes {
        let own = own_id(node);
        let mut id = own.clone();
        while taken.contains(&id) {
            number += 1;
            id = own.between("", &format!("~{number}"));
        }
        taken.insert(id.clone());
        ids.push(id);
    }
    ids
}

fn own_id(node: &MapNode) -> Untrusted {
    let is_plain = !node.label.figure(|label| label.contains(':'));
    match (node.part, node.entity) {
        // A victim's label is the pseudonym, whatever is revealed, and stands for her in every other output.
        (Part::Victim, _) | (_, None) if node.part.is_person() && is_plain => {
            node.label.changed(printable)
        }
        (_, Some(entity)) if node.part != Part::Victim => entity.to_string().into(),
        (part, _) => node.label.changed(|raw| format!("{}:{}", part.code(), printable(raw))),
    }
}

fn spans(map: &Map) -> Vec<When> {
    let of_rows = |node: &MapNode| {
        node.evidence.iter().fold(When::UNRECORDED, |span, row| widened(span, row.when))
    };
    let mut spans: Vec<When> = map.nodes.iter().map(of_rows).collect();
    for edge in &map.edges {
        for end in [edge.from, edge.to] {
            if let Some(span) = spans.get_mut(end) {
                *span = widened(*span, edge.when);
            }
        }
    }
    spans
}

/// The interval that holds both; an end that either leaves open is open.
fn widened(a: When, b: When) -> When {
    if !a.is_known() {
        return b;
    }
    if !b.is_known() {
        return a;
    }
    let first = a.earliest().zip(b.earliest()).map(|(a, b)| a.min(b));
    let last = a.latest().zip(b.latest()).map(|(a, b)| a.max(b));
    match (first, last) {
        (Some(first), Some(last)) => When::between(first, last),
        (Some(first), None) => When::since(first),
        // No day is before the first that a number can hold, so this start is open in every respect but name.
        (None, Some(last)) => When::between(Day::from_number(i32::MIN + 1), last),
        (None, None) => When::UNRECORDED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::EntityId;

    #[test]
    fn no_two_nodes_have_one_id() {
        let file = |label: &str| MapNode::new(label.into(), Part::CaseFile);
        let person = |number| MapNode {
            entity: Some(EntityId::from_number(number)),
            ..MapNode::new("Jan".into(), Part::Client)
        };
        let victim = |label: &str| MapNode::new(label.into(), Part::Victim);
        let nodes =
            [file("c1"), file("c1"), person(0), person(1), victim("V1"), victim("E1"), file("c1")];
        let found = ids(&nodes);
        assert_eq!(
            found,
            ["case_file:c1", "case_file:c1~2", "E1", "E2", "V1", "E1~3", "case_file:c1~4"]
        );
    }

    #[test]
    fn an_open_end_stays_open() {
        let day = |number| Day::from_number(number);
        let open = widened(When::between(day(1), day(2)), When::since(day(5)));
        assert_eq!((open.earliest(), open.latest()), (Some(day(1)), None));
        let until = When::parse("../1970-01-03").unwrap();
        let widened = widened(until, When::between(day(1), day(9)));
        assert_eq!((widened.earliest(), widened.latest()), (None, Some(day(9))));
    }

    fn of_two(edges: &[(usize, usize, &str)]) -> Map {
        let edge = |&(from, to, when): &(usize, usize, &str)| MapEdge {
            from,
            to,
            kind: crate::finding::TieKind::Place,
            count: 1.0,
            certainty: 1.0,
            when: When::parse(when).unwrap(),
            evidence: Vec::new(),
        };
        let nodes = ["E1", "E2"].map(|label| MapNode::new(label.into(), Part::Client));
        Map { nodes: nodes.into(), edges: edges.iter().map(edge).collect(), ..Map::default() }
    }

    #[test]
    fn a_place_is_a_share_of_the_drawing() {
        let map = of_two(&[]);
        let at = vec![[25.0, 30.0], [f64::NAN, 1.0]];
        let placed = Placed { at, size: [100.0, 40.0], ..Placed::default() };
        let chart = Chart::new(&map, Some(&placed));
        assert_eq!([0, 1, 2].map(|place| chart.position(place)), [Some([25.0, 30.0]), None, None]);
        assert_eq!([0, 1, 2].map(|place| chart.share(place)), [Some([0.25, 0.75]), None, None]);
        let flat = Placed { size: [20.0, 0.0], ..placed.clone() };
        // Beyond the border is at it, and what has no height has its middle.
        assert_eq!(Chart::new(&map, Some(&flat)).share(0), Some([1.0, 0.5]));
        assert_eq!(Chart::new(&map, None).share(0), None);
    }

    #[test]
    fn edges_whose_ends_are_not_on_the_map_are_left_out() {
        let map = of_two(&[(0, 1, ""), (0, 2, ""), (2, 1, ""), (1, 1, "")]);
        let places: Vec<usize> = Chart::new(&map, None).edges().map(|(place, _)| place).collect();
        assert_eq!(places, [0, 3]);
    }

    #[test]
    fn a_node_is_there_from_the_first_to_the_last_day_of_its_rows_and_edges() {
        let span = |map: &Map, place: usize| Chart::new(map, None).span(place).to_string();
        let undated = of_two(&[(0, 1, "")]);
        assert!(!Chart::new(&undated, None).is_dated());
        let mut map = of_two(&[(0, 1, "2019-03-02"), (0, 0, "2019-05-04"), (7, 1, "2020")]);
        assert!(Chart::new(&map, None).is_dated());
        assert_eq!(span(&map, 0), "2019-03-02/2019-05-04");
        assert_eq!(span(&map, 1), "2019-03-02/2020-12-31");
        map.nodes[0].evidence = vec![crate::finding::Evidence {
            row: "links.csv:2".into(),
            when: When::parse("2018-01-01").unwrap(),
            grade: "".into(),
            certainty: 1.0,
            case: "".into(),
            handling: "".into(),
        }];
        assert_eq!(span(&map, 0), "2018-01-01/2019-05-04");
        assert_eq!(Chart::new(&map, None).span(9), When::UNRECORDED);
    }
}
