//! `kluwen windows`: how long between first contact and exploitation.

use std::process::ExitCode;

use clap::Args;
use kluwen::error::Result;
use kluwen::finding::{Grooming, Windows};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::Form;
use super::identity::IdentityFlags;
use super::print;
use super::reading::Reading;
use super::recruiters::rounded;

/// How long between first contact and exploitation
///
/// Victims not exploited when their case closed count until then. By Kaplan and Meier where every date is a day, by
/// Turnbull where some are months.
#[derive(Debug, Args)]
pub(crate) struct WindowsCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// Print the whole curve
    #[arg(long)]
    curve: bool,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl WindowsCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let windows = Grooming { seed: self.identity.seed, ..Grooming::default() }
            .find(&read.taken.case, &identities.entities);
        match self.format {
            Form::Json => print::json(&windows)?,
            form if self.curve => print::sheet(&curve(&windows), form)?,
            form => print::sheet(&figures(&windows), form)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn figures(windows: &Windows) -> Sheet {
    let mut sheet = Sheet::new(["figure", "value", "low", "high"]);
    let number = |value: Option<f64>| value.map_or(Cell::Missing, rounded);
    let end =
        |interval: Option<[f64; 2]>, side: usize| number(interval.map(|interval| interval[side]));
    let mut row = |name: &str, cells: [Cell; 3]| {
        let [value, low, high] = cells;
        sheet.push([Cell::from(name), value, low, high]);
    };
    let count = |count: usize| [Cell::from(count), Cell::Missing, Cell::Missing];
    row("victims with a dated first contact", count(windows.victims));
    row("among them exploited on a known date", count(windows.events));
    row("to the day", count(windows.to_the_day));
    row("left out, a date is missing", count(windows.undated));
    row("left out, exploited before first contact", count(windows.impossible));
    let [low, high] = windows.median_interval;
    row("median days", [number(windows.median_days), number(low), number(high)]);
    let week = windows.within_7_days_interval;
    row("share within 7 days", [number(windows.within_7_days), end(week, 0), end(week, 1)]);
    let month = windows.within_30_days_interval;
    row("share within 30 days", [number(windows.within_30_days), end(month, 0), end(month, 1)]);
    for part in &windows.by {
        for group in &part.groups {
            let (by, name, of) = (part.by, group.group, group.victims);
            for (days, share, interval) in [
                (7, group.within_7_days, group.within_7_days_interval),
                (30, group.within_30_days, group.within_30_days_interval),
            ] {
                let figure = format!("share within {days} days, {by}: {name} ({of} victims)");
                row(&figure, [number(share), end(interval, 0), end(interval, 1)]);
            }
        }
        let figure = format!("chance of such a difference by {} if there were none", part.by);
        row(&figure, [number(part.p), Cell::Missing, Cell::Missing]);
    }
    sheet
}

fn curve(windows: &Windows) -> Sheet {
    let mut sheet = Sheet::new(["days", "at_risk", "events", "survival", "low", "high"]);
    for point in &windows.curve {
        sheet.push([
            Cell::from(point.days),
            rounded(point.at_risk),
            rounded(point.events),
            rounded(point.survival),
            rounded(point.interval[0]),
            rounded(point.interval[1]),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use kluwen::finding::{Partition, SurvivalPoint, WindowGroup};

    use super::super::trial::lines;
    use super::*;

    fn found() -> Windows {
        let group = WindowGroup {
            group: "minors",
            victims: 8,
            events: 6,
            median_days: None,
            within_7_days: Some(0.25),
            within_7_days_interval: Some([0.125, 0.5]),
            within_30_days: None,
            within_30_days_interval: None,
            curve: Vec::new(),
        };
        Windows {
            victims: 20,
            events: 15,
            undated: 3,
            impossible: 1,
            to_the_day: 12,
            median_days: Some(33.5),
            median_interval: [Some(20.25), None],
            within_7_days: Some(0.4),
            within_7_days_interval: Some([0.3, 0.5]),
            within_30_days: Some(0.6),
            within_30_days_interval: Some([0.45, 0.75]),
            curve: vec![SurvivalPoint {
                days: 3.0,
                at_risk: 20.0,
                events: 2.0,
                survival: 0.9,
                interval: [0.8, 0.95],
            }],
            by: vec![Partition {
                by: "age",
                groups: vec![group],
                test: None,
                chi_squared: None,
                p: Some(0.12345),
            }],
            ..Windows::default()
        }
    }

    #[test]
    fn windows_are_told_in_figures_with_their_intervals() {
        assert_eq!(
            lines(&figures(&found())),
            [
                "victims with a dated first contact,20,,",
                "among them exploited on a known date,15,,",
                "to the day,12,,",
                "\"left out, a date is missing\",3,,",
                "\"left out, exploited before first contact\",1,,",
                "median days,33.5,20.25,",
                "share within 7 days,0.4,0.3,0.5",
                "share within 30 days,0.6,0.45,0.75",
                "\"share within 7 days, age: minors (8 victims)\",0.25,0.125,0.5",
                "\"share within 30 days, age: minors (8 victims)\",,,",
                "chance of such a difference by age if there were none,0.123,,"
            ]
        );
    }

    #[test]
    fn a_curve_is_told_step_by_step() {
        assert_eq!(lines(&curve(&found())), ["3,20,2,0.9,0.8,0.95"]);
    }
}
