//! Which edges meet at a node, and between which two: what motifs are sought among.

use std::ops::Range;

use super::motif_sweep::{Event, NONE};
use super::temporal_motifs::Dated;

/// By node: the edges at it in order of days.
#[derive(Debug)]
pub(super) struct Incidence {
    offsets: Vec<usize>,
    ends: Vec<End>,
}

/// An edge as one of its nodes sees it.
#[derive(Clone, Copy, Debug)]
struct End {
    day: i32,
    other: u32,
    /// 0 out of the node, 1 into it.
    way: u8,
}

/// What is around a node.
#[derive(Debug)]
pub(super) struct Around {
    /// Its edges in order of days; the key is the place of the other node among `others`.
    pub(super) events: Vec<Event>,
    /// The other nodes, in order.
    pub(super) others: Vec<u32>,
    /// The edges by other node, then in order of days.
    pub(super) order: Vec<u32>,
    /// By other node: where in `order` its edges are.
    pub(super) by_other: Vec<Range<usize>>,
}

impl Incidence {
    /// Of edges that come in order of days.
    pub(super) fn of(node_count: usize, edges: &[Dated]) -> Self {
        let mut offsets = vec![0; node_count + 1];
        for node in edges.iter().flat_map(|edge| [edge.from, edge.to]) {
            offsets[node as usize + 1] += 1;
        }
        for node in 0..node_count {
            offsets[node + 1] += offsets[node];
        }
        let mut next = offsets.clone();
        let mut ends = vec![End { day: 0, other: 0, way: 0 }; 2 * edges.len()];
        for edge in edges {
            for (node, other, way) in [(edge.from, edge.to, 0), (edge.to, edge.from, 1)] {
                ends[next[node as usize]] = End { day: edge.day, other, way };
                next[node as usize] += 1;
            }
        }
        Self { offsets, ends }
    }

    pub(super) fn node_count(&self) -> u32 {
        u32::try_from(self.offsets.len() - 1).unwrap_or(u32::MAX)
    }

    fn at(&self, node: u32) -> &[End] {
        let node = node as usize;
        &self.ends[self.offsets[node]..self.offsets[node + 1]]
    }

    pub(super) fn around(&self, node: u32) -> Around {
        let ends = self.at(node);
        let mut order: Vec<u32> = (0..).take(ends.len()).collect();
        order.sort_by_key(|&at| ends[at as usize].other);
        let mut events: Vec<Event> = ends
            .iter()
            .map(|end| Event {
                day: end.day,
                key: 0,
                class: usize::from(end.way),
                lone: u32::from(end.way),
            })
            .collect();
        let (mut others, mut by_other, mut start) = (Vec::new(), Vec::new(), 0);
        let other = |&at: &u32| ends[at as usize].other;
        for (key, group) in (0..).zip(order.chunk_by(|a, b| other(a) == other(b))) {
            for &at in group {
                events[at as usize].key = key;
            }
            others.push(other(&group[0]));
            by_other.push(start..start + group.len());
            start += group.len();
        }
        Around { events, others, order, by_other }
    }
}

/// Pairs of nodes that are tied, and their edges.
#[derive(Debug)]
pub(super) struct Pairs {
    /// By node: the others it is tied to, in order, and by which pair.
    offsets: Vec<usize>,
    others: Vec<(u32, u32)>,
    /// By pair: its nodes, the lower first.
    nodes: Vec<[u32; 2]>,
    /// By pair: where its edges are.
    starts: Vec<u32>,
    /// The edges by pair, in order of days: the day, and whether out of the lower node (0) or into it (1).
    edges: Vec<(i32, u8)>,
}

impl Pairs {
    pub(super) fn of(incidence: &Incidence) -> Self {
        let mut pairs = Self {
            offsets: vec![0],
            others: Vec::new(),
            nodes: Vec::new(),
            starts: vec![0],
            edges: Vec::new(),
        };
        // Of each node, the pairs in which it is the upper one: these were met at the lower.
        let mut upper: Vec<Vec<(u32, u32)>> = vec![Vec::new(); incidence.node_count() as usize];
        for node in 0..incidence.node_count() {
            pairs.others.append(&mut upper[node as usize]);
            let ends = incidence.at(node);
            let mut higher: Vec<&End> = ends.iter().filter(|end| end.other > node).collect();
            higher.sort_by_key(|end| end.other);
            for group in higher.chunk_by(|a, b| a.other == b.other) {
                let (other, pair) = (group[0].other, pairs.len());
                pairs.others.push((other, pair));
                upper[other as usize].push((node, pair));
                pairs.nodes.push([node, other]);
                pairs.edges.extend(group.iter().map(|end| (end.day, end.way)));
                pairs.starts.push(u32::try_from(pairs.edges.len()).unwrap_or(u32::MAX));
            }
            pairs.offsets.push(pairs.others.len());
        }
        pairs
    }

    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.nodes.len()).expect("no more pairs than edges")
    }

    fn tied(&self, node: u32) -> &[(u32, u32)] {
        &self.others[self.offsets[node as usize]..self.offsets[node as usize + 1]]
    }

    fn edges(&self, pair: u32) -> &[(i32, u8)] {
        let pair = pair as usize;
        &self.edges[self.starts[pair] as usize..self.starts[pair + 1] as usize]
    }

    /// What decides which pair of a triangle is its base: the number of edges, then the number of the pair.
    fn size(&self, pair: u32) -> (usize, u32) {
        (self.edges(pair).len(), pair)
    }

    /// The edges, in order of days, of all triangles whose largest pair is `base`, and how many such triangles there are.
    pub(super) fn triangles(&self, base: u32) -> (Vec<Event>, usize) {
        let thirds = self.thirds(base);
        let mut events = Vec::new();
        if thirds.is_empty() {
            return (events, 0);
        }
        let lone = |&(day, way): &(i32, u8)| Event { day, key: NONE, class: 0, lone: way.into() };
        events.extend(self.edges(base).iter().map(lone));
        for (key, (third, sides)) in (0..).zip(&thirds) {
            for (end, &pair) in sides.iter().enumerate() {
                let third_is_upper = usize::from(self.nodes[pair as usize][1] == *third);
                let class = |way: u8| 2 * end + (usize::from(way) ^ third_is_upper);
                let wing =
                    |&(day, way): &(i32, u8)| Event { day, key, class: class(way), lone: NONE };
                events.extend(self.edges(pair).iter().map(wing));
            }
        }
        events.sort_by_key(|event| event.day);
        (events, thirds.len())
    }

    /// The nodes that are tied to both of a pair by smaller pairs, and these: to its lower node, to its upper one.
    fn thirds(&self, base: u32) -> Vec<(u32, [u32; 2])> {
        let [lower, upper] = self.nodes[base as usize];
        let few_first = self.tied(lower).len() <= self.tied(upper).len();
        let (few, many) = if few_first { (lower, upper) } else { (upper, lower) };
        let many = self.tied(many);
        let smaller = |pair: u32| self.size(pair) < self.size(base);
        let third = |&(node, near): &(u32, u32)| {
            let at = many.binary_search_by_key(&node, |&(other, _)| other).ok()?;
            let far = many[at].1;
            let sides = if few_first { [near, far] } else { [far, near] };
            smaller(far).then_some((node, sides))
        };
        self.tied(few).iter().filter(|one| smaller(one.1)).filter_map(third).collect()
    }
}
