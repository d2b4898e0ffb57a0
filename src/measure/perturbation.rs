//! A graph as it might have been recorded.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::graph::{Csr, Direction, Edge};
use crate::random::Random;

/// What may be wrong with a graph.
///
/// - **Shape**: of a graph, a graph of the same nodes or fewer.
/// - **Unit**: shares are of all edges or nodes of the graph.
///
/// # Source
///
/// The shares are those of C. Martin, P. Niemeyer, "Influence of measurement errors on networks: estimating the robustness of centrality
/// measures", Network Science 7(2):180-195, 2019 (their `alpha`), drawn as there: of `m` edges `ceil(share m)` go or come, of `n` nodes
/// `floor((1 - share) n)` stay. That an edge is there with the chance of its own is ours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Perturbation<'a> {
    /// Each edge is there with a chance of its own: its weight in a graph of the same nodes. An edge that is not in that graph is never
    /// there; without weights all that are in it are sure.
    Chances(&'a Csr),
    /// This share of the edges is missing, each with equal chance.
    EdgesMissing(f64),
    /// This share of the nodes is missing, and with them their edges.
    NodesMissing(f64),
    /// So many edges, as a share of those there, come between nodes that have none; each has the weight of some edge that is there.
    EdgesSpurious(f64),
}

/// A graph that was drawn.
pub(super) struct Drawn {
    pub(super) csr: Csr,
    /// By node of the graph: its number in the one drawn, if it is there.
    pub(super) number: Vec<Option<u32>>,
}

impl Perturbation<'_> {
    /// Fails if a share or chance is none.
    pub(super) fn check(self, csr: &Csr) -> Result<()> {
        let share = match self {
            Self::Chances(chances) => return check_chances(csr, chances),
            Self::EdgesMissing(share) | Self::NodesMissing(share) | Self::EdgesSpurious(share) => {
                share
            }
        };
        if (0.0..=1.0).contains(&share) {
            return Ok(());
        }
        Err(Error::usage(format!("a share must lie in [0, 1], and not be {share}")))
    }

    /// The graph of one draw.
    pub(super) fn drawn(self, csr: &Csr, random: &mut Random) -> Drawn {
        let n = csr.node_count();
        let mut edges = edges_of(csr);
        match self {
            Self::Chances(chances) => {
                edges.retain(|&(u, v, _)| random.unit() < chance_of(chances, u, v));
            }
            Self::EdgesMissing(share) => {
                let kept = edges.len() - part(share, edges.len());
                edges = sample(edges, kept, random);
            }
            Self::NodesMissing(share) => return without_nodes(csr, &edges, share, random),
            Self::EdgesSpurious(share) => {
                let more = spurious(csr, &edges, part(share, edges.len()), random);
                edges.extend(more);
            }
        }
        Drawn { csr: graph(csr, n, &edges), number: csr.nodes().map(Some).collect() }
    }
}

fn check_chances(csr: &Csr, chances: &Csr) -> Result<()> {
    if csr.node_count() != chances.node_count() || csr.is_directed() != chances.is_directed() {
        return Err(Error::usage("the graph of chances must have the nodes of the graph"));
    }
    let is_none = |&(_, chance): &(u32, f64)| !(0.0..=1.0).contains(&chance);
    for u in chances.nodes() {
        if let Some((v, chance)) = chances.edges_of(u).find(is_none) {
            return Err(Error::usage(format!(
                "a chance must lie in [0, 1]: the edge from node {u} to node {v} has {chance}"
            )));
        }
    }
    Ok(())
}

/// The chance of an edge; 0 if it is not among the chances.
fn chance_of(chances: &Csr, u: u32, v: u32) -> f64 {
    let at = chances.neighbors(u).binary_search(&v);
    at.map_or(0.0, |at| chances.edges_of(u).nth(at).map_or(0.0, |edge| edge.1))
}

/// Each edge once.
fn edges_of(csr: &Csr) -> Vec<Edge> {
    let arcs = csr.nodes().flat_map(|u| csr.edges_of(u).map(move |(v, weight)| (u, v, weight)));
    arcs.filter(|&(u, v, _)| csr.is_directed() || u < v).collect()
}

fn graph(like: &Csr, node_count: usize, edges: &[Edge]) -> Csr {
    let direction = if like.is_directed() { Direction::Directed } else { Direction::Undirected };
    let csr = Csr::new(node_count, edges, direction);
    if like.is_weighted() { csr } else { csr.without_weights() }
}

