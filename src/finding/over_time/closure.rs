//! What became of advertisers and of other channels when a channel was closed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::drift::{Drift, Sides};
use super::events::{Event, Hand};
use super::month::Month;
use crate::case::{ChannelClass, Symbol};
use crate::finding::proportion::wilson;

/// A channel that was closed, or fell to a fifth or less of what it was, and what came after.
///
/// It is **not** said that the closure was the cause: other things happen in the same months.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Closure {
    /// The channel's id.
    pub channel_id: String,
    /// The first month after it.
    pub month: String,
    /// Whether it was stated; otherwise the counts say it.
    pub stated: bool,
    /// How many months before and after are compared.
    pub window_months: usize,
    /// On the channel itself: how many in those months before.
    pub before: usize,
    /// And after.
    pub after: usize,
    /// How far the shares of the other channels moved.
    pub drift: Option<Drift>,
    /// The weighted displacement quotient: below 0 the channels of the same class gained what this one lost, beyond −1 more than
    /// that; above 0 they fell with it. None where there is no channel of the same class or of another, or it did not fall against those.
    pub wdq: Option<f64>,
    /// Whether those who used it were seen on other channels afterwards.
    pub moved: Moved,
}

/// Who was on a channel before its closure, and where afterwards.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Moved {
    /// Hands on it in the months before: those who share a poster, a payer, a phone or a handle are one.
    pub hands: usize,
    /// Of those, seen anywhere in the months after.
    pub seen_after: usize,
    /// Of those, seen after on a channel on which they were not before.
    pub moved: usize,
    /// That as a share of all.
    pub share: Option<f64>,
    /// Its 95 % interval, Wilson's.
    pub interval: Option<[f64; 2]>,
    /// The same of hands that were elsewhere and not on it: so many move anyhow.
    pub usual: Option<f64>,
    /// The 95 % interval of that.
    pub usual_interval: Option<[f64; 2]>,
    /// To which channels, and how many hands each; a hand may be on several.
    pub to: Vec<(String, usize)>,
}

/// Everything that is compared of one closure.
pub(super) struct Around<'a> {
    pub(super) channel: Symbol,
    /// The first month after.
    pub(super) month: Month,
    /// How many months before and after.
    pub(super) window: i32,
    /// Sorted by month.
    pub(super) events: &'a [Event],
}

