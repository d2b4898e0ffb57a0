//! How many instructions kernels take: the gate against slower ones, since clocks of shared machines differ threefold.
//!
//! `cargo install gungraun-runner --version 0.20.0`, and valgrind; then `cargo bench --bench instructions`. A kernel that takes more
//! than its limit fails the run. Limits are a tenth above what was counted when they were last written down; whoever makes a kernel
//! faster lowers its limit. Everything runs on one thread, so that the counts do not depend on scheduling.

// The macros make public functions of those below, and take what is set up by value.
#![allow(clippy::must_use_candidate, clippy::needless_pass_by_value)]

mod rmat;

use gungraun::prelude::*;
use gungraun::{Callgrind, EventKind};
use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Betweenness, Centrality as _, Closeness, Communities as _, Components, CoreNumbers,
    LabelPropagation, Leiden, PageRank, triangles,
};
use rmat::Rmat;

/// The run fails if more instructions are counted.
fn at_most(instructions: u64) -> LibraryBenchmarkConfig {
    let mut callgrind = Callgrind::default();
    callgrind.hard_limits([(EventKind::Ir, instructions)]);
    let mut config = LibraryBenchmarkConfig::default();
    config.tool(callgrind);
    config
}

/// A graph of 2¹² nodes and 16 draws of an edge a node, with the chances of Graph500.
fn pairs() -> Vec<(u32, u32)> {
    const SCALE: u32 = 12;
    alone();
    let mut draws = Rmat::new(SCALE);
    (0..16 << SCALE).map(|_| draws.pair()).collect()
}

fn graph() -> Csr {
    alone();
    Csr::unweighted(1 << 12, &pairs(), Direction::Undirected)
}

/// Makes the thread that calls the only one there is; it may be called again.
fn alone() {
    // The second call finds the pool of the first.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
}

#[library_benchmark(config = at_most(32_000_000))]
#[bench::rmat12(pairs())]
fn make(pairs: Vec<(u32, u32)>) -> Csr {
    Csr::unweighted(1 << 12, &pairs, Direction::Undirected)
}

#[library_benchmark(config = at_most(850_000))]
#[bench::rmat12(graph())]
fn components(csr: Csr) -> usize {
    Components.partition(&csr).map_or(0, |found| found.group_count())
}

#[library_benchmark(config = at_most(3_000_000))]
#[bench::rmat12(graph())]
fn cores(csr: Csr) -> f64 {
    CoreNumbers.scores(&csr).map_or(0.0, |scores| scores[0])
}

#[library_benchmark(config = at_most(30_000_000))]
#[bench::rmat12(graph())]
fn pagerank(csr: Csr) -> f64 {
    PageRank::default().scores(&csr).map_or(0.0, |scores| scores[0])
}

#[library_benchmark(config = at_most(9_800_000))]
#[bench::rmat12(graph())]
fn count_triangles(csr: Csr) -> u64 {
    triangles(&csr)
}

#[library_benchmark(config = at_most(128_000_000))]
#[bench::rmat12(graph())]
fn closeness(csr: Csr) -> f64 {
    Closeness::default().scores(&csr).map_or(0.0, |scores| scores[0])
}

#[library_benchmark(config = at_most(1_700_000_000))]
#[bench::rmat12(graph())]
fn betweenness(csr: Csr) -> f64 {
    Betweenness::default().scores(&csr).map_or(0.0, |scores| scores[0])
}

#[library_benchmark(config = at_most(118_000_000))]
#[bench::rmat12(graph())]
fn leiden(csr: Csr) -> usize {
    let leiden = Leiden { starts: Some(1), iterations: Some(2), ..Leiden::default() };
    leiden.partition(&csr).map_or(0, |found| found.group_count())
}

#[library_benchmark(config = at_most(11_000_000))]
#[bench::rmat12(graph())]
fn label_propagation(csr: Csr) -> usize {
    LabelPropagation::default().partition(&csr).map_or(0, |found| found.group_count())
}

library_benchmark_group!(
    name = kernels,
    benchmarks = [
        make,
        components,
        cores,
        pagerank,
        count_triangles,
        closeness,
        betweenness,
        leiden,
        label_propagation
    ]
);

main!(library_benchmark_groups = kernels);
