//! Channels whose monthly counts are known: which change their level, and when.

use std::fmt::Write as _;

use kluwen::Case;

use crate::dice::Dice;
use crate::planted_channels::open;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Series {
    pub(crate) channels: usize,
    /// Advertisements a month, on average.
    pub(crate) mean: f64,
    /// The variance is μ + this × μ².
    pub(crate) dispersion: f64,
    /// How many times the yearly mean the highest month has.
    pub(crate) peak: f64,
    /// To which part a channel falls after two thirds of the months; 1 is no fall.
    pub(crate) fall: f64,
    pub(crate) seed: u64,
}

pub(crate) const MONTHS: u16 = 60;
/// The month from which on a fall holds.
pub(crate) const FALLS: u16 = 40;

impl Series {
    pub(crate) fn case(self) -> Case {
        let mut dice = Dice::new(self.seed);
        let mut ads = String::from("ad_id,channel_id,posted\n");
        let mut channels = String::from("channel_id,name\n");
        let mut number = 0;
        for channel in 0..self.channels {
            let _ = writeln!(channels, "ch{channel},C{channel}");
            for month in 0..MONTHS {
                for _ in 0..self.count(month, &mut dice) {
                    number += 1;
                    let _ = writeln!(ads, "a{number},ch{channel},{}", written(month));
                }
            }
        }
        let people = String::from("person_id\np0\n");
        let roles = String::from("case_id,person_id,role\nc0,p0,unknown\n");
        open(&[("ads", ads), ("channels", channels), ("people", people), ("roles", roles)])
    }

    fn count(self, month: u16, dice: &mut Dice) -> u32 {
        let year = std::f64::consts::TAU * f64::from(month % 12) / 12.0;
        let level = if month >= FALLS { self.fall } else { 1.0 };
        let mean = self.mean * level * (self.peak.ln() * year.cos()).exp();
        poisson(mean * gamma(self.dispersion, dice), dice)
    }
}

/// A month as the files have it, such as `2015-01`.
pub(crate) fn written(month: u16) -> String {
    format!("{}-{:02}", 2015 + month / 12, 1 + month % 12)
}

/// From a gamma distribution with mean 1 and this variance (Marsaglia & Tsang 2000; the variance is 1 at most).
fn gamma(variance: f64, dice: &mut Dice) -> f64 {
    if variance <= 0.0 {
        return 1.0;
    }
    let d = 1.0 / variance - 1.0 / 3.0;
    loop {
        let radius = (-2.0 * (1.0 - dice.unit()).ln()).sqrt();
        let normal = radius * (std::f64::consts::TAU * dice.unit()).cos();
        let v = (1.0 + normal / (9.0 * d).sqrt()).powi(3);
        let kept = (1.0 - dice.unit()).ln() < 0.5 * normal * normal + d * (1.0 - v + v.ln());
        if v > 0.0 && kept {
            return d * v * variance;
        }
    }
}

/// Knuth's: how many uniform numbers it takes until their product is below exp(−mean).
fn poisson(mean: f64, dice: &mut Dice) -> u32 {
    let (end, mut product, mut count) = ((-mean).exp(), dice.unit(), 0);
    while product > end {
        product *= dice.unit();
        count += 1;
    }
    count
}
