//! All shortest paths between two ends at once: the nodes on them, and what comes after each.

use super::balls::{Balls, FROM, TO};
use super::length::Paths;

/// The nodes on shortest paths, in an order in which each path goes up, and the steps between them.
pub(super) struct PathDag {
    nodes: Vec<u32>,
    /// `onward[first[i]..first[i + 1]]` are the places of the nodes after that of place `i`, the smallest node first.
    first: Vec<usize>,
    onward: Vec<u32>,
    /// How many paths lead from each to the end; `u128::MAX` stands for that many or more.
    counts: Vec<u128>,
}

/// Which nodes are on shortest paths, and where they stand. What was in it before needs no clearing: a place counts if
/// the node stands there.
pub(super) struct Members {
    place: Vec<u32>,
    nodes: Vec<u32>,
}

impl Members {
    pub(super) fn new(node_count: usize) -> Self {
        Self { place: vec![0; node_count], nodes: Vec::new() }
    }

    fn holds(&self, v: u32) -> bool {
        self.nodes.get(self.place[v as usize] as usize) == Some(&v)
    }

    fn insert(&mut self, v: u32) {
        if !self.holds(v) {
            self.place[v as usize] = number(self.nodes.len());
            self.nodes.push(v);
        }
    }

    /// Puts those from `start` on in the order of `key`.
    fn sort(&mut self, start: usize, key: impl Fn(u32) -> u32) {
        self.nodes[start..].sort_unstable_by_key(|&v| key(v));
        for (at, &v) in self.nodes.iter().enumerate().skip(start) {
            self.place[v as usize] = number(at);
        }
    }
}

impl PathDag {
    /// What lies between two balls that have met.
    pub(super) fn new(both: &[Paths<'_>; 2], balls: &impl Balls, members: &mut Members) -> Self {
        members.nodes.clear();
        let crossings = balls.crossings();
        let mut steps: Vec<(u32, u32)> = crossings.to_vec();
        gather(members, crossings.iter().map(|step| step.0), |v, members| {
            for w in balls.nearer(both, FROM, v) {
                members.insert(w);
                steps.push((w, v));
            }
        });
        members.sort(0, |v| balls.depth(FROM, v));
        let start = members.nodes.len();
        gather(members, crossings.iter().map(|step| step.1), |v, members| {
            for w in balls.nearer(both, TO, v) {
                members.insert(w);
                steps.push((v, w));
            }
        });
        members.sort(start, |v| u32::MAX - balls.depth(TO, v));
        Self::counted(members, steps)
    }

    fn counted(members: &Members, mut steps: Vec<(u32, u32)>) -> Self {
        let place = |v: u32| members.place[v as usize];
        steps.sort_unstable_by_key(|&(u, v)| (place(u), v));
        let count = members.nodes.len();
        let mut first = vec![0; count + 1];
        for &(u, _) in &steps {
            first[place(u) as usize + 1] += 1;
        }
        for at in 0..count {
            first[at + 1] += first[at];
        }
        let onward: Vec<u32> = steps.iter().map(|&(_, v)| place(v)).collect();
        let mut counts = vec![0_u128; count];
        for at in (0..count).rev() {
            let next = &onward[first[at]..first[at + 1]];
            let ways = next.iter().map(|&v| counts[v as usize]);
            counts[at] = if next.is_empty() { 1 } else { ways.fold(0, u128::saturating_add) };
        }
        Self { nodes: members.nodes.clone(), first, onward, counts }
    }

    /// How many paths begin at any of `sources`.
    pub(super) fn count(&self, sources: &[u32], members: &Members) -> u128 {
        let ways = sources.iter().filter(|&&v| members.holds(v));
        ways.map(|&v| self.counts[members.place[v as usize] as usize]).fold(0, u128::saturating_add)
    }

    /// The first `limit` paths from `sources`, which are sorted, in lexicographic order. Every step taken leads to
    /// the end, so nothing is walked in vain.
    pub(super) fn list(&self, sources: &[u32], members: &Members, limit: usize) -> Vec<Vec<u32>> {
        let mut listed = Vec::new();
        for &source in sources.iter().filter(|&&v| members.holds(v)) {
            self.list_from(members.place[source as usize], limit, &mut listed);
        }
        listed
    }

    fn list_from(&self, source: u32, limit: usize, listed: &mut Vec<Vec<u32>>) {
        // The places on the path, and which step from each is taken next.
        let mut path = vec![source];
        let mut taken = vec![self.first[source as usize]];
        while listed.len() < limit
            && let (Some(&at), Some(step)) = (path.last(), taken.last_mut())
        {
            let end = self.first[at as usize + 1];
            if self.first[at as usize] == end {
                listed.push(path.iter().map(|&at| self.nodes[at as usize]).collect());
            }
            if *step < end {
                let next = self.onward[*step];
                *step += 1;
                path.push(next);
                taken.push(self.first[next as usize]);
            } else {
                path.pop();
                taken.pop();
            }
        }
    }
}

/// Takes in `roots`, and whatever `visit` adds for each node taken in.
fn gather(
    members: &mut Members,
    roots: impl Iterator<Item = u32>,
    mut visit: impl FnMut(u32, &mut Members),
) {
    let mut at = members.nodes.len();
    for root in roots {
        members.insert(root);
    }
    while let Some(&v) = members.nodes.get(at) {
        at += 1;
        visit(v, members);
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("nodes are numbered by 32 bits")
}
