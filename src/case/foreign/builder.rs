//! Nodes and edges as they come, whatever the format: ids that stand twice, ends that lead nowhere, limits.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexSet;

use super::super::limits::Limits;
use super::super::read::InputFile;
use super::{Directed, Foreign, ForeignEdge, ForeignFormat, ForeignNode};
use crate::error::{Error, Position, Result, excerpt};

/// How many nodes a file may count without writing them out, however short it is.
const UNWRITTEN: u64 = 1 << 16;

/// How many edges or values a small file may stand for that it does not write out one by one, as where every node of one set is tied to
/// every node of another; a large one may stand for as many as it has bytes.
const IMPLIED: u64 = 1 << 22;

/// Texts of fewer bytes weigh nothing where a file stands for many of them.
const SHORT: u64 = 64;

/// How many bytes an id, or the name of an attribute or relation, may have: a short file may name each very often.
pub(super) const NAME: usize = 1000;

/// What a graph is put together with.
pub(super) struct Builder {
    format: ForeignFormat,
    files: Vec<String>,
    bytes: u64,
    pub(super) limits: Limits,
    nodes: Vec<ForeignNode>,
    edges: Vec<ForeignEdge>,
    numbers: HashMap<String, usize>,
    /// Ends of edges whose nodes had not been met: the edge, whether it is its target, the id.
    pending: Vec<(usize, bool, String)>,
    names: IndexSet<Arc<str>>,
    notes: IndexSet<String>,
    implied: u64,
    pub(super) directed: Directed,
    pub(super) two_mode: bool,
    pub(super) mirrored: bool,
}

impl Builder {
    pub(super) fn new(format: ForeignFormat, file: &str, bytes: usize, limits: Limits) -> Self {
        Self {
            format,
            files: vec![file.to_owned()],
            bytes: bytes as u64,
            limits,
            nodes: Vec::new(),
            edges: Vec::new(),
            numbers: HashMap::new(),
            pending: Vec::new(),
            names: IndexSet::new(),
            notes: IndexSet::new(),
            implied: 0,
            directed: Directed::No,
            two_mode: false,
            mirrored: false,
        }
    }

    /// Goes on with another file of the same graph.
    pub(super) fn next_file(&mut self, file: &str, bytes: usize) -> Result<()> {
        if self.files.len() > usize::from(u16::MAX) {
            return Err(Error::limit("a folder of over 65,535 files", "join some of them"));
        }
        self.files.push(file.to_owned());
        self.bytes += bytes as u64;
        Ok(())
    }

    fn file_number(&self) -> u16 {
        u16::try_from(self.files.len() - 1).unwrap_or(u16::MAX)
    }

    /// A place in the file that is read.
    pub(super) fn position(&self, line: u64, column: &str) -> Position {
        let file = self.files.last().cloned().unwrap_or_default();
        Position { file, line, column: column.to_owned() }
    }

