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
