//! Channels of which it is known on which minors are over-represented: written by rules of their own, not by `simulate`.
//!
//! Each victim is advertised on one of 40 channels, whose sizes follow a power of their rank. On five of them, drawn whatever their size, the odds
//! that a victim is a minor are four times those on the others.

use std::fmt::Write as _;
use std::fs;

use kluwen::Case;
use kluwen::finding::ChannelFinding;

use crate::dice::Dice;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Planted {
    pub(crate) victims: usize,
    /// The power of the rank by which sizes fall: at 1 the second channel has half of the first's.
    pub(crate) skew: f64,
    pub(crate) seed: u64,
}

pub(crate) const CHANNELS: usize = 40;
pub(crate) const RAISED: usize = 5;
/// The share of minors on a usual channel.
const USUAL: f64 = 0.4;
const ODDS: f64 = 4.0;

/// A case, and what is known of it.
pub(crate) struct World {
    pub(crate) case: Case,
    /// By channel: the share of minors that was planted.
    shares: Vec<f64>,
    /// By channel: how many victims fell on it.
    victims: Vec<usize>,
}

impl Planted {
    pub(crate) fn world(self) -> World {
        let mut dice = Dice::new(self.seed);
        let mut shares = vec![USUAL; CHANNELS];
        while shares.iter().filter(|&&share| share > USUAL).count() < RAISED {
            let odds = ODDS * USUAL / (1.0 - USUAL);
            shares[dice.below(CHANNELS)] = odds / (1.0 + odds);
        }
        let weights: Vec<f64> =
            (0..CHANNELS).map(|rank| (rank as f64 + 1.0).powf(-self.skew)).collect();
        let mut people = String::from("person_id\n");
        let mut roles = String::from("case_id,person_id,role,minor\n");
        let mut ads = String::from("ad_id,victim_id,channel_id\n");
        let mut victims = vec![0; CHANNELS];
        for one in 0..self.victims {
            let channel = drawn(&weights, dice.unit());
            victims[channel] += 1;
            let minor = if dice.unit() < shares[channel] { "yes" } else { "no" };
            let _ = writeln!(people, "p{one}");
            let _ = writeln!(roles, "c{one},p{one},victim,{minor}");
            let _ = writeln!(ads, "a{one},p{one},ch{channel}");
        }
        let mut channels = String::from("channel_id,name\n");
        for one in 0..CHANNELS {
            let _ = writeln!(channels, "ch{one},C{one}");
        }
        let tables = [("people", people), ("roles", roles), ("ads", ads), ("channels", channels)];
        World { case: open(&tables), shares, victims }
    }
}

/// The tables as a case.
pub(crate) fn open(tables: &[(&str, String)]) -> Case {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in tables {
        fs::write(folder.path().join(format!("{name}.csv")), text).expect("it is written");
    }
    Case::open(folder.path()).expect("the case is valid")
}

/// Which of some weights a number from 0 to 1 falls on.
fn drawn(weights: &[f64], unit: f64) -> usize {
    let mut left = unit * weights.iter().sum::<f64>();
    let place = weights.iter().position(|weight| {
        left -= weight;
        left < 0.0
    });
    place.unwrap_or(weights.len() - 1)
}

fn number(one: &ChannelFinding) -> usize {
    one.channel_id[2..].parse().expect("such as ch3")
}

impl World {
    pub(crate) fn is_raised(&self, one: &ChannelFinding) -> bool {
        self.shares[number(one)] > USUAL
    }

    /// The true share of minors on a channel, and that of the victims on all others.
    pub(crate) fn shares(&self, one: &ChannelFinding) -> [f64; 2] {
        let own = number(one);
        let others = || (0..CHANNELS).filter(|&other| other != own);
        let minors: f64 = others().map(|at| self.victims[at] as f64 * self.shares[at]).sum();
        let all: usize = others().map(|at| self.victims[at]).sum();
        [self.shares[own], minors / all.max(1) as f64]
    }

    /// Average precision of an order, and whether a raised channel comes first. One without victims is missed.
    pub(crate) fn judge(&self, order: &[&ChannelFinding]) -> [f64; 2] {
        let (mut hits, mut sum) = (0.0, 0.0);
        for (place, one) in (1..).zip(order) {
            if self.is_raised(one) {
                hits += 1.0;
                sum += hits / f64::from(place);
            }
        }
        let first = order.first().is_some_and(|one| self.is_raised(one));
        [sum / RAISED as f64, f64::from(u8::from(first))]
    }
}

/// The channels in falling order of a number, ties by their ids.
pub(crate) fn by(
    found: &[ChannelFinding],
    value: impl Fn(&ChannelFinding) -> f64,
) -> Vec<&ChannelFinding> {
    let mut order: Vec<&ChannelFinding> = found.iter().collect();
    order.sort_by(|a, b| {
        value(b).total_cmp(&value(a)).then_with(|| a.channel_id.cmp(&b.channel_id))
    });
    order
}

/// How much better the counts of a channel fit the odds that were planted than the usual ones: no ranking by these counts can do better.
pub(crate) fn likelihood(one: &ChannelFinding) -> f64 {
    let odds = ODDS * USUAL / (1.0 - USUAL);
    let raised = odds / (1.0 + odds);
    let adults = (one.known - one.minors) as f64;
    one.minors as f64 * (raised / USUAL).ln() + adults * ((1.0 - raised) / (1.0 - USUAL)).ln()
}
