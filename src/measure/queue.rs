//! Nodes that wait to be looked at, each once.

use std::collections::VecDeque;

/// A queue in which no node stands twice.
pub(super) struct Queue {
    nodes: VecDeque<u32>,
    waiting: Vec<bool>,
}

impl Queue {
    /// All nodes, in that order.
    pub(super) fn new(order: Vec<u32>) -> Self {
        Self { waiting: vec![true; order.len()], nodes: order.into() }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn waits(&self, u: u32) -> bool {
        self.waiting[u as usize]
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
        let u = self.nodes.pop_front()?;
        self.waiting[u as usize] = false;
        Some(u)
    }

    /// The next `count` nodes, or all there are.
    pub(super) fn take(&mut self, count: usize) -> Vec<u32> {
        let taken: Vec<u32> = self.nodes.drain(..count.min(self.nodes.len())).collect();
        for &u in &taken {
            self.waiting[u as usize] = false;
        }
        taken
    }
}
