//! Is who stands between others, and in how dense a place, what the definitions say?

use std::collections::BTreeSet;

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Biconnected, Bridging, BridgingCoefficient, Brokerage, Centrality, Clustering,
    CollectiveInfluence, Communities, Components, Constraint, CutNodes, CutTie, EffectiveSize,
    GrowingComponents, Hierarchy, Length, Partition, Roles, Triangles, transitivity, triangles,
};
use proptest::prelude::*;

use crate::definitions::{betweenness, distances, matrix};
use crate::dice::Dice;
use crate::measures::{all_close, graphs};
use crate::shared_data::networks;

fn scores(measure: &dyn Centrality, csr: &Csr) -> Vec<f64> {
    measure.scores(csr).unwrap().to_vec()
}

/// Whether each two nodes are tied, either way.
fn tied(csr: &Csr) -> Vec<Vec<bool>> {
    let ties = matrix(csr, |_| 1.0, 0.0);
    let n = csr.node_count();
    (0..n).map(|u| (0..n).map(|v| ties[u][v] + ties[v][u] > 0.0).collect()).collect()
}

/// How many triangles each node is in, by trying all pairs.
fn triangles_by_pairs(csr: &Csr) -> Vec<f64> {
    let tied = tied(csr);
    let n = csr.node_count();
    let closed = |u: usize, v: usize, w: usize| tied[u][v] && tied[v][w] && tied[w][u];
    let of = |u: usize| (0..n).map(|v| (0..v).filter(|&w| closed(u, v, w)).count()).sum::<usize>();
    (0..n).map(|u| of(u) as f64).collect()
}

/// The weight of each tie, both directions together.
fn mutual(csr: &Csr) -> Vec<Vec<f64>> {
    let ties = matrix(csr, |weight| weight, 0.0);
    let n = csr.node_count();
    let both =
        |u: usize, v: usize| if csr.is_directed() { ties[u][v] + ties[v][u] } else { ties[u][v] };
    (0..n).map(|u| (0..n).map(|v| both(u, v)).collect()).collect()
}

/// Each row divided by its sum, or by its greatest.
fn shares(ties: &[Vec<f64>], whole: impl Fn(&[f64]) -> f64) -> Vec<Vec<f64>> {
    let share = |row: &Vec<f64>| -> Vec<f64> {
        let whole = whole(row);
        row.iter().map(|tie| if whole > 0.0 { tie / whole } else { 0.0 }).collect()
    };
    ties.iter().map(share).collect()
}

/// What each neighbor adds to the constraint of `i`: Burt's sums as they stand.
fn burt(ties: &[Vec<f64>], i: usize) -> Vec<f64> {
    let p = shares(ties, |row| row.iter().sum());
    let n = ties.len();
    let through =
        |j: usize| (0..n).filter(|&q| q != i && q != j).map(|q| p[i][q] * p[q][j]).sum::<f64>();
    let neighbors = (0..n).filter(|&j| ties[i][j] > 0.0);
    neighbors.map(|j| (p[i][j] + through(j)).powi(2)).collect()
}

fn hierarchy(parts: &[f64]) -> f64 {
    let (n, total) = (parts.len() as f64, parts.iter().sum::<f64>());
    if parts.len() < 2 {
        return n;
    }
    let ratio = |part: &f64| part / (total / n);
    parts.iter().map(|part| ratio(part) * ratio(part).ln()).sum::<f64>() / (n * n.ln())
}

fn effective_size(ties: &[Vec<f64>], i: usize) -> f64 {
    let p = shares(ties, |row| row.iter().sum());
    let m = shares(ties, |row| row.iter().copied().fold(0.0, f64::max));
    let n = ties.len();
    let redundant =
        |j: usize| (0..n).filter(|&q| q != i && q != j).map(|q| p[i][q] * m[j][q]).sum::<f64>();
    (0..n).filter(|&j| ties[i][j] > 0.0).map(|j| 1.0 - redundant(j)).sum()
}

