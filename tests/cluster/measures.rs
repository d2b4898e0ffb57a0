//! Do supersteps give what the kernels give?

use kluwen::cluster::fetch::Fetching;
use kluwen::cluster::network::{Between, Flattened, Flattening};
use kluwen::cluster::{
    Column, Columns, Run, SharedThere, SparkEngine, SqlEngine, Values, divided, programs, projected,
};
use kluwen::graph::{Csr, Direction, View, Weight};
use kluwen::measure::{
    BiRank, Centrality, Communities, Components, CoreNumbers, Dangling, Degree, LabelPropagation,
    Leiden, PageRank, Partition, Projection, Quality, SharedPair, Side, Strength, Weights,
};
use tempfile::TempDir;

use crate::client::connect;
use crate::engine::{engine, spark};
use crate::shapes::{self, Draw, Shape};

/// A session, and where its tables are.
struct Session {
    engine: SparkEngine,
    folder: TempDir,
}

impl Session {
    fn of(shape: &Shape) -> Self {
        Self::at(&engine(), shape)
    }

    fn at(address: &str, shape: &Shape) -> Self {
        let (mut engine, folder) = (connect(address), TempDir::new().expect("a folder"));
        let whole = |name: &str, cells: Vec<u32>| Column {
            name: name.into(),
            values: Values::Whole(cells.into_iter().map(|one| Some(i64::from(one))).collect()),
        };
        let edges = &shape.edges;
        let weights = edges.iter().map(|edge| Some(edge.2)).collect();
        let nodes = Columns(vec![whole("node", (0..shape.nodes).collect())]);
        let edges = Columns(vec![
            whole("source", edges.iter().map(|edge| edge.0).collect()),
            whole("target", edges.iter().map(|edge| edge.1).collect()),
            Column { name: "weight".into(), values: Values::Real(weights) },
        ]);
        let place = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        engine.put("nodes", &nodes, &place("nodes")).expect("nodes");
        engine.put("edges", &edges, &place("edges")).expect("edges");
        Self { engine, folder }
    }

    fn work(&self) -> String {
        self.folder.path().join("work").to_string_lossy().into_owned()
    }

    fn run(&mut self) -> Run<'_> {
        let work = self.work();
        Run::new(&mut self.engine, work)
    }

    /// What a program scores each node, in node order.
    fn scores(&mut self, mut program: kluwen::cluster::Program) -> Vec<f64> {
        program.result = format!("SELECT * FROM ({}) AS answer ORDER BY node", program.result);
        let rows = self.run().program(&program).expect(program.name);
        whole(&rows, "node", |at, node| assert_eq!(at as i64, node));
        rows.real("score").expect("scores").iter().map(|score| score.expect("a score")).collect()
    }

    /// The label that a program gives each node, in node order.
    fn labels(&mut self, mut program: kluwen::cluster::Program) -> Vec<u32> {
        program.result = format!("SELECT * FROM ({}) AS answer ORDER BY node", program.result);
        let rows = self.run().program(&program).expect(program.name);
        let labels = rows.whole("label").expect("labels").iter();
        labels.map(|label| label.expect("a label") as u32).collect()
    }
}

fn whole(rows: &Columns, name: &str, mut see: impl FnMut(usize, i64)) {
    for (at, cell) in rows.whole(name).expect(name).iter().enumerate() {
        see(at, cell.expect("a number"));
    }
}

fn all_shapes() -> Vec<Shape> {
    vec![Shape::default(), shapes::one_node(), shapes::only_a_loop(), shapes::zoo()]
}

const BOTH: [Direction; 2] = [Direction::Undirected, Direction::Directed];

fn near(got: &[f64], want: &[f64], what: &str) {
    assert_eq!(got.len(), want.len(), "{what}");
    let apart = |(got, want): (&f64, &f64)| (got - want).abs() / want.abs().max(1e-300);
    let most = got.iter().zip(want).map(apart).fold(0.0, f64::max);
    eprintln!("{what}: {} nodes, at most {most:.1e} of a score apart", got.len());
    assert!(most <= 1e-9, "{what}: {most}");
}

#[test]
fn degrees_are_those_of_the_kernel() {
    for shape in all_shapes() {
        let mut session = Session::of(&shape);
        for direction in BOTH {
            let csr = shape.csr(direction);
            for side in [Side::All, Side::In, Side::Out] {
                let degree = Degree { direction: side, normalized: side == Side::All };
                let want = degree.scores(&csr).expect("degrees");
                assert_eq!(session.scores(programs::degree(&degree, direction)), *want, "{side:?}");
                let strength = Strength { direction: side };
                let want = strength.scores(&csr).expect("strengths");
                assert_eq!(session.scores(programs::strength(&strength, direction)), *want);
            }
        }
    }
}

