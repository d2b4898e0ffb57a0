//! Walks, currents, two sides and weighted cores: values that others found, edge cases, and the command line.

use kluwen::ErrorKind;
use kluwen::graph::{Csr, Days, Direction, TimedEdge, TimedGraph};
use kluwen::measure::{
    Attenuation, Centrality, CurrentFlowBetweenness, CurrentFlowCloseness, DynamicKatz,
    Eigenvector, Hits, HubOrAuthority, Katz, PersonalisedPageRank, Scores, TwoModeBetweenness,
    TwoModeCloseness, TwoModeCores, TwoModeDegree, WeightedCores,
};

use crate::birank::women;
use crate::common::{on_case, repository};
use crate::shared_data::{Network, networks};

/// What networkx 3.6 and numpy find for CAVIAR's arcs.
const HUBS: [(&str, f64); 3] =
    [("N1", 0.661_025_610_375), ("N3", 0.344_727_916_155), ("N12", 0.210_291_521_714)];
const AUTHORITIES: [(&str, f64); 3] =
    [("N1", 0.425_587_470_914), ("N3", 0.348_571_268_656), ("N12", 0.220_097_006_498)];

/// Fails unless the nodes of these ids have these scores, which another tool printed with twelve decimals.
fn scored(network: &Network, scores: &[f64], expected: &[(&str, f64)]) {
    for &(id, want) in expected {
        let got = scores[network.nodes[id] as usize];
        assert!((got - want).abs() < 1e-9, "{}: {id}: {got}, expected {want}", network.name);
    }
}

fn of_length_one(scores: &Scores) -> Vec<f64> {
    let length = scores.iter().map(|x| x * x).sum::<f64>().sqrt();
    scores.iter().map(|x| x / length).collect()
}

#[test]
fn karate_has_the_values_of_networkx() {
    for network in networks(&["graphs/karate"]) {
        let csr = &network.csr;
        let first = i32::from(!network.nodes.contains_key("0"));
        let ids: Vec<String> = (first..first + 34).map(|id| id.to_string()).collect();
        let check = |scores: &[f64], expected: &[(usize, f64)]| {
            let named: Vec<_> = expected.iter().map(|&(at, x)| (ids[at].as_str(), x)).collect();
            scored(&network, scores, &named);
        };
        let eigenvector = Eigenvector::default().scores(csr).unwrap();
        check(
            &eigenvector,
            &[(33, 0.373_363_470_292), (0, 0.355_491_444_524), (2, 0.317_192_504_486)],
        );
        let katz = Katz { alpha: Attenuation::Fixed(0.1), ..Katz::default() };
        let katz = of_length_one(&katz.scores(csr).unwrap());
        check(&katz, &[(33, 0.331_406_427_400), (0, 0.321_324_621_912), (2, 0.265_765_919_737)]);
        let near = CurrentFlowCloseness::default().scores(csr).unwrap();
        check(&near, &[(33, 1.953_035_928_778), (0, 1.932_714_499_488), (11, 0.672_447_941_917)]);
        let between =
            CurrentFlowBetweenness { normalized: true, ..CurrentFlowBetweenness::default() };
        let between = between.scores(csr).unwrap();
        check(&between, &[(33, 0.390_368_519_559), (0, 0.486_387_208_359), (2, 0.252_738_461_106)]);
        let start = network.nodes[&ids[0]];
        let walk = PersonalisedPageRank::from(34, &[start]).scores(csr).unwrap();
        check(&walk, &[(0, 0.266_373_603_148), (33, 0.051_199_989_203), (16, 0.016_049_948_151)]);
    }
}

