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
