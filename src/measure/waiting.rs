//! Nodes that wait to be looked at, each once.

use std::collections::VecDeque;

/// A queue in which no node waits twice. A node that was withdrawn still stands in it, and is passed over.
pub(super) struct Queue {
    nodes: VecDeque<u32>,
    waiting: Vec<bool>,
}

impl Queue {
    /// All nodes, in that order.
    pub(super) fn new(order: Vec<u32>) -> Self {
        Self { waiting: vec![true; order.len()], nodes: order.into() }
    }

    /// How many wait, at most.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Says whether a node waits, and lets it wait no longer.
    pub(super) fn withdraw(&mut self, u: u32) -> bool {
        std::mem::take(&mut self.waiting[u as usize])
    }

    /// Puts a node at the end, if it does not wait yet.
    #[inline]
    pub(super) fn push(&mut self, u: u32) {
        if !self.waiting[u as usize] {
            self.waiting[u as usize] = true;
            self.nodes.push_back(u);
        }
    }

    pub(super) fn pop(&mut self) -> Option<u32> {
        loop {
            let u = self.nodes.pop_front()?;
            if self.withdraw(u) {
                return Some(u);
            }
        }
    }

    /// The next `count` nodes, or all there are.
    pub(super) fn take(&mut self, count: usize) -> Vec<u32> {
        (0..count).map_while(|_| self.pop()).collect()
    }
}
