//! Are channels with more minors found, and changes of level told only where there are some?

use kluwen::finding::{Channels, OverTime, Use};
use kluwen::identity::Entities;

use crate::common::{on_case, repository};
use crate::planted_channels::{Planted, by, likelihood};
use crate::planted_series::{FALLS, Series, written};

#[test]
fn the_order_finds_more_minors_better_than_counts_and_shares_do() {
    let mut sums = [0.0; 4];
    for seed in 1..=60 {
        let world = Planted { victims: 300, skew: 1.0, seed }.world();
        let mut found = Channels::default().find(&world.case, &Entities::as_given(&world.case));
        found.retain(|one| one.use_ == Use::Advertising);
        let orders = [
            found.iter().collect(),
            by(&found, |one| one.victims as f64),
            by(&found, |one| one.share.unwrap_or(-1.0)),
            by(&found, likelihood),
        ];
        sums.iter_mut().zip(orders).for_each(|(sum, order)| *sum += world.judge(&order)[0] / 60.0);
    }
    let [own, count, share, known] = sums;
    assert!(own > count + 0.2 && own > share + 0.05, "{sums:?}");
    assert!(own > known - 0.04, "{sums:?}");
}

#[test]
fn intervals_hold_the_ratios_that_were_planted() {
    let (mut all, mut risks, mut odds) = (0, 0, 0);
    for seed in 1..=30 {
        let world = Planted { victims: 1_500, skew: 1.0, seed }.world();
        for one in Channels::default().find(&world.case, &Entities::as_given(&world.case)) {
            let [own, other] = world.shares(&one);
            let holds = |interval: Option<[f64; 2]>, truth: f64| {
                usize::from(interval.is_some_and(|[low, high]| low <= truth && truth <= high))
            };
            all += 1;
            risks += holds(one.risk_ratio_interval, own / other);
            odds += holds(one.odds_ratio_interval, own / (1.0 - own) / (other / (1.0 - other)));
        }
    }
    // Of 1,200 channels 95 % ± 2 % are within three standard errors.
    for held in [risks, odds] {
        assert!((93 * all..=98 * all).contains(&(100 * held)), "{held} of {all}");
    }
}

#[test]
fn a_fall_is_told_and_a_season_is_no_change() {
    let shares = [1.0, 0.2].map(|fall| {
        let series = Series { channels: 60, mean: 10.0, dispersion: 0.1, peak: 1.5, fall, seed: 1 };
        let case = series.case();
        let found = OverTime { draws: 2, ..OverTime::default() }
            .find(&case, &Entities::as_given(&case))
            .expect("no closure is stated");
        let near: Vec<String> = (FALLS - 2..=FALLS + 2).map(written).collect();
        let series = &found[0].series;
        let changed = series.iter().filter(|one| !one.changes.is_empty()).count();
        let at = |month: &String| near.contains(month);
        let there = series.iter().filter(|one| one.changes.iter().any(|one| at(&one.month)));
        (changed, there.count())
    });
    assert!(shares[0].0 <= 6 && shares[1].1 >= 48, "{shares:?}");
}

#[test]
fn the_command_follows_channels_and_what_came_after_a_closure() {
    let case = repository("graphs/study25");
    let months = on_case("channels", &case, &["--over-time", "months", "--format", "csv"]).fine();
    assert!(months.stdout.lines().count() > 30, "a row a channel and month: {months:?}");
    let closed = ["--over-time", "closures", "--closed", "ch11=2018-06", "--format", "csv"];
    let closures = on_case("channels", &case, &closed).fine();
    assert!(
        closures.stdout.contains("ch11") && closures.stdout.contains("2018-06"),
        "{closures:?}"
    );
    for (words, asked) in [
        (["--over-time", "closures", "--closed", "nobody=2018-06"].as_slice(), "nobody"),
        (&["--over-time", "closures", "--closed", "ch11=2018"], "a day or a month"),
        (&["--over-time", "closures", "--closed", "ch11"], "CHANNEL=WHEN"),
        (&["--closed", "ch11=2018-06"], "--over-time closures"),
    ] {
        let run = on_case("channels", &case, words);
        assert!(run.code == Some(2) && run.stderr.contains(asked), "{words:?} {run:?}");
    }
}
