//! How long nodes take to be placed, and how good the drawing is.
//!
//! `cargo bench --bench layout` times graphs of up to ten thousand nodes, on one thread and on all, after holding the bits of both together, and places 100,000 nodes
//! with 500,000 edges once. How that stands beside other programs is measured by `benches/layout_peers.py`.

mod rmat;

use std::hint::black_box;
use std::time::Instant;

use criterion::{BenchmarkId, Criterion, SamplingMode, criterion_group, criterion_main};
use kluwen::graph::{Csr, Direction};
use kluwen::measure::layout::{
    Concentric, ForceLayout, Point, neighborhood_preservation, stress, without_overlaps,
};
use rayon::{ThreadPool, ThreadPoolBuilder};
use rmat::Rmat;

/// Half the width and height of each sign, in points.
const SIGN: [f64; 2] = [4.0, 4.0];

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads")
}

/// Groups of `size` nodes with about `degree` edges each, one in five of them to anybody.
fn planted(n: u32, size: u32, degree: u32) -> Csr {
    let mut draws = Rmat::new(1);
    let mut below = |bound: u32| u32::try_from(draws.next() % u64::from(bound)).expect("32 bits");
    let mut pairs = Vec::new();
    for u in 0..n {
        for _ in 0..degree / 2 {
            let inside = u / size * size + below(size.min(n - u / size * size));
            pairs.push((u, if below(5) == 0 { below(n) } else { inside }));
        }
    }
    Csr::unweighted(n as usize, &pairs, Direction::Undirected)
}

fn rmat(scale: u32, edges: usize) -> Csr {
    let mut draws = Rmat::new(scale);
    let pairs: Vec<_> = (0..edges).map(|_| draws.pair()).collect();
    Csr::unweighted(1 << scale, &pairs, Direction::Undirected)
}

fn force(csr: &Csr) -> Vec<Point> {
    ForceLayout::default().place(csr, &vec![SIGN; csr.node_count()]).expect("signs are in range")
}

fn rings(csr: &Csr) -> Vec<Point> {
    let around = Concentric { centers: vec![0], ..Concentric::default() };
    around.place(csr, &vec![SIGN; csr.node_count()]).expect("signs are in range")
}

/// A heap of signs, most of which lie on others.
fn heap(csr: &Csr) -> Vec<Point> {
    let n = csr.node_count();
    let mut draws = Rmat::new(3);
    let side = (n as f64).sqrt() * SIGN[0];
    let mut unit = || (draws.next() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut points: Vec<Point> = (0..n).map(|_| [side * unit(), side * unit()]).collect();
    without_overlaps(&mut points, &vec![SIGN; n], 1.0);
    points
}

/// Places the nodes of a graph.
type Placing = (&'static str, fn(&Csr) -> Vec<Point>);

fn layouts(criterion: &mut Criterion) {
    let graphs = [
        ("planted60", planted(60, 12, 6)),
        ("planted1000", planted(1000, 40, 6)),
        ("planted10000", planted(10_000, 50, 6)),
        ("rmat13", rmat(13, 30_000)),
    ];
    let pools = [("1", pool(1)), ("all", pool(0))];
    let placings: [Placing; 3] = [("force", force), ("rings", rings), ("overlaps", heap)];
    for (name, place) in placings {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        for (graph, csr) in &graphs {
            let bits = |pool: &ThreadPool| -> Vec<[u64; 2]> {
                pool.install(|| place(csr)).iter().map(|point| point.map(f64::to_bits)).collect()
            };
            assert_eq!(bits(&pools[0].1), bits(&pools[1].1), "{name} of {graph}");
            for (threads, pool) in &pools {
                let id = BenchmarkId::new(*graph, threads);
                group.bench_function(id, |bencher| {
                    pool.install(|| bencher.iter(|| black_box(place(csr))));
                });
            }
        }
        group.finish();
    }
}

/// Too long to be repeated.
fn large(_: &mut Criterion) {
    for (name, csr) in [("planted", planted(100_000, 60, 10)), ("R-MAT", rmat(17, 520_000))] {
        let start = Instant::now();
        let points = force(&csr);
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{name}, {} nodes, {} edges: {seconds:.1} s, stress {:.3}, neighborhood {:.4}",
            csr.node_count(),
            csr.edge_count(),
            stress(&csr, &points),
            neighborhood_preservation(&csr, &points)
        );
    }
}

criterion_group!(benches, layouts, large);
criterion_main!(benches);
