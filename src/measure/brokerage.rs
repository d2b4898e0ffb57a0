//! Between whom somebody passes things on.

use rayon::prelude::*;

use super::Partition;
use super::shared_neighbors::SharedNeighbors;
use crate::graph::Csr;

/// In which roles one node stands between two others that are not tied, in the direction of the edges: how many ordered
/// pairs in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles {
    /// Both others are of the node's own group.
    pub coordinator: u64,
    /// Both are of one other group (the consultant of other authors).
    pub itinerant: u64,
    /// It passes on from its own group to another.
    pub representative: u64,
    /// It passes on from another group to its own.
    pub gatekeeper: u64,
    /// All three are of different groups.
    pub liaison: u64,
}

impl Roles {
    /// The pairs in all roles together.
    #[must_use]
    pub fn total(self) -> u64 {
        self.coordinator + self.itinerant + self.representative + self.gatekeeper + self.liaison
    }
}

/// How many of the pairs that a node stands between fall to each role if groups are dealt out at random.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpectedRoles {
    /// See [`Roles::coordinator`].
    pub coordinator: f64,
    /// See [`Roles::itinerant`].
    pub itinerant: f64,
    /// See [`Roles::representative`].
    pub representative: f64,
    /// See [`Roles::gatekeeper`].
    pub gatekeeper: f64,
    /// See [`Roles::liaison`].
    pub liaison: f64,
}

/// Gould and Fernandez' brokerage: in which of five roles each node stands between two others that are not tied.
///
/// Each path `a → b → c` without an edge `a → c` is counted at `b`, in the role that the groups of the three say. Many
/// liaisons and gatekeepers are hand-over points between groups; coordinators lead within one. Groups must come from
/// elsewhere than these edges where the roles are to be a finding: communities are drawn so that few edges leave them.
///
/// - **Unit**: ordered pairs of nodes. An edge of an undirected graph runs both ways, so that each pair counts twice, and
///   representative and gatekeeper are equal.
/// - **Cost**: `O(m √m log n)` time, `O(n)` memory a thread.
/// - **Order**: whole numbers, the same for any number of threads.
/// - **Edge cases**: `a` and `c` are two nodes: a tie both ways makes no path. With one group all are coordinators, with a
///   group for each node all are liaisons.
///
/// # Examples
///
/// In a path of three whose first two nodes are of one group, the middle is a representative one way and a gatekeeper the
/// other:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Brokerage, Partition, Roles};
///
/// let brokerage = Brokerage::of(&Csr::path(3), &Partition::from_labels(&[0, 0, 1]));
/// let both = Roles { representative: 1, gatekeeper: 1, ..Roles::default() };
/// assert_eq!(brokerage.roles(), [Roles::default(), both, Roles::default()]);
/// ```
///
/// # Source
///
/// R. V. Gould, R. M. Fernandez, "Structures of mediation: a formal approach to brokerage in transaction networks",
/// Sociological Methodology 19:89-126, 1989, section 2: `w_I` there is `coordinator` here, `w_O` `itinerant`, `b_IO`
/// `representative`, `b_OI` `gatekeeper`, `b_O` `liaison`. The expectation is ours: theirs draws the edges anew, ours leaves
/// them and deals out the groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Brokerage {
    roles: Vec<Roles>,
    /// The chance that three nodes are of one group, that exactly a given two of them are, and that no two are.
    chances: [f64; 3],
}

impl Brokerage {
    /// The roles of all nodes.
    ///
    /// # Panics
    ///
    /// If the partition is not one of the graph's nodes.
    #[must_use]
    pub fn of(csr: &Csr, groups: &Partition) -> Self {
        assert_eq!(groups.groups().len(), csr.node_count(), "a group for each node");
        let start = || Between::new(csr, groups);
        let roles = csr.nodes().into_par_iter().with_min_len(64).map_init(start, Between::roles);
        Self { roles: roles.collect(), chances: chances(groups.sizes()) }
    }

    /// The roles of each node, in node order.
    #[must_use]
    pub fn roles(&self) -> &[Roles] {
        &self.roles
    }

    /// What the roles of `u` would be on average, were groups of the same sizes dealt out at random to all nodes.
    ///
    /// # Panics
    ///
    /// If there is no such node.
    #[must_use]
    pub fn expected(&self, u: u32) -> ExpectedRoles {
        let total = self.roles[u as usize].total() as f64;
        let [one, two, none] = self.chances.map(|chance| chance * total);
        ExpectedRoles {
            coordinator: one,
            itinerant: two,
            representative: two,
            gatekeeper: two,
            liaison: none,
        }
    }
}

/// The chances of three nodes drawn at random: all of one group, exactly a given two, no two.
fn chances(sizes: &[usize]) -> [f64; 3] {
    let n = sizes.iter().sum::<usize>() as f64;
    if n < 3.0 {
        return [0.0; 3];
    }
    let all = n * (n - 1.0) * (n - 2.0);
    let sum = |term: fn(f64, f64) -> f64| -> f64 {
        sizes.iter().map(|&size| term(size as f64, n)).sum::<f64>() / all
    };
    let one = sum(|size, _| size * (size - 1.0) * (size - 2.0));
    let two = sum(|size, n| size * (size - 1.0) * (n - size));
    // Rounding may leave a hair below 0 where no three are of different groups.
    [one, two, (1.0 - one - 3.0 * two).max(0.0)]
}

/// What a thread needs to count the roles of one node after another.
struct Between<'a> {
    csr: &'a Csr,
    groups: &'a [u32],
    shared: SharedNeighbors<'a>,
    /// How many edges lead out of the node at hand into each group.
    out: Vec<u64>,
}

