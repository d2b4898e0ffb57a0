//! Nodes by falling degree: what is read most stands together, in cache.

use rayon::prelude::*;

use super::names::Names;
use super::{Block, Parsed};
use crate::graph::csr::Held;

/// The edges and names with nodes renumbered by falling number of edges; nodes that no edge names are left out.
pub(super) fn by_degree<W: Held>(parsed: Parsed<W>) -> (Vec<Block<W>>, Names) {
    let Parsed { mut blocks, names } = parsed;
    let degrees = degrees(names.len(), &blocks);
    let order = falling(&degrees);
    let mut new = vec![u32::MAX; names.len()];
    for (at, &old) in (0..).zip(&order) {
        new[old as usize] = at;
    }
    blocks.par_iter_mut().for_each(|block| {
        for (u, v, _) in block {
            (*u, *v) = (new[*u as usize], new[*v as usize]);
        }
    });
    (blocks, names.reordered(&order))
}

/// How many ends of edges each node is; a node of loops only has some, too.
fn degrees<W: Held>(node_count: usize, blocks: &[Block<W>]) -> Vec<u32> {
    let share = blocks.len().div_ceil(rayon::current_num_threads()).max(1);
    let counts = blocks.par_chunks(share).map(|blocks| {
        let mut counts = vec![0_u32; node_count];
        for &(u, v, _) in blocks.iter().flatten() {
            counts[u as usize] += 1;
            counts[v as usize] += 1;
        }
        counts
    });
    let counts: Vec<Vec<u32>> = counts.collect();
    let mut counts = counts.into_iter();
    let mut total = counts.next().unwrap_or_default();
    for more in counts {
        total.iter_mut().zip(more).for_each(|(sum, count)| *sum += count);
    }
    total
}

/// The nodes with an edge by falling degree, equals in their order: a counting sort.
fn falling(degrees: &[u32]) -> Vec<u32> {
    let most = degrees.iter().copied().max().unwrap_or(0) as usize;
    let mut next = vec![0_usize; most + 1];
    for &degree in degrees {
        next[degree as usize] += 1;
    }
    let mut sum = 0;
    for slot in next.iter_mut().rev() {
        (*slot, sum) = (sum, sum + *slot);
    }
    let named = sum - degrees.iter().filter(|&&degree| degree == 0).count();
    let mut order = vec![0; named];
    for (u, &degree) in (0..).zip(degrees) {
        if degree > 0 {
            let slot = &mut next[degree as usize];
            order[*slot] = u;
            *slot += 1;
        }
    }
    order
}
