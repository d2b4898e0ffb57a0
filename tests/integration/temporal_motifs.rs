//! Are motifs in time, closeness in time and bursts what their definitions say?

use kluwen::graph::{Days, TimedEdge, TimedGraph};
use kluwen::measure::{
    Burstiness, MotifCensus, Order, TemporalCloseness, TemporalMotifs, TimePaths,
};
use proptest::prelude::*;

use crate::common::close_to;

/// The figure of the paper, row by row, as the second and third edge after `12`; nodes are named as they come.
const FIGURE: [[&str; 6]; 6] = [
    ["32 12", "32 21", "32 13", "32 31", "32 23", "32 32"],
    ["23 12", "23 21", "23 13", "23 31", "23 23", "23 32"],
    ["31 12", "31 21", "31 13", "31 31", "31 23", "31 32"],
    ["13 12", "13 21", "13 13", "13 31", "13 23", "13 32"],
    ["21 12", "21 21", "21 13", "21 31", "21 23", "21 32"],
    ["12 12", "12 21", "12 13", "12 31", "12 23", "12 32"],
];

fn count(delta: u32, graph: &TimedGraph) -> MotifCensus {
    TemporalMotifs { delta }.count(graph)
}

/// Every ordered triple of edges, named and looked up in the figure.
fn by_definition(delta: u32, edges: &[TimedEdge]) -> [[u64; 6]; 6] {
    let mut counts = [[0; 6]; 6];
    let known: Vec<&TimedEdge> = edges
        .iter()
        .filter(|edge| edge.start.first == edge.start.last && edge.from != edge.to)
        .collect();
    for a in &known {
        for b in &known {
            for c in &known {
                let [s, t, u] = [a, b, c].map(|edge| i64::from(edge.start.first));
                if s < t && t < u && u - s <= i64::from(delta) {
                    let mut nodes: Vec<u32> = Vec::new();
                    let mut word = String::new();
                    for node in [a.from, a.to, b.from, b.to, c.from, c.to] {
                        let at = nodes.iter().position(|&known| known == node);
                        let at = at.unwrap_or_else(|| {
                            nodes.push(node);
                            nodes.len() - 1
                        });
                        word.push(char::from(b'1' + u8::try_from(at).unwrap()));
                    }
                    if nodes.len() > 3 {
                        continue;
                    }
                    let word = format!("{} {}", &word[2..4], &word[4..]);
                    let place = FIGURE.as_flattened().iter().position(|&other| other == word);
                    let place = place.expect("three edges on three nodes are in the figure");
                    counts[place / 6][place % 6] += 1;
                }
            }
        }
    }
    counts
}

fn edges(nodes: u32, days: i32, most: usize) -> impl Strategy<Value = Vec<TimedEdge>> {
    let edge = (0..nodes, 0..nodes, 0..days, 0..8_i32).prop_map(|(from, to, day, more)| {
        // One in eight is not known to the day.
        let days = Days { first: day, last: day + i32::from(more == 0) };
        TimedEdge { from, to, start: days, end: days }
    });
    proptest::collection::vec(edge, 0..most)
}

