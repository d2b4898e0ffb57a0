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
