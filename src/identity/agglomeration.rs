//! From pairs that may be one person to people.

use std::collections::{BTreeMap, BinaryHeap};

use super::lists::{Lists, meet};

/// A pair of mentions with the logarithm of the odds that they are one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    pub(crate) rows: (u32, u32),
    pub(crate) logit: f64,
    /// The same without what is known before anything is compared: below 0 where the two contradict each other.
    pub(crate) evidence: f64,
    /// For how many pairs it stands: more than itself where of many that are alike only some were compared.
    pub(crate) stands_for: f64,
}

impl Edge {
    /// What the pair says for joining the groups of its mentions, or against it.
    ///
    /// That few mentions are one person is said once for two groups, not once for each pair between them: a pair that is no proof is
    /// no contradiction.
    fn voice(&self) -> f64 {
        if self.logit > 0.0 { self.logit.min(MOST) } else { self.evidence.clamp(-MOST, 0.0) }
    }
}

impl Edge {
    /// Whether the pair is likelier one person than two.
    pub(super) fn speaks_for_one(&self) -> bool {
        self.logit > 0.0
    }
}

/// The most that one pair says for or against.
const MOST: f64 = 8.0;
/// What a person decided outweighs all pairs of a group.
const DECIDED: f64 = 1e9;
/// What speaks against two groups for each pair between them that shares nothing to be compared by, up to so many times the pairs
/// that were compared.
const APART: f64 = 1.0;
const APART_AT_MOST: f64 = 4.0;

/// Mentions put together: starts with each alone, and joins the two groups with the most for it while anything speaks for it.
///
/// What speaks for two groups is the sum over all pairs between them, so that one likeness cannot chain groups that
/// contradict each other elsewhere. Groups that share a case file, or that `apart` holds, are never joined.
///
/// - **Result**: by mention, the lowest mention of its group.
/// - **Cost**: O(m log m) heap steps for m edges in the usual case, also where one mention has most of them.
///
/// Source: Keuper et al. (2015), ICCV, algorithm 1 (greedy additive edge contraction), for correlation clustering.
pub(super) struct Agglomeration<'a> {
    pub(super) edges: &'a [Edge],
    /// All mentions of the edges, sorted.
    pub(super) rows: &'a [u32],
    pub(super) cases: &'a Lists,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tie {
    sum: f64,
    pairs: f64,
    /// Whether something forbids it.
    barred: bool,
}

#[derive(Debug)]
struct Group {
    size: f64,
    ties: BTreeMap<u32, Tie>,
    cases: Vec<u32>,
}

impl Agglomeration<'_> {
    /// By mention: the lowest mention of its group.
    pub(super) fn groups(&self) -> Vec<u32> {
        let mut label = BTreeMap::new();
        let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
        for edge in self.edges {
            self.tie(&mut groups, edge);
        }
        let mut heap: BinaryHeap<Candidate> = BinaryHeap::new();
        for (&a, group) in &groups {
            let more = group.ties.range(a..).map(|(&b, tie)| candidate(&groups, a, b, *tie));
            heap.extend(more.flatten());
        }
        while let Some(next) = heap.pop() {
            let current = groups.get(&next.a).and_then(|group| group.ties.get(&next.b));
            let Some(&tie) = current else { continue };
            let current = candidate(&groups, next.a, next.b, tie);
            if current != Some(next) {
                // A score only falls while its own pairs stay the same; where they do not, it was put in anew.
                heap.extend(current.filter(|current| current.score < next.score));
                continue;
            }
            let decided = tie.sum >= DECIDED;
            if !decided && meet(&groups[&next.a].cases, &groups[&next.b].cases) {
                bar(&mut groups, next.a, next.b);
                continue;
            }
            let moved = join(&mut groups, next.a, next.b);
            label.insert(next.b, next.a);
            let ties = moved.iter().map(|&c| (c, groups[&next.a].ties[&c]));
            heap.extend(
                ties.filter_map(|(c, tie)| candidate(&groups, next.a.min(c), next.a.max(c), tie)),
            );
        }
        let mut labels = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            // Every group is named by its lowest mention, whose own label is settled before.
            let own = label.get(row).and_then(|above| self.rows.binary_search(above).ok());
            labels.push(own.map_or(*row, |at| labels[at]));
        }
        labels
    }

    fn tie(&self, groups: &mut BTreeMap<u32, Group>, edge: &Edge) {
        let barred = edge.logit == f64::NEG_INFINITY;
        let sum = match edge.logit {
            f64::INFINITY => 2.0 * DECIDED,
            _ => edge.voice(),
        };
        let tie = Tie { sum, pairs: edge.stands_for, barred };
        for (own, other) in [edge.rows, (edge.rows.1, edge.rows.0)] {
            let new =
                || Group { size: 1.0, ties: BTreeMap::new(), cases: self.cases.of(own).to_vec() };
            groups.entry(own).or_insert_with(new).ties.insert(other, tie);
        }
    }
}

