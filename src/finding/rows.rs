//! What a map says of the rows that it rests on.

use super::map::{Evidence, Note};
use crate::case::{Assertion, Case, Day, IdKind, Symbol, When};
use crate::graph;

/// The last day of which any row speaks.
pub(super) fn last_day(case: &Case) -> Option<Day> {
    let links = case.links.iter().flat_map(|link| [link.start, link.end]);
    let roles = case.roles.iter().flat_map(|role| [role.start, role.end]);
    links.chain(roles).filter_map(|when| when.latest().or(when.earliest())).max()
}

/// From the first to the last day of all that is dated.
pub(super) fn span(dates: impl Iterator<Item = When> + Clone) -> When {
    let first = dates.clone().filter_map(When::earliest).min();
    let last = dates.filter_map(When::latest).max();
    match (first, last) {
        (Some(first), Some(last)) => When::between(first, last.max(first)),
        (Some(first), None) => When::since(first),
        _ => When::UNRECORDED,
    }
}

/// What a map says of rows that are not for whoever asked for it.
pub(super) fn above_clearance(case: &Case) -> Option<Note> {
    let count: usize = case.above_clearance().map(|(_, count)| count).sum();
    (count > 0).then_some(Note::AboveClearance(count))
}

/// What is to be known of a row that says from when until when.
pub(super) fn evidence(
    assertion: &Assertion,
    [start, end]: [When; 2],
    file: Symbol,
    case: &Case,
) -> Evidence {
    Evidence {
        row: case.place_of(assertion).into(),
        when: graph::span(start, end),
        grade: case.text(assertion.grade).into(),
        certainty: assertion.certainty,
        case: case.shown(IdKind::Case, file).into(),
        handling: case.handling(assertion).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sketch::case;

    fn when(text: &str) -> When {
        When::parse(text).expect("a date")
    }

    fn day(text: &str) -> Day {
        when(text).earliest().expect("a day")
    }

    #[test]
    fn a_span_runs_from_the_first_day_to_the_last_as_far_as_there_are_days() {
        let of = |dates: &[When]| span(dates.iter().copied());
        let both = of(&[when("2019-03"), When::UNRECORDED, when("2019-01-05")]);
        assert_eq!(both, When::between(day("2019-01-05"), day("2019-03-31")));
        assert_eq!(of(&[When::since(day("2019-01-05"))]), When::since(day("2019-01-05")));
        assert_eq!(of(&[When::UNRECORDED]), When::UNRECORDED);
        assert_eq!(of(&[]), When::UNRECORDED);
        // Whatever ended before anything is known to have begun.
        let before = when("../2018-01-01");
        let backwards = of(&[When::since(day("2019-01-05")), before]);
        assert_eq!(backwards, When::between(day("2019-01-05"), day("2019-01-05")));
    }

    #[test]
    fn the_last_day_is_that_of_any_link_or_role() {
        let last = |role: &str, link: &str| {
            last_day(&case(&[
                ("cases.csv", "case_id\nc1\n"),
                ("people.csv", "person_id\np1\np2\n"),
                ("roles.csv", &format!("case_id,person_id,role,start,end\nc1,p1,driver,{role}\n")),
                ("links.csv", &format!("link_id,from,to,kind,start,end\nl1,p1,p2,paid,{link}\n")),
            ]))
        };
        assert_eq!(last("2019-01-05,2019-02", ","), Some(day("2019-02-28")));
        assert_eq!(last("2019-01-05,", "2019-01-07,"), Some(day("2019-01-07")));
        assert_eq!(last("2019-01-05,", "2018-01-07,2019-01-06"), Some(day("2019-01-06")));
        assert_eq!(last(",", ","), None);
    }
}