/// The roles of `b`, one pair of others after another.
fn roles(csr: &Csr, groups: &[u32], b: usize) -> Roles {
    let arcs = matrix(csr, |_| 1.0, 0.0);
    let arc = |u: usize, v: usize| arcs[u][v] > 0.0;
    let mut roles = Roles::default();
    for a in 0..groups.len() {
        for c in 0..groups.len() {
            if a != c && arc(a, b) && arc(b, c) && !arc(a, c) {
                let [a, b, c] = [a, b, c].map(|node| groups[node]);
                let role = if a == b && b == c {
                    &mut roles.coordinator
                } else if a == c {
                    &mut roles.itinerant
                } else if a == b {
                    &mut roles.representative
                } else if b == c {
                    &mut roles.gatekeeper
                } else {
                    &mut roles.liaison
                };
                *role += 1;
            }
        }
    }
    roles
}

/// The component of each node among those that are `left`, without the tie `cut`; none of those that are not left.
fn labels(tied: &[Vec<bool>], left: impl Fn(usize) -> bool, cut: [usize; 2]) -> Vec<Option<usize>> {
    let n = tied.len();
    let mut labels = vec![None; n];
    for root in (0..n).filter(|&u| left(u)) {
        let mut open = vec![root];
        while let Some(u) = open.pop() {
            if labels[u].is_none() {
                labels[u] = Some(root);
                let joins = |&v: &usize| tied[u][v] && left(v) && cut != [u, v] && cut != [v, u];
                open.extend((0..n).filter(joins));
            }
        }
    }
    labels
}

const NO_TIE: [usize; 2] = [usize::MAX; 2];

/// The pieces of the component of `u` without it, in the order that is promised.
fn pieces(tied: &[Vec<bool>], u: usize) -> Vec<Vec<u32>> {
    let whole = labels(tied, |_| true, NO_TIE);
    let without = labels(tied, |v| v != u, NO_TIE);
    let roots: BTreeSet<usize> = without.iter().flatten().copied().collect();
    let mut pieces: Vec<Vec<u32>> = Vec::new();
    for root in roots.into_iter().filter(|&root| whole[root] == whole[u]) {
        let members = (0..).zip(&without).filter(|&(_, &label)| label == Some(root));
        pieces.push(members.map(|(v, _)| v).collect());
    }
    pieces.sort_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
    pieces
}

fn cut_ties(tied: &[Vec<bool>]) -> Vec<CutTie> {
    let mut found = Vec::new();
    for u in 0..tied.len() {
        for v in (u..tied.len()).filter(|&v| tied[u][v]) {
            let without = labels(tied, |_| true, [u, v]);
            if without[u] != without[v] {
                let side = |u: usize| without.iter().filter(|&&label| label == without[u]).count();
                let number = |count: usize| u32::try_from(count).unwrap();
                found.push(CutTie {
                    ends: [u, v].map(number),
                    sides: [side(u), side(v)].map(number),
                });
            }
        }
    }
    found
}

/// Whether two nodes are tied or stay joined whichever one other node goes.
fn inseparable(tied: &[Vec<bool>], u: usize, v: usize) -> bool {
    let stay = |x: usize| {
        let without = labels(tied, |w| w != x, NO_TIE);
        without[u].is_some() && without[u] == without[v]
    };
    let whole = labels(tied, |_| true, NO_TIE);
    tied[u][v] || whole[u] == whole[v] && (0..tied.len()).filter(|&x| x != u && x != v).all(stay)
}

fn influence(csr: &Csr, radius: u32) -> Vec<f64> {
    let csr = csr.to_undirected();
    let distance = distances(&csr, Length::Hops);
    let onward = |u: usize| (csr.neighbors(u32::try_from(u).unwrap()).len() as f64 - 1.0).max(0.0);
    let n = csr.node_count();
    let away = |u: usize, v: usize| (distance[u][v] - f64::from(radius)).abs() < 0.5;
    (0..n).map(|u| onward(u) * (0..n).filter(|&v| away(u, v)).map(onward).sum::<f64>()).collect()
}

