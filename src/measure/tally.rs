//! What the edges of a node weigh, by the group that they lead to.

use std::sync::{Mutex, PoisonError};

/// The weight of the edges from somewhere to each group, for the few groups that have any.
#[derive(Debug)]
pub(super) struct Tally {
    /// Below 0 where a group has no edge.
    weights: Vec<f64>,
    /// The groups with an edge are the first `met` of these.
    groups: Vec<u32>,
    met: usize,
}

impl Tally {
    pub(super) fn new(group_count: usize) -> Self {
        Self { weights: vec![-1.0; group_count], groups: vec![0; group_count + 1], met: 0 }
    }

    pub(super) fn clear(&mut self) {
        for &group in &self.groups[..self.met] {
            self.weights[group as usize] = -1.0;
        }
        self.met = 0;
    }

    /// Without a branch: whether a group is met for the first time is a coin that no processor foretells.
    #[inline]
    pub(super) fn add(&mut self, group: u32, weight: f64) {
        let sum = &mut self.weights[group as usize];
        self.groups[self.met] = group;
        self.met += usize::from(*sum < 0.0);
        *sum = sum.max(0.0) + weight;
    }

    /// The groups with an edge, in the order in which they were met.
    pub(super) fn groups(&self) -> &[u32] {
        &self.groups[..self.met]
    }

    /// The weight of the edges to `group`, 0 where there are none.
    #[inline]
    pub(super) fn weight(&self, group: u32) -> f64 {
        self.weights[group as usize].max(0.0)
    }
}

/// Tallies that threads take and give back: as many as threads, and each filled but once.
#[derive(Debug)]
pub(super) struct Tallies {
    group_count: usize,
    idle: Mutex<Vec<Tally>>,
}

impl Tallies {
    pub(super) fn new(group_count: usize) -> Self {
        Self { group_count, idle: Mutex::default() }
    }

    /// Does `work` with a tally, which comes cleared.
    pub(super) fn with<R>(&self, work: impl FnOnce(&mut Tally) -> R) -> R {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut tally = taken.unwrap_or_else(|| Tally::new(self.group_count));
        let done = work(&mut tally);
        tally.clear();
        idle().push(tally);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up_by_group_in_the_order_of_meeting() {
        let tallies = Tallies::new(3);
        for _ in 0..2 {
            tallies.with(|tally| {
                tally.add(2, 1.0);
                tally.add(0, 0.0);
                tally.add(2, 0.5);
                assert_eq!(tally.groups(), [2, 0], "an edge of no weight is met as well");
                assert_eq!(
                    [0, 1, 2].map(|group| tally.weight(group).to_bits()),
                    [0.0, 0.0, 1.5_f64].map(f64::to_bits)
                );
            });
        }
    }
}
