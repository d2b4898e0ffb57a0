//! What becomes of nodes and edges in a case.

use kluwen::case::{Case, FaultClass, LinkKind, ReadOptions, Role, Taken, read};

use crate::common::Folder;

fn case(name: &str, text: &str) -> Taken {
    let folder = Folder::of(&[(name, text)]);
    read(&folder.join(name), &ReadOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn links(case: &Case) -> Vec<(&str, &str, &'static str, f64)> {
    case.links
        .iter()
        .map(|link| (case.text(link.from), case.text(link.to), link.kind.code(), link.count))
        .collect()
}

const OWN: &str = r#"<graphml>
<key id="l" for="node" attr.name="label"/><key id="r" for="node" attr.name="role"/><key id="c" for="node" attr.name="case_id"/>
<key id="k" for="edge" attr.name="kind"/><key id="p" for="edge" attr.name="certainty"/><key id="n" for="edge" attr.name="count"/>
<key id="s" for="edge" attr.name="start"/><key id="e" for="edge" attr.name="end"/><key id="f" for="edge" attr.name="case_id"/>
<graph edgedefault="directed">
<node id="E1"><data key="l">Ann</data><data key="r">recruiter;driver</data><data key="c">c1;c2</data></node>
<node id="V1"><data key="l">V1</data><data key="r">victim</data><data key="c">c1</data></node>
<node id="x"><data key="r">treasurer</data></node>
<edge source="E1" target="V1"><data key="k">recruited</data><data key="p">0.75</data><data key="n">3</data>
<data key="s">2019-03</data><data key="e">2019-05-01</data><data key="f">c1</data></edge>
<edge source="x" target="E1"><data key="k">lends money to</data><data key="f"></data></edge>
<edge source="x" target="x"/>
</graph></graphml>"#;

#[test]
fn what_we_write_ourselves_is_a_case_again() {
    let taken = case("a.graphml", OWN);
    let case = &taken.case;
    assert_eq!(links(case), [("E1", "V1", "recruited", 3.0), ("x", "E1", "other", 1.0)]);
    let first = &case.links[0];
    assert!((first.assertion.certainty - 0.75).abs() < 1e-12);
    assert_eq!(
        (first.start.to_string(), first.end.to_string()),
        ("2019-03-01/2019-03-31".into(), "2019-05-01".into())
    );
    assert_eq!(case.text(first.case), "c1");
    assert_eq!(case.place_of(&first.assertion), "a.graphml:9");
    let roles: Vec<_> =
        case.roles.iter().map(|r| (case.text(r.person), case.text(r.case), r.role)).collect();
    assert_eq!(
        roles,
        [
            ("E1", "c1", Role::Recruiter),
            ("E1", "c2", Role::Driver),
            ("V1", "c1", Role::Victim),
            ("x", "a.graphml", Role::Unknown)
        ]
    );
    let kept: Vec<_> =
        case.links.attributes().iter().map(|a| (case.text(a.column), case.text(a.value))).collect();
    assert_eq!(kept, [("kind_as_written", "lends money to")]);
    let told: Vec<_> =
        taken.faults.listed().iter().filter(|f| f.class == FaultClass::Foreign).collect();
    assert!(
        told.iter().any(|fault| fault.found.contains("1 edges from a node to itself")),
        "{told:?}"
    );
}

#[test]
fn spells_are_dates_where_they_can_be() {
    let text = r#"<gexf><graph defaultedgetype="directed"><nodes><node id="a" label="Ann Lee"/><node id="b"/></nodes><edges>
        <edge source="a" target="b" weight="2"><spells><spell start="2019-01-01" end="2019-02-01T10:00:00"/><spell start="2020-01-01"/></spells></edge>
        <edge source="b" target="a" start="soon"/></edges></graph></gexf>"#;
    let taken = case("a.gexf", text);
    let spans: Vec<_> = taken
        .case
        .links
        .iter()
        .map(|link| (link.start.to_string(), link.end.to_string()))
        .collect();
    assert_eq!(spans[0], ("2019-01-01".into(), "2019-02-01".into()));
    assert_eq!((spans[1].0.as_str(), spans.len()), ("2020-01-01", 3));
    assert_eq!(taken.case.text(taken.case.people[0].name), "Ann Lee");
    assert!(
        taken.faults.listed().iter().any(|fault| fault.found.contains("1 times that are no dates"))
    );
    let years = |first: &str| {
        let text = format!("*Vertices 2\n*Edges\n1 2 1 [{first}-2005]\n");
        case("a.net", &text).case.links[0].end.to_string()
    };
    assert_eq!(years("2004"), "2005-01-01/2005-12-31");
    // Where a time is no year, none is: 2005 may be seconds.
    assert_eq!(years("7"), "");
}

#[test]
fn an_end_before_its_start_is_told_with_its_line_in_the_file() {
    let text = "<gexf><graph><nodes><node id='a'/><node id='b'/></nodes><edges>\n<edge source='a' target='b' start='2020-01-01' end='2019-01-01'/></edges></graph></gexf>";
    let folder = Folder::of(&[("a.gexf", text)]);
    let error = read(&folder.join("a.gexf"), &ReadOptions::default()).unwrap_err().to_string();
    assert!(error.starts_with("a.gexf:2: column `end`"), "{error}");
}

#[test]
fn two_sides_are_people_and_case_files() {
    let taken = case("a.net", "*Vertices 3 2\n1 \"Ann\"\n2 \"Bob\"\n3 \"x\"\n*Edges\n1 3\n2 3\n");
    let (case, count) = (&taken.case, |class| taken.faults.counts().get(&class).copied());
    assert_eq!(
        (case.people.len(), case.cases.len(), case.roles.len(), case.links.len()),
        (2, 1, 2, 0)
    );
    assert_eq!(count(FaultClass::Foreign), Some(2));
}

#[test]
fn phones_are_identifiers_unless_they_call_one_another() {
    let nodes = ":ID,phoneNo,:LABEL\n1,,Person\n2,0612345678,Phone\n3,0687654321,Phone\n";
    let folder = |ties: &str| {
        Folder::of(&[
            ("nodes.csv", nodes.to_owned()),
            ("ties.csv", format!(":START_ID,:END_ID,:TYPE\n{ties}")),
        ])
    };
    let owned = folder("1,2,HAS_PHONE\n1,3,HAS_PHONE\n");
    let taken = read(owned.path(), &ReadOptions::default()).unwrap();
    assert_eq!((taken.case.people.len(), taken.case.identifiers.len()), (1, 2));
    assert_eq!(taken.case.text(taken.case.identifiers[0].value), "0612345678");
    assert_eq!(taken.case.place_of(&taken.case.identifiers[1].assertion), "ties.csv:3");
    let calling = folder("2,3,CALLS\n");
    let taken = read(calling.path(), &ReadOptions::default()).unwrap();
    assert_eq!((taken.case.people.len(), taken.case.links.len()), (3, 1));
    assert_eq!(taken.case.links[0].kind, LinkKind::Other);
}

#[test]
fn a_folder_of_our_own_tables_is_no_graph() {
    let folder = Folder::of(&crate::common::SOUND);
    assert!(!kluwen::case::Foreign::is_foreign(folder.path()));
    assert!(!kluwen::case::Foreign::is_foreign("-".as_ref()));
}

#[test]
fn a_symmetric_matrix_has_each_tie_once() {
    let taken = case("a.dl", "dl n=3\nlabels:\nAnn,Bob,Cees\ndata:\n0 2 0\n2 0 1\n0 1 0\n");
    assert_eq!(links(&taken.case), [("1", "2", "other", 2.0), ("2", "3", "other", 1.0)]);
}
