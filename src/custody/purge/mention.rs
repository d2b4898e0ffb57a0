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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Case;

    /// A row of each table, in which each column says another thing, and two people more.
    const FILES: [(&str, &str); 8] = [
        ("cases", "case_id\nc1\n"),
        ("people", "person_id,name,alias\np1,Ada,A;Lovelace\np2,Bo,\np3,Cy,\n"),
        ("channels", "channel_id,name\nch1,Forum\n"),
        ("places", "place_id,name\npl1,Hotel\n"),
        ("identifiers", "person_id,kind,value,channel_id\np1,phone,+3161,ch1\n"),
        ("roles", "case_id,person_id,role\nc1,p2,other\n"),
        (
            "links",
            "from,to,kind,link_id,case_id,about,channel_id,place_id\np1,p2,paid,l1,c1,p3,ch1,pl1\n",
        ),
        (
            "ads",
            "ad_id,channel_id,case_id,victim_id,posted_by,payer,phone,handle,place_id,text,image\n\
             a1,ch1,c1,p3,p1,p2,06,@a,pl1,hello,i1\n",
        ),
    ];

    fn all(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// A mention of a case, a channel and a place, of which the empty ones are none.
    fn of(case: &str, channel: &str, place: &str, people: &[&str], telling: &[&str]) -> Mention {
        let [case, channel, place] = [case, channel, place]
            .map(|text| Some(text.to_owned()).filter(|text| !text.is_empty()));
        let (people, telling) = (all(people), all(telling));
        Mention { case, channel, place, of_people: people.clone(), people, telling }
    }

    #[test]
    fn a_row_of_each_table_mentions_what_its_columns_say() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in FILES {
            std::fs::write(folder.path().join(format!("{name}.csv")), text).expect("it is written");
        }
        let case = Case::open(folder.path()).expect("it is a case");
        let people = ["p1", "p2", "p3"];
        let ada = ["A", "A;Lovelace", "Ada", "Lovelace", "p1"];
        let own = |texts: &[&str], mention: Mention| Mention { of_people: all(texts), ..mention };
        for (table, mention) in [
            (Table::Cases, of("c1", "", "", &[], &["c1"])),
            (
                Table::People,
                own(
                    &["A", "A;Lovelace", "Ada", "Lovelace", "p1", "p1"],
                    of("", "", "", &["p1"], &ada),
                ),
            ),
            (Table::Channels, of("", "ch1", "", &[], &["Forum", "ch1"])),
            (Table::Places, of("", "", "pl1", &[], &["Hotel", "pl1"])),
            (Table::Identifiers, own(&["+3161", "p1"], of("", "ch1", "", &["p1"], &["+3161"]))),
            (Table::Roles, of("c1", "", "", &["p2"], &[])),
            (Table::Links, of("c1", "ch1", "pl1", &people, &["l1"])),
            (
                Table::Ads,
                of("c1", "ch1", "pl1", &["p3", "p1", "p2"], &["06", "@a", "a1", "hello", "i1"]),
            ),
        ] {
            assert_eq!(Mention::of_row(&case, table, 0), mention, "{table}");
        }
    }

    #[test]
    fn ids_are_taken_as_they_stand_and_codes_for_nothing_are_none() {
        let cell = |column: &str| match column {
            "from" => " p1 ",
            "to" => "unknown",
            "case_id" => " c1 ",
            "link_id" => " refused ",
            "channel_id" => "not_asked",
            _ => "",
        };
        assert_eq!(Mention::of_cells(Table::Links, cell), of("c1", "", "", &[" p1 "], &[]));
    }
}
