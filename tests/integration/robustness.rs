//! Is a ranking held against its errors as the definitions say, the same on any number of threads?

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Betweenness, Centrality, Closeness, CoreNumbers, Degree, Harmonic, PageRank, Perturbation,
    Robust, Robustness, Strength,
};
use proptest::prelude::*;

use crate::measures::graphs;

/// A graph that grew: each node is tied to one to three before it, so that the first have most ties.
fn uneven(n: u32) -> Csr {
    let mut state = 12_345_u32;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let pairs: Vec<_> =
        (1..n).flat_map(|u| (0..=u % 3).map(move |_| u)).map(|u| (u, next(u))).collect();
    Csr::unweighted(n as usize, &pairs, Direction::Undirected)
}

fn of(perturbation: Perturbation<'_>, measure: &(dyn Centrality + Sync), csr: &Csr) -> Robust {
    let nodes: Vec<u32> = csr.nodes().collect();
    let options = Robustness { draws: 40, ..Robustness::new(perturbation) };
    options.of(measure, csr, &nodes).unwrap()
}

fn measures() -> Vec<Box<dyn Centrality + Sync>> {
    vec![
        Box::new(Degree::default()),
        Box::new(Strength::default()),
        Box::new(CoreNumbers),
        Box::new(PageRank::default()),
        Box::new(Closeness::default()),
        Box::new(Harmonic::default()),
        Box::new(Betweenness::default()),
    ]
}

proptest! {
    #[test]
    fn without_an_error_the_order_stays(csr in graphs(12)) {
        for measure in measures() {
            let scores = measure.scores(&csr).unwrap();
            let n = csr.node_count();
            let apart = |a: f64, b: f64| (a - b).abs() > 1e-9 * a.abs().max(b.abs());
            let varies = scores.iter().any(|&one| apart(one, scores[0]));
            for error in [Perturbation::EdgesMissing(0.0), Perturbation::NodesMissing(0.0), Perturbation::EdgesSpurious(0.0)] {
                let found = of(error, measure.as_ref(), &csr);
                prop_assert_eq!(found.reliability, varies.then_some(1.0));
                prop_assert_eq!(found.tau.is_some(), varies);
                prop_assert!((found.tau.unwrap_or(1.0) - 1.0).abs() < 1e-12);
                for (u, rank) in found.ranks.iter().enumerate() {
                    // Counted one by one: who is above, and who is not below.
                    let above = scores.iter().filter(|&&other| other > scores[u] && apart(other, scores[u])).count();
                    let level = scores.iter().filter(|&&other| !apart(other, scores[u])).count();
                    prop_assert_eq!(*rank, Some([above + 1, above + level]));
                    prop_assert!(above + level <= n);
                }
            }
        }
    }

    #[test]
    fn figures_lie_in_their_ranges(csr in graphs(12), share in 0.0..1.0, seed: u64) {
        let nodes: Vec<u32> = csr.nodes().collect();
        for error in [Perturbation::EdgesMissing(share), Perturbation::NodesMissing(share), Perturbation::EdgesSpurious(share)] {
            let options = Robustness { draws: 9, seed, ..Robustness::new(error) };
            let found = options.of(&Degree::default(), &csr, &nodes).unwrap();
            prop_assert!(found.reliability.is_none_or(|share| (0.0..=1.0).contains(&share)));
            prop_assert!(found.tau.is_none_or(|tau| (-1.0 - 1e-12..=1.0 + 1e-12).contains(&tau)));
            for [low, high] in found.ranks.iter().flatten() {
                prop_assert!(1 <= *low && low <= high && *high <= csr.node_count());
            }
        }
    }
}

/// A tie of chance p between the two of highest degree, all else sure: with it the first is ahead, without it level or behind.
#[test]
fn an_edge_is_there_as_often_as_its_chance_says() {
    // 0 has leaves 2, 3, 4 and perhaps 5; 1 has leaves 6, 7, 8. With the doubtful tie 0 is above 1, without it they tie.
    let pairs = [(0, 2), (0, 3), (0, 4), (0, 5), (1, 6), (1, 7), (1, 8)];
    let csr = Csr::unweighted(9, &pairs, Direction::Undirected);
    let sure = |chance: f64| {
        let edges: Vec<_> =
            pairs.iter().map(|&(u, v)| (u, v, if v == 5 { chance } else { 1.0 })).collect();
        Csr::new(9, &edges, Direction::Undirected)
    };
    let first = |chance: f64| {
        let chances = sure(chance);
        let options =
            Robustness { draws: 2000, ..Robustness::new(Perturbation::Chances(&chances)) };
        options.of(&Degree::default(), &csr, &[0, 1]).unwrap()
    };
    assert_eq!(first(1.0).ranks, [Some([1, 1]), Some([2, 2])]);
    assert_eq!(first(1.0).reliability, Some(1.0));
    assert_eq!(first(0.0).ranks, [Some([1, 2]), Some([1, 2])]);
    // Ordered pairs: 0 above all eight others, 1 above seven. Without the tie only 0 and 1 lose their order: 14 of 15 are kept.
    let kept = first(0.0).reliability.unwrap();
    assert!((kept - 14.0 / 15.0).abs() < 1e-12, "{kept}");
    // With chance .3 the pair keeps its order in .3 of the draws: 14.3 of 15.
    let kept = first(0.3).reliability.unwrap();
    assert!((kept - 14.3 / 15.0).abs() < 0.003, "{kept}");
    assert_eq!(first(0.01).ranks[1], Some([1, 2]), "in more than 95 of 100 draws they tie");
}

