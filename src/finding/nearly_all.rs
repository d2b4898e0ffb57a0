//! Parts that are nearly their whole: who is not among them is told by a subtraction.

use super::published::{Published, PublishedChannel, PublishedFigure, PublishedWindows};
use super::study::OFFENDERS;

/// Withholds what leaves few when it is taken from another number of victims that is published, whatever table that stands in; and figures of one
/// topic that leave few when they are taken from their whole together.
///
/// Wholes come first: all victims, then those of windows, then those of whom a figure is. Whatever comes later is withheld where it would leave few. It is not asked
/// whether one is really a part of the other: a number too few does no harm.
pub(super) fn withhold(published: &mut Published, is_few: impl Fn(usize) -> bool) {
    let mut wholes: Vec<usize> = published.victims.into_iter().collect();
    let leaves_few =
        |wholes: &[usize], part: usize| wholes.iter().any(|&whole| is_few(whole.abs_diff(part)));
    for row in &mut published.windows {
        let own = [row.victims, row.events];
        if own.into_iter().flatten().any(|part| leaves_few(&wholes, part)) {
            hide_windows(row);
        } else if row.by == "all" {
            wholes.extend(own.into_iter().flatten());
        }
    }
    for figure in published.study.iter_mut().filter(|one| one.topic != OFFENDERS) {
        let own = [figure.of, figure.count];
        if own.into_iter().flatten().any(|part| leaves_few(&wholes, part)) {
            hide_figure(figure);
        } else {
            wholes.extend(figure.of);
        }
    }
    withhold_rests(&mut published.study, &is_few);
    for channel in &mut published.channels {
        if channel.victims.is_some_and(|part| leaves_few(&wholes, part)) {
            hide_channel(channel);
        }
    }
}

/// Figures of one topic and one whole may exclude one another: what they leave together is a count as well.
fn withhold_rests(figures: &mut [PublishedFigure], is_few: &impl Fn(usize) -> bool) {
    let told: Vec<_> = figures.iter().map(|one| (one.topic, one.of.zip(one.count))).collect();
    let mut hidden = vec![false; figures.len()];
    for (at, &(topic, own)) in told.iter().enumerate() {
        let Some((of, count)) = own else { continue };
        let others = told.iter().enumerate().skip(at + 1);
        let same = others.filter(|(_, (other, pair))| {
            *other == topic && pair.is_some_and(|(whole, _)| whole == of)
        });
        let mut all = (count, vec![at]);
        for (place, (_, pair)) in same {
            let other = pair.map_or(0, |(_, count)| count);
            all = (all.0 + other, [all.1, vec![place]].concat());
            for (sum, places) in [(count + other, &vec![at, place]), (all.0, &all.1)] {
                if sum <= of && is_few(of - sum) {
                    for &place in places {
                        hidden[place] = true;
                    }
                }
            }
        }
    }
    figures
        .iter_mut()
        .zip(hidden)
        .filter(|(_, hidden)| *hidden)
        .for_each(|(one, _)| hide_figure(one));
}

fn hide_figure(figure: &mut PublishedFigure) {
    (figure.of, figure.count, figure.share, figure.suppressed) = (None, None, None, true);
}

fn hide_windows(row: &mut PublishedWindows) {
    (row.victims, row.events, row.suppressed) = (None, None, true);
    (row.within_7_days, row.within_30_days) = (None, None);
}

