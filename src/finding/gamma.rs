//! The gamma distribution, as far as a rate with a prior needs it.

/// P(X > `x`) for X from the gamma distribution of this shape and rate.
///
/// The series of the incomplete gamma function where it converges fast, Lentz's continued fraction elsewhere
/// (W. J. Lentz, Applied Optics 15, 1976).
pub(super) fn upper_tail(x: f64, shape: f64, rate: f64) -> f64 {
    let z = x * rate;
    if z <= 0.0 {
        return 1.0;
    }
    let front = libm::exp(shape * libm::log(z) - z - libm::lgamma(shape));
    let tail = if z < shape + 1.0 {
        1.0 - front * series(shape, z)
    } else {
        front * continued_fraction(shape, z)
    };
    tail.clamp(0.0, 1.0)
}

/// The value under which X lies with this chance.
pub(super) fn quantile(chance: f64, shape: f64, rate: f64) -> f64 {
    let (mut low, mut high) = (0.0, (shape + 10.0 * libm::sqrt(shape) + 30.0) / rate);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if 1.0 - upper_tail(middle, shape, rate) < chance {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

fn series(shape: f64, z: f64) -> f64 {
    let (mut term, mut sum) = (1.0 / shape, 1.0 / shape);
    for step in (1..10_000).map(f64::from) {
        term *= z / (shape + step);
        sum += term;
        if term < sum * 1e-16 {
            break;
        }
    }
    sum
}

fn continued_fraction(shape: f64, z: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let apart = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut b = z + 1.0 - shape;
    let mut above = 1.0 / TINY;
    let mut below = 1.0 / apart(b);
    let mut fraction = below;
    for step in (1..10_000).map(f64::from) {
        let a = -step * (step - shape);
        b += 2.0;
        below = 1.0 / apart(a * below + b);
        above = apart(b + a / above);
        let change = below * above;
        fraction *= change;
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_shape_is_a_sum_of_poisson_chances() {
        for (x, shape, rate) in [(0.5, 1_u32, 2.0), (2.0, 3, 1.5), (9.0, 5, 0.7), (1.0, 8, 30.0)] {
            let z: f64 = x * rate;
            let mut term = (-z).exp();
            let mut want = term;
            for k in 1..shape {
                term *= z / f64::from(k);
                want += term;
            }
            let got = upper_tail(x, f64::from(shape), rate);
            assert!((got - want).abs() < 1e-12, "{x} {shape} {rate}: {got} {want}");
        }
    }

    #[test]
    fn a_quantile_has_its_chance_below() {
        for (shape, rate) in [(0.3, 2.0), (4.2, 0.5), (90.0, 7.0)] {
            let x = quantile(0.05, shape, rate);
            assert!((upper_tail(x, shape, rate) - 0.95).abs() < 1e-9, "{shape} {rate} {x}");
        }
    }
    #[test]
    fn waiting_for_one_is_exponential() {
        // P(X > x) = e^(-rate · x), so that it is under -ln(1 - chance) / rate with that chance.
        for (chance, rate) in [(0.05, 2.0), (0.5, 0.25), (0.95, 8.0), (0.999, 1.0)] {
            let want = -f64::ln(1.0 - chance) / rate;
            let got = quantile(chance, 1.0, rate);
            assert!((got - want).abs() < 1e-9 * want, "{chance} {rate}: {got} {want}");
        }
        assert!((upper_tail(0.0, 3.0, 2.0) - 1.0).abs() < 1e-15);
        assert!((upper_tail(-1.0, 3.0, 2.0) - 1.0).abs() < 1e-15);
    }
}
