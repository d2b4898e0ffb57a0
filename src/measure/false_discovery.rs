//! Many chances at once: which of them are too small to be luck.

/// The false discovery rate at which each would be called a finding, from the chances of those that are below 1;
/// `tests` counts the others, too.
///
/// Source: Benjamini & Hochberg (1995), JRSS B 57:289.
pub(crate) fn false_discovery(chances: &[f64], tests: u64) -> Vec<f64> {
    let each: Vec<(f64, u64)> = chances.iter().map(|&chance| (chance, 1)).collect();
    false_discovery_of(&each, tests)
}

/// The same of chances that so many tests have in common.
pub(crate) fn false_discovery_of(chances: &[(f64, u64)], tests: u64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|&a, &b| chances[b].0.total_cmp(&chances[a].0).then(a.cmp(&b)));
    let (mut rates, mut least) = (vec![1.0; chances.len()], 1.0_f64);
    let mut rank: u64 = chances.iter().map(|one| one.1).sum();
    for at in order {
        let (chance, many) = chances[at];
        least = least.min(chance * tests as f64 / rank as f64);
        rates[at] = least;
        rank -= many;
    }
    rates
}

/// The threshold of a single chance of so many, at a level for all of them together, by Bonferroni.
///
/// ```
/// assert_eq!(kluwen::measure::bonferroni(0.5, 4), 0.125);
/// ```
#[must_use]
pub fn bonferroni(level: f64, tests: u64) -> f64 {
    level / tests.max(1) as f64
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
    fn chances_in_common_are_as_many_chances() {
        let common = false_discovery_of(&[(0.01, 2), (0.04, 1), (0.02, 3)], 20);
        let each = false_discovery(&[0.01, 0.01, 0.04, 0.02, 0.02, 0.02], 20);
        assert_eq!(common, [each[0], each[2], each[3]]);
        // By hand: .04 × 20 / 6; .02 × 20 / 5 = .08, which is less than .01 × 20 / 2.
        let want = [0.08, 0.8 / 6.0, 0.08];
        assert!(
            common.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-12),
            "{common:?}"
        );
    }

    #[test]
    fn tests_that_came_to_nothing_count_too() {
        let rates = false_discovery(&[0.01, 0.04], 10);
        assert!((rates[0] - 0.1).abs() < 1e-12 && (rates[1] - 0.2).abs() < 1e-12, "{rates:?}");
    }

    #[test]
    fn equal_chances_have_equal_rates() {
        let rates = false_discovery(&[0.02, 0.02, 0.02], 3);
        assert!(rates.iter().all(|rate| (rate - 0.02).abs() < 1e-12), "{rates:?}");
        assert!(false_discovery(&[], 5).is_empty());
        let certain = false_discovery(&[0.9, 0.8], 10);
        assert_eq!(certain, [1.0, 1.0], "no rate is above 1");
    }
}
