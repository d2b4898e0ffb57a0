//! A folder of CSV files for `neo4j-admin database import`: nodes by label, relationships by type, typed columns.
//!
//! It is a program that reads them and no spreadsheet, so nothing is put before what a spreadsheet would take for a formula: that
//! would change ids and texts. What XML would not hold either (control characters) is written `\u{…}`, so that a record is one line.

use std::collections::BTreeSet;
use std::io::{self, Write};

use csv::Writer;

use super::chart::Chart;
use super::columns::{Column, EDGE, Kind, NODE};
use crate::error::printable;
use crate::finding::{MapNode, Part, TieKind};
use crate::untrusted::Untrusted;

/// One of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// Nodes of one label.
    Nodes(Label),
    /// Relationships of one type.
    Relationships(TieKind),
}

/// What nodes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Person,
    CaseFile,
    Channel,
    Place,
    Identifier,
}

impl Label {
    fn of(part: Part) -> Self {
        match part {
            Part::CaseFile => Self::CaseFile,
            Part::Channel => Self::Channel,
            Part::Place => Self::Place,
            Part::Identifier => Self::Identifier,
            _ => Self::Person,
        }
    }

    fn spelt(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::CaseFile => "CaseFile",
            Self::Channel => "Channel",
            Self::Place => "Place",
            Self::Identifier => "Identifier",
        }
    }
}

/// The files of a map, in their order.
pub(super) fn tables(chart: &Chart<'_>) -> Vec<Table> {
    let labels: BTreeSet<Label> = chart.nodes().map(|(_, node)| Label::of(node.part)).collect();
    let kinds: BTreeSet<TieKind> = chart.edges().map(|(_, edge)| edge.kind).collect();
    labels
        .into_iter()
        .map(Table::Nodes)
        .chain(kinds.into_iter().map(Table::Relationships))
        .collect()
}

impl Table {
    pub(super) fn file_name(self) -> String {
        match self {
            Self::Nodes(label) => format!("nodes.{}.csv", label.spelt()),
            Self::Relationships(kind) => format!("relationships.{}.csv", type_of(kind)),
        }
    }

    pub(super) fn write(self, chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = Writer::from_writer(out);
        match self {
            Self::Nodes(label) => nodes(chart, label, &mut writer)?,
            Self::Relationships(kind) => relationships(chart, kind, &mut writer)?,
        }
        writer.flush()
    }
}

/// `RECRUITED`; a role in a case file has its own word, as `offender` and `other` are roles and links.
fn type_of(kind: TieKind) -> String {
    let code = kind.code().to_ascii_uppercase();
    match kind {
        TieKind::Role(_) => format!("ROLE_{code}"),
        TieKind::Use(_) | TieKind::Place | TieKind::Identifier => format!("USES_{code}"),
        TieKind::Link(_) => code,
    }
}

fn header<T>(columns: &[Column<T>]) -> impl Iterator<Item = String> {
    columns.iter().map(|column| {
        let kind = match column.kind {
            Kind::Text => "string",
            Kind::List => "string[]",
            Kind::Long => "long",
            Kind::Double => "double",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
        };
        format!("{}:{kind}", column.name)
    })
}

fn nodes(chart: &Chart<'_>, label: Label, writer: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    let head = ["id:ID".to_owned(), ":LABEL".to_owned()];
    writer.write_record(head.into_iter().chain(header(&NODE)))?;
    for (place, node) in chart.nodes().filter(|(_, node)| Label::of(node.part) == label) {
        let own = [cell(chart.id(place)), labels(node)];
        let values = NODE.iter().map(|column| cell(&(column.of)(chart, place, node).told()));
        writer.write_record(own.into_iter().chain(values))?;
    }
    Ok(())
}

/// Text in a cell, of one line; the writer of CSV puts it in quotes.
fn cell(text: &Untrusted) -> String {
    text.through(printable)
}

/// `Person;Recruiter`.
fn labels(node: &MapNode) -> String {
    let label = Label::of(node.part);
    if label != Label::Person {
        return label.spelt().to_owned();
    }
    let (first, rest) = node.part.code().split_at(1);
    format!("{};{}{rest}", label.spelt(), first.to_ascii_uppercase())
}

fn relationships(
    chart: &Chart<'_>,
    kind: TieKind,
    writer: &mut Writer<&mut dyn Write>,
) -> io::Result<()> {
    let head = [":START_ID", ":END_ID", ":TYPE"].map(str::to_owned);
    writer.write_record(head.into_iter().chain(header(&EDGE)))?;
    for (place, edge) in chart.edges().filter(|(_, edge)| edge.kind == kind) {
        let ends = [cell(chart.id(edge.from)), cell(chart.id(edge.to)), type_of(kind)];
        let values = EDGE.iter().map(|column| cell(&(column.of)(chart, place, edge).told()));
        writer.write_record(ends.into_iter().chain(values))?;
    }
    Ok(())
}
