//! Are pairs that share more than chance gives told from those that do not?

use std::collections::BTreeSet;

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{Null, OneMode, Projected, Projection, SharedWeight};
use proptest::prelude::*;

use crate::birank::women;
use crate::common::{close_to, on_case, repository};

const NULLS: [Null; 2] = [Null::Hypergeometric, Null::Configuration];

/// Which right nodes each left node is tied to, out of `rights`.
fn graph(rows: &[BTreeSet<u32>], rights: u32) -> (Csr, Vec<bool>) {
    let lefts = u32::try_from(rows.len()).unwrap();
    let pairs: Vec<(u32, u32)> =
        (0..).zip(rows).flat_map(|(u, row)| row.iter().map(move |v| (u, lefts + v))).collect();
    let nodes = lefts + rights;
    let csr = Csr::unweighted(nodes as usize, &pairs, Direction::Undirected);
    (csr, (0..nodes).map(|node| node < lefts).collect())
}

fn rows(lefts: usize, rights: u32) -> impl Strategy<Value = Vec<BTreeSet<u32>>> {
    proptest::collection::vec(proptest::collection::btree_set(0..rights, 0..6), 0..lefts)
}

fn found(null: Null, rows: &[BTreeSet<u32>], rights: u32) -> Projected {
    let (csr, left) = graph(rows, rights);
    Projection { null, ..Projection::default() }.of(&csr, &left).unwrap()
}

/// How many of all sets of `b` out of `all` have `shared` or more in common with the first `a`, as a share.
fn by_counting(shared: u32, a: u32, b: u32, all: u32) -> f64 {
    let sets: Vec<u32> = (0..1_u32 << all).filter(|set| set.count_ones() == b).collect();
    let first = (1_u32 << a) - 1;
    let good = sets.iter().filter(|&&set| (set & first).count_ones() >= shared).count();
    good as f64 / sets.len() as f64
}

#[test]
fn southern_women_are_validated_as_published() {
    let (csr, left, _) = women();
    let found = Projection::default().of(&csr, &left).unwrap();
    assert_eq!((found.tests, found.pairs.len()), (153, 139));
    assert_eq!((found.findings_by_bonferroni(), found.findings()), (0, 0));
    assert!(close_to(found.pairs[0].p, 2.331e-3, 5e-4), "{:?}", found.pairs[0]);
    assert!(!found.is_underpowered(), "two women at the same seven events would be a finding");
    let of_events: Vec<bool> = left.iter().map(|woman| !woman).collect();
    assert_eq!(Projection::default().of(&csr, &of_events).unwrap().tests, 14 * 13 / 2);
}

proptest! {
    #[test]
    fn chances_are_those_of_counting_all_sets(rows in rows(7, 8)) {
        let found = found(Null::Hypergeometric, &rows, 8);
        let used: BTreeSet<u32> = rows.iter().flatten().copied().collect();
        let all = u32::try_from(used.len()).unwrap();
        let mut pairs = 0;
        for (u, one) in rows.iter().enumerate() {
            for (v, other) in rows.iter().enumerate().skip(u + 1) {
                let shared = one.intersection(other).count();
                let nodes = [u, v].map(|node| u32::try_from(node).unwrap());
                let pair = found.pairs.iter().find(|pair| pair.nodes == nodes);
                prop_assert_eq!(pair.map_or(0, |pair| pair.shared) as usize, shared);
                if let Some(pair) = pair {
                    let [shared, a, b] = [shared, one.len(), other.len()].map(|n| u32::try_from(n).unwrap());
                    prop_assert!((pair.p - by_counting(shared, a, b, all)).abs() < 1e-12, "{:?}", pair);
                    pairs += 1;
                }
            }
        }
        prop_assert_eq!(found.pairs.len(), pairs);
    }

    #[test]
    fn findings_of_either_null_keep_their_laws(rows in rows(9, 12)) {
        for null in NULLS {
            let (csr, left) = graph(&rows, 12);
            let Ok(found) = (Projection { null, ..Projection::default() }).of(&csr, &left) else { continue };
            prop_assert!(found.pairs.iter().all(|pair| pair.p > 0.0 && pair.p <= 1.0 && pair.q >= pair.p * (1.0 - 1e-12)));
            prop_assert!(found.pairs.windows(2).all(|two| two[0].p <= two[1].p && two[0].q <= two[1].q));
            prop_assert!(found.findings_by_bonferroni() <= found.findings());
            prop_assert!(!found.is_underpowered() || found.findings() == 0);
            // A hub that is left out is as if it had never been there.
            let degree = |v: u32| rows.iter().filter(|row| row.contains(&v)).count();
            let without: Vec<BTreeSet<u32>> =
                rows.iter().map(|row| row.iter().copied().filter(|&v| degree(v) <= 3).collect()).collect();
            let hubs = (0..12).filter(|&v| degree(v) > 3).count();
            let (less, _) = graph(&without, 12);
            let capped = Projection { null, hub: 3, ..Projection::default() };
            let (Ok(capped), Ok(less)) = (capped.of(&csr, &left), capped.of(&less, &left)) else { continue };
            prop_assert_eq!((capped.hubs, &capped.pairs), (hubs, &less.pairs));
        }
    }
}

