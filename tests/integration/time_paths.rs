//! Do paths keep to the order of time, whatever the days within the intervals?

use kluwen::graph::{Days, TimedEdge, TimedGraph};
use kluwen::measure::{Order, TimePaths};
use proptest::prelude::*;

use crate::common::{on_case, repository};

fn days() -> impl Strategy<Value = Days> {
    (0..6_i32, 0..3_i32).prop_map(|(first, more)| Days { first, last: first + more })
}

/// An edge of one uncertain day, or a lasting one.
fn edges() -> impl Strategy<Value = TimedEdge> {
    (0..5_u32, 1..5_u32, days(), proptest::option::of((0..3_i32, 0..2_i32))).prop_map(
        |(from, step, start, lasts)| {
            let end = match lasts {
                None => start,
                Some((longer, more)) => {
                    Days { first: start.first + longer, last: start.last + longer + more }
                }
            };
            TimedEdge { from, to: (from + step) % 5, start, end }
        },
    )
}

fn graphs() -> impl Strategy<Value = TimedGraph> {
    proptest::collection::vec(edges(), 0..9).prop_map(|edges| TimedGraph::new(5, edges))
}

/// All paths from a node that come by no node twice, as lists of edges.
fn simple_paths(graph: &TimedGraph, from: u32) -> Vec<Vec<usize>> {
    fn go(
        graph: &TimedGraph,
        at: u32,
        seen: &mut Vec<u32>,
        path: &mut Vec<usize>,
        all: &mut Vec<Vec<usize>>,
    ) {
        for (number, edge) in graph.edges().iter().enumerate() {
            if edge.from == at && !seen.contains(&edge.to) {
                seen.push(edge.to);
                path.push(number);
                all.push(path.clone());
                go(graph, edge.to, seen, path, all);
                path.pop();
                seen.pop();
            }
        }
    }
    let mut all = Vec::new();
    go(graph, from, &mut vec![from], &mut Vec::new(), &mut all);
    all
}

/// Every way in which an edge can have begun and ended; an edge of one day began and ended on it.
fn ways(edge: &TimedEdge) -> Vec<(i32, i32)> {
    let starts = edge.start.first..=edge.start.last;
    if edge.start == edge.end {
        return starts.map(|day| (day, day)).collect();
    }
    let ends = edge.end.first..=edge.end.last;
    let both = starts.flat_map(|start| ends.clone().map(move |end| (start, end)));
    both.filter(|(start, end)| start <= end).collect()
}

/// The first day on which a path can be at its end, for every way in which its edges can have been; none where it cannot.
fn arrivals(graph: &TimedGraph, path: &[usize]) -> Vec<Option<i32>> {
    let mut all = vec![Some(i32::MIN)];
    for &edge in path {
        let ways = ways(&graph.edges()[edge]);
        let step = |day: Option<i32>, &(start, end): &(i32, i32)| {
            // The first day of those on which the edge was there, that is no earlier than the day before.
            day.and_then(|day| (start..=end).find(|&today| today >= day))
        };
        all = all.iter().flat_map(|&day| ways.iter().map(move |way| step(day, way))).collect();
    }
    all
}

fn by_definition(order: Order, graph: &TimedGraph, path: &[usize]) -> Option<i32> {
    let all = arrivals(graph, path);
    match order {
        Order::Possible => all.into_iter().flatten().min(),
        Order::Certain => all.into_iter().collect::<Option<Vec<i32>>>()?.into_iter().max(),
    }
}

/// Edges with their days turned round.
fn reversed(graph: &TimedGraph) -> TimedGraph {
    let turn = |days: Days| Days { first: -days.last, last: -days.first };
    let edge = |edge: &TimedEdge| TimedEdge {
        from: edge.to,
        to: edge.from,
        start: turn(edge.end),
        end: turn(edge.start),
    };
    TimedGraph::new(graph.node_count(), graph.edges().iter().map(edge).collect())
}

