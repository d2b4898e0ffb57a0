//! Searches in breadth that stop at a distance and are cleared at the cost of what they touched.

use crate::graph::Csr;

/// The depth of a node that was not reached.
pub(super) const UNREACHED: u32 = u32::MAX;

/// The nodes within some steps of others.
pub(super) struct Breadth {
    pub(super) depth: Vec<u32>,
    /// The nodes reached, nearest first.
    pub(super) order: Vec<u32>,
}

impl Breadth {
    pub(super) fn new(n: usize) -> Self {
        Self { depth: vec![UNREACHED; n], order: Vec::new() }
    }

    /// Finds all nodes within `farthest` steps of any of `from`, over nodes that are `open`.
    pub(super) fn run(
        &mut self,
        csr: &Csr,
        from: &[u32],
        farthest: u32,
        open: impl Fn(u32) -> bool,
    ) {
        for u in self.order.drain(..) {
            self.depth[u as usize] = UNREACHED;
        }
        for &u in from {
            if self.depth[u as usize] == UNREACHED {
                self.depth[u as usize] = 0;
                self.order.push(u);
            }
        }
        let mut head = 0;
        while let Some(&u) = self.order.get(head) {
            head += 1;
            let next = self.depth[u as usize] + 1;
            if next > farthest {
                return;
            }
            for &v in csr.neighbors(u) {
                if self.depth[v as usize] == UNREACHED && open(v) {
                    self.depth[v as usize] = next;
                    self.order.push(v);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_ends_at_its_distance() {
        let path = Csr::path(5);
        let mut breadth = Breadth::new(5);
        breadth.run(&path, &[2], 1, |_| true);
        assert_eq!(breadth.order, [2, 1, 3]);
        assert_eq!(breadth.depth, [UNREACHED, 1, 0, 1, UNREACHED]);
        breadth.run(&path, &[3], 0, |_| true);
        assert_eq!(breadth.order, [3]);
        assert_eq!(breadth.depth, [UNREACHED, UNREACHED, UNREACHED, 0, UNREACHED]);
    }

    #[test]
    fn several_starts_count_once_each() {
        let mut breadth = Breadth::new(5);
        breadth.run(&Csr::path(5), &[0, 4, 0], 9, |_| true);
        assert_eq!((breadth.order, breadth.depth), (vec![0, 4, 1, 3, 2], vec![0, 1, 2, 1, 0]));
    }

    #[test]
    fn a_node_that_is_not_open_is_not_passed() {
        let mut breadth = Breadth::new(5);
        breadth.run(&Csr::path(5), &[0], 9, |u| u != 2);
        assert_eq!(breadth.order, [0, 1]);
    }
}