impl Around<'_> {
    fn side(&self, after: bool) -> &[Event] {
        let (from, to) = if after {
            (self.month.0, self.month.0.saturating_add(self.window))
        } else {
            (self.month.0.saturating_sub(self.window), self.month.0)
        };
        let at = |month: i32| self.events.partition_point(|event| event.month.0 < month);
        &self.events[at(from)..at(to)]
    }

    /// Before and after on the channel itself.
    pub(super) fn own(&self) -> [usize; 2] {
        [false, true].map(|after| {
            self.side(after).iter().filter(|event| event.channel == self.channel).count()
        })
    }

    /// The counts of the other channels, by hand.
    pub(super) fn sides(&self) -> Sides {
        let mut sides = Sides::of_nobody();
        for after in [false, true] {
            for event in self.side(after).iter().filter(|event| event.channel != self.channel) {
                sides.count(event.hand.number, event.channel, after);
            }
        }
        sides
    }

    /// Bowers and Johnson's weighted displacement quotient.
    ///
    /// # Source
    ///
    /// K. J. Bowers, S. D. Johnson, J. Quantitative Criminology 19:275–301, 2003: the channel is the target R, those of its class are the
    /// buffer D, those of other classes the control C; 0 is before and 1 after.
    pub(super) fn wdq(&self, class: impl Fn(Symbol) -> Option<ChannelClass>) -> Option<f64> {
        let own = class(self.channel)?;
        let [before, after] = [false, true].map(|after| {
            let (mut target, mut buffer, mut control) = (0.0, 0.0, 0.0);
            for event in self.side(after) {
                match class(event.channel) {
                    _ if event.channel == self.channel => target += 1.0,
                    Some(other) if other == own => buffer += 1.0,
                    Some(_) => control += 1.0,
                    None => {}
                }
            }
            (target, buffer, control)
        });
        if before.2 <= 0.0 || after.2 <= 0.0 || before.1 + after.1 <= 0.0 {
            return None;
        }
        let fell = after.0 / after.2 - before.0 / before.2;
        (fell < 0.0).then(|| (after.1 / after.2 - before.1 / before.2) / fell)
    }

    pub(super) fn moved(&self, name: impl Fn(Symbol) -> String) -> Moved {
        let [before, after] = [false, true].map(|after| {
            let mut by_hand: BTreeMap<Hand, BTreeSet<Symbol>> = BTreeMap::new();
            for event in self.side(after).iter().filter(|event| event.hand.known) {
                by_hand.entry(event.hand).or_default().insert(event.channel);
            }
            by_hand
        });
        let (mut own, mut others, mut to) = (Tally::default(), Tally::default(), BTreeMap::new());
        for (hand, channels) in &before {
            let then = after.get(hand);
            let new: Vec<Symbol> = then
                .into_iter()
                .flatten()
                .copied()
                .filter(|&channel| channel != self.channel && !channels.contains(&channel))
                .collect();
            let here = channels.contains(&self.channel);
            let tally = if here { &mut own } else { &mut others };
            tally.hands += 1;
            tally.seen += usize::from(then.is_some());
            tally.moved += usize::from(!new.is_empty());
            if here {
                for channel in new {
                    *to.entry(channel).or_insert(0_usize) += 1;
                }
            }
        }
        let mut to: Vec<(String, usize)> =
            to.into_iter().map(|(channel, hands)| (name(channel), hands)).collect();
        to.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Moved {
            hands: own.hands,
            seen_after: own.seen,
            moved: own.moved,
            share: own.share(),
            interval: wilson(own.moved, own.hands),
            usual: others.share(),
            usual_interval: wilson(others.moved, others.hands),
            to,
        }
    }
}

#[derive(Default)]
struct Tally {
    hands: usize,
    seen: usize,
    moved: usize,
}

