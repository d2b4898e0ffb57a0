//! What the nodes of a foreign graph become, and what is said of what becomes nothing.

use super::super::super::limits::Limits;
use super::*;

fn graph(name: &str, text: &str) -> Foreign {
    Foreign::from_bytes(name, text.as_bytes(), &Limits::default()).expect("a graph")
}

fn json(nodes: &str, links: &str) -> Foreign {
    graph("g.json", &format!(r#"{{"nodes":[{nodes}],"links":[{links}]}}"#))
}

/// The rows of a table, cell by cell, and what stands beside them.
fn rows_of(table: Table, graph: &Foreign) -> Vec<String> {
    let own = tables(graph).0.into_iter().filter(|rows| rows.table == table);
    let told = |row: TableRow| {
        let cell =
            |(at, text): (u32, String)| format!("{}={text}", table.columns()[at as usize].name);
        let beside = row.extras.into_iter().map(|(name, text)| format!("+{name}={text}"));
        row.cells.into_iter().map(cell).chain(beside).collect::<Vec<_>>().join(" ")
    };
    own.flat_map(|rows| rows.rows).map(told).collect()
}

/// The rows of a table that one node with these members becomes.
fn alone(table: Table, members: &str) -> Vec<String> {
    rows_of(table, &json(&format!(r#"{{"id":"a"{members}}}"#), ""))
}

#[test]
fn a_person_has_a_name_a_birth_and_what_is_said_beside() {
    for (members, row) in [
        ("", ""),
        (r#","label":"Ann","alias":"A","sex":"f""#, " name=Ann alias=A sex=f"),
        (r#","name":"Ann","gender":"f""#, " name=Ann sex=f +gender=f"),
        (r#","birth":"2003-04""#, " birth=2003-04"),
        (r#","birthdate":"2003""#, " birth=2003 +birthdate=2003"),
        (r#","birth":"spring""#, " +birth=spring"),
        (r#","x":1,"y":2,"colour":"red","hair":"red","none":"""#, " +hair=red"),
    ] {
        assert_eq!(alone(Table::People, members), [format!("person_id=a{row}")], "{members}");
    }
}

#[test]
fn a_person_has_a_role_in_each_case_that_is_named() {
    let role = |case: &str, role: &str| format!("case_id={case} person_id=a role={role}");
    for (members, rows) in [
        ("", vec![role("g.json", "unknown")]),
        (r#","role":"driver""#, vec![role("g.json", "driver")]),
        (
            r#","roles":"driver;host","case_id":"c1;c2""#,
            vec![role("c1", "driver"), role("c2", "host")],
        ),
        (
            r#","roles":"driver; host","case_id":"c1""#,
            vec![role("c1", "driver"), role("c1", "host")],
        ),
        (r#","roles":"boss;host;host","case_id":"c1;c2;c2""#, vec![role("c2", "host")]),
        (r#","role":"driver","case_id":";c2""#, vec![role("g.json", "driver")]),
        (r#","role":"boss","case_id":";c2""#, vec![role("c2", "unknown")]),
        (r#","case_id":"a\\u{3b}b""#, vec![role("a;b", "unknown")]),
        (r#","kind":"host""#, vec![role("g.json", "host")]),
        (r#","role":"host","kind":"driver""#, vec![role("g.json", "host")]),
        (r#","victim":"yes""#, vec![role("g.json", "victim")]),
        (
            r#","role":"host","victim":"yes","case_id":"c1""#,
            vec![role("c1", "host"), role("g.json", "victim")],
        ),
        (r#","role":"victim","victim":"yes","case_id":"c1""#, vec![role("c1", "victim")]),
        (r#","status":"convicted""#, vec![role("g.json", "unknown status=convicted")]),
        (r#","status":"free""#, vec![role("g.json", "unknown")]),
        (r#","minor":"True""#, vec![role("g.json", "unknown minor=yes")]),
        (r#","minor":"1""#, vec![role("g.json", "unknown minor=yes")]),
        (r#","minor":"yes""#, vec![role("g.json", "unknown minor=yes")]),
        (r#","minor":"0""#, vec![role("g.json", "unknown minor=no")]),
        (r#","minor":"False""#, vec![role("g.json", "unknown minor=no")]),
        (r#","minor":"perhaps""#, vec![role("g.json", "unknown")]),
    ] {
        assert_eq!(alone(Table::Roles, members), rows, "{members}");
    }
}

#[test]
fn each_case_file_is_a_row_once() {
    let nodes = r#"{"id":"case_file:c1","kind":"case","label":"C 1","x":2,"unit":"u"},{"id":"a","case_id":"c1"},{"id":"b","case_id":"c2"},{"id":"c"}"#;
    let graph = json(nodes, "");
    assert_eq!(
        rows_of(Table::Cases, &graph),
        ["case_id=c1 +kind=case +unit=u +label=C 1", "case_id=c2", "case_id=g.json"]
    );
}

#[test]
fn channels_and_places_are_rows() {
    let graph = json(
        r#"{"id":"f","kind":"website","label":"Forum"},{"id":"h","kind":"place"},{"id":"t","kind":"phone"}"#,
        "",
    );
    assert_eq!(rows_of(Table::Channels, &graph), ["channel_id=f name=Forum"]);
    assert_eq!(rows_of(Table::Places, &graph), ["place_id=h"]);
    assert_eq!(rows_of(Table::People, &graph), [""; 0]);
}

#[test]
fn nodes_of_the_second_side_are_case_files_and_edges_roles_in_them() {
    let graph = graph("a.konect", "% bip\n1 1\n2 1\n");
    assert_eq!(rows_of(Table::Cases, &graph), ["case_id=b1"]);
    assert_eq!(
        rows_of(Table::Roles, &graph),
        ["case_id=b1 person_id=a1 role=unknown", "case_id=b1 person_id=a2 role=unknown"]
    );
    let told = "Nodes of the second side were taken as case files, and edges as roles in them.";
    assert_eq!(tables(&graph).1, [told]);
}

#[test]
fn rows_come_table_by_table_with_their_lines() {
    let graph = graph("a.net", "*Vertices 2\n1 Ann\n2 Bob\n*Edges\n1 2 2\n");
    let lines: Vec<(Table, Vec<u32>)> = tables(&graph)
        .0
        .into_iter()
        .map(|rows| (rows.table, rows.rows.iter().map(|row| row.line).collect()))
        .collect();
    assert_eq!(
        lines,
        [
            (Table::Cases, vec![1]),
            (Table::People, vec![2, 3]),
            (Table::Roles, vec![2, 3]),
            (Table::Links, vec![5])
        ]
    );
}

#[test]
fn a_time_is_a_date_a_moment_or_a_year() {
    for (time, years, meant) in [
        ("2020-03-01", false, Some("2020-03-01")),
        ("2020-03-01T10:00:00", false, Some("2020-03-01")),
        ("2020-03-01 10:00", false, Some("2020-03-01")),
        ("2020", true, Some("2020")),
        ("2020.0", true, Some("2020")),
        ("2020", false, None),
        ("17", false, None),
        ("spring", true, None),
        ("20.5", true, None),
    ] {
        assert_eq!(date(time, years).as_deref(), meant, "{time}");
    }
}

#[test]
fn whole_numbers_are_years_where_all_of_them_can_be() {
    let spans = |times: &[&str]| {
        let arcs: Vec<String> = times.iter().map(|time| format!("1 2 1 {time}\n")).collect();
        let graph = graph("a.net", &format!("*Vertices 2\n*Arcs\n{}", arcs.concat()));
        let dates = rows_of(Table::Links, &graph);
        let dates: Vec<String> = dates
            .iter()
            .map(|row| {
                row.split(' ')
                    .filter(|cell| cell.starts_with(['s', 'e']))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        (dates, tables(&graph).1)
    };
    let undated = |count: usize| vec![format!("{count} times that are no dates were left out.")];
    assert_eq!(spans(&["[1000-2999]"]), (vec!["start=1000 end=2999".into()], vec![]));
    assert_eq!(spans(&["[2020-*]"]), (vec!["start=2020".into()], vec![]));
    assert_eq!(spans(&["[2020-2021]", "[3000]"]), (vec![String::new(), String::new()], undated(2)));
    assert_eq!(spans(&["[999]"]), (vec![String::new()], undated(1)));
    assert_eq!(spans(&["[*-5]", ""]), (vec![String::new(), String::new()], undated(1)));
}

#[test]
fn what_becomes_nothing_is_counted() {
    let nodes =
        r#"{"id":"a"},{"id":"b","kind":"gang"},{"id":"p","kind":"place"},{"id":"c","kind":"club"}"#;
    let links = r#"{"source":"a","target":"a"},{"source":"b","target":"b"},{"source":"a","target":"p"},{"source":"a","target":"b"}"#;
    let graph = json(nodes, links);
    assert_eq!(
        tables(&graph).1,
        [
            "2 edges from a node to itself are no links and were left out.",
            "1 edges that do not tie people to people, case files or identifiers were left out.",
            "Nodes of these kinds were taken as people: `club`, `gang`."
        ]
    );
    assert_eq!(rows_of(Table::Links, &graph).len(), 1);
    let symmetric = graph_of_a_matrix();
    assert_eq!(rows_of(Table::Links, &symmetric).len(), 1);
}

/// A symmetric matrix, in which each tie stands twice.
fn graph_of_a_matrix() -> Foreign {
    graph("a.csv", ";a;b\na;0;1\nb;1;0\n")
}
