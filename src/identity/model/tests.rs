//! Shares of what was never seen.

use super::*;

#[test]
fn what_was_never_seen_keeps_a_share_that_is_nearly_nothing() {
    let mut counts = [1.0, 0.0, 0.0, 0.0, 0.0];
    add_and_normalize(&mut counts, [1.0, 2.0, 0.0, 0.0, 0.0]);
    assert!((counts[0] - 0.5).abs() < 1e-8 && (counts[1] - 0.5).abs() < 1e-8, "{counts:?}");
    assert!(counts[2..].iter().all(|&share| share > 0.0 && share < 1e-8), "{counts:?}");
}
