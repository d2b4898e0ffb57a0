//! What several modules need: comparing numbers, and running the binary.

/// Whether `got` is `want` within a relative error of `tolerance`.
pub(crate) fn close_to(got: f64, want: f64, tolerance: f64) -> bool {
    (got - want).abs() <= tolerance * want.abs().max(1e-300)
}

/// A path below `graphs`.
pub fn graphs(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs").join(name)
}
