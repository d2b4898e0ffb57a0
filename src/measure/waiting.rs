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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_waits_once_and_not_when_it_was_withdrawn() {
        let mut queue = Queue::new(vec![2, 0, 1, 3]);
        queue.push(2);
        assert_eq!((queue.len(), queue.pop()), (4, Some(2)), "it waited already");
        queue.push(2);
        queue.push(2);
        assert_eq!(queue.len(), 4);
        assert!(queue.withdraw(0) && !queue.withdraw(0));
        assert_eq!(queue.take(2), [1, 3], "0 stands in it and is passed over");
        assert_eq!(queue.take(2), [2]);
        assert_eq!((queue.len(), queue.pop()), (0, None));
    }
}