#[test]
fn caviar_has_the_values_of_networkx() {
    for network in networks(&["caviar"]).iter().filter(|one| one.name.ends_with("reference.json")) {
        let scores = Eigenvector::default().scores(&network.csr).unwrap();
        let expected = [
            ("N1", 0.529_494_824_838),
            ("N3", 0.351_017_853_527),
            ("N12", 0.232_818_310_283),
            ("N76", 0.201_217_569_677),
        ];
        scored(network, &scores, &expected);
        let pairs: Vec<(u32, u32)> = network.edges.iter().map(|edge| (edge.0, edge.1)).collect();
        let directed = Csr::unweighted(network.nodes.len(), &pairs, Direction::Directed);
        let scores = Eigenvector::default().scores(&directed).unwrap();
        let expected = [
            ("N1", 0.458_791_140_574),
            ("N3", 0.371_034_098_158),
            ("N12", 0.234_197_213_244),
            ("N87", 0.174_004_076_724),
        ];
        scored(network, &scores, &expected);
        let hubs = Hits::default().scores(&directed).unwrap();
        scored(network, &hubs, &HUBS);
        let named = Hits { score: HubOrAuthority::Authority, ..Hits::default() };
        scored(network, &named.scores(&directed).unwrap(), &AUTHORITIES);
    }
}

#[test]
fn southern_women_have_the_two_mode_values_of_networkx() {
    let (csr, left, _) = women();
    let degree = TwoModeDegree.scores(&csr, &left).unwrap();
    let near = TwoModeCloseness.scores(&csr, &left).unwrap();
    let between = TwoModeBetweenness.scores(&csr, &left).unwrap();
    // Evelyn, Theresa, Nora, Dorothy; the events 8 and 9.
    for (node, want) in [
        (0, [0.571_428_571_429, 0.800_000_000_000, 0.096_584_721_080]),
        (2, [0.571_428_571_429, 0.800_000_000_000, 0.087_594_685_479]),
        (13, [0.571_428_571_429, 0.800_000_000_000, 0.113_461_362_043]),
        (15, [0.142_857_142_857, 0.648_648_648_649, 0.001_953_526_859]),
        (25, [0.777_777_777_778, 0.846_153_846_154, 0.243_819_462_350]),
        (26, [0.666_666_666_667, 0.785_714_285_714, 0.225_513_591_772]),
    ] {
        for (got, want) in [degree[node], near[node], between[node]].iter().zip(want) {
            assert!((got - want).abs() < 1e-9, "{node}: {got}, expected {want}");
        }
    }
}

#[test]
fn parts_of_one_eigenvalue_share_and_lesser_ones_score_nothing() {
    // Two triangles, one edge, one node.
    let pairs = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (6, 7)];
    let scores =
        Eigenvector::default().scores(&Csr::unweighted(9, &pairs, Direction::Undirected)).unwrap();
    for (node, score) in scores.iter().enumerate() {
        let want = if node < 6 { 1.0 / 6.0_f64.sqrt() } else { 0.0 };
        assert!((score - want).abs() < 1e-12, "{node}: {score}");
    }
}

#[test]
fn what_a_cycle_leads_to_follows_from_it_and_what_leads_there_scores_nothing() {
    // 0 → 1 ⇄ 2 → 3 → 4: the eigenvalue is 1.
    let pairs = [(0, 1), (1, 2), (2, 1), (2, 3), (3, 4)];
    let csr = Csr::unweighted(5, &pairs, Direction::Directed);
    let scores = Eigenvector::default().scores(&csr).unwrap();
    for (got, want) in scores.iter().zip([0.0, 0.5, 0.5, 0.5, 0.5]) {
        assert!((got - want).abs() < 1e-12, "{scores:?}");
    }
    let without_cycle = Csr::unweighted(3, &[(0, 1), (1, 2)], Direction::Directed);
    assert_eq!(Eigenvector::default().scores(&without_cycle).unwrap(), [0.0; 3]);
    let katz = Katz { alpha: Attenuation::Fixed(2.0), ..Katz::default() };
    let scores = katz.scores(&without_cycle).unwrap();
    assert_eq!(scores, [1.0, 3.0, 7.0], "without a cycle any walk ends");
}

#[test]
fn edges_of_weight_0_join_nothing() {
    let edges = [(0, 1, 1.0), (1, 2, 0.0), (2, 3, 2.0)];
    let csr = Csr::new(4, &edges, Direction::Undirected);
    let scores = Eigenvector::default().scores(&csr).unwrap();
    assert!(scores[0].abs() < 1e-300 && (scores[3] - 0.5_f64.sqrt()).abs() < 1e-12);
    let near = CurrentFlowCloseness::default().scores(&csr).unwrap();
    assert!((near[0] - 1.0 / 3.0).abs() < 1e-12 && (near[3] - 2.0 / 3.0).abs() < 1e-12);
}

