//! What may be published: figures of many, and of nobody alone.

use serde::Serialize;

use super::nearly_all;
use super::suppression::Table;
use super::{Basis, ChannelFinding, Findings, Partition, StudyFigure, Use, Windows};
use crate::error::{Error, Result};

/// How findings are made fit to be published.
///
/// No person, victim, case file, row, advertisement, day or curve is published. Counts under `min_cell` and above nobody are withheld, and others
/// with them so that they cannot be worked out from sums; a share, ratio or chance goes with its counts. Withheld counts are not told from one
/// another. Nor is what is rare: a channel with fewer victims has neither id, name nor class, and stands among the others of its
/// use in one row; a group of fewer victims is in no list.
///
/// Nor is a number of victims that leaves few when it is taken from another one that is published, or what exclusive figures leave of their whole.
///
/// What it does **not** guard against: two publications of the same files at different times, and sums that others publish.
///
/// # Examples
///
/// ```
/// use kluwen::case::{ReadOptions, read};
/// use kluwen::finding::{Analysis, Publishing};
/// use kluwen::identity::Identities;
///
/// let taken = read("graphs/study25".as_ref(), &ReadOptions::default())?;
/// let findings = Analysis::default().of(&taken, &Identities::as_given(&taken.case))?;
/// let published = Publishing::default().of(&findings);
/// assert!(published.channels.iter().all(|one| one.victims.is_none_or(|count| count >= 11)));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publishing {
    /// The least count of people that is told.
    pub min_cell: usize,
}

impl Default for Publishing {
    /// Eleven, as the Centers for Medicare & Medicaid Services and the Counter-Trafficking Data Collaborative have it.
    fn default() -> Self {
        Self { min_cell: 11 }
    }
}

/// What of the findings may be published; made by [`Publishing::of`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Published {
    /// `kluwen.published/1`.
    pub schema: &'static str,
    /// The version of the engine.
    pub version: &'static str,
    /// The least count of people that is told.
    pub min_cell: usize,
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
    /// Its id; none for all channels of fewer victims together.
    pub channel_id: Option<String>,
    /// Its name; likewise.
    pub name: Option<String>,
    /// Its class; likewise.
    pub class: Option<String>,
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

impl Publishing {
    /// What of these findings may be published.
    #[must_use]
    pub fn of(&self, findings: &Findings) -> Published {
        let Basis { version, cases, victims, .. } = findings.basis;
        let shown = |count: usize| (!self.is_few(count)).then_some(count);
        let mut published = Published {
            schema: "kluwen.published/1",
            version,
            min_cell: self.min_cell,
            cases: shown(cases),
            victims: shown(victims),
            channels: self.channels(&findings.channels),
            windows: self.windows(&findings.windows),
            study: findings.study.iter().map(|one| self.figure(one)).collect(),
        };
        nearly_all::withhold(&mut published, |count| self.is_few(count));
        published
    }

    /// What of channels may be published: by use, by posterior, those of which none is published after them by their ids, and last those of few
    /// victims together.
    #[must_use]
    pub fn channels(&self, found: &[ChannelFinding]) -> Vec<PublishedChannel> {
        let uses = [Use::Advertising, Use::Recruitment];
        let of = |use_| found.iter().filter(move |one| one.use_ == use_);
        uses.into_iter().flat_map(|use_| self.of_use(use_, &of(use_).collect::<Vec<_>>())).collect()
    }

    /// Fails where counts of one could be told.
    ///
    /// # Errors
    ///
    /// If `min_cell` is under 2.
    pub fn check(&self) -> Result<()> {
        match self.min_cell {
            0 | 1 => Err(Error::usage(
                "`--min-cell` must be 2 or more: a count of one person tells of a person",
            )),
            _ => Ok(()),
        }
    }

    /// Whether a count tells of a few people.
    fn is_few(self, count: usize) -> bool {
        (1..self.min_cell).contains(&count)
    }

