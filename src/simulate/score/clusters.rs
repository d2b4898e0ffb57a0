//! Whether what belongs together was put together: B³, pairs, and the adjusted Rand index.

use std::collections::BTreeMap;

use super::ranking::share;

/// Two labels for each item: what it truly is, and where it was put.
pub type Labels = (usize, usize);

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    /// The share of what was put together that belongs together.
    pub precision: Option<f64>,
    /// The share of what belongs together that was put together.
    pub recall: Option<f64>,
}

impl Agreement {
    /// The harmonic mean of both; 0 where both are.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        let (precision, recall) = (self.precision?, self.recall?);
        let sum = precision + recall;
        Some(if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
    }
}

/// B³ over the items that `counts` keeps; the others still stand in clusters.
///
/// The precision of an item is the share of its cluster that is truly the same as it, itself
/// included; the recall is the share of its truth that is in its cluster. Both are means over items.
///
/// - **Cost**: n log n.
///
/// # Examples
///
/// ```
/// use kluwen::simulate::score::b_cubed;
///
/// // Three mentions of one person; two were put together, the third stands alone.
/// let agreement = b_cubed(&[(0, 0), (0, 0), (0, 1)], |_| true);
/// assert_eq!(agreement.precision, Some(1.0));
/// assert!((agreement.recall.unwrap() - 5.0 / 9.0).abs() < 1e-12);
/// ```
///
/// # Source
///
/// A. Bagga, B. Baldwin, "Algorithms for scoring coreference chains", LREC workshop 1998.
#[must_use]
pub fn b_cubed(items: &[Labels], counts: impl Fn(usize) -> bool) -> Agreement {
    let table = Table::of(items);
    let (mut precision, mut recall, mut counted) = (0.0, 0.0, 0);
    for (_, labels) in items.iter().enumerate().filter(|(item, _)| counts(*item)) {
        let both = table.both[labels];
        precision += both / table.found[&labels.1];
        recall += both / table.truth[&labels.0];
        counted += 1;
    }
    Agreement { precision: share(precision, counted), recall: share(recall, counted) }
}

/// Precision and recall over pairs of items.
#[must_use]
pub fn pairwise(items: &[Labels]) -> Agreement {
    let table = Table::of(items);
    let of = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
    let both: f64 = table.both.values().copied().map(pairs).sum();
    Agreement {
        precision: of(both, table.found.values().copied().map(pairs).sum()),
        recall: of(both, table.truth.values().copied().map(pairs).sum()),
    }
}

/// How far two partitions agree beyond chance: 1 if they are one, about 0 if they have nothing in common.
///
/// # Source
///
/// L. Hubert, P. Arabie, "Comparing partitions", Journal of Classification 2, 1985.
#[must_use]
pub fn adjusted_rand(items: &[Labels]) -> Option<f64> {
    let table = Table::of(items);
    let sum = |sizes: &mut dyn Iterator<Item = f64>| sizes.map(pairs).sum::<f64>();
    let both = sum(&mut table.both.values().copied());
    let (truth, found) =
        (sum(&mut table.truth.values().copied()), sum(&mut table.found.values().copied()));
    let all = pairs(items.len() as f64);
    let (chance, most) = (truth * found / all, f64::midpoint(truth, found));
    (all > 0.0 && (most - chance).abs() > f64::EPSILON).then(|| (both - chance) / (most - chance))
}

fn pairs(size: f64) -> f64 {
    size * (size - 1.0) / 2.0
}

/// How many items have each label, and each pair of labels.
struct Table {
    both: BTreeMap<Labels, f64>,
    truth: BTreeMap<usize, f64>,
    found: BTreeMap<usize, f64>,
}

impl Table {
    fn of(items: &[Labels]) -> Self {
        let mut table =
            Self { both: BTreeMap::new(), truth: BTreeMap::new(), found: BTreeMap::new() };
        for &(truth, found) in items {
            *table.both.entry((truth, found)).or_default() += 1.0;
            *table.truth.entry(truth).or_default() += 1.0;
            *table.found.entry(found).or_default() += 1.0;
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some_items() -> Vec<Labels> {
        (0..40).map(|n| (n * 7 % 9, n * n % 8)).collect()
    }

    #[test]
    fn b_cubed_is_that_of_looking_at_every_pair() {
        let items = some_items();
        let (mut precision, mut recall) = (0.0, 0.0);
        for one in &items {
            let same = |f: &dyn Fn(&&Labels) -> bool| items.iter().filter(f).count() as f64;
            let both = same(&|other| **other == *one);
            precision += both / same(&|other| other.1 == one.1);
            recall += both / same(&|other| other.0 == one.0);
        }
        let agreement = b_cubed(&items, |_| true);
        assert!((agreement.precision.expect("some") - precision / 40.0).abs() < 1e-12);
        assert!((agreement.recall.expect("some") - recall / 40.0).abs() < 1e-12);
    }

    #[test]
    fn pairs_are_those_of_comparing_all() {
        let items = some_items();
        let (mut both, mut truth, mut found) = (0.0, 0.0, 0.0);
        for (no, one) in items.iter().enumerate() {
            for other in &items[no + 1..] {
                both += f64::from(one == other);
                truth += f64::from(one.0 == other.0);
                found += f64::from(one.1 == other.1);
            }
        }
        let agreement = pairwise(&items);
        assert!((agreement.precision.expect("some") - both / found).abs() < 1e-12);
        assert!((agreement.recall.expect("some") - both / truth).abs() < 1e-12);
    }

    #[test]
    fn one_and_the_same_partition_agrees_wholly() {
        let same: Vec<Labels> = (0..12).map(|n| (n % 3, 10 + n % 3)).collect();
        assert_eq!(adjusted_rand(&same), Some(1.0));
        assert_eq!(pairwise(&same).f1(), Some(1.0));
        // Worked by hand: pairs together in both 1, in truth 2, in found 1, of 6 in all.
        let half = [(0, 0), (0, 0), (1, 1), (1, 2)];
        let hand = (1.0 - 2.0 / 6.0) / (1.5 - 2.0 / 6.0);
        assert!((adjusted_rand(&half).expect("some") - hand).abs() < 1e-12);
        assert_eq!(adjusted_rand(&[]), None);
        // Where all are one, or each is alone, chance agrees as well.
        assert_eq!(adjusted_rand(&[(0, 5), (0, 5), (0, 5)]), None);
        assert_eq!(adjusted_rand(&[(0, 5), (1, 6), (2, 7)]), None);
    }
}
