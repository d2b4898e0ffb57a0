//! `kluwen channels --over-time`: channels month by month.

use clap::{Args, ValueEnum};
use kluwen::case::When;
use kluwen::error::{Error, Result, excerpt};
use kluwen::finding::{Closure, UseOverTime};
use kluwen::output::{Cell, Sheet};

use super::channels::used_for;
use super::recruiters::rounded;

/// What of it is printed; JSON holds all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Aspect {
    /// A row a channel: season, trend and changes of level
    Channels,
    /// A row a channel and month: the counts
    Months,
    /// A row a closure: where its users went
    Closures,
}

/// Which channels are known to have been closed.
#[derive(Clone, Debug, Args)]
pub(crate) struct ClosedFlags {
    /// A channel that was closed, and when, such as ch3=2019-04; may be given again
    #[arg(long, value_name = "CHANNEL=WHEN", value_delimiter = ',')]
    closed: Vec<String>,
}

impl ClosedFlags {
    pub(crate) fn is_empty(&self) -> bool {
        self.closed.is_empty()
    }

    pub(crate) fn parse(&self) -> Result<Vec<(String, When)>> {
        let one = |text: &String| {
            let wrong =
                |what: &str| Error::usage(format!("`--closed {}`: expected {what}", excerpt(text)));
            let (channel, when) =
                text.rsplit_once('=').ok_or_else(|| wrong("CHANNEL=WHEN, such as ch3=2019-04"))?;
            let when = When::parse(when).map_err(|bad| wrong(&bad.to_string()))?;
            Ok((channel.to_owned(), when))
        };
        self.closed.iter().map(one).collect()
    }
}

pub(crate) fn sheet(found: &[UseOverTime], aspect: Aspect) -> Sheet {
    match aspect {
        Aspect::Channels => channels(found),
        Aspect::Months => months(found),
        Aspect::Closures => closures(found),
    }
}

fn number(value: Option<f64>) -> Cell {
    value.map_or(Cell::Missing, rounded)
}

fn channels(found: &[UseOverTime]) -> Sheet {
    let mut sheet = Sheet::new([
        "use",
        "channel_id",
        "name",
        "events",
        "yearly",
        "low",
        "high",
        "peak_month",
        "peak",
        "season_p",
        "dispersion",
        "left_out",
        "changes",
    ]);
    for (of, one) in found.iter().flat_map(|of| of.series.iter().map(move |one| (of, one))) {
        let season = one.season;
        let changes = one.changes.iter().map(|change| {
            format!("{}: {:.1} to {:.1} a month", change.month, change.before, change.after)
        });
        sheet.push([
            Cell::from(used_for(of.use_)),
            one.channel_id.clone().into(),
            one.name.clone().into(),
            one.counts.iter().map(|&count| count as usize).sum::<usize>().into(),
            number(season.map(|season| season.yearly)),
            number(season.map(|season| season.yearly_interval[0])),
            number(season.map(|season| season.yearly_interval[1])),
            season.map_or(Cell::Missing, |season| usize::from(season.peak_month).into()),
            number(season.map(|season| season.peak)),
            number(season.map(|season| season.season_p)),
            number(season.map(|season| season.dispersion)),
            one.no_season.map_or(Cell::Missing, Cell::from),
            changes.collect::<Vec<_>>().join("; ").into(),
        ]);
    }
    sheet
}

fn months(found: &[UseOverTime]) -> Sheet {
    let mut sheet = Sheet::new(["use", "channel_id", "month", "count"]);
    for (of, one) in found.iter().flat_map(|of| of.series.iter().map(move |one| (of, one))) {
        for (month, &count) in of.month_names().into_iter().zip(&one.counts) {
            sheet.push([
                Cell::from(used_for(of.use_)),
                one.channel_id.clone().into(),
                month.into(),
                (count as usize).into(),
            ]);
        }
    }
    sheet
}

fn closures(found: &[UseOverTime]) -> Sheet {
    let mut sheet = Sheet::new([
        "use",
        "channel_id",
        "month",
        "stated",
        "window_months",
        "before",
        "after",
        "drift",
        "drift_low",
        "drift_high",
        "drift_p",
        "wdq",
        "hands",
        "seen_after",
        "moved",
        "share",
        "low",
        "high",
        "usual",
        "to",
    ]);
    for of in found {
        for one in &of.closures {
            sheet.push(closure(used_for(of.use_), one));
        }
    }
    sheet
}

fn closure(used_for: &str, one: &Closure) -> [Cell; 20] {
    let (drift, moved) = (one.drift, &one.moved);
    let to: Vec<String> = moved.to.iter().map(|(to, hands)| format!("{to} ({hands})")).collect();
    [
        used_for.into(),
        one.channel_id.clone().into(),
        one.month.clone().into(),
        if one.stated { "yes" } else { "no" }.into(),
        one.window_months.into(),
        one.before.into(),
        one.after.into(),
        number(drift.map(|drift| drift.bits)),
        number(drift.map(|drift| drift.interval[0])),
        number(drift.map(|drift| drift.interval[1])),
        number(drift.map(|drift| drift.p)),
        number(one.wdq),
        moved.hands.into(),
        moved.seen_after.into(),
        moved.moved.into(),
        number(moved.share),
        number(moved.interval.map(|interval| interval[0])),
        number(moved.interval.map(|interval| interval[1])),
        number(moved.usual),
        to.join(" ").into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::trial::typed;
    use super::*;

    fn closed(words: &[&str]) -> Result<Vec<(String, When)>> {
        typed::<ClosedFlags>(words).parse()
    }

    #[test]
    fn a_closure_is_a_channel_and_when() {
        assert_eq!(closed(&[]).expect("none"), []);
        let when = |text| When::parse(text).expect("a date");
        // An id may have a sign of equality of its own.
        assert_eq!(
            closed(&["--closed", "ch3=2019-04,a=b=2020"]).expect("two"),
            [("ch3".to_owned(), when("2019-04")), ("a=b".to_owned(), when("2020"))]
        );
        assert!(!typed::<ClosedFlags>(&["--closed", "ch3=2019"]).is_empty());
        assert!(typed::<ClosedFlags>(&[]).is_empty());
    }

    #[test]
    fn what_is_no_closure_is_told_with_what_was_expected() {
        let error = |text| closed(&["--closed", text]).expect_err(text).to_string();
        let form = "expected CHANNEL=WHEN, such as ch3=2019-04";
        assert_eq!(error("ch3"), format!("`--closed ch3`: {form}"));
        assert!(error("ch3=soon").starts_with("`--closed ch3=soon`: expected "));
        assert!(!error("ch3=soon").contains(form));
    }
}