    /// A fault of a line.
    pub(super) fn fault(
        &self,
        line: u64,
        column: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Error {
        Error::data(self.position(line, column), found, expected)
    }

    /// Says once that something was not read.
    pub(super) fn note(&mut self, note: impl Into<String>) {
        const MOST: usize = 50;
        let note = note.into();
        if self.notes.len() < MOST || self.notes.contains(&note) {
            self.notes.insert(note);
        } else {
            self.notes.insert("More of the kind was left out than is told here.".to_owned());
        }
    }

    /// The name of an attribute, which all nodes share.
    pub(super) fn name(&mut self, name: &str) -> Arc<str> {
        let cut =
            (0..=NAME.min(name.len())).rev().find(|&at| name.is_char_boundary(at)).unwrap_or(0);
        if cut < name.len() {
            self.note(format!("Names of attributes were cut to {NAME} bytes."));
        }
        let name = &name[..cut];
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let name: Arc<str> = name.into();
        self.names.insert(name.clone());
        name
    }

    pub(super) fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The place of the node of an id.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// Adds a node, whose id must be its own.
    pub(super) fn node(&mut self, mut node: ForeignNode) -> Result<usize> {
        if node.id.is_empty() {
            return Err(self.fault(
                node.line,
                "id",
                "a node without an id",
                "an id for every node",
            ));
        }
        self.check_name(&node.id, node.line)?;
        if let Some(&first) = self.numbers.get(&node.id) {
            let found = format!(
                "`{}`, the id of the node on line {}",
                excerpt(&node.id),
                self.nodes[first].line
            );
            return Err(self.fault(node.line, "id", found, "an id of its own for every node"));
        }
        let number = self.nodes.len();
        node.file = self.file_number();
        self.numbers.insert(node.id.clone(), number);
        self.nodes.push(node);
        Ok(number)
    }

    /// Refuses a name that is no name.
    pub(super) fn check_name(&self, name: &str, line: u64) -> Result<()> {
        if name.len() <= NAME {
            return Ok(());
        }
        let found = format!("`{}`, a name of {} bytes", excerpt(name), name.len());
        Err(self.fault(line, "", found, format!("at most {NAME} bytes")))
    }

    /// The node of an id, which is added if it has not been met: for formats that list no nodes.
    pub(super) fn met(&mut self, id: &str, line: u64) -> Result<usize> {
        match self.find(id) {
            Some(number) => Ok(number),
            None => self.node(ForeignNode { id: id.to_owned(), line, ..ForeignNode::default() }),
        }
    }

    pub(super) fn node_mut(&mut self, number: usize) -> &mut ForeignNode {
        &mut self.nodes[number]
    }

    /// Adds an edge between two nodes that are known.
    pub(super) fn edge(&mut self, mut edge: ForeignEdge) {
        edge.file = self.file_number();
        self.edges.push(edge);
    }

    /// Adds an edge between two ids; their nodes may come later.
    pub(super) fn edge_between(
        &mut self,
        from: &str,
        to: &str,
        mut edge: ForeignEdge,
    ) -> Result<()> {
        let number = self.edges.len();
        for (is_target, id) in [(false, from), (true, to)] {
            if id.is_empty() {
                let column = if is_target { "target" } else { "source" };
                return Err(self.fault(
                    edge.line,
                    column,
                    "an edge without an end",
                    "the id of a node",
                ));
            }
            let end = self.find(id);
            if end.is_none() {
                self.pending.push((number, is_target, id.to_owned()));
            }
            *(if is_target { &mut edge.to } else { &mut edge.from }) = end.unwrap_or(0);
        }
        self.edge(edge);
        Ok(())
    }

    /// A weight, as it is written.
    pub(super) fn weight(&self, text: &str, line: u64) -> Result<f64> {
        match text.trim().parse::<f64>() {
            Ok(weight) if weight.is_finite() => Ok(weight),
            _ => {
                let found = format!("`{}`", excerpt(text));
                Err(self.fault(line, "weight", found, "a finite number, such as `3` or `0.5`"))
            }
        }
    }

    /// A count of nodes that the file states; none is made by it alone if the file is far too short to need so many.
    pub(super) fn count(&self, text: &str, what: &str, line: u64) -> Result<u64> {
        let Ok(count) = text.parse::<u64>() else {
            let found = format!("`{}`", excerpt(text));
            return Err(self.fault(line, "", found, format!("{what}, a whole number")));
        };
        let most = self.bytes.max(UNWRITTEN);
        if count <= most {
            return Ok(count);
        }
        let found = format!(
            "{}: {what} of {count} in a file of {} bytes",
            self.position(line, ""),
            self.bytes
        );
        Err(Error::limit(
            found,
            format!(
                "nodes that are not written out may be {most} here; mend the count, or list the nodes"
            ),
        ))
    }

    /// Counts a text that stands once in the file and is held by every edge that follows it, where it is long.
    pub(super) fn repeat(&mut self, text: Option<&String>, line: u64) -> Result<()> {
        match text {
            Some(text) if text.len() as u64 >= SHORT => self.imply(1, text.len(), line),
            _ => Ok(()),
        }
    }

    /// Counts edges or values that the file does not write out one by one, and texts of so many bytes that each of them holds.
    pub(super) fn imply(&mut self, count: u64, bytes: usize, line: u64) -> Result<()> {
        let each = 1 + bytes as u64 / SHORT;
        self.implied = self.implied.saturating_add(count.saturating_mul(each));
        let most = self.bytes.max(IMPLIED);
        if self.implied <= most {
            return Ok(());
        }
        let found = format!(
            "{}: over {most} edges or values that are not written out one by one",
            self.position(line, "")
        );
        Err(Error::limit(
            found,
            "write them out: as this file is, it stands for far more than it holds",
        ))
    }

    /// Says so where each edge stands twice, once from either end, as in the matrix of a graph whose ties run both ways.
    pub(super) fn mirror(&mut self) {
        let weight = |edge: &ForeignEdge| edge.weight.map_or(0, f64::to_bits);
        let mut ties: HashMap<(usize, usize), u64> = HashMap::new();
        let distinct =
            self.edges.iter().all(|edge| ties.insert((edge.from, edge.to), weight(edge)).is_none());
        let other = |edge: &ForeignEdge| ties.get(&(edge.to, edge.from)) == Some(&weight(edge));
        if distinct
            && self.edges.iter().any(|edge| edge.from != edge.to)
            && self.edges.iter().all(other)
        {
            self.mirrored = true;
            self.edges.iter_mut().for_each(|edge| edge.directed = false);
            self.note(
                "The matrix is symmetric: its ties run both ways, and each stands in it twice.",
            );
        }
    }

    /// Whether there are not more nodes and edges than may be, and no value is longer; a file that is held whole cannot hold many
    /// more before it is asked.
    fn check_limits(&self) -> Result<()> {
        let file = self.files.last().map_or("", String::as_str);
        self.limits.check_rows(self.nodes.len(), "nodes", file)?;
        self.limits.check_rows(self.edges.len(), "edges", file)?;
        let nodes = self.nodes.iter().map(|node| {
            (node.file, node.line, node.label.as_ref(), node.kind.as_ref(), &node.attributes)
        });
        let edges = self
            .edges
            .iter()
            .map(|edge| (edge.file, edge.line, None, edge.kind.as_ref(), &edge.attributes));
        for (file, line, label, kind, attributes) in nodes.chain(edges) {
            let own = [("label", label), ("kind", kind)];
            let own = own.into_iter().filter_map(|(name, text)| Some((name, text?.as_str())));
            for (name, text) in own.chain(attributes.iter()) {
                self.limits.check_field(text.len(), || {
                    let file = self.files[usize::from(file)].clone();
                    Position { file, line, column: name.to_owned() }
                })?;
            }
        }
        Ok(())
    }

    /// The graph, once every edge ends at a node.
    pub(super) fn finish(mut self, files: Vec<InputFile>) -> Result<Foreign> {
        self.check_limits()?;
        for (edge, is_target, id) in std::mem::take(&mut self.pending) {
            let Some(node) = self.find(&id) else {
                let ForeignEdge { line, file, .. } = self.edges[edge];
                let column = if is_target { "target" } else { "source" };
                let position = Position {
                    file: self.files[usize::from(file)].clone(),
                    line,
                    column: column.to_owned(),
                };
                let found = format!("`{}`", excerpt(&id));
                let expected = "the id of a node; add the node or mend the end of this edge";
                return Err(Error::data(position, found, expected));
            };
            let edge = &mut self.edges[edge];
            *(if is_target { &mut edge.to } else { &mut edge.from }) = node;
        }
        let one_way = self.edges.iter().filter(|edge| edge.directed).count();
        let directed = match one_way {
            _ if self.edges.is_empty() => self.directed,
            0 => Directed::No,
            count if count == self.edges.len() => Directed::Yes,
            _ => Directed::Mixed,
        };
        Ok(Foreign {
            nodes: self.nodes,
            edges: self.edges,
            directed,
            format: self.format,
            two_mode: self.two_mode,
            mirrored: self.mirrored,
            notes: self.notes.into_iter().collect(),
            files,
        })
    }
}

#[cfg(test)]
mod tests;
