//! Weights in as few bytes as hold them.

use std::ops::Range;

/// The weights of a row, in the order of its neighbors.
///
/// Weights are held in four bytes where that loses nothing of any of them, as with counts; else in eight.
#[derive(Clone, Copy, Debug)]
pub enum WeightRow<'a> {
    /// Four bytes a weight.
    Short(&'a [f32]),
    /// Eight bytes a weight.
    Long(&'a [f64]),
}

impl WeightRow<'_> {
    /// Calls `edge` with each of `neighbors`, whose row this is, and the weight of the edge to it.
    #[inline(always)]
    pub(crate) fn each(self, neighbors: &[u32], mut edge: impl FnMut(u32, f64)) {
        match self {
            Self::Short(weights) => {
                neighbors.iter().zip(weights).for_each(|(&v, &weight)| edge(v, f64::from(weight)));
            }
            Self::Long(weights) => {
                neighbors.iter().zip(weights).for_each(|(&v, &weight)| edge(v, weight));
            }
        }
    }

    /// The weight of the edge to the neighbor at `place` of the row.
    ///
    /// # Panics
    ///
    /// If the row is not that long.
    #[must_use]
    #[inline(always)]
    pub fn at(&self, place: usize) -> f64 {
        match self {
            Self::Short(weights) => f64::from(weights[place]),
            Self::Long(weights) => weights[place],
        }
    }
}

/// The weights of all rows.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::graph) enum Weights {
    Short(Vec<f32>),
    Long(Vec<f64>),
}

impl Weights {
    #[inline(always)]
    pub(super) fn row(&self, range: Range<usize>) -> WeightRow<'_> {
        match self {
            Self::Short(weights) => WeightRow::Short(&weights[range]),
            Self::Long(weights) => WeightRow::Long(&weights[range]),
        }
    }
}

/// A weight while rows are made: in four bytes, in eight, or none.
pub(in crate::graph) trait Held: Copy + Default + Send + Sync {
    /// The weight, which `Self` holds without loss; `None` if it does not.
    fn exactly(weight: f64) -> Option<Self>;

    fn wide(self) -> f64;

    fn column(weights: Vec<Self>) -> Option<Weights>;
}

impl Held for f32 {
    #[allow(clippy::cast_possible_truncation)] // what is lost is compared
    #[inline(always)]
    fn exactly(weight: f64) -> Option<Self> {
        let short = weight as f32;
        (f64::from(short).to_bits() == weight.to_bits()).then_some(short)
    }

    fn wide(self) -> f64 {
        f64::from(self)
    }

    fn column(weights: Vec<Self>) -> Option<Weights> {
        Some(Weights::Short(weights))
    }
}

impl Held for f64 {
    #[inline(always)]
    fn exactly(weight: f64) -> Option<Self> {
        Some(weight)
    }

    fn wide(self) -> f64 {
        self
    }

    fn column(weights: Vec<Self>) -> Option<Weights> {
        Some(Weights::Long(weights))
    }
}

impl Held for () {
    #[inline(always)]
    fn exactly(_: f64) -> Option<Self> {
        Some(())
    }

    fn wide(self) -> f64 {
        1.0
    }

    fn column(_: Vec<Self>) -> Option<Weights> {
        None
    }
}
