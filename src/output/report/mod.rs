//! The report for people: `report.html` and `report.md`, from one view of the findings.

use crate::case::InputFile;
use crate::finding::Findings;

/// How findings are reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What stands at its head.
    pub title: String,
    /// How many recruiters are shown with their episodes; the others only in the table.
    pub detailed: usize,
    /// The files that went in.
    pub inputs: Vec<InputFile>,
}

impl Default for Report {
    fn default() -> Self {
        Self { title: "Findings".into(), detailed: 50, inputs: Vec::new() }
    }
}

impl Report {
    /// The report as one HTML file: no script, nothing from outside, light and dark, fit for print.
    #[must_use]
    pub fn html(&self, findings: &Findings) -> String {
        let _ = findings;
        String::new()
    }

    /// The report as Markdown.
    #[must_use]
    pub fn markdown(&self, findings: &Findings) -> String {
        let _ = findings;
        String::new()
    }
}
