//! Edges that have days: what a path through time is sought in.

use super::network::Network;
use super::view::View;
use crate::case::When;
use crate::graph::Direction;
use crate::identity::EntityId;

/// The first and the last day that something can have been, in days after 1970-01-01.
///
/// An end that is not known is [`i32::MIN`] or [`i32::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: i32,
    /// The last day; not before the first.
    pub last: i32,
}

/// An edge from one node to another, and between which days it began and ended.
///
/// A call begins and ends on one day, so its `start` and `end` are one and the same; a lasting tie can be walked
/// on any day from its start to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedEdge {
    /// From which node.
    pub from: u32,
    /// To which node.
    pub to: u32,
    /// When it began.
    pub start: Days,
    /// When it ended.
    pub end: Days,
}

impl Days {
    /// One day and no other.
    #[must_use]
    pub fn on(day: i32) -> Self {
        Self { first: day, last: day }
    }

    fn of(when: When) -> Self {
        Self {
            first: when.earliest().map_or(i32::MIN, crate::case::Day::number),
            last: when.latest().map_or(i32::MAX, crate::case::Day::number),
        }
    }
}

impl TimedEdge {
    /// An edge on one day.
    #[must_use]
    pub fn on(day: i32, from: u32, to: u32) -> Self {
        Self { from, to, start: Days::on(day), end: Days::on(day) }
    }
}

/// A graph whose edges have days; parallel edges stay apart.
///
/// - **Shape**: the edges as given, and for each node which of them leave it and which come in.
/// - **Cost**: 32 bytes an edge, 16 a node.
///
/// # Examples
///
/// ```
/// use kluwen::graph::{TimedEdge, TimedGraph};
///
/// let graph = TimedGraph::new(3, vec![TimedEdge::on(5, 0, 1), TimedEdge::on(3, 1, 2)]);
/// assert_eq!(graph.leaving(1), [1], "the second edge");
/// assert_eq!(graph.entering(1), [0], "the first");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TimedGraph {
    edges: Vec<TimedEdge>,
    leaving: Lists,
    entering: Lists,
}

/// A list of edges for each node.
#[derive(Clone, Debug, PartialEq)]
struct Lists {
    offsets: Vec<u32>,
    edges: Vec<u32>,
}

impl Lists {
    fn of(node_count: usize, ends: impl Iterator<Item = u32> + Clone) -> Self {
        let mut offsets = vec![0; node_count + 1];
        for node in ends.clone() {
            offsets[node as usize + 1] += 1;
        }
        for node in 0..node_count {
            offsets[node + 1] += offsets[node];
        }
        let mut next = offsets.clone();
        let mut edges = vec![0; offsets[node_count] as usize];
        for (edge, node) in (0..).zip(ends) {
            edges[next[node as usize] as usize] = edge;
            next[node as usize] += 1;
        }
        Self { offsets, edges }
    }

    fn at(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.edges[self.offsets[node] as usize..self.offsets[node + 1] as usize]
    }
}

impl TimedGraph {
    /// The graph of these edges.
    ///
    /// # Panics
    ///
    /// If an edge names a node that is not below `node_count`, or there are 2³² edges.
    #[must_use]
    pub fn new(node_count: usize, edges: Vec<TimedEdge>) -> Self {
        assert!(u32::try_from(edges.len()).is_ok(), "edges are numbered by 32 bits");
        let leaving = Lists::of(node_count, edges.iter().map(|edge| edge.from));
        let entering = Lists::of(node_count, edges.iter().map(|edge| edge.to));
        Self { edges, leaving, entering }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.leaving.offsets.len() - 1
    }

    /// All edges, as they were given.
    #[must_use]
    pub fn edges(&self) -> &[TimedEdge] {
        &self.edges
    }

    /// Which edges leave a node.
    #[must_use]
    pub fn leaving(&self, node: u32) -> &[u32] {
        self.leaving.at(node)
    }

    /// Which edges enter a node.
    #[must_use]
    pub fn entering(&self, node: u32) -> &[u32] {
        self.entering.at(node)
    }
}

/// A graph in time, and what its nodes and edges are.
#[derive(Clone, Debug)]
pub struct FlatInTime {
    /// The graph.
    pub graph: TimedGraph,
    /// Who each node is.
    pub nodes: Vec<EntityId>,
    /// By edge: the row of `links` that it comes from.
    pub rows: Vec<usize>,
    /// Links of the view that are left out because they have no date.
    pub undated: usize,
    /// Links of the case that the view does not hold.
    pub left_out: usize,
}

