//! Which nodes matter, which belong together?
//!
//! Kernels on [`Csr`]: nodes and edges in, numbers out. Nothing here knows a person. Every
//! result is the same to the bit for any number of threads.

mod against_chance;
mod agreement;
mod betweenness;
mod bipartite_configuration;
mod birank;
mod blocks;
mod brandes;
mod burstiness;
mod climbing;
mod closeness;
mod components;
mod consensus;
mod core_numbers;
mod degree;
mod distance_sums;
mod false_discovery;
mod harmonic;
mod hops;
mod label_propagation;
mod leiden;
mod length;
mod local_moving;
mod louvain;
mod map_equation;
mod members;
mod modularity;
mod motif_pairs;
mod motif_sweep;
mod mover;
mod moves;
mod near_sets;
mod network;
mod objective;
mod overlap;
mod pace;
mod pagerank;
mod partition;
mod path_count;
mod projection;
mod queue;
mod reading;
mod refinement;
mod rewiring;
mod scores;
mod search;
mod separating;
mod shortest_paths;
mod structure;
mod tally;
mod temporal_closeness;
mod temporal_motifs;
mod time_paths;
mod two_sides;

pub(crate) use against_chance::{AgainstChance, chance_of};
pub use agreement::Agreement;
pub use betweenness::Betweenness;
pub use birank::BiRank;
pub use burstiness::Burstiness;
pub use closeness::{Closeness, ClosenessVariant};
pub use components::Components;
pub use consensus::{Agreed, Consensus, Divider};
pub use core_numbers::CoreNumbers;
pub use degree::{Degree, Side, Strength};
pub(crate) use false_discovery::false_discovery;
pub use harmonic::Harmonic;
pub use label_propagation::LabelPropagation;
pub use leiden::Leiden;
pub use length::{Along, Length};
pub use louvain::Louvain;
pub use map_equation::MapEquation;
pub use modularity::Quality;
pub use near_sets::{NearSets, jaccard};
pub(crate) use near_sets::{mixed, shared};
pub use pagerank::{Dangling, PageRank, Weights};
pub use partition::Partition;
pub use projection::{Null, Projected, Projection, SharedPair};
pub use rewiring::{Beside, Rewiring};
pub use scores::Scores;
pub use shortest_paths::{PathsBetween, ShortestPaths};
pub use structure::{degree_assortativity, transitivity, triangles};
pub use temporal_closeness::{NearInTime, TemporalCloseness};
pub use temporal_motifs::{MotifCensus, TemporalMotifs};
pub use time_paths::{Fastest, InTime, Order, TimePaths};

use crate::error::Result;
use crate::graph::Csr;

/// A measure that gives each node a number.
pub trait Centrality {
    /// The name on the command line and in tables.
    fn name(&self) -> &'static str;

    /// One score per node, in node order.
    ///
    /// # Errors
    ///
    /// If an option is out of its range, or an iteration does not settle.
    fn scores(&self, csr: &Csr) -> Result<Scores>;
}

/// A method that puts each node into one group.
pub trait Communities {
    /// The name on the command line and in tables.
    fn name(&self) -> &'static str;

    /// The group of each node.
    ///
    /// # Errors
    ///
    /// If an option is out of its range.
    fn partition(&self, csr: &Csr) -> Result<Partition>;
}
