//! How long a path is, and which way it runs.

use crate::error::{Error, Result};
use crate::graph::Csr;

/// The lengths that an edge may have. Within it no sum overflows and no reciprocal vanishes.
const RANGE: std::ops::RangeInclusive<f64> = 1e-100..=1e100;

/// How far apart two distances may lie, relative to their size, and count as equal.
///
/// Sums of the same lengths in another order differ in their last bits; without a tolerance two
/// equally short paths would count as one.
const TOLERANCE: f64 = 1e-10;

/// The surest that an edge is taken to be.
const SUREST: f64 = 1.0 - 1e-9;

/// What the length of a path is.
///
/// Distances by weight that differ by less than 1e-10 of their size count as equal, so that paths
/// of equal length are all counted whatever the order in which their edges were added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Length {
    /// The number of its edges. This is the default.
    #[default]
    Hops,
    /// The sum of the weights of its edges: the weight is a distance or a cost.
    Weight,
    /// The sum of 1 / weight over its edges: the weight is a strength, and a tie twice as strong
    /// is half as long.
    Reciprocal,
    /// The sum of −ln(weight) over its edges: the weight is the chance that the edge is right, and the
    /// shortest path is the chain that is most likely right in all its edges.
    ///
    /// [`chance`](Self::chance) makes the product of a length again. A weight above 1 − 10⁻⁹ counts as that, so that
    /// nothing is certain and of two chains of sure edges the one of fewer is shorter. The product takes edges to be right
    /// independently of each other; what one source says of two edges is not.
    Certainty,
}

/// Which way paths run in a directed graph; it makes no difference in an undirected one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Along {
    /// Paths end at the node: how near it is to those who can reach it. This is the default, as
    /// in networkx.
    #[default]
    Incoming,
    /// Paths start at the node: how near it is to those it can reach, the default of igraph.
    Outgoing,
}

impl Length {
    fn of(self, weight: f64) -> f64 {
        match self {
            Self::Hops => 1.0,
            Self::Weight => weight,
            Self::Reciprocal => 1.0 / weight,
            Self::Certainty if weight > 1.0 => f64::INFINITY,
            Self::Certainty => -libm::log(weight.min(SUREST)),
        }
    }

    /// The chance that all edges of a path of this length are right, if lengths are of
    /// [`Certainty`](Self::Certainty); none otherwise.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::graph::{Csr, Direction};
    /// use kluwen::measure::{Length, ShortestPaths};
    ///
    /// let edges = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.5)];
    /// let csr = Csr::new(3, &edges, Direction::Undirected);
    /// let likely = ShortestPaths { length: Length::Certainty, ..ShortestPaths::default() };
    /// let found = likely.between(&csr, 0, 2)?;
    /// assert_eq!(found.paths, [[0, 1, 2]], "0.9 × 0.8 is more than 0.5");
    /// let chance = found.distance.and_then(|length| Length::Certainty.chance(length));
    /// assert!((chance.unwrap_or(0.0) - 0.72).abs() < 1e-12);
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    #[must_use]
    pub fn chance(self, length: f64) -> Option<f64> {
        (self == Self::Certainty).then(|| libm::exp(-length))
    }
}

/// A graph as its paths see it: from each node some steps, each with its length.
#[derive(Clone, Copy)]
pub(super) struct Paths<'a> {
    pub(super) csr: &'a Csr,
    pub(super) length: Length,
    along: Along,
}

impl<'a> Paths<'a> {
    /// The paths of `csr` that start (`Outgoing`) or end (`Incoming`) at the node asked about.
    ///
    /// Fails on the first edge whose length is out of range. A graph without weights is walked by
    /// hops.
    pub(super) fn new(csr: &'a Csr, length: Length, along: Along) -> Result<Self> {
        let length = if csr.is_weighted() { length } else { Length::Hops };
        let paths = Self { csr, length, along };
        if length == Length::Hops {
            return Ok(paths);
        }
        for u in csr.nodes() {
            if let Some((v, weight)) =
                csr.edges_of(u).find(|&(_, weight)| !RANGE.contains(&length.of(weight)))
            {
                return Err(out_of_range(length, [u, v], weight));
            }
        }
        Ok(paths)
    }

    /// The same graph walked the other way.
    #[inline(always)]
    pub(super) fn reversed(self) -> Self {
        let along = match self.along {
            Along::Incoming => Along::Outgoing,
            Along::Outgoing => Along::Incoming,
        };
        Self { along, ..self }
    }

    /// The nodes one step from `u`.
    #[inline(always)]
    pub(super) fn next(&self, u: u32) -> &'a [u32] {
        match self.along {
            Along::Outgoing => self.csr.neighbors(u),
            Along::Incoming => self.csr.in_neighbors(u),
        }
    }

    /// The nodes one step from `u`, each with the length of the step.
    pub(super) fn steps(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + use<'a> {
        let weights = match self.along {
            Along::Outgoing => self.csr.weights(u),
            Along::Incoming => self.csr.in_weights(u),
        };
        let length = self.length;
        self.next(u)
            .iter()
            .enumerate()
            .map(move |(i, &v)| (v, weights.map_or(1.0, |weights| length.of(weights.at(i)))))
    }
}

fn out_of_range(length: Length, [u, v]: [u32; 2], weight: f64) -> Error {
    let range = match length {
        Length::Certainty => "a certainty must lie in (0, 1]",
        _ => "`length` must lie in [1e-100, 1e100]",
    };
    Error::usage(format!(
        "{range} for each edge: the edge from node {u} to node {v} weighs {weight}"
    ))
}

/// Whether a path of `length` is as short as `shortest`.
pub(super) fn is_as_short(length: f64, shortest: f64) -> bool {
    length <= shortest * (1.0 + TOLERANCE)
}