    fn of_use(self, use_: Use, found: &[&ChannelFinding]) -> Vec<PublishedChannel> {
        let parts = |one: &&ChannelFinding| {
            [one.minors, one.known - one.minors, one.victims - one.known, one.victims]
        };
        let (many, few): (Vec<&ChannelFinding>, Vec<&ChannelFinding>) =
            found.iter().copied().partition(|one| one.victims >= self.min_cell);
        let mut rows: Vec<[usize; 4]> = many.iter().map(parts).collect();
        // A name that few stand behind tells of them; together they are counted like one channel.
        let rest =
            few.iter().map(parts).reduce(|sum, one| std::array::from_fn(|at| sum[at] + one[at]));
        rows.extend(rest);
        let withheld = Table::with_totals(rows, self.min_cell).withheld();
        // The sums of the channels stand in every ratio.
        let base = withheld.last().is_none_or(|totals| !totals.contains(&true));
        let mut all: Vec<PublishedChannel> =
            many.iter().zip(&withheld).map(|(one, &hidden)| channel(one, hidden, base)).collect();
        all.sort_by(|a, b| match (a.posterior.is_some(), b.posterior.is_some()) {
            (false, false) => a.channel_id.cmp(&b.channel_id),
            (a, b) => b.cmp(&a),
        });
        let ranked = all.iter_mut().filter(|one| one.posterior.is_some());
        ranked.zip(1..).for_each(|(one, rank)| one.rank = Some(rank));
        all.extend(rest.map(|counts| together(use_, counts, withheld[many.len()])));
        all
    }

    /// All victims, and the groups of each division that can be shown beside them.
    fn windows(self, found: &Windows) -> Vec<PublishedWindows> {
        let all = [found.events, found.victims - found.events, found.victims];
        if all.iter().any(|&count| self.is_few(count)) {
            return vec![self.group(("all", "all"), all, [true; 3], [None; 2])];
        }
        let shares = [found.within_7_days, found.within_30_days];
        let first = self.group(("all", "all"), all, [false; 3], shares);
        let parts = found.by.iter().flat_map(|part| self.groups(part, all));
        [first].into_iter().chain(parts).collect()
    }

    /// None where the groups could not be shown without withholding what is known of all.
    fn groups(self, part: &Partition, all: [usize; 3]) -> Vec<PublishedWindows> {
        let counts =
            part.groups.iter().map(|one| [one.events, one.victims - one.events, one.victims]);
        let mut rows: Vec<[usize; 3]> = counts.collect();
        // Whoever is in no group can be worked out, and so is one.
        let mut rest = all;
        for row in &rows {
            let both = rest.iter_mut().zip(row);
            both.for_each(|(left, count)| *left = left.saturating_sub(*count));
        }
        rows.push(rest);
        let withheld = Table::with_totals(rows.clone(), self.min_cell).withheld();
        if withheld.last().is_some_and(|totals| totals.contains(&true)) {
            return Vec::new();
        }
        let groups = part.groups.iter().zip(rows).zip(withheld);
        // That there is such a group at all tells of its few.
        let named = groups.filter(|((_, counts), _)| counts[2] >= self.min_cell);
        let one = |((one, counts), hidden): ((&super::WindowGroup, _), _)| {
            self.group(
                (part.by, one.group),
                counts,
                hidden,
                [one.within_7_days, one.within_30_days],
            )
        };
        named.map(one).collect()
    }

    fn group(
        self,
        (by, group): (&'static str, &'static str),
        [events, _, victims]: [usize; 3],
        hidden: [bool; 3],
        shares: [Option<f64>; 2],
    ) -> PublishedWindows {
        let whole = !hidden.contains(&true);
        let [week, month] = shares.map(|share| {
            share.filter(|&share| whole && self.is_of_many(share, victims)).map(rounded)
        });
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
    fn is_of_many(self, share: f64, victims: usize) -> bool {
        let some = share * victims as f64;
        let few = 0.5..self.min_cell as f64;
        [some, victims as f64 - some].iter().all(|count| !few.contains(count))
    }

    /// A figure is withheld as a whole: how many it could be of is the count of another.
    fn figure(self, one: &StudyFigure) -> PublishedFigure {
        let counted =
            one.count.is_none_or(|count| !self.is_few(count) && !self.is_few(one.of - count));
        let estimated = one.share.is_none_or(|share| self.is_of_many(share, one.of));
        let shown =
            counted && estimated && !self.is_few(one.of) && !self.is_few(one.out_of - one.of);
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
        channel_id: Some(one.channel_id.clone()),
        name: Some(one.name.clone()),
        class: Some(one.class.clone()),
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

/// Channels of few victims as one, without a name, a share or a chance.
fn together(use_: Use, counts: [usize; 4], hidden: [bool; 4]) -> PublishedChannel {
    let [minors, adults, _, victims] = counts;
    PublishedChannel {
        use_,
        rank: None,
        channel_id: None,
        name: None,
        class: None,
        victims: (!hidden[3]).then_some(victims),
        minors: (!hidden[0]).then_some(minors),
        known: (!(hidden[2] || hidden[3])).then_some(minors + adults),
        share: None,
        posterior: None,
        risk_ratio: None,
        risk_ratio_interval: None,
        suppressed: true,
    }
}

/// More decimals would tell what was withheld: each posterior rests on the counts of all channels.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests;
