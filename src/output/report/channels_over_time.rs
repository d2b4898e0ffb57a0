//! Channels month by month, as a reader sees them.

use serde::Serialize;

use super::channels::{id, named};
use super::phrases::{between, listed, or_dash, share_of};
use super::plot::{Labels, Months, Plot, months};
use crate::finding::{
    ChannelSeries, Closure, Drift, Findings, LevelChange, SeasonAndTrend, UseOverTime,
};
use crate::output::percent::percent;
use crate::output::words::Words;

/// Channels of one use over time.
#[derive(Debug, Serialize)]
pub(super) struct OverTimeView {
    /// `advertising` or `recruitment`.
    pub(super) id: &'static str,
    dated: usize,
    undated: usize,
    in_small_channels: usize,
    channels: Vec<SeriesView>,
    more: usize,
    closures: Vec<ClosureView>,
}

#[derive(Debug, Serialize)]
struct SeriesView {
    name: String,
    id: String,
    events: u64,
    lines: Vec<String>,
    plot: Option<Plot>,
}

#[derive(Debug, Serialize)]
struct ClosureView {
    name: String,
    month: String,
    stated: bool,
    counts: String,
    drift: String,
    wdq: String,
    moved: String,
    usual: String,
    to: String,
}

/// So many channels are drawn; all are in `findings.json`.
const SHOWN: usize = 6;

pub(super) fn over_time(findings: &Findings, words: &Words) -> Vec<OverTimeView> {
    let shown = findings.channels_over_time.iter().filter(|of| !of.series.is_empty());
    shown.map(|of| view(findings, of, words)).collect()
}

fn view(findings: &Findings, of: &UseOverTime, words: &Words) -> OverTimeView {
    OverTimeView {
        id: id(of.use_),
        dated: of.dated,
        undated: of.undated,
        in_small_channels: of.in_small_channels,
        channels: of.series.iter().take(SHOWN).map(|one| series(of, one, words)).collect(),
        more: of.series.len().saturating_sub(SHOWN),
        closures: of.closures.iter().map(|one| closure(findings, one, words)).collect(),
    }
}

fn series(of: &UseOverTime, one: &ChannelSeries, words: &Words) -> SeriesView {
    let names = of.month_names();
    let at = |month: &str| names.iter().position(|name| name == month);
    let name = if one.name.is_empty() { &one.channel_id } else { &one.name };
    let first = one.changes.first().map_or_else(|| mean(&one.counts), |change| change.before);
    let later = one.changes.iter().filter_map(|change| Some((at(&change.month)?, change.after)));
    let own = of.closures.iter().filter(|closure| closure.channel_id == one.channel_id);
    let months_ = Months {
        counts: one.counts.clone(),
        levels: [(0, first)].into_iter().chain(later).collect(),
        closed: own.filter_map(|closure| at(&closure.month)).collect(),
        names: names.clone(),
    };
    let labels = Labels {
        title: &words.with("plot-months", &[("channel", name.as_str().into())]),
        about: &words.say("plot-months-about"),
        across: "",
    };
    SeriesView {
        name: name.clone(),
        id: one.channel_id.clone(),
        events: one.counts.iter().map(|&count| u64::from(count)).sum(),
        lines: lines(one, words),
        plot: months(&labels, &months_, words),
    }
}

fn mean(counts: &[u32]) -> f64 {
    counts.iter().map(|&count| f64::from(count)).sum::<f64>() / counts.len().max(1) as f64
}

/// Season, trend and changes of level, in sentences.
fn lines(one: &ChannelSeries, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(season) = one.season {
        lines.push(words.with(
            "series-trend",
            &[
                ("yearly", words.fixed(season.yearly, 2).into()),
                ("low", words.fixed(season.yearly_interval[0], 2).into()),
                ("high", words.fixed(season.yearly_interval[1], 2).into()),
            ],
        ));
        lines.push(season_of(season, words));
    }
    lines.extend(one.no_season.map(|why| {
        words.with("series-no-season", &[("why", words.term("no-season", why).into())])
    }));
    lines.extend(one.changes.iter().map(|one| change(one, words)));
    lines
}

fn season_of(season: SeasonAndTrend, words: &Words) -> String {
    const MARKED: f64 = 0.01;
    if season.season_p >= MARKED {
        let chance = percent(season.season_p);
        return words.with("series-no-marked-season", &[("chance", chance.into())]);
    }
    let month = words.term("month", &season.peak_month.to_string());
    let peak = words.fixed(season.peak, 2);
    words.with("series-season", &[("peak", peak.into()), ("month", month.into())])
}

fn change(change: &LevelChange, words: &Words) -> String {
    words.with(
        "series-change",
        &[
            ("month", change.month.as_str().into()),
            ("after", words.decimal(change.after).into()),
            ("before", words.decimal(change.before).into()),
        ],
    )
}

fn closure(findings: &Findings, one: &Closure, words: &Words) -> ClosureView {
    let called = |id: &str| {
        let channel = findings.channels.iter().find(|channel| channel.channel_id == id);
        channel.map_or_else(|| id.to_owned(), |channel| named(channel).to_owned())
    };
    let moved = &one.moved;
    let (share, interval) = share_of(moved.share, moved.interval, words);
    let (usual, usual_interval) = share_of(moved.usual, moved.usual_interval, words);
    let to: Vec<String> =
        moved.to.iter().map(|(id, hands)| format!("{} ({hands})", called(id))).collect();
    ClosureView {
        name: called(&one.channel_id),
        month: one.month.clone(),
        stated: one.stated,
        counts: words.with(
            "closure-counts",
            &[
                ("before", one.before.into()),
                ("after", one.after.into()),
                ("months", one.window_months.into()),
            ],
        ),
        drift: or_dash(one.drift.map(|one| drift(one, words))),
        wdq: or_dash(one.wdq.map(|quotient| words.fixed(quotient, 2))),
        moved: words.with(
            "closure-moved",
            &[
                ("moved", moved.moved.into()),
                ("hands", moved.hands.into()),
                ("share", share.into()),
                ("interval", interval.into()),
            ],
        ),
        usual: format!("{usual} ({usual_interval})"),
        to: listed(to),
    }
}

fn drift(drift: Drift, words: &Words) -> String {
    let [low, high] = drift.interval.map(|end| words.fixed(end, 3));
    words.with(
        "closure-drift",
        &[
            ("bits", words.fixed(drift.bits, 3).into()),
            ("interval", between(low, high, words).into()),
            ("chance", percent(drift.p).into()),
        ],
    )
}
