//! Grooming windows: how long from first contact to exploitation, and so how long there is to prevent it.

use std::collections::BTreeMap;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};
use rayon::prelude::*;

use super::log_rank::log_rank;
use super::proportion::wilson;
use super::quantile::quantile;
use super::standing::{Standing, Standings};
use super::survival::{Cell, Time, happened_by, is_exact, kaplan_meier, median, turnbull};
use super::{Partition, SurvivalPoint, WindowGroup, Windows};
use crate::case::{
    Case, ChannelClass, Day, LinkKind, Means, MeansCode, Minor, Setting, Symbol, When,
};
use crate::identity::{Entities, EntityId};

/// How long victims were groomed.
///
/// A victim counts once a case, from the earliest first contact by anybody but a professional or
/// a bystander to the earliest exploitation. One never exploited was watched until the case closed
/// or, where it did not close, until it opened. Where every date is a day, the estimate is Kaplan and
/// Meier's with Greenwood's interval; where some are months, the window lies between its shortest and
/// its longest possible length, the estimate is Turnbull's, and the intervals come from drawing the
/// victims anew.
///
/// What it is **not**: the window of all victims. It is that of those in case files whose dates are on record.
///
/// - **Cost**: `O(draws × rounds × victims)`.
/// - **Order**: the same for any number of threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grooming {
    /// How often the victims are drawn anew for the intervals.
    pub draws: usize,
    /// The seed of the draws.
    pub seed: u64,
}

impl Default for Grooming {
    fn default() -> Self {
        Self { draws: 200, seed: 0 }
    }
}

impl Grooming {
    /// The time from first contact to exploitation over all victims.
    #[must_use]
    pub fn find(&self, case: &Case, entities: &Entities) -> Windows {
        let mut windows = Windows::default();
        let (mut times, mut traits) = (Vec::new(), Vec::new());
        for ((file, victim), dates) in dates(case, entities) {
            match window(case, file, &dates) {
                Window::Undated => windows.undated += 1,
                Window::Impossible => windows.impossible += 1,
                Window::Known { time, to_the_day } => {
                    windows.to_the_day += usize::from(to_the_day && time.most.is_some());
                    times.push(time);
                    traits.push((victim, file, dates.class, dates.means));
                }
                Window::NoContact => {}
            }
        }
        windows.by = self.by_traits(case, entities, &times, &traits);
        self.estimate(&mut windows, times);
        windows
    }

