//! The random two-mode graph in which every node has the degree it has, on average.

use super::overlap::Trials;
use crate::error::{ErrorKind, Result};
use crate::odds::sigmoid;

/// The bipartite configuration model (`BiCM`), fitted to the degrees of two sides.
///
/// Of all random graphs in which each node has its degree on average, it is the one that assumes least: left `i` and right `α` are tied
/// with the chance `x_i y_α / (1 + x_i y_α)`, whatever other ties there are. Nodes of one degree have one chance, so degrees are
/// all that is fitted. A node that is tied to all others, or to none of those that are left, is so with certainty.
///
/// Source: Saracco, Di Clemente, Gabrielli, Squartini (2015), Sci. Rep. 5:10595. With `θ = ln x` and `η = ln y` the likelihood is concave;
/// each coordinate in turn is put where its degree is right (Newton's steps).
#[derive(Clone, Debug)]
pub(super) struct BipartiteConfiguration {
    /// By class of left nodes and class of right nodes.
    chances: Vec<Vec<f64>>,
    right: Vec<(u32, u32)>,
}

/// Degrees of one side while the model is fitted.
#[derive(Clone, Debug)]
struct Side {
    /// How many nodes have the degree.
    count: Vec<f64>,
    /// What is left of the degree once certain ties are taken off; none where nothing is left to fit.
    degree: Vec<Option<f64>>,
    /// The logarithm of `x` or `y`.
    log: Vec<f64>,
}

const ROUNDS: usize = 5000;
/// How far a fitted degree may be off, as a share of it.
const TOLERANCE: f64 = 1e-10;

impl BipartiteConfiguration {
    /// The model of these degrees: for each side, degrees and how many nodes have them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotConverged`] where no such model exists, as ties are certain that no single degree shows.
    pub(super) fn fit(left: &[(u32, u32)], right: &[(u32, u32)]) -> Result<Self> {
        let mut chances = vec![vec![0.0; right.len()]; left.len()];
        let (mut lefts, mut rights) = (Side::of(left), Side::of(right));
        settle(&mut lefts, &mut rights, &mut chances);
        let mut off = 0.0;
        for _ in 0..ROUNDS {
            lefts.improve(&rights);
            rights.improve(&lefts);
            off = lefts.off(&rights);
            if off <= TOLERANCE {
                lefts.write(&rights, &mut chances);
                return Ok(Self { chances, right: right.to_vec() });
            }
        }
        Err(ErrorKind::NotConverged { measure: "bicm", rounds: ROUNDS, residual: off }.into())
    }

    /// The chance that left nodes of two classes share `shared` or more, and whether it is exact.
    pub(super) fn chance(&self, shared: u32, a: usize, b: usize) -> (f64, bool) {
        let both = self.chances[a].iter().zip(&self.chances[b]).map(|(one, other)| one * other);
        let classes: Vec<(u32, f64)> = self.right.iter().map(|class| class.1).zip(both).collect();
        Trials { classes: &classes }.at_least(shared)
    }

    /// The chance of a tie between nodes of two classes.
    #[cfg(test)]
    pub(super) fn tie(&self, left: usize, right: usize) -> f64 {
        self.chances[left][right]
    }
}

/// Takes off, again and again, who is tied to all that are left or to nobody.
fn settle(lefts: &mut Side, rights: &mut Side, chances: &mut [Vec<f64>]) {
    loop {
        let left = lefts.take_certain(rights);
        for &(a, full) in &left {
            let fitted = (0..rights.degree.len()).filter(|&b| rights.degree[b].is_some());
            fitted.for_each(|b| chances[a][b] = if full { 1.0 } else { 0.0 });
        }
        lefts.take_off(&left, rights);
        let right = rights.take_certain(lefts);
        for &(b, full) in &right {
            let fitted = (0..lefts.degree.len()).filter(|&a| lefts.degree[a].is_some());
            fitted.for_each(|a| chances[a][b] = if full { 1.0 } else { 0.0 });
        }
        rights.take_off(&right, lefts);
        if left.is_empty() && right.is_empty() {
            return;
        }
    }
}

impl Side {
    fn of(classes: &[(u32, u32)]) -> Self {
        let edges: f64 = classes.iter().map(|&(degree, n)| f64::from(degree) * f64::from(n)).sum();
        Self {
            count: classes.iter().map(|class| f64::from(class.1)).collect(),
            degree: classes.iter().map(|class| Some(f64::from(class.0))).collect(),
            log: classes
                .iter()
                .map(|class| libm::log(f64::from(class.0.max(1)) / libm::sqrt(edges.max(1.0))))
                .collect(),
        }
    }

