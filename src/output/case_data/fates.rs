//! What becomes of each column of the contract in another form: the table that says what is lost, as data.

use super::disclosure::{Treatment, treatment};
use crate::case::Table;

/// How well a column survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Every program that reads the form finds it there.
    Whole,
    /// It stands in a text that people can read, and that kluwen reads back.
    AsText,
    /// A part of it survives.
    InPart,
    /// It does not survive.
    Lost,
}

impl Kept {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "kept",
            Self::AsText => "as text",
            Self::InPart => "in part",
            Self::Lost => "lost",
        }
    }
}

/// What becomes of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The table.
    pub table: Table,
    /// The column; `…` for all columns that the contract does not know.
    pub column: &'static str,
    /// What it becomes.
    pub becomes: String,
    /// How well that holds it.
    pub kept: Kept,
    /// What becomes of it where names are not revealed.
    pub unrevealed: String,
}

/// What of a table becomes of its columns of its own.
const OWN: &str = "…";

/// What becomes of a case in files of the contract: all of it.
#[must_use]
pub fn table_fates() -> Vec<Fate> {
    fates(|_, column| match column {
        OWN => ("a column of the same name".into(), Kept::Whole),
        "birth" | "opened" | "closed" | "retain_until" | "start" | "end" | "posted"
        | "last_seen" => ("the same days, not always in the same words".into(), Kept::Whole),
        _ => ("the same column".into(), Kept::Whole),
    })
}

/// What becomes of a case in `FollowTheMoney`.
///
/// # Examples
///
/// ```
/// use kluwen::output::{Kept, ftm_fates};
///
/// let lost = ftm_fates().into_iter().filter(|fate| fate.kept == Kept::Lost);
/// assert!(lost.into_iter().all(|fate| fate.column == "…"));
/// ```
#[must_use]
pub fn ftm_fates() -> Vec<Fate> {
    fates(|table, column| {
        let (becomes, kept) = in_ftm(table, column);
        (becomes.to_owned(), kept)
    })
}

fn fates(of: impl Fn(Table, &'static str) -> (String, Kept)) -> Vec<Fate> {
    let columns = |table: Table| {
        let (assertion, own) = table.columns().split_at(3);
        let known = own.iter().chain(assertion).map(|column| column.name);
        known.chain([OWN]).map(move |column| (table, column))
    };
    let all = Table::ALL.into_iter().flat_map(columns);
    all.map(|(table, column)| {
        let (becomes, kept) = of(table, column);
        let unrevealed = match treatment(table, column) {
            _ if column == OWN => "left out, but for known codes in `handling`".to_owned(),
            Treatment::Kept => "the same".to_owned(),
            Treatment::Coded(kind) => format!("a code, `{}-1`", kind.name()),
            Treatment::Year => "the year".to_owned(),
            Treatment::PlainNumber => "only where it is a plain number".to_owned(),
            Treatment::LeftOut => "left out".to_owned(),
        };
        Fate { table, column, becomes, kept, unrevealed }
    })
    .collect()
}

fn in_ftm(table: Table, column: &str) -> (&'static str, Kept) {
    use Kept::{AsText, InPart, Lost, Whole};
    const NOTES: (&str, Kept) = ("`notes`: `kluwen/<column>: …`", AsText);
    const SUMMARY: (&str, Kept) = ("`summary`: `kluwen/<column>: …`", AsText);
    const DATES: &str = "one value, or the earliest and latest day; what has an open end or no date stands in a text";
    match (table, column) {
        (_, OWN) => ("nothing, but for `handling`, which is a text", Lost),
        (Table::Cases, "case_id") => ("the id and `CourtCase:name`", Whole),
        (Table::Cases, "opened") => ("`CourtCase:fileDate`", Whole),
        (Table::Cases, "closed") => ("`CourtCase:closeDate`", Whole),
        (Table::Cases, "outcome") => ("`CourtCase:status`", Whole),
        (Table::People, "person_id")
        | (Table::Channels, "channel_id")
        | (Table::Places, "place_id")
        | (Table::Links, "link_id")
        | (Table::Ads, "ad_id") => ("the id", Whole),
        (Table::People, "name") => {
            ("`Person:name`; where there is none, the id stands for it", Whole)
        }
        (Table::People, "alias") => ("`Person:alias`", Whole),
        (Table::People, "birth") => ("`Person:birthDate`", Whole),
        (Table::People, "sex") => {
            ("`Person:gender` where it is female, male or other, else a text", Whole)
        }
        (Table::Channels, "name") => ("`Organization:name`", Whole),
        (Table::Places, "name") => ("`Address:full`", Whole),
        (Table::Places, "lat") => ("`Address:latitude`", Whole),
        (Table::Places, "lon") => ("`Address:longitude`", Whole),
        (Table::Identifiers, "person_id") => {
            ("the person of the property, `owner` or `holder`", Whole)
        }
        (Table::Identifiers, "kind") => (
            "`Person:phone`, `email`, `address`, `website`; `UserAccount`, `BankAccount`, `CryptoWallet`, `Vehicle`, `Identification`; devices and images a text",
            Whole,
        ),
        (Table::Identifiers, "value") => {
            ("the value; a phone without what only helps the eye", InPart)
        }
        (Table::Identifiers, _) => (
            "a text with handles, accounts, wallets, vehicles and documents; lost with phones and all that is a property of a person",
            InPart,
        ),
        (Table::Roles, "case_id") => ("`CourtCaseParty:case`", Whole),
        (Table::Roles, "person_id") => ("`CourtCaseParty:party`", Whole),
        (Table::Roles, "role") => ("`CourtCaseParty:role`", Whole),
        (Table::Roles, "status") => ("`CourtCaseParty:status`", Whole),
        (Table::Links, "from" | "to") => (
            "`subject` and `object` of an UnknownLink, `person` and `relative` of a Family, `payer` and `beneficiary` of a Payment; programs that take ties for undirected lose the direction",
            Whole,
        ),
        (Table::Links, "kind") => ("`role` or `relationship`; `paid` is a Payment", Whole),
        (Table::Roles | Table::Links, "start" | "end") => (DATES, Whole),
        (Table::Ads, "text") => ("`PlainText:bodyText`", Whole),
        (Table::Ads, "posted") => ("`PlainText:publishedAt`", Whole),
        (Table::Roles | Table::Links, _) => SUMMARY,
        _ => NOTES,
    }
}
