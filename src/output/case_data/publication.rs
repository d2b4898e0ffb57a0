//! A case as it may leave the unit: what few people have in common is not told.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{cells, count};
use super::disclosure::{Codes, Value};
use crate::case::{Case, Symbol, Table};
use crate::identity::{Entities, EntityId};

/// What of each column may be told: what at least so many people stand behind.
#[derive(Debug)]
pub(super) struct Publication {
    told: BTreeMap<(Table, &'static str), BTreeSet<String>>,
    withheld: Withheld,
}

/// How many cells were withheld, or for `kind` of identifiers rows: by table and column.
pub(super) type Withheld = BTreeMap<(Table, &'static str), usize>;

/// How many people stand behind a column's values.
type Holders = BTreeMap<(Table, &'static str), BTreeMap<String, BTreeSet<EntityId>>>;

impl Publication {
    /// Counts, for each value as it would go out, who stands behind it.
    pub(super) fn of(case: &Case, entities: &Entities, min_cell: usize, codes: &Codes<'_>) -> Self {
        let behind = Behind::of(case, entities);
        let mut holders = Holders::new();
        for table in Table::ALL {
            for row in 0..count(case, table) {
                let people = behind.people(table, row);
                for (column, cell) in table.columns().iter().zip(cells(case, table, row)) {
                    let text = codes.treat(table, column.name, cell).text().into_owned();
                    if !text.is_empty() && may_be_rare(table, column.name) {
                        let key = (table, column.name);
                        let own = holders.entry(key).or_default().entry(text).or_default();
                        own.extend(people.iter().copied());
                    }
                }
            }
        }
        let many =
            |(key, values): ((Table, &'static str), BTreeMap<String, BTreeSet<EntityId>>)| {
                let told = values.into_iter().filter(|(_, people)| people.len() >= min_cell);
                (key, told.map(|(value, _)| value).collect())
            };
        let told: BTreeMap<_, BTreeSet<String>> = holders.into_iter().map(many).collect();
        let mut publication = Self { told, withheld: Withheld::new() };
        publication.withheld = publication.count(case, codes);
        publication
    }

    /// What goes out in place of a cell.
    pub(super) fn treat<'c>(
        &self,
        table: Table,
        column: &'static str,
        value: Value<'c>,
    ) -> Value<'c> {
        if self.tells(table, column, &value) {
            return value;
        }
        let needed = matches!((table, column), (Table::Roles, "role") | (Table::Links, "kind"));
        Value::Text(if needed { "other" } else { "" }.into())
    }

    /// Whether a row goes out at all: an identifier of a rare kind has no other kind that it could be called.
    pub(super) fn holds(table: Table, values: &[Value<'_>]) -> bool {
        let kind = table.columns().iter().position(|column| column.name == "kind");
        let kind = kind.filter(|_| table == Table::Identifiers);
        kind.is_none_or(|at| !values[at].text().is_empty())
    }

    /// How many cells are withheld, by table and column.
    pub(super) fn withheld(&self) -> &Withheld {
        &self.withheld
    }

    fn tells(&self, table: Table, column: &'static str, value: &Value<'_>) -> bool {
        let text = value.text();
        let told = || self.told.get(&(table, column)).is_some_and(|told| told.contains(&*text));
        text.is_empty() || !may_be_rare(table, column) || told()
    }

    fn count(&self, case: &Case, codes: &Codes<'_>) -> Withheld {
        let mut withheld = Withheld::new();
        for table in Table::ALL {
            for row in 0..count(case, table) {
                for (column, cell) in table.columns().iter().zip(cells(case, table, row)) {
                    if !self.tells(table, column.name, &codes.treat(table, column.name, cell)) {
                        *withheld.entry((table, column.name)).or_default() += 1;
                    }
                }
            }
        }
        withheld
    }
}

/// Ids are of one thing each, by their nature. What a row's grade and basis say is said of the row.
fn may_be_rare(table: Table, column: &str) -> bool {
    !matches!(
        (table, column),
        (
            _,
            "source"
                | "grade"
                | "basis"
                | "case_id"
                | "person_id"
                | "from"
                | "to"
                | "about"
                | "victim_id"
                | "posted_by"
                | "payer"
                | "channel_id"
                | "place_id"
                | "link_id"
                | "ad_id"
                | "phone"
                | "handle"
                | "image"
        ) | (Table::Identifiers, "value")
    )
}

/// The people behind rows, also behind those of things, which stand in rows of people.
struct Behind<'c> {
    case: &'c Case,
    entities: &'c Entities,
    things: BTreeMap<(Table, Symbol), BTreeSet<EntityId>>,
}

impl<'c> Behind<'c> {
    fn of(case: &'c Case, entities: &'c Entities) -> Self {
        let mut things: BTreeMap<(Table, Symbol), BTreeSet<EntityId>> = BTreeMap::new();
        let mut behind = Self { case, entities, things: BTreeMap::new() };
        let mut stand = |table, thing: Symbol, people: &[EntityId]| {
            if thing.is_known() {
                things.entry((table, thing)).or_default().extend(people);
            }
        };
        for (row, one) in case.identifiers.iter().enumerate() {
            stand(Table::Channels, one.channel, &behind.people(Table::Identifiers, row));
        }
        for (row, one) in case.roles.iter().enumerate() {
            stand(Table::Cases, one.case, &behind.people(Table::Roles, row));
        }
        for (row, one) in case.links.iter().enumerate() {
            let people = behind.people(Table::Links, row);
            stand(Table::Cases, one.case, &people);
            stand(Table::Channels, one.channel, &people);
            stand(Table::Places, one.place, &people);
        }
        for (row, one) in case.ads.iter().enumerate() {
            let people = behind.people(Table::Ads, row);
            stand(Table::Cases, one.case, &people);
            stand(Table::Channels, one.channel, &people);
            stand(Table::Places, one.place, &people);
        }
        behind.things = things;
        behind
    }

    fn people(&self, table: Table, row: usize) -> Vec<EntityId> {
        let Case { people, identifiers, roles, links, ads, .. } = self.case;
        let named: Vec<Symbol> = match table {
            Table::People => vec![people[row].person],
            Table::Identifiers => vec![identifiers[row].person],
            Table::Roles => vec![roles[row].person],
            Table::Links => vec![links[row].from, links[row].to, links[row].about],
            Table::Ads => vec![ads[row].victim, ads[row].posted_by, ads[row].payer],
            Table::Cases => return self.thing(table, self.case.cases[row].case),
            Table::Channels => return self.thing(table, self.case.channels[row].channel),
            Table::Places => return self.thing(table, self.case.places[row].place),
        };
        named.into_iter().filter_map(|person| self.entities.of(self.case, person)).collect()
    }

    fn thing(&self, table: Table, thing: Symbol) -> Vec<EntityId> {
        self.things.get(&(table, thing)).into_iter().flatten().copied().collect()
    }
}
