//! Case files in which the distribution of the windows is known.
//!
//! A window is log-normal with a median of 7 days, as the study's figures have it (μ = ln 7, σ = 2.158), cut to whole days. The first contact falls
//! anywhere in three years; a file closes 2 days to four years after it, whatever happened, so that some exploitation is not seen. Half
//! of the victims are minors, and their windows are no different.

use std::fmt::Write as _;
use std::fs;

use kluwen::Case;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Planted {
    pub(crate) victims: usize,
    /// In which share of the rows a date is its month.
    pub(crate) months: f64,
    pub(crate) seed: u64,
}

const MU: f64 = 1.945_910_149_055_313_2;
const SIGMA: f64 = 2.158;

/// The share of windows of at most so many whole days.
pub(crate) fn truth(day: u32) -> f64 {
    let z = (libm::log(f64::from(day + 1)) - MU) / SIGMA;
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

impl Planted {
    pub(crate) fn case(self) -> Case {
        let mut random = Random(self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut people = String::from("person_id\np0\n");
        let mut roles = String::from("case_id,person_id,role,minor\n");
        let mut links = String::from("case_id,from,to,kind,start\n");
        let mut cases = String::from("case_id,closed\n");
        for one in 1..=self.victims {
            let contact = 17_000 + whole(random.unit() * 1_096.0);
            let window = whole(libm::exp(MU + SIGMA * random.normal()).min(1e6));
            let closed = contact + 2 + whole(random.unit() * 1_460.0);
            let minor = if random.unit() < 0.5 { "yes" } else { "no" };
            let _ = writeln!(people, "p{one}");
            let _ = writeln!(cases, "c{one},{}", date(closed));
            let _ = writeln!(roles, "c{one},p{one},victim,{minor}\nc{one},p0,exploiter,");
            let mut row = |kind: &str, day: i64| {
                let mut written = date(day);
                if random.unit() < self.months {
                    written.truncate(7);
                }
                let _ = writeln!(links, "c{one},p0,p{one},{kind},{written}");
            };
            row("first_contact", contact);
            if contact + window <= closed {
                row("exploited", contact + window);
            }
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in
            [("people", people), ("roles", roles), ("links", links), ("cases", cases)]
        {
            fs::write(folder.path().join(format!("{name}.csv")), text).expect("it is written");
        }
        Case::open(folder.path()).expect("the case is valid")
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most a million")]
fn whole(days: f64) -> i64 {
    days as i64
}

/// A day of the calendar, as ISO 8601 writes it.
fn date(number: i64) -> String {
    let days = jiff::SignedDuration::from_hours(number * 24);
    jiff::civil::date(1970, 1, 1).checked_add(days).expect("a day of the calendar").to_string()
}

/// Knuth's linear congruential generator: small, and the same each time.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Box and Muller's transform.
    fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }
}
