//! The DL text files of UCINET (Borgatti, Everett and Freeman, *UCINET for Windows*, the DL language).

use std::collections::HashMap;

use super::builder::Builder;
pub(super) use super::dl_head::begins;
use super::dl_head::{Head, Layout, head};
use super::text::{quoted, words};
use super::{Directed, ForeignEdge, ForeignNode};
use crate::error::Result;

/// The nodes of one side.
#[derive(Default)]
struct Side {
    /// The place of the first node.
    first: usize,
    count: u64,
    /// The number of each label.
    labels: HashMap<String, u64>,
    embedded: bool,
}

struct Dl<'b, 't> {
    builder: &'b mut Builder,
    head: Head<'t>,
    rows: Side,
    columns: Side,
    /// The matrix that is read.
    matrix: usize,
}

/// A word of the data and the line that it stands on.
type Cell<'t> = (u64, &'t str);

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let head = head(text, builder)?;
    let mut dl = Dl { builder, head, rows: Side::default(), columns: Side::default(), matrix: 0 };
    dl.nodes()?;
    dl.builder.directed = if dl.head.two_mode { Directed::No } else { Directed::Yes };
    match dl.head.layout {
        Layout::EdgeList | Layout::NodeList => dl.lists(),
        Layout::FullMatrix | Layout::LowerHalf | Layout::UpperHalf => dl.matrices(),
    }
}

