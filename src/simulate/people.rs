//! The people of a planted world.

use super::chance::Chance;
use super::details::{self, Address};
use super::names::{NameNo, Names};

/// A person, by his place in [`People`].
pub(super) type PersonNo = usize;

/// What somebody is in the world; what he was in a case is told by the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Victim,
    Offender,
    Client,
    Care,
    Police,
    Taxi,
    HotelStaff,
    Bystander,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Victim => "victim",
            Self::Offender => "offender",
            Self::Client => "client",
            Self::Care | Self::Police => "professional",
            Self::Taxi => "taxi",
            Self::HotelStaff => "hotel_staff",
            Self::Bystander => "bystander",
        }
    }
}

/// Somebody, and what he has.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) kind: Kind,
    pub(super) name: NameNo,
    pub(super) nickname: usize,
    /// The day of birth.
    pub(super) born: i32,
    pub(super) phone: u32,
    pub(super) handle: String,
    pub(super) address: Address,
}

/// Everybody, and the names they bear.
#[derive(Debug)]
pub(super) struct People {
    pub(super) names: Names,
    pub(super) all: Vec<Person>,
    next_phone: u32,
}

/// Whoever is new: of what kind, how old on which day, and with what chance a woman.
#[derive(Clone, Copy, Debug)]
pub(super) struct Newcomer {
    pub(super) kind: Kind,
    pub(super) age: f64,
    pub(super) on: i32,
    pub(super) female: f64,
}

impl People {
    pub(super) fn new(chance: &mut Chance) -> Self {
        Self { names: Names::new(chance), all: Vec::new(), next_phone: 0 }
    }

    pub(super) fn add(&mut self, newcomer: Newcomer, chance: &mut Chance) -> PersonNo {
        let name = self.names.draw(chance.yes(newcomer.female), chance);
        let nickname = self.names.nickname(chance);
        let handle = details::handle(self.names.first(name), chance);
        let person = Person {
            kind: newcomer.kind,
            name,
            nickname,
            born: newcomer.on - days(newcomer.age * 365.25),
            phone: self.new_phone(),
            handle,
            address: new_address(chance),
        };
        self.all.push(person);
        self.all.len() - 1
    }

    /// A phone number that nobody has had.
    pub(super) fn new_phone(&mut self) -> u32 {
        self.next_phone += 1;
        self.next_phone
    }

    /// The age in years on a day.
    pub(super) fn age(&self, person: PersonNo, on: i32) -> f64 {
        f64::from(on - self.all[person].born) / 365.25
    }
}

/// An address that hardly anybody else has.
pub(super) fn new_address(chance: &mut Chance) -> Address {
    Address(u32::try_from(chance.below(1_244_160)).unwrap_or(0))
}

/// Whole days of a number of them; at most the range of a calendar.
#[expect(clippy::cast_possible_truncation, reason = "held within the range first")]
pub(super) fn days(number: f64) -> i32 {
    libm::round(number.clamp(-1e6, 1e6)) as i32
}

/// How old an offender is: a mean of 26.4 years, 40 % under 23, 72 % of 18 to 29.
///
/// 16 years and a log-normal time, fitted to the three figures; a normal age with that mean has
/// 31 % under 23.
pub(super) fn offender_age(chance: &mut Chance) -> f64 {
    (16.0 + chance.lognormal(2.116, 0.672)).min(70.0)
}

/// How old a victim is: minors 14 to 17, adults up to 24.
pub(super) fn victim_age(minor: bool, chance: &mut Chance) -> f64 {
    if minor {
        14.0 + 3.99 * libm::sqrt(chance.unit())
    } else {
        18.01 + chance.exponential(2.0).min(5.9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offenders_are_as_old_as_the_studies_say() {
        let mut chance = Chance::new(4, 0);
        let ages: Vec<f64> = (0..20_000).map(|_| offender_age(&mut chance)).collect();
        let share = |so: &dyn Fn(f64) -> bool| {
            ages.iter().filter(|age| so(**age)).count() as f64 / ages.len() as f64
        };
        let mean = ages.iter().sum::<f64>() / ages.len() as f64;
        assert!((mean - 26.4).abs() < 0.3, "{mean}");
        assert!((share(&|age| age < 23.0) - 0.40).abs() < 0.02);
        assert!((share(&|age| (18.0..29.0).contains(&age)) - 0.72).abs() < 0.03);
    }

    #[test]
    fn victims_are_about_eight_years_younger() {
        let mut chance = Chance::new(4, 0);
        let ages: Vec<f64> = (0..20_000).map(|no| victim_age(no % 20 < 9, &mut chance)).collect();
        let mean = ages.iter().sum::<f64>() / ages.len() as f64;
        assert!((mean - 18.3).abs() < 0.4, "{mean}");
        assert!(ages.iter().all(|age| (14.0..24.0).contains(age)));
    }
}
