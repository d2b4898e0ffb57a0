//! For what a case is read, and whether its time is over.

use std::time::{SystemTime, UNIX_EPOCH};

use kluwen::case::{Barred, Case, Day, Retention};
use kluwen::error::{Error, Result, excerpt};

use super::{Manner, record};

/// Whether a case may be read today, and for this purpose, as the flags of reading say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules<'f> {
    pub(crate) recorded_for: &'f [String],
    pub(crate) other_purpose: Option<&'f str>,
    pub(crate) expired: Option<&'f str>,
    pub(crate) today: Option<&'f str>,
    /// Whether ids are shown by pseudonyms: then no message names a case.
    pub(crate) by_pseudonyms: bool,
}

const EXPIRED: &str = "a case whose time is not over; `kluwen purge --case-id ID PATH` takes one out of the files, and \
     `--expired WHY` reads it all the same";
const OTHER: &str = "a case that was recorded for what `--recorded-for` says; leave it out of what is read, or give `--other-purpose WHY`";

impl Rules<'_> {
    /// Refuses a case that may not be read, unless a reason was given.
    pub(crate) fn check(self, case: &Case, manner: Manner) -> Result<()> {
        let why = [reason("expired", self.expired)?, reason("other-purpose", self.other_purpose)?];
        let rules = Retention {
            today: self.not_before_the_clock(why[0].is_some())?,
            purposes: self.recorded_for.to_vec(),
        };
        self.check_repeated(case, why[0].is_some())?;
        let expired = rules.expired(case);
        let other = rules.of_other_purposes(case);
        match why[0] {
            Some(why) => {
                record::expired(&expired);
                self.told(manner, "although the time to keep it is over", &expired, why);
            }
            None if record::repeated().is_some_and(|repeated| repeated.expired_too) => {}
            None => self.refuse(expired, EXPIRED)?,
        }
        match why[1] {
            Some(why) => {
                record::of_other_purpose(&other);
                self.told(manner, "although recorded for another purpose", &other, why);
            }
            None => self.refuse(other, OTHER)?,
        }
        Ok(())
    }

    /// A command that is repeated later reads what may be read then, whatever day it was first given on.
    fn check_repeated(self, case: &Case, is_expired_read: bool) -> Result<()> {
        let Some(repeated) = record::repeated() else { return Ok(()) };
        if repeated.expired_too || !(is_expired_read || self.today.is_some()) {
            return Ok(());
        }
        let rules = Retention { today: repeated.today, purposes: Vec::new() };
        self.refuse(rules.expired(case), EXPIRED)
    }

    /// Refuses them; under a key only the place says which.
    fn refuse(self, mut barred: Vec<Barred>, expected: &str) -> Result<()> {
        if self.by_pseudonyms {
            for case in &mut barred {
                case.found = "a case that may not be read; its id and what stands there are not told, because ids are shown by pseudonyms".into();
            }
        }
        Barred::refuse(&barred, expected)
    }

    /// Tells which cases are read although a rule says no, and why; under a key only where they stand.
    fn told(self, manner: Manner, what: &str, cases: &[Barred], why: &str) {
        let which = |case: &Barred| {
            if self.by_pseudonyms { case.position.to_string() } else { excerpt(&case.case_id) }
        };
        let count = match cases.len() {
            0 => return,
            1 => "One case is".to_owned(),
            count => format!("{count} cases are"),
        };
        let all: Vec<String> = cases.iter().map(which).collect();
        manner.say(&format!(
            "{count} read {what}, for the reason `{}`: {}",
            excerpt(why),
            all.join(", ")
        ));
    }

    /// Says how many cases should no longer be here, where they are looked at and not refused.
    pub(crate) fn tell_expired(self, case: &Case, manner: Manner) -> Result<()> {
        let rules = Retention { today: self.today()?, purposes: Vec::new() };
        match rules.expired(case).as_slice() {
            [] => {}
            all => manner.say(&format!(
                "The time of {} is over, the first of them at {}: `kluwen purge` takes a case out of the files",
                if all.len() == 1 { "one case".into() } else { format!("{} cases", all.len()) },
                all[0].position
            )),
        }
        Ok(())
    }

    /// The day of the flag. One that is past would let cases be read whose time is over: that takes a reason, and the cases are
    /// told as of today.
    fn not_before_the_clock(self, is_expired_read: bool) -> Result<Day> {
        let asked = self.today()?;
        if self.today.is_none() || record::repeated().is_some() {
            return Ok(asked);
        }
        let real = today()?;
        if asked < real && !is_expired_read {
            return Err(Error::usage(format!(
                "`--today {asked}` is past, and cases would be read whose time is over since: leave it out, or give `--expired WHY` too"
            )));
        }
        Ok(asked.max(real))
    }

    fn today(self) -> Result<Day> {
        match self.today {
            Some(text) => Day::parse(text).ok_or_else(|| {
                Error::usage(format!(
                    "`--today {}`: expected a day such as 2026-03-02",
                    excerpt(text)
                ))
            }),
            None => today(),
        }
    }
}

/// Why a rule is set aside; an empty reason is none.
pub(crate) fn reason<'w>(flag: &str, why: Option<&'w str>) -> Result<Option<&'w str>> {
    let Some(why) = why else { return Ok(None) };
    if why.trim().is_empty() {
        return Err(Error::usage(format!(
            "`--{flag}` takes the reason for which the rule is set aside"
        )));
    }
    Ok(Some(why))
}

/// The day of the clock, in UTC.
pub(crate) fn today() -> Result<Day> {
    const DAY: i64 = 86_400;
    let day = i32::try_from(seconds()?.div_euclid(DAY));
    day.map(Day::from_number)
        .map_err(|_| Error::usage("SOURCE_DATE_EPOCH is no time that a calendar knows"))
}

/// Seconds since 1970 began: `SOURCE_DATE_EPOCH`, where that is set, or the clock's.
pub(crate) fn seconds() -> Result<i64> {
    if let Some(set) = std::env::var_os("SOURCE_DATE_EPOCH") {
        let text = set.to_string_lossy();
        return text.parse().map_err(|_| {
            Error::usage(format!("SOURCE_DATE_EPOCH={}: expected whole seconds", excerpt(&text)))
        });
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.ok().and_then(|since| i64::try_from(since.as_secs()).ok()).ok_or_else(|| {
        Error::usage("the clock stands before 1970; set it, or give SOURCE_DATE_EPOCH")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_set_aside_only_for_a_reason() {
        assert_eq!(reason("expired", None).expect("no flag"), None);
        assert_eq!(reason("expired", Some("court order")).expect("a reason"), Some("court order"));
        for empty in ["", "  "] {
            let error = reason("expired", Some(empty)).expect_err("no reason").to_string();
            assert!(error.starts_with("`--expired` takes the reason"), "{error}");
        }
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        let today = |text| {
            let rules = Rules {
                recorded_for: &[],
                other_purpose: None,
                expired: None,
                today: Some(text),
                by_pseudonyms: false,
            };
            rules.today().map(Day::number).map_err(|error| error.to_string())
        };
        assert_eq!(today("1970-01-03"), Ok(2));
        for text in ["2019", "soon", "2019-02-30"] {
            let error = today(text).expect_err(text);
            assert_eq!(error, format!("`--today {text}`: expected a day such as 2026-03-02"));
        }
    }
}
