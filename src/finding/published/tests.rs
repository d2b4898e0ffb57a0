//! Counts of a few are withheld, with whatever would tell them; the least count told is eleven.

use super::*;
use crate::finding::WindowGroup;

const ELEVEN: Publishing = Publishing { min_cell: 11 };

#[test]
fn a_count_of_one_may_not_be_asked_for() {
    for (min_cell, fine) in [(0, false), (1, false), (2, true), (11, true)] {
        assert_eq!(Publishing { min_cell }.check().is_ok(), fine, "{min_cell}");
    }
    let few = |count| ELEVEN.is_few(count);
    assert_eq!([0, 1, 10, 11].map(few), [false, true, true, false]);
    assert_eq!(Publishing::default(), ELEVEN);
}

#[test]
fn numbers_have_two_decimals() {
    for (number, told) in [(0.126, 0.13), (0.124, 0.12), (1.0, 1.0), (-0.126, -0.13)] {
        assert!((rounded(number) - told).abs() < 1e-12, "{number}");
    }
}

#[test]
fn a_share_is_of_many_where_neither_it_nor_the_rest_comes_to_a_few() {
    for (share, victims, many) in [
        (0.25, 100, true),
        (0.125, 88, true),     // 11
        (0.125, 84, false),    // 10.5
        (0.875, 88, true),     // 11 are left
        (0.875, 84, false),    // 10.5 are left
        (0.0, 100, true),      // nobody
        (1.0, 100, true),      // nobody is left
        (0.015_625, 16, true), // a quarter of one is nobody
        (0.03125, 16, false),  // half of one is somebody
    ] {
        assert_eq!(ELEVEN.is_of_many(share, victims), many, "{share} of {victims}");
    }
}

#[test]
fn a_figure_is_withheld_as_a_whole_where_any_of_its_counts_is_few() {
    let figure = |count, of, out_of, share| StudyFigure {
        topic: "age",
        figure: "minors",
        count,
        of,
        out_of,
        share,
        interval: Some([0.1, 0.9]),
        study: "most",
    };
    for (count, of, out_of, share, shown) in [
        (Some(20), 50, 80, Some(0.4), true),
        (Some(11), 50, 80, None, true),
        (Some(10), 50, 80, None, false),
        (Some(0), 50, 80, None, true),
        (Some(39), 50, 80, None, true),
        (Some(40), 50, 80, None, false), // ten are not so
        (Some(50), 50, 80, None, true),
        (None, 50, 80, Some(0.5), true),
        (None, 50, 80, Some(0.125), false), // six
        (None, 10, 80, None, false),
        (None, 50, 60, None, false), // of ten it is not on record
        (None, 50, 61, None, true),
        (None, 50, 50, None, true),
    ] {
        let found = ELEVEN.figure(&figure(count, of, out_of, share));
        let expected = PublishedFigure {
            topic: "age",
            figure: "minors",
            count: count.filter(|_| shown),
            of: shown.then_some(of),
            share: share.filter(|_| shown),
            study: "most",
            suppressed: !shown,
        };
        assert_eq!(found, expected, "{count:?} of {of} of {out_of}, {share:?}");
    }
    let rounded = ELEVEN.figure(&figure(Some(17), 51, 80, Some(17.0 / 51.0)));
    assert_eq!(rounded.share, Some(0.33));
}

fn found(id: &str, [minors, known, victims]: [usize; 3], posterior: Option<f64>) -> ChannelFinding {
    ChannelFinding {
        rank: 1,
        channel_id: id.into(),
        name: format!("the channel {id}"),
        class: "social_network".into(),
        use_: Use::Advertising,
        victims,
        minors,
        known,
        cases: 3,
        share: Some(0.504),
        base_share: Some(0.4),
        posterior,
        risk_ratio: Some(1.257),
        risk_ratio_interval: Some([0.804, 2.006]),
        odds_ratio: None,
        odds_ratio_interval: None,
        lift: None,
        q: None,
        first_seen: None,
        last_seen: None,
    }
}

#[test]
fn what_a_channel_tells_goes_with_its_counts() {
    let one = found("ch1", [20, 40, 55], Some(0.916));
    let told = |hidden, base| {
        let row = channel(&one, hidden, base);
        let counts = (row.victims, row.minors, row.known);
        let figures = [row.share, row.posterior, row.risk_ratio].map(|figure| figure.is_some());
        (counts, figures, row.risk_ratio_interval.is_some(), row.suppressed)
    };
    let (victims, minors, known) = (Some(55), Some(20), Some(40));
    let nothing = [false; 3];
    let shown = [false; 4];
    assert_eq!(told(shown, true), ((victims, minors, known), [true; 3], true, false));
    // Ratios rest on the counts of all channels.
    let alone = [true, false, false];
    assert_eq!(told(shown, false), ((victims, minors, known), alone, false, true));
    for (hidden, counts) in [
        ([true, false, false, false], (victims, None, known)),
        ([false, true, false, false], (victims, minors, known)),
        ([false, false, true, false], (victims, minors, None)),
        ([false, false, false, true], (None, minors, None)),
        ([true; 4], (None, None, None)),
    ] {
        assert_eq!(told(hidden, true), (counts, nothing, false, true), "{hidden:?}");
    }
    let row = channel(&one, shown, true);
    let figures = (row.share, row.posterior, row.risk_ratio, row.risk_ratio_interval);
    assert_eq!(figures, (Some(0.5), Some(0.92), Some(1.26), Some([0.8, 2.01])));
    assert_eq!(row.name.as_deref(), Some("the channel ch1"));
}

