//! Each edge once, from its end of lower degree to the other: where triangles are found fast.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::blocks::blocks;
use crate::graph::Csr;
use crate::wide::widest;

/// Each edge once, from its end of lower degree to the other. Nodes are numbered by degree, highest first, so that the
/// numbers in the rows are small and many of them near each other.
///
/// # Source
///
/// T. Schank, D. Wagner, "Finding, counting and listing all triangles in large graphs", WEA 2005, LNCS 3503:606-609,
/// algorithm "forward". That rows which are dense by their numbers stand as bits, too, is ours.
pub(super) struct Forward {
    /// The node of each number.
    order: Vec<u32>,
    starts: Vec<usize>,
    targets: Vec<u32>,
    /// The same rows as bits, of those nodes for which that is at most two words a target.
    bits: Bits,
}

/// Rows of bits, 64 a word; a node without one has an empty row.
struct Bits {
    starts: Vec<usize>,
    words: Vec<u64>,
}

/// How many nodes a thread takes at once.
const TAKEN: usize = 256;

impl Forward {
    /// The rows of an undirected graph.
    pub(super) fn new(csr: &Csr) -> Self {
        let order = by_degree(csr);
        let mut number = vec![0; order.len()];
        for (place, &u) in (0_u32..).zip(&order) {
            number[u as usize] = place;
        }
        let parts: Vec<(Vec<usize>, Vec<u32>)> = blocks(order.len())
            .map(|block| {
                let (mut ends, mut targets) = (Vec::with_capacity(block.len()), Vec::new());
                for &u in &order[block] {
                    let place = number[u as usize];
                    let numbers = csr.neighbors(u).iter().map(|&v| number[v as usize]);
                    targets.extend(numbers.filter(|&other| other < place));
                    ends.push(targets.len());
                }
                (ends, targets)
            })
            .collect();
        let mut starts = vec![0];
        let mut targets = Vec::with_capacity(csr.edge_count());
        for (ends, part) in parts {
            let before = targets.len();
            starts.extend(ends.into_iter().map(|end| before + end));
            targets.extend(part);
        }
        let bits = Bits::new(&starts, &targets);
        Self { order, starts, targets, bits }
    }

    /// How many triangles there are.
    pub(super) fn triangles(&self) -> u64 {
        self.taken(|| 0, |total, u, row| *total += self.triangles_below(u, row)).into_iter().sum()
    }

    /// How many triangles each node is in, in node order.
    pub(super) fn triangles_of_nodes(&self) -> Vec<u64> {
        let n = self.order.len();
        let parts = self.taken(|| vec![0; n], |counts, u, row| self.credit(u, row, counts));
        let mut counts = vec![0; n];
        for (place, &u) in self.order.iter().enumerate() {
            counts[u as usize] = parts.iter().map(|part| part[place]).sum();
        }
        counts
    }

    /// One result a thread, of all the nodes that it took; whole numbers add up to the same whoever takes what. `visit` is
    /// given the row of the node as bits.
    fn taken<T: Send>(
        &self,
        start: impl Fn() -> T + Sync,
        visit: impl Fn(&mut T, usize, &[u64]) + Sync,
    ) -> Vec<T> {
        let n = self.order.len();
        let next = AtomicUsize::new(0);
        let work = |_| {
            let mut result = start();
            let mut row = vec![0; n.div_ceil(64)];
            loop {
                let first = next.fetch_add(TAKEN, Ordering::Relaxed);
                if first >= n {
                    return result;
                }
                for u in first..(first + TAKEN).min(n) {
                    self.set(u, &mut row);
                    visit(&mut result, u, &row);
                    self.clear(u, &mut row);
                }
            }
        };
        (0..rayon::current_num_threads()).into_par_iter().with_max_len(1).map(work).collect()
    }

    fn row(&self, u: usize) -> &[u32] {
        &self.targets[self.starts[u]..self.starts[u + 1]]
    }

    fn set(&self, u: usize, row: &mut [u64]) {
        for &v in self.row(u) {
            row[v as usize / 64] |= 1 << (v % 64);
        }
    }

    fn clear(&self, u: usize, row: &mut [u64]) {
        for &v in self.row(u) {
            row[v as usize / 64] = 0;
        }
    }

    /// The triangles whose node of lowest degree is `u`.
    fn triangles_below(&self, u: usize, row: &[u64]) -> u64 {
        widest(
            #[inline(always)]
            || self.row(u).iter().map(|&v| self.shared(v as usize, row)).sum(),
        )
    }

    /// How many nodes the row of `v` shares with `row`.
    #[inline(always)]
    fn shared(&self, v: usize, row: &[u64]) -> u64 {
        let words = self.bits.row(v);
        if words.is_empty() {
            self.row(v).iter().map(|&w| bit(row, w)).sum()
        } else {
            words.iter().zip(row).map(|(one, other)| u64::from((one & other).count_ones())).sum()
        }
    }

    /// Counts each triangle whose node of lowest degree is `u` at all three of its nodes.
    fn credit(&self, u: usize, row: &[u64], counts: &mut [u64]) {
        widest(
            #[inline(always)]
            || {
                let mut of_u = 0;
                for &v in self.row(u) {
                    let found = self.credit_third(v as usize, row, counts);
                    counts[v as usize] += found;
                    of_u += found;
                }
                counts[u] += of_u;
            },
        );
    }