impl Tally {
    fn share(&self) -> Option<f64> {
        (self.hands > 0).then(|| self.moved as f64 / self.hands as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Symbols;

    const MONTH: i32 = 24_000;

    fn symbols() -> [Symbol; 4] {
        let mut symbols = Symbols::default();
        ["closed", "alike", "other", "of no class"].map(|name| symbols.intern(name))
    }

    fn class(channel: Symbol) -> Option<ChannelClass> {
        let [closed, alike, other, _] = symbols();
        match channel {
            one if one == closed || one == alike => Some(ChannelClass::SocialNetwork),
            one if one == other => Some(ChannelClass::Other),
            _ => None,
        }
    }

    /// So many events on each channel in the month before the closure and in that after it.
    fn counted(before: [usize; 4], after: [usize; 4]) -> Vec<Event> {
        let hand = Hand { number: 0, known: false };
        let of = |month, counts: [usize; 4]| {
            let each = symbols().into_iter().zip(counts);
            each.flat_map(move |(channel, count)| vec![Event { month, channel, hand }; count])
        };
        of(Month(MONTH - 1), before).chain(of(Month(MONTH), after)).collect()
    }

    fn around(events: &[Event], window: i32) -> Around<'_> {
        Around { channel: symbols()[0], month: Month(MONTH), window, events }
    }

    fn wdq(before: [usize; 4], after: [usize; 4]) -> Option<f64> {
        around(&counted(before, after), 2).wdq(class)
    }

    #[test]
    fn the_quotient_is_what_its_class_gained_over_what_it_lost() {
        let close = |got: Option<f64>, want: f64| {
            assert!(got.is_some_and(|got| (got - want).abs() < 1e-12), "{got:?} {want}");
        };
        // It fell by 8/4 - 2/4, and its class gained 6/4 - 4/4.
        close(wdq([8, 4, 4, 0], [2, 6, 4, 9]), -1.0 / 3.0);
        // Against the control it fell by 8/4 - 2/8, and its class with it by 4/4 - 6/8.
        close(wdq([8, 4, 4, 0], [2, 6, 8, 0]), 1.0 / 7.0);
        close(wdq([8, 0, 4, 0], [4, 4, 4, 0]), -1.0);
        assert_eq!(wdq([8, 4, 0, 0], [2, 6, 4, 0]), None, "no control before");
        assert_eq!(wdq([8, 4, 4, 0], [2, 6, 0, 0]), None, "nor after");
        assert_eq!(wdq([8, 0, 4, 0], [2, 0, 4, 0]), None, "no other of its class");
        assert_eq!(wdq([8, 4, 4, 0], [8, 6, 4, 0]), None, "it did not fall");
        let events = counted([8, 4, 4, 0], [2, 6, 4, 0]);
        let nameless = Around { channel: symbols()[3], ..around(&events, 2) };
        assert_eq!(nameless.wdq(class), None, "nobody knows its class");
    }

    fn event(month: i32, channel: usize, number: usize) -> Event {
        let hand = Hand { number, known: number > 0 };
        Event { month: Month(MONTH + month), channel: symbols()[channel], hand }
    }

    fn sorted(mut events: Vec<Event>) -> Vec<Event> {
        events.sort_unstable();
        events
    }

    #[test]
    fn as_many_months_are_compared_before_and_after() {
        let events: Vec<Event> = (-4..4).map(|month| event(month, 0, 1)).collect();
        assert_eq!(around(&events, 2).own(), [2, 2]);
        assert_eq!(around(&events, 3).own(), [3, 3]);
        let uneven = sorted(vec![event(-3, 0, 1), event(-2, 0, 1), event(1, 0, 1), event(2, 0, 1)]);
        assert_eq!(around(&uneven, 2).own(), [1, 1]);
        assert_eq!(around(&[event(-1, 1, 1), event(-1, 0, 1)], 2).own(), [1, 0]);
    }

    #[test]
    fn a_hand_moved_if_it_is_seen_where_it_was_not_before() {
        let events = sorted(vec![
            // The first moves, the second was there before, the third stays, the fourth is gone, the fifth moves to two.
            event(-1, 0, 1),
            event(0, 1, 1),
            event(-1, 0, 2),
            event(-2, 1, 2),
            event(1, 1, 2),
            event(-1, 0, 3),
            event(0, 0, 3),
            event(-1, 0, 4),
            event(-1, 0, 5),
            event(0, 1, 5),
            event(0, 2, 5),
            // Of three who were not on it one moves elsewhere, one stays, and one comes to it.
            event(-1, 2, 6),
            event(0, 1, 6),
            event(-1, 2, 7),
            event(0, 2, 7),
            event(-1, 2, 8),
            event(0, 0, 8),
            // Nothing says whose these are, and this hand came later.
            event(-1, 0, 0),
            event(0, 1, 0),
            event(0, 1, 9),
        ]);
        let [_, alike, ..] = symbols();
        let name = |channel| if channel == alike { "alike".into() } else { "other".into() };
        let found = around(&events, 2).moved(name);
        assert_eq!((found.hands, found.seen_after, found.moved), (5, 4, 2));
        assert_eq!(found.share, Some(0.4));
        assert_eq!(found.to, [("alike".to_owned(), 2), ("other".to_owned(), 1)]);
        assert!(found.usual.is_some_and(|usual| (usual - 1.0 / 3.0).abs() < 1e-12));
        assert!(found.interval.is_some_and(|[low, high]| low < 0.4 && 0.4 < high));
        assert!(found.usual_interval.is_some_and(|[low, high]| low < 0.33 && 0.34 < high));
        assert_eq!(around(&[], 2).moved(name), Moved::default());
    }

    #[test]
    fn the_other_channels_drift_without_the_closed_one() {
        // All of the others move from one to another; on the closed one nothing else would change.
        let events = sorted(vec![event(-1, 1, 1), event(0, 2, 1), event(-1, 0, 2), event(0, 0, 2)]);
        let drift = around(&events, 2).sides().drift(0, 1).expect("both sides");
        assert!((drift.bits - 1.0).abs() < 1e-12, "{drift:?}");
    }
}
