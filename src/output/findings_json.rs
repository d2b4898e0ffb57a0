//! `findings.json`: all that was found, for programs.

use std::io::{self, Write};

use super::json_text::write_json;
use crate::finding::Findings;

/// Writes all findings as JSON, a number in the shortest form that reads back the same.
///
/// # Errors
///
/// If `out` fails.
///
/// # Examples
///
/// ```
/// use kluwen::case::{ReadOptions, read};
/// use kluwen::finding::Analysis;
/// use kluwen::identity::Identities;
/// use kluwen::output::write_findings;
///
/// let taken = read("graphs/study25".as_ref(), &ReadOptions::default())?;
/// let findings = Analysis::default().of(&taken, &Identities::as_given(&taken.case))?;
/// let mut out = Vec::new();
/// write_findings(&findings, &mut out)?;
/// assert!(out.starts_with(b"{\n  \"schema\": \"kluwen.findings/1\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_findings(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    write_json(findings, out)
}
