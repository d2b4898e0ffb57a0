//! Where nodes go on paper, and how good a drawing is.
//!
//! [`ForceLayout`] lets forces place nodes, [`Concentric`] lays them on rings around some of them; neither lays a node's sign on another. [`stress`],
//! [`neighborhood_preservation`] and [`crossings`] say how well a drawing shows its graph.

mod coarsening;
mod concentric;
mod crossings;
mod descent;
mod force_layout;
mod multilevel;
mod near_points;
mod neighborhood;
mod overlap;
mod packing;
mod parts;
mod pivots;
mod pushing;
mod quadtree;
mod repulsion;
mod rings;
mod scaling;
mod signs;
mod spreading;
mod stress;
mod ties;
mod turning;

pub use concentric::Concentric;
pub use crossings::crossings;
pub use force_layout::ForceLayout;
pub use neighborhood::neighborhood_preservation;
pub use overlap::without_overlaps;
pub use stress::{Stress, stress};

use std::borrow::Cow;

use crate::graph::Csr;

/// A place on paper, in points: to the right and down.
pub type Point = [f64; 2];

/// The graph with each edge running both ways.
fn both_ways(csr: &Csr) -> Cow<'_, Csr> {
    if csr.is_directed() { Cow::Owned(csr.to_undirected()) } else { Cow::Borrowed(csr) }
}