    /// The windows of groups of victims, and whether they differ.
    fn by_traits(
        &self,
        case: &Case,
        entities: &Entities,
        times: &[Time],
        traits: &[Trait],
    ) -> Vec<Partition> {
        let splits = Splits::of(case, entities);
        let part = |(by, of): Divide<'_>| {
            let mut groups: BTreeMap<&'static str, Vec<Time>> = BTreeMap::new();
            for (time, one) in times.iter().zip(traits) {
                if let Some(group) = of(one) {
                    groups.entry(group).or_default().push(*time);
                }
            }
            let all: Vec<Vec<Time>> = groups.values().cloned().collect();
            let test = log_rank(&all);
            let group = |(group, times)| {
                let mut own = Windows::default();
                self.estimate(&mut own, times);
                if own.victims < FEWEST {
                    own =
                        Windows { victims: own.victims, events: own.events, ..Windows::default() };
                }
                WindowGroup {
                    group,
                    victims: own.victims,
                    events: own.events,
                    median_days: own.median_days,
                    within_7_days: own.within_7_days,
                    within_7_days_interval: own.within_7_days_interval,
                    within_30_days: own.within_30_days,
                    within_30_days_interval: own.within_30_days_interval,
                }
            };
            Partition {
                by,
                groups: groups.into_iter().map(group).collect(),
                chi_squared: test.map(|found| found.0),
                p: test.map(|found| found.1),
            }
        };
        let by: [Divide<'_>; 4] = [
            ("age", &|one| splits.age(one)),
            ("channel of first contact", &|one| Some(one.2?.code())),
            ("where she lived", &|one| splits.setting(one)),
            ("affection or force", &|one| affection_or_force(one.3)),
        ];
        by.into_iter().map(part).filter(|one| !one.groups.is_empty()).collect()
    }

    /// The estimate from the times of some victims.
    fn estimate(&self, windows: &mut Windows, mut times: Vec<Time>) {
        windows.victims = times.len();
        windows.events = times.iter().filter(|time| time.most.is_some()).count();
        if times.is_empty() {
            return;
        }
        times.sort_unstable();
        if is_exact(&times) {
            exact(windows, &times);
        } else {
            self.inexact(windows, &times);
        }
    }

    /// Turnbull's estimate, with intervals from victims drawn anew.
    fn inexact(&self, windows: &mut Windows, times: &[Time]) {
        const SETTLED: f64 = 1e-9;
        // An interval is no finer than its draws: they need not settle as far.
        const DRAWS_SETTLED: f64 = 1e-6;
        windows.method = "Turnbull, intervals by drawing victims anew";
        let all = turnbull(times, &vec![1.0; times.len()], SETTLED);
        let drawn: Vec<Drawn> = (0..self.draws)
            .into_par_iter()
            .map(|draw| self.draw(times.len(), draw as u64))
            .map(|weights| Drawn::of(&turnbull(times, &weights, DRAWS_SETTLED)))
            .collect();
        let share = |day: u32, of: fn(&Drawn) -> f64| {
            let all = happened_by(&all, day);
            (Some(all), Some(widened(interval(&drawn, of, all), all, times.len())))
        };
        windows.median_days = median(&all);
        let ends = interval(&drawn, |drawn| drawn.median, f64::INFINITY);
        windows.median_interval = ends.map(|end| end.is_finite().then_some(end));
        (windows.within_7_days, windows.within_7_days_interval) = share(7, |drawn| drawn.week);
        (windows.within_30_days, windows.within_30_days_interval) = share(30, |drawn| drawn.month);
        windows.curve = curve(times, &all, &drawn);
    }

    /// How often each victim is drawn, when as many are drawn as there are.
    fn draw(&self, count: usize, draw: u64) -> Vec<f64> {
        let mut random = Pcg64::seed_from_u64(self.seed ^ draw.wrapping_mul(0xd1b5_4a32_d192_ed03));
        let mut weights = vec![0.0; count];
        for _ in 0..count {
            // The high half of a product is a number below `count`; what is uneven in it is below 2⁻⁵⁰.
            let at = (u128::from(random.next_u64()) * count as u128) >> 64;
            weights[usize::try_from(at).expect("it is below a length")] += 1.0;
        }
        weights
    }
}

/// What one draw of the victims gave.
struct Drawn {
    week: f64,
    month: f64,
    /// A median that the draw does not reach is later than all.
    median: f64,
    /// By cell: the share for whom it had happened by its end.
    by_cell: Vec<f64>,
}

impl Drawn {
    fn of(cells: &[Cell]) -> Self {
        let mut happened = 0.0;
        let by_cell = cells.iter().map(|cell| {
            happened += cell.chance;
            happened
        });
        Self {
            by_cell: by_cell.collect(),
            week: happened_by(cells, 7),
            month: happened_by(cells, 30),
            median: median(cells).unwrap_or(f64::INFINITY),
        }
    }
}

/// Of few victims some draws are all alike, and an interval from them is too narrow: it is at least as wide as that of a share counted of as many.
fn widened([low, high]: [f64; 2], share: f64, victims: usize) -> [f64; 2] {
    const MANY: usize = 30;
    if victims >= MANY {
        return [low, high];
    }
    let count = (0..=victims)
        .min_by(|&a, &b| {
            let off = |count: usize| (count as f64 - share * victims as f64).abs();
            off(a).total_cmp(&off(b))
        })
        .unwrap_or(0);
    wilson(count, victims).map_or([low, high], |[least, most]| [low.min(least), high.max(most)])
}

