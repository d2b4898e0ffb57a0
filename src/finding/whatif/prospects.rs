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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::sketch::recruiter;
    use crate::finding::{Episode, Recruiters};
    use crate::identity::Identities;
    use crate::identity::sketch::case;

    fn e(number: u32) -> EntityId {
        EntityId::from_number(number)
    }

    /// Files that end with the year 2019.
    fn until_2020() -> Case {
        let links = "link_id,from,to,kind,start\nl1,p1,p2,paid,2020-01-01\n";
        case(&[
            ("people.csv", "person_id\np1\np2\n"),
            ("roles.csv", "case_id,person_id,role\n"),
            ("links.csv", links),
        ])
    }

    fn listed(
        number: u32,
        starts: &[Option<&str>],
        expected_victims: f64,
        active_now: f64,
    ) -> Recruiter {
        let episode = |start: Option<&str>| Episode {
            start: start.map(Into::into),
            end: None,
            case_ids: Vec::new(),
            victims: Vec::new(),
            probability: 0.9,
            evidence: Vec::new(),
            items: Vec::new(),
        };
        let episodes = starts.iter().copied().map(episode).collect();
        Recruiter { expected_victims, episodes, active_now, ..recruiter(e(number), 0.9) }
    }

    fn of(recruiters: Vec<Recruiter>) -> Prospects {
        let case = until_2020();
        let none = Recruiters::default().look(&case, &Identities::as_given(&case)).expect("a case");
        Prospects::of(&case, &Recruiting { recruiters, ..none })
    }

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-9, "{got}, expected {want}");
    }

    #[test]
    fn who_is_alone_goes_on_as_he_did_if_he_goes_on_at_all() {
        // 1461 days from the first of 2016 are four years: two victims a year, and he goes on by half.
        let alone = of(vec![listed(0, &[None, Some("2017-05"), Some("2016-01-01")], 8.0, 0.5)]);
        close(alone.mean(&[e(0)]), 1.0);
        close(alone.all(), 1.0);
        close(alone.mean(&[e(1)]), 0.0);
        // Ten days count as a year, and so does a time without a beginning.
        close(of(vec![listed(0, &[Some("2019-12-22")], 3.0, 1.0)]).all(), 3.0);
        close(of(vec![listed(0, &[None], 3.0, 1.0)]).all(), 3.0);
        close(of(Vec::new()).all(), 0.0);
    }

    #[test]
    fn what_is_unusual_is_drawn_towards_what_is_usual() {
        // Six and two victims in a year each: four are usual.
        let both = of(vec![listed(0, &[None], 6.0, 1.0), listed(1, &[None], 2.0, 1.0)]);
        let (more, less) = (both.mean(&[e(0)]), both.mean(&[e(1)]));
        assert!(4.0 < more && more < 6.0 && 2.0 < less && less < 4.0, "{more} {less}");
        close(more + less, 8.0);
        close(both.all(), 8.0);
        close(both.mean(&[e(0), e(1)]), 8.0);
    }

    #[test]
    fn a_year_of_one_victim_on_average_has_three_at_most_in_all_but_one_of_twenty() {
        let sure = |active| Prospect { active, shape: 1e4, rate: 1e4 };
        let of = |active| Prospects { by_entity: BTreeMap::from([(e(0), sure(active))]) };
        // Poisson of mean 1: P(0) = .37, P(up to 2) = .92 and P(up to 3) = .98.
        let same = |got: [f64; 2], want: [f64; 2]| {
            close(got[0], want[0]);
            close(got[1], want[1]);
        };
        same(of(1.0).interval(&[e(0)], 7), [0.0, 3.0]);
        same(of(0.04).interval(&[e(0)], 7), [0.0, 0.0]);
        same(of(1.0).interval(&[e(1)], 7), [0.0, 0.0]);
        close(sure(0.25).mean(), 0.25);
    }

    #[test]
    fn poissons_numbers_have_mean_and_variance_alike() {
        let mut random = Random::new(1, 2);
        let drawn: Vec<f64> = (0..20_000).map(|_| poisson(4.0, &mut random)).collect();
        let mean = drawn.iter().sum::<f64>() / 2e4;
        let variance = drawn.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / 2e4;
        assert!((mean - 4.0).abs() < 0.08 && (variance - 4.0).abs() < 0.25, "{mean} {variance}");
        assert!((0..100).all(|_| poisson(0.0, &mut random) <= 0.0));
    }
}
