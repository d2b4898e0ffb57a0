//! How pairs that may be one person become people.

use super::super::agglomeration::{Agglomeration, Edge};
use super::super::clustering::Clustering;
use super::super::lists::Lists;

const NEVER: f64 = f64::NEG_INFINITY;
const ALWAYS: f64 = f64::INFINITY;

/// A pair whose odds and evidence are the same.
fn edge(a: u32, b: u32, logit: f64) -> Edge {
    Edge { rows: (a, b), logit, evidence: logit, stands_for: 1.0 }
}

fn in_cases(count: u32, edges: &[Edge], cases: &[(u32, u32)]) -> Vec<u32> {
    let cases = Lists::from_pairs(count as usize, cases.to_vec());
    let rows: Vec<u32> = (0..count).collect();
    Agglomeration { edges, rows: &rows, cases: &cases }.groups()
}

fn groups(count: u32, edges: &[Edge]) -> Vec<u32> {
    in_cases(count, edges, &[])
}

#[test]
fn the_likeliest_are_joined_first_and_of_equals_the_lowest() {
    assert_eq!(groups(3, &[edge(0, 1, 3.0), edge(1, 2, 5.0), edge(0, 2, NEVER)]), [0, 1, 1]);
    assert_eq!(groups(3, &[edge(0, 1, 3.0), edge(1, 2, 3.0), edge(0, 2, NEVER)]), [0, 0, 2]);
    assert_eq!(groups(3, &[edge(0, 1, 3.0), edge(0, 2, 3.0), edge(1, 2, NEVER)]), [0, 0, 2]);
    assert_eq!(groups(4, &[edge(1, 3, 5.0), edge(0, 3, 4.0), edge(0, 1, 4.0)]), [0, 0, 2, 0]);
}

#[test]
fn even_odds_join_nobody() {
    assert_eq!(groups(2, &[edge(0, 1, 0.0)]), [0, 1]);
    assert_eq!(groups(2, &[edge(0, 1, 0.01)]), [0, 0]);
    assert!(edge(0, 1, 0.01).speaks_for_one() && !edge(0, 1, 0.0).speaks_for_one());
}

#[test]
fn no_pair_says_more_than_the_most() {
    // 100 counts as 8 and -9 as -8: nothing is left of 1 and 2.
    let edges = [edge(0, 1, 100.0), edge(1, 2, 100.0), edge(0, 2, -9.0)];
    assert_eq!(groups(3, &edges), [0, 0, 2]);
    assert_eq!(groups(3, &[edges[0], edges[1], edge(0, 2, -7.9)]), [0, 0, 0]);
    assert_eq!(groups(3, &[edges[0], edge(1, 2, 7.9), edge(0, 2, -100.0)]), [0, 0, 2]);
}

#[test]
fn groups_of_which_few_pairs_were_compared_need_four_more_for_each() {
    let within = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (3, 6), (4, 5), (4, 6), (5, 6)];
    let between = |logit: f64| {
        let mut edges: Vec<Edge> = within.iter().map(|&(a, b)| edge(a, b, 8.0)).collect();
        edges.extend([edge(0, 3, logit), edge(1, 4, logit)]);
        groups(7, &edges)
    };
    // Ten of the twelve pairs between them were not compared, which counts as four for each of the two that were.
    assert_eq!(between(4.1), [0; 7]);
    assert_eq!(between(3.9), [0, 0, 0, 3, 3, 3, 3]);
}

#[test]
fn what_is_no_proof_is_no_contradiction() {
    let with = |evidence| {
        let unlikely = Edge { evidence, ..edge(0, 2, -3.0) };
        groups(3, &[edge(0, 1, 5.0), edge(1, 2, 2.0), unlikely])
    };
    assert_eq!(with(1.0), [0, 0, 0]);
    assert_eq!(with(-1.0), [0, 0, 0]);
    assert_eq!(with(-3.0), [0, 0, 2]);
}

#[test]
fn pairs_that_share_nothing_speak_against() {
    // Two and two, of which one pair of four was compared: three times 1 against it.
    let pairs = |between: Edge| groups(4, &[edge(0, 1, 7.0), between, edge(2, 3, 7.0)]);
    assert_eq!(pairs(edge(1, 2, 2.9)), [0, 0, 2, 2]);
    assert_eq!(pairs(edge(1, 2, 3.1)), [0, 0, 0, 0]);
    // One that stands for three leaves one.
    assert_eq!(pairs(Edge { stands_for: 3.0, ..edge(1, 2, 1.1) }), [0, 0, 0, 0]);
    assert_eq!(pairs(Edge { stands_for: 3.0, ..edge(1, 2, 0.9) }), [0, 0, 2, 2]);
}

