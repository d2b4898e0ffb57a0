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
