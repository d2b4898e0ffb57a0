//! How many pairs of edges cross.
use super::Point;
use crate::error::{Error, Result};
use crate::graph::Csr;
use rayon::prelude::*;

const MOST: usize = 50_000;

pub fn crossings(csr: &Csr, points: &[Point]) -> Result<u64> {
    if csr.edge_count() > MOST {
        return Err(Error::limit(format!("{} edges", csr.edge_count()), "crossings"));
    }
    let mut edges: Vec<(u32, u32)> = csr
        .nodes()
        .flat_map(|u| csr.neighbors(u).iter().filter(move |&&v| u < v).map(move |&v| (u, v)))
        .collect();
    let x = |u: u32| points[u as usize][0];
    edges.sort_by(|a, b| x(a.0).min(x(a.1)).total_cmp(&x(b.0).min(x(b.1))));
    Ok((0..edges.len())
        .into_par_iter()
        .map(|i| {
            let (a, b) = edges[i];
            let end = x(a).max(x(b));
            let mut n = 0;
            for &(c, d) in &edges[i + 1..] {
                if x(c).min(x(d)) > end {
                    break;
                }
                if a == c || a == d || b == c || b == d {
                    continue;
                }
                let o = |a: u32, b: u32, c: u32| {
                    let [a, b, c] = [a, b, c].map(|u| points[u as usize]);
                    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
                };
                if o(a, b, c) * o(a, b, d) < 0.0 && o(c, d, a) * o(c, d, b) < 0.0 {
                    n += 1;
                }
            }
            n
        })
        .sum())
}
