//! Dates as the files give them: never a moment, always an interval of days.

use std::fmt;

use jiff::civil::Date;

use super::symbol::Missing;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// When something happened, as far as a date cell says.
///
/// A date stands for the interval from its earliest to its latest day: `2021-03` is any day of
/// that March. An open end (`2021-03/..`) has no latest day. `?` (uncertain) and `~` (about) widen
/// the interval by [`WIDENED_DAYS`] on either side for a day, by a month for a month, and by a year for
/// a year.
///
/// - **Shape**: 8 bytes, whatever it says.
///
/// # Examples
///
/// ```
/// use kluwen::case::When;
///
/// let march = When::parse("2021-03")?;
/// assert_eq!(march.to_string(), "2021-03-01/2021-03-31");
/// assert_eq!(When::parse("2021-03-05~")?.to_string(), "2021-02-26/2021-03-12");
/// assert!(When::parse("03/04/2024").is_err());
/// # Ok::<(), kluwen::case::BadDate>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct When {
    earliest: i32,
    latest: i32,
}

/// By how many days `?` and `~` widen a date of one day on either side.
pub const WIDENED_DAYS: i32 = 7;

/// No earliest day: the interval is open at its start.
const OPEN_START: i32 = i32::MIN + 1;
/// No latest day: the interval is open at its end.
const OPEN_END: i32 = i32::MAX;
/// There is no date; the other half says why.
const NO_DATE: i32 = i32::MIN;

/// The days that a text can stand for: those of the years 0 to 9999, and a leap year on either side.
const WRITTEN: std::ops::RangeInclusive<i32> = -719_528 - 366..=2_932_896 + 366;

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadDate {
    /// It is not written as a year, a month, a day or an interval.
    Form,
    /// Its day and month could be either way round.
    DayOrMonthFirst,
    /// There is no such day.
    Calendar,
    /// It ends before it begins.
    Reversed,
}

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => {
                "`2021-03-02`, `2021-03`, `2021`, an interval `2021-03/2021-05` or `2021-03/..`, \
                 each with `?` or `~` where it is not sure"
            }
            Self::DayOrMonthFirst => {
                "year first, as in `2024-04-03`: a date such as this can be read two ways, so \
                 write which day is meant"
            }
            Self::Calendar => "a day that exists",
            Self::Reversed => "an interval that does not end before it begins",
        })
    }
}

impl std::error::Error for BadDate {}

impl Day {
    /// The day so many days after 1970-01-01.
    #[must_use]
    pub fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// How many days after 1970-01-01.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    fn from_date(date: Date) -> Self {
        let hours = date.duration_since(EPOCH).as_hours();
        Self(i32::try_from(hours.div_euclid(24)).expect("the calendar has fewer than 2³¹ days"))
    }

    /// The year and the month of the year, from 1; none beyond the calendar.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::case::When;
    ///
    /// let day = When::parse("2021-03-02").unwrap().earliest().unwrap();
    /// assert_eq!(day.year_and_month(), Some((2021, 3)));
    /// ```
    #[must_use]
    pub fn year_and_month(self) -> Option<(i16, i8)> {
        self.to_date().map(|date| (date.year(), date.month()))
    }

    fn to_date(self) -> Option<Date> {
        EPOCH.checked_add(jiff::SignedDuration::from_hours(i64::from(self.0) * 24)).ok()
    }
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_date() {
            Some(date) => write!(f, "{date}"),
            None => f.write_str("beyond the calendar"),
        }
    }
}

impl When {
    /// No date, because nobody wrote one down.
    pub const UNRECORDED: Self = Self { earliest: NO_DATE, latest: Missing::NotRecorded as i32 };

    /// No date, for the reason given.
    #[must_use]
    pub fn missing(reason: Missing) -> Self {
        Self { earliest: NO_DATE, latest: reason as i32 }
    }

    /// The interval from one day to another.
    #[must_use]
    pub fn between(earliest: Day, latest: Day) -> Self {
        Self { earliest: earliest.0, latest: latest.0 }
    }

    /// From that day on, nobody wrote down until when.
    #[must_use]
    pub fn since(earliest: Day) -> Self {
        Self { earliest: earliest.0, latest: OPEN_END }
    }

