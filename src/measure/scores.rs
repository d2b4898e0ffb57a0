//! One number per node, and the order it puts the nodes in.

use std::ops::Deref;

/// One number per node, in node order.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores(Vec<f64>);

impl Scores {
    /// Scores from one number per node.
    #[must_use]
    pub fn new(values: Vec<f64>) -> Self {
        Self(values)
    }

    /// Nodes from the highest score down; equal scores by node number.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::measure::Scores;
    ///
    /// assert_eq!(Scores::new(vec![1.0, 3.0, 1.0]).ranked(), [1, 0, 2]);
    /// ```
    #[must_use]
    pub fn ranked(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by(|&u, &v| self.0[v].total_cmp(&self.0[u]).then(u.cmp(&v)));
        order
    }
}

impl Deref for Scores {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.0
    }
}

impl<const N: usize> PartialEq<[f64; N]> for Scores {
    fn eq(&self, other: &[f64; N]) -> bool {
        self.0 == other
    }
}
