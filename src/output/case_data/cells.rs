//! What a row says, cell by cell, in the order of the contract's columns.

use crate::case::{
    Ad, Assertion, Case, CaseFile, Channel, Identifier, Link, MeansCode, Person, Place, RoleInCase,
    Table, When,
};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'c> {
    /// A text, as it was written.
    Text(&'c str),
    /// A code of the contract; empty where none is recorded.
    Code(String),
    When(When),
    Number(Option<f64>),
}

/// The cells of row number `row` of a table.
///
/// # Panics
///
/// If the table has no such row.
pub(super) fn cells(case: &Case, table: Table, row: usize) -> Vec<Cell<'_>> {
    match table {
        Table::Cases => case_file(case, &case.cases[row]),
        Table::People => person(case, &case.people[row]),
        Table::Channels => channel(case, &case.channels[row]),
        Table::Places => place(case, &case.places[row]),
        Table::Identifiers => identifier(case, &case.identifiers[row]),
        Table::Roles => role(case, &case.roles[row]),
        Table::Links => link(case, &case.links[row]),
        Table::Ads => ad(case, &case.ads[row]),
    }
}

/// How many rows a table has.
pub(super) fn count(case: &Case, table: Table) -> usize {
    match table {
        Table::Cases => case.cases.len(),
        Table::People => case.people.len(),
        Table::Channels => case.channels.len(),
        Table::Places => case.places.len(),
        Table::Identifiers => case.identifiers.len(),
        Table::Roles => case.roles.len(),
        Table::Links => case.links.len(),
        Table::Ads => case.ads.len(),
    }
}

/// Where a row stands, and how sure it is.
#[cfg(feature = "parquet")]
pub(super) fn assertion(case: &Case, table: Table, row: usize) -> &Assertion {
    match table {
        Table::Cases => &case.cases[row].assertion,
        Table::People => &case.people[row].assertion,
        Table::Channels => &case.channels[row].assertion,
        Table::Places => &case.places[row].assertion,
        Table::Identifiers => &case.identifiers[row].assertion,
        Table::Roles => &case.roles[row].assertion,
        Table::Links => &case.links[row].assertion,
        Table::Ads => &case.ads[row].assertion,
    }
}

/// What stands in columns of the row's own: their names and texts.
pub(super) fn attributes(case: &Case, table: Table, row: usize) -> Vec<(&str, &str)> {
    let attributes = match table {
        Table::Cases => case.cases.attributes_of(row),
        Table::People => case.people.attributes_of(row),
        Table::Channels => case.channels.attributes_of(row),
        Table::Places => case.places.attributes_of(row),
        Table::Identifiers => case.identifiers.attributes_of(row),
        Table::Roles => case.roles.attributes_of(row),
        Table::Links => case.links.attributes_of(row),
        Table::Ads => case.ads.attributes_of(row),
    };
    attributes.iter().map(|one| (case.text(one.column), case.text(one.value))).collect()
}

/// What every row begins with: source, grade and basis.
fn begin<'c>(case: &'c Case, assertion: &Assertion) -> Vec<Cell<'c>> {
    let Assertion { source, grade, basis, .. } = assertion;
    vec![
        Cell::Text(case.text(*source)),
        Cell::Text(case.text(*grade)),
        Cell::Code(basis.code().into()),
    ]
}

fn code<C: ToString>(code: Option<C>) -> Cell<'static> {
    Cell::Code(code.map(|code| code.to_string()).unwrap_or_default())
}

fn case_file<'c>(case: &'c Case, row: &CaseFile) -> Vec<Cell<'c>> {
    let mut cells = begin(case, &row.assertion);
    cells.extend([
        Cell::Text(case.text(row.case)),
        Cell::Text(case.text(row.unit)),
        Cell::When(row.opened),
        Cell::When(row.closed),
        Cell::Text(case.text(row.outcome)),
        Cell::Text(case.text(row.purpose)),
        Cell::When(row.retain_until),
    ]);
    cells
}

fn person<'c>(case: &'c Case, row: &Person) -> Vec<Cell<'c>> {
    let mut cells = begin(case, &row.assertion);
    cells.extend([row.person, row.name, row.alias].map(|symbol| Cell::Text(case.text(symbol))));
    cells.extend([Cell::When(row.birth), Cell::Text(case.text(row.sex))]);
    cells
}

fn channel<'c>(case: &'c Case, row: &Channel) -> Vec<Cell<'c>> {
    let mut cells = begin(case, &row.assertion);
    cells.extend([row.channel, row.name].map(|symbol| Cell::Text(case.text(symbol))));
    cells.push(code(row.class));
    cells
}

fn place<'c>(case: &'c Case, row: &Place) -> Vec<Cell<'c>> {
    let mut cells = begin(case, &row.assertion);
    cells.extend([row.place, row.name].map(|symbol| Cell::Text(case.text(symbol))));
    cells.push(code(row.class));
    let (latitude, longitude) = row.location.unzip();
    cells.extend([Cell::Number(latitude), Cell::Number(longitude)]);
    cells
}

fn identifier<'c>(case: &'c Case, row: &Identifier) -> Vec<Cell<'c>> {
    let mut cells = begin(case, &row.assertion);
    cells.extend([
        Cell::Text(case.text(row.person)),
        code(Some(row.kind)),
        Cell::Text(case.text(row.value)),
        Cell::Text(case.text(row.channel)),
        Cell::When(row.start),
        Cell::When(row.end),
    ]);
    cells
}

fn role<'c>(case: &'c Case, row: &RoleInCase) -> Vec<Cell<'c>> {
    let mut cells = begin(case, &row.assertion);
    cells.extend([
        Cell::Text(case.text(row.case)),
        Cell::Text(case.text(row.person)),
        code(Some(row.role)),
        code(row.status),
        code(row.minor),
        code(row.setting),
        Cell::When(row.start),
        Cell::When(row.end),
    ]);
    cells
}

fn link<'c>(case: &'c Case, row: &Link) -> Vec<Cell<'c>> {
    let text = |symbol| Cell::Text(case.text(symbol));
    let means: Vec<&str> = row.means.iter().map(MeansCode::code).collect();
    let mut cells = begin(case, &row.assertion);
    cells.extend([
        text(row.from),
        text(row.to),
        code(Some(row.kind)),
        Cell::Text(case.link_id(row)),
        text(row.case),
        text(row.about),
        text(row.channel),
        text(row.place),
        Cell::Code(means.join(";")),
        Cell::When(row.start),
        Cell::When(row.end),
        // An empty count is 1.
        Cell::Number(Some(row.count).filter(|&count| count.to_bits() != 1_f64.to_bits())),
    ]);
    cells
}

fn ad<'c>(case: &'c Case, row: &Ad) -> Vec<Cell<'c>> {
    let text = |symbol| Cell::Text(case.text(symbol));
    let mut cells = begin(case, &row.assertion);
    cells.extend([
        Cell::Text(case.ad_id(row)),
        text(row.channel),
        text(row.case),
        text(row.victim),
        text(row.posted_by),
        text(row.payer),
        Cell::When(row.posted),
        Cell::When(row.last_seen),
        text(row.phone),
        text(row.handle),
        text(row.place),
        text(row.price),
        text(row.text),
        text(row.image),
    ]);
    cells
}
