//! Who and what a row speaks of, whichever form it stands in.

use crate::case::{Case, Missing, Symbol, Table};

/// Who and what a row speaks of; texts that say why nothing is known are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mention {
    /// The case file it is of.
    pub(super) case: Option<String>,
    pub(super) people: Vec<String>,
    pub(super) channel: Option<String>,
    pub(super) place: Option<String>,
    /// What it says by which somebody or something can be known: ids, names, numbers, texts.
    pub(super) telling: Vec<String>,
    /// Of that, and of the ids of people, what is a person's own: if that person stays, it is no sign of one who went.
    pub(super) of_people: Vec<String>,
}

/// The columns of a table that name people.
fn people(table: Table) -> &'static [&'static str] {
    match table {
        Table::People | Table::Identifiers | Table::Roles => &["person_id"],
        Table::Links => &["from", "to", "about"],
        Table::Ads => &["victim_id", "posted_by", "payer"],
        Table::Cases | Table::Channels | Table::Places => &[],
    }
}

/// The columns of a table, besides those that refer to another, by which somebody or something can be known.
fn telling(table: Table) -> &'static [&'static str] {
    match table {
        Table::Cases => &["case_id"],
        Table::People => &["person_id", "name", "alias"],
        Table::Channels => &["channel_id", "name"],
        Table::Places => &["place_id", "name"],
        Table::Identifiers => &["value"],
        Table::Roles => &[],
        Table::Links => &["link_id"],
        Table::Ads => &["ad_id", "phone", "handle", "text", "image"],
    }
}

fn known(text: &str) -> Option<String> {
    let text = text.trim();
    Missing::parse(text).is_none().then(|| text.to_owned())
}

impl Mention {
    /// What a row says whose cells are given by column.
    pub(super) fn of_cells<'c>(table: Table, cell: impl Fn(&str) -> &'c str) -> Self {
        // An id is taken as it stands, blanks and all: so does the reader of cases.
        let id = |column: &&str| Some(cell(column)).filter(|id| Missing::parse(id).is_none());
        let lists = telling(table).iter().flat_map(|column| cell(column).split(';'));
        let whole = telling(table).iter().map(|column| cell(column));
        let mut told: Vec<String> = lists.chain(whole).filter_map(known).collect();
        told.sort();
        told.dedup();
        let people: Vec<String> = people(table).iter().filter_map(id).map(str::to_owned).collect();
        let own = if matches!(table, Table::People | Table::Identifiers) { &told[..] } else { &[] };
        Self {
            case: known(cell("case_id")),
            of_people: own.iter().chain(&people).cloned().collect(),
            people,
            channel: known(cell("channel_id")),
            place: known(cell("place_id")),
            telling: told,
        }
    }

    /// What the row of that number says in a case that was read.
    pub(super) fn of_row(case: &Case, table: Table, row: usize) -> Self {
        Self::of_cells(table, |column| text(case, table, row, column))
    }
}

fn text<'c>(case: &'c Case, table: Table, row: usize, column: &str) -> &'c str {
    let symbol: Symbol = match (table, column) {
        (Table::Cases, "case_id") => case.cases[row].case,
        (Table::People, "person_id") => case.people[row].person,
        (Table::People, "name") => case.people[row].name,
        (Table::People, "alias") => case.people[row].alias,
        (Table::Channels, "channel_id") => case.channels[row].channel,
        (Table::Channels, "name") => case.channels[row].name,
        (Table::Places, "place_id") => case.places[row].place,
        (Table::Places, "name") => case.places[row].name,
        (Table::Identifiers, "person_id") => case.identifiers[row].person,
        (Table::Identifiers, "value") => case.identifiers[row].value,
        (Table::Identifiers, "channel_id") => case.identifiers[row].channel,
        (Table::Roles, "case_id") => case.roles[row].case,
        (Table::Roles, "person_id") => case.roles[row].person,
        (Table::Links, "link_id") => return case.link_id(&case.links[row]),
        (Table::Links, "case_id") => case.links[row].case,
        (Table::Links, "from") => case.links[row].from,
        (Table::Links, "to") => case.links[row].to,
        (Table::Links, "about") => case.links[row].about,
        (Table::Links, "channel_id") => case.links[row].channel,
        (Table::Links, "place_id") => case.links[row].place,
        (Table::Ads, "ad_id") => return case.ad_id(&case.ads[row]),
        (Table::Ads, "case_id") => case.ads[row].case,
        (Table::Ads, "victim_id") => case.ads[row].victim,
        (Table::Ads, "posted_by") => case.ads[row].posted_by,
        (Table::Ads, "payer") => case.ads[row].payer,
        (Table::Ads, "channel_id") => case.ads[row].channel,
        (Table::Ads, "place_id") => case.ads[row].place,
        (Table::Ads, "phone") => case.ads[row].phone,
        (Table::Ads, "handle") => case.ads[row].handle,
        (Table::Ads, "text") => case.ads[row].text,
        (Table::Ads, "image") => case.ads[row].image,
        _ => return "",
    };
    case.text(symbol)
}