#[test]
fn channels_of_few_victims_are_told_together_and_without_a_name() {
    let told = |hidden| {
        let row = together(Use::Recruitment, [18, 12, 3, 33], hidden);
        assert!(row.suppressed && row.channel_id.is_none() && row.name.is_none());
        assert!(row.share.is_none() && row.posterior.is_none() && row.rank.is_none());
        (row.victims, row.minors, row.known)
    };
    assert_eq!(told([false; 4]), (Some(33), Some(18), Some(30)));
    assert_eq!(told([true, false, false, false]), (Some(33), None, Some(30)));
    assert_eq!(told([false, false, true, false]), (Some(33), Some(18), None));
    assert_eq!(told([false, false, false, true]), (None, Some(18), None));
}

#[test]
fn channels_stand_by_use_and_the_ranked_before_those_by_id_and_the_few() {
    let few = |id| found(id, [6, 10, 10], Some(0.9));
    let first_contacts =
        ChannelFinding { use_: Use::Recruitment, ..found("ch3", [20, 40, 60], Some(0.1)) };
    let all = [
        first_contacts,
        found("ch9", [20, 40, 60], None),
        few("ch4"),
        found("ch7", [20, 40, 60], Some(0.9)),
        few("ch5"),
        found("ch1", [20, 40, 60], Some(0.6)),
        few("ch6"),
        found("ch2", [20, 40, 60], None),
    ];
    let told = ELEVEN.channels(&all);
    let rows: Vec<_> =
        told.iter().map(|row| (row.channel_id.as_deref(), row.rank, row.victims)).collect();
    assert_eq!(
        rows,
        [
            (Some("ch7"), Some(1), Some(60)),
            (Some("ch1"), Some(2), Some(60)),
            (Some("ch2"), None, Some(60)),
            (Some("ch9"), None, Some(60)),
            // Three times ten victims, six of them minors.
            (None, None, Some(30)),
            (Some("ch3"), Some(1), Some(60)),
        ]
    );
    assert_eq!((told[4].minors, told[4].known), (Some(18), Some(30)));
    assert_eq!((told[4].use_, told[5].use_), (Use::Advertising, Use::Recruitment));
}

#[test]
fn a_channel_of_eleven_victims_has_a_name() {
    let names = |victims| {
        let all = [found("ch1", [0, 0, victims], None), found("ch2", [20, 40, 60], None)];
        ELEVEN.channels(&all).into_iter().filter_map(|row| row.channel_id).collect::<Vec<_>>()
    };
    assert_eq!(names(11), ["ch1", "ch2"]);
    assert_eq!(names(10), ["ch2"]);
}

fn group(name: &'static str, victims: usize, events: usize) -> WindowGroup {
    WindowGroup {
        group: name,
        victims,
        events,
        median_days: None,
        within_7_days: Some(0.256),
        within_7_days_interval: None,
        within_30_days: Some(0.5),
        within_30_days_interval: None,
        curve: Vec::new(),
    }
}

/// By group, as it is told: victims, events, and the two shares.
type Told = (&'static str, Option<usize>, Option<usize>, [Option<f64>; 2], bool);

fn windows(victims: usize, events: usize, groups: Vec<WindowGroup>) -> Vec<Told> {
    let by = vec![Partition { by: "age", groups, test: None, chi_squared: None, p: None }];
    let (within_7_days, within_30_days) = (Some(0.256), Some(0.5));
    let all = Windows { victims, events, within_7_days, within_30_days, by, ..Windows::default() };
    let told = |row: PublishedWindows| {
        let shares = [row.within_7_days, row.within_30_days];
        (row.group, row.victims, row.events, shares, row.suppressed)
    };
    ELEVEN.windows(&all).into_iter().map(told).collect()
}

#[test]
fn windows_of_groups_are_told_where_nobody_is_told_by_what_they_leave() {
    let shares = [Some(0.26), Some(0.5)];
    let all = ("all", Some(100), Some(70), shares, false);
    // Nobody is in neither group.
    let found = windows(100, 70, vec![group("minors", 55, 40), group("adults", 45, 30)]);
    let minors = ("minors", Some(55), Some(40), shares, false);
    assert_eq!(found, [all, minors, ("adults", Some(45), Some(30), shares, false)]);
    // Five are in neither: they are told by no subtraction if the smaller group hides what they would be taken from.
    let found = windows(100, 70, vec![group("minors", 50, 35), group("adults", 45, 30)]);
    let minors = ("minors", Some(50), Some(35), shares, false);
    assert_eq!(found, [all, minors, ("adults", None, None, [None; 2], true)]);
    // That there is a group of five at all is not told.
    let found = windows(100, 70, vec![group("minors", 95, 66), group("adults", 5, 4)]);
    assert_eq!(found, [all, ("minors", None, None, [None; 2], true)]);
}

#[test]
fn groups_that_would_hide_what_is_known_of_all_are_not_told() {
    let all = ("all", Some(100), Some(70), [Some(0.26), Some(0.5)], false);
    // Of 35, five have an event; all 65 others have one. Only the sums stand in both columns.
    assert_eq!(windows(100, 70, vec![group("minors", 35, 5)]), [all]);
}

#[test]
fn windows_of_few_victims_tell_nothing() {
    let nothing = ("all", None, None, [None; 2], true);
    assert_eq!(windows(10, 10, Vec::new()), [nothing]);
    assert_eq!(windows(40, 10, Vec::new()), [nothing]);
    assert_eq!(windows(40, 30, Vec::new()), [nothing], "ten without an event");
    // .256 of 41 is 10.5: that share goes, and is said to be withheld.
    let found = windows(41, 30, Vec::new());
    assert_eq!(found, [("all", Some(41), Some(30), [None, Some(0.5)], true)]);
    assert_eq!(windows(44, 33, Vec::new())[0].3, [Some(0.26), Some(0.5)]);
}
