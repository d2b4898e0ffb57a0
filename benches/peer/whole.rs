//! From a file to a printed list, as an analyst waits for it.

use std::path::Path;

use kluwen::graph::{Direction, EdgeList};
use kluwen::measure::{Centrality as _, Communities as _, Leiden, OneMode, PageRank};
use serde_json::{Value, json};

use super::{Asked, Fallible};

/// How many names are printed.
const FIRST: usize = 20;

/// Reads the file, and names those that rank first.
pub(super) fn ranked(asked: &Asked, csv: &str) -> Fallible<Value> {
    let read = super::read(csv)?;
    let scores = asked.pagerank().scores(&read.csr.without_weights())?;
    for node in scores.ranked().into_iter().take(FIRST) {
        println!("{} {}", read.names.of(u32::try_from(node)?), scores[node]);
    }
    Ok(json!({}))
}

/// People by the identifiers they share: who belongs together, and who ranks first.
pub(super) fn case(asked: &Asked) -> Fallible<Value> {
    let list = EdgeList { direction: Direction::Directed, ..EdgeList::default() };
    let read = list.read(Path::new(&asked.csv_names))?;
    let csr = read.csr.without_weights();
    let people: Vec<bool> = csr.nodes().map(|u| !csr.neighbors(u).is_empty()).collect();
    let shared = OneMode::default().of(&csr, &people)?;
    let groups = Leiden { starts: Some(1), ..Leiden::default() }.partition(&shared)?;
    let scores = PageRank { ..asked.pagerank() }.scores(&shared)?;
    let nodes: Vec<u32> = csr.nodes().filter(|&u| people[u as usize]).collect();
    println!("{} communities", groups.group_count());
    for place in scores.ranked().into_iter().take(FIRST) {
        println!("{} {} {}", read.names.of(nodes[place]), groups.groups()[place], scores[place]);
    }
    Ok(json!({}))
}
