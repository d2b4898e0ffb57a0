//! What the edges of a foreign graph become: links, roles in case files, identifiers.

use super::super::date::When;
use super::super::schema::Table;
use super::super::vocabulary::{Code as _, IdentifierKind, LinkKind, MeansCode, Role};
use super::builder::NAME;
use super::senses::{Sense, role};
use super::tables::{Making, TableRow, case_id, extras, parts};
use super::{ForeignEdge, ForeignNode, Spell};

impl Making<'_> {
    pub(super) fn edge(&mut self, edge: &ForeignEdge) {
        if edge.from == edge.to {
            self.loops += 1;
            return;
        }
        if self.graph.mirrored && edge.from > edge.to {
            return;
        }
        match [self.senses[edge.from], self.senses[edge.to]] {
            [Sense::Person, Sense::Person] => self.links(edge),
            [Sense::Person, Sense::CaseFile] => self.role_in(edge, edge.from, edge.to),
            [Sense::CaseFile, Sense::Person] => self.role_in(edge, edge.to, edge.from),
            [Sense::Person, Sense::Identifier(kind)] => {
                self.identifier(edge, edge.from, edge.to, kind);
            }
            [Sense::Identifier(kind), Sense::Person] => {
                self.identifier(edge, edge.to, edge.from, kind);
            }
            _ => self.dropped += 1,
        }
    }

    fn links(&mut self, edge: &ForeignEdge) {
        let own = &edge.attributes;
        let said = edge.kind.as_deref();
        let known = said
            .and_then(|kind| LinkKind::parse(&kind.trim().to_lowercase().replace([' ', '-'], "_")));
        let count =
            own.get("count").and_then(|text| text.trim().parse::<f64>().ok()).or(edge.weight);
        let counts = count.filter(|count| *count > 0.0 && *count <= 1e12);
        let certainty = own.get("certainty").and_then(|text| text.trim().parse::<f64>().ok());
        let certainty = certainty.filter(|certainty| (0.0..=1.0).contains(certainty));
        let about = own.get("about").filter(|text| self.people.contains(*text));
        let means = own
            .get("means")
            .filter(|text| parts(text).all(|part| MeansCode::parse(&part).is_some()));
        let file = own.get("case_id").and_then(|list| parts(list).find(|file| !file.is_empty()));
        let file = file.unwrap_or_else(|| self.whole.clone());
        let nodes = &self.graph.nodes;
        let (from, to) = (nodes[edge.from].id.clone(), nodes[edge.to].id.clone());
        self.cases.insert(file.clone());
        let mut taken =
            vec!["count", "weight", "certainty", "means", "case_id", "kind", "directed"];
        if about.is_some() {
            taken.push("about");
        }
        if edge.spells.is_empty() {
            taken.extend(
                ["start", "end"]
                    .iter()
                    .filter(|name| own.get(name).is_some_and(|text| When::parse(text).is_ok())),
            );
        }
        let none = [None];
        let mut first = true;
        let spells: Vec<Option<&Spell>> = edge.spells.iter().map(Some).collect();
        for spell in if spells.is_empty() { &none[..] } else { &spells[..] } {
            let (start, end) = self.span_or(*spell, own);
            let mut row = TableRow::new(edge.line)
                .set(Table::Links, "from", from.as_str())
                .set(Table::Links, "to", to.as_str())
                .set(Table::Links, "kind", known.unwrap_or(LinkKind::Other).code())
                .set(Table::Links, "case_id", file.as_str())
                .set_some(Table::Links, "about", about)
                .set_some(Table::Links, "means", means)
                .set_some(Table::Links, "start", start)
                .set_some(Table::Links, "end", end)
                .set_some(Table::Links, "count", counts.map(|count| count.to_string()))
                .set_some(Table::Links, "grade", certainty.map(|certainty| certainty.to_string()));
            // What is said of the edge is said once, however many times it has.
            if std::mem::take(&mut first) {
                row = extras(row, own, &taken);
                if let (None, Some(said)) = (known, said) {
                    row.extras.push(("kind_as_written".to_owned(), said.to_owned()));
                }
                if let (None, Some(weight)) = (counts, edge.weight) {
                    row.extras.push(("weight".to_owned(), weight.to_string()));
                }
            }
            self.push(Table::Links, edge.file, row);
        }
    }

    fn role_in(&mut self, edge: &ForeignEdge, person: usize, file: usize) {
        let said = edge.kind.as_deref().or(edge.attributes.get("role"));
        let known = said.and_then(role).unwrap_or(Role::Unknown);
        let (start, end) = self.span_or(edge.spells.first(), &edge.attributes);
        let nodes = &self.graph.nodes;
        let row = TableRow::new(edge.line)
            .set(Table::Roles, "case_id", case_id(&nodes[file]))
            .set(Table::Roles, "person_id", nodes[person].id.as_str())
            .set(Table::Roles, "role", known.code())
            .set_some(Table::Roles, "start", start)
            .set_some(Table::Roles, "end", end);
        let row = extras(row, &edge.attributes, &["kind", "directed"]);
        self.push(Table::Roles, edge.file, row);
    }

    fn identifier(
        &mut self,
        edge: &ForeignEdge,
        person: usize,
        thing: usize,
        kind: IdentifierKind,
    ) {
        let nodes = &self.graph.nodes;
        let node = &nodes[thing];
        let value = self.values.entry(thing).or_insert_with(|| identifier(node)).clone();
        let (start, end) = self.span_or(edge.spells.first(), &edge.attributes);
        let row = TableRow::new(edge.line)
            .set(Table::Identifiers, "person_id", nodes[person].id.as_str())
            .set(Table::Identifiers, "kind", kind.code())
            .set(Table::Identifiers, "value", value)
            .set_some(Table::Identifiers, "start", start)
            .set_some(Table::Identifiers, "end", end);
        self.push(Table::Identifiers, edge.file, row);
    }
}

/// The number, address or name that a node which is an identifier stands for.
fn identifier(node: &ForeignNode) -> String {
    const TELLING: [&str; 7] = ["value", "number", "phone", "email", "iban", "plate", "address"];
    let tells = |name: &str| {
        let name = name.to_lowercase();
        TELLING.iter().any(|part| name.contains(part))
    };
    let told = node.attributes.iter().find(|(name, value)| tells(name) && value.len() <= NAME);
    let label = node.label.as_deref().filter(|label| label.len() <= NAME);
    told.map(|(_, value)| value).or(label).unwrap_or(&node.id).to_owned()
}
