//! The data of the page: what the map holds, and nothing beside it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::tables::{self, PartRow, StepRow, TieRow};
use super::why::{self, Why};
use crate::case::{Day, When};
use crate::finding::{Evidence, Map, MapEdge, MapNode, Part, TieKind};
use crate::output::drawing::line::{Sureness, Tie};
use crate::output::drawing::sign::{fill, rank, size};
use crate::output::drawing::telling;
use crate::output::percent::percent;
use crate::output::placement::Placed;
use crate::output::words::{Lang, Words};
use crate::untrusted::Untrusted;

/// All that the viewer knows.
#[derive(Debug, Serialize)]
pub(super) struct Data<'a> {
    lang: &'static str,
    words: BTreeMap<&'static str, BTreeMap<String, String>>,
    said: BTreeMap<&'static str, Said>,
    people: usize,
    parts: Vec<PartRow>,
    ties: Vec<TieRow>,
    steps: Vec<StepRow>,
    /// The code of each kind of tie, and how it is drawn.
    kinds: Vec<(String, usize)>,
    nodes: Vec<NodeRow<'a>>,
    edges: Vec<EdgeRow<'a>>,
}

/// What is said of the map in a language.
#[derive(Debug, Serialize)]
struct Said {
    title: Untrusted,
    lead: Vec<Untrusted>,
    notes: Vec<Untrusted>,
    made: Option<Untrusted>,
}

#[derive(Debug, Serialize)]
struct NodeRow<'a> {
    label: &'a Untrusted,
    part: usize,
    at: [f64; 2],
    extent: [f64; 2],
    #[serde(skip_serializing_if = "is_zero")]
    size: u8,
    /// Where it is not that of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    fill: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    community: Option<usize>,
    /// The rank, the recurrence, and whether it is high enough to stand on the sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<(usize, String, bool)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<(&'static str, &'a [Untrusted])>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<Row<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why<'a>>,
}

#[derive(Debug, Serialize)]
struct EdgeRow<'a> {
    from: usize,
    to: usize,
    kind: usize,
    step: usize,
    count: f64,
    width: f64,
    certainty: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Days>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<Row<'a>>,
}

/// The first and the last day, as far as there are any, counted from 1970-01-01.
type Days = [Option<i32>; 2];

/// Row, days, grade, certainty, case.
type Row<'a> = (&'a Untrusted, Option<Days>, Untrusted, f64, &'a Untrusted);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes by reference")]
fn is_zero(size: &u8) -> bool {
    *size == 0
}

impl<'a> Data<'a> {
    pub(super) fn of(map: &'a Map, placed: &Placed, lang: Lang) -> Self {
        let (parts, kinds) = (tables::parts(map), tables::kinds(map));
        let ties = tables::ties(&kinds);
        let drawn = |kind: TieKind| ties.binary_search(&Tie::of(kind)).unwrap_or(0);
        let own = Words::of(lang);
        let languages = Lang::ALL.map(|(_, lang)| Words::of(lang));
        Self {
            lang: lang.code(),
            words: Lang::ALL.map(|(code, lang)| (code, tables::dictionary(map, lang))).into(),
            said: Lang::ALL.map(|(code, lang)| (code, said(map, lang))).into(),
            people: map.people_in_all,
            nodes: map
                .nodes
                .iter()
                .zip(0..)
                .map(|(n, at)| node(n, at, placed, &parts, &own, &languages))
                .collect(),
            edges: map.edges.iter().map(|one| edge(one, &kinds)).collect(),
            kinds: kinds.iter().map(|&kind| (tables::kind_code(kind), drawn(kind))).collect(),
            parts: parts.into_iter().map(tables::part).collect(),
            ties: ties.iter().map(|&tie| tables::tie(tie)).collect(),
            steps: tables::STEPS.map(tables::step).into(),
        }
    }
}

fn said(map: &Map, lang: Lang) -> Said {
    let words = Words::of(lang);
    Said {
        title: telling::title(map, &words),
        lead: telling::lead(map, &words),
        notes: map.notes.iter().map(|note| telling::note(note, &words)).collect(),
        made: telling::made(map, &words),
    }
}

fn node<'a>(
    node: &'a MapNode,
    at: usize,
    placed: &Placed,
    parts: &[Part],
    words: &Words,
    languages: &[Words],
) -> NodeRow<'a> {
    let place = |points: &[[f64; 2]]| points.get(at).copied().unwrap_or_default().map(hundredth);
    let part = parts.binary_search(&node.part).unwrap_or(0);
    let headline = telling::label(node, words).len() > 1;
    let own = fill(node);
    NodeRow {
        label: &node.label,
        part,
        at: place(&placed.at),
        extent: place(&placed.extents),
        size: size(node),
        fill: Some(own).filter(|own| *own != crate::output::drawing::sign::sign(node.part).fill),
        community: node.community,
        rank: rank(node).map(|(rank, recurrence)| (rank, percent(recurrence), headline)),
        roles: node.roles.iter().map(|(role, cases)| (role.code(), cases.as_slice())).collect(),
        rows: node.evidence.iter().map(row).collect(),
        why: why::of(node, languages),
    }
}

