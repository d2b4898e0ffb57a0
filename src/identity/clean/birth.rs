use jiff::civil::Date;

use crate::case::{Day, When};

/// How alike two dates of birth are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BirthLikeness {
    /// One day.
    Same,
    /// Two days a slip of the pen apart: another day or another month, one digit of the year, day and month swapped, or two
    /// neighbouring digits swapped.
    Near,
    /// They can be one day: the intervals overlap, or one is the first of January of the year of the other, which
    /// registers write when only the year is known.
    Compatible,
    /// They cannot be one day, but a slip or a guess may explain it.
    Different,
    /// Two days of which two parts or all three differ: not one person, unless a date is false.
    Excluded,
}

/// How alike two dates of birth are; none where either is missing.
///
/// - **Order**: does not matter.
/// - **Cost**: constant.
///
/// # Examples
///
/// ```
/// use kluwen::case::When;
/// use kluwen::identity::clean::{BirthLikeness, birth_likeness};
///
/// let like = |a, b| Ok::<_, kluwen::case::BadDate>(birth_likeness(When::parse(a)?, When::parse(b)?));
/// assert_eq!(like("1990-03-04", "1990-04-03")?, Some(BirthLikeness::Near));
/// assert_eq!(like("1990-03-04", "1990-03")?, Some(BirthLikeness::Compatible));
/// assert_eq!(like("1990-03-04", "1987-11-04")?, Some(BirthLikeness::Excluded));
/// assert_eq!(like("1990-03-04", "unknown")?, None);
/// # Ok::<(), kluwen::case::BadDate>(())
/// ```
#[must_use]
pub fn birth_likeness(a: When, b: When) -> Option<BirthLikeness> {
    if !a.is_known() || !b.is_known() {
        return None;
    }
    Some(match (single_day(a), single_day(b)) {
        (Some(a), Some(b)) => of_days(a, b),
        _ if a.overlaps(b) => BirthLikeness::Compatible,
        _ => BirthLikeness::Different,
    })
}

fn of_days(a: Date, b: Date) -> BirthLikeness {
    if a == b {
        BirthLikeness::Same
    } else if a.year() == b.year() && (is_new_year(a) || is_new_year(b)) {
        BirthLikeness::Compatible
    } else if is_slip(a, b) {
        BirthLikeness::Near
    } else if parts_that_differ(a, b) >= 2 {
        BirthLikeness::Excluded
    } else {
        BirthLikeness::Different
    }
}

/// The day, where the interval is one.
fn single_day(when: When) -> Option<Date> {
    let day: Day = when.earliest().filter(|day| when.latest() == Some(*day))?;
    let since = jiff::SignedDuration::from_hours(i64::from(day.number()) * 24);
    jiff::civil::date(1970, 1, 1).checked_add(since).ok()
}

fn is_new_year(date: Date) -> bool {
    date.month() == 1 && date.day() == 1
}

fn parts_that_differ(a: Date, b: Date) -> usize {
    [a.year() != b.year(), a.month() != b.month(), a.day() != b.day()]
        .into_iter()
        .filter(|&differs| differs)
        .count()
}

fn is_slip(a: Date, b: Date) -> bool {
    let (first, second) = (digits(a), digits(b));
    let differ: Vec<usize> = (0..8).filter(|&at| first[at] != second[at]).collect();
    let neighbours_swapped = matches!(differ[..], [x, y] if y == x + 1
        && first[x] == second[y] && first[y] == second[x]);
    let one_part = parts_that_differ(a, b) == 1 && (a.year() == b.year() || differ.len() == 1);
    let day_and_month_swapped =
        a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    one_part || day_and_month_swapped || neighbours_swapped
}

/// Year, month and day as eight digits.
fn digits(date: Date) -> [i16; 8] {
    let (year, month, day) = (date.year(), i16::from(date.month()), i16::from(date.day()));
    [
        year / 1000,
        year / 100 % 10,
        year / 10 % 10,
        year % 10,
        month / 10,
        month % 10,
        day / 10,
        day % 10,
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn like(a: &str, b: &str) -> Option<BirthLikeness> {
        let date = |text| When::parse(text).expect("a date of the contract");
        birth_likeness(date(a), date(b))
    }

    #[test]
    fn each_kind_of_difference_has_its_name() {
        use BirthLikeness::{Compatible, Different, Excluded, Near, Same};
        for (a, b, expected) in [
            ("1991-05-17", "1991-05-17", Same),
            ("1991-05-17", "1991-05-28", Near),
            ("1991-05-17", "1991-08-17", Near),
            ("1991-05-17", "1981-05-17", Near),
            ("1991-05-07", "1991-07-05", Near),
            ("1989-05-17", "1998-05-17", Near),
            ("1991-02-10", "1991-02-01", Near),
            ("1991-05-17", "1984-05-17", Different),
            ("1991-05-17", "1991-06-18", Excluded),
            // Swapped across the month and the day, and across the year and the month.
            ("1991-02-10", "1991-01-20", Near),
            ("1990-12-05", "1991-02-05", Near),
            // Two digits of the year that are no neighbours, or not swapped.
            ("1987-05-17", "1789-05-17", Different),
            ("1984-05-17", "1976-05-17", Different),
            ("1984-05-17", "1998-05-17", Different),
            // Day and month swapped by half, or in another year.
            ("1991-05-07", "1991-08-05", Excluded),
            ("1991-05-07", "1992-07-05", Excluded),
            // The first of another month, and another day of January, are days.
            ("1991-06-01", "1991-08-18", Excluded),
            ("1991-01-15", "1991-06-18", Excluded),
            ("1991-06-01", "1991-06-18", Near),
            ("1969-12-31", "1969-12-31", Same),
            ("1991-05-17", "1984-06-18", Excluded),
            ("1991-01-01", "1991-06-18", Compatible),
            ("1991-01-01", "1992-06-18", Excluded),
            ("1991", "1991-06-18", Compatible),
            ("1991-05", "1991-05", Compatible),
            ("1991-05-17~", "1991-05-20", Compatible),
            ("1991-05", "1991-06-18", Different),
            ("1991-05-17/..", "1980", Different),
        ] {
            assert_eq!(like(a, b), Some(expected), "{a} {b}");
            assert_eq!(like(b, a), Some(expected), "{b} {a}");
        }
    }

    #[test]
    fn a_missing_date_says_nothing() {
        assert_eq!(like("", "1991-05-17"), None);
        assert_eq!(like("1991-05-17", "refused"), None);
    }

    proptest! {
        #[test]
        fn any_two_intervals_can_be_compared(ends in any::<[i32; 4]>()) {
            let when = |a: i32, b: i32| When::between(Day::from_number(a.min(b)), Day::from_number(a.max(b)));
            let (a, b) = (when(ends[0], ends[1]), when(ends[2], ends[3]));
            prop_assert_eq!(birth_likeness(a, b), birth_likeness(b, a));
            let (a, b) = (when(ends[0], ends[0]), when(ends[2], ends[2]));
            prop_assert_eq!(birth_likeness(a, b), birth_likeness(b, a));
        }
    }

    #[test]
    fn a_date_has_eight_digits() {
        for (text, expected) in
            [("1987-06-25", [1, 9, 8, 7, 0, 6, 2, 5]), ("2043-12-09", [2, 0, 4, 3, 1, 2, 0, 9])]
        {
            let date = single_day(When::parse(text).expect("a day")).expect("a day");
            assert_eq!(digits(date), expected);
        }
    }
}
