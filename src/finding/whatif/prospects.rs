//! How many victims somebody may recruit in a year, if he goes on as recorded.

use std::collections::BTreeMap;

use crate::case::{Case, Day, When};
use crate::finding::companions::last_day;
use crate::finding::gamma::quantile;
use crate::finding::quantile::quantile as of_sorted;
use crate::finding::rates::{Prior, prior};
use crate::finding::{Recruiter, Recruiting};
use crate::identity::EntityId;
use crate::random::Random;

/// How the figure comes about, for whoever reads it.
pub const ESTIMATE: &str = "victims recruited in the 12 months after the last day on record: what each recruiter is expected to have recruited \
     a year since his first evidence, shrunken towards what is usual, times the chance that he recruited in the last 24 months; \
     not calibrated, and nobody takes a place that falls vacant";

/// A year of recruiting, of everybody whom rows speak of.
#[derive(Debug)]
pub(super) struct Prospects {
    by_entity: BTreeMap<EntityId, Prospect>,
}

/// A year of one: with this chance he goes on, and then the number is Poisson with a gamma rate.
#[derive(Clone, Copy, Debug)]
struct Prospect {
    active: f64,
    shape: f64,
    rate: f64,
}

const DAYS_A_YEAR: f64 = 365.25;

/// How many years are drawn for an interval.
const DRAWS: usize = 1000;

impl Prospects {
    pub(super) fn of(case: &Case, recruiting: &Recruiting) -> Self {
        let last = last_day(case);
        let people = &recruiting.recruiters;
        let rated: Vec<(f64, f64)> =
            people.iter().map(|one| (one.expected_victims, years(one, last))).collect();
        let Some(Prior { shape, usual }) = prior(&rated) else {
            return Self { by_entity: BTreeMap::new() };
        };
        let prospect = |(one, &(victims, years)): (&Recruiter, &(f64, f64))| {
            let own = Prospect {
                active: one.active_now,
                shape: shape + victims,
                rate: shape / usual + years,
            };
            (one.entity, own)
        };
        Self { by_entity: people.iter().zip(&rated).map(prospect).collect() }
    }

    /// How many all of them are expected to recruit.
    pub(super) fn all(&self) -> f64 {
        self.by_entity.values().fold(0.0, |sum, one| sum + one.mean())
    }

    /// How many these are expected to recruit.
    pub(super) fn mean(&self, of: &[EntityId]) -> f64 {
        let own = of.iter().filter_map(|entity| self.by_entity.get(entity));
        own.fold(0.0, |sum, one| sum + one.mean())
    }

    /// The 5 % and 95 % quantile of what these recruit.
    pub(super) fn interval(&self, of: &[EntityId], seed: u64) -> [f64; 2] {
        let own: Vec<&Prospect> = of.iter().filter_map(|one| self.by_entity.get(one)).collect();
        let mut sums: Vec<f64> = (0..DRAWS)
            .map(|draw| {
                let mut random = Random::new(seed, STREAM + draw as u64);
                own.iter().fold(0.0, |sum, one| sum + one.drawn(&mut random))
            })
            .collect();
        sums.sort_by(f64::total_cmp);
        [*of_sorted(&sums, 0.05), *of_sorted(&sums, 0.95)]
    }
}

/// Where the streams of years begin, so that they meet no other.
const STREAM: u64 = 1 << 40;

impl Prospect {
    fn mean(&self) -> f64 {
        self.active * self.shape / self.rate
    }

    fn drawn(&self, random: &mut Random) -> f64 {
        let (goes_on, level) = (random.unit() < self.active, random.unit());
        if goes_on { poisson(quantile(level, self.shape, self.rate), random) } else { 0.0 }
    }
}

/// From the first evidence against somebody to the last day on record; a year at least.
fn years(one: &Recruiter, last: Option<Day>) -> f64 {
    let start = |text: &String| When::parse(text).ok().and_then(When::earliest);
    let first = one.episodes.iter().filter_map(|episode| start(episode.start.as_ref()?)).min();
    match (first, last) {
        (Some(first), Some(last)) => {
            (f64::from(last.number() - first.number()) / DAYS_A_YEAR).max(1.0)
        }
        _ => 1.0,
    }
}

/// A number from Poisson's distribution of this mean, by counting how many uniform numbers it takes (Knuth).
fn poisson(mean: f64, random: &mut Random) -> f64 {
    const MOST: f64 = 100.0;
    let floor = libm::exp(-mean.min(MOST));
    let (mut product, mut count) = (random.unit(), 0.0);
    while product > floor {
        product *= random.unit();
        count += 1.0;
    }
    count
}
