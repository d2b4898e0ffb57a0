//! The report for people: `report.html` and `report.md`, from one view of the findings.

mod adverts;
mod beside;
mod cells;
mod channels;
mod channels_over_time;
mod headlines;
mod identity;
mod markdown;
mod model_card;
mod motifs;
mod people;
mod plot;
mod recruiters;
mod render;
mod study;
mod view;
mod windows;
mod words;

use crate::case::InputFile;
use crate::finding::Findings;
use view::View;

/// How findings are reported.
///
/// A report names nobody: offenders stand under their codes and ids, victims under pseudonyms only.
///
/// # Examples
///
/// ```
/// use kluwen::case::{ReadOptions, read};
/// use kluwen::finding::Analysis;
/// use kluwen::identity::Identities;
/// use kluwen::output::Report;
///
/// let taken = read("graphs/study25".as_ref(), &ReadOptions::default())?;
/// let findings = Analysis::default().of(&taken, &Identities::as_given(&taken.case))?;
/// let page = Report::default().html(&findings);
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// assert!(!page.contains("<script"));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What stands at its head.
    pub title: String,
    /// The least recurrence at which somebody is listed; the others are counted.
    pub least_recurrence: f64,
    /// How many of those listed are shown with their episodes, at most.
    pub detailed: usize,
    /// The files that went in, where they are to be named.
    pub inputs: Vec<InputFile>,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            title: "Network analysis: findings".into(),
            least_recurrence: 0.05,
            detailed: 50,
            inputs: Vec::new(),
        }
    }
}

impl Report {
    /// The report as one HTML file: no script, nothing from outside, light and dark, fit for print.
    #[must_use]
    pub fn html(&self, findings: &Findings) -> String {
        render::html(&View::new(self, findings))
    }

    /// The report as Markdown, in which text from a case cannot become markup.
    #[must_use]
    pub fn markdown(&self, findings: &Findings) -> String {
        render::markdown(&View::new(self, findings))
    }
}