fn edge<'a>(edge: &'a MapEdge, kinds: &[TieKind]) -> EdgeRow<'a> {
    let key = |kind: TieKind| (Tie::of(kind), kind);
    let kind = kinds.binary_search_by_key(&key(edge.kind), |&kind| key(kind)).unwrap_or(0);
    let step = Sureness::of(edge.certainty);
    EdgeRow {
        from: edge.from,
        to: edge.to,
        kind,
        step: tables::STEPS.iter().position(|&own| own == step).unwrap_or(0),
        count: edge.count,
        width: hundredth(Tie::of(edge.kind).width(edge.count)),
        certainty: hundredth(edge.certainty),
        when: days(edge.when),
        rows: edge.evidence.iter().map(row).collect(),
    }
}

fn row(row: &Evidence) -> Row<'_> {
    (&row.row, days(row.when), telling::grade(row), hundredth(row.certainty), &row.case)
}

fn days(when: When) -> Option<Days> {
    when.is_known().then(|| [when.earliest(), when.latest()].map(|day| day.map(Day::number)))
}

fn hundredth(number: f64) -> f64 {
    libm::round(number * 100.0) / 100.0
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::case::{LinkKind, Role};

    fn evidence() -> Evidence {
        Evidence {
            row: "links.csv:2".into(),
            when: When::parse("1970-01-02/..").unwrap(),
            grade: "B2".into(),
            certainty: 0.756,
            case: "c1".into(),
            handling: "".into(),
        }
    }

    fn tie(kind: TieKind, certainty: f64) -> MapEdge {
        MapEdge {
            from: 1,
            to: 0,
            kind,
            count: 3.0,
            certainty,
            when: When::UNRECORDED,
            evidence: Vec::new(),
        }
    }

    /// A recruiter of whom there is all to say, and a client of whom there is nothing.
    fn data() -> Value {
        let recruiter = MapNode {
            size: 1,
            hue: Some(0),
            community: Some(4),
            recurrence: Some((2, 0.25)),
            roles: vec![(Role::Recruiter, vec!["c1".into()])],
            evidence: vec![evidence()],
            ..MapNode::new("E1".into(), Part::Recruiter)
        };
        let mut dated = tie(TieKind::Link(LinkKind::Recruited), 0.5);
        (dated.when, dated.evidence) = (evidence().when, vec![evidence()]);
        let map = Map {
            nodes: vec![MapNode::new("E2".into(), Part::Client), recruiter],
            edges: vec![
                tie(TieKind::Role(Role::Recruiter), 0.494),
                dated,
                tie(TieKind::Link(LinkKind::Contact), 0.8),
            ],
            ..Map::default()
        };
        let placed =
            Placed { at: vec![[1.234, 5.678]], extents: vec![[20.006, 12.5]], ..Placed::default() };
        serde_json::to_value(Data::of(&map, &placed, Lang::Nl)).unwrap()
    }

    #[test]
    fn a_node_says_what_there_is_to_say_of_it() {
        let data = data();
        // Parts in the order of a legend; places to the hundredth, and nowhere where nothing was placed.
        assert_eq!(
            data["nodes"][0],
            json!({"label": "E2", "part": 1, "at": [1.23, 5.68], "extent": [20.01, 12.5]})
        );
        assert_eq!(
            data["nodes"][1],
            json!({
                "label": "E1", "part": 0, "at": [0.0, 0.0], "extent": [0.0, 0.0], "size": 1,
                "fill": "#77AADD", "community": 4, "rank": [2, "25%", true],
                "roles": [["recruiter", ["c1"]]],
                "rows": [["links.csv:2", [1, null], "B2", 0.76, "c1"]]
            })
        );
        let codes: Vec<&Value> =
            data["parts"].as_array().unwrap().iter().map(|part| &part["code"]).collect();
        assert_eq!(codes, ["recruiter", "client"]);
        assert_eq!(data["lang"], "nl");
    }

    #[test]
    fn an_edge_says_by_its_place_of_what_kind_and_how_sure_it_is() {
        let data = data();
        assert_eq!(data["kinds"], json!([["recruited", 0], ["contact", 1], ["role-recruiter", 2]]));
        // A width of 1 for once and 1.58 more for three times, of which contacts have 2 at most.
        let edge = |kind: u32, step: u32, width: f64, certainty: f64| {
            json!({
                "from": 1, "to": 0, "kind": kind, "step": step, "count": 3.0, "width": width,
                "certainty": certainty
            })
        };
        assert_eq!(data["edges"][0], edge(2, 2, 2.58, 0.49));
        let mut dated = edge(0, 1, 2.58, 0.5);
        dated["when"] = json!([1, null]);
        dated["rows"] = json!([["links.csv:2", [1, null], "B2", 0.76, "c1"]]);
        assert_eq!(data["edges"][1], dated);
        assert_eq!(data["edges"][2], edge(1, 0, 2.0, 0.8));
    }
}
