//! What a climb makes high: what groups weigh, and what a node gains in one of them.

/// What a node brings to its group, and what a group is made of.
pub(super) trait Mass: Copy + Default + Send + Sync {
    /// Whether it matters to a group how much weight lies inside it.
    const ENCLOSES: bool = false;

    /// The mass of both, with no edge between them.
    fn and(self, other: Self) -> Self;

    /// What is left when `other`, with no edge to the rest, is taken away.
    fn less(self, other: Self) -> Self;

    /// The same mass when this weight of its edges turns out to lie inside it; a negative one turns out to leave it.
    fn enclosing(self, _weight: f64) -> Self {
        self
    }

    /// What enters it from outside; 0 where nothing flows.
    fn border(self) -> f64 {
        0.0
    }

    /// The same mass with all worked out that is asked of it again and again.
    fn settled(self) -> Self {
        self
    }
}

/// What groups have for a border together, and what that costs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Border {
    all: f64,
    cost: f64,
}

/// A quality of partitions: a sum over groups, and a term of what enters all of them together.
pub(super) trait Objective: Copy + Send + Sync {
    type Mass: Mass;

    /// What is gained when `node` joins `group`, both settled, with edges of weight `between` among them. Before, they are groups of
    /// their own, and all groups together have that `border`.
    fn gain(&self, node: Self::Mass, group: Self::Mass, between: f64, border: Border) -> f64;

    /// What it costs that all groups together have a border of `all`.
    fn border(&self, _all: f64) -> Border {
        Border::default()
    }

    /// What a move of a node of that strength must gain, far above what rounding can feign, so that moves come to an end.
    fn least_gain(&self, strength: f64) -> f64 {
        1e-10 * strength
    }
}

impl Mass for f64 {
    fn and(self, other: Self) -> Self {
        self + other
    }

    fn less(self, other: Self) -> Self {
        self - other
    }
}

/// `Σ_c [e_c - density M_c² / 2]`, where `e_c` is the weight inside a group and `M_c` its mass.
///
/// For modularity the mass of a node is its strength and `density` is `γ / 2m` (and the sum is `m`
/// times the modularity); for CPM the mass is the number of nodes and `density` is `γ` (and the sum
/// is the CPM but for a constant).
#[derive(Clone, Copy)]
pub(super) struct Even {
    pub(super) density: f64,
}

impl Objective for Even {
    type Mass = f64;

    fn gain(&self, node: f64, group: f64, between: f64, _border: Border) -> f64 {
        between - self.density * node * group
    }
}

/// The weight of the edges that lead away, and of those that lead there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Ends {
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Mass for Ends {
    fn and(self, other: Self) -> Self {
        Self { from: self.from + other.from, to: self.to + other.to }
    }

    fn less(self, other: Self) -> Self {
        Self { from: self.from - other.from, to: self.to - other.to }
    }
}

/// `Σ_c [e_c - density F_c T_c]`, where edges of weight `F_c` leave the nodes of a group and edges of weight `T_c` come to them: directed
/// modularity times the weight of all edges, with `density` `γ / m`.
#[derive(Clone, Copy)]
pub(super) struct Sided {
    pub(super) density: f64,
}

impl Objective for Sided {
    type Mass = Ends;

    fn gain(&self, node: Ends, group: Ends, between: f64, _border: Border) -> f64 {
        between - self.density * (node.from * group.to + node.to * group.from)
    }
}

/// How often a walk is at the nodes of a group, and how often it leaves the group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Visits {
    here: f64,
    out: f64,
    /// What its own code costs, once it is settled.
    cost: f64,
}

impl Visits {
    pub(super) fn new(here: f64, out: f64) -> Self {
        Self { here, out, cost: 0.0 }.settled()
    }

    /// `p log₂ p` of what happens within, less what leaving costs.
    pub(super) fn cost(self) -> f64 {
        self.cost
    }
}

impl Mass for Visits {
    const ENCLOSES: bool = true;

    fn and(self, other: Self) -> Self {
        Self { here: self.here + other.here, out: self.out + other.out, cost: 0.0 }
    }

    fn less(self, other: Self) -> Self {
        Self { here: self.here - other.here, out: self.out - other.out, cost: 0.0 }
    }