#[test]
fn a_star_of_a_million_leaves_and_a_path_are_measured() {
    let star = Csr::star(1_000_001);
    let scores = Eigenvector::default().scores(&star).unwrap();
    assert!(
        (scores[0] - 0.5_f64.sqrt()).abs() < 1e-9 && (scores[1] * 1000.0 - scores[0]).abs() < 1e-9
    );
    let left: Vec<bool> = (0..=1_000_000).map(|node| node == 0).collect();
    assert!((TwoModeDegree.scores(&star, &left).unwrap()[0] - 1.0).abs() < 1e-12);
    let cores = TwoModeCores { alpha: 1 }.scores(&star, &left).unwrap();
    assert!(cores.iter().all(|core| (core - 1.0).abs() < 1e-12));
    let path = Csr::path(1_000_000);
    let katz = Katz::default().scores(&path).unwrap();
    assert!(
        (katz[500_000] - 1.0 / 0.15).abs() < 1e-3,
        "each of two neighbours gives .425: {}",
        katz[500_000]
    );
    assert!(
        WeightedCores::default()
            .scores(&path)
            .unwrap()
            .iter()
            .all(|core| (core - 1.0).abs() < 1e-12)
    );
}

#[test]
fn what_is_out_of_range_is_named() {
    let tie = |weight| Csr::new(2, &[(0, 1, weight)], Direction::Undirected);
    let message =
        |measure: &dyn Centrality, csr: &Csr| measure.scores(csr).unwrap_err().to_string();
    for measure in [
        &Eigenvector::default() as &dyn Centrality,
        &Katz::default(),
        &Hits::default(),
        &CurrentFlowCloseness::default(),
        &CurrentFlowBetweenness::default(),
        &WeightedCores::default(),
        &PersonalisedPageRank::from(2, &[0]),
    ] {
        let said = message(measure, &tie(-1.0));
        assert!(said.contains(measure.name()) && said.contains("weighs -1"), "{said}");
    }
    let far = Katz { alpha: Attenuation::Fixed(0.5), ..Katz::default() };
    assert!(message(&far, &tie(2.0)).contains("must be below 0.500000"));
    let all = Katz { alpha: Attenuation::Share(1.0), ..Katz::default() };
    assert!(message(&all, &tie(1.0)).contains("[0, 1)"));
    assert!(message(&CurrentFlowCloseness::default(), &tie(1e200)).contains("[1e-100, 1e100]"));
    assert!(message(&PersonalisedPageRank::from(2, &[]), &tie(1.0)).contains("`restart`"));
    assert!(message(&PersonalisedPageRank::from(3, &[0]), &tie(1.0)).contains("`restart`"));
    let sides = TwoModeCores { alpha: 0 }.scores(&tie(1.0), &[true, false]).unwrap_err();
    assert!(sides.to_string().contains("`alpha`"));
    let one_side = TwoModeDegree.scores(&tie(1.0), &[true, true]).unwrap_err();
    assert!(one_side.to_string().contains("between two sides"));
    let days = DynamicKatz { days: 0, ..DynamicKatz::default() };
    assert!(days.of(&TimedGraph::new(0, vec![])).unwrap_err().to_string().contains("`days`"));
}

#[test]
fn limits_and_patience_are_told() {
    let near = CurrentFlowCloseness { limit: 4 };
    assert!(matches!(near.scores(&Csr::path(5)).unwrap_err().kind(), ErrorKind::Limit { .. }));
    assert_eq!(near.scores(&Csr::path(4)).unwrap().len(), 4);
    let between = CurrentFlowBetweenness { limit: 4, normalized: false };
    assert!(matches!(between.scores(&Csr::star(5)).unwrap_err().kind(), ErrorKind::Limit { .. }));
    let long = TimedEdge { end: Days::on(2_000_000_000), ..TimedEdge::on(-2_000_000_000, 0, 1) };
    let daily = DynamicKatz { days: 1, ..DynamicKatz::default() };
    let error = daily.of(&TimedGraph::new(2, vec![long])).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Limit { .. }), "{error}");
    let hasty = Eigenvector { rounds: 2, ..Eigenvector::default() };
    let error = hasty.scores(&Csr::path(9)).unwrap_err();
    let ErrorKind::NotConverged { measure, rounds, .. } = error.kind() else { panic!("{error}") };
    assert_eq!((*measure, *rounds), ("eigenvector", 2));
}

