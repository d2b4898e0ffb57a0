//! Are key players the best set there is, and are networks taken apart as each strategy says?

use kluwen::ErrorKind;
use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Betweenness, Centrality, Cohesion, Communities, Components, CoreNumbers, Dismantled,
    Dismantling, DismantlingStrategy, KeyGoal, KeyPlayers, KeySearch, Length,
};
use proptest::prelude::*;

use crate::common::close_to;
use crate::definitions::distances;
use crate::measures::graphs;
use crate::shared_data::networks;

const GOALS: [KeyGoal; 5] = [
    KeyGoal::Fragment,
    KeyGoal::Lengthen,
    KeyGoal::Reach { steps: 1 },
    KeyGoal::Reach { steps: 2 },
    KeyGoal::Nearness,
];

const STRATEGIES: [DismantlingStrategy; 5] = [
    DismantlingStrategy::Degree,
    DismantlingStrategy::Betweenness,
    DismantlingStrategy::CoreHd,
    DismantlingStrategy::CollectiveInfluence { radius: 2 },
    DismantlingStrategy::Generalized,
];

/// The undirected graph without the edges of some nodes.
fn without(csr: &Csr, gone: &[u32]) -> Csr {
    let kept = |u: u32| !gone.contains(&u);
    let csr = csr.to_undirected();
    let pairs: Vec<(u32, u32)> = csr
        .nodes()
        .flat_map(|u| csr.neighbors(u).iter().map(move |&v| (u, v)))
        .filter(|&(u, v)| kept(u) && kept(v))
        .collect();
    Csr::unweighted(csr.node_count(), &pairs, Direction::Undirected)
}

/// What a set is worth, by the definition, from the distances of all pairs.
fn worth(csr: &Csr, goal: KeyGoal, set: &[u32]) -> f64 {
    let left: Vec<u32> = csr.nodes().filter(|u| !set.contains(u)).collect();
    let parts = distances(&without(csr, set), Length::Hops);
    let all = distances(csr, Length::Hops);
    let pairs = (left.len() * left.len().saturating_sub(1)).max(1) as f64;
    let sum = |term: &dyn Fn(f64) -> f64| -> f64 {
        let ends = left.iter().flat_map(|&u| left.iter().map(move |&v| (u, v)));
        ends.filter(|(u, v)| u != v).map(|(u, v)| term(parts[u as usize][v as usize])).sum()
    };
    let nearest =
        |v: u32| set.iter().map(|&u| all[u as usize][v as usize]).fold(f64::INFINITY, f64::min);
    match goal {
        KeyGoal::Fragment => 1.0 - sum(&|d| f64::from(u8::from(d.is_finite()))) / pairs,
        KeyGoal::Lengthen => 1.0 - sum(&|d| 1.0 / d) / pairs,
        KeyGoal::Reach { steps } => {
            csr.nodes().filter(|&v| nearest(v) <= f64::from(steps)).count() as f64
        }
        KeyGoal::Nearness => {
            let near: f64 = csr.nodes().map(|v| 1.0 / nearest(v).max(1.0)).sum();
            near / csr.node_count() as f64
        }
    }
}

