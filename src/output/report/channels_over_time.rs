//! Channels month by month, as a reader sees them.

use serde::Serialize;

use super::channels::{named, used};
use super::plot::{Months, Plot, months};
use super::words::{decimal, share_of};
use crate::finding::{ChannelSeries, Closure, Findings, UseOverTime};
use crate::output::percent::percent;

/// Channels of one use over time.
#[derive(Debug, Serialize)]
pub(super) struct OverTimeView {
    title: &'static str,
    what: &'static str,
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

pub(super) fn over_time(findings: &Findings) -> Vec<OverTimeView> {
    let shown = findings.channels_over_time.iter().filter(|of| !of.series.is_empty());
    shown.map(|of| view(findings, of)).collect()
}

fn view(findings: &Findings, of: &UseOverTime) -> OverTimeView {
    let (title, what) = used(of.use_);
    OverTimeView {
        title,
        what,
        dated: of.dated,
        undated: of.undated,
        in_small_channels: of.in_small_channels,
        channels: of.series.iter().take(SHOWN).map(|one| series(of, one)).collect(),
        more: of.series.len().saturating_sub(SHOWN),
        closures: of.closures.iter().map(|one| closure(findings, one)).collect(),
    }
}

fn series(of: &UseOverTime, one: &ChannelSeries) -> SeriesView {
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
    let title = format!("{name}: counts by month");
    let about =
        "A stair of the monthly counts; dashed, the levels between changes; dotted, a closure.";
    SeriesView {
        name: name.clone(),
        id: one.channel_id.clone(),
        events: one.counts.iter().map(|&count| u64::from(count)).sum(),
        lines: lines(one),
        plot: months(&title, about, &months_),
    }
}

fn mean(counts: &[u32]) -> f64 {
    counts.iter().map(|&count| f64::from(count)).sum::<f64>() / counts.len().max(1) as f64
}

/// Season, trend and changes of level, in sentences.
fn lines(one: &ChannelSeries) -> Vec<String> {
    const MARKED: f64 = 0.01;
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut lines = Vec::new();
    if let Some(season) = one.season {
        lines.push(format!(
            "From year to year: times {:.2} (95%: {:.2} to {:.2}).",
            season.yearly, season.yearly_interval[0], season.yearly_interval[1]
        ));
        lines.push(if season.season_p < MARKED {
            let month = MONTHS[usize::from(season.peak_month.saturating_sub(1)).min(11)];
            format!("A season: {} times the year's mean in {month}.", two(season.peak))
        } else {
            format!(
                "No marked season: chance makes as much of one with {}.",
                percent(season.season_p)
            )
        });
    }
    lines.extend(one.no_season.map(|why| format!("No season or trend is told: {why}.")));
    lines.extend(one.changes.iter().map(|change| {
        format!(
            "A new level from {}: {} a month, {} before.",
            change.month,
            decimal(change.after),
            decimal(change.before)
        )
    }));
    lines
}

fn two(number: f64) -> String {
    format!("{number:.2}")
}

fn closure(findings: &Findings, one: &Closure) -> ClosureView {
    let called = |id: &str| {
        let channel = findings.channels.iter().find(|channel| channel.channel_id == id);
        channel.map_or_else(|| id.to_owned(), |channel| named(channel).to_owned())
    };
    let moved = &one.moved;
    let (share, interval) = share_of(moved.share, moved.interval);
    let (usual, usual_interval) = share_of(moved.usual, moved.usual_interval);
    let to: Vec<String> =
        moved.to.iter().map(|(id, hands)| format!("{} ({hands})", called(id))).collect();
    ClosureView {
        name: called(&one.channel_id),
        month: one.month.clone(),
        stated: one.stated,
        counts: format!("{} and {} in {} months", one.before, one.after, one.window_months),
        drift: one.drift.map_or_else(
            || "–".into(),
            |drift| {
                format!(
                    "{:.3} bits ({:.3} to {:.3}); by chance {}",
                    drift.bits,
                    drift.interval[0],
                    drift.interval[1],
                    percent(drift.p)
                )
            },
        ),
        wdq: one.wdq.map_or_else(|| "–".into(), two),
        moved: format!("{} of {}: {share} ({interval})", moved.moved, moved.hands),
        usual: format!("{usual} ({usual_interval})"),
        to: if to.is_empty() { "–".into() } else { to.join(", ") },
    }
}
