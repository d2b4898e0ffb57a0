//! Channels over time: series, season and trend, changes of level, and what follows a closure.

mod changes;
mod closure;
mod drift;
mod events;
mod month;
mod season;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

pub use self::closure::{Closure, Moved};
pub use self::drift::Drift;
pub use self::season::SeasonAndTrend;

use self::changes::Levels;
use self::closure::Around;
use self::events::{Event, Events};
use self::month::Month;
use super::Use;
use crate::case::{Case, IdKind, Symbol, When};
use crate::error::{Error, Result};
use crate::identity::Entities;
use crate::identity::clean::Region;

/// How channels are followed month by month.
///
/// Advertising counts advertisements by the month in which they were posted, recruitment counts victims by the month of their first contact
/// through the channel. Dates wider than a month are left out, and counted. At most the last 600 months are looked at.
///
/// - **Season and trend** ([`SeasonAndTrend`]) where a channel has `least_months` from its first to its last month on record and `least_events`.
/// - **Changes of level** by optimal partitioning under a Poisson model, the season taken off; a level lasts three months or more. The penalty, 4 × spread ×
///   ln(months), gives a false change in at most one of 300 series that have none where counts are Poisson's, in up to one of 50 at a dispersion
///   of .1 and one of 25 at .3 (`benches/README.md`).
/// - **Closures** ([`Closure`]): those that are stated, and each fall to a fifth or less of ten events or more. The ten with most events
///   before are looked into.
/// - **Cost**: `O(months²)` a channel; `O(draws × events around it)` a closure.
///
/// # Examples
///
/// ```
/// use kluwen::Case;
/// use kluwen::finding::OverTime;
/// use kluwen::identity::Entities;
///
/// let case = Case::open("graphs/study25")?;
/// let found = OverTime::default().find(&case, &Entities::as_given(&case))?;
/// let ads: u32 = found[0].series.iter().flat_map(|channel| &channel.counts).sum();
/// assert_eq!(found[0].dated, ads as usize + found[0].in_small_channels);
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OverTime {
    /// Channels with fewer events are counted together.
    pub least_shown: usize,
    /// Season and trend take so many months.
    pub least_months: usize,
    /// And so many events.
    pub least_events: usize,
    /// How many months before and after a closure are compared.
    pub window_months: usize,
    /// Closures that are known: a channel's id, and when.
    pub closed: Vec<(String, When)>,
    /// How often hands are drawn anew for the drift of shares.
    pub draws: usize,
    /// The seed of the draws.
    pub seed: u64,
    /// The country whose telephone numbers are written without a country code.
    pub region: Region,
}

impl Default for OverTime {
    fn default() -> Self {
        Self {
            least_shown: 5,
            least_months: 24,
            least_events: 20,
            window_months: 6,
            closed: Vec::new(),
            draws: 400,
            seed: 0,
            region: Region::default(),
        }
    }
}

/// Channels of one use, month by month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UseOverTime {
    /// In which use.
    #[serde(rename = "use")]
    pub use_: Use,
    /// The month of the first count; none where nothing is dated.
    pub first_month: Option<String>,
    /// How many months each series has.
    pub months: usize,
    /// Events with a month among those.
    pub dated: usize,
    /// Events without a date, or with one wider than a month.
    pub undated: usize,
    /// Events before the first month: more than 600 months before the last.
    pub long_before: usize,
    /// Events on channels with too few to be shown.
    pub in_small_channels: usize,
    /// Channels with enough, most events first.
    pub series: Vec<ChannelSeries>,
    /// Channels that were closed or fell, most events before first.
    pub closures: Vec<Closure>,
}

impl UseOverTime {
    /// The months of the series, in order, such as `2019-04`.
    #[must_use]
    pub fn month_names(&self) -> Vec<String> {
        let first = self.first_month.as_deref().and_then(|text| When::parse(text).ok());
        let first = first.and_then(Month::of);
        let names = first.map(|first| {
            let month = |at: usize| Month(first.0 + i32::try_from(at).unwrap_or(0));
            (0..self.months).map(|at| month(at).to_string()).collect()
        });
        names.unwrap_or_default()
    }
}

/// One channel, month by month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChannelSeries {
    /// Its id.
    pub channel_id: String,
    /// Its name.
    pub name: String,
    /// By month: advertisements posted, or victims first contacted.
    pub counts: Vec<u32>,
    /// Season and trend.
    pub season: Option<SeasonAndTrend>,
    /// Why there are none.
    pub no_season: Option<&'static str>,
    /// Changes of level.
    pub changes: Vec<LevelChange>,
}

