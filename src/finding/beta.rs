//! The beta distribution, as far as a share with a prior needs it.

/// P(X > `x`) for X from Beta(`a`, `b`).
///
/// Lentz's continued fraction of the incomplete beta function (W. J. Lentz, Applied Optics 15, 1976), on
/// the side where it converges fast.
pub(super) fn upper_tail(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if x >= 1.0 {
        return 0.0;
    }
    let log_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
        + a * libm::log(x)
        + b * libm::log1p(-x);
    let front = libm::exp(log_front);
    if x < (a + 1.0) / (a + b + 2.0) {
        1.0 - front * continued_fraction(x, a, b) / a
    } else {
        front * continued_fraction(1.0 - x, b, a) / b
    }
}

fn continued_fraction(x: f64, a: f64, b: f64) -> f64 {
    const ROUNDS: u32 = 500;
    const TINY: f64 = 1e-300;
    const SETTLED: f64 = 1e-15;
    let apart = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut above, mut below) = (1.0, 1.0 / apart(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = below;
    for round in (1..ROUNDS).map(f64::from) {
        let twice = a + 2.0 * round;
        let even = round * (b - round) * x / ((twice - 1.0) * twice);
        let odd = -(a + round) * (a + b + round) * x / (twice * (twice + 1.0));
        let mut change = 1.0;
        for step in [even, odd] {
            below = 1.0 / apart(1.0 + step * below);
            above = apart(1.0 + step / above);
            change = above * below;
            fraction *= change;
        }
        if (change - 1.0).abs() < SETTLED {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The integral of the density, by many small trapezoids.
    fn slow_upper_tail(x: f64, a: f64, b: f64) -> f64 {
        const STEPS: u32 = 200_000;
        let log_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
        let density = |t: f64| ((a - 1.0) * t.ln() + (b - 1.0) * (1.0 - t).ln() - log_beta).exp();
        let width = (1.0 - x) / f64::from(STEPS);
        (0..STEPS).map(|k| density(x + (f64::from(k) + 0.5) * width) * width).sum()
    }

    #[test]
    fn the_tail_is_the_integral_of_the_density() {
        for (x, a, b) in [(0.5, 2.0, 3.0), (0.1, 1.5, 9.0), (0.9, 30.0, 4.0), (0.56, 12.3, 7.7)] {
            let (got, want) = (upper_tail(x, a, b), slow_upper_tail(x, a, b));
            assert!((got - want).abs() < 1e-7, "{x} {a} {b}: {got} {want}");
        }
    }

    #[test]
    fn a_tail_of_hardly_anything_is_not_lost() {
        // From Beta(1, b) it is (1 - x)ᵇ.
        for (x, b) in [(0.9, 60.0), (0.5, 200.0), (0.99, 9.0)] {
            let want = b * f64::ln(1.0 - x);
            assert!((upper_tail(x, 1.0, b).ln() - want).abs() < 1e-9, "{x} {b}");
        }
    }

    #[test]
    fn a_flat_prior_leaves_what_is_above() {
        assert!((upper_tail(0.25, 1.0, 1.0) - 0.75).abs() < 1e-14);
    }
    #[test]
    fn beyond_the_ends_it_is_all_or_nothing() {
        for (x, want) in [(-0.5, 1.0), (0.0, 1.0), (1.0, 0.0), (1.5, 0.0)] {
            assert!((upper_tail(x, 2.0, 3.0) - want).abs() < 1e-15, "{x}");
        }
        // From Beta(a, 1) it is 1 - xᵃ, on either side of where it changes the way.
        for (x, a) in [(0.1_f64, 3), (0.5, 3), (0.9, 3), (0.99, 40)] {
            let want = 1.0 - x.powi(a);
            assert!((upper_tail(x, f64::from(a), 1.0) - want).abs() < 1e-12, "{x} {a}");
        }
    }
}
