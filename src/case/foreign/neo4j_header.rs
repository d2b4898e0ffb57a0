//! The header of a CSV file for the importer of Neo4j.

use super::builder::Builder;
use super::text::quoted;
use crate::error::Result;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The id of a node, in a space of ids, and the name under which it is kept.
    Id(String),
    Labels,
    Start(String),
    End(String),
    Kind,
    Property(String),
    Ignored,
}

/// Whether a first line is a header of nodes or relationships.
pub(super) fn is_header(line: &str) -> bool {
    line.split([',', ';', '\t', '|']).any(|field| {
        let field = field.trim().trim_matches('"').to_uppercase();
        let kind = field.rsplit_once(':').map_or("", |(_, kind)| kind);
        matches!(kind.split('(').next(), Some("ID" | "START_ID" | "END_ID"))
    })
}

/// What parts the fields of a header.
pub(super) fn comma(line: &str) -> u8 {
    [b'\t', b';', b'|', b',']
        .into_iter()
        .find(|&comma| line.contains(char::from(comma)))
        .unwrap_or(b',')
}

/// The columns of a header.
pub(super) fn columns(fields: &[&str], line: u64, builder: &Builder) -> Result<Vec<Column>> {
    let columns: Vec<Column> = fields.iter().map(|field| column(field.trim())).collect();
    let count = |is: fn(&Column) -> bool| columns.iter().filter(|column| is(column)).count();
    let ids = count(|column| matches!(column, Column::Id(_)));
    let starts = count(|column| matches!(column, Column::Start(_)));
    let ends = count(|column| matches!(column, Column::End(_)));
    if (ids, starts, ends) != (1, 0, 0) && (ids, starts, ends) != (0, 1, 1) {
        let found = format!("the header {}", quoted(&fields.join(",")));
        let expected =
            "one `:ID` for a file of nodes, or `:START_ID` and `:END_ID` for one of relationships";
        return Err(builder.fault(line, "", found, expected));
    }
    Ok(columns)
}

fn column(field: &str) -> Column {
    let (name, kind) = field.rsplit_once(':').unwrap_or((field, ""));
    let (what, space) = match kind.split_once('(') {
        Some((what, space)) => {
            (what, space.trim_end_matches(')').split('{').next().unwrap_or_default())
        }
        None => (kind.split('{').next().unwrap_or_default(), ""),
    };
    let space = space.trim().to_owned();
    match what.trim().to_uppercase().as_str() {
        "ID" => Column::Id(space),
        "LABEL" => Column::Labels,
        "START_ID" => Column::Start(space),
        "END_ID" => Column::End(space),
        "TYPE" => Column::Kind,
        "IGNORE" => Column::Ignored,
        _ if name.is_empty() => Column::Ignored,
        _ => Column::Property(name.to_owned()),
    }
}
