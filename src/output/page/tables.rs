//! How signs and lines look, as tables for the viewer: it draws by them and knows no colors of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::finding::{Map, Part, TieKind};
use crate::output::drawing::line::{Sureness, Tie};
use crate::output::drawing::outline::{corners, text_middle};
use crate::output::drawing::sign::{Shape, sign};
use crate::output::drawing::telling;
use crate::output::words::{Lang, Words};

/// How a part is drawn.
#[derive(Debug, Serialize)]
pub(super) struct PartRow {
    code: &'static str,
    fill: &'static str,
    /// A path in a box from −1 to 1.
    outline: String,
    /// How far under the middle the text stands, in halves of the height.
    middle: f64,
    dashed: bool,
    person: bool,
    victim: bool,
}

/// How ties that are drawn alike are drawn.
#[derive(Debug, Serialize)]
pub(super) struct TieRow {
    code: &'static str,
    color: &'static str,
    /// A path in a box from −1 to 1, whose tip is at (1, 0); empty where ties have no direction.
    head: String,
    /// Whether the head is an outline only.
    hollow: bool,
}

/// A step of certainty.
#[derive(Debug, Serialize)]
pub(super) struct StepRow {
    code: &'static str,
    /// How long strokes and gaps are: so much, and so much more for each point of width. Nothing for a whole line.
    dash: &'static [[f64; 2]],
}

/// The parts of a map, in the order of a legend.
pub(super) fn parts(map: &Map) -> Vec<Part> {
    let used: BTreeSet<Part> = map.nodes.iter().map(|node| node.part).collect();
    used.into_iter().collect()
}

pub(super) fn part(part: Part) -> PartRow {
    let sign = sign(part);
    PartRow {
        code: sign.class,
        fill: sign.fill,
        outline: outline(sign.shape),
        middle: text_middle(sign.shape),
        dashed: sign.shape == Shape::DashedEllipse,
        person: part.is_person(),
        victim: part == Part::Victim,
    }
}

/// The kinds of tie of a map, in the order of a legend.
pub(super) fn kinds(map: &Map) -> Vec<TieKind> {
    let used: BTreeSet<(Tie, TieKind)> =
        map.edges.iter().map(|edge| (Tie::of(edge.kind), edge.kind)).collect();
    used.into_iter().map(|(_, kind)| kind).collect()
}

/// What is drawn alike of those kinds, in the order of a legend.
pub(super) fn ties(kinds: &[TieKind]) -> Vec<Tie> {
    let used: BTreeSet<Tie> = kinds.iter().map(|&kind| Tie::of(kind)).collect();
    used.into_iter().collect()
}

pub(super) fn tie(tie: Tie) -> TieRow {
    let head = tie.head();
    let hollow = head.is_hollow();
    let outline = if hollow { open_line(head.outline()) } else { polygon(head.outline()) };
    TieRow { code: tie.class(), color: tie.color(), head: outline, hollow }
}

/// All steps of certainty, the surest first.
pub(super) const STEPS: [Sureness; 3] =
    [Sureness::Confirmed, Sureness::Probable, Sureness::Unconfirmed];

pub(super) fn step(step: Sureness) -> StepRow {
    StepRow { code: step.class(), dash: step.dashes() }
}

/// The outline of a shape in a box from −1 to 1: `M`, `L` and `Q` as in SVG, all absolute, numbers apart.
fn outline(shape: Shape) -> String {
    match shape {
        Shape::Ellipse | Shape::DashedEllipse => {
            "M1 0 Q1 0.414 0.707 0.707 Q0.414 1 0 1 Q-0.414 1 -0.707 0.707 Q-1 0.414 -1 0 \
             Q-1 -0.414 -0.707 -0.707 Q-0.414 -1 0 -1 Q0.414 -1 0.707 -0.707 Q1 -0.414 1 0 Z"
                .into()
        }
        Shape::RoundedBox => {
            "M-0.7 -1 L0.7 -1 Q1 -1 1 -0.5 L1 0.5 Q1 1 0.7 1 L-0.7 1 Q-1 1 -1 0.5 \
             L-1 -0.5 Q-1 -1 -0.7 -1 Z"
                .into()
        }
        Shape::Component => "M-1 -1 L1 -1 L1 1 L-1 1 L-1 0.65 L-1.2 0.65 L-1.2 0.25 L-1 0.25 \
             L-1 -0.25 L-1.2 -0.25 L-1.2 -0.65 L-1 -0.65 Z"
            .into(),
        _ => polygon(corners(shape)),
    }
}

fn polygon(corners: &[[f64; 2]]) -> String {
    match open_line(corners) {
        line if line.is_empty() => line,
        line => line + " Z",
    }
}

fn open_line(corners: &[[f64; 2]]) -> String {
    if corners.is_empty() {
        return String::new();
    }
    let spots: Vec<String> = corners.iter().map(|[x, y]| format!("{x} {y}")).collect();
    format!("M{}", spots.join(" L"))
}

