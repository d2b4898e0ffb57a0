//! The two sides of a two-mode graph, and which nodes of one share how much of the other.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::blocks::blocks;
use super::projection::SharedPair;
use crate::error::{Error, Result};
use crate::graph::Csr;

/// What chances are worked out for: two classes of degrees, and what is shared.
pub(super) type Question = (u32, u32, u32);

/// The degrees on either side, and how many nodes have them.
#[derive(Clone, Copy)]
pub(super) struct Classes<'a> {
    pub(super) left: &'a [(u32, u32)],
    pub(super) right: &'a [(u32, u32)],
}

/// Fails unless `left` says of each node which side it is on, and edges join two sides.
pub(super) fn check_sides(csr: &Csr, left: &[bool], measure: &str) -> Result<()> {
    let n = csr.node_count();
    if left.len() != n {
        return Err(Error::usage(format!("{measure} needs a side for each of {n} nodes")));
    }
    let within = |u: &u32| csr.neighbors(*u).iter().any(|&v| left[*u as usize] == left[v as usize]);
    match csr.nodes().find(within) {
        Some(u) => Err(Error::usage(format!(
            "{measure} needs edges between two sides: node {u} has a neighbour on its own"
        ))),
        None => Ok(()),
    }
}

/// How many nodes there are on the side of each node, and on the other.
pub(super) fn side_sizes(left: &[bool]) -> impl Fn(usize) -> (f64, f64) {
    let lefts = left.iter().filter(|&&is_left| is_left).count() as f64;
    let rights = left.len() as f64 - lefts;
    let left = left.to_vec();
    move |node| if left[node] { (lefts, rights) } else { (rights, lefts) }
}

/// The two sides without hubs.
#[derive(Debug)]
pub(super) struct Sides {
    /// The left nodes with a tie, in order, and the class of each.
    pub(super) left: Vec<(u32, u32)>,
    /// By left node in that order: its right nodes.
    rows: Vec<Vec<u32>>,
    /// By right node: the places of its left nodes, in order.
    columns: Vec<Vec<u32>>,
    /// Degrees, and how many nodes have them.
    pub(super) left_classes: Vec<(u32, u32)>,
    pub(super) right_classes: Vec<(u32, u32)>,
    pub(super) hubs: usize,
}

impl Sides {
    pub(super) fn of(csr: &Csr, left: &[bool], hub: usize) -> Self {
        let is_hub = |v: u32| !left[v as usize] && csr.neighbors(v).len() > hub;
        let row = |u: u32| -> Vec<u32> {
            csr.neighbors(u).iter().copied().filter(|&v| !is_hub(v)).collect()
        };
        let lefts = csr.nodes().filter(|&u| left[u as usize]).map(|u| (u, row(u)));
        let (nodes, rows): (Vec<u32>, Vec<Vec<u32>>) =
            lefts.filter(|(_, row)| !row.is_empty()).unzip();
        let mut columns = vec![Vec::new(); csr.node_count()];
        for (place, row) in (0..).zip(&rows) {
            for &v in row {
                columns[v as usize].push(place);
            }
        }
        let left_classes = classes(rows.iter().map(Vec::len));
        let class = |row: &Vec<u32>| {
            let at = left_classes.partition_point(|class| (class.0 as usize) < row.len());
            u32::try_from(at).expect("there are no more classes than nodes")
        };
        Self {
            left: nodes.into_iter().zip(rows.iter().map(class)).collect(),
            right_classes: classes(columns.iter().map(Vec::len).filter(|&degree| degree > 0)),
            left_classes,
            rows,
            columns,
            hubs: csr.nodes().filter(|&v| is_hub(v)).count(),
        }
    }

    /// All pairs that share something, in node order, without their chances.
    pub(super) fn pairs(&self) -> Vec<SharedPair> {
        let of_block = |block: std::ops::Range<usize>| {
            let (mut shared, mut touched) = (vec![0_u32; self.left.len()], Vec::new());
            let mut found = Vec::new();
            for u in block {
                for &v in &self.rows[u] {
                    let column = &self.columns[v as usize];
                    for &w in &column[column.partition_point(|&w| w as usize <= u)..] {
                        if shared[w as usize] == 0 {
                            touched.push(w);
                        }
                        shared[w as usize] += 1;
                    }
                }
                touched.sort_unstable();
                for w in touched.drain(..) {
                    let count = std::mem::take(&mut shared[w as usize]);
                    let nodes = [self.left[u].0, self.left[w as usize].0];
                    found.push(SharedPair { nodes, shared: count, p: 1.0, q: 1.0 });
                }
            }
            found
        };
        blocks(self.left.len()).map(of_block).collect::<Vec<_>>().concat()
    }

    pub(super) fn question(&self, pair: &SharedPair) -> Question {
        let [a, b] = pair.nodes.map(|node| {
            let at = self.left.binary_search_by_key(&node, |one| one.0);
            at.map_or(0, |at| self.left[at].1)
        });
        (a.min(b), a.max(b), pair.shared)
    }
}

fn classes(degrees: impl Iterator<Item = usize>) -> Vec<(u32, u32)> {
    let mut counts = BTreeMap::new();
    for degree in degrees {
        *counts.entry(u32::try_from(degree).unwrap_or(u32::MAX)).or_default() += 1;
    }
    counts.into_iter().collect()
}
