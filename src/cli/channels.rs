//! `kluwen channels`: where victims are recruited and advertised.

use std::process::ExitCode;

use clap::Args;
use kluwen::cluster::Question;
use kluwen::error::{Error, Result};
use kluwen::finding::{ChannelFinding, Channels, OverTime, PublishedChannel, Publishing, Use};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::channels_over_time::{self, Aspect, ClosedFlags};
use super::engine::EngineFlags;
use super::flags::{Form, MinCell};
use super::held::Held;
use super::identity::IdentityFlags;
use super::print;
use super::reading::Reading;
use super::recruiters::rounded;

/// Where victims are recruited and advertised; minors against the base
///
/// `posterior` is the chance that a channel's share of minors is more than 1.25 times the base
/// share. The list is by posterior: by count the largest channel would come first, by share the smallest.
#[derive(Debug, Args)]
pub(crate) struct ChannelsCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    #[command(flatten)]
    engine: EngineFlags,
    /// Month by month instead: season, trend and changes of each channel, the counts, or what followed closures
    #[arg(long, value_enum, value_name = "WHAT", num_args = 0..=1, default_missing_value = "channels")]
    over_time: Option<Aspect>,
    #[command(flatten)]
    closed: ClosedFlags,
    /// Only what may be published: counts under --min-cell are withheld, and others with them so that no sum gives them away
    ///
    /// Shares, ratios and chances go with their counts, and no days are told. What is withheld is `withheld` in tables and null in JSON, with
    /// `suppressed`; it does not say which counts are small. Channels with something withheld come last, by their ids, and those of few victims stand
    /// without a name in one row.
    #[arg(long, conflicts_with_all = ["over_time", "closed"])]
    publish: bool,
    #[command(flatten)]
    min_cell: MinCell,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl ChannelsCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        if self.over_time.is_none() && !self.closed.is_empty() {
            return Err(Error::usage(
                "`--closed` says from when on a channel is followed: add `--over-time closures`",
            ));
        }
        let publishing: Publishing = self.min_cell.publishing()?;
        let question =
            ("channels", if self.over_time.is_some() { Question::All } else { Question::Channels });
        let Held { read, identities, .. } =
            self.identity.take_from(&self.engine, &self.reading, question, manner)?;
        if let Some(aspect) = self.over_time {
            let found = self.over_time()?.find(&read.taken.case, &identities.entities)?;
            print::rows(&found, || channels_over_time::sheet(&found, aspect), self.format)?;
            return Ok(ExitCode::SUCCESS);
        }
        let found = Channels::default().find(&read.taken.case, &identities.entities);
        if self.publish {
            let published = publishing.channels(&found);
            print::rows(&published, || published_sheet(&published), self.format)?;
        } else {
            print::rows(&found, || sheet(&found), self.format)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// How channels are followed.
    fn over_time(&self) -> Result<OverTime> {
        Ok(OverTime {
            closed: self.closed.parse()?,
            region: self.identity.region()?,
            seed: self.identity.seed,
            ..OverTime::default()
        })
    }
}

fn published_sheet(found: &[PublishedChannel]) -> Sheet {
    let mut sheet = Sheet::new([
        "use",
        "rank",
        "channel_id",
        "name",
        "class",
        "victims",
        "minors",
        "known",
        "share",
        "posterior",
        "risk_ratio",
        "low",
        "high",
    ]);
    for one in found {
        let told = |cell: Option<Cell>| match cell {
            Some(cell) => cell,
            None if one.suppressed => Cell::from("withheld"),
            None => Cell::Missing,
        };
        let named = |text: &Option<String>| told(text.clone().map(Cell::from));
        let count = |count: Option<usize>| told(count.map(Cell::from));
        let number = |number: Option<f64>| told(number.map(Cell::from));
        sheet.push([
            used_for(one.use_).into(),
            count(one.rank),
            named(&one.channel_id),
            named(&one.name),
            named(&one.class),
            count(one.victims),
            count(one.minors),
            count(one.known),
            number(one.share),
            number(one.posterior),
            number(one.risk_ratio),
            number(one.risk_ratio_interval.map(|interval| interval[0])),
            number(one.risk_ratio_interval.map(|interval| interval[1])),
        ]);
    }
    sheet
}

