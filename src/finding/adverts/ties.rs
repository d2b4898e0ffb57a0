//! What two advertisements have in common.

use crate::measure::{jaccard, shared};

/// What two advertisements are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    Text,
    Phone,
    Handle,
    Payer,
    Image,
    Victim,
}

impl Tie {
    pub(super) const ALL: [Self; 6] =
        [Self::Text, Self::Phone, Self::Handle, Self::Payer, Self::Image, Self::Victim];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Phone => "phone",
            Self::Handle => "handle",
            Self::Payer => "payer or poster",
            Self::Image => "image",
            Self::Victim => "victim",
        }
    }
}

/// The least Jaccard index of each level of likeness of two texts, the most alike first; below the last is the lowest level.
pub(super) const LEVELS: [f64; 7] = [0.6, 0.4, 0.25, 0.15, 0.08, 0.03, 0.0];
pub(super) const COUNT: usize = LEVELS.len();
/// Of other ties: the same, and not the same.
pub(super) const SAME: u8 = 0;
pub(super) const OTHER: u8 = 1;
/// Nothing to compare.
pub(super) const MISSING: u8 = u8::MAX;

/// Texts that are alike at one of the first so many levels are a tie of their own.
const ALIKE: u8 = 4;

/// What two advertisements have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// By tie: how alike.
    levels: [u8; Tie::ALL.len()],
    /// Of the rarest value that both have, how many others have it: a power of two, rounded down.
    crowd: u8,
}

impl Pattern {
    pub(super) fn level(self, tie: Tie) -> u8 {
        self.levels[tie as usize]
    }

    pub(super) fn levels(self) -> [u8; Tie::ALL.len()] {
        self.levels
    }

    /// How many advertisements beside one have the rarest value that both have: at most so many, and half as many at least.
    pub(super) fn others(self) -> u32 {
        1 << self.crowd
    }

    /// What speaks for one hand: ties that are the same, and texts that are much alike.
    pub(super) fn grounds(self) -> impl Iterator<Item = Tie> {
        Tie::ALL.into_iter().filter(move |&tie| {
            let level = self.level(tie);
            if tie == Tie::Text { level < ALIKE } else { level == SAME }
        })
    }

    /// Whether both have something else that can be compared.
    pub(super) fn compares_other_than(self, tie: Tie) -> bool {
        Tie::ALL.into_iter().any(|other| other != tie && self.level(other) != MISSING)
    }
}

/// What is compared of an advertisement: for each tie numbers, sorted; two are the same if they share one. Of the text, its shingles.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    shingles: Vec<u64>,
    values: [Vec<u64>; Tie::ALL.len() - 1],
    /// Beside each value: its crowd, as in a pattern.
    crowds: [Vec<u8>; Tie::ALL.len() - 1],
}

impl Marks {
    pub(super) fn new(shingles: Vec<u64>, values: [Vec<u64>; Tie::ALL.len() - 1]) -> Self {
        Self { shingles, values, ..Self::default() }
    }

    pub(super) fn of(&self, tie: Tie) -> &[u64] {
        match tie {
            Tie::Text => &self.shingles,
            other => &self.values[other as usize - 1],
        }
    }

    pub(super) fn of_mut(&mut self, tie: Tie) -> &mut Vec<u64> {
        match tie {
            Tie::Text => &mut self.shingles,
            other => &mut self.values[other as usize - 1],
        }
    }

    /// Takes down how many have each value of a tie that is not the text, where `all` are the values of all, sorted.
    pub(super) fn count_holders(&mut self, tie: Tie, all: &[u64]) {
        let crowd = |value: &u64| {
            let from = all.partition_point(|other| other < value);
            let holders = all[from..].partition_point(|other| other == value);
            u8::try_from((holders.max(2) - 1).ilog2()).unwrap_or(u8::MAX)
        };
        self.crowds[tie as usize - 1] = self.of(tie).iter().map(crowd).collect();
    }

    pub(super) fn compare(&self, other: &Self) -> Pattern {
        let mut crowd = u8::MAX;
        let levels = Tie::ALL.map(|tie| {
            let (a, b) = (self.of(tie), other.of(tie));
            if a.is_empty() || b.is_empty() {
                return MISSING;
            }
            if tie == Tie::Text {
                let alike = jaccard(a, b);
                let level = LEVELS.iter().position(|&least| alike >= least).unwrap_or(COUNT - 1);
                return u8::try_from(level).unwrap_or(OTHER);
            }
            let rarest = shared(a, b).map(|value| self.crowd(tie, value)).min();
            crowd = crowd.min(rarest.unwrap_or(u8::MAX));
            if rarest.is_some() { SAME } else { OTHER }
        });
        Pattern { levels, crowd: if crowd == u8::MAX { 0 } else { crowd } }
    }

    fn crowd(&self, tie: Tie, value: u64) -> u8 {
        let at = self.of(tie).binary_search(&value).ok();
        let crowds = &self.crowds[tie as usize - 1];
        at.and_then(|at| crowds.get(at)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_value_that_both_have_tells_how_many_others_do() {
        let with = |phones: &[u64]| {
            let mut values: [Vec<u64>; 5] = std::array::from_fn(|_| Vec::new());
            values[0] = phones.to_vec();
            Marks::new(Vec::new(), values)
        };
        let (mut a, mut b) = (with(&[1, 2]), with(&[1, 2, 3]));
        let all = [vec![1; 41], vec![2; 5], vec![3; 2]].concat();
        a.count_holders(Tie::Phone, &all);
        b.count_holders(Tie::Phone, &all);
        let both = a.compare(&b);
        assert_eq!((both.level(Tie::Phone), both.others()), (SAME, 4));
        assert_eq!(both.grounds().collect::<Vec<_>>(), [Tie::Phone]);
        assert!(!both.compares_other_than(Tie::Phone));
        assert_eq!(both.level(Tie::Text), MISSING);
    }
    #[test]
    fn texts_are_alike_by_levels_and_the_first_four_are_a_ground() {
        let text = |shingles: std::ops::RangeInclusive<u64>| {
            Marks::new(shingles.collect(), std::array::from_fn(|_| Vec::new()))
        };
        let first = text(1..=10);
        for (other, level, is_ground) in [
            (1..=10, 0, true),
            (1..=6, 0, true),    // .6
            (1..=5, 1, true),    // .5
            (1..=4, 1, true),    // .4
            (1..=3, 2, true),    // .3
            (9..=13, 3, true),   // 2 of 13
            (1..=1, 4, false),   // .1
            (10..=20, 5, false), // 1 of 20
            (11..=20, 6, false),
        ] {
            let pattern = first.compare(&text(other.clone()));
            assert_eq!(pattern.level(Tie::Text), level, "{other:?}");
            assert_eq!(pattern.grounds().count() == 1, is_ground, "{other:?}");
        }
    }

    #[test]
    fn what_only_one_has_is_missing_and_what_differs_is_another() {
        let with = |handles: &[u64], images: &[u64]| {
            let values = [vec![], handles.to_vec(), vec![], images.to_vec(), vec![]];
            Marks::new(vec![1, 2], values)
        };
        let pattern = with(&[1], &[4]).compare(&with(&[2], &[]));
        assert_eq!(pattern.levels(), [0, MISSING, OTHER, MISSING, MISSING, MISSING]);
        assert_eq!(pattern.others(), 1, "nobody but the two");
        assert!(pattern.compares_other_than(Tie::Text) && pattern.compares_other_than(Tie::Image));
    }
}