/// The 2.5 % and 97.5 % quantile of what the draws gave; `only` where there are none.
fn interval(drawn: &[Drawn], of: impl Fn(&Drawn) -> f64, only: f64) -> [f64; 2] {
    let mut values: Vec<f64> = drawn.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    if values.is_empty() {
        [only; 2]
    } else {
        [0.025, 0.975].map(|share| *quantile(&values, share))
    }
}

/// A point at the last of each run of days on which it can have happened.
fn curve(times: &[Time], cells: &[Cell], drawn: &[Drawn]) -> Vec<SurvivalPoint> {
    const NOTHING: f64 = 1e-6;
    let watched: Vec<u32> =
        times.iter().filter(|time| time.most.is_none()).map(|time| time.least).collect();
    let (mut happened, count) = (0.0, times.len() as f64);
    let mut points = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let gone = watched.partition_point(|&until| until < cell.first);
        let at_risk = (count * (1.0 - happened) - gone as f64).max(0.0);
        happened += cell.chance;
        if cell.chance <= NOTHING {
            continue;
        }
        let [low, high] = interval(drawn, |drawn| drawn.by_cell[at], happened);
        points.push(SurvivalPoint {
            days: f64::from(cell.first + cell.days - 1),
            at_risk,
            events: count * cell.chance,
            survival: (1.0 - happened).max(0.0),
            interval: [(1.0 - high).max(0.0), (1.0 - low).min(1.0)],
        });
    }
    points
}

/// Kaplan and Meier's estimate with Greenwood's interval.
fn exact(windows: &mut Windows, times: &[Time]) {
    windows.method = "Kaplan–Meier, intervals by Greenwood";
    let curve = kaplan_meier(times);
    let half = |reading: &dyn Fn(&SurvivalPoint) -> f64| {
        curve.iter().find(|point| reading(point) <= 0.5).map(|point| point.days)
    };
    windows.median_days = half(&|point| point.survival);
    windows.median_interval = [half(&|point| point.interval[0]), half(&|point| point.interval[1])];
    let by = |days: f64| {
        let point = curve.iter().take_while(|point| point.days <= days).last();
        point.map_or((0.0, [0.0; 2]), |point| {
            (1.0 - point.survival, [1.0 - point.interval[1], 1.0 - point.interval[0]])
        })
    };
    let (week, month) = (by(7.0), by(30.0));
    (windows.within_7_days, windows.within_7_days_interval) = (Some(week.0), Some(week.1));
    (windows.within_30_days, windows.within_30_days_interval) = (Some(month.0), Some(month.1));
    windows.curve = curve;
}

/// Of fewer victims no share is told: an interval from drawing two of them anew would be far too narrow.
const FEWEST: usize = 5;

/// The dates of one victim in one case, through what she was reached, and by what means she was kept.
#[derive(Default)]
struct Dates {
    contact: Option<When>,
    exploited: Option<When>,
    class: Option<ChannelClass>,
    means: Means,
}

/// What victims are told apart by: who, in which file, and what [`Dates`] has beside the dates.
type Trait = (EntityId, Symbol, Option<ChannelClass>, Means);

/// What tells groups apart, and in which of them somebody is.
type Divide<'a> = (&'static str, &'a dyn Fn(&Trait) -> Option<&'static str>);

/// What roles say of victims.
struct Splits {
    minors: BTreeMap<EntityId, bool>,
    settings: BTreeMap<(EntityId, Symbol), Setting>,
}

impl Splits {
    fn of(case: &Case, entities: &Entities) -> Self {
        let mut splits = Self { minors: BTreeMap::new(), settings: BTreeMap::new() };
        for role in case.roles.iter() {
            let Some(entity) = entities.of(case, role.person) else { continue };
            if let Some(minor) = role.minor {
                *splits.minors.entry(entity).or_default() |= minor == Minor::Yes;
            }
            if let Some(setting) = role.setting {
                let own = splits.settings.entry((entity, role.case)).or_insert(setting);
                *own = setting.min(*own);
            }
        }
        splits
    }

