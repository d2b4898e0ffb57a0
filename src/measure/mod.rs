//! Which nodes matter, which belong together?
//!
//! Kernels on [`Csr`]: nodes and edges in, numbers out. Nothing here knows a person. Every
//! result is the same to the bit for any number of threads.

mod against_chance;
mod agreement;
mod attack;
mod betweenness;
mod bipartite_configuration;
mod birank;
mod blocks;
mod brandes;
mod breaking;
mod burstiness;
mod climbing;
mod closeness;
mod cohesion;
mod components;
mod consensus;
mod core_hd;
mod core_numbers;
mod cut_sweep;
mod degree;
mod dismantling;
mod distance_sums;
mod dominance;
mod false_discovery;
mod generalized;
mod harmonic;
mod hba;
mod hops;
mod key_covering;
mod key_cutting;
mod key_lengthening;
mod key_players;
mod key_reaching;
mod key_walk;
mod leiden;
mod length;
mod local_moving;
mod louvain;
mod map_equation;
mod modularity;
mod motif_pairs;
mod motif_sweep;
mod near_sets;
mod network;
mod objective;
mod overlap;
mod pagerank;
mod partition;
mod path_count;
mod pieces;
mod projection;
mod reading;
mod refinement;
mod rewiring;
mod routing;
mod scores;
mod search;
mod shortest_paths;
mod structure;
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
pub use cohesion::Cohesion;
pub use components::Components;
pub use consensus::{Agreed, Consensus, Divider};
pub use core_numbers::CoreNumbers;
pub use degree::{Degree, Side, Strength};
pub use dismantling::{Dismantled, Dismantling, DismantlingStrategy};
pub(crate) use false_discovery::false_discovery;
pub use harmonic::Harmonic;
pub use key_players::{KeyGoal, KeyPlayers, KeySearch, KeySet};
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
