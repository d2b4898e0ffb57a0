//! Which nodes matter, which belong together?
//!
//! Kernels on [`Csr`]: nodes and edges in, numbers out. Nothing here knows a person. Every
//! result is the same to the bit for any number of threads.

mod against_chance;
mod agreement;
mod approximate_betweenness;
mod attack;
mod balls;
mod betweenness;
mod betweenness_sums;
mod biconnected;
mod bipartite_configuration;
mod birank;
mod blocks;
mod brandes;
mod brandes_batch;
mod breadth;
mod breaking;
mod bridging;
mod brokerage;
mod burstiness;
mod chernoff;
mod climbing;
mod closeness;
mod clustering;
mod cohesion;
mod collective_influence;
mod components;
mod concordance;
mod consensus;
mod constraint;
mod core_hd;
mod core_numbers;
mod current_flow_betweenness;
mod current_flow_closeness;
mod cut_nodes;
mod cut_sweep;
mod dag;
mod degree;
mod dismantling;
mod distance_sums;
mod dominance;
mod dynamic_katz;
mod edge_betweenness;
mod effective_size;
mod eigenvector;
mod electrical;
mod false_discovery;
mod folding;
mod forward;
mod gather;
mod generalized;
mod group_betweenness;
mod group_closeness;
mod growing_components;
mod harmonic;
mod hba;
mod hits;
mod hops;
mod investment;
mod k_shortest_paths;
mod katz;
mod key_covering;
mod key_cutting;
mod key_lengthening;
mod key_players;
mod key_reaching;
mod key_walk;
mod label_propagation;
pub mod layout;
mod leading;
mod leiden;
mod length;
mod length_balls;
mod levels;
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
mod nearest;
mod network;
mod objective;
mod one_mode;
mod overlap;
mod overlap_counts;
mod pace;
mod pagerank;
mod partition;
mod path_count;
mod path_dag;
mod path_search;
mod perron;
mod personalised_pagerank;
mod perturbation;
mod pieces;
mod projection;
mod pull;
mod queue;
mod reading;
mod refinement;
mod rewiring;
mod robustness;
mod routing;
mod rows;
mod sampled_betweenness;
mod scored;
mod scores;
mod search;
mod separating;
mod settling;
mod shared_neighbors;
mod shortest_paths;
mod simple_paths;
mod spur;
mod strong_parts;
mod structure;
mod tally;
mod temporal_closeness;
mod temporal_motifs;
mod time_paths;
mod two_mode_betweenness;
mod two_mode_closeness;
mod two_mode_cores;
mod two_mode_degree;
mod two_sided;
mod two_sides;
mod undirected_walk;
mod waiting;
mod weighted_cores;