/// A month from which on a channel has another level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LevelChange {
    /// The first month of the new level.
    pub month: String,
    /// Events a month on the level before, the season taken off.
    pub before: f64,
    /// On the new one.
    pub after: f64,
}

/// No more months are looked at: a year mistyped makes them thousands.
const MOST_MONTHS: i32 = 600;
/// A fall to this share or less is taken for a closure.
const FALL: f64 = 0.2;
/// Of so many events or more.
const FALLEN: f64 = 10.0;
/// So many closures are looked into, those with most events before.
const CLOSURES: usize = 10;

impl OverTime {
    /// The channels of each use, advertising first.
    ///
    /// # Errors
    ///
    /// If a closure is stated of a channel that is not on record, or without a month.
    pub fn find(&self, case: &Case, entities: &Entities) -> Result<Vec<UseOverTime>> {
        let stated = self.stated(case)?;
        let of = |use_| self.of_use(use_, case, entities, &stated);
        Ok([Use::Advertising, Use::Recruitment].map(of).into())
    }

    fn stated(&self, case: &Case) -> Result<Vec<(Symbol, Month)>> {
        let known = |id: &str| {
            let channel = case.id_called(IdKind::Channel, id).and_then(|id| case.channel(id));
            channel.map(|one| one.channel)
        };
        let one = |(id, when): &(String, When)| {
            let channel = known(id).ok_or_else(|| {
                Error::usage(format!("no channel {id:?} is on record that could have been closed"))
            })?;
            let month = Month::of(*when).ok_or_else(|| {
                Error::usage(format!("the closure of {id:?} needs a day or a month"))
            })?;
            Ok((channel, month))
        };
        self.closed.iter().map(one).collect()
    }

    fn of_use(
        &self,
        use_: Use,
        case: &Case,
        entities: &Entities,
        stated: &[(Symbol, Month)],
    ) -> UseOverTime {
        let mut events = Events::of(use_, case, entities, self.region);
        let last = events.all.last().map_or(Month(0), |event| event.month);
        let too_early = last.0.saturating_sub(MOST_MONTHS);
        let long_before = events.all.partition_point(|event| event.month.0 <= too_early);
        events.all.drain(..long_before);
        let first = events.all.first().map(|event| event.month);
        let span = Span { first: first.unwrap_or(last), last };
        let months = first.map_or(0, |_| span.months());
        let followed = self.follow(case, span, &events.all);
        let in_series: usize = followed.iter().map(|one| one.total).sum();
        UseOverTime {
            use_,
            first_month: first.map(|month| month.to_string()),
            months,
            dated: events.all.len(),
            undated: events.undated,
            long_before,
            in_small_channels: events.all.len() - in_series,
            closures: self.closures(case, span, &events.all, (stated, &followed)),
            series: followed.into_iter().map(|one| one.series).collect(),
        }
    }

