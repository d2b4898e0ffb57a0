//! Generalized dismantling: the largest component is cut where that is cheapest, and the cut is covered by nodes.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::dismantling::Task;
use super::scored::Scored;
use crate::random::Random;

/// The nodes removed until no component is larger than the limit, or none that may be removed is in one.
pub(super) fn dismantled(task: &Task<'_>) -> Vec<u32> {
    let n = task.csr.node_count();
    let cheapest = task.costs.iter().copied().fold(f64::INFINITY, f64::min);
    let mut cutting = Cutting {
        task,
        // The paper's weight of an edge, w_i + w_j - 1, is for costs of 1 and more.
        costs: task.costs.iter().map(|cost| cost / cheapest).collect(),
        gone: vec![false; n],
        number: vec![OUTSIDE; n],
        random: Random::new(task.seed, 0),
    };
    let mut removed = Vec::new();
    let mut large = BinaryHeap::new();
    let mut met = vec![false; n];
    cutting.push_components(task.csr.nodes(), &mut met, &mut large);
    while let Some((_, Reverse(nodes))) = large.pop() {
        let mut chosen = cutting.cover(&nodes);
        if chosen.is_empty() {
            chosen = cutting.most_tied(&nodes);
        }
        if chosen.is_empty() {
            continue;
        }
        for &u in &chosen {
            cutting.gone[u as usize] = true;
        }
        for &u in &nodes {
            met[u as usize] = false;
        }
        cutting.push_components(nodes.iter().copied(), &mut met, &mut large);
        removed.extend(chosen);
    }
    removed
}

/// The number of a node outside the component that is cut.
const OUTSIDE: u32 = u32::MAX;

/// Components by size; of equal ones that of the lowest nodes first.
type Large = BinaryHeap<(usize, Reverse<Vec<u32>>)>;

struct Cutting<'a> {
    task: &'a Task<'a>,
    costs: Vec<f64>,
    gone: Vec<bool>,
    /// By node: its place in the component that is cut.
    number: Vec<u32>,
    random: Random,
}