/// The chance of a tie between each left and each right node: the model's equations, solved by steps that are small and many.
fn slow_configuration(rows: &[BTreeSet<u32>], rights: usize) -> Vec<Vec<f64>> {
    let k: Vec<f64> = rows.iter().map(|row| row.len() as f64).collect();
    let degree =
        |v: usize| rows.iter().filter(|row| row.contains(&u32::try_from(v).unwrap())).count();
    let d: Vec<f64> = (0..rights).map(|v| degree(v) as f64).collect();
    let (mut x, mut y) = (vec![0.1; k.len()], vec![0.1; rights]);
    for _ in 0..20_000 {
        let next: Vec<f64> = (0..k.len())
            .map(|i| k[i] / y.iter().map(|y| y / (1.0 + x[i] * y)).sum::<f64>())
            .collect();
        y = (0..rights)
            .map(|a| d[a] / x.iter().map(|x| x / (1.0 + x * y[a])).sum::<f64>())
            .collect();
        x = next;
    }
    x.iter().map(|x| y.iter().map(|y| x * y / (1.0 + x * y)).collect()).collect()
}

#[test]
fn the_configuration_model_is_that_of_its_equations() {
    let rows: Vec<BTreeSet<u32>> =
        [&[0, 1, 2][..], &[0, 1], &[3, 4, 5], &[0, 5], &[2, 6], &[0, 3, 6, 1]]
            .map(|row| row.iter().copied().collect())
            .to_vec();
    let ties = slow_configuration(&rows, 7);
    for pair in found(Null::Configuration, &rows, 7).pairs {
        let [u, v] = pair.nodes.map(|node| node as usize);
        let both: Vec<f64> = ties[u].iter().zip(&ties[v]).map(|(one, other)| one * other).collect();
        let ways = 0..1_u32 << both.len();
        let way = |way: u32| -> f64 {
            both.iter()
                .enumerate()
                .map(|(at, p)| if way >> at & 1 == 1 { *p } else { 1.0 - p })
                .product()
        };
        let want: f64 = ways.filter(|way| way.count_ones() >= pair.shared).map(way).sum();
        assert!((pair.p - want).abs() < 1e-7, "{pair:?} {want}");
    }
}

#[test]
fn what_everybody_shares_ties_nobody() {
    // Six people are in one large file; two of them are in three more together, and each other is in two files of his own.
    let mut rows: Vec<BTreeSet<u32>> = (0..6).map(|_| BTreeSet::from([0])).collect();
    for file in 1..4 {
        rows[0].insert(file);
        rows[1].insert(file);
    }
    for (person, row) in (2..).zip(&mut rows[2..]) {
        row.extend([2 * person, 2 * person + 1]);
    }
    let found = found(Null::Configuration, &rows, 12);
    assert_eq!(found.pairs[0].nodes, [0, 1]);
    assert!(found.pairs[1].p > 0.3, "{:?}", found.pairs[1]);
}

#[test]
fn a_planted_pair_is_found_in_a_crowd() {
    let rows: Vec<BTreeSet<u32>> = (0..100_u32)
        .map(|u| if u < 2 { (0..6).collect() } else { [6 + u, 6 + (u * 7) % 100].into() })
        .collect();
    for null in NULLS {
        let found = found(null, &rows, 106);
        assert!(found.pairs[0].nodes == [0, 1] && found.pairs[0].q < 0.01, "{:?}", found.pairs[0]);
        assert_eq!(found.findings(), 1);
    }
}

