//! Draws the graph of a list of edges, for `layout_peers.py`: `placing EDGES [POSITIONS]`.
//!
//! `EDGES` has two numbers a line. Without `POSITIONS`, a file of two numbers a node, nodes are placed and their places written to the standard
//! output; with it, nothing is placed. On the standard error stand the seconds that placing took and how good the drawing is.

use std::error::Error;
use std::io::{BufWriter, Write};
use std::str::FromStr;
use std::time::Instant;

use kluwen::graph::{Csr, Direction};
use kluwen::measure::layout::{ForceLayout, Point, crossings, neighborhood_preservation, stress};

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds a flag of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(file) = arguments.next() else {
        eprintln!("nothing placed: say which file has the edges");
        return Ok(());
    };
    let edges = pairs::<u32>(&file)?;
    let nodes = edges.iter().flatten().max().map_or(0, |&last| last as usize + 1);
    let edges: Vec<(u32, u32)> = edges.into_iter().map(<(u32, u32)>::from).collect();
    let csr = Csr::unweighted(nodes, &edges, Direction::Undirected);

    let start = Instant::now();
    let points: Vec<Point> = match arguments.next() {
        Some(file) => pairs(&file)?,
        None => ForceLayout::default().place(&csr, &vec![[0.5, 0.5]; nodes])?,
    };
    eprintln!("seconds {:.3}", start.elapsed().as_secs_f64());

    eprintln!("stress {:.4}", stress(&csr, &points));
    eprintln!("neighborhood {:.4}", neighborhood_preservation(&csr, &points));
    match crossings(&csr, &points) {
        Ok(count) => eprintln!("crossings {count}"),
        Err(limit) => eprintln!("crossings not counted: {limit}"),
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for [x, y] in points {
        writeln!(out, "{x} {y}")?;
    }
    Ok(out.flush()?)
}

/// The two numbers of each line.
fn pairs<T: FromStr>(file: &str) -> Result<Vec<[T; 2]>, Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    let pair = |line: &str| {
        let mut fields = line.split_whitespace().map(|field| field.parse::<T>().ok());
        Some([fields.next()??, fields.next()??])
    };
    text.lines()
        .map(|line| pair(line).ok_or_else(|| format!("two numbers, not `{line}`").into()))
        .collect()
}
