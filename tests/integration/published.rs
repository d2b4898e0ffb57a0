//! Values that others published or found: kernels agree with them, digit by digit.
//!
//! The networks are read from the shared data; the named graphs at the end are written here, so
//! that every measure is checked without it.

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Betweenness, Centrality, Closeness, Communities, Components, CoreNumbers, Degree, Harmonic,
    Leiden, Louvain, MapEquation, PageRank, Quality, Scores, Side, Strength, degree_assortativity,
    transitivity, triangles,
};

use crate::measures::all_close;
use crate::shared_data::{Network, networks};

/// Six printed decimals, rounded.
const PRINTED: f64 = 5.1e-7;

/// Covert and criminal networks, a few hundred nodes at most.
const CRIMINAL: [&str; 16] = [
    "caviar",
    "cielnet",
    "hijackers_911",
    "israel_calls_case1",
    "koschade_ji",
    "london_gang",
    "madoff",
    "montreal_gangs",
    "natarajan_cocaine",
    "nist_calls_c2",
    "noordin_top",
    "philippine_kidnappings",
    "rhodes_n17",
    "siren",
    "togo",
    "graphs/karate",
];

const STANDARD: [&str; 7] = [
    "graphs/celegans_metabolic",
    "graphs/dolphins",
    "graphs/email_eu_core",
    "graphs/jazz",
    "graphs/lesmis",
    "graphs/pgpgiantcompo",
    "graphs/power",
];

const LARGE: [&str; 3] = ["graphs/astro-ph", "graphs/email_enron", "graphs/facebook100_mit8"];

#[test]
fn criminal_networks_have_the_values_of_igraph() {
    for network in networks(&CRIMINAL) {
        sizes_agree(&network);
        centralities_agree(&network);
        communities_are_as_good(&network, 0.0);
    }
}

#[test]
fn standard_graphs_have_the_values_of_igraph() {
    for network in networks(&STANDARD) {
        sizes_agree(&network);
        centralities_agree(&network);
        communities_are_as_good(&network, 0.002);
    }
}

#[test]
fn large_graphs_have_the_values_of_igraph() {
    for network in networks(&LARGE) {
        sizes_agree(&network);
        centralities_agree(&network);
        communities_are_as_good(&network, 0.002);
    }
}

fn sizes_agree(network: &Network) {
    let (csr, reference) = (&network.csr, &network.reference);
    let components = Components.partition(csr).unwrap();
    let isolates = csr.nodes().filter(|&u| csr.neighbors(u).is_empty()).count();
    let deepest = CoreNumbers.scores(csr).unwrap().iter().fold(0.0, |k: f64, &l| k.max(l));
    for (name, found) in [
        ("nodes", csr.node_count() as f64),
        ("edges", csr.edge_count() as f64),
        ("components", components.group_count() as f64),
        ("largest_component", components.sizes()[0] as f64),
        ("isolates", isolates as f64),
        ("triangles", triangles(csr) as f64),
        ("max_coreness", deepest),
        ("transitivity_global", transitivity(csr).unwrap()),
        ("degree_assortativity", degree_assortativity(csr).unwrap()),
    ] {
        let expected = reference[name].as_f64().unwrap();
        assert!(
            (found - expected).abs() < 1e-9,
            "{}: {name} is {found}, expected {expected}",
            network.name
        );
    }
}

fn centralities_agree(network: &Network) {
    let csr = &network.csr;
    top_ten_agree(network, "top_degree", &Degree::default().scores(csr).unwrap());
    top_ten_agree(network, "top_pagerank_0.85", &PageRank::default().scores(csr).unwrap());
    if network.reference["top_betweenness_raw"].is_array() {
        let scores = Betweenness::default().scores(csr).unwrap();
        top_ten_agree(network, "top_betweenness_raw", &scores);
    }
}

/// The nodes listed have the scores listed, and no other ten have higher ones.
fn top_ten_agree(network: &Network, list: &str, scores: &Scores) {
    let listed = network.reference[list].as_array().unwrap();
    let ranked = scores.ranked();
    for (place, entry) in listed.iter().enumerate() {
        let node = network.nodes[entry[0].as_str().unwrap()];
        let expected = entry[1].as_f64().unwrap();
        for found in [scores[node as usize], scores[ranked[place]]] {
            assert!(
                (found - expected).abs() < PRINTED,
                "{}: {list} {place}: {found}, expected {expected}",
                network.name
            );
        }
    }
}

