//! From first contact to exploitation, as a reader sees it.

use serde::Serialize;

use super::curve::{Curve, curve};
use super::words::decimal;
use crate::finding::{Findings, Partition, WindowGroup, Windows};
use crate::output::percent::percent;

#[derive(Debug, Serialize)]
pub(super) struct WindowsView {
    victims: usize,
    events: usize,
    undated: usize,
    to_the_day: usize,
    /// What is known, each with its interval.
    figures: Vec<Figure>,
    curve: Option<Curve>,
    parts: Vec<Part>,
}

/// Groups of victims beside each other.
#[derive(Debug, Serialize)]
struct Part {
    by: &'static str,
    groups: Vec<Group>,
    test: String,
}

#[derive(Debug, Serialize)]
struct Group {
    name: String,
    victims: usize,
    week: Figure,
    month: Figure,
}

#[derive(Debug, Serialize)]
struct Figure {
    name: &'static str,
    value: String,
    interval: String,
}

pub(super) fn windows(findings: &Findings) -> WindowsView {
    let windows = &findings.windows;
    WindowsView {
        victims: windows.victims,
        events: windows.events,
        undated: windows.undated,
        to_the_day: windows.to_the_day,
        figures: vec![
            Figure {
                name: "Half of them exploited within",
                value: days(windows.median_days),
                interval: median_interval(windows),
            },
            share("Exploited within 7 days", windows.within_7_days, windows.within_7_days_interval),
            share(
                "Exploited within 30 days",
                windows.within_30_days,
                windows.within_30_days_interval,
            ),
        ],
        curve: curve(&windows.curve),
        parts: windows.by.iter().map(part).collect(),
    }
}

fn part(part: &Partition) -> Part {
    let group = |group: &WindowGroup| Group {
        name: group.group.replace('_', " "),
        victims: group.victims,
        week: share("week", group.within_7_days, group.within_7_days_interval),
        month: share("month", group.within_30_days, group.within_30_days_interval),
    };
    Part {
        by: part.by,
        groups: part.groups.iter().map(group).collect(),
        test: match part.p {
            None => "Too few to compare.".into(),
            Some(p) if p < 0.001 => "Were there no difference, chance would make as large a one in fewer than one of a thousand files (log-rank test).".into(),
            Some(p) => format!("Were there no difference, chance would make as large a one with {} (log-rank test).", percent(p)),
        },
    }
}

fn share(name: &'static str, value: Option<f64>, interval: Option<[f64; 2]>) -> Figure {
    Figure {
        name,
        value: value.map_or_else(too_few, percent),
        interval: interval
            .map_or_else(too_few, |[low, high]| format!("{} to {}", percent(low), percent(high))),
    }
}

fn days(days: Option<f64>) -> String {
    days.map_or_else(too_few, |days| match decimal(days) {
        one if one == "1" => "1 day".into(),
        many => format!("{many} days"),
    })
}

/// An end that the data do not reach is open, and said to be.
pub(super) fn median_interval(windows: &Windows) -> String {
    match windows.median_interval {
        [None, None] => too_few(),
        [Some(low), None] => format!("{} days or more", decimal(low)),
        [None, Some(high)] => format!("{} days or less", decimal(high)),
        [Some(low), Some(high)] => format!("{} to {} days", decimal(low), decimal(high)),
    }
}

fn too_few() -> String {
    "too few to say".into()
}
