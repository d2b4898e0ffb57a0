//! What is tried with random bytes: each target takes any bytes, and fails if what must always hold does not.
//!
//! They stand in an ordinary module, so that `cargo test` replays the corpora without cargo-fuzz
//! (`tests/integration/corpora.rs`) and `fuzz/run` makes new ones.

pub(crate) mod cases;
mod chains;
mod fields;
mod graphs;
mod maps;
mod scratch;
mod settings;
mod workbooks;

/// A target: what it is called, and what it does with some bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All targets; each has a file in `fuzz/targets` and a folder in `fuzz/corpus`.
pub const TARGETS: &[Target] = &[
    ("dates", fields::dates),
    ("names", fields::names),
    ("identifiers", fields::identifiers),
    ("mapping", settings::mapping),
    ("grades", settings::grades),
    ("decisions", settings::decisions),
    ("tables", cases::tables),
    ("json_lines", cases::json_lines),
    ("follow_the_money", cases::follow_the_money),
    ("workbook", workbooks::workbook),
    ("parquet", cases::parquet),
    ("snapshot", cases::snapshot),
    ("graphml", graphs::graphml),
    ("gexf", graphs::gexf),
    ("gml", graphs::gml),
    ("dot", graphs::dot),
    ("pajek", graphs::pajek),
    ("ucinet", graphs::ucinet),
    ("neo4j", graphs::neo4j),
    ("json_graph", graphs::json),
    ("numbered", graphs::numbered),
    ("edge_list", graphs::edge_list),
    ("graph_case", cases::graph_case),
    ("map_chain", maps::map_chain),
    ("dot_chain", maps::dot_chain),
    ("case_chain", chains::case_chain),
    ("snapshot_chain", chains::snapshot_chain),
    ("entities_chain", chains::entities_chain),
    ("findings_chain", chains::findings_chain),
];

/// Runs the target of a name.
///
/// # Panics
///
/// If there is none, or if what must always hold does not.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|(own, _)| *own == name);
    target.unwrap_or_else(|| panic!("no target {name}")).1(data);
}

/// Prepares a process that runs one target very often: everything in one thread, and no message where a
/// damaged workbook makes its library panic, which is contained and told.
pub fn prepare() {
    // A second call finds the threads made.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(kluwen::case::WORKBOOK_THREAD) {
            told(info);
        }
    }));
}
