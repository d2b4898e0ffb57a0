//! Are planted communities found, and is a collapse seen?
//!
//! `cargo bench --bench communities [GRAPHS]` draws graphs of 1,000 nodes whose communities are known, small (10 to 50) and large (20 to 100), mixed more and
//! more, and prints for each method the shared information and the adjusted Rand index with what was planted, how many groups hang together by nothing,
//! and in how many graphs the method found no division at all and `undivided` said so.

#[path = "../tests/integration/dice.rs"]
mod dice;
#[path = "../tests/integration/planted_communities.rs"]
mod planted_communities;

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Agreement, Communities, Components, Consensus, LabelPropagation, Leiden, Louvain, MapEquation,
    Partition, Quality,
};

use planted_communities::Planted;

const GRAPHS: u64 = 5;
/// Seeds that no test uses.
const FIRST_SEED: u64 = 9001;

fn main() {
    let graphs = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(GRAPHS);
    println!(
        "| sizes | mixing | method | NMI | ARI | groups in pieces | collapsed, and said |\n| --- | --- | --- | ---: | ---: | ---: | ---: |"
    );
    for (name, sizes, mixings) in [
        ("10 to 50", [10, 50], [0.3, 0.5, 0.6, 0.7].as_slice()),
        ("20 to 100", [20, 100], &[0.5, 0.6, 0.65]),
    ] {
        for &mixing in mixings {
            let drawn = |run| Planted { nodes: 1000, sizes, mixing, seed: FIRST_SEED + run };
            let all: Vec<_> = (0..graphs).map(|run| drawn(run).graph()).collect();
            for (method, of) in METHODS {
                row(&format!("{name} | {mixing} | {method}"), &all, of);
            }
        }
    }
}

type Method = fn(&Csr) -> Partition;

const METHODS: [(&str, Method); 6] = [
    ("Louvain, modularity", |csr| found(csr, &Louvain::default())),
    ("Leiden, modularity", |csr| found(csr, &Leiden::default())),
    ("Leiden, CPM at 4 × density", |csr| {
        let n = csr.node_count() as f64;
        let resolution = 4.0 * csr.arc_count() as f64 / (n * (n - 1.0));
        found(csr, &Leiden { quality: Quality::Cpm { resolution }, ..Leiden::default() })
    }),
    ("map equation", |csr| found(csr, &MapEquation::default())),
    ("label propagation", |csr| found(csr, &LabelPropagation::default())),
    ("consensus", |csr| found(csr, &Consensus::default())),
];

fn found(csr: &Csr, method: &dyn Communities) -> Partition {
    method.partition(csr).expect("options in range")
}

fn row(name: &str, graphs: &[(Csr, Partition)], method: Method) {
    let (mut information, mut rand, mut loose, mut collapsed) = (0.0, 0.0, 0, 0);
    for (csr, truth) in graphs {
        let groups = method(csr);
        let agreement = Agreement::of(&groups, truth).expect("as many nodes");
        information += agreement.normalized_information / graphs.len() as f64;
        rand += agreement.adjusted_rand / graphs.len() as f64;
        loose += pieces(csr, &groups) - groups.group_count();
        collapsed += usize::from(groups.undivided(csr).is_some());
    }
    println!("| {name} | {information:.3} | {rand:.3} | {loose} | {collapsed} |");
}

/// How many pieces the groups have in all.
fn pieces(csr: &Csr, groups: &Partition) -> usize {
    let same = |u: u32, v: u32| groups.groups()[u as usize] == groups.groups()[v as usize];
    let pairs = csr.nodes().flat_map(|u| csr.neighbors(u).iter().map(move |&v| (u, v)));
    let pairs: Vec<(u32, u32)> = pairs.filter(|&(u, v)| same(u, v)).collect();
    let inner = Csr::unweighted(csr.node_count(), &pairs, Direction::Undirected);
    found(&inner, &Components).group_count()
}
