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
mod tests {
    use super::super::super::limits::Limits;
    use super::super::Foreign;
    use super::*;

    fn graph(text: &str) -> Result<Foreign> {
        Foreign::from_bytes("a.dl", text.as_bytes(), &Limits::default())
    }

    /// The labels of the nodes, or their ids, and the edges by these.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let read = graph(text).expect(text);
        let name = |at: usize| {
            let node = &read.nodes[at];
            node.label.clone().unwrap_or_else(|| node.id.clone())
        };
        let tie = |edge: &ForeignEdge| {
            let arrow = if edge.directed { "->" } else { "--" };
            let weight = edge.weight.map(|weight| format!(" {weight}")).unwrap_or_default();
            let kind = edge.kind.as_ref().map(|kind| format!(" {kind}")).unwrap_or_default();
            format!("{}{arrow}{}{weight}{kind} @{}", name(edge.from), name(edge.to), edge.line)
        };
        ((0..read.nodes.len()).map(name).collect(), read.edges.iter().map(tie).collect())
    }

    fn edges(text: &str) -> Vec<String> {
        read(text).1
    }

    #[test]
    fn a_list_of_edges_has_two_ends_and_perhaps_a_weight() {
        assert_eq!(
            edges("dl n=3 format=edgelist1\nlabels:\nAnn,Bob\ndata:\n1 2\n\nBOB,3,-0.5\n"),
            ["Ann->Bob @5", "Bob->3 -0.5 @7"]
        );
        let embedded =
            "dl n=3 format=el1\nlabels:\nAnn\nlabels embedded\ndata:\nann bob\nBob cees 2\n";
        assert_eq!(edges(embedded), ["Ann->bob @6", "bob->cees 2 @7"]);
    }

    #[test]
    fn a_list_of_nodes_has_one_and_all_that_it_is_tied_to() {
        assert_eq!(
            edges("dl n=3 format=nl1\ndata:\n1 2 3\n2\n3 1\n"),
            ["1->2 @3", "1->3 @3", "3->1 @5"]
        );
        assert_eq!(
            edges("dl nr=2 nc=2 format=nl2\ndata:\n1 1 2\n2 1\n"),
            ["r1--c1 @3", "r1--c2 @3", "r2--c1 @4"]
        );
    }

    #[test]
    fn relations_stand_one_after_another() {
        let labels = "matrix labels:\nknows\npays\n";
        assert_eq!(
            edges(&format!("dl n=2 nm=2 format=edgelist1\n{labels}data:\n1 2\n!\n2 1\n!\n1 2\n")),
            ["1->2 knows @6", "2->1 pays @8", "1->2 @10"]
        );
        assert_eq!(
            edges(&format!("dl n=2 nm=2\n{labels}data:\n0 1\n1 0\n0 2\n0 0\n")),
            ["1->2 1 knows @6", "2->1 1 knows @7", "1->2 2 pays @8"]
        );
    }

    #[test]
    fn a_matrix_is_whole_or_half_with_or_without_its_diagonal() {
        for (head, cells, ties) in [
            ("dl n=2", "4 0\n1 -0\n", vec!["1->1 4 @3", "2->1 1 @4"]),
            ("dl n=2", "0 1 1 0\n", vec!["1--2 1 @3", "2--1 1 @3"]),
            ("dl n=2", "0 1\n2 0\n", vec!["1->2 1 @3", "2->1 2 @4"]),
            ("dl n=2 diagonal=absent", "1\n2\n", vec!["1->2 1 @3", "2->1 2 @4"]),
            (
                "dl n=3 format=lowerhalf",
                "9\n1 0\n0 2 0\n",
                vec!["1--1 9 @3", "2--1 1 @4", "3--2 2 @5"],
            ),
            ("dl n=3 format=lh diagonal=absent", "1\n0 2\n", vec!["2--1 1 @3", "3--2 2 @4"]),
            (
                "dl n=3 format=upperhalf",
                "0 1 0\n0 2\n9\n",
                vec!["1--2 1 @3", "2--3 2 @4", "3--3 9 @5"],
            ),
            ("dl nr=1 nc=2", "1 3\n", vec!["r1--c1 1 @3", "r1--c2 3 @3"]),
            ("dl nr=2 nc=2 diagonal=absent", "1 0\n0 1\n", vec!["r1--c1 1 @3", "r2--c2 1 @4"]),
        ] {
            assert_eq!(edges(&format!("{head}\ndata:\n{cells}")), ties, "{head}: {cells}");
        }
        assert!(graph("dl n=2\ndata:\n0 1 1 0\n").expect("a graph").mirrored);
        assert!(!graph("dl n=2 format=lh\ndata:\n0\n1 0\n").expect("a graph").mirrored);
    }

    #[test]
    fn labels_may_stand_before_the_cells() {
        let (names, ties) = read("dl n=2\nlabels embedded\ndata:\nAnn Bob\nAnn 0 1\nBob 0 0\n");
        assert_eq!(
            (names, ties),
            (vec!["Ann".into(), "Bob".into()], vec!["Ann->Bob 1 @5".to_owned()])
        );
        let (names, ties) = read("dl nr=1 nc=2\ncolumn labels embedded\ndata:\np q\n0 1\n");
        assert_eq!(
            (names, ties),
            (vec!["r1".into(), "p".into(), "q".into()], vec!["r1--q 1 @5".to_owned()])
        );
        let read = graph("dl nr=1 nc=1\nlabels embedded\ndata:\np\nAnn 1\n").expect("a graph");
        let nodes: Vec<(bool, u64)> =
            read.nodes.iter().map(|node| (node.second_side, node.line)).collect();
        assert_eq!(nodes, [(false, 5), (true, 4)]);
        assert!(read.two_mode);
    }

    #[test]
    fn data_that_are_not_as_the_head_says_are_refused_at_their_line() {
        for (text, told) in [
            (
                "dl n=2 format=el1\ndata:\n1 0\n",
                "3: `0`; expected a number from 1 to 2, or a label that the head lists",
            ),
            (
                "dl n=1 format=el1\nlabels embedded\ndata:\na a\na b\n",
                "5: `b`; expected at most 1 different labels, as the head says",
            ),
            (
                "dl n=2 format=el1\ndata:\n1 2 3 4\n",
                "3: 4 fields; expected two nodes and perhaps a weight; labels with blanks in quotes",
            ),
            ("dl n=2 format=el1\ndata:\n1\n", "3: `1`; expected two nodes and perhaps a weight"),
            (
                "dl n=2\ndata:\n\"1 2\n",
                "3: a quote that is never closed; expected a closing quote on the same line",
            ),
            ("dl n=2\n\ndata:\n", "1: no cells after `data:`; expected the cells of a matrix"),
            (
                "dl n=2\ndata:\n0 1\n1\n",
                "4: the end of the file within a matrix; expected 2 rows of 2 cells, as the head says",
            ),
            ("dl n=0\ndata:\n7\n", "3: `7`; expected 0 rows of 0 cells, as the head says"),
            (
                "dl n=1\ndata:\nx\n",
                "3: column `weight`: `x`; expected a finite number, such as `3` or `0.5`",
            ),
        ] {
            assert_eq!(graph(text).expect_err(text).to_string(), format!("a.dl:{told}"));
        }
        assert_eq!(edges("dl n=0\ndata:\n"), [""; 0]);
    }
}
