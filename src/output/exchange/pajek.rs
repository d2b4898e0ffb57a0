//! Pajek networks (`.net`) and partitions (`.clu`) (Batagelj and Mrvar, *Pajek: Program for Analysis and Visualization of Large Networks*, reference manual).

use std::io::{self, Write};

use super::chart::Chart;
use crate::error::is_unprintable;
use crate::finding::{MapNode, Part};
use crate::output::drawing::sign::{Shape, sign};
use crate::untrusted::Untrusted;

/// How nodes are numbered: people first, as a two-mode network has its first side first.
#[derive(Debug)]
struct Numbers {
    /// The places of the nodes in their order.
    order: Vec<usize>,
    /// The number of each node, from 1.
    of: Vec<usize>,
    people: usize,
}

impl Numbers {
    fn new(chart: &Chart<'_>) -> Self {
        let (mut order, things): (Vec<_>, Vec<_>) =
            chart.nodes().partition(|(_, node)| node.part.is_person());
        let people = order.len();
        order.extend(things);
        let order: Vec<usize> = order.into_iter().map(|(place, _)| place).collect();
        let mut of = vec![0; order.len()];
        for (number, &place) in order.iter().enumerate() {
            of[place] = number + 1;
        }
        Self { order, of, people }
    }

    /// Whether all ties lead from people to what is no person.
    fn is_two_mode(&self, chart: &Chart<'_>) -> bool {
        let across =
            |from: usize, to: usize| self.of[from] <= self.people && self.of[to] > self.people;
        self.people < self.order.len()
            && self.people > 0
            && chart.edges().all(|(_, edge)| across(edge.from, edge.to))
    }
}

/// The network.
pub(super) fn write(chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
    let numbers = Numbers::new(chart);
    write!(out, "*Vertices {}", numbers.order.len())?;
    if numbers.is_two_mode(chart) {
        write!(out, " {}", numbers.people)?;
    }
    writeln!(out)?;
    for (number, &place) in numbers.order.iter().enumerate() {
        let node = &chart.map.nodes[place];
        write!(out, "{} {}", number + 1, label(chart, place, node).through(quoted))?;
        if let Some([x, y]) = chart.share(place) {
            write!(out, " {x:.4} {y:.4}")?;
        }
        writeln!(out, " {}", shape(node))?;
    }
    writeln!(out, "*Arcs")?;
    for (_, edge) in chart.edges() {
        let (from, to) = (numbers.of[edge.from], numbers.of[edge.to]);
        let count = if edge.count.is_finite() { edge.count } else { 1.0 };
        writeln!(out, "{from} {to} {count} l {}", quoted(edge.kind.code()))?;
    }
    Ok(())
}

/// The communities, in the order of the vertices; 0 is none.
pub(super) fn write_partition(chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
    let numbers = Numbers::new(chart);
    writeln!(out, "*Vertices {}", numbers.order.len())?;
    for &place in &numbers.order {
        writeln!(out, "{}", chart.map.nodes[place].community.unwrap_or(0))?;
    }
    Ok(())
}

/// The id, by which other programs tell nodes apart, and the name where one is shown.
fn label(chart: &Chart<'_>, place: usize, node: &MapNode) -> Untrusted {
    let id = chart.id(place);
    // A victim is called by her pseudonym, which is her id.
    let is_named = node.entity.is_some() && node.part != Part::Victim && *id != node.label;
    if is_named { Untrusted::joined([id, &node.label], " ") } else { id.clone() }
}

fn shape(node: &MapNode) -> &'static str {
    match sign(node.part).shape {
        Shape::Ellipse | Shape::DashedEllipse => "ellipse",
        Shape::Octagon | Shape::InvertedHouse | Shape::House => "triangle",
        Shape::Hexagon | Shape::Parallelogram | Shape::Diamond => "diamond",
        Shape::Box | Shape::RoundedBox | Shape::Folder | Shape::Component => "box",
    }
}

/// `text` in quotes. The format has no escapes: a quote becomes `'`, a backslash, which some readers take for an escape, `/`, and what
/// acts on a reader is written `/u{…}`.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push('\''),
            '\\' => out.push('/'),
            _ if is_unprintable(c) => {
                out.extend(c.escape_unicode().map(|c| if c == '\\' { '/' } else { c }));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::sketch::contact;
    use crate::finding::{Map, MapEdge};

    #[test]
    fn nothing_ends_a_label_early() {
        assert_eq!(quoted("a\"b\\\n*Arcs"), "\"a'b//u{a}*Arcs\"");
    }

    fn map(parts: &[Part], ties: &[(usize, usize, f64)]) -> Map {
        let node = |(place, &part): (usize, &Part)| MapNode {
            community: (place > 0).then_some(place),
            ..MapNode::new(format!("N{place}").into(), part)
        };
        let edge =
            |&(from, to, count): &(usize, usize, f64)| MapEdge { count, ..contact(from, to) };
        Map {
            nodes: parts.iter().enumerate().map(node).collect(),
            edges: ties.iter().map(edge).collect(),
            ..Map::default()
        }
    }

    fn lines(map: &Map) -> Vec<String> {
        let mut out = Vec::new();
        write(&Chart::new(map, None), &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_network_is_two_mode_where_all_ties_lead_from_people_to_things() {
        let (person, thing) = (Part::Client, Part::Channel);
        for (parts, ties, first) in [
            (&[person, thing][..], &[(0, 1, 1.0)][..], "*Vertices 2 1"),
            (&[thing, person, person], &[(1, 0, 1.0), (2, 0, 1.0)], "*Vertices 3 2"),
            (&[person, thing], &[], "*Vertices 2 1"),
            // The other way round, among people, among things, and where one side is empty.
            (&[person, thing], &[(1, 0, 1.0)], "*Vertices 2"),
            (&[person, person, thing], &[(0, 2, 1.0), (0, 1, 1.0)], "*Vertices 3"),
            (&[person, thing, thing], &[(0, 1, 1.0), (1, 2, 1.0)], "*Vertices 3"),
            (&[person, person], &[], "*Vertices 2"),
            (&[thing, thing], &[], "*Vertices 2"),
        ] {
            assert_eq!(lines(&map(parts, ties))[0], first, "{parts:?} {ties:?}");
        }
    }

    #[test]
    fn people_are_numbered_first_and_ties_and_partitions_follow() {
        let parts = [Part::Place, Part::Victim, Part::Channel, Part::Recruiter];
        let map = map(&parts, &[(3, 1, 2.0), (1, 0, f64::INFINITY)]);
        assert_eq!(
            lines(&map),
            [
                "*Vertices 4",
                "1 \"N1\" ellipse",
                "2 \"N3\" triangle",
                "3 \"place:N0\" diamond",
                "4 \"channel:N2\" box",
                "*Arcs",
                "2 1 2 l \"contact\"",
                "1 3 1 l \"contact\""
            ]
        );
        let mut out = Vec::new();
        write_partition(&Chart::new(&map, None), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "*Vertices 4\n1\n3\n0\n2\n");
    }
}
