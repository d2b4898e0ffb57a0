//! Does a file of edges become the graph that it says, however it is written and however many threads read it?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use kluwen::error::Error;
use kluwen::graph::{Csr, Direction, EdgeList, Labelled};
use proptest::prelude::*;

use crate::common::{Folder, Ran, on_case};

fn read(text: impl AsRef<[u8]>, direction: Direction) -> Result<Labelled, Error> {
    let folder = Folder::of(&[("edges.csv", text)]);
    EdgeList { direction, ..EdgeList::default() }.read(&folder.join("edges.csv"))
}

fn both_ways(text: &str) -> Labelled {
    read(text, Direction::Undirected).expect("a list of edges")
}

/// The ties of a graph by name, each with its weight as bits.
fn ties(read: &Labelled) -> BTreeMap<(String, String), u64> {
    let name = |u| read.names.of(u).into_owned();
    let of =
        |u| read.csr.edges_of(u).map(move |(v, weight)| ((name(u), name(v)), weight.to_bits()));
    read.csr.nodes().flat_map(of).collect()
}

/// The same ties, added up one by one.
fn added_up(
    edges: &[(String, String, f64)],
    direction: Direction,
) -> BTreeMap<(String, String), u64> {
    let mut all: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for (u, v, weight) in edges.iter().filter(|(u, v, _)| u != v) {
        all.entry((u.clone(), v.clone())).or_default().push(*weight);
        if direction == Direction::Undirected {
            all.entry((v.clone(), u.clone())).or_default().push(*weight);
        }
    }
    let sum = |mut weights: Vec<f64>| {
        weights.sort_by(f64::total_cmp);
        weights.iter().sum::<f64>().to_bits()
    };
    all.into_iter().map(|(tie, weights)| (tie, sum(weights))).collect()
}

fn message(text: impl AsRef<[u8]>) -> String {
    read(text, Direction::Undirected).expect_err("no list of edges").to_string()
}

/// Names as files have them: numbers, numbers that are none, names with a comma, a quote or an end of line within.
fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..30_u32).prop_map(|n| n.to_string()),
        1 => (0..30_u32).prop_map(|n| format!("0{n}")),
        1 => Just("+31 6 1234, 5678".to_owned()),
        1 => Just("Zoë \"de Lange\"\nof Breda".to_owned()),
        1 => "[a-z]{1,3}",
    ]
}

fn edges() -> impl Strategy<Value = Vec<(String, String, f64)>> {
    let weight = prop_oneof![Just(1.0), (-9..9_i32).prop_map(f64::from), Just(0.1), Just(1e300)];
    prop::collection::vec((a_name(), a_name(), weight), 1..40)
}

proptest! {
    #[test]
    fn a_file_says_what_was_written_to_it(edges in edges(), directed: bool, comma in prop::sample::select(vec![b',', b';', b'\t'])) {
        let direction = if directed { Direction::Directed } else { Direction::Undirected };
        let mut out = csv::WriterBuilder::new().delimiter(comma).from_writer(Vec::new());
        out.write_record(["source", "target", "weight"]).unwrap();
        for (u, v, weight) in &edges {
            out.write_record([u, v, &weight.to_string()]).unwrap();
        }
        let read = read(out.into_inner().unwrap(), direction).unwrap();
        prop_assert_eq!(ties(&read), added_up(&edges, direction));
        let named: BTreeSet<&String> = edges.iter().flat_map(|(u, v, _)| [u, v]).collect();
        prop_assert_eq!(read.names.len(), named.len());
        let loops = edges.iter().filter(|(u, v, _)| u == v).count();
        prop_assert_eq!((read.lines, read.csr.loops()), (edges.len(), loops));
    }
}

/// A file of several pieces, between `named` nodes.
fn long_file(named: impl Fn(u32) -> String) -> (String, Vec<(String, String, f64)>) {
    let (mut text, mut edges, mut state) = (String::from("src,dst,weight\n"), Vec::new(), 1_u32);
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    while text.len() < 3 << 20 {
        let (u, v, weight) = (named(next() % 40_000), named(next() % 40_000), next() % 5 + 1);
        writeln!(text, "{u},{v},{weight}").unwrap();
        edges.push((u, v, f64::from(weight)));
    }
    (text, edges)
}

#[test]
fn pieces_fit_together_on_any_number_of_threads() {
    for named in [|n: u32| n.to_string(), |n: u32| format!("person {n}")] {
        let (text, edges) = long_file(named);
        let folder = Folder::of(&[("edges.csv", text)]);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| EdgeList::default().read(&folder.join("edges.csv")).unwrap())
        };
        let alone = on(1);
        assert_eq!(ties(&alone), added_up(&edges, Direction::Undirected));
        for threads in [2, 3, 8] {
            let read = on(threads);
            assert_eq!((read.csr, read.names), (alone.csr.clone(), alone.names.clone()));
        }
        let degrees: Vec<usize> = alone.csr.nodes().map(|u| alone.csr.neighbors(u).len()).collect();
        let rising = degrees.windows(2).filter(|pair| pair[0] < pair[1]).count();
        assert!(
            rising < degrees.len() / 10,
            "nodes stand by falling degree, but for parallel ties"
        );
    }
}

