//! The same bits on any number of threads, and from the same seed.

use kluwen::graph::{Csr, Direction};
use kluwen::measure::triangles;

use crate::measures::{centralities, communities};

/// A graph of 700 nodes, some without an edge, from a linear congruence: enough for many blocks.
fn scattered(direction: Direction) -> Csr {
    let mut state = 12_345_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    let edges: Vec<_> = (0..2500)
        .map(|_| {
            let (u, v) = (next() % 700, next() % 700 * (next() % 3) / 3);
            (u, v, f64::from(next() % 9 + 1) * 0.1)
        })
        .collect();
    Csr::new(700, &edges, direction)
}

pub(crate) fn on_threads<T: Send>(count: usize, run: impl Fn() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap();
    pool.install(run)
}

#[test]
fn scores_do_not_depend_on_threads() {
    for csr in [scattered(Direction::Undirected), scattered(Direction::Directed)] {
        for measure in centralities() {
            let bits = || -> Vec<u64> {
                let scores = measure.scores(&csr).unwrap();
                scores.iter().map(|score| score.to_bits()).collect()
            };
            let alone = on_threads(1, bits);
            for count in [2, 8] {
                assert_eq!(on_threads(count, bits), alone, "{} on {count}", measure.name());
            }
        }
    }
}

#[test]
fn groups_do_not_depend_on_threads() {
    for csr in [scattered(Direction::Undirected), scattered(Direction::Directed)] {
        for method in communities() {
            let groups = || method.partition(&csr).unwrap();
            let alone = on_threads(1, groups);
            for count in [2, 8] {
                assert_eq!(on_threads(count, groups), alone, "{} on {count}", method.name());
            }
        }
    }
}

#[test]
fn triangles_do_not_depend_on_threads() {
    let csr = scattered(Direction::Undirected);
    let alone = on_threads(1, || triangles(&csr));
    assert_eq!(on_threads(8, || triangles(&csr)), alone);
}