impl<'a> Between<'a> {
    fn new(csr: &'a Csr, groups: &'a Partition) -> Self {
        let out = vec![0; groups.group_count()];
        Self { csr, groups: groups.groups(), shared: SharedNeighbors::new(csr), out }
    }

    fn roles(&mut self, b: u32) -> Roles {
        let mut roles = self.all_pairs(b);
        let (from, to) = (self.csr.in_neighbors(b), self.csr.neighbors(b));
        let (groups, own) = (self.groups, self.groups[b as usize]);
        let group = |u: u32| groups[u as usize];
        // Not between somebody and himself.
        for &a in from {
            if to.binary_search(&a).is_ok() {
                *roles.of(own, group(a), group(a)) -= 1;
            }
        }
        self.shared.visit_rows(to, from, |closed| {
            *roles.of(own, group(closed.via.0), group(to[closed.to])) -= 1;
        });
        roles
    }

    /// The roles of `b` if whoever is tied to it were tied to nobody else.
    fn all_pairs(&mut self, b: u32) -> Roles {
        let (from, to) = (self.csr.in_neighbors(b), self.csr.neighbors(b));
        let group = |u: u32| self.groups[u as usize] as usize;
        let own = group(b);
        for &c in to {
            self.out[group(c)] += 1;
        }
        let from_own = from.iter().filter(|&&a| group(a) == own).count() as u64;
        let (from_others, to_own) = (from.len() as u64 - from_own, self.out[own]);
        let to_others = to.len() as u64 - to_own;
        let others = from.iter().map(|&a| group(a)).filter(|&group| group != own);
        let itinerant = others.map(|group| self.out[group]).sum();
        for &c in to {
            self.out[group(c)] = 0;
        }
        Roles {
            coordinator: from_own * to_own,
            itinerant,
            representative: from_own * to_others,
            gatekeeper: from_others * to_own,
            liaison: from_others * to_others - itinerant,
        }
    }
}

impl Roles {
    /// The count of the role between nodes of two groups.
    fn of(&mut self, own: u32, from: u32, to: u32) -> &mut u64 {
        match (from == own, to == own) {
            (true, true) => &mut self.coordinator,
            (true, false) => &mut self.representative,
            (false, true) => &mut self.gatekeeper,
            (false, false) if from == to => &mut self.itinerant,
            (false, false) => &mut self.liaison,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn chances_are_those_of_three_drawn_at_random() {
        let table: [(&[usize], [f64; 3]); 7] = [
            (&[2, 2], [0.0, 1.0 / 3.0, 0.0]),
            (&[3, 1], [0.25, 0.25, 0.0]),
            (&[2, 1, 1], [0.0, 1.0 / 6.0, 0.5]),
            (&[1, 1, 1], [0.0, 0.0, 1.0]),
            (&[3], [1.0, 0.0, 0.0]),
            (&[1, 1], [0.0; 3]),
            (&[], [0.0; 3]),
        ];
        for (sizes, wanted) in table {
            let found = chances(sizes);
            let off = found.iter().zip(wanted).map(|(one, other)| (one - other).abs());
            assert!(off.fold(0.0, f64::max) < 1e-12, "{sizes:?}: {found:?}");
        }
    }

    #[test]
    fn each_role_is_told_by_the_groups_of_the_three() {
        let role = |from, to| {
            let mut roles = Roles::default();
            *roles.of(0, from, to) += 1;
            let Roles { coordinator, itinerant, representative, gatekeeper, liaison } = roles;
            [coordinator, itinerant, representative, gatekeeper, liaison]
        };
        assert_eq!(role(0, 0), [1, 0, 0, 0, 0]);
        assert_eq!(role(1, 1), [0, 1, 0, 0, 0]);
        assert_eq!(role(0, 1), [0, 0, 1, 0, 0]);
        assert_eq!(role(1, 0), [0, 0, 0, 1, 0]);
        assert_eq!(role(1, 2), [0, 0, 0, 0, 1]);
    }

    #[test]
    fn a_hub_has_all_roles() {
        // 1, 3 and 4 pass things to 0, which passes them on to 2, 3, 5 and 6; 1 knows 2 himself.
        let pairs = [(1, 0), (3, 0), (4, 0), (0, 2), (0, 3), (0, 5), (0, 6), (1, 2)];
        let csr = Csr::unweighted(7, &pairs, Direction::Directed);
        let groups = Partition::from_labels(&[0, 0, 0, 1, 1, 1, 2]);
        let brokerage = Brokerage::of(&csr, &groups);
        // From 1 to 3, 5 and 6; from 3 and 4 to 2; from 3 to 5 and from 4 to 3 and 5; from 3 and 4 to 6.
        let hub =
            Roles { coordinator: 0, itinerant: 3, representative: 3, gatekeeper: 2, liaison: 2 };
        assert_eq!(brokerage.roles()[0], hub);
        assert_eq!(hub.total(), 10);
        // Of 210 ways to draw three of 3, 3 and 1 in order, 12 are of one group; 24 + 24 have the first two of one group and
        // the third of another.
        let expected = brokerage.expected(0);
        let found = [
            expected.coordinator,
            expected.itinerant,
            expected.representative,
            expected.gatekeeper,
            expected.liaison,
        ];
        let wanted = [12.0, 48.0, 48.0, 48.0, 54.0].map(|ways| 10.0 * ways / 210.0);
        let off = found.iter().zip(wanted).map(|(one, other)| (one - other).abs());
        assert!(off.fold(0.0, f64::max) < 1e-12, "{found:?}");
    }
}