proptest! {
    #[test]
    fn triangles_are_those_of_trying_all_pairs(csr in graphs(20)) {
        let counted = triangles_by_pairs(&csr);
        all_close(&scores(&Triangles, &csr), &counted);
        let degree = tied(&csr).into_iter().map(|row| row.into_iter().filter(|&tied| tied).count() as f64);
        let share = |(count, k): (&f64, f64)| if k < 2.0 { 0.0 } else { count / (k * (k - 1.0) / 2.0) };
        let shares: Vec<f64> = counted.iter().zip(degree).map(share).collect();
        all_close(&scores(&Clustering, &csr), &shares);
    }

    #[test]
    fn structural_holes_are_burts_sums(csr in graphs(14)) {
        let ties = mutual(&csr);
        let n = csr.node_count();
        let constraint: Vec<f64> = (0..n).map(|i| burt(&ties, i).iter().sum()).collect();
        all_close(&scores(&Constraint, &csr), &constraint);
        let spread: Vec<f64> = (0..n).map(|i| hierarchy(&burt(&ties, i))).collect();
        all_close(&scores(&Hierarchy, &csr), &spread);
        let size: Vec<f64> = (0..n).map(|i| effective_size(&ties, i)).collect();
        all_close(&scores(&EffectiveSize::default(), &csr), &size);
        let degree = |i: usize| ties[i].iter().filter(|&&tie| tie > 0.0).count().max(1) as f64;
        let efficiency: Vec<f64> = (0..n).map(|i| size[i] / degree(i)).collect();
        all_close(&scores(&EffectiveSize { efficiency: true }, &csr), &efficiency);
    }

    #[test]
    fn brokers_are_found_pair_by_pair(csr in graphs(14), labels in prop::collection::vec(0..4_u32, 14)) {
        let n = csr.node_count();
        let labels: Vec<u32> = labels[..n].iter().map(|&label| label.min(csr.nodes().end - 1)).collect();
        let found = Brokerage::of(&csr, &Partition::from_labels(&labels));
        let wanted: Vec<Roles> = (0..n).map(|b| roles(&csr, &labels, b)).collect();
        prop_assert_eq!(found.roles(), &wanted[..]);
    }

    #[test]
    fn expected_roles_are_the_mean_over_all_ways_to_deal_groups_out(csr in graphs(6), labels in prop::collection::vec(0..3_u32, 6)) {
        let n = csr.node_count();
        let labels: Vec<u32> = labels[..n].iter().map(|&label| label.min(csr.nodes().end - 1)).collect();
        let found = Brokerage::of(&csr, &Partition::from_labels(&labels));
        let ways = orders(&labels);
        for b in csr.nodes() {
            let mean = |count: fn(Roles) -> u64| {
                let total: u64 = ways.iter().map(|way| count(roles(&csr, way, b as usize))).sum();
                total as f64 / ways.len() as f64
            };
            let expected = found.expected(b);
            let got = [expected.coordinator, expected.itinerant, expected.representative, expected.gatekeeper, expected.liaison];
            let want = [mean(|r| r.coordinator), mean(|r| r.itinerant), mean(|r| r.representative), mean(|r| r.gatekeeper), mean(|r| r.liaison)];
            all_close(&got, &want);
        }
    }

    #[test]
    fn what_holds_a_graph_together_is_found_by_taking_it_away(csr in graphs(14)) {
        let tied = tied(&csr);
        let found = Biconnected::of(&csr);
        let mut cut_off = Vec::new();
        for u in csr.nodes() {
            let pieces = pieces(&tied, u as usize);
            cut_off.push(pieces.iter().skip(1).map(Vec::len).sum::<usize>() as f64);
            let sizes: Vec<usize> = pieces.iter().map(Vec::len).collect();
            let told: Vec<usize> = found.piece_sizes(u).iter().map(|&size| size as usize).collect();
            prop_assert_eq!(&told, &sizes);
            let lost: BTreeSet<u32> = found.cut_off_by(u).collect();
            let whole = |piece: &&Vec<u32>| piece.iter().all(|v| lost.contains(v));
            prop_assert_eq!(lost.len(), sizes.iter().skip(1).sum::<usize>());
            prop_assert_eq!(pieces.iter().filter(whole).count(), sizes.len().saturating_sub(1));
            prop_assert_eq!(found.pieces(u), pieces);
        }
        all_close(&scores(&CutNodes, &csr), &cut_off);
        let cut: Vec<u32> = csr.nodes().filter(|&u| cut_off[u as usize] > 0.0).collect();
        prop_assert_eq!(found.cut_nodes(), cut);
        prop_assert_eq!(found.cut_ties(), cut_ties(&tied));
    }

    #[test]
    fn blocks_hold_whom_no_one_node_separates(csr in graphs(10)) {
        let tied = tied(&csr);
        let blocks = Biconnected::of(&csr).blocks();
        for u in 0..tied.len() {
            for v in 0..u {
                let node = |u: usize| u32::try_from(u).unwrap();
                let together = blocks.iter().filter(|block| block.contains(&node(u)) && block.contains(&node(v)));
                let wanted = usize::from(inseparable(&tied, u, v));
                prop_assert_eq!(together.count(), wanted, "{} {}", u, v);
            }
        }
        prop_assert!(blocks.iter().all(|block| block.len() > 1 && block.is_sorted()));
    }

    #[test]
    fn influence_is_that_of_the_rim_of_a_ball(csr in graphs(20), radius in 0..4_u32) {
        all_close(&scores(&CollectiveInfluence { radius }, &csr), &influence(&csr, radius));
    }

    #[test]
    fn bridging_is_betweenness_beside_few_ties(csr in graphs(12)) {
        let csr = csr.to_undirected();
        let inverse = |u: u32| 1.0 / csr.neighbors(u).len() as f64;
        let coefficient = |u: u32| match csr.neighbors(u) {
            [] => 0.0,
            row => inverse(u) / row.iter().map(|&v| inverse(v)).sum::<f64>(),
        };
        let coefficients: Vec<f64> = csr.nodes().map(coefficient).collect();
        all_close(&scores(&BridgingCoefficient, &csr), &coefficients);
        let between = betweenness(&csr, Length::Hops);
        let products: Vec<f64> = between.iter().zip(&coefficients).map(|(one, other)| one * other).collect();
        all_close(&scores(&Bridging, &csr), &products);
    }

    #[test]
    fn growing_components_are_those_of_the_grown_graph(csr in graphs(20), more in prop::collection::vec((0..20_u32, 0..20_u32), 0..12)) {
        let n = csr.nodes().end;
        let mut growing = GrowingComponents::of(&csr);
        let mut edges: Vec<(u32, u32)> = csr.nodes().flat_map(|u| csr.neighbors(u).iter().map(move |&v| (u, v))).collect();
        for (u, v) in more.into_iter().map(|(u, v)| (u % n, v % n)) {
            let before = growing.group_count();
            let apart = !growing.are_joined(u, v);
            prop_assert_eq!(growing.join(u, v), apart);
            prop_assert_eq!(growing.group_count(), before - usize::from(apart));
            edges.push((u, v));
        }
        let grown = Csr::unweighted(n as usize, &edges, Direction::Undirected);
        let groups = Components.partition(&grown).unwrap();
        prop_assert_eq!(growing.group_count(), groups.group_count());
        for u in grown.nodes() {
            let size = groups.sizes()[groups.groups()[u as usize] as usize];
            prop_assert_eq!(growing.size_of(u) as usize, size);
        }
        prop_assert_eq!(growing.partition(), groups);
    }
}

