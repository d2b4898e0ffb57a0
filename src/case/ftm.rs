//! How a case is told in `FollowTheMoney`, for what reads it and what writes it.
//!
//! `FollowTheMoney` (followthemoney.tech, MIT) is the model of investigative journalists: entities of a schema, each with
//! properties of several values. It has people, accounts, court cases and ties; it has no grades, no means, no
//! direction of a tie, and dates are days, months or years. So the convention here is:
//!
//! * An entity that comes from a row has the id `kluwen.<table>.<id>`, with letters that such ids may not hold as `.XX`.
//! * What no property holds stands in a value `kluwen/<column>: <text>` of `notes` (of things) or `summary` (of ties): people can
//!   read it, and the reader puts it back into the column.
//! * A tie runs from the first end of its schema (`subject`, `person`, `payer`) to the second; `role` or `relationship` is the
//!   kind of the link.
//! * A date with several values stands for the interval from the earliest to the latest.

use std::fmt::Write as _;

use super::date::When;
use super::schema::Table;

/// What begins every id of an entity that was made from a row.
pub(crate) const OWN: &str = "kluwen.";

/// What begins the column of a value that is an identifier of a person: `kluwen/identifier.device: …`.
pub(crate) const IDENTIFIER: &str = "identifier.";

/// What begins a value that stands for a column.
const NOTE: &str = "kluwen/";

/// The id of the entity for `id` of `table`: `kluwen.people.p.2017` for the person `p 17`.
pub(crate) fn entity_id(table: Table, id: &str) -> String {
    let mut out = format!("{OWN}{table}.");
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(out, ".{byte:02X}");
        }
    }
    out
}

/// The id of the entity for a row that has no id of its own.
pub(crate) fn row_entity_id(table: Table, row: usize) -> String {
    format!("{OWN}{table}-row.{}", row + 1)
}

/// The table and the id that an entity's id stands for; none if it was not made from a row with one.
pub(crate) fn row_id(entity: &str) -> Option<(Table, String)> {
    let (table, written) = entity.strip_prefix(OWN)?.split_once('.')?;
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'.' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    Some((Table::parse(table)?, String::from_utf8(bytes).ok()?))
}

/// The value that stands for a column.
pub(crate) fn note(column: &str, text: &str) -> String {
    format!("{NOTE}{column}: {text}")
}

/// The column and the text that a value stands for.
pub(crate) fn column_of_note(value: &str) -> Option<(&str, &str)> {
    let (column, text) = value.strip_prefix(NOTE)?.split_once(':')?;
    // Programs that tidy texts take a blank at the end away.
    Some((column, text.strip_prefix(' ').unwrap_or(text)))
}

/// A date as values of a property, and whether they say all that the date does.
pub(crate) fn dates(when: When) -> (Vec<String>, bool) {
    match (when.earliest(), when.latest()) {
        (Some(earliest), Some(latest)) => {
            let ends = [earliest.to_string(), latest.to_string()];
            let whole =
                prefixes(&ends[0]).into_iter().find(|prefix| When::parse(prefix) == Ok(when));
            let values = whole.map_or_else(|| ends.to_vec(), |prefix| vec![prefix.to_owned()]);
            let told = When::parse(&interval(&values)) == Ok(when);
            (if told { values } else { Vec::new() }, told)
        }
        // One end alone would be read as the day itself.
        (Some(_), None) | (None, Some(_)) => (Vec::new(), false),
        (None, None) => (Vec::new(), when == When::UNRECORDED),
    }
}

/// The year, the month and the day that a day may be the beginning of.
fn prefixes(day: &str) -> Vec<&str> {
    [4, 7, 10].iter().filter_map(|&length| day.get(..length)).collect()
}

/// The date that the values of a property stand for, as the contract writes it; what is no date is kept as it is, for
/// the reader to refuse.
pub(crate) fn interval(values: &[String]) -> String {
    let days: Vec<&str> =
        values.iter().map(|value| value.split(['T', ' ']).next().unwrap_or("")).collect();
    // Of `1971` and `1971-01-22` the second says the same, and more.
    let precise =
        |day: &&&str| !days.iter().any(|other| other.len() > day.len() && other.starts_with(**day));
    let mut left: Vec<&str> = days.iter().filter(precise).copied().collect();
    left.sort_unstable();
    left.dedup();
    if let [only] = left[..] {
        return only.to_owned();
    }
    let mut whole: Option<When> = None;
    for day in left {
        let Ok(when) = When::parse(day) else { return day.to_owned() };
        whole = Some(whole.map_or(when, |so_far| {
            let earliest = so_far.earliest().min(when.earliest());
            let latest = so_far.latest().max(when.latest());
            earliest.zip(latest).map_or(so_far, |(from, until)| When::between(from, until))
        }));
    }
    whole.map(|when| when.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_whatever_it_holds() {
        for id in ["p17", "p 17", "é", "..", "a.2E", "", "\u{202e}x", "-"] {
            assert_eq!(
                row_id(&entity_id(Table::People, id)),
                Some((Table::People, id.to_owned())),
                "{id:?}"
            );
        }
        for foreign in
            ["p17", "kluwen.peeple.x", "kluwen.people", "kluwen.people.a.2", "kluwen.people.a.FF"]
        {
            assert_eq!(row_id(foreign), None, "{foreign}");
        }
        assert_eq!(row_id(&row_entity_id(Table::Links, 3)), None);
    }

    #[test]
    fn dates_are_told_in_whole_or_not_at_all() {
        let told = |text: &str| dates(When::parse(text).expect("a date of the contract"));
        assert_eq!(told("2021"), (vec!["2021".to_owned()], true));
        assert_eq!(told("2020-02"), (vec!["2020-02".to_owned()], true));
        assert_eq!(told("2021-03-02"), (vec!["2021-03-02".to_owned()], true));
        let ends = vec!["2021-03-01".to_owned(), "2021-05-31".to_owned()];
        assert_eq!(told("2021-03/2021-05"), (ends, true));
        for text in ["2021/..", "../2021", "unknown", "9999?"] {
            assert_eq!(told(text), (Vec::new(), false), "{text}");
        }
        assert_eq!(told(""), (Vec::new(), true));
    }

    #[test]
    fn several_dates_are_an_interval() {
        let of =
            |days: &[&str]| interval(&days.iter().map(|&day| day.to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["1971", "1971-01-22"]), "1971-01-22");
        assert_eq!(of(&["2021-03-02T10:00:00"]), "2021-03-02");
        assert_eq!(of(&["2021-05", "2019"]), "2019-01-01/2021-05-31");
        assert_eq!(of(&["2021", "soon"]), "soon");
        assert_eq!(of(&[]), "");
    }
}
