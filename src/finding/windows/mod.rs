//! Grooming windows: how long from first contact to exploitation, and so how long there is to prevent it.

mod after;
mod dates;
mod estimate;
mod found;
mod groups;
mod reach;

pub use after::LastContact;
pub use found::{Partition, SurvivalPoint, WindowGroup, Windows};
pub use reach::Reach;

use self::dates::{Window, dates, window};
use self::estimate::{Estimate, apart};
use self::groups::Traits;
use super::standing::Standings;
use super::survival::Time;
use crate::case::Case;
use crate::identity::Entities;

/// How long victims were groomed.
///
/// A victim counts once a case, from the earliest first contact by anybody but a professional or
/// a bystander to the earliest exploitation. One never exploited was watched until the case closed
/// or, where it did not close, until it opened. Where every date is a day, the estimate is Kaplan and
/// Meier's with Greenwood's interval; where some are months, the window lies between its shortest and
/// its longest possible length, the estimate is Turnbull's, and the intervals come from drawing the
/// victims anew.
///
/// What it is **not**: the window of all victims. It is that of those in case files whose dates are on record.
///
/// - **Groups**: by age, channel, where she lived, affection or force; the log-rank test where all is known to the day, Finkelstein's
///   score test with Fay's variance where it is not.
/// - **Beside it**: for how many a signal came days before ([`Reach`]), and contact afterwards ([`LastContact`]).
/// - **Cost**: `O(draws × rounds × victims)`.
/// - **Order**: the same for any number of threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grooming {
    /// How often the victims are drawn anew for the intervals.
    pub draws: usize,
    /// The seed of the draws.
    pub seed: u64,
}

impl Default for Grooming {
    fn default() -> Self {
        Self { draws: 200, seed: 0 }
    }
}

impl Grooming {
    /// The time from first contact to exploitation over all victims.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::case::{ReadOptions, read};
    /// use kluwen::finding::Grooming;
    /// use kluwen::identity::Entities;
    ///
    /// let case = read("graphs/study25".as_ref(), &ReadOptions::default())?.case;
    /// let windows = Grooming::default().find(&case, &Entities::as_given(&case));
    /// assert_eq!((windows.victims, windows.events), (31, 27));
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    #[must_use]
    pub fn find(&self, case: &Case, entities: &Entities) -> Windows {
        let standings = Standings::of(case, entities);
        let dates = dates(case, entities, &standings);
        let mut windows = Windows {
            reach: reach::reach((case, entities), &standings, &dates),
            contact_after: after::last_contact(self, case, entities),
            ..Windows::default()
        };
        let mut victims: Vec<(Time, Traits)> = Vec::new();
        for ((file, victim), dates) in dates {
            match window(case, file, &dates) {
                Window::Undated => windows.undated += 1,
                Window::Impossible => windows.impossible += 1,
                Window::Known { time, to_the_day } => {
                    windows.to_the_day += usize::from(to_the_day && time.most.is_some());
                    let (class, means) = (dates.class, dates.means);
                    victims.push((time, Traits { victim, file, class, means }));
                }
                Window::NoContact => {}
            }
        }
        windows.by = groups::partitions(self, (case, entities), &victims);
        windows.tell(Estimate::of(self, victims.into_iter().map(|one| one.0).collect()));
        windows
    }
}

impl Windows {
    fn tell(&mut self, own: Estimate) {
        self.method = own.method;
        self.victims = own.victims;
        self.events = own.events;
        self.median_days = own.median;
        self.median_interval = own.median_interval;
        (self.within_7_days, self.within_7_days_interval) = apart(own.week);
        (self.within_30_days, self.within_30_days_interval) = apart(own.month);
        self.curve = own.curve;
    }
}
