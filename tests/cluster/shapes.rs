//! Graphs of which each has something that an algorithm stumbles over, and all of them side by side.

use kluwen::graph::{Csr, Direction, Edge};

/// A graph as it is put to an engine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    pub(crate) nodes: u32,
    pub(crate) edges: Vec<Edge>,
}

impl Shape {
    pub(crate) fn csr(&self, direction: Direction) -> Csr {
        Csr::new(self.nodes as usize, &self.edges, direction)
    }

    fn beside(&mut self, other: &Self) {
        let first = self.nodes;
        self.edges.extend(other.edges.iter().map(|&(u, v, w)| (u + first, v + first, w)));
        self.nodes += other.nodes;
    }

    /// The same with nodes in another order.
    fn shuffled(mut self, draw: &mut Draw) -> Self {
        let mut order: Vec<u32> = (0..self.nodes).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, draw.below(at as u32 + 1) as usize);
        }
        for edge in &mut self.edges {
            (edge.0, edge.1) = (order[edge.0 as usize], order[edge.1 as usize]);
        }
        self
    }
}

/// Numbers that look drawn.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn below(&mut self, count: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(count)) as u32
    }
}

pub(crate) fn one_node() -> Shape {
    Shape { nodes: 1, edges: Vec::new() }
}

pub(crate) fn only_a_loop() -> Shape {
    Shape { nodes: 2, edges: vec![(0, 0, 1.0)] }
}

fn many_edges() -> Shape {
    Shape { nodes: 4, edges: vec![(0, 1, 2.0), (1, 0, 1.0), (0, 1, 0.5), (2, 2, 3.0), (1, 2, 0.0)] }
}

fn star() -> Shape {
    Shape { nodes: 1001, edges: (1..1001).map(|leaf| (leaf, 0, 1.0)).collect() }
}

/// 20 chains of 50 nodes, which labels that go from neighbor to neighbor need 50 rounds for.
fn chains() -> Shape {
    let chain = |k: u32| (0..49).map(move |at| (k * 50 + at, k * 50 + at + 1, 1.0));
    Shape { nodes: 1000, edges: (0..20).flat_map(chain).collect() }
}

/// Two cliques of ten nodes and a tie between them.
pub(crate) fn two_cliques() -> Shape {
    let clique =
        |first: u32| (0..10).flat_map(move |u| (0..u).map(move |v| (first + u, first + v, 1.0)));
    let bridge = [(9, 10, 1.0)];
    Shape { nodes: 20, edges: clique(0).chain(clique(10)).chain(bridge).collect() }
}

/// R-MAT of 2^`scale` nodes and eight times as many edges.
pub(crate) fn rmat(scale: u32, draw: &mut Draw) -> Shape {
    let mut edge = || {
        let (mut u, mut v) = (0, 0);
        for _ in 0..scale {
            let quarter = draw.below(100);
            (u, v) = (
                2 * u + u32::from(quarter >= 76),
                2 * v + u32::from((57..76).contains(&quarter) || quarter >= 95),
            );
        }
        (u, v)
    };
    let mut edges: Vec<Edge> = Vec::new();
    for _ in 0..8 << scale {
        let (u, v) = edge();
        edges.push((u, v, 1.0 + f64::from((u + v) % 3)));
    }
    Shape { nodes: 1 << scale, edges }
}

/// 120 left nodes, then 40 right ones; of these the last is tied to every left node.
pub(crate) fn two_sides(draw: &mut Draw) -> Shape {
    let mut edges: Vec<Edge> = (0..120).map(|u| (u, 159, 1.0)).collect();
    for u in 0..120 {
        let block = u / 30 * 10;
        edges.extend((0..4).map(|_| (u, 120 + block + draw.below(9), 1.0)));
    }
    edges.push((0, 120, 2.0));
    Shape { nodes: 160, edges }
}

/// `count` groups of `size` nodes that have some `inside` ties each among themselves, and one to others.
pub(crate) fn groups(count: u32, size: u32, inside: u32, draw: &mut Draw) -> Shape {
    let nodes = count * size;
    let mut edges: Vec<Edge> = Vec::new();
    for u in 0..nodes {
        let first = u / size * size;
        edges.extend((0..inside).map(|_| (u, first + draw.below(size), 1.0)));
        edges.push((u, draw.below(nodes), 1.0));
    }
    Shape { nodes, edges }.shuffled(draw)
}

/// All of them side by side, in an order of nodes that says nothing, with five nodes that have no tie.
pub(crate) fn zoo() -> Shape {
    let mut draw = Draw(7);
    let mut all = Shape { nodes: 5, edges: Vec::new() };
    let parts = [
        one_node(),
        only_a_loop(),
        many_edges(),
        star(),
        chains(),
        two_cliques(),
        rmat(10, &mut draw),
        two_sides(&mut draw),
    ];
    for part in &parts {
        all.beside(part);
    }
    all.shuffled(&mut draw)
}
