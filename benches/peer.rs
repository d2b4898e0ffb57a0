//! A program for `--ext` of a harness that times engines beside one another: it is called with a file that says which graph and
//! which algorithm, times the algorithm alone on a loaded graph, and writes times and result.
//!
//! Called by `cargo bench` without such a file it does nothing.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use kluwen::graph::{Csr, EdgeList, Labelled, Names};
use kluwen::measure::{Centrality, Communities, Components, CoreNumbers, Degree, PageRank, Scores};
use serde_json::{Value, json};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// What is asked.
struct Asked {
    algorithm: String,
    csv: String,
    csv_names: String,
    out: String,
    repeat: usize,
    budget: f64,
    parameters: Value,
}

/// What an algorithm gave.
enum Given {
    /// A number a node.
    Scores(Scores),
    /// A group a node.
    Groups(Vec<u32>),
    /// Some numbers of the whole.
    Whole(Value),
}

fn main() -> Fallible<()> {
    let Some(spec) = std::env::args().nth(1).filter(|path| path.ends_with(".json")) else {
        return Ok(());
    };
    let spec: Value = serde_json::from_slice(&fs::read(spec)?)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let asked = Asked {
        algorithm: text(&spec["algo"]),
        csv: text(&spec["graph"]["csv"]),
        csv_names: text(&spec["graph"]["csv_str"]),
        out: text(&spec["out"]),
        repeat: spec["repeat"].as_u64().and_then(|count| count.try_into().ok()).unwrap_or(1),
        budget: spec["budget_s"].as_f64().unwrap_or(6.0),
        parameters: spec["params"].clone(),
    };
    let answer = match asked.algorithm.as_str() {
        "load" => asked.load()?,
        "e2e" => asked.ranked(&asked.csv)?,
        "e2e_str" => asked.ranked(&asked.csv_names)?,
        _ => asked.measure()?,
    };
    fs::write(&asked.out, answer.to_string())?;
    Ok(())
}

impl Asked {
    fn read(&self, csv: &str) -> Fallible<Labelled> {
        Ok(EdgeList::default().read(Path::new(csv))?)
    }

    fn load(&self) -> Fallible<Value> {
        let mut times = Vec::new();
        let mut result = json!({});
        for _ in 0..self.repeat {
            forget_peak();
            let start = Instant::now();
            let read = self.read(&self.csv)?;
            times.push(start.elapsed().as_secs_f64());
            result =
                json!({"kind": "scalar", "n": read.csr.node_count(), "m": read.csr.edge_count()});
        }
        Ok(json!({"times": times, "rss_peak_mb": megabytes("VmHWM:"), "result": result}))
    }

    /// From the file to the names of the twenty that rank first.
    fn ranked(&self, csv: &str) -> Fallible<Value> {
        let read = self.read(csv)?;
        let scores = self.pagerank().scores(&read.csr.without_weights())?;
        let mut out = String::new();
        for node in scores.ranked().into_iter().take(20) {
            writeln!(out, "{} {}", read.names.of(u32::try_from(node)?), scores[node])?;
        }
        print!("{out}");
        Ok(json!({}))
    }

    fn pagerank(&self) -> PageRank {
        let damping = PageRank::default().damping;
        // The peers stop once a round moves the ranks by so much; the bound on the error is then `d / (1 - d)` times that.
        let moved = self.parameters["tol"].as_f64().unwrap_or(1e-6);
        PageRank { tolerance: moved * damping / (1.0 - damping), ..PageRank::default() }
    }

    fn measure(&self) -> Fallible<Value> {
        let start = Instant::now();
        let Labelled { csr, names, .. } = self.read(&self.csv)?;
        let csr = if self.weighted() { csr } else { csr.without_weights() };
        let build = start.elapsed().as_secs_f64();
        let resident = megabytes("VmRSS:");
        forget_peak();
        let mut times: Vec<f64> = Vec::new();
        let mut given = Given::Whole(json!({"kind": "unsupported"}));
        for _ in 0..self.repeat {
            let start = Instant::now();
            given = self.run(&csr)?;
            times.push(start.elapsed().as_secs_f64());
            if times.iter().sum::<f64>() > self.budget {
                break;
            }
        }
        let peak = megabytes("VmHWM:");
        let result = self.written(given, &names)?;
        Ok(json!({
            "times": times, "build_s": build, "rss_graph_mb": resident, "rss_peak_mb": peak, "result": result,
        }))
    }

    fn weighted(&self) -> bool {
        ["louvain", "leiden", "lpa", "infomap", "ksp", "spw_pairs"]
            .contains(&self.algorithm.as_str())
            || self.algorithm.ends_with("_w")
    }

    fn run(&self, csr: &Csr) -> Fallible<Given> {
        let scores = |measure: &dyn Centrality| Ok(Given::Scores(measure.scores(csr)?));
        let groups =
            |method: &dyn Communities| Ok(Given::Groups(method.partition(csr)?.groups().to_vec()));
        match self.algorithm.as_str() {
            "degree" => scores(&Degree::default()),
            "pagerank" => scores(&self.pagerank()),
            "core" => scores(&CoreNumbers),
            "wcc" => groups(&Components),
            _ => Ok(Given::Whole(json!({"kind": "unsupported"}))),
        }
    }

    /// The result in the order of the numbers in the file.
    fn written(&self, given: Given, names: &Names) -> Fallible<Value> {
        let (kind, values): (_, Vec<[u8; 8]>) = match given {
            Given::Whole(value) => return Ok(value),
            Given::Scores(scores) => ("f64", in_order(names, |node| scores[node].to_le_bytes())),
            Given::Groups(groups) => {
                ("i64", in_order(names, |node| i64::from(groups[node]).to_le_bytes()))
            }
        };
        let file = format!("{}.{kind}", self.out);
        fs::write(&file, values.concat())?;
        Ok(json!({"kind": kind, "file": file}))
    }
}

fn in_order(names: &Names, value: impl Fn(usize) -> [u8; 8]) -> Vec<[u8; 8]> {
    let Names::Numbers(numbers) = names else { return Vec::new() };
    let mut values = vec![[0; 8]; numbers.len()];
    for (node, &number) in numbers.iter().enumerate() {
        values[number as usize] = value(node);
    }
    values
}

/// A line of `/proc/self/status`, in MB; 0 where there is no such file.
fn megabytes(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = status.lines().find_map(|text| text.strip_prefix(line));
    let kilobytes = value.and_then(|text| text.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

/// Makes the peak of memory what it is now.
fn forget_peak() {
    // Where the system does not know it, the peak is that of the whole run.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