/// Every order of some labels, equal ones as often as they are one.
fn orders(labels: &[u32]) -> Vec<Vec<u32>> {
    let mut all = vec![Vec::new()];
    for (place, &label) in labels.iter().enumerate() {
        let insert = |order: &Vec<u32>| -> Vec<Vec<u32>> {
            let at = |at: usize| [&order[..at], &[label], &order[at..]].concat();
            (0..=place).map(at).collect()
        };
        all = all.iter().flat_map(insert).collect();
    }
    all
}

/// A graph of many nodes, the first of them with many edges.
fn crowd(nodes: usize, edges: usize, direction: Direction) -> Csr {
    let mut dice = Dice::new(7);
    let mut node = || {
        let below = dice.below(nodes) + 1;
        u32::try_from(dice.below(below)).expect("nodes are numbered by 32 bits")
    };
    let pairs: Vec<(u32, u32)> = (0..edges).map(|_| (node(), node())).collect();
    Csr::unweighted(nodes, &pairs, direction)
}

/// How many triangles each node is in, by the rows of sorted neighbors.
fn triangles_by_rows(csr: &Csr) -> Vec<f64> {
    let common = |u: u32, v: u32| {
        let row = csr.neighbors(u);
        row.iter().filter(|w| csr.neighbors(v).binary_search(w).is_ok()).count()
    };
    let of = |u: u32| csr.neighbors(u).iter().map(|&v| common(u, v)).sum::<usize>() / 2;
    csr.nodes().map(|u| of(u) as f64).collect()
}

