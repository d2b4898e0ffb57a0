//! Edges as arcs: an edge to be stored in the row of its first node, of its second, or of both.

use super::Edge;
use super::weights::Held;

/// In whose rows an edge is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Its first node's.
    First,
    /// Its second node's.
    Second,
    /// Both.
    Both,
}

/// A block of edges; those from a node to itself are none of its arcs.
pub(super) trait Arcs<W>: Send + Sync {
    /// Calls `edge` with the nodes and the weight of each edge.
    fn edges(&self, edge: impl FnMut(u32, u32, W));

    /// Calls `arc` with each arc, the node first in whose row it is stored.
    #[inline(always)]
    fn each(&self, ends: Ends, mut arc: impl FnMut(u32, u32, W))
    where
        W: Copy,
    {
        self.edges(|u, v, weight| {
            if u == v {
                return;
            }
            if ends != Ends::Second {
                arc(u, v, weight);
            }
            if ends != Ends::First {
                arc(v, u, weight);
            }
        });
    }
}

/// Edges whose weights are held by `W` already.
impl<W: Held> Arcs<W> for Vec<(u32, u32, W)> {
    #[inline(always)]
    fn edges(&self, edge: impl FnMut(u32, u32, W)) {
        self.as_slice().edges(edge);
    }
}

impl<W: Held> Arcs<W> for &[(u32, u32, W)] {
    #[inline(always)]
    fn edges(&self, mut edge: impl FnMut(u32, u32, W)) {
        for &(u, v, weight) in *self {
            edge(u, v, weight);
        }
    }
}

/// Edges whose weights `W` holds, as was made sure of.
pub(super) struct Wide<'a>(pub(super) &'a [Edge]);

impl<W: Held> Arcs<W> for Wide<'_> {
    #[inline(always)]
    fn edges(&self, mut edge: impl FnMut(u32, u32, W)) {
        for &(u, v, weight) in self.0 {
            edge(u, v, W::exactly(weight).expect("a width that holds each weight was chosen"));
        }
    }
}

impl Arcs<()> for &[(u32, u32)] {
    #[inline(always)]
    fn edges(&self, mut edge: impl FnMut(u32, u32, ())) {
        for &(u, v) in *self {
            edge(u, v, ());
        }
    }
}
