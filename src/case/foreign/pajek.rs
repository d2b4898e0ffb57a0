//! Pajek networks (Batagelj and Mrvar, *Pajek: Program for Analysis and Visualization of Large Networks*, reference manual, part 5.3).

use std::collections::BTreeMap;

use super::builder::Builder;
use super::format::first_line;
use super::pajek_line::{Rest, Section, node, parted, rest, vertex};
use super::text::{Word, lines, quoted};
use super::{Directed, ForeignEdge, ForeignNode};
use crate::error::Result;

/// Whether a text begins as a network of Pajek does.
pub(super) fn begins(head: &str) -> bool {
    first_line(head, &['%']).is_some_and(|line| {
        let line = line.to_lowercase();
        ["*vertices", "*network"].iter().any(|name| line.starts_with(name))
    })
}

struct Pajek<'b> {
    builder: &'b mut Builder,
    section: Section,
    /// What a section of lines is called.
    relation: Option<String>,
    /// How many vertices there are, and how many of the first side.
    vertices: Option<(u64, u64)>,
    listed: BTreeMap<usize, ForeignNode>,
    settled: bool,
    stated_at: u64,
    /// How many sections of lines there are.
    sections: usize,
    /// How many cells of a matrix were read, and on which line its section begins.
    cells: (u64, u64),
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let mut pajek = Pajek {
        builder,
        section: Section::None,
        relation: None,
        vertices: None,
        listed: BTreeMap::new(),
        settled: false,
        stated_at: 0,
        sections: 0,
        cells: (0, 0),
    };
    for (number, line) in lines(text) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('%') {
            continue;
        }
        if line.starts_with('*') {
            pajek.begin(line, number)?;
        } else {
            pajek.line(line, number)?;
        }
    }
    pajek.finish()
}

