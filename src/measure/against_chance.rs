//! A number against what chance made of it.

/// How a number stands to those that chance drew.
///
/// Source of the chance: B. Phipson, G. K. Smyth, Stat. Appl. Genet. Mol. Biol. 9(1):39, 2010.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AgainstChance {
    /// The mean of those drawn.
    pub(crate) expected: f64,
    /// How many standard deviations the number is above that; none where they do not vary.
    pub(crate) z: Option<f64>,
    /// The chance of as much or more: `(1 + k) / (1 + draws)`.
    pub(crate) p: f64,
}

impl AgainstChance {
    /// Of a number and those drawn; none where nothing was drawn.
    pub(crate) fn of(number: f64, drawn: &[f64]) -> Option<Self> {
        if drawn.is_empty() {
            return None;
        }
        let draws = drawn.len() as f64;
        let expected = drawn.iter().sum::<f64>() / draws;
        let squares = drawn.iter().map(|one| (one - expected) * (one - expected)).sum::<f64>();
        let deviation = libm::sqrt(squares / (draws - 1.0).max(1.0));
        Some(Self {
            expected,
            z: (deviation > 1e-9).then(|| (number - expected) / deviation),
            p: chance_of(number, drawn),
        })
    }
}

/// The chance of as much as `least` or more. What differs by rounding is as much.
pub(crate) fn chance_of(least: f64, drawn: &[f64]) -> f64 {
    let as_much = drawn.iter().filter(|&&one| one >= least - 1e-12).count() as f64;
    (1.0 + as_much) / (1.0 + drawn.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_above_what_was_drawn() {
        let found = AgainstChance::of(6.0, &[1.0, 3.0, 5.0]);
        // Squares of 2, 0 and 2, over one less than three draws: a deviation of 2.
        assert_eq!(found, Some(AgainstChance { expected: 3.0, z: Some(1.5), p: 0.25 }));
        let below = AgainstChance::of(1.0, &[1.0, 3.0, 5.0]);
        assert_eq!(below, Some(AgainstChance { expected: 3.0, z: Some(-1.0), p: 1.0 }));
    }

    #[test]
    fn draws_that_do_not_vary_have_no_deviation() {
        let of_one = AgainstChance::of(5.0, &[2.0]);
        assert_eq!(of_one, Some(AgainstChance { expected: 2.0, z: None, p: 0.5 }));
        let of_equals = AgainstChance::of(2.0, &[2.0; 4]);
        assert_eq!(of_equals, Some(AgainstChance { expected: 2.0, z: None, p: 1.0 }));
        assert_eq!(AgainstChance::of(5.0, &[]), None);
    }

    #[test]
    fn what_rounding_makes_is_as_much() {
        let chances = vec![chance_of(0.1 + 0.2, &[0.3, 0.2, 0.1]), chance_of(7.0, &[])];
        assert_eq!(chances, [0.5, 1.0]);
    }
}
