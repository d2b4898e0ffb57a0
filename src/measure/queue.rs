//! Queues from which the nearest comes first.

/// A queue of nodes by distance. Distances that are put in are no smaller than the last taken out.
pub(super) trait Queue<D> {
    /// An empty queue, for steps that are no longer than `longest`.
    fn new(longest: D) -> Self;

    fn push(&mut self, distance: D, node: u32);

    fn pop(&mut self) -> Option<(D, u32)>;
}

/// One bucket for each distance that can be waiting, used in a ring.
///
/// # Source
///
/// R. B. Dial, "Algorithm 360: shortest-path forest with topological ordering", Commun. ACM 12(11):632-633, 1969.
pub(super) struct Dial {
    buckets: Vec<Vec<u32>>,
    waiting: usize,
    now: u32,
}

/// A heap in which each place has four below it: half as deep as one with two, and the four lie side by side.
pub(super) struct Heap(Vec<(f64, u32)>);

/// How many places lie below each.
const BELOW: usize = 4;

impl Queue<u32> for Dial {
    fn new(longest: u32) -> Self {
        Self { buckets: vec![Vec::new(); longest as usize + 1], waiting: 0, now: 0 }
    }

    #[inline(always)]
    fn push(&mut self, distance: u32, node: u32) {
        if self.waiting == 0 || distance < self.now {
            self.now = distance;
        }
        let bucket = distance as usize % self.buckets.len();
        self.buckets[bucket].push(node);
        self.waiting += 1;
    }

    #[inline(always)]
    fn pop(&mut self) -> Option<(u32, u32)> {
        if self.waiting == 0 {
            return None;
        }
        self.waiting -= 1;
        loop {
            let bucket = self.now as usize % self.buckets.len();
            if let Some(node) = self.buckets[bucket].pop() {
                return Some((self.now, node));
            }
            self.now += 1;
        }
    }
}

impl Queue<f64> for Heap {
    fn new(_: f64) -> Self {
        Self(Vec::new())
    }

    fn push(&mut self, distance: f64, node: u32) {
        let entry = (distance, node);
        let mut place = self.0.len();
        self.0.push(entry);
        while place > 0 {
            let above = (place - 1) / BELOW;
            if !is_before(entry, self.0[above]) {
                break;
            }
            self.0[place] = self.0[above];
            place = above;
        }
        self.0[place] = entry;
    }

    fn pop(&mut self) -> Option<(f64, u32)> {
        let first = *self.0.first()?;
        let entry = self.0.pop()?;
        let heap = &mut self.0;
        let mut place = 0;
        while !heap.is_empty() {
            let below = BELOW * place + 1..(BELOW * place + 1 + BELOW).min(heap.len());
            let least = below
                .reduce(|one, other| if is_before(heap[other], heap[one]) { other } else { one });
            let Some(least) = least.filter(|&least| is_before(heap[least], entry)) else {
                heap[place] = entry;
                break;
            };
            heap[place] = heap[least];
            place = least;
        }
        Some(first)
    }
}

/// Whether one entry comes before another: the nearer, or of two as near the one of the smaller number.
#[inline(always)]
fn is_before(one: (f64, u32), other: (f64, u32)) -> bool {
    one.0 < other.0 || (one.0 <= other.0 && one.1 < other.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn both_queues_give_back_in_order_what_was_put_in() {
        let (mut dial, mut heap) = (Dial::new(20), Heap::new(20.0));
        let mut random = Random::new(3, 0);
        let mut last = 0;
        let mut waiting = Vec::new();
        for step in 0..2000_u32 {
            if step < 1000 && random.below(3) > 0 || waiting.is_empty() {
                let distance = last + u32::try_from(random.below(21)).unwrap();
                dial.push(distance, step);
                heap.push(f64::from(distance), step);
                waiting.push(distance);
            } else {
                waiting.sort_unstable();
                last = waiting.remove(0);
                assert_eq!(dial.pop().map(|entry| entry.0), Some(last));
                let nearest = heap.pop().map(|entry| entry.0.to_bits());
                assert_eq!(nearest, Some(f64::from(last).to_bits()));
            }
        }
    }

    #[test]
    fn of_two_as_near_the_one_of_the_smaller_number_comes_first() {
        let mut heap = Heap::new(9.0);
        let entries = [
            (3.0, 5),
            (1.0, 9),
            (3.0, 2),
            (0.0, 7),
            (1.0, 4),
            (3.0, 1),
            (2.0, 0),
            (1.0, 6),
            (0.5, 3),
        ];
        for (distance, node) in entries {
            heap.push(distance, node);
        }
        let order: Vec<u32> = std::iter::from_fn(|| heap.pop()).map(|entry| entry.1).collect();
        assert_eq!(order, [7, 3, 4, 6, 9, 0, 1, 2, 5]);
        assert!(heap.pop().is_none());
        for (one, other, want) in [
            ((1.0, 2), (2.0, 1), true),
            ((2.0, 1), (1.0, 2), false),
            ((1.0, 1), (1.0, 2), true),
            ((1.0, 2), (1.0, 1), false),
            ((1.0, 1), (1.0, 1), false),
        ] {
            assert_eq!(is_before(one, other), want, "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_ring_of_buckets_begins_anew_where_it_is_empty_or_something_is_nearer() {
        let mut dial = Dial::new(2);
        assert_eq!(dial.pop(), None);
        dial.push(100, 1);
        assert_eq!((dial.buckets.len(), dial.pop()), (3, Some((100, 1))));
        for (distance, node) in [(7, 1), (5, 2), (6, 3), (7, 4)] {
            dial.push(distance, node);
        }
        assert_eq!([dial.pop(), dial.pop()], [Some((5, 2)), Some((6, 3))]);
        dial.push(8, 5);
        assert_eq!(
            [dial.pop(), dial.pop(), dial.pop()],
            [Some((7, 4)), Some((7, 1)), Some((8, 5))]
        );
        assert_eq!((dial.pop(), dial.waiting), (None, 0));
    }
}