/// The definition, pair by pair, on the one draw that a path of three and a missing edge allow.
#[test]
fn one_draw_worked_out() {
    // Of 0 – 1 – 2 one edge goes: the middle keeps degree 1, one end, too. Ordered pairs were (1, 0) and (1, 2); one is kept.
    let options = Robustness { draws: 20, ..Robustness::new(Perturbation::EdgesMissing(0.5)) };
    let found = options.of(&Degree::default(), &Csr::path(3), &[0, 1, 2]).unwrap();
    assert_eq!(found.reliability, Some(0.5));
    // Kept 1, reversed 0; two pairs ordered by each: tau_b is 1 / 2.
    assert!((found.tau.unwrap() - 0.5).abs() < 1e-12);
    assert!(found.tau_deviation.unwrap().abs() < 1e-12, "both draws are alike");
    assert_eq!(found.ranks, [Some([1, 3]), Some([1, 2]), Some([1, 3])]);
}

#[test]
fn more_error_leaves_less_order() {
    let csr = uneven(200);
    for measure in measures() {
        let at = |share| of(Perturbation::EdgesMissing(share), measure.as_ref(), &csr).tau.unwrap();
        let (little, more, much) = (at(0.02), at(0.2), at(0.6));
        assert!(little > more && more > much, "{}: {little} {more} {much}", measure.name());
        assert!(much > 0.0, "{}: something is left of the order", measure.name());
    }
}

#[test]
fn draws_do_not_depend_on_threads_and_do_on_the_seed() {
    let csr = uneven(300);
    let nodes: Vec<u32> = csr.nodes().collect();
    for error in [
        Perturbation::EdgesMissing(0.1),
        Perturbation::NodesMissing(0.1),
        Perturbation::EdgesSpurious(0.1),
    ] {
        let run = |threads: usize, seed: u64| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let options = Robustness { draws: 30, seed, ..Robustness::new(error) };
            pool.install(|| options.of(&PageRank::default(), &csr, &nodes).unwrap())
        };
        let alone = run(1, 0);
        assert_eq!(run(2, 0), alone);
        assert_eq!(run(8, 0), alone);
        assert_ne!(run(2, 1), alone);
    }
}

#[test]
fn empty_and_odd_graphs_and_options_out_of_range() {
    let one = Degree::default();
    for n in [0, 1] {
        let csr = Csr::unweighted(n, &[], Direction::Undirected);
        for error in [
            Perturbation::EdgesMissing(0.5),
            Perturbation::NodesMissing(0.5),
            Perturbation::EdgesSpurious(0.5),
        ] {
            let found = of(error, &one, &csr);
            assert_eq!((found.reliability, found.tau), (None, None));
            assert_eq!(found.ranks.len(), n);
        }
    }
    // Whoever is missing in all draws has no rank.
    let gone = of(Perturbation::NodesMissing(1.0), &one, &Csr::star(4));
    assert_eq!(gone.ranks, [None; 4]);
    let path = Csr::path(3);
    let say = |options: Robustness<'_>| options.of(&one, &path, &[]).unwrap_err().to_string();
    assert!(say(Robustness::new(Perturbation::EdgesMissing(1.5))).contains("[0, 1]"));
    assert!(say(Robustness::new(Perturbation::NodesMissing(f64::NAN))).contains("[0, 1]"));
    let none = Robustness { draws: 0, ..Robustness::new(Perturbation::EdgesMissing(0.1)) };
    assert!(say(none).contains("`draws`"));
    let other = Csr::path(4);
    assert!(say(Robustness::new(Perturbation::Chances(&other))).contains("the nodes of the graph"));
    let double = Csr::new(3, &[(0, 1, 2.0), (1, 2, 0.5)], Direction::Undirected);
    let message = say(Robustness::new(Perturbation::Chances(&double)));
    assert!(message.contains("from node 0 to node 1 has 2"), "{message}");
}