#[test]
fn a_graph_of_many_edges_is_that_of_few_at_a_time() {
    let (_, edges) = long_file(|n| n.to_string());
    let edges: Vec<(u32, u32, f64)> =
        edges.iter().map(|(u, v, w)| (u.parse().unwrap(), v.parse().unwrap(), *w)).collect();
    for direction in [Direction::Undirected, Direction::Directed] {
        let csr = Csr::new(40_000, &edges, direction);
        let mut rows = vec![BTreeMap::new(); 40_000];
        let mut incoming = rows.clone();
        for &(u, v, weight) in edges.iter().filter(|(u, v, _)| u != v) {
            *rows[u as usize].entry(v).or_insert(0.0) += weight;
            *incoming[v as usize].entry(u).or_insert(0.0) += weight;
            if direction == Direction::Undirected {
                *rows[v as usize].entry(u).or_insert(0.0) += weight;
            }
        }
        for u in csr.nodes() {
            let expected: Vec<(u32, f64)> = rows[u as usize].clone().into_iter().collect();
            assert_eq!(csr.edges_of(u).collect::<Vec<_>>(), expected);
            if csr.is_directed() {
                let expected: Vec<(u32, f64)> = incoming[u as usize].clone().into_iter().collect();
                assert_eq!(csr.in_edges_of(u).collect::<Vec<_>>(), expected);
            }
        }
        let pairs: Vec<(u32, u32)> = edges.iter().map(|&(u, v, _)| (u, v)).collect();
        assert_eq!(Csr::unweighted(40_000, &pairs, direction), csr.without_weights());
    }
}

#[test]
fn weights_are_held_to_the_bit() {
    for weight in [0.1, 1e300, f64::from(f32::MIN_POSITIVE) / 4.0, 16_777_217.0, -0.0] {
        let read = both_ways(&format!("source,target,weight\na,b,{weight:e}\nb,c,1\n"));
        let bits: Vec<u64> = ties(&read).into_values().collect();
        assert!(bits.contains(&weight.to_bits()), "{weight:e}");
    }
    // Sixteen million and one is the first count that four bytes do not hold.
    let many = both_ways("source,target,weight\n1,2,16777216\n1,2,1\n");
    assert_eq!(many.csr.edges_of(0).next(), Some((1, 16_777_217.0)));
}

#[test]
fn first_lines_are_understood() {
    let expected = both_ways("source,target\na,b\nb,c\n");
    for text in [
        "\u{feff}Source,Target\r\na,b\r\nb,c\r\n",
        "# from somewhere\n% and more\nsrc;dst\na;b\nb;c",
        "van\tnaar\na\tb\nb\tc\n\n\n",
        "from to\na b\nb c\n",
        "\"source\",\"target\"\n\"a\",b\nb,\"c\"\n",
        "target,source\nb,a\nc,b\n",
    ] {
        let read = both_ways(text);
        assert_eq!(ties(&read), ties(&expected), "{text}");
        assert!(!read.csr.is_weighted());
    }
    let bare = both_ways("1 2\n2 3\n");
    assert_eq!((bare.lines, bare.csr.edge_count()), (2, 2), "the first line is an edge, too");
    let more = both_ways("source,target,weight,remark\na,b,2,x\n");
    assert_eq!(more.unread, ["remark"]);
}

#[test]
fn nodes_are_those_that_an_edge_names() {
    let read = both_ways("source,target\n7,9\n7,1000\n5,5\n");
    assert_eq!(read.names.len(), 4, "numbers between are nobody, a loop is somebody");
    assert_eq!(read.names.of(0), "7", "the one with the most ties comes first");
    let zeros = both_ways("source,target\n007,7\n");
    assert_eq!(zeros.csr.edge_count(), 1, "a leading zero makes another name");
    let phones = both_ways("source,target\n31612345678,31698765432\n");
    assert_eq!(phones.csr.edge_count(), 1, "a number of eleven digits is a name");
    assert_eq!(both_ways("source,target\n").csr.node_count(), 0);
}

