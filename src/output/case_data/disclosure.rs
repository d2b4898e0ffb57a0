//! What of a case leaves with its data: names, or codes in their place.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::cells::{Cell, cells, count};
use crate::case::{Case, IdKind, Missing, Pseudonymise, Table, When};

/// Whether names and texts go out, or codes in their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Disclosure {
    /// Codes: nobody is named, and no free text goes out. This is the default.
    #[default]
    Coded,
    /// All that the case holds, the names of victims among it.
    Revealed,
}

/// What becomes of a column where names do not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// It goes out as it is.
    Kept,
    /// Each text has a code, the same wherever it stands.
    Coded(IdKind),
    /// Only the year.
    Year,
    /// Only where it is a plain number.
    PlainNumber,
    /// It does not go out.
    LeftOut,
}

/// What becomes of a column where names do not go out.
///
/// Ids get codes too: they may be numbers of files, or names.
///
/// # Examples
///
/// ```
/// use kluwen::case::Table;
/// use kluwen::output::{Treatment, treatment};
///
/// assert_eq!(treatment(Table::People, "name"), Treatment::LeftOut);
/// assert_eq!(treatment(Table::Links, "kind"), Treatment::Kept);
/// ```
#[must_use]
pub fn treatment(table: Table, column: &str) -> Treatment {
    match (table, column) {
        (Table::Channels, "name") => Treatment::Kept,
        (_, "source") => Treatment::Coded(IdKind::Source),
        (_, "case_id") => Treatment::Coded(IdKind::Case),
        (_, "person_id" | "from" | "to" | "about" | "victim_id" | "posted_by" | "payer") => {
            Treatment::Coded(IdKind::Person)
        }
        (_, "channel_id") => Treatment::Coded(IdKind::Channel),
        (_, "place_id") => Treatment::Coded(IdKind::Place),
        (_, "link_id") => Treatment::Coded(IdKind::Link),
        (_, "ad_id") => Treatment::Coded(IdKind::Ad),
        (_, "unit") => Treatment::Coded(IdKind::Unit),
        (Table::Identifiers, "value") | (Table::Ads, "phone" | "handle" | "image") => {
            Treatment::Coded(IdKind::Value)
        }
        (_, "birth") => Treatment::Year,
        (_, "price") => Treatment::PlainNumber,
        (_, "name" | "alias" | "sex" | "outcome" | "purpose" | "lat" | "lon" | "text") => {
            Treatment::LeftOut
        }
        _ => Treatment::Kept,
    }
}

/// The codes of texts, given out in the order of the tables and their rows; or their pseudonyms.
#[derive(Default)]
pub(super) struct Codes<'c> {
    numbers: HashMap<(IdKind, &'c str), usize>,
    given: HashMap<IdKind, usize>,
    pseudonyms: Option<&'c dyn Pseudonymise>,
}

impl std::fmt::Debug for Codes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Codes").field("given", &self.given).finish_non_exhaustive()
    }
}

impl<'c> Codes<'c> {
    pub(super) fn of(case: &'c Case) -> Self {
        let mut codes = Self::default();
        for table in Table::ALL {
            for row in 0..count(case, table) {
                for (column, cell) in table.columns().iter().zip(cells(case, table, row)) {
                    if let (Treatment::Coded(kind), Cell::Text(text)) =
                        (treatment(table, column.name), cell)
                    {
                        codes.give(kind, text);
                    }
                }
            }
        }
        codes
    }

    pub(super) fn keyed(pseudonyms: &'c dyn Pseudonymise) -> Self {
        Self { pseudonyms: Some(pseudonyms), ..Self::default() }
    }

    fn code(&self, kind: IdKind, text: &str) -> String {
        if let Some(pseudonyms) = self.pseudonyms {
            return pseudonyms.pseudonym(kind, text);
        }
        let number = self.numbers.get(&(kind, text));
        number.map(|number| format!("{}-{number}", kind.name())).unwrap_or_default()
    }

    fn give(&mut self, kind: IdKind, text: &'c str) {
        if Missing::parse(text).is_none() && !self.numbers.contains_key(&(kind, text)) {
            let given = self.given.entry(kind).or_default();
            *given += 1;
            self.numbers.insert((kind, text), *given);
        }
    }

    /// What stands in the cell where names do not go out.
    pub(super) fn treat(&self, table: Table, column: &str, cell: Cell<'c>) -> Value<'c> {
        match (treatment(table, column), cell) {
            // Why nothing is known tells of nobody.
            (_, Cell::Text(text)) if Missing::parse(text).is_some() => Value::Text(text.into()),
            (Treatment::LeftOut, _) => Value::Text("".into()),
            (Treatment::Coded(kind), Cell::Text(text)) => Value::Text(self.code(kind, text).into()),
            (Treatment::Year, Cell::When(when)) => Value::When(year(when)),
            (Treatment::PlainNumber, Cell::Text(text)) if !is_plain(text) => Value::Text("".into()),
            (_, cell) => cell.into(),
        }
    }
}

/// Up to nine digits, which may have a decimal part.
fn is_plain(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits =
        |text: &str| (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(part)
}

/// The years in which a day can lie.
fn year(when: When) -> When {
    let of = |day: Option<crate::case::Day>| {
        day.map_or(Some("..".to_owned()), |day| Some(format!("{:04}", day.year_and_month()?.0)))
    };
    let widened = of(when.earliest()).zip(of(when.latest()));
    let text = widened.filter(|_| when.is_known()).map(|(from, until)| format!("{from}/{until}"));
    text.and_then(|text| When::parse(&text).ok()).unwrap_or(if when.is_known() {
        When::UNRECORDED
    } else {
        when
    })
}

/// What stands in a cell on its way out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'c> {
    Text(Cow<'c, str>),
    When(When),
    Number(f64),
}

impl<'c> From<Cell<'c>> for Value<'c> {
    fn from(cell: Cell<'c>) -> Self {
        match cell {
            Cell::Text(text) => Self::Text(text.into()),
            Cell::Code(code) => Self::Text(code.into()),
            Cell::When(when) => Self::When(when),
            Cell::Number(number) => number.map_or(Self::Text("".into()), Self::Number),
        }
    }
}

impl Value<'_> {
    /// The cell as the contract writes it.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::When(when) => when.written().into(),
            Self::Number(number) => number.to_string().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_goes_out_only_where_it_is_a_plain_number() {
        for text in ["0", "100", "100.50", "123456789", "1.123456789"] {
            assert!(is_plain(text), "{text}");
        }
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1234567890",
            "1.1234567890",
            "-1",
            "1e5",
            "1,5",
            "1.2.3",
            "100 Anna",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }

