//! Questions about a whole graph, and about pairs of its nodes.

use std::fs;
use std::path::Path;

use kluwen::graph::Csr;
use kluwen::measure::{
    Biconnected, GroupBetweenness, GroupCloseness, KShortestPaths, Length, NearestToAll, OneMode,
    ShortestPaths, triangles,
};
use serde_json::{Value, json};

use super::{Asked, Fallible};

pub(super) fn run(asked: &Asked, csr: &Csr, places: &[u32]) -> Fallible<Value> {
    let pairs = || pairs(asked, places);
    Ok(match asked.algorithm.as_str() {
        "triangles" => json!({"kind": "scalar", "triangles": triangles(csr)}),
        "articulation" => {
            json!({"kind": "scalar", "count": Biconnected::of(csr).cut_nodes().len()})
        }
        "projection" => projection(asked, csr, places)?,
        "topclose" => {
            let found = NearestToAll { count: 20, ..NearestToAll::default() }.find(csr)?;
            let first = places.iter().position(|&node| node == found[0].0);
            json!({"kind": "scalar", "top": first})
        }
        "groupclose" => {
            let best = GroupCloseness::default().best(csr, asked.count("k"))?;
            json!({"kind": "scalar", "k": best.len()})
        }
        "groupbetw" => {
            let best = GroupBetweenness { error: 0.1, ..GroupBetweenness::default() };
            json!({"kind": "scalar", "k": best.best(csr, asked.count("k"))?.len()})
        }
        "sp_pairs" => distances(csr, Length::Hops, &pairs()?)?,
        "spw_pairs" => distances(csr, Length::Weight, &pairs()?)?,
        "sp_all" => all_shortest(csr, &pairs()?)?,
        "ksp" => {
            let next = KShortestPaths { k: asked.count("k"), length: Length::Weight };
            let mut total = 0.0;
            for [u, v] in pairs()? {
                total += next.between(csr, &[u], &[v])?.iter().map(|path| path.length).sum::<f64>();
            }
            json!({"kind": "scalar", "total": total})
        }
        _ => json!({"kind": "unsupported"}),
    })
}

fn projection(asked: &Asked, csr: &Csr, places: &[u32]) -> Fallible<Value> {
    let mut side = vec![false; csr.node_count()];
    for &node in &places[..asked.sides[0]] {
        side[node as usize] = true;
    }
    let shared = OneMode::default().of(csr, &side)?;
    let edge = |u| shared.edges_of(u).filter(move |&(v, _)| u < v);
    let weight: f64 = shared.nodes().flat_map(edge).map(|(_, weight)| weight).sum();
    Ok(json!({"kind": "scalar", "edges": shared.edge_count(), "weight": weight}))
}

fn distances(csr: &Csr, length: Length, pairs: &[[u32; 2]]) -> Fallible<Value> {
    let paths = ShortestPaths { length, ..ShortestPaths::default() };
    let mut search = paths.search(csr)?;
    let mut total = 0.0;
    for &[u, v] in pairs {
        total += search.distance(u, v)?.unwrap_or(0.0);
    }
    Ok(json!({"kind": "scalar", "total": total, "q": pairs.len()}))
}

fn all_shortest(csr: &Csr, pairs: &[[u32; 2]]) -> Fallible<Value> {
    let all = ShortestPaths { limit: usize::MAX, ..ShortestPaths::default() };
    let mut search = all.search(csr)?;
    let mut total = 0;
    for &[u, v] in pairs {
        total += search.between(u, v)?.paths.len();
    }
    Ok(json!({"kind": "scalar", "total": total, "q": pairs.len()}))
}

/// The pairs that are asked about, as nodes.
fn pairs(asked: &Asked, places: &[u32]) -> Fallible<Vec<[u32; 2]>> {
    let bytes = fs::read(Path::new(&asked.folder).join("pairs.u32"))?;
    let (numbers, _) = bytes.as_chunks::<4>();
    let node = |number: &[u8; 4]| places[u32::from_le_bytes(*number) as usize];
    let (pairs, _) = numbers.as_chunks::<2>();
    Ok(pairs.iter().take(asked.count("q")).map(|pair| pair.each_ref().map(node)).collect())
}
