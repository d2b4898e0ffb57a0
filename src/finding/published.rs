//! What may be published: figures of many, and of nobody alone.

use serde::Serialize;

use super::suppression::{FEW, Table, is_few};
use super::{Basis, ChannelFinding, Findings, Partition, StudyFigure, Use, Windows};

/// What of the findings may be published.
///
/// No person, victim, case file, row, advertisement, day or curve is in it. Counts of one to four people are withheld, and others with them so
/// that they cannot be worked out from sums; a share, ratio or chance goes with its counts. Withheld counts are not told from one another.
///
/// What it does **not** guard against: two publications of the same files at different times, and sums that others publish.
///
/// # Examples
///
/// ```
/// use kluwen::case::{ReadOptions, read};
/// use kluwen::finding::{Analysis, Published};
/// use kluwen::identity::Identities;
///
/// let taken = read("graphs/study25".as_ref(), &ReadOptions::default())?;
/// let findings = Analysis::default().of(&taken, &Identities::as_given(&taken.case))?;
/// let published = Published::of(&findings);
/// assert!(published.channels.iter().all(|one| one.victims.is_none_or(|count| count >= 5)));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Published {
    /// `kluwen.published/1`.
    pub schema: &'static str,
    /// The version of the engine.
    pub version: &'static str,
    /// Case files; none where there are too few.
    pub cases: Option<usize>,
    /// Victims; likewise.
    pub victims: Option<usize>,
    /// Channels by use.
    pub channels: Vec<PublishedChannel>,
    /// From first contact to exploitation.
    pub windows: Vec<PublishedWindows>,
    /// Shares that the study tells.
    pub study: Vec<PublishedFigure>,
}

/// A channel, in one use. Numbers are rounded to two decimals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublishedChannel {
    /// In which use.
    #[serde(rename = "use")]
    pub use_: Use,
    /// Its place among those of which the posterior is published.
    pub rank: Option<usize>,
    /// Its id.
    pub channel_id: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: String,
    /// How many victims.
    pub victims: Option<usize>,
    /// How many of them were minors.
    pub minors: Option<usize>,
    /// Of how many it is known.
    pub known: Option<usize>,
    /// The share of minors among those known.
    pub share: Option<f64>,
    /// The chance that it is more than 1.25 times the base share.
    pub posterior: Option<f64>,
    /// How many times likelier a victim here is a minor than elsewhere.
    pub risk_ratio: Option<f64>,
    /// The 95 % interval of that.
    pub risk_ratio_interval: Option<[f64; 2]>,
    /// Whether anything is withheld.
    pub suppressed: bool,
}

/// Windows of all victims or of a group of them. Shares are rounded to two decimals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublishedWindows {
    /// What tells the groups apart; `all` for all.
    pub by: &'static str,
    /// Which group.
    pub group: &'static str,
    /// How many victims.
    pub victims: Option<usize>,
    /// Among them those whose exploitation has a date.
    pub events: Option<usize>,
    /// The share exploited within 7 days.
    pub within_7_days: Option<f64>,
    /// The share exploited within 30 days.
    pub within_30_days: Option<f64>,
    /// Whether anything is withheld.
    pub suppressed: bool,
}

/// A share that the study tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublishedFigure {
    /// What it is about.
    pub topic: &'static str,
    /// Of whom the share is what.
    pub figure: &'static str,
    /// How many are so.
    pub count: Option<usize>,
    /// Of how many it is on record.
    pub of: Option<usize>,
    /// The share.
    pub share: Option<f64>,
    /// What the study found, as it says it.
    pub study: &'static str,
    /// Whether anything is withheld.
    pub suppressed: bool,
}

impl Published {
    /// What of these findings may be published.
    #[must_use]
    pub fn of(findings: &Findings) -> Self {
        let Basis { version, cases, victims, .. } = findings.basis;
        let shown = |count: usize| (!is_few(count)).then_some(count);
        Self {
            schema: "kluwen.published/1",
            version,
            cases: shown(cases),
            victims: shown(victims),
            channels: PublishedChannel::all(&findings.channels),
            windows: windows(&findings.windows),
            study: findings.study.iter().map(figure).collect(),
        }
    }
}

impl PublishedChannel {
    /// What of channels may be published: by use, by posterior, and those of which none is published last, by their ids.
    #[must_use]
    pub fn all(found: &[ChannelFinding]) -> Vec<Self> {
        let uses = [Use::Advertising, Use::Recruitment];
        let of = |use_| found.iter().filter(move |one| one.use_ == use_);
        uses.into_iter().flat_map(|use_| of_use(&of(use_).collect::<Vec<_>>())).collect()
    }
}