    /// An edge inside a group was counted at both of its ends as leaving it.
    fn enclosing(self, weight: f64) -> Self {
        Self { out: (self.out - 2.0 * weight).max(0.0), ..self }
    }

    fn border(self) -> f64 {
        self.out
    }

    fn settled(self) -> Self {
        Self { cost: plogp(self.out + self.here) - 2.0 * plogp(self.out), ..self }
    }
}

/// Bits a step by which the walk is told more shortly, by the map equation.
#[derive(Clone, Copy)]
pub(super) struct Flow;

/// `x log₂ x`.
pub(super) fn plogp(x: f64) -> f64 {
    if x > 0.0 { x * libm::log2(x) } else { 0.0 }
}

impl Objective for Flow {
    type Mass = Visits;

    fn gain(&self, node: Visits, group: Visits, between: f64, border: Border) -> f64 {
        let both = node.and(group).enclosing(between).settled();
        let then = border.all - node.out - group.out + both.out;
        (border.cost - plogp(then.max(0.0))) + (node.cost - both.cost + group.cost)
    }

    fn border(&self, all: f64) -> Border {
        Border { all, cost: plogp(all) }
    }

    /// Logarithms of numbers about 1 round at 1e-16, however little a node is visited.
    fn least_gain(&self, strength: f64) -> f64 {
        1e-13 + 1e-10 * strength
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64) -> bool {
        (got - want).abs() < 1e-12
    }

    #[test]
    fn even_and_sided_gains_are_edges_less_what_is_expected() {
        let even = Even { density: 0.5 };
        assert!(close(even.gain(2.0, 6.0, 9.0, Border::default()), 3.0));
        assert!(close(2.0.and(6.0), 8.0) && close(2.0.less(6.0), -4.0));
        let (node, group) = (Ends { from: 2.0, to: 3.0 }, Ends { from: 5.0, to: 8.0 });
        // 2 · 8 there and 3 · 5 back.
        assert!(close(Sided { density: 0.5 }.gain(node, group, 20.0, Border::default()), 4.5));
        assert_eq!(node.and(group), Ends { from: 7.0, to: 11.0 });
        assert_eq!(node.less(group), Ends { from: -3.0, to: -5.0 });
        assert!(close(even.least_gain(3.0), 3e-10) && even.least_gain(0.0) < 1e-300);
        assert!(
            close(Flow.least_gain(0.0) * 1e13, 1.0) && close(Flow.least_gain(1.0), 1e-10 + 1e-13)
        );
    }

    #[test]
    fn a_group_is_left_less_often_for_each_edge_inside() {
        let half = Visits::new(0.5, 0.25);
        // 3/4 log 3/4 less twice 1/4 log 1/4, which is -1/2.
        assert!(close(half.cost(), 0.75 * (libm::log2(3.0) - 2.0) + 1.0));
        assert!(
            close(half.enclosing(0.125).border(), 0.0) && close(half.enclosing(0.1).border(), 0.05)
        );
        assert!(close(half.enclosing(9.0).border(), 0.0), "what rounding leaves is nothing");
        assert!(close(half.enclosing(-0.1).border(), 0.45));
        let both = half.and(Visits::new(0.25, 0.125));
        assert!(close(both.here, 0.75) && close(both.out, 0.375) && close(both.cost, 0.0));
        let rest = both.less(half).settled();
        assert!(close(rest.here, 0.25) && close(rest.out, 0.125));
        assert!(close(rest.cost(), 0.375 * (libm::log2(3.0) - 3.0) + 0.75));
    }

    #[test]
    fn two_halves_of_a_walk_gain_two_bits_together() {
        // A step between two nodes and no others: told as two groups of one each it takes 3 bits, 1 for the group that is entered and
        // 2 for the node and for leaving; as one it takes 1.
        let node = Visits::new(0.5, 0.5);
        let gain = Flow.gain(node, node, 0.5, Flow.border(1.0));
        assert!(close(gain, 2.0), "{gain}");
        for (x, want) in [(0.0, 0.0), (-1.0, 0.0), (1.0, 0.0), (0.25, -0.5), (4.0, 8.0)] {
            assert!(close(plogp(x), want), "{x}");
        }
    }
}
