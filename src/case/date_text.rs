//! A date as a text of the contract that stands for the same days.

use super::date::{Day, When};

/// The days of the years 0 to 9999, which can be written as they are.
const PLAIN: std::ops::RangeInclusive<i32> = -719_528..=2_932_896;

/// By how many days the doubt about a day, a month and a year widens a date.
const WIDENED: [(i32, usize); 3] = [(7, 10), (31, 7), (365, 4)];

impl When {
    /// The date as the contract writes it: it reads back as the same days.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::case::When;
    ///
    /// for text in ["2021-03", "2021-03/..", "2021-03-05~", "9999?", "not_asked", ""] {
    ///     let when = When::parse(text)?;
    ///     assert_eq!(When::parse(&when.written()), Ok(when), "{text}");
    /// }
    /// assert_eq!(When::parse("2021-02")?.written(), "2021-02");
    /// # Ok::<(), kluwen::case::BadDate>(())
    /// ```
    #[must_use]
    pub fn written(self) -> String {
        let (Some(earliest), Some(latest)) = (self.earliest(), self.latest()) else {
            return match (self.earliest(), self.latest()) {
                (Some(earliest), None) => format!("{}/..", end(earliest, 1)),
                (None, Some(latest)) => format!("../{}", end(latest, -1)),
                _ => self.why_missing().map_or("", super::symbol::Missing::code).to_owned(),
            };
        };
        let first = earliest.to_string();
        let whole = [4, 7, 10].iter().filter_map(|&length| first.get(..length));
        let whole = whole.into_iter().find(|text| Self::parse(text) == Ok(self));
        whole.map_or_else(|| format!("{}/{}", end(earliest, 1), end(latest, -1)), str::to_owned)
    }
}

/// An end of an interval. Beyond the years that can be written lies only what doubt has widened; `inwards` says
/// where the date in doubt lies.
fn end(day: Day, inwards: i32) -> String {
    if PLAIN.contains(&day.number()) {
        return day.to_string();
    }
    let candidates = WIDENED.iter().map(|&(days, length)| {
        let inner = Day::from_number(day.number() + inwards * days).to_string();
        format!("{}~", inner.get(..length).unwrap_or_default())
    });
    let stands_for = |text: &String| {
        When::parse(text).is_ok_and(|when| {
            let side = if inwards == 1 { when.earliest() } else { when.latest() };
            side == Some(day)
        })
    };
    candidates.into_iter().find(stands_for).unwrap_or_else(|| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_date_reads_back_as_it_was() {
        for text in [
            "2021",
            "2021-02",
            "2021-03-02",
            "2021-03-02~",
            "2021~",
            "2021-03/2021-05",
            "2021/..",
            "../2021?",
            "0000~",
            "0000-01~",
            "0000-01-03~",
            "9999?",
            "9999-12?",
            "9999-12-30?",
            "../9999?",
            "0000~/9999~",
            "",
            "unknown",
            "refused",
            "not_asked",
            "not_applicable",
            "0000",
            "9999-12-31",
        ] {
            let when = When::parse(text).expect("a date of the contract");
            assert_eq!(When::parse(&when.written()), Ok(when), "{text}: {}", when.written());
        }
    }
}
