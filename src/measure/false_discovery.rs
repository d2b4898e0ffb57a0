//! Many chances at once: which of them are too small to be luck.

/// The false discovery rate at which each would be called a finding, from the chances of those that are below 1;
/// `tests` counts the others, too.
///
/// Source: Benjamini & Hochberg (1995), JRSS B 57:289.
pub(crate) fn false_discovery(chances: &[f64], tests: u64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|&a, &b| chances[b].total_cmp(&chances[a]).then(a.cmp(&b)));
    let (mut rates, mut least) = (vec![1.0; chances.len()], 1.0_f64);
    for (above, at) in order.into_iter().enumerate() {
        let rank = (chances.len() - above) as f64;
        least = least.min(chances[at] * tests as f64 / rank);
        rates[at] = least;
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_of_false_discovery_are_worked_by_hand() {
        let rates = false_discovery(&[0.01, 0.04, 0.03, 0.5], 4);
        let want = [0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5];
        assert!(rates.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-12), "{rates:?}");
    }

    #[test]
    fn tests_that_came_to_nothing_count_too() {
        let rates = false_discovery(&[0.01, 0.04], 10);
        assert!((rates[0] - 0.1).abs() < 1e-12 && (rates[1] - 0.2).abs() < 1e-12, "{rates:?}");
    }
}
