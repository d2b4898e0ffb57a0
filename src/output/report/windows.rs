//! From first contact to exploitation, as a reader sees it.

use serde::Serialize;

use super::plot::{Plot, Steps, Words, steps};
use super::words::{decimal, share_of};
use crate::finding::{
    Findings, LastContact, Partition, Reach, SurvivalPoint, WindowGroup, Windows,
};
use crate::output::percent::percent;

#[derive(Debug, Serialize)]
pub(super) struct WindowsView {
    victims: usize,
    events: usize,
    undated: usize,
    to_the_day: usize,
    /// What is known, each with its interval.
    figures: Vec<Figure>,
    plot: Option<Plot>,
    method: &'static str,
    parts: Vec<Part>,
    reach: Vec<ReachView>,
    after: AfterView,
}

/// Groups of victims beside each other.
#[derive(Debug, Serialize)]
struct Part {
    by: &'static str,
    groups: Vec<Group>,
    test: String,
    plot: Option<Plot>,
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
        plot: steps(
            &Words {
                title: "Share of victims exploited by each day after first contact",
                about: "A curve that climbs in steps, with its 95% interval as a band; the table above has its figures.",
                across: SINCE_CONTACT,
            },
            &[Steps { band: Some(band(&windows.curve)), ..climbing("all", &windows.curve) }],
        ),
        method: windows.method,
        parts: windows.by.iter().map(part).collect(),
        reach: windows.reach.iter().map(reach).collect(),
        after: after(&windows.contact_after),
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
        plot: curves(part),
        test: match (part.p, part.test) {
            (Some(p), Some(test)) => format!(
                "Were there no difference, chance would make as large a one {} ({test}).",
                if p < 0.001 {
                    "in fewer than one of a thousand files".into()
                } else {
                    format!("with {}", percent(p))
                }
            ),
            _ => "Too few to compare.".into(),
        },
    }
}

/// What days are counted from.
const SINCE_CONTACT: &str = "days since first contact";

/// The curves of the groups that have any, beside each other.
fn curves(part: &Partition) -> Option<Plot> {
    let curves: Vec<Steps> = part
        .groups
        .iter()
        .filter(|group| !group.curve.is_empty())
        .map(|group| climbing(&group.group.replace('_', " "), &group.curve))
        .collect();
    let title = format!("Share of victims exploited by each day, by {}", part.by);
    let about =
        "A curve for each group of five victims or more; the table above has their figures.";
    let words = Words { title: &title, about, across: SINCE_CONTACT };
    if curves.len() > 1 { steps(&words, &curves) } else { None }
}

/// The curve turned over, so that it climbs.
fn climbing(name: &str, curve: &[SurvivalPoint]) -> Steps {
    let points = curve.iter().map(|point| (point.days, 1.0 - point.survival)).collect();
    Steps { name: name.into(), points, band: None }
}

fn band(curve: &[SurvivalPoint]) -> Vec<[f64; 2]> {
    curve.iter().map(|point| [1.0 - point.interval[1], 1.0 - point.interval[0]]).collect()
}

/// One signal, by how many days it came before.
#[derive(Debug, Serialize)]
struct ReachView {
    signal: &'static str,
    days: u32,
    share: String,
    interval: String,
    count: String,
    dated: usize,
}

fn reach(one: &Reach) -> ReachView {
    let (share, interval) = share_of(one.share, one.interval);
    let may = one.possible - one.count;
    ReachView {
        signal: one.signal,
        days: one.days,
        share,
        interval,
        count: format!(
            "{} of {}{}",
            one.count,
            one.of,
            if may > 0 { format!(", and perhaps {may} more") } else { String::new() }
        ),
        dated: one.dated,
    }
}

/// Contact after exploitation.
#[derive(Debug, Serialize)]
struct AfterView {
    exploited: usize,
    contacted: usize,
    share: String,
    interval: String,
    dated: usize,
    stopped: usize,
    median: String,
    plot: Option<Plot>,
}

fn after(after: &LastContact) -> AfterView {
    let (share, interval) = share_of(after.share, after.interval);
    AfterView {
        exploited: after.exploited,
        contacted: after.contacted,
        share,
        interval,
        dated: after.dated,
        stopped: after.stopped,
        median: days(after.median_days),
        plot: steps(
            &Words {
                title: "Share of those contacted afterwards for whom it had stopped by each day",
                about: "A curve that climbs in steps, with its 95% interval as a band.",
                across: "days since the end of exploitation",
            },
            &[Steps { band: Some(band(&after.curve)), ..climbing("all", &after.curve) }],
        ),
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
