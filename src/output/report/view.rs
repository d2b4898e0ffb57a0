//! What a report says, before anybody knows in what form: text, not yet safe for any.

use serde::Serialize;

use super::Report;
use super::adverts::{AdvertsView, adverts};
use super::cells::{CellsView, cells};
use super::channels::{UseView, channels};
use super::channels_over_time::{OverTimeView, over_time};
use super::headlines::{headlines, innocents};
use super::inline_map::inline;
use super::model_card::{ModelCardView, model_card};
use super::motifs::{MotifView, motifs};
use super::people::{Codes, OthersView, ProtectedView, others, protected};
use super::phrases::{YARDSTICK, between, or_dash, span};
use super::recruiters::{RecruitersView, recruiters};
use super::study::{TopicView, study};
use super::windows::{WindowsView, windows};
use crate::case::InputFile;
use crate::finding::{Basis, Findings};
use crate::output::words::Words;

/// The recurrence from which somebody is more likely than not to recruit again and again.
pub(super) const LIKELY: f64 = 0.5;

/// The whole report.
#[derive(Debug, Serialize)]
pub(super) struct View {
    /// The code of the language.
    lang: &'static str,
    title: String,
    /// The sections that there are, in order.
    sections: Vec<String>,
    /// The map as the text of an SVG element.
    map: Option<String>,
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
    /// The last day of anything dated.
    until: String,
    /// How many times their usual share minors must have at a channel.
    above: String,
    /// From which certainty a link is confirmed.
    confirmed: String,
    /// How many are more likely than not, and how many of them are expected not to be.
    likely: usize,
    innocents: String,
    yardstick: Vec<[String; 2]>,
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
    pub(super) fn new(
        report: &Report,
        findings: &Findings,
        map: Option<&str>,
        words: &Words,
    ) -> Self {
        let codes = Codes::new(&findings.protected);
        let basis = findings.basis.clone();
        let likely = findings.recruiters.iter();
        let mut view = Self {
            lang: words.lang.code(),
            title: report.title.clone().unwrap_or_else(|| words.say("report-title")),
            sections: Vec::new(),
            map: map.and_then(inline),
            headlines: headlines(findings, words),
            recruiters: recruiters(report, findings, words),
            protected: protected(findings, &codes, words),
            others: others(findings, words),
            card: model_card(findings, words),
            channels: channels(findings, words),
            over_time: over_time(findings, words),
            adverts: adverts(findings, words),
            windows: windows(findings, words),
            study: study(findings, words),
            motifs: motifs(findings, words),
            cells: cells(findings, &codes, words),
            dates: span(basis.first_day.as_deref(), basis.last_day.as_deref(), words),
            until: or_dash(basis.last_day.clone()),
            above: words.fixed(1.25, 2),
            confirmed: words.decimal(0.8),
            likely: likely.filter(|one| one.recurrence >= LIKELY).count(),
            innocents: innocents(basis.expected_false, words),
            yardstick: yardstick(words),
            inputs: report.inputs.iter().map(input).collect(),
            ids: findings.entities.iter().map(|one| one.person_ids.len()).sum(),
            basis,
        };
        view.sections = view.sections();
        view
    }

    /// The sections that have something to say.
    fn sections(&self) -> Vec<String> {
        let mut sections = vec!["map", "recruiters", "protected"];
        let of = |shown: bool, section: &'static str| shown.then_some(section);
        sections.extend(of(!self.others.withheld.is_empty(), "withheld"));
        sections.extend(of(!self.others.leads.is_empty(), "leads"));
        let uses = self.channels.iter().filter(|of| !of.channels.is_empty());
        sections.extend(uses.map(|of| of.id));
        let mut sections: Vec<String> = sections.into_iter().map(Into::into).collect();
        sections.extend(self.over_time.iter().map(|of| format!("{}-over-time", of.id)));
        let rest = [
            of(!self.adverts.shown.is_empty(), "adverts"),
            Some("windows"),
            of(!self.motifs.is_empty(), "motifs"),
            of(!self.study.is_empty(), "study"),
            of(self.cells.is_any(), "cells"),
            Some("basis"),
            Some("card"),
            Some("reading"),
            Some("limits"),
            Some("repeat"),
        ];
        sections.extend(rest.into_iter().flatten().map(Into::into));
        sections
    }
}

/// What each word for a probability means.
fn yardstick(words: &Words) -> Vec<[String; 2]> {
    let meant = |&(key, low, high): &(&str, u8, u8)| {
        let range = match (low, high) {
            (low, 100) => words.with("percent-or-more", &[("least", low.into())]),
            (0, high) => words.with("percent-or-less", &[("most", high.into())]),
            (low, high) => between(format!("{low}%"), format!("{high}%"), words),
        };
        [words.say(key), range]
    };
    YARDSTICK.iter().map(meant).collect()
}

fn input(file: &InputFile) -> InputView {
    InputView { name: file.name.clone(), bytes: file.bytes, sha256: or_dash(file.sha256.clone()) }
}
