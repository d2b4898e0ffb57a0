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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::{Dismantling, DismantlingStrategy};

    fn close(got: &[f64], want: &[f64]) -> bool {
        got.len() == want.len() && got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-12)
    }

    fn task<'a>(csr: &'a Csr, costs: &[f64], forbidden: &[usize]) -> Task<'a> {
        let mut allowed = vec![true; csr.node_count()];
        for &u in forbidden {
            allowed[u] = false;
        }
        Task { allowed, costs: costs.to_vec(), ..Task::even(csr, 2) }
    }

    /// What is cut, with these nodes as the component at hand.
    fn cutting<'a>(task: &'a Task<'a>, nodes: &[u32]) -> Cutting<'a> {
        let mut number = vec![OUTSIDE; task.csr.node_count()];
        for (place, &u) in (0..).zip(nodes) {
            number[u as usize] = place;
        }
        let gone = vec![false; task.csr.node_count()];
        Cutting { task, costs: task.costs.clone(), gone, number, random: Random::new(0, 0) }
    }

    /// Two triangles, 0 – 1 – 2 and 3 – 4 – 5, with an edge from 2 to 3.
    fn triangles() -> Csr {
        let pairs = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)];
        Csr::unweighted(6, &pairs, Direction::Undirected)
    }

    #[test]
    fn where_the_border_may_not_be_removed_the_most_tied_node_goes() {
        let order = |forbidden: &[u32]| Dismantling {
            strategy: DismantlingStrategy::Generalized,
            target: 0.5,
            reinsertion: false,
            forbidden: forbidden.to_vec(),
            ..Dismantling::default()
        };
        let found = order(&[]).run(&triangles()).unwrap();
        assert_eq!((found.nodes, found.largest), (vec![3], vec![6, 3]));
        // First 0, 1, 4 and 5 have two neighbors each; then 4 and 5; then 1 and 5 have one.
        let found = order(&[2, 3]).run(&triangles()).unwrap();
        assert_eq!((found.nodes, found.largest), (vec![0, 4, 1], vec![6, 5, 4, 3]));
    }

    #[test]
    fn the_most_tied_node_is_that_of_most_neighbors_left_for_its_cost() {
        // 0 is tied to 1, 2, 3 and 4; and 1 to 2.
        let pairs = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2)];
        let csr = Csr::unweighted(5, &pairs, Direction::Undirected);
        let all = [0, 1, 2, 3, 4];
        for (costs, forbidden, gone, want) in [
            ([1.0; 5], &[][..], &[][..], Some(0)),
            ([1.0; 5], &[0], &[], Some(1)),
            // Four neighbors for a cost of 3 are fewer than two for 1.
            ([3.0, 1.0, 1.0, 1.0, 1.0], &[], &[], Some(1)),
            ([3.0, 1.5, 1.0, 1.0, 1.0], &[], &[], Some(2)),
            // Without 1 and 2 the hub has two neighbors left.
            ([2.5, 1.0, 1.0, 1.0, 1.0], &[1, 2], &[1, 2], Some(3)),
            ([1.5, 1.0, 1.0, 1.0, 1.0], &[1, 2], &[1, 2], Some(0)),
            ([1.0; 5], &all.map(|u| u as usize), &[], None),
        ] {
            let task = task(&csr, &costs, forbidden);
            let mut cutting = cutting(&task, &all);
            for &u in gone {
                cutting.gone[u] = true;
            }
            assert_eq!(cutting.most_tied(&all).first().copied(), want, "{costs:?} {forbidden:?}");
        }
    }

    #[test]
    fn components_above_the_limit_wait_the_largest_first() {
        // Components of 2, 3, 4 and 3 nodes; without node 6 the four fall into one and two.
        let pairs = [(0, 1), (2, 3), (3, 4), (5, 6), (6, 7), (7, 8), (9, 10), (10, 11)];
        let csr = Csr::unweighted(12, &pairs, Direction::Undirected);
        let task = task(&csr, &[1.0; 12], &[]);
        let mut cutting = cutting(&task, &[]);
        let waiting = |cutting: &Cutting<'_>, nodes: &[u32]| {
            let (mut met, mut large) = (vec![false; 12], BinaryHeap::new());
            cutting.push_components(nodes.iter().copied(), &mut met, &mut large);
            std::iter::from_fn(|| large.pop().map(|(size, Reverse(nodes))| (size, nodes)))
                .collect::<Vec<_>>()
        };
        let all: Vec<u32> = (0..12).rev().collect();
        let three = [(3, vec![2, 3, 4]), (3, vec![9, 10, 11])];
        let mut four = vec![(4, vec![5, 6, 7, 8])];
        four.extend(three.clone());
        assert_eq!(waiting(&cutting, &all), four);
        cutting.gone[6] = true;
        assert_eq!(waiting(&cutting, &all), three);
        assert_eq!(waiting(&cutting, &[3]), three[..1], "nobody asks for the others");
    }

    #[test]
    fn edges_of_a_component_weigh_what_both_ends_cost_less_one() {
        let csr = Csr::path(4);
        let task = task(&csr, &[1.0, 2.0, 4.0, 8.0], &[]);
        let cutting = cutting(&task, &[3, 2, 1]);
        // By the places of nodes in the component; 0 is outside.
        let rows = [(3, vec![(1, 11.0)]), (2, vec![(2, 5.0), (0, 11.0)]), (1, vec![(1, 5.0)])];
        for (u, want) in rows {
            assert_eq!(cutting.row(u), want, "{u}");
        }
    }

    #[test]
    fn a_component_is_cut_where_it_hangs_by_least() {
        let (csr, all) = (triangles(), [0, 1, 2, 3, 4, 5]);
        let even = task(&csr, &[1.0; 6], &[]);
        let sides = cutting(&even, &all).sides(&all);
        assert!(sides[..3].iter().all(|&side| side == sides[0]), "{sides:?}");
        assert!(sides[3..].iter().all(|&side| side != sides[0]), "{sides:?}");
        // In a path the middle edge, unless its ends are dear: then the one between two cheap nodes.
        let path = Csr::path(4);
        let sides = |costs: [f64; 4]| {
            let task = task(&path, &costs, &[]);
            let sides = cutting(&task, &[0, 1, 2, 3]).sides(&[0, 1, 2, 3]);
            sides.iter().map(|&side| side == sides[0]).collect::<Vec<_>>()
        };
        assert_eq!(sides([1.0; 4]), [true, true, false, false]);
        assert_eq!(sides([1.0, 1.0, 40.0, 40.0]), [true, false, false, false]);
    }

    #[test]
    fn a_border_is_covered_where_that_is_cheap() {
        // The crossing edges of nodes 1, 3, 4 and 6, which stand in a row.
        let csr = Csr::path(7);
        let nodes = [1, 3, 4, 6];
        let row = [vec![3], vec![1, 4], vec![3, 6], vec![4]];
        let star = [vec![3, 4, 6], vec![1], vec![1], vec![1]];
        for (crossing, costs, forbidden, want) in [
            // Two edges for 1.5 come first, then what is left of the third edge: 6 costs 1, and 4 no more than 3 - 0.75.
            (&row, [1.0, 1.5, 3.0, 1.0], &[][..], &[3, 6][..]),
            // What 3 paid for its edge to 4 makes that cheaper, 0.95, than 6.
            (&row, [1.0, 1.5, 1.7, 1.0], &[], &[3, 4]),
            // Without 3 the other in the middle covers two edges and 1 the last.
            (&row, [1.0, 1.5, 1.7, 1.0], &[3], &[4, 1]),
            (&row, [1.0, 1.5, 1.7, 1.0], &[1, 3, 4, 6], &[]),
            // A hub costs a third of its price for an edge, a leaf its own.
            (&star, [2.7, 1.0, 1.0, 1.0], &[], &[1]),
            (&star, [4.0, 1.0, 1.0, 1.0], &[], &[6, 4, 3]),
        ] {
            let mut all = [1.0; 7];
            nodes.iter().zip(costs).for_each(|(&u, cost)| all[u as usize] = cost);
            let task = task(&csr, &all, forbidden);
            let cover = cutting(&task, &nodes).cheap_cover(&nodes, crossing);
            assert_eq!(cover, want, "{costs:?} without {forbidden:?}");
        }
    }

    #[test]
    fn a_vector_is_centered_and_of_length_one() {
        assert!(close(&centered(vec![4.0, 2.0, 4.0, 2.0]), &[0.5, -0.5, 0.5, -0.5]));
        assert!(close(
            &centered(vec![8.0, 0.0, 5.0, 7.0, 5.0, 5.0]),
            &[
                // 3, -5, 0, 2, 0 and 0 over the root of 38.
                0.486_664_263_392_288,
                -0.811_107_105_653_813,
                0.0,
                0.324_442_842_261_525,
                0.0,
                0.0,
            ]
        ));
        assert!(close(&centered(vec![3.0; 2]), &[0.0; 2]), "nothing has no length");
    }
}
