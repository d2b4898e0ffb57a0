//! Sums of what a node's neighbors hold.

use crate::graph::WeightRow;

/// Sums under way at once, so that no addition waits for the one before it. The number is fixed: it settles in which order is added.
const LANES: usize = 4;

/// The sum of `values` at the places in `row`.
#[inline(always)]
pub(super) fn gathered(row: &[u32], values: &[f64]) -> f64 {
    sum_of(row, |_, u| values[u as usize])
}

/// The sum of `values` at the places in `row`, each times the weight of its edge.
#[inline(always)]
pub(super) fn weighted(row: &[u32], weights: WeightRow<'_>, values: &[f64]) -> f64 {
    match weights {
        WeightRow::Short(weights) => {
            let weights = &weights[..row.len()];
            sum_of(row, |at, u| f64::from(weights[at]) * values[u as usize])
        }
        WeightRow::Long(weights) => {
            let weights = &weights[..row.len()];
            sum_of(row, |at, u| weights[at] * values[u as usize])
        }
    }
}

#[inline(always)]
fn sum_of(row: &[u32], term: impl Fn(usize, u32) -> f64) -> f64 {
    let mut sums = [0.0; LANES];
    let whole = row.len() - row.len() % LANES;
    for at in (0..whole).step_by(LANES) {
        for lane in 0..LANES {
            sums[lane] += term(at + lane, row[at + lane]);
        }
    }
    for at in whole..row.len() {
        sums[at - whole] += term(at, row[at]);
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_counts_once_whatever_the_length_of_the_row() {
        let values: Vec<f64> = (0..20).map(f64::from).collect();
        for length in 0..10_u32 {
            let row: Vec<u32> = (0..length).map(|at| 2 * at).collect();
            let twos = vec![2.0; row.len()];
            let sum = row.iter().fold(0.0, |sum, &u| sum + f64::from(u));
            assert_eq!(gathered(&row, &values).to_bits(), sum.to_bits());
            let twice = weighted(&row, WeightRow::Long(&twos), &values);
            assert_eq!(twice.to_bits(), (2.0 * sum).to_bits());
        }
    }
}
