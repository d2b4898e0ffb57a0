//! A program for `--ext` of a harness that times engines beside one another: it is called with a file that says which graph and
//! which algorithm, times the algorithm alone on a loaded graph, and writes times and result.
//!
//! Called by `cargo bench` without such a file it does nothing.

mod changing;
mod queries;
mod whole;

use std::fs;
use std::path::Path;
use std::time::Instant;

use kluwen::graph::{Csr, EdgeList, Labelled, Names};
use kluwen::measure::{
    ApproximateBetweenness, Betweenness, Centrality, Closeness, Clustering, Communities,
    Components, Constraint, CoreNumbers, Degree, Eigenvector, Harmonic, LabelPropagation, Leiden,
    Length, Louvain, MapEquation, PageRank, SampledBetweenness, Scores,
};
use serde_json::{Value, json};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// What is asked.
struct Asked {
    algorithm: String,
    csv: String,
    csv_names: String,
    /// Where the raw files of the graph are.
    folder: String,
    /// How many nodes of the first side there are, and how many in all.
    sides: [usize; 2],
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
    let asked = std::env::args().nth(1).filter(|path| !path.starts_with('-'));
    let Some(spec) = asked else {
        return Ok(());
    };
    let spec: Value = serde_json::from_slice(&fs::read(spec)?)?;
    let count = |value: &Value| value.as_u64().and_then(|count| count.try_into().ok()).unwrap_or(0);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let asked = Asked {
        algorithm: text(&spec["algo"]),
        csv: text(&spec["graph"]["csv"]),
        csv_names: text(&spec["graph"]["csv_str"]),
        folder: text(&spec["graph"]["dir"]),
        sides: [count(&spec["graph"]["n_left"]), count(&spec["graph"]["n"])],
        out: text(&spec["out"]),
        repeat: count(&spec["repeat"]).max(1),
        budget: spec["budget_s"].as_f64().unwrap_or(6.0),
        parameters: spec["params"].clone(),
    };
    let answer = match asked.algorithm.as_str() {
        "load" => asked.load()?,
        "e2e" => whole::ranked(&asked, &asked.csv)?,
        "e2e_str" => whole::ranked(&asked, &asked.csv_names)?,
        "e2e_case" => whole::case(&asked)?,
        _ => asked.measure()?,
    };
    fs::write(&asked.out, answer.to_string())?;
    Ok(())
}

impl Asked {
    fn load(&self) -> Fallible<Value> {
        let mut times = Vec::new();
        let mut result = json!({});
        for _ in 0..self.repeat {
            forget_peak();
            let start = Instant::now();
            let read = read(&self.csv)?;
            times.push(start.elapsed().as_secs_f64());
            result =
                json!({"kind": "scalar", "n": read.csr.node_count(), "m": read.csr.edge_count()});
        }
        Ok(json!({"times": times, "rss_peak_mb": megabytes("VmHWM:"), "result": result}))
    }

    fn pagerank(&self) -> PageRank {
        let damping = PageRank::default().damping;
        // The peers stop once a round moves the ranks by so much; the bound on the error is then `d / (1 - d)` times that.
        let moved = self.parameters["tol"].as_f64().unwrap_or(1e-6);
        PageRank { tolerance: moved * damping / (1.0 - damping), ..PageRank::default() }
    }

    fn measure(&self) -> Fallible<Value> {
        let start = Instant::now();
        let Labelled { csr, names, .. } = read(&self.csv)?;
        let csr = if self.weighted() { csr } else { csr.without_weights() };
        let build = start.elapsed().as_secs_f64();
        let resident = megabytes("VmRSS:");
        forget_peak();
        let mut times: Vec<f64> = Vec::new();
        let places = places(&names);
        let mut given = Given::Whole(json!({"kind": "unsupported"}));
        for _ in 0..self.repeat {
            let start = Instant::now();
            given = self.run(&csr, &places)?;
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

    fn run(&self, csr: &Csr, places: &[u32]) -> Fallible<Given> {
        let scores = |measure: &dyn Centrality| Ok(Given::Scores(measure.scores(csr)?));
        let groups =
            |method: &dyn Communities| Ok(Given::Groups(method.partition(csr)?.groups().to_vec()));
        let by_weight = Length::Weight;
        match self.algorithm.as_str() {
            "degree" => scores(&Degree::default()),
            "pagerank" => scores(&self.pagerank()),
            "eigenvector" => scores(&Eigenvector { tolerance: 1e-8, ..Eigenvector::default() }),
            "core" => scores(&CoreNumbers),
            "lcc" => scores(&Clustering),
            "constraint" => scores(&Constraint),
            "closeness" => scores(&Closeness::default()),
            "closeness_w" => scores(&Closeness { length: by_weight, ..Closeness::default() }),
            "harmonic" => scores(&Harmonic::default()),
            "bc_exact" => scores(&Betweenness::default()),
            "bc_exact_w" => scores(&Betweenness { length: by_weight, ..Betweenness::default() }),
            "bc_sampled" => {
                let sources = self.count("k");
                scores(&SampledBetweenness { sources, ..SampledBetweenness::default() })
            }
            "bc_kadabra" => {
                let error = self.parameters["eps"].as_f64().unwrap_or(0.005);
                scores(&ApproximateBetweenness { error, ..ApproximateBetweenness::default() })
            }
            "wcc" => groups(&Components),
            "louvain" => groups(&Louvain { starts: Some(1), ..Louvain::default() }),
            "leiden" => groups(&Leiden { starts: Some(1), ..Leiden::default() }),
            "lpa" => groups(&LabelPropagation::default()),
            "infomap" => groups(&MapEquation::default()),
            _ => Ok(Given::Whole(match changing::run(self, csr, places)? {
                Some(found) => found,
                None => queries::run(self, csr, places)?,
            })),
        }
    }

    fn count(&self, parameter: &str) -> usize {
        let value = self.parameters[parameter].as_u64();
        value.and_then(|count| count.try_into().ok()).unwrap_or(1)
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

fn read(csv: &str) -> Fallible<Labelled> {
    Ok(EdgeList::default().read(Path::new(csv))?)
}

/// By number in the file: the node.
fn places(names: &Names) -> Vec<u32> {
    let Names::Numbers(numbers) = names else { return Vec::new() };
    let mut places = vec![u32::MAX; numbers.len()];
    for (node, &number) in (0..).zip(numbers) {
        places[number as usize] = node;
    }
    places
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