    #[test]
    fn of_a_date_the_years_go_out_in_which_it_can_lie() {
        let of = |text| {
            let years = year(When::parse(text).expect("a date"));
            [years.earliest(), years.latest()].map(|day| day.map(|day| day.to_string()))
        };
        let day = |text: &str| Some(text.to_owned());
        assert_eq!(of("2003-04-05"), [day("2003-01-01"), day("2003-12-31")]);
        assert_eq!(of("2003-12/2004-02"), [day("2003-01-01"), day("2004-12-31")]);
        assert_eq!(of("2003-04-05/.."), [day("2003-01-01"), None]);
        assert_eq!(of("../2003-04-05"), [None, day("2003-12-31")]);
        assert_eq!(year(When::UNRECORDED), When::UNRECORDED);
    }

    #[test]
    fn every_id_has_a_code_and_what_tells_of_a_person_stays_behind() {
        use IdKind::{Ad, Channel, Link, Person, Place, Source, Unit, Value};
        for (table, column, want) in [
            (Table::Channels, "name", Treatment::Kept),
            (Table::People, "name", Treatment::LeftOut),
            (Table::Places, "name", Treatment::LeftOut),
            (Table::Roles, "source", Treatment::Coded(Source)),
            (Table::Links, "case_id", Treatment::Coded(IdKind::Case)),
            (Table::People, "person_id", Treatment::Coded(Person)),
            (Table::Links, "from", Treatment::Coded(Person)),
            (Table::Links, "to", Treatment::Coded(Person)),
            (Table::Links, "about", Treatment::Coded(Person)),
            (Table::Ads, "victim_id", Treatment::Coded(Person)),
            (Table::Ads, "posted_by", Treatment::Coded(Person)),
            (Table::Ads, "payer", Treatment::Coded(Person)),
            (Table::Ads, "channel_id", Treatment::Coded(Channel)),
            (Table::Links, "place_id", Treatment::Coded(Place)),
            (Table::Links, "link_id", Treatment::Coded(Link)),
            (Table::Ads, "ad_id", Treatment::Coded(Ad)),
            (Table::Cases, "unit", Treatment::Coded(Unit)),
            (Table::Identifiers, "value", Treatment::Coded(Value)),
            (Table::Ads, "phone", Treatment::Coded(Value)),
            (Table::Ads, "handle", Treatment::Coded(Value)),
            (Table::Ads, "image", Treatment::Coded(Value)),
            (Table::People, "birth", Treatment::Year),
            (Table::Ads, "price", Treatment::PlainNumber),
            (Table::People, "alias", Treatment::LeftOut),
            (Table::People, "sex", Treatment::LeftOut),
            (Table::Cases, "outcome", Treatment::LeftOut),
            (Table::Cases, "purpose", Treatment::LeftOut),
            (Table::Places, "lat", Treatment::LeftOut),
            (Table::Places, "lon", Treatment::LeftOut),
            (Table::Ads, "text", Treatment::LeftOut),
            (Table::Identifiers, "kind", Treatment::Kept),
            (Table::Links, "start", Treatment::Kept),
        ] {
            assert_eq!(treatment(table, column), want, "{table} {column}");
        }
    }

    #[test]
    fn codes_are_given_in_order_and_once_and_cells_are_treated_by_them() {
        let mut codes = Codes::default();
        for (kind, text) in [
            (IdKind::Person, "anna"),
            (IdKind::Person, "bram"),
            (IdKind::Person, "anna"),
            (IdKind::Case, "anna"),
            (IdKind::Person, "unknown"),
        ] {
            codes.give(kind, text);
        }
        let text = |table, column: &str, text| {
            codes.treat(table, column, Cell::Text(text)).text().into_owned()
        };
        assert_eq!(text(Table::Links, "to", "bram"), "person-2");
        assert_eq!(text(Table::Links, "from", "anna"), "person-1");
        assert_eq!(text(Table::Links, "case_id", "anna"), "case-1");
        assert_eq!(text(Table::People, "name", "Anna"), "");
        assert_eq!(text(Table::Ads, "price", "100"), "100");
        assert_eq!(text(Table::Ads, "price", "100 Anna"), "");
        assert_eq!(text(Table::Channels, "name", "Site"), "Site");
        // Why nothing is known tells of nobody.
        assert_eq!(text(Table::People, "name", "unknown"), "unknown");
        let born = Cell::When(When::parse("2003-04-05").expect("a day"));
        let Value::When(years) = codes.treat(Table::People, "birth", born) else {
            panic!("a date");
        };
        assert_eq!(years, When::parse("2003").expect("a year"));
    }
}
