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
        let number = |name| own.get(name).and_then(|text| text.trim().parse::<f64>().ok());
        let counts = |count: &f64| *count > 0.0 && *count <= 1e12;
        let own_count = number("count").filter(counts);
        let count = own_count.or(edge.weight.filter(counts));
        let certainty = number("certainty").filter(|certainty| (0.0..=1.0).contains(certainty));
        let about = own.get("about").filter(|text| self.people.contains(*text));
        let means = own
            .get("means")
            .filter(|text| parts(text).all(|part| MeansCode::parse(&part).is_some()));
        let file = own.get("case_id").and_then(|list| parts(list).find(|file| !file.is_empty()));
        let file = file.unwrap_or_else(|| self.whole.clone());
        let nodes = &self.graph.nodes;
        let (from, to) = (nodes[edge.from].id.clone(), nodes[edge.to].id.clone());
        self.cases.insert(file.clone());
        // What cannot be read, or not as a whole, stays beside the row as the file has it.
        let in_one_case = own.get("case_id").is_none_or(|list| parts(list).count() <= 1);
        let whole = [
            ("kind", known.is_some()),
            ("count", own_count.is_some()),
            ("certainty", certainty.is_some()),
            ("means", means.is_some()),
            ("case_id", in_one_case),
        ];
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
                .set_some(Table::Links, "count", count.map(|count| count.to_string()))
                .set_some(Table::Links, "grade", certainty.map(|certainty| certainty.to_string()));
            // What is said of the edge is said once, however many times it has.
            if std::mem::take(&mut first) {
                row = extras(row, own, &taken);
                row.extras.extend(as_written(edge, &whole));
                if let (None, Some(weight)) = (count, edge.weight) {
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

/// What an edge says that no cell of its row holds as a whole.
fn as_written(edge: &ForeignEdge, whole: &[(&str, bool)]) -> Vec<(String, String)> {
    let said = |name: &str| match name {
        "kind" => edge.kind.as_deref(),
        _ => edge.attributes.get(name),
    };
    let left = whole.iter().filter(|(_, is_whole)| !is_whole);
    let left = left.filter_map(|(name, _)| said(name).map(|text| (*name, text)));
    let left = left.filter(|(_, text)| !text.is_empty());
    left.map(|(name, text)| (format!("{name}_as_written"), text.to_owned())).collect()
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

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::tables::tables;
    use super::super::{Attributes, Foreign};
    use super::*;

    /// The rows of a table that a graph of a name becomes, cell by cell, and what stands beside them.
    fn rows_of(table: Table, json: &str) -> Vec<String> {
        let graph = Foreign::from_bytes("g.json", json.as_bytes(), &Limits::default());
        let (all, _) = tables(&graph.expect("a graph"));
        let own = all.into_iter().filter(|rows| rows.table == table).flat_map(|rows| rows.rows);
        let told = |row: TableRow| {
            let cell =
                |(at, text): (u32, String)| format!("{}={text}", table.columns()[at as usize].name);
            let beside = row.extras.into_iter().map(|(name, text)| format!("+{name}={text}"));
            row.cells.into_iter().map(cell).chain(beside).collect::<Vec<_>>().join(" ")
        };
        own.map(told).collect()
    }

    /// The links that one edge from `a` to `b` becomes.
    fn links(edge: &str) -> Vec<String> {
        let nodes = r#"{"id":"a"},{"id":"b"},{"id":"c"},{"id":"t","kind":"phone"}"#;
        let edge = format!(r#"{{"source":"a","target":"b"{edge}}}"#);
        rows_of(Table::Links, &format!(r#"{{"nodes":[{nodes}],"links":[{edge}]}}"#))
    }

    #[test]
    fn what_an_edge_says_becomes_a_link() {
        for (edge, link) in [
            ("", "kind=other case_id=g.json"),
            (r#","kind":"Client-Of""#, "kind=client_of case_id=g.json"),
            (r#","kind":" contact after ""#, "kind=contact_after case_id=g.json"),
            (r#","kind":"cousin""#, "kind=other case_id=g.json +kind_as_written=cousin"),
            (r#","case_id":"c7""#, "kind=other case_id=c7"),
            (r#","case_id":"; c7;c8""#, "kind=other case_id=c7 +case_id_as_written=; c7;c8"),
            (r#","about":"c""#, "kind=other case_id=g.json about=c"),
            (r#","about":"t""#, "kind=other case_id=g.json +about=t"),
            (r#","means":"threat; debt""#, "kind=other case_id=g.json means=threat; debt"),
            (
                r#","means":"threat;charm""#,
                "kind=other case_id=g.json +means_as_written=threat;charm",
            ),
            (
                r#","start":"2020-03","end":"2021""#,
                "kind=other case_id=g.json start=2020-03 end=2021",
            ),
            (r#","start":"spring""#, "kind=other case_id=g.json +start=spring"),
            (r#","colour":"red","place":"x""#, "kind=other case_id=g.json +place=x"),
        ] {
            assert_eq!(links(edge), [format!("from=a to=b {link}")], "{edge}");
        }
    }

    #[test]
    fn counts_and_certainties_are_kept_within_their_bounds() {
        for (edge, link) in [
            (r#","weight":2"#, "count=2"),
            (r#","count":"3","weight":2"#, "count=3"),
            (r#","count":"1000000000000""#, "count=1000000000000"),
            (r#","weight":0"#, "+weight=0"),
            (r#","weight":-1.5"#, "+weight=-1.5"),
            (r#","weight":1000000000001"#, "+weight=1000000000001"),
            (r#","count":"-5""#, "+count_as_written=-5 +weight=-5"),
            (r#","certainty":"0""#, "grade=0"),
            (r#","certainty":"1""#, "grade=1"),
        ] {
            let whole = format!("from=a to=b kind=other case_id=g.json {link}");
            assert_eq!(links(edge), [whole], "{edge}");
        }
        for (name, value) in
            [("certainty", "1.1"), ("certainty", "-0.1"), ("certainty", "high"), ("count", "many")]
        {
            let edge = format!(r#","{name}":"{value}""#);
            let link = format!("from=a to=b kind=other case_id=g.json +{name}_as_written={value}");
            assert_eq!(links(&edge), [link], "{edge}");
        }
    }

    #[test]
    fn an_edge_is_read_by_what_its_ends_are() {
        let graph = |from: &str, to: &str| {
            let nodes = r#"{"id":"a"},{"id":"c","kind":"case"},{"id":"t","kind":"phone"},{"id":"p","kind":"place"}"#;
            format!(
                r#"{{"nodes":[{nodes}],"links":[{{"source":"{from}","target":"{to}","kind":"recruiter"}}]}}"#
            )
        };
        for ends in [("a", "c"), ("c", "a")] {
            let roles = rows_of(Table::Roles, &graph(ends.0, ends.1));
            assert!(
                roles.contains(&"case_id=c person_id=a role=recruiter".to_owned()),
                "{roles:?}"
            );
        }
        for ends in [("a", "t"), ("t", "a")] {
            let used = rows_of(Table::Identifiers, &graph(ends.0, ends.1));
            assert_eq!(used, ["person_id=a kind=phone value=t"]);
        }
        for ends in [("a", "p"), ("c", "t"), ("a", "a"), ("t", "t")] {
            for table in [Table::Links, Table::Identifiers] {
                assert!(rows_of(table, &graph(ends.0, ends.1)).is_empty(), "{ends:?}");
            }
        }
    }

    #[test]
    fn an_identifier_is_what_tells_it_or_its_label_or_its_id() {
        let of = |label: Option<&str>, pairs: &[(&str, &str)]| {
            let mut attributes = Attributes::default();
            for &(name, value) in pairs {
                attributes.push(name, value);
            }
            let label = label.map(str::to_owned);
            identifier(&ForeignNode {
                id: "n1".into(),
                label,
                attributes,
                ..ForeignNode::default()
            })
        };
        let (most, over) = ("x".repeat(1000), "x".repeat(1001));
        assert_eq!(of(None, &[]), "n1");
        assert_eq!(of(Some("Phone"), &[("colour", "red")]), "Phone");
        assert_eq!(of(Some("Phone"), &[("colour", "red"), ("Phone No", "06")]), "06");
        for name in ["value", "Number", "e-email", "IBAN", "plate", "address2"] {
            assert_eq!(of(Some("l"), &[(name, "told")]), "told", "{name}");
        }
        assert_eq!(of(Some("l"), &[("value", &most)]), most);
        assert_eq!(of(Some("l"), &[("value", &over)]), "l");
        assert_eq!(of(Some(&most), &[]), most);
        assert_eq!(of(Some(&over), &[]), "n1");
    }
}