    /// The channels with enough events, most events first.
    fn follow(&self, case: &Case, span: Span, events: &[Event]) -> Vec<Followed> {
        let mut by_channel: BTreeMap<Symbol, Vec<u32>> = BTreeMap::new();
        for event in events {
            let own = by_channel.entry(event.channel).or_insert_with(|| vec![0; span.months()]);
            own[span.at(event.month)] += 1;
        }
        let mut shown: Vec<(Symbol, usize, Vec<u32>)> = by_channel
            .into_iter()
            .map(|(channel, counts)| {
                (channel, counts.iter().map(|&count| count as usize).sum(), counts)
            })
            .filter(|(_, total, _)| *total >= self.least_shown)
            .collect();
        shown.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| case.text(a.0).cmp(case.text(b.0))));
        shown
            .into_par_iter()
            .map(|(channel, total, counts)| {
                let (series, falls) = self.series(case, channel, span, counts);
                Followed { channel, total, series, falls }
            })
            .collect()
    }

    fn series(
        &self,
        case: &Case,
        channel: Symbol,
        span: Span,
        counts: Vec<u32>,
    ) -> (ChannelSeries, Vec<Month>) {
        let (season, no_season) = match self.season(span.first, &counts) {
            Ok(season) => (Some(season), None),
            Err(why) => (None, Some(why)),
        };
        let of_year = season.map_or([1.0; 12], |season| season.months());
        let height = |at: usize| of_year[usize::from(span.month(at).of_year())];
        let heights: Vec<f64> = (0..counts.len()).map(height).collect();
        let levels = Levels::of(&counts, &heights);
        let found = levels.changes();
        let ends: Vec<usize> = [0].into_iter().chain(found).chain([counts.len()]).collect();
        let (mut changes, mut falls) = (Vec::new(), Vec::new());
        for three in ends.windows(3) {
            let [from, at, to] = [three[0], three[1], three[2]];
            let (before, after) = (levels.rate(from, at), levels.rate(at, to));
            changes.push(LevelChange { month: span.month(at).to_string(), before, after });
            if after <= FALL * before && levels.events(from, at) >= FALLEN {
                falls.push(span.month(at));
            }
        }
        let row = case.channel(channel);
        let series = ChannelSeries {
            channel_id: case.shown(IdKind::Channel, channel).into(),
            name: row.map(|row| case.text(row.name).into()).unwrap_or_default(),
            counts,
            season,
            no_season,
            changes,
        };
        (series, falls)
    }

    fn season(
        &self,
        first: Month,
        counts: &[u32],
    ) -> std::result::Result<SeasonAndTrend, &'static str> {
        let on_record: Vec<usize> = (0..counts.len()).filter(|&at| counts[at] > 0).collect();
        let (Some(from), Some(to)) = (on_record.first(), on_record.last()) else {
            return Err("nothing is dated");
        };
        if to - from + 1 < self.least_months.max(1) {
            return Err("too few months");
        }
        if counts.iter().map(|&count| count as usize).sum::<usize>() < self.least_events {
            return Err("too few events");
        }
        SeasonAndTrend::of(first, counts).ok_or("no such model fits")
    }

    fn closures(
        &self,
        case: &Case,
        span: Span,
        events: &[Event],
        (stated, followed): (&[(Symbol, Month)], &[Followed]),
    ) -> Vec<Closure> {
        let falls = followed.iter().flat_map(|one| one.falls.iter().map(|&at| (one.channel, at)));
        let falls = falls.filter(|fall| !stated.contains(fall)).map(|(a, b)| (a, b, false));
        let all = stated.iter().map(|&(channel, month)| (channel, month, true)).chain(falls);
        let mut around: Vec<(Around<'_>, [usize; 2], bool)> = all
            .map(|(channel, month, stated)| {
                let window = i32::try_from(self.window_months).unwrap_or(i32::MAX);
                let room = (month.0 - span.first.0).min(span.last.0 + 1 - month.0);
                let own = Around { channel, month, window: window.min(room).max(0), events };
                let counts = own.own();
                (own, counts, stated)
            })
            .collect();
        around.sort_by(|a, b| {
            let key = |one: &(Around<'_>, [usize; 2], bool)| (one.2, one.1[0]);
            let name = |one: &(Around<'_>, [usize; 2], bool)| case.text(one.0.channel).to_owned();
            key(b).cmp(&key(a)).then_with(|| name(a).cmp(&name(b))).then(a.0.month.cmp(&b.0.month))
        });
        around.truncate(CLOSURES);
        around
            .into_par_iter()
            .map(|(around, own, stated)| self.closure(case, &around, own, stated))
            .collect()
    }

    fn closure(
        &self,
        case: &Case,
        around: &Around<'_>,
        [before, after]: [usize; 2],
        stated: bool,
    ) -> Closure {
        Closure {
            channel_id: case.shown(IdKind::Channel, around.channel).into(),
            month: around.month.to_string(),
            stated,
            window_months: usize::try_from(around.window).unwrap_or(0),
            before,
            after,
            drift: around.sides().drift(self.draws, self.seed),
            wdq: around.wdq(|channel| case.channel(channel)?.class),
            moved: around.moved(|channel| case.shown(IdKind::Channel, channel).into()),
        }
    }
}

/// From the first month to the last.
#[derive(Clone, Copy)]
struct Span {
    first: Month,
    last: Month,
}

impl Span {
    fn months(self) -> usize {
        usize::try_from(self.last.0 - self.first.0 + 1).unwrap_or(0)
    }

    fn at(self, month: Month) -> usize {
        usize::try_from(month.0 - self.first.0).unwrap_or(0)
    }

    fn month(self, at: usize) -> Month {
        Month(self.first.0 + i32::try_from(at).unwrap_or(0))
    }
}

/// A channel that is shown, and the months in which it fell.
struct Followed {
    channel: Symbol,
    total: usize,
    series: ChannelSeries,
    falls: Vec<Month>,
}
