//! Adaptive attacks: always the node with the highest score in what is left, by degree or by collective influence.

use std::collections::BinaryHeap;

use super::breadth::Breadth;
use super::dismantling::Task;
use super::scored::Scored;

/// All allowed nodes in the order in which they would be removed until no edge is left.
///
/// With a `radius`, by collective influence, and by degree once that is 0 everywhere.
pub(super) fn attack(task: &Task<'_>, radius: Option<u32>) -> Vec<u32> {
    let mut removed = Vec::new();
    let mut left = Left::new(task);
    if let Some(radius) = radius {
        left.by_influence(radius, &mut removed);
    }
    left.by_degree(&mut removed);
    removed
}

/// The degrees in what is left.
struct Left<'a> {
    task: &'a Task<'a>,
    gone: Vec<bool>,
    degree: Vec<u32>,
}

impl<'a> Left<'a> {
    fn new(task: &'a Task<'a>) -> Self {
        let degree = |u| u32::try_from(task.csr.neighbors(u).len()).unwrap_or(u32::MAX);
        Self {
            task,
            gone: vec![false; task.csr.node_count()],
            degree: task.csr.nodes().map(degree).collect(),
        }
    }

    fn remove(&mut self, u: u32) {
        self.gone[u as usize] = true;
        for &v in self.task.csr.neighbors(u) {
            self.degree[v as usize] -= 1;
        }
    }

    fn open(&self) -> impl Iterator<Item = u32> + '_ {
        let open = |&u: &u32| self.task.allowed[u as usize] && !self.gone[u as usize];
        self.task.csr.nodes().filter(open)
    }

    /// Degrees only fall, so a node is looked at again only when it stands first.
    fn by_degree(&mut self, removed: &mut Vec<u32>) {
        let score =
            |left: &Self, u: u32| f64::from(left.degree[u as usize]) / left.task.costs[u as usize];
        let mut heap: BinaryHeap<Scored> =
            self.open().map(|node| Scored { score: score(self, node), node }).collect();
        while let Some(first) = heap.pop() {
            let now = Scored { score: score(self, first.node), ..first };
            if now.score <= 0.0 {
                continue;
            }
            if now == first {
                self.remove(first.node);
                removed.push(first.node);
            } else {
                heap.push(now);
            }
        }
    }

    /// A removal changes the scores of all within one step more than the radius.
    fn by_influence(&mut self, radius: u32, removed: &mut Vec<u32>) {
        let mut ball = Breadth::new(self.gone.len());
        let mut scores = vec![0.0; self.gone.len()];
        let mut heap = BinaryHeap::new();
        for node in self.open() {
            let score = self.influence(&mut ball, node, radius);
            scores[node as usize] = score;
            heap.push(Scored { score, node });
        }
        while let Some(Scored { score, node }) = heap.pop() {
            let at = node as usize;
            if score <= 0.0 {
                return;
            }
            if self.gone[at] || score.total_cmp(&scores[at]).is_ne() {
                continue;
            }
            self.grow(&mut ball, node, radius + 1);
            let near: Vec<u32> = ball.order[1..].to_vec();
            self.remove(node);
            removed.push(node);
            for node in near.into_iter().filter(|&v| self.task.allowed[v as usize]) {
                let score = self.influence(&mut ball, node, radius);
                scores[node as usize] = score;
                heap.push(Scored { score, node });
            }
        }
    }

    /// The nodes within some steps of one, in what is left.
    fn grow(&self, ball: &mut Breadth, center: u32, radius: u32) {
        ball.run(self.task.csr, &[center], radius, |v| !self.gone[v as usize]);
    }

    fn influence(&self, ball: &mut Breadth, node: u32, radius: u32) -> f64 {
        let reach = |u: u32| f64::from(self.degree[u as usize].saturating_sub(1));
        if reach(node) <= 0.0 {
            return 0.0;
        }
        self.grow(ball, node, radius);
        let rim = ball.order.iter().filter(|&&v| ball.depth[v as usize] == radius);
        reach(node) * rim.map(|&v| reach(v)).sum::<f64>() / self.task.costs[node as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};

    #[test]
    fn whoever_has_most_neighbors_left_goes_first() {
        let (star, path) = (Csr::star(5), Csr::path(5));
        assert_eq!(attack(&Task::even(&star, 1), None), [0]);
        assert_eq!(attack(&Task::even(&path, 1), None), [1, 3]);
        let mut dear = Task::even(&path, 1);
        dear.costs[1] = 4.0;
        assert_eq!(attack(&dear, None), [2, 0, 3]);
        let mut kept = Task::even(&path, 1);
        kept.allowed[1] = false;
        assert_eq!(attack(&kept, None), [2, 0, 3]);
    }

    #[test]
    fn whoever_is_in_the_middle_of_a_path_has_most_influence() {
        let path = Csr::path(7);
        // A step away: 2, 3 and 4 have two others of one tie onward, and then 4 and 5 one.
        assert_eq!(attack(&Task::even(&path, 1), Some(1)), [2, 4, 0, 5]);
        // Two steps away: 3 has two of them, and then nobody has any.
        assert_eq!(attack(&Task::even(&path, 1), Some(2)), [3, 1, 5]);
        let mut dear = Task::even(&path, 1);
        dear.costs[3] = 4.0;
        assert_eq!(attack(&dear, Some(2)), [1, 5, 2, 4]);
        let mut kept = Task::even(&path, 1);
        kept.allowed[3] = false;
        assert_eq!(attack(&kept, Some(2)), [1, 5, 2, 4]);
    }

    #[test]
    fn influence_is_the_own_reach_times_that_of_the_rim() {
        // 0 has four neighbors, of which 1 leads to two more and 2 to one.
        let pairs = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 5), (1, 6), (2, 7)];
        let csr = Csr::unweighted(8, &pairs, Direction::Undirected);
        let mut dear = Task::even(&csr, 1);
        dear.costs[0] = 2.0;
        let left = Left::new(&dear);
        let mut ball = Breadth::new(8);
        let mut influence = |node, radius| left.influence(&mut ball, node, radius);
        let found: Vec<f64> = (0..4).map(|node| influence(node, 1)).collect();
        assert_eq!(found, [4.5, 6.0, 3.0, 0.0]);
        let farther: Vec<f64> = (0..2).map(|node| influence(node, 2)).collect();
        assert_eq!(farther, [0.0, 2.0]);
    }

    #[test]
    fn a_removal_changes_influence_a_step_beyond_the_radius() {
        // A path of seven and one of five: without 2, of influence 2, 4 has 1 left, and 9, in the middle of the other, 2.
        let pairs: Vec<(u32, u32)> = (0..6).chain(7..11).map(|u| (u, u + 1)).collect();
        let csr = Csr::unweighted(12, &pairs, Direction::Undirected);
        assert_eq!(attack(&Task::even(&csr, 1), Some(1)), [2, 9, 4, 0, 5, 7, 10]);
    }
}
