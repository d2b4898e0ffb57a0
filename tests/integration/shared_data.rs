//! Public networks beside the repository, with the values another tool found for them.
//!
//! The data never enters the repository. Where the folder is absent a test says so and passes.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use kluwen::graph::{Csr, Direction};
use serde_json::Value;

/// The folder of shared data, if this machine has it.
pub(crate) fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    [beside, "/work/shared/data"].iter().map(PathBuf::from).find(|folder| folder.is_dir())
}

/// What the reference files of one folder say, with the graph each speaks of.
pub(crate) struct Network {
    /// The folder and the file, for messages.
    pub(crate) name: String,
    /// The simple undirected graph without weights.
    pub(crate) csr: Csr,
    /// The rows of the file as directed weighted edges.
    pub(crate) edges: Vec<(u32, u32, f64)>,
    /// The values of the other tool.
    pub(crate) reference: Value,
    /// The number of each node by its id.
    pub(crate) nodes: HashMap<String, u32>,
}

/// The networks of a folder under the shared data; none, with a line that says so, where the data
/// is absent.
pub(crate) fn networks(folders: &[&str]) -> Vec<Network> {
    let Some(root) = folder() else {
        eprintln!("left out: no folder ../shared/data, so {folders:?} were not checked");
        return Vec::new();
    };
    let references = folders.iter().flat_map(|folder| references(&root.join(folder)));
    references.map(|path| read(&root, &path)).collect()
}

fn references(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the shared data has this folder")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            name.starts_with("reference") && path.extension().is_some_and(|end| end == "json")
        })
        .collect();
    found.sort();
    found
}

fn read(root: &Path, path: &Path) -> Network {
    let reference: Value = serde_json::from_str(&text(path)).expect("a reference is JSON");
    let folder = path.parent().expect("a file has a folder");
    let mut nodes = HashMap::new();
    for row in rows(&folder.join("nodes.csv")).1 {
        let number = u32::try_from(nodes.len()).expect("few nodes");
        nodes.insert(row[0].clone(), number);
    }
    let edges = edges(folder, &reference, &nodes);
    let pairs: Vec<(u32, u32)> = edges.iter().map(|&(u, v, _)| (u, v)).collect();
    let name = path.strip_prefix(root).expect("a file of the shared data");
    Network {
        name: name.display().to_string(),
        csr: Csr::unweighted(nodes.len(), &pairs, Direction::Undirected),
        edges,
        reference,
        nodes,
    }
}

/// The edges of the file the reference names, of those rows that its filter keeps.
fn edges(folder: &Path, reference: &Value, nodes: &HashMap<String, u32>) -> Vec<(u32, u32, f64)> {
    let (header, rows) = rows(&folder.join(file_of(reference)));
    let find = |name: &str| header.iter().position(|field| field == name);
    let column = |name: &str| find(name).unwrap_or_else(|| panic!("no column {name}"));
    let (source, target) = (column("source"), column("target"));
    let filter = reference["filter"].as_str().map(|filter| {
        let (name, value) = filter.split_once('=').expect("a filter is column=value");
        (column(name.trim()), value.trim_matches([' ', '=']).to_owned())
    });
    let kept =
        |row: &&Vec<String>| filter.as_ref().is_none_or(|(place, value)| row[*place] == *value);
    let weight = |row: &[String]| match find("weight") {
        Some(place) => row[place].parse().expect("a weight is a number"),
        None => 1.0,
    };
    rows.iter()
        .filter(kept)
        .map(|row| (nodes[&row[source]], nodes[&row[target]], weight(row)))
        .collect()
}

fn file_of(reference: &Value) -> &str {
    let file = reference["file"].as_str().expect("a reference names its file");
    file.trim_end_matches(".gz")
}

/// The header and the rows of a CSV file, compressed or not.
fn rows(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let content = if path.exists() {
        text(path)
    } else {
        let compressed = File::open(path.with_extension("csv.gz")).expect("the file or its .gz");
        let mut content = String::new();
        GzDecoder::new(compressed).read_to_string(&mut content).expect("the file is gzip of UTF-8");
        content
    };
    let mut reader = csv::Reader::from_reader(content.as_bytes());
    let fields = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let header = fields(reader.headers().expect("the file has a header"));
    let rows = reader.records().map(|record| fields(&record.expect("a row of CSV"))).collect();
    (header, rows)
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
