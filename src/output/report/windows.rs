//! From first contact to exploitation, as a reader sees it.

use serde::Serialize;

use super::phrases::{between, percents, share_of};
use super::plot::{Labels, Plot, Steps, steps};
use crate::finding::{
    Findings, LastContact, Partition, Reach, SurvivalPoint, WindowGroup, Windows,
};
use crate::output::percent::percent;
use crate::output::words::Words;

#[derive(Debug, Serialize)]
pub(super) struct WindowsView {
    victims: usize,
    events: usize,
    undated: usize,
    to_the_day: usize,
    /// What is known, each with its interval.
    figures: Vec<Figure>,
    plot: Option<Plot>,
    method: String,
    parts: Vec<Part>,
    reach: Vec<ReachView>,
    after: AfterView,
}

/// Groups of victims beside each other.
#[derive(Debug, Serialize)]
struct Part {
    title: String,
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
    name: String,
    value: String,
    interval: String,
}

pub(super) fn windows(findings: &Findings, words: &Words) -> WindowsView {
    let windows = &findings.windows;
    let half = Figure {
        name: words.say("window-half"),
        value: days(windows.median_days, words),
        interval: median_interval(windows, words),
    };
    let within = |key: &str, value, interval| share(words.say(key), value, interval, words);
    WindowsView {
        victims: windows.victims,
        events: windows.events,
        undated: windows.undated,
        to_the_day: windows.to_the_day,
        figures: vec![
            half,
            within("window-week", windows.within_7_days, windows.within_7_days_interval),
            within("window-month", windows.within_30_days, windows.within_30_days_interval),
        ],
        plot: steps(
            &Labels {
                title: &words.say("plot-windows"),
                about: &words.say("plot-windows-about"),
                across: &words.say("plot-since-contact"),
            },
            &[Steps {
                band: Some(band(&windows.curve)),
                ..climbing(words.say("plot-all"), &windows.curve)
            }],
            words,
        ),
        method: words.term("method", windows.method),
        parts: windows.by.iter().map(|one| part(one, words)).collect(),
        reach: windows.reach.iter().map(|one| reach(one, words)).collect(),
        after: after(&windows.contact_after, words),
    }
}

fn part(part: &Partition, words: &Words) -> Part {
    let group = |group: &WindowGroup| Group {
        name: words.term("group", group.group),
        victims: group.victims,
        week: share(String::new(), group.within_7_days, group.within_7_days_interval, words),
        month: share(String::new(), group.within_30_days, group.within_30_days_interval, words),
    };
    Part {
        title: words.term("by", part.by),
        groups: part.groups.iter().map(group).collect(),
        plot: curves(part, words),
        test: compared(part, words),
    }
}

/// How likely a difference as large as this one is by chance alone.
fn compared(part: &Partition, words: &Words) -> String {
    let (Some(p), Some(test)) = (part.p, part.test) else {
        return words.say("window-too-few-to-compare");
    };
    let test = words.term("test", test);
    if p < 0.001 {
        return words.with("window-difference-rare", &[("test", test.into())]);
    }
    let values = [("test", test.into()), ("chance", percent(p).into())];
    words.with("window-difference", &values)
}

/// The curves of the groups that have any, beside each other.
fn curves(part: &Partition, words: &Words) -> Option<Plot> {
    let curves: Vec<Steps> = part
        .groups
        .iter()
        .filter(|group| !group.curve.is_empty())
        .map(|group| climbing(words.term("group", group.group), &group.curve))
        .collect();
    let labels = Labels {
        title: &words.with("plot-by", &[("by", words.term("by", part.by).into())]),
        about: &words.say("plot-by-about"),
        across: &words.say("plot-since-contact"),
    };
    if curves.len() > 1 { steps(&labels, &curves, words) } else { None }
}

/// The curve turned over, so that it climbs.
fn climbing(name: String, curve: &[SurvivalPoint]) -> Steps {
    let points = curve.iter().map(|point| (point.days, 1.0 - point.survival)).collect();
    Steps { name, points, band: None }
}

fn band(curve: &[SurvivalPoint]) -> Vec<[f64; 2]> {
    curve.iter().map(|point| [1.0 - point.interval[1], 1.0 - point.interval[0]]).collect()
}

/// One signal, by how many days it came before.
#[derive(Debug, Serialize)]
struct ReachView {
    signal: String,
    days: u32,
    share: String,
    interval: String,
    count: String,
    dated: usize,
}

fn reach(one: &Reach, words: &Words) -> ReachView {
    let (share, interval) = share_of(one.share, one.interval, words);
    let may = one.possible - one.count;
    let mut values = vec![("count", one.count.into()), ("all", one.of.into())];
    let count = if may > 0 {
        values.push(("may", may.into()));
        words.with("count-of-perhaps", &values)
    } else {
        words.with("count-of", &values)
    };
    let signal = words.term("signal", one.signal);
    ReachView { signal, days: one.days, share, interval, count, dated: one.dated }
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

fn after(after: &LastContact, words: &Words) -> AfterView {
    let (share, interval) = share_of(after.share, after.interval, words);
    AfterView {
        exploited: after.exploited,
        contacted: after.contacted,
        share,
        interval,
        dated: after.dated,
        stopped: after.stopped,
        median: days(after.median_days, words),
        plot: steps(
            &Labels {
                title: &words.say("plot-after"),
                about: &words.say("plot-after-about"),
                across: &words.say("plot-since-end"),
            },
            &[Steps {
                band: Some(band(&after.curve)),
                ..climbing(words.say("plot-all"), &after.curve)
            }],
            words,
        ),
    }
}

fn share(name: String, value: Option<f64>, interval: Option<[f64; 2]>, words: &Words) -> Figure {
    let too_few = || words.say("too-few");
    Figure {
        name,
        value: value.map_or_else(too_few, percent),
        interval: interval.map_or_else(too_few, |ends| percents(ends, words)),
    }
}

fn days(days: Option<f64>, words: &Words) -> String {
    let Some(days) = days else { return words.say("too-few") };
    match words.decimal(days) {
        one if one == "1" => words.say("one-day"),
        many => words.with("days", &[("days", many.into())]),
    }
}

/// An end that the data do not reach is open, and said to be.
pub(super) fn median_interval(windows: &Windows, words: &Words) -> String {
    let said = |key, days| words.with(key, &[("days", words.decimal(days).into())]);
    match windows.median_interval {
        [None, None] => words.say("too-few"),
        [Some(low), None] => said("days-or-more", low),
        [None, Some(high)] => said("days-or-less", high),
        [Some(low), Some(high)] => {
            let days = between(words.decimal(low), words.decimal(high), words);
            words.with("days", &[("days", days.into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::words::Lang;
    use super::*;

    #[test]
    fn one_day_is_not_one_days() {
        let words = Words::of(Lang::En);
        let said = [Some(1.0), Some(2.0), Some(0.5), None].map(|many| days(many, &words));
        assert_eq!(said[..3], ["1 day", "2 days", ".5 days"]);
        assert_eq!(said[3], words.say("too-few"));
    }

    #[test]
    fn a_curve_of_what_has_happened_has_its_band_turned_over() {
        let curve = [SurvivalPoint {
            days: 3.0,
            at_risk: 4.0,
            events: 1.0,
            survival: 0.75,
            interval: [0.5, 0.875],
        }];
        assert_eq!(climbing("all".into(), &curve).points, [(3.0, 0.25)]);
        assert_eq!(band(&curve).concat(), [0.125, 0.5]);
    }
}
