//! Cases that may not be read any more, or not for this purpose.

use super::record::CaseFile;
use super::{Case, Day, When};
use crate::error::{Error, Position, Result, excerpt};

/// Until when cases may be kept, and for what they were recorded, held against today and the purpose of a reading.
///
/// A case may be read up to the last day that its `retain_until` can mean: `2030` is over on 2031-01-01. One without such a day may be
/// read: nobody wrote down an end. Purposes are one if they are the same letters, whatever their case and the blanks around and between words.
///
/// # Examples
///
/// ```
/// use kluwen::case::{Case, Day, Retention};
///
/// let case = Case::open("graphs/study25")?;
/// let on = |today: &str| Retention { today: Day::parse(today).unwrap(), purposes: Vec::new() };
/// assert!(on("2034-12-31").expired(&case).is_empty());
/// assert_eq!(on("2035-02-17").expired(&case)[0].case_id, "c1");
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The day of the reading.
    pub today: Day,
    /// The purposes for which a case may have been recorded; all, if there are none.
    pub purposes: Vec<String>,
}

/// A case that a rule keeps from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barred {
    /// Its id.
    pub case_id: String,
    /// Where the cell stands that says so.
    pub position: Position,
    /// What stands there.
    pub found: String,
}

impl Day {
    /// The day that a text names; none where it names no day, or more than one.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::case::Day;
    ///
    /// assert_eq!(Day::parse("1970-01-02"), Some(Day::from_number(1)));
    /// assert_eq!(Day::parse("1970-01"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let when = When::parse(text).ok()?;
        when.earliest().filter(|day| when.latest() == Some(*day))
    }
}

impl Retention {
    /// The cases whose time is over.
    #[must_use]
    pub fn expired(&self, case: &Case) -> Vec<Barred> {
        let over =
            |file: &&CaseFile| file.retain_until.latest().is_some_and(|day| day < self.today);
        let barred = |file: &CaseFile| {
            let day = file.retain_until.latest().map(|day| day.to_string()).unwrap_or_default();
            let id = excerpt(case.text(file.case));
            Barred {
                found: format!("case `{id}` may be kept until {day}, and today is {}", self.today),
                ..Barred::of(case, file, "retain_until")
            }
        };
        case.cases.iter().filter(over).map(barred).collect()
    }

    /// The cases that were recorded for another purpose than those of the reading; one of which no purpose is on record is among them.
    #[must_use]
    pub fn of_other_purposes(&self, case: &Case) -> Vec<Barred> {
        let own: Vec<String> = self.purposes.iter().map(|purpose| plain(purpose)).collect();
        let other = |file: &&CaseFile| {
            let purpose = file.purpose.known().map(|purpose| plain(case.text(purpose)));
            !own.is_empty() && !purpose.is_some_and(|purpose| own.contains(&purpose))
        };
        let barred = |file: &CaseFile| {
            let id = excerpt(case.text(file.case));
            let found = match file.purpose.known() {
                Some(purpose) => {
                    format!("case `{id}` was recorded for `{}`", excerpt(case.text(purpose)))
                }
                None => format!("case `{id}` was recorded for no stated purpose"),
            };
            Barred { found, ..Barred::of(case, file, "purpose") }
        };
        if case.cases.is_empty() && !own.is_empty() {
            return vec![Barred {
                case_id: String::new(),
                position: Position { file: "cases".into(), ..Position::default() },
                found: "no row that says for what anything was recorded".into(),
            }];
        }
        case.cases.iter().filter(other).map(barred).collect()
    }
}

impl Barred {
    fn of(case: &Case, file: &CaseFile, column: &str) -> Self {
        let position = Position {
            file: case.files[usize::from(file.assertion.file)].clone(),
            line: file.assertion.line.into(),
            column: column.into(),
        };
        Self { case_id: case.text(file.case).to_owned(), position, found: String::new() }
    }

    /// An error for the first of these, which counts the others.
    ///
    /// # Errors
    ///
    /// If there is one.
    pub fn refuse(all: &[Self], expected: &str) -> Result<()> {
        let Some((first, others)) = all.split_first() else { return Ok(()) };
        let more = match others.len() {
            0 => String::new(),
            1 => " (and one case more)".into(),
            count => format!(" (and {count} cases more)"),
        };
        Err(Error::data(first.position.clone(), format!("{}{more}", first.found), expected))
    }
}