impl Network<'_> {
    /// What `view` holds, with its days: an edge a dated link, two where links run both ways.
    ///
    /// A link without an end lasts no longer than its start says; one without a start is where its end is. All people are
    /// nodes, in order.
    ///
    /// # Panics
    ///
    /// If there are more than 2³¹ links.
    #[must_use]
    pub fn in_time(&self, view: &View, direction: Direction) -> FlatInTime {
        let (mut edges, mut rows, mut held) = (Vec::new(), Vec::new(), 0);
        for (row, link, from, to) in self.links(view) {
            held += 1;
            let Some((start, end)) = days(link.start, link.end) else { continue };
            let edge = TimedEdge { from: from.node(), to: to.node(), start, end };
            edges.push(edge);
            rows.push(row);
            if direction == Direction::Undirected {
                edges.push(TimedEdge { from: edge.to, to: edge.from, ..edge });
                rows.push(row);
            }
        }
        let ways = if direction == Direction::Undirected { 2 } else { 1 };
        FlatInTime {
            undated: held - edges.len() / ways,
            left_out: self.case().links.len() - held,
            graph: TimedGraph::new(self.entities().len(), edges),
            nodes: self.entities().iter().collect(),
            rows,
        }
    }
}

/// When a link began and ended; none where neither is known.
fn days(start: When, end: When) -> Option<(Days, Days)> {
    match (start.is_known(), end.is_known()) {
        (true, true) => Some((Days::of(start), Days::of(end))),
        (true, false) => Some((Days::of(start), Days::of(start))),
        (false, true) => Some((Days::of(end), Days::of(end))),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Entities, sketch};

    #[test]
    fn dated_links_become_edges_one_each_or_two() {
        // Day 18,262 after 1970-01-01 is 2020-01-01.
        let links = "from,to,kind,start,end\n\
             a,b,accomplice,2020-01-01,2020-01-03\nb,c,accomplice,,2020-01-05\nc,a,accomplice,,\n\
             a,c,controlled,2020-01,\nb,a,accomplice,2020-01-04,\n";
        let case = sketch::case(&[("people.csv", "person_id\na\nb\nc\nd\n"), ("links.csv", links)]);
        let entities = Entities::as_given(&case);
        let network = Network::new(&case, &entities);
        let days = |first: i32, last: i32| Days { first: 18_262 + first, last: 18_262 + last };
        let edge = |from, to, start, end| TimedEdge { from, to, start, end };
        let one_way = network.in_time(&View::default(), Direction::Directed);
        let lasting = edge(0, 1, days(0, 0), days(2, 2));
        let want = [
            lasting,
            edge(1, 2, days(4, 4), days(4, 4)),
            edge(0, 2, days(0, 30), days(0, 30)),
            edge(1, 0, days(3, 3), days(3, 3)),
        ];
        assert_eq!(one_way.graph.edges(), want);
        assert_eq!(one_way.rows, [0, 1, 3, 4]);
        assert_eq!((one_way.undated, one_way.left_out), (1, 0));
        assert_eq!((one_way.nodes.len(), one_way.graph.node_count()), (4, 4));

        let both_ways = network.in_time(&View::default(), Direction::Undirected);
        assert_eq!(both_ways.rows, [0, 0, 1, 1, 3, 3, 4, 4]);
        assert_eq!(both_ways.graph.edges()[..2], [lasting, edge(1, 0, days(0, 0), days(2, 2))]);
        assert_eq!((both_ways.undated, both_ways.left_out), (1, 0));

        let control = View { kinds: vec![crate::case::LinkKind::Controlled], ..View::default() };
        let few = network.in_time(&control, Direction::Undirected);
        assert_eq!((few.rows, few.undated, few.left_out), (vec![3, 3], 0, 4));
    }

    #[test]
    fn each_node_knows_what_leaves_and_enters_it() {
        let edges = [(2, 0), (0, 2), (2, 1), (2, 0), (1, 1)];
        let edges =
            (1..).zip(edges).map(|(day, (from, to))| TimedEdge::on(day, from, to)).collect();
        let graph = TimedGraph::new(4, edges);
        let lists =
            |of: fn(&TimedGraph, u32) -> &[u32]| [0, 1, 2, 3].map(|node| of(&graph, node).to_vec());
        assert_eq!(lists(TimedGraph::leaving), [vec![1], vec![4], vec![0, 2, 3], vec![]]);
        assert_eq!(lists(TimedGraph::entering), [vec![0, 3], vec![2, 4], vec![1], vec![]]);
        assert_eq!((graph.node_count(), graph.edges().len()), (4, 5));
        assert_eq!(TimedGraph::new(0, Vec::new()).node_count(), 0);
    }

    #[test]
    fn an_open_end_is_the_first_or_the_last_of_all_days() {
        let of = |text: &str| Days::of(When::parse(text).expect("a date"));
        assert_eq!(of("1970-01-02"), Days::on(1));
        assert_eq!(of("1969"), Days { first: -365, last: -1 });
        assert_eq!(of(""), Days { first: i32::MIN, last: i32::MAX });
    }
}