impl Cutting<'_> {
    fn push_components(
        &self,
        nodes: impl Iterator<Item = u32>,
        met: &mut [bool],
        large: &mut Large,
    ) {
        for root in nodes {
            if self.gone[root as usize] || std::mem::replace(&mut met[root as usize], true) {
                continue;
            }
            let mut component = vec![root];
            let mut head = 0;
            while let Some(&u) = component.get(head) {
                head += 1;
                for &v in self.task.csr.neighbors(u) {
                    if !self.gone[v as usize] && !std::mem::replace(&mut met[v as usize], true) {
                        component.push(v);
                    }
                }
            }
            if component.len() > self.task.limit {
                component.sort_unstable();
                large.push((component.len(), Reverse(component)));
            }
        }
    }

    /// The nodes that cover the edges between the two sides of a component.
    fn cover(&mut self, nodes: &[u32]) -> Vec<u32> {
        for (place, &u) in (0..).zip(nodes) {
            self.number[u as usize] = place;
        }
        let sides = self.sides(nodes);
        let side = |v: u32| sides.get(self.number[v as usize] as usize).copied();
        let crossing: Vec<Vec<u32>> = nodes
            .iter()
            .zip(&sides)
            .map(|(&u, &own)| {
                let across = |&v: &u32| side(v).is_some_and(|other| other != own);
                self.task.csr.neighbors(u).iter().copied().filter(across).collect()
            })
            .collect();
        let cover = self.cheap_cover(nodes, &crossing);
        for &u in nodes {
            self.number[u as usize] = OUTSIDE;
        }
        cover
    }

    /// On which side of the cut each node is: the sign of the second eigenvector of the weighted Laplacian, by power iteration.
    ///
    /// An edge between `i` and `j` weighs `w_i + w_j - 1`, so that a light cut is one whose ends are cheap to remove. How far the
    /// iteration has come changes how good a cut is, not whether it is one.
    fn sides(&mut self, nodes: &[u32]) -> Vec<bool> {
        let rows: Vec<Vec<(usize, f64)>> = nodes.iter().map(|&u| self.row(u)).collect();
        let strength: Vec<f64> =
            rows.iter().map(|row| row.iter().map(|edge| edge.1).sum()).collect();
        let shift = 2.0 * strength.iter().copied().fold(0.0, f64::max);
        let mut vector: Vec<f64> = nodes.iter().map(|_| self.random.unit() - 0.5).collect();
        let rounds = 40.0 * libm::log(nodes.len() as f64 + 1.0);
        let mut round = 0.0;
        while round < rounds {
            round += 1.0;
            let next = rows.iter().zip(&strength).zip(&vector).map(|((row, own), x)| {
                (shift - own) * x + row.iter().map(|&(v, weight)| weight * vector[v]).sum::<f64>()
            });
            vector = centered(next.collect());
        }
        vector.iter().map(|&x| x >= 0.0).collect()
    }

    fn row(&self, u: u32) -> Vec<(usize, f64)> {
        let inside = |&v: &u32| {
            let place = self.number[v as usize];
            let weight = self.costs[u as usize] + self.costs[v as usize] - 1.0;
            (place != OUTSIDE).then_some((place as usize, weight))
        };
        self.task.csr.neighbors(u).iter().filter_map(inside).collect()
    }

    /// A vertex cover of the crossing edges of at most twice the least cost: always the node that is cheapest for each edge it
    /// still covers, whose neighbors are then cheaper by that price (K. L. Clarkson, "A modification of the greedy algorithm for vertex
    /// cover", Inf. Process. Lett. 16, 1983). Edges between two nodes that may not be removed stay.
    fn cheap_cover(&self, nodes: &[u32], crossing: &[Vec<u32>]) -> Vec<u32> {
        let mut cost: Vec<f64> = nodes.iter().map(|&u| self.costs[u as usize]).collect();
        let mut open: Vec<usize> = crossing.iter().map(Vec::len).collect();
        let mut covered = vec![false; nodes.len()];
        let price = |cost: f64, open: usize| cost / open as f64;
        let may = |place: usize| self.task.allowed[nodes[place] as usize] && open[place] > 0;
        let mut heap: BinaryHeap<Reverse<Scored>> = (0..)
            .zip(nodes)
            .filter(|&(place, _)| may(place as usize))
            .map(|(node, _)| {
                Reverse(Scored { score: price(cost[node as usize], open[node as usize]), node })
            })
            .collect();
        let mut cover = Vec::new();
        while let Some(Reverse(first)) = heap.pop() {
            let place = first.node as usize;
            if open[place] == 0 {
                continue;
            }
            let now = Scored { score: price(cost[place], open[place]), ..first };
            if now != first {
                heap.push(Reverse(now));
                continue;
            }
            covered[place] = true;
            cover.push(nodes[place]);
            open[place] = 0;
            for &v in &crossing[place] {
                let other = self.number[v as usize] as usize;
                if !covered[other] && open[other] > 0 {
                    open[other] -= 1;
                    cost[other] -= now.score;
                }
            }
        }
        cover
    }

    /// The node of a component that has most neighbors for its cost, if one may be removed.
    fn most_tied(&self, nodes: &[u32]) -> Vec<u32> {
        let open = nodes.iter().filter(|&&u| self.task.allowed[u as usize]);
        let scored = open.map(|&node| {
            let left = self.task.csr.neighbors(node).iter().filter(|&&v| !self.gone[v as usize]);
            Scored { score: left.count() as f64 / self.costs[node as usize], node }
        });
        scored.max().map(|one| one.node).into_iter().collect()
    }
}

/// The vector without its mean, of length 1.
fn centered(vector: Vec<f64>) -> Vec<f64> {
    let mean = vector.iter().sum::<f64>() / vector.len() as f64;
    let vector: Vec<f64> = vector.into_iter().map(|x| x - mean).collect();
    let length = libm::sqrt(vector.iter().map(|x| x * x).sum());
    if length > 0.0 { vector.into_iter().map(|x| x / length).collect() } else { vector }
}