    /// Whether there is a date.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.earliest != NO_DATE
    }

    /// Why there is no date, if there is none.
    #[must_use]
    pub fn why_missing(self) -> Option<Missing> {
        const REASONS: [Missing; 5] = [
            Missing::NotRecorded,
            Missing::Unknown,
            Missing::Refused,
            Missing::NotAsked,
            Missing::NotApplicable,
        ];
        let reason = usize::try_from(self.latest).ok().and_then(|n| REASONS.get(n).copied());
        if self.is_known() { None } else { reason }
    }

    /// The first day on which it can have happened.
    #[must_use]
    pub fn earliest(self) -> Option<Day> {
        (self.earliest > OPEN_START).then_some(Day(self.earliest))
    }

    /// The last day on which it can have happened.
    #[must_use]
    pub fn latest(self) -> Option<Day> {
        (self.is_known() && self.latest != OPEN_END).then_some(Day(self.latest))
    }

    /// The middle of the interval, where both its ends are known.
    #[must_use]
    pub fn middle(self) -> Option<Day> {
        let (earliest, latest) = (self.earliest()?.0, self.latest()?.0);
        Some(Day(earliest + (latest - earliest) / 2))
    }

    /// Whether both can have happened on one day, or within one interval.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.is_known()
            && other.is_known()
            && self.earliest <= other.latest
            && other.earliest <= self.latest
    }

    /// From the start of this to the end of `end`.
    #[must_use]
    pub fn until(self, end: Self) -> Self {
        Self { earliest: self.earliest, latest: end.latest }
    }

    /// Whether it certainly ended before `other` began.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        self.is_known() && other.is_known() && self.latest < other.earliest
    }

    /// Its two halves, as a snapshot holds them.
    pub(super) fn to_numbers(self) -> [i32; 2] {
        [self.earliest, self.latest]
    }

    /// What has these halves; none where no text stands for that.
    pub(super) fn from_numbers([earliest, latest]: [i32; 2]) -> Option<Self> {
        let when = Self { earliest, latest };
        let open = (earliest == OPEN_START, latest == OPEN_END);
        let dated = (open.0 || WRITTEN.contains(&earliest))
            && (open.1 || WRITTEN.contains(&latest))
            && open != (true, true)
            && earliest <= latest;
        (dated || when.why_missing().is_some()).then_some(when)
    }

    /// The date that `text` stands for.
    ///
    /// # Errors
    ///
    /// If it is not a date of the contract.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        if let Some(reason) = Missing::parse(text) {
            return Ok(Self::missing(reason));
        }
        let Some((start, end)) = halves(text) else {
            return endpoint(text);
        };
        let open = |text: &str| text == ".." || text.is_empty();
        if (open(start) && open(end)) || end.contains('/') {
            return Err(bad_form(text));
        }
        let side = |side: &str| {
            endpoint(side).map_err(|bad| if bad == BadDate::Form { bad_form(text) } else { bad })
        };
        let earliest = if open(start) { OPEN_START } else { side(start)?.earliest };
        let latest = if open(end) { OPEN_END } else { side(end)?.latest };
        if earliest > latest {
            return Err(BadDate::Reversed);
        }
        Ok(Self { earliest, latest })
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reason) = self.why_missing() {
            return f.write_str(reason.code());
        }
        match (self.earliest(), self.latest()) {
            (Some(earliest), Some(latest)) if earliest == latest => write!(f, "{earliest}"),
            (Some(earliest), Some(latest)) => write!(f, "{earliest}/{latest}"),
            (Some(earliest), None) => write!(f, "{earliest}/.."),
            (None, Some(latest)) => write!(f, "../{latest}"),
            (None, None) => f.write_str("../.."),
        }
    }
}

/// The two ends of an interval; none where the text is one date. A day, the usual case, is told by its form.
fn halves(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let is_day = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    if is_day { None } else { text.split_once('/') }
}

/// `03/04/2024`, `3-4-2024`, `03.04.24`: numbers that end in the year.
fn bad_form(text: &str) -> BadDate {
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).collect();
    let numbers =
        parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let day_first = parts.len() == 3 && numbers && parts[0].len() <= 2;
    if day_first { BadDate::DayOrMonthFirst } else { BadDate::Form }
}

/// A year, a month or a day, with `?`, `~` or `%` after it where it is not sure.
fn endpoint(text: &str) -> Result<When, BadDate> {
    let bare = text.strip_suffix(['?', '~', '%']);
    let (written, unsure) = (bare.unwrap_or(text), bare.is_some());
    let parts = written.as_bytes();
    let number =
        |range: std::ops::Range<usize>| digits(&parts[range]).ok_or_else(|| bad_form(text));
    let dash = |at: usize| {
        if parts[at] == b'-' { Ok(()) } else { Err(bad_form(text)) }
    };
    let (first, last, margin) = match parts.len() {
        4 => {
            let year = number(0..4)?;
            (day(year, 1, 1)?, day(year, 12, 31)?, 365)
        }
        7 => {
            dash(4)?;
            let (year, month) = (number(0..4)?, number(5..7)?);
            let first = day(year, month, 1)?;
            (first, first.last_of_month(), 31)
        }
        10 => {
            dash(4)?;
            dash(7)?;
            let date = day(number(0..4)?, number(5..7)?, number(8..10)?)?;
            (date, date, WIDENED_DAYS)
        }
        _ => return Err(bad_form(text)),
    };
    let (earliest, latest) = (Day::from_date(first).0, Day::from_date(last).0);
    let margin = if unsure { margin } else { 0 };
    Ok(When { earliest: earliest - margin, latest: latest + margin })
}

fn day(year: i16, month: i16, day: i16) -> Result<Date, BadDate> {
    let small = |n: i16| i8::try_from(n).map_err(|_| BadDate::Calendar);
    Date::new(year, small(month)?, small(day)?).map_err(|_| BadDate::Calendar)
}

fn digits(bytes: &[u8]) -> Option<i16> {
    bytes.iter().try_fold(0_i16, |n, b| b.is_ascii_digit().then(|| n * 10 + i16::from(b - b'0')))
}

#[cfg(test)]
mod tests;