#[test]
fn components_are_those_of_the_kernel_by_their_least_nodes() {
    for shape in all_shapes() {
        let labels = Session::of(&shape).labels(programs::components());
        let csr = shape.csr(Direction::Undirected);
        assert!(labels.iter().enumerate().all(|(node, &label)| label as usize <= node));
        assert!(labels.iter().all(|&label| labels[label as usize] == label));
        assert_eq!(Partition::from_labels(&labels), Components.partition(&csr).expect("fine"));
    }
}

#[test]
fn core_numbers_are_those_of_the_kernel() {
    for shape in all_shapes() {
        let want = CoreNumbers.scores(&shape.csr(Direction::Directed)).expect("cores");
        assert_eq!(Session::of(&shape).scores(programs::cores()), *want);
    }
}

#[test]
fn pageranks_are_those_of_the_kernel() {
    for shape in all_shapes() {
        let mut session = Session::of(&shape);
        for direction in BOTH {
            for (dangling, weights) in
                [(Dangling::Uniform, Weights::Used), (Dangling::Stay, Weights::Ignored)]
            {
                let options = PageRank { dangling, weights, ..PageRank::default() };
                let program = programs::pagerank(&options, direction).expect("fine");
                let want = options.scores(&shape.csr(direction)).expect("ranks");
                near(&session.scores(program), &want, &format!("{direction:?} {dangling:?}"));
            }
        }
    }
}

#[test]
fn biranks_and_projections_are_those_of_the_kernels() {
    let shape = shapes::two_sides(&mut Draw(3));
    let (csr, mut session) = (shape.csr(Direction::Undirected), Session::of(&shape));
    let left: Vec<bool> = (0..shape.nodes).map(|node| node < 120).collect();
    let prior: Vec<f64> =
        left.iter().map(|&is_left| if is_left { 1.0 / 120.0 } else { 1.0 / 121.0 }).collect();
    let want = BiRank::default().scores(&csr, &left, &prior).expect("ranks");
    let program = programs::birank(&BiRank::default(), 120).expect("fine");
    near(&session.scores(program), &want, "birank");
    for hub in [100, 1000] {
        let options = Projection { hub, ..Projection::default() };
        let want = options.of(&csr, &left).expect("pairs");
        let work = session.work();
        let got = projected(&mut session.run(), &options, &work).expect("pairs");
        let hubs = if hub == 100 { vec![(240, 120)] } else { Vec::new() };
        assert_eq!((got.tests, got.sharing, got.hubs), (want.tests, want.pairs.len() as u64, hubs));
        let findings = || want.pairs.iter().filter(|pair| pair.q <= options.level);
        assert!(findings().count() > 10, "a test that finds nothing shows nothing");
        assert_eq!(
            (got.within_reach, got.any_within_reach),
            (want.within_reach, want.any_within_reach)
        );
        let shared = |[one, other]: [u32; 2]| -> Vec<i64> {
            let of_other = csr.neighbors(other);
            let both = csr.neighbors(one).iter().filter(|node| of_other.contains(node));
            both.filter(|&&node| csr.neighbors(node).len() <= hub)
                .map(|&node| i64::from(node))
                .collect()
        };
        let want: Vec<SharedThere> = findings()
            .map(|one| {
                let SharedPair { nodes, p, q, .. } = *one;
                SharedThere { nodes: nodes.map(i64::from), shared: shared(nodes), p, q }
            })
            .collect();
        let sizes = findings().map(|one| one.shared as usize);
        assert!(sizes.eq(want.iter().map(|one| one.shared.len())), "each pair shares what it says");
        assert_eq!(got.pairs, want);
    }
}

/// The modularity of a division, and the same as the engine works it out.
fn modularity(session: &mut Session, csr: &Csr, labels: &[u32]) -> f64 {
    let value = Quality::default().value(csr, &Partition::from_labels(labels)).expect("fine");
    let groups = Columns(vec![
        Column {
            name: "node".into(),
            values: Values::Whole((0..labels.len() as i64).map(Some).collect()),
        },
        Column {
            name: "label".into(),
            values: Values::Whole(labels.iter().map(|&one| Some(i64::from(one))).collect()),
        },
    ]);
    let place = session.folder.path().join("groups").to_string_lossy().into_owned();
    session.engine.put("groups", &groups, &place).expect("groups");
    let rows = session.run().program(&programs::modularity(1.0)).expect("a quality");
    let there = rows.real("quality").expect("a quality")[0].expect("a number");
    assert!((there - value).abs() < 1e-12, "{there} {value}");
    value
}