pub(crate) fn used_for(use_: Use) -> &'static str {
    if use_ == Use::Advertising { "advertising" } else { "recruitment" }
}

pub(crate) fn sheet(found: &[ChannelFinding]) -> Sheet {
    let mut sheet = Sheet::new([
        "use",
        "rank",
        "channel_id",
        "name",
        "class",
        "victims",
        "minors",
        "known",
        "share",
        "base",
        "posterior",
        "risk_ratio",
        "low",
        "high",
        "odds_ratio",
        "odds_low",
        "odds_high",
        "lift",
        "q",
        "first_seen",
        "last_seen",
    ]);
    let number = |value: Option<f64>| value.map_or(Cell::Missing, rounded);
    let text = |value: &Option<String>| value.clone().map_or(Cell::Missing, Cell::from);
    for one in found {
        sheet.push([
            Cell::from(used_for(one.use_)),
            one.rank.into(),
            one.channel_id.clone().into(),
            one.name.clone().into(),
            one.class.clone().into(),
            one.victims.into(),
            one.minors.into(),
            one.known.into(),
            number(one.share),
            number(one.base_share),
            number(one.posterior),
            number(one.risk_ratio),
            number(one.risk_ratio_interval.map(|interval| interval[0])),
            number(one.risk_ratio_interval.map(|interval| interval[1])),
            number(one.odds_ratio),
            number(one.odds_ratio_interval.map(|interval| interval[0])),
            number(one.odds_ratio_interval.map(|interval| interval[1])),
            number(one.lift),
            number(one.q),
            text(&one.first_seen),
            text(&one.last_seen),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::super::trial::lines;
    use super::*;

    #[test]
    fn what_is_withheld_says_so_and_what_is_not_known_is_empty() {
        let channel = |victims, suppressed| PublishedChannel {
            use_: Use::Advertising,
            rank: Some(1),
            channel_id: Some("ch1".into()),
            name: Some("Site".into()),
            class: Some("site".into()),
            victims,
            minors: Some(12),
            known: Some(20),
            share: Some(0.6),
            posterior: None,
            risk_ratio: Some(1.5),
            risk_ratio_interval: Some([1.25, 2.0]),
            suppressed,
        };
        let found = [channel(Some(24), false), channel(None, true)];
        assert_eq!(
            lines(&published_sheet(&found)),
            [
                "advertising,1,ch1,Site,site,24,12,20,0.6,,1.5,1.25,2",
                "advertising,1,ch1,Site,site,withheld,12,20,0.6,withheld,1.5,1.25,2"
            ]
        );
        assert_eq!(used_for(Use::Recruitment), "recruitment");
    }

    #[test]
    fn channels_are_followed_as_was_typed() {
        let words =
            ["case", "--over-time", "--closed", "ch3=2019-04", "--region", "de", "--seed", "3"];
        let options = super::super::trial::typed::<ChannelsCommand>(&words).over_time();
        let month = kluwen::case::When::parse("2019-04").expect("a month");
        let want = OverTime {
            closed: vec![("ch3".into(), month)],
            region: kluwen::identity::clean::Region::parse("de").expect("a country"),
            seed: 3,
            ..OverTime::default()
        };
        assert_eq!(options.expect("all is known"), want);
    }

    #[test]
    fn counts_are_withheld_under_what_was_typed() {
        let publishing = |words: &[&str]| {
            let words = [&["case", "--publish"], words].concat();
            super::super::trial::typed::<ChannelsCommand>(&words).min_cell.publishing()
        };
        assert_eq!(publishing(&[]).expect("the usual").min_cell, Publishing::default().min_cell);
        assert_eq!(publishing(&["--min-cell", "25"]).expect("more").min_cell, 25);
        assert_eq!(publishing(&["--min-cell", "2"]).expect("the least").min_cell, 2);
        for none in ["0", "1"] {
            publishing(&["--min-cell", none]).expect_err("nothing would be withheld");
        }
    }
}