    #[inline(always)]
    fn credit_third(&self, v: usize, row: &[u64], counts: &mut [u64]) -> u64 {
        let words = self.bits.row(v);
        let mut found = 0;
        if words.is_empty() {
            for &w in self.row(v) {
                let one = bit(row, w);
                counts[w as usize] += one;
                found += one;
            }
            return found;
        }
        for ((word, other), first) in words.iter().zip(row).zip((0..).step_by(64)) {
            let mut both: u64 = word & other;
            found += u64::from(both.count_ones());
            while both != 0 {
                counts[first + both.trailing_zeros() as usize] += 1;
                both &= both - 1;
            }
        }
        found
    }
}

impl Bits {
    fn new(starts: &[usize], targets: &[u32]) -> Self {
        let mut bits = Self { starts: vec![0], words: Vec::new() };
        for row in starts.windows(2) {
            let row = &targets[row[0]..row[1]];
            let most = row.iter().max().map_or(0, |&most| most as usize);
            let (first, width) = (bits.words.len(), most / 64 + 1);
            if width <= 2 * row.len() {
                bits.words.resize(first + width, 0);
                for &v in row {
                    bits.words[first + v as usize / 64] |= 1 << (v % 64);
                }
            }
            bits.starts.push(bits.words.len());
        }
        bits
    }

    #[inline(always)]
    fn row(&self, v: usize) -> &[u64] {
        &self.words[self.starts[v]..self.starts[v + 1]]
    }
}

#[inline(always)]
fn bit(row: &[u64], v: u32) -> u64 {
    row[v as usize / 64] >> (v % 64) & 1
}

/// The nodes, those of the highest degree first, equal ones in node order.
fn by_degree(csr: &Csr) -> Vec<u32> {
    let degree = |u: u32| csr.neighbors(u).len();
    let most = csr.nodes().map(degree).max().unwrap_or(0);
    let mut next = vec![0; most + 2];
    for u in csr.nodes() {
        next[most - degree(u) + 1] += 1;
    }
    for k in 0..=most {
        next[k + 1] += next[k];
    }
    let mut order = vec![0; csr.node_count()];
    for u in csr.nodes() {
        let slot = &mut next[most - degree(u)];
        order[*slot] = u;
        *slot += 1;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn nodes_of_most_ties_come_first_and_equal_ones_in_order() {
        let pairs = [(3, 0), (3, 1), (3, 2), (1, 2)];
        let csr = Csr::unweighted(6, &pairs, Direction::Undirected);
        assert_eq!(by_degree(&csr), [3, 1, 2, 0, 4, 5]);
        assert!(by_degree(&Csr::path(0)).is_empty());
        let forward = Forward::new(&csr);
        let rows: Vec<&[u32]> = (0..6).map(|u| forward.row(u)).collect();
        assert_eq!(rows, [&[][..], &[0], &[1, 0], &[0], &[], &[]]);
    }

    #[test]
    fn rows_are_bits_where_these_are_at_most_two_words_a_target() {
        let row = |targets: &[u32]| Bits::new(&[0, targets.len()], targets).row(0).to_vec();
        assert_eq!(row(&[3]), [8]);
        assert_eq!(row(&[64]), [0, 1]);
        assert_eq!(row(&[127]), [0, 1 << 63]);
        assert!(row(&[128]).is_empty());
        assert_eq!(row(&[0, 255]), [1, 0, 0, 1 << 63]);
        assert!(row(&[0, 256]).is_empty());
        let two = Bits::new(&[0, 1, 3], &[128, 1, 2]);
        assert_eq!((two.row(0), two.row(1)), (&[][..], &[6][..]));
    }

    #[test]
    fn a_bit_is_that_of_its_node() {
        let row = [1, 0b100];
        assert_eq!([0, 1, 64, 66, 127].map(|v| bit(&row, v)), [1, 0, 0, 1, 0]);
    }

    #[test]
    fn all_who_know_each_other_are_in_a_triangle_with_any_two() {
        let whole = Forward::new(&Csr::complete(70));
        assert_eq!(whole.triangles(), 70 * 69 * 68 / 6);
        assert_eq!(whole.triangles_of_nodes(), [69 * 68 / 2; 70]);
    }

    #[test]
    fn triangles_far_apart_are_found_in_rows_that_are_no_bits() {
        // Triangles of u, u + 300 and u + 600, more than one thread takes at once, and two whose nodes have more ties.
        let far: Vec<(u32, u32)> =
            (0..300).flat_map(|u| [(u, u + 300), (u + 300, u + 600), (u, u + 600)]).collect();
        let near = [(0, 1), (1, 2), (2, 0)];
        let pairs: Vec<(u32, u32)> = far.into_iter().chain(near).collect();
        let forward = Forward::new(&Csr::unweighted(901, &pairs, Direction::Undirected));
        assert_eq!(forward.triangles(), 301);
        let mut wanted = vec![1; 901];
        wanted[..3].fill(2);
        wanted[900] = 0;
        assert_eq!(forward.triangles_of_nodes(), wanted);
    }
}
