//! A matrix in CSV: a first row of names, and rows that begin with one, as Gephi and spreadsheet programs write it.

use csv::ReaderBuilder;

use super::builder::Builder;
use super::text::quoted;
use super::{Directed, ForeignEdge, ForeignNode};
use crate::error::Result;

/// Whether a text begins as a matrix does: an empty first cell, and a second row that begins with the name of the first column and
/// goes on with numbers. A list of edges with an empty first cell has another first row.
pub(super) fn begins(head: &str) -> bool {
    let mut lines = head.lines().filter(|line| !line.trim().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let Some(comma) = comma(first) else { return false };
    let cells = |line: &'_ str| -> Vec<String> {
        line.split(char::from(comma)).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
    };
    let (first, second) = (cells(first), cells(second));
    let is_number = |cell: &String| cell.is_empty() || cell.parse::<f64>().is_ok();
    first.len() > 1
        && first[0].is_empty()
        && first[1] == second[0]
        // What was looked at may end within a cell.
        && second[1..].iter().rev().skip(1).all(is_number)
}

fn comma(line: &str) -> Option<u8> {
    [b';', b'\t', b','].into_iter().find(|&comma| line.contains(char::from(comma)))
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(comma(first).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut columns: Option<Vec<String>> = None;
    let mut cells = Vec::new();
    let mut row = 0;
    while reader
        .read_record(&mut record)
        .map_err(|error| builder.fault(0, "", error.to_string(), "a matrix in CSV"))?
    {
        let line = record.position().map_or(0, csv::Position::line);
        let Some(names) = &columns else {
            let names: Vec<String> = record.iter().skip(1).map(str::to_owned).collect();
            builder.limits.check_columns(names.len() + 1, &builder.position(line, ""))?;
            for (number, name) in names.iter().enumerate() {
                let label = Some(name.clone()).filter(|name| !name.trim().is_empty());
                let id = (number + 1).to_string();
                builder.node(ForeignNode { id, label, line, ..ForeignNode::default() })?;
            }
            columns = Some(names);
            continue;
        };
        let name = record.get(0).unwrap_or_default();
        if names.get(row).map(String::as_str) != Some(name) {
            let expected = match names.get(row) {
                Some(name) => format!(
                    "{}, as the columns have it: rows and columns are the same nodes",
                    quoted(name)
                ),
                None => "no more rows than columns".to_owned(),
            };
            return Err(builder.fault(line, "", quoted(name), expected));
        }
        if record.len() != names.len() + 1 {
            let found = format!("{} cells", record.len() - 1);
            return Err(builder.fault(
                line,
                "",
                found,
                format!("{}, one for each column", names.len()),
            ));
        }
        for (column, cell) in record.iter().skip(1).enumerate() {
            let weight = if cell.trim().is_empty() { 0.0 } else { builder.weight(cell, line)? };
            if weight.to_bits() << 1 != 0 {
                cells.push((row, column, weight, line));
            }
        }
        row += 1;
    }
    if columns.is_none_or(|names| names.len() != row) {
        let found = format!("{row} rows");
        return Err(builder.fault(
            0,
            "",
            found,
            "as many rows as columns: rows and columns are the same nodes",
        ));
    }
    builder.directed = Directed::Yes;
    for (from, to, weight, line) in cells {
        builder.edge(ForeignEdge {
            from,
            to,
            weight: Some(weight),
            directed: true,
            line,
            ..ForeignEdge::default()
        });
    }
    builder.mirror();
    Ok(())
}
