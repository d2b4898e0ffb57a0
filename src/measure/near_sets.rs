//! Which of many sets are nearly alike, without comparing each with each.

use rayon::prelude::*;

use crate::error::Result;
use crate::pairing::{Crowded, MakePairs, PairRule, SharedKeys};

/// Pairs of sets that are likely to be alike, by `MinHash` and locality-sensitive hashing.
///
/// Each set is hashed `bands × rows` times, and keeps of each hash the least value: two sets have the same with a chance that is their
/// Jaccard index J. Sets that agree in all `rows` values of one of the bands are a pair, so J is found with the chance
/// `1 − (1 − J^rows)^bands`: with the defaults .72 at .1, .95 at .15, .995 at .2. In a bucket with more than `block`
/// sets each is paired with the next `window` only, so a million equal sets take linear time; they still hang together.
///
/// - **Result**: pairs of places, the lower first, sorted, each once. Candidates: [`jaccard`] tells how alike they are.
/// - **Cost**: O(bands · rows · elements) hashing and a sort of the sets for each band; memory for a band's keys and the pairs.
/// - **Empty sets** are like nothing.
///
/// # Examples
///
/// ```
/// use kluwen::measure::{NearSets, jaccard};
///
/// let sets = [vec![1, 2, 3, 4], vec![1, 2, 3, 5], vec![10, 11, 12], vec![]];
/// assert_eq!(NearSets::default().pairs(&sets), [(0, 1)]);
/// assert_eq!(jaccard(&sets[0], &sets[1]), 0.6);
/// ```
///
/// Source: Broder (1997), Compression and Complexity of Sequences, for `MinHash`; Indyk & Motwani (1998), STOC, for the bands;
/// Leskovec, Rajaraman & Ullman (2014), Mining of Massive Datasets, §3.4, where `bands` is b and `rows` is r.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearSets {
    /// How many chances a pair has.
    pub bands: usize,
    /// How many hashes must agree in a band.
    pub rows: usize,
    /// The most sets of a bucket of which all pairs are made.
    pub block: usize,
    /// In a larger bucket: with how many that follow each is paired.
    pub window: usize,
    /// Where the hash functions come from.
    pub seed: u64,
}

impl Default for NearSets {
    fn default() -> Self {
        Self { bands: 128, rows: 2, block: 50, window: 8, seed: 0 }
    }
}

impl NearSets {
    /// The pairs that share a bucket.
    #[must_use]
    pub fn pairs<S: AsRef<[u64]> + Sync>(&self, sets: &[S]) -> Vec<(u32, u32)> {
        let (mut all, mut settled) = (Vec::new(), 0);
        for band in 0..self.bands {
            all.extend(self.of_band(sets, band as u64));
            // Most pairs are found in many bands; what is found twice goes once there is as much again.
            if all.len() > 2 * settled.max(1 << 16) || band + 1 == self.bands {
                all.par_sort_unstable();
                all.dedup();
                settled = all.len();
            }
        }
        all
    }

    fn of_band<S: AsRef<[u64]> + Sync>(&self, sets: &[S], band: u64) -> Vec<(u32, u32)> {
        self.in_order(&self.keys_of_band(sets, band))
    }

    /// The same as [`pairs`](Self::pairs), made by whoever makes pairs of keys; some bands at a time, so that their keys take little room.
    pub(crate) fn pairs_by<S: AsRef<[u64]> + Sync>(
        &self,
        sets: &[S],
        make: &mut MakePairs<'_>,
    ) -> Result<Vec<(u32, u32)>> {
        const AT_ONCE: usize = 1 << 24;
        let bands: Vec<u64> = (0..self.bands as u64).collect();
        let mut all = Vec::new();
        for some in bands.chunks((AT_ONCE / sets.len().max(1)).max(1)) {
            let keys = some.iter().flat_map(|&band| self.keys_of_band(sets, band));
            let mut keys: Vec<(u64, u32)> = keys.collect();
            keys.par_sort_unstable();
            all.extend(make(self.rule(Crowded::Next), SharedKeys { keys: &keys, places: None })?);
        }
        all.par_sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// Which things with one key are pairs.
    pub(crate) fn rule(&self, crowded: Crowded) -> PairRule {
        PairRule { block: self.block, window: self.window, crowded }
    }

    /// The keys of one band, sorted.
    fn keys_of_band<S: AsRef<[u64]> + Sync>(&self, sets: &[S], band: u64) -> Vec<(u64, u32)> {
        let salts: Vec<u64> =
            (0..self.rows as u64).map(|row| mixed(self.seed, (band << 32) + row)).collect();
        let key = |(set, place): (&S, u32)| {
            let least = |salt: u64| set.as_ref().iter().map(|&item| mixed(item, salt)).min();
            let parts: Option<Vec<u64>> = salts.iter().map(|&salt| least(salt)).collect();
            Some((parts?.into_iter().fold(band, mixed), place))
        };
        let places = 0..u32::try_from(sets.len()).expect("fewer than 2³² sets");
        let mut keys: Vec<(u64, u32)> = sets.par_iter().zip(places).filter_map(key).collect();
        keys.par_sort_unstable();
        keys
    }

    /// The pairs of things with one key, where `keys` are sorted.
    fn in_order(&self, keys: &[(u64, u32)]) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for block in keys.chunk_by(|a, b| a.0 == b.0) {
            let reach = if block.len() <= self.block { block.len() } else { self.window };
            for (at, &(_, a)) in block.iter().enumerate() {
                let next = block[at + 1..].iter().take(reach);
                pairs.extend(next.map(|&(_, b)| (a.min(b), a.max(b))));
            }
        }
        pairs
    }