#[test]
fn a_line_that_is_no_edge_is_told_with_its_place() {
    let cases: [(&[u8], &str); 8] = [
        (
            b"source,target\n1,2\n3\n",
            ":3: 1 columns; expected as many columns as the first line has",
        ),
        (b"source,target\n1,2\n3,4,5\n", ":3: 3 columns"),
        (b"source,target\n1,2\n\n,4\n", ":4: column `source`: nothing; expected the name"),
        (
            b"source,target,weight\na,b,much\n",
            ":2: column `weight`: `much`; expected a finite number",
        ),
        (b"source,target,weight\n1,2,inf\n", ":2: column `weight`: `inf`"),
        (b"source,target\na,\xff\n", ":2: column `target`: bytes that are no UTF-8"),
        (b"one,two\na,b\n", ":1: `one,two`; expected a first line that names the columns"),
        (b"", ":1: ``; expected a first line"),
    ];
    for (text, expected) in cases {
        let got = message(text);
        assert!(got.contains(expected), "{got}");
    }
    let long = format!("source,target\na,{}\n", "x".repeat(4 << 20));
    let got = message(&long);
    assert!(got.contains(":2: column `target`: a field of more than 1048576 bytes"), "{got}");
    let missing = EdgeList::default().read(Path::new("/nowhere/edges.csv"));
    assert!(missing.unwrap_err().to_string().contains("could not read"));
}

#[test]
fn a_star_of_a_million_leaves_is_read() {
    let mut text = String::from("source,target\n");
    for leaf in 1..=1_000_000 {
        writeln!(text, "0,{leaf}").unwrap();
    }
    let read = both_ways(&text);
    assert_eq!(read.csr.neighbors(0).len(), 1_000_000);
}

/// Four people in a row, the last tie the strongest.
const ROW: &str = "source,target,weight\nAnna,Bob,2\nBob,Cees,1\nCees,Dirk,5\n";

fn on_list(command: &str, words: &[&str]) -> Ran {
    let folder = Folder::of(&[("row.csv", ROW)]);
    on_case(command, &folder.join("row.csv"), words)
}

#[test]
fn a_list_of_edges_can_be_ranked_and_grouped() {
    let ranked = on_list("rank", &["--by", "betweenness", "--format", "csv"]).fine();
    assert_eq!(
        ranked.stdout,
        "rank,code,id,sort,betweenness\n1,Bob,Bob,node,2\n2,Cees,Cees,node,2\n3,Anna,Anna,node,0\n4,Dirk,Dirk,node,0\n"
    );
    assert!(ranked.stderr.contains("3 edges of the file are 3 ties of 4 nodes"), "{ranked:#?}");
    assert!(ranked.stderr.contains("`--weight count` takes the column"), "{ranked:#?}");
    let strong = on_list(
        "rank",
        &["--by", "strength", "--weight", "count", "--top", "1", "--format", "csv"],
    );
    assert!(strong.fine().stdout.ends_with("1,Cees,Cees,node,6\n"));
    let directed = on_list("rank", &["--by", "hits-authority", "--directed", "--format", "csv"]);
    directed.fine();
    let robust = on_list("rank", &["--robust=ties", "--format", "csv"]).fine();
    assert!(robust.stdout.starts_with("rank,low,high,code"), "{robust:#?}");
    let groups = on_list("group", &["--format", "json"]).fine().json();
    assert_eq!(groups["groups"][0]["members"], serde_json::json!(["Bob", "Anna"]));
    let pieces = on_list("group", &["--by", "components", "--format", "csv"]).fine();
    assert_eq!(
        pieces.stdout.lines().filter(|line| line.contains(",1,4,")).count(),
        4,
        "{pieces:#?}"
    );
}

#[test]
fn what_a_list_of_edges_cannot_answer_is_refused() {
    for (command, words, expected) in [
        ("rank", &["--network", "cases"][..], "`--network` is about cases"),
        ("rank", &["--during", "2021"], "`--during` is about cases"),
        ("rank", &["--identity", "given"], "`--identity` is about cases"),
        ("rank", &["--by", "birank"], "needs more of a case"),
        ("rank", &["--by", "brokerage"], "needs more of a case"),
        ("rank", &["--weight", "certainty"], "no certainties"),
        ("rank", &["--robust"], "for links between people"),
        ("group", &["--quality", "barber"], "two sides of a case"),
        ("group", &["--over-time", "30"], "`--over-time` is about cases"),
        ("path", &["Anna", "Dirk"], "a case is a folder"),
    ] {
        let ran = on_list(command, words);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains(expected), "{words:?}: {ran:#?}");
    }
}

#[test]
fn flags_that_a_measure_would_ignore_are_refused() {
    for (words, expected) in [
        (&["--by", "degree", "--length", "reciprocal"][..], "`--length` would be ignored"),
        (&["--by", "cut", "--robust=ties"], "`--robust` would be ignored"),
        (&["--by", "core", "--radius", "2"], "`--radius` would be ignored"),
    ] {
        let ran = on_list("rank", words);
        assert!(ran.code == Some(2) && ran.stderr.contains(expected), "{words:?}: {ran:#?}");
    }
}
