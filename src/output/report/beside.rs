//! What stands beside a recurrence: how it would change, and what else is to be known.

use super::words::{chance, decimal};
use crate::finding::{Recruiter, Without};
use crate::output::percent::percent;

/// Each companion of a recurrence as a sentence; sources are counted, not named.
pub(super) fn beside(one: &Recruiter) -> Vec<String> {
    let mut lines =
        vec![format!("Active in the last 24 months of the data: {}.", chance(one.active_now))];
    if let Some(rate) = one.rate {
        lines.push(format!(
            "Victims for each of {} cases on record: {} (95%: at least {}).",
            rate.cases,
            two(rate.mean),
            two(rate.lower)
        ));
    }
    if let Some(over) = one.over_expression {
        lines.push(format!(
            "Ties such as a recruiter has: {} of {}; were it chance, as many would be so with a \
             false discovery rate of {}.",
            over.recruiting,
            over.ties,
            small(over.q)
        ));
    }
    lines.extend(one.grade_readings.iter().filter(|reading| reading.grades != "default").map(
        |reading| {
            let manner =
                if reading.grades == "strict" { "more strictly" } else { "more leniently" };
            format!(
                "With grades read {manner}: {}, rank {}.",
                percent(reading.recurrence),
                reading.rank
            )
        },
    ));
    lines.extend(
        one.without_case.as_ref().map(|left| without(&format!("case {}", left.what), left)),
    );
    lines.extend(
        one.without_source.as_ref().map(|left| without("the source that matters most", left)),
    );
    lines.push(format!(
        "If recruitments a month apart or less are one episode, in whichever files: {}.",
        percent(one.recurrence_by_gap)
    ));
    if !one.decisive_rows.is_empty() {
        lines.push(format!("Under 50% without {}.", one.decisive_rows.join(", ")));
    }
    lines.extend(
        one.would_raise.iter().map(|change| {
            format!("It would be {} with {}.", percent(change.recurrence), change.what)
        }),
    );
    lines
}

fn without(what: &str, left: &Without) -> String {
    format!("Without {what}: {}, rank {}.", percent(left.recurrence), left.rank)
}

fn two(number: f64) -> String {
    if number < 10.0 { format!("{number:.2}") } else { decimal(number) }
}

fn small(share: f64) -> String {
    if share < 0.001 { "less than 0.1%".into() } else { format!("{:.1}%", share * 100.0) }
}
