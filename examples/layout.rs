use kluwen::graph::{Csr, Direction};
use kluwen::measure::layout::*;
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&args[1]).unwrap();
    let mut n = 0;
    let pairs: Vec<(u32, u32)> = text
        .lines()
        .filter_map(|l| {
            let mut p = l.split_whitespace().map(|t| t.parse::<u32>());
            Some((p.next()?.ok()?, p.next()?.ok()?))
        })
        .inspect(|p| n = n.max(p.0.max(p.1) + 1))
        .collect();
    let csr = Csr::unweighted(n as usize, &pairs, Direction::Undirected);
    let start = Instant::now();
    let points = if let Some(f) = args.get(2) {
        std::fs::read_to_string(f)
            .unwrap()
            .lines()
            .map(|l| {
                let v: Vec<f64> = l.split_whitespace().map(|t| t.parse().unwrap()).collect();
                [v[0], v[1]]
            })
            .collect()
    } else {
        ForceLayout { seed: 1, ..Default::default() }
            .place(&csr, &vec![[3.0; 2]; csr.node_count()])
            .unwrap()
    };
    let t = start.elapsed().as_secs_f64();
    let s = Stress::default().of(&csr, &points);
    let np = neighborhood_preservation(&csr, &points);
    let c = if csr.edge_count() < 20000 { crossings(&csr, &points).unwrap() as i64 } else { -1 };
    println!(
        "{:<28} n {} m {} time {:.3} stress {:.4} np {:.4} crossings {}",
        args[1].rsplit('/').next().unwrap(),
        csr.node_count(),
        csr.edge_count(),
        t,
        s,
        np,
        c
    );
}