/// The smallest node that a search from each node finds.
fn components_by_search(csr: &Csr) -> Vec<u32> {
    let mut labels = vec![u32::MAX; csr.node_count()];
    for root in csr.nodes() {
        let mut open = vec![root];
        while let Some(u) = open.pop() {
            if labels[u as usize] == u32::MAX {
                labels[u as usize] = root;
                open.extend(csr.neighbors(u).iter().chain(csr.in_neighbors(u)));
            }
        }
    }
    labels
}

#[test]
fn triangles_among_sparse_rows_are_counted_too() {
    // Few nodes of many: most rows are too sparse to stand as bits, those of the hubs are not.
    let csr = crowd(4000, 30_000, Direction::Undirected);
    let counted = triangles_by_rows(&csr);
    assert_eq!(scores(&Triangles, &csr), counted);
    let all = triangles(&csr);
    assert!((counted.iter().sum::<f64>() - 3.0 * all as f64).abs() < 0.5);
    assert!(all > 1000, "{all} triangles are too few to tell");
}

#[test]
fn components_of_a_crowd_are_those_of_a_search_on_any_number_of_threads() {
    for direction in [Direction::Undirected, Direction::Directed] {
        // About one edge a node: a large component and many small ones.
        let csr = crowd(60_000, 50_000, direction);
        let wanted = Partition::from_labels(&components_by_search(&csr));
        assert!(wanted.group_count() > 1000 && wanted.sizes()[0] > 10_000);
        for threads in [1, 2, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            for _ in 0..5 {
                assert_eq!(pool.install(|| Components.partition(&csr).unwrap()), wanted);
            }
        }
    }
}

#[test]
fn brokers_do_not_depend_on_threads() {
    let csr = crowd(3000, 12_000, Direction::Directed);
    let groups = Partition::from_labels(&csr.nodes().map(|u| u % 5).collect::<Vec<_>>());
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Brokerage::of(&csr, &groups))
    };
    assert_eq!(on(8), on(1));
    assert!(on(1).roles().iter().any(|roles| roles.liaison > 0));
}

#[test]
fn a_star_of_a_million_leaves_and_a_path_are_measured() {
    let n = 1_000_000_u32;
    let star = Csr::star(n);
    let hub = |measure: &dyn Centrality| scores(measure, &star)[0];
    let leaves = f64::from(n - 1);
    all_close(&[hub(&Constraint), hub(&Hierarchy)], &[1.0 / leaves, 0.0]);
    let size = hub(&EffectiveSize::default());
    let of_hub = [hub(&CutNodes), size, hub(&Clustering), hub(&CollectiveInfluence::default())];
    all_close(&of_hub, &[leaves - 1.0, leaves, 0.0, 0.0]);
    let found = Brokerage::of(&star, &Partition::from_labels(&vec![0; n as usize]));
    assert_eq!(found.roles()[0].coordinator, 999_999 * 999_998);

    let path = Csr::path(n);
    let found = Biconnected::of(&path);
    assert_eq!(found.cut_nodes().len(), n as usize - 2);
    assert_eq!(found.blocks().len(), n as usize - 1);
    assert_eq!(found.cut_ties()[2], CutTie { ends: [2, 3], sides: [3, n - 3] });
    let middle = scores(&CutNodes, &path)[n as usize / 2];
    all_close(&[middle], &[f64::from(n) / 2.0 - 1.0]);
}

