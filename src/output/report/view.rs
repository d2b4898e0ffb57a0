//! What a report says, before anybody knows in what form: text, not yet safe for any.

use serde::Serialize;

use super::Report;
use super::adverts::{AdvertsView, adverts};
use super::cells::{CellsView, cells};
use super::channels::{UseView, channels};
use super::channels_over_time::{OverTimeView, over_time};
use super::headlines::{headlines, innocents};
use super::model_card::{ModelCardView, model_card};
use super::motifs::{MotifView, motifs};
use super::people::{Codes, OthersView, ProtectedView, others, protected};
use super::recruiters::{RecruitersView, recruiters};
use super::study::{TopicView, study};
use super::windows::{WindowsView, windows};
use super::words::span;
use crate::case::InputFile;
use crate::finding::{Basis, Findings};

/// The recurrence from which somebody is more likely than not to recruit again and again.
pub(super) const LIKELY: f64 = 0.5;

/// The whole report.
#[derive(Debug, Serialize)]
pub(super) struct View {
    title: String,
    headlines: Vec<String>,
    recruiters: RecruitersView,
    protected: ProtectedView,
    others: OthersView,
    card: ModelCardView,
    channels: Vec<UseView>,
    over_time: Vec<OverTimeView>,
    adverts: AdvertsView,
    windows: WindowsView,
    study: Vec<TopicView>,
    motifs: Vec<MotifView>,
    cells: CellsView,
    basis: Basis,
    /// How many ids the people have.
    ids: usize,
    dates: String,
    /// How many are more likely than not, and how many of them are expected not to be.
    likely: usize,
    innocents: String,
    yardstick: Vec<[&'static str; 2]>,
    inputs: Vec<InputView>,
}

/// A file that went in.
#[derive(Debug, Serialize)]
struct InputView {
    name: String,
    bytes: u64,
    sha256: String,
}

impl View {
    pub(super) fn new(report: &Report, findings: &Findings) -> Self {
        let codes = Codes::new(&findings.protected);
        let basis = findings.basis.clone();
        let likely = findings.recruiters.iter();
        Self {
            title: report.title.clone(),
            headlines: headlines(findings),
            recruiters: recruiters(report, findings),
            protected: protected(findings, &codes),
            others: others(findings),
            card: model_card(findings),
            channels: channels(findings),
            over_time: over_time(findings),
            adverts: adverts(findings),
            windows: windows(findings),
            study: study(findings),
            motifs: motifs(findings),
            cells: cells(findings, &codes),
            dates: span(basis.first_day.as_deref(), basis.last_day.as_deref()),
            likely: likely.filter(|one| one.recurrence >= LIKELY).count(),
            innocents: innocents(basis.expected_false),
            yardstick: yardstick(),
            inputs: report.inputs.iter().map(input).collect(),
            ids: findings.entities.iter().map(|one| one.person_ids.len()).sum(),
            basis,
        }
    }
}

/// What each word for a probability means.
fn yardstick() -> Vec<[&'static str; 2]> {
    vec![
        ["almost certain", "93% and more"],
        ["highly likely", "78 to 92%"],
        ["likely", "53 to 77%"],
        ["a realistic possibility", "38 to 52%"],
        ["unlikely", "23 to 37%"],
        ["highly unlikely", "8 to 22%"],
        ["a remote chance", "7% and less"],
    ]
}

fn input(file: &InputFile) -> InputView {
    InputView {
        name: file.name.clone(),
        bytes: file.bytes,
        sha256: file.sha256.clone().unwrap_or_else(|| "–".into()),
    }
}