    /// The classes that are still to be fitted: their place and what is left of their degree.
    fn open(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.degree.iter().enumerate().filter_map(|(at, degree)| Some((at, (*degree)?)))
    }

    fn nodes(&self) -> f64 {
        self.open().map(|(at, _)| self.count[at]).sum()
    }

    /// Which classes are tied to all (`true`) or none (`false`) of what is left of the other side.
    fn take_certain(&self, other: &Self) -> Vec<(usize, bool)> {
        let all = other.nodes();
        let certain = self.open().filter(|&(_, degree)| degree <= 0.0 || degree >= all);
        certain.map(|(at, degree)| (at, degree > 0.0)).collect()
    }

    fn take_off(&mut self, certain: &[(usize, bool)], other: &mut Self) {
        for &(at, full) in certain {
            self.degree[at] = None;
            let less = if full { self.count[at] } else { 0.0 };
            other.degree.iter_mut().flatten().for_each(|degree| *degree -= less);
        }
    }

    /// Puts each class where its degree is right, given the other side.
    fn improve(&mut self, other: &Self) {
        for at in 0..self.degree.len() {
            if let Some(degree) = self.degree[at] {
                self.log[at] = other.solve(degree, self.log[at]);
            }
        }
    }

    /// The logarithm with which a node has `degree` ties to this side: Newton's steps, kept between bounds that close in.
    fn solve(&self, degree: f64, start: f64) -> f64 {
        let (mut low, mut high, mut log) = (-700.0_f64, 700.0_f64, start);
        for _ in 0..100 {
            let (ties, slope) = self.ties(log);
            let over = ties - degree;
            if over.abs() <= 1e-12 * degree {
                break;
            }
            if over > 0.0 {
                high = log;
            } else {
                low = log;
            }
            let newton = log - over / slope.max(1e-300);
            log = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        }
        log
    }

    /// The expected ties of a node to this side, and how fast they grow.
    fn ties(&self, log: f64) -> (f64, f64) {
        self.open().fold((0.0, 0.0), |(ties, slope), (at, _)| {
            let p = sigmoid(log + self.log[at]);
            (ties + self.count[at] * p, slope + self.count[at] * p * (1.0 - p))
        })
    }

    /// How far the worst degree is off, as a share of it.
    fn off(&self, other: &Self) -> f64 {
        let off = |(at, degree): (usize, f64)| (other.ties(self.log[at]).0 / degree - 1.0).abs();
        self.open().map(off).fold(0.0, f64::max)
    }