#[test]
fn labels_spread_to_divisions_as_good_as_those_of_the_kernel() {
    for (name, shape) in [
        ("two cliques", shapes::two_cliques()),
        ("40 groups of 25", shapes::groups(40, 25, 6, &mut Draw(5))),
        ("10 groups of 200", shapes::groups(10, 200, 10, &mut Draw(6))),
    ] {
        let (csr, mut session) = (shape.csr(Direction::Undirected), Session::of(&shape));
        let options = LabelPropagation::default();
        session.run().settle(&programs::label_propagation(&options).expect("fine")).expect("fine");
        let alike = programs::alike();
        let place = session.folder.path().join("alike").to_string_lossy().into_owned();
        session.engine.save(alike.table, &alike.query, &place).expect("fine");
        let labels = session.labels(programs::components_among("alike"));
        let got = modularity(&mut session, &csr, &labels);
        let local = options.partition(&csr).expect("fine");
        let want = Quality::default().value(&csr, &local).expect("fine");
        eprintln!("{name}: modularity {got:.5} by supersteps, {want:.5} by the kernel");
        assert!(got >= want * 0.999, "{name}: {got} {want}");
    }
}

#[test]
fn what_is_too_large_is_divided_component_by_component() {
    let shape = shapes::zoo();
    let (csr, mut session) = (shape.csr(Direction::Undirected), Session::of(&shape));
    let view = View::default();
    let (between, direction) = (Between::People, Direction::Undirected);
    let flattening = Flattening { between, view: &view, direction, weight: Weight::Count };
    let size =
        Flattened { nodes: u64::from(shape.nodes), edges: shape.edges.len() as u64, left_out: 0 };
    let (quality, leiden) = (Quality::default(), Leiden::default());
    let divide = |fetching: Fetching, session: &mut Session| {
        divided(&mut session.run(), (&flattening, &size), &fetching, quality, |part, quality| {
            Ok(Leiden { quality, ..leiden }.partition(&part.csr)?.groups().to_vec())
        })
    };
    let most = (size.nodes + size.edges) * 3 / 4;
    let found = divide(Fetching { most }, &mut session).expect("a division");
    assert!(found.pieces > 1, "in one piece");
    assert_eq!(found.nodes, (0..i64::from(shape.nodes)).collect::<Vec<_>>());
    let got = quality.value(&csr, &Partition::from_labels(&found.labels)).expect("fine");
    let want = quality.value(&csr, &leiden.partition(&csr).expect("fine")).expect("fine");
    eprintln!("modularity {got:.6} in {} pieces, {want:.6} of the whole", found.pieces);
    assert!(got >= want * 0.999, "{got} {want}");
    let error = divide(Fetching { most: 1000 }, &mut session).expect_err("R-MAT is larger");
    assert!(error.to_string().contains("--fetch-most"), "{error}");
}

/// Each program once on Spark, on small graphs and with few rounds: what is asked there is the same text.
#[test]
fn spark_gives_what_the_kernels_give() {
    let shape = shapes::two_cliques();
    let (csr, mut session) = (shape.csr(Direction::Undirected), Session::at(&spark(), &shape));
    let degree = Degree { normalized: true, ..Degree::default() };
    let want = degree.scores(&csr).expect("degrees");
    assert_eq!(session.scores(programs::degree(&degree, Direction::Undirected)), *want);
    assert!(session.labels(programs::components()).iter().all(|&label| label == 0));
    let want = CoreNumbers.scores(&csr).expect("cores");
    assert_eq!(session.scores(programs::cores()), *want);
    let rank = PageRank { damping: 0.2, tolerance: 1e-10, ..PageRank::default() };
    for direction in BOTH {
        let want = rank.scores(&shape.csr(direction)).expect("ranks");
        let program = programs::pagerank(&rank, direction).expect("fine");
        near(&session.scores(program), &want, &format!("{direction:?} on Spark"));
    }
    let program = programs::label_propagation(&LabelPropagation::default()).expect("fine");
    session.run().settle(&program).expect("labels");
    let labels = session.labels(programs::components_among("edges"));
    modularity(&mut session, &csr, &labels);

    let shape = shapes::two_sides(&mut Draw(3));
    let csr = shape.csr(Direction::Undirected);
    let left: Vec<bool> = (0..shape.nodes).map(|node| node < 120).collect();
    let mut session = Session::at(&spark(), &shape);
    let options = Projection { hub: 100, ..Projection::default() };
    let want = options.of(&csr, &left).expect("pairs");
    let work = session.work();
    let got = projected(&mut session.run(), &options, &work).expect("pairs");
    assert_eq!((got.pairs.len(), got.hubs), (want.findings(), vec![(240, 120)]));
    let birank = BiRank { left_damping: 0.2, right_damping: 0.2, tolerance: 1e-10, rounds: 50 };
    let prior: Vec<f64> =
        left.iter().map(|&is_left| if is_left { 1.0 / 120.0 } else { 1.0 / 121.0 }).collect();
    let want = birank.scores(&csr, &left, &prior).expect("ranks");
    near(&session.scores(programs::birank(&birank, 120).expect("fine")), &want, "birank on Spark");

    // Spark refuses to divide by the number of nodes where there is none.
    let mut session = Session::at(&spark(), &Shape::default());
    for direction in BOTH {
        let program = programs::pagerank(&rank, direction).expect("fine");
        assert!(session.scores(program).is_empty(), "{direction:?}");
    }
}
