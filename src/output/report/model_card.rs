//! The model card, as a reader sees it.

use serde::Serialize;

use super::headlines::innocents;
use crate::finding::{Coverage, Cut, Findings, ModelCard, TableCoverage};
use crate::output::percent::percent;

#[derive(Debug, Serialize)]
pub(super) struct ModelCardView {
    coverage: Vec<String>,
    cuts: Vec<CutView>,
    evidence: Vec<EvidenceView>,
    recruiting: String,
    pairs: usize,
    synthetic_error: &'static str,
    known_failures: &'static [&'static str],
}

#[derive(Debug, Serialize)]
struct CutView {
    recurrence: String,
    listed: usize,
    innocents: String,
}

#[derive(Debug, Serialize)]
struct EvidenceView {
    class: &'static str,
    recruiter: String,
    other: String,
}

pub(super) fn model_card(findings: &Findings) -> ModelCardView {
    let card: &ModelCard = &findings.model_card;
    let evidence = card.evidence.classes.iter().map(|class| EvidenceView {
        class: class.class,
        recruiter: percent(class.recruiter),
        other: percent(class.other),
    });
    ModelCardView {
        coverage: coverage(&card.coverage),
        cuts: card.cuts.iter().map(cut).collect(),
        evidence: evidence.collect(),
        recruiting: percent(card.evidence.recruiting),
        pairs: card.evidence.pairs,
        synthetic_error: card.synthetic_error,
        known_failures: card.known_failures,
    }
}

fn cut(cut: &Cut) -> CutView {
    CutView {
        recurrence: percent(cut.recurrence),
        listed: cut.listed,
        innocents: if cut.listed == 0 { "–".into() } else { innocents(cut.expected_innocents) },
    }
}

/// Each part of what the files hold as a sentence.
fn coverage(of: &Coverage) -> Vec<String> {
    let share = |share: Option<f64>| share.map_or("–".into(), percent);
    let mut lines = vec![format!(
        "{} cases, {} sources named in roles and links; of these rows, {} name a source, {} have a grade, and their mean \
         certainty is {}.",
        of.cases,
        of.sources,
        share(of.with_source),
        share(of.graded),
        share(of.mean_certainty)
    )];
    lines.extend(of.tables.iter().filter(|table| table.rows > 0).map(table));
    lines
}

fn table(table: &TableCoverage) -> String {
    let missing: Vec<String> = table
        .missing
        .iter()
        .map(|(column, share)| format!("{column} in {}", percent(*share)))
        .collect();
    format!("{}: {} rows; not recorded: {}.", table.table, table.rows, missing.join(", "))
}