proptest! {
    #[test]
    fn motifs_are_those_of_all_ordered_triples(
        edges in prop_oneof![edges(3, 6, 24), edges(4, 12, 30), edges(7, 25, 40), edges(5, 3, 30)],
        delta in 0..14_u32,
        nodes in 7..9_usize,
    ) {
        let found = count(delta, &TimedGraph::new(nodes, edges.clone()));
        prop_assert_eq!(found.counts, by_definition(delta, &edges));
        prop_assert_eq!(found.edges + found.loops + found.not_to_the_day, edges.len());
    }

    #[test]
    fn how_edges_and_nodes_are_numbered_does_not_matter(edges in edges(5, 9, 30), turn in 0..5_u32) {
        let found = count(5, &TimedGraph::new(5, edges.clone())).counts;
        let mut other: Vec<TimedEdge> = edges
            .iter()
            .map(|edge| TimedEdge { from: (edge.from + turn) % 5, to: (edge.to + turn) % 5, ..*edge })
            .collect();
        other.reverse();
        prop_assert_eq!(count(5, &TimedGraph::new(5, other)).counts, found);
    }

    #[test]
    fn closeness_is_the_mean_over_paths_from_the_first_departure(edges in edges(6, 9, 14)) {
        let graph = TimedGraph::new(6, edges.clone());
        for order in [Order::Possible, Order::Certain] {
            let found = TemporalCloseness { order }.of(&graph);
            for node in 0..6 {
                let own = edges.iter().filter(|edge| edge.from == node);
                let departs = own.map(|edge| edge.start.first).min();
                prop_assert_eq!(found[node as usize].departs, departs);
                let Some(departs) = departs else { continue };
                let days = arrivals(&edges, node, departs, order);
                let terms = days.iter().flatten().map(|day| 1.0 / f64::from(1 + day - departs));
                let sum = terms.sum::<f64>() - 1.0;
                prop_assert!((found[node as usize].closeness - sum / 5.0).abs() < 1e-12);
                prop_assert_eq!(found[node as usize].reached, days.iter().flatten().count() - 1);
            }
        }
    }

    #[test]
    fn bursts_lie_between_the_clock_and_one_crowd(mut days in proptest::collection::vec(0..400_i32, 3..30)) {
        days[0] = 400;
        let found = Burstiness::of(&days);
        days.sort_unstable();
        let Some(found) = found else {
            prop_assert_eq!(days[0], 400);
            return Ok(());
        };
        prop_assert!((-1.0 - 1e-9..=1.0 + 1e-9).contains(&found.corrected), "{:?}", found);
        // The coefficient over all pairs of gaps: their mean squared difference is twice the variance.
        let gaps: Vec<f64> = days.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
        let count = gaps.len() as f64;
        let squares: f64 = gaps.iter().flat_map(|a| gaps.iter().map(move |b| (a - b).powi(2))).sum();
        let (sigma, mu) = ((squares / (2.0 * count * count)).sqrt(), f64::from(400 - days[0]) / count);
        prop_assert!((found.coefficient - (sigma - mu) / (sigma + mu)).abs() < 1e-9);
        let r = sigma / mu;
        let corrected = ((count + 1.0).sqrt() * r - (count - 1.0).sqrt())
            / (((count + 1.0).sqrt() - 2.0) * r + (count - 1.0).sqrt());
        prop_assert!((found.corrected - corrected).abs() < 1e-9);
    }
}

/// The first day at each node, by relaxing all edges until nothing changes.
fn arrivals(edges: &[TimedEdge], from: u32, departs: i32, order: Order) -> Vec<Option<i32>> {
    let mut days: Vec<Option<i32>> = vec![None; 6];
    days[from as usize] = Some(departs);
    for _ in 0..6 {
        for edge in edges {
            let Some(day) = days[edge.from as usize] else { continue };
            let Days { first, last } = edge.start;
            let arrives = match order {
                Order::Possible if day <= last => day.max(first),
                Order::Certain if day <= first => last,
                _ => continue,
            };
            let known = days[edge.to as usize];
            days[edge.to as usize] = Some(known.map_or(arrives, |known| known.min(arrives)));
        }
    }
    days
}

#[test]
fn each_motif_alone_is_counted_once_in_its_place() {
    for (row, words) in FIGURE.iter().enumerate() {
        for (column, word) in words.iter().enumerate() {
            let digits: Vec<u32> =
                word.chars().filter_map(|c| c.to_digit(10)).map(|d| d - 1).collect();
            // Which node is which must not matter: all six ways to number three nodes.
            for names in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
                let edge = |day, from: u32, to: u32| {
                    TimedEdge::on(day, names[from as usize], names[to as usize])
                };
                let edges = vec![
                    edge(3, digits[2], digits[3]),
                    edge(1, 0, 1),
                    edge(2, digits[0], digits[1]),
                ];
                let mut want = [[0; 6]; 6];
                want[row][column] = 1;
                let graph = TimedGraph::new(3, edges);
                assert_eq!(count(2, &graph).counts, want, "M{}{}", row + 1, column + 1);
                assert_eq!(count(1, &graph).counts, [[0; 6]; 6], "three days span two");
            }
        }
    }
}

