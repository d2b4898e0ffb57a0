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

#[cfg(test)]
mod tests {
    use super::*;

    /// What a column becomes, and how well that holds it.
    fn fate(fates: &[Fate], table: Table, column: &str) -> (String, Kept) {
        let is_it = |fate: &&Fate| fate.table == table && fate.column == column;
        let found = fates.iter().find(is_it).expect("every column has a fate");
        (found.becomes.clone(), found.kept)
    }

    #[test]
    fn what_has_a_property_in_follow_the_money_is_kept_whole() {
        let fates = ftm_fates();
        for (table, column, property) in [
            (Table::Cases, "case_id", "the id and `CourtCase:name`"),
            (Table::Cases, "opened", "`CourtCase:fileDate`"),
            (Table::Cases, "closed", "`CourtCase:closeDate`"),
            (Table::Cases, "outcome", "`CourtCase:status`"),
            (Table::People, "person_id", "the id"),
            (Table::People, "alias", "`Person:alias`"),
            (Table::People, "birth", "`Person:birthDate`"),
            (Table::Channels, "channel_id", "the id"),
            (Table::Channels, "name", "`Organization:name`"),
            (Table::Places, "place_id", "the id"),
            (Table::Places, "name", "`Address:full`"),
            (Table::Places, "lat", "`Address:latitude`"),
            (Table::Places, "lon", "`Address:longitude`"),
            (Table::Roles, "case_id", "`CourtCaseParty:case`"),
            (Table::Roles, "person_id", "`CourtCaseParty:party`"),
            (Table::Roles, "role", "`CourtCaseParty:role`"),
            (Table::Roles, "status", "`CourtCaseParty:status`"),
            (Table::Links, "link_id", "the id"),
            (Table::Links, "kind", "`role` or `relationship`; `paid` is a Payment"),
            (Table::Ads, "ad_id", "the id"),
            (Table::Ads, "text", "`PlainText:bodyText`"),
            (Table::Ads, "posted", "`PlainText:publishedAt`"),
        ] {
            assert_eq!(fate(&fates, table, column), (property.to_owned(), Kept::Whole), "{column}");
        }
        for (table, column, begin) in [
            (Table::People, "name", "`Person:name`; where"),
            (Table::People, "sex", "`Person:gender` where"),
            (Table::Identifiers, "person_id", "the person of the property"),
            (Table::Identifiers, "kind", "`Person:phone`"),
            (Table::Links, "from", "`subject` and `object`"),
            (Table::Links, "to", "`subject` and `object`"),
            (Table::Links, "start", "one value, or the earliest"),
            (Table::Roles, "end", "one value, or the earliest"),
        ] {
            let (becomes, kept) = fate(&fates, table, column);
            assert!(becomes.starts_with(begin) && kept == Kept::Whole, "{column}: {becomes}");
        }
    }

    #[test]
    fn what_has_no_property_in_follow_the_money_is_a_text_in_part_or_lost() {
        let fates = ftm_fates();
        let as_text = |kind: &str| (format!("`{kind}`: `kluwen/<column>: …`"), Kept::AsText);
        assert_eq!(fate(&fates, Table::Cases, "unit"), as_text("notes"));
        assert_eq!(fate(&fates, Table::Channels, "class"), as_text("notes"));
        assert_eq!(fate(&fates, Table::Ads, "last_seen"), as_text("notes"));
        assert_eq!(fate(&fates, Table::Roles, "minor"), as_text("summary"));
        assert_eq!(fate(&fates, Table::Links, "means"), as_text("summary"));
        for column in ["value", "start"] {
            assert_eq!(fate(&fates, Table::Identifiers, column).1, Kept::InPart, "{column}");
        }
        for table in Table::ALL {
            assert_eq!(fate(&fates, table, OWN).1, Kept::Lost, "{table}");
        }
    }

    #[test]
    fn tables_of_the_contract_keep_all_but_the_words_of_dates() {
        let fates = table_fates();
        assert!(fates.iter().all(|fate| fate.kept == Kept::Whole));
        let becomes = |table, column| fate(&fates, table, column).0;
        for (table, column) in [
            (Table::People, "birth"),
            (Table::Cases, "opened"),
            (Table::Cases, "closed"),
            (Table::Links, "start"),
            (Table::Links, "end"),
            (Table::Ads, "posted"),
            (Table::Ads, "last_seen"),
        ] {
            let dates = "the same days, not always in the same words";
            assert_eq!(becomes(table, column), dates, "{column}");
        }
        assert_eq!(becomes(Table::People, "name"), "the same column");
        assert_eq!(becomes(Table::Roles, OWN), "a column of the same name");
    }

    #[test]
    fn it_is_told_what_is_left_where_nobody_is_named() {
        let fates = table_fates();
        let unrevealed = |table: Table, column: &str| {
            let is_it = |fate: &&Fate| fate.table == table && fate.column == column;
            fates.iter().find(is_it).expect("every column has a fate").unrevealed.clone()
        };
        assert_eq!(unrevealed(Table::People, "birth"), "the year");
        assert_eq!(unrevealed(Table::People, "name"), "left out");
        assert_eq!(unrevealed(Table::Links, "kind"), "the same");
        assert_eq!(unrevealed(Table::People, "person_id"), "a code, `person-1`");
        assert_eq!(unrevealed(Table::Links, OWN), "left out, but for known codes in `handling`");
        let words = [Kept::Whole, Kept::AsText, Kept::InPart, Kept::Lost].map(Kept::name);
        assert_eq!(words, ["kept", "as text", "in part", "lost"]);
    }
}