#[test]
fn nothing_to_compare_is_nothing_found() {
    for null in NULLS {
        for rows in [vec![], vec![BTreeSet::new(); 4], vec![BTreeSet::from([0, 1])]] {
            let found = found(null, &rows, 3);
            assert!(found.pairs.is_empty() && found.findings() == 0, "{found:?}");
        }
        let same = found(null, &vec![BTreeSet::from([0, 1, 2]); 5], 3);
        assert!(same.pairs.iter().all(|pair| pair.p > 0.999), "all share all: {same:?}");
    }
    let (csr, left) = graph(&[BTreeSet::from([0])], 1);
    assert!(Projection { level: 1.0, ..Projection::default() }.of(&csr, &left).is_err());
    assert!(Projection::default().of(&csr, &[true]).is_err());
    assert!(Projection::default().of(&csr, &[true, true]).is_err());
}

#[test]
fn ties_are_told_with_what_they_run_through() {
    let case = repository("graphs/study25");
    for through in ["cases", "identifiers", "channels", "places"] {
        for null in ["hypergeometric", "bicm"] {
            let words = ["--through", through, "--null", null, "--all", "--format", "json"];
            let run = on_case("ties", &case, &words).fine();
            assert!(run.stderr.contains("pairs of people"), "{run:#?}");
            let rows = run.json();
            let rows = rows.as_array().unwrap();
            assert!(!rows.is_empty(), "{words:?}");
            for row in rows {
                let through = row["through"].as_str().unwrap();
                assert!(row["shared"].as_u64() > Some(0) && !through.is_empty(), "{row}");
            }
        }
    }
    assert_eq!(on_case("ties", &case, &["--fdr", "0"]).code, Some(2));
    let none = on_case("ties", &case, &["--hub", "1", "--all", "--format", "csv"]).fine();
    assert_eq!(none.stdout.lines().count(), 1, "what one person has ties nobody");
}

/// What each pair of the side shares, by looking at all pairs.
fn shared_by_pair(csr: &Csr, side: &[bool], options: OneMode) -> Vec<Vec<f64>> {
    let nodes: Vec<u32> = csr.nodes().filter(|&u| side[u as usize]).collect();
    let tie = |u: u32, v: u32| {
        let both =
            csr.nodes().filter(|&w| !side[w as usize] && csr.neighbors(w).len() <= options.hub);
        let both = both.filter(|&w| csr.neighbors(w).contains(&u) && csr.neighbors(w).contains(&v));
        let weight = |w: u32| match options.weight {
            SharedWeight::Count => 1.0,
            SharedWeight::Newman => 1.0 / (csr.neighbors(w).len() as f64 - 1.0),
        };
        if u == v { 0.0 } else { both.map(weight).sum() }
    };
    nodes.iter().map(|&u| nodes.iter().map(|&v| tie(u, v)).collect()).collect()
}

proptest! {
    #[test]
    fn oracle_one_mode_projection(pairs in prop::collection::vec((0..9_u32, 9..15_u32), 0..50), hub in 2..9_usize) {
        let csr = Csr::unweighted(15, &pairs, Direction::Undirected);
        let side: Vec<bool> = (0..15).map(|node| node < 9).collect();
        for weight in [SharedWeight::Count, SharedWeight::Newman] {
            for hub in [hub, usize::MAX] {
                let options = OneMode { weight, hub };
                let projected = options.of(&csr, &side).unwrap();
                for one_way in [csr.oriented(|u| u < 9), csr.oriented(|u| u >= 9)] {
                    prop_assert_eq!(&options.of(&one_way, &side).unwrap(), &projected);
                }
                let expected = shared_by_pair(&csr, &side, options);
                prop_assert_eq!(projected.node_count(), 9);
                for u in projected.nodes() {
                    let mut row = vec![0.0; 9];
                    for (v, weight) in projected.edges_of(u) {
                        row[v as usize] = weight;
                    }
                    crate::measures::all_close(&row, &expected[u as usize]);
                }
            }
        }
    }
}

#[test]
fn a_projection_of_one_side_is_refused() {
    let side = [true, true, false];
    let within = OneMode::default().of(&Csr::path(3), &side).unwrap_err().to_string();
    assert!(within.contains("node 0 has a neighbour on its own"), "{within}");
    let short = OneMode::default().of(&Csr::path(3), &side[..2]).unwrap_err().to_string();
    assert!(short.contains("a side for each of 3 nodes"), "{short}");
}
