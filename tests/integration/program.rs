//! Runs programs that judge our output; one that is not there fails the test.

use std::io::Write;
use std::process::{Command, Stdio};

/// What `program` prints on `input`.
///
/// # Panics
///
/// If the program is not installed or does not succeed.
pub(crate) fn run(program: &str, package: &str, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("`{program}` does not run ({error}); install it: apt-get install {package}")
        });
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // Beside the reading: a full pipe on either side must not stop both.
    let writing = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writing.join();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{program}` failed: {errors}");
    output.stdout
}
