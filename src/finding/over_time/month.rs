//! Months in a row.

use std::fmt;

use crate::case::{Day, When};

/// A month of the calendar, counted from January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(pub(super) i32);

impl Month {
    /// The month in which something happened; none where its date is wider than a month, or missing.
    pub(super) fn of(when: When) -> Option<Self> {
        const WIDEST: i32 = 31;
        let (earliest, latest) = (when.earliest()?, when.latest()?);
        let narrow = latest.number().checked_sub(earliest.number())? < WIDEST;
        if narrow { Self::with(when.middle()?) } else { None }
    }

    pub(super) fn with(day: Day) -> Option<Self> {
        let (year, month) = day.year_and_month()?;
        Some(Self(i32::from(year) * 12 + i32::from(month) - 1))
    }

    /// From 0 for January.
    pub(super) fn of_year(self) -> u8 {
        u8::try_from(self.0.rem_euclid(12)).unwrap_or(0)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.of_year() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Option<String> {
        Month::of(When::parse(text).expect("a date")).map(|month| month.to_string())
    }

    #[test]
    fn a_date_is_of_one_month_or_of_none() {
        assert_eq!(month("2021-03-31").as_deref(), Some("2021-03"));
        assert_eq!(month("2021-03").as_deref(), Some("2021-03"));
        assert_eq!(month("2021-03-02~").as_deref(), Some("2021-03"));
        assert_eq!(month("2021"), None);
        assert_eq!(month("2021-03/.."), None);
    }
}
