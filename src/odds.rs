//! Chances, their odds and logarithms.

/// The chance whose odds have this logarithm.
pub(crate) fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

/// The logarithm of the odds of a chance.
pub(crate) fn logit(chance: f64) -> f64 {
    libm::log(chance / (1.0 - chance))
}

/// Makes counts shares of their sum.
pub(crate) fn normalize(counts: &mut [f64]) {
    let total: f64 = counts.iter().sum();
    for count in counts {
        *count /= total;
    }
}

/// The logarithms of shares, row by row; less than `least` counts as that, because nothing is impossible.
pub(crate) fn logs<const ROWS: usize, const LEVELS: usize>(
    shares: &[[f64; LEVELS]; ROWS],
    least: f64,
) -> [[f64; LEVELS]; ROWS] {
    shares.map(|own| own.map(|share| libm::log(share.max(least))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_and_chances_are_each_other_s_inverse() {
        for chance in [0.001, 0.25, 0.5, 0.999] {
            assert!((sigmoid(logit(chance)) - chance).abs() < 1e-12);
        }
        let mut counts = [1.0, 3.0];
        normalize(&mut counts);
        assert!((counts[0] - 0.25).abs() < 1e-12 && (counts[1] - 0.75).abs() < 1e-12);
        let [one, none] = logs(&[[1.0, 0.0]], 1e-300)[0];
        assert!(one.abs() < 1e-12 && (none - libm::log(1e-300)).abs() < 1e-12);
    }
}