    fn age(&self, one: &Trait) -> Option<&'static str> {
        Some(if *self.minors.get(&one.0)? { "minor" } else { "adult" })
    }

    fn setting(&self, one: &Trait) -> Option<&'static str> {
        Some(self.settings.get(&(one.0, one.1))?.code())
    }
}

/// Feigned affection, whatever else there was; or threat or violence without it.
fn affection_or_force(means: Means) -> Option<&'static str> {
    let force = [MeansCode::Threat, MeansCode::Violence, MeansCode::SexualViolence];
    if means.contains(MeansCode::Affection) {
        Some("affection")
    } else if force.iter().any(|&code| means.contains(code)) {
        Some("force")
    } else {
        None
    }
}

fn dates(case: &Case, entities: &Entities) -> BTreeMap<(Symbol, EntityId), Dates> {
    let standings = Standings::of(case, entities);
    let mut dates: BTreeMap<(Symbol, EntityId), Dates> = BTreeMap::new();
    for link in case.links.iter() {
        let ends = (entities.of(case, link.from), entities.of(case, link.to));
        let (Some(actor), Some(victim)) = ends else { continue };
        if entities.victim(victim).is_none() {
            continue;
        }
        let of = dates.entry((link.case, victim)).or_default();
        of.means = link.means.iter().fold(of.means, Means::with);
        match link.kind {
            LinkKind::FirstContact => {
                let standing = standings.in_case(actor, link.case);
                if !matches!(standing, Standing::Professional | Standing::Bystander) {
                    let before = of.contact;
                    earliest(&mut of.contact, link.start);
                    if of.contact != before || of.class.is_none() {
                        let channel = link.channel.known();
                        of.class = channel.and_then(|channel| case.channel(channel)?.class);
                    }
                }
            }
            LinkKind::Exploited => earliest(&mut of.exploited, link.start),
            _ => {}
        }
    }
    dates
}

/// Keeps the earlier of two dates; a date that is known counts before one that is not.
fn earliest(kept: &mut Option<When>, other: When) {
    let day = |when: When| when.middle().or_else(|| when.earliest()).or_else(|| when.latest());
    let stays = kept.and_then(day).is_some_and(|now| day(other).is_none_or(|other| other >= now));
    if !stays {
        *kept = Some(other);
    }
}

enum Window {
    /// Nobody recorded a first contact.
    NoContact,
    /// A date that it takes is missing.
    Undated,
    /// Exploitation certainly began before the first contact: one of the two is wrong.
    Impossible,
    Known {
        time: Time,
        to_the_day: bool,
    },
}

fn window(case: &Case, file: Symbol, dates: &Dates) -> Window {
    let Some(contact) = dates.contact else { return Window::NoContact };
    let (end, happened) = match dates.exploited {
        Some(start) => (start, true),
        None => (watched_until(case, file), false),
    };
    let bounds = (contact.earliest(), contact.latest(), end.earliest(), end.latest());
    let (Some(from), Some(until), Some(first), Some(last)) = bounds else { return Window::Undated };
    if !happened && last < from {
        // The file closed before the contact: nothing was watched.
        return Window::Undated;
    }
    if happened && last < from {
        return Window::Impossible;
    }
    let (least, most) = (days(until, first), days(from, last));
    let time = Time { least, most: happened.then_some(most) };
    Window::Known { time, to_the_day: from == until && first == last }
}

fn days(from: Day, to: Day) -> u32 {
    u32::try_from(to.number() - from.number()).unwrap_or(0)
}

fn watched_until(case: &Case, file: Symbol) -> When {
    case.case_file(file).map_or(When::UNRECORDED, |file| {
        if file.closed.is_known() { file.closed } else { file.opened }
    })
}
