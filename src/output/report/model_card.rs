//! The model card, as a reader sees it.

use serde::Serialize;

use super::headlines::innocents;
use super::phrases::or_dash;
use crate::finding::{
    Coverage, Cut, Findings, KnownFailure, ModelCard, SyntheticError, TableCoverage,
};
use crate::output::percent::percent;
use crate::output::words::Words;

#[derive(Debug, Serialize)]
pub(super) struct ModelCardView {
    coverage: Vec<String>,
    cuts: Vec<CutView>,
    evidence: Vec<EvidenceView>,
    recruiting: String,
    pairs: usize,
    synthetic_error: String,
    known_failures: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CutView {
    recurrence: String,
    listed: usize,
    innocents: String,
}

#[derive(Debug, Serialize)]
struct EvidenceView {
    class: String,
    recruiter: String,
    other: String,
}

pub(super) fn model_card(findings: &Findings, words: &Words) -> ModelCardView {
    let card: &ModelCard = &findings.model_card;
    let evidence = card.evidence.classes.iter().map(|class| EvidenceView {
        class: words.term("class", class.class),
        recruiter: percent(class.recruiter),
        other: percent(class.other),
    });
    ModelCardView {
        coverage: coverage(&card.coverage, words),
        cuts: card.cuts.iter().map(|one| cut(one, words)).collect(),
        evidence: evidence.collect(),
        recruiting: percent(card.evidence.recruiting),
        pairs: card.evidence.pairs,
        synthetic_error: error(&card.synthetic_error, words),
        known_failures: card.known_failures.iter().map(|one| failure(*one, words)).collect(),
    }
}

fn cut(cut: &Cut, words: &Words) -> CutView {
    CutView {
        recurrence: percent(cut.recurrence),
        listed: cut.listed,
        innocents: or_dash((cut.listed > 0).then(|| innocents(cut.expected_innocents, words))),
    }
}

/// Each part of what the files hold as a sentence.
fn coverage(of: &Coverage, words: &Words) -> Vec<String> {
    let share = |share: Option<f64>| or_dash(share.map(percent));
    let all = words.with(
        "card-coverage",
        &[
            ("cases", of.cases.into()),
            ("sources", of.sources.into()),
            ("sourced", share(of.with_source).into()),
            ("graded", share(of.graded).into()),
            ("certainty", share(of.mean_certainty).into()),
        ],
    );
    let tables = of.tables.iter().filter(|table| table.rows > 0);
    [all].into_iter().chain(tables.map(|one| table(one, words))).collect()
}

fn table(table: &TableCoverage, words: &Words) -> String {
    let missing: Vec<String> = table
        .missing
        .iter()
        .map(|(column, share)| {
            let column = words.term("column", column);
            let share = percent(*share);
            words.with("card-missing", &[("column", column.into()), ("share", share.into())])
        })
        .collect();
    words.with(
        "card-table",
        &[
            ("table", words.term("table", table.table).into()),
            ("rows", table.rows.into()),
            ("missing", missing.join(", ").into()),
        ],
    )
}

fn error(of: &SyntheticError, words: &Words) -> String {
    words.with(
        "card-error",
        &[
            ("cases", of.cases.into()),
            ("victims", of.victims.into()),
            ("listed", words.decimal(of.listed).into()),
            ("announced", percent(of.announced[0]).into()),
            ("announced-hard", percent(of.announced[1]).into()),
            ("observed", percent(of.observed[0]).into()),
            ("observed-hard", percent(of.observed[1]).into()),
            ("found", percent(of.found[0]).into()),
            ("found-hard", percent(of.found[1]).into()),
        ],
    )
}

fn failure(one: KnownFailure, words: &Words) -> String {
    words.say(match one {
        KnownFailure::WhoIsWho => "failure-who-is-who",
        KnownFailure::Unwritten => "failure-unwritten",
        KnownFailure::Several => "failure-several",
        KnownFailure::AgreeingErrors => "failure-agreeing-errors",
        KnownFailure::OwnRates => "failure-own-rates",
        KnownFailure::Watched => "failure-watched",
        KnownFailure::UnknownVictims => "failure-unknown-victims",
    })
}