/// What is said in a language: the viewer's own texts, and the words for parts, ties, kinds, steps and roles that the map has.
pub(super) fn dictionary(map: &Map, lang: Lang) -> BTreeMap<String, String> {
    let words = Words::of(lang);
    let mut all: BTreeMap<String, String> =
        ["viewer-", "map-community", "map-rank", "map-legend", "class-"]
            .into_iter()
            .flat_map(|prefix| words.patterns(prefix))
            .collect();
    let kinds = kinds(map);
    all.extend(parts(map).iter().map(|&p| (key("part", sign(p).class), telling::part(p, &words))));
    all.extend(ties(&kinds).iter().map(|&t| (key("tie", t.class()), telling::tie(t, &words))));
    all.extend(STEPS.iter().map(|&s| (key("sure", s.class()), telling::sureness(s, &words))));
    all.extend(kinds.iter().map(|&k| (key("kind", kind_code(k)), telling::kind(k, &words))));
    let roles: BTreeSet<_> =
        map.nodes.iter().flat_map(|node| node.roles.iter().map(|(role, _)| *role)).collect();
    all.extend(roles.iter().map(|&r| (key("role", r.code()), telling::role(r, &words))));
    all
}

fn key(sort: &str, code: impl AsRef<str>) -> String {
    format!("{sort}-{}", code.as_ref())
}

/// The code of a kind; roles have one before it, because a role and a link may be called alike.
pub(super) fn kind_code(kind: TieKind) -> String {
    match kind {
        TieKind::Role(role) => format!("role-{}", role.code()),
        other => other.code().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outline_is_a_path_that_the_viewer_can_read() {
        for part in Part::ALL {
            let outline = outline(sign(part).shape);
            assert!(outline.starts_with('M') && outline.ends_with('Z'), "{outline}");
            for piece in outline.split_inclusive(['M', 'L', 'Q', 'Z']).skip(1) {
                let numbers = piece.trim_end_matches(['M', 'L', 'Q', 'Z']).split_whitespace();
                assert!(numbers.clone().all(|one| one.parse::<f64>().is_ok()), "{outline}");
                assert!([0, 2, 4].contains(&numbers.count()), "{outline}");
            }
        }
    }

    #[test]
    fn parts_kinds_and_ties_stand_once_and_in_the_order_of_a_legend() {
        use crate::case::{LinkKind, Role, When};
        use crate::finding::{MapEdge, MapNode};

        let edge = |kind| MapEdge {
            from: 0,
            to: 0,
            kind,
            count: 1.0,
            certainty: 1.0,
            when: When::UNRECORDED,
            evidence: Vec::new(),
        };
        let [paid, other] = [LinkKind::Paid, LinkKind::Other].map(TieKind::Link);
        let role = TieKind::Role(Role::Other);
        let node = |part| MapNode::new("E1".into(), part);
        let mut map = Map {
            nodes: [Part::Victim, Part::Recruiter, Part::Victim].map(node).into(),
            edges: [role, other, paid, role].map(edge).into(),
            ..Map::default()
        };
        map.nodes[1].roles = vec![(Role::Recruiter, Vec::new())];
        assert_eq!(parts(&map), [Part::Recruiter, Part::Victim]);
        assert_eq!(kinds(&map), [paid, other, role]);
        assert_eq!(ties(&kinds(&map)), [Tie::Buying, Tie::Contact, Tie::Role]);
        // A role and a link that are called alike.
        assert_eq!([role, other].map(kind_code), ["role-other", "other"]);
        let words = dictionary(&map, Lang::En);
        for (key, said) in [
            ("part-victim", "victim"),
            ("tie-contact", "other contact"),
            ("kind-paid", "paid"),
            ("role-recruiter", "recruiter"),
        ] {
            assert_eq!(words.get(key).map(String::as_str), Some(said), "{key}");
        }
        for key in ["sure-confirmed", "kind-role-other", "map-legend", "class-first_contact"] {
            assert!(words.contains_key(key), "{key}");
        }
        for key in ["part-client", "tie-use", "kind-contact", "role-victim"] {
            assert!(!words.contains_key(key), "{key}");
        }
    }

    #[test]
    fn heads_of_ties_are_paths_closed_or_open() {
        let head = |one| {
            let row = tie(one);
            (row.head, row.hollow)
        };
        assert_eq!(head(Tie::Recruiting), ("M1 0 L-1 0.84 L-1 -0.84 Z".into(), false));
        assert_eq!(head(Tie::Contact), ("M-0.8 0.84 L1 0 L-0.8 -0.84".into(), true));
        assert_eq!(head(Tie::Role), (String::new(), false));
    }

    #[test]
    fn a_part_says_whether_it_is_a_person_a_victim_and_dashed() {
        let said = |one| {
            let row = part(one);
            (row.code, row.dashed, row.person, row.victim)
        };
        assert_eq!(said(Part::Victim), ("victim", false, true, true));
        assert_eq!(said(Part::Unknown), ("unknown", true, true, false));
        assert_eq!(said(Part::CaseFile), ("case-file", false, false, false));
        assert!((part(Part::Client).middle + 0.25).abs() < 1e-12);
    }
}
