//! Are channels with more minors found, do their intervals hold, and are changes of level told where there are none?
//!
//! `cargo bench --bench channels [SEEDS]` plants 40 channels of which five have four times the odds of minors, and prints the average precision of
//! the order and how often one of the five comes first, beside the raw count, the raw share and an order that knows the odds; then how often the
//! intervals hold the truth; then how many monthly series without a change are said to have one, and how many falls to a fifth are found.

#[path = "../tests/integration/dice.rs"]
mod dice;
#[allow(clippy::disallowed_methods)] // Invented data may differ in last digits between machines.
#[path = "../tests/integration/planted_channels.rs"]
mod planted_channels;
#[allow(clippy::disallowed_methods)] // Invented data may differ in last digits between machines.
#[path = "../tests/integration/planted_series.rs"]
mod planted_series;

use kluwen::finding::{ChannelFinding, Channels, OverTime, Use};
use kluwen::identity::Entities;

use planted_channels::{Planted, World, by, likelihood};
use planted_series::{FALLS, MONTHS, Series, written};

const SEEDS: u64 = 400;
/// Seeds that no test uses.
const FIRST_SEED: u64 = 7001;
/// So many series of each sort for each seed.
const SERIES: usize = 10;

fn main() {
    let seeds = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(SEEDS);
    let mut held = Vec::new();
    println!(
        "| sizes fall by rank to the power | victims | runs | AP, first: as listed | count | raw share | knowing the odds |\n| ---: | ---: | ---: | --- | --- | --- | --- |"
    );
    for skew in [1.0, 0.75] {
        for victims in [60, 300, 1_500, 7_500] {
            let runs = if victims > 1_000 { seeds.div_ceil(4) } else { seeds };
            held.push((skew, victims, ranking(skew, victims, runs)));
        }
    }
    println!(
        "\n| sizes fall by rank to the power | victims | of the channel | channels | risk ratio held | odds ratio held |\n| ---: | ---: | --- | ---: | ---: | ---: |"
    );
    for (skew, victims, held) in held {
        held.print(skew, victims);
    }
    println!(
        "\n| advertisements a month | dispersion | season's peak | level from month {FALLS} of {MONTHS} | series | said to change | at the month, two at most off |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    for (dispersion, peak) in [(0.0, 1.0), (0.0, 1.5), (0.1, 1.0), (0.1, 1.5), (0.3, 1.5)] {
        for mean in [2.0, 8.0, 30.0] {
            for fall in [1.0, 0.2] {
                series(Series { channels: SERIES, mean, dispersion, peak, fall, seed: 0 }, seeds);
            }
        }
    }
}

fn ranking(skew: f64, victims: usize, runs: u64) -> Held {
    let (mut sums, mut held) = ([[0.0; 2]; 4], Held::default());
    for run in 0..runs {
        let world = Planted { victims, skew, seed: FIRST_SEED + run }.world();
        let mut found = Channels::default().find(&world.case, &Entities::as_given(&world.case));
        found.retain(|one| one.use_ == Use::Advertising);
        let orders = [
            found.iter().collect(),
            by(&found, |one| one.victims as f64),
            by(&found, |one| one.share.unwrap_or(-1.0)),
            by(&found, likelihood),
        ];
        for (sum, order) in sums.iter_mut().zip(orders) {
            let judged = world.judge(&order);
            sum.iter_mut().zip(judged).for_each(|(sum, one)| *sum += one);
        }
        for one in &found {
            held.look(&world, one);
        }
    }
    let [own, count, share, known] =
        sums.map(|[ap, first]| format!("{:.3}, {:.3}", ap / runs as f64, first / runs as f64));
    println!("| {skew} | {victims} | {runs} | {own} | {count} | {share} | {known} |");
    held
}

/// How often intervals held the truth, of channels by how many victims they have.
#[derive(Default)]
struct Held {
    channels: [usize; SIZES.len()],
    risk: [usize; SIZES.len()],
    odds: [usize; SIZES.len()],
}

/// Channels with fewer victims than this each; by size and not by cell, since a cell is small oftener where the interval misses.
const SIZES: [(&str, usize); 3] = [("1 to 9", 10), ("10 to 29", 30), ("30 or more", usize::MAX)];

impl Held {
    fn look(&mut self, world: &World, one: &ChannelFinding) {
        let (Some(risk), Some(odds)) = (one.risk_ratio_interval, one.odds_ratio_interval) else {
            return;
        };
        let at = SIZES.iter().position(|size| one.known < size.1).unwrap_or(SIZES.len() - 1);
        let [own, other] = world.shares(one);
        let holds = |[low, high]: [f64; 2], truth: f64| low <= truth && truth <= high;
        self.channels[at] += 1;
        self.risk[at] += usize::from(holds(risk, own / other));
        let truth = own / (1.0 - own) / (other / (1.0 - other));
        self.odds[at] += usize::from(holds(odds, truth));
    }

    fn print(&self, skew: f64, victims: usize) {
        for (at, (size, _)) in SIZES.into_iter().enumerate().filter(|one| self.channels[one.0] > 0)
        {
            let all = self.channels[at];
            let share = |count: usize| count as f64 / all.max(1) as f64;
            println!(
                "| {skew} | {victims} | {size} | {all} | {:.3} | {:.3} |",
                share(self.risk[at]),
                share(self.odds[at])
            );
        }
    }
}

fn series(planted: Series, seeds: u64) {
    let (mut all, mut changed, mut there) = (0, 0, 0);
    let near: Vec<String> = (FALLS - 2..=FALLS + 2).map(written).collect();
    for run in 0..seeds {
        let case = Series { seed: FIRST_SEED + run, ..planted }.case();
        let options = OverTime { draws: 2, ..OverTime::default() };
        let found = options.find(&case, &Entities::as_given(&case)).expect("no closure is stated");
        for one in &found[0].series {
            all += 1;
            changed += usize::from(!one.changes.is_empty());
            there += usize::from(one.changes.iter().any(|change| near.contains(&change.month)));
        }
    }
    let share = |count: usize| f64::from(u32::try_from(count).unwrap_or(0)) / f64::from(all);
    println!(
        "| {} | {} | {} | {} | {all} | {:.4} | {} |",
        planted.mean,
        planted.dispersion,
        planted.peak,
        planted.fall,
        share(changed),
        if planted.fall < 1.0 { format!("{:.3}", share(there)) } else { "–".into() }
    );
}
