//! When an iteration has come near enough.

use crate::error::{Error, Result};

/// Fails if `tolerance` is no number of 0 or more.
pub(crate) fn check_tolerance(tolerance: f64) -> Result<()> {
    if (0.0..=f64::MAX).contains(&tolerance) {
        return Ok(());
    }
    Err(Error::usage(format!("`tolerance` must be 0 or more, got {tolerance}")))
}

/// Fails if the damping that goes by that name is not in `[0, 1)`.
pub(crate) fn check_damping(name: &str, damping: f64) -> Result<()> {
    if (0.0..1.0).contains(&damping) {
        return Ok(());
    }
    Err(Error::usage(format!("`{name}` must lie in [0, 1), got {damping}")))
}

/// The tolerance, or what rounding allows a damped walk where that is more.
///
/// A round rounds the ranks by some `ε` in all. Where the walk swings between two sides, these
/// add up to `ε / (1 - d)` and swing on, so that the bound stays near `ε d / (1 - d)²`.
pub(crate) fn reachable(tolerance: f64, damping: f64) -> f64 {
    const ROUNDING: f64 = 16.0 * f64::EPSILON;
    let stays = 1.0 - damping;
    tolerance.max(ROUNDING * damping / (stays * stays))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tolerance_is_no_less_than_what_rounding_allows() {
        // Sixteen times the last bit is 2^-48; a damping of 1/2 over 1/4 doubles that, one of 3/4 over 1/16 makes it twelve times as much.
        for (tolerance, damping, want) in [
            (0.0, 0.5, 1.0_f64 / 140_737_488_355_328.0),
            (0.0, 0.75, 12.0 / 281_474_976_710_656.0),
            (0.0, 0.0, 0.0),
            (1e-9, 0.5, 1e-9),
            (1e-14, 0.75, 12.0 / 281_474_976_710_656.0),
        ] {
            let got = reachable(tolerance, damping);
            assert_eq!(got.to_bits(), want.to_bits(), "{tolerance} {damping}: {got}");
        }
    }

    #[test]
    fn tolerances_and_dampings_out_of_range_are_refused() {
        for good in [0.0, 1e-300, 5.0, f64::MAX] {
            assert!(check_tolerance(good).is_ok(), "{good}");
        }
        for wrong in [-1e-300, f64::NAN, f64::INFINITY] {
            let error = check_tolerance(wrong).unwrap_err().to_string();
            assert_eq!(error, format!("`tolerance` must be 0 or more, got {wrong}"));
        }
        for good in [0.0, 0.999_999] {
            assert!(check_damping("alpha", good).is_ok(), "{good}");
        }
        for wrong in [-0.1, 1.0, f64::NAN] {
            let error = check_damping("alpha", wrong).unwrap_err().to_string();
            assert_eq!(error, format!("`alpha` must lie in [0, 1), got {wrong}"));
        }
    }
}
