//! Quantiles: of what was drawn, and of the normal distribution.

/// The 97.5 % quantile of the normal distribution: 95 % lie within so many standard deviations.
pub(super) const NORMAL_975: f64 = 1.959_963_984_540_054;

/// The value at a share of sorted values: the nearest one there is.
///
/// # Panics
///
/// If there is no value.
pub(super) fn quantile<T>(sorted: &[T], share: f64) -> &T {
    let last = sorted.len() - 1;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ share ≤ 1")]
    let at = (share * last as f64).round() as usize;
    &sorted[at.min(last)]
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn the_ends_and_the_middle() {
        let sorted = [1, 2, 3, 4, 5];
        assert_eq!([0.0, 0.5, 0.8, 1.0].map(|share| *quantile(&sorted, share)), [1, 3, 4, 5]);
    }
}