impl<'t> Dl<'_, 't> {
    /// Makes the nodes that the head counts, with the labels that it lists.
    fn nodes(&mut self) -> Result<()> {
        let Head { rows, columns, two_mode, line, .. } = self.head;
        for label in &self.head.matrix_labels {
            self.builder.check_name(label, line)?;
        }
        let labels = std::mem::take(&mut self.head.row_labels);
        self.rows = self.side(rows, &labels, if two_mode { "r" } else { "" }, line)?;
        self.rows.embedded = self.head.rows_embedded;
        let labels = std::mem::take(&mut self.head.column_labels);
        if two_mode {
            self.columns = self.side(columns, &labels, "c", line)?;
            self.columns.embedded = self.head.columns_embedded;
            self.builder.two_mode = true;
            self.builder.note(
                "The data have two sides, rows and columns; ties lead from one to the other.",
            );
        }
        Ok(())
    }

    fn side(&mut self, count: u64, labels: &[&str], prefix: &str, line: u64) -> Result<Side> {
        let mut side = Side { first: self.builder.node_count(), count, ..Side::default() };
        for number in 1..=count {
            let label = usize::try_from(number - 1).ok().and_then(|at| labels.get(at));
            let node = ForeignNode {
                id: format!("{prefix}{number}"),
                label: label.map(|label| (*label).to_owned()),
                second_side: prefix == "c",
                line,
                ..ForeignNode::default()
            };
            self.builder.node(node)?;
            if let Some(label) = label {
                side.know(label, number - 1);
            }
        }
        Ok(side)
    }

    /// The node that a word stands for: by label where labels are embedded, else by number.
    fn end(&mut self, word: &str, of_columns: bool, line: u64) -> Result<usize> {
        let side =
            if of_columns && self.head.two_mode { &mut self.columns } else { &mut self.rows };
        let number = if side.embedded {
            match side.labels.get(&word.to_lowercase()) {
                Some(&number) => Some(number),
                None if (side.labels.len() as u64) < side.count => {
                    let number = side.labels.len() as u64;
                    side.know(word, number);
                    let node =
                        self.builder.node_mut(side.first + usize::try_from(number).unwrap_or(0));
                    (node.label, node.line) = (Some(word.to_owned()), line);
                    Some(number)
                }
                None => None,
            }
        } else {
            let number =
                word.parse::<u64>().ok().filter(|number| (1..=side.count).contains(number));
            number
                .map(|number| number - 1)
                .or_else(|| side.labels.get(&word.to_lowercase()).copied())
        };
        let number = number.and_then(|number| usize::try_from(number).ok());
        number.map(|number| side.first + number).ok_or_else(|| {
            let expected = if side.embedded {
                format!("at most {} different labels, as the head says", side.count)
            } else {
                format!("a number from 1 to {}, or a label that the head lists", side.count)
            };
            self.builder.fault(line, "", quoted(word), expected)
        })
    }

    fn lists(&mut self) -> Result<()> {
        for (line, text) in std::mem::take(&mut self.head.data) {
            let words = self.words(line, text)?;
            match words.as_slice() {
                [] => {}
                ["!"] => self.matrix += 1,
                [from, to, rest @ ..] if self.head.layout == Layout::EdgeList => {
                    let weight = match rest {
                        [] => None,
                        [weight] => Some(self.builder.weight(weight, line)?),
                        _ => {
                            let found = format!("{} fields", words.len());
                            return Err(self.builder.fault(
                                line,
                                "",
                                found,
                                "two nodes and perhaps a weight; labels with blanks in quotes",
                            ));
                        }
                    };
                    let (from, to) = (self.end(from, false, line)?, self.end(to, true, line)?);
                    self.tie(from, to, weight, line)?;
                }
                [from, rest @ ..] if self.head.layout == Layout::NodeList => {
                    let from = self.end(from, false, line)?;
                    for to in rest {
                        let to = self.end(to, true, line)?;
                        self.tie(from, to, None, line)?;
                    }
                }
                [only, ..] => {
                    return Err(self.builder.fault(
                        line,
                        "",
                        quoted(only),
                        "two nodes and perhaps a weight",
                    ));
                }
            }
        }
        Ok(())
    }

    fn words(&self, line: u64, text: &'t str) -> Result<Vec<&'t str>> {
        let words = words(text, &[',']).ok_or_else(|| {
            self.builder.fault(
                line,
                "",
                "a quote that is never closed",
                "a closing quote on the same line",
            )
        })?;
        Ok(words.iter().map(|word| word.text).collect())
    }

    fn tie(&mut self, from: usize, to: usize, weight: Option<f64>, line: u64) -> Result<()> {
        let kind = self.head.matrix_labels.get(self.matrix).map(|label| (*label).to_owned());
        self.builder.repeat(kind.as_ref(), line)?;
        let directed = !self.head.two_mode
            && !matches!(self.head.layout, Layout::LowerHalf | Layout::UpperHalf);
        self.builder.edge(ForeignEdge {
            from,
            to,
            weight,
            directed,
            kind,
            line,
            ..ForeignEdge::default()
        });
        Ok(())
    }

    fn matrices(&mut self) -> Result<()> {
        let mut cells: Vec<Cell<'t>> = Vec::new();
        for (line, text) in std::mem::take(&mut self.head.data) {
            cells.extend(self.words(line, text)?.into_iter().map(|word| (line, word)));
        }
        let mut cells = cells.into_iter().peekable();
        if cells.peek().is_none() && self.head.rows > 0 {
            return Err(self.builder.fault(
                self.head.line,
                "",
                "no cells after `data:`",
                "the cells of a matrix",
            ));
        }
        while let Some(&(line, text)) = cells.peek() {
            let before = cells.len();
            self.matrix(&mut cells)?;
            if cells.len() == before {
                let expected = format!(
                    "{} rows of {} cells, as the head says",
                    self.head.rows, self.head.columns
                );
                return Err(self.builder.fault(line, "", quoted(text), expected));
            }
            self.matrix += 1;
        }
        if self.matrix == 1 && self.head.layout == Layout::FullMatrix && !self.head.two_mode {
            self.builder.mirror();
        }
        Ok(())
    }

    fn matrix(&mut self, cells: &mut impl Iterator<Item = Cell<'t>>) -> Result<()> {
        let Head { rows, columns, no_diagonal, layout, two_mode, line, .. } = self.head;
        let mut last = line;
        let mut next = |builder: &Builder| {
            let cell = cells.next().inspect(|cell| last = cell.0);
            cell.ok_or_else(|| {
                let expected = format!("{rows} rows of {columns} cells, as the head says");
                builder.fault(last, "", "the end of the file within a matrix", expected)
            })
        };
        let first_column = if two_mode { self.columns.first } else { self.rows.first };
        let place = |first: usize, number: u64| first + usize::try_from(number).unwrap_or(0);
        if self.head.columns_embedded {
            for column in 0..columns {
                let (line, label) = next(self.builder)?;
                let node = self.builder.node_mut(place(first_column, column));
                (node.label, node.line) = (Some(label.to_owned()), line);
            }
        }
        for row in 0..rows {
            if self.head.rows_embedded {
                let (line, label) = next(self.builder)?;
                let node = self.builder.node_mut(place(self.rows.first, row));
                (node.label, node.line) = (Some(label.to_owned()), line);
            }
            let among = match layout {
                Layout::LowerHalf => 0..(row + 1).min(columns),
                Layout::UpperHalf => row.min(columns)..columns,
                _ => 0..columns,
            };
            for column in among {
                if no_diagonal && row == column && !two_mode {
                    continue;
                }
                let (line, text) = next(self.builder)?;
                let weight = self.builder.weight(text, line)?;
                if weight.to_bits() << 1 != 0 {
                    self.tie(
                        place(self.rows.first, row),
                        place(first_column, column),
                        Some(weight),
                        line,
                    )?;
                }
            }
        }
        Ok(())
    }
}

impl Side {
    fn know(&mut self, label: &str, number: u64) {
        self.labels.entry(label.to_lowercase()).or_insert(number);
    }
}

#[cfg(test)]
mod tests;
