//! Is BiRank what its paper and other tools say?

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{BiRank, Scores};

use crate::common::close_to;
use crate::definitions::solved_birank;

/// Which of fourteen events eighteen women of a Southern town attended (Davis, Gardner and Gardner 1941).
const ATTENDED: [(&str, &[u32]); 18] = [
    ("Evelyn", &[1, 2, 3, 4, 5, 6, 8, 9]),
    ("Laura", &[1, 2, 3, 5, 6, 7, 8]),
    ("Theresa", &[2, 3, 4, 5, 6, 7, 8, 9]),
    ("Brenda", &[1, 3, 4, 5, 6, 7, 8]),
    ("Charlotte", &[3, 4, 5, 7]),
    ("Frances", &[3, 5, 6, 8]),
    ("Eleanor", &[5, 6, 7, 8]),
    ("Pearl", &[6, 8, 9]),
    ("Ruth", &[5, 7, 8, 9]),
    ("Verne", &[7, 8, 9, 12]),
    ("Myra", &[8, 9, 10, 12]),
    ("Katherine", &[8, 9, 10, 12, 13, 14]),
    ("Sylvia", &[7, 8, 9, 10, 12, 13, 14]),
    ("Nora", &[6, 7, 9, 10, 11, 12, 13, 14]),
    ("Helen", &[7, 8, 10, 11, 12]),
    ("Dorothy", &[8, 9]),
    ("Olivia", &[9, 11]),
    ("Flora", &[9, 11]),
];

pub(crate) fn women() -> (Csr, Vec<bool>, Vec<f64>) {
    let pairs: Vec<(u32, u32)> = (0..)
        .zip(ATTENDED)
        .flat_map(|(woman, (_, events))| events.iter().map(move |event| (woman, 17 + event)))
        .collect();
    assert_eq!(pairs.len(), 89);
    let left: Vec<bool> = (0..32).map(|node| node < 18).collect();
    let prior = left.iter().map(|&woman| if woman { 1.0 / 18.0 } else { 1.0 / 14.0 }).collect();
    (Csr::unweighted(32, &pairs, Direction::Undirected), left, prior)
}

/// Each side's share of its own sum, as the other tool prints it.
fn shares(ranks: &Scores) -> Vec<f64> {
    let (women, events) = ranks.split_at(18);
    let share = |side: &[f64]| -> Vec<f64> {
        let sum: f64 = side.iter().sum();
        side.iter().map(|rank| rank / sum).collect()
    };
    [share(women), share(events)].concat()
}

#[test]
fn southern_women_rank_as_published() {
    let (csr, left, prior) = women();
    let ranks = BiRank::default().scores(&csr, &left, &prior).unwrap();
    let found = shares(&ranks);
    let at = |name: &str| ATTENDED.iter().position(|one| one.0 == name).unwrap();
    for (node, want) in [
        (at("Nora"), 0.072_648_94),
        (at("Evelyn"), 0.071_128_89),
        (at("Theresa"), 0.070_390_07),
        (17 + 8, 0.092_579_41),
        (17 + 9, 0.088_271_63),
        (17 + 7, 0.079_434_62),
    ] {
        let (got, raw) = (found[node], ranks[node]);
        assert!(
            (got - want).abs() < 1e-7 || (raw - want).abs() < 1e-7,
            "{node}: {got} {raw} {want}"
        );
    }
}

#[test]
fn ranks_solve_the_equations() {
    let (csr, left, prior) = women();
    let options = BiRank { left_damping: 0.6, right_damping: 0.9, ..BiRank::default() };
    let got = options.scores(&csr, &left, &prior).unwrap();
    let want = solved_birank(&csr, &left, &prior, [0.6, 0.9]);
    assert!(got.iter().zip(&want).all(|(got, want)| close_to(*got, *want, 1e-9)));
}

#[test]
fn a_weight_of_two_is_two_edges() {
    let edges = [(0, 2, 2.0), (1, 2, 1.0), (1, 3, 1.0)];
    let csr = Csr::new(5, &edges, Direction::Undirected);
    let (left, prior) = ([true, true, false, false, true], [0.2, 0.3, 0.5, 0.0, 1.0]);
    let got = BiRank::default().scores(&csr, &left, &prior).unwrap();
    let want = solved_birank(&csr, &left, &prior, [0.85, 0.85]);
    assert!(got.iter().zip(&want).all(|(got, want)| (got - want).abs() < 1e-10));
    assert!((got[4] - 0.15).abs() < 1e-15, "without an edge the undamped prior is left");
}

#[test]
fn the_bits_do_not_depend_on_threads() {
    let (csr, left, prior) = women();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let ranks = pool.install(|| BiRank::default().scores(&csr, &left, &prior).unwrap());
        ranks.iter().map(|rank| rank.to_bits()).collect::<Vec<_>>()
    };
    assert_eq!(on(1), on(8));
}

#[test]
fn what_cannot_be_ranked_is_an_error() {
    let csr = Csr::unweighted(2, &[(0, 1)], Direction::Undirected);
    let ranks = |options: BiRank, left: &[bool], prior: &[f64]| options.scores(&csr, left, prior);
    let sides = [true, false];
    assert!(ranks(BiRank::default(), &[true, true], &[0.5; 2]).is_err(), "one side only");
    assert!(ranks(BiRank::default(), &sides, &[0.5]).is_err(), "too few priors");
    assert!(ranks(BiRank::default(), &sides, &[f64::NAN; 2]).is_err(), "no number");
    let all = BiRank { left_damping: 1.0, ..BiRank::default() };
    assert!(ranks(all, &sides, &[0.5; 2]).is_err(), "damping of 1");
    let short = BiRank { rounds: 1, ..BiRank::default() };
    assert!(ranks(short, &sides, &[1.0, 0.0]).is_err(), "one round");
}
