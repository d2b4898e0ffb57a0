//! A graph that another tool wrote, as a graph to measure.

use super::{Labelled, Names};
use crate::case::{Foreign, ForeignEdge};
use crate::error::{Error, Position, Result};
use crate::graph::csr::{Csr, Direction, Edge};

impl Labelled {
    /// The graph of a file of another tool, with the label of each node where no other has it, else its id; and the ids.
    ///
    /// Nodes are numbered by falling number of edges, equals in the order of the file; unlike in a list of edges, nodes without edges
    /// are there. Where edges run one way, one that runs both ways is two. An edge without a weight weighs 1 among others that have one.
    ///
    /// - **Cost**: linear, and a sort of the nodes.
    ///
    /// # Errors
    ///
    /// If weights add up to no number, or there are over 2³² − 1 nodes.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kluwen::case::{Foreign, Limits};
    /// use kluwen::graph::{Direction, Labelled};
    ///
    /// let file = Foreign::read("network.graphml".as_ref(), &Limits::default())?;
    /// let (graph, ids) = Labelled::of_foreign(&file, Direction::Undirected)?;
    /// println!("{} ({}) has the most ties", graph.names.of(0), ids.of(0));
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn of_foreign(graph: &Foreign, direction: Direction) -> Result<(Self, Names)> {
        let count = graph.nodes.len();
        if u32::try_from(count).is_err() {
            return Err(Error::limit(
                "a graph of over 4,294,967,295 nodes",
                "leave some of them out",
            ));
        }
        let edges = || graph.edges.iter().filter(|edge| is_taken(graph, edge, direction));
        let mut degrees = vec![0_u64; count];
        for edge in edges().filter(|edge| edge.from != edge.to) {
            degrees[edge.from] += 1;
            degrees[edge.to] += 1;
        }
        let mut order: Vec<u32> = (0_u32..).take(count).collect();
        order.sort_by_key(|&node| std::cmp::Reverse(degrees[node as usize]));
        let mut numbers = vec![0_u32; count];
        for (number, &node) in (0_u32..).zip(&order) {
            numbers[node as usize] = number;
        }
        let mut arcs: Vec<Edge> = Vec::with_capacity(graph.edges.len());
        for edge in edges() {
            let (u, v, weight) = (numbers[edge.from], numbers[edge.to], edge.weight.unwrap_or(1.0));
            arcs.push((u, v, weight));
            if direction == Direction::Directed && !edge.directed && !graph.mirrored && u != v {
                arcs.push((v, u, weight));
            }
        }
        check_sum(graph, &arcs)?;
        let csr = if graph.edges.iter().any(|edge| edge.weight.is_some()) {
            Csr::new(count, &arcs, direction)
        } else {
            let pairs: Vec<(u32, u32)> = arcs.iter().map(|&(u, v, _)| (u, v)).collect();
            Csr::unweighted(count, &pairs, direction)
        };
        let called = graph.names();
        let names = texts(order.iter().map(|&node| called[node as usize].as_ref()));
        let ids = texts(order.iter().map(|&node| graph.nodes[node as usize].id.as_str()));
        Ok((Self { csr, names, lines: graph.edges.len(), unread: Vec::new() }, ids))
    }
}

/// Of ties that stand twice in a matrix one is taken where they run both ways.
fn is_taken(graph: &Foreign, edge: &ForeignEdge, direction: Direction) -> bool {
    !graph.mirrored || direction == Direction::Directed || edge.from <= edge.to
}

fn check_sum(graph: &Foreign, arcs: &[Edge]) -> Result<()> {
    if arcs.iter().map(|arc| arc.2.abs()).sum::<f64>().is_finite() {
        return Ok(());
    }
    let file = graph.files.first().map(|file| file.name.clone()).unwrap_or_default();
    let position = Position { file, column: "weight".to_owned(), ..Position::default() };
    Err(Error::data(position, "weights that add up to no number", "a finite sum"))
}

fn texts<'n>(names: impl Iterator<Item = &'n str>) -> Names {
    let (mut all, mut ends) = (String::new(), Vec::new());
    for name in names {
        all.push_str(name);
        ends.push(all.len());
    }
    Names::Texts { all, ends }
}
