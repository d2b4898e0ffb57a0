//! Nodes by falling degree: what is read most stands together, in cache.

use rayon::prelude::*;

use super::names::Names;
use super::{Block, Parsed};
use crate::graph::csr::Held;

/// The edges and names with nodes renumbered by falling number of edges; nodes that no edge names are left out.
pub(super) fn by_degree<W: Held>(parsed: Parsed<W>) -> (Vec<Block<W>>, Names) {
    let Parsed { mut blocks, names } = parsed;
    let order = falling(&counts(names.len(), &blocks));
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

/// Twice how many ends of edges each node is, and one more if it is named by a loop: who has only loops is there, with no tie.
fn counts<W: Held>(node_count: usize, blocks: &[Block<W>]) -> Vec<u32> {
    let share = blocks.len().div_ceil(rayon::current_num_threads()).max(1);
    let counts = blocks.par_chunks(share).map(|blocks| {
        let mut counts = vec![0_u32; node_count];
        for &(u, v, _) in blocks.iter().flatten() {
            if u == v {
                counts[u as usize] |= 1;
            } else {
                counts[u as usize] += 2;
                counts[v as usize] += 2;
            }
        }
        counts
    });
    let counts: Vec<Vec<u32>> = counts.collect();
    let mut counts = counts.into_iter();
    let mut total = counts.next().unwrap_or_default();
    for more in counts {
        total
            .iter_mut()
            .zip(more)
            .for_each(|(sum, count)| *sum = (*sum & !1) + (count & !1) + ((*sum | count) & 1));
    }
    total
}

/// The nodes that are named, by falling degree, equals in their order: a counting sort.
fn falling(counts: &[u32]) -> Vec<u32> {
    let most = counts.iter().copied().max().unwrap_or(0) >> 1;
    let mut next = vec![0_usize; most as usize + 1];
    let named = || (0..).zip(counts).filter(|&(_, &count)| count > 0);
    for (_, count) in named() {
        next[(count >> 1) as usize] += 1;
    }
    let mut sum = 0;
    for slot in next.iter_mut().rev() {
        (*slot, sum) = (sum, sum + *slot);
    }
    let mut order = vec![0; sum];
    for (u, count) in named() {
        let slot = &mut next[(count >> 1) as usize];
        order[*slot] = u;
        *slot += 1;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight blocks, so that threads count some each; nodes 4 and 7 have nothing but loops, 6 nothing.
    fn blocks() -> Vec<Block<()>> {
        let edges = [(0, 1), (4, 4), (2, 2), (2, 1), (4, 4), (3, 1), (7, 7), (3, 5)];
        edges.iter().map(|&(u, v)| vec![(u, v, ())]).collect()
    }

    #[test]
    fn ends_count_two_and_loops_one_however_many() {
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| counts(8, &blocks()))
        };
        for threads in [1, 2, 3, 8] {
            assert_eq!(on(threads), [2, 6, 3, 4, 1, 2, 0, 1], "{threads}");
        }
        assert!(counts::<()>(0, &[]).is_empty());
    }

    #[test]
    fn nodes_fall_by_degree_and_equals_keep_their_order() {
        assert_eq!(falling(&[2, 6, 3, 4, 1, 2, 0, 1]), [1, 3, 0, 2, 5, 4, 7]);
        assert!(falling(&[]).is_empty() && falling(&[0, 0]).is_empty());
    }

    #[test]
    fn edges_and_names_are_numbered_anew() {
        let names = Names::Numbers((10..18).collect());
        let (blocks, names) = by_degree(Parsed { blocks: blocks(), names });
        let edges: Vec<(u32, u32)> = blocks.concat().iter().map(|&(u, v, ())| (u, v)).collect();
        assert_eq!(edges, [(2, 0), (5, 5), (3, 3), (3, 0), (5, 5), (1, 0), (6, 6), (1, 4)]);
        assert_eq!(names, Names::Numbers(vec![11, 13, 10, 12, 15, 14, 17]));
    }
}