proptest! {
    #[test]
    fn the_first_day_is_that_of_all_simple_paths_and_all_days(graph in graphs()) {
        for order in [Order::Possible, Order::Certain] {
            let found = TimePaths { order }.foremost(&graph, 0);
            let paths = simple_paths(&graph, 0);
            for node in 1..5 {
                let to = |path: &&Vec<usize>| graph.edges()[*path.last().unwrap()].to == node;
                let days = paths.iter().filter(to).filter_map(|path| by_definition(order, &graph, path));
                prop_assert_eq!(found.day(node), days.min(), "{:?} to {}", order, node);
            }
        }
    }

    #[test]
    fn a_path_that_is_told_is_a_path_and_keeps_to_time(graph in graphs()) {
        for order in [Order::Possible, Order::Certain] {
            let found = TimePaths { order }.foremost(&graph, 0);
            for node in 0..5 {
                let Some(path) = found.path(node) else { continue };
                let path: Vec<usize> = path.into_iter().map(|edge| edge as usize).collect();
                let mut at = 0;
                for &edge in &path {
                    prop_assert_eq!(graph.edges()[edge].from, at);
                    at = graph.edges()[edge].to;
                }
                prop_assert_eq!(at, node);
                if node != 0 {
                    prop_assert_eq!(by_definition(order, &graph, &path), found.day(node));
                }
            }
        }
    }

    #[test]
    fn the_last_departure_is_the_first_arrival_with_time_turned_round(graph in graphs()) {
        for order in [Order::Possible, Order::Certain] {
            let (to, back) = (TimePaths { order }.latest(&graph, 0), TimePaths { order }.foremost(&reversed(&graph), 0));
            for node in 1..5 {
                prop_assert_eq!(to.day(node), back.day(node).map(|day| -day));
                prop_assert_eq!(to.reaches(node), TimePaths { order }.foremost(&graph, node).reaches(0));
            }
        }
    }

    #[test]
    fn what_is_certain_is_possible_and_not_earlier(graph in graphs()) {
        let possible = TimePaths { order: Order::Possible };
        let certain = TimePaths { order: Order::Certain };
        let both = possible.reach(&graph).into_iter().zip(certain.reach(&graph));
        prop_assert!(both.into_iter().all(|(possible, certain)| certain <= possible));
        for node in 1..5 {
            if let Some(day) = certain.foremost(&graph, 0).day(node) {
                prop_assert!(possible.foremost(&graph, 0).day(node) <= Some(day));
            }
        }
    }

    #[test]
    fn the_fastest_is_as_fast_as_the_best_departure(graph in graphs()) {
        let possible = TimePaths { order: Order::Possible };
        let found = possible.fastest(&graph, 0, 4, 100);
        // What sets out on a day or later walks edges that are there from then on.
        let best = (0..12).filter_map(|day| {
            let later = |edge: &TimedEdge| edge.end.last >= day;
            let edges = graph.edges().iter().filter(|edge| later(edge)).map(|edge| {
                let start = Days { first: edge.start.first.max(day), last: edge.start.last.max(day) };
                TimedEdge { start, ..*edge }
            });
            let graph = TimedGraph::new(5, edges.collect());
            possible.foremost(&graph, 0).day(4).map(|arrives| arrives - day)
        });
        prop_assert_eq!(found.map(|one| one.arrives - one.departs), best.min());
        prop_assert!(found.is_none_or(|one| one.is_sure));
    }
}

#[test]
fn the_study_is_walked_in_the_order_of_time() {
    let case = repository("graphs/study25");
    let walk = |to, order| {
        on_case("path", &case, &["p3", to, "--in-time", order, "--format", "json"]).fine()
    };
    let possible = walk("p104", "possible");
    let steps = possible.json();
    let arrives: Vec<&str> =
        steps.as_array().unwrap().iter().map(|step| step["arrives"].as_str().unwrap()).collect();
    assert_eq!(arrives, ["2016-01-01", "2017-01-01", "2017-02-21"], "{possible:#?}");
    assert!(possible.stderr.contains("270 links are left out because they have no date"));
    // The first of these ties can have begun on any day of a year, so the order of the others is not certain by way of it.
    let certain = walk("p104", "certain").json();
    assert_eq!(certain.as_array().unwrap().len(), 2);
    assert_eq!(certain[1]["row"], "links.csv:11");
    let none = walk("p20", "possible");
    assert_eq!((none.json().as_array().unwrap().len(), none.stderr.contains("No path")), (0, true));
    let twice = on_case("path", &case, &["p3", "p1", "--in-time", "possible", "--limit", "3"]);
    assert_eq!(twice.code, Some(2), "there is one path that arrives first");
}