#[test]
fn weights_that_structural_holes_cannot_read_are_refused() {
    let message = |weight: f64, measure: &dyn Centrality| {
        let ties = Csr::new(3, &[(0, 1, weight), (1, 2, weight)], Direction::Undirected);
        measure.scores(&ties).unwrap_err().to_string()
    };
    let measures: [&dyn Centrality; 3] = [&Constraint, &Hierarchy, &EffectiveSize::default()];
    for measure in measures {
        assert!(message(-1.0, measure).contains("needs weights of 0 or more"));
        assert!(message(1e308, measure).contains("cannot add the weights of node 1"));
    }
    let nothing = Csr::new(3, &[(0, 1, 0.0), (1, 2, 0.0)], Direction::Undirected);
    assert_eq!(scores(&Constraint, &nothing), [0.0; 3]);
    assert_eq!(scores(&Hierarchy, &nothing), [0.0; 3]);
    assert_eq!(scores(&EffectiveSize::default(), &nothing), [1.0, 2.0, 1.0]);
}

#[test]
fn the_club_has_the_values_of_networkx() {
    for network in networks(&["graphs/karate"]) {
        let (first, last) = (network.nodes["1"] as usize, network.nodes["34"] as usize);
        let constraint = scores(&Constraint, &network.csr);
        assert!((constraint[first] - 0.155_423).abs() < 5e-7, "{}", constraint[first]);
        assert!((constraint[last] - 0.156_419).abs() < 5e-7, "{}", constraint[last]);
        let size = scores(&EffectiveSize::default(), &network.csr);
        assert!((size[last] - 15.2353).abs() < 5e-5, "{}", size[last]);
        assert!((size[first] - 13.75).abs() < 1e-12, "{}", size[first]);
        assert_eq!(Biconnected::of(&network.csr).cut_nodes(), [network.nodes["1"]]);
    }
}

#[test]
fn both_directions_of_a_tie_count_as_in_networkx() {
    for network in networks(&["caviar"]).iter().filter(|network| network.csr.edge_count() == 205) {
        let both = Csr::new(network.csr.node_count(), &network.edges, Direction::Directed);
        let plain = both.clone().without_weights();
        let size = EffectiveSize::default();
        // By networkx 3.6.1, asked for these two nodes; asked for all, it gives other effective sizes than that.
        let wanted: [(&dyn Centrality, &Csr, [f64; 2]); 4] = [
            (&Constraint, &plain, [0.050_169_295_082_602_7, 0.058_020_138_056_754_565]),
            (&size, &plain, [57.813_186_813_186_796, 26.702_380_952_380_95]),
            (&Constraint, &both, [0.140_986_577_122_798_47, 0.181_393_507_161_021_57]),
            (&size, &both, [57.967_814_755_137_866, 27.427_410_737_864_05]),
        ];
        for (measure, csr, wanted) in wanted {
            let found = scores(measure, csr);
            let of = |id: &str| found[network.nodes[id] as usize];
            all_close(&[of("N1"), of("N12")], &wanted);
        }
    }
}

#[test]
fn caviar_has_the_values_of_igraph() {
    for network in networks(&["caviar"]).iter().filter(|network| network.csr.edge_count() == 205) {
        let csr = &network.csr;
        let whole = transitivity(csr).expect("there are chains of three");
        assert!((whole - 0.123).abs() < 5e-4, "{whole}");
        let clustering = scores(&Clustering, csr);
        let tied = csr.nodes().filter(|&u| csr.neighbors(u).len() > 1).count() as f64;
        let mean = clustering.iter().sum::<f64>() / clustering.len() as f64;
        assert!((mean - 0.335).abs() < 5e-4, "{mean} {}", mean * clustering.len() as f64 / tied);
        let first = network.nodes["N1"] as usize;
        assert!((scores(&Constraint, csr)[first] - 0.0417).abs() < 5e-5);
    }
}
