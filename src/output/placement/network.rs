//! The ties of a map as a graph to be laid out, and its layout by force.

use super::{GAP, framed};
use crate::error::Result;
use crate::finding::Map;
use crate::graph::{Csr, Direction, Edge};
use crate::measure::layout::{ForceLayout, without_overlaps};

/// How much closer those of one group are drawn to each other than others who are tied as much.
const WITHIN_A_GROUP: f64 = 2.0;

/// Who is tied to whom, whatever the kind and direction; nodes by their place in the map.
pub(super) fn of(map: &Map) -> Csr {
    let group = |place: usize| map.nodes[place].community;
    let edge = |from: usize, to: usize| -> Option<Edge> {
        let weight =
            if group(from).is_some() && group(from) == group(to) { WITHIN_A_GROUP } else { 1.0 };
        Some((u32::try_from(from).ok()?, u32::try_from(to).ok()?, weight))
    };
    let all = map.nodes.len();
    let mut pairs: Vec<(usize, usize)> = map
        .edges
        .iter()
        .map(|tie| (tie.from.min(tie.to), tie.from.max(tie.to)))
        .filter(|&(from, to)| from != to && to < all)
        .collect();
    // Ten kinds of tie between two people do not draw them ten times closer.
    pairs.sort_unstable();
    pairs.dedup();
    let edges: Vec<Edge> = pairs.into_iter().filter_map(|(from, to)| edge(from, to)).collect();
    Csr::new(all, &edges, Direction::Undirected)
}

/// Those who are tied stand near each other.
pub(super) fn place(csr: &Csr, extents: &[[f64; 2]], seed: u64) -> Result<Vec<[f64; 2]>> {
    let mut at = ForceLayout { seed, gap: GAP }.place(csr, extents)?;
    draw_together(&mut at, extents);
    Ok(at)
}

/// Shrinks ways, not signs, until signs take a fair share of the page: on paper, long ways make everything small.
fn draw_together(at: &mut [[f64; 2]], extents: &[[f64; 2]]) {
    /// How much room the drawing has for each sign, in signs.
    const ROOM: f64 = 5.0;
    /// Ways are not shrunk further than this: what is tied and what is near would be hard to tell.
    const SHORTEST: f64 = 0.3;
    let room = |extent: &[f64; 2]| (2.0 * extent[0] + GAP) * (2.0 * extent[1] + GAP);
    let signs: f64 = extents.iter().map(room).sum();
    let [width, height] = framed(at.to_vec(), extents.to_vec()).size;
    let factor = libm::sqrt(signs * ROOM / (width * height).max(1.0));
    if factor < 1.0 {
        for place in &mut *at {
            *place = place.map(|side| side * factor.max(SHORTEST));
        }
        without_overlaps(at, extents, GAP);
    }
}