fn of_use(found: &[&ChannelFinding]) -> Vec<PublishedChannel> {
    let parts = |one: &&ChannelFinding| {
        [one.minors, one.known - one.minors, one.victims - one.known, one.victims]
    };
    let withheld = Table::with_totals(found.iter().map(parts).collect()).withheld();
    // The sums of the channels stand in every ratio.
    let base = withheld.last().is_none_or(|totals| !totals.contains(&true));
    let mut all: Vec<PublishedChannel> =
        found.iter().zip(&withheld).map(|(one, &hidden)| channel(one, hidden, base)).collect();
    all.sort_by(|a, b| match (a.posterior.is_some(), b.posterior.is_some()) {
        (false, false) => a.channel_id.cmp(&b.channel_id),
        (a, b) => b.cmp(&a),
    });
    let ranked = all.iter_mut().filter(|one| one.posterior.is_some());
    ranked.zip(1..).for_each(|(one, rank)| one.rank = Some(rank));
    all
}

fn channel(
    one: &ChannelFinding,
    [minors, adults, unknown, victims]: [bool; 4],
    base: bool,
) -> PublishedChannel {
    let known = !(unknown || victims);
    let share = known && !(minors || adults);
    let kept = |value: Option<f64>, shown: bool| value.filter(|_| shown).map(rounded);
    PublishedChannel {
        use_: one.use_,
        rank: None,
        channel_id: one.channel_id.clone(),
        name: one.name.clone(),
        class: one.class.clone(),
        victims: (!victims).then_some(one.victims),
        minors: (!minors).then_some(one.minors),
        known: known.then_some(one.known),
        share: kept(one.share, share),
        posterior: kept(one.posterior, share && base),
        risk_ratio: kept(one.risk_ratio, share && base),
        risk_ratio_interval: one
            .risk_ratio_interval
            .filter(|_| share && base)
            .map(|interval| interval.map(rounded)),
        suppressed: !(share && base),
    }
}

/// All victims, and the groups of each division that can be shown beside them.
fn windows(found: &Windows) -> Vec<PublishedWindows> {
    let all = [found.events, found.victims - found.events, found.victims];
    if all.iter().any(|&count| is_few(count)) {
        return vec![group(("all", "all"), all, [true; 3], [None; 2])];
    }
    let shares = [found.within_7_days, found.within_30_days];
    let first = group(("all", "all"), all, [false; 3], shares);
    let parts = found.by.iter().flat_map(|part| groups(part, all));
    [first].into_iter().chain(parts).collect()
}

/// None where the groups could not be shown without withholding what is known of all.
fn groups(part: &Partition, all: [usize; 3]) -> Vec<PublishedWindows> {
    let counts = part.groups.iter().map(|one| [one.events, one.victims - one.events, one.victims]);
    let mut rows: Vec<[usize; 3]> = counts.collect();
    // Whoever is in no group can be worked out, and so is one.
    let mut rest = all;
    for row in &rows {
        rest.iter_mut().zip(row).for_each(|(left, count)| *left = left.saturating_sub(*count));
    }
    rows.push(rest);
    let withheld = Table::with_totals(rows.clone()).withheld();
    if withheld.last().is_some_and(|totals| totals.contains(&true)) {
        return Vec::new();
    }
    let shown = part.groups.iter().zip(rows).zip(withheld);
    let one = |((one, counts), hidden): ((&super::WindowGroup, _), _)| {
        group((part.by, one.group), counts, hidden, [one.within_7_days, one.within_30_days])
    };
    shown.map(one).collect()
}

fn group(
    (by, group): (&'static str, &'static str),
    [events, _, victims]: [usize; 3],
    hidden: [bool; 3],
    shares: [Option<f64>; 2],
) -> PublishedWindows {
    let whole = !hidden.contains(&true);
    let [week, month] =
        shares.map(|share| share.filter(|&share| whole && is_of_many(share, victims)).map(rounded));
    PublishedWindows {
        by,
        group,
        victims: (!hidden[2]).then_some(victims),
        events: (!hidden[0]).then_some(events),
        within_7_days: week,
        within_30_days: month,
        suppressed: !whole || week.is_none() || month.is_none(),
    }
}

/// Whether neither an estimated share nor the rest comes to a few victims.
fn is_of_many(share: f64, victims: usize) -> bool {
    let some = share * victims as f64;
    [some, victims as f64 - some].iter().all(|count| !(0.5..FEW as f64).contains(count))
}

/// A figure is withheld as a whole: how many it could be of is the count of another.
fn figure(one: &StudyFigure) -> PublishedFigure {
    let counted = one.count.is_none_or(|count| !is_few(count) && !is_few(one.of - count));
    let estimated = one.share.is_none_or(|share| is_of_many(share, one.of));
    let shown = counted && estimated && !is_few(one.of) && !is_few(one.out_of - one.of);
    PublishedFigure {
        topic: one.topic,
        figure: one.figure,
        count: one.count.filter(|_| shown),
        of: shown.then_some(one.of),
        share: one.share.filter(|_| shown).map(rounded),
        study: one.study,
        suppressed: !shown,
    }
}

/// More decimals would tell what was withheld: each posterior rests on the counts of all channels.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