pub(crate) use against_chance::{AgainstChance, chance_of};
pub use agreement::Agreement;
pub use approximate_betweenness::ApproximateBetweenness;
pub use betweenness::Betweenness;
pub use biconnected::{Biconnected, CutTie};
pub use birank::BiRank;
pub use bridging::{Bridging, BridgingCoefficient};
pub use brokerage::{Brokerage, ExpectedRoles, Roles};
pub use burstiness::Burstiness;
pub use closeness::{Closeness, ClosenessVariant};
pub use clustering::{Clustering, Triangles};
pub use cohesion::Cohesion;
pub use collective_influence::CollectiveInfluence;
pub use components::Components;
pub use consensus::{Agreed, Consensus, Divider};
pub use constraint::{Constraint, Hierarchy};
pub use core_numbers::CoreNumbers;
pub use current_flow_betweenness::CurrentFlowBetweenness;
pub use current_flow_closeness::CurrentFlowCloseness;
pub use cut_nodes::CutNodes;
pub use degree::{Degree, Side, Strength};
pub use dismantling::{Dismantled, Dismantling, DismantlingStrategy};
pub use dynamic_katz::{DynamicKatz, InOrderOfTime};
pub use edge_betweenness::{EdgeBetweenness, EdgeScore};
pub use effective_size::EffectiveSize;
pub use eigenvector::Eigenvector;
pub use false_discovery::bonferroni;
pub(crate) use false_discovery::false_discovery;
pub use group_betweenness::GroupBetweenness;
pub use group_closeness::GroupCloseness;
pub use growing_components::GrowingComponents;
pub use harmonic::Harmonic;
pub use hits::{Hits, HubOrAuthority};
pub use k_shortest_paths::{KShortestPaths, RankedPath};
pub use katz::{Attenuation, Katz};
pub use key_players::{KeyGoal, KeyPlayers, KeySearch, KeySet};
pub use label_propagation::LabelPropagation;
pub use leiden::Leiden;
pub use length::{Along, Length};
pub use louvain::Louvain;
pub use map_equation::MapEquation;
pub use modularity::Quality;
pub use near_sets::{NearSets, jaccard};
pub(crate) use near_sets::{mixed, shared};
pub use nearest::NearestToAll;
pub use one_mode::{OneMode, SharedWeight};
pub use overlap_counts::{CountedPairs, OverlapCounts, SharedChance};
pub use pagerank::{Dangling, PageRank, Weights};
pub use partition::Partition;
pub use path_search::PathSearch;
pub use personalised_pagerank::PersonalisedPageRank;
pub use perturbation::Perturbation;
pub use projection::{Null, Projected, Projection, SharedPair};
pub use rewiring::{Beside, Rewiring};
pub use robustness::{Robust, Robustness};
pub use sampled_betweenness::SampledBetweenness;
pub use scores::Scores;
pub(crate) use settling::{check_damping, check_tolerance, reachable};
pub use shortest_paths::{PathsBetween, ShortestPaths};
pub use simple_paths::{PathsUpTo, SimplePaths};
pub use structure::{degree_assortativity, transitivity, triangles};
pub use temporal_closeness::{NearInTime, TemporalCloseness};
pub use temporal_motifs::{MotifCensus, TemporalMotifs};
pub use time_paths::{Fastest, InTime, Order, TimePaths};
pub use two_mode_betweenness::TwoModeBetweenness;
pub use two_mode_closeness::TwoModeCloseness;
pub use two_mode_cores::TwoModeCores;
pub use two_mode_degree::TwoModeDegree;
pub use weighted_cores::{CoreOf, WeightedCores};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_go_by_their_names() {
        let methods: [(&dyn Communities, &str); 5] = [
            (&Components, "components"),
            (&LabelPropagation::default(), "label-propagation"),
            (&Leiden::default(), "leiden"),
            (&Louvain::default(), "louvain"),
            (&MapEquation::default(), "map-equation"),
        ];
        for (method, name) in methods {
            assert_eq!(method.name(), name);
        }
        let [hub, authority] = [HubOrAuthority::Hub, HubOrAuthority::Authority]
            .map(|score| Hits { score, ..Hits::default() });
        let [strength, both] =
            [CoreOf::Strength, CoreOf::DegreeAndStrength].map(|of| WeightedCores { of });
        let measures: [(&dyn Centrality, &str); 13] = [
            (&ApproximateBetweenness::default(), "betweenness"),
            (&Betweenness::default(), "betweenness"),
            (&SampledBetweenness::default(), "betweenness"),
            (&Closeness::default(), "closeness"),
            (&CoreNumbers, "core"),
            (&Degree::default(), "degree"),
            (&Strength::default(), "strength"),
            (&Harmonic::default(), "harmonic"),
            (&hub, "hits_hub"),
            (&authority, "hits_authority"),
            (&PageRank::default(), "pagerank"),
            (&strength, "weighted_core"),
            (&both, "weighted_shell"),
        ];
        for (measure, name) in measures {
            assert_eq!(measure.name(), name);
        }
        assert_eq!(Katz::default().name(), "katz");
    }
}
