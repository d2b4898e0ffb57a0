//! What stands beside a recurrence: how it would change, and what else is to be known.

use super::phrases::chance;
use crate::finding::{GradeReading, MissingRow, OverExpression, Rate, Recruiter, Without};
use crate::output::percent::percent;
use crate::output::words::Words;

/// Each companion of a recurrence as a sentence; sources are counted, not named.
pub(super) fn beside(one: &Recruiter, words: &Words) -> Vec<String> {
    let mut lines =
        vec![words.with("beside-active", &[("chance", chance(one.active_now, words).into())])];
    lines.extend(one.rate.map(|rate| rate_of(rate, words)));
    lines.extend(one.over_expression.map(|over| ties(over, words)));
    let readings = one.grade_readings.iter().filter(|reading| reading.grades != "default");
    lines.extend(readings.map(|reading| grades(reading, words)));
    lines.extend(one.without_case.as_ref().map(|left| without("beside-without-case", left, words)));
    let source = one.without_source.as_ref();
    lines.extend(source.map(|left| without("beside-without-source", left, words)));
    let by_gap = percent(one.recurrence_by_gap);
    lines.push(words.with("beside-by-gap", &[("recurrence", by_gap.into())]));
    if !one.decisive_rows.is_empty() {
        let rows = one.decisive_rows.join(", ");
        lines.push(words.with("beside-decisive", &[("rows", rows.into())]));
    }
    lines.extend(
        one.would_raise.iter().map(|change| raised(change.recurrence, &change.what, words)),
    );
    lines
}

fn rate_of(rate: Rate, words: &Words) -> String {
    words.with(
        "beside-rate",
        &[
            ("cases", rate.cases.into()),
            ("mean", two(rate.mean, words).into()),
            ("lower", two(rate.lower, words).into()),
        ],
    )
}

fn ties(over: OverExpression, words: &Words) -> String {
    words.with(
        "beside-ties",
        &[
            ("recruiting", over.recruiting.into()),
            ("ties", over.ties.into()),
            ("rate", small(over.q, words).into()),
        ],
    )
}

fn grades(reading: &GradeReading, words: &Words) -> String {
    let key = if reading.grades == "strict" { "beside-strict" } else { "beside-lenient" };
    let recurrence = percent(reading.recurrence);
    words.with(key, &[("recurrence", recurrence.into()), ("rank", reading.rank.into())])
}

/// What is left without a case file, or without a source, which is not named.
fn without(key: &str, left: &Without, words: &Words) -> String {
    let mut values =
        vec![("recurrence", percent(left.recurrence).into()), ("rank", left.rank.into())];
    if key == "beside-without-case" {
        values.push(("case", left.what.as_str().into()));
    }
    words.with(key, &values)
}

fn raised(recurrence: f64, what: &MissingRow, words: &Words) -> String {
    let mut values =
        vec![("recurrence", percent(recurrence).into()), ("victim", what.victim.as_str().into())];
    match &what.case_id {
        Some(file) => {
            values.push(("case", file.as_str().into()));
            words.with("beside-raised-in", &values)
        }
        None => words.with("beside-raised", &values),
    }
}

fn two(number: f64, words: &Words) -> String {
    if number < 10.0 { words.fixed(number, 2) } else { words.decimal(number) }
}

fn small(share: f64, words: &Words) -> String {
    if share < 0.001 {
        words.say("less-than-a-thousandth")
    } else {
        format!("{}%", words.fixed(share * 100.0, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Lang;

    #[test]
    fn small_numbers_have_two_decimals_and_large_ones_one_at_most() {
        let words = Words::of(Lang::En);
        assert_eq!(
            [0.5, 9.99, 10.0, 12.34].map(|number| two(number, &words)),
            [".50", "9.99", "10", "12.3"]
        );
    }

    #[test]
    fn a_share_under_a_thousandth_is_called_so() {
        let words = Words::of(Lang::En);
        let said = [0.0, 0.0009, 0.001, 0.25].map(|share| small(share, &words));
        assert_eq!(said, ["less than .1%", "less than .1%", ".1%", "25.0%"]);
    }

    #[test]
    fn what_is_left_without_a_case_names_it_and_without_a_source_does_not() {
        let left = Without { what: "c7".into(), recurrence: 0.42, rank: 3 };
        let words = Words::of(Lang::En);
        let file = without("beside-without-case", &left, &words);
        let source = without("beside-without-source", &left, &words);
        assert!(file.contains("c7") && file.contains("42%"), "{file}");
        assert!(!source.contains("c7") && source.contains("42%"), "{source}");
        for (case_id, named) in [(Some("c7".to_owned()), true), (None, false)] {
            let what = MissingRow { victim: "V9".into(), case_id };
            let said = raised(0.42, &what, &words);
            assert!(said.contains("V9") && said.contains("42%"), "{said}");
            assert_eq!(said.contains("in c7"), named, "{said}");
        }
    }

    #[test]
    fn grades_are_read_strictly_or_leniently() {
        let words = Words::of(Lang::En);
        let said = |read| grades(&GradeReading { grades: read, recurrence: 0.42, rank: 3 }, &words);
        assert_ne!(said("strict"), said("lenient"));
        assert!([said("strict"), said("lenient")].iter().all(|said| said.contains("42%")));
    }
}
