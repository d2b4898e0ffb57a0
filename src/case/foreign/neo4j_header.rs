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
        let field = without_options(field.trim().trim_matches('"')).to_uppercase();
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

/// A field without what follows its type in braces, as `{label:Person}`, where colons may stand.
fn without_options(field: &str) -> &str {
    field.split('{').next().unwrap_or_default()
}

fn column(field: &str) -> Column {
    let field = without_options(field);
    let (name, kind) = field.rsplit_once(':').unwrap_or((field, ""));
    let (what, space) = kind.split_once('(').unwrap_or((kind, ""));
    let space = space.trim_end_matches(')').trim().to_owned();
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

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::ForeignFormat;
    use super::*;

    #[test]
    fn a_header_has_an_id_or_an_end() {
        for line in
            ["name,person:ID", "a;:id(Person)", "\":START_ID\"\tx", ":END_ID|x", "x:ID(P){label:P}"]
        {
            assert!(is_header(line), "{line}");
        }
        for line in ["", "id,name", "ID", "a:LABEL,b", "person:IDENTITY", "x:point{crs:ID}"] {
            assert!(!is_header(line), "{line}");
        }
    }

    #[test]
    fn a_tab_parts_before_a_semicolon_a_bar_and_a_comma() {
        for (line, parted) in
            [("a,b|c;d\te", b'\t'), ("a,b|c;d", b';'), ("a,b|c", b'|'), ("a,b", b','), ("a", b',')]
        {
            assert_eq!(comma(line), parted, "{line}");
        }
    }

    #[test]
    fn each_column_says_what_it_holds() {
        for (field, meant) in [
            ("person:ID", Column::Id(String::new())),
            (":id(Person)", Column::Id("Person".into())),
            ("x:ID(Person){label:Person}", Column::Id("Person".into())),
            (":ID{label:Person}", Column::Id(String::new())),
            (":LABEL", Column::Labels),
            (":START_ID( Person )", Column::Start("Person".into())),
            (":END_ID(Case)", Column::End("Case".into())),
            (":TYPE", Column::Kind),
            ("x:ignore", Column::Ignored),
            (":string", Column::Ignored),
            ("", Column::Ignored),
            ("name", Column::Property("name".into())),
            ("age:int", Column::Property("age".into())),
            ("home:point{crs:WGS-84}", Column::Property("home".into())),
            ("a:b:int[]", Column::Property("a:b".into())),
        ] {
            assert_eq!(column(field), meant, "{field}");
        }
    }

    #[test]
    fn a_header_is_of_nodes_or_of_relationships() {
        let builder = Builder::new(ForeignFormat::Neo4jCsv, "a.csv", 0, Limits::default());
        for fields in [&[":ID"][..], &[" :ID ", "name"], &[":START_ID", ":END_ID", ":TYPE"]] {
            assert_eq!(columns(fields, 1, &builder).expect("a header").len(), fields.len());
        }
        for fields in [
            &["name"][..],
            &[":ID", ":ID"],
            &[":START_ID"],
            &[":END_ID"],
            &[":ID", ":START_ID", ":END_ID"],
            &[":START_ID", ":START_ID", ":END_ID"],
        ] {
            let error = columns(fields, 3, &builder).expect_err("no header").to_string();
            let found = format!("a.csv:3: the header `{}`; expected one `:ID`", fields.join(","));
            assert!(error.starts_with(&found), "{error}");
        }
    }
}