/// All sets of so many of these nodes.
fn sets(nodes: &[u32], size: usize) -> Vec<Vec<u32>> {
    let Some((first, rest)) = nodes.split_first() else {
        return if size == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut all = sets(rest, size);
    all.extend(sets(rest, size - 1).into_iter().map(|mut set| {
        set.insert(0, *first);
        set
    }));
    all
}

fn plain(csr: Csr) -> Csr {
    csr.without_weights()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_set_is_worth_what_its_definition_says(csr in graphs(10), turn in 0..7_u32) {
        let csr = plain(csr);
        let set: Vec<u32> = csr.nodes().filter(|u| (u + turn) % 4 == 0).collect();
        for goal in GOALS {
            let (got, want) = (goal.value(&csr, &set).unwrap(), worth(&csr, goal, &set));
            prop_assert!((got - want).abs() < 1e-12, "{goal:?} {set:?}: {got}, expected {want}");
        }
    }

    #[test]
    fn no_set_is_better_than_the_best(csr in graphs(9), size in 1..=3_usize, barred in 0..9_u32) {
        let csr = plain(csr);
        let forbidden: Vec<u32> = csr.nodes().filter(|&u| u == barred || u == barred / 2).collect();
        let allowed: Vec<u32> = csr.nodes().filter(|u| !forbidden.contains(u)).collect();
        prop_assume!(allowed.len() >= size);
        for goal in GOALS {
            let players = KeyPlayers { goal, size, forbidden: forbidden.clone(), ..KeyPlayers::default() };
            let found = players.find(&csr).unwrap();
            let best = sets(&allowed, size).iter().map(|set| worth(&csr, goal, set)).fold(f64::MIN, f64::max);
            prop_assert!((found.value - best).abs() < 1e-9, "{goal:?} {found:?}, best {best}");
            prop_assert!(found.proven && found.nodes.len() == size);
            prop_assert!(found.nodes.iter().all(|u| allowed.contains(u)));
            prop_assert!((worth(&csr, goal, &found.nodes) - found.value).abs() < 1e-12);
        }
    }

    #[test]
    fn no_exchange_betters_what_is_found_greedily(csr in graphs(11), size in 1..=3_usize) {
        let csr = plain(csr);
        prop_assume!(csr.node_count() >= size);
        for goal in GOALS {
            let greedy = KeyPlayers { goal, size, search: KeySearch::Greedy, ..KeyPlayers::default() };
            let found = greedy.find(&csr).unwrap();
            prop_assert!(!found.proven);
            for (at, v) in (0..size).flat_map(|at| csr.nodes().map(move |v| (at, v))) {
                let mut other = found.nodes.clone();
                if !other.contains(&v) {
                    other[at] = v;
                    prop_assert!(worth(&csr, goal, &other) <= found.value + 1e-9, "{goal:?} {found:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn removals_do_what_they_say(csr in graphs(12), barred in 0..12_u32, target in 0.0..0.6, costly: bool) {
        let csr = plain(csr);
        let n = csr.node_count();
        let forbidden: Vec<u32> = csr.nodes().filter(|&u| u == barred).collect();
        let costs = costly.then(|| (0..n).map(|u| 1.0 + (u % 3) as f64).collect());
        for strategy in STRATEGIES {
            let quick = Dismantling { strategy, target, costs: costs.clone(), reinsertion: false, forbidden: forbidden.clone(), seed: 3 };
            let first = quick.run(&csr).unwrap();
            let found = Dismantling { reinsertion: true, ..quick.clone() }.run(&csr).unwrap();
            for one in [&first, &found] {
                holds(&csr, one, target, &forbidden)?;
            }
            prop_assert!(found.nodes.iter().all(|u| first.nodes.contains(u)), "{strategy:?}");
            prop_assert_eq!(found.reached, first.reached);
            for &u in &found.nodes {
                let others: Vec<u32> = found.nodes.iter().copied().filter(|&v| v != u).collect();
                let parts = Components.partition(&without(&csr, &others)).unwrap();
                let joined = parts.sizes()[parts.groups()[u as usize] as usize];
                prop_assert!(joined > limit(n, target), "{strategy:?}: {u} could come back");
            }
        }
    }

    #[test]
    fn each_removal_is_the_one_its_strategy_names(csr in graphs(12), costly: bool) {
        let csr = plain(csr).to_undirected();
        let costs: Vec<f64> = csr.nodes().map(|u| if costly { f64::from(1 + u % 3) } else { 1.0 }).collect();
        for strategy in &STRATEGIES[..4] {
            let strategy = *strategy;
            let order = Dismantling { strategy, target: 0.0, costs: Some(costs.clone()), reinsertion: false, ..Dismantling::default() };
            let nodes = order.run(&csr).unwrap().nodes;
            for (at, &chosen) in nodes.iter().enumerate() {
                let gone = &nodes[..at];
                let scores = scores(&without(&csr, gone), strategy);
                let Some(scores) = scores else { break };
                let score = |u: u32| (scores[u as usize].0 / costs[u as usize], scores[u as usize].1 / costs[u as usize]);
                let best = csr.nodes().filter(|u| !gone.contains(u)).max_by(|&u, &v| {
                    let (a, b) = (score(u), score(v));
                    a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(v.cmp(&u))
                });
                prop_assert_eq!(Some(chosen), best, "{:?} after {:?}", strategy, gone);
            }
        }
    }
}

fn limit(n: usize, target: f64) -> usize {
    (1..=n).take_while(|&size| size as f64 <= target * n as f64).last().unwrap_or(1)
}

/// The sizes that a removal order names are those of the components it leaves, and nobody forbidden is in it.
fn holds(csr: &Csr, one: &Dismantled, target: f64, forbidden: &[u32]) -> Result<(), TestCaseError> {
    let n = csr.node_count();
    prop_assert_eq!(one.largest.len(), one.nodes.len() + 1);
    for (at, &size) in one.largest.iter().enumerate() {
        let cohesion = Cohesion::without(csr, &one.nodes[..at]).unwrap();
        prop_assert_eq!(size, cohesion.largest, "after {} of {:?}", at, one.nodes);
    }
    prop_assert!(one.nodes.iter().all(|u| !forbidden.contains(u)));
    let mut nodes = one.nodes.clone();
    nodes.sort_unstable();
    nodes.dedup();
    prop_assert_eq!(nodes.len(), one.nodes.len());
    prop_assert_eq!(one.reached, one.largest.last().is_none_or(|&size| size <= limit(n, target)));
    let area: f64 = one.largest[1..].iter().map(|&size| size as f64).sum();
    prop_assert!(close_to(one.robustness(), area / (n * n) as f64, 1e-9) || area.abs() < 1e-300);
    Ok(())
}

/// By node: what a strategy goes by, and what decides between equals; none once it goes by something else.
fn scores(left: &Csr, strategy: DismantlingStrategy) -> Option<Vec<(f64, f64)>> {
    let degree = |u: u32| left.neighbors(u).len() as f64;
    let reach = |u: u32| (degree(u) - 1.0).max(0.0);
    let by_degree = || left.nodes().map(|u| (degree(u), 0.0)).collect();
    match strategy {
        DismantlingStrategy::Degree => Some(by_degree()),
        DismantlingStrategy::Betweenness => {
            let scores = Betweenness::default().scores(left).unwrap();
            Some(left.nodes().map(|u| (scores[u as usize], degree(u))).collect())
        }
        DismantlingStrategy::CollectiveInfluence { radius } => {
            let distance = distances(left, Length::Hops);
            let rim = |u: u32, v: &u32| {
                (distance[u as usize][*v as usize] - f64::from(radius)).abs() < 0.5
            };
            let influence =
                |u: u32| reach(u) * left.nodes().filter(|v| rim(u, v)).map(reach).sum::<f64>();
            let all: Vec<(f64, f64)> = left.nodes().map(|u| (influence(u), 0.0)).collect();
            Some(if all.iter().any(|one| one.0 > 0.0) { all } else { by_degree() })
        }
        DismantlingStrategy::CoreHd => {
            let cores = CoreNumbers.scores(left).unwrap();
            let inside = |u: &u32| cores[*u as usize] >= 2.0;
            let degree = |u: u32| left.neighbors(u).iter().filter(|v| inside(v)).count() as f64;
            let all = left.nodes().map(|u| (if inside(&u) { degree(u) } else { 0.0 }, 0.0));
            left.nodes().any(|u| inside(&u)).then(|| all.collect())
        }
        DismantlingStrategy::Generalized => None,
    }
}

#[test]
fn the_key_players_of_caviar_are_those_on_record() {
    for network in networks(&["caviar"]).iter().filter(|one| one.name.ends_with("reference.json")) {
        let csr = &network.csr;
        let named = |names: &[&str]| -> Vec<u32> {
            let mut nodes: Vec<u32> = names.iter().map(|&name| network.nodes[name]).collect();
            nodes.sort_unstable();
            nodes
        };
        let sets: [&[&str]; 3] = [&["N1"], &["N1", "N12"], &["N1", "N12", "N87"]];
        for (set, want) in sets.into_iter().zip([0.364_254, 0.557_286, 0.654_735]) {
            let found = KeyPlayers { size: set.len(), ..KeyPlayers::default() }.find(csr).unwrap();
            assert_eq!((found.nodes, found.proven), (named(set), true));
            assert!((found.value - want).abs() < 5.1e-7, "{}", found.value);
        }
        for (set, want) in [(&[][..], 0.588_043), (sets[0], 0.762_884), (sets[1], 0.837_311)] {
            let goal = KeyGoal::Lengthen;
            let value = goal.value(csr, &named(set)).unwrap();
            assert!((value - want).abs() < 5.1e-7, "{value}");
            let found = KeyPlayers { goal, size: set.len(), ..KeyPlayers::default() };
            assert_eq!(found.find(csr).unwrap().nodes, named(set));
        }
        let goal = KeyGoal::Reach { steps: 1 };
        for (set, want) in [(sets[0], 61.0), (sets[1], 80.0)] {
            let found = KeyPlayers { goal, size: set.len(), ..KeyPlayers::default() };
            let found = found.find(csr).unwrap();
            assert_eq!((found.nodes, found.value.to_bits()), (named(set), f64::to_bits(want)));
        }
    }
}

/// A graph of 120 nodes in which a few have most ties.
fn uneven() -> Csr {
    let mut state = 7_u32;
    let mut next = |end: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % end
    };
    let pairs: Vec<(u32, u32)> =
        (0..300).map(|_| (next(120), next(120) * next(120) / 120)).collect();
    Csr::unweighted(120, &pairs, Direction::Undirected)
}

#[test]
fn sets_and_orders_do_not_depend_on_threads() {
    let csr = uneven();
    let all = || {
        let sets: Vec<_> = GOALS
            .into_iter()
            .flat_map(|goal| {
                [KeySearch::Exact, KeySearch::Greedy].map(|search| KeyPlayers {
                    goal,
                    size: 3,
                    search,
                    ..KeyPlayers::default()
                })
            })
            .map(|players| players.find(&csr).unwrap())
            .map(|found| (found.nodes, found.value.to_bits()))
            .collect();
        let orders: Vec<_> = STRATEGIES
            .map(|strategy| Dismantling { strategy, ..Dismantling::default() })
            .iter()
            .map(|order| order.run(&csr).unwrap())
            .collect();
        (sets, orders)
    };
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(all)
    };
    let alone = on(1);
    assert!(on(2) == alone && on(8) == alone);
}

#[test]
fn names_do_not_matter_to_what_a_best_set_is_worth() {
    let csr = uneven();
    let turned: Vec<(u32, u32)> = csr
        .nodes()
        .flat_map(|u| csr.neighbors(u).iter().map(move |&v| (119 - u, 119 - v)))
        .collect();
    let turned = Csr::unweighted(120, &turned, Direction::Undirected);
    for goal in GOALS {
        let players = KeyPlayers { goal, size: 2, ..KeyPlayers::default() };
        let (one, other) = (players.find(&csr).unwrap(), players.find(&turned).unwrap());
        assert!((one.value - other.value).abs() < 1e-9, "{goal:?} {one:?} {other:?}");
    }
}

#[test]
fn costs_move_the_cut() {
    let ring = Csr::path(9);
    let costs = |dear: usize| Some((0..9).map(|u| if u == dear { 9.0 } else { 1.0 }).collect());
    for strategy in STRATEGIES {
        let order =
            Dismantling { strategy, target: 0.5, costs: costs(4), ..Dismantling::default() };
        let found = order.run(&ring).unwrap();
        assert!(found.reached && !found.nodes.contains(&4), "{strategy:?} {found:?}");
        assert!(found.cost < 9.0);
    }
}

#[test]
fn bridges_between_cliques_are_found() {
    let cliques = Csr::ring_of_cliques(6, 8);
    for strategy in [DismantlingStrategy::Betweenness, DismantlingStrategy::Generalized] {
        let order = Dismantling { strategy, target: 0.2, ..Dismantling::default() };
        let found = order.run(&cliques).unwrap();
        assert!(found.reached && found.nodes.len() <= 12, "{strategy:?} {:?}", found.nodes);
    }
}

#[test]
fn a_star_and_a_path_of_a_million_are_taken_apart() {
    const MANY: u32 = 1_000_000;
    let (star, path) = (Csr::star(MANY), Csr::path(MANY));
    for strategy in [
        DismantlingStrategy::Degree,
        DismantlingStrategy::CoreHd,
        DismantlingStrategy::CollectiveInfluence { radius: 2 },
    ] {
        let order = Dismantling { strategy, ..Dismantling::default() };
        assert_eq!(order.run(&star).unwrap().nodes, [0], "{strategy:?}");
    }
    let order = Dismantling { target: 0.25, ..Dismantling::default() };
    assert_eq!(order.run(&path).unwrap().nodes.len(), 3);
    let spared = Dismantling { target: 0.5, forbidden: vec![0], ..Dismantling::default() };
    let found = spared.run(&star).unwrap();
    assert!(found.reached && found.nodes.len() == 500_000, "leaf after leaf, in one go");
    let two = KeyPlayers { size: 2, ..KeyPlayers::default() };
    let found = two.find(&path).unwrap();
    assert!((found.value - 2.0 / 3.0).abs() < 1e-5 && !found.proven, "{found:?}");
    assert_eq!(two.find(&star).unwrap().nodes[0], 0);
}

#[test]
fn little_graphs_have_few_players() {
    for direction in [Direction::Undirected, Direction::Directed] {
        let (none, one) = (Csr::new(0, &[], direction), Csr::new(1, &[(0, 0, 1.0)], direction));
        for goal in GOALS {
            let players = |size| KeyPlayers { goal, size, ..KeyPlayers::default() };
            assert!(players(0).find(&none).unwrap().nodes.is_empty());
            assert!(
                players(1).find(&none).unwrap_err().to_string().contains("0 nodes are allowed")
            );
            assert_eq!(players(1).find(&one).unwrap().nodes, [0]);
        }
        for strategy in STRATEGIES {
            let order = Dismantling { strategy, ..Dismantling::default() };
            for csr in [&none, &one] {
                let found = order.run(csr).unwrap();
                assert!(found.nodes.is_empty() && found.reached, "{strategy:?}");
            }
        }
        let alone = Cohesion::of(&one);
        assert_eq!((alone.nodes, alone.largest, alone.components), (1, 1, 1));
        assert!((alone.fragmentation() - 1.0).abs() < 1e-12);
    }
}

#[test]
fn what_cannot_be_asked_is_said() {
    let star = Csr::star(5);
    let message = |players: KeyPlayers| players.find(&star).unwrap_err().to_string();
    let reach = KeyGoal::Reach { steps: 0 };
    assert!(message(KeyPlayers { goal: reach, ..KeyPlayers::default() }).contains("`steps`"));
    let forbidden = vec![7];
    assert!(message(KeyPlayers { forbidden, ..KeyPlayers::default() }).contains("no node 7"));
    assert!(KeyGoal::Nearness.value(&star, &[9]).unwrap_err().to_string().contains("no node 9"));
    for goal in GOALS {
        let hasty = KeyPlayers {
            goal,
            size: 3,
            search: KeySearch::Exact,
            effort: 0,
            ..KeyPlayers::default()
        };
        let error = hasty.find(&uneven()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Limit { .. }), "{goal:?}: {error}");
        let auto = KeyPlayers { search: KeySearch::Auto, ..hasty };
        assert!(!auto.find(&uneven()).unwrap().proven, "{goal:?}");
    }
    let order = |target, costs| Dismantling { target, costs, ..Dismantling::default() };
    for wrong in [
        order(1.5, None),
        order(f64::NAN, None),
        order(0.1, Some(vec![1.0; 4])),
        order(0.1, Some(vec![0.0; 5])),
    ] {
        let error = wrong.run(&star).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Usage(_)), "{error}");
    }
}