/// `ceil(share × count)`, where a product that is whole but for rounding is whole.
fn part(share: f64, count: usize) -> usize {
    let exact = share * count as f64;
    let whole = libm::round(exact);
    let part = if (exact - whole).abs() < 1e-9 * exact { whole } else { libm::ceil(exact) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ part ≤ count")]
    let part = part as usize;
    part.min(count)
}

/// So many of the items, each with equal chance, in their order.
fn sample<T>(items: Vec<T>, many: usize, random: &mut Random) -> Vec<T> {
    let (mut open, mut wanted) = (items.len() as u64, many as u64);
    let mut chosen = Vec::with_capacity(many);
    for item in items {
        if random.below(open) < wanted {
            wanted -= 1;
            chosen.push(item);
        }
        open -= 1;
    }
    chosen
}

fn without_nodes(csr: &Csr, edges: &[Edge], share: f64, random: &mut Random) -> Drawn {
    let n = csr.node_count();
    let kept = sample(csr.nodes().collect(), n - part(share, n), random);
    let mut number = vec![None; n];
    for (new, &node) in (0..).zip(&kept) {
        number[node as usize] = Some(new);
    }
    let renumbered =
        |&(u, v, weight): &Edge| Some((number[u as usize]?, number[v as usize]?, weight));
    let left: Vec<Edge> = edges.iter().filter_map(renumbered).collect();
    Drawn { csr: graph(csr, kept.len(), &left), number }
}

/// New edges between nodes without one; fewer than `many` where there are not so many such pairs.
fn spurious(csr: &Csr, edges: &[Edge], many: usize, random: &mut Random) -> Vec<Edge> {
    let n = csr.node_count() as u64;
    let pairs = n * n.saturating_sub(1) / if csr.is_directed() { 1 } else { 2 };
    let free = pairs - edges.len() as u64;
    let many = usize::try_from(free).unwrap_or(usize::MAX).min(many);
    let chosen: Vec<(u32, u32)> = if 2 * (edges.len() + many) as u64 > pairs {
        let all = csr.nodes().flat_map(|u| csr.nodes().map(move |v| (u, v)));
        let is_free = |&(u, v): &(u32, u32)| {
            u != v && (csr.is_directed() || u < v) && csr.neighbors(u).binary_search(&v).is_err()
        };
        sample(all.filter(is_free).collect(), many, random)
    } else {
        // At least every second try is a free pair.
        let mut new = BTreeSet::new();
        while new.len() < many {
            let [u, v] = [random.below(n), random.below(n)].map(|u| u32::try_from(u).unwrap_or(0));
            let (u, v) = if csr.is_directed() { (u, v) } else { (u.min(v), u.max(v)) };
            if u != v && csr.neighbors(u).binary_search(&v).is_err() {
                new.insert((u, v));
            }
        }
        new.into_iter().collect()
    };
    let weight = |random: &mut Random| {
        let at = random.below(edges.len() as u64);
        edges[usize::try_from(at).unwrap_or(0)].2
    };
    chosen.into_iter().map(|(u, v)| (u, v, weight(random))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_go_and_come_as_was_asked() {
        let ring = Csr::cycle(10);
        let mut random = Random::new(0, 0);
        let mut draw = |perturbation: Perturbation<'_>| perturbation.drawn(&ring, &mut random);
        assert_eq!(draw(Perturbation::EdgesMissing(0.3)).csr.edge_count(), 7);
        assert_eq!(draw(Perturbation::EdgesMissing(0.25)).csr.edge_count(), 7, "ceil(2.5) go");
        assert_eq!(draw(Perturbation::EdgesSpurious(0.3)).csr.edge_count(), 13);
        let fewer = draw(Perturbation::NodesMissing(0.25));
        assert_eq!((fewer.csr.node_count(), fewer.number.iter().flatten().count()), (7, 7));
        assert_eq!(draw(Perturbation::NodesMissing(1.0)).csr.node_count(), 0);
        let same = draw(Perturbation::Chances(&ring));
        assert_eq!(same.csr, ring, "edges without a weight are sure");
    }

    #[test]
    fn a_full_graph_has_no_room_for_more() {
        let full = Csr::complete(5);
        let drawn = Perturbation::EdgesSpurious(0.5).drawn(&full, &mut Random::new(0, 0));
        assert_eq!(drawn.csr.edge_count(), 10);
        let nothing = Csr::path(1);
        let drawn = Perturbation::EdgesSpurious(1.0).drawn(&nothing, &mut Random::new(0, 0));
        assert_eq!(drawn.csr.edge_count(), 0);
    }

    #[test]
    fn each_item_is_sampled_about_as_often() {
        let mut random = Random::new(1, 0);
        let mut counts = [0; 5];
        for _ in 0..5000 {
            for item in sample(vec![0_usize, 1, 2, 3, 4], 2, &mut random) {
                counts[item] += 1;
            }
        }
        assert_eq!(counts.iter().sum::<i32>(), 10_000);
        assert!(counts.iter().all(|count| (1850..2150).contains(count)), "{counts:?}");
    }

    #[test]
    fn a_share_is_rounded_up_but_for_what_a_float_adds() {
        for (share, count, want) in [
            (0.0, 10, 0),
            (0.3, 10, 3),
            (0.25, 10, 3),
            (0.07, 100, 7),
            (0.01, 3, 1),
            (1.0, 9, 9),
            (1.0, 0, 0),
        ] {
            assert_eq!(part(share, count), want, "{share} of {count}");
        }
    }

    #[test]
    fn edges_that_come_weigh_what_others_do_and_were_not_there() {
        let heavy = |n: u32, pairs: &[(u32, u32)], direction| {
            let edges: Vec<Edge> = pairs.iter().map(|&(u, v)| (u, v, 2.0)).collect();
            Csr::new(n as usize, &edges, direction)
        };
        let ring: Vec<(u32, u32)> = (0..10).map(|u| (u, (u + 1) % 10)).collect();
        let dense: Vec<(u32, u32)> =
            (0..5).flat_map(|v| (0..v).map(move |u| (u, v))).skip(1).collect();
        for (csr, share, want) in [
            // Few of 45 pairs, drawn until enough are free; and the only free one of ten.
            (heavy(10, &ring, Direction::Undirected), 0.4, 14),
            (heavy(5, &dense, Direction::Undirected), 0.5, 10),
            // One way there are twice as many pairs.
            (heavy(10, &ring, Direction::Directed), 1.0, 20),
            (heavy(3, &[(0, 1), (1, 0), (0, 2), (2, 0), (1, 2)], Direction::Directed), 0.9, 6),
        ] {
            for seed in 0..20 {
                let drawn =
                    Perturbation::EdgesSpurious(share).drawn(&csr, &mut Random::new(seed, 0)).csr;
                assert_eq!((drawn.edge_count(), drawn.loops()), (want, 0), "{share} {seed}");
                let twos = |u| drawn.edges_of(u).all(|(_, weight)| (weight - 2.0).abs() < 1e-12);
                assert!(drawn.nodes().all(twos), "none was there twice: {share} {seed}");
                let kept = |u: u32| csr.neighbors(u).iter().all(|v| drawn.neighbors(u).contains(v));
                assert!(csr.nodes().all(kept), "{share} {seed}");
            }
        }
    }

    #[test]
    fn an_edge_has_its_own_chance_and_without_one_none() {
        let edges = [(0, 1, 1.0), (0, 2, 0.25), (3, 1, 0.0)];
        let chances = Csr::new(4, &edges, Direction::Undirected);
        for (u, v, want) in [(0, 1, 1.0), (0, 2, 0.25), (2, 0, 0.25), (1, 3, 0.0), (2, 3, 0.0)] {
            assert!((chance_of(&chances, u, v) - want).abs() < 1e-12, "{u} {v}");
        }
        let csr = Csr::unweighted(4, &[(0, 1), (0, 2), (1, 3), (2, 3)], Direction::Undirected);
        let mut times = [0; 4];
        for seed in 0..1000 {
            let drawn = Perturbation::Chances(&chances).drawn(&csr, &mut Random::new(seed, 0)).csr;
            let there =
                [(0, 1), (0, 2), (1, 3), (2, 3)].map(|(u, v)| drawn.neighbors(u).contains(&v));
            times.iter_mut().zip(there).for_each(|(sum, there)| *sum += u32::from(there));
        }
        assert_eq!([times[0], times[2], times[3]], [1000, 0, 0]);
        assert!((200..300).contains(&times[1]), "{times:?}");
    }

    #[test]
    fn nodes_that_stay_keep_their_order_and_their_edges() {
        let drawn =
            Perturbation::NodesMissing(0.5).drawn(&Csr::complete(8), &mut Random::new(3, 0));
        let kept: Vec<u32> = drawn.number.iter().flatten().copied().collect();
        assert_eq!(kept, [0, 1, 2, 3]);
        assert_eq!(drawn.csr, Csr::complete(4));
    }

    #[test]
    fn what_is_no_share_and_no_chance_is_refused() {
        let csr = Csr::path(3);
        let message =
            |perturbation: Perturbation<'_>| perturbation.check(&csr).unwrap_err().to_string();
        for good in [0.0, 1.0] {
            assert!(Perturbation::EdgesMissing(good).check(&csr).is_ok(), "{good}");
        }
        for wrong in [-0.1, 1.1, f64::NAN] {
            let expected = format!("a share must lie in [0, 1], and not be {wrong}");
            assert_eq!(message(Perturbation::NodesMissing(wrong)), expected);
            assert_eq!(message(Perturbation::EdgesSpurious(wrong)), expected);
        }
        let of = |n, direction, chance| Csr::new(n, &[(0, 1, chance)], direction);
        for other in [of(4, Direction::Undirected, 0.5), of(3, Direction::Directed, 0.5)] {
            assert!(message(Perturbation::Chances(&other)).contains("must have the nodes"));
        }
        let wrong = message(Perturbation::Chances(&of(3, Direction::Undirected, 1.5)));
        assert_eq!(wrong, "a chance must lie in [0, 1]: the edge from node 0 to node 1 has 1.5");
        assert!(Perturbation::Chances(&of(3, Direction::Undirected, 1.0)).check(&csr).is_ok());
    }
}
