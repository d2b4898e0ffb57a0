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
