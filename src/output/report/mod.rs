//! The report for people: `report.html` and `report.md`, from one view of the findings.

mod adverts;
mod beside;
mod cells;
mod channels;
mod channels_over_time;
mod headlines;
mod identity;
mod inline_map;
mod markdown;
mod model_card;
mod motifs;
mod people;
mod phrases;
mod plot;
mod recruiters;
mod render;
mod study;
mod view;
mod windows;

use std::sync::Arc;

use crate::case::InputFile;
use crate::finding::Findings;
use crate::output::words::{Lang, Words};
use view::View;

/// How findings are reported: with key findings first, the map, tables, plots, why, and the model card.
///
/// A report names nobody: offenders stand under their codes and ids, victims under pseudonyms only. All that is said is said in one
/// language; what a case says stays as it was written.
///
/// # Examples
///
/// ```
/// use kluwen::case::{ReadOptions, read};
/// use kluwen::finding::Analysis;
/// use kluwen::identity::Identities;
/// use kluwen::output::{Lang, Report};
///
/// let taken = read("graphs/study25".as_ref(), &ReadOptions::default())?;
/// let findings = Analysis::default().of(&taken, &Identities::as_given(&taken.case))?;
/// let page = Report::default().html(&findings, None);
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// assert!(!page.contains("<script"));
/// let dutch = Report { lang: Lang::Nl, ..Report::default() };
/// assert!(dutch.markdown(&findings).starts_with("# Netwerkanalyse: bevindingen"));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What stands at its head; none for what the language calls any report.
    pub title: Option<String>,
    /// In which language.
    pub lang: Lang,
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
            title: None,
            lang: Lang::default(),
            least_recurrence: 0.05,
            detailed: 50,
            inputs: Vec::new(),
        }
    }
}

impl Report {
    /// The report as one HTML file: no script, nothing from outside, light and dark, fit for print.
    ///
    /// `map` is the map as SVG, with presentation attributes only. A page without it, or with one that holds scripts, styles or links, says
    /// where the map is instead. Names are in the page only if they are on the map.
    #[must_use]
    pub fn html(&self, findings: &Findings, map: Option<&str>) -> String {
        let words = Words::of(self.lang);
        render::html(&View::new(self, findings, map, &words), Arc::new(words))
    }

    /// The report as Markdown, in which text from a case cannot become markup; the map stays in `map.svg`.
    #[must_use]
    pub fn markdown(&self, findings: &Findings) -> String {
        let words = Words::of(self.lang);
        render::markdown(&View::new(self, findings, None, &words), Arc::new(words))
    }
}