#[test]
fn they_speak_against_for_four_times_those_compared_at_most() {
    // Four and four, of which one pair of sixteen was compared: not fifteen times 1 against it, but four.
    let whole =
        |first: u32| (first..first + 4).flat_map(move |b| (first..b).map(move |a| edge(a, b, 8.0)));
    let with = |logit: f64| {
        let edges: Vec<Edge> = whole(0).chain([edge(3, 4, logit)]).chain(whole(4)).collect();
        groups(8, &edges)
    };
    assert_eq!(with(3.9), [0, 0, 0, 0, 4, 4, 4, 4]);
    assert_eq!(with(4.1), [0; 8]);
}

#[test]
fn a_decision_outweighs_files_and_pairs_but_no_other_decision() {
    let both = [(0, 7), (1, 7)];
    assert_eq!(in_cases(2, &[edge(0, 1, 8.0)], &both), [0, 1]);
    assert_eq!(in_cases(2, &[edge(0, 1, ALWAYS)], &both), [0, 0]);
    // 1 and 2 are decided to be one; 0 stands in one file with 2.
    let edges = [edge(0, 1, 8.0), edge(1, 2, ALWAYS)];
    assert_eq!(in_cases(3, &edges, &[(0, 7), (2, 7)]), [0, 1, 1]);
    assert_eq!(in_cases(3, &edges, &[]), [0, 0, 0]);
    let against = [edge(0, 1, ALWAYS), edge(1, 2, -8.0), edge(0, 2, ALWAYS)];
    assert_eq!(groups(3, &against), [0, 0, 0]);
    let apart = [edge(0, 1, ALWAYS), edge(1, 2, 8.0), edge(0, 2, NEVER)];
    assert_eq!(groups(3, &apart), [0, 0, 2]);
}

#[test]
fn a_decision_outweighs_what_speaks_against_it_in_one_file() {
    // 0 and 2 stand in one file and contradict each other; each is decided to be 1.
    let edges = [edge(0, 1, ALWAYS), edge(1, 2, ALWAYS), edge(0, 2, -8.0)];
    assert_eq!(in_cases(3, &edges, &[(0, 7), (2, 7)]), [0, 0, 0]);
}

#[test]
fn what_says_less_than_it_did_is_weighed_again() {
    // Once 0 and 1 are one, that 1 and 2 share nothing takes 1 from what 0 and 2 share.
    assert_eq!(groups(3, &[edge(0, 1, 8.0), edge(0, 2, 5.0)]), [0, 0, 0]);
    assert_eq!(groups(3, &[edge(0, 1, 8.0), edge(0, 2, 0.9)]), [0, 0, 2]);
}

#[test]
fn files_of_a_group_are_those_of_all_its_mentions() {
    let edges = [edge(0, 1, 7.0), edge(1, 2, 6.0), edge(2, 3, 5.0), edge(0, 3, 5.0)];
    assert_eq!(in_cases(4, &edges, &[(0, 1), (1, 2), (2, 3), (3, 4)]), [0, 0, 0, 0]);
    assert_eq!(in_cases(4, &edges, &[(0, 1), (1, 2), (2, 3), (3, 1)]), [0, 0, 0, 3]);
    assert_eq!(in_cases(4, &edges, &[(0, 1), (1, 2), (2, 3), (3, 2)]), [0, 0, 0, 3]);
}

/// The best reading, and how many pairs are kept.
fn best(count: usize, edges: &[Edge]) -> (Vec<u32>, usize) {
    let cases = Lists::from_pairs(count, Vec::new());
    let clustering = Clustering::new(&cases, edges.to_vec());
    (clustering.best(), clustering.edges.len())
}

#[test]
fn a_hopeless_pair_connects_nothing_and_still_speaks_within_a_part() {
    assert_eq!(best(2, &[edge(0, 1, -6.0)]), (vec![0, 1], 0));
    assert_eq!(best(2, &[edge(0, 1, -5.9)]), (vec![0, 1], 1));
    let through = [edge(0, 1, 5.0), edge(1, 2, 4.0), edge(0, 2, -7.0)];
    assert_eq!(best(3, &through), (vec![0, 0, 2], 3));
}

#[test]
fn parts_are_put_together_each_for_itself() {
    let edges =
        [edge(4, 5, 2.0), edge(0, 3, 2.0), edge(1, 2, -2.0), edge(3, 6, 2.0), edge(0, 6, 1.0)];
    assert_eq!(best(7, &edges), (vec![0, 1, 2, 0, 4, 4, 0], 5));
    assert_eq!(best(2, &[]), (vec![0, 1], 0));
    // Each two speak for it, but for one: then they are weighed.
    let weighed = [edge(0, 1, 5.0), edge(0, 2, 1.0), edge(1, 2, -2.0)];
    assert_eq!(best(3, &weighed).0, [0, 0, 2]);
    // All speak for it, and not each two: 1 and 2 share nothing, nor do two of these four.
    assert_eq!(best(3, &[edge(0, 1, 5.0), edge(0, 2, 0.5)]).0, [0, 0, 2]);
    let five =
        [edge(0, 1, 8.0), edge(0, 2, 8.0), edge(1, 2, 8.0), edge(0, 3, 0.4), edge(1, 3, 0.4)];
    assert_eq!(best(4, &five).0, [0, 0, 0, 3]);
}