fn hide_channel(channel: &mut PublishedChannel) {
    (channel.victims, channel.minors, channel.known, channel.suppressed) = (None, None, None, true);
    (channel.share, channel.posterior, channel.rank) = (None, None, None);
    (channel.risk_ratio, channel.risk_ratio_interval) = (None, None);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: usize = 11;

    fn figure(topic: &'static str, count: usize, of: usize) -> PublishedFigure {
        PublishedFigure {
            topic,
            figure: "so many of those",
            count: Some(count),
            of: Some(of),
            share: Some(0.5),
            study: "half",
            suppressed: false,
        }
    }

    fn published(victims: usize, study: Vec<PublishedFigure>) -> Published {
        let mut published = Published {
            schema: "kluwen.published/1",
            version: "",
            min_cell: LEAST,
            cases: None,
            victims: Some(victims),
            channels: Vec::new(),
            windows: Vec::new(),
            study,
        };
        withhold(&mut published, |count| (1..LEAST).contains(&count));
        published
    }

    fn shown(victims: usize, study: Vec<PublishedFigure>) -> Vec<bool> {
        published(victims, study).study.iter().map(|one| !one.suppressed).collect()
    }

    #[test]
    fn who_is_in_no_figure_is_not_told_by_subtraction() {
        // 45 - 38 = 7 were never offered; 45 - 34 = 11 are enough; 45 - 45 are nobody.
        let study = vec![figure("a", 20, 38), figure("a", 20, 34), figure("b", 20, 45)];
        assert_eq!(shown(45, study), [false, true, true]);
        assert_eq!(shown(45, vec![figure("a", 36, 45)]), [false]);
    }

    #[test]
    fn a_figure_that_is_nearly_another_is_withheld() {
        // 34 - 30 = 4 are known of one and not of the other.
        let study = vec![figure("a", 15, 34), figure("b", 15, 30)];
        assert_eq!(shown(45, study), [true, false]);
    }

    #[test]
    fn what_figures_of_one_whole_leave_together_is_not_told() {
        // 60 - 35 - 20 = 5 do neither.
        let two = || vec![figure(OFFENDERS, 35, 60), figure(OFFENDERS, 20, 60)];
        assert_eq!(shown(900, two()), [false, false]);
        let three = [two(), vec![figure(OFFENDERS, 12, 80)]].concat();
        assert_eq!(shown(900, three), [false, false, true]);
        let enough = vec![figure(OFFENDERS, 30, 60), figure(OFFENDERS, 19, 60)];
        assert_eq!(shown(900, enough), [true, true]);
    }
    fn empty(victims: usize) -> Published {
        published(victims, Vec::new())
    }

    fn withheld(mut published: Published) -> Published {
        withhold(&mut published, |count| (1..LEAST).contains(&count));
        published
    }

    fn windows(by: &'static str, victims: usize, events: usize) -> PublishedWindows {
        PublishedWindows {
            by,
            group: by,
            victims: Some(victims),
            events: Some(events),
            within_7_days: Some(0.25),
            within_30_days: Some(0.5),
            suppressed: false,
        }
    }

    #[test]
    fn windows_that_leave_few_of_all_victims_are_withheld_whole() {
        // 60 - 50 = 10 are few, and 60 - 49 = 11 are not; the next row leaves 49 - 45 = 4 of the windows of all.
        let rows = vec![windows("all", 49, 30), windows("age", 45, 15), windows("age", 20, 15)];
        let found = withheld(Published { windows: rows, ..empty(60) }).windows;
        assert_eq!(found[0], windows("all", 49, 30));
        let hidden = PublishedWindows {
            victims: None,
            events: None,
            within_7_days: None,
            within_30_days: None,
            suppressed: true,
            ..windows("age", 45, 15)
        };
        assert_eq!(found[1], hidden);
        // 30 - 20 = 10 are few; it is not asked whether these 20 are among the 30.
        assert!(found[2].suppressed);
        let rows = vec![windows("all", 50, 30)];
        assert!(withheld(Published { windows: rows, ..empty(60) }).windows[0].suppressed);
    }

    #[test]
    fn only_the_windows_of_all_are_a_whole_for_what_follows() {
        // 38 - 30 = 8 would be few, were the 38 of one group a whole for another.
        let rows = vec![windows("age", 38, 20), windows("age", 30, 19)];
        let found = withheld(Published { windows: rows, ..empty(60) }).windows;
        assert!(found.iter().all(|row| !row.suppressed));
    }

    fn channel(victims: usize) -> PublishedChannel {
        PublishedChannel {
            use_: crate::finding::Use::Advertising,
            rank: Some(1),
            channel_id: Some("ch1".into()),
            name: None,
            class: None,
            victims: Some(victims),
            minors: Some(15),
            known: Some(30),
            share: Some(0.5),
            posterior: Some(0.9),
            risk_ratio: Some(2.0),
            risk_ratio_interval: Some([1.0, 4.0]),
            suppressed: false,
        }
    }

    #[test]
    fn channels_that_nearly_all_victims_have_in_common_tell_no_numbers() {
        let channels = vec![channel(50), channel(49), channel(60)];
        let found = withheld(Published { channels, ..empty(60) }).channels;
        let hidden = PublishedChannel {
            rank: None,
            victims: None,
            minors: None,
            known: None,
            share: None,
            posterior: None,
            risk_ratio: None,
            risk_ratio_interval: None,
            suppressed: true,
            ..channel(50)
        };
        assert_eq!(found, [hidden, channel(49), channel(60)]);
        // Of what a figure is, a channel may be nearly all: 34 - 30.
        let whole = Published { channels: vec![channel(30)], ..empty(900) };
        let study = vec![figure("a", 17, 34)];
        assert!(withheld(Published { study, ..whole }).channels[0].suppressed);
    }

    #[test]
    fn a_withheld_figure_tells_neither_counts_nor_share() {
        let found = published(45, vec![figure("a", 20, 38)]).study;
        let hidden = PublishedFigure {
            count: None,
            of: None,
            share: None,
            suppressed: true,
            ..figure("a", 0, 0)
        };
        assert_eq!(found, [hidden]);
    }
}
