//! Breaking the largest component again and again, where one removal leaves the smallest pieces.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cohesion::left;
use super::cut_sweep::CutSweep;
use super::dismantling::Task;
use super::{Communities as _, Components};

/// Components by size, and a sweep to look into them.
pub(super) struct Breaking<'a> {
    task: &'a Task<'a>,
    sweep: CutSweep,
    /// The size of each component that is too large, and a node of it.
    large: BinaryHeap<(usize, Reverse<u32>)>,
}

impl<'a> Breaking<'a> {
    /// The components of a graph without the nodes that are `gone`.
    pub(super) fn new(task: &'a Task<'a>, gone: &[bool]) -> Self {
        let parts = Components.partition(&left(task.csr, gone)).expect("components need no option");
        let sizes = parts.sizes();
        let mut met = vec![false; sizes.len()];
        let mut large = BinaryHeap::new();
        for (u, &group) in (0..).zip(parts.groups()) {
            let group = group as usize;
            if !std::mem::replace(&mut met[group], true) && sizes[group] > task.limit {
                large.push((sizes[group], Reverse(u)));
            }
        }
        let mut sweep = CutSweep::new(task.csr.node_count());
        sweep.begin(gone);
        Self { task, sweep, large }
    }

    /// Removes nodes until no component is too large, or none that may be removed is in one.
    pub(super) fn run(&mut self, removed: &mut Vec<u32>) {
        while let Some((size, Reverse(root))) = self.large.pop() {
            let chosen = self.chosen(root, size);
            for &u in &chosen {
                self.sweep.remove(u);
            }
            for &u in &chosen {
                for &v in self.task.csr.neighbors(u) {
                    let size = self.sweep.component(self.task.csr, v).len();
                    if size > self.task.limit {
                        self.large.push((size, Reverse(v)));
                    }
                }
            }
            self.sweep.forget();
            removed.extend(chosen);
        }
    }

    /// The node that leaves the smallest pieces for its cost. Where none parts a component, a few of most neighbors go at once, so
    /// that a component that only shrinks is not looked at for each of its nodes.
    fn chosen(&mut self, root: u32, size: usize) -> Vec<u32> {
        const FEW: usize = 64;
        let task = self.task;
        let nodes: Vec<u32> = self.sweep.component(task.csr, root).to_vec();
        self.sweep.forget();
        let mut open: Vec<u32> = nodes.into_iter().filter(|&u| task.allowed[u as usize]).collect();
        let gain = |u: u32| {
            (size - self.sweep.largest_piece[u as usize] as usize) as f64 / task.costs[u as usize]
        };
        let best =
            open.iter().copied().max_by(|&u, &v| gain(u).total_cmp(&gain(v)).then(v.cmp(&u)));
        let Some(best) = best else { return Vec::new() };
        if (self.sweep.largest_piece[best as usize] as usize) + 1 < size {
            return vec![best];
        }
        let score = |u: u32| task.csr.neighbors(u).len() as f64 / task.costs[u as usize];
        open.sort_by(|&u, &v| score(v).total_cmp(&score(u)).then(u.cmp(&v)));
        open.truncate((size / FEW).max(1).min(size - task.limit));
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;

    fn broken(task: &Task<'_>) -> Vec<u32> {
        let mut removed = Vec::new();
        Breaking::new(task, &vec![false; task.csr.node_count()]).run(&mut removed);
        removed
    }

    #[test]
    fn a_path_is_broken_in_the_middle_of_each_piece() {
        let path = Csr::path(7);
        assert!(broken(&Task::even(&path, 7)).is_empty());
        assert_eq!(broken(&Task::even(&path, 6)), [3]);
        assert_eq!(broken(&Task::even(&path, 3)), [3]);
        assert_eq!(broken(&Task::even(&path, 2)), [3, 1, 5]);
    }

    #[test]
    fn what_is_gone_already_breaks_it_too() {
        let path = Csr::path(7);
        let task = Task::even(&path, 2);
        let mut removed = vec![9];
        Breaking::new(&task, &[false, false, true, false, false, false, false]).run(&mut removed);
        // Of four in a row, either in the middle leaves two.
        assert_eq!(removed, [9, 4]);
    }

    #[test]
    fn costs_divide_what_a_removal_gains() {
        let path = Csr::path(7);
        let mut dear = Task::even(&path, 3);
        dear.costs[3] = 10.0;
        assert_eq!(broken(&dear), [2, 4]);
        dear.costs[3] = 1.0;
        dear.allowed[3] = false;
        assert_eq!(broken(&dear), [2, 4]);
        dear.allowed.fill(false);
        assert!(broken(&dear).is_empty());
    }

    #[test]
    fn a_ring_is_opened_before_it_is_broken() {
        let ring = Csr::cycle(6);
        assert_eq!(broken(&Task::even(&ring, 2)), [0, 3]);
    }

    #[test]
    fn of_a_large_ring_a_64th_goes_at_once_but_no_more_than_is_too_much() {
        let ring = Csr::cycle(200);
        let chosen = |limit, dear: &[usize]| {
            let mut task = Task::even(&ring, limit);
            for &u in dear {
                task.costs[u] = 2.0;
            }
            Breaking::new(&task, &[false; 200]).chosen(0, 200)
        };
        assert_eq!(chosen(10, &[]), [0, 1, 2]);
        assert_eq!(chosen(198, &[]), [0, 1]);
        assert_eq!(chosen(10, &[0, 2]), [1, 3, 4]);
    }
}