/// Leiden is as good as the best of five runs of igraph, but for a share `slack` of it; Louvain is
/// no worse than the worst of five.
fn communities_are_as_good(network: &Network, slack: f64) {
    let csr = &network.csr;
    let quality = |method: &dyn Communities| {
        let partition = method.partition(csr).unwrap();
        Quality::default().value(csr, &partition).unwrap()
    };
    let leiden = quality(&Leiden::default());
    let louvain = quality(&Louvain::default());
    let best = network.reference["leiden_modularity_best_of_5"].as_f64().unwrap();
    let worst = &network.reference["louvain_modularity_range_of_5"][0];
    assert!(
        leiden >= best * (1.0 - slack) - 1e-9,
        "{}: Leiden found {leiden}, igraph {best}",
        network.name
    );
    assert!(
        louvain >= worst.as_f64().unwrap() - 1e-9,
        "{}: Louvain found {louvain}, igraph {worst}",
        network.name
    );
}

#[test]
fn karate_has_its_published_optimum_and_centralities() {
    for network in networks(&["graphs/karate"]) {
        let groups = Leiden::default().partition(&network.csr).unwrap();
        assert_eq!(groups.sizes(), [12, 11, 6, 5]);
        let normalized = Betweenness { normalized: true, ..Betweenness::default() };
        let scores = normalized.scores(&network.csr).unwrap();
        for (node, expected) in [(0, 0.437_635_281), (33, 0.304_074_976), (32, 0.145_247_114)] {
            assert!((scores[node] - expected).abs() < 1e-9, "betweenness of {node}");
        }
        let ranks = PageRank::default().scores(&network.csr).unwrap();
        assert!((ranks[33] - 0.100_919_18).abs() < 5.1e-9);
        assert!((ranks[0] - 0.096_997_29).abs() < 5.1e-9);
    }
}

/// Optima: Aloise et al., Phys. Rev. E 82:046112, 2010. Code lengths: the best of 200 runs of infomap 2.x at two levels, which on one of the
/// two we reach but for a thousandth of a bit.
#[test]
fn small_networks_have_their_best_divisions() {
    for (name, modularity) in [("graphs/karate", 0.419_790), ("graphs/dolphins", 0.528_519)] {
        for network in networks(&[name]) {
            let groups = Leiden::default().partition(&network.csr).unwrap();
            let found = Quality::default().value(&network.csr, &groups).unwrap();
            assert!((found - modularity).abs() < 1e-6, "{name}: {found}");
        }
    }
    let lengths = [("graphs/karate", 4.311_792_646, 1e-6), ("graphs/lesmis", 4.679_966_118, 1e-3)];
    for (name, bits, slack) in lengths {
        for network in networks(&[name]) {
            let csr = network.csr.without_weights();
            let method = MapEquation::default();
            let found = method.codelength(&csr, &method.partition(&csr).unwrap()).unwrap();
            assert!(found > bits - 1e-6 && found < bits + slack, "{name}: {found}");
        }
    }
}

#[test]
fn the_first_node_of_caviar_has_its_known_values_both_ways() {
    for network in networks(&["caviar"]).iter().filter(|network| network.csr.edge_count() == 205) {
        let directed = Csr::new(110, &network.edges, Direction::Directed);
        let first = network.nodes["N1"] as usize;
        let score = |measure: &dyn Centrality, csr| measure.scores(csr).unwrap()[first];
        let side = |direction| Degree { direction, normalized: false };
        let normalized = Betweenness { normalized: true, ..Betweenness::default() };
        for (found, expected, tolerance) in [
            (directed.edge_count() as f64, 295.0, 0.0),
            (score(&side(Side::Out), &directed), 54.0, 0.0),
            (score(&side(Side::In), &directed), 37.0, 0.0),
            (score(&Strength::default(), &directed), 2047.0, 0.0),
            (score(&normalized, &directed), 0.3961, 5e-5),
            (score(&normalized, &network.csr), 0.6375, 5e-5),
            (score(&Closeness::default(), &network.csr), 0.6770, 5e-5),
        ] {
            assert!((found - expected).abs() <= tolerance, "{found}, expected {expected}");
        }
    }
}

