//! Graphs that grow, or are looked at through windows of time.

use kluwen::graph::{Csr, Direction, Edge};
use kluwen::measure::{Centrality as _, GrowingComponents};
use serde_json::{Value, json};

use super::{Asked, Fallible};

/// What is asked of a changing graph; none if that is not asked.
pub(super) fn run(asked: &Asked, csr: &Csr, places: &[u32]) -> Fallible<Option<Value>> {
    Ok(match asked.algorithm.as_str() {
        "dyn_wcc" => Some(components(asked, csr, places)),
        "dyn_pagerank" => Some(ranks(asked, csr, places)?),
        _ => None,
    })
}

/// The number of components after each batch of new edges.
fn components(asked: &Asked, csr: &Csr, places: &[u32]) -> Value {
    let mut components = GrowingComponents::of(csr);
    let mut total = 0;
    for batch in 0..asked.count("batches") {
        for (u, v) in batch_of(asked, batch) {
            components.join(places[u], places[v]);
        }
        total += components.group_count();
    }
    json!({"kind": "scalar", "total": total})
}

/// Who ranks first after the last batch of new edges; the graph is made anew for each.
fn ranks(asked: &Asked, csr: &Csr, places: &[u32]) -> Fallible<Value> {
    let once = |u| csr.neighbors(u).iter().filter(move |&&v| u < v).map(move |&v| (u, v, 1.0));
    let mut edges: Vec<Edge> = csr.nodes().flat_map(once).collect();
    let mut first = 0;
    for batch in 0..asked.count("batches") {
        edges.extend(batch_of(asked, batch).map(|(u, v)| (places[u], places[v], 1.0)));
        let grown = Csr::new(csr.node_count(), &edges, Direction::Undirected).without_weights();
        first = asked.pagerank().scores(&grown)?.ranked()[0];
    }
    Ok(json!({"kind": "scalar", "top": places.iter().position(|&node| node as usize == first)}))
}

/// The new edges of a batch, by number in the file: those that the harness draws for the peers.
fn batch_of(asked: &Asked, batch: usize) -> impl Iterator<Item = (usize, usize)> {
    const BASE: u64 = 31_u64.wrapping_mul(0x0100_0003).wrapping_add(0x9e37_79b1);
    let (per, nodes) = (asked.count("per"), asked.sides[1].max(1));
    let drawn = move |counter: usize| {
        let counter = (counter as u64).wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(BASE);
        usize::try_from(splitmix(counter) % nodes as u64).unwrap_or_default()
    };
    (batch * per..(batch + 1) * per).map(move |edge| {
        let (u, v) = (drawn(2 * edge), drawn(2 * edge + 1));
        (u, if u == v { (v + 1) % nodes } else { v })
    })
}

fn splitmix(state: u64) -> u64 {
    let mut mixed = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