/// In what share of readings `b` has the label of `a`, for each pair.
fn shares<const N: usize>(edges: &[Edge], seed: u64, pairs: [(usize, usize); N]) -> [f64; N] {
    const READINGS: usize = 1600;
    let cases = Lists::from_pairs(6, Vec::new());
    let clustering = Clustering::new(&cases, edges.to_vec());
    let samples = clustering.samples(READINGS, seed, &clustering.best());
    assert_eq!(samples.len(), READINGS);
    let together = |(a, b): (usize, usize)| samples.iter().filter(|own| own[a] == own[b]).count();
    pairs.map(|pair| together(pair) as f64 / READINGS as f64)
}

#[test]
fn a_pair_is_one_person_as_often_as_its_odds_say() {
    for (chance, logit) in
        [(0.5, 0.0), (0.75, 3.0_f64.ln()), (0.1, -9.0_f64.ln()), (0.9, 9.0_f64.ln())]
    {
        let [share] = shares(&[edge(0, 1, logit)], 1, [(0, 1)]);
        // Four standard deviations of 1,600 draws.
        assert!((share - chance).abs() < 4.0 * (0.25_f64 / 1600.0).sqrt(), "{chance} {share}");
    }
}

#[test]
fn what_is_certain_is_not_drawn_anew() {
    for (logit, share) in [(7.0, 1.0), (ALWAYS, 1.0), (-7.0, 0.0), (NEVER, 0.0)] {
        assert_eq!(
            shares(&[edge(0, 1, logit)], 1, [(0, 1)]).map(f64::to_bits),
            [share].map(f64::to_bits)
        );
    }
    let [share] = shares(&[edge(0, 1, 4.0)], 1, [(0, 1)]);
    assert!(share < 1.0 && share > 0.96, "{share}");
}

#[test]
fn pairs_apart_are_drawn_apart_and_pairs_of_one_mention_together() {
    let edges = [edge(0, 1, 0.0), edge(2, 3, 0.0)];
    let cases = Lists::from_pairs(6, Vec::new());
    let both = |edges: &[Edge], pairs: [(usize, usize); 2]| {
        let clustering = Clustering::new(&cases, edges.to_vec());
        let samples = clustering.samples(1600, 3, &clustering.best());
        let holds = |own: &&Vec<u32>| pairs.iter().all(|&(a, b)| own[a] == own[b]);
        samples.iter().filter(holds).count() as f64 / 1600.0
    };
    let apart = both(&edges, [(0, 1), (2, 3)]);
    assert!((apart - 0.25).abs() < 0.04, "{apart}");
    // 0 and 2 share nothing, so both pairs must reach odds of 1: each does in 0.269 of readings, both, whose normal numbers
    // have half of it in common, in 0.134, and were they drawn apart, in 0.072.
    let together = both(&[edge(0, 1, 0.0), edge(1, 2, 0.0)], [(0, 1), (1, 2)]);
    assert!((together - 0.134).abs() < 0.03, "{together}");
}

#[test]
fn readings_are_those_of_their_seed() {
    let cases = Lists::from_pairs(2, Vec::new());
    let clustering = Clustering::new(&cases, vec![edge(0, 1, 0.0)]);
    let drawn = |seed| clustering.samples(64, seed, &[0, 0]);
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
    // Each reading is that of the next number, so that none meets what else is drawn from a seed.
    assert_eq!(drawn(1)[1..], drawn(2)[..63]);
}

#[test]
fn what_speaks_against_is_drawn_like_what_speaks_for() {
    // 0 and 1, and 1 and 2, are beyond drawing and say 8; 0 and 2 say 8 against it, give or take the noise. They stand for
    // all pairs, so that none speaks against it by sharing nothing.
    let against = Edge { evidence: -8.0, stands_for: 3.0, ..edge(0, 2, -20.0) };
    // 3 is one person with 2 as often as not, whoever 2 is.
    let with_3 = Edge { stands_for: 3.0, ..edge(2, 3, 0.0) };
    let edges = [edge(0, 1, 40.0), edge(1, 2, 30.0), against, with_3];
    let cases = Lists::from_pairs(4, Vec::new());
    let clustering = Clustering::new(&cases, edges.to_vec());
    let samples = clustering.samples(1600, 1, &clustering.best());
    let share =
        |holds: fn(&[u32]) -> bool| samples.iter().filter(|own| holds(own)).count() as f64 / 1600.0;
    let (one, with) = (share(|own| own[0] == own[2]), share(|own| own[2] == own[3]));
    assert!((one - 0.5).abs() < 0.05 && (with - 0.5).abs() < 0.05, "{one} {with}");
    // Both pairs share 2, so they go together: in a third of the readings, and not in a sixth.
    let both = share(|own| own[0] == own[2] && own[2] == own[3]);
    assert!((both - 1.0 / 3.0).abs() < 0.05, "{both}");
}
