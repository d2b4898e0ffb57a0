//! Motifs in time and paths that keep to time, on random dated edges, on one thread and on two.
//!
//! Each count is made once to warm up and for the answer, which must be that of one thread; then the best of three is told. `cargo bench
//! --bench temporal` prints a row for each.

use std::hint::black_box;
use std::time::{Duration, Instant};

use kluwen::graph::{TimedEdge, TimedGraph};
use kluwen::measure::{TemporalMotifs, TimePaths};
use rayon::{ThreadPool, ThreadPoolBuilder};

const DELTA: u32 = 90;
/// Ten years.
const DAYS: u64 = 3650;

fn main() {
    println!(
        "{:>9} {:>9} {:>8} {:>8} {:>12} {:>20}",
        "edges", "nodes", "shape", "threads", "seconds", "motifs"
    );
    for (edges, nodes) in [(100_000, 10_000), (1_000_000, 100_000)] {
        census("even", edges, nodes, &random(edges, nodes, |number| number));
        // By the square of an even draw: few nodes have many edges, as professionals do.
        let skewed = |number: u64| ((number % 65_536).pow(2) * nodes as u64) >> 32;
        census("skewed", edges, nodes, &random(edges, nodes, skewed));
    }
    let (edges, nodes) = (1_000_000, 100_000);
    let graph = random(edges, nodes, |number| number);
    let (seconds, reached) = timed(&pool(1), || {
        let found = TimePaths::default().foremost(&graph, 0);
        (0..nodes).filter(|&node| found.reaches(u32::try_from(node).expect("few nodes"))).count()
    });
    println!(
        "{edges:>9} {nodes:>9} foremost paths from one node: {seconds:.3} s, {reached} reached"
    );
}

fn census(shape: &str, edges: usize, nodes: usize, graph: &TimedGraph) {
    let mut alone = None;
    for threads in [1, 2] {
        let (seconds, counts) =
            timed(&pool(threads), || TemporalMotifs { delta: DELTA }.count(graph).counts);
        assert_eq!(*alone.get_or_insert(counts), counts, "the counts are those of one thread");
        let all: u64 = counts.as_flattened().iter().sum();
        println!("{edges:>9} {nodes:>9} {shape:>8} {threads:>8} {seconds:>12.3} {all:>20}");
    }
}

/// The best of three after one, in seconds, and the answer.
fn timed<T: Send>(pool: &ThreadPool, run: impl Fn() -> T + Sync) -> (f64, T) {
    let answer = pool.install(&run);
    let once = || {
        let start = Instant::now();
        black_box(pool.install(&run));
        start.elapsed()
    };
    let best = (0..3).map(|_| once()).min().unwrap_or(Duration::ZERO);
    (best.as_secs_f64(), answer)
}

fn pool(threads: usize) -> ThreadPool {
    let builder = ThreadPoolBuilder::new().num_threads(threads);
    builder.build().expect("threads can be started")
}

/// Edges between nodes that `rank` makes of random numbers, each on a random day of ten years.
fn random(edges: usize, nodes: usize, rank: impl Fn(u64) -> u64) -> TimedGraph {
    let mut state = edges as u64;
    let node = |state: &mut u64| {
        u32::try_from(rank(splitmix(state) >> 16) % nodes as u64).expect("few nodes")
    };
    let edge = |_| {
        let (from, to) = (node(&mut state), node(&mut state));
        let day = i32::try_from(splitmix(&mut state) % DAYS).expect("few days");
        TimedEdge::on(day, from, to)
    };
    TimedGraph::new(nodes, (0..edges).map(edge).collect())
}

/// G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", 2014.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
