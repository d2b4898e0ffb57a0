//! `CoreHD`: the highest degree in what is left of the 2-core, and then the best breaks of trees.

use std::collections::BinaryHeap;

use super::breaking::Breaking;
use super::dismantling::Task;
use super::scored::Scored;

/// The nodes removed until no component is larger than the limit, or none that may be removed is in one.
pub(super) fn core_hd(task: &Task<'_>) -> Vec<u32> {
    let mut removed = decycled(task);
    let mut gone = vec![false; task.csr.node_count()];
    for &u in &removed {
        gone[u as usize] = true;
    }
    Breaking::new(task, &gone).run(&mut removed);
    removed
}

/// Always the node of highest degree in the 2-core, until there is no cycle left that a node which may be removed is on.
fn decycled(task: &Task<'_>) -> Vec<u32> {
    let mut core = Core::new(task);
    let score = |core: &Core<'_>, u: u32| core.degree[u as usize] as f64 / task.costs[u as usize];
    let in_core = |core: &Core<'_>, u: u32| core.degree[u as usize] > 0;
    let open = task.csr.nodes().filter(|&u| task.allowed[u as usize] && in_core(&core, u));
    let mut heap: BinaryHeap<Scored> =
        open.map(|node| Scored { score: score(&core, node), node }).collect();
    let mut removed = Vec::new();
    while let Some(first) = heap.pop() {
        let now = Scored { score: score(&core, first.node), ..first };
        if !in_core(&core, first.node) {
            continue;
        }
        if now == first {
            removed.push(first.node);
            core.leave(first.node);
        } else {
            heap.push(now);
        }
    }
    removed
}

/// The 2-core: the degree of each node in it, 0 for those outside.
struct Core<'a> {
    task: &'a Task<'a>,
    degree: Vec<usize>,
    waiting: Vec<u32>,
}

impl<'a> Core<'a> {
    fn new(task: &'a Task<'a>) -> Self {
        let degree: Vec<usize> = task.csr.nodes().map(|u| task.csr.neighbors(u).len()).collect();
        let waiting = task.csr.nodes().filter(|&u| degree[u as usize] == 1).collect();
        let mut core = Self { task, degree, waiting };
        core.peel();
        core
    }

    fn leave(&mut self, u: u32) {
        self.drop_edges(u);
        self.peel();
    }

    /// Takes off nodes of one edge until there are none.
    fn peel(&mut self) {
        while let Some(u) = self.waiting.pop() {
            if self.degree[u as usize] == 1 {
                self.drop_edges(u);
            }
        }
    }

    fn drop_edges(&mut self, u: u32) {
        self.degree[u as usize] = 0;
        for &v in self.task.csr.neighbors(u) {
            let degree = &mut self.degree[v as usize];
            if *degree > 0 {
                *degree -= 1;
                if *degree == 1 {
                    self.waiting.push(v);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};

    #[test]
    fn cycles_go_first_and_trees_are_broken_then() {
        // A triangle with a tail.
        let pairs = [(0, 1), (1, 2), (2, 0), (2, 3)];
        let csr = Csr::unweighted(4, &pairs, Direction::Undirected);
        assert_eq!(decycled(&Task::even(&csr, 1)), [0]);
        assert_eq!(core_hd(&Task::even(&csr, 1)), [0, 2]);
    }

    #[test]
    fn who_has_most_neighbors_in_the_core_for_the_cost_goes_first() {
        // Two triangles that share node 2; three leaves on 0 are not of the core.
        let pairs = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2), (0, 5), (0, 6), (0, 7)];
        let csr = Csr::unweighted(8, &pairs, Direction::Undirected);
        assert_eq!(decycled(&Task::even(&csr, 1)), [2]);
        let mut dear = Task::even(&csr, 1);
        dear.costs[2] = 4.0;
        assert_eq!(decycled(&dear), [0, 3]);
        let mut kept = Task::even(&csr, 1);
        kept.allowed[2] = false;
        assert_eq!(decycled(&kept), [0, 3]);
    }

    #[test]
    fn of_four_who_all_know_each_other_two_hold_no_cycle() {
        let csr = Csr::complete(4);
        assert_eq!(decycled(&Task::even(&csr, 1)), [0, 1]);
        assert_eq!(core_hd(&Task::even(&csr, 1)), [0, 1, 2]);
    }

    #[test]
    fn a_core_is_what_is_left_without_leaves() {
        let pairs = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (5, 6)];
        let csr = Csr::unweighted(8, &pairs, Direction::Undirected);
        let task = Task::even(&csr, 1);
        assert_eq!(Core::new(&task).degree, [2, 2, 2, 0, 0, 0, 0, 0]);
    }
}