/// D. Krackhardt, "Assessing the political landscape", Admin. Sci. Q. 35:342-369, 1990: degree,
/// closeness and betweenness each put another node first.
#[test]
fn krackhardts_kite_has_three_different_centers() {
    let kite = graph(
        10,
        &[
            (0, 1),
            (0, 2),
            (0, 3),
            (0, 5),
            (1, 3),
            (1, 4),
            (1, 6),
            (2, 3),
            (2, 5),
            (3, 4),
            (3, 5),
            (3, 6),
            (4, 6),
            (5, 6),
            (5, 7),
            (6, 7),
            (7, 8),
            (8, 9),
        ],
    );
    let scores = |measure: &dyn Centrality| measure.scores(&kite).unwrap();
    assert_eq!(scores(&Degree::default()), [4.0, 4.0, 3.0, 6.0, 3.0, 5.0, 5.0, 3.0, 2.0, 1.0]);
    assert_eq!(scores(&CoreNumbers), [3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 2.0, 1.0, 1.0]);
    let farness = [17.0, 17.0, 18.0, 15.0, 18.0, 14.0, 14.0, 15.0, 21.0, 29.0];
    all_close(&scores(&Closeness::default()), &farness.map(|sum| 9.0 / sum));
    let sixths = [5.0, 5.0, 0.0, 22.0, 0.0, 50.0, 50.0, 84.0, 48.0, 0.0];
    all_close(&scores(&Betweenness::default()), &sixths.map(|sum| sum / 6.0));
}

/// Each of its 30 pairs at distance 2 has one middle.
#[test]
fn all_nodes_of_petersens_graph_are_alike() {
    let outer = (0..5).map(|u| (u, (u + 1) % 5));
    let inner = (0..5).map(|u| (5 + u, 5 + (u + 2) % 5));
    let pairs: Vec<_> = outer.chain(inner).chain((0..5).map(|u| (u, 5 + u))).collect();
    let petersen = graph(10, &pairs);
    let all = |measure: &dyn Centrality, expected: f64| {
        all_close(&measure.scores(&petersen).unwrap(), &[expected; 10]);
    };
    all(&Degree::default(), 3.0);
    all(&Betweenness::default(), 3.0);
    all(&Closeness::default(), 9.0 / 15.0);
    all(&Harmonic::default(), 6.0);
    all(&PageRank::default(), 0.1);
    all(&CoreNumbers, 3.0);
    assert_eq!(triangles(&petersen), 0);
    assert_eq!(transitivity(&petersen), Some(0.0));
    assert_eq!(degree_assortativity(&petersen), None);
}

/// In `K(a, b)` each two nodes of one side meet at any node of the other.
#[test]
fn complete_bipartite_graphs_share_the_pairs_of_the_other_side() {
    let pairs: Vec<_> = (0..3).flat_map(|u| (3..8).map(move |v| (u, v))).collect();
    let found = Betweenness::default().scores(&graph(8, &pairs)).unwrap();
    let (few, many) = (10.0 / 3.0, 3.0 / 5.0);
    all_close(&found, &[few, few, few, many, many, many, many, many]);
}

/// From end to end there are `2^1100` shortest paths, more than `f64::MAX`.
#[test]
fn a_chain_of_squares_has_its_closed_form_however_many_its_paths() {
    let squares: u32 = 1100;
    let pairs: Vec<_> = (0..squares)
        .flat_map(|k| [(0, 1), (0, 2), (1, 3), (2, 3)].map(|(u, v)| (3 * k + u, 3 * k + v)))
        .collect();
    let found = Betweenness::default().scores(&graph(3 * squares + 1, &pairs)).unwrap();
    let k = f64::from(squares);
    for (u, &score) in found.iter().enumerate() {
        let square = (u / 3) as f64;
        let expected = if u % 3 == 0 {
            let ends = square == 0.0 || u / 3 == squares as usize;
            9.0 * square * (k - square) + if ends { 0.5 } else { 1.0 }
        } else {
            0.5 * (3.0 * square + 1.0) * (3.0 * (k - 1.0 - square) + 1.0)
        };
        assert!((score - expected).abs() <= 1e-9 * expected, "{u}: {score}, expected {expected}");
    }
}

#[test]
fn a_ring_of_cliques_falls_into_its_cliques() {
    let ring = Csr::ring_of_cliques(10, 6);
    let modularity = Quality::default();
    let cpm = Quality::Cpm { resolution: 0.5 };
    for quality in [modularity, cpm] {
        for method in [
            &Leiden { quality, ..Leiden::default() } as &dyn Communities,
            &Louvain { quality, ..Louvain::default() },
        ] {
            assert_eq!(method.partition(&ring).unwrap().sizes(), [6; 10]);
        }
    }
    let cliques = Leiden::default().partition(&ring).unwrap();
    let value = |quality: Quality| quality.value(&ring, &cliques).unwrap();
    assert!((value(modularity) - (150.0 / 160.0 - 0.1)).abs() < 1e-12);
    assert!((value(cpm) - (150.0 - 10.0 * 0.5 * 15.0)).abs() < 1e-12);
}

fn graph(n: u32, pairs: &[(u32, u32)]) -> Csr {
    Csr::unweighted(n as usize, pairs, Direction::Undirected)
}
