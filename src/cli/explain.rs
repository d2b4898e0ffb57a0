//! What `kluwen recruiters --explain` says beside the rows of evidence.

use kluwen::finding::Recruiter;
use kluwen::output::{Cell, Sheet};

use super::flags::Form;
use super::print;
use super::recruiters::rounded;

/// Flags, companions, and what would raise or lower the recurrence.
pub(crate) fn around(one: &Recruiter) -> Sheet {
    let mut sheet = Sheet::new(["about", "what", "recurrence", "rank"]);
    let mut add = |about: &str, what: String, recurrence: Option<f64>, rank: Option<usize>| {
        sheet.push([
            Cell::from(about.to_owned()),
            what.into(),
            recurrence.map_or(Cell::Missing, rounded),
            rank.map_or(Cell::Missing, Cell::from),
        ]);
    };
    for caution in &one.cautions {
        add("caution", caution.to_string(), None, None);
    }
    let active = format!("active in the last 24 months of the data: {:.2}", one.active_now);
    add("now", active, None, None);
    if let Some(rate) = one.rate {
        let what = format!(
            "{:.2} victims for each of {} cases, 95% at least {:.2}",
            rate.mean, rate.cases, rate.lower
        );
        add("rate", what, None, None);
    }
    if let Some(over) = one.over_expression {
        let what = format!(
            "{} of {} ties are a recruiter's, false discovery rate {:.4}",
            over.recruiting, over.ties, over.q
        );
        add("ties", what, None, None);
    }
    for reading in &one.grade_readings {
        let what = format!("grades read {}", reading.grades);
        add("grades", what, Some(reading.recurrence), Some(reading.rank));
    }
    for (about, left) in
        [("without case", &one.without_case), ("without source", &one.without_source)]
    {
        if let Some(left) = left {
            add(about, left.what.clone(), Some(left.recurrence), Some(left.rank));
        }
    }
    let near = "recruitments a month apart or less are one episode".to_owned();
    add("episodes", near, Some(one.recurrence_by_gap), None);
    if !one.decisive_rows.is_empty() {
        add("under .5 without", print::listed(&one.decisive_rows, Form::Table), None, None);
    }
    for change in &one.would_raise {
        add("would raise it", change.what.to_string(), Some(change.recurrence), None);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::super::trial::{lines, somebody};
    use super::*;

    #[test]
    fn what_stands_beside_a_recurrence_is_told_line_by_line() {
        let rows = lines(&around(&somebody()));
        assert_eq!(
            rows[..rows.len() - 1],
            [
                "caution,a client in a case that counts here,,",
                "now,active in the last 24 months of the data: 0.46,,",
                "rate,\"1.23 victims for each of 5 cases, 95% at least 0.34\",,",
                "ties,\"4 of 9 ties are a recruiter's, false discovery rate 0.0123\",,",
                "grades,grades read strict,0.5,3",
                "without case,c1,0.25,5",
                "without source,s1,0.25,6",
                "episodes,recruitments a month apart or less are one episode,0.125,",
                "under .5 without,links.csv:2 links.csv:3,,"
            ]
        );
        let last = rows.last().expect("what would raise it");
        assert!(last.starts_with("would raise it,") && last.ends_with(",0.995,"), "{last}");
    }

    #[test]
    fn what_there_is_nothing_to_say_of_has_no_line() {
        let one = Recruiter {
            cautions: Vec::new(),
            rate: None,
            over_expression: None,
            grade_readings: Vec::new(),
            without_case: None,
            without_source: None,
            decisive_rows: Vec::new(),
            would_raise: Vec::new(),
            ..somebody()
        };
        assert_eq!(lines(&around(&one)).len(), 2, "now, and episodes by gaps");
    }
}
