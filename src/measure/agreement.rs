//! How far two divisions of the same nodes agree.

use std::collections::BTreeMap;

use super::Partition;
use crate::error::{Error, Result};

/// How far two partitions of the same nodes agree.
///
/// All three are symmetric, and do not depend on how groups are numbered. The shared information leans upwards where groups are many and small; the Rand
/// index put right for chance does not, and is 0 on average for partitions that have nothing to do with each other.
///
/// - **Unit**: none, and bits for the variation of information.
/// - **Cost**: `O(n log n)`.
/// - **Edge cases**: of no nodes, and where both are one group or both all single nodes, they agree wholly.
///
/// # Examples
///
/// Four nodes, in two pairs and in one group:
///
/// ```
/// use kluwen::measure::{Agreement, Partition};
///
/// let pairs = Partition::from_labels(&[0, 0, 1, 1]);
/// let same = Agreement::of(&pairs, &Partition::from_labels(&[3, 3, 2, 2]))?;
/// assert!((same.adjusted_rand - 1.0).abs() < 1e-12 && (same.normalized_information - 1.0).abs() < 1e-12);
/// let whole = Agreement::of(&pairs, &Partition::from_labels(&[0; 4]))?;
/// assert!(whole.adjusted_rand.abs() < 1e-12 && whole.normalized_information.abs() < 1e-12);
/// assert!((whole.variation - 1.0).abs() < 1e-12, "a bit tells which pair");
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// L. Hubert, P. Arabie, "Comparing partitions", J. Classification 2:193-218, 1985; L. Danon et al., J. Stat. Mech. 2005:P09008 (shared information over the mean
/// of both entropies); M. Meilă, "Comparing clusterings", J. Multivariate Analysis 98:873-895, 2007.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// The Rand index put right for chance: 1 where they are the same.
    pub adjusted_rand: f64,
    /// Shared information, as a share of the mean entropy: from 0 to 1.
    pub normalized_information: f64,
    /// What either tells that the other does not, in bits.
    pub variation: f64,
}

impl Agreement {
    /// The agreement of two partitions.
    ///
    /// # Errors
    ///
    /// If they are not of as many nodes.
    pub fn of(one: &Partition, other: &Partition) -> Result<Self> {
        let (n, m) = (one.groups().len(), other.groups().len());
        if n != m {
            return Err(Error::usage(format!(
                "partitions of {n} and of {m} nodes are not to be compared"
            )));
        }
        let mut both: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for pair in one.groups().iter().copied().zip(other.groups().iter().copied()) {
            *both.entry(pair).or_default() += 1;
        }
        let together = |sizes: &mut dyn Iterator<Item = usize>| {
            sizes.map(|size| size as f64 * (size as f64 - 1.0) / 2.0).sum::<f64>()
        };
        let of_both = together(&mut both.values().copied());
        let [of_one, of_other] = [one, other].map(|own| together(&mut own.sizes().iter().copied()));
        let all = n as f64 * (n as f64 - 1.0) / 2.0;
        let by_chance = if all > 0.0 { of_one * of_other / all } else { 0.0 };
        let most = f64::midpoint(of_one, of_other);
        let entropy = |sizes: &mut dyn Iterator<Item = usize>| {
            sizes.map(|size| share_of_entropy(size, n)).sum::<f64>()
        };
        let [h, g] = [one, other].map(|own| entropy(&mut own.sizes().iter().copied()));
        let joint = entropy(&mut both.values().copied());
        let shared = (h + g - joint).max(0.0);
        Ok(Self {
            adjusted_rand: ratio(of_both - by_chance, most - by_chance),
            normalized_information: ratio(2.0 * shared, h + g).min(1.0),
            variation: (2.0 * joint - h - g).max(0.0),
        })
    }
}

fn share_of_entropy(size: usize, all: usize) -> f64 {
    let share = size as f64 / all as f64;
    -share * libm::log2(share)
}

/// Where there is nothing to agree about, all agree.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole.abs() > 1e-12 { part / whole } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(one: &[u32], other: &[u32]) -> [f64; 3] {
        let [one, other] = [one, other].map(Partition::from_labels);
        let found = Agreement::of(&one, &other).unwrap();
        [found.adjusted_rand, found.normalized_information, found.variation]
    }

    #[track_caller]
    fn near(found: [f64; 3], wanted: [f64; 3]) {
        let off = found.iter().zip(wanted).map(|(one, other)| (one - other).abs());
        assert!(off.fold(0.0, f64::max) < 1e-12, "{found:?}, not {wanted:?}");
    }

    #[test]
    fn two_threes_and_three_twos_agree_a_little() {
        // Pairs together: 6 and 3 of 15, 2 in both, 1.2 by chance. Bits: 1 and log 3, log 3 + 1/3 of both.
        let three = libm::log2(3.0);
        let wanted = [8.0 / 33.0, 4.0 / 3.0 / (1.0 + three), three - 1.0 / 3.0];
        near(of(&[0, 0, 0, 1, 1, 1], &[0, 0, 1, 1, 2, 2]), wanted);
        near(of(&[0, 0, 1, 1, 2, 2], &[0, 0, 0, 1, 1, 1]), wanted);
    }

    #[test]
    fn pairs_across_agree_less_than_by_chance() {
        // Pairs together: 2 and 2 of 6, none in both, 2/3 by chance.
        near(of(&[0, 0, 1, 1], &[0, 1, 0, 1]), [-0.5, 0.0, 2.0]);
    }

    #[test]
    fn where_there_is_nothing_to_agree_about_all_agree() {
        near(of(&[], &[]), [1.0, 1.0, 0.0]);
        near(of(&[0], &[0]), [1.0, 1.0, 0.0]);
        near(of(&[0; 3], &[2; 3]), [1.0, 1.0, 0.0]);
        near(of(&[0, 1, 2], &[2, 1, 0]), [1.0, 1.0, 0.0]);
    }

    #[test]
    fn one_group_says_nothing_of_single_nodes() {
        near(of(&[0; 4], &[0, 1, 2, 3]), [0.0, 0.0, 2.0]);
    }

    #[test]
    fn partitions_of_other_nodes_are_refused() {
        let [two, three] = [&[0, 1][..], &[0, 1, 1]].map(Partition::from_labels);
        let error = Agreement::of(&two, &three).unwrap_err();
        assert_eq!(error.to_string(), "partitions of 2 and of 3 nodes are not to be compared");
    }
}