#[test]
fn edges_of_one_day_are_in_no_order_and_parallel_ones_all_count() {
    let same = vec![TimedEdge::on(1, 0, 1), TimedEdge::on(1, 0, 1), TimedEdge::on(2, 0, 1)];
    assert_eq!(count(9, &TimedGraph::new(2, same.clone())).counts, [[0; 6]; 6]);
    let more = [same, vec![TimedEdge::on(3, 1, 0), TimedEdge::on(3, 1, 0)]].concat();
    let found = count(9, &TimedGraph::new(2, more)).counts;
    assert_eq!(found[5][1], 4, "M62: one of two, then the third, then one of two");
    assert_eq!(found.as_flattened().iter().sum::<u64>(), 4);
}

#[test]
fn counts_do_not_depend_on_threads_or_on_far_days() {
    let mut state = 7_u32;
    let mut next = |bound: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % bound
    };
    let edges: Vec<TimedEdge> = (0..3000)
        .map(|_| {
            let day = i32::try_from(next(400)).unwrap();
            TimedEdge::on(
                if day == 0 { i32::MIN + 1 } else { day },
                next(60),
                next(60) * next(3) / 2 % 60,
            )
        })
        .collect();
    let graph = TimedGraph::new(60, edges);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| (count(40, &graph), TemporalCloseness::default().of(&graph)))
    };
    let alone = on(1);
    assert!(alone.0.counts.as_flattened().iter().all(|&count| count > 0));
    assert_eq!(on(4), alone);
    let all = count(u32::MAX, &graph);
    assert!(all.counts[1][3] > alone.0.counts[1][3], "the whole of time is no fault");
}

#[test]
fn closeness_counts_from_the_own_first_departure() {
    // 0 → 1 on day 10, 1 → 2 on day 14, 2 → 0 on day 12: too early to come back from 0.
    let edges = vec![TimedEdge::on(10, 0, 1), TimedEdge::on(14, 1, 2), TimedEdge::on(12, 2, 0)];
    let graph = TimedGraph::new(4, edges);
    let near = TemporalCloseness::default().of(&graph);
    let closeness: Vec<f64> = near.iter().map(|one| one.closeness).collect();
    assert!(close_to(closeness[0], (1.0 + 1.0 / 5.0) / 3.0, 1e-12));
    assert!(close_to(closeness[1], 1.0 / 3.0, 1e-12) && close_to(closeness[2], 1.0 / 3.0, 1e-12));
    assert_eq!((near[0].reached, near[3].departs), (2, None));
    let late = TimePaths::default().foremost_from(&graph, 0, 11);
    assert_eq!((late.day(0), late.day(1)), (Some(11), None), "the tie was before");
}

#[test]
fn bursts_are_what_the_papers_work_out() {
    // Gaps 1, 1, 1, 9: mean 3, deviation √12, r = 1.1547.
    let found = Burstiness::of(&[0, 1, 2, 3, 12]).unwrap();
    assert!(close_to(found.coefficient, (12_f64.sqrt() - 3.0) / (12_f64.sqrt() + 3.0), 1e-12));
    assert!(close_to(found.corrected, 0.423_985_688_947, 1e-9), "{found:?}");
    // Gaps 1, 1, 4: r² is 1/2, which is (n − 1) / (n + 1) of three gaps, as days thrown at random give.
    assert!(Burstiness::of(&[0, 1, 2, 6]).unwrap().corrected.abs() < 1e-12);
    for crowd in 2..40 {
        let mut days = vec![0; crowd];
        days.push(50);
        assert!((Burstiness::of(&days).unwrap().corrected - 1.0).abs() < 1e-9, "{crowd} gaps");
    }
    assert_eq!(Burstiness::of(&[1, 5]), None);
    let far = Burstiness::of(&[i32::MIN, 0, i32::MAX]).unwrap();
    assert!(far.corrected.is_finite());
}