    fn write(&self, other: &Self, chances: &mut [Vec<f64>]) {
        for (a, _) in self.open() {
            for (b, _) in other.open() {
                chances[a][b] = sigmoid(self.log[a] + other.log[b]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_of_the_model_are_those_of_the_graph() {
        let (left, right) = ([(1, 3), (2, 2), (4, 1)], [(1, 4), (2, 2), (3, 1)]);
        let model = BipartiteConfiguration::fit(&left, &right).unwrap();
        for (a, &(degree, _)) in left.iter().enumerate() {
            let ties: f64 = right
                .iter()
                .enumerate()
                .map(|(b, class)| f64::from(class.1) * model.tie(a, b))
                .sum();
            assert!((ties - f64::from(degree)).abs() < 1e-8, "{a}: {ties}");
        }
        for (b, &(degree, _)) in right.iter().enumerate() {
            let ties: f64 = left
                .iter()
                .enumerate()
                .map(|(a, class)| f64::from(class.1) * model.tie(a, b))
                .sum();
            assert!((ties - f64::from(degree)).abs() < 1e-8, "{b}: {ties}");
        }
    }

    #[test]
    fn equal_degrees_have_equal_chances() {
        let model = BipartiteConfiguration::fit(&[(2, 5)], &[(1, 10)]).unwrap();
        assert!((model.tie(0, 0) - 0.2).abs() < 1e-12);
    }

    #[test]
    fn nested_ties_are_certain() {
        let model = BipartiteConfiguration::fit(&[(1, 1), (2, 1)], &[(1, 1), (2, 1)]).unwrap();
        let ties = [[0, 0], [0, 1], [1, 0], [1, 1]].map(|[a, b]| model.tie(a, b));
        assert_eq!(ties.map(|p| p > 0.5), [false, true, true, true]);
        assert!(ties.iter().all(|p| *p < 1e-12 || *p > 1.0 - 1e-12), "{ties:?}");
    }

    #[test]
    fn whoever_is_tied_to_all_or_none_is_certain() {
        let (lefts, rights) = (Side::of(&[(0, 1), (2, 2), (4, 1)]), Side::of(&[(1, 4)]));
        assert_eq!(lefts.take_certain(&rights), [(0, false), (2, true)]);
    }

    #[test]
    fn expected_ties_are_those_of_all_nodes() {
        // Chances of 1/2 for four nodes and of 2/3 for two.
        let side = Side::of(&[(1, 4), (2, 2)]);
        let (ties, slope) = side.ties(libm::log(libm::sqrt(8.0)));
        assert!((ties - 10.0 / 3.0).abs() < 1e-12, "{ties}");
        assert!((slope - 13.0 / 9.0).abs() < 1e-12, "{slope}");
    }

    #[test]
    fn a_degree_is_solved_for_from_anywhere() {
        // Four nodes at odds of x / 2: one tie at odds of 1 to 3, three ties at 3 to 1.
        let side = Side::of(&[(1, 4)]);
        for start in [0.0, 650.0, -650.0] {
            for (degree, x) in [(1.0, 2.0 / 3.0), (2.0, 2.0), (3.0, 6.0)] {
                let log = side.solve(degree, start);
                assert!((log - libm::log(x)).abs() < 1e-9, "{degree} from {start}: {log}");
            }
        }
    }

    #[test]
    fn the_worst_degree_says_how_far_off_a_side_is() {
        let rights = Side::of(&[(1, 4)]);
        // Two ties of each node at odds of 1 to 1.
        let off = |degrees: &[(u32, u32)]| {
            let mut lefts = Side::of(degrees);
            lefts.log.fill(libm::log(2.0));
            lefts.off(&rights)
        };
        assert!((off(&[(2, 1), (4, 1)]) - 0.5).abs() < 1e-12);
        assert!((off(&[(1, 1), (4, 1)]) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn to_share_one_of_ten_is_not_to_share_none() {
        let model = BipartiteConfiguration::fit(&[(2, 5)], &[(1, 10)]).unwrap();
        // Both are tied to each of the ten with a chance of 1/25: 1 less 0.96 ^ 10.
        let (chance, exact) = model.chance(1, 0, 0);
        assert!((chance - 0.335_167_364).abs() < 1e-9 && exact, "{chance}");
        assert_eq!(model.chance(0, 0, 0), (1.0, true));
    }

    #[test]
    fn ties_that_are_certain_though_no_degree_says_so_have_no_model() {
        // The two of most ties are tied to one another on both sides, and the two of one tie to these.
        let classes = [(3, 2), (1, 2)];
        let error = BipartiteConfiguration::fit(&classes, &classes).unwrap_err();
        let ErrorKind::NotConverged { measure, rounds, residual } = error.kind() else {
            panic!("{error}")
        };
        assert_eq!((*measure, *rounds), ("bicm", 5000));
        assert!(*residual > 1e-10 && *residual < 0.1, "{residual}");
    }

    #[test]
    fn nodes_of_no_tie_and_of_all_are_settled_on_either_side() {
        let ties = |left: &[(u32, u32)], right: &[(u32, u32)], at: [(usize, usize); 2]| {
            let model = BipartiteConfiguration::fit(left, right).unwrap();
            at.map(|(a, b)| model.tie(a, b)).to_vec()
        };
        let near = |found: Vec<f64>, wanted: [f64; 2]| {
            let off = found.iter().zip(wanted).map(|(one, other)| (one - other).abs());
            assert!(off.fold(0.0, f64::max) < 1e-9, "{found:?}");
        };
        near(ties(&[(0, 1), (1, 2)], &[(1, 2)], [(0, 0), (1, 0)]), [0.0, 0.5]);
        near(ties(&[(1, 2)], &[(0, 1), (2, 1)], [(0, 0), (0, 1)]), [0.0, 1.0]);
        // Beside one right node that all three lefts are tied to, each has half a tie to each of the other two.
        near(ties(&[(2, 3)], &[(3, 1), (1, 1), (2, 1)], [(0, 0), (0, 1)]), [1.0, 1.0 / 3.0]);
    }
}