#[test]
fn days_that_are_open_are_taken_as_far_as_they_are_known() {
    let open = Days { first: i32::MIN, last: i32::MAX };
    let known = TimedEdge { end: open, ..TimedEdge::on(5, 0, 1) };
    let unknown = TimedEdge { start: open, end: open, ..known };
    let found = DynamicKatz::default().of(&TimedGraph::new(2, vec![known, unknown])).unwrap();
    assert_eq!((found.periods, found.left_out), (1, 1));
    let none = DynamicKatz::default().of(&TimedGraph::new(3, vec![])).unwrap();
    assert!(none.broadcast.iter().all(|score| (score - 1.0 / 3.0_f64.sqrt()).abs() < 1e-12));
}

#[test]
fn every_measure_is_asked_for_by_name() {
    let case = repository("graphs/study25");
    for words in [
        &["eigenvector"][..],
        &["katz"],
        &["katz", "--alpha", "0.01"],
        &["personalised", "--from", "p3,p20"],
        &["hits-hub", "--directed"],
        &["hits-authority", "--directed"],
        &["current-flow-closeness"],
        &["current-flow-betweenness", "--normalized"],
        &["weighted-core", "--weight", "count"],
        &["broadcast"],
        &["receive", "--period", "90", "--directed"],
        &["birank", "--network", "cases"],
        &["two-mode-degree", "--network", "channels"],
        &["two-mode-closeness", "--network", "victims"],
        &["two-mode-betweenness", "--network", "cases"],
        &["two-mode-core", "--network", "cases", "--least", "3"],
    ] {
        let ran = on_case("rank", &case, &[&["--format", "json", "--by"], words].concat()).fine();
        let rows = ran.json();
        let rows = rows.as_array().expect("rows");
        assert!(rows.len() > 20, "{words:?}: {}", rows.len());
        let name = words[0].replace('-', "_").replace("personalised", "personalised_pagerank");
        let most = rows[0][&name].as_f64().unwrap_or_else(|| panic!("{name} in {}", rows[0]));
        assert!(most > 0.0, "{words:?}");
    }
}

#[test]
fn whoever_the_walk_starts_from_comes_first_and_undated_links_are_counted() {
    let case = repository("graphs/study25");
    let near =
        on_case("rank", &case, &["--by", "personalised", "--from", "p3", "--format", "json"]);
    assert_eq!(near.fine().json()[0]["id"], "p3");
    let sent = on_case("rank", &case, &["--by", "broadcast"]).fine();
    assert!(sent.stderr.contains("left out because they have no date"), "{sent:#?}");
    assert!(sent.stderr.contains("periods of 30 days"), "{sent:#?}");
}

#[test]
fn what_would_be_ignored_or_cannot_be_is_refused() {
    let case = repository("graphs/study25");
    for (words, said) in [
        (&["birank"][..], "--network cases"),
        (&["two-mode-degree"], "--network cases"),
        (&["personalised"], "--from"),
        (&["personalised", "--from", "nobody"], "nobody"),
        (&["degree", "--from", "p3"], "--by personalised"),
        (&["eigenvector", "--alpha", "0.1"], "--by katz"),
        (&["katz", "--period", "30"], "--by broadcast"),
        (&["birank", "--network", "cases", "--least", "2"], "--by two-mode-core"),
        (&["katz", "--alpha", "5"], "must be below"),
        (&["broadcast", "--network", "cases"], "dated ties"),
        (&["receive", "--weight", "count"], "dated ties"),
    ] {
        let ran = on_case("rank", &case, &[&["--by"], words].concat());
        assert_eq!(ran.code, Some(2), "{words:?}: {ran:#?}");
        assert!(ran.stderr.contains(said), "{words:?}: {ran:#?}");
    }
}