impl Pajek<'_> {
    fn begin(&mut self, line: &str, number: u64) -> Result<()> {
        self.end_matrix()?;
        let words = parted(line, number, self.builder)?;
        let (first, more) =
            words.split_first().map_or(("", &[][..]), |(first, more)| (first.text, more));
        let Some(section) = Section::of(&first.to_lowercase()) else {
            let expected = "`*Vertices`, `*Arcs`, `*Edges`, `*Arcslist`, `*Edgeslist` or `*Matrix`";
            return Err(self.builder.fault(number, "", quoted(first), expected));
        };
        self.section = section;
        self.relation = None;
        match section {
            Section::Vertices => self.vertices(more, number)?,
            Section::None => {}
            Section::Skipped => self
                .builder
                .note("Partitions, vectors and the like of a Pajek project were not read."),
            Section::Pairs(_) | Section::Lists(_) | Section::Matrix => {
                if self.vertices.is_none() {
                    return Err(self.builder.fault(
                        number,
                        "",
                        quoted(first),
                        "`*Vertices` before it",
                    ));
                }
                self.settle()?;
                self.sections += 1;
                self.cells = (0, number);
                // `*Arcs :2 "knows"` is the second relation.
                let name = more.iter().find(|word| word.quoted).or(more.first());
                if let Some(name) = name {
                    self.builder.check_name(name.text, number)?;
                }
                self.relation = name.map(|word| word.text.trim_start_matches(':').to_owned());
            }
        }
        Ok(())
    }

    fn vertices(&mut self, words: &[Word<'_>], line: u64) -> Result<()> {
        if self.vertices.is_some() {
            let expected = "one network a file; save each network of a project by itself";
            return Err(self.builder.fault(line, "", "a second `*Vertices`", expected));
        }
        let Some(count) = words.first() else {
            let found = "`*Vertices` without a number";
            return Err(self.builder.fault(line, "", found, "how many vertices there are"));
        };
        let count = self.builder.count(count.text, "a number of vertices", line)?;
        let first = match words.get(1) {
            None => count,
            Some(word) => {
                let first = self.builder.count(
                    word.text,
                    "a number of vertices of the first side",
                    line,
                )?;
                if first > count {
                    let found = format!("{first} vertices of the first side among {count}");
                    return Err(self.builder.fault(
                        line,
                        "",
                        found,
                        "no more than there are vertices",
                    ));
                }
                self.builder.two_mode = first < count;
                first
            }
        };
        self.vertices = Some((count, first));
        self.stated_at = line;
        Ok(())
    }

    fn count(&self) -> u64 {
        self.vertices.map_or(0, |(count, _)| count)
    }

    /// Makes nodes of all vertices, also of those that are not listed.
    fn settle(&mut self) -> Result<()> {
        let Some((count, first)) =
            self.vertices.filter(|_| !std::mem::replace(&mut self.settled, true))
        else {
            return Ok(());
        };
        for number in 1..=count {
            let listed =
                usize::try_from(number).ok().and_then(|number| self.listed.remove(&number));
            let mut node = listed
                .unwrap_or_else(|| ForeignNode { line: self.stated_at, ..ForeignNode::default() });
            node.id = number.to_string();
            node.second_side = number > first;
            self.builder.node(node)?;
        }
        Ok(())
    }

    fn line(&mut self, line: &str, number: u64) -> Result<()> {
        if self.section == Section::Skipped {
            return Ok(());
        }
        let words = parted(line, number, self.builder)?;
        match self.section {
            Section::Vertices => self.vertex(&words, number),
            Section::Pairs(one_way) => self.pair(&words, one_way, number),
            Section::Lists(one_way) => self.list(&words, one_way, number),
            Section::Matrix => self.row(&words, number),
            Section::None | Section::Skipped => {
                let expected = "a section first, such as `*Vertices 10`";
                Err(self.builder.fault(number, "", quoted(line), expected))
            }
        }
    }

    fn vertex(&mut self, words: &[Word<'_>], line: u64) -> Result<()> {
        let text = words.first().map_or("", |word| word.text);
        let number = vertex(text, self.count(), line, self.builder)?;
        let node = node(words, line, self.builder);
        if let Some(first) = self.listed.insert(number, node) {
            let found = format!("vertex {number}, which line {} has", first.line);
            return Err(self.builder.fault(line, "", found, "each vertex once"));
        }
        Ok(())
    }

    fn pair(&mut self, words: &[Word<'_>], one_way: bool, line: u64) -> Result<()> {
        // Where relations are mixed, each line begins with that of its own: `2: 1 5`.
        let (relation, words) = match words.split_first() {
            Some((first, more)) if first.text.ends_with(':') => {
                (Some(first.text.trim_end_matches(':')), more)
            }
            _ => (None, words),
        };
        let [from, to, more @ ..] = words else {
            let found = format!("{} fields", words.len());
            return Err(self.builder.fault(line, "", found, "the numbers of two vertices"));
        };
        let [from, to] = [from, to].map(|word| vertex(word.text, self.count(), line, self.builder));
        let Rest { weight, spells, label } = rest(more, line, self.builder)?;
        let kind = label.or_else(|| relation.map(str::to_owned)).or_else(|| self.relation.clone());
        self.builder.repeat(self.relation.as_ref(), line)?;
        let (from, to) = (from? - 1, to? - 1);
        let edge = ForeignEdge {
            from,
            to,
            weight,
            directed: one_way,
            kind,
            spells,
            line,
            ..ForeignEdge::default()
        };
        self.builder.edge(edge);
        Ok(())
    }

    fn list(&mut self, words: &[Word<'_>], one_way: bool, line: u64) -> Result<()> {
        let Some((first, more)) = words.split_first() else { return Ok(()) };
        let from = vertex(first.text, self.count(), line, self.builder)? - 1;
        for word in more {
            let to = vertex(word.text, self.count(), line, self.builder)? - 1;
            let kind = self.relation.clone();
            self.builder.repeat(kind.as_ref(), line)?;
            self.builder.edge(ForeignEdge {
                from,
                to,
                directed: one_way,
                kind,
                line,
                ..ForeignEdge::default()
            });
        }
        Ok(())
    }

    /// How many rows and columns a matrix has.
    fn shape(&self) -> (u64, u64) {
        let (count, first) = self.vertices.unwrap_or_default();
        if self.builder.two_mode { (first, count - first) } else { (count, count) }
    }

    fn row(&mut self, words: &[Word<'_>], line: u64) -> Result<()> {
        let (rows, columns) = self.shape();
        for word in words {
            let (row, column) = (self.cells.0 / columns.max(1), self.cells.0 % columns.max(1));
            if row >= rows || columns == 0 {
                let found = format!("more than {rows} rows of {columns} cells");
                return Err(self.builder.fault(line, "", found, "as many as `*Vertices` says"));
            }
            let weight = self.builder.weight(word.text, line)?;
            self.cells.0 += 1;
            if weight.to_bits() << 1 == 0 {
                continue;
            }
            let to = if self.builder.two_mode { rows + column } else { column };
            let [from, to] = [row, to].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
            let (directed, weight) = (!self.builder.two_mode, Some(weight));
            let kind = self.relation.clone();
            self.builder.repeat(kind.as_ref(), line)?;
            self.builder.edge(ForeignEdge {
                from,
                to,
                weight,
                directed,
                kind,
                line,
                ..ForeignEdge::default()
            });
        }
        Ok(())
    }

    fn end_matrix(&mut self) -> Result<()> {
        if self.section != Section::Matrix {
            return Ok(());
        }
        let (rows, columns) = self.shape();
        if self.cells.0 != rows.saturating_mul(columns) {
            let found = format!("a matrix of {} cells", self.cells.0);
            let expected = format!("{rows} rows of {columns} cells, as `*Vertices` says");
            return Err(self.builder.fault(self.cells.1, "", found, expected));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        self.end_matrix()?;
        self.settle()?;
        if self.vertices.is_none() {
            return Err(self.builder.fault(
                1,
                "",
                "no `*Vertices`",
                "a Pajek network, which begins with `*Vertices`",
            ));
        }
        self.builder.directed = Directed::No;
        if self.sections == 1 && self.section == Section::Matrix && !self.builder.two_mode {
            self.builder.mirror();
        }
        if self.builder.two_mode {
            self.builder.note("The network has two sides; its lines lead from one to the other.");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
