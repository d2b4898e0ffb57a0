//! A list of numbers for each of many things, in two pieces of memory.

/// A list of numbers for each of many things.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    ends: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    /// Each thing's numbers, sorted and each once, from pairs of thing and number in any order.
    pub(crate) fn from_pairs(count: usize, mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut ends = vec![0; count];
        for &(thing, _) in &pairs {
            ends[thing as usize] += 1;
        }
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        Self { ends, values: pairs.into_iter().map(|(_, value)| value).collect() }
    }

    /// How many things there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The numbers of a thing, sorted.
    #[inline]
    pub(super) fn of(&self, thing: u32) -> &[u32] {
        let thing = thing as usize;
        let start = if thing == 0 { 0 } else { self.ends[thing - 1] as usize };
        &self.values[start..self.ends[thing] as usize]
    }

    /// The other way round: of each of `count` numbers the things that have it.
    pub(super) fn turned(&self, count: usize) -> Self {
        let things = (0..).take(self.len());
        let pairs = things.flat_map(|thing| self.of(thing).iter().map(move |&v| (v, thing)));
        Self::from_pairs(count, pairs.collect())
    }
}

/// Whether two sorted lists share a number.
#[inline]
pub(super) fn meet(a: &[u32], b: &[u32]) -> bool {
    match (a, b) {
        ([], _) | (_, []) => false,
        ([one], [other]) => one == other,
        _ => shared(a, b).next().is_some(),
    }
}

/// The numbers that two sorted lists share.
#[inline]
pub(super) fn shared<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().copied().filter(move |value| long.binary_search(value).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_hold_each_number_once() {
        let lists = Lists::from_pairs(3, vec![(2, 5), (0, 7), (2, 1), (2, 5)]);
        assert_eq!((lists.of(0), lists.of(1), lists.of(2)), (&[7][..], &[][..], &[1, 5][..]));
        let turned = lists.turned(8);
        assert_eq!((turned.of(7), turned.of(5), turned.of(6)), (&[0][..], &[2][..], &[][..]));
    }

    #[test]
    fn lists_share_what_stands_in_both() {
        assert_eq!(shared(&[1, 3, 5], &[3, 4, 5, 6]).collect::<Vec<_>>(), [3, 5]);
        assert!(meet(&[1, 3], &[3]) && meet(&[7], &[7]));
        assert!(!meet(&[1], &[2]) && !meet(&[], &[2]) && !meet(&[1, 3], &[2, 4]));
    }
}
