//! Each measure on graphs of two kinds, on one thread and on all.
//!
//! The answer is checked once before it is timed: the bits are those of one thread. The row of one
//! thread is the baseline for any claim about speed. `cargo bench --bench kernels -- betweenness`
//! runs one measure.

mod rmat;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, SamplingMode, criterion_group, criterion_main};
use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    ApproximateBetweenness, Betweenness, BridgingCoefficient, Centrality, Closeness, Clustering,
    Communities, Components, Constraint, CoreNumbers, CutNodes, Degree, EffectiveSize, Eigenvector,
    Harmonic, Hits, Katz, LabelPropagation, Leiden, Length, Louvain, PageRank, SampledBetweenness,
    ShortestPaths, Strength, Triangles, WeightedCores, triangles,
};
use rayon::{ThreadPool, ThreadPoolBuilder};
use rmat::Rmat;

/// A measure as one number sequence, so that all are timed and compared alike.
type Kernel = Box<dyn Fn(&Csr) -> Vec<u64> + Sync>;

/// Above this many nodes, kernels that search from every node or look at all pairs around each are left out.
const ALL_PAIRS: usize = 10_000;

struct Measure {
    name: &'static str,
    kernel: Kernel,
    is_more_than_linear: bool,
}

fn measures() -> Vec<Measure> {
    let by_weight = Betweenness { length: Length::Reciprocal, ..Betweenness::default() };
    vec![
        linear(centrality(Degree::default())),
        linear(centrality(Strength::default())),
        linear(centrality(CoreNumbers)),
        linear(centrality(PageRank::default())),
        linear(centrality(Eigenvector::default())),
        linear(centrality(Katz::default())),
        linear(centrality(Hits::default())),
        linear(centrality(WeightedCores::default())),
        linear(centrality(Triangles)),
        linear(centrality(Clustering)),
        linear(centrality(CutNodes)),
        linear(centrality(ApproximateBetweenness::default())),
        linear(communities(Components)),
        linear(communities(Louvain::default())),
        linear(communities(Leiden::default())),
        linear(communities(LabelPropagation::default())),
        linear(("triangles", Box::new(|csr| vec![triangles(csr)]))),
        linear(("shortest_paths", Box::new(first_to_last))),
        all_pairs(centrality(Constraint)),
        all_pairs(centrality(EffectiveSize::default())),
        all_pairs(centrality(BridgingCoefficient)),
        all_pairs(centrality(SampledBetweenness::default())),
        all_pairs(centrality(Closeness::default())),
        all_pairs(centrality(Harmonic::default())),
        all_pairs(centrality(Betweenness::default())),
        all_pairs(("betweenness_reciprocal", centrality(by_weight).1)),
    ]
}

fn linear((name, kernel): (&'static str, Kernel)) -> Measure {
    Measure { name, kernel, is_more_than_linear: false }
}

fn all_pairs(named: (&'static str, Kernel)) -> Measure {
    Measure { is_more_than_linear: true, ..linear(named) }
}

fn centrality(measure: impl Centrality + Sync + 'static) -> (&'static str, Kernel) {
    let name = measure.name();
    let kernel = move |csr: &Csr| {
        let scores = measure.scores(csr).expect("the options are in range");
        scores.iter().map(|score| score.to_bits()).collect()
    };
    (name, Box::new(kernel))
}

fn communities(method: impl Communities + Sync + 'static) -> (&'static str, Kernel) {
    let name = method.name();
    let kernel = move |csr: &Csr| {
        let groups = method.partition(csr).expect("the options are in range");
        groups.groups().iter().copied().map(u64::from).collect()
    };
    (name, Box::new(kernel))
}

fn first_to_last(csr: &Csr) -> Vec<u64> {
    let last = csr.nodes().end - 1;
    let found = ShortestPaths::default().between(csr, 0, last);
    let found = found.expect("both nodes are in the graph");
    found.paths.concat().into_iter().map(u64::from).collect()
}

fn kernels(criterion: &mut Criterion) {
    let graphs =
        [("cliques", Csr::ring_of_cliques(200, 12)), ("rmat13", rmat(13)), ("rmat16", rmat(16))];
    let pools = [("1", pool(1)), ("all", pool(0))];
    for measure in measures() {
        let mut group = criterion.benchmark_group(measure.name);
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        for (name, csr) in &graphs {
            if measure.is_more_than_linear && csr.node_count() > ALL_PAIRS {
                continue;
            }
            let answers = pools.each_ref().map(|(_, pool)| pool.install(|| (measure.kernel)(csr)));
            assert_eq!(answers[0], answers[1], "{} on {name}", measure.name);
            for (threads, pool) in &pools {
                let id = BenchmarkId::new(*name, threads);
                let run = || black_box((measure.kernel)(csr));
                group.bench_function(id, |bencher| pool.install(|| bencher.iter(run)));
            }
        }
        group.finish();
    }
}

fn pool(threads: usize) -> ThreadPool {
    let builder = ThreadPoolBuilder::new().num_threads(threads);
    builder.build().expect("threads can be started")
}

/// A recursive-matrix graph with 16 draws of an edge a node; weights are small whole numbers.
fn rmat(scale: u32) -> Csr {
    let mut draws = Rmat::new(scale);
    let edges: Vec<_> = (0..16_usize << scale)
        .map(|_| {
            let (u, v) = draws.pair();
            (u, v, (draws.next() % 8 + 1) as f64)
        })
        .collect();
    Csr::new(1 << scale, &edges, Direction::Undirected)
}

criterion_group!(benches, kernels);
criterion_main!(benches);