/// A purpose in lower case, with one blank between words.
fn plain(purpose: &str) -> String {
    let words: Vec<String> = purpose.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::sketch::taken;
    use super::*;

    fn case(cases: &str) -> Case {
        let text = format!("case_id,purpose,retain_until\n{cases}");
        let people = ("people.csv", "person_id\n");
        taken(&[("cases.csv", &text), people, ("links.csv", "from,to,kind\n")]).case
    }

    fn of(today: &str, purposes: &[&str]) -> Retention {
        let purposes = purposes.iter().map(|purpose| (*purpose).to_owned()).collect();
        Retention { today: Day::parse(today).expect("a day"), purposes }
    }

    fn told(barred: &[Barred]) -> Vec<String> {
        barred
            .iter()
            .map(|one| format!("{} {}: {}", one.case_id, one.position, one.found))
            .collect()
    }

    #[test]
    fn a_day_is_one_day() {
        for text in ["2020-03", "2020-03-01/2020-03-02", "2020-03-01~", "", "unknown", "x"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(Day::parse("2020-03-01/2020-03-01"), Day::parse("2020-03-01"));
    }

    #[test]
    fn a_case_may_be_kept_to_the_last_day_that_is_meant() {
        let case = case("c1,,2030\nc2,,2030-12-30\nc3,,\nc4,,2030-06/..\n");
        assert_eq!(told(&of("2030-12-30", &[]).expired(&case)), [""; 0]);
        let second = "c2 cases.csv:3: column `retain_until`: case `c2` may be kept until 2030-12-30, and today is";
        assert_eq!(told(&of("2030-12-31", &[]).expired(&case)), [format!("{second} 2030-12-31")]);
        let first = "c1 cases.csv:2: column `retain_until`: case `c1` may be kept until 2030-12-31, and today is";
        assert_eq!(
            told(&of("2031-01-01", &[]).expired(&case)),
            [format!("{first} 2031-01-01"), format!("{second} 2031-01-01")]
        );
    }

    #[test]
    fn a_case_is_read_for_a_purpose_that_it_was_recorded_for() {
        let case = case("c1,Find Victims,\nc2,  study of  routes ,\nc3,,\nc4,unknown,\n");
        assert_eq!(told(&of("2030-01-01", &[]).of_other_purposes(&case)), [""; 0]);
        let nothing = |case: &str, line: u32| {
            format!(
                "{case} cases.csv:{line}: column `purpose`: case `{case}` was recorded for no stated purpose"
            )
        };
        assert_eq!(
            told(&of("2030-01-01", &["x", " find   victims"]).of_other_purposes(&case)),
            [
                "c2 cases.csv:3: column `purpose`: case `c2` was recorded for `  study of  routes `".to_owned(),
                nothing("c3", 4),
                nothing("c4", 5)
            ]
        );
        let both = of("2030-01-01", &["Find victims", "STUDY of routes"]).of_other_purposes(&case);
        assert_eq!(told(&both), [nothing("c3", 4), nothing("c4", 5)]);
    }

    #[test]
    fn without_any_case_no_purpose_is_on_record() {
        let case = case("");
        assert_eq!(told(&of("2030-01-01", &[]).of_other_purposes(&case)), [""; 0]);
        assert_eq!(
            told(&of("2030-01-01", &["x"]).of_other_purposes(&case)),
            [" cases: no row that says for what anything was recorded"]
        );
    }

    #[test]
    fn the_first_of_them_is_the_error_and_the_others_are_counted() {
        let one = |found: &str| Barred {
            case_id: "c".into(),
            position: Position { file: "cases.csv".into(), line: 2, column: String::new() },
            found: found.into(),
        };
        let refused =
            |all: &[Barred]| Barred::refuse(all, "another").err().map(|error| error.to_string());
        assert_eq!(refused(&[]), None);
        for (all, told) in [
            (vec![one("a")], "cases.csv:2: a; expected another"),
            (vec![one("a"), one("b")], "cases.csv:2: a (and one case more); expected another"),
            (
                vec![one("a"), one("b"), one("c")],
                "cases.csv:2: a (and 2 cases more); expected another",
            ),
        ] {
            assert_eq!(refused(&all).as_deref(), Some(told));
        }
    }
}
