//! How time and memory grow with the graph: from ten thousand edges to a hundred million.
//!
//! `cargo bench --bench growth` goes up to ten million; `cargo bench --bench growth -- 8` up to 10⁸, which needs 8 GiB. R-MAT graphs with
//! the chances of Graph500 and 16 draws of an edge a node. Each row is the best of a few runs; the exponent is the logarithm of how much longer
//! ten times the edges took.

mod rmat;

use std::alloc::System;
use std::hint::black_box;
use std::time::Instant;

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Centrality as _, Communities as _, Components, CoreNumbers, LabelPropagation, Leiden, Louvain,
    PageRank, triangles,
};
use rmat::Rmat;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

/// Counts what is allocated.
#[global_allocator]
static ALLOCATED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A kernel and its name.
type Kernel = (&'static str, fn(&Csr));

const KERNELS: [Kernel; 7] = [
    ("components", |csr| drop(Components.partition(csr))),
    ("core numbers", |csr| drop(CoreNumbers.scores(csr))),
    ("PageRank, 1e-6", |csr| drop(PageRank { tolerance: 1e-6, ..PageRank::default() }.scores(csr))),
    ("label propagation", |csr| drop(LabelPropagation::default().partition(csr))),
    ("Louvain, one start", |csr| {
        drop(Louvain { starts: Some(1), ..Louvain::default() }.partition(csr));
    }),
    ("Leiden, one start", |csr| {
        drop(Leiden { starts: Some(1), ..Leiden::default() }.partition(csr));
    }),
    ("triangles", |csr| {
        black_box(triangles(csr));
    }),
];

fn main() {
    let most = std::env::args().find_map(|word| word.parse::<u32>().ok()).unwrap_or(7);
    let mut before: Vec<f64> = Vec::new();
    for exponent in 4..=most {
        let (nodes, pairs) = drawn(10_usize.pow(exponent));
        let mut graph = None;
        let build = best(|| graph = Some(Csr::unweighted(nodes, &pairs, Direction::Undirected)));
        let Some(csr) = graph else { return };
        println!("10^{exponent} draws: {nodes} nodes, {} edges", csr.edge_count());
        let times: Vec<f64> = KERNELS.iter().map(|(_, kernel)| best(|| kernel(&csr))).collect();
        drop(csr);
        memory(nodes, &pairs);
        let times: Vec<f64> = [build].into_iter().chain(times).collect();
        let names = ["graph from pairs"].into_iter().chain(KERNELS.map(|kernel| kernel.0));
        for (at, (name, time)) in names.zip(&times).enumerate() {
            let grown = before.get(at).map(|before| format!("{:.2}", libm::log10(time / before)));
            println!("  {name:20} {time:10.5} s  exponent {}", grown.unwrap_or_default());
        }
        before = times;
    }
}

/// What a graph holds that can be walked both ways, a directed edge.
fn memory(nodes: usize, pairs: &[(u32, u32)]) {
    let region = Region::new(ALLOCATED);
    let csr = Csr::unweighted(nodes, pairs, Direction::Directed);
    let change = region.change();
    let held = change.bytes_allocated - change.bytes_deallocated;
    let bytes = held as f64 / csr.edge_count() as f64;
    println!("  {bytes:.1} bytes a directed edge, both ways, without weights");
}

/// The least time of up to three runs, fewer where they are long.
fn best(mut run: impl FnMut()) -> f64 {
    let (mut least, mut sum) = (f64::INFINITY, 0.0);
    for _ in 0..3 {
        let start = Instant::now();
        run();
        let time = start.elapsed().as_secs_f64();
        (least, sum) = (least.min(time), sum + time);
        if sum > 5.0 {
            break;
        }
    }
    least
}

/// So many draws of an edge between a sixteenth as many nodes.
fn drawn(draws: usize) -> (usize, Vec<(u32, u32)>) {
    let scale = (draws / 16).next_power_of_two().trailing_zeros();
    let mut rmat = Rmat::new(scale);
    (1 << scale, (0..draws).map(|_| rmat.pair()).collect())
}