    /// The pairs of things with one key, where `keys` are sorted; in a larger block each with the first few, so that what they make of
    /// the key they make of all of it.
    pub(crate) fn around_the_first(&self, keys: &[(u64, u32)]) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for block in keys.chunk_by(|a, b| a.0 == b.0) {
            let hubs = if block.len() <= self.block { block.len() } else { self.window };
            for (at, &(_, a)) in block.iter().take(hubs).enumerate() {
                pairs.extend(block[at + 1..].iter().map(|&(_, b)| (a.min(b), a.max(b))));
            }
        }
        pairs
    }

    /// For how many pairs each pair [around the first](Self::around_the_first) stands in a block of so many.
    pub(crate) fn stands_for(&self, holders: usize) -> f64 {
        if holders <= self.block { 1.0 } else { holders as f64 / self.window.max(1) as f64 }
    }
}

/// A number that looks random and is the same for the same two numbers (the finalizer of `SplitMix64`).
pub(crate) fn mixed(item: u64, salt: u64) -> u64 {
    let mut mixed = (item ^ salt).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// How alike two sets are: what they share, over what either has. Both are sorted and hold nothing twice; two empty ones are 0 alike.
///
/// Source: Jaccard (1912), New Phytologist 11:37.
#[must_use]
pub fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let both = count_shared(a, b);
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

/// How much two sorted lists without repeats share. It is counted without branches, because which of two hashes is less cannot be foreseen.
fn count_shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (one, other) = (a[i], b[j]);
        count += usize::from(one == other);
        i += usize::from(one <= other);
        j += usize::from(other <= one);
    }
    count
}

/// What two sorted lists without repeats share, in order.
pub(crate) fn shared<'a>(a: &'a [u64], b: &'a [u64]) -> impl Iterator<Item = u64> + 'a {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    (i, j) = (i + 1, j + 1);
                    return Some(a[i - 1]);
                }
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_mixed_as_splitmix64_does() {
        // The first outputs from a seed of 0, as published with it.
        assert_eq!(mixed(0, 0), 0xe220_a839_7b1d_cdaf);
        assert_eq!(mixed(0x9e37_79b9_7f4a_7c15, 0), 0x6e78_9e6a_a1b9_65f4);
        assert_eq!(mixed(5, 6), mixed(3, 0));
    }

    #[test]
    fn what_two_sets_share_is_counted_and_told() {
        for (a, b, both, share) in [
            (&[][..], &[][..], &[][..], 0.0),
            (&[1, 2, 3], &[], &[], 0.0),
            (&[1, 2, 3], &[2, 3, 4], &[2, 3], 0.5),
            (&[1, 5, 9], &[5], &[5], 1.0 / 3.0),
            (&[7, 8], &[7, 8], &[7, 8], 1.0),
            (&[1, 3, 5], &[2, 4, 6], &[], 0.0),
        ] {
            for (a, b) in [(a, b), (b, a)] {
                assert_eq!(shared(a, b).collect::<Vec<u64>>(), both, "{a:?} {b:?}");
                assert_eq!(count_shared(a, b), both.len(), "{a:?} {b:?}");
                assert!((jaccard(a, b) - share).abs() < 1e-12, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn in_large_blocks_each_is_paired_with_the_next_or_all_with_the_first() {
        let near = NearSets { block: 2, window: 1, ..NearSets::default() };
        let keys = [(1, 0), (1, 1), (2, 5), (2, 3), (2, 4), (3, 9)];
        assert_eq!(near.in_order(&keys), [(0, 1), (3, 5), (3, 4)]);
        assert_eq!(near.around_the_first(&keys), [(0, 1), (3, 5), (4, 5)]);
        let wide = NearSets { block: 3, window: 1, ..near };
        assert_eq!(wide.in_order(&keys), [(0, 1), (3, 5), (4, 5), (3, 4)]);
        assert_eq!(wide.around_the_first(&keys), [(0, 1), (3, 5), (4, 5), (3, 4)]);
        let two = NearSets { block: 3, window: 2, ..near };
        let four = [(8, 0), (8, 1), (8, 2), (8, 3)];
        assert_eq!(two.in_order(&four), [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]);
        assert_eq!(two.around_the_first(&four), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]);
        let of = |holders, window| NearSets { window, ..near }.stands_for(holders);
        let got = [of(2, 8), of(3, 1), of(12, 8), of(12, 0)];
        assert!(
            got.iter().zip([1.0, 3.0, 1.5, 12.0]).all(|(a, b)| (a - b).abs() < 1e-12),
            "{got:?}"
        );
    }

    #[test]
    fn like_sets_are_paired_once_and_others_are_not() {
        let like: Vec<u64> = (0..40).collect();
        let nearly: Vec<u64> = (1..41).collect();
        let unlike: Vec<u64> = (1000..1040).collect();
        let sets = [like.clone(), unlike, vec![], nearly, like, vec![]];
        assert_eq!(NearSets::default().pairs(&sets), [(0, 3), (0, 4), (3, 4)]);
        assert!(NearSets { bands: 0, ..NearSets::default() }.pairs(&sets).is_empty());
    }
}
