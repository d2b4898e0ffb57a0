//! A foreign graph as rows of the tables of the contract, which the reader then checks as it checks all others.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};

use super::super::date::When;
use super::super::schema::Table;
use super::super::vocabulary::{Code as _, Minor, Role, Status};
use super::senses::{Sense, is_victim, role, senses};
use super::{Attributes, Foreign, ForeignNode, Spell};

/// Rows of one table.
#[derive(Debug)]
pub(in crate::case) struct TableRows {
    pub(in crate::case) table: Table,
    /// The place of their file in [`Foreign::files`].
    pub(in crate::case) file: u16,
    pub(in crate::case) rows: Vec<TableRow>,
}

/// A row: cells by number of the column, and what the table has no column for.
#[derive(Debug, Default)]
pub(in crate::case) struct TableRow {
    pub(in crate::case) line: u32,
    pub(in crate::case) cells: Vec<(u32, String)>,
    pub(in crate::case) extras: Vec<(String, String)>,
}

/// Attributes that say how something looks on a drawing.
const DRAWN: [&str; 10] = ["x", "y", "z", "size", "color", "colour", "r", "g", "b", "shape"];

/// Rows that are being made.
pub(super) struct Making<'g> {
    pub(super) graph: &'g Foreign,
    pub(super) senses: Vec<Sense>,
    /// Whether whole numbers among the times are years.
    years: bool,
    /// The ids of people.
    pub(super) people: HashSet<&'g str>,
    /// What nodes that are identifiers stand for.
    pub(super) values: HashMap<usize, String>,
    /// Rows by table and file, in the order in which the reader takes them.
    rows: IndexMap<(Table, u16), Vec<TableRow>>,
    pub(super) cases: IndexSet<String>,
    /// The case file that stands for the whole graph.
    pub(super) whole: String,
    pub(super) loops: usize,
    pub(super) dropped: usize,
    undated: usize,
}

/// The rows of all tables, in their order, and what is to be said of them.
pub(in crate::case) fn tables(graph: &Foreign) -> (Vec<TableRows>, Vec<String>) {
    let (senses, taken) = senses(graph);
    let whole = graph
        .files
        .first()
        .filter(|_| graph.files.len() == 1)
        .map_or("graph", |file| file.name.as_str());
    let mut making = Making {
        graph,
        people: graph
            .nodes
            .iter()
            .zip(&senses)
            .filter(|(_, sense)| **sense == Sense::Person)
            .map(|(node, _)| node.id.as_str())
            .collect(),
        senses,
        years: are_years(graph),
        values: HashMap::new(),
        rows: IndexMap::new(),
        cases: IndexSet::new(),
        whole: whole.to_owned(),
        loops: 0,
        dropped: 0,
        undated: 0,
    };
    for (number, node) in graph.nodes.iter().enumerate() {
        making.node(number, node);
    }
    for edge in &graph.edges {
        making.edge(edge);
    }
    making.case_files();
    let notes = making.notes(&taken);
    let mut rows: Vec<TableRows> = making
        .rows
        .into_iter()
        .map(|((table, file), rows)| TableRows { table, file, rows })
        .collect();
    rows.sort_by_key(|rows| (rows.table, rows.file));
    (rows, notes)
}

/// Whether all times that are whole numbers can be years.
fn are_years(graph: &Foreign) -> bool {
    let spells = graph
        .nodes
        .iter()
        .map(|node| &node.spells)
        .chain(graph.edges.iter().map(|edge| &edge.spells));
    let times = spells.flatten().flat_map(|spell| [&spell.start, &spell.end]).flatten();
    let mut numbers = times.filter_map(|time| whole_number(time));
    numbers.all(|number| (1000..=2999).contains(&number))
}

fn whole_number(time: &str) -> Option<i64> {
    time.strip_suffix(".0").unwrap_or(time).parse().ok()
}

impl TableRow {
    pub(super) fn new(line: u64) -> Self {
        Self { line: u32::try_from(line).unwrap_or(u32::MAX), ..Self::default() }
    }

