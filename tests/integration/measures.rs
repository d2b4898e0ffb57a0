//! What the tests of measures share: random graphs, every measure, comparing scores.

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Along, Betweenness, Bridging, BridgingCoefficient, Centrality, Closeness, ClosenessVariant,
    Clustering, CollectiveInfluence, Communities, Components, Constraint, CoreNumbers, CoreOf,
    CurrentFlowBetweenness, CurrentFlowCloseness, CutNodes, Dangling, Degree, EffectiveSize,
    Eigenvector, Harmonic, Hierarchy, Hits, HubOrAuthority, Katz, LabelPropagation, Leiden, Length,
    Louvain, MapEquation, PageRank, Quality, SampledBetweenness, Strength, Triangles,
    WeightedCores,
};
use proptest::prelude::*;

use crate::common::close_to;

/// Fails unless each number is the one wanted within 1e-9, relative to numbers above 1.
pub(crate) fn all_close(got: &[f64], want: &[f64]) {
    assert_eq!(got.len(), want.len());
    for (u, (&got, &want)) in got.iter().zip(want).enumerate() {
        let close = (got - want).abs() <= 1e-9 || close_to(got, want, 1e-9);
        assert!(close, "{u}: {got}, expected {want}");
    }
}

/// Graphs of up to `most` nodes, directed or not, weighted or not, seldom connected. Weights are
/// tenths, so that sums of them tie, but for their last bits.
pub(crate) fn graphs(most: u32) -> impl Strategy<Value = Csr> {
    (1..=most, any::<bool>(), any::<bool>()).prop_flat_map(move |(n, directed, weighted)| {
        let edge = (0..n, 0..n, (1..=9_u8).prop_map(|tenths| f64::from(tenths) * 0.1));
        prop::collection::vec(edge, 0..=3 * n as usize).prop_map(move |edges| {
            let direction = if directed { Direction::Directed } else { Direction::Undirected };
            let csr = Csr::new(n as usize, &edges, direction);
            if weighted { csr } else { csr.without_weights() }
        })
    })
}

/// Every measure that scores nodes, in each of its variants.
pub(crate) fn centralities() -> Vec<Box<dyn Centrality + Sync>> {
    let mut all: Vec<Box<dyn Centrality + Sync>> = vec![
        Box::new(Degree::default()),
        Box::new(Strength::default()),
        Box::new(CoreNumbers),
        Box::new(PageRank::default()),
        Box::new(PageRank { dangling: Dangling::Stay, ..PageRank::default() }),
        Box::new(Eigenvector::default()),
        Box::new(Katz::default()),
        Box::new(Hits::default()),
        Box::new(Hits { score: HubOrAuthority::Authority, ..Hits::default() }),
        Box::new(CurrentFlowCloseness::default()),
        Box::new(CurrentFlowBetweenness::default()),
        Box::new(WeightedCores::default()),
        Box::new(WeightedCores { of: CoreOf::DegreeAndStrength }),
    ];
    all.extend(local());
    for length in [Length::Hops, Length::Weight, Length::Reciprocal] {
        all.push(Box::new(Betweenness { length, normalized: false }));
        all.push(Box::new(SampledBetweenness { length, ..SampledBetweenness::default() }));
        for along in [Along::Incoming, Along::Outgoing] {
            let variant = ClosenessVariant::WassermanFaust;
            all.push(Box::new(Closeness { length, along, variant }));
            all.push(Box::new(Harmonic { length, along, normalized: false }));
        }
    }
    all
}

/// Measures of the surroundings of a node.
fn local() -> [Box<dyn Centrality + Sync>; 11] {
    [
        Box::new(Triangles),
        Box::new(Clustering),
        Box::new(Constraint),
        Box::new(Hierarchy),
        Box::new(EffectiveSize::default()),
        Box::new(EffectiveSize { efficiency: true }),
        Box::new(CutNodes),
        Box::new(BridgingCoefficient),
        Box::new(Bridging),
        Box::new(CollectiveInfluence { radius: 1 }),
        Box::new(CollectiveInfluence::default()),
    ]
}

/// Every measure that groups nodes, by each quality.
pub(crate) fn communities() -> Vec<Box<dyn Communities + Sync>> {
    let mut all: Vec<Box<dyn Communities + Sync>> = vec![Box::new(Components)];
    let directed = Quality::Directed { resolution: 1.0 };
    for quality in [Quality::default(), Quality::Cpm { resolution: 0.2 }, directed] {
        all.push(Box::new(Louvain { quality, starts: Some(2), ..Louvain::default() }));
        all.push(Box::new(Leiden { quality, starts: Some(2), ..Leiden::default() }));
    }
    all.push(Box::new(LabelPropagation::default()));
    all.push(Box::new(MapEquation { starts: Some(2), ..MapEquation::default() }));
    all
}