/// Two groups that may be joined; those with the most for it first, then those of the lowest rows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Candidate {
    score: f64,
    a: u32,
    b: u32,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.score.total_cmp(&other.score).then(other.a.cmp(&self.a)).then(other.b.cmp(&self.b))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

fn candidate(groups: &BTreeMap<u32, Group>, a: u32, b: u32, tie: Tie) -> Option<Candidate> {
    let not_compared = (groups[&a].size * groups[&b].size - tie.pairs).max(0.0);
    let score = tie.sum - APART * not_compared.min(APART_AT_MOST * tie.pairs);
    (score > 0.0 && !tie.barred).then_some(Candidate { score, a, b })
}

fn bar(groups: &mut BTreeMap<u32, Group>, a: u32, b: u32) {
    for (own, other) in [(a, b), (b, a)] {
        if let Some(tie) = groups.get_mut(&own).and_then(|group| group.ties.get_mut(&other)) {
            tie.barred = true;
        }
    }
}

/// Puts group `b` into group `a`, and gives the groups that `b` had pairs with.
fn join(groups: &mut BTreeMap<u32, Group>, a: u32, b: u32) -> Vec<u32> {
    let Some(gone) = groups.remove(&b) else { return Vec::new() };
    for (&c, tie) in gone.ties.iter().filter(|(c, _)| **c != a) {
        for (own, other) in [(a, c), (c, a)] {
            if let Some(group) = groups.get_mut(&own) {
                group.ties.remove(&b);
                let sum = group.ties.entry(other).or_default();
                *sum = Tie {
                    sum: sum.sum + tie.sum,
                    pairs: sum.pairs + tie.pairs,
                    barred: sum.barred || tie.barred,
                };
            }
        }
    }
    if let Some(group) = groups.get_mut(&a) {
        group.ties.remove(&b);
        group.size += gone.size;
        group.cases.extend(gone.cases);
        group.cases.sort_unstable();
        group.cases.dedup();
    }
    gone.ties.into_keys().filter(|&c| c != a).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(count: u32, edges: &[(u32, u32, f64)], cases: &[(u32, u32)]) -> Vec<u32> {
        let edges: Vec<Edge> = edges
            .iter()
            .map(|&(a, b, logit)| Edge {
                rows: (a, b),
                logit,
                evidence: logit + 2.0,
                stands_for: 1.0,
            })
            .collect();
        let cases = Lists::from_pairs(count as usize, cases.to_vec());
        let rows: Vec<u32> = (0..count).collect();
        Agglomeration { edges: &edges, rows: &rows, cases: &cases }.groups()
    }

    #[test]
    fn a_pair_speaks_for_one_person_by_its_odds_and_for_two_by_its_evidence() {
        let all = [
            (0.5, 2.0, 0.5),
            (9.0, 11.0, 8.0),
            (-3.0, -1.0, -1.0),
            (-1.0, 1.0, 0.0),
            (-20.0, -18.0, -8.0),
            // As likely as not is no likeness.
            (0.0, -1.0, -1.0),
        ];
        for (logit, evidence, voice) in all {
            let edge = Edge { rows: (0, 1), logit, evidence, stands_for: 1.0 };
            assert!((edge.voice() - voice).abs() < 1e-12, "{edge:?}");
            assert_eq!(edge.speaks_for_one(), logit > 0.0, "{edge:?}");
        }
    }

    #[test]
    fn what_is_likely_is_joined_and_what_is_not_stays_apart() {
        assert_eq!(groups(4, &[(0, 1, 3.0), (2, 3, -3.0)], &[]), [0, 0, 2, 3]);
    }

    #[test]
    fn a_likeness_does_not_chain_groups_that_contradict_each_other() {
        let edges = [(0, 1, 5.0), (1, 2, 4.0), (0, 2, -7.0)];
        assert_eq!(groups(3, &edges, &[]), [0, 0, 2]);
        assert_eq!(groups(3, &edges[..2], &[]), [0, 0, 0]);
    }

    #[test]
    fn two_mentions_of_one_case_stay_apart_even_through_a_third() {
        let edges = [(0, 1, 5.0), (1, 2, 4.0)];
        assert_eq!(groups(3, &edges, &[(0, 7), (2, 7)]), [0, 0, 2]);
        assert_eq!(groups(2, &[(0, 1, f64::NEG_INFINITY)], &[]), [0, 1]);
    }
}