    pub(super) fn set(mut self, table: Table, column: &str, value: impl Into<String>) -> Self {
        let at = (0_u32..).zip(table.columns()).find(|(_, own)| own.name == column);
        if let Some((at, _)) = at {
            self.cells.push((at, value.into()));
        }
        self
    }

    pub(super) fn set_some(
        self,
        table: Table,
        column: &str,
        value: Option<impl Into<String>>,
    ) -> Self {
        match value {
            Some(value) => self.set(table, column, value),
            None => self,
        }
    }
}

/// The parts of a list, of which each may hold a `;` that is written otherwise.
pub(super) fn parts(list: &str) -> impl Iterator<Item = String> {
    list.split(';').map(|part| part.trim().replace("\\u{3b}", ";"))
}

impl Making<'_> {
    pub(super) fn push(&mut self, table: Table, file: u16, row: TableRow) {
        self.rows.entry((table, file)).or_default().push(row);
    }

    fn node(&mut self, number: usize, node: &ForeignNode) {
        let name = node.label.clone();
        match self.senses[number] {
            Sense::Person => self.person(node),
            Sense::CaseFile => {
                self.cases.insert(case_id(node));
                let row = TableRow::new(node.line).set(Table::Cases, "case_id", case_id(node));
                let mut row = extras(row, &node.attributes, &[]);
                row.extras.extend(name.map(|name| ("label".to_owned(), name)));
                self.push(Table::Cases, node.file, row);
            }
            Sense::Channel => {
                let row =
                    TableRow::new(node.line).set(Table::Channels, "channel_id", node.id.as_str());
                self.push(Table::Channels, node.file, row.set_some(Table::Channels, "name", name));
            }
            Sense::Place => {
                let row = TableRow::new(node.line).set(Table::Places, "place_id", node.id.as_str());
                self.push(Table::Places, node.file, row.set_some(Table::Places, "name", name));
            }
            Sense::Identifier(_) => {}
        }
    }

    fn person(&mut self, node: &ForeignNode) {
        let own = &node.attributes;
        let birth = own
            .first_of(&["birth", "birthdate", "date_of_birth"])
            .filter(|text| When::parse(text).is_ok());
        let row = TableRow::new(node.line)
            .set(Table::People, "person_id", node.id.as_str())
            .set_some(Table::People, "name", node.label.clone())
            .set_some(Table::People, "alias", own.get("alias"))
            .set_some(Table::People, "birth", birth)
            .set_some(Table::People, "sex", own.first_of(&["sex", "gender"]));
        let mut taken = vec!["alias", "sex", "name", "label"];
        if birth.is_some() {
            taken.push("birth");
        }
        self.push(Table::People, node.file, extras(row, own, &taken));
        if !self.graph.two_mode {
            self.roles(node);
        }
    }

    /// What a person was, in the case files that are named or else in the one that stands for the graph.
    fn roles(&mut self, node: &ForeignNode) {
        let own = &node.attributes;
        let said = ["role", "roles", "part"]
            .iter()
            .find_map(|name| own.get(name))
            .or(node.kind.as_deref());
        let files: Vec<String> =
            own.get("case_id").map(|list| parts(list).collect()).unwrap_or_default();
        let is_victim = is_victim(node);
        let known: Vec<(usize, Role)> = said
            .into_iter()
            .flat_map(parts)
            .enumerate()
            .filter_map(|(at, text)| Some((at, role(&text)?)))
            .collect();
        let mut rows: IndexSet<(String, Role)> = IndexSet::new();
        for (at, role) in known {
            let file = files.get(at).or(files.first()).filter(|file| !file.is_empty());
            rows.insert((file.unwrap_or(&self.whole).clone(), role));
        }
        if is_victim && rows.iter().all(|(_, role)| !role.is_victim()) {
            rows.insert((self.whole.clone(), Role::Victim));
        }
        if rows.is_empty() {
            let file = files.iter().find(|file| !file.is_empty()).unwrap_or(&self.whole);
            rows.insert((file.clone(), Role::Unknown));
        }
        let status = own.get("status").and_then(Status::parse).map(Status::code);
        let minor = own.get("minor").and_then(|text| match text.to_lowercase().as_str() {
            "true" | "1" => Some(Minor::Yes),
            "false" | "0" => Some(Minor::No),
            other => Minor::parse(other),
        });
        let (start, end) = self.span(node.spells.first());
        for (file, role) in rows {
            self.cases.insert(file.clone());
            let row = TableRow::new(node.line)
                .set(Table::Roles, "case_id", file)
                .set(Table::Roles, "person_id", node.id.as_str())
                .set(Table::Roles, "role", role.code())
                .set_some(Table::Roles, "status", status)
                .set_some(Table::Roles, "minor", minor.map(Minor::code))
                .set_some(Table::Roles, "start", start.clone())
                .set_some(Table::Roles, "end", end.clone());
            self.push(Table::Roles, node.file, row);
        }
    }

    /// Rows for case files that are named and are no nodes.
    fn case_files(&mut self) {
        let listed: IndexSet<String> = self
            .graph
            .nodes
            .iter()
            .zip(&self.senses)
            .filter(|(_, sense)| **sense == Sense::CaseFile)
            .map(|(node, _)| case_id(node))
            .collect();
        for file in std::mem::take(&mut self.cases) {
            if !listed.contains(&file) {
                let row = TableRow::new(1).set(Table::Cases, "case_id", file);
                self.push(Table::Cases, 0, row);
            }
        }
    }

    pub(super) fn span_or(
        &mut self,
        spell: Option<&Spell>,
        own: &Attributes,
    ) -> (Option<String>, Option<String>) {
        if spell.is_some() {
            return self.span(spell);
        }
        let date =
            |name: &str| own.get(name).filter(|text| When::parse(text).is_ok()).map(str::to_owned);
        (date("start"), date("end"))
    }

    /// A time as dates of the contract; what is no date is counted.
    pub(super) fn span(&mut self, spell: Option<&Spell>) -> (Option<String>, Option<String>) {
        let Some(Spell { start, end }) = spell else { return (None, None) };
        let [start, end] =
            [start, end].map(|time| time.as_deref().map(|time| date(time, self.years)));
        self.undated += usize::from(start == Some(None) || end == Some(None));
        (start.flatten(), end.flatten())
    }

    fn notes(&self, taken: &[String]) -> Vec<String> {
        let mut notes = self.graph.notes.clone();
        let mut say = |count: usize, what: &str| {
            if count > 0 {
                notes.push(format!("{count} {what}"));
            }
        };
        say(self.loops, "edges from a node to itself are no links and were left out.");
        say(
            self.dropped,
            "edges that do not tie people to people, case files or identifiers were left out.",
        );
        say(self.undated, "times that are no dates were left out.");
        if !taken.is_empty() {
            let kinds: Vec<String> =
                taken.iter().take(5).map(|kind| super::text::quoted(kind)).collect();
            notes.push(format!("Nodes of these kinds were taken as people: {}.", kinds.join(", ")));
        }
        if self.graph.two_mode {
            notes.push(
                "Nodes of the second side were taken as case files, and edges as roles in them."
                    .to_owned(),
            );
        }
        notes
    }
}

/// What a node that is a case file is called.
pub(super) fn case_id(node: &ForeignNode) -> String {
    node.id.strip_prefix("case_file:").unwrap_or(&node.id).to_owned()
}

/// A time as a date of the contract: a date, the day of a moment, or a year where whole numbers are years.
fn date(time: &str, years: bool) -> Option<String> {
    if let Some(number) = whole_number(time) {
        return years.then(|| format!("{number:04}"));
    }
    let day = time.split_once(['T', ' ']).map_or(time, |(day, _)| day);
    When::parse(day).is_ok().then(|| day.to_owned())
}

/// What the table has no column for; how things look on a drawing is not kept.
pub(super) fn extras(mut row: TableRow, own: &Attributes, taken: &[&str]) -> TableRow {
    let kept = own.iter().filter(|(name, value)| {
        !value.is_empty() && !taken.contains(name) && !DRAWN.contains(name)
    });
    row.extras = kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    row
}

#[cfg(test)]
mod tests;
