//! The typed temporal multigraph: one node a person, one edge a link, nothing flattened.

use petgraph::graph::{DiGraph, NodeIndex};

use super::chance::{Voice, chances};
use super::csr::{Csr, Direction, Edge};
use super::view::{View, Weight};
use crate::case::{Case, Link};
use crate::identity::{Entities, EntityId};

/// Who is tied to whom in a case, link by link.
///
/// Each link stays an edge of its own, with its kind, dates and certainty; ten calls are ten edges.
/// A [`View`] chooses among them, and [`flatten`](Self::flatten) makes of what it chose the simple graph that is measured.
///
/// - **Cost**: 20 bytes a link beside the case it borrows.
#[derive(Clone, Debug)]
pub struct Network<'a> {
    case: &'a Case,
    entities: &'a Entities,
    graph: DiGraph<EntityId, u32>,
}

/// A graph to be measured, and who its nodes are.
#[derive(Clone, Debug)]
pub struct Flat<N> {
    /// The graph.
    pub csr: Csr,
    /// What each node is, in node order.
    pub nodes: Vec<N>,
    /// Links of the case that the view does not hold.
    pub left_out: usize,
}

impl<'a> Network<'a> {
    /// The network of all links of a case.
    ///
    /// A link whose two ends turn out to be one person ties nobody, and is left out.
    ///
    /// # Panics
    ///
    /// If there are more than 2³² links.
    #[must_use]
    pub fn new(case: &'a Case, entities: &'a Entities) -> Self {
        let mut graph = DiGraph::with_capacity(entities.len(), case.links.len());
        for entity in entities.iter() {
            graph.add_node(entity);
        }
        for (row, link) in (0..).zip(case.links.iter()) {
            let ends = (entities.of(case, link.from), entities.of(case, link.to));
            if let (Some(from), Some(to)) = ends
                && from != to
            {
                graph.add_edge(node(from), node(to), row);
            }
        }
        Self { case, entities, graph }
    }

    /// The case that the network is of.
    #[must_use]
    pub fn case(&self) -> &'a Case {
        self.case
    }

    /// Who is who in it.
    #[must_use]
    pub fn entities(&self) -> &'a Entities {
        self.entities
    }

    /// The multigraph itself: nodes are entities in order, an edge's weight is its row in `links`.
    #[must_use]
    pub fn graph(&self) -> &DiGraph<EntityId, u32> {
        &self.graph
    }

    /// The links that `view` holds: their row, and who is tied to whom.
    pub fn links<'v>(
        &'v self,
        view: &'v View,
    ) -> impl Iterator<Item = (usize, &'v Link, EntityId, EntityId)> + 'v {
        let filter = view.filter(self.case, self.entities);
        self.graph.edge_indices().filter_map(move |edge| {
            let (from, to) = self.graph.edge_endpoints(edge)?;
            let (from, to) = (self.graph[from], self.graph[to]);
            let row = self.graph[edge] as usize;
            filter.holds(row, from, to).then(|| (row, &self.case.links[row], from, to))
        })
    }

    /// The simple graph of what `view` holds: parallel links become one edge.
    ///
    /// # Panics
    ///
    /// If there are more than 2³² people.
    #[must_use]
    pub fn flatten(&self, view: &View, direction: Direction, weight: Weight) -> Flat<EntityId> {
        let mut number = vec![u32::MAX; self.entities.len()];
        let mut edges: Vec<Edge> = Vec::new();
        let mut voices = Vec::new();
        for (_, link, from, to) in self.links(view) {
            edges.push((from.node(), to.node(), weight.of(link)));
            voices.push(Voice::of(link));
            number[from.number()] = 0;
            number[to.number()] = 0;
        }
        let filter = view.filter(self.case, self.entities);
        let kept = |&e: &EntityId| {
            number[e.number()] == 0 || (view.keeps_isolates() && filter.holds_person(e))
        };
        let nodes: Vec<EntityId> = self.entities.iter().filter(kept).collect();
        for (new, entity) in (0..).zip(&nodes) {
            number[entity.number()] = new;
        }
        let left_out = self.case.links.len() - edges.len();
        for (from, to, _) in &mut edges {
            (*from, *to) = (number[*from as usize], number[*to as usize]);
        }
        if weight == Weight::Chance {
            edges = chances(&edges, &voices, direction);
        }
        let csr = Csr::new(nodes.len(), &edges, direction);
        let csr = if weight == Weight::None { csr.without_weights() } else { csr };
        Flat { csr, nodes, left_out }
    }
}

fn node(entity: EntityId) -> NodeIndex {
    NodeIndex::new(entity.number())
}
